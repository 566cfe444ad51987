/**
 * Another program as a limited child process: fork and exec without a shell, files instead of pipes (so that
 * neither side can wait for the other), limits on memory, size and time that the kernel keeps. It lives in
 * UTC, so that what it says of the time is the same length everywhere.
 */
#include "export/export.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127, NOT_STARTED = 126, OUTPUT_MIB = 1024 };

/** This process's environment with TZ=UTC0; NULL without memory. The array is the caller's, its words are
 * borrowed. */
static char **make_environment(void)
{
    size_t n = 0, kept = 0;
    while (environ[n]) n++;
    char **out = calloc(n + 2, sizeof *out);
    if (!out) return NULL;
    for (size_t i = 0; i < n; i++)
        if (strncmp(environ[i], "TZ=", 3) != 0) out[kept++] = environ[i];
    out[kept] = (char *)(uintptr_t) "TZ=UTC0";
    return out;
}

/** In the child: only calls that are safe after fork. Never returns. */
static void become(const char *const *argv, char **environment, const int files[3], unsigned seconds,
                   unsigned megabytes)
{
    struct rlimit memory = { (rlim_t)megabytes << 20, (rlim_t)megabytes << 20 };
    struct rlimit time = { seconds, seconds };
    struct rlimit size = { (rlim_t)OUTPUT_MIB << 20, (rlim_t)OUTPUT_MIB << 20 };
    struct rlimit core = { 0, 0 };
    sigset_t none;
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) != 0 || signal(SIGALRM, SIG_DFL) == SIG_ERR) _exit(NOT_STARTED);
    if (setrlimit(RLIMIT_AS, &memory) != 0 || setrlimit(RLIMIT_CPU, &time) != 0 ||
        setrlimit(RLIMIT_FSIZE, &size) != 0 || setrlimit(RLIMIT_CORE, &core) != 0)
        _exit(NOT_STARTED);
    for (int i = 0; i < 3; i++)
        if (dup2(files[i], i) < 0) _exit(NOT_STARTED);
    (void)alarm(seconds); /* kept across exec: time on the wall */
    environ = environment;
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(errno == ENOENT ? NOT_THERE : NOT_STARTED);
}

static vb_status tell(const char *name, int ended, FILE *errors, unsigned seconds, unsigned megabytes,
                      vb_error *err)
{
    char words[512] = "";
    rewind(errors);
    size_t n = fread(words, 1, sizeof words - 1, errors);
    words[n] = '\0';
    if (WIFEXITED(ended) && WEXITSTATUS(ended) == NOT_THERE)
        return vb_fail(err, VB_IO,
                       "%s is not installed: pictures need Graphviz (Debian: apt install graphviz)", name);
    if (WIFSIGNALED(ended) &&
        (WTERMSIG(ended) == SIGALRM || WTERMSIG(ended) == SIGXCPU || WTERMSIG(ended) == SIGKILL))
        return vb_fail(err, VB_IO, "%s was stopped after %u seconds: draw a smaller part (--around, --label)",
                       name, seconds);
    if (WIFSIGNALED(ended))
        return vb_fail(err, VB_IO, "%s was ended by signal %d (it had %u MiB of memory): %s", name,
                       WTERMSIG(ended), megabytes, words);
    return vb_fail(err, VB_IO, "%s failed with exit %d: %s", name, WEXITSTATUS(ended), words);
}

vb_status vb_child_run(const char *const *argv, FILE *in, FILE *out, unsigned seconds, unsigned megabytes,
                       vb_error *err)
{
    vb_status status = VB_OK;
    int ended = 0;
    pid_t child, waited;
    FILE *errors = tmpfile();
    char **environment = make_environment();
    if (!environment) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (!errors || fflush(in) != 0 || fflush(out) != 0 || lseek(fileno(in), 0, SEEK_SET) != 0) {
        status = vb_fail(err, VB_IO, "no room for a temporary file: %s", strerror(errno));
        goto done;
    }
    const int files[] = { fileno(in), fileno(out), fileno(errors) };
    child = fork();
    if (child == 0) become(argv, environment, files, seconds, megabytes);
    if (child < 0) {
        status = vb_fail(err, VB_IO, "cannot start %s: %s", argv[0], strerror(errno));
        goto done;
    }
    do waited = waitpid(child, &ended, 0);
    while (waited < 0 && errno == EINTR);
    if (waited < 0)
        status = vb_fail(err, VB_IO, "lost track of %s: %s", argv[0], strerror(errno));
    else if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
        status = tell(argv[0], ended, errors, seconds, megabytes, err);
done:
    if (errors) (void)fclose(errors);
    free(environment);
    return status;
}

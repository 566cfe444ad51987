/**
 * A child process by posix_spawn: input from a file in memory, output through pipes that are read until it
 * ends or a limit is met. The limits are set on the child from outside, right after it starts.
 */
#include "loaders/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 16, NOT_THERE = 127 };

typedef struct child {
    pid_t pid;
    int input, output[2], words[2]; /* -1: closed */
    struct timespec deadline;
} child;

static void close_fd(int *fd)
{
    if (*fd >= 0) (void)close(*fd);
    *fd = -1;
}

/** A file in memory that holds @p input, open at its start. */
static vb_status make_input(vb_str input, int *out, vb_error *err)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    if (fd < 0) return vb_fail(err, VB_IO, "cannot hand a document to a program: %s", strerror(errno));
    for (size_t at = 0; at < input.len;) {
        ssize_t n = write(fd, input.at + at, input.len - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            (void)close(fd);
            return vb_fail(err, VB_IO, "cannot hand a document to a program: %s", strerror(errno));
        }
        at += (size_t)n;
    }
    (void)lseek(fd, 0, SEEK_SET);
    *out = fd;
    return VB_OK;
}

static void set_limits(const child *c, const vb_process_limits *limits)
{
    const struct {
        enum __rlimit_resource what;
        rlim_t most;
    } rows[] = { { RLIMIT_CPU, limits->seconds },
                 { RLIMIT_AS, limits->memory },
                 { RLIMIT_FSIZE, 0 },
                 { RLIMIT_CORE, 0 } };
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        struct rlimit limit = { rows[i].most, rows[i].most };
        (void)prlimit(c->pid, rows[i].what, &limit, NULL); /* it may have ended already */
    }
}

static vb_status start(child *c, const char *const *argv, const vb_process_limits *limits, vb_error *err)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    char *const environment[] = { locale, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    if (pipe2(c->output, O_CLOEXEC) != 0 || pipe2(c->words, O_CLOEXEC) != 0)
        return vb_fail(err, VB_IO, "cannot start %s: %s", argv[0], strerror(errno));
    if (posix_spawn_file_actions_init(&actions) != 0) return vb_fail_memory(err);
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return vb_fail_memory(err);
    }
    sigemptyset(&none);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int code = posix_spawn_file_actions_adddup2(&actions, c->input, STDIN_FILENO);
    if (!code) code = posix_spawn_file_actions_adddup2(&actions, c->output[1], STDOUT_FILENO);
    if (!code) code = posix_spawn_file_actions_adddup2(&actions, c->words[1], STDERR_FILENO);
    if (!code)
        code = posix_spawnp(&c->pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv,
                            environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (code == ENOENT) return VB_NOT_FOUND;
    if (code) {
        c->pid = 0;
        return vb_fail(err, VB_IO, "cannot start %s: %s", argv[0], strerror(code));
    }
    set_limits(c, limits);
    close_fd(&c->output[1]);
    close_fd(&c->words[1]);
    return VB_OK;
}

static int ms_left(const child *c)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long ms = (long)(c->deadline.tv_sec - now.tv_sec) * 1000 + (c->deadline.tv_nsec - now.tv_nsec) / 1000000;
    return ms > 0 ? (int)ms : 0;
}

/** Keep the first of what it says; the rest is read and thrown away. */
static void take_words(child *c, vb_process_end *end)
{
    char piece[VB_PROCESS_WORDS_MAX];
    size_t len = strlen(end->words), room = sizeof end->words - 1 - len;
    ssize_t n = read(c->words[0], piece, sizeof piece);
    if (n <= 0) {
        if (n == 0 || errno != EINTR) close_fd(&c->words[0]);
        return;
    }
    size_t kept = (size_t)n < room ? (size_t)n : room;
    for (size_t i = 0; i < kept; i++) end->words[len + i] = piece[i] ? piece[i] : ' ';
    end->words[len + kept] = '\0';
}

static vb_status take_output(child *c, const vb_process_limits *limits, vb_buf *out, vb_error *err)
{
    char piece[READ_SIZE];
    ssize_t n = read(c->output[0], piece, sizeof piece);
    if (n <= 0) {
        if (n == 0 || errno != EINTR) close_fd(&c->output[0]);
        return VB_OK;
    }
    if (out->len + (size_t)n > limits->output)
        return vb_fail(err, VB_TOO_LARGE, "text of more than %zu MiB", limits->output >> 20);
    return vb_buf_add(out, (vb_str){ piece, (size_t)n }) == VB_OK ? VB_OK : vb_fail_memory(err);
}

static vb_status gather(child *c, const vb_process_limits *limits, vb_buf *out, vb_process_end *end,
                        vb_error *err)
{
    vb_status status = VB_OK;
    while (c->output[0] >= 0 || c->words[0] >= 0) { /* poll() passes over those that are -1 */
        struct pollfd fds[] = { { c->output[0], POLLIN, 0 }, { c->words[0], POLLIN, 0 } };
        int left = ms_left(c);
        int n = left ? poll(fds, VB_COUNT(fds), left) : 0;
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            return vb_fail(err, VB_TOO_LARGE, "reading it takes more than %u seconds", limits->seconds);
        if (fds[0].revents) TRY(take_output(c, limits, out, err));
        if (fds[1].revents) take_words(c, end);
    }
done:
    return status;
}

/** Wait for its end; one that is not wanted any more is killed first. */
static void finish(child *c, bool kill_it, vb_process_end *end)
{
    int how = 0;
    if (c->pid <= 0) return;
    if (kill_it) (void)kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR) {
    }
    c->pid = 0;
    end->code = WIFEXITED(how) ? WEXITSTATUS(how) : -1;
}

vb_status vb_process_run(const char *const *argv, vb_str input, const vb_process_limits *limits, vb_buf *out,
                         vb_process_end *end, vb_error *err)
{
    vb_status status;
    child c = { .input = -1, .output = { -1, -1 }, .words = { -1, -1 } };
    vb_buf got = { 0 };
    *end = (vb_process_end){ .code = -1 };
    clock_gettime(CLOCK_MONOTONIC, &c.deadline);
    c.deadline.tv_sec += limits->seconds;
    TRY(make_input(input, &c.input, err));
    TRY(start(&c, argv, limits, err));
    TRY(gather(&c, limits, &got, end, err));
    finish(&c, false, end);
    /* posix_spawn() may leave it to the child to say so */
    if (end->code == NOT_THERE && !got.len && !end->words[0]) TRY(VB_NOT_FOUND);
    *out = got;
    got = (vb_buf){ 0 };
done:
    finish(&c, true, end);
    for (int i = 0; i < 2; i++) {
        close_fd(&c.output[i]);
        close_fd(&c.words[i]);
    }
    close_fd(&c.input);
    vb_buf_clear(&got);
    return status;
}

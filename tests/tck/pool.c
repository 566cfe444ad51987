/**
 * Child processes that run scenarios one after the other. The parent hands out numbers over a pipe and reads
 * an outcome for each; a child that dies or keeps silent past its time fails the scenario it had, and another
 * takes its place. What a child writes on standard error (a sanitizer's report) is kept, and its first
 * telling line becomes the reason. Memory that leaked is reported when a child ends, so it is charged to the
 * run as a whole.
 */
#include "tests/tck/tck.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MAX = 64, REASON_MAX = 1024 };

typedef struct child {
    pid_t pid; /* 0: none */
    int to, from;
    FILE *noise;     /* its standard error */
    size_t scenario; /* SIZE_MAX: none */
    int64_t deadline;
} child;

typedef struct message {
    uint32_t outcome, len;
    char reason[REASON_MAX];
} message;

typedef struct pool {
    const tck_scenario *scenarios;
    size_t n, next, n_unclean;
    const tck_pool_options *options;
    tck_result *results;
    child children[JOBS_MAX];
} pool;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool read_all(int fd, void *to, size_t size)
{
    for (size_t n = 0; n < size;) {
        ssize_t got = read(fd, (char *)to + n, size - n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        n += (size_t)got;
    }
    return true;
}

static bool write_all(int fd, const void *from, size_t size)
{
    for (size_t n = 0; n < size;) {
        ssize_t put = write(fd, (const char *)from + n, size - n);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        n += (size_t)put;
    }
    return true;
}

/** A child's life: scenarios by number until the pipe closes. It ends by exit(), which looks for leaks. */
static _Noreturn void live(const pool *p, int from, int to)
{
    size_t i;
    while (read_all(from, &i, sizeof i)) {
        static message m;
        m.outcome = (uint32_t)tck_run(&p->scenarios[i], p->options->graphs, m.reason, sizeof m.reason);
        m.len = (uint32_t)strlen(m.reason);
        if (!write_all(to, &m, offsetof(message, reason) + m.len)) break;
    }
    exit(0);
}

static vb_status start(pool *p, child *c, vb_error *err)
{
    int down[2] = { -1, -1 }, up[2] = { -1, -1 };
    *c = (child){ .scenario = SIZE_MAX, .noise = tmpfile() };
    if (!c->noise || pipe(down) || pipe(up)) return vb_fail(err, VB_IO, "no pipe: %s", strerror(errno));
    c->pid = fork();
    if (c->pid < 0) return vb_fail(err, VB_IO, "no process: %s", strerror(errno));
    if (!c->pid) {
        for (size_t i = 0; i < JOBS_MAX; i++) { /* or the others' pipes would stay open in this one */
            if (!p->children[i].pid) continue;
            close(p->children[i].to);
            close(p->children[i].from);
        }
        close(down[1]);
        close(up[0]);
        dup2(fileno(c->noise), STDERR_FILENO);
        live(p, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    c->to = down[1];
    c->from = up[0];
    return VB_OK;
}

/** The line of a sanitizer's report that says what it is. */
static void telling_line(FILE *noise, char *to, size_t size)
{
    static const char *const signs[] = { "runtime error:", "ERROR: ", "Assertion", "leaked" };
    char line[600];
    rewind(noise);
    while (fgets(line, sizeof line, noise)) {
        for (size_t i = 0; i < VB_COUNT(signs); i++) {
            const char *at = strstr(line, signs[i]);
            if (!at) continue;
            snprintf(to, size, ": %.*s", (int)strcspn(line, "\n"), line);
            return;
        }
    }
}

static void settle(pool *p, size_t i, tck_outcome outcome, const char *reason)
{
    p->results[i] =
        (tck_result){ .known = true, .outcome = outcome, .reason = *reason ? strdup(reason) : NULL };
    p->options->report(p->options->context, i);
}

/** Wait for a child that has ended, and say how. @return whether it ended well. */
static bool bury(child *c, char *how, size_t size)
{
    int state = 0;
    char line[700] = "";
    while (waitpid(c->pid, &state, 0) < 0 && errno == EINTR) {
    }
    close(c->to);
    close(c->from);
    telling_line(c->noise, line, sizeof line);
    fclose(c->noise);
    c->pid = 0;
    if (WIFSIGNALED(state))
        snprintf(how, size, "crash: signal %d%s", WTERMSIG(state), line);
    else
        snprintf(how, size, "crash: exit %d%s", WEXITSTATUS(state), line);
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

/** Give the child its next scenario, or nothing, which ends it. */
static void feed(pool *p, child *c)
{
    size_t i = p->next;
    char how[900];
    if (i < p->n) {
        p->next++;
        c->scenario = i;
        c->deadline = now_ms() + 1000 * (int64_t)p->options->seconds;
        if (!write_all(c->to, &i, sizeof i)) c->deadline = 0;
        return;
    }
    close(c->to);
    c->to = -1;
    if (bury(c, how, sizeof how)) return;
    p->n_unclean++;
    printf("a process ended badly after its last scenario: %s\n", how);
}

static void hear(pool *p, child *c)
{
    message m;
    size_t i = c->scenario;
    if (read_all(c->from, &m, offsetof(message, reason)) && m.len < REASON_MAX &&
        read_all(c->from, m.reason, m.len)) {
        m.reason[m.len] = '\0';
        settle(p, i, (tck_outcome)m.outcome, m.reason);
        feed(p, c);
        return;
    }
    char how[900];
    bury(c, how, sizeof how);
    settle(p, i, TCK_FAILED, how);
}

static void kill_late(pool *p, child *c)
{
    char how[900], reason[100];
    size_t i = c->scenario;
    kill(c->pid, SIGKILL);
    bury(c, how, sizeof how);
    snprintf(reason, sizeof reason, "time: no outcome within %u s", p->options->seconds);
    settle(p, i, TCK_FAILED, reason);
}

/** Wait until a child speaks or is late. @return whether any child is left. */
static bool turn(pool *p)
{
    struct pollfd fds[JOBS_MAX];
    child *who[JOBS_MAX];
    nfds_t n = 0;
    int64_t now = now_ms(), first = INT64_MAX;
    for (size_t i = 0; i < JOBS_MAX; i++) {
        child *c = &p->children[i];
        if (!c->pid) continue;
        if (c->deadline < first) first = c->deadline;
        who[n] = c;
        fds[n++] = (struct pollfd){ .fd = c->from, .events = POLLIN };
    }
    if (!n) return false;
    poll(fds, n, first > now ? (int)(first - now) : 0);
    now = now_ms();
    for (nfds_t i = 0; i < n; i++) {
        if (fds[i].revents)
            hear(p, who[i]);
        else if (who[i]->deadline <= now)
            kill_late(p, who[i]);
    }
    return true;
}

vb_status tck_pool_run(const tck_scenario *scenarios, size_t n, const tck_pool_options *options,
                       tck_result *results, size_t *n_unclean, vb_error *err)
{
    vb_status status = VB_OK;
    static pool p; /* children must not see half of one on a stack */
    p = (pool){ .scenarios = scenarios, .n = n, .options = options, .results = results };
    size_t jobs = options->jobs < JOBS_MAX ? options->jobs : JOBS_MAX;
    signal(SIGPIPE, SIG_IGN);
    fflush(stdout);
    do {
        for (size_t i = 0; i < jobs; i++) {
            if (p.children[i].pid || p.next >= n) continue;
            fflush(stdout);
            TRY(start(&p, &p.children[i], err));
            feed(&p, &p.children[i]);
        }
    } while (turn(&p));
    *n_unclean = p.n_unclean;
done:
    return status;
}

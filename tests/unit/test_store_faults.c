/**
 * Deeds on a file system that fails (fault_vfs.h): one call after the other fails, until the deed succeeds.
 * After each: an error in one line and no crash; the store, opened on a sound file system, is in order and in
 * one of the deed's states, the last where it succeeded; and doing it again ends there.
 *
 * With VERBAND_THOROUGH every call fails in turn; else the first ones, then ever sparser ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/deeds.h"
#include "tests/unit/fault_vfs.h"

#include <errno.h>
#include <sys/wait.h>

/* the linker puts these in the library's way (tests/rules.mk) */
int __real_rename(const char *from, const char *to);
int __real_link(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);

int __wrap_rename(const char *from, const char *to)
{
    errno = EIO;
    return fault_here(from, CALL_NAME) ? -1 : __real_rename(from, to);
}

int __wrap_link(const char *from, const char *to)
{
    errno = EPERM;
    if (faults.plan && faults.plan->unlinked) return -1;
    errno = EIO;
    return fault_here(from, CALL_NAME) ? -1 : __real_link(from, to);
}

#define WORKSHOP "-import-" /* the file beside an empty store where an import becomes b-trees */
static const fault_plan plans[] = {
    { .name = "one call fails", .calls = EVERY_CALL },
    { .name = "all calls fail from there on", .calls = EVERY_CALL, .lasting = true },
    { .name = "the disk is full from there on", .calls = WRITES, .lasting = true, .full = true },
    { .name = "a disk is full once", .calls = WRITES, .full = true },
    { .name = "half a write arrives", .calls = WRITES, .half = true },
    { .name = "killed", .calls = EVERY_CALL, .kill = true },
    { .name = "killed within a write", .calls = WRITES, .half = true, .kill = true },
    { .name = "a write of the workshop fails", .calls = WRITES, .of = WORKSHOP, .each = true },
    { .name = "no room for a write of the workshop",
      .calls = WRITES,
      .of = WORKSHOP,
      .each = true,
      .lasting = true,
      .full = true },
    { .name = "half a write of the workshop arrives",
      .calls = WRITES,
      .of = WORKSHOP,
      .each = true,
      .half = true },
    { .name = "a file gets no other name", .calls = NAMES, .each = true },
    { .name = "no file gets another name", .calls = NAMES, .each = true, .lasting = true },
    { .name = "a file is not renamed, where there are no links",
      .calls = NAMES,
      .each = true,
      .unlinked = true },
    { .name = "killed at another name", .calls = NAMES, .each = true, .kill = true },
    { .name = "a call on the workshop fails", .calls = EVERY_CALL & ~WRITES, .of = WORKSHOP },
};

/** The next call that fails; each plan meets other ones. VB_SLOW: under valgrind. */
static long after(const fault_plan *plan, long n)
{
    bool slow = getenv("VB_SLOW") != NULL;
    if ((plan->each || getenv("VERBAND_THOROUGH")) && !slow) return n + 1;
    return n * (slow ? 20 : 4) + (plan - plans);
}

/** Run a deed while the plan's call @p at fails. *survived: the process did, and says how it ended. */
static vb_status run_deed(const course *c, const fault_plan *plan, long at, vb_error *err, bool *survived)
{
    vb_status status = VB_OK;
    pid_t child = 0;
    *survived = true;
    fflush(NULL);
    if (plan->kill && (child = fork()) != 0) {
        int how = 0;
        assert_true(child > 0);
        assert_int_equal(waitpid(child, &how, 0), child);
        *survived = !WIFSIGNALED(how);
        if (*survived) assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
        return VB_OK;
    }
    faults.plan = plan;
    faults.n = 0;
    faults.at = at;
    status = c->deed->run(place("deed.db"), c->deed->parts, err);
    faults.plan = NULL;
    if (plan->kill) _exit(status != VB_OK);
    return status;
}

/** After a fault: what there is, and whether the deed can still be done. */
static bool whole(const course *c, const fault_plan *plan, long at, bool done)
{
    vb_error err = { 0 };
    int part = part_done(c, "deed.db");
    if (part < 0 || (done && part != (int)c->deed->parts)) {
        print_message("# %s, %s at %ld: %s\n", c->deed->name, plan->name, at,
                      part < 0 ? "in no state that it knows" : "done, and not there");
        return false;
    }
    if (part < (int)c->deed->parts && (c->deed->first || at % 5 == 0)) {
        vb_status status = c->deed->run(place("deed.db"), c->deed->parts, &err);
        part = status == VB_OK ? part_done(c, "deed.db") : -1;
        if (part != (int)c->deed->parts)
            print_message("# %s, %s at %ld, again: %s\n", c->deed->name, plan->name, at, err.message);
        if (part != (int)c->deed->parts) return false;
    }
    size_t n = file_findings("deed.db") + n_left("deed.db");
    if (n) print_message("# %s, %s at %ld: %zu findings\n", c->deed->name, plan->name, at, n);
    return n == 0;
}

static bool says_why(const vb_error *err, vb_status status)
{
    bool refused = status == VB_STORE || status == VB_IO || status == VB_BAD_INPUT; /* what is restored */
    return refused && err->message[0] && !strchr(err->message, '\n');
}

static void every_call(void **state)
{
    const deed *d = *state;
    course c = course_begin(d);
    size_t bad = 0;
    for (size_t i = 0; i < VB_COUNT(plans); i++) {
        bool ended = false;
        if (plans[i].of && !d->empty) continue; /* it has no workshop */
        if (plans[i].calls == NAMES && d->run != do_repair) continue;
        long at = 1, n_faults = 0;
        for (; !ended; at = after(&plans[i], at)) {
            vb_error err = { 0 };
            bool survived;
            rewind_to(&c, "deed.db");
            vb_status status = run_deed(&c, &plans[i], at, &err, &survived);
            ended = survived && (plans[i].kill || faults.n < at);
            n_faults += !ended;
            if (status != VB_OK && !says_why(&err, status)) {
                print_message("# %s, %s at %ld: %d '%s'\n", d->name, plans[i].name, at, status, err.message);
                bad++;
            }
            bad += !whole(&c, &plans[i], at, survived && status == VB_OK);
        }
        print_message("# %s, %s: %ld faults, to call %ld\n", d->name, plans[i].name, n_faults, at);
        assert_true(n_faults > 0);
    }
    course_end(&c);
    assert_int_equal(bad, 0);
}

/** A copy is there wholly or not at all, and the store is as it was. */
static void backups(void **state)
{
    (void)state;
    size_t bad = 0;
    make_store(place("kept.db"), true, true, NULL);
    vb_buf want = state_of(place("kept.db"));
    for (size_t i = 0; i < VB_COUNT(plans); i++) {
        if (plans[i].kill || plans[i].of) continue;
        vb_status status = VB_IO;
        for (long at = 1, ended = 0; !ended; at = after(&plans[i], at)) {
            vb_store *store = NULL;
            vb_error err = { 0 };
            remove_store(place("copy.db"));
            assert_int_equal(vb_store_open(place("kept.db"), VB_OPEN_READ, &store, &err), VB_OK);
            faults.plan = &plans[i];
            faults.n = 0;
            faults.at = at;
            status = vb_store_backup(store, place("copy.db"), &err);
            faults.plan = NULL;
            vb_store_close(store);
            ended = faults.n < at;
            if (status != VB_OK) {
                bad += !says_why(&err, status) || access(place("copy.db"), F_OK) == 0 ||
                       access(place("copy.db.part"), F_OK) == 0;
                continue;
            }
            vb_buf got = state_of(place("copy.db"));
            bad += strcmp(got.at, want.at) != 0 || file_findings("copy.db") != 0;
            vb_buf_clear(&got);
        }
        assert_int_equal(status, VB_OK);
    }
    assert_int_equal(bad, 0);
    vb_buf now = state_of(place("kept.db"));
    assert_same(&want, &now);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(deeds) + 1] = { cmocka_unit_test(backups) };
    for (size_t i = 0; i < VB_COUNT(deeds); i++)
        tests[i + 1] = (struct CMUnitTest){ .name = deeds[i].name,
                                            .test_func = every_call,
                                            .initial_state = (void *)(uintptr_t)&deeds[i] };
    if (!faults_begin()) return 1;
    return cmocka_run_group_tests_name("store_faults", tests, deeds_begin, deeds_end);
}

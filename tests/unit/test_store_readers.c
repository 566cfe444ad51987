/**
 * Readers beside a writer, each in a thread with a connection of its own: whatever the writer is at, an
 * answer is of one moment. The writer puts documents in groups, all of a group in one version, one batch a
 * group, and corrects in between; what a reader sees of a group is of one version, figures that belong
 * together agree, and no rule of the graph is broken. Built with ThreadSanitizer (make tsan) it also watches
 * the memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/correct_world.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { READERS = 10, WRITERS = 2, GROUPS = 8, GROUP = 3, LEAST = 3, WORD = 10, MOST = 12 };

typedef struct scene {
    char path[64];
    int rounds;         /* versions that a writer puts of each group */
    bool slow;          /* under valgrind, where threads take turns: one writer, two readers, no check */
    atomic_int writing; /* writers still at it */
    atomic_int n_faults;
    atomic_long n_answers, n_versions; /* answers in all, and those that differed from the one before */
} scene;

static void fault(scene *s, const char *what, const char *why)
{
    if (atomic_fetch_add(&s->n_faults, 1) < 20) print_message("# %s: %s\n", what, why);
}

/* ---- writing ------------------------------------------------------------------------------------------ */

/** Version @p v of document @p i of a group: as many mentions as its title says. */
static vb_status put_version(vb_store *store, int writer, int group, int i, int v, vb_error *err)
{
    char file[32], title[32], text[MOST * WORD + 1];
    vb_rec_mention mentions[MOST] = { 0 };
    size_t n = 1 + (size_t)v % MOST;
    snprintf(file, sizeof file, "w%d-%d-%d.txt", writer, group, i);
    snprintf(title, sizeof title, "%d", v);
    for (uint32_t k = 0; k < MOST; k++) {
        snprintf(text + k * WORD, WORD + 1, "w%08u ", k);
        mentions[k] = (vb_rec_mention){ .start = k * WORD, .end = k * WORD + 9, .node = k % 3 };
    }
    const vb_rec_edge edge = {
        .type = VB_REL_SUPPORTS, .source = 0, .target = 2, .start = 0, .end = (uint32_t)n * WORD - 1
    };
    vb_record r = { .file = vb_str_of(file),
                    .path = vb_str_of(file),
                    .key = vb_str_of(file),
                    .title = vb_str_of(title),
                    .date = v % 2 ? VB_STR("2024-05-01") : VB_STR("2025-05-01"),
                    .text = vb_str_of(text),
                    .hash = (uint64_t)v,
                    .nodes = nodes_b,
                    .n_nodes = VB_COUNT(nodes_b),
                    .mentions = mentions,
                    .n_mentions = n,
                    .edges = &edge,
                    .n_edges = n >= 3 };
    return vb_store_put(store, &r, NULL, err);
}

static vb_status put_group(vb_store *store, int writer, int group, int v, vb_error *err)
{
    vb_status status;
    TRY(vb_store_begin(store, err));
    for (int i = 0; i < GROUP; i++) TRY(put_version(store, writer, group, i, v, err));
    TRY(vb_store_commit(store, err));
done:
    if (status != VB_OK) vb_store_rollback(store);
    return status;
}

/** A merge, and back: all mentions move in one transaction. */
static vb_status correct_and_undo(vb_store *store, vb_error *err)
{
    const vb_correction_request merge = {
        .kind = VB_MERGE, .a = S("SJ"), .b = S("Stichting Jeugdzorg"), .who = S("jan"), .when = S(WHEN)
    };
    int64_t id = 0;
    vb_status status = vb_correct(store, &merge, 1, take_id, &id, err);
    if (status == VB_UNKNOWN_NAME || status == VB_BAD_ARGUMENT)
        return VB_OK; /* not there, or merged already */
    if (status == VB_OK) status = vb_undo(store, &id, 1, VB_STR("jan"), VB_STR(WHEN), VB_STR(""), err);
    return status;
}

typedef struct actor {
    scene *scene;
    int number;
    pthread_t thread;
} actor;

static void *write_groups(void *context)
{
    actor *a = context;
    vb_store *store = NULL;
    vb_error err = { 0 };
    vb_status status = vb_store_open(a->scene->path, VB_OPEN_WRITE, &store, &err);
    for (int v = 1; status == VB_OK && v <= a->scene->rounds; v++) {
        for (int g = 0; status == VB_OK && g < GROUPS; g++) {
            status = put_group(store, a->number, g, v, &err);
            usleep(1000); /* as a load does when it reads its next letters */
        }
        if (status == VB_OK && a->number == 0) status = correct_and_undo(store, &err);
    }
    if (status != VB_OK) fault(a->scene, "a writer", err.message);
    vb_store_close(store);
    atomic_fetch_sub(&a->scene->writing, 1);
    return NULL;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

typedef struct seen {
    scene *scene;
    int versions[WRITERS][GROUPS];
    int n_in_group[WRITERS][GROUPS];
    int64_t n_documents, n_mentions, n_visited;
} seen;

static vb_status see_document(void *context, const vb_document *d)
{
    seen *s = context;
    int w, g, i, v = atoi(d->title.at);
    char file[32];
    snprintf(file, sizeof file, "%.*s", VB_FMT(d->file));
    if (sscanf(file, "w%d-%d-%d.txt", &w, &g, &i) != 3 || w >= WRITERS || g >= GROUPS) return VB_OK;
    if (d->n_mentions != 1 + v % MOST) fault(s->scene, "a document", "its mentions are another version's");
    if (s->n_in_group[w][g]++ && s->versions[w][g] != v) fault(s->scene, "a group", "of two versions");
    s->versions[w][g] = v;
    s->n_documents++;
    s->n_mentions += d->n_mentions;
    return VB_OK;
}

static vb_status see_mention(void *context, const vb_mention *m)
{
    ((seen *)context)->n_visited += m->text.len > 0;
    return VB_OK;
}

/** Figures of one answer, and of several under one view. */
static vb_status look(scene *s, vb_store *store, vb_arena *arena, seen *now, vb_error *err)
{
    vb_status status;
    vb_stats stats;
    vb_card card;
    bool held = false;
    int64_t n_by_year = 0;
    *now = (seen){ .scene = s };
    TRY(vb_store_stats(store, arena, &stats, err));
    for (size_t i = 0; i < stats.n_years; i++) n_by_year += stats.documents_by_year[i].n;
    if (n_by_year != stats.n_documents) fault(s, "stats", "the years do not add up to the documents");
    if (vb_show(store, VB_STR("Stichting Jeugdzorg"), arena, &card, NULL) == VB_OK && card.n_cards < 20 &&
        (int64_t)card.n_cards != card.n_documents)
        fault(s, "a card", "its documents are not as many as it says");
    TRY(vb_store_hold(store, &held, err));
    TRY(vb_store_stats(store, arena, &stats, err));
    TRY(vb_store_documents(store, see_document, now, err));
    TRY(vb_store_mentions(store, (vb_str){ 0 }, see_mention, now, err));
    if (now->n_documents != stats.n_documents) fault(s, "a view", "documents come or go");
    if (now->n_mentions != stats.n_mentions || now->n_visited != stats.n_mentions)
        fault(s, "a view", "mentions come or go");
    for (int w = 0; w < WRITERS; w++)
        for (int g = 0; g < GROUPS; g++)
            if (now->n_in_group[w][g] && now->n_in_group[w][g] != GROUP) fault(s, "a group", "in part");
done:
    vb_store_release(store, held);
    return status;
}

static void *read_on(void *context)
{
    actor *a = context;
    scene *s = a->scene;
    vb_store *store = NULL;
    vb_error err = { 0 };
    seen now = { 0 }, before = { 0 };
    size_t n = 0;
    long rounds = 0;
    vb_status status = vb_store_open(s->path, VB_OPEN_READ, &store, &err);
    while (status == VB_OK && (atomic_load(&s->writing) || rounds < LEAST)) {
        vb_arena *arena = vb_arena_new();
        status = arena ? look(s, store, arena, &now, &err) : VB_NO_MEMORY;
        vb_arena_free(arena);
        if (status == VB_OK && a->number == 0 && rounds % 4 == 0 && !s->slow) {
            status = vb_store_check(store, print_finding, NULL, &n, &err);
            if (n) fault(s, "a check beside a writer", "findings");
        }
        if (memcmp(now.versions, before.versions, sizeof now.versions) != 0)
            atomic_fetch_add(&s->n_versions, 1);
        before = now;
        rounds++;
        atomic_fetch_add(&s->n_answers, 1);
    }
    if (status != VB_OK) fault(s, "a reader", err.message);
    vb_store_close(store);
    return NULL;
}

static void an_answer_is_of_one_moment(void **state)
{
    (void)state;
    static scene s; /* outlives no thread; atomics want a place */
    actor writers[WRITERS], readers[READERS];
    world w = { 0 };
    s = (scene){ .path = "/tmp/verband-readers-XXXXXX", .rounds = 4 };
    if (getenv("VERBAND_THOROUGH")) s.rounds = 12;
    s.slow = getenv("VB_SLOW") != NULL;
    int n_writers = s.slow ? 1 : WRITERS, n_readers = s.slow ? 2 : READERS;
    if (s.slow) s.rounds = 1;
    if (access("/dev/shm", W_OK) == 0) strcpy(s.path, "/dev/shm/verband-readers-XXXXXX");
    int fd = mkstemp(s.path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(vb_store_open(s.path, VB_OPEN_WRITE, &w.store, &w.err), VB_OK);
    atomic_store(&s.writing, n_writers);
    for (int i = 0; i < n_writers; i++) {
        writers[i] = (actor){ .scene = &s, .number = i };
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_groups, &writers[i]), 0);
    }
    for (int i = 0; i < n_readers; i++) {
        readers[i] = (actor){ .scene = &s, .number = i };
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
    }
    for (int i = 0; i < n_writers; i++) pthread_join(writers[i].thread, NULL);
    for (int i = 0; i < n_readers; i++) pthread_join(readers[i].thread, NULL);
    print_message("# %ld answers, %ld of them new\n", atomic_load(&s.n_answers), atomic_load(&s.n_versions));
    assert_int_equal(atomic_load(&s.n_faults), 0);
    assert_true(atomic_load(&s.n_versions) >= n_readers); /* each saw the store change */
    assert_int_equal(findings(&w), 0);
    assert_int_equal(count(&w, "SELECT count(*) FROM document"), n_writers * GROUPS * GROUP);
    assert_int_equal(count(&w, "SELECT count(DISTINCT title) FROM document"), 1);
    vb_store_close(w.store);
    (void)unlink(s.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(an_answer_is_of_one_moment) };
    return cmocka_run_group_tests_name("store_readers", tests, NULL, NULL);
}

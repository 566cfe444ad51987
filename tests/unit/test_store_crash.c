/**
 * The store under `kill -9`: a child puts made-up documents, in batches, new ones and changed ones, and is
 * killed at random moments. Afterwards the store opens, breaks no rule, and holds exactly the batches that
 * were committed: each document wholly, in the version that was put last.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/store_world.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    KILLS = 60,
    DOCUMENTS = 40,
    BATCH = 3,
    NODES = 30,
    MENTIONS_MAX = 90,
    WORD = 10,
    STEPS = 24,
    PATIENCE = 60000
};

typedef struct step {
    int document, version; /* version 0: the batch was committed */
} step;

/** What version @p v of document @p i holds. */
static size_t n_mentions(int i, int v)
{
    return 20u + (size_t)(i * 7 + v * 13) % (MENTIONS_MAX - 20u);
}

static size_t n_edges(int i, int v)
{
    return 3u + (size_t)(i + v * 5) % 12u;
}

static vb_status put_one(vb_store *store, int i, int v)
{
    vb_rec_node nodes[NODES];
    vb_rec_mention mentions[MENTIONS_MAX] = { 0 };
    vb_rec_edge edges[16] = { 0 };
    vb_rec_passage passages[MENTIONS_MAX];
    char names[NODES][32], text[MENTIONS_MAX * WORD + 1], file[32], stems[32];
    vb_record r = { .n_mentions = n_mentions(i, v), .n_edges = n_edges(i, v), .hash = (uint64_t)v };
    for (int k = 0; k < NODES; k++) { /* some that every document names, some that change with the version */
        snprintf(names[k], sizeof names[k], "body-%d", k < NODES / 2 ? k : 100 + (i + v + k) % 60);
        nodes[k] = (vb_rec_node){ .label = VB_LABEL_ORGANISATION,
                                  .key = vb_str_of(names[k]),
                                  .name = vb_str_of(names[k]) };
    }
    snprintf(stems, sizeof stems, "word%d version%d", i, v);
    for (uint32_t k = 0; k < r.n_mentions; k++) {
        snprintf(text + k * WORD, WORD + 1, "w%08u ", k);
        mentions[k] = (vb_rec_mention){ .start = k * WORD, .end = k * WORD + 9, .node = k % NODES };
        passages[k] = (vb_rec_passage){ k * WORD, k * WORD + 9, vb_str_of(stems) };
    }
    for (uint32_t k = 0; k < r.n_edges; k++)
        edges[k] = (vb_rec_edge){ .type = VB_REL_COOPERATES_WITH,
                                  .source = k,
                                  .target = NODES - 1 - k,
                                  .start = k * WORD,
                                  .end = k * WORD + 9 };
    snprintf(file, sizeof file, "%d.txt", i);
    r.file = r.path = r.key = vb_str_of(file);
    r.text = vb_str_of(text);
    r.nodes = nodes;
    r.n_nodes = NODES;
    r.mentions = mentions;
    r.edges = edges;
    r.passages = passages;
    r.n_passages = r.n_mentions;
    return vb_store_put(store, &r, NULL, NULL);
}

/** Put documents until killed; tell of each, and of each commit. */
static void write_for_ever(const char *path, int out, unsigned seed)
{
    vb_store *store = NULL;
    srand(seed);
    if (vb_store_open(path, VB_OPEN_WRITE, &store, NULL) != VB_OK) _exit(3);
    for (;;) {
        if (vb_store_begin(store, NULL) != VB_OK) _exit(4);
        for (int k = 0; k < BATCH; k++) {
            step s = { rand() % DOCUMENTS, 1 + rand() % 1000 };
            if (put_one(store, s.document, s.version) != VB_OK) _exit(5);
            if (write(out, &s, sizeof s) != (ssize_t)sizeof s) _exit(6);
        }
        if (vb_store_commit(store, NULL) != VB_OK) _exit(7);
        if (write(out, &(step){ 0 }, sizeof(step)) != (ssize_t)sizeof(step)) _exit(8);
    }
}

/** The versions that the store holds; 0 where there is no document. */
static void read_versions(world *w, int *versions)
{
    for (int i = 0; i < DOCUMENTS; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT ifnull((SELECT hash FROM document WHERE file = '%d.txt'), 0)", i);
        versions[i] = (int)count(w, sql);
        if (!versions[i]) continue;
        snprintf(sql, sizeof sql, "SELECT mentions FROM document WHERE file = '%d.txt'", i);
        assert_int_equal(count(w, sql), n_mentions(i, versions[i]));
        snprintf(sql, sizeof sql, "SELECT edges FROM document WHERE file = '%d.txt'", i);
        assert_int_equal(count(w, sql), n_edges(i, versions[i]));
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM passage_words WHERE passage_words MATCH '\"word%d version%d\"'", i,
                 versions[i]);
        assert_int_equal(count(w, sql), n_mentions(i, versions[i]));
    }
}

/** Wait until the child has told of @p n steps, whatever a step takes here; at most PATIENCE ms. */
static void wait_for(int in, int n)
{
    int told = 0, waited = 0;
    while (waited++ < PATIENCE && ioctl(in, FIONREAD, &told) == 0 && told < n * (int)sizeof(step))
        usleep(1000);
}

/** Read what the child told: committed batches change *sure, the unfinished one is in @p maybe. */
static int hear(int in, int *sure, int *maybe)
{
    int pending = 0;
    step s;
    memcpy(maybe, sure, DOCUMENTS * sizeof *sure);
    while (read(in, &s, sizeof s) == (ssize_t)sizeof s) {
        if (s.version) {
            maybe[s.document] = s.version;
            pending++;
            continue;
        }
        memcpy(sure, maybe, DOCUMENTS * sizeof *sure);
        pending = 0;
    }
    return pending;
}

static void nothing_is_half(void **state)
{
    (void)state;
    char path[] = "/tmp/verband-crash-XXXXXX", log[64];
    int sure[DOCUMENTS] = { 0 }, maybe[DOCUMENTS], found[DOCUMENTS], fd = mkstemp(path);
    unsigned seed = (unsigned)time(NULL);
    size_t n_batches = 0;
    assert_true(fd >= 0);
    close(fd);
    print_message("# seed %u\n", seed);
    const char *slower = getenv("VB_SLOW"); /* how many times slower than usual: under valgrind */
    int slow = slower ? atoi(slower) : 1;
    for (unsigned k = 0; k < KILLS; k++) {
        int ends[2], how;
        srand(seed + k);
        int n_steps = rand() % STEPS, pause = rand() % 10000 * slow; /* microseconds */
        assert_int_equal(pipe(ends), 0);
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(ends[0]);
            write_for_ever(path, ends[1], seed + k);
        }
        close(ends[1]);
        wait_for(ends[0], n_steps);
        usleep((unsigned)pause);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &how, 0), child);
        assert_true(WIFSIGNALED(how));
        int before[DOCUMENTS];
        memcpy(before, sure, sizeof before);
        int pending = hear(ends[0], sure, maybe);
        n_batches += memcmp(before, sure, sizeof before) != 0;
        close(ends[0]);
        world w = { 0 };
        if (vb_store_open(path, k % 2 ? VB_OPEN_WRITE : VB_OPEN_READ, &w.store, &w.err) != VB_OK) {
            assert_int_equal(w.err.status, VB_STORE_FOREIGN); /* killed before the empty file was a store */
            assert_int_equal(n_batches, 0);
            continue;
        }
        assert_int_equal(findings(&w), 0);
        read_versions(&w, found);
        if (memcmp(found, sure, sizeof found) != 0) { /* committed, and killed before it could say so */
            assert_int_equal(pending, BATCH);
            assert_memory_equal(found, maybe, sizeof found);
            memcpy(sure, maybe, sizeof sure);
        }
        vb_store_close(w.store);
    }
    print_message("# %zu of %d loads committed something\n", n_batches, KILLS);
    assert_true(n_batches > KILLS / 2); /* else nothing was tried */
    const char *const parts[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < VB_COUNT(parts); i++) {
        snprintf(log, sizeof log, "%s%s", path, parts[i]);
        (void)unlink(log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_half) };
    return cmocka_run_group_tests_name("store_crash", tests, NULL, NULL);
}

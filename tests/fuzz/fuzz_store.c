/**
 * Fuzz target of the store's file: a sound store whose bytes are changed (a place in three bytes, then what
 * is put there) or that is cut short (a first byte of 'c') is opened and asked everything. Any answer or
 * error will do, as long as it comes; SQLite keeps no checksums, so that a changed letter of a text is not
 * told from another letter.
 */
#include "tests/fuzz/world.h"

#include <unistd.h>

static vb_buf sound; /* the bytes of a store that is in order */
static char store_path[] = "/tmp/verband-fuzz-XXXXXX.db";

static void make_sound(void)
{
    vb_store *store = NULL;
    int fd = mkstemps(store_path, 3);
    must(fd >= 0 && close(fd) == 0 && unlink(store_path) == 0);
    must(vb_store_open(store_path, VB_OPEN_WRITE, &store, NULL) == VB_OK);
    fill(store);
    const vb_correction_request r = { .kind = VB_REJECT,
                                      .a = VB_STR("RIVM"),
                                      .relation = VB_STR("SUPPORTS"),
                                      .b = VB_STR("Preventie"),
                                      .who = VB_STR("fuzz"),
                                      .when = VB_STR("2026-01-02T03:04:05Z") };
    must(vb_correct(store, &r, 1, NULL, NULL, NULL) == VB_OK);
    vb_store_close(store);
    must(vb_buf_read(store_path, 64 << 20, &sound, NULL) == VB_OK);
}

static vb_status pass_edge(void *context, const vb_edge *edge)
{
    (void)context;
    return edge->type.len ? VB_OK : VB_NOT_FOUND;
}

static vb_status pass_mention(void *context, const vb_mention *mention)
{
    (void)context, (void)mention;
    return VB_OK;
}

static vb_status pass_fix(void *context, const vb_correction *c)
{
    (void)context, (void)c;
    return VB_OK;
}

static void run_query(vb_store *store, const char *text)
{
    vb_query *query = NULL;
    vb_query_error err = { 0 };
    const vb_value *row = NULL;
    if (vb_query_open(store, vb_str_of(text), NULL, &query, &err) != VB_OK) return;
    while (vb_query_next(query, &row, &err) == VB_OK && row) {
    }
    vb_query_close(query);
}

static void ask_all(vb_store *store, vb_arena *arena)
{
    vb_node node;
    vb_card card;
    vb_hits hits;
    vb_stats stats;
    vb_doubts doubts;
    vb_provenance provenance;
    vb_str text;
    (void)vb_store_check(store, NULL, NULL, NULL, NULL);
    (void)vb_store_resolve_one(store, VB_STR("leeuwarden"), arena, &node, NULL);
    (void)vb_store_edges(store, (vb_str){ 0 }, pass_edge, NULL, NULL);
    (void)vb_store_mentions(store, (vb_str){ 0 }, pass_mention, NULL, NULL);
    (void)vb_store_text(store, VB_STR("brief.txt"), arena, &text, NULL);
    (void)vb_show(store, VB_STR("Leeuwarden"), arena, &card, NULL);
    (void)vb_search(store, VB_STR("preventie"), 5, arena, &hits, NULL);
    (void)vb_store_stats(store, arena, &stats, NULL);
    (void)vb_corrections(store, pass_fix, NULL, NULL);
    (void)vb_review(store, 10, arena, &doubts, NULL);
    (void)vb_provenance_find(store, VB_STR("brief.txt"), 10, arena, &provenance, NULL);
    run_query(store, "MATCH (a)-[r]->(b) RETURN a, r, b, evidence(r)");
}

/** Write what corrections and loads write; the file is thrown away. */
static void write_some(void)
{
    vb_store *store = NULL;
    const int64_t first = 1;
    if (vb_store_open(store_path, VB_OPEN_WRITE, &store, NULL) == VB_OK)
        (void)vb_undo(store, &first, 1, VB_STR("fuzz"), VB_STR("2026-01-02T03:04:05Z"), VB_STR(""), NULL);
    vb_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!sound.len) make_sound();
    if (size < 4) return 0;
    char *bytes = malloc(sound.len);
    must(bytes != NULL);
    memcpy(bytes, sound.at, sound.len);
    size_t n = sound.len;
    if (data[0] == 'c') n = ((size_t)data[1] << 16 | (size_t)data[2] << 8 | data[3]) % sound.len;
    for (size_t i = data[0] == 'c' ? 4 : 0; i + 4 <= size; i += 4)
        bytes[((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % sound.len] =
            (char)data[i + 3];
    FILE *file = fopen(store_path, "wb");
    must(file && fwrite(bytes, 1, n, file) == n && fclose(file) == 0);
    free(bytes);
    vb_store *store = NULL;
    vb_arena *arena = vb_arena_new();
    must(arena != NULL);
    if (vb_store_open(store_path, VB_OPEN_READ, &store, NULL) == VB_OK) ask_all(store, arena);
    vb_store_close(store);
    vb_arena_free(arena);
    write_some();
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        char beside[64];
        snprintf(beside, sizeof beside, "%s%s", store_path, *end);
        (void)unlink(beside);
    }
    return 0;
}

/**
 * commit [-n] STORE FILE...: letters into a new store on one core, and the processor seconds of each part:
 * reading the files, analysis, the store with its commits. With -n up to their names: no relations and no
 * full text, so from file to committed mentions. A commit every BATCH documents, as `verband load` does.
 */
#include "graph/corrections.h"
#include "loaders/load.h"

#include <libgen.h>
#include <time.h>

enum { BATCH = 4096 };

enum part { READING, ANALYSIS, STORING, PARTS };

typedef struct bench {
    vb_loader loader;
    vb_reader *reader;
    vb_store *store;
    bool names; /* alone */
    size_t in_batch, bytes, documents, mentions;
    double seconds[PARTS], last;
    vb_error err;
} bench;

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/** What went by since the last call was this part. */
static void count(bench *b, enum part part)
{
    double now = cpu();
    b->seconds[part] += now - b->last;
    b->last = now;
}

static vb_status analyse(bench *b, vb_str file, vb_str bytes, vb_analysis *a, vb_record *record)
{
    vb_status status;
    if (!b->names) {
        TRY(vb_analyse(&b->loader, b->reader, file, bytes, a, &b->err));
        return vb_record_make(a, file, vb_load_hash(&b->loader, bytes), record, &b->err);
    }
    TRY(vb_analysis_begin(b->reader, file, a, &b->err));
    TRY(vb_format_read(bytes, a->arena, &a->source, &b->err));
    a->source.names = b->loader.names;
    TRY(vb_view_make(&a->source, a->arena, &a->view, &b->err));
    TRY(vb_names_find(b->loader.names, a, &b->err));
    a->view.n_blocks = 0; /* no passages */
    TRY(vb_record_make(a, file, vb_load_hash(&b->loader, bytes), record, &b->err));
done:
    return status;
}

static vb_status put(bench *b, const vb_record *record)
{
    vb_status status = VB_OK;
    vb_load_outcome outcome;
    bool same;
    TRY(vb_store_has(b->store, record->file, record->hash, &same, &b->err));
    if (!b->in_batch) TRY(vb_store_begin(b->store, &b->err));
    TRY(vb_store_put(b->store, record, &outcome, &b->err));
    if (++b->in_batch == BATCH) {
        TRY(vb_store_commit(b->store, &b->err));
        b->in_batch = 0;
    }
    if (outcome == VB_LOAD_NEW) {
        b->documents++;
        b->mentions += record->n_mentions;
    }
done:
    return status;
}

static vb_status load(bench *b, char *path)
{
    vb_status status;
    vb_buf bytes = { 0 };
    vb_analysis a = { 0 };
    vb_record record = { 0 };
    TRY(vb_buf_read(path, VB_TEXT_MAX, &bytes, &b->err));
    b->bytes += bytes.len;
    count(b, READING);
    TRY(analyse(b, vb_str_of(basename(path)), vb_buf_view(&bytes), &a, &record));
    count(b, ANALYSIS);
    TRY(put(b, &record));
    count(b, STORING);
done:
    vb_analysis_clear(&a);
    vb_buf_clear(&bytes);
    count(b, ANALYSIS);
    return status;
}

static vb_status open_all(bench *b, const char *path)
{
    vb_status status;
    TRY(vb_names_new(NULL, &b->loader.names, &b->err));
    TRY(vb_relations_new(NULL, &b->loader.relations, &b->err));
    TRY(vb_reader_new(&b->reader));
    TRY(vb_store_open(path, VB_OPEN_WRITE, &b->store, &b->err));
    TRY(vb_store_load_begin(b->store, &b->err));
done:
    return status;
}

static void print(const bench *b)
{
    double mb = (double)b->bytes / 1e6, all = 0;
    for (int i = 0; i < PARTS; i++) all += b->seconds[i];
    printf("%.3f MB %zu documents %zu mentions\n", mb, b->documents, b->mentions);
    printf("reading %.3f s analysis %.3f s store %.3f s together %.3f s\n", b->seconds[READING],
           b->seconds[ANALYSIS], b->seconds[STORING], all);
    printf("%.2f MB/s %.0f documents/s\n", mb / all, (double)b->documents / all);
}

int main(int argc, char **argv)
{
    bench b = { 0 };
    int at = 1;
    if (argc > at && strcmp(argv[at], "-n") == 0) {
        b.names = true;
        at++;
    }
    if (argc <= at + 1) return 2;
    vb_status status = open_all(&b, argv[at++]);
    b.last = cpu();
    for (; status == VB_OK && at < argc; at++) status = load(&b, argv[at]);
    if (status == VB_OK && b.in_batch) status = vb_store_commit(b.store, &b.err);
    vb_store_close(b.store);
    count(&b, STORING);
    if (status == VB_OK)
        print(&b);
    else
        fprintf(stderr, "commit: %s\n", b.err.message);
    vb_reader_free(b.reader);
    vb_names_free(b.loader.names);
    vb_relations_free(b.loader.relations);
    return status == VB_OK ? 0 : 1;
}

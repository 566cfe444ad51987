/**
 * Loading: files in their order through reading, analysis and the store. The calling thread alone reads files
 * and speaks to the store; with more jobs, other threads analyse what it has read, at most a few files ahead,
 * and it stores their records in the files' order. So the graph is the same for any number of jobs.
 */
#include "graph/corrections.h"
#include "loaders/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* CORRECTING: a batch takes this many times what corrections take to come off and go on for it. AHEAD:
 * documents a thread that are read before they are stored, so that one that takes long, or a commit, holds
 * nobody up; they are fewer where they are large. */
enum { BATCH = 4096, BATCH_MS = 10000, CORRECTING = 10, AHEAD = 16, JOBS_MAX = 256 };
enum { AHEAD_BYTES = 64 << 20 };

/* ---- the loader --------------------------------------------------------------------------------------- */

/** Everything that what is extracted depends on, besides the document. */
static vb_status hash_data(const char *data_dir, uint64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_arena *arena = vb_arena_new();
    size_t n;
    const vb_data_file *files = vb_data_files(&n);
    uint64_t hash = vb_hash(VB_STR(VB_VERSION));
    if (!arena) return vb_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        vb_str text;
        if (strncmp(files[i].path, "loaders/", 8) != 0) continue; /* what reads questions, or writes files */
        TRY(vb_data_read(data_dir, files[i].path, arena, &text, err));
        hash = hash * 0x100000001b3u ^ vb_hash_text(text);
    }
    *out = hash;
done:
    vb_arena_free(arena);
    return status;
}

vb_status vb_loader_new(const char *data_dir, vb_loader **out, vb_error *err)
{
    vb_status status;
    vb_loader *loader = calloc(1, sizeof *loader);
    if (!loader || !(loader->arena = vb_arena_new())) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_names_new(data_dir, &loader->names, err));
    TRY(vb_relations_new(data_dir, &loader->relations, err));
    TRY(hash_data(data_dir, &loader->hash, err));
    *out = loader;
    loader = NULL;
done:
    vb_loader_free(loader);
    return status;
}

void vb_loader_free(vb_loader *loader)
{
    if (!loader) return;
    vb_names_free(loader->names);
    vb_relations_free(loader->relations);
    vb_arena_free(loader->arena);
    free(loader);
}

uint64_t vb_load_hash(const vb_loader *loader, vb_str bytes)
{
    return vb_hash_text(bytes) ^ (loader->hash * 0x9e3779b97f4a7c15u);
}

/* ---- one file ----------------------------------------------------------------------------------------- */

void vb_load_analyse(const vb_loader *loader, vb_reader *reader, vb_load_job *job)
{
    job->error = (vb_error){ 0 };
    job->status =
        vb_analyse(loader, reader, job->file.name, vb_buf_view(&job->bytes), &job->analysis, &job->error);
    if (job->status == VB_OK)
        job->status = vb_record_make(&job->analysis, job->file.path, job->hash, &job->record, &job->error);
}

void vb_load_job_clear(vb_load_job *job)
{
    vb_buf_clear(&job->bytes);
    vb_buf_clear(&job->name);
    vb_buf_clear(&job->path);
    vb_analysis_clear(&job->analysis);
    *job = (vb_load_job){ 0 };
}

/* ---- the run ------------------------------------------------------------------------------------------ */

/** A ring of jobs: [stored, read) are under way, [taken, read) wait for a thread;
 * stored <= taken, so that no thread takes a place that has been given to a later file. */
typedef struct run {
    const vb_loader *loader;
    vb_store *store;
    const vb_load_options *options;
    const vb_load_file *files;
    size_t n_files, opened; /* files, and how many of them are opened */
    vb_parts *parts;        /* of the file that was opened last; NULL: it is one document, or gone through */
    vb_load_job *ring;
    size_t size, read, taken, stored;
    size_t held; /* bytes of the documents under way */
    size_t in_batch;
    bool in_transaction, closing;
    struct timespec begun;
    vb_load_summary sum;
    pthread_t *threads;
    size_t n_threads;
    vb_reader *reader;    /* of the calling thread, where it analyses */
    pthread_mutex_t lock; /* of taken, read, closing and every job's ready */
    pthread_cond_t work, done;
} run;

static void *worker(void *context)
{
    run *r = context;
    vb_reader *reader = NULL;
    (void)vb_reader_new(&reader); /* without one each file makes its own, and says what it lacks */
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (!r->closing && r->taken == r->read) pthread_cond_wait(&r->work, &r->lock);
        if (r->closing) break;
        size_t at = r->taken++;
        vb_load_job *job = &r->ring[at % r->size];
        if (job->ready) continue;
        pthread_mutex_unlock(&r->lock);
        vb_load_analyse(r->loader, reader, job);
        pthread_mutex_lock(&r->lock);
        job->ready = true;
        pthread_cond_broadcast(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    vb_reader_free(reader);
    return NULL;
}

/** The next part of the file that is open. @return VB_NOT_FOUND when there is none. */
static vb_status next_part(run *r, vb_load_job *job, vb_error *err)
{
    const vb_load_file *file = &r->files[r->opened - 1];
    if (!r->parts) return VB_NOT_FOUND;
    job->status = vb_parts_next(r->parts, file->name, &job->name, &job->path, &job->bytes, &job->error);
    if (job->status == VB_NO_MEMORY) return vb_fail_memory(err);
    if (job->status == VB_NOT_FOUND) {
        vb_parts_close(r->parts);
        r->parts = NULL;
        return VB_NOT_FOUND;
    }
    job->file = (vb_load_file){ .path = vb_buf_view(&job->path), .name = vb_buf_view(&job->name) };
    return VB_OK;
}

/** The next document: a part of a file, or a whole one. @return VB_NOT_FOUND at the end of all files. */
static vb_status next_document(run *r, vb_load_job *job, vb_error *err)
{
    vb_status status;
    while ((status = next_part(r, job, err)) == VB_NOT_FOUND && r->opened < r->n_files) {
        const vb_load_file *file = &r->files[r->opened++];
        job->file = *file;
        job->error = (vb_error){ 0 };
        job->status = vb_buf_read(file->path.at, VB_FILE_MAX, &job->bytes, &job->error);
        if (job->status == VB_NO_MEMORY) return vb_fail_memory(err);
        if (job->status != VB_OK && job->status != VB_TOO_LARGE) return VB_OK;
        vb_status opened =
            vb_parts_open(file->path.at, &job->bytes, job->status == VB_OK, &r->parts, &job->error);
        if (opened == VB_NO_MEMORY) return vb_fail_memory(err);
        if (opened != VB_OK) job->status = opened;
        if (!r->parts) return VB_OK;
    }
    return status;
}

/** Read the next document's bytes and see whether the store holds them. A document's own trouble is in its
 * job.
 *  @return VB_NOT_FOUND at the end. */
static vb_status read_next(run *r, vb_error *err)
{
    vb_status status = VB_OK;
    vb_load_job *job = &r->ring[r->read % r->size];
    *job = (vb_load_job){ 0 };
    TRY(next_document(r, job, err));
    job->ready = job->status != VB_OK;
    job->held = job->bytes.len;
    r->held += job->held;
    if (!job->ready) {
        r->sum.n_bytes += job->bytes.len;
        job->hash = vb_load_hash(r->loader, vb_buf_view(&job->bytes));
        TRY(vb_store_has(r->store, job->file.name, job->hash, &job->same, err));
        job->ready = job->same;
    }
    if (!job->ready && !r->n_threads) {
        vb_load_analyse(r->loader, r->reader, job);
        job->ready = true;
    }
    pthread_mutex_lock(&r->lock);
    r->read++;
    pthread_cond_signal(&r->work);
    pthread_mutex_unlock(&r->lock);
done:
    return status;
}

static bool batch_is_due(const run *r)
{
    struct timespec now;
    double least = vb_store_correcting_ms(r->store) * CORRECTING;
    if (r->in_batch >= BATCH && least < BATCH_MS) return true;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long ms = (long)(now.tv_sec - r->begun.tv_sec) * 1000 + (now.tv_nsec - r->begun.tv_nsec) / 1000000;
    return (double)ms >= (least > BATCH_MS ? least : BATCH_MS);
}

static vb_status put_in_batch(run *r, const vb_record *record, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status = VB_OK;
    if (!r->in_transaction) {
        TRY(vb_store_begin(r->store, err));
        r->in_transaction = true;
        r->in_batch = 0;
        clock_gettime(CLOCK_MONOTONIC, &r->begun);
    }
    TRY(vb_store_put(r->store, record, outcome, err));
    r->in_batch++;
    if (batch_is_due(r)) {
        TRY(vb_store_commit(r->store, err));
        r->in_transaction = false;
    }
done:
    return status;
}

/** Whether a failure is the document's own: the others can still be loaded. */
static bool is_own_trouble(vb_status status)
{
    return status == VB_BAD_INPUT || status == VB_BAD_UTF8 || status == VB_TOO_LARGE || status == VB_IO;
}

static vb_status tell(run *r, const vb_load_job *job, vb_load_outcome outcome)
{
    if (!r->options || !r->options->report) return VB_OK;
    vb_load_event event = { .path = job->file.path.at,
                            .outcome = outcome,
                            .error = outcome == VB_LOAD_SKIPPED ? &job->error : NULL,
                            .note = job->analysis.source.note,
                            .done = r->stored,
                            .total = r->read + (r->n_files - r->opened),
                            .n_mentions = job->record.n_mentions,
                            .n_edges = job->record.n_edges };
    return r->options->report(r->options->context, &event);
}

/** Store the oldest file that is under way, once it is analysed. */
static vb_status store_next(run *r, vb_error *err)
{
    vb_status status = VB_OK;
    vb_load_job *job = &r->ring[r->stored % r->size];
    vb_load_outcome outcome = VB_LOAD_SAME;
    pthread_mutex_lock(&r->lock);
    while (!job->ready) pthread_cond_wait(&r->done, &r->lock);
    if (r->taken == r->stored) r->taken++; /* ready from the start: its place in the ring goes to another */
    pthread_mutex_unlock(&r->lock);
    if (!job->same && job->status == VB_OK)
        job->status = put_in_batch(r, &job->record, &outcome, &job->error);
    if (job->status != VB_OK) {
        outcome = VB_LOAD_SKIPPED;
        if (!is_own_trouble(job->status)) {
            if (err) *err = job->error;
            status = job->status;
            goto done;
        }
    }
    r->sum.n_new += outcome == VB_LOAD_NEW;
    r->sum.n_changed += outcome == VB_LOAD_CHANGED;
    r->sum.n_same += outcome == VB_LOAD_SAME;
    r->sum.n_skipped += outcome == VB_LOAD_SKIPPED;
    r->sum.n_duplicates += outcome == VB_LOAD_DUPLICATE;
    if (outcome == VB_LOAD_NEW || outcome == VB_LOAD_CHANGED) {
        r->sum.n_mentions += job->record.n_mentions;
        r->sum.n_edges += job->record.n_edges;
    }
    r->stored++;
    r->held -= job->held;
    if ((status = tell(r, job, outcome)) != VB_OK) vb_fail(err, status, "stopped");
done:
    vb_load_job_clear(job);
    return status;
}

static vb_status start_threads(run *r, vb_error *err)
{
    size_t jobs = r->options && r->options->jobs > 1 ? r->options->jobs : 0;
    if (jobs > JOBS_MAX) jobs = JOBS_MAX;
    r->size = jobs ? jobs * AHEAD : 1;
    r->ring = calloc(r->size, sizeof *r->ring);
    r->threads = calloc(jobs + 1, sizeof *r->threads);
    if (!r->ring || !r->threads) return vb_fail_memory(err);
    while (r->n_threads < jobs && pthread_create(&r->threads[r->n_threads], NULL, worker, r) == 0)
        r->n_threads++;
    if (!r->n_threads && vb_reader_new(&r->reader) != VB_OK) return vb_fail_memory(err);
    return VB_OK; /* a system that gives fewer threads, or none, loads all the same */
}

static void stop_threads(run *r)
{
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
    for (size_t i = 0; i < r->n_threads; i++) pthread_join(r->threads[i], NULL);
}

static vb_status load_all(run *r, vb_error *err)
{
    vb_status status;
    TRY(vb_store_load_begin(r->store, err));
    TRY(start_threads(r, err));
    for (bool more = true; more || r->stored < r->read;) {
        while (more && r->read - r->stored < r->size && (r->held < AHEAD_BYTES || r->read == r->stored)) {
            status = read_next(r, err);
            more = status == VB_OK;
            if (status != VB_NOT_FOUND) TRY(status);
        }
        status = VB_OK;
        if (r->stored < r->read) TRY(store_next(r, err));
    }
done:
    stop_threads(r);
    if (r->in_transaction) { /* what is whole is kept, also when the load was stopped */
        bool keep = status == VB_OK || status == VB_STOPPED;
        vb_status commit = keep ? vb_store_commit(r->store, err) : VB_OK;
        if (!keep || commit != VB_OK) vb_store_rollback(r->store);
        if (commit != VB_OK) status = commit;
    }
    vb_store_load_end(r->store);
    for (size_t i = 0; r->ring && i < r->size; i++) vb_load_job_clear(&r->ring[i]);
    vb_parts_close(r->parts);
    free(r->ring);
    free(r->threads);
    vb_reader_free(r->reader);
    return status;
}

vb_status vb_load_paths(const vb_loader *loader, vb_store *store, const char *const *paths, size_t n_paths,
                        const vb_load_options *options, vb_load_summary *summary, vb_error *err)
{
    vb_status status;
    vb_load_files files = { 0 };
    vb_arena *arena = vb_arena_new();
    run r = { .loader = loader, .store = store, .options = options };
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.work, NULL);
    pthread_cond_init(&r.done, NULL);
    if (!arena) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_load_list(paths, n_paths, arena, &files, err));
    r.files = files.at;
    r.n_files = files.len;
    status = load_all(&r, err);
    if (summary) *summary = r.sum; /* also of a load that was stopped */
done:
    pthread_cond_destroy(&r.done);
    pthread_cond_destroy(&r.work);
    pthread_mutex_destroy(&r.lock);
    vb_arena_free(arena);
    return status;
}

vb_status vb_load_bytes(const vb_loader *loader, vb_store *store, vb_str name, vb_str bytes,
                        vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    vb_load_outcome done_as = VB_LOAD_SAME;
    vb_analysis a = { 0 };
    vb_record record;
    bool same = false;
    uint64_t hash = vb_load_hash(loader, bytes);
    TRY(vb_store_has(store, name, hash, &same, err));
    if (!same) {
        TRY(vb_analyse(loader, NULL, name, bytes, &a, err));
        TRY(vb_record_make(&a, name, hash, &record, err));
        TRY(vb_store_put(store, &record, &done_as, err));
    }
    if (outcome) *outcome = done_as;
done:
    vb_analysis_clear(&a);
    return status;
}

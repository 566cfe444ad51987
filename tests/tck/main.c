/**
 * tck [options] FOLDER|FILE...: run every scenario of the feature files, print a line for each, close with
 * "N passed, N failed, N skipped". Ends with 0 when none failed, 1 when one did, 2 when it could not run.
 */
#include "tests/tck/tck.h"

#include <fts.h>
#include <getopt.h>
#include <stdlib.h>

typedef struct run {
    vb_arena *arena;
    tck_scenarios all;
    tck_result *results;
    size_t n_printed, n_of[3];
    bool quiet;
} run;

static const char usage[] = "usage: tck [options] FOLDER|FILE...\n"
                            "  -j N     processes (2)\n"
                            "  -t N     seconds a scenario may take (10)\n"
                            "  -g DIR   named graphs, when no folder above the feature file has them\n"
                            "  -k FILE  manifest to compare with\n"
                            "  -w FILE  manifest to write\n"
                            "  -q       print failures alone\n"
                            "  -l       list the scenarios, run none\n";

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/** A file's name from below a folder called features, else from below the folder that was given. */
static vb_str short_name(vb_str path, vb_str root)
{
    size_t at = SIZE_MAX, next = 0;
    while ((next = vb_str_find(path, VB_STR("features/"), next)) != SIZE_MAX) {
        if (!next || path.at[next - 1] == '/') at = next;
        next++;
    }
    if (at != SIZE_MAX) return vb_str_part(path, at + strlen("features/"), path.len);
    if (!vb_str_starts(path, root)) return path;
    while (root.len < path.len && path.at[root.len] == '/') root.len++;
    return root.len < path.len ? vb_str_part(path, root.len, path.len) : path;
}

static vb_status read_tree(run *r, char *root, vb_error *err)
{
    vb_status status = VB_OK;
    char *const roots[] = { root, NULL };
    size_t n_before = r->all.len;
    vb_str path;
    FTSENT *entry;
    FTS *tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (!tree) return vb_fail(err, VB_IO, "%s: cannot be read", root);
    while ((entry = fts_read(tree))) {
        if (entry->fts_info != FTS_F || !vb_str_ends(vb_str_of(entry->fts_path), VB_STR(".feature")))
            continue;
        TRY(vb_arena_copy(r->arena, vb_str_of(entry->fts_path), &path));
        TRY(tck_feature_read(path.at, short_name(path, vb_str_of(root)), r->arena, &r->all, err));
    }
    if (r->all.len == n_before) status = vb_fail(err, VB_NOT_FOUND, "%s: no scenario", root);
done:
    fts_close(tree);
    return status;
}

static void print_one(const tck_scenario *s, const char *outcome, const char *reason)
{
    printf("%-7s %.*s:%u %.*s", outcome, VB_FMT(s->file), s->line, VB_FMT(s->name));
    if (reason) printf("  [%s]", reason);
    putchar('\n');
}

/** Print in the order of the files what is known so far. */
static void report(void *context, size_t i)
{
    static const char *const words[] = { "failed", "passed", "skipped" };
    run *r = context;
    (void)i;
    for (; r->n_printed < r->all.len && r->results[r->n_printed].known; r->n_printed++) {
        const tck_result *result = &r->results[r->n_printed];
        r->n_of[result->outcome]++;
        if (!r->quiet || result->outcome == TCK_FAILED)
            print_one(&r->all.at[r->n_printed], words[result->outcome], result->reason);
    }
    fflush(stdout);
}

static vb_status run_all(run *r, const tck_pool_options *options, const char *keep, const char *write,
                         bool *clean, vb_error *err)
{
    vb_status status;
    size_t n_unclean = 0;
    tck_comparison c = { 0 };
    r->results = calloc(r->all.len, sizeof *r->results);
    if (!r->results) return vb_fail_memory(err);
    TRY(tck_pool_run(r->all.at, r->all.len, options, r->results, &n_unclean, err));
    if (write) TRY(tck_manifest_write(write, &r->all, r->results, err));
    if (keep) {
        TRY(tck_manifest_compare(keep, &r->all, r->results, &c, err));
        printf("manifest: %zu regressed, %zu newly passed, %zu kept, %zu of files not in this run\n",
               c.n_regressed, c.n_won, c.n_kept, c.n_absent);
    }
    if (n_unclean) printf("%zu processes ended badly\n", n_unclean);
    *clean = !n_unclean && !r->n_of[TCK_FAILED];
    printf("%zu passed, %zu failed, %zu skipped\n", r->n_of[TCK_PASSED], r->n_of[TCK_FAILED],
           r->n_of[TCK_SKIPPED]);
done:
    return status;
}

static void run_clear(run *r)
{
    for (size_t i = 0; r->results && i < r->all.len; i++) free(r->results[i].reason);
    free(r->results);
    vb_arena_free(r->arena);
}

int main(int argc, char **argv)
{
    run r = { .arena = vb_arena_new() };
    tck_pool_options options = { .jobs = 2, .seconds = 10, .report = report, .context = &r };
    const char *keep = NULL, *write = NULL;
    bool clean = true, list = false, known = true;
    vb_error err = { 0 };
    vb_status status = r.arena ? VB_OK : vb_fail_memory(&err);
    for (int o; (o = getopt(argc, argv, "j:t:g:k:w:ql")) != -1;) {
        if (o == 'j')
            options.jobs = (unsigned)strtoul(optarg, NULL, 10);
        else if (o == 't')
            options.seconds = (unsigned)strtoul(optarg, NULL, 10);
        else if (o == 'g')
            options.graphs = optarg;
        else if (o == 'k')
            keep = optarg;
        else if (o == 'w')
            write = optarg;
        else if (o == 'q')
            r.quiet = true;
        else if (o == 'l')
            list = true;
        else
            known = false;
    }
    if (!known || optind == argc || !options.jobs || !options.seconds) {
        fputs(usage, stderr);
        run_clear(&r);
        return 2;
    }
    for (int i = optind; i < argc && status == VB_OK; i++) status = read_tree(&r, argv[i], &err);
    for (size_t i = 0; list && i < r.all.len; i++) print_one(&r.all.at[i], "listed", NULL);
    if (status == VB_OK && !list) status = run_all(&r, &options, keep, write, &clean, &err);
    if (status != VB_OK) fprintf(stderr, "tck: %s\n", err.message);
    run_clear(&r);
    return status != VB_OK ? 2 : clean ? 0 : 1;
}

/** Ranking: the nodes of a cut by a measure. The measure is graph/network_measure.c's. */
#include "graph/cut.h"
#include "queries/queries.h"

#include <math.h>
#include <stdlib.h>

/** By score, the first ones first; equal ones by label and key. */
static int ranked_order(const void *a, const void *b, void *low_first)
{
    const vb_ranked *x = a, *y = b;
    if (x->score > y->score || x->score < y->score)
        return (x->score > y->score) != *(const bool *)low_first ? -1 : 1;
    int order = vb_str_cmp(x->node.label, y->node.label);
    if (!order) order = vb_str_cmp(x->node.key, y->node.key);
    return order ? order : x->node.id < y->node.id ? -1 : x->node.id > y->node.id;
}

/** To 12 significant digits: what differs after that is rounding on the way, and equal scores must be equal.
 */
static double rounded(double score)
{
    if (!isfinite(score) || fabs(score) < 1e-200) return 0;
    double scale = pow(10, 11 - floor(log10(fabs(score))));
    return round(score * scale) / scale;
}

static vb_status check_label(vb_store *store, const vb_rank_options *o, vb_error *err)
{
    vb_status status;
    vb_filter filter;
    bool is_label = true;
    vb_arena *scratch = vb_arena_new();
    if (!scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_filter_new(store, &o->cut, scratch, &filter, err));
    TRY(vb_filter_name(&filter, o->only_label, &is_label, err));
    if (!is_label)
        status = vb_fail(err, VB_BAD_ARGUMENT, "%.*s is a relation, not a label", VB_FMT(o->only_label));
done:
    vb_arena_free(scratch);
    return status;
}

static int by_score(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/** The score that the last of the first @p top has; those after it need no name. */
static vb_status threshold(const double *scores, size_t n, size_t top, bool low_first, double *out)
{
    double *sorted = malloc((n + 1) * sizeof *sorted);
    if (!sorted) return VB_NO_MEMORY;
    if (n) memcpy(sorted, scores, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_score);
    *out = !top || top >= n ? (low_first ? INFINITY : -INFINITY) : sorted[low_first ? top - 1 : n - top];
    free(sorted);
    return VB_OK;
}

/** What may be listed: nodes of the label that is asked for, as far as they may be among the first. */
static vb_status gather(const vb_cut *cut, const vb_rank_options *o, double *scores, bool low_first,
                        vb_arena *arena, vb_nodes *out, double **kept)
{
    vb_status status;
    size_t n = 0, n_scores = 0;
    double limit;
    uint32_t *at = vb_arena_array(arena, cut->n_nodes, sizeof *at);
    *kept = vb_arena_array(arena, cut->n_nodes, sizeof **kept);
    if (!at || !*kept) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        if (o->only_label.len && !vb_str_eq(cut->nodes[i].label, o->only_label)) continue;
        at[n_scores] = i;
        (*kept)[n_scores++] = rounded(scores[i]);
    }
    TRY(threshold(*kept, n_scores, o->top, low_first, &limit));
    for (size_t i = 0; i < n_scores; i++) {
        if (low_first ? (*kept)[i] > limit : (*kept)[i] < limit) continue;
        (*kept)[n] = (*kept)[i];
        at[n++] = at[i];
    }
    out->at = vb_arena_array(arena, n, sizeof *out->at);
    if (!out->at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) out->at[i] = cut->nodes[at[i]];
    out->len = n;
done:
    return status;
}

/** Put names to the first of the nodes, and in order. */
static vb_status list(vb_store *store, const vb_nodes *nodes, const double *scores, bool named,
                      const vb_rank_options *o, bool low_first, vb_arena *arena, vb_ranking *out,
                      vb_error *err)
{
    vb_status status = VB_OK;
    out->at = vb_arena_array(arena, nodes->len, sizeof *out->at);
    if (!out->at) return vb_fail_memory(err);
    if (!named) TRY(vb_nodes_name(store, nodes->at, nodes->len, arena, err));
    for (size_t i = 0; i < nodes->len; i++) out->at[i] = (vb_ranked){ nodes->at[i], 0, scores[i] };
    out->len = nodes->len;
    if (out->len) qsort_r(out->at, out->len, sizeof *out->at, ranked_order, &low_first);
    if (o->top && out->len > o->top) out->len = o->top;
    for (size_t i = 0; i < out->len; i++) out->at[i].rank = (int64_t)i + 1;
done:
    return status;
}

vb_status vb_rank(vb_store *store, const vb_rank_options *options, vb_arena *arena, vb_ranking *out,
                  vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_ranking ranking = { 0 };
    vb_nodes nodes = { 0 };
    const vb_measure *measure;
    bool weights, named = true;
    double *scores = NULL, *kept;
    TRY(vb_measure_find(options->by, options->weighted, &measure, &weights, err));
    if (options->only_label.len) {
        TRY(check_label(store, options, err));
        TRY(vb_cut_read(store, &options->cut, arena, &cut, err));
    } else {
        TRY(vb_cut_read_bare(store, &options->cut, weights, arena, &cut, &named, err));
    }
    scores = calloc((size_t)cut.n_nodes + 1, sizeof *scores);
    if (!scores) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_cut_measure(&cut, options->by, options->weighted, scores, &ranking.meaning, err));
    if (gather(&cut, options, scores, measure->low_first, arena, &nodes, &kept) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(list(store, &nodes, kept, named, options, measure->low_first, arena, &ranking, err));
    *out = ranking;
done:
    free(scores);
    return status;
}

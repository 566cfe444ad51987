/** Ranking: the nodes of a cut by a measure. The measure is graph/network_measure.c's. */
#include "graph/cut.h"
#include "queries/queries.h"

#include <math.h>
#include <stdlib.h>

static int ranked_order(const void *a, const void *b)
{
    const vb_ranked *x = a, *y = b;
    if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank; /* until it is set, rank is the place in the cut */
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

vb_status vb_rank(vb_store *store, const vb_rank_options *options, vb_arena *arena, vb_ranking *out,
                  vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_ranking ranking = { 0 };
    double *scores = NULL;
    if (options->only_label.len) TRY(check_label(store, options, err));
    TRY(vb_cut_read(store, &options->cut, arena, &cut, err));
    scores = calloc((size_t)cut.n_nodes + 1, sizeof *scores);
    ranking.at = vb_arena_array(arena, cut.n_nodes, sizeof *ranking.at);
    if (!scores || !ranking.at) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_cut_measure(&cut, options->by, options->weighted, scores, &ranking.meaning, err));
    for (uint32_t i = 0; i < cut.n_nodes; i++) {
        if (options->only_label.len && !vb_str_eq(cut.nodes[i].label, options->only_label)) continue;
        ranking.at[ranking.len++] = (vb_ranked){ cut.nodes[i], i, rounded(scores[i]) };
    }
    qsort(ranking.at, ranking.len, sizeof *ranking.at, ranked_order);
    if (options->top && ranking.len > options->top) ranking.len = options->top;
    for (size_t i = 0; i < ranking.len; i++) ranking.at[i].rank = (int64_t)i + 1;
    *out = ranking;
done:
    free(scores);
    return status;
}

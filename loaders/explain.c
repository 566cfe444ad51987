/**
 * Why a name was read as it was: a stored text is analysed anew with the gazetteers of today, the candidates
 * that lost are kept beside what stands, and each mention is told with those that lost at its place. Loading
 * keeps none of them, so that it costs nothing there.
 */
#include "loaders/names.h"

/** Why @p loser gave way to @p winner, which touches it. */
static const char *reason(const vb_found *loser, const vb_found *winner)
{
    if (loser->weak) return "an ordinary word too, and nothing here says that it is this";
    if (winner->end - winner->start > loser->end - loser->start) return "the longer name wins";
    if (winner->end - winner->start < loser->end - loser->start) return "another name takes part of it";
    if (winner->score > loser->score) return "less sure";
    return winner->start < loser->start ? "the earlier name wins" : "the earlier list wins";
}

static vb_status keep_loser(vb_finding *f, const vb_found *loser, const vb_found *winner)
{
    vb_str key = loser->key, name = loser->name;
    if (loser->known != VB_NONE) {
        key = f->names->lexicon.known.at[loser->known].key;
        name = f->names->lexicon.known.at[loser->known].name;
    }
    bool same = loser->label == winner->label && loser->start == winner->start && loser->end == winner->end &&
                (loser->known != VB_NONE ? loser->known == winner->known : vb_str_eq(key, winner->key));
    if (same) return VB_OK;
    if (vb_push(f->a->arena, &f->a->losers) != VB_OK) return VB_NO_MEMORY;
    f->a->losers.at[f->a->losers.len - 1] = (vb_loser){ .start = loser->start,
                                                        .end = loser->end,
                                                        .beaten_by = winner->start,
                                                        .label = loser->label,
                                                        .key = key,
                                                        .name = name,
                                                        .rule = loser->rule,
                                                        .why = reason(loser, winner),
                                                        .score = loser->score };
    return VB_OK;
}

vb_status vb_losers_keep(vb_finding *f)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < f->found.len; i++) {
        const vb_found *found = &f->found.at[i];
        if (found->shield || found->end <= found->start) continue;
        size_t low = 0, high = f->stands.len;
        while (low < high) { /* the first that ends after it begins */
            size_t middle = low + (high - low) / 2;
            if (f->stands.at[middle].end <= found->start)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < f->stands.len && f->stands.at[low].start < found->end; low++)
            TRY(keep_loser(f, found, &f->stands.at[low]));
    }
done:
    return status;
}

/** One visit's settings. */
typedef struct visit {
    const vb_loader *loader;
    vb_store *store;
    vb_explain_fn fn;
    void *context;
    vb_error *err;
} visit;

enum { LOSERS_MAX = 16 }; /* of one mention: more tell nothing new */

static void view_place(const vb_analysis *a, uint32_t from, uint32_t to, int64_t *start, int64_t *end)
{
    uint32_t s, e;
    vb_view_origin(&a->view, from, to, &s, &e);
    *start = s;
    *end = e;
}

/** The candidates that lost to mention @p m. */
static size_t losers_of(const vb_analysis *a, const vb_named *m, vb_candidate *out)
{
    size_t n = 0;
    for (size_t i = 0; i < a->losers.len && n < LOSERS_MAX; i++) {
        const vb_loser *l = &a->losers.at[i];
        if (l->beaten_by != m->start) continue;
        bool known = false;
        vb_candidate c = { .label = vb_str_of(vb_label_name(l->label)),
                           .key = l->key,
                           .name = l->name,
                           .rule = vb_str_of(l->rule),
                           .why = vb_str_of(l->why),
                           .score = l->score };
        view_place(a, l->start, l->end, &c.start, &c.end);
        c.text = vb_str_part(a->source.text, (size_t)c.start, (size_t)c.end);
        for (size_t k = 0; k < n; k++)
            known = known || (out[k].start == c.start && out[k].end == c.end &&
                              vb_str_eq(out[k].key, c.key) && vb_str_eq(out[k].label, c.label));
        if (!known) out[n++] = c;
    }
    return n;
}

static vb_status explain_document(const visit *v, vb_str document)
{
    vb_status status;
    vb_str text;
    vb_analysis a = { 0 };
    vb_arena *arena = vb_arena_new();
    vb_candidate lost[LOSERS_MAX];
    if (!arena) return vb_fail_memory(v->err);
    TRY(vb_store_text(v->store, document, arena, &text, v->err));
    TRY(vb_analyse_text(v->loader, document, text, &a, v->err));
    for (size_t i = 0; i < a.mentions.len; i++) {
        const vb_named *m = &a.mentions.at[i];
        const vb_entity *e = &a.entities.at[m->entity];
        vb_mention mention = {
            .node = { .label = vb_str_of(vb_label_name(e->label)), .key = e->key, .name = e->name },
            .document = document,
            .article = m->article,
            .rule = vb_str_of(m->rule)
        };
        view_place(&a, m->start, m->end, &mention.start, &mention.end);
        mention.text = vb_str_part(text, (size_t)mention.start, (size_t)mention.end);
        TRY(v->fn(v->context, &mention, m->score, lost, losers_of(&a, m, lost)));
    }
done:
    vb_analysis_clear(&a);
    vb_arena_free(arena);
    return status;
}

static vb_status explain_each(void *context, const vb_document *document)
{
    return explain_document(context, document->file);
}

vb_status vb_mentions_explain(const vb_loader *loader, vb_store *store, vb_str document, vb_explain_fn fn,
                              void *context, vb_error *err)
{
    visit v = { .loader = loader, .store = store, .fn = fn, .context = context, .err = err };
    bool held;
    vb_status status = vb_store_hold(store, &held, err);
    if (status == VB_OK)
        status =
            document.len ? explain_document(&v, document) : vb_store_documents(store, explain_each, &v, err);
    vb_store_release(store, held);
    return status;
}

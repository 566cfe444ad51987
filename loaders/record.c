/**
 * An analysis as a record for the store: places in the view become places in the text that was read, entities
 * nodes, what the gazetteers know about them edges, and every block a passage for full-text search.
 */
#include "loaders/load.h"
#include "loaders/reader.h"

#include <stdlib.h>

enum { WORD_MAX = 64 }; /* bytes of a word that are compared */

static vb_status make_nodes(vb_analysis *a, vb_record *r)
{
    vb_rec_node *nodes = vb_arena_room(a->arena, a->entities.len + 1, sizeof *nodes);
    if (!nodes) return VB_NO_MEMORY;
    for (size_t i = 0; i < a->entities.len; i++) {
        const vb_entity *e = &a->entities.at[i];
        nodes[i] = (vb_rec_node){ .label = e->label,
                                  .key = e->key,
                                  .name = e->name,
                                  .aliases = e->aliases.at,
                                  .n_aliases = e->aliases.len,
                                  .gazetteer = e->gazetteer,
                                  .person = e->person };
    }
    r->nodes = nodes;
    r->n_nodes = a->entities.len;
    return VB_OK;
}

static int by_place(const void *a, const void *b)
{
    const vb_rec_mention *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/** Mentions in the order of the source: the view may have put a note's words after the paragraph's. */
static vb_status make_mentions(vb_analysis *a, vb_record *r)
{
    vb_rec_mention *mentions = vb_arena_room(a->arena, a->mentions.len + 1, sizeof *mentions);
    if (!mentions) return VB_NO_MEMORY;
    for (size_t i = 0; i < a->mentions.len; i++) {
        const vb_named *m = &a->mentions.at[i];
        mentions[i].node = m->entity;
        mentions[i].article = m->article;
        mentions[i].rule = vb_str_of(m->rule);
        vb_view_origin(&a->view, m->start, m->end, &mentions[i].start, &mentions[i].end);
    }
    bool sorted = true; /* most are */
    for (size_t i = 1; i < a->mentions.len; i++)
        sorted = sorted && mentions[i - 1].start <= mentions[i].start;
    if (!sorted) qsort(mentions, a->mentions.len, sizeof *mentions, by_place);
    size_t n = 0;
    for (size_t i = 0; i < a->mentions.len; i++) /* a note's body may stand inside a name: the name stays */
        if (!n || mentions[i].start >= mentions[n - 1].end) mentions[n++] = mentions[i];
    r->mentions = mentions;
    r->n_mentions = n;
    return VB_OK;
}

static vb_status make_edges(vb_analysis *a, vb_record *r)
{
    size_t n = 0;
    vb_rec_edge *edges = vb_arena_room(a->arena, a->edges.len + 2 * a->entities.len + 1, sizeof *edges);
    if (!edges) return VB_NO_MEMORY;
    for (size_t i = 0; i < a->edges.len; i++) {
        const vb_said *e = &a->edges.at[i];
        edges[n] = (vb_rec_edge){ .type = e->type,
                                  .source = e->source,
                                  .target = e->target,
                                  .origin = VB_ORIGIN_TEXT,
                                  .certainty = e->certainty,
                                  .rule = vb_str_of(e->rule),
                                  .since = e->since,
                                  .until = e->until,
                                  .amount = e->amount,
                                  .yearly = e->yearly };
        vb_view_origin(&a->view, e->start, e->end, &edges[n].start, &edges[n].end);
        for (size_t k = 0; k < VB_MARKS; k++)
            if (e->marks[k].end > e->marks[k].start)
                vb_view_origin(&a->view, e->marks[k].start, e->marks[k].end, &edges[n].marks[k].start,
                               &edges[n].marks[k].end);
        n++;
    }
    for (size_t i = 0; i < a->entities.len; i++) { /* Leeuwarden lies in Friesland */
        const vb_entity *e = &a->entities.at[i];
        if (e->part_of == VB_NONE || e->part_of >= a->entities.len) continue;
        if (!vb_relation_allows(VB_REL_PART_OF, e->label, a->entities.at[e->part_of].label)) continue;
        edges[n++] = (vb_rec_edge){ .type = VB_REL_PART_OF,
                                    .source = (uint32_t)i,
                                    .target = e->part_of,
                                    .origin = VB_ORIGIN_GAZETTEER,
                                    .rule = VB_STR("gazetteer") };
    }
    for (size_t i = 0; i < a->entities.len; i++) { /* Kuipers was minister from one day to another */
        const vb_entity *e = &a->entities.at[i];
        if (e->holds == VB_NONE) continue;
        edges[n++] = (vb_rec_edge){ .type = VB_REL_HOLDS_OFFICE,
                                    .source = (uint32_t)i,
                                    .target = e->holds,
                                    .origin = VB_ORIGIN_GAZETTEER,
                                    .rule = VB_STR("gazetteer:office_holders"),
                                    .since = e->since,
                                    .until = e->until };
    }
    r->edges = edges;
    r->n_edges = n;
    return VB_OK;
}

static vb_status make_passages(vb_analysis *a, vb_record *r)
{
    const vb_view *v = &a->view;
    size_t n = 0;
    vb_rec_passage *passages = vb_arena_array(a->arena, v->n_blocks + 1, sizeof *passages);
    if (!passages) return VB_NO_MEMORY;
    for (size_t i = 0; i < v->n_blocks; i++) {
        const vb_block *b = &v->blocks[i];
        if (b->kind == VB_BLOCK_PAGE_FOOTER || b->kind == VB_BLOCK_URL) continue;
        vb_rec_passage *p = &passages[n];
        if (vb_stems(a->reader->stemmer, a->arena, vb_str_part(v->text, b->start, b->end), &p->stems) !=
            VB_OK)
            return VB_NO_MEMORY;
        if (!p->stems.len) continue;
        vb_view_origin(v, b->start, b->end, &p->start, &p->end);
        n++;
    }
    r->passages = passages;
    r->n_passages = n;
    return VB_OK;
}

/** The file's name without folders and ending. */
static vb_str stem_of(vb_str file)
{
    const char *slash = memrchr(file.at, '/', file.len);
    if (slash) file = vb_str_part(file, (size_t)(slash - file.at) + 1, file.len);
    const char *dot = memrchr(file.at, '.', file.len);
    return dot && dot > file.at ? vb_str_part(file, 0, (size_t)(dot - file.at)) : file;
}

/** Other names of the document: its number, the questions' number it answers, the file's stem. */
static vb_status make_aliases(vb_analysis *a, vb_record *r)
{
    const vb_metadata *m = &a->view.metadata;
    bool asks = vb_str_eq(m->kind, VB_STR("questions"));
    vb_str answer = { 0 };
    if (m->questions.len && !asks &&
        vb_arena_printf(a->arena, &answer, "%.*s-antwoord", VB_FMT(m->questions)) != VB_OK)
        return VB_NO_MEMORY;
    const vb_str names[] = { asks || !vb_str_eq(m->number, m->questions) ? m->number : answer, answer,
                             stem_of(a->file) };
    vb_str *aliases = vb_arena_array(a->arena, VB_COUNT(names), sizeof *aliases);
    size_t n = 0;
    if (!aliases) return VB_NO_MEMORY;
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        bool known = !names[i].len || vb_str_eq(names[i], r->key);
        for (size_t k = 0; k < n; k++) known = known || vb_str_eq(names[i], aliases[k]);
        if (!known) aliases[n++] = names[i];
    }
    r->aliases = aliases;
    r->n_aliases = n;
    return VB_OK;
}

/** A hash of a word, or of its beginning, with its letters of ASCII in lower case. */
static uint64_t word_hash(vb_str word)
{
    if (word.len > WORD_MAX) word.len = WORD_MAX;
    return vb_memo_hash_with(word, 0x2020202020202020u); /* signs and digits too: all the same */
}

/** What other files of the document's number are compared by: the words that are its own, and no page's. */
static vb_status make_sketch(vb_analysis *a, vb_record *r)
{
    const vb_view *v = &a->view;
    size_t n = 0;
    if (!r->number.len) return VB_OK;
    uint64_t *words = vb_arena_room(a->arena, v->n_tokens + 1, sizeof *words);
    if (!words) return VB_NO_MEMORY;
    for (size_t i = 0; i < v->n_tokens; i++) {
        const vb_token *t = &v->tokens[i];
        const vb_block *b = &v->blocks[v->sentences[t->sentence].block];
        if (t->kind == VB_TOKEN_MARK || b->kind == VB_BLOCK_LETTERHEAD || b->kind == VB_BLOCK_PAGE_FOOTER)
            continue;
        words[n++] = word_hash(vb_str_part(v->text, t->start, t->end));
    }
    return vb_sketch_make(a->arena, words, n, &r->sketch);
}

vb_status vb_record_make(vb_analysis *a, vb_str path, uint64_t hash, vb_record *out, vb_error *err)
{
    vb_status status;
    const vb_metadata *m = &a->view.metadata;
    vb_record r = { .file = a->file,
                    .path = path,
                    .text = a->source.text,
                    .hash = hash,
                    .key = a->key,
                    .title = m->title.len ? m->title : stem_of(a->file),
                    .date = m->date,
                    .kind = m->kind,
                    .sender = m->sender,
                    .number = m->number };
    if (!r.key.len) TRY(vb_slug(a->arena, stem_of(a->file), &r.key));
    if (!r.key.len) r.key = VB_STR("document"); /* a file called "..." */
    TRY(make_aliases(a, &r));
    TRY(make_nodes(a, &r));
    TRY(make_mentions(a, &r));
    TRY(make_edges(a, &r));
    TRY(make_passages(a, &r));
    TRY(make_sketch(a, &r));
    *out = r;
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

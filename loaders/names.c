/**
 * Names: from a view to its mentions. The sources of names.h propose spans; the longest stand, none
 * overlaps another; what stands becomes mentions of entities.
 */
#include "loaders/names.h"

#include <stdlib.h>

static const struct {
    const char *name;
    vb_status (*find)(vb_finding *f);
} sources[] = {
    { "references", vb_find_references },
    { "motions", vb_find_motions },     /* their numbers come from the references */
    { "gazetteer", vb_find_gazetteer }, /* says which words are listed */
    { "persons", vb_find_persons },
    { "titles", vb_find_titles },
    { "sources", vb_find_sources },
    { "appositions", vb_find_appositions },
    { "programmes", vb_find_programmes },
    { "acts", vb_find_acts },
    { "shapes", vb_find_shapes }, /* what is not listed */
    { "called", vb_find_called },
    { "firms", vb_find_firms },
    { "numbers", vb_find_numbers },
    { "bodies", vb_find_bodies },
    { "committees", vb_find_committees },
    { "coalitions", vb_find_coalitions },
};

vb_status vb_names_new(const char *data_dir, vb_names **out, vb_error *err)
{
    vb_status status;
    vb_arena *arena = vb_arena_new();
    vb_names *names = arena ? vb_arena_get(arena, sizeof *names) : NULL;
    if (!names) {
        vb_arena_free(arena);
        return vb_fail_memory(err);
    }
    names->arena = arena;
    TRY(vb_gazetteer_read(names, data_dir, err));
    TRY(vb_kinds_read(names, data_dir, err));
    TRY(vb_holders_read(names, data_dir, err));
    TRY(vb_party_changes_read(names, data_dir, err));
    TRY(vb_ministries_read(names, data_dir, err));
    TRY(vb_lists_read(names));
    TRY(vb_references_new(&names->references, err));
    *out = names;
    names = NULL;
done:
    vb_names_free(names);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

void vb_names_free(vb_names *names)
{
    if (!names) return;
    vb_references_free(names->references);
    vb_memo_clear(&names->listed);
    vb_arena_free(names->arena);
}

vb_found *vb_finding_add(vb_finding *f, uint32_t start, uint32_t end, vb_label label, const char *rule)
{
    if (vb_push(f->arena, &f->found) != VB_OK) return NULL;
    vb_found *found = &f->found.at[f->found.len - 1];
    *found = (vb_found){
        .start = start, .end = end, .label = label, .known = VB_NONE, .rule = rule, .score = 500
    };
    return found;
}

vb_str vb_finding_word(const vb_finding *f, size_t at)
{
    return vb_str_part(f->text, f->words.at[at].start, f->words.at[at].end);
}

size_t vb_finding_word_at(const vb_finding *f, uint32_t at)
{
    if (at > f->text.len) return f->words.len;
    size_t i = f->places[at / VB_PLACE];
    while (i < f->words.len && f->words.at[i].start < at) i++;
    return i;
}

/** Note where the words of each VB_PLACE bytes begin. */
static vb_status index_places(vb_finding *f)
{
    size_t n = f->text.len / VB_PLACE + 1, word = 0;
    if (!(f->places = vb_arena_array(f->arena, n, sizeof *f->places))) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        while (word < f->words.len && f->words.at[word].start < i * VB_PLACE) word++;
        f->places[i] = (uint32_t)word;
    }
    return VB_OK;
}

uint32_t vb_finding_plural(const vb_finding *f, size_t last)
{
    const vb_word *word = &f->words.at[last];
    if (last + 1 >= f->words.len) return word->end;
    vb_str plural = vb_finding_word(f, last + 1);
    if (!vb_str_eq(plural, VB_STR("s")) && !vb_str_eq(plural, VB_STR("en"))) return word->end;
    vb_str gap = vb_finding_gap(f, last + 1);
    return vb_str_eq(gap, VB_STR("'")) || vb_str_eq(gap, VB_STR("’")) ? word[1].end : word->end;
}

bool vb_finding_is_member(const vb_finding *f, size_t next)
{
    if (next >= f->words.len || !next) return false;
    vb_str gap = vb_finding_gap(f, next), word = f->words.at[next].fold;
    if (!vb_str_eq(gap, VB_STR("'")) && !vb_str_eq(gap, VB_STR("’"))) return false;
    return vb_str_eq(word, VB_STR("er")) || vb_str_eq(word, VB_STR("ers"));
}

/** Note which notes nothing calls: a bare number in the text may be the call of one. */
static void note_uncalled(vb_finding *f)
{
    const vb_view *view = &f->a->view;
    for (size_t i = 0; i < view->n_blocks; i++) {
        uint32_t note = view->blocks[i].note;
        if (note && note < 128 && view->blocks[i].caller == VB_NONE)
            f->uncalled[note / 64] |= (uint64_t)1 << note % 64;
    }
}

/** artikel 8, eerste lid, van de [Opiumwet]: look back, inside the sentence, at most 200 bytes. */
static vb_status article_before(vb_finding *f, uint32_t start, vb_str *out)
{
    uint32_t sentence = vb_view_sentence_at(&f->a->view, start);
    uint32_t from = start > 200 ? start - 200 : 0;
    if (sentence != VB_NONE && f->a->view.sentences[sentence].start > from)
        from = f->a->view.sentences[sentence].start;
    while (from < start && (f->text.at[from] & 0xc0) == 0x80) from++;
    return vb_references_article(f, from, start, out);
}

enum { ALIASES_MAX = 24, ALIAS_LEN_MAX = 120 };

/** The document's entity of a thing that a gazetteer knows, with its other names and the region it lies in.
 */
static vb_status known_entity(vb_finding *f, uint32_t index, vb_known_map *entities, uint32_t *out)
{
    vb_status status = VB_OK;
    const vb_lexicon *lexicon = &f->names->lexicon;
    const vb_known *known = &lexicon->known.at[index];
    if ((*out = vb_known_map_get(entities, index)) != VB_NONE) return VB_OK;
    TRY(vb_entity_add(f->a, known->label, known->key, known->name, out));
    vb_known_map_set(entities, index, *out);
    f->a->entities.at[*out].gazetteer = true;
    for (uint32_t n = known->first_name; n != VB_NONE; n = lexicon->names.at[n].other) {
        if (!(lexicon->names.at[n].flags & VB_NAME_ALIAS) ||
            f->a->entities.at[*out].aliases.len >= ALIASES_MAX)
            continue;
        TRY(vb_entity_alias(f->a, *out, lexicon->names.at[n].text));
    }
    uint32_t lies_in;
    if (known->lies_in == VB_NONE || known->lies_in == index) goto done;
    TRY(known_entity(f, known->lies_in, entities, &lies_in)); /* a province lies in nothing: one step deep */
    f->a->entities.at[*out].part_of = lies_in;
done:
    return status;
}

/** artikel [7:228] BW: the book that the article is of, a law of its own; @p known where it says none. */
static uint32_t book_of(const vb_lexicon *lexicon, uint32_t known, vb_str article)
{
    static const char *const books[][2] = {
        { "1:", "BWBR0002656" },  { "2:", "BWBR0003045" }, { "3:", "BWBR0005291" },  { "4:", "BWBR0002761" },
        { "5:", "BWBR0005288" },  { "6:", "BWBR0005289" }, { "7:", "BWBR0005290" },  { "7A:", "BWBR0006000" },
        { "7a:", "BWBR0006000" }, { "8:", "BWBR0005034" }, { "10:", "BWBR0030068" },
    };
    if (known == VB_NONE || !vb_str_eq(lexicon->known.at[known].key, VB_STR("burgerlijk-wetboek")))
        return known;
    for (size_t i = 0; i < VB_COUNT(books); i++) {
        if (!vb_str_starts(article, vb_str_of(books[i][0]))) continue;
        for (uint32_t k = 0; k < lexicon->known.len; k++)
            if (lexicon->known.at[k].label == VB_LABEL_LAW &&
                vb_str_eq(lexicon->known.at[k].key, vb_str_of(books[i][1])))
                return k;
    }
    return known;
}

/** Make a mention of a span that stands; @p entities maps the lexicon's things to the document's entities. */
static vb_status mention_add(vb_finding *f, const vb_found *found, vb_known_map *entities)
{
    vb_status status;
    vb_analysis *a = f->a;
    uint32_t entity;
    vb_str text = vb_str_part(f->text, found->start, found->end), article = found->article;
    if (found->label == VB_LABEL_LAW && !article.len) TRY(article_before(f, found->start, &article));
    if (found->known != VB_NONE)
        TRY(known_entity(f, book_of(&f->names->lexicon, found->known, article), entities, &entity));
    else
        TRY(vb_entity_add(a, found->label, found->key, found->name, &entity));
    bool whole =
        found->known == VB_NONE || book_of(&f->names->lexicon, found->known, article) == found->known;
    if (whole && !found->office && text.len <= ALIAS_LEN_MAX &&
        a->entities.at[entity].aliases.len < ALIASES_MAX)
        TRY(vb_entity_alias(a, entity, text)); /* "BW" is no name of one of its books */
    TRY(vb_push(a->arena, &a->mentions));
    a->mentions.at[a->mentions.len - 1] = (vb_named){ .start = found->start,
                                                      .end = found->end,
                                                      .entity = entity,
                                                      .sentence = vb_view_sentence_at(&a->view, found->start),
                                                      .block = vb_view_block_at(&a->view, found->start),
                                                      .article = article,
                                                      .rule = found->rule,
                                                      .score = found->score,
                                                      .office = found->office };
done:
    return status;
}

static vb_status mentions_make(vb_finding *f)
{
    vb_status status;
    vb_known_map entities;
    TRY(vb_known_map_make(f->arena, f->stands.len * 2, &entities)); /* each with the region it lies in */
    for (size_t i = 0; i < f->stands.len; i++) TRY(mention_add(f, &f->stands.at[i], &entities));
done:
    return status;
}

static vb_status key_make(vb_analysis *a)
{
    const vb_metadata *m = &a->view.metadata;
    bool shared = vb_str_eq(m->number, m->questions) && !vb_str_eq(m->kind, VB_STR("questions"));
    if (m->number.len && shared) /* the questions have this number; what answers them is another document */
        return vb_arena_printf(a->arena, &a->key, "%.*s-antwoord", VB_FMT(m->number));
    if (m->number.len) return vb_arena_copy(a->arena, m->number, &a->key);
    vb_str stem = a->file;
    const char *slash = stem.len ? memrchr(stem.at, '/', stem.len) : NULL;
    if (slash) stem = vb_str_part(stem, (size_t)(slash - stem.at) + 1, stem.len);
    const char *dot = stem.len ? memrchr(stem.at, '.', stem.len) : NULL;
    if (dot && dot > stem.at) stem.len = (size_t)(dot - stem.at);
    return vb_slug(a->arena, stem, &a->key);
}

enum { FOUND_FIRST = 64 /* what a letter of two pages proposes */ };

vb_status vb_names_find(const vb_names *names, vb_analysis *a, vb_error *err)
{
    vb_status status;
    vb_finding f = { .names = names, .a = a, .arena = a->arena, .text = a->view.text };
    TRY(vb_words_make(names, a, &f.words));
    TRY(index_places(&f));
    note_uncalled(&f);
    if (!(f.listed = vb_arena_get(f.arena, f.words.len + 1))) {
        status = VB_NO_MEMORY;
        goto done;
    }
    TRY(vb_starts_note(&f));
    TRY(vb_reserve(f.arena, &f.found, FOUND_FIRST));
    for (size_t i = 0; i < VB_COUNT(sources); i++) TRY(sources[i].find(&f));
    TRY(vb_names_select(&f));
    TRY(vb_find_local(&f));
    TRY(vb_find_lists(&f));
    TRY(vb_find_heads(&f));
    TRY(vb_names_select(&f));
    if (a->explain) TRY(vb_losers_keep(&f));
    TRY(vb_names_unify(&f));
    TRY(mentions_make(&f));
    TRY(key_make(a));
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

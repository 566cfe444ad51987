/**
 * The small words and type words of questions (queries/patterns/words.tsv, types.tsv) as a sorted lexicon a
 * language. Relations are compiled in ask_cues.c, names and examples in ask_tables.c.
 */
#include "queries/ask_tables.h"

#include <stdlib.h>

static const char *const class_names[] = {
#define ASK_AS_NAME(name) #name,
    ASK_CLASSES(ASK_AS_NAME)
#undef ASK_AS_NAME
};

vb_status vb_ask_table_fail(const vb_tsv *t, vb_error *err, const char *what, vb_str cell)
{
    return vb_fail(err, VB_BAD_INPUT, "%s, line %u: %s: %.*s", t->name, t->line, what, VB_FMT(cell));
}

vb_status vb_ask_split(vb_arena *arena, vb_str cell, const char *separator, bool fold, vb_str **out,
                       size_t *n)
{
    vb_status status = VB_OK;
    VB_VEC(vb_str) pieces = { 0 };
    vb_str sep = vb_str_of(separator);
    size_t from = 0;
    while (cell.len && from <= cell.len) {
        size_t hit = vb_str_find(cell, sep, from);
        vb_str piece = vb_str_trim(vb_str_part(cell, from, hit == SIZE_MAX ? cell.len : hit));
        from = hit == SIZE_MAX ? cell.len + 1 : hit + sep.len;
        if (fold) TRY(vb_fold(arena, piece, &piece));
        if (!piece.len) continue;
        TRY(vb_push(arena, &pieces));
        pieces.at[pieces.len - 1] = piece;
    }
    *out = pieces.at;
    *n = pieces.len;
done:
    return status;
}

static size_t count_words(vb_str s)
{
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++) n += s.at[i] == ' ';
    return n;
}

static vb_status add_cell(vb_asker *asker, ask_lexicon *lexicon, vb_str cell, const ask_word *like)
{
    vb_status status;
    vb_str *pieces;
    size_t n;
    TRY(vb_ask_split(asker->arena, cell, ";", true, &pieces, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(vb_push(asker->arena, &lexicon->words));
        ask_word *w = &lexicon->words.at[lexicon->words.len - 1];
        *w = *like;
        w->text = pieces[i];
        w->value = (unsigned)i + 1;
        if (count_words(w->text) > lexicon->longest) lexicon->longest = count_words(w->text);
    }
done:
    return status;
}

static bool find_class(vb_str name, ask_class *out)
{
    for (size_t i = 0; i < VB_COUNT(class_names); i++)
        if (vb_str_eq(name, vb_str_of(class_names[i]))) {
            *out = (ask_class)i;
            return true;
        }
    return false;
}

static vb_status read_words(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/words.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        ask_class c;
        vb_str name = vb_tsv_get(&t, "class");
        if (!find_class(name, &c)) {
            status = vb_ask_table_fail(&t, err, "no such class of words", name);
            goto done;
        }
        ask_word like = { .classes = ASK_IS(c) };
        TRY(add_cell(asker, &asker->lexicons[ASK_DUTCH], vb_tsv_get(&t, "nl"), &like));
        TRY(add_cell(asker, &asker->lexicons[ASK_ENGLISH], vb_tsv_get(&t, "en"), &like));
    }
    status = VB_OK;
done:
    return status;
}

static bool find_note(vb_str name, ask_note *out)
{
    static const char *const notes[] = { "",       "question", "province", "office", "member", "letter",
                                         "motion", "eu",       "treaty",   "named",  "kind" };
    for (size_t i = 0; i < VB_COUNT(notes); i++)
        if (vb_str_eq(name, vb_str_of(notes[i]))) {
            *out = (ask_note)i;
            return true;
        }
    return false;
}

/** What names of a kind hold: the words for it. */
static vb_status add_stems(vb_asker *asker, const vb_tsv *t, ask_word *like)
{
    vb_status status;
    vb_str *nl, *en;
    size_t n_nl, n_en;
    TRY(vb_ask_split(asker->arena, vb_tsv_get(t, "nl"), ";", true, &nl, &n_nl));
    TRY(vb_ask_split(asker->arena, vb_tsv_get(t, "en"), ";", true, &en, &n_en));
    vb_str *stems = vb_arena_array(asker->arena, n_nl + n_en + 1, sizeof *stems);
    if (!stems) return VB_NO_MEMORY;
    for (size_t i = 0; i < n_nl; i++) stems[i] = nl[i];
    for (size_t i = 0; i < n_en; i++) stems[n_nl + i] = en[i];
    like->stems = stems;
    like->n_stems = n_nl + n_en;
done:
    return status;
}

static vb_status read_types(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/types.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        ask_word like = { .classes = ASK_IS(ASK_type) };
        vb_str rest = vb_tsv_get(&t, "labels"), name;
        while (vb_str_next(&rest, ',', &name)) {
            vb_label label;
            if (!vb_label_find(vb_str_trim(name), &label)) {
                status = vb_ask_table_fail(&t, err, "no such label", name);
                goto done;
            }
            like.mask |= 1u << label;
        }
        if (!find_note(vb_tsv_get(&t, "note"), &like.note)) {
            status = vb_ask_table_fail(&t, err, "no such note", vb_tsv_get(&t, "note"));
            goto done;
        }
        if (like.note == ASK_NAMED) TRY(add_stems(asker, &t, &like));
        TRY(add_cell(asker, &asker->lexicons[ASK_DUTCH], vb_tsv_get(&t, "nl"), &like));
        TRY(add_cell(asker, &asker->lexicons[ASK_ENGLISH], vb_tsv_get(&t, "en"), &like));
    }
    status = VB_OK;
done:
    return status;
}

static int by_text(const void *a, const void *b)
{
    return vb_str_cmp(((const ask_word *)a)->text, ((const ask_word *)b)->text);
}

/** Sort, and make one word of those that stand in several rows. */
static void settle(ask_lexicon *lexicon)
{
    size_t n = 0;
    ask_word *w = lexicon->words.at;
    if (!lexicon->words.len) return;
    qsort(w, lexicon->words.len, sizeof *w, by_text);
    for (size_t i = 1; i < lexicon->words.len; i++) {
        if (!vb_str_eq(w[n].text, w[i].text)) {
            w[++n] = w[i];
            continue;
        }
        if (w[i].mask) {
            w[n].mask |= w[i].mask;
            if (w[i].note) w[n].note = w[i].note;
            if (w[i].stems) w[n].stems = w[i].stems, w[n].n_stems = w[i].n_stems;
        }
        if (w[i].classes & (ASK_IS(ASK_month) | ASK_IS(ASK_number))) w[n].value = w[i].value;
        w[n].classes |= w[i].classes;
    }
    lexicon->words.len = n + 1;
}

const ask_word *vb_ask_word_find(const ask_lexicon *lexicon, vb_str text)
{
    const ask_word key = { .text = text };
    if (!lexicon->words.len) return NULL;
    return bsearch(&key, lexicon->words.at, lexicon->words.len, sizeof key, by_text);
}

vb_status vb_ask_words_read(vb_asker *asker, const char *data_dir, vb_error *err)
{
    vb_status status;
    TRY(read_words(asker, data_dir, err));
    TRY(read_types(asker, data_dir, err));
    for (int i = 0; i < ASK_LANGUAGES; i++) settle(&asker->lexicons[i]);
done:
    return status;
}

/**
 * The forms of forms.tsv and the measures of measures.tsv, compiled; and which form a question has. A form
 * must explain every word of the question: what it does not say may only be a word that says nothing.
 */
#include "queries/ask_choice.h"
#include "queries/ask_forms.h"
#include "queries/ask_reader.h"
#include "queries/ask_tables.h"

#include <stdlib.h>

enum { TOKENS_MAX = 32, STEPS_MAX = 4000 };

static const ask_procedure procedures[] = {
    { "about", vb_ask_about_run, ASK_UNDATED },
    { "articles", vb_ask_articles_run, ASK_DATED },
    { "between", vb_ask_between_run, ASK_UNDATED },
    { "changes", vb_ask_changes_run, ASK_BETWEEN },
    { "count", vb_ask_count_run, ASK_DATED },
    { "degree", vb_ask_degree_run, ASK_DATED },
    { "group", vb_ask_group_of_run, ASK_DATED },
    { "groups", vb_ask_groups_run, ASK_DATED },
    { "neighbours", vb_ask_neighbours_run, ASK_DATED },
    { "parts", vb_ask_parts_run, ASK_DATED },
    { "rank", vb_ask_rank_run, ASK_DATED },
    { "same", vb_ask_same_group_run, ASK_DATED },
    { "similar", vb_ask_similar_run, ASK_DATED },
};

/* ---- the tables ---------------------------------------------------------------------------------------- */

static bool place_of(vb_str word, ask_place *out)
{
    static const char *const places[] = { "{word}",    "{name}",   "{kind}", "{who}",
                                          "{measure}", "{number}", "{words}" };
    for (size_t i = 0; i < VB_COUNT(places); i++)
        if (vb_str_eq(word, vb_str_of(places[i]))) {
            *out = (ask_place)i;
            return true;
        }
    return false;
}

/** "[in|van]", "wie|wat", "{kind}": a token. In a choice of several words "_" stands for the blank. */
static vb_status read_token(vb_asker *asker, vb_str word, ask_token *out)
{
    vb_status status = VB_OK;
    vb_buf spaced = { 0 };
    *out = (ask_token){ .optional = word.len > 2 && word.at[0] == '[' && word.at[word.len - 1] == ']' };
    if (out->optional) word = vb_str_part(word, 1, word.len - 1);
    if (place_of(word, &out->place)) goto done;
    for (size_t i = 0; i < word.len; i++)
        TRY(vb_buf_add(&spaced, word.at[i] == '_' ? VB_STR(" ") : (vb_str){ word.at + i, 1 }));
    TRY(vb_ask_split(asker->arena, vb_buf_view(&spaced), "|", true, &out->choices, &out->n_choices));
    for (size_t i = 0; i < out->n_choices; i++)
        TRY(vb_arena_copy(asker->arena, out->choices[i], &out->choices[i]));
done:
    vb_buf_clear(&spaced);
    return status;
}

static vb_status add_form(vb_asker *asker, vb_str text, const ask_form *like)
{
    vb_status status;
    vb_str *words;
    size_t n;
    ask_form form = *like;
    TRY(vb_ask_split(asker->arena, text, " ", false, &words, &n));
    form.tokens = vb_arena_array(asker->arena, n + 1, sizeof *form.tokens);
    if (!form.tokens) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) TRY(read_token(asker, words[i], &form.tokens[form.n_tokens++]));
    TRY(vb_push(asker->arena, &asker->forms));
    asker->forms.at[asker->forms.len - 1] = form;
done:
    return status;
}

static vb_status add_forms(vb_asker *asker, vb_tsv *t, ask_language language, const char *column,
                           const ask_procedure *does, vb_error *err)
{
    vb_status status;
    vb_str *texts;
    size_t n;
    const ask_form like = { .does = does, .language = language, .with = vb_tsv_get(t, "with") };
    TRY(vb_ask_split(asker->arena, vb_tsv_get(t, column), ";", false, &texts, &n));
    for (size_t i = 0; i < n; i++) {
        size_t words = 1;
        for (size_t k = 0; k < texts[i].len; k++) words += texts[i].at[k] == ' ';
        if (words > TOKENS_MAX) {
            status = vb_ask_table_fail(t, err, "a form of too many words", texts[i]);
            goto done;
        }
        TRY(add_form(asker, texts[i], &like));
    }
done:
    return status;
}

static vb_status read_forms(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/forms.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        const ask_procedure *does = NULL;
        for (size_t i = 0; i < VB_COUNT(procedures) && !does; i++)
            if (vb_str_eq(vb_tsv_get(&t, "ask"), vb_str_of(procedures[i].name))) does = &procedures[i];
        if (!does) {
            status = vb_ask_table_fail(&t, err, "no procedure", vb_tsv_get(&t, "ask"));
            goto done;
        }
        TRY(add_forms(asker, &t, ASK_DUTCH, "nl", does, err));
        TRY(add_forms(asker, &t, ASK_ENGLISH, "en", does, err));
    }
    status = VB_OK;
done:
    return status;
}

static vb_status read_measures(vb_asker *asker, const char *dir, vb_error *err)
{
    static const char *const said[] = { "nl", "en" }, *const says[] = { "says_nl", "says_en" };
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/measures.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        TRY(vb_push(asker->arena, &asker->measures));
        ask_measure *m = &asker->measures.at[asker->measures.len - 1];
        *m = (ask_measure){ .name = vb_tsv_get(&t, "measure") };
        for (int l = 0; l < ASK_LANGUAGES; l++) {
            m->says[l] = vb_tsv_get(&t, says[l]);
            TRY(vb_ask_split(asker->arena, vb_tsv_get(&t, said[l]), ";", true, &m->said[l], &m->n_said[l]));
        }
    }
    status = VB_OK;
done:
    return status;
}

vb_status vb_ask_forms_read(vb_asker *asker, const char *data_dir, vb_error *err)
{
    vb_status status;
    TRY(read_measures(asker, data_dir, err));
    TRY(read_forms(asker, data_dir, err));
done:
    return status;
}

const ask_measure *vb_ask_measure(const vb_asker *asker, vb_str name)
{
    for (size_t i = 0; i < asker->measures.len; i++)
        if (vb_str_eq(asker->measures.at[i].name, name)) return &asker->measures.at[i];
    return NULL;
}

/* ---- a question's form --------------------------------------------------------------------------------- */

/** Whether the words of @p phrase stand at atom @p i, none of them a name; *end is past them. */
static bool stands_at(const ask_question *q, vb_str phrase, size_t i, size_t *end)
{
    vb_str rest = phrase, word;
    while (vb_str_next(&rest, ' ', &word)) {
        if (i >= q->n_atoms || q->atoms[i].used || q->atoms[i].name >= 0) return false;
        if (!vb_str_eq(q->atoms[i].text, word)) return false;
        i++;
    }
    *end = i;
    return true;
}

/** A word that says nothing, at atom @p i; *end is past it. */
static bool is_idle(const ask_question *q, size_t i, size_t *end)
{
    const ask_atom *a = &q->atoms[i];
    const ask_word *alone = vb_ask_word_find(&q->asker->lexicons[q->language], a->text);
    *end = i + 1;
    if (a->used || (a->name < 0 && alone && (alone->classes & ASK_IS(ASK_itself)))) return true;
    *end = i + (a->word_len ? a->word_len : 1);
    return a->name < 0 && ask_is(a, ASK_itself);
}

/** "de gemeente Leeuwarden": the kind before a name is said twice. */
static bool take_name(const ask_question *q, size_t i, ask_match *m, size_t *end)
{
    unsigned said = VB_MASK_ANY;
    for (size_t next; i < q->n_atoms && q->atoms[i].name < 0; i = next) {
        bool kind = ask_is(&q->atoms[i], ASK_type);
        if (kind) said = q->atoms[i].word->mask;
        if (!is_idle(q, i, &next) && !kind) return false;
    }
    if (i >= q->n_atoms || m->n_names == VB_COUNT(m->names)) return false;
    const ask_name *name = &q->names[q->atoms[i].name];
    if (name->first != i || name->adjective || !(name->mask & said)) return false;
    m->masks[m->n_names] = said;
    m->names[m->n_names++] = q->atoms[i].name;
    *end = name->end;
    return true;
}

/** "gemeenten"; "wie" and "wat" stand for anything that acts, or anything. */
static bool take_kind(const ask_question *q, size_t i, ask_match *m, size_t *end)
{
    const ask_atom *a = &q->atoms[i];
    if (a->name >= 0 || a->used || !a->word || m->mask) return false;
    if (ask_is(a, ASK_type)) {
        m->kind = a->word;
        m->kind_at = i;
        m->mask = a->word->mask;
    } else if (ask_is(a, ASK_who)) {
        m->mask = VB_MASK_ANY & ~(unsigned)(VB_MASK_DOCUMENT | VB_MASK_LAW | VB_MASK_REGION);
    } else if (ask_is(a, ASK_what)) {
        m->mask = VB_MASK_ANY;
    } else {
        return false;
    }
    *end = i + a->word_len;
    return true;
}

static bool take_measure(const ask_question *q, size_t i, ask_match *m, size_t *end)
{
    bool found = false;
    for (size_t k = 0; k < q->asker->measures.len; k++) {
        const ask_measure *measure = &q->asker->measures.at[k];
        for (size_t s = 0; s < measure->n_said[q->language]; s++) {
            size_t past;
            if (!stands_at(q, measure->said[q->language][s], i, &past) || (found && past <= *end)) continue;
            m->with = measure->name;
            *end = past;
            found = true;
        }
    }
    return found;
}

static bool take_number(const ask_question *q, size_t i, ask_match *m, size_t *end)
{
    const ask_atom *a = &q->atoms[i];
    if (a->name >= 0 || a->used) return false;
    size_t n = 0;
    for (size_t k = 0; k < a->text.len && k < 4; k++)
        n = a->text.at[k] >= '0' && a->text.at[k] <= '9' ? 10 * n + (size_t)(a->text.at[k] - '0') : 10000;
    if (n > 999 && ask_is(a, ASK_number)) n = a->word->value;
    if (!n || n > 999) return false;
    m->limit = n;
    *end = i + 1;
    return true;
}

/** All that is left, if no name is among it. */
static bool take_words(const ask_question *q, size_t i, ask_match *m, size_t *end)
{
    m->first = i;
    m->end = *end = q->n_atoms;
    for (; i < q->n_atoms; i++)
        if (q->atoms[i].name >= 0 || q->atoms[i].used) return false;
    return m->first < m->end;
}

static bool take(const ask_question *q, const ask_token *token, size_t i, ask_match *m, size_t *end)
{
    switch (token->place) {
    case ASK_AT_NAME:
        return take_name(q, i, m, end);
    case ASK_AT_WHO:
        if (!ask_is(&q->atoms[i], ASK_who)) return false;
        return take_kind(q, i, m, end);
    case ASK_AT_KIND:
        return take_kind(q, i, m, end);
    case ASK_AT_MEASURE:
        return take_measure(q, i, m, end);
    case ASK_AT_NUMBER:
        return take_number(q, i, m, end);
    case ASK_AT_WORDS:
        return take_words(q, i, m, end);
    default:
        for (size_t c = 0; c < token->n_choices; c++)
            if (stands_at(q, token->choices[c], i, end)) return true;
        return false;
    }
}

/** Whether the tokens from @p t on explain the atoms from @p i on; what they take goes into @p m. */
static bool matches(const ask_question *q, const ask_form *form, size_t t, size_t i, ask_match *m,
                    size_t *steps)
{
    size_t end;
    if (++*steps > STEPS_MAX) return false;
    if (t == form->n_tokens && i >= q->n_atoms) return true;
    if (t < form->n_tokens && i < q->n_atoms) {
        ask_match taken = *m;
        if (take(q, &form->tokens[t], i, &taken, &end) && matches(q, form, t + 1, end, &taken, steps)) {
            *m = taken;
            return true;
        }
    }
    if (t < form->n_tokens && form->tokens[t].optional && matches(q, form, t + 1, i, m, steps)) return true;
    return i < q->n_atoms && is_idle(q, i, &end) && matches(q, form, t, end, m, steps);
}

bool vb_ask_forms_find(ask_question *q)
{
    if (q->formless || q->period || q->when || q->moment || q->whether) return false;
    for (size_t k = 0; k < q->asker->forms.len; k++) {
        const ask_form *form = &q->asker->forms.at[k];
        ask_match m = { .form = form, .with = form->with };
        size_t steps = 0;
        if (form->language != q->language) continue;
        if (q->dated ? form->does->dates == ASK_UNDATED : form->does->dates == ASK_BETWEEN) continue;
        if (!matches(q, form, 0, 0, &m, &steps)) continue;
        q->match = m;
        return true;
    }
    return false;
}

/* ---- what the places hold ------------------------------------------------------------------------------ */

vb_status vb_ask_form_node(ask_question *q, size_t i, const vb_node **out)
{
    return vb_ask_choice_of_name(q, q->match.names[i], q->match.masks[i], out);
}

vb_status vb_ask_form_key(ask_question *q, const vb_node *node, vb_str *out)
{
    return vb_arena_printf(q->arena, out, "%.*s:%.*s", VB_FMT(node->label), VB_FMT(node->key));
}

const ask_phrase *vb_ask_form_kind(ask_question *q)
{
    const ask_match *m = &q->match;
    q->phrases[0] = (ask_phrase){ .typed = true,
                                  .prep_at = SIZE_MAX,
                                  .mask = m->mask ? m->mask : VB_MASK_ANY,
                                  .plural = m->kind && vb_ask_is_plural(m->kind->text),
                                  .note = m->kind ? m->kind->note : ASK_PLAIN,
                                  .word = m->kind };
    q->n_phrases = 1;
    q->root = 0;
    return &q->phrases[0];
}

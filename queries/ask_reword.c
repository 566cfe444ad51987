/**
 * Questions in other words: "Wat schreef de minister van Defensie over drones?" asks for that minister's
 * letters about drones. The table rewordings.tsv holds such forms and the questions that they are read as.
 * A form is the whole question, word by word; its places take as few words as do.
 */
#include "queries/ask_tables.h"

enum { WORDS_MAX = 64, STEPS_MAX = 20000 };

/** A question in other words, and the one that it is read as. */
typedef struct ask_rewording {
    vb_str *tokens;
    size_t n_tokens;
    vb_str as;
} ask_rewording;

typedef struct span {
    size_t start, end; /* bytes of the question */
} span;

/** A question against a form. */
typedef struct match {
    const ask_rewording *form;
    vb_str text;
    span words[WORDS_MAX];
    vb_str folded[WORDS_MAX];
    size_t n_words;
    span places['z' - 'a' + 1]; /* what {a} to {z} stand for */
    unsigned steps;             /* taken: bounds what a hostile question can cost */
} match;

static bool is_place(vb_str token)
{
    return token.len == 3 && token.at[0] == '{' && token.at[1] >= 'a' && token.at[1] <= 'z';
}

static bool has_place(const ask_rewording *r, vb_str place)
{
    for (size_t i = 0; i < r->n_tokens; i++)
        if (is_place(place) && vb_str_eq(r->tokens[i], place)) return true;
    return false;
}

vb_status vb_ask_rewordings_read(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/rewordings.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        TRY(vb_push(asker->arena, &asker->rewordings));
        ask_rewording *r = &asker->rewordings.at[asker->rewordings.len - 1];
        *r = (ask_rewording){ .as = vb_tsv_get(&t, "as") };
        TRY(vb_ask_split(asker->arena, vb_tsv_get(&t, "form"), " ", false, &r->tokens, &r->n_tokens));
        if (!r->n_tokens) TRY(vb_ask_table_fail(&t, err, "no form", r->as));
        for (size_t i = 0; i + 2 < r->as.len; i++)
            if (r->as.at[i] == '{' && !has_place(r, vb_str_part(r->as, i, i + 3)))
                TRY(vb_ask_table_fail(&t, err, "no such place in the form", vb_str_part(r->as, i, i + 3)));
    }
    status = VB_OK;
done:
    return status;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** A mark around a word. */
static bool is_edge(char c)
{
    return is_blank(c) || (c && strchr("?!.,;:\"'", c));
}

/** The words of the question, without the marks around them; none where they are too many. */
static vb_status cut(match *m, vb_arena *arena)
{
    vb_status status = VB_OK;
    size_t at = 0;
    while (at < m->text.len && m->n_words < WORDS_MAX) {
        while (at < m->text.len && is_edge(m->text.at[at])) at++;
        size_t start = at;
        while (at < m->text.len && !is_blank(m->text.at[at])) at++;
        size_t end = at;
        while (end > start && is_edge(m->text.at[end - 1])) end--;
        if (end == start) continue;
        m->words[m->n_words] = (span){ start, end };
        TRY(vb_fold(arena, vb_str_part(m->text, start, end), &m->folded[m->n_words]));
        m->n_words++;
    }
    if (at < m->text.len) m->n_words = 0;
done:
    return status;
}

static bool is_one_of(vb_str choices, vb_str word)
{
    vb_str choice;
    while (vb_str_next(&choices, '|', &choice))
        if (vb_str_eq(choice, word)) return true;
    return false;
}

/** Whether the words from @p word on are the tokens from @p token on. */
static bool fits(match *m, size_t token, size_t word)
{
    if (m->steps++ > STEPS_MAX) return false;
    if (token == m->form->n_tokens) return word == m->n_words;
    vb_str t = m->form->tokens[token];
    if (is_place(t)) {
        for (size_t end = word + 1; end <= m->n_words; end++) {
            if (!fits(m, token + 1, end)) continue;
            m->places[t.at[1] - 'a'] = (span){ m->words[word].start, m->words[end - 1].end };
            return true;
        }
        return false;
    }
    bool optional = t.at[0] == '[';
    if (optional) t = vb_str_part(t, 1, t.len - 1);
    if (word < m->n_words && is_one_of(t, m->folded[word]) && fits(m, token + 1, word + 1)) return true;
    return optional && fits(m, token + 1, word);
}

static vb_status fill(const match *m, vb_arena *arena, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    vb_str as = m->form->as;
    for (size_t i = 0; i < as.len; i++) {
        bool place = as.at[i] == '{' && i + 2 < as.len && as.at[i + 2] == '}';
        span s = place ? m->places[as.at[i + 1] - 'a'] : (span){ 0 };
        TRY(vb_buf_add(&buf, place ? vb_str_part(m->text, s.start, s.end) : vb_str_part(as, i, i + 1)));
        if (place) i += 2;
    }
    TRY(vb_arena_copy(arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_reword(const vb_asker *asker, vb_arena *arena, vb_str *text)
{
    vb_status status;
    match m = { .text = *text };
    TRY(cut(&m, arena));
    for (size_t i = 0; i < asker->rewordings.len; i++) {
        m.form = &asker->rewordings.at[i];
        m.steps = 0;
        if (m.n_words && fits(&m, 0, 0)) return fill(&m, arena, text);
    }
done:
    return status;
}

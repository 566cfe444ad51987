/**
 * How relations are said (queries/patterns/relations.tsv, prepositions.tsv), compiled into cues: parts that
 * must all be in a clause, each one of several phrases.
 */
#include "queries/ask_tables.h"

static bool find_kind(vb_str name, ask_cue_kind *out)
{
    static const char *const kinds[] = { "verb", "inverse", "source", "target", "by", "to" };
    for (size_t i = 0; i < VB_COUNT(kinds); i++)
        if (vb_str_eq(name, vb_str_of(kinds[i]))) {
            *out = (ask_cue_kind)i;
            return true;
        }
    return false;
}

static bool find_says(vb_str name, unsigned *out)
{
    static const struct {
        const char *name;
        unsigned says;
    } others[] = { { "PATH", ASK_SAYS_PATH },
                   { "ALL", ASK_SAYS_ALL },
                   { "DIFF", ASK_SAYS_DIFF },
                   { "REPLY", ASK_SAYS_REPLY } };
    vb_relation relation;
    for (size_t i = 0; i < VB_COUNT(others); i++)
        if (vb_str_eq(name, vb_str_of(others[i].name))) {
            *out = others[i].says;
            return true;
        }
    if (!vb_relation_find(name, &relation)) return false;
    *out = relation;
    return true;
}

/** A copy of a cue whose first part takes other choices; it has @p n_parts parts. */
static vb_status add_form(vb_asker *asker, size_t like, const vb_str *choices, size_t n, size_t n_parts)
{
    vb_status status;
    TRY(vb_push(asker->arena, &asker->cues));
    ask_cue *cue = &asker->cues.at[asker->cues.len - 1];
    *cue = asker->cues.at[like];
    vb_str *own = vb_arena_array(asker->arena, n, sizeof *own);
    if (!own) return VB_NO_MEMORY;
    memcpy(own, choices, n * sizeof *own);
    cue->parts[0] = own;
    cue->n_choices[0] = n;
    cue->n_parts = n_parts;
done:
    return status;
}

/** "draait|draaien .. mee" is "meedraait|meedraaien" at the end of a clause. */
static vb_status add_joined(vb_asker *asker, size_t like)
{
    static const char *const particles[] = { "aan", "mee", "deel", "uit", "voor", "op",   "samen", "toe",
                                             "bij", "in",  "af",   "om",  "na",   "over", "voort" };
    vb_status status = VB_OK;
    const ask_cue cue = asker->cues.at[like];
    bool separable = false;
    vb_str joined[24];
    size_t n = 0;
    if (cue.language != ASK_DUTCH || cue.done || cue.n_parts != 2 || cue.n_choices[1] != 1) return VB_OK;
    for (size_t i = 0; i < VB_COUNT(particles); i++)
        separable |= vb_str_eq(cue.parts[1][0], vb_str_of(particles[i]));
    for (size_t i = 0; separable && i < cue.n_choices[0] && n < VB_COUNT(joined); i++, n++)
        TRY(vb_arena_printf(asker->arena, &joined[n], "%.*s%.*s", VB_FMT(cue.parts[1][0]),
                            VB_FMT(cue.parts[0][i])));
    if (n) TRY(add_form(asker, like, joined, n, 1));
done:
    return status;
}

/** "is aangesloten|zijn aangesloten" with words in between: "is Gouda aangesloten". Not for "is in": "in"
 * stands anywhere. */
static vb_status add_apart(vb_asker *asker, size_t like)
{
    static const char *const verbs[ASK_LANGUAGES][4] = { { "is", "zijn", "was", "waren" },
                                                         { "is", "are", "was", "were" } };
    vb_status status = VB_OK;
    const ask_cue cue = asker->cues.at[like];
    vb_str be[4];
    for (size_t v = 0; v < VB_COUNT(be); v++) be[v] = vb_str_of(verbs[cue.language][v]);
    for (size_t i = 0; cue.n_parts == 1 && i < cue.n_choices[0]; i++) {
        vb_str rest = cue.parts[0][i], verb;
        if (!vb_str_next(&rest, ' ', &verb) || rest.len < 4 || !vb_str_eq(verb, be[0])) continue;
        TRY(add_form(asker, like, be, VB_COUNT(be), 2));
        ask_cue *form = &asker->cues.at[asker->cues.len - 1];
        form->parts[1] = vb_arena_array(asker->arena, 1, sizeof *form->parts[1]);
        if (!form->parts[1]) return VB_NO_MEMORY;
        form->parts[1][0] = rest;
        form->n_choices[1] = 1;
    }
done:
    return status;
}

/** "neemt|nemen .. deel" into its parts, with the other orders of its words. */
static vb_status add_cue(vb_asker *asker, const vb_tsv *t, vb_str pattern, const ask_cue *like, vb_error *err)
{
    vb_status status;
    vb_str *parts;
    size_t n;
    TRY(vb_ask_split(asker->arena, pattern, "..", false, &parts, &n));
    if (n == 0 || n > VB_COUNT(like->parts)) {
        status = vb_ask_table_fail(t, err, "one to four parts are wanted", pattern);
        goto done;
    }
    TRY(vb_push(asker->arena, &asker->cues));
    ask_cue *cue = &asker->cues.at[asker->cues.len - 1];
    *cue = *like;
    cue->n_parts = n;
    cue->row = t->line;
    for (size_t i = 0; i < n; i++) {
        TRY(vb_ask_split(asker->arena, parts[i], "|", true, &cue->parts[i], &cue->n_choices[i]));
        if (!cue->n_choices[i]) {
            status = vb_ask_table_fail(t, err, "a part without words", pattern);
            goto done;
        }
    }
    size_t own = asker->cues.len - 1;
    TRY(add_joined(asker, own));
    TRY(add_apart(asker, own));
done:
    return status;
}

static vb_status add_cell(vb_asker *asker, const vb_tsv *t, const char *column, const ask_cue *like,
                          vb_error *err)
{
    vb_status status = VB_OK;
    vb_str rest = vb_tsv_get(t, column), pattern;
    while (vb_str_next(&rest, ';', &pattern)) {
        pattern = vb_str_trim(pattern);
        if (pattern.len) TRY(add_cue(asker, t, pattern, like, err));
    }
done:
    return status;
}

static vb_status read_cues(vb_asker *asker, const char *dir, vb_error *err)
{
    static const struct {
        const char *column;
        ask_language language;
        bool done;
    } columns[] = { { "nl", ASK_DUTCH, false },
                    { "nl_done", ASK_DUTCH, true },
                    { "en", ASK_ENGLISH, false },
                    { "en_done", ASK_ENGLISH, true } };
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/relations.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        ask_cue like = { .question = vb_str_eq(vb_tsv_get(&t, "note"), VB_STR("question")) };
        vb_str name = vb_tsv_get(&t, "relation"), kind = vb_tsv_get(&t, "kind");
        if (!find_says(name, &like.says) || !find_kind(kind, &like.kind)) {
            status = vb_ask_table_fail(&t, err, "no such relation or kind", name);
            goto done;
        }
        vb_str at = vb_tsv_get(&t, "at");
        if (!vb_str_eq(at, VB_STR("-"))) TRY(vb_ask_split(asker->arena, at, ",", true, &like.at, &like.n_at));
        for (size_t i = 0; i < VB_COUNT(columns); i++) {
            like.language = columns[i].language;
            like.done = columns[i].done;
            TRY(add_cell(asker, &t, columns[i].column, &like, err));
        }
    }
    status = VB_OK;
done:
    return status;
}

static vb_status read_mask(const vb_tsv *t, const char *column, unsigned *out, vb_error *err)
{
    vb_str rest = vb_tsv_get(t, column), name;
    while (vb_str_next(&rest, ',', &name)) {
        vb_label label;
        if (!vb_label_find(vb_str_trim(name), &label))
            return vb_ask_table_fail(t, err, "no such label", name);
        *out |= 1u << label;
    }
    return VB_OK;
}

static vb_status read_preps(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/prepositions.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        TRY(vb_push(asker->arena, &asker->preps));
        ask_prep *p = &asker->preps.at[asker->preps.len - 1];
        vb_str rest = vb_tsv_get(&t, "relation"), name;
        while (vb_str_next(&rest, ',', &name)) {
            vb_relation relation;
            if (!vb_relation_find(vb_str_trim(name), &relation)) {
                status = vb_ask_table_fail(&t, err, "no such relation", name);
                goto done;
            }
            p->relations |= 1u << relation;
        }
        TRY(read_mask(&t, "near", &p->near, err));
        TRY(read_mask(&t, "far", &p->far, err));
        TRY(vb_ask_split(asker->arena, vb_tsv_get(&t, "at"), ",", true, &p->at, &p->n_at));
        p->forth = vb_str_eq(vb_tsv_get(&t, "runs"), VB_STR("forth"));
        p->question = vb_str_eq(vb_tsv_get(&t, "note"), VB_STR("question"));
    }
    status = VB_OK;
done:
    return status;
}

vb_status vb_ask_cues_read(vb_asker *asker, const char *data_dir, vb_error *err)
{
    vb_status status;
    TRY(read_cues(asker, data_dir, err));
    TRY(read_preps(asker, data_dir, err));
done:
    return status;
}

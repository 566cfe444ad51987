/**
 * "Did you mean ...": the word nearest to one that is not known, among variables, functions, procedures,
 * keywords, or the labels and relationship types of the store; and all these words, for a shell to complete.
 *
 * A label or type that nothing has is no error in openCypher: it finds nothing. A query notes it, so that an
 * empty answer can be told from a slip of the pen.
 */
#include "queries/cypher/operators.h"

#include <ctype.h>
#include <stdio.h>

enum { WORD_MAX = 64 };

/** How many letters (case aside) must change; two that are swapped are one change. Past WORD_MAX: WORD_MAX.
 *  Source: Damerau 1964, doi:10.1145/363958.363994 (optimal string alignment). */
static unsigned distance(vb_str a, vb_str b)
{
    unsigned rows[3][WORD_MAX + 1];
    if (a.len >= WORD_MAX || b.len >= WORD_MAX) return WORD_MAX;
    for (size_t k = 0; k <= b.len; k++) rows[0][k] = (unsigned)k;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= b.len; k++) {
            int x = tolower((unsigned char)a.at[i - 1]), y = tolower((unsigned char)b.at[k - 1]);
            unsigned best = last[k - 1] + (x != y);
            if (last[k] + 1 < best) best = last[k] + 1;
            if (row[k - 1] + 1 < best) best = row[k - 1] + 1;
            if (i > 1 && k > 1 && x == tolower((unsigned char)b.at[k - 2]) &&
                tolower((unsigned char)a.at[i - 2]) == y && before[k - 2] + 1 < best)
                best = before[k - 2] + 1;
            row[k] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

void vb_cy_nearest_try(vb_cy_nearest *n, vb_str word)
{
    unsigned most = n->to.len < 3 ? 1 : n->to.len < 6 ? 2 : 3, d = distance(n->to, word);
    if (d > most || d >= n->to.len || (n->found && d >= n->distance)) return;
    n->found = true;
    n->distance = d;
    snprintf(n->word, sizeof n->word, "%.*s", VB_FMT(word));
}

static void try_word(void *context, char kind, const char *word)
{
    vb_cy_nearest *n = context;
    if (n->kind == kind) vb_cy_nearest_try(n, vb_str_of(word));
}

void vb_cy_hint(vb_cy_source *source, const vb_cy_nearest *n)
{
    if (n->found && source->err)
        snprintf(source->err->hint, sizeof source->err->hint, "did you mean %s?", n->word);
}

void vb_cy_hint_word(vb_cy_source *source, vb_str word, char kind)
{
    vb_cy_nearest n = { .to = word, .kind = kind };
    vb_query_words(try_word, &n);
    vb_cy_hint(source, &n);
}

void vb_query_words(vb_word_fn fn, void *context)
{
    static const vb_cy_function *const tables[] = { vb_cy_functions_scalar, vb_cy_functions_number,
                                                    vb_cy_functions_string, vb_cy_functions_list,
                                                    vb_cy_functions_graph,  vb_cy_functions_aggregate };
    const char *word;
    for (size_t i = 0; (word = vb_cy_keyword(i)); i++) fn(context, 'k', word);
    for (size_t t = 0; t < VB_COUNT(tables); t++)
        for (const vb_cy_function *f = tables[t]; f->name; f++) fn(context, 'f', f->name);
    for (size_t i = 0; (word = vb_cy_procedure_name(i)); i++) fn(context, 'p', word);
}

/* ---- labels and types that nothing has ------------------------------------------------------------------
 */

static vb_status nearest_of(vb_cy_run *run, const char *sql, vb_cy_nearest *n)
{
    vb_status status;
    bool row;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_cy_prepare(run, sql, &stmt));
    while ((status = vb_cy_step(run, stmt, &row)) == VB_OK && row) vb_cy_nearest_try(n, vb_sql_text(stmt, 0));
done:
    sqlite3_finalize(stmt);
    return status;
}

static vb_status note(vb_cy_plan *p, const char *what, vb_str name, const vb_cy_nearest *n)
{
    if (vb_push(p->source->arena, &p->run->notes) != VB_OK ||
        vb_arena_printf(p->source->arena, &p->run->notes.at[p->run->notes.len - 1],
                        "nothing here has %s %.*s%s%s%s", what, VB_FMT(name),
                        n->found ? ": did you mean " : "", n->found ? n->word : "",
                        n->found ? "?" : "") != VB_OK)
        return vb_cy_fail_memory(p->source);
    return VB_OK;
}

static vb_status check_name(vb_cy_plan *p, bool label, vb_str name)
{
    vb_status status;
    vb_error err = { 0 };
    int64_t there = 0;
    vb_cy_nearest n = { .to = name };
    status =
        vb_sql_id(p->run->store, &err, &there,
                  label ? "SELECT EXISTS(SELECT 1 FROM label_set s, json_each(s.labels) j WHERE j.value = ?1)"
                        : "SELECT EXISTS(SELECT 1 FROM relation WHERE name = ?1)",
                  "s", name);
    if (status != VB_OK) return vb_cy_store_fail(p->run, status, &err);
    if (there) return VB_OK;
    TRY(nearest_of(p->run,
                   label ? "SELECT DISTINCT j.value FROM label_set s, json_each(s.labels) j"
                         : "SELECT name FROM relation",
                   &n));
    status = note(p, label ? "the label" : "the type", name, &n);
done:
    return status;
}

vb_status vb_cy_note_names(vb_cy_plan *p, const vb_cy_pattern *pattern)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < pattern->parts.len; i++) {
        const vb_cy_part *part = pattern->parts.at[i];
        for (size_t k = 0; k < part->nodes.len; k++)
            for (size_t l = 0; l < part->nodes.at[k]->labels.len; l++)
                TRY(check_name(p, true, part->nodes.at[k]->labels.at[l]));
        for (size_t k = 0; k < part->rels.len; k++)
            for (size_t l = 0; l < part->rels.at[k]->types.len; l++)
                TRY(check_name(p, false, part->rels.at[k]->types.at[l]));
    }
done:
    return status;
}

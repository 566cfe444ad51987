/**
 * Where a pattern may start: a condition `n.key = ...`, `n.name = ...` or `id(n) = ...` whose other side is
 * known leads to an index. One row a way.
 */
#include "queries/cypher/match.h"

static const struct {
    vb_cy_seek_by by;
    const char *property; /* NULL: id() */
    double rows;          /* that it gives, as a rule */
} ways[] = {
    { CY_SEEK_ID, NULL, 1 },
    { CY_SEEK_KEY, "key", 1 },
    { CY_SEEK_NAME, "name", 2 },
};

static bool is_slot(const vb_cy_expr *e, int slot)
{
    return e->kind == E_VARIABLE && e->slot == slot;
}

/** Whether @p e is what the index of a way holds of the node in @p slot. */
static bool is_indexed(const vb_cy_expr *e, const char *property, int slot)
{
    if (property)
        return e->kind == E_PROPERTY && is_slot(e->args.at[0], slot) &&
               vb_str_eq(e->name, vb_str_of(property));
    return e->kind == E_CALL && e->function && strcmp(e->function->name, "id") == 0 &&
           is_slot(e->args.at[0], slot);
}

/** The value that a condition says the node has; NULL when it says none that is known. */
static vb_cy_expr *known_value(const vb_cy_match *m, const vb_cy_expr *e, const char *property, int slot)
{
    if (e->kind != E_COMPARE || e->args.len != 2 || e->ops[0] != C_EQ) return NULL;
    vb_cy_expr *left = e->args.at[0], *right = e->args.at[1];
    if (!left || !right) return NULL;
    if (is_indexed(left, property, slot) && vb_cy_match_ready(m, right)) return right;
    if (is_indexed(right, property, slot) && vb_cy_match_ready(m, left)) return left;
    return NULL;
}

bool vb_cy_seek_index(const vb_cy_match *m, const vb_cy_node *n, vb_cy_seek *out, double *rows)
{
    for (size_t w = 0; w < VB_COUNT(ways); w++)
        for (size_t i = 0; i < m->waiting.len; i++) {
            vb_cy_expr *value = known_value(m, m->waiting.at[i], ways[w].property, n->slot);
            if (!value) continue;
            *out = (vb_cy_seek){ ways[w].by, value };
            *rows = ways[w].rows;
            return true;
        }
    *out = (vb_cy_seek){ n->labels.len ? CY_SEEK_LABEL : CY_SEEK_ALL, NULL };
    return false;
}

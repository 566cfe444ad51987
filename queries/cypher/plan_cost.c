/**
 * Estimates for the planner and for EXPLAIN. The ids of nodes and relationships run from 1, so that the
 * largest is about how many there are. A label of few nodes is counted by the index, up to COUNT_MAX; of
 * more, and of relationships' types, a share is taken from SAMPLE things at even distances. Nothing is
 * stored: a query asks for some microseconds what it needs to know, and the answer is never stale.
 */
#include "queries/cypher/match.h"

enum { COUNT_MAX = 4000, SAMPLE = 64 };

/** What was asked for once. */
struct vb_cy_known {
    vb_str label;
    double n;
    vb_cy_known *next;
};

static vb_status ask(vb_cy_plan *p, const char *sql, const char *kinds, vb_str text, int64_t id, int64_t *out)
{
    vb_error err = { 0 };
    *out = 0;
    vb_status status = *kinds == 's' ? vb_sql_id(p->run->store, &err, out, sql, kinds, text, id)
                                     : vb_sql_id(p->run->store, &err, out, sql, kinds, id);
    return status == VB_OK ? VB_OK : vb_cy_store_fail(p->run, status, &err);
}

static vb_status totals(vb_cy_plan *p)
{
    vb_status status = VB_OK;
    if (p->n_nodes >= 0) return VB_OK;
    TRY(ask(p, "SELECT max(id) FROM node", "", VB_STR(""), 0, &p->n_nodes));
    TRY(ask(p, "SELECT max(id) FROM edge", "", VB_STR(""), 0, &p->n_edges));
done:
    return status;
}

/** The share of things for which @p sql, given an id and a name, says 1; over ids at even distances. */
static vb_status share(vb_cy_plan *p, const char *sql, vb_str name, int64_t n, double *out)
{
    vb_status status = VB_OK;
    int64_t hits = 0, hit;
    for (int64_t i = 0; i < SAMPLE; i++) {
        TRY(ask(p, sql, "si", name, n / SAMPLE * i + n % SAMPLE * i / SAMPLE + 1, &hit));
        hits += hit;
    }
    *out = ((double)hits + 0.5) / (SAMPLE + 1); /* none in a sample is not none */
done:
    return status;
}

static vb_status count_label(vb_cy_plan *p, vb_str label, double *out)
{
    vb_status status;
    int64_t n;
    TRY(ask(p,
            "SELECT count(*) FROM (SELECT 1 FROM node WHERE labels IN (SELECT s.id FROM label_set s,"
            " json_each(s.labels) j WHERE j.value = ?1) LIMIT ?2)",
            "si", label, COUNT_MAX, &n));
    *out = (double)n;
    if (n < COUNT_MAX) goto done;
    TRY(share(
        p,
        "SELECT EXISTS(SELECT 1 FROM label_set s, json_each(s.labels) j WHERE s.id = (SELECT labels FROM"
        " node WHERE id >= ?2 LIMIT 1) AND j.value = ?1)",
        label, p->n_nodes, out));
    *out *= (double)p->n_nodes;
    if (*out < COUNT_MAX) *out = COUNT_MAX;
done:
    return status;
}

vb_status vb_cy_cost_nodes(vb_cy_plan *p, vb_str label, double *out)
{
    vb_status status;
    TRY(totals(p));
    *out = (double)p->n_nodes;
    if (!label.len) goto done;
    for (const vb_cy_known *k = p->known; k; k = k->next)
        if (vb_str_eq(k->label, label)) {
            *out = k->n;
            goto done;
        }
    TRY(count_label(p, label, out));
    vb_cy_known *k = vb_arena_get(p->source->arena, sizeof *k);
    if (!k) return vb_cy_fail_memory(p->source);
    *k = (vb_cy_known){ label, *out, p->known };
    p->known = k;
done:
    return status;
}

vb_status vb_cy_cost_degree(vb_cy_plan *p, const vb_cy_rel *rel, double *out)
{
    vb_status status;
    double part, all = rel->types.len ? 0 : 1;
    TRY(totals(p));
    for (size_t i = 0; i < rel->types.len; i++) {
        TRY(share(p,
                  "SELECT (SELECT type FROM edge WHERE id >= ?2 LIMIT 1) = (SELECT id FROM relation WHERE"
                  " name = ?1)",
                  rel->types.at[i], p->n_edges, &part));
        all += part;
    }
    *out = all * (double)p->n_edges / (double)(p->n_nodes ? p->n_nodes : 1);
    if (!rel->direction) *out *= 2;
done:
    return status;
}

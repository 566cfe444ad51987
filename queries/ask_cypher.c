/**
 * A question's query as openCypher: what is asked for is matched by its labels, everything said of it becomes
 * a condition, EXISTS { MATCH … } inside EXISTS, the same tree that ask_run.c solves.
 */
#include "queries/ask_forms.h"
#include "queries/ask_set.h"

enum { DEEPEST = 12 };

/** A string literal. */
static vb_status add_text(vb_buf *out, vb_str s)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("'")));
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\'' || s.at[i] == '\\') TRY(vb_buf_add(out, VB_STR("\\")));
        TRY(vb_buf_add(out, (vb_str){ s.at + i, 1 }));
    }
    TRY(vb_buf_add(out, VB_STR("'")));
done:
    return status;
}

static vb_status add_and(vb_buf *out, bool *first)
{
    vb_str word = *first ? VB_STR(" WHERE ") : VB_STR(" AND ");
    *first = false;
    return vb_buf_add(out, word);
}

static vb_status add_labels(vb_buf *out, unsigned mask, int var, bool *first)
{
    vb_status status = VB_OK;
    int n = 0;
    for (int i = 0; i < VB_LABEL_COUNT; i++) n += (mask >> i) & 1 ? 1 : 0;
    if (n == VB_LABEL_COUNT) return VB_OK;
    TRY(add_and(out, first));
    if (n > 1) TRY(vb_buf_add(out, VB_STR("(")));
    for (int i = 0, k = 0; i < VB_LABEL_COUNT; i++)
        if ((mask >> i) & 1)
            TRY(vb_buf_printf(out, "%sn%d:%s", k++ ? " OR " : "", var, vb_label_name((vb_label)i)));
    if (n > 1) TRY(vb_buf_add(out, VB_STR(")")));
done:
    return status;
}

/** "n1.key IN ['a', 'b']" for the nodes that a name means. */
static vb_status add_keys(vb_buf *out, const ask_phrase *p, const vb_nodes *nodes, int var, bool *first)
{
    vb_status status;
    bool comma = false;
    TRY(add_and(out, first));
    TRY(vb_buf_printf(out, "n%d.key IN [", var));
    for (size_t i = 0; i < nodes->len; i++) {
        vb_label label;
        if (!vb_label_find(nodes->at[i].label, &label) || !(p->mask & (1u << label))) continue;
        if (comma) TRY(vb_buf_add(out, VB_STR(", ")));
        TRY(add_text(out, nodes->at[i].key));
        comma = true;
    }
    TRY(vb_buf_add(out, VB_STR("]")));
done:
    return status;
}

/** A ministry's letters are also those of who held its office in them (ask_set.c). */
static bool through_office(const ask_question *q, const ask_link *link)
{
    return link->relations == 1u << VB_REL_AUTHORED && link->source >= 0 &&
           q->phrases[link->source].mask == VB_MASK_MINISTRY;
}

/** "(n0)<-[r1:AUTHORED]-()-[h1:HOLDS_OFFICE*0..1]->(n1)", of which the letter n0 itself says the office. */
static vb_status add_office(vb_buf *out, int from, int to, bool forth, bool *first)
{
    vb_status status;
    int letter = forth ? to : from;
    *first = false;
    TRY(vb_buf_printf(out,
                      forth ? "(n%d)<-[h%d:HOLDS_OFFICE*0..1]-()-[r%d:AUTHORED]->(n%d)"
                            : "(n%d)<-[r%d:AUTHORED]-()-[h%d:HOLDS_OFFICE*0..1]->(n%d)",
                      from, to, to, to));
    TRY(vb_buf_printf(out, " WHERE all(h IN h%d WHERE any(e IN evidence(h) WHERE e.document = n%d.document))",
                      to, letter));
done:
    return status;
}

/** "(n0)-[r:LEADS|DEVELOPED]->(n1)"; *first: no WHERE stands behind it. */
static vb_status add_step(const ask_question *q, vb_buf *out, const ask_link *link, int from, int to,
                          bool forth, bool *first)
{
    vb_status status;
    bool any = false, symmetric = true;
    if (through_office(q, link)) return add_office(out, from, to, forth, first);
    TRY(vb_buf_printf(out, "(n%d)", from));
    for (unsigned r = 0; r < VB_REL_COUNT; r++)
        if (link->relations & (1u << r)) symmetric &= vb_relation_get((vb_relation)r)->symmetric;
    TRY(vb_buf_printf(out, "%s[r%d:", forth || symmetric ? "-" : "<-", to));
    for (unsigned r = 0; r < VB_REL_COUNT; r++)
        if (link->relations & (1u << r)) {
            TRY(vb_buf_printf(out, "%s%s", any ? "|" : "", vb_relation_get((vb_relation)r)->name));
            any = true;
        }
    TRY(vb_buf_printf(out, "]%s(n%d)", forth && !symmetric ? "->" : "-", to));
done:
    return status;
}

static vb_status add_dates(const ask_question *q, vb_buf *out, const char *since, const char *until,
                           bool *first)
{
    vb_status status = VB_OK;
    if (q->dates.since[0]) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "%s >= '%s'", since, q->dates.since));
    }
    if (q->dates.until[0]) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "%s <= '%s'", until, q->dates.until));
    }
done:
    return status;
}

static vb_status add_own(const ask_question *q, vb_buf *out, int i, int var, int item, bool *first)
{
    vb_status status;
    const ask_phrase *p = &q->phrases[i];
    char date[32];
    TRY(add_labels(out, p->mask, var, first));
    if (p->n_items) {
        size_t from = item < 0 ? 0 : (size_t)item;
        if (p->n_items == 1 || item >= 0) TRY(add_keys(out, p, &p->items[from].nodes, var, first));
    }
    if (p->note == ASK_QUESTION) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "(EXISTS { (n%d)<-[:ASKED]-() } OR n%d.kind IN ['answer', 'questions'])", var,
                          var));
    }
    if (p->note == ASK_LETTER && !p->n_items) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "n%d.document IS NOT NULL", var));
    }
    if (p->note == ASK_OFFICE && !p->n_items) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "EXISTS { MATCH (n%d)-[:HOLDS_OFFICE]->() }", var));
    }
    if (p->note == ASK_PROVINCE) {
        TRY(add_and(out, first));
        TRY(vb_buf_printf(out, "n%d.key STARTS WITH 'NL-'", var));
    }
    if (p->note == ASK_NAMED && p->word && !p->n_items) {
        TRY(add_and(out, first));
        for (size_t k = 0; k < p->word->n_stems; k++) {
            TRY(vb_buf_printf(out,
                              "%sany(a IN [n%d.name] + coalesce(n%d.aliases, []) WHERE toLower(a) CONTAINS ",
                              k ? " OR " : "(", var, var));
            TRY(add_text(out, p->word->stems[k]));
            TRY(vb_buf_add(out, VB_STR(")")));
        }
        TRY(vb_buf_add(out, VB_STR(")")));
    }
    snprintf(date, sizeof date, "n%d.date", var);
    if (vb_ask_dated_phrase(q) == i) TRY(add_dates(q, out, date, date, first));
done:
    return status;
}

static vb_status add_phrase(const ask_question *q, vb_buf *out, int i, int var, int item, uint64_t done_links,
                            int *next, int depth, bool first);

static vb_status add_condition(const ask_question *q, vb_buf *out, size_t k, int i, int var, int item,
                               bool negated, uint64_t seen, int *next, int depth)
{
    vb_status status;
    const ask_link *link = &q->links[k];
    bool forth = link->source == i;
    int other = forth ? link->target : link->source, to = (*next)++;
    const ask_phrase *p = other >= 0 ? &q->phrases[other] : NULL;
    bool amount = p && (p->least || p->most) && !negated;
    if (amount && p->least && p->most && p->least != p->most) return VB_TOO_LARGE; /* no words say both */
    TRY(vb_buf_add(out, amount    ? VB_STR("COUNT { MATCH ")
                        : negated ? VB_STR("NOT EXISTS { MATCH ")
                                  : VB_STR("EXISTS { MATCH ")));
    bool first = true;
    TRY(add_step(q, out, link, var, to, forth, &first));
    if (other >= 0) TRY(add_phrase(q, out, other, to, item, seen, next, depth + 1, first));
    TRY(vb_buf_add(out, VB_STR(" }")));
    if (amount)
        TRY(vb_buf_printf(out,
                          p->least == p->most ? " = %zu"
                          : p->least          ? " >= %zu"
                                              : " <= %zu",
                          p->least ? p->least : p->most));
done:
    return status;
}

/** The conditions of one link: one for each name of a list. */
static vb_status add_link(const ask_question *q, vb_buf *out, size_t k, int i, int var, uint64_t seen,
                          int *next, int depth, bool *first)
{
    vb_status status = VB_OK;
    const ask_link *link = &q->links[k];
    int other = link->source == i ? link->target : link->source;
    size_t n = other >= 0 ? q->phrases[other].n_items : 0;
    if (n < 2) {
        TRY(add_and(out, first));
        return add_condition(q, out, k, i, var, -1, link->negated, seen, next, depth);
    }
    TRY(add_and(out, first));
    TRY(vb_buf_add(out, link->negated ? VB_STR("NOT (") : VB_STR("(")));
    for (size_t m = 0; m < n; m++) {
        if (m) TRY(vb_buf_add(out, q->phrases[other].either ? VB_STR(" OR ") : VB_STR(" AND ")));
        TRY(add_condition(q, out, k, i, var, (int)m, q->phrases[other].items[m].negated, seen, next, depth));
    }
    TRY(vb_buf_add(out, VB_STR(")")));
done:
    return status;
}

static vb_status add_phrase(const ask_question *q, vb_buf *out, int i, int var, int item, uint64_t seen,
                            int *next, int depth, bool first)
{
    vb_status status;
    if (depth > DEEPEST) return VB_TOO_LARGE;
    if (depth > 0 && q->dated && vb_ask_dated_phrase(q) < 0) {
        char since[32], until[32];
        snprintf(since, sizeof since, "r%d.last", var);
        snprintf(until, sizeof until, "r%d.first", var);
        TRY(add_dates(q, out, since, until, &first));
    }
    TRY(add_own(q, out, i, var, item, &first));
    for (size_t k = 0; k < q->n_links && k < 64; k++) {
        if (seen & (UINT64_C(1) << k)) continue;
        if (q->links[k].source != i && q->links[k].target != i) continue;
        TRY(add_link(q, out, k, i, var, seen | UINT64_C(1) << k, next, depth, &first));
    }
    for (size_t k = 0; depth == 0 && k < q->n_phrases; k++) {
        const ask_phrase *p = &q->phrases[k];
        if (!p->except || p->gone || !p->n_items) continue;
        TRY(add_and(out, &first));
        TRY(vb_buf_add(out, VB_STR("NOT (")));
        for (size_t m = 0; m < p->n_items; m++) {
            bool inner = true;
            vb_buf keys = { 0 };
            status = add_keys(&keys, p, &p->items[m].nodes, 0, &inner);
            if (status == VB_OK)
                status = vb_buf_printf(out, "%s%s", m ? " OR " : "", keys.at + strlen(" WHERE "));
            vb_buf_clear(&keys);
            if (status != VB_OK) goto done;
        }
        TRY(vb_buf_add(out, VB_STR(")")));
    }
done:
    return status;
}

static vb_status add_path(const ask_question *q, vb_buf *out)
{
    vb_status status;
    int n = 0;
    TRY(vb_buf_add(out, VB_STR("MATCH p = shortestPath((n0)-[*]-(n1))")));
    for (size_t i = 0; i < q->n_phrases; i++)
        for (size_t k = 0; k < q->phrases[i].n_items && !q->phrases[i].gone && n < 2; k++) {
            TRY(vb_buf_printf(out, "%sn%d.key = ", n ? " AND " : " WHERE ", n));
            TRY(add_text(out, q->phrases[i].items[k].nodes.at[0].key));
            n++;
        }
    TRY(vb_buf_add(out, VB_STR(" AND none(r IN relationships(p) WHERE type(r) = 'MENTIONS') RETURN p")));
done:
    return status;
}

static vb_status add_everything(const ask_question *q, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("MATCH (n0)-[r]-(n1) WHERE n0.key = ")));
    for (size_t i = 0; i < q->n_phrases; i++)
        if (q->phrases[i].n_items && !q->phrases[i].gone)
            TRY(add_text(out, q->phrases[i].items[0].nodes.at[0].key));
    TRY(vb_buf_add(
        out, VB_STR(" AND type(r) <> 'MENTIONS' "
                    "RETURN startNode(r).name AS source, type(r) AS relation, endNode(r).name AS target")));
done:
    return status;
}

static vb_status add_return(const ask_question *q, vb_buf *out)
{
    size_t limit = q->limit ? q->limit : q->phrases[q->root].plural ? 5 : 1;
    if (q->moment)
        return vb_buf_printf(out,
                             " WITH n0 WHERE n0.date IS NOT NULL WITH n0 ORDER BY n0.date%s WITH collect(n0) "
                             "AS all UNWIND all AS n1 "
                             "WITH n1, found[0].date AS date WHERE n1.date = date RETURN DISTINCT n1",
                             q->moment == ASK_LATEST ? " DESC" : "");
    switch (q->goal) {
    case ASK_TRUTH:
        return vb_buf_add(out, VB_STR(" RETURN count(DISTINCT n0) > 0 AS answer"));
    case ASK_OFTEN:
        return vb_buf_add(out, VB_STR(" MATCH (n0)<-[r:MENTIONS]-() RETURN sum(r.weight) AS answer"));
    case ASK_COUNT:
        return vb_buf_add(out, VB_STR(" RETURN count(DISTINCT n0) AS answer"));
    case ASK_MOST:
        return vb_buf_printf(out,
                             " MATCH (n0)-[r]-() WHERE type(r) IN ['%s'] RETURN n0, sum(%s) AS score "
                             "ORDER BY score DESC LIMIT %zu",
                             q->n_links
                                 ? vb_relation_get((vb_relation)__builtin_ctz(q->links[0].relations))->name
                                 : "MENTIONS",
                             q->relation & 1u << VB_REL_MENTIONS ? "r.weight" : "1", limit);
    case ASK_CENTRAL:
        return vb_buf_printf(out,
                             " CALL verband.pagerank() YIELD node, score WHERE node = n0 "
                             "RETURN n0, score ORDER BY score DESC LIMIT %zu",
                             limit);
    default:
        return vb_buf_add(out, VB_STR(" RETURN DISTINCT n0 ORDER BY n0.name"));
    }
}

/** The links from phrase @p at to what is counted, in their order; 0: there is no way within @p room links.
 */
static size_t way_to_root(const ask_question *q, int at, uint64_t seen, size_t *way, size_t room)
{
    for (size_t k = 0; k < q->n_links && room; k++) {
        const ask_link *link = &q->links[k];
        if ((seen & (UINT64_C(1) << k)) || link->negated || (link->source != at && link->target != at))
            continue;
        int other = link->source == at ? link->target : link->source;
        way[0] = k;
        if (other == q->root) return 1;
        size_t n = other < 0 ? 0 : way_to_root(q, other, seen | UINT64_C(1) << k, way + 1, room - 1);
        if (n) return n + 1;
    }
    return 0;
}

/** "MATCH (n0) … MATCH (n0)<-[…]-(n1) … RETURN n0.name AS each, count(DISTINCT n1) AS number" */
static vb_status add_each(const ask_question *q, vb_buf *out)
{
    vb_status status;
    size_t way[ASK_LINKS_MAX] = { 0 };
    size_t n = q->each >= 0 ? way_to_root(q, q->each, 0, way, ASK_LINKS_MAX) : 0;
    uint64_t seen = 0;
    int at = q->each >= 0 ? q->each : q->root, next = (int)n + 1;
    for (size_t i = 0; i < n; i++) seen |= UINT64_C(1) << way[i];
    TRY(vb_buf_add(out, VB_STR("MATCH (n0)")));
    TRY(add_phrase(q, out, at, 0, -1, seen, &next, 0, true));
    for (size_t i = 0; i < n; i++) {
        const ask_link *link = &q->links[way[i]];
        bool forth = link->source == at, first = true;
        TRY(vb_buf_add(out, VB_STR(" MATCH ")));
        TRY(add_step(q, out, link, (int)i, (int)i + 1, forth, &first));
        at = forth ? link->target : link->source;
        TRY(add_phrase(q, out, at, (int)i + 1, -1, seen, &next, 1, first));
    }
    if (q->each >= 0)
        TRY(vb_buf_printf(out, " RETURN n0.name AS each, count(DISTINCT n%zu) AS number ORDER BY number DESC",
                          n));
    else
        TRY(vb_buf_printf(
            out, " RETURN substring(n0.date, 0, %zu) AS each, count(DISTINCT n0) AS number ORDER BY each",
            q->period));
done:
    return status;
}

vb_status vb_ask_cypher(const ask_question *q, vb_str *out)
{
    vb_status status;
    vb_buf text = { 0 };
    int next = 1;
    if (q->goal == ASK_PATH) {
        TRY(add_path(q, &text));
    } else if (q->goal == ASK_CHANGES) {
        vb_str sides[2];
        TRY(vb_ask_diff_sides(q, sides));
        TRY(vb_buf_printf(&text, "verband diff \"%.*s\" \"%.*s\"", VB_FMT(sides[0]), VB_FMT(sides[1])));
    } else if (q->each >= 0 || q->period) {
        TRY(add_each(q, &text));
    } else if (q->goal == ASK_EVERYTHING) {
        TRY(add_everything(q, &text));
    } else {
        TRY(vb_buf_add(&text, VB_STR("MATCH (n0)")));
        TRY(add_phrase(q, &text, q->root, 0, -1, 0, &next, 0, true));
        TRY(add_return(q, &text));
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}

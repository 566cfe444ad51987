/** Sets of nodes: from labels, from names, along the edges of a link, filtered by dates. SQL is here only. */
#include "queries/ask_set.h"

#include <sqlite3.h>
#include <stdlib.h>

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void vb_ask_set_sort(ask_set *set)
{
    size_t n = 0;
    if (!set->len) return;
    qsort(set->at, set->len, sizeof *set->at, by_id);
    for (size_t i = 1; i < set->len; i++)
        if (set->at[i] != set->at[n]) set->at[++n] = set->at[i];
    set->len = n + 1;
}

bool vb_ask_set_has(const ask_set *set, int64_t id)
{
    return set->all || (set->len && bsearch(&id, set->at, set->len, sizeof id, by_id));
}

void vb_ask_set_keep(ask_set *a, const ask_set *b, bool without)
{
    size_t n = 0;
    for (size_t i = 0; i < a->len; i++)
        if (vb_ask_set_has(b, a->at[i]) != without) a->at[n++] = a->at[i];
    a->len = n;
}

vb_status vb_ask_set_add(ask_question *q, ask_set *set, int64_t id)
{
    if (set->len >= ASK_SET_MAX)
        return vb_fail(q->err, VB_TOO_LARGE, "the question touches more than %d nodes", ASK_SET_MAX);
    if (vb_push(q->arena, set) != VB_OK) return vb_fail_memory(q->err);
    set->at[set->len - 1] = id;
    return VB_OK;
}

/** Append the first column of every row, where the second is a label of @p mask. */
static vb_status collect(ask_question *q, sqlite3_stmt *stmt, unsigned mask, ask_set *out)
{
    vb_status status = VB_OK;
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        vb_label label;
        vb_str name = { (const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1) };
        if (mask != VB_MASK_ANY && (!vb_label_find(name, &label) || !(mask & (1u << label)))) continue;
        TRY(vb_ask_set_add(q, out, sqlite3_column_int64(stmt, 0)));
    }
    if (code != SQLITE_DONE) status = vb_store_fail(q->store, q->err, "answering a question");
done:
    sqlite3_reset(stmt);
    return status;
}

vb_status vb_ask_set_of_labels(ask_question *q, unsigned mask, ask_set *out)
{
    static const char sql[] = "SELECT n.id, l.name FROM label_set l CROSS JOIN node n ON n.labels = l.id "
                              "WHERE l.name = ?1";
    vb_status status = VB_OK;
    *out = (ask_set){ 0 };
    for (int i = 0; i < VB_LABEL_COUNT; i++) {
        sqlite3_stmt *stmt;
        if (!(mask & (1u << i))) continue;
        TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
        sqlite3_bind_text(stmt, 1, vb_label_name((vb_label)i), -1, SQLITE_STATIC);
        TRY(collect(q, stmt, mask, out));
    }
    vb_ask_set_sort(out);
done:
    return status;
}

vb_status vb_ask_set_of_items(ask_question *q, const ask_phrase *p, bool negated, ask_set *out)
{
    vb_status status = VB_OK;
    *out = (ask_set){ 0 };
    for (size_t i = 0; i < p->n_items; i++)
        for (size_t k = 0; k < p->items[i].nodes.len && p->items[i].negated == negated; k++) {
            vb_label label;
            const vb_node *node = &p->items[i].nodes.at[k];
            if (!vb_label_find(node->label, &label) || !(p->mask & (1u << label))) continue;
            TRY(vb_ask_set_add(q, out, node->id));
        }
    vb_ask_set_sort(out);
done:
    return status;
}

int vb_ask_dated_phrase(const ask_question *q)
{
    if (!q->dated) return -1;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (!p->gone && (!p->n_items || p->searched) && !(p->mask & ~(unsigned)VB_MASK_DOCUMENT))
            return (int)i;
    }
    return -1;
}

/** Whether a folded sentence names the article: "artikel 13b", "art 13b". */
static bool names_article(ask_question *q, vb_str text)
{
    static const char *const words[] = { "artikel", "art", "artikelen", "article" };
    vb_str folded, wanted;
    if (vb_fold(q->arena, text, &folded) != VB_OK) return false;
    for (size_t i = 0; i < VB_COUNT(words); i++) {
        if (vb_arena_printf(q->arena, &wanted, "%s %.*s", words[i], VB_FMT(q->article)) != VB_OK)
            return false;
        for (size_t at = 0; (at = vb_str_find(folded, wanted, at)) != SIZE_MAX; at++) {
            size_t end = at + wanted.len;
            bool closed = end == folded.len || folded.at[end] == ' ';
            if (closed && (at == 0 || folded.at[at - 1] == ' ')) return true;
        }
    }
    return false;
}

/** Whether the edge is about the article asked for: its mentions carry it, or its sentences say it. */
static vb_status has_article(ask_question *q, int64_t edge, bool *out)
{
    static const char sql[] = "SELECT 1 FROM edge e JOIN document d ON d.node = e.source "
                              "JOIN mention m ON m.document = d.id AND m.node = e.target "
                              "WHERE e.id = ?1 AND lower(m.article) = ?2 LIMIT 1";
    vb_status status;
    sqlite3_stmt *stmt;
    vb_edge full;
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, edge);
    sqlite3_bind_text(stmt, 2, q->article.at, (int)q->article.len, SQLITE_STATIC);
    *out = sqlite3_step(stmt) == SQLITE_ROW;
    sqlite3_reset(stmt);
    if (*out) goto done;
    TRY(vb_store_edge(q->store, edge, 50, q->arena, &full, q->err));
    for (size_t i = 0; i < full.n_evidence && !*out; i++) *out = names_article(q, full.evidence[i].text);
done:
    return status;
}

typedef struct step {
    int64_t edge, near, far;
} step;

static const char out_sql[] = "SELECT e.id, e.source, e.target, l.name, e.first, e.last FROM relation r "
                              "JOIN edge e ON e.source = ?1 AND e.type = r.id JOIN node n ON n.id = e.target "
                              "JOIN label_set l ON l.id = n.labels WHERE r.name = ?2";
static const char in_sql[] = "SELECT e.id, e.target, e.source, l.name, e.first, e.last FROM relation r "
                             "JOIN edge e ON e.target = ?1 AND e.type = r.id JOIN node n ON n.id = e.source "
                             "JOIN label_set l ON l.id = n.labels WHERE r.name = ?2";
static const char out_all_sql[] = "SELECT e.id, e.source, e.target, l.name, e.first, e.last FROM relation r "
                                  "JOIN edge e ON e.type = r.id JOIN node n ON n.id = e.target "
                                  "JOIN label_set l ON l.id = n.labels WHERE r.name = ?2 AND ?1 = 0";
static const char in_all_sql[] = "SELECT e.id, e.target, e.source, l.name, e.first, e.last FROM relation r "
                                 "JOIN edge e ON e.type = r.id JOIN node n ON n.id = e.source "
                                 "JOIN label_set l ON l.id = n.labels WHERE r.name = ?2 AND ?1 = 0";

/** A ministry's letters are those of who held its office in them: the letter itself says so, or its day. */
#define IN_OFFICE                                                                                      \
    " FROM relation r JOIN edge e ON e.type = r.id JOIN document d ON d.node = e.target"               \
    " JOIN relation o ON o.name = 'HOLDS_OFFICE' JOIN edge h ON h.source = e.source AND h.type = o.id" \
    " WHERE r.name = ?2 AND EXISTS (SELECT 1 FROM evidence v WHERE v.edge = h.id AND v.document = d.id)"
static const char office_out_sql[] = /* from the ministry ?1; the edges of an office first */
    "SELECT e.id, h.target, e.target, 'Document', e.first, e.last FROM relation o"
    " JOIN edge h ON h.target = ?1 AND h.type = o.id JOIN relation r ON r.name = ?2"
    " JOIN edge e ON e.source = h.source AND e.type = r.id JOIN document d ON d.node = e.target"
    " WHERE o.name = 'HOLDS_OFFICE' AND EXISTS"
    " (SELECT 1 FROM evidence v WHERE v.edge = h.id AND v.document = d.id)";
static const char office_in_sql[] =
    "SELECT e.id, e.target, h.target, 'Ministry', e.first, e.last" IN_OFFICE " AND e.target = ?1";
static const char office_in_all_sql[] =
    "SELECT e.id, e.target, h.target, 'Ministry', e.first, e.last" IN_OFFICE " AND ?1 = 0";

static vb_str column(sqlite3_stmt *stmt, int i)
{
    return (vb_str){ (const char *)sqlite3_column_text(stmt, i), (size_t)sqlite3_column_bytes(stmt, i) };
}

/** Dates that are said of no documents are those of the sentences that say an edge. */
static bool dates_fit(const ask_question *q, sqlite3_stmt *stmt)
{
    if (!q->dated || vb_ask_dated_phrase(q) >= 0) return true;
    vb_str first = column(stmt, 4), last = column(stmt, 5);
    if (!first.len) return false;
    bool late = q->dates.since[0] && vb_str_cmp(last.len ? last : first, vb_str_of(q->dates.since)) < 0;
    bool early = q->dates.until[0] && vb_str_cmp(first, vb_str_of(q->dates.until)) > 0;
    return !late && !early;
}

typedef VB_VEC(step) steps;

/** Append the steps of a statement of ?1 a node, ?2 a relation. */
static vb_status gather(ask_question *q, const char *sql, vb_relation relation, int64_t id, unsigned mask,
                        steps *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    int code;
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_text(stmt, 2, vb_relation_get(relation)->name, -1, SQLITE_STATIC);
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        vb_label label;
        bool fits = mask == VB_MASK_ANY || (vb_label_find(column(stmt, 3), &label) && (mask & (1u << label)));
        if (!fits || !dates_fit(q, stmt)) continue;
        if (out->len >= 4 * (size_t)ASK_SET_MAX) {
            sqlite3_reset(stmt);
            return vb_fail(q->err, VB_TOO_LARGE, "the question touches too many edges");
        }
        if ((status = vb_push(q->arena, out)) != VB_OK) break;
        out->at[out->len - 1] = (step){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                                        sqlite3_column_int64(stmt, 2) };
    }
    if (status == VB_OK && code != SQLITE_DONE)
        status = vb_store_fail(q->store, q->err, "answering a question");
    sqlite3_reset(stmt);
done:
    return status;
}

/** The edges of one relation and direction at @p id (0: of all nodes); where ministries are asked for, their
 *  letters too. */
static vb_status walk(ask_question *q, vb_relation relation, int64_t id, bool forth, unsigned mask,
                      steps *out)
{
    vb_status status;
    const char *sql = id ? (forth ? out_sql : in_sql) : (forth ? out_all_sql : in_all_sql);
    TRY(gather(q, sql, relation, id, mask, out));
    if (relation != VB_REL_AUTHORED || (!forth && mask != VB_MASK_MINISTRY)) goto done;
    if (forth && id) TRY(gather(q, office_out_sql, relation, id, mask, out));
    if (!forth) TRY(gather(q, id ? office_in_sql : office_in_all_sql, relation, id, mask, out));
done:
    return status;
}

/** All relations and, for symmetric ones, both directions of a link at @p id. */
static vb_status walk_link(ask_question *q, const ask_link *link, int64_t id, bool forth, unsigned mask,
                           steps *out)
{
    vb_status status = VB_OK;
    for (unsigned r = 0; r < VB_REL_COUNT; r++) {
        if (!(link->relations & (1u << r))) continue;
        TRY(walk(q, (vb_relation)r, id, forth, mask, out));
        if (vb_relation_get((vb_relation)r)->symmetric) TRY(walk(q, (vb_relation)r, id, !forth, mask, out));
    }
    if (!q->article.len || !(link->relations & (1u << VB_REL_CITES | 1u << VB_REL_MENTIONS))) goto done;
    size_t n = 0;
    for (size_t i = 0; i < out->len; i++) {
        bool fits;
        TRY(has_article(q, out->at[i].edge, &fits));
        if (fits) out->at[n++] = out->at[i];
    }
    out->len = n;
done:
    return status;
}

vb_status vb_ask_set_step(ask_question *q, const ask_link *link, const ask_set *from, bool forth,
                          unsigned mask, ask_set *out)
{
    vb_status status = VB_OK;
    *out = (ask_set){ 0 };
    for (size_t i = 0; i < (from->all ? 1 : from->len); i++) {
        steps found = { 0 };
        TRY(walk_link(q, link, from->all ? 0 : from->at[i], forth, mask, &found));
        for (size_t k = 0; k < found.len; k++) TRY(vb_ask_set_add(q, out, found.at[k].far));
        if (out->len > ASK_SET_MAX / 2) vb_ask_set_sort(out);
    }
    vb_ask_set_sort(out);
done:
    return status;
}

vb_status vb_ask_set_edges(ask_question *q, const ask_link *link, int64_t a, int64_t b, bool forth,
                           unsigned mask, ask_set *ids)
{
    vb_status status;
    steps found = { 0 };
    TRY(walk_link(q, link, a, forth, mask, &found));
    for (size_t k = 0; k < found.len; k++)
        if (!b || found.at[k].far == b) TRY(vb_ask_set_add(q, ids, found.at[k].edge));
done:
    return status;
}

/** Whether a question of one column and one parameter has a row, and its text between two dates. */
static vb_status check(ask_question *q, const char *sql, int64_t id, const char *since, const char *until,
                       bool *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, id);
    *out = sqlite3_step(stmt) == SQLITE_ROW;
    if (*out && (since || until)) {
        vb_str date = column(stmt, 0);
        *out = date.len && (!since || !*since || vb_str_cmp(date, vb_str_of(since)) >= 0) &&
               (!until || !*until || vb_str_cmp(date, vb_str_of(until)) <= 0);
    }
    sqlite3_reset(stmt);
done:
    return status;
}

/** What the words of types.tsv ask of a node besides its label. @p soft: passed over when no node has it. */
static const struct filter {
    const char *sql;
    bool soft;
} filters[] = {
    [ASK_QUESTION] = { "SELECT 1 FROM relation r JOIN edge e ON e.target = ?1 AND e.type = r.id WHERE r.name "
                       "= 'ASKED' "
                       "UNION ALL SELECT 1 FROM document WHERE node = ?1 AND kind IN ('answer', 'questions') "
                       "UNION ALL SELECT 1 FROM relation r JOIN edge e ON e.target = ?1 AND e.type = r.id "
                       "JOIN evidence v ON v.edge = e.id WHERE r.name = 'AUTHORED' AND v.text LIKE "
                       "'%antwoord%' LIMIT 1",
                       true },
    [ASK_PROVINCE] = { "SELECT 1 FROM node WHERE id = ?1 AND key GLOB 'NL-[A-Z][A-Z]'", false },
    [ASK_OFFICE] = { "SELECT 1 FROM relation r JOIN edge e ON e.source = ?1 AND e.type = r.id "
                     "WHERE r.name = 'HOLDS_OFFICE' LIMIT 1",
                     true },
    [ASK_MEMBER] = { "SELECT 1 FROM relation r JOIN edge e ON e.source = ?1 AND e.type = r.id "
                     "JOIN node n ON n.id = e.target JOIN label_set l ON l.id = n.labels "
                     "WHERE r.name = 'ASKED' OR (r.name = 'MEMBER_OF' AND l.name = 'Party') LIMIT 1",
                     true },
    [ASK_LETTER] = { "SELECT 1 FROM document WHERE node = ?1", false },
    [ASK_MOTION] = { "SELECT 1 FROM alias WHERE node = ?1 AND folded LIKE 'motie %' LIMIT 1", false },
    [ASK_EU] = { "SELECT 1 FROM node WHERE id = ?1 AND key GLOB '3[0-9][0-9][0-9][0-9][LRD]*' UNION ALL "
                 "SELECT 1 FROM alias WHERE node = ?1 AND (folded LIKE '%richtlijn%' OR folded LIKE "
                 "'%verordening%') "
                 "LIMIT 1",
                 true },
    [ASK_TREATY] = { "SELECT 1 FROM node WHERE id = ?1 AND key GLOB 'BWBV*' UNION ALL "
                     "SELECT 1 FROM alias WHERE node = ?1 AND folded LIKE '%verdrag%' LIMIT 1",
                     true },
};

/** Whether one of a node's names says what kind of thing it is: "Universiteit". */
static vb_status is_named(ask_question *q, const ask_word *kind, int64_t id, bool *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    *out = false;
    TRY(vb_store_prepare(q->store, "SELECT folded FROM alias WHERE node = ?1", &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, id);
    while (!*out && sqlite3_step(stmt) == SQLITE_ROW)
        for (size_t i = 0; i < kind->n_stems; i++)
            *out |= vb_str_find(column(stmt, 0), kind->stems[i], 0) != SIZE_MAX;
    sqlite3_reset(stmt);
done:
    return status;
}

/** Keep what is called by the word that the question calls it. */
static vb_status keep_named(ask_question *q, const ask_word *kind, ask_set *set)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (size_t i = 0; i < set->len; i++) {
        bool keep;
        TRY(is_named(q, kind, set->at[i], &keep));
        if (keep) set->at[n++] = set->at[i];
    }
    set->len = n;
done:
    return status;
}

vb_status vb_ask_set_filter(ask_question *q, const ask_phrase *p, ask_set *set)
{
    static const char dated[] = "SELECT date FROM document WHERE node = ?1";
    vb_status status = VB_OK;
    bool by_date = vb_ask_dated_phrase(q) == (int)(p - q->phrases);
    const char *sql = p->note < VB_COUNT(filters) ? filters[p->note].sql : NULL;
    bool soft = sql && filters[p->note].soft && !(p->note == ASK_OFFICE && q->goal == ASK_TRUTH);
    size_t n = 0;
    if (p->note == ASK_NAMED && p->word && !p->n_items) TRY(keep_named(q, p->word, set));
    size_t before = set->len;
    if (!sql && !by_date) return VB_OK;
    for (size_t i = 0; i < before && sql; i++) {
        bool keep;
        TRY(check(q, sql, set->at[i], NULL, NULL, &keep));
        if (keep) set->at[n++] = set->at[i];
    }
    /* an answer whose questioner no sentence names is an answer all the same */
    if (sql && (n || !soft)) set->len = n;
    n = 0;
    for (size_t i = 0; i < set->len && by_date; i++) {
        bool keep;
        TRY(check(q, dated, set->at[i], q->dates.since, q->dates.until, &keep));
        if (keep) set->at[n++] = set->at[i];
    }
    if (by_date) set->len = n;
done:
    return status;
}

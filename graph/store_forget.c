/**
 * The way out of the store. What a document said before is taken out first; when its new version is in, what
 * lost its last reason to live ends: an edge without evidence, a name that no document gives, a node that
 * nothing mentions, no edge ends in and that is no loaded document.
 */
#include "graph/store.h"

/* ---- what a document says of an edge ------------------------------------------------------------------ */

/** What a document's sentences of an edge come to. */
typedef struct vb_saying {
    int64_t sentences, certainty, origin, amount; /* amount 0: none */
} vb_saying;

#define SAYING                                                                                \
    " count(*) FILTER (WHERE start >= 0), ifnull(min(certainty), 1), ifnull(min(origin), 3)," \
    " ifnull(max(amount), 0) FROM evidence WHERE document = ? "

static vb_saying read_saying(sqlite3_stmt *stmt, int at)
{
    return (vb_saying){ .sentences = sqlite3_column_int64(stmt, at),
                        .certainty = sqlite3_column_int64(stmt, at + 1),
                        .origin = sqlite3_column_int64(stmt, at + 2),
                        .amount = sqlite3_column_int64(stmt, at + 3) };
}

/** Note which edges the former version says, what it says of each, and its date. */
static vb_status note_sayings(vb_put *p, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_saying) sayings = { 0 };
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT date FROM document WHERE id = ?", "i", p->document));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (row) TRY(vb_sql_copy(stmt, 0, p->arena, &p->old_date) == VB_OK ? VB_OK : vb_fail_memory(err));
    sqlite3_reset(stmt);
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT edge," SAYING "GROUP BY edge ORDER BY edge", "i",
                    p->document));
    while ((status = vb_sql_row(p->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(p->arena, &p->old_edges) != VB_OK || vb_push(p->arena, &sayings) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        p->old_edges.at[p->old_edges.len - 1] = sqlite3_column_int64(stmt, 0);
        sayings.at[sayings.len - 1] = read_saying(stmt, 1);
    }
    p->old_sayings = sayings.at;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Note what hangs on the former version, and take its parts out. */
vb_status vb_put_forget(vb_put *p, vb_error *err)
{
    static const char *const parts[] = {
        ("UPDATE alias SET documents = documents - 1"
         " WHERE id IN (SELECT alias FROM alias_document WHERE document = ?)"),
        "DELETE FROM alias_document WHERE document = ?",
        "DELETE FROM evidence WHERE document = ?",
        "DELETE FROM mention WHERE document = ?",
        "DELETE FROM passage WHERE document = ?",
    };
    vb_status status = VB_OK;
    int64_t node = 0, mentions = p->store->relations[VB_REL_MENTIONS];
    if (!p->changed) goto done;
    TRY(vb_sql_id(p->store, err, &node, "SELECT node FROM document WHERE id = ?", "i", p->document));
    TRY(note_sayings(p, err));
    TRY(vb_sql_ids(p->store, err, p->arena, &p->old_nodes,
                   "SELECT target FROM edge WHERE source = ?1 AND type = ?2 UNION ALL SELECT ?1", "ii", node,
                   mentions));
    TRY(vb_sql_ids(p->store, err, p->arena, &p->old_aliases,
                   "SELECT alias FROM alias_document WHERE document = ?", "i", p->document));
    TRY(vb_words_drop_passages(p->store, p->document, err));
    for (size_t i = 0; i < VB_COUNT(parts); i++) TRY(vb_sql_do(p->store, err, parts[i], "i", p->document));
    TRY(vb_sql_do(p->store, err,
                  "DELETE FROM evidence WHERE edge IN (SELECT id FROM edge WHERE source = ? AND type = ?)",
                  "ii", node, mentions));
    TRY(vb_sql_do(p->store, err, "DELETE FROM edge WHERE source = ? AND type = ?", "ii", node, mentions));
done:
    return status;
}

vb_status vb_edge_count_anew(vb_store *store, int64_t edge, vb_error *err)
{
    return vb_sql_do(
        store, err,
        "UPDATE edge SET (weight, first, last, certainty, origin, amount) = (SELECT"
        " nullif(count(*) FILTER (WHERE e.start >= 0), 0), min(d.date) FILTER (WHERE e.start >= 0),"
        " max(d.date) FILTER (WHERE e.start >= 0), nullif(min(e.certainty), 0), min(e.origin), max(e.amount)"
        " FROM evidence e LEFT JOIN document d ON d.id = e.document WHERE e.edge = ?1)"
        " WHERE id = ?1",
        "i", edge);
}

/** What an edge says, as far as a document's new version may change it. */
typedef struct sums {
    int64_t weight, certainty, origin, amount;
    vb_str first, last;
} sums;

/** Whether the edge loses a date that only the former version may have given it. */
static bool date_is_lost(const vb_put *p, vb_str bound, const vb_saying *old, const vb_saying *new, int side)
{
    if (!old->sentences || !p->old_date.len || !vb_str_eq(p->old_date, bound)) return false;
    return !new->sentences || !p->record->date.len || side *vb_str_cmp(p->record->date, bound) < 0;
}

/** Whether another letter of the former version's date says the edge. */
static vb_status date_is_there(vb_put *p, int64_t edge, int64_t *out, vb_error *err)
{
    *out = 0;
    return vb_sql_id(p->store, err, out,
                     "SELECT 1 FROM evidence v JOIN document d ON d.id = v.document WHERE v.edge = ? AND"
                     " v.start >= 0 AND d.date = ? LIMIT 1",
                     "is", edge, p->old_date);
}

/**
 * Bring an edge up to date from what the letter said and what it says now: one that thousands of letters say
 * is not counted again for one of them. *known is false where the letter had the first or last date, the
 * largest amount or the greatest certainty and has it no more: others must be asked then.
 */
static vb_status count_saying(vb_put *p, int64_t edge, const vb_saying *old, bool *known, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_saying new;
    sums s;
    int64_t others = 0;
    *known = false;
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT" SAYING "AND edge = ?", "ii", p->document, edge));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    new = read_saying(stmt, 0);
    sqlite3_reset(stmt);
    TRY(vb_sql_bind(p->store, err, &stmt,
                    "SELECT ifnull(weight, 0), ifnull(certainty, 0), origin, ifnull(amount, 0), first, last"
                    " FROM edge WHERE id = ?",
                    "i", edge));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    s = (sums){ .weight = sqlite3_column_int64(stmt, 0),
                .certainty = sqlite3_column_int64(stmt, 1),
                .origin = sqlite3_column_int64(stmt, 2),
                .amount = sqlite3_column_int64(stmt, 3),
                .first = vb_sql_text(stmt, 4),
                .last = vb_sql_text(stmt, 5) };
    if (!row || s.origin > VB_ORIGIN_GAZETTEER || (old->amount > new.amount && old->amount >= s.amount))
        goto done;
    TRY(vb_sql_id(
        p->store, err, &others,
        "SELECT EXISTS(SELECT 1 FROM evidence WHERE edge = ?1 AND certainty <= ?2) AND EXISTS(SELECT 1"
        " FROM evidence WHERE edge = ?1 AND origin <= ?3)",
        "iii", edge, s.certainty, s.origin));
    if (others && date_is_lost(p, s.first, old, &new, -1)) TRY(date_is_there(p, edge, &others, err));
    if (others && date_is_lost(p, s.last, old, &new, 1)) TRY(date_is_there(p, edge, &others, err));
    if (!others) goto done;
    sqlite3_reset(stmt);
    TRY(vb_sql_do(p->store, err,
                  "UPDATE edge SET weight = nullif(ifnull(weight, 0) + ?2, 0),"
                  " first = ifnull(min(first, ?3), ifnull(first, ?3)),"
                  " last = ifnull(max(last, ?3), ifnull(last, ?3)),"
                  " certainty = nullif(min(ifnull(certainty, 0), ?4), 0), origin = min(origin, ?5),"
                  " amount = nullif(max(ifnull(amount, 0), ?6), 0) WHERE id = ?1",
                  "iiniii", edge, new.sentences - old->sentences,
                  new.sentences ? p->record->date : (vb_str){ 0 }, new.certainty, new.origin, new.amount));
    *known = true;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status sweep_edges(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->old_edges.len; i++) {
        int64_t edge = p->old_edges.at[i], said = 0;
        TRY(vb_sql_id(p->store, err, &said, "SELECT 1 FROM evidence WHERE edge = ? LIMIT 1", "i", edge));
        if (said) {
            bool known = false;
            if (p->old_sayings) TRY(count_saying(p, edge, &p->old_sayings[i], &known, err));
            if (!known) TRY(vb_edge_count_anew(p->store, edge, err));
            continue;
        }
        TRY(vb_sql_ids(
            p->store, err, p->arena, &p->old_nodes,
            "SELECT source FROM edge WHERE id = ?1 UNION ALL SELECT target FROM edge WHERE id = ?1", "i",
            edge));
        TRY(vb_sql_do(p->store, err, "DELETE FROM edge WHERE id = ?", "i", edge));
    }
done:
    return status;
}

/** A name is about to end: its id may come back as another one's. */
static vb_status drop_alias(vb_put *p, int64_t alias, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    int64_t given = vb_known_given(p->store, alias);
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT node, name FROM alias WHERE id = ?", "i", alias));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (row) vb_known_unlearn(p->store, VB_KNOWN_NAME(sqlite3_column_int64(stmt, 0)), vb_sql_text(stmt, 1));
    sqlite3_reset(stmt);
    if (given) (void)vb_known_take(p->store, alias);
    TRY(vb_words_drop_alias(p->store, alias, err));
done:
    return status;
}

static vb_status sweep_aliases(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(&p->old_aliases);
    for (size_t i = 0; i < p->old_aliases.len; i++) {
        int64_t alias = p->old_aliases.at[i], dead = 0, given = vb_known_given(p->store, alias);
        TRY(vb_sql_id(p->store, err, &dead,
                      "SELECT a.id FROM alias a JOIN node n ON n.id = a.node"
                      " WHERE a.id = ? AND a.documents + ? <= 0 AND a.name <> n.name",
                      "ii", alias, given));
        if (!dead) continue;
        TRY(drop_alias(p, alias, err));
        TRY(vb_sql_do(p->store, err, "DELETE FROM alias WHERE id = ?", "i", alias));
    }
done:
    return status;
}

static vb_status sweep_nodes(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(&p->old_nodes);
    for (size_t i = 0; i < p->old_nodes.len; i++) {
        int64_t node = p->old_nodes.at[i], dead = 0;
        vb_ids names = { 0 };
        TRY(vb_sql_id(p->store, err, &dead,
                      "SELECT id FROM node WHERE id = ?1 AND origin <= 1"
                      " AND NOT EXISTS(SELECT 1 FROM edge WHERE source = ?1)"
                      " AND NOT EXISTS(SELECT 1 FROM edge WHERE target = ?1)"
                      " AND NOT EXISTS(SELECT 1 FROM document WHERE node = ?1)",
                      "i", node));
        if (!dead) continue;
        vb_known_forget(p->store); /* its id may come back */
        TRY(vb_sql_ids(p->store, err, p->arena, &names, "SELECT id FROM alias WHERE node = ?", "i", node));
        for (size_t k = 0; k < names.len; k++) TRY(drop_alias(p, names.at[k], err));
        TRY(vb_sql_do(p->store, err, "DELETE FROM alias WHERE node = ?", "i", node));
        TRY(vb_sql_do(p->store, err, "DELETE FROM node WHERE id = ?", "i", node));
    }
done:
    return status;
}

vb_status vb_put_sweep(vb_put *p, vb_error *err)
{
    vb_status status;
    TRY(sweep_edges(p, err));
    TRY(sweep_aliases(p, err));
    TRY(sweep_nodes(p, err));
done:
    return status;
}

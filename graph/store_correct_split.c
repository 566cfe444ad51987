/**
 * One node made two: the mentions of a document, or those by a certain name, become another node's, with the
 * sentences they stand in and the names those documents give. A split of two nodes that are there already
 * moves nothing: it says that they are two (store_correct.c sees that they are never merged).
 *
 * A sentence goes along when none of the mentions in it stays behind, and one goes, or the whole document
 * goes.
 */
#include "graph/store_correct.h"

/** What a split works on. */
typedef struct split {
    vb_fix *fix;
    int64_t from, to;
    vb_str name; /* folded: only mentions by this name; empty: all of the document */
    vb_texts texts;
} split;

/** Mentions of the node in one document, in the order of the text. */
typedef struct place {
    int64_t start, length;
    bool goes;
} place;
typedef VB_VEC(place) places;

static vb_status list_places(split *s, int64_t document, places *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(s->fix->store, err, &stmt,
                    "SELECT start, length FROM mention WHERE document = ? AND node = ? ORDER BY start", "ii",
                    document, s->from));
    while ((status = vb_sql_row(s->fix->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(s->fix->arena, out) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        out->at[out->len - 1] =
            (place){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1), s->name.len == 0 };
    }
    for (size_t i = 0; status == VB_OK && s->name.len && i < out->len; i++) {
        vb_str text, folded;
        place *p = &out->at[i];
        TRY(vb_texts_get(&s->texts, document, p->start, p->length, s->fix->arena, &text, err));
        TRY(vb_fold(s->fix->arena, text, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
        p->goes = vb_str_eq(folded, s->name);
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static size_t n_going(const places *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->len; i++) n += list->at[i].goes;
    return n;
}

/** Whether a sentence goes along. A gazetteer's fact (start below 0) is about the former node alone. */
static bool sentence_goes(const split *s, const places *list, int64_t start, int64_t length)
{
    size_t stays = 0, goes = 0;
    if (start < 0) return false;
    for (size_t i = 0; i < list->len; i++) {
        const place *p = &list->at[i];
        if (p->start < start || p->start + p->length > start + length) continue;
        if (p->goes)
            goes++;
        else
            stays++;
    }
    return stays == 0 && (goes > 0 || !s->name.len);
}

/* ---- mentions ----------------------------------------------------------------------------------------- */

static vb_status count_mentions(split *s, int64_t document, int64_t node, vb_error *err)
{
    vb_status status;
    vb_store *store = s->fix->store;
    int64_t type = store->relations[VB_REL_MENTIONS];
    TRY(vb_sql_do(store, err,
                  "DELETE FROM edge WHERE target = ?1 AND type = ?2 AND source = (SELECT node FROM document"
                  " WHERE id = ?3)",
                  "iii", node, type, document));
    TRY(vb_sql_do(
        store, err,
        "INSERT INTO edge(type, source, target, origin, weight, first, last) SELECT ?2, d.node, ?1, 0,"
        " count(*), d.date, d.date FROM document d JOIN mention m ON m.document = d.id AND m.node = ?1"
        " WHERE d.id = ?3 GROUP BY d.id",
        "iii", node, type, document));
done:
    return status;
}

static vb_status move_mentions(split *s, int64_t document, const places *list, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].goes)
            TRY(vb_sql_do(s->fix->store, err, "UPDATE mention SET node = ? WHERE document = ? AND start = ?",
                          "iii", s->to, document, list->at[i].start));
    TRY(count_mentions(s, document, s->from, err));
    TRY(count_mentions(s, document, s->to, err));
done:
    return status;
}

/* ---- names -------------------------------------------------------------------------------------------- */

/** Names that the document gives the node: they go with all its mentions there, or the one that was asked
 * for. */
static vb_status move_names(split *s, int64_t document, bool all, vb_error *err)
{
    vb_status status;
    vb_fix *f = s->fix;
    vb_ids names = { 0 };
    TRY(vb_sql_ids(f->store, err, f->arena, &names,
                   "SELECT a.id FROM alias a JOIN alias_document x ON x.alias = a.id AND x.document = ?1"
                   " WHERE a.node = ?2 AND (?3 OR a.folded = ?4)",
                   "iiis", document, s->from, (int64_t)all, s->name));
    for (size_t i = 0; i < names.len; i++) {
        vb_str name = { 0 };
        sqlite3_stmt *stmt;
        bool row;
        TRY(vb_sql_bind(f->store, err, &stmt, "SELECT name FROM alias WHERE id = ?", "i", names.at[i]));
        TRY(vb_sql_row(f->store, err, stmt, &row));
        if (!row) continue;
        status = vb_sql_copy(stmt, 0, f->arena, &name) == VB_OK ? VB_OK : vb_fail_memory(err);
        sqlite3_reset(stmt);
        TRY(status);
        TRY(vb_fix_name(f, s->to, name, err));
        TRY(vb_sql_do(f->store, err,
                      "UPDATE alias_document SET alias = (SELECT id FROM alias WHERE node = ? AND name = ?)"
                      " WHERE document = ? AND alias = ?",
                      "isii", s->to, name, document, names.at[i]));
        TRY(vb_sql_do(f->store, err, "UPDATE alias SET documents = documents + 1 WHERE node = ? AND name = ?",
                      "is", s->to, name));
        TRY(vb_sql_do(f->store, err, "UPDATE alias SET documents = documents - 1 WHERE id = ?", "i",
                      names.at[i]));
        TRY(vb_fix_doubt(f, &f->sweep.old_aliases, names.at[i], err));
    }
done:
    return status;
}

/* ---- sentences ---------------------------------------------------------------------------------------- */

/** The edge of the new node that says the same; made when it is new. 0 where it may not run. */
static vb_status find_twin(split *s, vb_fix_edge *edge, int64_t *out, vb_error *err)
{
    vb_status status;
    bool may;
    vb_fix *f = s->fix;
    int64_t source = edge->source == s->from ? s->to : edge->source;
    int64_t target = edge->target == s->from ? s->to : edge->target;
    *out = 0;
    TRY(vb_fix_may_run(f, edge, &source, &target, &may, err));
    if (!may) goto done;
    TRY(vb_fix_other(f, edge, source, target, out, err));
    if (*out) goto done;
    TRY(vb_sql_do(f->store, err, "INSERT INTO edge(type, source, target, origin) VALUES(?, ?, ?, 0)", "iii",
                  edge->type, source, target));
    *out = sqlite3_last_insert_rowid(f->store->db);
done:
    return status;
}

typedef struct said {
    int64_t id, edge, start, length;
} said;

static vb_status move_one(split *s, int64_t document, const said *what, const places *list, bool all,
                          vb_error *err)
{
    vb_status status = VB_OK;
    vb_fix *f = s->fix;
    vb_fix_edge edge;
    int64_t twin;
    bool goes = sentence_goes(s, list, what->start, what->length);
    if (!goes && !(what->start < 0 && all)) goto done;
    TRY(vb_fix_doubt(f, &f->sweep.old_edges, what->edge, err));
    TRY(vb_fix_lose_edge(f, what->edge, document, err));
    if (goes) {
        TRY(vb_fix_edge_read(f, what->edge, &edge, err));
        if (edge.origin == VB_ORIGIN_IMPORT) {
            f->sweep.old_edges.len--;
            goto done;
        }
        TRY(find_twin(s, &edge, &twin, err));
        if (twin) {
            if (edge.turned) TRY(vb_fix_turn(f, what->edge, what->id, err));
            TRY(vb_sql_do(f->store, err, "UPDATE OR IGNORE evidence SET edge = ? WHERE id = ?", "ii", twin,
                          what->id));
            TRY(vb_fix_doubt(f, &f->sweep.old_edges, twin, err));
        }
    }
    TRY(vb_sql_do(f->store, err, "DELETE FROM evidence WHERE id = ? AND edge = ?", "ii", what->id,
                  what->edge));
done:
    return status;
}

/** What the document says of the former node's edges. */
static vb_status move_sentences(split *s, int64_t document, const places *list, bool all, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(said) rows = { 0 };
    TRY(vb_sql_bind(s->fix->store, err, &stmt,
                    "SELECT v.id, v.edge, v.start, v.length FROM evidence v JOIN edge e ON e.id = v.edge"
                    " WHERE v.document = ?1 AND (e.source = ?2 OR e.target = ?2) ORDER BY v.id",
                    "ii", document, s->from));
    while ((status = vb_sql_row(s->fix->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(s->fix->arena, &rows) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        rows.at[rows.len - 1] = (said){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                                        sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3) };
    }
    for (size_t i = 0; status == VB_OK && i < rows.len; i++)
        TRY(move_one(s, document, &rows.at[i], list, all, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

static vb_status split_document(split *s, int64_t document, bool *any, vb_error *err)
{
    vb_status status;
    places list = { 0 };
    TRY(list_places(s, document, &list, err));
    size_t n = n_going(&list);
    if (!n) goto done;
    *any = true;
    bool all = n == list.len;
    if (!s->to) TRY(vb_fix_make(s->fix, &s->fix->what->b, &s->to, err));
    if (!s->to) goto done;
    TRY(move_sentences(s, document, &list, all, err));
    TRY(move_mentions(s, document, &list, err));
    TRY(move_names(s, document, all, err));
    TRY(vb_fix_doubt(s->fix, &s->fix->documents, document, err));
done:
    return status;
}

static vb_status documents_of(split *s, vb_ids *out, vb_error *err)
{
    vb_fix *f = s->fix;
    return vb_sql_ids(
        f->store, err, f->arena, out,
        "SELECT d.id FROM edge e JOIN document d ON d.node = e.source WHERE e.target = ?1"
        " AND e.type = ?2 AND (?3 = '' OR d.file = ?3) AND (d.hash <> 0 OR d.bytes <> 0) ORDER BY d.id",
        "iis", s->from, f->store->relations[VB_REL_MENTIONS], f->what->document);
}

vb_status vb_fix_split(vb_fix *f, vb_error *err)
{
    vb_status status = VB_OK;
    split s = { .fix = f, .texts = { .store = f->store } };
    vb_ids documents = { 0 };
    bool any = false;
    if (!f->what->document.len && !f->what->text.len) goto done; /* they are two: nothing moves */
    TRY(vb_fix_find(f->store, f->what->a.label, f->what->a.key, &s.from, err));
    TRY(vb_fix_find(f->store, f->what->b.label, f->what->b.key, &s.to, err));
    if (!s.from) {
        f->idle = "nothing is called this";
        goto done;
    }
    TRY(vb_fold(f->arena, f->what->text, &s.name) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(documents_of(&s, &documents, err));
    for (size_t i = 0; i < documents.len; i++) TRY(split_document(&s, documents.at[i], &any, err));
    if (!any) f->idle = "no document says it so";
    TRY(vb_fix_doubt(f, &f->sweep.old_nodes, s.from, err));
done:
    vb_texts_clear(&s.texts);
    return status;
}

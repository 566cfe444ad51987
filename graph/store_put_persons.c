/**
 * Which node is meant by a person's name: "het lid Jansen (VVD)" of one letter is not "het lid Jansen (SP)"
 * of another. What the store says of the node with the plain key is read from the edges and names that
 * documents give, so that it is true again when a document changes; nothing else is kept. Which letters mean
 * the same person does not hang on their order; who of them has the plain key does: the first. With that one
 * goes a letter that says nothing but the surname.
 */
#include "graph/persons.h"
#include "graph/store_pending.h"

static bool in_list(const vb_str *list, size_t n, vb_str one)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(list[i], one)) return true;
    return false;
}

/** The key of a party, by its node; empty of a node that is none. */
static vb_status party_key(vb_put *p, int64_t node, vb_str *out, vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t party = p->store->labels[VB_LABEL_PARTY];
    const vb_cell *waits = vb_pending_node(p->store, node);
    *out = (vb_str){ 0 };
    if (waits) {
        if (waits[VB_NODE_LABELS].n == party) *out = vb_cell_str(&waits[VB_NODE_KEY]);
        return VB_OK;
    }
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT key FROM node WHERE id = ? AND labels = ?", "ii", node,
                    party));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (row && vb_sql_copy(stmt, 0, p->arena, out) != VB_OK) status = vb_fail_memory(err);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** As compare_parties(), of what documents of this batch say. */
static vb_status compare_waiting(vb_put *p, int64_t node, const vb_rec_person *who, bool *said, bool *fits,
                                 vb_error *err)
{
    vb_status status = VB_OK;
    const vb_said *s = NULL;
    while ((s = vb_pending_next(p->store, VB_REL_MEMBER_OF, node, s)) != NULL) {
        vb_str key;
        TRY(party_key(p, s->target, &key, err));
        *said = *said || key.len;
        *fits = *fits || (key.len && in_list(who->parties, who->n_parties, key));
    }
done:
    return status;
}

/** Whether documents say parties of the node, and one of them fits. */
static vb_status compare_parties(vb_store *store, int64_t node, const vb_rec_person *who, bool *said,
                                 bool *fits, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT t.key FROM edge e JOIN node t ON t.id = e.target"
                    " WHERE e.source = ? AND e.type = ? AND t.labels = ?"
                    " AND EXISTS(SELECT 1 FROM evidence WHERE edge = e.id)",
                    "iii", node, store->relations[VB_REL_MEMBER_OF], store->labels[VB_LABEL_PARTY]));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        *said = true;
        *fits = *fits || in_list(who->parties, who->n_parties, vb_sql_text(stmt, 0));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Whether documents give the node the full name of somebody else. */
static vb_status has_other_name(vb_store *store, int64_t node, const vb_rec_person *who, bool *out,
                                vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    if (!who->n_others) goto done;
    TRY(vb_sql_bind(store, err, &stmt, "SELECT id, documents, name FROM alias WHERE node = ?", "i", node));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        int64_t given = sqlite3_column_int64(stmt, 1) + vb_known_given(store, sqlite3_column_int64(stmt, 0));
        *out = *out || (given > 0 && in_list(who->others, who->n_others, vb_sql_text(stmt, 2)));
    }
    const vb_rows *names = &store->pending->rows[VB_PENDING_ALIAS];
    for (size_t i = 0; i < names->n; i++) {
        const vb_cell *cells = &names->cells[i * names->columns];
        if (cells[VB_ALIAS_NODE].n == node && vb_known_given(store, cells[0].n) > 0)
            *out = *out || in_list(who->others, who->n_others, vb_cell_str(&cells[VB_ALIAS_NAME]));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** A namesake's key: "jansen-sp". */
static vb_status key_apart(vb_put *p, const vb_rec_person *who, size_t party, vb_str *out, vb_error *err)
{
    return vb_arena_printf(p->arena, out, "%.*s-%.*s", VB_FMT(who->base), VB_FMT(who->parties[party])) ==
                   VB_OK
               ? VB_OK
               : vb_fail_memory(err);
}

vb_status vb_put_person(vb_put *p, const vb_rec_node *n, vb_str *key, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_rec_person *who = n->person;
    int64_t node = 0;
    bool said = false, fits = false, other = false, plain = vb_str_eq(n->key, who->base);
    vb_str apart;
    for (size_t i = 0; i < who->n_parties; i++) {
        TRY(key_apart(p, who, i, &apart, err));
        TRY(vb_put_find(p->store, n->label, apart, &node, err));
        if (node) {
            *key = apart;
            goto done;
        }
    }
    TRY(vb_put_find(p->store, n->label, who->base, &node, err));
    if (!node || !who->n_parties) goto done;
    TRY(compare_parties(p->store, node, who, &said, &fits, err));
    TRY(compare_waiting(p, node, who, &said, &fits, err));
    TRY(has_other_name(p->store, node, who, &other, err));
    if ((said && !fits) || other)
        TRY(key_apart(p, who, 0, key, err));
    else if (plain || fits)
        *key = who->base;
done:
    return status;
}

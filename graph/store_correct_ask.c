/**
 * What a person asks for as a correction: texts checked, nodes and documents found by their names, and what
 * no correction may do refused. Of several requests in one go each is read in the graph that the ones before
 * it left; a name that meant something before the first of them is still known when they have ended or merged
 * its node. Writing and applying is left to store_correct.c.
 */
#include "graph/store_correct.h"

enum { TEXT_MAX = 64 << 10 }; /* bytes of any text of a correction */

static bool is_same(const vb_node *a, const vb_node *b)
{
    return vb_str_eq(a->label, b->label) && vb_str_eq(a->key, b->key);
}

/* ---- what is asked for -------------------------------------------------------------------------------- */

vb_status vb_fix_check_text(vb_str text, const char *what, bool needed, vb_error *err)
{
    if (needed && !vb_str_trim(text).len) return vb_fail(err, VB_BAD_ARGUMENT, "%s is missing", what);
    if (text.len > TEXT_MAX)
        return vb_fail(err, VB_BAD_ARGUMENT, "%s is longer than %d KiB", what, TEXT_MAX >> 10);
    if (vb_utf8_check(text) != text.len || (text.len && memchr(text.at, '\0', text.len)))
        return vb_fail(err, VB_BAD_ARGUMENT, "%s is no text (UTF-8 without NUL)", what);
    return VB_OK;
}

/** "2024-05-31T12:00:00Z". */
static bool is_time(vb_str s)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    if (s.len != sizeof shape - 1) return false;
    for (size_t i = 0; i < s.len; i++)
        if (shape[i] == 'd' ? s.at[i] < '0' || s.at[i] > '9' : s.at[i] != shape[i]) return false;
    return true;
}

vb_status vb_fix_check_when(vb_str when, vb_error *err)
{
    if (is_time(when)) return VB_OK;
    return vb_fail(err, VB_BAD_ARGUMENT, "the time is no UTC time such as 2024-05-31T12:00:00Z");
}

static vb_status check_texts(const vb_correction_request *r, vb_error *err)
{
    vb_status status;
    bool edge = r->relation.len > 0;
    TRY(vb_fix_check_text(r->a, "the node", true, err));
    TRY(vb_fix_check_text(r->b, edge ? "the second node" : "the second name",
                          edge || r->kind == VB_MERGE || r->kind == VB_SPLIT || r->kind == VB_RENAME, err));
    TRY(vb_fix_check_text(r->a_name, "the name", false, err));
    TRY(vb_fix_check_text(r->b_name, "the second name", false, err));
    TRY(vb_fix_check_text(r->relation, "the relation", false, err));
    TRY(vb_fix_check_text(r->document, "the document", false, err));
    TRY(vb_fix_check_text(r->text, "the text", false, err));
    TRY(vb_fix_check_text(r->source, "the source", false, err));
    TRY(vb_fix_check_text(r->who, "who says so", true, err));
    TRY(vb_fix_check_text(r->why, "the reason", false, err));
    TRY(vb_fix_check_when(r->when, err));
    if ((unsigned)r->kind >= VB_CORRECTION_KINDS)
        status = vb_fail(err, VB_BAD_ARGUMENT, "no such correction");
    else if (r->b.len && !edge && (r->kind == VB_ASSERT || r->kind == VB_REJECT))
        status = vb_fail(err, VB_BAD_ARGUMENT, "two nodes need a relation between them");
done:
    return status;
}

/* ---- what was there before the first of several ------------------------------------------------------- */

/** The node that a name means now, if it means one. */
static vb_status find_before(vb_store *store, vb_str name, vb_arena *arena, vb_node *out, vb_error *err)
{
    vb_status status;
    vb_nodes found = { 0 };
    vb_arena *scratch = vb_arena_new();
    if (!scratch) return vb_fail_memory(err);
    status = vb_fix_check_text(name, "", true, NULL) == VB_OK
                 ? vb_store_resolve(store, name, scratch, &found, NULL)
                 : VB_UNKNOWN_NAME;
    if (status != VB_OK && status != VB_UNKNOWN_NAME) {
        status =
            status == VB_NO_MEMORY ? vb_fail_memory(err) : vb_store_fail(store, err, "looking up a name");
        goto done;
    }
    status = VB_OK;
    if (found.len != 1) goto done;
    vb_node node = { 0 };
    TRY(vb_arena_copy(arena, found.at[0].label, &node.label) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_arena_copy(arena, found.at[0].key, &node.key) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_arena_copy(arena, found.at[0].name, &node.name) == VB_OK ? VB_OK : vb_fail_memory(err));
    *out = node;
done:
    vb_arena_free(scratch);
    return status;
}

vb_status vb_fix_look(vb_store *store, const vb_correction_request *r, vb_arena *arena, vb_fix_before *out,
                      vb_error *err)
{
    vb_status status = VB_OK;
    int64_t said = 0;
    vb_fix_before before = { 0 };
    if (r->make) goto done; /* it may wait whatever there was */
    TRY(find_before(store, r->a, arena, &before.a, err));
    if (r->kind != VB_RENAME && r->b.len) TRY(find_before(store, r->b, arena, &before.b, err));
    if (r->kind == VB_REJECT && before.a.key.len && before.b.key.len && !r->document.len)
        TRY(vb_sql_id(store, err, &said,
                      "SELECT 1 FROM label_set s, node a, label_set z, node b, relation t, edge e"
                      " WHERE s.name = ?1 AND a.labels = s.id AND a.key = ?2 AND z.name = ?3 AND"
                      " b.labels = z.id AND b.key = ?4 AND t.name = ?5 AND e.type = t.id AND"
                      " ((e.source = a.id AND e.target = b.id) OR (t.symmetric AND e.source = b.id AND"
                      " e.target = a.id)) LIMIT 1",
                      "sssss", before.a.label, before.a.key, before.b.label, before.b.key, r->relation));
    before.said = said != 0;
    *out = before;
done:
    return status;
}

/* ---- nodes and documents ------------------------------------------------------------------------------- */

/** A node that is not there yet: "Label:Name", or a name and the label it gets. */
static vb_status new_node(vb_fix_asked *q, vb_str name, vb_str called, vb_str label, vb_node *out,
                          vb_error *err)
{
    vb_status status = VB_OK;
    vb_label known;
    size_t colon = vb_str_find(name, VB_STR(":"), 0);
    if (colon != SIZE_MAX && vb_label_find(vb_str_part(name, 0, colon), &known)) {
        label = vb_str_part(name, 0, colon);
        name = vb_str_trim(vb_str_part(name, colon + 1, name.len));
    }
    if (!label.len || !name.len)
        return vb_fail(err, VB_BAD_ARGUMENT,
                       "write a new node as Label:Name, e.g. \"Organisation:Stichting X\"");
    *out = (vb_node){ .label = label, .key = name, .name = called.len ? called : name };
    if (!called.len) {
        TRY(vb_slug(q->arena, name, &out->key) == VB_OK ? VB_OK : vb_fail_memory(err));
        if (!out->key.len)
            status = vb_fail(err, VB_BAD_ARGUMENT, "a name without a letter or digit names nothing");
    }
done:
    return status;
}

/** What a name meant before the first request; or what that became a part of; or nothing any more. */
static vb_status find_before_or_heir(vb_fix_asked *q, const vb_node *before, vb_node *out, vb_error *err)
{
    vb_status status;
    int64_t there;
    *out = *before;
    TRY(vb_fix_find(q->store, out->label, out->key, &there, err));
    if (there) goto done;
    TRY(vb_fix_ties_read(q->store, q->ties, err));
    *out = *vb_fix_merged(q->ties, before);
    TRY(vb_fix_find(q->store, out->label, out->key, &there, err));
    q->gone |= !there;
done:
    return status;
}

/** The node that a name means, or meant before the first request; or the one that is to be made of it, with
 * @p label where the name has none. */
static vb_status find_node(vb_fix_asked *q, vb_str name, vb_str called, bool make, vb_str label,
                           const vb_node *before, vb_node *out, vb_error *err)
{
    vb_status status;
    vb_error unknown = { 0 };
    name = vb_str_trim(name);
    if (before && before->key.len) return find_before_or_heir(q, before, out, err);
    status = vb_store_resolve_one(q->store, name, q->arena, out, &unknown);
    if (status == VB_UNKNOWN_NAME && make) {
        TRY(new_node(q, name, called, label, out, err));
    } else if (status != VB_OK) {
        if (err) *err = unknown;
    } else if (!out->key.len) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "a node without a key cannot be corrected");
    }
done:
    return status;
}

static vb_status check_relation(vb_fix_asked *q, vb_error *err)
{
    vb_relation relation;
    vb_label from, to;
    const vb_correction *f = &q->fix;
    if (!vb_relation_find(f->relation, &relation))
        return vb_fail(err, VB_BAD_ARGUMENT, "%.*s is no relation (`verband stats` lists those there are)",
                       VB_FMT(f->relation));
    if (f->kind == VB_REJECT) return VB_OK;
    if (relation == VB_REL_MENTIONS)
        return vb_fail(err, VB_BAD_ARGUMENT,
                       "what a document mentions stands in it: MENTIONS cannot be asserted");
    if (is_same(&f->a, &f->b))
        return vb_fail(err, VB_BAD_ARGUMENT, "an edge from a node to itself says nothing");
    if (!vb_label_find(f->a.label, &from) || !vb_label_find(f->b.label, &to) ||
        !vb_relation_allows(relation, from, to))
        return vb_fail(err, VB_BAD_ARGUMENT, "%.*s does not run from %.*s to %.*s", VB_FMT(f->relation),
                       VB_FMT(f->a.label), VB_FMT(f->b.label));
    return VB_OK;
}

/** The file name of the document that is meant, and whether it says what is quoted. */
static vb_status find_document(vb_fix_asked *q, vb_error *err)
{
    vb_status status;
    int64_t id = 0, said = 1;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_error unknown = { 0 };
    if (!q->request->document.len) return VB_OK;
    status = vb_store_document(q->store, q->request->document, &id, &unknown);
    if (status == VB_UNKNOWN_NAME && q->request->make) {
        q->fix.document = q->request->document;
        status = VB_OK;
        goto done;
    }
    if (status != VB_OK) {
        if (err) *err = unknown;
        goto done;
    }
    TRY(vb_sql_bind(q->store, err, &stmt, "SELECT file FROM document WHERE id = ?", "i", id));
    TRY(vb_sql_row(q->store, err, stmt, &row));
    if (row) TRY(vb_sql_copy(stmt, 0, q->arena, &q->fix.document) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (q->fix.kind == VB_ASSERT && q->fix.text.len && !q->request->make)
        TRY(vb_sql_id(
            q->store, err, &said,
            "SELECT instr(CAST(text AS BLOB), CAST(? AS BLOB)) FROM document_text WHERE document = ?", "si",
            q->fix.text, id));
    if (!said)
        status = vb_fail(err, VB_NOT_FOUND, "%.*s does not say \"%.*s\"", VB_FMT(q->fix.document),
                         VB_FMT(vb_str_part(q->fix.text, 0, 200)));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The second node, or the new name. */
static vb_status find_second(vb_fix_asked *q, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_correction_request *r = q->request;
    bool part = r->kind == VB_SPLIT && (r->document.len || r->text.len);
    if (r->kind == VB_RENAME)
        q->fix.b.name = vb_str_trim(r->b);
    else if (r->b.len)
        TRY(find_node(q, r->b, r->b_name, r->make || part,
                      r->kind == VB_SPLIT ? q->fix.a.label : (vb_str){ 0 }, q->before ? &q->before->b : NULL,
                      &q->fix.b, err));
    if (r->kind == VB_RENAME && q->fix.b.name.len > VB_NAME_MAX)
        status = vb_fail(err, VB_BAD_ARGUMENT, "the name is longer than %d bytes", VB_NAME_MAX);
    bool same = is_same(&q->fix.a, &q->fix.b);
    if (same && r->kind == VB_MERGE && q->before && !is_same(&q->before->a, &q->before->b)) {
        q->fix.a = q->before->a; /* one already, by what others were merged with */
        q->fix.b = q->before->b;
        q->gone = true;
    } else if (same && (r->kind == VB_MERGE || r->kind == VB_SPLIT))
        status = vb_fail(err, VB_BAD_ARGUMENT, "both names mean %.*s:%.*s (%.*s)", VB_FMT(q->fix.a.label),
                         VB_FMT(q->fix.a.name), VB_FMT(q->fix.a.key));
done:
    return status;
}

/* ---- making ------------------------------------------------------------------------------------------- */

vb_status vb_fix_prepare(vb_fix_asked *q, vb_error *err)
{
    vb_status status;
    const vb_correction_request *r = q->request;
    q->fix = (vb_correction){ .kind = r->kind,
                              .relation = r->relation,
                              .text = r->text,
                              .source = r->source,
                              .who = r->who,
                              .when = r->when,
                              .why = r->why };
    TRY(check_texts(r, err));
    TRY(find_node(q, r->a, r->a_name, r->make, (vb_str){ 0 }, q->before ? &q->before->a : NULL, &q->fix.a,
                  err));
    TRY(find_second(q, err));
    if (r->relation.len) TRY(check_relation(q, err));
    TRY(find_document(q, err));
    if (r->kind == VB_MERGE) {
        TRY(vb_fix_ties_read(q->store, q->ties, err));
        TRY(vb_fix_check_apart(q->ties, &q->fix, err));
    }
done:
    return status;
}

/**
 * Binding patterns. In MATCH a name that is known is a condition and a new one a new variable; in CREATE and
 * MERGE a node may be named again bare, a relationship never. The rules are those of openCypher's errors:
 * VariableTypeConflict, VariableAlreadyBound, RelationshipUniquenessViolation, NoSingleRelationshipType,
 * RequiresDirectedRelationship, CreatingVarLength, InvalidParameterUse.
 */
#include "queries/cypher/cypher.h"

static vb_status conflict(vb_cy_plan *p, uint32_t at, vb_str name, const char *is)
{
    return vb_cy_fail(p->source, at, VB_BAD_INPUT, "SyntaxError/VariableTypeConflict",
                      "'%.*s' is something else than %s", VB_FMT(name), is);
}

static vb_status already(vb_cy_plan *p, uint32_t at, vb_str name)
{
    return vb_cy_fail(p->source, at, VB_BAD_INPUT, "SyntaxError/VariableAlreadyBound",
                      "'%.*s' stands for something already", VB_FMT(name));
}

static vb_status bind_props(vb_cy_plan *p, vb_cy_expr *props, bool match)
{
    if (!props) return VB_OK;
    if (props->kind == E_PARAM && match)
        return vb_cy_fail(p->source, props->at, VB_BAD_INPUT, "SyntaxError/InvalidParameterUse",
                          "a parameter cannot stand for all properties of a pattern that is looked for");
    return vb_cy_bind(p, props);
}

static vb_status name_node(vb_cy_plan *p, vb_cy_node *n)
{
    const vb_cy_var *v = n->name.len ? vb_cy_var_find(p, n->name) : NULL;
    if (v) {
        n->slot = v->slot;
        return v->type & (TY_NODE | TY_NULL) ? VB_OK : conflict(p, n->at, n->name, "a node");
    }
    n->fresh = true;
    n->slot = -1;
    if (n->name.len) return vb_cy_var_add(p, n->name, TY_NODE, 0, &n->slot);
    n->slot = vb_cy_slot_new(p);
    return VB_OK;
}

static vb_status name_rel(vb_cy_plan *p, vb_cy_rel *r, const vb_cy_pattern *pattern)
{
    const vb_cy_var *v = r->name.len ? vb_cy_var_find(p, r->name) : NULL;
    if (r->direction == 2) r->direction = 0;
    if (v) {
        for (size_t i = 0; i < pattern->parts.len; i++)
            for (size_t k = 0; k < pattern->parts.at[i]->rels.len; k++)
                if (pattern->parts.at[i]->rels.at[k] == r)
                    goto checked;
                else if (vb_str_eq(pattern->parts.at[i]->rels.at[k]->name, r->name))
                    return vb_cy_fail(p->source, r->at, VB_BAD_INPUT,
                                      "SyntaxError/RelationshipUniquenessViolation",
                                      "'%.*s' stands twice in one pattern", VB_FMT(r->name));
    checked:
        r->slot = v->slot;
        if (v->type & TY_NULL) return VB_OK;
        if (r->var_length ? v->type & TY_LIST && (!v->items || v->items & TY_REL) : v->type & TY_REL)
            return VB_OK;
        return conflict(p, r->at, r->name, "a relationship");
    }
    r->fresh = true;
    r->slot = -1;
    if (!r->name.len)
        r->slot = vb_cy_slot_new(p);
    else
        return vb_cy_var_add(p, r->name, r->var_length ? TY_LIST : TY_REL, TY_REL, &r->slot);
    return VB_OK;
}

static vb_status name_path(vb_cy_plan *p, vb_cy_part *part)
{
    part->slot = -1;
    if (!part->name.len) {
        if (part->shortest) part->slot = vb_cy_slot_new(p);
        return VB_OK;
    }
    if (vb_cy_var_find(p, part->name)) return already(p, part->at, part->name);
    for (size_t k = 0; k < part->nodes.len; k++)
        if (vb_str_eq(part->nodes.at[k]->name, part->name) ||
            (k < part->rels.len && vb_str_eq(part->rels.at[k]->name, part->name)))
            return already(p, part->at, part->name);
    return VB_OK;
}

static vb_status match_part(vb_cy_plan *p, vb_cy_part *part, const vb_cy_pattern *pattern)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < part->nodes.len; i++) {
        TRY(name_node(p, part->nodes.at[i]));
        if (i < part->rels.len) TRY(name_rel(p, part->rels.at[i], pattern));
    }
    if (part->shortest && part->rels.len != 1)
        status = vb_cy_fail(p->source, part->at, VB_BAD_INPUT, "SyntaxError/InvalidRelationshipPattern",
                            "a shortest path has one relationship between two nodes");
done:
    return status;
}

vb_status vb_cy_bind_match(vb_cy_plan *p, vb_cy_pattern *pattern)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < pattern->parts.len; i++) {
        vb_cy_part *part = pattern->parts.at[i];
        TRY(name_path(p, part));
        TRY(match_part(p, part, pattern));
        if (part->name.len) TRY(vb_cy_var_add(p, part->name, TY_PATH, 0, &part->slot));
    }
    for (size_t i = 0; i < pattern->parts.len; i++) {
        vb_cy_part *part = pattern->parts.at[i];
        for (size_t k = 0; k < part->nodes.len; k++) TRY(bind_props(p, part->nodes.at[k]->props, true));
        for (size_t k = 0; k < part->rels.len; k++) TRY(bind_props(p, part->rels.at[k]->props, true));
    }
done:
    return status;
}

/* ---- CREATE and MERGE
 * ---------------------------------------------------------------------------------------- */

static vb_status create_node(vb_cy_plan *p, vb_cy_node *n, bool alone, bool merge)
{
    const vb_cy_var *v = n->name.len ? vb_cy_var_find(p, n->name) : NULL;
    if (v && !(v->type & TY_NODE)) return already(p, n->at, n->name);
    if (v && (alone || n->labels.len || n->props)) return already(p, n->at, n->name);
    vb_status status = bind_props(p, n->props, merge);
    return status == VB_OK ? name_node(p, n) : status;
}

static vb_status create_rel(vb_cy_plan *p, vb_cy_rel *r, const vb_cy_pattern *pattern, bool merge)
{
    vb_status status;
    if (r->name.len && vb_cy_var_find(p, r->name)) return already(p, r->at, r->name);
    if (r->var_length)
        return vb_cy_fail(p->source, r->at, VB_BAD_INPUT, "SyntaxError/CreatingVarLength",
                          "a relationship of variable length cannot be made");
    if (r->types.len != 1)
        return vb_cy_fail(p->source, r->at, VB_BAD_INPUT, "SyntaxError/NoSingleRelationshipType",
                          "a new relationship has exactly one type");
    if ((r->direction == 0 || r->direction == 2) && !merge)
        return vb_cy_fail(p->source, r->at, VB_BAD_INPUT, "SyntaxError/RequiresDirectedRelationship",
                          "a new relationship has a direction");
    TRY(bind_props(p, r->props, merge));
    TRY(name_rel(p, r, pattern));
done:
    return status;
}

vb_status vb_cy_bind_create(vb_cy_plan *p, vb_cy_pattern *pattern, bool merge)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < pattern->parts.len; i++) {
        vb_cy_part *part = pattern->parts.at[i];
        if (part->shortest) {
            status = vb_cy_fail(p->source, part->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                                "a shortest path cannot be made");
            goto done;
        }
        TRY(name_path(p, part));
        for (size_t k = 0; k < part->nodes.len; k++) {
            TRY(create_node(p, part->nodes.at[k], !part->rels.len, merge));
            if (k < part->rels.len) TRY(create_rel(p, part->rels.at[k], pattern, merge));
        }
        if (part->name.len) TRY(vb_cy_var_add(p, part->name, TY_PATH, 0, &part->slot));
    }
done:
    return status;
}

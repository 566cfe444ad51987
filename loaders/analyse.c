/**
 * One document from bytes to edges: format, view, names, relations, in this order; and the list of what the
 * document names, which the last two fill.
 */
#include "loaders/reader.h"

enum { ENTITIES_FIRST = 64 };

/** Place of (label, key) in the table, or the free place where it belongs. */
static size_t entity_place(const vb_analysis *a, vb_label label, vb_str key)
{
    size_t mask = a->entity_table_size - 1, i = (size_t)(vb_hash(key) * 31 + label) & mask;
    for (; a->entity_table[i]; i = (i + 1) & mask) {
        const vb_entity *known = &a->entities.at[a->entity_table[i] - 1];
        if (known->label == label && vb_str_eq(known->key, key)) break;
    }
    return i;
}

static vb_status entity_table_grow(vb_analysis *a)
{
    size_t size = a->entity_table_size ? a->entity_table_size * 2 : ENTITIES_FIRST;
    uint32_t *table = vb_arena_array(a->arena, size, sizeof *table);
    if (!table) return VB_NO_MEMORY;
    a->entity_table = table;
    a->entity_table_size = size;
    for (size_t i = 0; i < a->entities.len; i++)
        table[entity_place(a, a->entities.at[i].label, a->entities.at[i].key)] = (uint32_t)i + 1;
    return VB_OK;
}

vb_status vb_entity_add(vb_analysis *a, vb_label label, vb_str key, vb_str name, uint32_t *out)
{
    vb_entity entity = { .label = label, .part_of = VB_NONE, .holds = VB_NONE };
    if (a->entities.len * 2 >= a->entity_table_size && entity_table_grow(a) != VB_OK) return VB_NO_MEMORY;
    size_t place = entity_place(a, label, key);
    if (a->entity_table[place]) {
        *out = a->entity_table[place] - 1;
        return VB_OK;
    }
    if (vb_arena_copy(a->arena, key, &entity.key) != VB_OK ||
        vb_arena_copy(a->arena, name, &entity.name) != VB_OK || vb_push(a->arena, &a->entities) != VB_OK)
        return VB_NO_MEMORY;
    a->entities.at[a->entities.len - 1] = entity;
    a->entity_table[place] = (uint32_t)a->entities.len;
    *out = (uint32_t)(a->entities.len - 1);
    return VB_OK;
}

vb_status vb_entity_alias(vb_analysis *a, uint32_t entity, vb_str alias)
{
    vb_entity *e = &a->entities.at[entity];
    vb_str copy;
    if (!alias.len || vb_str_eq(e->name, alias)) return VB_OK;
    for (size_t i = 0; i < e->aliases.len; i++)
        if (vb_str_eq(e->aliases.at[i], alias)) return VB_OK;
    if (vb_arena_copy(a->arena, alias, &copy) != VB_OK || vb_push(a->arena, &e->aliases) != VB_OK)
        return VB_NO_MEMORY;
    e->aliases.at[e->aliases.len - 1] = copy;
    return VB_OK;
}

/** Longest run of bytes that marks, a hyphen and a line break may leave out inside a mention. */
enum { GAP_MAX = 48 };

/** Drop mentions that a page's foot or a note interrupts: their words stand in two places of the source. */
static void drop_interrupted(vb_analysis *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->mentions.len; i++) {
        const vb_named *m = &a->mentions.at[i];
        bool whole = true;
        for (uint32_t k = m->start + 1; k < m->end; k++)
            whole = whole && a->view.origin[k] >= a->view.origin[k - 1] &&
                    a->view.origin[k] - a->view.origin[k - 1] <= GAP_MAX;
        if (whole) a->mentions.at[kept++] = *m;
    }
    a->mentions.len = kept;
}

vb_status vb_analysis_begin(vb_reader *reader, vb_str file, vb_analysis *out, vb_error *err)
{
    vb_analysis a = { .arena = vb_arena_new(), .reader = reader, .own_reader = !reader };
    if (!a.arena || (!reader && vb_reader_new(&a.reader) != VB_OK) || vb_reader_trim(a.reader) != VB_OK ||
        vb_arena_copy(a.arena, file, &a.file) != VB_OK) {
        vb_analysis_clear(&a);
        return vb_fail_memory(err);
    }
    *out = a;
    return VB_OK;
}

/** What the format and the view have to tell the user, as one note. */
static vb_status join_notes(vb_analysis *a)
{
    vb_str note = a->view.remark;
    if (!note.len) return VB_OK;
    if (a->source.note &&
        vb_arena_printf(a->arena, &note, "%s; %.*s", a->source.note, VB_FMT(a->view.remark)) != VB_OK)
        return VB_NO_MEMORY;
    a->source.note = note.at;
    return VB_OK;
}

vb_status vb_analyse(const vb_loader *loader, vb_reader *reader, vb_str file, vb_str bytes, vb_analysis *out,
                     vb_error *err)
{
    vb_status status;
    vb_analysis a = { 0 };

    TRY(vb_analysis_begin(reader, file, &a, err));
    TRY(vb_format_read(bytes, a.arena, &a.source, err));
    a.source.names = loader->names;
    TRY(vb_view_make(&a.source, a.arena, &a.view, err));
    TRY(join_notes(&a) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_names_find(loader->names, &a, err));
    TRY(vb_relations_find(loader->relations, &a, err));
    TRY(vb_holders_find(loader->names, &a, err));
    TRY(vb_namesakes_find(loader->names, &a, err));
    drop_interrupted(&a);
    *out = a;
    a = (vb_analysis){ 0 };
done:
    vb_analysis_clear(&a);
    return status;
}

vb_status vb_analyse_text(const vb_loader *loader, vb_str file, vb_str text, vb_analysis *out, vb_error *err)
{
    vb_status status;
    vb_analysis a = { 0 };

    TRY(vb_analysis_begin(NULL, file, &a, err));
    a.source.text = text;
    a.source.names = loader->names;
    a.explain = true;
    TRY(vb_view_make(&a.source, a.arena, &a.view, err));
    TRY(vb_names_find(loader->names, &a, err));
    drop_interrupted(&a);
    *out = a;
    a = (vb_analysis){ 0 };
done:
    vb_analysis_clear(&a);
    return status;
}

void vb_analysis_clear(vb_analysis *a)
{
    if (a->own_reader) vb_reader_free(a->reader);
    vb_arena_free(a->arena);
    *a = (vb_analysis){ 0 };
}

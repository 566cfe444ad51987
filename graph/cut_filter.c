/**
 * Which nodes and edges belong to a cut. A filter turns the names of vb_cut_options into ids once; after that
 * a step along an edge compares numbers. Wanted relations are kept as ranges of ids, because the store's
 * indexes are by node, then relation: "all but MENTIONS" then never touches the MENTIONS of a node.
 */
#include "graph/cut.h"

#include <sqlite3.h>
#include <stdlib.h>

/* ---- names -------------------------------------------------------------------------------------------- */

enum { NAME_MAX = 64, NEAREST = 3 };

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/** Levenshtein's distance of the first NAME_MAX bytes, with ASCII case folded. */
static unsigned edit_distance(vb_str a, vb_str b)
{
    unsigned row[NAME_MAX + 1];
    size_t n = a.len < NAME_MAX ? a.len : NAME_MAX, m = b.len < NAME_MAX ? b.len : NAME_MAX;
    for (size_t j = 0; j <= m; j++) row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned change = corner + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            corner = row[j];
            unsigned gap = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            row[j] = change < gap ? change : gap;
        }
    }
    return row[m];
}

void vb_nearest_names(vb_str name, const vb_str *valid, size_t n, char *out, size_t size)
{
    size_t best[NEAREST], n_best = 0, len = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = n_best < NEAREST ? n_best++ : NEAREST;
        for (; at > 0 && edit_distance(name, valid[i]) < edit_distance(name, valid[best[at - 1]]); at--)
            if (at < NEAREST) best[at] = best[at - 1];
        if (at < NEAREST) best[at] = i;
    }
    out[0] = '\0';
    for (size_t i = 0; i < n_best && len < size; i++) {
        int more = snprintf(out + len, size - len, "%s%.*s", i ? ", " : "", VB_FMT(valid[best[i]]));
        len += more > 0 ? (size_t)more : 0;
    }
}

static vb_status unknown(const char *what, vb_str name, const vb_str *valid, size_t n, vb_error *err)
{
    char nearest[256];
    vb_nearest_names(name, valid, n, nearest, sizeof nearest);
    int len = name.len < NAME_MAX ? (int)name.len : NAME_MAX;
    return vb_fail(err, VB_BAD_ARGUMENT, "no %s is called \"%.*s\"; nearest: %s", what, len,
                   name.at ? name.at : "", nearest);
}

static bool listed(vb_str name, const vb_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(name, list[i])) return true;
    return false;
}

/* ---- tables of the store ------------------------------------------------------------------------------ */

static vb_str column(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return (vb_str){ text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

static vb_status read_types(vb_filter *f, vb_arena *arena, vb_error *err)
{
    static const char sql[] = "SELECT id, name, symmetric FROM relation ORDER BY name";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    VB_VEC(vb_filter_type) types = { 0 };
    int code;
    TRY(vb_store_prepare(f->store, sql, &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (types.len == UINT16_MAX) {
            status = vb_fail(err, VB_TOO_LARGE, "more than %d relations in a cut", UINT16_MAX);
            goto done;
        }
        TRY(vb_push(arena, &types));
        vb_filter_type *t = &types.at[types.len - 1];
        t->id = sqlite3_column_int64(stmt, 0);
        t->symmetric = sqlite3_column_int(stmt, 2) != 0;
        TRY(vb_arena_copy(arena, column(stmt, 1), &t->name));
    }
    if (code != SQLITE_DONE) status = vb_store_fail(f->store, err, "reading relations");
    f->types = types.at;
    f->n_types = types.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

static vb_status read_labels(vb_filter *f, vb_arena *arena, vb_error *err)
{
    static const char sql[] = "SELECT s.id, s.name, j.value FROM label_set s LEFT JOIN json_each(s.labels) j"
                              " ORDER BY s.id";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    VB_VEC(vb_filter_labels) sets = { 0 };
    int code;
    TRY(vb_store_prepare(f->store, sql, &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        if (!sets.len || sets.at[sets.len - 1].id != id) {
            TRY(vb_push(arena, &sets));
            sets.at[sets.len - 1].id = id;
            TRY(vb_arena_copy(arena, column(stmt, 1), &sets.at[sets.len - 1].name));
        }
        if (!f->options->n_labels || listed(column(stmt, 2), f->options->labels, f->options->n_labels))
            sets.at[sets.len - 1].wanted = true;
    }
    if (code != SQLITE_DONE) status = vb_store_fail(f->store, err, "reading labels");
    f->labels = sets.at;
    f->n_labels = sets.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

const vb_filter_labels *vb_filter_labels_get(const vb_filter *filter, int64_t id)
{
    size_t low = 0, high = filter->n_labels;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (filter->labels[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < filter->n_labels && filter->labels[low].id == id ? &filter->labels[low] : NULL;
}

/* ---- making a filter ---------------------------------------------------------------------------------- */

/** The ontology's names and the store's. */
static vb_status valid_names(const vb_filter *f, bool labels, vb_arena *arena, vb_str **out, size_t *n)
{
    size_t most = labels ? VB_LABEL_COUNT + f->n_labels : VB_REL_COUNT + f->n_types;
    *n = 0;
    *out = vb_arena_array(arena, most, sizeof **out);
    if (!*out) return VB_NO_MEMORY;
    for (int i = 0; labels && i < VB_LABEL_COUNT; i++) (*out)[(*n)++] = vb_str_of(vb_label_name((vb_label)i));
    for (int i = 0; !labels && i < VB_REL_COUNT; i++)
        (*out)[(*n)++] = vb_str_of(vb_relation_get((vb_relation)i)->name);
    for (size_t i = 0; i < (labels ? f->n_labels : f->n_types); i++) {
        vb_str name = labels ? f->labels[i].name : f->types[i].name;
        if (name.len && !listed(name, *out, *n)) (*out)[(*n)++] = name;
    }
    return VB_OK;
}

static vb_status check_names(const vb_filter *f, const vb_str *names, size_t n_names, bool labels,
                             vb_arena *arena, vb_error *err)
{
    vb_str *valid;
    size_t n;
    if (!n_names) return VB_OK;
    if (valid_names(f, labels, arena, &valid, &n) != VB_OK) return vb_fail_memory(err);
    for (size_t i = 0; i < n_names; i++)
        if (!listed(names[i], valid, n))
            return unknown(labels ? "label" : "relation", names[i], valid, n, err);
    return VB_OK;
}

vb_status vb_filter_name(const vb_filter *filter, vb_str name, bool *is_label, vb_error *err)
{
    vb_status status = VB_OK;
    vb_arena *arena = vb_arena_new();
    vb_str *labels, *relations, *both;
    size_t n_labels, n_relations;
    if (valid_names(filter, true, arena, &labels, &n_labels) != VB_OK ||
        valid_names(filter, false, arena, &relations, &n_relations) != VB_OK ||
        !(both = vb_arena_array(arena, n_labels + n_relations, sizeof *both))) {
        status = vb_fail_memory(err);
        goto done;
    }
    memcpy(both, labels, n_labels * sizeof *both);
    memcpy(both + n_labels, relations, n_relations * sizeof *both);
    if (listed(name, labels, n_labels))
        *is_label = true;
    else if (listed(name, relations, n_relations))
        *is_label = false;
    else
        status = unknown("label or relation", name, both, n_labels + n_relations, err);
done:
    vb_arena_free(arena);
    return status;
}

static bool digits(vb_str s, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++)
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    return true;
}

static bool is_date(vb_str s)
{
    return !s.len || (s.len == 10 && s.at[4] == '-' && s.at[7] == '-' && digits(s, 0, 4) && digits(s, 5, 2) &&
                      digits(s, 8, 2));
}

static vb_status check_dates(const vb_cut_options *o, vb_error *err)
{
    if (!is_date(o->since) || !is_date(o->until)) {
        vb_str bad = is_date(o->since) ? o->until : o->since;
        return vb_fail(err, VB_BAD_ARGUMENT, "\"%.*s\" is no date of the form 2024-12-31",
                       bad.len < NAME_MAX ? (int)bad.len : NAME_MAX, bad.at);
    }
    if (o->since.len && o->until.len && vb_str_cmp(o->since, o->until) > 0)
        return vb_fail(err, VB_BAD_ARGUMENT, "since %.*s is after until %.*s", VB_FMT(o->since),
                       VB_FMT(o->until));
    return VB_OK;
}

static int by_id(const void *a, const void *b, void *types)
{
    const vb_filter_type *t = types;
    int64_t x = t[*(const uint16_t *)a].id, y = t[*(const uint16_t *)b].id;
    return x < y ? -1 : x > y;
}

/** Mark the wanted relations, and gather their ids into ranges without an unwanted one in between. */
static vb_status want_types(vb_filter *f, vb_arena *arena, vb_error *err)
{
    const vb_cut_options *o = f->options;
    f->types_by_id = vb_arena_array(arena, f->n_types, sizeof *f->types_by_id);
    f->ranges = vb_arena_array(arena, f->n_types, sizeof *f->ranges);
    if (!f->types_by_id || !f->ranges) return vb_fail_memory(err);
    for (size_t i = 0; i < f->n_types; i++) {
        vb_filter_type *t = &f->types[i];
        bool mentions = vb_str_eq(t->name, VB_STR("MENTIONS"));
        if (mentions) f->mentions = t->id;
        t->wanted = o->n_relations ? listed(t->name, o->relations, o->n_relations) : !mentions;
        if (mentions && o->mentions) t->wanted = true;
        f->types_by_id[i] = (uint16_t)i;
    }
    if (f->n_types) qsort_r(f->types_by_id, f->n_types, sizeof *f->types_by_id, by_id, f->types);
    bool open = false;
    for (size_t i = 0; i < f->n_types; i++) {
        const vb_filter_type *t = &f->types[f->types_by_id[i]];
        if (t->wanted && !open) f->ranges[f->n_ranges++][0] = t->id;
        if (t->wanted) f->ranges[f->n_ranges - 1][1] = t->id;
        open = t->wanted;
    }
    return VB_OK;
}

vb_status vb_filter_new(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_filter *out,
                        vb_error *err)
{
    vb_status status;
    vb_filter f = { .store = store, .options = options };
    TRY(check_dates(options, err));
    TRY(read_types(&f, arena, err));
    TRY(read_labels(&f, arena, err));
    TRY(check_names(&f, options->labels, options->n_labels, true, arena, err));
    TRY(check_names(&f, options->relations, options->n_relations, false, arena, err));
    TRY(want_types(&f, arena, err));
    f.counts = options->since.len || options->until.len || options->stated;
    *out = f;
done:
    return status;
}

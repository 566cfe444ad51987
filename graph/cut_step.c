/** Steps through the store: the edges at a node that belong to a cut, and how many sentences each has there.
 */
#include "graph/cut.h"

#include <sqlite3.h>
#include <stdlib.h>

static vb_str column(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return (vb_str){ text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

/* ---- how many sentences ------------------------------------------------------------------------------- */

static void bind_dates(const vb_filter *f, sqlite3_stmt *stmt)
{
    const vb_cut_options *o = f->options;
    sqlite3_bind_text64(stmt, 2, o->since.len ? o->since.at : "", o->since.len, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_text64(stmt, 3, o->until.len ? o->until.at : "9", o->until.len ? o->until.len : 1,
                        SQLITE_STATIC, SQLITE_UTF8);
}

static bool dated(const vb_filter *f)
{
    return f->options->since.len || f->options->until.len;
}

/** Whether the document that a MENTIONS edge starts from is of the cut's dates. */
static vb_status weigh_mentions(const vb_filter *f, const vb_edge_row *row, int64_t *out, vb_error *err)
{
    static const char sql[] =
        "SELECT 1 FROM document WHERE node = ?1 AND date <> '' AND date BETWEEN ?2 AND ?3";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(f->store, sql, &stmt, err));
    sqlite3_bind_int64(stmt, 1, row->source);
    bind_dates(f, stmt);
    int code = sqlite3_step(stmt);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = vb_store_fail(f->store, err, "reading a date");
    else
        *out = code == SQLITE_ROW ? row->weight : 0;
    sqlite3_reset(stmt);
done:
    return status;
}

/** The sentences of the cut's dates that state it, and all of them. */
static vb_status count(const vb_filter *f, int64_t edge, int64_t *within, int64_t *all, vb_error *err)
{
    static const char sql[] =
        "SELECT count(*) FILTER (WHERE (NOT ?4 OR (d.date <> '' AND d.date BETWEEN ?2 AND ?3))"
        " AND (NOT ?5 OR v.certainty = 0)), count(*)"
        " FROM evidence v LEFT JOIN document d ON d.id = v.document"
        " WHERE v.edge = ?1 AND v.start >= 0";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(f->store, sql, &stmt, err));
    sqlite3_bind_int64(stmt, 1, edge);
    bind_dates(f, stmt);
    sqlite3_bind_int(stmt, 4, dated(f));
    sqlite3_bind_int(stmt, 5, f->options->stated);
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        *within = sqlite3_column_int64(stmt, 0);
        *all = sqlite3_column_int64(stmt, 1);
    } else {
        status = vb_store_fail(f->store, err, "counting sentences");
    }
    sqlite3_reset(stmt);
done:
    return status;
}

/** An edge without sentences counts by what it tells of itself: its dates, its certainty. */
static bool stands_alone(const vb_filter *f, const vb_edge_row *row)
{
    const vb_cut_options *o = f->options;
    if (o->stated && row->announced) return false;
    if (!dated(f)) return true;
    return row->first.len && (!o->until.len || vb_str_cmp(row->first, o->until) <= 0) &&
           (!o->since.len || vb_str_cmp(row->last.len ? row->last : row->first, o->since) >= 0);
}

vb_status vb_filter_weigh(const vb_filter *filter, const vb_edge_row *row, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t weight = row->weight > 0 ? row->weight : 1, all = 0;
    if (filter->counts && row->type == filter->mentions) {
        if (dated(filter)) TRY(weigh_mentions(filter, row, &weight, err));
    } else if (filter->counts) {
        int64_t within = 0;
        TRY(count(filter, row->id, &within, &all, err));
        weight = all ? within : stands_alone(filter, row) ? weight : 0;
    }
    *out = weight < filter->options->min_evidence ? 0 : weight;
done:
    return status;
}

uint16_t vb_filter_type_at(const vb_filter *filter, int64_t id)
{
    size_t low = 0, high = filter->n_types;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (filter->types[filter->types_by_id[middle]].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    uint16_t at = low < filter->n_types ? filter->types_by_id[low] : UINT16_MAX;
    return at < UINT16_MAX && filter->types[at].id == id ? at : UINT16_MAX;
}

/* ---- the edges at a node ------------------------------------------------------------------------------ */

/** What a query for steps is to find; its columns are id, type, other, weight, certainty, first, last. */
typedef struct seek {
    const char *sql;
    int64_t id, other; /* other: what the third parameter is, 0: the end of a range of relations */
    bool outgoing, rich;
    size_t most; /* steps to take, 0: all */
} seek;

static vb_status take_row(const vb_filter *f, const seek *s, sqlite3_stmt *stmt, vb_arena *arena,
                          vb_steps *out, vb_error *err)
{
    vb_step step = { .edge = sqlite3_column_int64(stmt, 0),
                     .type = vb_filter_type_at(f, sqlite3_column_int64(stmt, 1)),
                     .other = sqlite3_column_int64(stmt, 2),
                     .outgoing = s->outgoing,
                     .weight = 1 };
    if (!s->outgoing && step.other == s->id) return VB_OK; /* a self loop came as outgoing */
    if (s->rich) {
        vb_edge_row row = { .id = step.edge,
                            .type = sqlite3_column_int64(stmt, 1),
                            .source = s->outgoing ? s->id : step.other,
                            .weight = sqlite3_column_int64(stmt, 3),
                            .announced = sqlite3_column_int(stmt, 4) != 0,
                            .first = column(stmt, 5),
                            .last = column(stmt, 6) };
        vb_status status = vb_filter_weigh(f, &row, &step.weight, err);
        if (status != VB_OK || !step.weight) return status;
    }
    if (vb_push(arena, out) != VB_OK) return vb_fail_memory(err);
    out->at[out->len - 1] = step;
    return VB_OK;
}

/** The steps of the relations whose ids lie from @p low to @p high. */
static vb_status run_range(const vb_filter *f, const seek *s, int64_t low, int64_t high, vb_arena *arena,
                           vb_steps *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    size_t before = out->len;
    int code = SQLITE_DONE;
    TRY(vb_store_prepare(f->store, s->sql, &stmt, err));
    sqlite3_bind_int64(stmt, 1, s->id);
    sqlite3_bind_int64(stmt, 2, low);
    sqlite3_bind_int64(stmt, 3, s->other ? s->other : high);
    while ((!s->most || out->len - before < s->most) && (code = sqlite3_step(stmt)) == SQLITE_ROW)
        TRY(take_row(f, s, stmt, arena, out, err));
    if (code != SQLITE_DONE && code != SQLITE_ROW) status = vb_store_fail(f->store, err, "reading edges");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

#define LEAN "SELECT id, type, "
#define RICH ", coalesce(weight, 1), coalesce(certainty, 0), first, last"
#define FROM " FROM edge WHERE "
#define TYPE " = ?1 AND type BETWEEN ?2 AND ?3"

vb_status vb_filter_steps(const vb_filter *filter, int64_t id, unsigned what, size_t most, vb_arena *arena,
                          vb_steps *out, vb_error *err)
{
    vb_status status = VB_OK;
    /* The lean queries are answered from the indexes alone. */
    bool rich = (what & VB_STEPS_WEIGHT) || filter->counts || filter->options->min_evidence > 1;
    seek ahead = { .id = id, .outgoing = true, .rich = rich, .most = most };
    seek back = { .id = id, .outgoing = false, .rich = rich, .most = most };
    ahead.sql = rich ? LEAN "target" RICH FROM "source" TYPE : LEAN "target" FROM "source" TYPE;
    back.sql = rich ? LEAN "source" RICH FROM "target" TYPE : LEAN "source" FROM "target" TYPE;
    for (size_t i = 0; i < filter->n_ranges; i++) {
        const int64_t *range = filter->ranges[i];
        if (what & VB_STEPS_OUT) TRY(run_range(filter, &ahead, range[0], range[1], arena, out, err));
        if (what & VB_STEPS_IN) TRY(run_range(filter, &back, range[0], range[1], arena, out, err));
    }
done:
    return status;
}

/** The least relation from *type to @p last that node @p id has edges of; *type is past @p last when none. */
static vb_status next_type(const vb_filter *f, const char *sql, int64_t id, int64_t last, int64_t *type,
                           vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(f->store, sql, &stmt, err));
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, *type);
    sqlite3_bind_int64(stmt, 3, last);
    if (sqlite3_step(stmt) != SQLITE_ROW)
        status = vb_store_fail(f->store, err, "reading edges");
    else
        *type = sqlite3_column_type(stmt, 0) == SQLITE_NULL ? last + 1 : sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
done:
    return status;
}

/** Relation by relation, for then the indexes lead straight to the far end, also at a node of many edges. */
static vb_status run_types(const vb_filter *f, const seek *s, const char *types, vb_arena *arena,
                           vb_steps *out, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < f->n_ranges; i++)
        for (int64_t type = f->ranges[i][0]; type <= f->ranges[i][1]; type++) {
            TRY(next_type(f, types, s->id, f->ranges[i][1], &type, err));
            if (type <= f->ranges[i][1]) TRY(run_range(f, s, type, type, arena, out, err));
        }
done:
    return status;
}

#define EXACT " = ?1 AND type = ?2 AND "
#define TYPES "SELECT min(type)" FROM

vb_status vb_filter_between(const vb_filter *filter, int64_t id, int64_t other, vb_arena *arena,
                            vb_steps *out, vb_error *err)
{
    vb_status status;
    seek ahead = { LEAN "target" RICH FROM "source" EXACT "target = ?3", id, other, true, true, 0 };
    seek back = { LEAN "source" RICH FROM "target" EXACT "source = ?3", id, other, false, true, 0 };
    TRY(run_types(filter, &ahead, TYPES "source" TYPE, arena, out, err));
    TRY(run_types(filter, &back, TYPES "target" TYPE, arena, out, err));
done:
    return status;
}

vb_status vb_filter_weight(const vb_filter *filter, const vb_step *step, int64_t *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool known = filter->counts || filter->options->min_evidence > 1;
    if (known) {
        *out = step->weight;
        return VB_OK;
    }
    TRY(vb_store_prepare(filter->store, "SELECT coalesce(weight, 1) FROM edge WHERE id = ?1", &stmt, err));
    sqlite3_bind_int64(stmt, 1, step->edge);
    if (sqlite3_step(stmt) != SQLITE_ROW)
        status = vb_store_fail(filter->store, err, "reading an edge");
    else
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
done:
    return status;
}

vb_status vb_filter_node(const vb_filter *filter, int64_t id, const vb_filter_labels **out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(filter->store, "SELECT labels FROM node WHERE id = ?1", &stmt, err));
    sqlite3_bind_int64(stmt, 1, id);
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *out = vb_filter_labels_get(filter, sqlite3_column_int64(stmt, 0));
    else if (code != SQLITE_DONE)
        status = vb_store_fail(filter->store, err, "reading a node");
    if (code == SQLITE_DONE || (code == SQLITE_ROW && !*out))
        status = vb_fail(err, VB_NOT_FOUND, "the store has no node %lld", (long long)id);
    sqlite3_reset(stmt);
done:
    return status;
}

/* ---- a map from ids to places ------------------------------------------------------------------------- */

/** Fibonacci hashing. Source: Knuth, TAOCP 3, section 6.4. */
static size_t slot(const vb_places *p, int64_t id)
{
    return (size_t)((uint64_t)id * 0x9e3779b97f4a7c15u >> 20) & (p->cap - 1);
}

uint32_t vb_places_find(const vb_places *places, int64_t id)
{
    if (id >= 0 && (uint64_t)id < places->n_dense) return places->dense[id] - 1; /* 0 is no place */
    if (!places->cap) return UINT32_MAX;
    for (size_t i = slot(places, id);; i = (i + 1) & (places->cap - 1)) {
        if (places->place[i] == UINT32_MAX) return UINT32_MAX;
        if (places->id[i] == id) return places->place[i];
    }
}

static void put(vb_places *p, int64_t id, uint32_t place)
{
    size_t i = slot(p, id);
    while (p->place[i] != UINT32_MAX) i = (i + 1) & (p->cap - 1);
    p->id[i] = id;
    p->place[i] = place;
}

vb_status vb_places_reserve(vb_places *places, vb_arena *arena, int64_t most)
{
    if (most < 0 || (uint64_t)most >= SIZE_MAX / sizeof *places->dense) return VB_NO_MEMORY;
    vb_places made = { .dense = vb_arena_array(arena, (size_t)most + 1, sizeof *made.dense),
                       .n_dense = (size_t)most + 1 };
    if (!made.dense) return VB_NO_MEMORY;
    *places = made;
    return VB_OK;
}

vb_status vb_places_add(vb_places *places, vb_arena *arena, int64_t id, uint32_t place)
{
    if (id >= 0 && (uint64_t)id < places->n_dense) {
        places->dense[id] = place + 1;
        return VB_OK;
    }
    if (places->n * 2 >= places->cap) { /* at most half full; what is outgrown stays in the arena */
        vb_places more = *places;
        more.cap = places->cap ? places->cap * 2 : 64;
        more.id = vb_arena_array(arena, more.cap, sizeof *more.id);
        more.place = vb_arena_array(arena, more.cap, sizeof *more.place);
        if (!more.id || !more.place) return VB_NO_MEMORY;
        memset(more.place, 0xff, more.cap * sizeof *more.place);
        for (size_t i = 0; i < places->cap; i++)
            if (places->place[i] != UINT32_MAX) put(&more, places->id[i], places->place[i]);
        *places = more;
    }
    put(places, id, place);
    places->n++;
    return VB_OK;
}

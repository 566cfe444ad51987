/**
 * What tells namesakes apart: the party that a document says, "het lid Jansen (SP)", or that
 * office_holders.tsv has of a minister; the parties that one person may be of one after another,
 * party_changes.tsv; and the ministers and state secretaries of that surname who are somebody else. The store
 * compares it with what other documents said (graph/store_put_persons.c).
 */
#include "graph/persons.h"
#include "loaders/names.h"

static const char changes_path[] = "loaders/gazetteer/party_changes.tsv";

vb_status vb_party_changes_read(vb_names *names, const char *data_dir, vb_error *err)
{
    vb_status status;
    vb_tsv row = { .name = changes_path };
    TRY(vb_data_read(data_dir, row.name, names->arena, &row.text, err));
    while (vb_tsv_next(&row)) {
        vb_party_change change = { .parties = vb_tsv_get(&row, "parties") };
        if (!change.parties.len) {
            if (err) err->line = row.line;
            status = vb_fail(err, VB_BAD_INPUT, "%s:%u: a row needs parties", row.name, row.line);
            goto done;
        }
        if (vb_slug(names->arena, vb_tsv_get(&row, "surname"), &change.surname) != VB_OK ||
            vb_push(names->arena, &names->changes) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        names->changes.at[names->changes.len - 1] = change;
    }
    status = VB_OK;
done:
    return status;
}

/** The next key of a cell: "pvda ; denk". @return false at its end. */
static bool next_party(vb_str cell, size_t *at, vb_str *out)
{
    if (*at >= cell.len) return false;
    size_t mark = vb_str_find(cell, VB_STR(";"), *at);
    size_t end = mark == SIZE_MAX ? cell.len : mark;
    *out = vb_str_trim(vb_str_part(cell, *at, end));
    *at = end + 1;
    return true;
}

static bool cell_has(vb_str cell, vb_str party)
{
    vb_str one;
    for (size_t at = 0; next_party(cell, &at, &one);)
        if (vb_str_eq(one, party)) return true;
    return false;
}

/** Whether a key is a surname's: "jansen", "j-jansen". */
static bool bears(vb_str key, vb_str surname)
{
    return vb_str_eq(key, surname) || (key.len > surname.len + 1 && vb_str_ends(key, surname) &&
                                       key.at[key.len - surname.len - 1] == '-');
}

static bool is_of(const vb_party_change *change, vb_str key)
{
    return !change->surname.len || bears(key, change->surname);
}

bool vb_party_fits(const vb_names *names, vb_str key, vb_str one, vb_str two)
{
    if (vb_str_eq(one, two)) return true;
    for (size_t i = 0; i < names->changes.len; i++)
        if (is_of(&names->changes.at[i], key) && cell_has(names->changes.at[i].parties, one) &&
            cell_has(names->changes.at[i].parties, two))
            return true;
    return false;
}

typedef VB_VEC(vb_str) name_list;

static vb_status add(vb_arena *arena, name_list *to, vb_str one)
{
    for (size_t i = 0; i < to->len; i++)
        if (vb_str_eq(to->at[i], one)) return VB_OK;
    if (vb_push(arena, to) != VB_OK) return VB_NO_MEMORY;
    to->at[to->len - 1] = one;
    return VB_OK;
}

/** What the document says of who is of which party: each entity's first such edge, and each edge's next one
 * of the same entity, counted from 1; 0: none. A letter may name thousands of persons. */
typedef struct memberships {
    size_t *first, *next;
} memberships;

static vb_status find_memberships(const vb_analysis *a, memberships *out)
{
    out->first = vb_arena_array(a->arena, a->entities.len, sizeof *out->first);
    out->next = vb_arena_array(a->arena, a->edges.len, sizeof *out->next);
    if (!out->first || !out->next) return VB_NO_MEMORY;
    for (size_t i = a->edges.len; i-- > 0;) {
        const vb_said *e = &a->edges.at[i];
        if (e->type != VB_REL_MEMBER_OF || e->source >= a->entities.len || e->target >= a->entities.len ||
            a->entities.at[e->target].label != VB_LABEL_PARTY)
            continue;
        out->next[i] = out->first[e->source];
        out->first[e->source] = i + 1;
    }
    return VB_OK;
}

/** The parties that the document says of an entity, and that of the office it holds. */
static vb_status said_parties(vb_analysis *a, const memberships *says, uint32_t entity, name_list *out)
{
    vb_status status = VB_OK;
    for (size_t i = says->first[entity]; i; i = says->next[i - 1])
        TRY(add(a->arena, out, a->entities.at[a->edges.at[i - 1].target].key));
    if (a->entities.at[entity].party.len) TRY(add(a->arena, out, a->entities.at[entity].party));
done:
    return status;
}

/** Those that go with them. */
static vb_status more_parties(const vb_names *names, vb_analysis *a, vb_str key, name_list *parties)
{
    vb_status status = VB_OK;
    size_t n_said = parties->len;
    for (size_t i = 0; i < names->changes.len; i++) {
        const vb_party_change *change = &names->changes.at[i];
        vb_str one;
        bool goes = false;
        for (size_t k = 0; k < n_said && !goes; k++)
            goes = is_of(change, key) && cell_has(change->parties, parties->at[k]);
        for (size_t at = 0; goes && next_party(change->parties, &at, &one);) TRY(add(a->arena, parties, one));
    }
done:
    return status;
}

/** Who held an office under that surname and is of none of these parties. */
static vb_status other_holders(const vb_names *names, vb_analysis *a, const vb_entity *e, vb_str base,
                               const name_list *parties, name_list *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < names->holders.len; i++) {
        const vb_holder *holder = &names->holders.at[i];
        if (!holder->party.len || !bears(base, holder->surname)) continue;
        bool fits = false;
        for (size_t k = 0; k < parties->len; k++) fits = fits || vb_str_eq(parties->at[k], holder->party);
        for (size_t k = 0; k < e->aliases.len; k++) fits = fits || vb_str_eq(e->aliases.at[k], holder->name);
        if (!fits) TRY(add(a->arena, out, holder->name));
    }
done:
    return status;
}

vb_status vb_namesakes_find(const vb_names *names, vb_analysis *a, vb_error *err)
{
    vb_status status;
    memberships says;
    TRY(find_memberships(a, &says));
    for (uint32_t i = 0; i < a->entities.len; i++) {
        name_list parties = { 0 }, others = { 0 };
        if (a->entities.at[i].label != VB_LABEL_PERSON) continue;
        TRY(said_parties(a, &says, i, &parties));
        if (!parties.len) continue;
        vb_rec_person *who = vb_arena_get(a->arena, sizeof *who);
        if (!who) return vb_fail_memory(err);
        TRY(vb_slug(a->arena, a->entities.at[i].name, &who->base));
        TRY(more_parties(names, a, who->base, &parties));
        TRY(other_holders(names, a, &a->entities.at[i], who->base, &parties, &others));
        who->parties = parties.at;
        who->n_parties = parties.len;
        who->others = others.at;
        who->n_others = others.len;
        a->entities.at[i].person = who;
    }
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

/**
 * Who held an office when: office_holders.tsv. A person whom a dated document calls minister or state
 * secretary, and whom the table has in that office on that day, goes by the full name too, and holds the
 * office since and until the table's days: a fact of the gazetteer, beside what the text says. Surnames that
 * two of them share (Bruins, Wiersma, Van Rijn) are told apart by the day; where that is not enough, nothing
 * is said.
 */
#include "loaders/names.h"

static vb_status read_row(vb_names *names, const vb_tsv *row)
{
    vb_holder holder = { .name = vb_tsv_get(row, "name"),
                         .ministry = vb_tsv_get(row, "ministry"),
                         .since = vb_tsv_get(row, "valid_from"),
                         .until = vb_tsv_get(row, "valid_to"),
                         .party = vb_tsv_get(row, "party"),
                         .minister = vb_str_eq(vb_tsv_get(row, "office"), VB_STR("minister")) };
    if (vb_slug(names->arena, vb_tsv_get(row, "surname"), &holder.surname) != VB_OK ||
        vb_push(names->arena, &names->holders) != VB_OK)
        return VB_NO_MEMORY;
    names->holders.at[names->holders.len - 1] = holder;
    return VB_OK;
}

vb_status vb_holders_read(vb_names *names, const char *data_dir, vb_error *err)
{
    vb_status status;
    vb_tsv row = { .name = "loaders/gazetteer/office_holders.tsv" };
    TRY(vb_data_read(data_dir, row.name, names->arena, &row.text, err));
    while (vb_tsv_next(&row)) {
        const char *columns[] = { "name", "surname", "ministry", "valid_from" };
        for (size_t i = 0; i < VB_COUNT(columns); i++)
            if (!vb_tsv_get(&row, columns[i]).len) {
                if (err) err->line = row.line;
                status = vb_fail(err, VB_BAD_INPUT, "%s:%u: a row needs %s", row.name, row.line, columns[i]);
                goto done;
            }
        TRY(read_row(names, &row) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
    status = VB_OK;
done:
    return status;
}

bool vb_is_holder(const vb_names *names, vb_str surname)
{
    for (size_t i = 0; i < names->holders.len; i++)
        if (vb_str_eq(names->holders.at[i].surname, surname)) return true;
    return false;
}

/** "minister [Jansen]", "Staatssecretaris [Jansen]": the office that the word before a mention says. */
typedef enum said_office { SAID_NONE, SAID_MINISTER, SAID_SECRETARY } said_office;

static said_office office_before(const vb_analysis *a, uint32_t start)
{
    static const struct {
        const char *word;
        said_office office;
    } words[] = {
        { "inister ", SAID_MINISTER },
        { "remier ", SAID_MINISTER },
        { "inister-president ", SAID_MINISTER },
        { "taatssecretaris ", SAID_SECRETARY },
    };
    vb_str before = vb_str_part(a->view.text, start > 20 ? start - 20 : 0, start);
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (vb_str_ends(before, vb_str_of(words[i].word))) return words[i].office;
    return SAID_NONE;
}

/** Whether the text says that the entity holds an office of that ministry. */
static bool said_to_hold(const vb_analysis *a, uint32_t entity, vb_str ministry)
{
    for (size_t i = 0; i < a->edges.len; i++)
        if (a->edges.at[i].type == VB_REL_HOLDS_OFFICE && a->edges.at[i].source == entity &&
            vb_str_eq(a->entities.at[a->edges.at[i].target].key, ministry))
            return true;
    return false;
}

/** "kuipers", "e-kuipers", "ernst-kuipers" may be Ernst Kuipers; "jan-kuipers" not. */
static bool may_be(const vb_holder *holder, vb_str key)
{
    if (vb_str_eq(key, holder->surname)) return true;
    if (key.len < holder->surname.len + 2 || !vb_str_ends(key, holder->surname) ||
        key.at[key.len - holder->surname.len - 1] != '-')
        return false;
    char first = holder->name.at[0];
    return key.at[0] == (char)(first >= 'A' && first <= 'Z' ? first + 32 : first);
}

static bool in_office(const vb_holder *holder, vb_str day)
{
    return vb_str_cmp(holder->since, day) <= 0 && (!holder->until.len || vb_str_cmp(day, holder->until) <= 0);
}

/** The one who is meant by a mention of @p entity; NULL: none, or more than one may be. */
static const vb_holder *holder_of(const vb_names *names, const vb_analysis *a, const vb_named *m, vb_str day)
{
    const vb_holder *only = NULL;
    said_office said = office_before(a, m->start);
    vb_str key = a->entities.at[m->entity].key;
    for (size_t i = 0; i < names->holders.len; i++) {
        const vb_holder *holder = &names->holders.at[i];
        if (!may_be(holder, key) || !in_office(holder, day)) continue;
        if (said_to_hold(a, m->entity, holder->ministry)) return holder;
        if (said != (holder->minister ? SAID_MINISTER : SAID_SECRETARY)) continue;
        if (only) return NULL;
        only = holder;
    }
    return only;
}

/** Tell @p entity's full name and office. */
static vb_status tell(const vb_names *names, vb_analysis *a, uint32_t entity, const vb_holder *holder)
{
    vb_status status = VB_OK;
    const vb_known *ministry = NULL;
    uint32_t holds;
    for (size_t i = 0; i < names->lexicon.known.len && !ministry; i++) /* ministries come first */
        if (names->lexicon.known.at[i].label == VB_LABEL_MINISTRY &&
            vb_str_eq(names->lexicon.known.at[i].key, holder->ministry))
            ministry = &names->lexicon.known.at[i];
    if (!ministry) return VB_OK; /* a user's own table of ministries has it not */
    TRY(vb_entity_add(a, VB_LABEL_MINISTRY, ministry->key, ministry->name, &holds));
    TRY(vb_entity_alias(a, entity, holder->name));
    a->entities.at[entity].holds = holds;
    a->entities.at[entity].since = holder->since;
    a->entities.at[entity].until = holder->until;
    a->entities.at[entity].party = holder->party;
done:
    return status;
}

vb_status vb_holders_find(const vb_names *names, vb_analysis *a, vb_error *err)
{
    vb_status status = VB_OK;
    vb_str day = a->view.metadata.date;
    if (day.len != 10) return VB_OK; /* 2023-05-01 */
    for (size_t i = 0; i < a->mentions.len; i++) {
        const vb_named *m = &a->mentions.at[i];
        const vb_entity *e = &a->entities.at[m->entity];
        if (e->label != VB_LABEL_PERSON || e->holds != VB_NONE) continue;
        const vb_holder *holder = holder_of(names, a, m, day);
        if (holder) TRY(tell(names, a, m->entity, holder));
    }
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

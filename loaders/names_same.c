/**
 * One person, one entity: "minister Van Weel" and the signature "D.M. van Weel" are the same. Within a
 * document the same surname is one person, keyed by the fullest form, unless two fuller forms contradict
 * each other.
 */
#include "loaders/names.h"

#include <stdlib.h>

typedef struct person {
    vb_str surname;  /* slug */
    uint32_t stands; /* index into f->stands */
} person;

static int by_surname(const void *one, const void *two)
{
    const person *a = one, *b = two;
    int by = vb_str_cmp(a->surname, b->surname);
    return by ? by : (a->stands > b->stands) - (a->stands < b->stands);
}

/** Whether one key is the other with more given names or initials, or the same initial: "m-rutte",
 * "mark-rutte". */
static bool agree(vb_str a, vb_str b, vb_str surname)
{
    if (vb_str_eq(a, b) || vb_str_eq(a, surname) || vb_str_eq(b, surname)) return true;
    return a.len && b.len && a.at[0] == b.at[0];
}

/** Give all of people[first, end), who share a surname, the fullest form's key and name, if they may be one.
 */
static void unify(vb_finding *f, const person *people, size_t first, size_t end)
{
    const vb_found *fullest = &f->stands.at[people[first].stands];
    for (size_t i = first + 1; i < end; i++) {
        const vb_found *other = &f->stands.at[people[i].stands];
        if (other->key.len > fullest->key.len) fullest = other;
    }
    vb_str key = fullest->key, name = fullest->name;
    for (size_t i = first; i < end; i++)
        if (!agree(f->stands.at[people[i].stands].key, key, people[first].surname)) return;
    for (size_t i = first; i < end; i++) {
        f->stands.at[people[i].stands].key = key;
        f->stands.at[people[i].stands].name = name;
    }
}

/** The surname of a name that stands, as a slug: what follows given names, initials and titles. */
static vb_status surname_of(vb_finding *f, const vb_found *found, vb_str *out)
{
    return vb_slug(f->arena, vb_str_part(f->text, found->start + found->surname, found->end), out);
}

vb_status vb_names_unify(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_VEC(person) people = { 0 };
    for (size_t i = 0; i < f->stands.len; i++) {
        if (f->stands.at[i].label != VB_LABEL_PERSON) continue;
        TRY(vb_push(f->arena, &people));
        people.at[people.len - 1].stands = (uint32_t)i;
        TRY(surname_of(f, &f->stands.at[i], &people.at[people.len - 1].surname));
    }
    if (people.len) qsort(people.at, people.len, sizeof *people.at, by_surname);
    for (size_t first = 0, end; first < people.len; first = end) {
        for (end = first + 1;
             end < people.len && vb_str_eq(people.at[end].surname, people.at[first].surname);)
            end++;
        unify(f, people.at, first, end);
    }
done:
    return status;
}

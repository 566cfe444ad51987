/**
 * One person, one entity: "minister Van Weel" and the signature "D.M. van Weel" are the same. Within a
 * document the same surname is one person, keyed by the fullest form, unless first names, initials or the
 * parties in brackets after them contradict each other: "het lid Jansen (VVD)", "het lid Jansen (SP)". Where
 * they do, a bare surname is whoever of them was named last.
 */
#include "loaders/names.h"

#include <stdlib.h>

typedef struct person {
    vb_str surname, form; /* slugs: of the surname, of all that stands here */
    vb_str party;         /* key of the one in brackets behind; empty: none */
    uint32_t stands;      /* index into f->stands */
    uint32_t one;         /* index of whom it is; VB_NONE */
} person;

enum { ONES_MAX = 16 /* persons of one surname in one document; more are taken for the last of them */ };

/** One of those who share a surname. */
typedef struct one {
    vb_str form, name, party; /* the fullest; empty: not said */
} one;

static int by_surname(const void *x, const void *y)
{
    const person *a = x, *b = y;
    int by = vb_str_cmp(a->surname, b->surname);
    return by ? by : (a->stands > b->stands) - (a->stands < b->stands);
}

/** Whether one form is the other with more given names or initials, or the same initial: "m-rutte",
 * "mark-rutte". */
static bool agree(vb_str a, vb_str b, vb_str surname)
{
    if (vb_str_eq(a, b) || vb_str_eq(a, surname) || vb_str_eq(b, surname)) return true;
    return a.len && b.len && a.at[0] == b.at[0];
}

/** How well a mention fits somebody: 0 contradicts, 1 may be, more: says the same. */
static unsigned fit(const vb_finding *f, const person *p, const one *o)
{
    if (!agree(p->form, o->form, p->surname)) return 0;
    if (p->party.len && o->party.len && !vb_party_fits(f->names, o->form, p->party, o->party)) return 0;
    bool named = !vb_str_eq(p->form, p->surname) && !vb_str_eq(o->form, p->surname);
    return 1u + (named ? 2u : 0u) + (p->party.len && o->party.len ? 1u : 0u);
}

/** Put a mention with whom it fits best, or make somebody new of it. */
static void place(const vb_finding *f, person *p, one *ones, uint32_t *n)
{
    unsigned best = 0;
    for (uint32_t i = 0; i < *n; i++) {
        unsigned fits = fit(f, p, &ones[i]);
        if (fits <= best) continue;
        best = fits;
        p->one = i;
    }
    if (!best) p->one = *n < ONES_MAX ? (*n)++ : *n - 1;
    one *o = &ones[p->one];
    if (p->form.len > o->form.len) {
        o->form = p->form;
        o->name = f->stands.at[p->stands].name;
    }
    if (!o->party.len) o->party = p->party;
}

/** The key of ones[at]: with its party where somebody before has the same form. */
static vb_status key_of(vb_finding *f, const one *ones, uint32_t at, vb_str *out)
{
    *out = ones[at].form;
    for (uint32_t i = 0; i < at; i++)
        if (vb_str_eq(ones[i].form, ones[at].form) && ones[at].party.len)
            return vb_arena_printf(f->arena, out, "%.*s-%.*s", VB_FMT(ones[at].form), VB_FMT(ones[at].party));
    return VB_OK;
}

/** Give each of people[0, n), who share a surname, the key and name of whom it is. Those who say something go
 * first, in two rounds: a first name before a party. */
static vb_status unify(vb_finding *f, person *people, size_t n)
{
    vb_status status = VB_OK;
    one ones[ONES_MAX] = { 0 };
    uint32_t n_ones = 0, last = 0;
    for (size_t i = 0; i < n; i++)
        if (!vb_str_eq(people[i].form, people[i].surname)) place(f, &people[i], ones, &n_ones);
    for (size_t i = 0; i < n; i++)
        if (people[i].one == VB_NONE && people[i].party.len) place(f, &people[i], ones, &n_ones);
    if (!n_ones) place(f, &people[0], ones, &n_ones);
    for (size_t i = 0; i < n; i++) {
        vb_found *found = &f->stands.at[people[i].stands];
        if (people[i].one != VB_NONE) last = people[i].one;
        TRY(key_of(f, ones, last, &found->key));
        found->name = ones[last].name;
    }
done:
    return status;
}

/** The party in brackets right behind f->stands[at]: "[Jansen] (SP)"; empty: none. */
static vb_str party_behind(const vb_finding *f, size_t at)
{
    if (at + 1 >= f->stands.len) return (vb_str){ 0 };
    const vb_found *next = &f->stands.at[at + 1];
    vb_str gap = vb_str_part(f->text, f->stands.at[at].end, next->start);
    if (next->label != VB_LABEL_PARTY || !vb_str_eq(gap, VB_STR(" (")) || next->known == VB_NONE)
        return (vb_str){ 0 };
    return f->names->lexicon.known.at[next->known].key;
}

static vb_status read_person(vb_finding *f, size_t at, person *out)
{
    vb_status status;
    const vb_found *found = &f->stands.at[at];
    *out = (person){ .stands = (uint32_t)at, .one = VB_NONE, .party = party_behind(f, at) };
    TRY(vb_slug(f->arena, vb_str_part(f->text, found->start + found->surname, found->end), &out->surname));
    TRY(vb_slug(f->arena, vb_str_part(f->text, found->start, found->end), &out->form));
done:
    return status;
}

vb_status vb_names_unify(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_VEC(person) people = { 0 };
    for (size_t i = 0; i < f->stands.len; i++) {
        if (f->stands.at[i].label != VB_LABEL_PERSON) continue;
        TRY(vb_push(f->arena, &people));
        TRY(read_person(f, i, &people.at[people.len - 1]));
    }
    if (people.len) qsort(people.at, people.len, sizeof *people.at, by_surname);
    for (size_t first = 0, end; first < people.len; first = end) {
        for (end = first + 1;
             end < people.len && vb_str_eq(people.at[end].surname, people.at[first].surname);)
            end++;
        TRY(unify(f, people.at + first, end - first));
    }
done:
    return status;
}

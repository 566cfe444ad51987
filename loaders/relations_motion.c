/**
 * Motions and amendments by their movers: the span is the motion's, the movers' names are read out of it and
 * have no mention there. Who they are is looked up among the document's persons by surname.
 */
#include "loaders/relations.h"

enum { PERSON_PLACES = 1024, CHAIN_MOST = 64 /* persons of one surname that are looked at */ };

/* ---- persons by surname ------------------------------------------------------------------------------- */

static uint64_t last_part_hash(vb_str key)
{
    size_t at = key.len;
    while (at && key.at[at - 1] != '-') at--;
    return vb_hash(vb_str_part(key, at, key.len));
}

/** Put the entities since the last call, as far as they are persons, under the last part of their key. */
static vb_status index_persons(vb_scene *scene)
{
    vb_arena *arena = scene->a->arena;
    if (!scene->person_first) {
        scene->person_first = vb_arena_array(arena, PERSON_PLACES, sizeof *scene->person_first);
        if (!scene->person_first) return vb_fail_memory(scene->err);
    }
    for (; scene->n_indexed < scene->a->entities.len; scene->n_indexed++) {
        const vb_entity *e = &scene->a->entities.at[scene->n_indexed];
        if (e->label != VB_LABEL_PERSON) continue;
        if (vb_push(arena, &scene->persons) != VB_OK) return vb_fail_memory(scene->err);
        uint32_t *first = &scene->person_first[last_part_hash(e->key) % PERSON_PLACES];
        scene->persons.at[scene->persons.len - 1] = (vb_person){ (uint32_t)scene->n_indexed, *first };
        *first = (uint32_t)scene->persons.len; /* 0 ends a chain */
    }
    return VB_OK;
}

/** The one Person whose key is @p key or ends in it; VB_NONE when there is none, or more than one. */
static vb_status known_person(vb_scene *scene, vb_str key, uint32_t *out)
{
    vb_status status = index_persons(scene);
    *out = VB_NONE;
    if (status != VB_OK || !key.len) return status;
    bool several = false;
    unsigned steps = 0;
    for (uint32_t i = scene->person_first[last_part_hash(key) % PERSON_PLACES]; i && steps < CHAIN_MOST;
         steps++) {
        const vb_person *p = &scene->persons.at[i - 1];
        const vb_str one = scene->a->entities.at[p->entity].key;
        i = p->next;
        if (vb_str_eq(one, key)) {
            *out = p->entity;
            return VB_OK;
        }
        if (one.len <= key.len || !vb_str_ends(one, key) || one.at[one.len - key.len - 1] != '-') continue;
        several |= *out != VB_NONE;
        *out = p->entity;
    }
    if (several) *out = VB_NONE;
    return VB_OK;
}

/** The Person called @p surname, known or new. */
static vb_status find_person(vb_scene *scene, vb_str surname, uint32_t *out)
{
    vb_status status;
    vb_str key;
    if (vb_slug(scene->a->arena, surname, &key) != VB_OK) return vb_fail_memory(scene->err);
    TRY(known_person(scene, key, out));
    if (*out == VB_NONE && vb_entity_add(scene->a, VB_LABEL_PERSON, key, surname, out) != VB_OK)
        status = vb_fail_memory(scene->err);
done:
    return status;
}

/* ---- the words of a motion ---------------------------------------------------------------------------- */

/** Drop the first of @p starts that @p s begins with. @p any: its first letter may be a capital. */
static bool drop_start(vb_str *s, const char *const *starts, size_t n, bool any)
{
    for (size_t i = 0; i < n && s->len; i++) {
        vb_str start = vb_str_of(starts[i]), rest = vb_str_part(*s, 1, s->len);
        char first = any ? (char)(s->at[0] | 32) : s->at[0];
        if (first != start.at[0] || !vb_str_starts(rest, vb_str_part(start, 1, start.len))) continue;
        *s = vb_str_trim(vb_str_part(*s, start.len, s->len));
        return true;
    }
    return false;
}

/** Drop "van de leden " and the like; "van der" and "van den" belong to the name. */
static void drop_leads(vb_str *s)
{
    static const char *const leads[] = { "-",           "van ",      "de ",         "het ",
                                         "leden ",      "lid ",      "Leden ",      "Lid ",
                                         "Kamerleden ", "Kamerlid ", "kamerleden ", "kamerlid " };
    while (!vb_str_starts(*s, VB_STR("van der ")) && !vb_str_starts(*s, VB_STR("van den ")) &&
           drop_start(s, leads, VB_COUNT(leads), false))
        continue;
}

/** Cut *rest at the first "/", "," or " en ". */
static vb_str next_mover(vb_str *rest)
{
    static const char *const seps[] = { "/", ",", " en ", " c.s", "-c.s", " cs" };
    size_t end = rest->len, skip = 0;
    for (size_t i = 0; i < VB_COUNT(seps); i++) {
        size_t at = vb_str_find(*rest, vb_str_of(seps[i]), 0);
        if (at < end) {
            end = at;
            skip = i > 2 ? rest->len - at : vb_str_of(seps[i]).len; /* nothing follows "c.s." */
        }
    }
    vb_str mover = vb_str_trim(vb_str_part(*rest, 0, end));
    *rest = vb_str_trim(vb_str_part(*rest, end + skip, rest->len));
    return mover;
}

/** A surname: no digits or brackets, and before its capital only what surnames have there. */
static bool is_surname(vb_str s)
{
    static const char *const particles[] = { "van", "de", "der", "den", "het", "ten", "ter", "te",
                                             "'t",  "’t", "el",  "al",  "von", "in",  "du",  "la" };
    vb_str rest = s, word;
    bool capital = false;
    if (s.len < 2 || s.len > 60) return false;
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] >= '0' && s.at[i] <= '9') || strchr("([:;\"", s.at[i])) return false;
    while (vb_str_next(&rest, ' ', &word)) {
        size_t n;
        uint32_t c = word.len ? vb_utf8_at(word, 0, &n) : ' ';
        bool upper = (c >= 'A' && c <= 'Z') || c > 0xbf;
        if (!upper && word.len && !vb_near_one_of(word, particles, VB_COUNT(particles))) return false;
        capital |= upper;
    }
    return capital;
}

/** "VanDijk", as PDF glues it, is "Van Dijk". */
static vb_status unglue(vb_scene *scene, vb_str *name)
{
    static const char *const particles[] = { "Van", "De", "Den", "Der", "Ten", "Ter" };
    for (size_t i = 0; i < VB_COUNT(particles); i++) {
        vb_str p = vb_str_of(particles[i]);
        if (!vb_str_starts(*name, p) || name->len <= p.len || name->at[p.len] < 'A' || name->at[p.len] > 'Z')
            continue;
        vb_str rest = vb_str_part(*name, p.len, name->len);
        return vb_arena_printf(scene->a->arena, name, "%s %.*s", p.at, VB_FMT(rest));
    }
    return VB_OK;
}

/** "Bikker-Van den Hil" are two movers where the document knows both, else one with a double name. Cuts
 * *mover and leaves the second in *rest. */
static vb_status part_double(vb_scene *scene, vb_str *mover, vb_str *rest)
{
    vb_status status = VB_OK;
    vb_str a, b;
    uint32_t one = VB_NONE, two = VB_NONE;
    size_t at = vb_str_find(*mover, VB_STR("-"), 0);
    if (at == SIZE_MAX || rest->len) return VB_OK;
    vb_str second = vb_str_part(*mover, at + 1, mover->len), first = vb_str_part(*mover, 0, at);
    if (vb_slug(scene->a->arena, first, &a) != VB_OK || vb_slug(scene->a->arena, second, &b) != VB_OK)
        return vb_fail_memory(scene->err);
    TRY(known_person(scene, a, &one));
    TRY(known_person(scene, b, &two));
    if (one != VB_NONE && two != VB_NONE) {
        *mover = first;
        *rest = second;
    }
done:
    return status;
}

static bool is_house(const vb_scene *scene, const vb_named *m)
{
    vb_str key = scene->a->entities.at[m->entity].key;
    return vb_near_is(scene, m, VB_LABEL_ORGANISATION) &&
           (vb_str_eq(key, VB_STR("eerste-kamer")) || vb_str_eq(key, VB_STR("tweede-kamer")));
}

/** "motie van het lid Jansen (SP)" -> Jansen MEMBER_OF sp; a motion's span ends before the bracket */
static vb_status party_of_mover(vb_scene *scene, const vb_named *m, uint32_t person)
{
    vb_status status;
    char room[16];
    const vb_named *next = m + 1;
    if (next == scene->a->mentions.at + scene->a->mentions.len || !vb_near_is(scene, next, VB_LABEL_PARTY))
        return VB_OK;
    if (!vb_near_opens_bracket(vb_near_between(scene, m, next, room, sizeof room))) return VB_OK;
    TRY(vb_scene_say(scene, VB_REL_MEMBER_OF, person, next->entity, next, "genre:motion"));
    const vb_named *house = next + 1; /* "(D66, Eerste Kamer)" */
    if (house == scene->a->mentions.at + scene->a->mentions.len || !is_house(scene, house)) goto done;
    if (vb_str_eq(vb_near_between(scene, next, house, room, sizeof room), VB_STR(",")))
        TRY(vb_scene_say(scene, VB_REL_MEMBER_OF, person, house->entity, house, "genre:motion"));
done:
    return status;
}

/** "motie van het lid Jansen c.s.", "motie-Jansen/De Vries" -> Jansen (and De Vries) AUTHORED the motion */
vb_status vb_genre_movers(vb_scene *scene, const vb_named *m)
{
    static const char *const heads[] = { "moties",           "motie",
                                         "gewijzigde motie", "nader gewijzigde motie",
                                         "amendement",       "initiatiefnota" };
    vb_status status = VB_OK;
    vb_str text = vb_scene_text(scene, m->start, m->end);
    if (vb_scene_label(scene, m->entity) != VB_LABEL_DOCUMENT ||
        !drop_start(&text, heads, VB_COUNT(heads), true))
        return VB_OK;
    if (vb_push(scene->a->arena, &scene->motions) != VB_OK) return vb_fail_memory(scene->err);
    scene->motions.at[scene->motions.len - 1] = m->entity;
    drop_leads(&text);
    while (text.len) {
        uint32_t person = VB_NONE;
        vb_str mover = next_mover(&text);
        drop_leads(&mover);
        TRY(unglue(scene, &mover));
        TRY(part_double(scene, &mover, &text));
        if (!is_surname(mover)) break;
        TRY(find_person(scene, mover, &person));
        TRY(vb_scene_say(scene, VB_REL_AUTHORED, person, m->entity, m, "genre:motion"));
        if (text.len) continue;
        TRY(party_of_mover(scene, m, person));
    }
done:
    return status;
}

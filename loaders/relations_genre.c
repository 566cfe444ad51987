/**
 * What the genre's own structure says of people: who asked, which office and which party stand beside a name.
 * All by the words between two mentions; sentences proper are read by the rules.
 */
#include "loaders/relations.h"

enum { ROOM = 400, NUMBER_REACH = 40 };

/* ---- parties and offices ------------------------------------------------------------------------------ */

/** "het lid Mutluer (PvdA)" -> Mutluer MEMBER_OF pvda; "de leden A en B (beiden D66)": each of them */
static vb_status party(vb_scene *scene, size_t i)
{
    static const char *const all[] = { "(beiden", "(beide", "(allen", "(allebei", "(alle" };
    static const char *const joins[] = { ",", "en", ", en" };
    vb_status status = VB_OK;
    char room[ROOM];
    const vb_named *p = vb_near_mention(scene, i), *last = i ? vb_near_mention(scene, i - 1) : NULL;
    if (!vb_near_is(scene, p, VB_LABEL_PARTY) || !vb_near_is(scene, last, VB_LABEL_PERSON)) return VB_OK;
    vb_str gap = vb_near_between(scene, last, p, room, sizeof room);
    bool each = vb_near_one_of(gap, all, VB_COUNT(all));
    if (!each && !vb_near_opens_bracket(gap)) return VB_OK;
    for (size_t k = i - 1;; k--) {
        const vb_named *m = vb_near_mention(scene, k), *before = k ? vb_near_mention(scene, k - 1) : NULL;
        TRY(vb_scene_say(scene, VB_REL_MEMBER_OF, m->entity, p->entity, p, "genre:party"));
        if (!each || !vb_near_is(scene, before, VB_LABEL_PERSON)) break;
        gap = vb_near_between(scene, before, m, room, sizeof room);
        if (!vb_near_one_of(gap, joins, VB_COUNT(joins))) break;
    }
done:
    return status;
}

/** "PvdA-Kamerlid Mutluer", "Kamerlid Mutluer van de PvdA" -> Mutluer MEMBER_OF pvda */
static vb_status party_beside(vb_scene *scene, size_t i)
{
    static const char *const roles[] = { "-Kamerlid",          "-kamerlid", "-lid",
                                         "-fractievoorzitter", "Kamerlid",  "-leider",
                                         "-Tweede Kamerlid",   "-senator",  "-Europarlementariër" };
    static const char *const of[] = { "van de",
                                      "van het",
                                      "van",
                                      ", Kamerlid voor",
                                      ", Kamerlid van",
                                      ", fractievoorzitter van",
                                      ", partijleider van" };
    static const char *const leads[] = { "amerlid", "lid", "amerleden", "leden", "voorzitter" };
    char room[ROOM], room2[ROOM];
    const vb_named *a = vb_near_mention(scene, i), *b = vb_near_mention(scene, i + 1);
    vb_str gap = vb_near_between(scene, a, b, room, sizeof room);
    if (!gap.at) return VB_OK;
    if (vb_near_is(scene, a, VB_LABEL_PARTY) && vb_near_is(scene, b, VB_LABEL_PERSON) &&
        vb_near_one_of(gap, roles, VB_COUNT(roles)))
        return vb_scene_say(scene, VB_REL_MEMBER_OF, b->entity, a->entity, a, "genre:party");
    if (vb_near_is(scene, a, VB_LABEL_PERSON) && vb_near_is(scene, b, VB_LABEL_PARTY) &&
        vb_near_one_of(gap, of, VB_COUNT(of)) &&
        (gap.at[0] == ',' ||
         vb_near_ends(vb_near_before(scene, a, room2, sizeof room2), leads, VB_COUNT(leads))))
        return vb_scene_say(scene, VB_REL_MEMBER_OF, a->entity, b->entity, b, "genre:party");
    return VB_OK;
}

/** "minister Heinen (Financiën)", "minister van Financiën E. Heinen", "Heinen, minister van Financiën" ->
 *  Heinen HOLDS_OFFICE fin */
static vb_status office(vb_scene *scene, size_t i)
{
    static const char *const roles[] = { "inister", "taatssecretaris", "inister-president" };
    static const char *const apart[] = { ",", ", de", ", toenmalig", ", de huidige" };
    char room[ROOM], room2[ROOM];
    const vb_named *a = vb_near_mention(scene, i), *b = vb_near_mention(scene, i + 1);
    vb_str gap = vb_near_between(scene, a, b, room, sizeof room);
    if (!gap.at || a->block == scene->columns) return VB_OK;
    if (vb_near_is(scene, a, VB_LABEL_PERSON) && vb_near_is(scene, b, VB_LABEL_MINISTRY)) {
        bool role = vb_near_ends(vb_near_before(scene, a, room2, sizeof room2), roles, VB_COUNT(roles));
        if ((role && vb_str_eq(gap, VB_STR("("))) ||
            (b->office && vb_near_one_of(gap, apart, VB_COUNT(apart))))
            return vb_scene_say(scene, VB_REL_HOLDS_OFFICE, a->entity, b->entity, a, "genre:office");
    }
    if (vb_near_is(scene, a, VB_LABEL_MINISTRY) && a->office && vb_near_is(scene, b, VB_LABEL_PERSON) &&
        !gap.len)
        return vb_scene_say(scene, VB_REL_HOLDS_OFFICE, b->entity, a->entity, b, "genre:office");
    return VB_OK;
}

/** "Commissievoorzitter Von der Leyen" -> Von der Leyen LEADS europese-commissie, which has no span there */
static vb_status heads_body(vb_scene *scene, size_t i)
{
    static const struct {
        const char *title, *key, *name;
    } bodies[] = { { "Commissievoorzitter", "europese-commissie", "Europese Commissie" },
                   { "NAVO-chef", "noord-atlantische-verdragsorganisatie",
                     "Noord-Atlantische Verdragsorganisatie" },
                   { "Kamervoorzitter", "tweede-kamer", "Tweede Kamer" } };
    char room[ROOM];
    const vb_named *m = vb_near_mention(scene, i);
    if (!vb_near_is(scene, m, VB_LABEL_PERSON)) return VB_OK;
    vb_str words = vb_near_before(scene, m, room, sizeof room);
    for (size_t k = 0; k < VB_COUNT(bodies); k++) {
        uint32_t body;
        if (!vb_str_ends(words, vb_str_of(bodies[k].title))) continue;
        if (vb_entity_add(scene->a, VB_LABEL_ORGANISATION, vb_str_of(bodies[k].key),
                          vb_str_of(bodies[k].name), &body) != VB_OK)
            return vb_fail_memory(scene->err);
        return vb_scene_say(scene, VB_REL_LEADS, m->entity, body, m, "genre:head-of");
    }
    return VB_OK;
}

/* ---- questions ---------------------------------------------------------------------------------------- */

/** Whether a name after @p words is one who asks: "Vragen van de leden". *earlier: it says earlier questions.
 */
static bool leads_to_asker(vb_str words, bool *earlier)
{
    static const char *const fine[] = { "het",  "de",         "lid",      "leden",      "Kamerlid",
                                        "van",  "Kamerleden", "kamerlid", "kamerleden", "Tweede",
                                        "heer", "mevrouw",    "door" };
    size_t at = SIZE_MAX, next = 0;
    while ((next = vb_str_find(words, VB_STR("ra"), next)) != SIZE_MAX) {
        vb_str rest = vb_str_part(words, next, words.len);
        if (vb_str_starts(rest, VB_STR("ragen ")))
            at = next;
        else if (vb_str_starts(rest, VB_STR("raag ")))
            at = next - 1; /* one letter shorter: "Vraag van het lid" */
        next++;
    }
    if (at == SIZE_MAX) return false;
    vb_str rest = vb_str_part(words, at + 6, words.len), word;
    if (vb_str_starts(rest, VB_STR("gesteld "))) rest = vb_str_part(rest, 8, rest.len);
    if (vb_str_starts(rest, VB_STR("terzake "))) rest = vb_str_part(rest, 8, rest.len);
    if (!vb_str_starts(rest, VB_STR("van ")) && !vb_str_starts(rest, VB_STR("door "))) return false;
    while (vb_str_next(&rest, ' ', &word))
        if (word.len && !vb_near_one_of(word, fine, VB_COUNT(fine))) return false;
    *earlier = vb_near_has(words, "erdere") || vb_near_has(words, "eerder ");
    return true;
}

/** Whether these questions are the loaded document's own: asked in its head, or answered by its letter. */
static bool asks_here(const vb_scene *scene, const vb_named *m)
{
    static const char *const acts[] = { "eantwoord", "ierbij",  "deel ik u",    "bied ik", "zend ik",
                                        "stuur ik",  "termijn", "ntwoorden op", "ijlage",  "Kamervragen" };
    static const char *const opens[] = { "Vragen ", "Mondelinge vragen ", "Schriftelijke vragen " };
    vb_section section = vb_near_block(scene, m)->section;
    char room[ROOM];
    vb_str words = vb_near_before(scene, m, room, sizeof room);
    bool late = vb_near_has(vb_near_sentence(scene, m), "termijn"); /* a notice that the answers will be */
    if (section == VB_SECTION_HEAD || (late && section != VB_SECTION_QUESTION)) return true;
    for (size_t i = 0; i < VB_COUNT(opens) && section == VB_SECTION_BODY; i++)
        if (vb_str_starts(words, vb_str_of(opens[i]))) return true;
    if (section != VB_SECTION_BODY) return false;
    vb_str text = vb_near_sentence(scene, m);
    for (size_t i = 0; i < VB_COUNT(acts); i++)
        if (vb_near_has(text, acts[i])) return true;
    return false;
}

static bool is_question_number(const vb_entity *e)
{
    size_t digits = 0;
    for (size_t i = 0; i < e->key.len; i++) digits += e->key.at[i] >= '0' && e->key.at[i] <= '9';
    return e->label == VB_LABEL_DOCUMENT && e->key.len >= 9 && digits + 1 == e->key.len &&
           strchr("ZzDd", e->key.at[4]);
}

/** The question number that the sentence of @p m gives from mention @p i on; VB_NONE. */
static uint32_t number_after(const vb_scene *scene, const vb_named *m, size_t i)
{
    size_t end = i + NUMBER_REACH;
    for (const vb_named *k; i < end && (k = vb_near_mention(scene, i)) && k->sentence == m->sentence; i++)
        if (is_question_number(&scene->a->entities.at[k->entity])) return k->entity;
    return VB_NONE;
}

/** "Vragen van de leden A (SP) en B (VVD) aan ..." -> each ASKED self; "eerdere vragen van het lid A
 *  (2024Z14814)" -> A ASKED 2024Z14814 */
static vb_status asked(vb_scene *scene, size_t i)
{
    static const char *const joins[] = { "(",          ",",        "en",    ") en",
                                         "),",         ", en",     ")",     "(beiden",
                                         "(allen",     "(beide",   "), en", ") en het lid",
                                         "en het lid", ", het lid" };
    vb_status status = VB_OK;
    char room[ROOM];
    bool earlier = false;
    const vb_named *m = vb_near_mention(scene, i), *last = m;
    if (!vb_near_is(scene, m, VB_LABEL_PERSON) ||
        !leads_to_asker(vb_near_before(scene, m, room, sizeof room), &earlier))
        return VB_OK;
    bool here = asks_here(scene, m) && !earlier;
    uint32_t number = number_after(scene, m, i), target = here ? VB_SELF : number;
    if (here && number != VB_NONE) {
        if (vb_push(scene->a->arena, &scene->own) != VB_OK) return vb_fail_memory(scene->err);
        scene->own.at[scene->own.len - 1] = number;
    }
    for (; m && (here || number != VB_NONE); m = vb_near_mention(scene, ++i)) {
        vb_str gap = vb_near_between(scene, last, m, room, sizeof room);
        if (m != last && !vb_near_one_of(gap, joins, VB_COUNT(joins))) break;
        if (vb_near_is(scene, m, VB_LABEL_PERSON))
            TRY(vb_scene_say(scene, VB_REL_ASKED, m->entity, target, m, "genre:asked"));
        last = m;
    }
done:
    return status;
}

vb_status vb_genre_people(vb_scene *scene)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        TRY(party(scene, i));
        TRY(party_beside(scene, i));
        TRY(office(scene, i));
        TRY(heads_body(scene, i));
        TRY(asked(scene, i));
    }
done:
    return status;
}

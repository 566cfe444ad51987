/**
 * What the genre's own structure says of people: who answers (the head), who signs (the foot), who asked,
 * which office and which party stand beside a name. All by the words between two mentions; sentences proper
 * are read by the rules.
 */
#include "loaders/relations.h"

static const vb_named *mention_at(const vb_scene *scene, size_t i)
{
    return i < scene->a->mentions.len ? &scene->a->mentions.at[i] : NULL;
}

static bool is_label(const vb_scene *scene, const vb_named *m, vb_label label)
{
    return m && vb_scene_label(scene, m->entity) == label;
}

/** The words between two mentions of one block, blanks trimmed; NULL where they share no block. */
static vb_str between(const vb_scene *scene, const vb_named *a, const vb_named *b)
{
    if (a->block != b->block || a->end > b->start) return (vb_str){ NULL, 0 };
    return vb_scene_text(scene, a->end, b->start);
}

static bool is_one_of(vb_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s.at && vb_str_eq(s, vb_str_of(words[i]))) return true;
    return false;
}

/** The sentence's words before mention @p m. */
static vb_str before(const vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    uint32_t start = m->sentence < view->n_sentences ? view->sentences[m->sentence].start : m->start;
    return vb_scene_text(scene, start, m->start);
}

static bool has_word(vb_str text, const char *word)
{
    return vb_str_find(text, vb_str_of(word), 0) != SIZE_MAX;
}

static vb_block_kind block_kind(const vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    return m->block < view->n_blocks ? view->blocks[m->block].kind : VB_BLOCK_PARAGRAPH;
}

static vb_section section_of(const vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    return m->block < view->n_blocks ? view->blocks[m->block].section : VB_SECTION_BODY;
}

static vb_status add_once(vb_scene *scene, void *vec, uint32_t entity)
{
    VB_VEC(uint32_t) *list = vec;
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i] == entity) return VB_OK;
    if (vb_vec_grow(scene->a->arena, (void **)&list->at, &list->len, &list->cap, sizeof *list->at) != VB_OK)
        return vb_fail_memory(scene->err);
    list->at[list->len - 1] = entity;
    return VB_OK;
}

/** @p person answers or signs the document from office @p ministry (VB_NONE: not known). */
static vb_status add_sender(vb_scene *scene, const vb_named *at, uint32_t person, uint32_t ministry,
                            const char *rule)
{
    vb_status status;
    TRY(add_once(scene, &scene->a->senders, person));
    TRY(vb_scene_say(scene, VB_REL_AUTHORED, person, VB_SELF, at, rule));
    if (ministry == VB_NONE) goto done;
    TRY(add_once(scene, &scene->a->ministries, ministry));
    TRY(vb_scene_say(scene, VB_REL_HOLDS_OFFICE, person, ministry, at, rule));
done:
    return status;
}

/** "Antwoord van minister Van Weel (Justitie en Veiligheid)" -> Van Weel AUTHORED self, HOLDS_OFFICE jenv */
static vb_status answers(vb_scene *scene, size_t i)
{
    const vb_named *person = mention_at(scene, i), *office = mention_at(scene, i + 1);
    if (!is_label(scene, person, VB_LABEL_PERSON) || section_of(scene, person) != VB_SECTION_HEAD)
        return VB_OK;
    vb_str words = before(scene, person);
    bool answers = has_word(words, "ntwoord van ") || has_word(words, "ntwoorden van ");
    if (!answers || has_word(words, "vragen van")) return VB_OK;
    bool holds =
        is_label(scene, office, VB_LABEL_MINISTRY) && vb_str_eq(between(scene, person, office), VB_STR("("));
    return add_sender(scene, person, person->entity, holds ? office->entity : VB_NONE, "genre:answer");
}

/** Offices and names under a letter, each in their order: one or more columns, whichever way they were read.
 *  "De minister van Financiën," "E. Heinen" -> E. Heinen AUTHORED self, HOLDS_OFFICE fin */
static vb_status signatures(vb_scene *scene)
{
    vb_status status = VB_OK;
    const vb_named *offices[8], *names[8];
    size_t n_offices = 0, n_names = 0;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        const vb_named *m = mention_at(scene, i);
        if (block_kind(scene, m) != VB_BLOCK_SIGNATURE) continue;
        if (is_label(scene, m, VB_LABEL_MINISTRY) && n_offices < VB_COUNT(offices)) offices[n_offices++] = m;
        if (is_label(scene, m, VB_LABEL_PERSON) && n_names < VB_COUNT(names)) names[n_names++] = m;
    }
    for (size_t i = 0; i < n_names; i++)
        TRY(add_sender(scene, names[i], names[i]->entity, n_offices == n_names ? offices[i]->entity : VB_NONE,
                       "genre:signature"));
    for (size_t i = 0; i < n_offices && !n_names; i++) {
        TRY(add_once(scene, &scene->a->ministries, offices[i]->entity));
        TRY(add_once(scene, &scene->a->senders, offices[i]->entity));
        TRY(vb_scene_say(scene, VB_REL_AUTHORED, offices[i]->entity, VB_SELF, offices[i], "genre:signature"));
    }
done:
    return status;
}

/** "mede namens de minister van Financiën" in the head or the covering sentence -> fin AUTHORED self */
static vb_status co_sender(vb_scene *scene, size_t i)
{
    const vb_named *m = mention_at(scene, i);
    vb_section section = section_of(scene, m);
    if (!m->office || (section != VB_SECTION_HEAD && section != VB_SECTION_BODY)) return VB_OK;
    vb_str words = before(scene, m);
    bool said = vb_str_ends(words, VB_STR("ede namens de")) || vb_str_ends(words, VB_STR("ede namens"));
    if (!said) return VB_OK;
    return vb_scene_say(scene, VB_REL_AUTHORED, m->entity, VB_SELF, m, "genre:co-sender");
}

vb_status vb_genre_senders(vb_scene *scene)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < scene->a->mentions.len; i++) TRY(answers(scene, i));
    TRY(signatures(scene));
    for (size_t i = 0; i < scene->a->mentions.len; i++) TRY(co_sender(scene, i));
done:
    return status;
}

/** "het lid Mutluer (PvdA)" -> Mutluer MEMBER_OF pvda; "de leden A en B (beiden D66)": each of them */
static vb_status party(vb_scene *scene, size_t i)
{
    vb_status status = VB_OK;
    static const char *const all[] = { "(beiden", "(beide", "(allen", "(allebei" };
    static const char *const joins[] = { ",", "en", ", en" };
    const vb_named *p = mention_at(scene, i), *last = i ? mention_at(scene, i - 1) : NULL;
    if (!is_label(scene, p, VB_LABEL_PARTY) || !is_label(scene, last, VB_LABEL_PERSON)) return VB_OK;
    vb_str gap = between(scene, last, p);
    bool each = is_one_of(gap, all, VB_COUNT(all));
    if (!each && !(gap.at && vb_str_eq(gap, VB_STR("(")))) return VB_OK;
    for (size_t k = i - 1;; k--) {
        TRY(vb_scene_say(scene, VB_REL_MEMBER_OF, mention_at(scene, k)->entity, p->entity, p, "genre:party"));
        if (!each || !k || !is_label(scene, mention_at(scene, k - 1), VB_LABEL_PERSON)) break;
        gap = between(scene, mention_at(scene, k - 1), mention_at(scene, k));
        if (!is_one_of(gap, joins, VB_COUNT(joins))) break;
    }
done:
    return status;
}

/** "minister Heinen (Financiën)", "minister van Financiën E. Heinen" -> E. Heinen HOLDS_OFFICE fin */
static vb_status office(vb_scene *scene, size_t i)
{
    static const char *const roles[] = { "inister", "taatssecretaris", "inister-president" };
    const vb_named *a = mention_at(scene, i), *b = mention_at(scene, i + 1);
    if (!a || !b) return VB_OK;
    vb_str gap = between(scene, a, b), words = before(scene, a);
    if (is_label(scene, a, VB_LABEL_PERSON) && is_label(scene, b, VB_LABEL_MINISTRY) && gap.at) {
        bool role = false;
        for (size_t k = 0; k < VB_COUNT(roles); k++) role |= vb_str_ends(words, vb_str_of(roles[k]));
        if ((role && vb_str_eq(gap, VB_STR("("))) || (b->office && vb_str_eq(gap, VB_STR(","))))
            return vb_scene_say(scene, VB_REL_HOLDS_OFFICE, a->entity, b->entity, a, "genre:office");
    }
    if (is_label(scene, a, VB_LABEL_MINISTRY) && a->office && is_label(scene, b, VB_LABEL_PERSON) && gap.at &&
        !gap.len)
        return vb_scene_say(scene, VB_REL_HOLDS_OFFICE, b->entity, a->entity, b, "genre:office");
    return VB_OK;
}

/** "Vragen van de leden A (SP) en B (VVD) aan ..." -> each ASKED self */
static vb_status asked(vb_scene *scene, size_t i, bool *found)
{
    vb_status status = VB_OK;
    static const char *const joins[] = { "(", ",", "en", ") en", "),", ", en", "(beiden", "(allen" };
    static const char *const leads[] = { "ragen van het lid", "ragen van de leden", "ragen van het Kamerlid",
                                         "ragen van Kamerlid", "ragen van de Kamerleden" };
    const vb_named *m = mention_at(scene, i), *last = m;
    vb_section section = section_of(scene, m);
    bool said = false;
    if (!is_label(scene, m, VB_LABEL_PERSON) || (section != VB_SECTION_HEAD && section != VB_SECTION_BODY))
        return VB_OK;
    vb_str words = before(scene, m);
    for (size_t k = 0; k < VB_COUNT(leads); k++) said |= vb_str_ends(words, vb_str_of(leads[k]));
    if (!said || has_word(words, "erdere")) return VB_OK;
    *found = true;
    for (; m; m = mention_at(scene, ++i)) {
        if (m != last && !is_one_of(between(scene, last, m), joins, VB_COUNT(joins))) break;
        if (is_label(scene, m, VB_LABEL_PERSON))
            TRY(vb_scene_say(scene, VB_REL_ASKED, m->entity, VB_SELF, m, "genre:asked"));
        last = m;
    }
done:
    return status;
}

vb_status vb_genre_people(vb_scene *scene)
{
    vb_status status = VB_OK;
    bool found = false;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        TRY(party(scene, i));
        TRY(office(scene, i));
        TRY(asked(scene, i, &found));
    }
done:
    return status;
}

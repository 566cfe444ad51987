/**
 * Who sends the document: the one who answers by its head, those who sign under it, and those in whose name
 * they also do. The person is its author; a co-sender known only by office is the ministry. Their ministries
 * are what "ik" and "mijn ministerie" stand for in the rules.
 */
#include "loaders/relations.h"

enum { ROOM = 400, SIGNATURE_MOST = 300, OFFICES_MOST = 8 };

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

/** That @p person holds the office @p ministry: said from the name to the mention of the office, both of them
 *  part of what says it; by the name's own sentence where the office has no mention (NULL). */
static vb_status holds_office(vb_scene *scene, const vb_named *name, const vb_named *office, uint32_t person,
                              uint32_t ministry, const char *rule)
{
    const vb_named *first = office && office->start < name->start ? office : name;
    const vb_named *last = first == name ? office : name;
    if (!last || name->sentence == office->sentence || last->start - first->end > SIGNATURE_MOST)
        return vb_scene_say(scene, VB_REL_HOLDS_OFFICE, person, ministry, name, rule);
    return vb_scene_claim(scene,
                          &(vb_claim){ .type = VB_REL_HOLDS_OFFICE,
                                       .source = person,
                                       .target = ministry,
                                       .start = first->start,
                                       .end = last->end,
                                       .rule = rule,
                                       .marks = { [VB_MARK_SOURCE] = { name->start, name->end },
                                                  [VB_MARK_TARGET] = { office->start, office->end } } });
}

/** @p person answers or signs the document from office @p ministry (VB_NONE: not known), named by @p office.
 */
static vb_status add_sender(vb_scene *scene, const vb_named *at, const vb_named *office, uint32_t person,
                            uint32_t ministry, const char *rule)
{
    vb_status status;
    TRY(add_once(scene, &scene->a->senders, person));
    TRY(vb_scene_say(scene, VB_REL_AUTHORED, person, VB_SELF, at, rule));
    if (ministry == VB_NONE) goto done;
    TRY(add_once(scene, &scene->a->ministries, ministry));
    TRY(holds_office(scene, at, office, person, ministry, rule));
done:
    return status;
}

/* ---- the head: "Antwoord van" ------------------------------------------------------------------------- */

/** The ministry in brackets after a person: "Van Weel (Justitie en Veiligheid)"; VB_NONE. */
static uint32_t ministry_after(const vb_scene *scene, size_t i)
{
    char room[ROOM];
    const vb_named *a = vb_near_mention(scene, i), *b = vb_near_mention(scene, i + 1);
    if (!vb_near_is(scene, b, VB_LABEL_MINISTRY)) return VB_NONE;
    return vb_str_eq(vb_near_between(scene, a, b, room, sizeof room), VB_STR("(")) ? b->entity : VB_NONE;
}

/** Ministries that answer by their office, without a person's name. */
typedef struct office_list {
    const vb_named *at[OFFICES_MOST];
    size_t n;
} office_list;

/** Those named from mention @p i on in an answer's head, until the questions begin. */
static vb_status answer_names(vb_scene *scene, size_t i, office_list *offices)
{
    vb_status status = VB_OK;
    char room[ROOM];
    bool named = false;
    const vb_named *first = vb_near_mention(scene, i), *m = first, *last = NULL;
    for (; m && m->sentence == first->sentence; last = m, m = vb_near_mention(scene, ++i)) {
        vb_str gap = last ? vb_near_between(scene, last, m, room, sizeof room) : (vb_str){ "", 0 };
        if (vb_near_has(gap, "ragen") || vb_near_has(gap, "aan d")) break;
        named |= vb_near_has(gap, "amens");
        if (vb_near_is(scene, m, VB_LABEL_PERSON)) {
            uint32_t ministry = ministry_after(scene, i);
            const vb_named *office = ministry == VB_NONE ? NULL : vb_near_mention(scene, i + 1);
            TRY(add_sender(scene, m, office, m->entity, ministry, "genre:answer"));
            if (ministry != VB_NONE) m = vb_near_mention(scene, ++i);
        } else if (m->office && named) {
            /* "mede namens de minister van Financiën" -> fin AUTHORED self */
            TRY(vb_scene_say(scene, VB_REL_AUTHORED, m->entity, VB_SELF, m, "genre:co-sender"));
        } else if (vb_near_is(scene, m, VB_LABEL_MINISTRY) && (m->office || offices->n) &&
                   offices->n < OFFICES_MOST) {
            offices->at[offices->n++] = m;
        }
    }
done:
    return status;
}

/** "Antwoord van minister Van Weel (Justitie en Veiligheid)" -> Van Weel AUTHORED self, HOLDS_OFFICE jenv */
static vb_status answers(vb_scene *scene, size_t *i, office_list *offices)
{
    vb_status status = VB_OK;
    char room[ROOM];
    const vb_named *m = vb_near_mention(scene, *i);
    if (vb_near_block(scene, m)->section != VB_SECTION_HEAD) return VB_OK;
    vb_str words = vb_near_before(scene, m, room, sizeof room);
    bool answer = vb_near_has(words, "ntwoord van ") || vb_near_has(words, "ntwoorden van ") ||
                  vb_near_has(words, "ntwoording door ") || vb_near_has(words, "ededeling van ") ||
                  vb_near_has(words, "BRIEF VAN DE");
    if (!answer || vb_near_has(words, "ragen van")) return VB_OK;
    TRY(answer_names(scene, *i, offices));
    while (vb_near_mention(scene, *i + 1) && vb_near_mention(scene, *i + 1)->sentence == m->sentence) ++*i;
done:
    return status;
}

/* ---- the foot ----------------------------------------------------------------------------------------- */

/** Whether mention @p m stands in a signature: a block of that kind, or a short one that opens with an office
 *  and ends with a name. */
static bool in_signature(const vb_scene *scene, size_t i)
{
    const vb_named *m = vb_near_mention(scene, i), *other;
    const vb_block *b = vb_near_block(scene, m);
    if (b->kind == VB_BLOCK_SIGNATURE) return true;
    if (b->kind != VB_BLOCK_PARAGRAPH || b->end - b->start > SIGNATURE_MOST) return false;
    bool office = vb_near_is(scene, m, VB_LABEL_MINISTRY);
    other = office ? vb_near_mention(scene, i + 1) : i ? vb_near_mention(scene, i - 1) : NULL;
    if (!other || other->block != m->block) return false;
    const vb_named *first = office ? m : other, *second = office ? other : m;
    char room[ROOM];
    vb_str gap = vb_near_between(scene, first, second, room, sizeof room);
    return first->office && vb_near_is(scene, second, VB_LABEL_PERSON) && first->start - b->start <= 3 &&
           b->end - second->end <= 2 && (!gap.len || vb_str_eq(gap, VB_STR(",")));
}

/** What stands under a letter. */
typedef struct foot {
    uint32_t offices[OFFICES_MOST];
    const vb_named *at[OFFICES_MOST]; /* an office's mention; NULL in columns */
    const vb_named *names[OFFICES_MOST];
    size_t n_offices, n_names;
} foot;

/** Offices in columns; the mentions that names them line by line are none. */
static vb_status column_offices(vb_scene *scene, foot *f)
{
    vb_status status = VB_OK;
    for (size_t b = 0; b < scene->a->view.n_blocks; b++) {
        uint32_t ministries[OFFICES_MOST];
        size_t n = 0;
        if (scene->a->view.blocks[b].kind != VB_BLOCK_SIGNATURE) continue;
        TRY(vb_columns_offices(scene, &scene->a->view.blocks[b], ministries, &n));
        if (!n) continue;
        scene->columns = (uint32_t)b;
        for (size_t i = 0; i < n; i++) f->offices[i] = ministries[i];
        f->n_offices = n;
        break;
    }
done:
    return status;
}

static vb_status mentioned_offices(vb_scene *scene, foot *f)
{
    vb_status status = VB_OK;
    char room[ROOM];
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        const vb_named *m = vb_near_mention(scene, i);
        if (m->block == scene->columns || !in_signature(scene, i)) continue;
        if (vb_near_is(scene, m, VB_LABEL_PERSON) && f->n_names < OFFICES_MOST) f->names[f->n_names++] = m;
        if (!vb_near_is(scene, m, VB_LABEL_MINISTRY) || f->n_offices == OFFICES_MOST) continue;
        if (scene->columns != VB_NONE) continue;
        if (vb_near_has(vb_near_before(scene, m, room, sizeof room), "amens")) {
            TRY(vb_scene_say(scene, VB_REL_AUTHORED, m->entity, VB_SELF, m, "genre:co-sender"));
            continue;
        }
        f->at[f->n_offices] = m;
        f->offices[f->n_offices++] = m->entity;
    }
done:
    return status;
}

/** "De minister-president," over "minister van Algemene Zaken,": where offices are more than names, one
 * ministry in a row is one office. */
static void merge_offices(foot *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_offices; i++) {
        if (n && f->offices[n - 1] == f->offices[i]) continue;
        f->offices[n] = f->offices[i];
        f->at[n++] = f->at[i];
    }
    if (n == f->n_names) f->n_offices = n;
}

/** Offices and names under a letter, each in their order: one or more columns, whichever way they were read.
 *  "De minister van Financiën," "E. Heinen" -> E. Heinen AUTHORED self, HOLDS_OFFICE fin */
static vb_status signatures(vb_scene *scene)
{
    vb_status status;
    foot f = { 0 };
    TRY(column_offices(scene, &f));
    TRY(mentioned_offices(scene, &f));
    if (f.n_offices > f.n_names) merge_offices(&f);
    for (size_t i = 0; i < f.n_names; i++)
        TRY(add_sender(scene, f.names[i], f.n_offices == f.n_names ? f.at[i] : NULL, f.names[i]->entity,
                       f.n_offices == f.n_names ? f.offices[i] : VB_NONE, "genre:signature"));
    for (size_t i = 0; i < f.n_offices && f.n_names != f.n_offices; i++) {
        TRY(add_once(scene, &scene->a->ministries, f.offices[i]));
        if (f.n_names || !f.at[i]) continue;
        TRY(add_once(scene, &scene->a->senders, f.offices[i]));
        TRY(vb_scene_say(scene, VB_REL_AUTHORED, f.offices[i], VB_SELF, f.at[i], "genre:signature"));
    }
done:
    return status;
}

/* ---- co-senders --------------------------------------------------------------------------------------- */

/** Whether the sentence sends or answers what is loaded, and does not tell of another paper. */
static bool sends(const vb_scene *scene, const vb_named *m)
{
    static const char *const acts[] = { "eantwoord", "bied ik",  "ierbij", "eze brief", "ntwoorden op",
                                        "zend ik",   "stuur ik", "doe ik", "deel ik u", "ntwoorden van" };
    vb_str text = vb_near_sentence(scene, m);
    for (size_t i = 0; i < VB_COUNT(acts); i++)
        if (vb_near_has(text, acts[i])) return true;
    return false;
}

/** Whether the office that @p m names signs below, by mention @p k: then the one who holds it is the author.
 */
static bool same_office(const vb_scene *scene, const vb_named *m, size_t k)
{
    const vb_named *other = vb_near_mention(scene, k);
    vb_str a = vb_scene_text(scene, m->start, m->end), b = vb_scene_text(scene, other->start, other->end);
    return a.len == b.len && strncasecmp(a.at, b.at, a.len) == 0 && in_signature(scene, k);
}

/** "mede namens de A, de B en de [C]": the first of the offices that mention @p i goes on with. */
static size_t first_of_offices(const vb_scene *scene, size_t i)
{
    static const char *const joints[] = { ",", "en", "en de", ", de", "en van", ", van" };
    char room[ROOM];
    for (; i > 0; i--) {
        const vb_named *m = vb_near_mention(scene, i), *last = vb_near_mention(scene, i - 1);
        if (last->sentence != m->sentence || !last->office) break;
        vb_str gap = vb_near_between(scene, last, m, room, sizeof room);
        if (!vb_near_one_of(gap, joints, VB_COUNT(joints))) break;
    }
    return i;
}

/** "…, mede namens de minister van Financiën, bied ik u aan" in the covering letter -> fin AUTHORED self */
static vb_status co_sender(vb_scene *scene, size_t i)
{
    static const char *const said[] = { "ede namens de", "ede namens" };
    char room[ROOM];
    const vb_named *m = vb_near_mention(scene, i);
    vb_section section = vb_near_block(scene, m)->section;
    if (!m->office || (section != VB_SECTION_HEAD && section != VB_SECTION_BODY)) return VB_OK;
    const vb_named *first = vb_near_mention(scene, first_of_offices(scene, i));
    if (!vb_near_ends(vb_near_before(scene, first, room, sizeof room), said, VB_COUNT(said))) return VB_OK;
    if (!sends(scene, m)) return VB_OK;
    for (size_t k = 0; k < scene->a->mentions.len; k++)
        if (k != i && vb_near_mention(scene, k)->entity == m->entity && same_office(scene, m, k))
            return VB_OK;
    return vb_scene_say(scene, VB_REL_AUTHORED, m->entity, VB_SELF, m, "genre:co-sender");
}

/** "Vragen van het lid A aan de minister van Financiën": in a document of questions alone, "u" is he. */
static vb_status addressed(vb_scene *scene)
{
    char room[ROOM];
    uint32_t one = VB_NONE;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        const vb_named *m = vb_near_mention(scene, i);
        if (vb_near_block(scene, m)->section != VB_SECTION_HEAD || !vb_near_is(scene, m, VB_LABEL_MINISTRY))
            continue;
        vb_str words = vb_near_before(scene, m, room, sizeof room);
        if (!m->office || !vb_near_has(words, "ragen van")) continue;
        if (one != VB_NONE && one != m->entity) return VB_OK; /* which of them is not said */
        one = m->entity;
    }
    scene->addressed = one;
    return VB_OK;
}

vb_status vb_genre_senders(vb_scene *scene)
{
    vb_status status = VB_OK;
    office_list offices = { .n = 0 };
    for (size_t i = 0; i < scene->a->mentions.len; i++) TRY(answers(scene, &i, &offices));
    TRY(signatures(scene));
    for (size_t i = 0; i < scene->a->mentions.len; i++) TRY(co_sender(scene, i));
    bool persons = scene->a->senders.len > 0;
    for (size_t i = 0; i < offices.n; i++) {
        const vb_named *m = offices.at[i];
        TRY(add_once(scene, &scene->a->ministries, m->entity));
        if (persons) continue; /* the person is the author */
        TRY(add_once(scene, &scene->a->senders, m->entity));
        TRY(vb_scene_say(scene, VB_REL_AUTHORED, m->entity, VB_SELF, m, "genre:answer"));
    }
    scene->addressed = VB_NONE;
    if (!scene->a->senders.len) TRY(addressed(scene));
done:
    return status;
}

/**
 * Papers and laws: the loaded document cites every one it names, but not itself; and who wrote the papers,
 * where the form alone says so: a reference "medium, date, title", a title "in" a newspaper, a motion by its
 * movers. What sentences say of authors ("in mijn brief van") is in loaders/rules/papers.rules.
 */
#include "loaders/relations.h"

static const char *const number_keys[] = { "kst-", "ah-", "stb-", "stcrt-", "trb-", "motie-" };

static bool is_own(const vb_scene *scene, uint32_t entity)
{
    const vb_entity *e = &scene->a->entities.at[entity];
    if (e->label == VB_LABEL_DOCUMENT && scene->a->key.len && vb_str_eq(e->key, scene->a->key)) return true;
    for (size_t i = 0; i < scene->own.len; i++)
        if (scene->own.at[i] == entity) return true;
    return false;
}

static bool is_titled(const vb_scene *scene, uint32_t entity)
{
    const vb_entity *e = &scene->a->entities.at[entity];
    for (size_t i = 0; i < VB_COUNT(number_keys); i++)
        if (vb_str_starts(e->key, vb_str_of(number_keys[i]))) return false;
    return e->label == VB_LABEL_DOCUMENT;
}

/* ---- references --------------------------------------------------------------------------------------- */

/** Whether @p word is one that stands between an author and a title: a month, an abbreviation of a date. */
static bool is_filler(vb_str word)
{
    static const char *const fillers[] = {
        "januari", "februari", "maart",    "april", "mei",          "juni", "juli", "augustus", "september",
        "oktober", "november", "december", "d",     "dd",           "vol",  "nr",   "en",       "et",
        "al",      "ea",       "eds",      "red",   "geraadpleegd", "op",   "z",
    };
    if (word.len == 1) return true; /* an initial */
    for (size_t i = 0; i < VB_COUNT(fillers); i++)
        if (strlen(fillers[i]) == word.len && strncasecmp(fillers[i], word.at, word.len) == 0) return true;
    return false;
}

/** Whether the view from @p start to @p end holds nothing but marks, numbers and fillers. */
static bool is_filling(const vb_scene *scene, uint32_t start, uint32_t end)
{
    const vb_view *view = &scene->a->view;
    for (uint32_t t = vb_view_token_at(view, start); t < view->n_tokens && view->tokens[t].start < end; t++) {
        const vb_token *token = &view->tokens[t];
        if (token->kind == VB_TOKEN_WORD && !is_filler(vb_str_part(view->text, token->start, token->end)))
            return false;
    }
    return true;
}

static uint32_t block_start(const vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    return m->block < view->n_blocks ? view->blocks[m->block].start : m->start;
}

static bool may_write(const vb_scene *scene, const vb_named *m)
{
    vb_label label = vb_scene_label(scene, m->entity);
    return label == VB_LABEL_ORGANISATION || label == VB_LABEL_PERSON || label == VB_LABEL_MINISTRY;
}

/** "1) De Telegraaf, 2 mei 2024, 'Titel'" -> De Telegraaf AUTHORED titel; also several authors */
static vb_status reference_authors(vb_scene *scene, size_t i)
{
    vb_status status = VB_OK;
    const vb_named *paper = &scene->a->mentions.at[i];
    size_t first = i;
    while (first && scene->a->mentions.at[first - 1].block == paper->block &&
           may_write(scene, &scene->a->mentions.at[first - 1]) &&
           is_filling(scene, scene->a->mentions.at[first - 1].end, scene->a->mentions.at[first].start))
        first--;
    if (first == i || !is_filling(scene, block_start(scene, paper), scene->a->mentions.at[first].start))
        return VB_OK;
    for (size_t k = first; k < i; k++)
        TRY(vb_scene_say(scene, VB_REL_AUTHORED, scene->a->mentions.at[k].entity, paper->entity, paper,
                         "genre:reference"));
done:
    return status;
}

/** Whether the words between a title and a name make the name its publisher. */
static bool publishes(vb_str gap)
{
    static const char *const joins[] = { "|", "-", "–", "in", "in de", "in het", "op" };
    static const char *const quotes[] = { "'", "’", "\"", "”", "»", "*", "_", ")", "." };
    for (bool more = true; more && gap.len;) {
        more = false;
        for (size_t i = 0; i < VB_COUNT(quotes); i++)
            if (vb_str_starts(gap, vb_str_of(quotes[i])) && vb_str_of(quotes[i]).len < gap.len) {
                gap = vb_str_trim(vb_str_part(gap, vb_str_of(quotes[i]).len, gap.len));
                more = true;
            }
    }
    for (size_t i = 0; i < VB_COUNT(joins); i++)
        if (vb_str_eq(gap, vb_str_of(joins[i]))) return true;
    bool pipes = vb_str_starts(gap, VB_STR("| ")) && vb_str_ends(gap, VB_STR("|"));
    bool dashes = vb_str_starts(gap, VB_STR("- ")) && vb_str_ends(gap, VB_STR("-"));
    return (pipes || dashes) && gap.len < 40;
}

/** "'Titel' in het Nederlands Dagblad", "Titel | NOS" -> the name AUTHORED titel */
static vb_status publisher(vb_scene *scene, size_t i)
{
    const vb_named *paper = &scene->a->mentions.at[i], *by = paper + 1;
    if (i + 1 >= scene->a->mentions.len || by->block != paper->block || !may_write(scene, by)) return VB_OK;
    if (!publishes(vb_scene_text(scene, paper->end, by->start))) return VB_OK;
    return vb_scene_say(scene, VB_REL_AUTHORED, by->entity, paper->entity, paper, "genre:publisher");
}

/* ---- motions ------------------------------------------------------------------------------------------ */

/** The Person called @p surname: the one entity whose key ends in it, else a new one. */
static vb_status find_person(vb_scene *scene, vb_str surname, uint32_t *out)
{
    vb_str key;
    uint32_t found = VB_NONE;
    if (vb_slug(scene->a->arena, surname, &key) != VB_OK) return vb_fail_memory(scene->err);
    for (size_t i = 0; i < scene->a->entities.len && key.len; i++) {
        const vb_entity *e = &scene->a->entities.at[i];
        if (e->label != VB_LABEL_PERSON) continue;
        if (vb_str_eq(e->key, key)) {
            *out = (uint32_t)i;
            return VB_OK;
        }
        if (vb_str_ends(e->key, key) && e->key.at[e->key.len - key.len - 1] == '-')
            found = found == VB_NONE ? (uint32_t)i : VB_SELF - 1;
    }
    *out = found;
    if (found < VB_SELF - 1) return VB_OK;
    if (vb_entity_add(scene->a, VB_LABEL_PERSON, key, surname, out) != VB_OK)
        return vb_fail_memory(scene->err);
    return VB_OK;
}

static bool drop_start(vb_str *s, const char *const *starts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        vb_str start = vb_str_of(starts[i]);
        if (!vb_str_starts(*s, start)) continue;
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
           drop_start(s, leads, VB_COUNT(leads)))
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

static bool is_known(const vb_scene *scene, vb_str key)
{
    for (size_t i = 0; i < scene->a->entities.len; i++) {
        const vb_entity *e = &scene->a->entities.at[i];
        if (e->label == VB_LABEL_PERSON && e->key.len >= key.len && vb_str_ends(e->key, key)) return true;
    }
    return false;
}

/** "Bikker-Van den Hil" are two movers where the document knows both, else one with a double name. Cuts
 * *mover and leaves the second in *rest. */
static vb_status part_double(vb_scene *scene, vb_str *mover, vb_str *rest)
{
    vb_str a, b;
    size_t at = vb_str_find(*mover, VB_STR("-"), 0);
    if (at == SIZE_MAX || rest->len) return VB_OK;
    vb_str second = vb_str_part(*mover, at + 1, mover->len), first = vb_str_part(*mover, 0, at);
    if (vb_slug(scene->a->arena, first, &a) != VB_OK || vb_slug(scene->a->arena, second, &b) != VB_OK)
        return vb_fail_memory(scene->err);
    if (a.len && b.len && is_known(scene, a) && is_known(scene, b)) {
        *mover = first;
        *rest = second;
    }
    return VB_OK;
}

/** "motie van het lid Jansen (SP)" -> Jansen MEMBER_OF sp; a motion's span ends before the bracket */
static vb_status party_of_mover(vb_scene *scene, const vb_named *m, uint32_t person)
{
    char room[16];
    const vb_named *next = m + 1;
    if (next == scene->a->mentions.at + scene->a->mentions.len || !vb_near_is(scene, next, VB_LABEL_PARTY))
        return VB_OK;
    if (!vb_str_eq(vb_near_between(scene, m, next, room, sizeof room), VB_STR("("))) return VB_OK;
    return vb_scene_say(scene, VB_REL_MEMBER_OF, person, next->entity, next, "genre:motion");
}

/** "motie van het lid Jansen c.s.", "motie-Jansen/De Vries" -> Jansen (and De Vries) AUTHORED the motion */
static vb_status movers(vb_scene *scene, const vb_named *m)
{
    static const char *const heads[] = { "moties",           "motie",
                                         "gewijzigde motie", "nader gewijzigde motie",
                                         "amendement",       "initiatiefnota" };
    vb_status status = VB_OK;
    vb_str text = vb_scene_text(scene, m->start, m->end);
    if (vb_scene_label(scene, m->entity) != VB_LABEL_DOCUMENT || !drop_start(&text, heads, VB_COUNT(heads)))
        return VB_OK;
    if (vb_push(scene->a->arena, &scene->motions) != VB_OK) return vb_fail_memory(scene->err);
    scene->motions.at[scene->motions.len - 1] = m->entity;
    drop_leads(&text);
    while (text.len) {
        uint32_t person;
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

/** What a note cites is cited by the sentence that calls the note, too. */
static vb_status cited_by_caller(vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    const vb_block *b = vb_near_block(scene, m);
    if (b->kind != VB_BLOCK_FOOTNOTE || b->caller == VB_NONE) return VB_OK;
    uint32_t i = vb_view_sentence_at(view, b->caller ? b->caller - 1 : 0);
    if (i == VB_NONE) return VB_OK;
    return vb_scene_claim(scene, &(vb_claim){ .type = VB_REL_CITES,
                                              .source = VB_SELF,
                                              .target = m->entity,
                                              .start = view->sentences[i].start,
                                              .end = view->sentences[i].end,
                                              .rule = "genre:cites" });
}

vb_status vb_genre_papers(vb_scene *scene)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        const vb_named *m = &scene->a->mentions.at[i];
        if (is_own(scene, m->entity)) continue;
        /* "Zie Kamerstukken II 2024/25, 36600, nr. 2." -> self CITES kst-36600-2; labels decide the rest */
        TRY(vb_scene_say(scene, VB_REL_CITES, VB_SELF, m->entity, m, "genre:cites"));
        TRY(cited_by_caller(scene, m));
        TRY(movers(scene, m));
        if (!is_titled(scene, m->entity)) continue;
        TRY(reference_authors(scene, i));
        TRY(publisher(scene, i));
    }
done:
    return status;
}

/**
 * Papers and laws: the loaded document cites every one it names, but not itself; and who wrote the papers,
 * where the form alone says so: a reference "medium, date, title", a title "in" a newspaper. What sentences
 * say of authors ("in mijn brief van") is in loaders/rules/papers.rules.
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
        "d",       "dd",      "vol",         "nr",           "en",
        "et",      "al",      "ea",          "eds",          "red",
        "z",       "op",      "van",         "geraadpleegd", "pp",
        "zie",     "ook",     "bron",        "uitzending",   "zaak",
        "website", "via",     "online",      "nieuws",       "nieuwsbericht",
        "artikel", "bericht", "persbericht", "bijvoorbeeld",
    };
    char room[16];
    if (word.len == 1) return true; /* an initial */
    for (size_t i = 0; i < VB_COUNT(fillers); i++)
        if (strlen(fillers[i]) == word.len && strncasecmp(fillers[i], word.at, word.len) == 0) return true;
    for (size_t i = 0; i < word.len && i < sizeof room; i++) room[i] = (char)(word.at[i] | 32);
    return word.len <= sizeof room && vb_word_is_month((vb_str){ room, word.len });
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

/** Whether the view from @p start to @p end holds a year: a reference has its date. */
static bool has_year(const vb_scene *scene, uint32_t start, uint32_t end)
{
    vb_str text = vb_scene_text(scene, start, end);
    for (size_t i = 0, digits = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] >= '0' && text.at[i] <= '9') {
            digits++;
            continue;
        }
        bool year = digits == 4 && (vb_str_starts(vb_str_part(text, i - 4, i), VB_STR("20")) ||
                                    vb_str_starts(vb_str_part(text, i - 4, i), VB_STR("19")));
        if (year) return true;
        digits = 0;
    }
    return false;
}

/** Whether a reference may begin at mention @p first of the block of @p paper: there, or dated and behind
 * another one. */
static bool begins_reference(const vb_scene *scene, const vb_named *first, const vb_named *last,
                             const vb_named *paper)
{
    uint32_t start = block_start(scene, paper);
    if (is_filling(scene, start, first->start)) return true;
    vb_str before = vb_str_trim(vb_scene_text(scene, start, first->start));
    while (before.len && before.at[before.len - 1] >= '0' && before.at[before.len - 1] <= '9') before.len--;
    char c = before.len ? before.at[before.len - 1] : '\0';
    return c && strchr(".;)>]?\n ", c) && has_year(scene, last->end, paper->start);
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
    if (first == i) return VB_OK;
    if (!begins_reference(scene, &scene->a->mentions.at[first], &scene->a->mentions.at[i - 1], paper))
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
    static const char *const joins[] = {
        "|",    "-",     "–",     "in",   "in de", "in het", "op",   "| De",
        "| de", "| Het", "| het", "– De", "– de",  "- De",   "- de", "– Het"
    };
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

/** Whether the name @p by stands alone, or with a date, in brackets behind a title: "'Titel' (NOS, 3 mei)".
 */
static bool in_brackets(const vb_scene *scene, vb_str gap, const vb_named *by)
{
    enum { DATE_MOST = 40 };
    if (!vb_str_ends(gap, VB_STR("(")) || gap.len > 6) return false;
    vb_str rest = vb_str_part(scene->a->view.text, by->end, scene->a->view.text.len);
    size_t close =
        vb_str_find(vb_str_part(rest, 0, rest.len < DATE_MOST ? rest.len : DATE_MOST), VB_STR(")"), 0);
    return close != SIZE_MAX && is_filling(scene, by->end, by->end + (uint32_t)close);
}

/** "«Titel», De Veenbode, 2 mei 2024" in a note: after the name nothing but a date or an address. */
static bool ends_source(const vb_scene *scene, const vb_named *paper, const vb_named *by)
{
    enum { TAIL_MOST = 80 };
    const vb_view *view = &scene->a->view;
    const vb_block *b = vb_near_block(scene, by);
    vb_str gap = vb_scene_text(scene, paper->end, by->start);
    if (b->kind != VB_BLOCK_FOOTNOTE || !memchr(gap.at, ',', gap.len) || gap.len > 8) return false;
    uint32_t end = by->end;
    for (; end < b->end && end - by->end < TAIL_MOST; end++) {
        vb_str rest = vb_str_part(view->text, end, b->end);
        if (rest.at[0] == ';' || vb_str_starts(rest, VB_STR("http")) || vb_str_starts(rest, VB_STR("www.")))
            break;
    }
    if (end - by->end == TAIL_MOST) return false;
    return is_filling(scene, paper->end, by->start) && is_filling(scene, by->end, end);
}

/** "'Titel' in het Nederlands Dagblad", "Titel | NOS", "'Titel' (NRC)" -> the name AUTHORED titel */
static vb_status publisher(vb_scene *scene, size_t i)
{
    const vb_named *paper = &scene->a->mentions.at[i], *by = paper + 1;
    if (i + 1 >= scene->a->mentions.len || by->block != paper->block || !may_write(scene, by)) return VB_OK;
    vb_str gap = vb_str_trim(vb_scene_text(scene, paper->end, by->start));
    if (!publishes(gap) && !in_brackets(scene, gap, by) && !ends_source(scene, paper, by)) return VB_OK;
    return vb_scene_say(scene, VB_REL_AUTHORED, by->entity, paper->entity, paper, "genre:publisher");
}

/* ---- a note that gives a medium and no title ---------------------------------------------------------- */

enum { TITLES_MOST = 64, ADDRESS_MOST = 512, NAMES_MOST = 1024 /* that are looked at for one note */ };

/** The first address of block @p b; empty. */
static vb_str address_in(const vb_scene *scene, const vb_block *b)
{
    const vb_view *view = &scene->a->view;
    vb_str text = vb_str_part(view->text, b->start, b->end);
    size_t at = vb_str_find(text, VB_STR("ttps:"), 0), www = vb_str_find(text, VB_STR("www."), 0);
    if (at > www) at = www;
    if (at == SIZE_MAX) return (vb_str){ "", 0 };
    at -= at && text.at[at - 1] == 'h';
    return vb_str_part(text, at, text.len - at > ADDRESS_MOST ? at + ADDRESS_MOST : text.len);
}

/** Whether @p address holds @p word; a hyphen in it counts for nothing: addresses break at them. */
static bool holds(vb_str address, vb_str word)
{
    for (size_t from = 0; from + word.len <= address.len; from++) {
        size_t k = 0;
        for (size_t at = from; at < address.len && k < word.len; at++) {
            if (address.at[at] == '-' && k) continue;
            if ((address.at[at] | 32) != word.at[k]) break;
            k++;
        }
        if (k == word.len) return true;
    }
    return false;
}

/** How an address that speaks in words agrees with the title of @p key: 1; 0 where it has no words; -1. */
static int agrees(vb_str address, vb_str key)
{
    enum { WORD_LETTERS = 4, WORDS_LEAST = 3 };
    size_t hyphens = 0, words = 0, held = 0;
    vb_str word;
    for (size_t i = 0; i < address.len; i++) hyphens += address.at[i] == '-';
    if (hyphens < WORDS_LEAST) return 0;
    while (vb_str_next(&key, '-', &word)) {
        if (word.len < WORD_LETTERS) continue;
        words++;
        held += holds(address, word);
    }
    return held >= WORDS_LEAST && held * 3 >= words * 2 ? 1 : -1;
}

/** Of the titles named inside [from, to) the only one; VB_NONE. @p head: in the document's head. */
static uint32_t only_title(const vb_scene *scene, uint32_t from, uint32_t to, bool head)
{
    uint32_t one = VB_NONE;
    size_t i = vb_scene_mention(scene, from), end = i + NAMES_MOST;
    for (; i < scene->a->mentions.len && i < end && scene->a->mentions.at[i].start < to; i++) {
        const vb_named *m = &scene->a->mentions.at[i];
        if (!is_titled(scene, m->entity)) continue;
        if (head && vb_near_block(scene, m)->section != VB_SECTION_HEAD) continue;
        if (one != VB_NONE && one != m->entity) return VB_NONE;
        one = m->entity;
    }
    return one;
}

/** What the sentence that calls note @p b speaks of: the title that it gives, or "dit artikel", which is the
 *  only title of the document's head. */
static uint32_t called_title(const vb_scene *scene, const vb_block *b)
{
    static const char *const words[] = { "artikel", "bericht", "uitzending", "reportage", "publicatie",
                                         "column",  "opinie",  "interview",  "podcast",   "onderzoek" };
    const vb_view *view = &scene->a->view;
    uint32_t i = b->caller == VB_NONE ? VB_NONE : vb_view_sentence_at(view, b->caller ? b->caller - 1 : 0);
    if (i == VB_NONE) return VB_NONE;
    const vb_sentence *s = &view->sentences[i];
    uint32_t one = only_title(scene, s->start, s->end, false);
    vb_str text = vb_str_part(view->text, s->start, s->end);
    for (size_t k = 0; k < VB_COUNT(words) && one == VB_NONE; k++)
        if (vb_near_has(text, words[k])) one = only_title(scene, 0, (uint32_t)view->text.len, true);
    return one;
}

/** The title that an address spells, among the first ones of the document; VB_NONE. */
static uint32_t spelled_title(const vb_scene *scene, vb_str address)
{
    size_t seen = 0;
    size_t n = scene->a->entities.len < NAMES_MOST ? scene->a->entities.len : NAMES_MOST;
    for (uint32_t i = 0; i < n && seen < TITLES_MOST && address.len; i++) {
        if (!is_titled(scene, i)) continue;
        seen++;
        if (agrees(address, scene->a->entities.at[i].key) > 0) return i;
    }
    return VB_NONE;
}

/** "Bent u bekend met het artikel «Titel»?1", 1: "De Veenbode, 2 mei 2024, https://..." -> De Veenbode
 *  AUTHORED titel; also where only the address tells the title */
static vb_status medium_alone(vb_scene *scene, size_t i)
{
    const vb_named *m = &scene->a->mentions.at[i];
    const vb_block *b = vb_near_block(scene, m);
    size_t n = scene->a->mentions.len;
    if (b->kind != VB_BLOCK_FOOTNOTE || vb_scene_label(scene, m->entity) != VB_LABEL_ORGANISATION ||
        (i && m[-1].block == m->block) || (i + 1 < n && m[1].block == m->block))
        return VB_OK;
    vb_str address = address_in(scene, b);
    uint32_t end = address.len ? (uint32_t)(address.at - scene->a->view.text.at) : b->end;
    if (end < m->end || !is_filling(scene, b->start, m->start) || !is_filling(scene, m->end, end))
        return VB_OK;
    uint32_t title = called_title(scene, b);
    if (title != VB_NONE && agrees(address, scene->a->entities.at[title].key) < 0) title = VB_NONE;
    if (title == VB_NONE) title = spelled_title(scene, address);
    if (title == VB_NONE) return VB_OK;
    return vb_scene_say(scene, VB_REL_AUTHORED, m->entity, title, m, "genre:called");
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
        TRY(medium_alone(scene, i));
        if (is_own(scene, m->entity)) continue;
        /* "Zie Kamerstukken II 2024/25, 36600, nr. 2." -> self CITES kst-36600-2; labels decide the rest */
        TRY(vb_scene_say(scene, VB_REL_CITES, VB_SELF, m->entity, m, "genre:cites"));
        TRY(cited_by_caller(scene, m));
        TRY(vb_genre_movers(scene, m));
        if (!is_titled(scene, m->entity)) continue;
        TRY(reference_authors(scene, i));
        TRY(publisher(scene, i));
    }
done:
    return status;
}

/**
 * HTML of official publications and of government pages: the words of the document without those of the site
 * around it. Where the page names its main part (<main>, id "broodtekst", ...) only that is read; in it, and
 * elsewhere, navigation, forms, scripts, and what is hidden are left out. A link whose text is a number and
 * that leads to a place further on calls a note; the block at that place is its body.
 *
 * Two walks: the first finds the main part and the places that links lead to, the second reads.
 */
#include "loaders/formats.h"
#include "loaders/html.h"

#include <stdlib.h>

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

/** Elements without words of the document, and those that their attributes hide or tell to be navigation. */
static bool is_skipped(const vb_tag *tag)
{
    static const char *const names[] = { "script", "style",  "noscript", "template", "nav", "form-field",
                                         "button", "select", "option",   "textarea", "svg", "iframe",
                                         "object", "audio",  "video",    "canvas",   "map", "aside",
                                         "footer", "dialog", "input" };
    static const char *const words[] = { "toc",
                                         "inhoudsopgave",
                                         "inhouds-opgave",
                                         "breadcrumb",
                                         "breadcrumbs",
                                         "broodkruimels",
                                         "menu",
                                         "navigation",
                                         "skiplinks",
                                         "skip-link",
                                         "cookie",
                                         "cookiebar",
                                         "verberg",
                                         "visually-hidden",
                                         "sr-only",
                                         "actie-lijst",
                                         "service-navigatie",
                                         "hoofd-navigatie",
                                         "zoeken",
                                         "share",
                                         "social-media",
                                         "aspNetHidden",
                                         "resultaat-navigatie" };
    static const char *const roles[] = { "navigation", "search", "banner", "contentinfo", "dialog", "menu" };
    if (is_one_of(tag->name, names, VB_COUNT(names))) return true;
    if (vb_tag_is(tag, "body") || vb_tag_is(tag, "html") || vb_tag_is(tag, "main")) return false;
    vb_str role = vb_tag_get(tag, "role"), style = vb_tag_get(tag, "style");
    if (vb_tag_get(tag, "hidden").at || vb_str_find(style, VB_STR("display:none"), 0) != SIZE_MAX ||
        vb_str_find(style, VB_STR("display: none"), 0) != SIZE_MAX)
        return true;
    vb_str title = vb_tag_is(tag, "div") ? vb_tag_get(tag, "title") : VB_STR("");
    if (vb_str_eq(title, VB_STR("header")) || vb_str_eq(title, VB_STR("footer"))) /* of LibreOffice's pages */
        return true;
    for (size_t i = 0; i < VB_COUNT(roles); i++)
        if (vb_str_eq(role, vb_str_of(roles[i]))) return true;
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (vb_tag_has_word(tag, "class", words[i]) || vb_tag_has_word(tag, "id", words[i])) return true;
    return false;
}

/** How surely an element is the main part of its page: the highest wins, the first of it. */
static int main_rank(const vb_tag *tag)
{
    static const char *const ids[] = { "content", "main-content", "maincontent", "main", "inhoud" };
    if (vb_str_eq(vb_tag_get(tag, "id"), VB_STR("broodtekst"))) return 4;
    if (vb_tag_is(tag, "main") || vb_str_eq(vb_tag_get(tag, "role"), VB_STR("main"))) return 3;
    for (size_t i = 0; i < VB_COUNT(ids); i++)
        if (vb_str_eq(vb_tag_get(tag, "id"), vb_str_of(ids[i]))) return 2;
    return vb_tag_is(tag, "article");
}

/** The place in the page a link leads to: "#n1"; empty when it leads elsewhere. */
static vb_str target_of(const vb_tag *tag)
{
    vb_str href = vb_tag_is(tag, "a") ? vb_tag_get(tag, "href") : VB_STR("");
    return href.len > 1 && href.at[0] == '#' ? vb_str_part(href, 1, href.len) : VB_STR("");
}

/** The names by which links find an element. */
static vb_str name_of(const vb_tag *tag, bool second)
{
    return second ? (vb_tag_is(tag, "a") ? vb_tag_get(tag, "name") : VB_STR("")) : vb_tag_get(tag, "id");
}

/* ---- the first walk ----------------------------------------------------------------------------------- */

typedef struct link {
    vb_str target;
    uint32_t at;      /* order among elements */
    bool number, any; /* its text is nothing but a number, so far; has text */
    size_t digits;
} link;

typedef struct place {
    vb_str name;
    uint32_t at;
} place;

typedef struct survey {
    vb_arena *arena;
    uint32_t n_elements, n_main, main_at;
    int rank;
    bool in_link, main_skipped;
    VB_VEC(link) links;
    VB_VEC(place) places;
} survey;

static vb_status survey_open(void *context, vb_tag *tag)
{
    survey *s = context;
    uint32_t at = ++s->n_elements;
    tag->skip = is_skipped(tag);
    if (tag->skip) return VB_OK;
    int rank = main_rank(tag);
    if (rank > s->rank) {
        s->rank = rank;
        s->main_at = at;
        s->n_main = 1;
    } else if (rank && rank == s->rank) {
        s->n_main++;
    }
    for (int i = 0; i < 2; i++) {
        vb_str name = name_of(tag, i);
        if (!name.len) continue;
        if (vb_push(s->arena, &s->places) != VB_OK) return VB_NO_MEMORY;
        s->places.at[s->places.len - 1].at = at;
        if (vb_arena_copy(s->arena, name, &s->places.at[s->places.len - 1].name) != VB_OK)
            return VB_NO_MEMORY;
    }
    vb_str target = target_of(tag);
    if (!target.len) return VB_OK;
    if (vb_push(s->arena, &s->links) != VB_OK) return VB_NO_MEMORY;
    link *l = &s->links.at[s->links.len - 1];
    *l = (link){ .at = at, .number = true };
    s->in_link = true;
    return vb_arena_copy(s->arena, target, &l->target);
}

static vb_status survey_close(void *context, const vb_tag *tag)
{
    survey *s = context;
    if (vb_tag_is(tag, "a")) s->in_link = false;
    return VB_OK;
}

static vb_status survey_text(void *context, vb_str text)
{
    survey *s = context;
    link *l = s->in_link ? &s->links.at[s->links.len - 1] : NULL;
    for (size_t i = 0; l && i < text.len; i++) {
        bool digit = text.at[i] >= '0' && text.at[i] <= '9';
        l->digits += digit;
        l->number = l->number && (digit || strchr("[]() \t\r\n*.", text.at[i]));
    }
    return VB_OK;
}

static int by_name(const void *a, const void *b)
{
    const place *x = a, *y = b;
    int c = vb_str_cmp(x->name, y->name);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}

/** The notes of the page: links by a number to a place further on, each place once, by name. */
static vb_status find_notes(survey *s, vb_html_notes *out)
{
    if (s->places.len) qsort(s->places.at, s->places.len, sizeof *s->places.at, by_name);
    for (size_t i = 0; i < s->links.len && out->len < VB_PROSE_NOTES_MAX; i++) {
        const link *l = &s->links.at[i];
        place key = { l->target, 0 };
        if (!l->number || !l->digits || l->digits > 3) continue;
        size_t low = 0, high = s->places.len;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (by_name(&s->places.at[mid], &key) < 0)
                low = mid + 1;
            else
                high = mid;
        }
        if (low == s->places.len || !vb_str_eq(s->places.at[low].name, l->target)) continue;
        if (s->places.at[low].at < l->at) continue; /* the way back from a note */
        if (vb_push(s->arena, out) != VB_OK) return VB_NO_MEMORY;
        out->at[out->len - 1] = (vb_html_note){ l->target, s->places.at[low].at, l->at };
    }
    return VB_OK;
}

vb_status vb_html_survey(vb_str html, vb_arena *arena, vb_html_plan *out, vb_error *err)
{
    static const vb_markup handlers = { survey_open, survey_close, survey_text };
    vb_status status;
    survey s = { .arena = arena };
    TRY(vb_html_walk(html, &handlers, &s, err));
    TRY(find_notes(&s, &out->notes));
    out->main_at = s.n_main == 1 || s.rank > 1 ? s.main_at : 0; /* of several articles none is the page's */
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

bool vb_html_skips(const vb_tag *tag)
{
    return is_skipped(tag);
}

/* ---- sniffing ----------------------------------------------------------------------------------------- */

/** Whether the first letter or sign is '<', in whatever encoding. */
static bool opens_tag(vb_str bytes, size_t most)
{
    for (size_t i = 0; i < bytes.len && i < most; i++) {
        uint8_t is = vb_byte_is[(unsigned char)bytes.at[i]];
        if (bytes.at[i] && (unsigned char)bytes.at[i] < 0x80 && !(is & VB_BYTE_BLANK))
            return bytes.at[i] == '<';
    }
    return false;
}

bool vb_html_sniff(vb_str bytes)
{
    static const char *const signs[] = { "<html", "<!doctype html" };
    enum { HEAD_MAX = 4096 };
    char head[HEAD_MAX];
    size_t n = 0;
    if (vb_str_starts(bytes, VB_STR("\xef\xbb\xbf"))) bytes = vb_str_part(bytes, 3, bytes.len);
    if (!opens_tag(bytes, 2 * (size_t)HEAD_MAX)) return false;
    for (size_t i = 0; i < bytes.len && n < HEAD_MAX && i < 2 * (size_t)HEAD_MAX; i++) /* UTF-16 shows, too */
        if (bytes.at[i] && (unsigned char)bytes.at[i] < 0x80)
            head[n++] = (char)(bytes.at[i] >= 'A' && bytes.at[i] <= 'Z' ? bytes.at[i] + 32 : bytes.at[i]);
    vb_str start = vb_str_trim((vb_str){ head, n });
    if (!start.len || start.at[0] != '<') return false;
    for (size_t i = 0; i < VB_COUNT(signs); i++) {
        size_t at = vb_str_find(start, vb_str_of(signs[i]), 0);
        if (at == 0 ||
            (at != SIZE_MAX && (vb_str_starts(start, VB_STR("<?xml")) || vb_str_starts(start, VB_STR("<!")))))
            return true;
    }
    return false;
}

/**
 * The public page behind a node's key: overheid.nl's identifiers (TOOI) for public bodies, wetten.overheid.nl
 * for laws, the European Legislation Identifier for EU acts, officielebekendmakingen.nl for papers, ISO for
 * countries. A key of our own making has no page.
 */
#include "graph/graph.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(vb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.at[i])) return false;
    return s.len > 0;
}

/** Ministries and provinces have numbers of their own. Source: TOOI, identifier.overheid.nl/tooi. */
static const struct {
    vb_label label;
    const char *key, *id;
} numbered[] = {
    { VB_LABEL_MINISTRY, "aenm", "ministerie/mnre1162" },
    { VB_LABEL_MINISTRY, "az", "ministerie/mnre1010" },
    { VB_LABEL_MINISTRY, "bz", "ministerie/mnre1013" },
    { VB_LABEL_MINISTRY, "bzk", "ministerie/mnre1034" },
    { VB_LABEL_MINISTRY, "def", "ministerie/mnre1018" },
    { VB_LABEL_MINISTRY, "ezk", "ministerie/mnre1045" },
    { VB_LABEL_MINISTRY, "fin", "ministerie/mnre1090" },
    { VB_LABEL_MINISTRY, "ienw", "ministerie/mnre1130" },
    { VB_LABEL_MINISTRY, "jenv", "ministerie/mnre1058" },
    { VB_LABEL_MINISTRY, "kgg", "ministerie/mnre1182" },
    { VB_LABEL_MINISTRY, "lvvn", "ministerie/mnre1153" },
    { VB_LABEL_MINISTRY, "ocw", "ministerie/mnre1109" },
    { VB_LABEL_MINISTRY, "szw", "ministerie/mnre1073" },
    { VB_LABEL_MINISTRY, "vro", "ministerie/mnre1171" },
    { VB_LABEL_MINISTRY, "vws", "ministerie/mnre1025" },
    { VB_LABEL_REGION, "NL-DR", "provincie/pv22" },
    { VB_LABEL_REGION, "NL-FL", "provincie/pv24" },
    { VB_LABEL_REGION, "NL-FR", "provincie/pv21" },
    { VB_LABEL_REGION, "NL-GE", "provincie/pv25" },
    { VB_LABEL_REGION, "NL-GR", "provincie/pv20" },
    { VB_LABEL_REGION, "NL-LI", "provincie/pv31" },
    { VB_LABEL_REGION, "NL-NB", "provincie/pv30" },
    { VB_LABEL_REGION, "NL-NH", "provincie/pv27" },
    { VB_LABEL_REGION, "NL-OV", "provincie/pv23" },
    { VB_LABEL_REGION, "NL-UT", "provincie/pv26" },
    { VB_LABEL_REGION, "NL-ZE", "provincie/pv29" },
    { VB_LABEL_REGION, "NL-ZH", "provincie/pv28" },
};

static vb_status numbered_url(vb_label label, vb_str key, vb_arena *arena, vb_str *out)
{
    for (size_t i = 0; i < VB_COUNT(numbered); i++)
        if (numbered[i].label == label && vb_str_eq(key, vb_str_of(numbered[i].key)))
            return vb_arena_printf(arena, out, "https://identifier.overheid.nl/tooi/id/%s", numbered[i].id);
    return VB_OK;
}

/** GM0080 */
static vb_status municipality_url(vb_str key, vb_arena *arena, vb_str *out)
{
    if (key.len != 6 || !vb_str_starts(key, VB_STR("GM")) || !all_digits(vb_str_part(key, 2, 6)))
        return VB_OK;
    return vb_arena_printf(arena, out, "https://identifier.overheid.nl/tooi/id/gemeente/gm%.4s", key.at + 2);
}

/** EC */
static vb_status country_url(vb_str key, vb_arena *arena, vb_str *out)
{
    if (key.len != 2 || key.at[0] < 'A' || key.at[0] > 'Z' || key.at[1] < 'A' || key.at[1] > 'Z')
        return VB_OK;
    if (vb_str_eq(key, VB_STR("XK"))) return VB_OK; /* Kosovo is not in ISO 3166 */
    return vb_arena_printf(arena, out, "https://www.iso.org/obp/ui/#iso:code:3166:%.2s", key.at);
}

/** BWBR0001941; CELEX 32022R2065 (regulation, directive, decision: their ELI), 12012E/TXT */
static vb_status law_url(vb_str key, vb_arena *arena, vb_str *out)
{
    static const struct {
        char letter;
        const char *eli;
    } kinds[] = { { 'R', "reg" }, { 'L', "dir" }, { 'D', "dec" } };
    if (key.len == 11 && vb_str_starts(key, VB_STR("BWB")) && all_digits(vb_str_part(key, 4, 11)))
        return vb_arena_printf(arena, out, "https://wetten.overheid.nl/%.*s", VB_FMT(key));
    if (key.len < 8 || !all_digits(vb_str_part(key, 0, 5))) return VB_OK;
    bool plain = key.len == 10 && key.at[0] == '3' && all_digits(vb_str_part(key, 6, 10));
    for (size_t i = 0; plain && i < VB_COUNT(kinds); i++)
        if (key.at[5] == kinds[i].letter)
            return vb_arena_printf(arena, out, "http://data.europa.eu/eli/%s/%.4s/%d/oj", kinds[i].eli,
                                   key.at + 1,
                                   (key.at[6] - '0') * 1000 + (key.at[7] - '0') * 100 +
                                       (key.at[8] - '0') * 10 + (key.at[9] - '0'));
    if (is_digit(key.at[5])) return VB_OK;
    return vb_arena_printf(arena, out, "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:%.*s",
                           VB_FMT(key));
}

/** kst-29911-469, ah-tk-20242025-274, stb-2024-198, stcrt-2024-1, blg-1; a question's number 2023Z11617 */
static vb_status document_url(vb_str key, vb_arena *arena, vb_str *out)
{
    static const char *const series[] = { "kst-", "ah-", "stb-", "stcrt-", "blg-", "trb-", "h-" };
    for (size_t i = 0; i < VB_COUNT(series); i++) {
        vb_str head = vb_str_of(series[i]), rest = vb_str_part(key, head.len, key.len);
        bool number = vb_str_starts(key, head) && vb_str_find(rest, VB_STR(" "), 0) == SIZE_MAX && rest.len &&
                      is_digit(rest.at[rest.len - 1]);
        if (number)
            return vb_arena_printf(arena, out, "https://zoek.officielebekendmakingen.nl/%.*s.html",
                                   VB_FMT(key));
    }
    if (key.len == 10 && key.at[4] == 'Z' && all_digits(vb_str_part(key, 0, 4)) &&
        all_digits(vb_str_part(key, 5, 10)))
        return vb_arena_printf(arena, out, "https://zoek.officielebekendmakingen.nl/kv-tk-%.*s.html",
                               VB_FMT(key));
    return VB_OK;
}

vb_status vb_node_url(const vb_node *node, vb_arena *arena, vb_str *out)
{
    vb_label label;
    *out = (vb_str){ 0 };
    if (!vb_label_find(node->label, &label)) return VB_OK;
    switch (label) {
    case VB_LABEL_MINISTRY:
    case VB_LABEL_REGION:
        return numbered_url(label, node->key, arena, out);
    case VB_LABEL_MUNICIPALITY:
        return municipality_url(node->key, arena, out);
    case VB_LABEL_COUNTRY:
        return country_url(node->key, arena, out);
    case VB_LABEL_LAW:
        return law_url(node->key, arena, out);
    case VB_LABEL_DOCUMENT:
        return document_url(node->key, arena, out);
    default:
        return VB_OK;
    }
}

vb_status vb_mention_identifier(const vb_mention *mention, vb_arena *arena, vb_str *out)
{
    vb_str key = mention->node.key, article = mention->article;
    *out = (vb_str){ 0 };
    if (!vb_str_eq(mention->node.label, VB_STR("Law"))) return VB_OK;
    if (!vb_str_starts(key, VB_STR("BWB"))) return law_url(key, arena, out);
    size_t one = 0; /* of "3 en 4" the first; of "7:228" what follows the book */
    while (one < article.len && !strchr(" ,", article.at[one])) one++;
    const char *colon = one ? memchr(article.at, ':', one) : NULL;
    vb_str number = vb_str_part(article, colon ? (size_t)(colon - article.at) + 1 : 0, one);
    return vb_arena_printf(arena, out, "jci1.3:c:%.*s%s%.*s", VB_FMT(key), number.len ? "&artikel=" : "",
                           VB_FMT(number));
}

/**
 * References by grammar: parliamentary papers, appendices, proceedings, journals of record, question numbers,
 * judgments, EU acts, motions. Each form is one row: a pattern (PCRE2, compiled once with JIT) whose named
 * groups a small function makes a key of. The patterns begin with a fixed word or digit and have no nested
 * repetition over the same characters, so that matching stays linear; PCRE2's match limit guards the rest.
 */
#include "loaders/names.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>

/* building blocks of the patterns */
#define GAP  "[\\s\\x{a0}]"
#define DASH "[-\\x{2010}-\\x{2014}/]"
#define SESSION \
    "(?:vergaderjaar" GAP "*)?(?<y1>\\d{4})" GAP "?" DASH "{1,2}" GAP "?(?<y2>\\d{4}|\\d{2})(?!\\d)"
#define CHAMBER \
    "(?:(?:Tweede Kamer|Eerste Kamer|T\\.?K\\.?|(?<ek>E\\.?K\\.?)|II|(?<i>I)|2)\\b\\*?[,.]?" GAP "*)"
#define DOSSIER "(?<dossier>\\d{2}[ .\\x{a0}]?\\d{3})(?!\\d)"
#define SUFFIX                                                                                     \
    "(?:" GAP "?" DASH "?" GAP "?\\(?(?<suffix>[IVXLC]{1,6}(?:" DASH "?[A-H])?\\b|[A-H]\\b(?!" GAP \
    "+\\p{Ll})|(?<=[-\\x{2010}-\\x{2014}])\\d{2}\\b)\\)?)?"
#define NR "(?:(?:nrs?|no|nummers?)\\b[.,:]?)"
#define NUMBER                                                             \
    "(?:[,.;]?" GAP "*(?:" NR GAP "*|(?<=, |[-\\x{2010}-\\x{2014}])|" DASH \
    ")(?<number>\\d{1,5}\\b|[A-Z]{1,3}\\b))"

#define ECLI_PART "-?" GAP "?:-?" GAP "?"

static vb_status key_kst(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_ah(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_handelingen(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_journal(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_number(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_slug(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_celex(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_eu(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
static vb_status key_official(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);

typedef struct reference_form {
    const char *rule;
    vb_label label;
    const char *pattern; /* the mention is group "span", or the whole match */
    vb_status (*key)(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out);
    uint32_t any, all; /* VB_CUE_ bits that it cannot match without: one of the first, all of the second */
} reference_form;

static const reference_form forms[] = {
    /* Kamerstukken II 2024/25, 36 600 VI, nr. 32 -> kst-36600-VI-32 */
    { "reference:kamerstuk", VB_LABEL_DOCUMENT,
      "(?<!\\p{L})[Kk]amerstuk(?:ken)?(?:nummers?|nr\\.?)?:?" GAP "*" CHAMBER "?(?:" SESSION "[,.;]?" GAP
      "*)?(?:" NR GAP "*)?" DOSSIER SUFFIX NUMBER "?",
      key_kst, VB_CUE_KAMERSTUK, VB_CUE_DOSSIER },
    /* 29 984, nr. 1207 -> kst-29984-1207: what follows in a list, or stands alone */
    { "reference:dossier", VB_LABEL_DOCUMENT,
      "(?<![\\d.,/-])" DOSSIER SUFFIX ",?" GAP "*" NR GAP "*(?<number>\\d{1,5}|[A-Z]{1,3})\\b", key_kst,
      VB_CUE_DOSSIER, 0 },
    /* Eerste Kamer, 36 373, H -> kst-36373-H; Tweede Kamer, vergaderjaar 2023-2024, 31 066, nr. 1372 */
    { "reference:kamerstuk", VB_LABEL_DOCUMENT,
      "(?:Eerste|Tweede) Kamer,?" GAP "+(?:" SESSION "[,.;]?" GAP "*)?" DOSSIER SUFFIX ",?" GAP "*(?:" NR GAP
      "*)?(?<number>\\d{1,5}|[A-Z]{1,3})\\b",
      key_kst, VB_CUE_KAMER, VB_CUE_DOSSIER },
    /* Kamerstuk 2024D28457; vragen met kenmerk 2024Z14814 */
    { "reference:zaaknummer", VB_LABEL_DOCUMENT,
      "\\b(?:[Kk]amerstuk" GAP "+)?(?<number>20\\d{2}[ZzDd]\\d{5})(?!\\d)", key_number, VB_CUE_ZAAK, 0 },
    /* Aanhangsel van de Handelingen II 2024/25, nr. 274 -> ah-tk-20242025-274 */
    { "reference:aanhangsel", VB_LABEL_DOCUMENT,
      "(?<!\\p{L})(?:Kamervragen" GAP "*\\()?(?:[Aa]anhangsel|AH\\b)\\)?(?:" GAP "+(?:van|bij)" GAP
      "+de)?(?:" GAP "*[Hh]andelingen)?[,.]?" GAP "*" CHAMBER "?[,.]?" GAP "*(?:van" GAP "+)?" SESSION
      "[,.;]?" GAP "*(?:" NR GAP "*)?(?<number>\\d{1,4})\\b",
      key_ah, VB_CUE_AANHANGSEL | VB_CUE_AH, 0 },
    /* Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel van de Handelingen, nr. 2386 */
    { "reference:aanhangsel", VB_LABEL_DOCUMENT,
      "(?:Tweede|(?<ek>Eerste)) Kamer,?" GAP "+" SESSION ",?" GAP "+(?<span>Aanhangsel(?:" GAP "+van" GAP
      "+de)?" GAP "+Handelingen,?" GAP "*(?:" NR GAP "*)?(?<number>\\d{1,4}))\\b",
      key_ah, VB_CUE_KAMER, VB_CUE_AANHANGSEL },
    { "reference:aanhangsel", VB_LABEL_DOCUMENT,
      "\\bah-(?:tk|(?<ek>ek))-(?<y1>\\d{4})" DASH "?(?<y2>\\d{4})" DASH "(?<number>\\d{1,4})\\b", key_ah,
      VB_CUE_AH, 0 },
    /* Handelingen II, vergaderjaar 2024-2025, nr. 8, item 3 -> h-tk-20242025-8-3 */
    { "reference:handelingen", VB_LABEL_DOCUMENT,
      "(?<!van de )\\bHandelingen" GAP "+" CHAMBER "?" SESSION "[,.;]?" GAP "*(?:" NR GAP
      "*)?(?<number>\\d{1,3})(?![\\d.])(?:(?:,?" GAP "*item" GAP "*|" DASH ")(?<item>\\d{1,3})(?:" DASH
      "\\d{1,3})?\\b)?",
      key_handelingen, VB_CUE_HANDELINGEN, 0 },
    /* Handelingen II 2008/09, blz. 1234-1240 -> h-tk-20082009-1234-1240: before 2011 by page */
    { "reference:handelingen", VB_LABEL_DOCUMENT,
      "(?<!van de )\\bHandelingen" GAP "+" CHAMBER "?" SESSION "[,.;]?" GAP "*(?:blz|p|pp|pag)\\.?" GAP
      "*(?<number>\\d{1,5})(?:" DASH "(?<item>\\d{1,5}))?\\b",
      key_handelingen, VB_CUE_HANDELINGEN, 0 },
    /* Stb. 2024, nr. 198 -> stb-2024-198; Stcrt. and Trb. likewise */
    { "reference:journal", VB_LABEL_DOCUMENT,
      "\\b(?:(?<stb>Stb|Staatsblad)|(?<stcrt>Stcrt|Staatscourant)|(?:Trb|Tractatenblad))\\b\\.?,?" GAP
      "*(?<y1>(?:18|19|20)\\d{2})[,-]?" GAP "*(?:" NR GAP "*)?(?<number>\\d{1,5})\\b",
      key_journal, VB_CUE_JOURNAL, 0 },
    /* ECLI:NL:RVS:2024:12; "ECLI:NL- :RVS", "ECLI: NL:RVS" where a line broke or somebody typed a blank */
    { "reference:ecli", VB_LABEL_DOCUMENT,
      "\\b(?<number>ECLI" ECLI_PART "[A-Z]{2}" ECLI_PART "[A-Z0-9]{1,7}" ECLI_PART "\\d{4}" ECLI_PART
      "[A-Z0-9.]{0,25}[A-Z0-9])",
      key_slug, VB_CUE_ECLI, 0 },
    /* VN-resolutie 2334, Veiligheidsraadresolutie 1325, Resolutie 1514 (XV), resolutie 77/208 */
    { "reference:resolution", VB_LABEL_DOCUMENT,
      "(?<!\\p{L})(?:(?:VN|VNVR|AVVN)-)?(?:[Vv]eiligheidsraad-?)?(?<number>[Rr]esolutie" GAP
      "+(?:\\d{3,4}[A-Z]?|(?:ES-)?\\d{2}/\\d{1,3})\\b)(?![./x]\\d)(?: \\([IVXL]+\\))?",
      key_slug, VB_CUE_RESOLUTION, VB_CUE_DIGIT },
    /* een Kamerbrief (BZ2312345); brief met kenmerk BZDOC-1234567-12 */
    { "reference:kenmerk", VB_LABEL_DOCUMENT,
      "(?:brief|[Kk]enmerk|[Rr]eferentie|nummer)" GAP "?\\(?(?:kenmerk" GAP
      ")?(?<span>(?<number>BZ(?:\\d{7}|DOC-\\d{6,10}-\\d{1,3})))\\b",
      key_celex, VB_CUE_BZ, 0 },
    { "reference:celex", VB_LABEL_LAW, "\\b(?<number>[34](?:19|20)\\d{2}[RLDFAXY]\\d{4})\\b", key_celex,
      VB_CUE_CELEX, 0 },
    /* CELEX 62018CJ0311, 52021PC0206: judgments and papers one reads */
    { "reference:celex", VB_LABEL_DOCUMENT,
      "\\b(?<number>[56](?:19|20)\\d{2}(?:[CTF][JOCN]|[PDS]C)\\d{4})\\b", key_celex, VB_CUE_CELEX, 0 },
    { "reference:bwb", VB_LABEL_LAW, "\\b(?<number>BWB[RV]\\d{7})\\b", key_celex, VB_CUE_BWB, 0 },
    /* PbEU 2016, L 119 -> pb-2016-l-119: year, series and number, or those and the date */
    { "reference:official", VB_LABEL_DOCUMENT,
      "\\b(?:Pb\\.?|PB|Publicatieblad)" GAP "?(?:E[UGE]G?|van de E[UG]|van de Europese Unie)?,?" GAP
      "*(?<y1>(?:19|20)\\d{2})?,?" GAP "*(?<series>[LC])" GAP "?(?:" NR GAP
      "*)?(?:(?<y2>(?:19|20)\\d{2})/)?(?<number>\\d{1,4})(?!\\d)(?:/\\d{1,4})?(?:,?" GAP "+(?:van" GAP
      "+)?\\d{1,2}[.-]\\d{1,2}[.-](?<y3>(?:19|20)\\d{2}))?",
      key_official, VB_CUE_PB, 0 },
    /* Richtlijn (EU) 2022/2555 -> 32022L2555; Verordening (EG) nr. 1049/2001 -> 32001R1049 */
    { "reference:eu", VB_LABEL_LAW,
      "\\b(?:[Uu]itvoerings|[Gg]edelegeerde" GAP
      "+)?(?:(?<l>[Rr]ichtlijn)|(?<r>[Vv]erordening)|(?<f>[Kk]aderbesluit)|[Bb]esluit)(?:" GAP
      "*\\((?:EU|EG|EEG|Euratom|GBVB|EU, Euratom)\\))?" GAP "*(?:" NR GAP
      "*)?(?<a>\\d{1,4})/(?<b>\\d{1,4})(?:/(?:EU|EG|EEG|JBZ|GBVB|Euratom))?\\b",
      key_eu, VB_CUE_EU, VB_CUE_SLASH },
};

/** A pattern, compiled by the first thread that needs it: most documents need few of them, and compiling all
 *  takes longer than reading a short one. */
typedef _Atomic(pcre2_code *) pattern;

struct vb_references {
    pattern code[VB_COUNT(forms)], citation[VB_CITATIONS], article, note;
};

static pcre2_code *compile(const char *text)
{
    int number;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DUPNAMES, &number, &at, NULL);
    if (code) (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* where there is none it is interpreted */
    return code;
}

/** The compiled form of @p text in @p p; NULL when there is no memory: every pattern has a test. */
static const pcre2_code *code_of(pattern *p, const char *text)
{
    pcre2_code *code = atomic_load_explicit(p, memory_order_acquire), *other = NULL;
    if (code || !(code = compile(text))) return code;
    if (atomic_compare_exchange_strong(p, &other, code)) return code;
    pcre2_code_free(code); /* another thread was first */
    return other;
}

/* artikel 8, eerste lid, onder a, van de [Opiumwet] -> article 8 */
static const char article_pattern[] =
    "\\b[Aa]rt(?:ikel(?:en)?|\\.)" GAP "*(?<number>\\d{1,4}(?:[.:]\\d{1,4}){0,2}[a-z]{0,3}(?:(?:," GAP
    "*|" GAP "+(?:en|of|tot en met|t/m|jo\\.?)" GAP
    "+)\\d{1,4}(?:[.:]\\d{1,4}){0,2}[a-z]{0,3}\\b)*)(?:[,;]?" GAP
    "+(?:(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|en|of|lid|leden|onder|"
    "onderdeel|sub|aanhef|"
    "jo\\.|\\(?lid" GAP "+\\d+\\)?|[a-z]{1,2}|\\d{1,2}°?)\\b\\)?,?)){0,12}(?:,?" GAP "+(?:van|uit|in)(?:" GAP
    "+(?:de|het))?)?" GAP "+$";

vb_status vb_references_new(vb_references **out, vb_error *err)
{
    vb_references *r = calloc(1, sizeof *r);
    if (!r) return vb_fail_memory(err);
    *out = r;
    return VB_OK;
}

void vb_references_free(vb_references *r)
{
    if (!r) return;
    for (size_t i = 0; i < VB_COUNT(forms); i++) pcre2_code_free(r->code[i]);
    for (size_t i = 0; i < VB_CITATIONS; i++) pcre2_code_free(r->citation[i]);
    pcre2_code_free(r->article);
    pcre2_code_free(r->note);
    free(r);
}

/** The text of group @p name; empty where it took no part. */
static vb_str group(const vb_finding *f, const pcre2_code *code, pcre2_match_data *m, const char *name)
{
    PCRE2_SPTR first, last;
    int size = pcre2_substring_nametable_scan(code, (PCRE2_SPTR)name, &first, &last);
    PCRE2_SIZE *v = pcre2_get_ovector_pointer(m);
    if (size <= 0) return (vb_str){ NULL, 0 };
    for (PCRE2_SPTR entry = first; entry <= last; entry += size) {
        int n = (entry[0] << 8) | entry[1];
        if (v[2 * n] != PCRE2_UNSET && v[2 * n + 1] >= v[2 * n])
            return vb_str_part(f->text, v[2 * n], v[2 * n + 1]);
    }
    return (vb_str){ NULL, 0 };
}

#define GROUP(name) group(f, code, m, name)

/** Years of a session: "2024", "25" -> 20242025. */
static unsigned session(vb_str first, vb_str second)
{
    unsigned a = 0, b = 0;
    for (size_t i = 0; i < first.len; i++) a = a * 10 + (unsigned)(first.at[i] - '0');
    for (size_t i = 0; i < second.len; i++) b = b * 10 + (unsigned)(second.at[i] - '0');
    if (second.len == 2) b += a / 100 * 100;
    if (second.len == 2 && b < a) b += 100;
    return a * 10000 + b;
}

/** What is a letter or digit of a dossier's suffix, in @p room: "XVI-B" stays, blanks go. */
static vb_str plain(vb_str s, char *room, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < max; i++)
        if ((vb_byte_is[(unsigned char)s.at[i]] & VB_BYTE_WORD) || s.at[i] == '-') room[n++] = s.at[i];
    return (vb_str){ room, n };
}

static vb_status key_kst(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    char dossier[7], suffix[11], number[7];
    vb_str parts[] = { VB_STR("kst-"), plain(GROUP("dossier"), dossier, sizeof dossier),
                       VB_STR(""),     plain(GROUP("suffix"), suffix, sizeof suffix),
                       VB_STR(""),     plain(GROUP("number"), number, sizeof number) };
    if (parts[3].len) parts[2] = VB_STR("-");
    if (parts[5].len) parts[4] = VB_STR("-");
    return vb_arena_join(f->arena, parts, VB_COUNT(parts), &out->key);
}

static vb_status key_ah(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    bool senate = GROUP("ek").len || GROUP("i").len;
    return vb_arena_printf(f->arena, &out->key, "ah-%s-%u-%.*s", senate ? "ek" : "tk",
                           session(GROUP("y1"), GROUP("y2")), VB_FMT(GROUP("number")));
}

static vb_status key_handelingen(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    bool senate = GROUP("ek").len || GROUP("i").len;
    vb_str item = GROUP("item");
    return vb_arena_printf(f->arena, &out->key, "h-%s-%u-%.*s%s%.*s", senate ? "ek" : "tk",
                           session(GROUP("y1"), GROUP("y2")), VB_FMT(GROUP("number")), item.len ? "-" : "",
                           VB_FMT(item));
}

static vb_status key_journal(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    const char *journal = GROUP("stb").len ? "stb" : GROUP("stcrt").len ? "stcrt" : "trb";
    return vb_arena_printf(f->arena, &out->key, "%s-%.*s-%.*s", journal, VB_FMT(GROUP("y1")),
                           VB_FMT(GROUP("number")));
}

static vb_status key_number(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    vb_str number = GROUP("number");
    vb_status status = vb_arena_copy(f->arena, number, &out->key);
    if (status == VB_OK) ((char *)out->key.at)[4] = (char)(number.at[4] & ~0x20);
    return status;
}

/** The slug of the identifier without the hyphens and blanks that a broken line left in it. */
static vb_status key_slug(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    return vb_slug(f->arena, GROUP("number"), &out->key);
}

/** The identifier as it stands. */
static vb_status key_celex(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    return vb_arena_copy(f->arena, GROUP("number"), &out->key);
}

/** A reference to the Official Journal without a year names nothing. */
static vb_status key_official(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    vb_str year = GROUP("y1").len ? GROUP("y1") : GROUP("y2").len ? GROUP("y2") : GROUP("y3");
    if (!year.len) return VB_NOT_FOUND;
    return vb_arena_printf(f->arena, &out->key, "pb-%.*s-%c-%.*s", VB_FMT(year),
                           GROUP("series").at[0] == 'L' ? 'l' : 'c', VB_FMT(GROUP("number")));
}

static unsigned number_of(vb_str s)
{
    unsigned n = 0;
    for (size_t i = 0; i < s.len; i++) n = n * 10 + (unsigned)(s.at[i] - '0');
    return n;
}

/** The year stands first in directives and, since 2015, everywhere; before that last in regulations. */
static vb_status key_eu(vb_finding *f, const pcre2_code *code, pcre2_match_data *m, vb_found *out)
{
    vb_str a = GROUP("a"), b = GROUP("b");
    unsigned year = number_of(a), number = number_of(b);
    char kind = GROUP("l").len ? 'L' : GROUP("r").len ? 'R' : GROUP("f").len ? 'F' : 'D';
    bool first = kind != 'R' || (year >= 2015 && year < 2100 && a.len == 4);
    if (!first) {
        year = number_of(b);
        number = number_of(a);
    }
    if (year < 100) year += 1900;
    if (year < 1952 || year > 2100) return VB_NOT_FOUND;
    return vb_arena_printf(f->arena, &out->key, "3%04u%c%04u", year, kind, number);
}

/** Where the next number of a list begins after @p at: ", 470", " en 471", " t/m 473", "-473"; 0: none. */
static size_t list_goes_on(vb_str text, size_t at, size_t limit, size_t *end)
{
    static const char *const joints[] = { ", ", " en ", " of ", " t/m ", " tot en met ", "-", "–", "/" };
    for (size_t i = 0; i < VB_COUNT(joints); i++) {
        size_t n = strlen(joints[i]), from = at + n, to = from;
        if (from >= limit || memcmp(text.at + at, joints[i], n) != 0) continue;
        while (to < limit && text.at[to] >= '0' && text.at[to] <= '9') to++;
        bool more = to + 1 < limit && (text.at[to] == ' ' || text.at[to] == '.') && text.at[to + 1] >= '0' &&
                    text.at[to + 1] <= '9'; /* "28 684": the next dossier */
        vb_str after = vb_str_part(text, to, to + 5 < limit ? to + 5 : limit);
        bool dossier = vb_str_starts(after, VB_STR(", nr")) || vb_str_starts(after, VB_STR(" nr"));
        if (to == from || to - from > 5 || more || dossier) continue;
        *end = to;
        return from;
    }
    return 0;
}

/**
 * Kamerstukken 29 911, nrs. 469, [470] en [471]: the other numbers of a list, each a paper of the same
 * series. A range names its two ends. Only after "nrs.", and in a journal of record.
 */
static vb_status find_rest(vb_finding *f, size_t index, vb_str number, size_t limit)
{
    vb_found first = f->found.at[index];
    vb_str span = vb_str_part(f->text, first.start, first.end);
    bool plural = vb_str_find(span, VB_STR("nrs"), 0) != SIZE_MAX ||
                  vb_str_find(span, VB_STR("nummers"), 0) != SIZE_MAX ||
                  strcmp(first.rule, "reference:journal") == 0;
    if (!plural || !number.len || !vb_str_ends(span, number) || first.key.len <= number.len) return VB_OK;
    vb_str series = vb_str_part(first.key, 0, first.key.len - number.len);
    size_t at = first.end, end, from;
    while ((from = list_goes_on(f->text, at, limit, &end)) != 0) {
        vb_found *more = vb_finding_add(f, (uint32_t)from, (uint32_t)end, first.label, first.rule);
        if (!more) return VB_NO_MEMORY;
        more->score = 890;
        if (vb_arena_printf(f->arena, &more->key, "%.*s%.*s", VB_FMT(series), (int)(end - from),
                            f->text.at + from) != VB_OK)
            return VB_NO_MEMORY;
        more->name = more->key;
        at = end;
    }
    return VB_OK;
}

/** Propose all matches of one form inside one block. */
static vb_status find_form(vb_finding *f, size_t i, pcre2_match_data *m, pcre2_match_context *limits,
                           const vb_block *block)
{
    vb_status status = VB_OK;
    const reference_form *form = &forms[i];
    const pcre2_code *code = code_of(&f->names->references->code[i], form->pattern);
    if (!code) return VB_NO_MEMORY;
    PCRE2_SIZE at = block->start;
    while (at < block->end &&
           pcre2_match(code, (PCRE2_SPTR)f->text.at, block->end, at, PCRE2_NO_UTF_CHECK, m, limits) > 0) {
        PCRE2_SIZE *v = pcre2_get_ovector_pointer(m);
        vb_str span = GROUP("span");
        uint32_t start = span.len ? (uint32_t)(span.at - f->text.at) : (uint32_t)v[0];
        uint32_t end = span.len ? start + (uint32_t)span.len : (uint32_t)v[1];
        at = v[1] > v[0] ? v[1] : v[1] + 1;
        vb_found *found = vb_finding_add(f, start, end, form->label, form->rule);
        if (!found) return VB_NO_MEMORY;
        if (span.len) { /* what came before the span names nothing by itself */
            vb_found *before = vb_finding_add(f, (uint32_t)v[0], start, form->label, form->rule);
            if (!before) return VB_NO_MEMORY;
            before->shield = true;
            found = before - 1;
        }
        found->score = 900;
        status = form->key(f, code, m, found);
        if (status == VB_NOT_FOUND) {
            found->weak = true;
            status = VB_OK;
        }
        TRY(status);
        TRY(vb_arena_copy(f->arena, vb_str_part(f->text, start, end), &found->name));
        if (form->key == key_kst || form->key == key_ah || form->key == key_journal)
            TRY(find_rest(f, (size_t)(found - f->found.at), GROUP("number"), block->end));
    }
done:
    return status;
}

/** Whether @p s has a dossier's number: "36600", "36 600", "36.600". */
static bool has_dossier(vb_str s)
{
    size_t digits = 0; /* in a row up to here, but for what parts them after two */
    bool parted = false;
    for (size_t i = 0; i < s.len; i++) {
        if (vb_byte_is[(unsigned char)s.at[i]] & VB_BYTE_DIGIT) {
            if (++digits >= (parted ? 3 : 5)) return true;
            continue;
        }
        bool wide = s.at[i] == '\xc2' && i + 1 < s.len && s.at[i + 1] == '\xa0';
        parted = digits >= 2 && (s.at[i] == ' ' || s.at[i] == '.' || wide);
        digits = 0;
        i += wide;
    }
    return false;
}

/** What the block whose words begin at *word has of what references cannot do without; *word goes past it. */
static uint32_t cues_of(const vb_finding *f, uint32_t block, size_t *word)
{
    enum { PARTED = 5 }; /* a sign of two bytes and three digits more */
    uint32_t cues = 0;
    const vb_block *b = &f->a->view.blocks[block];
    size_t at = *word;
    while ((at = vb_starts_next(f, at, VB_START_CUE)) < f->words.len && f->words.at[at].block <= block) {
        const vb_word *w = &f->words.at[at++];
        cues |= w->form->cues;
        if ((w->form->cues & VB_CUE_DIGIT) && !(cues & VB_CUE_DOSSIER) &&
            has_dossier(vb_str_part(f->text, w->start, w->end + PARTED < b->end ? w->end + PARTED : b->end)))
            cues |= VB_CUE_DOSSIER;
    }
    *word = at;
    if (!(cues & VB_CUE_DIGIT)) return 0; /* every form holds one */
    vb_str text = vb_str_part(f->text, b->start, b->end);
    if (memchr(text.at, '/', text.len)) cues |= VB_CUE_SLASH;
    return cues;
}

vb_status vb_find_references(vb_finding *f)
{
    vb_status status = VB_NO_MEMORY;
    pcre2_match_data *m = pcre2_match_data_create(64, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    size_t word = 0;
    if (!m || !limits) goto done;
    pcre2_set_match_limit(limits, 1000000);
    pcre2_set_depth_limit(limits, 10000);
    for (size_t b = 0; b < f->a->view.n_blocks; b++) {
        const vb_block *block = &f->a->view.blocks[b];
        uint32_t cues = cues_of(f, (uint32_t)b, &word);
        if (!vb_block_speaks(block)) continue;
        for (size_t i = 0; i < VB_COUNT(forms); i++)
            if ((cues & forms[i].any) && (cues & forms[i].all) == forms[i].all)
                TRY(find_form(f, i, m, limits, block));
    }
    status = VB_OK;
done:
    pcre2_match_data_free(m);
    pcre2_match_context_free(limits);
    return status;
}

vb_status vb_references_article(vb_finding *f, uint32_t from, uint32_t to, vb_str *out)
{
    const pcre2_code *code = code_of(&f->names->references->article, article_pattern);
    pcre2_match_data *m = code ? pcre2_match_data_create(8, NULL) : NULL;
    if (!m) return VB_NO_MEMORY;
    vb_status status = VB_OK;
    if (pcre2_match(code, (PCRE2_SPTR)f->text.at, to, from, PCRE2_NO_UTF_CHECK, m, NULL) > 0)
        status = vb_arena_copy(f->arena, GROUP("number"), out);
    pcre2_match_data_free(m);
    return status;
}

bool vb_references_citation(vb_finding *f, size_t form, size_t from, size_t to, vb_str *medium, vb_str *title,
                            size_t *next)
{
    const pcre2_code *code = code_of(&f->names->references->citation[form], vb_citation_forms[form].pattern);
    pcre2_match_data *m = code ? pcre2_match_data_create(8, NULL) : NULL;
    bool hit = m && pcre2_match(code, (PCRE2_SPTR)f->text.at, to, from, PCRE2_NO_UTF_CHECK, m, NULL) > 0;
    if (hit) {
        PCRE2_SIZE *v = pcre2_get_ovector_pointer(m);
        *medium = GROUP("medium");
        *title = GROUP("title");
        *next = v[1] > from ? v[1] : from + 1;
    }
    pcre2_match_data_free(m);
    return hit;
}

bool vb_references_note(vb_finding *f, size_t from, size_t to, vb_str *title)
{
    const pcre2_code *code = code_of(&f->names->references->note, vb_notes_pattern);
    pcre2_match_data *m = code ? pcre2_match_data_create(8, NULL) : NULL;
    bool hit = m && pcre2_match(code, (PCRE2_SPTR)f->text.at, to, from, PCRE2_NO_UTF_CHECK, m, NULL) > 0;
    if (hit) *title = GROUP("title");
    pcre2_match_data_free(m);
    return hit;
}

/**
 * Where a word is two that a conversion glued together: "vanRidouan", "OpenbaarMinisterie", "november2024".
 * What tells it is the document, whose own words the parts are, and the gazetteers, one of whose names the
 * parts spell side by side; a word that a name itself begins with ("GroenLinks", "ChristenUnie") is one. In
 * official PDF, where blanks are lost at every line's end, each word is looked at (view_text.c); in other
 * texts those where a small letter is followed by a capital (view_turns.c).
 */
#include "loaders/view.h"

enum { LEFT_MIN = 3, RIGHT_MIN = 2, WORD_MIN = 4, WORD_MAX = 60 };

bool vb_text_one_of(vb_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; word.len && i < n; i++)
        if (words[i][0] == word.at[0] && strncmp(words[i], word.at, word.len) == 0 && !words[i][word.len])
            return true;
    return false;
}

/** Short words that stand before a name. */
static const char *const before_names[] = {
    "de",   "het", "een",   "van",    "en",    "in", "op",      "door",  "met", "voor", "aan", "dat", "die",
    "naar", "tot", "uit",   "bij",    "over",  "is", "of",      "om",    "dan", "ook",  "als", "wat", "zijn",
    "deze", "dit", "onder", "tussen", "tegen", "om", "volgens", "heeft", "het", "te",   "ten", "per"
};

bool vb_text_before_names(vb_str word)
{
    return vb_text_one_of(word, before_names, VB_COUNT(before_names));
}

/** Begin a surname: "Van Meenen". */
static const char *const prefixes[] = { "Van", "De", "Den", "Der", "Ter", "Ten", "El", "der", "den" };

/** Short words that stand after a name and are not endings of words themselves. */
static const char *const after_names[] = { "van",  "het",   "een",   "door", "over", "voor", "met",   "naar",
                                           "zijn", "heeft", "wordt", "dat",  "bij",  "en",   "inzake" };
/** So where the name stands by itself more than once. */
static const char *const after_known[] = { "als",      "tegen", "aan",  "om",     "niet",   "ook",  "zich",
                                           "wel",      "zal",   "zou",  "zouden", "kan",    "werd", "worden",
                                           "hierover", "tot",   "deze", "onder",  "tussen", "sinds" };
/** "daarom", "Hiertegen": one word. */
static const char *const adverbs[] = { "Daar", "Hier", "Waar" };
static const char *const days_and_months[] = { "maandag",   "dinsdag", "woensdag", "donderdag", "vrijdag",
                                               "zaterdag",  "zondag",  "januari",  "februari",  "maart",
                                               "april",     "mei",     "juni",     "juli",      "augustus",
                                               "september", "oktober", "november", "december" };

/** Whether a name of the gazetteers begins with @p word: "GroenLinks". */
static vb_status begins_name(const vb_work *w, vb_str word, bool *out)
{
    *out = false;
    return w->given->names ? vb_names_begin(w->given->names, w->arena, &word, 1, out) : VB_OK;
}

vb_status vb_glued_name(const vb_work *w, vb_str word, size_t at, bool *out)
{
    vb_status status = VB_OK;
    vb_str parts[] = { vb_str_part(word, 0, at), vb_str_part(word, at, word.len) };
    bool one = false;
    *out = false;
    if (!w->given->names || parts[0].len < LEFT_MIN || parts[1].len < RIGHT_MIN) return VB_OK;
    TRY(vb_names_begin(w->given->names, w->arena, parts, VB_COUNT(parts), out));
    if (*out) TRY(begins_name(w, word, &one));
    *out = *out && !one;
done:
    return status;
}

/** Whether all letters of ASCII in @p word are small: what names with a capital inside do not begin with, but
 * for a letter or two. */
static bool is_small(vb_str word)
{
    if (word.len < WORD_MIN) return false;
    for (size_t i = 0; i < word.len; i++)
        if (vb_is_upper_at(word, i) || vb_is_digit(word.at[i])) return false;
    return true;
}

/** Where a capital or a digit begins the second of two words, from byte @p turn of @p word on, which the
 * document has @p n times; *out is 0 where none does. A glued word that comes back is so by its parts, which
 * stand by themselves more often. */
static vb_status part_at_turn(const vb_work *w, vb_str word, size_t turn, uint32_t n, size_t *out)
{
    vb_status status = VB_OK;
    bool alone = n <= 1;
    for (size_t i = turn; i < word.len; i++) {
        vb_str left = vb_str_part(word, 0, i), right = vb_str_part(word, i, word.len);
        bool short_word =
            vb_text_before_names(left) || (alone && vb_text_one_of(left, prefixes, VB_COUNT(prefixes)));
        bool name;
        if (vb_is_digit(right.at[0]) && !vb_is_digit(left.at[i - 1])) {
            bool day = vb_text_one_of(left, days_and_months, VB_COUNT(days_and_months));
            if (day || (short_word && alone)) *out = i;
            goto done;
        }
        if (!vb_is_upper_at(right, 0) || !vb_is_lower_at(left, i - 1)) continue;
        uint32_t n_right = vb_words_count(&w->words, right);
        bool opens = vb_is_lower_at(right, 1);
        bool often = n_right > n && vb_words_count(&w->words, left) > n;
        name = short_word ? alone || n_right >= n
                          : opens && ((alone && is_small(left)) ||
                                      (right.len >= WORD_MIN && n_right && (alone || often)));
        if (!name) TRY(vb_glued_name(w, word, i, &name));
        if (name) {
            *out = i;
            goto done;
        }
    }
done:
    return status;
}

/** Where one of the short words of @p list begins that @p word ends in; 0: nowhere, or what is before it
 * stands by itself less than @p least times. */
static vb_status part_before_one_of(const vb_work *w, vb_str word, const char *const *list, size_t n_list,
                                    uint32_t least, bool capital_next, size_t *out)
{
    vb_status status = VB_OK;
    *out = 0;
    for (size_t i = 0; i < n_list; i++) {
        vb_str end = vb_str_of(list[i]);
        if (word.len < end.len + WORD_MIN || !vb_str_ends(word, end)) continue;
        if (vb_str_eq(end, VB_STR("en")) && !capital_next)
            continue; /* "Banken" is a plural, "Klimaaten Groene" is not */
        size_t at = word.len - end.len;
        bool part = vb_words_count(&w->words, vb_str_part(word, 0, at)) >= least;
        if (!part && capital_next) TRY(vb_glued_name(w, word, at, &part));
        if (part) {
            *out = at;
            goto done;
        }
    }
done:
    return status;
}

/** Where small letters begin behind the capitals of an abbreviation that stands elsewhere too: "NVWAis"; not
 * the plural of "GGDen", and not "EUklimaatwet", where the hyphen of another name is lost. *out is 0:
 * nowhere. */
static vb_status part_after_capitals(const vb_work *w, vb_str word, size_t *out)
{
    static const char *const endings[] = { "en", "er", "ers", "ër" };
    vb_status status = VB_OK;
    bool other = false;
    size_t n = 0;
    *out = 0;
    while (n < word.len && word.at[n] >= 'A' && word.at[n] <= 'Z') n++;
    vb_str rest = vb_str_part(word, n, word.len);
    if (n < 2 || rest.len < 2 || vb_text_one_of(rest, endings, VB_COUNT(endings))) return VB_OK;
    for (size_t i = 0; i < rest.len; i++)
        if (vb_is_upper_at(rest, i) || vb_is_digit(rest.at[i])) return VB_OK;
    if (!vb_words_count(&w->words, vb_str_part(word, 0, n))) return VB_OK;
    if (!vb_text_before_names(rest)) TRY(begins_name(w, rest, &other));
    if (!other) *out = n;
done:
    return status;
}

/** Where a word of small letters begins that a name was glued to: "Klimaaten", when a capital follows. 0:
 * nowhere.
 */
static vb_status part_after_name(const vb_work *w, vb_str word, bool capital_next, size_t *out)
{
    vb_status status = VB_OK;
    size_t part;
    *out = 0;
    if (!vb_is_upper_at(word, 0)) return VB_OK;
    TRY(part_after_capitals(w, word, &part));
    if (!part) TRY(part_before_one_of(w, word, after_names, VB_COUNT(after_names), 1, capital_next, &part));
    if (!part) TRY(part_before_one_of(w, word, after_known, VB_COUNT(after_known), 2, capital_next, &part));
    if (!vb_text_one_of(vb_str_part(word, 0, part), adverbs, VB_COUNT(adverbs))) *out = part;
done:
    return status;
}

/** "hetkabinet" in a document that has "kabinet" more often: where its second word begins; 0: it is one. */
static size_t part_after_het(const vb_work *w, vb_str word)
{
    vb_str right = vb_str_part(word, 3, word.len);
    return vb_starts_folded(word, "het") && right.len > WORD_MIN &&
                   vb_words_count(&w->words, right) > vb_words_count(&w->words, word)
               ? 3
               : 0;
}

vb_status vb_glued_part(const vb_work *w, vb_str word, bool capital_next, size_t *out)
{
    vb_status status = VB_OK;
    size_t part = 0, turn = 2; /* where a letter of another kind starts */
    uint32_t year;
    bool one = false;
    *out = 0;
    if (word.len < WORD_MIN || word.len > WORD_MAX) return VB_OK;
    while (turn < word.len && (word.at[turn] < 'A' || word.at[turn] > 'Z') && !vb_is_digit(word.at[turn]))
        turn++;
    if (turn == word.len && (*out = part_after_het(w, word))) return VB_OK;
    if (turn == word.len && !vb_is_upper_at(word, 0)) return VB_OK;
    uint32_t n = vb_words_count(&w->words, word);
    if (n <= 1 && word.len > 6 && vb_digits_at(word, 0, 4, &year) == 4 && year >= 1900 && year < 2100 &&
        vb_is_lower_at(word, 4))
        part = 4; /* "2023maken" */
    if (!part) TRY(part_at_turn(w, word, turn, n, &part));
    if (!part && n <= 1) TRY(part_after_name(w, word, capital_next, &part));
    if (part) TRY(begins_name(w, word, &one));
    if (!one) *out = part;
done:
    return status;
}

bool vb_glued_hyphen(const vb_work *w, vb_str s, size_t at)
{
    size_t from = at, to = at + 1, n;
    char both[128];
    if (!vb_is_lower_at(s, to)) return false;
    while (from > 0 && ((unsigned char)s.at[from - 1] >= 0x80 || vb_word_byte(s, from - 1, &n))) from--;
    while (to < s.len && vb_word_byte(s, to, &n)) to += n;
    if (from == at || to - from > sizeof both || to > s.len) return false;
    memcpy(both, s.at + from, at - from);
    memcpy(both + (at - from), s.at + at + 1, to - at - 1);
    uint32_t joined = vb_words_count(&w->words, (vb_str){ both, to - from - 1 });
    return joined && joined >= vb_words_count(&w->words, vb_str_part(s, from, to));
}

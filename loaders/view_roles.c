/**
 * Roles: what a line is by its neighbours. A signature is an office with a name under it; a bare number, or a
 * numbered item that asks, is a question where questions are answered; what stands between lines of an
 * address is of it.
 */
#include "loaders/view.h"

enum { HEAD_LINES = 40, SIGNATURE_LINES = 10, ADDRESS_GAP = 4, VALUE_LONG = 100 };

static vb_str words_of(const vb_work *w, const vb_line *l)
{
    return vb_line_bare(w, l);
}

/* ---- questions ---------------------------------------------------------------------------------------- */

/** Whether the document holds questions or answers. */
static bool asks(const vb_work *w)
{
    size_t seen = 0;
    for (size_t i = 0; i < w->lines.len; i++) {
        const vb_line *l = &w->lines.at[i];
        if (l->kind == VB_LINE_ANSWER || l->kind == VB_LINE_QUESTION) return true;
        if (l->kind == VB_LINE_BLANK || ++seen > HEAD_LINES) continue;
        if (l->kind == VB_LINE_TEXT && vb_line_opens_head(words_of(w, l))) return true;
    }
    return false;
}

/** The number of a line that is nothing else: "7", "7."; 0: none. */
static uint32_t lone_number(const vb_work *w, const vb_line *l)
{
    vb_str s = words_of(w, l);
    uint32_t number = 0;
    size_t n = vb_digits_at(s, 0, 2, &number);
    return n && (s.len == n || (s.len == n + 1 && s.at[n] == '.')) ? number : 0;
}

/** Whether the item that starts on line @p i asks something before it ends. */
static bool item_asks(const vb_work *w, size_t i)
{
    for (size_t k = i; k < w->lines.len && k < i + 6; k++) {
        const vb_line *l = &w->lines.at[k];
        if (k > i && l->kind != VB_LINE_TEXT) return false;
        if (memchr(w->text.at + l->start, '?', l->end - l->start)) return true;
    }
    return false;
}

/** "1" over a question, "2. Bent u bekend met ...?": questions by their number, in order. */
static void number_questions(vb_work *w)
{
    uint32_t last = 0;
    for (size_t i = 0; i < w->lines.len; i++) {
        vb_line *l = &w->lines.at[i];
        if (l->kind == VB_LINE_QUESTION) last = l->number > last ? l->number : last;
        if (l->kind == VB_LINE_CALLS || l->kind == VB_LINE_TEXT) {
            uint32_t number = l->end - l->start < 8 ? lone_number(w, l) : 0;
            if (number != last + 1) continue;
            l->kind = VB_LINE_QUESTION;
            l->rest = l->end;
        } else if (l->kind == VB_LINE_ITEM && l->listed && l->number == last + 1 && item_asks(w, i)) {
            l->kind = VB_LINE_QUESTION;
            l->rest = l->start; /* the number is not part of the line any more */
        } else {
            continue;
        }
        l->number = ++last;
    }
}

/* ---- signatures --------------------------------------------------------------------------------------- */

/** "De minister van Justitie en Veiligheid,", "DE MINISTER VAN DEFENSIE,", "mede namens de staatssecretaris
 * van ...".
 */
static bool is_office(vb_str s)
{
    static const char *const openings[] = { "mede namens", "namens",           "de",
                                            "minister",    "staatssecretaris", "eerste minister" };
    enum { BEFORE_MAX = 24 }; /* "Mede namens de " with any kind of blanks */
    bool opens = false;
    if (s.len > 140 || (s.len && strchr(".?!", s.at[s.len - 1]))) return false; /* a sentence */
    for (size_t i = 0; i < VB_COUNT(openings); i++) opens = opens || vb_starts_folded(s, openings[i]);
    for (size_t at = 0; opens && at <= BEFORE_MAX && at < s.len; at++) {
        vb_str rest = vb_str_part(s, at, s.len);
        if (vb_starts_folded(rest, "minister") || vb_starts_folded(rest, "staatssecretaris")) return true;
    }
    return false;
}

static bool is_particle(vb_str word)
{
    static const char *const particles[] = { "van", "de", "der", "den", "ten", "ter", "te", "'t",
                                             "von", "el", "al",  "la",  "du",  "het", "in", "-" };
    for (size_t i = 0; i < VB_COUNT(particles); i++)
        if (vb_str_eq(word, vb_str_of(particles[i]))) return true;
    return false;
}

/** "drs.", "Mr.": before a name. */
static bool is_title(vb_str word)
{
    static const char *const titles[] = {
        "drs.", "dr.", "mr.", "ir.", "ing.", "prof.", "mw.", "jhr.", "mevr."
    };
    for (size_t i = 0; i < VB_COUNT(titles); i++)
        if (word.len == strlen(titles[i]) && vb_starts_folded(word, titles[i])) return true;
    return false;
}

bool vb_line_is_name(vb_str s)
{
    size_t n_words = 0, n_names = 0;
    vb_str rest = s, word;
    if (s.len < 5 || s.len > 70 || s.at[s.len - 1] == '.') return false;
    while (vb_str_next(&rest, ' ', &word)) {
        word = vb_str_trim(word);
        if (!word.len) continue;
        n_words++;
        if (is_particle(word) || is_title(word)) continue;
        if (!vb_is_upper_at(word, 0) && (unsigned char)word.at[0] < 0x80) return false;
        for (size_t i = 0; i < word.len; i++)
            if (vb_is_digit(word.at[i]) || strchr(",:;?!()|/&", word.at[i])) return false;
        n_names++;
    }
    return n_words >= 2 && n_words <= 8 && n_names >= 1;
}

/** A name behind "(w.g.)": it was signed. */
static vb_str without_seal(vb_str s)
{
    static const char *const seals[] = { "(w.g.) ", "w.g. ", "(getekend) " };
    for (size_t i = 0; i < VB_COUNT(seals); i++)
        if (vb_starts_folded(s, seals[i])) return vb_str_trim(vb_str_part(s, strlen(seals[i]), s.len));
    return s;
}

/** Whether line @p l may be of a signature: text, or columns that tabs part. */
static bool may_sign(const vb_work *w, const vb_line *l)
{
    return l->kind == VB_LINE_TEXT || (l->kind == VB_LINE_ROW && !vb_str_starts(words_of(w, l), VB_STR("|")));
}

/** Find the name under the office on line @p i. @return its line; 0: none. */
static size_t name_under(const vb_work *w, size_t i)
{
    for (size_t k = i + 1, seen = 0; k < w->lines.len && seen < SIGNATURE_LINES; k++) {
        const vb_line *l = &w->lines.at[k];
        if (l->kind == VB_LINE_BLANK || l->kind == VB_LINE_NOTE || l->kind == VB_LINE_FOOTER) continue;
        if (!may_sign(w, l)) return 0;
        vb_str s = words_of(w, l);
        if (vb_line_is_name(s)) return k;
        if (s.len > 90 || (s.len && strchr(".?!", s.at[s.len - 1]))) return 0;
        seen++;
    }
    return 0;
}

/** "Kajsa Ollongren" over "Minister van Defensie": whether line @p i is a name whose office stands right
 * under it, without an article. */
static bool office_under(const vb_work *w, size_t i)
{
    const vb_line *name = &w->lines.at[i], *office = name + 1;
    if (i + 1 >= w->lines.len || name->kind != VB_LINE_TEXT || office->kind != VB_LINE_TEXT) return false;
    if (i && name[-1].kind != VB_LINE_BLANK) return false;
    vb_str s = words_of(w, office);
    return (vb_starts_folded(s, "minister v") || vb_starts_folded(s, "staatssecretaris v")) && is_office(s) &&
           vb_line_is_name(without_seal(words_of(w, name)));
}

static void find_signatures(vb_work *w)
{
    for (size_t i = 0; i < w->lines.len; i++) {
        if (office_under(w, i)) {
            w->lines.at[i].start +=
                (uint32_t)(words_of(w, &w->lines.at[i]).len - without_seal(words_of(w, &w->lines.at[i])).len);
            w->lines.at[i].kind = w->lines.at[i + 1].kind = VB_LINE_SIGNATURE;
            i++;
            continue;
        }
        if (!may_sign(w, &w->lines.at[i]) || !is_office(words_of(w, &w->lines.at[i]))) continue;
        size_t name = name_under(w, i);
        if (!name) continue;
        for (; i <= name; i++)
            if (may_sign(w, &w->lines.at[i])) w->lines.at[i].kind = VB_LINE_SIGNATURE;
        for (; i < w->lines.len && i < name + 4; i++) { /* a second name */
            vb_line *l = &w->lines.at[i];
            if (l->kind == VB_LINE_TEXT && vb_line_is_name(words_of(w, l)))
                l->kind = VB_LINE_SIGNATURE;
            else if (l->kind != VB_LINE_BLANK)
                break;
        }
        i--;
    }
}

/* ---- letterheads -------------------------------------------------------------------------------------- */

/** Labels of a letterhead whose value may stand on the next line; the value is at most @c max long. */
static const struct label {
    const char *name;
    size_t max;
} labels[] = {
    { "ons kenmerk", 60 }, { "uw kenmerk", 60 }, { "onze referentie", 60 }, { "uw referentie", 60 },
    { "datum", 40 },       { "kenmerk", 60 },    { "projectnaam", 400 },    { "bijlage(n)", 60 },
    { "bijlagen", 60 },    { "uw brief", 60 },   { "contactpersoon", 60 },  { "uw brief van", 60 },
    { "datum brief", 40 },
};

static bool is_short(const vb_work *w, const vb_line *l)
{
    return l->end - l->start <= 60 && !vb_text_closes(w->text, l->start, l->end);
}

/** A value that goes on in the lines under it, up to an empty one. */
static void mark_value(vb_work *w, size_t first, size_t max)
{
    size_t len = 0;
    for (size_t i = first; i < w->lines.len && w->lines.at[i].kind == VB_LINE_TEXT; i++) {
        vb_line *l = &w->lines.at[i];
        len += l->end - l->start;
        if (len > max) return;
        l->kind = VB_LINE_LETTERHEAD;
        if (w->wrapping != VB_WRAP_WIDTH || max < VALUE_LONG) return;
    }
}

static void label_values(vb_work *w)
{
    for (size_t i = 0; i + 1 < w->lines.len; i++) {
        if (w->lines.at[i].kind != VB_LINE_LETTERHEAD) continue;
        vb_str s = words_of(w, &w->lines.at[i]);
        if (s.len && s.at[s.len - 1] == ':') s.len--;
        size_t next = i + 1;
        while (next < w->lines.len && next < i + ADDRESS_GAP && w->lines.at[next].kind == VB_LINE_BLANK)
            next++;
        if (next >= w->lines.len || w->lines.at[next].kind != VB_LINE_TEXT) continue;
        for (size_t k = 0; k < VB_COUNT(labels); k++)
            if (s.len == strlen(labels[k].name) && vb_starts_folded(s, labels[k].name))
                mark_value(w, next, labels[k].max);
    }
}

/** Short lines between two lines of a letterhead belong to it, but for the subject under its label. */
static void fill_addresses(vb_work *w)
{
    for (size_t i = 0; i < w->lines.len; i++) {
        if (w->lines.at[i].kind != VB_LINE_LETTERHEAD) continue;
        vb_str label = words_of(w, &w->lines.at[i]);
        if (vb_starts_folded(label, "onderwerp") || vb_starts_folded(label, "betreft")) continue;
        size_t end = i + 1, n_text = 0;
        for (; end < w->lines.len && n_text <= 3; end++) {
            const vb_line *l = &w->lines.at[end];
            if (l->kind == VB_LINE_BLANK || l->kind == VB_LINE_URL) continue;
            if (l->kind != VB_LINE_TEXT || !is_short(w, l)) break;
            if (vb_line_opens_head(words_of(w, l)) || vb_starts_folded(words_of(w, l), "onderwerp")) break;
            n_text++;
        }
        if (n_text > 3 || end >= w->lines.len || w->lines.at[end].kind != VB_LINE_LETTERHEAD) continue;
        for (size_t k = i + 1; k < end; k++)
            if (w->lines.at[k].kind == VB_LINE_TEXT) w->lines.at[k].kind = VB_LINE_LETTERHEAD;
    }
}

/** "## Ministerie van ..." over an address is the sender's letterhead. */
static void mend_masthead(vb_work *w)
{
    size_t seen = 0;
    for (size_t i = 0; i < w->lines.len && seen < 6; i++) {
        vb_line *l = &w->lines.at[i];
        if (l->kind == VB_LINE_BLANK) continue;
        seen++;
        if (l->kind != VB_LINE_HEADING && l->kind != VB_LINE_TEXT) continue;
        vb_str s = words_of(w, l);
        if (!vb_starts_folded(s, "ministerie van ") || s.len > 80 || vb_text_closes(s, 0, s.len)) continue;
        for (size_t k = i + 1, near = 0; k < w->lines.len && near < 3; k++) {
            if (w->lines.at[k].kind == VB_LINE_BLANK) continue;
            near++;
            if (w->lines.at[k].kind == VB_LINE_LETTERHEAD) l->kind = VB_LINE_LETTERHEAD;
        }
    }
}

void vb_view_roles(vb_work *w)
{
    if (w->wrapping == VB_WRAP_NONE && asks(w)) number_questions(w);
    find_signatures(w);
    mend_masthead(w);
    label_values(w);
    fill_addresses(w);
}

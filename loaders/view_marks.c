/**
 * Marks: what stands in the source and is not text. One pass over the bytes; a byte that can open a mark
 * decides which reader looks at it. What may call a note by mere digits is only noted here: whether it does
 * depends on the notes that the lines hold (view_notes.c).
 */
#include "loaders/bytes.h"
#include "loaders/view.h"

enum { BODY_MAX = 20000, LINK_MAX = 2000, ANCHOR_MAX = 200 };

size_t vb_digits_at(vb_str s, size_t at, size_t max, uint32_t *out)
{
    size_t n = 0;
    uint32_t value = 0;
    while (at + n < s.len && vb_is_digit(s.at[at + n]) && n <= max)
        value = value * 10 + (uint32_t)(s.at[at + n++] - '0');
    if (n > max) return 0;
    *out = value;
    return n;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool has_at(vb_str s, size_t at, const char *what)
{
    size_t n = strlen(what);
    return at <= s.len && s.len - at >= n && memcmp(s.at + at, what, n) == 0;
}

static vb_status add(vb_work *w, vb_mark_kind kind, vb_note_style style, size_t start, size_t end,
                     uint32_t note)
{
    if (vb_push(w->arena, &w->marks) != VB_OK) return VB_NO_MEMORY;
    w->marks.at[w->marks.len - 1] = (vb_mark){ .start = (uint32_t)start,
                                               .end = (uint32_t)end,
                                               .note = note,
                                               .kind = (uint8_t)kind,
                                               .style = (uint8_t)style };
    return VB_OK;
}

/** Offset of the ']' that closes the '[' at @p at, brackets inside it counted; SIZE_MAX when none is near.
 * The work's budget keeps a text of nothing but brackets linear. */
static size_t closing(vb_work *w, size_t at, size_t max)
{
    vb_str s = w->text;
    if (max > w->budget) max = w->budget;
    size_t depth = 0, end = s.len - at < max ? s.len : at + max, i = at, found = SIZE_MAX;
    for (; i < end && found == SIZE_MAX; i++) {
        if (s.at[i] == '[') depth++;
        if (s.at[i] == ']' && --depth == 0) found = i;
    }
    w->budget -= i - at;
    return found;
}

/** End of the address that starts at @p at: at a blank or quote, without the punctuation of the sentence. */
static size_t url_end(vb_str s, size_t at)
{
    size_t end = at, open = 0;
    while (end < s.len && !is_blank(s.at[end]) && !strchr("<>\"[]\\", s.at[end])) {
        unsigned char c = (unsigned char)s.at[end];
        if (c == 0xc2 || c == 0xe2) break; /* a guillemet, a curly quote, a dash */
        if (c == '(') open++;
        if (c == ')' && open-- == 0) break;
        end++;
    }
    while (end > at && strchr(".,;:?!'*_", s.at[end - 1])) end--;
    return end;
}

/** An address that the line's end cuts after '/', '-', '=' or '_' goes on where the next line opens with a
 *  word that only an address can hold: "blogs/" + "waarom-een-campagne-geen-goed-idee-is/". */
static size_t url_wrapped_end(vb_str s, size_t end)
{
    while (end < s.len && strchr("/-=_&", s.at[end - 1])) {
        size_t i = end;
        while (i < s.len && (s.at[i] == ' ' || s.at[i] == '\r')) i++;
        if (i >= s.len || s.at[i] != '\n') return end;
        size_t more = url_end(s, ++i), signs = 0;
        if (has_at(s, i, "http") || has_at(s, i, "www.")) return end;
        for (size_t k = i; k < more; k++) signs += strchr("/-=_&%", s.at[k]) != NULL;
        if (more == i || signs < 2) return end;
        end = more;
    }
    return end;
}

/** Top-level domains of addresses that letters write without "www". */
static const char *const domains[] = { "nl", "com", "eu", "org", "net", "be", "info", "gov", "int" };

/** The bare domain whose point is at @p at: "Rijksoverheid.nl". */
static bool bare_domain(vb_str s, size_t at, size_t *start, size_t *end)
{
    size_t from = at, n;
    if (at + 1 >= s.len || !vb_is_lower_at(s, at + 1)) return false; /* before the reading back */
    while (from > 0 && at - from < 64) {
        char c = s.at[from - 1];
        bool inside =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || vb_is_digit(c) || c == '-' || c == '.';
        if (!inside) break;
        from--;
    }
    if (at - from < 2 || (from > 0 && ((unsigned char)s.at[from - 1] >= 0x80 || s.at[from - 1] == '@')))
        return false;
    for (size_t i = 0; i < VB_COUNT(domains); i++) {
        n = strlen(domains[i]);
        if (!has_at(s, at + 1, domains[i]) || (at + 1 + n < s.len && vb_word_byte(s, at + 1 + n, &n)))
            continue;
        *start = from;
        *end = url_end(s, from);
        return *end > at + 1;
    }
    return false;
}

/** [bookmark: x], [footnoteRef:1], [1:  body ], [1], [text](address). *next is where reading goes on. */
static vb_status read_bracket(vb_work *w, size_t at, size_t *next)
{
    vb_str s = w->text;
    uint32_t note = 0;
    size_t end, n;
    bool ref = has_at(s, at + 1, "footnoteRef:") || has_at(s, at + 1, "endnoteRef:");
    *next = at + 1;
    if (has_at(s, at + 1, "bookmark:")) {
        if ((end = closing(w, at, ANCHOR_MAX)) == SIZE_MAX) return VB_OK;
        *next = end + 1;
        return add(w, VB_MARK_DROP, 0, at, end + 1, 0);
    }
    size_t from = at + 1 + (ref ? has_at(s, at + 1, "endnoteRef:") ? 11 : 12 : 0);
    n = vb_digits_at(s, from, 3, &note);
    if (n && ref) {
        size_t i = from + n;
        while (i < s.len && is_blank(s.at[i])) i++;
        if (i >= s.len || s.at[i] != ']') return VB_OK;
        *next = i + 1;
        return add(w, VB_MARK_CALL, VB_NOTE_REF, at, i + 1, note);
    }
    if (n && has_at(s, from + n, ":") && from + n + 1 < s.len && is_blank(s.at[from + n + 1])) {
        if ((end = closing(w, at, BODY_MAX)) == SIZE_MAX) return VB_OK;
        *next = from + n + 1; /* what stands inside is read too */
        return add(w, VB_MARK_BODY, VB_NOTE_REF, at, end + 1, note);
    }
    if (n && has_at(s, from + n, "]") && !has_at(s, from + n, "](")) {
        *next = from + n + 1;
        return add(w, VB_MARK_CALL, VB_NOTE_BRACKET, at, from + n + 1, note);
    }
    if (!w->markdown || (end = closing(w, at, LINK_MAX)) == SIZE_MAX || !has_at(s, end, "](")) return VB_OK;
    const char *close = memchr(s.at + end, ')', s.len - end < LINK_MAX ? s.len - end : LINK_MAX);
    if (!close || memchr(s.at + end, '\n', (size_t)(close - s.at) - end)) return VB_OK;
    size_t image = at > 0 && s.at[at - 1] == '!';
    if (add(w, VB_MARK_DROP, 0, at - image, at + 1, 0) != VB_OK) return VB_NO_MEMORY;
    if (has_at(s, at + 1, "www.") || has_at(s, at + 1, "http")) /* the link's text is an address itself */
        if (add(w, VB_MARK_URL, 0, at + 1, end, 0) != VB_OK) return VB_NO_MEMORY;
    if (!(has_at(s, at + 1, "www.") || has_at(s, at + 1, "http"))) return VB_OK; /* read_link_end() follows */
    *next = (size_t)(close - s.at) + 1;
    return add(w, VB_MARK_DROP, 0, end, *next, 0);
}

/** "](address)" at the end of a link whose text was read. */
static vb_status read_link_end(vb_work *w, size_t at, size_t *next)
{
    vb_str s = w->text;
    size_t left = s.len - at < LINK_MAX ? s.len - at : LINK_MAX;
    const char *close = memchr(s.at + at, ')', left);
    *next = at + 1;
    if (!close || memchr(s.at + at, '\n', (size_t)(close - s.at) - at)) return VB_OK;
    *next = (size_t)(close - s.at) + 1;
    return add(w, VB_MARK_DROP, 0, at, *next, 0);
}

/** <sup>1</sup>, <https://...>, and other tags, of which only the inside is text. */
static vb_status read_angle(vb_work *w, size_t at, size_t *next)
{
    vb_str s = w->text;
    uint32_t note = 0;
    size_t n, end;
    *next = at + 1;
    if (has_at(s, at, "<sup>") && (n = vb_digits_at(s, at + 5, 3, &note)) > 0 &&
        has_at(s, at + 5 + n, "</sup>")) {
        *next = at + 11 + n;
        return add(w, VB_MARK_CALL, VB_NOTE_SUP, at, *next, note);
    }
    if (has_at(s, at + 1, "http")) {
        end = url_end(s, at + 1);
        if (!has_at(s, end, ">")) return VB_OK;
        *next = end + 1;
        if (add(w, VB_MARK_DROP, 0, at, at + 1, 0) != VB_OK) return VB_NO_MEMORY;
        if (add(w, VB_MARK_URL, 0, at + 1, end, 0) != VB_OK) return VB_NO_MEMORY;
        return add(w, VB_MARK_DROP, 0, end, end + 1, 0);
    }
    end = at + 1 + has_at(s, at + 1, "/");
    size_t name = end;
    while (end < s.len && ((s.at[end] | 32) >= 'a' && (s.at[end] | 32) <= 'z')) end++;
    if (!w->markdown || end == name || end - name > 8) return VB_OK;
    while (end < s.len && end - at < ANCHOR_MAX && s.at[end] != '>' && s.at[end] != '\n') end++;
    if (!has_at(s, end, ">")) return VB_OK;
    *next = end + 1;
    return add(w, VB_MARK_DROP, 0, at, *next, 0);
}

/** Words after which stuck digits count or measure: "m2", "nr.5". */
static bool counts(vb_str s, size_t end)
{
    static const char *const words[] = {
        "m", "km", "cm", "dm", "nr", "nrs", "art", "p", "blz", "pag", "par"
    };
    size_t start = end, n;
    while (start > 0 && end - start < 6 && (s.at[start - 1] | 32) >= 'a' && (s.at[start - 1] | 32) <= 'z')
        start--;
    if (start > 0 && vb_word_byte(s, start - 1, &n)) return false;
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (strlen(words[i]) == end - start && strncasecmp(words[i], s.at + start, end - start) == 0)
            return true;
    return false;
}

/** Whether digits at @p at may be a note's number stuck to what stands before: "School7", "niet.15", "»2". */
static bool sticks(vb_str s, size_t at)
{
    if (at == 0 || vb_is_digit(s.at[at - 1])) return false;
    unsigned char before = (unsigned char)s.at[at - 1];
    if (before >= 0x80) return true; /* an accented letter, a curly quote, a guillemet */
    if (before >= 'a' && before <= 'z') return !counts(s, at);
    if (before >= 'A' && before <= 'Z') {
        size_t n = 1; /* CO2, A12, F16 are names; VKN3 may call a note */
        while (n < at && s.at[at - 1 - n] >= 'A' && s.at[at - 1 - n] <= 'Z') n++;
        return n >= 3;
    }
    if (!strchr(".?!,;:)'\"]*", before)) return false;
    bool number = strchr(".,", before) && at > 1 && vb_is_digit(s.at[at - 2]); /* 11.04 */
    return at > 1 && !number && !is_blank(s.at[at - 2]) && !counts(s, at - 1);
}

/** Digits that may call a note: stuck to a word, "1)", "(1)", or after another such number: "Shell?1 2". */
static vb_status read_digits(vb_work *w, size_t at, size_t depth, bool line_start, size_t *next)
{
    vb_str s = w->text;
    uint32_t note = 0;
    size_t n = vb_digits_at(s, at, 3, &note), m;
    *next = at + 1;
    while (*next < s.len && vb_is_digit(s.at[*next])) (*next)++;
    if (!n || !note || n > 3) return VB_OK;
    size_t end = at + n;
    bool blank_before = at == 0 || is_blank(s.at[at - 1]);
    if (has_at(s, end, ")")) {
        if (at > 0 && s.at[at - 1] == '(' && !line_start)
            return add(w, VB_MARK_MAYBE, VB_NOTE_PARENS, at - 1, end + 1, note);
        if (!line_start && depth == 0 && (blank_before || sticks(s, at)))
            return add(w, VB_MARK_MAYBE, VB_NOTE_PAREN, at, end + 1, note);
    }
    if (n > 2 || (end < s.len && vb_word_byte(s, end, &m)) || has_at(s, end, "-") || has_at(s, end, "/"))
        return VB_OK;
    if (end + 1 < s.len && (s.at[end] == '.' || s.at[end] == ',') && vb_is_digit(s.at[end + 1])) return VB_OK;
    const vb_mark *last = w->marks.len ? &w->marks.at[w->marks.len - 1] : NULL;
    bool follows = last && last->style == VB_NOTE_PLAIN && last->kind == VB_MARK_MAYBE &&
                   last->end + 1 == at && blank_before && last->note + 1 == note;
    if (sticks(s, at) || follows) return add(w, VB_MARK_MAYBE, VB_NOTE_PLAIN, at, end, note);
    return VB_OK;
}

static bool looks_like_markdown(vb_str s)
{
    static const char *const signs[] = { "**", "\n## ", "\n# ", "<sup>", "](http", "\n### " };
    for (size_t i = 0; i < VB_COUNT(signs); i++)
        if (vb_str_find(s, vb_str_of(signs[i]), 0) != SIZE_MAX) return true;
    return false;
}

size_t vb_marks_from(const vb_work *w, uint32_t at)
{
    size_t low = 0, high = w->marks.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->marks.at[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static vb_status add_url(vb_work *w, size_t start, size_t end, bool bare)
{
    while (w->marks.len && w->marks.at[w->marks.len - 1].start >= start) w->marks.len--;
    if (add(w, VB_MARK_URL, 0, start, end, 0) != VB_OK) return VB_NO_MEMORY;
    w->marks.at[w->marks.len - 1].bare = bare;
    return VB_OK;
}

/** Whether a byte is one that vb_view_marks() looks at: most are not. */
static const bool opens[256] = {
    ['\0'] = true, ['\n'] = true, ['['] = true, [']'] = true, ['<'] = true, [':'] = true, ['.'] = true,
    ['('] = true,  [')'] = true,  ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
    ['5'] = true,  ['6'] = true,  ['7'] = true, ['8'] = true, ['9'] = true,
};

/** Where the bytes end from @p at on that open nothing; there, or at a control character before. */
static size_t plain_end(vb_str s, size_t at)
{
    while (s.len - at >= VB_STRIDE) {
        vb_bytes v = vb_bytes_at(s.at + at);
        size_t n = vb_bytes_first(vb_bytes_in(v, 0, '\n' + 1) | vb_bytes_in(v, '(', 2) |
                                  vb_bytes_are(v, '.') | vb_bytes_in(v, '0', ':' - '0' + 1) |
                                  vb_bytes_are(v, '<') | vb_bytes_are(v, '[') | vb_bytes_are(v, ']'));
        at += n;
        if (n < VB_STRIDE) return at;
    }
    while (at < s.len && !opens[(unsigned char)s.at[at]]) at++;
    return at;
}

/** Where the address begins whose "://" or whose first point is at @p at, not before @p from; SIZE_MAX. */
static size_t address_start(vb_str s, size_t at, size_t from)
{
    static const char *const starts[] = { "http://", "https://", "www." };
    for (size_t i = 0; i < VB_COUNT(starts); i++) {
        size_t before = strcspn(starts[i], ":.");
        if (at - from >= before && has_at(s, at - before, starts[i])) return at - before;
    }
    return SIZE_MAX;
}

vb_status vb_view_marks(vb_work *w)
{
    vb_status status = VB_OK;
    vb_str s = w->text;
    size_t depth = 0; /* of round brackets in this line */
    bool line_start = true;
    w->markdown = !w->given->lines && looks_like_markdown(s);
    w->budget = 8 * s.len;
    for (size_t i = 0, next, from, read = 0; i < s.len; i = next) {
        char c = s.at[i];
        next = i + 1;
        if (!opens[(unsigned char)c]) {
            line_start = line_start && is_blank(c);
            if (!line_start) next = plain_end(s, next);
            continue;
        }
        if (c == '\n') {
            depth = 0;
            line_start = true;
            continue;
        }
        if (c == '[')
            TRY(read_bracket(w, i, &next));
        else if (c == ']' && w->markdown && has_at(s, i, "]("))
            TRY(read_link_end(w, i, &next));
        else if (c == '<')
            TRY(read_angle(w, i, &next));
        else if (vb_is_digit(c))
            TRY(read_digits(w, i, depth, line_start, &next));
        else if (((c == ':' && has_at(s, i, "://")) || (c == '.' && i && s.at[i - 1] == 'w')) &&
                 (from = address_start(s, i, read)) != SIZE_MAX) {
            next = url_wrapped_end(s, url_end(s, from));
            TRY(add_url(w, from, next, false));
        } else if (c == '.' && bare_domain(s, i, &from, &next))
            TRY(add_url(w, from, next, true));
        if (next <= i) next = i + 1;
        read = next;
        depth += c == '(';
        if (c == ')' && depth) depth--;
        line_start = line_start && (is_blank(c) || c == '(');
    }
done:
    return status;
}

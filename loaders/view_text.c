/**
 * The view's text: blocks written out, byte by byte, each with its origin. Lines are joined by a blank, a
 * hyphen at a line's end goes or stays, marks go, every kind of blank becomes one blank, and what an official
 * PDF's extraction glued together is parted again (view_glued.c). Then notes and their callers find each
 * other.
 */
#include "loaders/bytes.h"
#include "loaders/view.h"

typedef struct writer {
    vb_work *w;
    char *text;
    uint32_t *origin;
    size_t len, room;
    uint32_t block_start;
    bool plain[256]; /* bytes that are written as they stand */
    VB_VEC(vb_note_call) calls;
    VB_VEC(vb_url) urls;
    VB_VEC(uint8_t) call_styles;
    VB_VEC(uint32_t) call_sources;
} writer;

/** Room for @p n bytes more. What all pieces need is there from the start, unless they overlap. */
static vb_status reserve(writer *o, size_t n)
{
    if (n <= o->room - o->len) return VB_OK;
    size_t room = o->len + n > 2 * o->room ? o->len + n : 2 * o->room;
    char *text = vb_arena_room(o->w->arena, room, 1);
    uint32_t *origin = vb_arena_room(o->w->arena, room, sizeof *origin);
    if (!text || !origin) return VB_NO_MEMORY;
    if (o->len) {
        memcpy(text, o->text, o->len);
        memcpy(origin, o->origin, o->len * sizeof *origin);
    }
    o->text = text;
    o->origin = origin;
    o->room = room;
    return VB_OK;
}

static void put(writer *o, char c, size_t origin)
{
    o->text[o->len] = c;
    o->origin[o->len++] = (uint32_t)origin;
}

static void put_blank(writer *o, size_t origin)
{
    if (o->len > o->block_start && o->text[o->len - 1] != ' ') put(o, ' ', origin);
}

/** Length of the word at @p at, no further than @p end. */
static size_t word_len(vb_str s, size_t at, size_t end)
{
    size_t i = at, n;
    while (i < end && vb_word_byte(s, i, &n)) i += n;
    return (i < end ? i : end) - at;
}

/* ---- hyphens at line ends ----------------------------------------------------------------------------- */

/** Second halves that keep the hyphen after a name: "Trimbos-instituut", "EU-richtlijn". */
static const char *const kept_halves[] = { "instituut", "akkoord",   "richtlijn", "verordening",
                                           "fractie",   "onderzoek", "programma", "beleid",
                                           "regeling",  "lidstaten", "land",      "landen" };

/**
 * What becomes of the hyphen at @p hyphen that ends a line, when the text goes on at @p next:
 * "admini-" + "stratie" loses it, "Noord-" + "Holland" keeps it, "wet-" + "en regelgeving" keeps it and a
 * blank.
 */
static enum {
    HYPHEN_GOES,
    HYPHEN_STAYS,
    HYPHEN_AND_BLANK
} hyphen_at(const vb_work *w, size_t start, size_t hyphen, size_t next, size_t end)
{
    vb_str s = w->text;
    size_t from = hyphen, n;
    while (from > start && vb_word_byte(s, from - 1, &n)) from--;
    while (from > start && ((unsigned char)s.at[from] & 0xc0) == 0x80) from--; /* whole characters */
    vb_str left = vb_str_part(s, from, hyphen), right = { s.at + next, word_len(s, next, end) };
    while (right.len && vb_is_digit(right.at[right.len - 1])) right.len--; /* a note's number */
    if (!left.len || !right.len) return HYPHEN_AND_BLANK;
    if (vb_str_eq(right, VB_STR("en")) || vb_str_eq(right, VB_STR("of"))) return HYPHEN_AND_BLANK;
    if (!vb_is_lower_at(right, 0)) return HYPHEN_STAYS; /* a name, a number */
    char both[128];
    if (left.len + right.len + 1 < sizeof both) {
        memcpy(both, left.at, left.len);
        memcpy(both + left.len, right.at, right.len);
        if (vb_words_count(&w->words, (vb_str){ both, left.len + right.len })) return HYPHEN_GOES;
        both[left.len] = '-';
        memcpy(both + left.len + 1, right.at, right.len);
        if (vb_words_count(&w->words, (vb_str){ both, left.len + 1 + right.len })) return HYPHEN_STAYS;
    }
    bool capitals = vb_is_upper_at(left, left.len - 1);
    if (capitals || left.len == 1 || vb_is_digit(left.at[left.len - 1]))
        return HYPHEN_STAYS; /* EU-, e-, 3- */
    return vb_is_upper_at(left, 0) && vb_text_one_of(right, kept_halves, VB_COUNT(kept_halves)) ? HYPHEN_STAYS
                                                                                                : HYPHEN_GOES;
}

/* ---- one piece ---------------------------------------------------------------------------------------- */

/** Blanks, invisible characters, hyphens past ASCII. @return bytes read; 0 when @p at is none of them. */
static size_t put_special(writer *o, vb_str s, size_t at)
{
    unsigned char c = (unsigned char)s.at[at];
    if (c == 0xc2 && at + 1 < s.len && s.at[at + 1] == '\xa0') return put_blank(o, at), 2;
    if (c == 0xc2 && at + 1 < s.len && s.at[at + 1] == '\xad') return 2; /* soft hyphen */
    if (c == 0xef && at + 2 < s.len && memcmp(s.at + at, "\xef\xbb\xbf", 3) == 0) return 3;
    if (c != 0xe2 || at + 2 >= s.len) return 0;
    unsigned char second = (unsigned char)s.at[at + 1], third = (unsigned char)s.at[at + 2];
    if (second == 0x81 && third == 0xa0) return 3; /* word joiner */
    if (second != 0x80) return 0;
    if (third <= 0x8a || third == 0xaf || third == 0xa8 || third == 0xa9) return put_blank(o, at), 3;
    if (third <= 0x8f) return 3;                                   /* zero width */
    if (third == 0x90 || third == 0x91) return put(o, '-', at), 3; /* hyphen, non-breaking hyphen */
    return 0;
}

/** Whether the '*' or '_' at @p at is emphasis: it touches a word on one side at least. */
static bool is_emphasis(vb_str s, size_t at)
{
    size_t n;
    char before = at ? s.at[at - 1] : ' ', after = at + 1 < s.len ? s.at[at + 1] : ' ';
    if (s.at[at] == '_') {
        bool word_before = at && vb_word_byte(s, at - 1, &n),
             word_after = at + 1 < s.len && vb_word_byte(s, at + 1, &n);
        return word_before != word_after;
    }
    return (unsigned char)before > ' ' || (unsigned char)after > ' ';
}

/** Markdown's own signs. @return bytes read; 0 when @p at is none. */
static size_t put_markdown(writer *o, vb_str s, size_t at)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&nbsp;", ' ' }
    };
    char c = s.at[at];
    if ((c == '*' || c == '_') && is_emphasis(s, at)) return 1;
    if (c == '`') return 1;
    if (c == '\\' && at + 1 < s.len && strchr("\\`*_{}[]()#+-.!|<>~\"'", s.at[at + 1])) {
        put(o, s.at[at + 1], at + 1);
        return 2;
    }
    for (size_t i = 0; c == '&' && i < VB_COUNT(entities); i++) {
        size_t n = strlen(entities[i].name);
        if (s.len - at < n || memcmp(s.at + at, entities[i].name, n) != 0) continue;
        put(o, entities[i].c, at);
        return n;
    }
    return 0;
}

/** In an official PDF: a missing blank after a mark or inside two glued words. *at goes past the word. */
static vb_status put_glued(writer *o, vb_str s, size_t *from)
{
    vb_status status;
    size_t at = *from, part;
    size_t n, len = word_len(s, at, s.len);
    char before = at ? s.at[at - 1] : ' ';
    bool after_mark =
        o->len > o->block_start && o->origin[o->len - 1] + 1 == at &&
        (((before == ',' || before == ')' || before == ';') && !vb_is_digit(s.at[at])) ||
         (strchr(".?!:", before) && vb_is_upper_at(s, at) && at > 1 && vb_is_lower_at(s, at - 2)));
    if (after_mark) put_blank(o, at);
    size_t next = at + len;
    bool capital = next + 1 < s.len && s.at[next] == ' ' && vb_is_upper_at(s, next + 1);
    TRY(vb_glued_part(o->w, vb_str_part(s, at, next), capital, &part));
    for (size_t i = 0; i < len; i++) {
        if (part && i == part) put_blank(o, at + i);
        unsigned char c = (unsigned char)s.at[at + i];
        if (c == 0xc2 && vb_word_byte(s, at + i, &n))
            i++; /* soft hyphen */
        else
            put(o, (char)c, at + i);
    }
    *from = next;
done:
    return status;
}

static vb_status put_mark(writer *o, const vb_mark *m, size_t from, size_t end)
{
    vb_arena *arena = o->w->arena;
    if (m->kind == VB_MARK_CALL) {
        if (vb_push(arena, &o->calls) != VB_OK || vb_push(arena, &o->call_styles) != VB_OK ||
            vb_push(arena, &o->call_sources) != VB_OK)
            return VB_NO_MEMORY;
        bool blank = o->len > o->block_start && o->text[o->len - 1] == ' '; /* right after the word */
        o->calls.at[o->calls.len - 1] = (vb_note_call){ (uint32_t)o->len - blank, m->note, VB_NONE };
        o->call_styles.at[o->calls.len - 1] = m->style;
        o->call_sources.at[o->calls.len - 1] = m->start;
    }
    if (m->kind == VB_MARK_URL) {
        uint32_t start = (uint32_t)o->len;
        for (size_t i = from; i < m->end && i < end; i++)
            if ((unsigned char)o->w->text.at[i] > ' ') put(o, o->w->text.at[i], i);
        if (vb_push(arena, &o->urls) != VB_OK) return VB_NO_MEMORY;
        o->urls.at[o->urls.len - 1] = (vb_url){ start, (uint32_t)o->len, m->bare };
    }
    return VB_OK;
}

/** Whether VB_STRIDE bytes of a text without Markdown are written as they stand: ASCII, and no two blanks in
 * a row, also not with the byte before them. */
static bool stride_is_plain(const char *at)
{
    vb_bytes v = vb_bytes_at(at);
    return !vb_bytes_any(~vb_bytes_in(v, ' ', 0x80 - ' ') |
                         (vb_bytes_are(v, ' ') & vb_bytes_are(vb_bytes_at(at - 1), ' ')));
}

/** What is written as it stands: the ASCII from @p at up to @p stop, blanks between words too, up to
 * Markdown's own sign or a character that put_special() knows. @return where it ends. */
static size_t put_plain(writer *o, vb_str s, size_t at, size_t stop, const bool *plain)
{
    if (plain['*'] && plain[(unsigned char)s.at[at]]) {
        put(o, s.at[at], at);
        for (at++; stop - at >= VB_STRIDE && stride_is_plain(s.at + at); at += VB_STRIDE) {
            memcpy(o->text + o->len, s.at + at, VB_STRIDE);
            for (size_t i = 0; i < VB_STRIDE; i++) o->origin[o->len + i] = (uint32_t)(at + i);
            o->len += VB_STRIDE;
        }
    }
    size_t end = at;
    bool blank = o->len == o->block_start || o->text[o->len - 1] == ' '; /* one more would be too many */
    for (; end < stop; end++) {
        if (plain[(unsigned char)s.at[end]])
            blank = false;
        else if (s.at[end] == ' ' && !blank && plain['a'])
            blank = true;
        else
            break;
    }
    size_t n = end - at;
    uint32_t *origin = o->origin + o->len;
    memcpy(o->text + o->len, s.at + at, n);
    for (size_t i = 0; i < n; i++) origin[i] = (uint32_t)(at + i);
    o->len += n;
    return end;
}

/** Which bytes stand as they are. A glued text has none: there each word is looked at. */
static void find_plain(const vb_work *w, bool *plain)
{
    for (unsigned c = 0; c < 256; c++)
        plain[c] = w->wrapping != VB_WRAP_GLUED && c > ' ' && c < 0x80 &&
                   !(w->markdown && strchr("*_`\\&", (char)c));
}

/** Index of the first glued place at or after @p at. */
static size_t first_turn(const vb_work *w, size_t at)
{
    size_t low = 0, high = w->turns.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->turns.at[mid] < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/** Write the source from @p at to @p end. A mark that reaches over the piece's end is cut there. */
static vb_status put_piece(writer *o, size_t at, size_t end)
{
    vb_work *w = o->w;
    vb_str s = { w->text.at, end };
    size_t m = vb_marks_from(w, (uint32_t)at), turn = first_turn(w, at), n;
    bool glued = w->wrapping == VB_WRAP_GLUED;
    if (m > 0 && w->marks.at[m - 1].kind == VB_MARK_URL && w->marks.at[m - 1].end > at) m--; /* it wrapped */
    while (at < end) {
        while (m < w->marks.len && (w->marks.at[m].end <= at || w->marks.at[m].kind == VB_MARK_MAYBE)) m++;
        const vb_mark *mark = m < w->marks.len && w->marks.at[m].start <= at ? &w->marks.at[m] : NULL;
        size_t stop = m < w->marks.len && w->marks.at[m].start < end ? w->marks.at[m].start : end;
        if (mark) {
            if (put_mark(o, mark, at, end) != VB_OK) return VB_NO_MEMORY;
            at = mark->end;
            m++;
            if (mark->kind == VB_MARK_CALL && at < end && strchr(",.;:?!)", s.at[at]) &&
                o->len > o->block_start && o->text[o->len - 1] == ' ')
                o->len--; /* "in Tajikistan" + "3, Algerije" */
            continue;
        }
        while (turn < w->turns.len && w->turns.at[turn] < at) turn++;
        if (turn < w->turns.len && w->turns.at[turn] == at) {
            put_blank(o, at);
            turn++;
        }
        if (turn < w->turns.len && w->turns.at[turn] < stop) stop = w->turns.at[turn];
        if ((at = put_plain(o, s, at, stop, o->plain)) == stop) continue;
        unsigned char c = (unsigned char)s.at[at];
        bool word = vb_word_byte(s, at, &n);
        if (c <= ' ') {
            put_blank(o, at++);
        } else if (glued && c == '-' && vb_glued_hyphen(w, s, at)) {
            at++;
        } else if (glued && word) {
            if (put_glued(o, (vb_str){ s.at, stop }, &at) != VB_OK) return VB_NO_MEMORY;
        } else if ((n = c >= 0x80 ? put_special(o, s, at) : 0) > 0 ||
                   (n = w->markdown && !word ? put_markdown(o, s, at) : 0) > 0) {
            at += n;
        } else {
            put(o, s.at[at], at);
            at++;
        }
    }
    return VB_OK;
}

/** Between two pieces: a blank, or what a hyphen asks for. */
static vb_status put_join(writer *o, const vb_piece *p, const vb_piece *next)
{
    vb_work *w = o->w;
    size_t end = p->end;
    bool hyphen = o->len > o->block_start && o->text[o->len - 1] == '-' && o->origin[o->len - 1] + 1 == end;
    bool after_blank = o->len < o->block_start + 2 || o->text[o->len - 2] == ' ';
    if (!hyphen || after_blank) {
        put_blank(o, end);
        return VB_OK;
    }
    if (vb_view_count(w) != VB_OK) return VB_NO_MEMORY;
    switch (hyphen_at(w, p->start, end - 1, next->start, next->end)) {
    case HYPHEN_GOES:
        o->len--;
        break;
    case HYPHEN_AND_BLANK:
        put_blank(o, end);
        break;
    case HYPHEN_STAYS:
        break;
    }
    return VB_OK;
}

/** What a piece of @p n bytes takes at most: a blank before each, one behind it, and an end of line. */
static size_t room_of(size_t n)
{
    return 2 * n + 4;
}

static vb_status put_draft(writer *o, const vb_draft *d, vb_block *out)
{
    vb_work *w = o->w;
    o->block_start = (uint32_t)o->len;
    for (uint32_t i = d->first; i != VB_NONE; i = w->pieces.at[i].next) {
        const vb_piece *p = &w->pieces.at[i];
        if (reserve(o, room_of(p->end - p->start)) != VB_OK) return VB_NO_MEMORY;
        if (put_piece(o, p->start, p->end) != VB_OK) return VB_NO_MEMORY;
        if (p->next != VB_NONE && put_join(o, p, &w->pieces.at[p->next]) != VB_OK) return VB_NO_MEMORY;
    }
    while (o->len > o->block_start && o->text[o->len - 1] == ' ') o->len--;
    *out = d->block;
    out->start = o->block_start;
    out->end = (uint32_t)o->len;
    uint32_t last = d->last != VB_NONE ? w->pieces.at[d->last].end : 0;
    if (o->len > o->block_start) put(o, '\n', last); /* between blocks */
    return VB_OK;
}

/* ---- all blocks --------------------------------------------------------------------------------------- */

/** Tie notes to calls: of the same style and number, the nearest body after the call, else before it. */
static vb_status tie_notes(writer *o, vb_block *blocks, const uint32_t *drafts, size_t n)
{
    enum { NUMBERS = 1000 };
    if (!o->calls.len) return VB_OK;
    uint32_t *seen = vb_arena_array(o->w->arena, (size_t)VB_NOTE_STYLES * NUMBERS, sizeof *seen);
    if (!seen) return VB_NO_MEMORY;
    size_t c = o->calls.len;
    for (size_t i = n; i-- > 0;) { /* from the end: seen is the nearest body after */
        if (blocks[i].kind != VB_BLOCK_FOOTNOTE || blocks[i].note >= NUMBERS) continue;
        for (; c > 0 && o->call_sources.at[c - 1] > o->w->drafts.at[drafts[i]].source; c--) {
            const vb_note_call *call = &o->calls.at[c - 1];
            if (call->note < NUMBERS)
                o->calls.at[c - 1].block = seen[o->call_styles.at[c - 1] * NUMBERS + call->note] - 1;
        }
        seen[o->w->drafts.at[drafts[i]].style * NUMBERS + blocks[i].note] = (uint32_t)i + 1;
    }
    for (; c > 0; c--)
        if (o->calls.at[c - 1].note < NUMBERS)
            o->calls.at[c - 1].block = seen[o->call_styles.at[c - 1] * NUMBERS + o->calls.at[c - 1].note] - 1;
    for (size_t i = 0; i < o->calls.len; i++) { /* seen is now the first body: for calls after it */
        vb_note_call *call = &o->calls.at[i];
        if (call->block == VB_NONE && call->note < NUMBERS)
            call->block = seen[o->call_styles.at[i] * NUMBERS + call->note] - 1;
        if (call->block != VB_NONE) blocks[call->block].caller = call->at;
    }
    return VB_OK;
}

vb_status vb_view_text(vb_work *w, vb_view *v)
{
    vb_status status = VB_NO_MEMORY;
    writer o = { .w = w };
    find_plain(w, o.plain);
    vb_block *blocks = vb_arena_array(w->arena, w->drafts.len + 1, sizeof *blocks);
    uint32_t *drafts = vb_arena_array(w->arena, w->drafts.len + 1, sizeof *drafts);
    size_t n = 0;
    uint32_t heading = VB_NONE;
    if (!blocks || !drafts) goto done;
    TRY(reserve(&o, room_of(w->text.len) + room_of(0) * w->pieces.len));
    if (w->wrapping == VB_WRAP_GLUED) TRY(vb_view_count(w));
    for (size_t i = 0; i < w->drafts.len; i++) {
        vb_block *b = &blocks[n];
        TRY(put_draft(&o, &w->drafts.at[i], b));
        if (b->end == b->start) continue;
        b->heading = heading;
        if (b->kind == VB_BLOCK_HEADING) {
            heading = b->note == VB_NONE ? VB_NONE : (uint32_t)n;
            b->note = 0;
        }
        drafts[n++] = (uint32_t)i;
    }
    o.origin[o.len] = (uint32_t)w->text.len;
    TRY(tie_notes(&o, blocks, drafts, n));
    v->text = (vb_str){ o.text, o.len };
    v->origin = o.origin;
    v->blocks = blocks;
    v->n_blocks = n;
    v->calls = o.calls.at;
    v->n_calls = o.calls.len;
    v->urls = o.urls.at;
    v->n_urls = o.urls.len;
    v->glued = w->wrapping == VB_WRAP_GLUED;
    for (size_t i = 0; i < n; i++) { /* a note belongs to the question or answer that calls it */
        if (blocks[i].kind != VB_BLOCK_FOOTNOTE || blocks[i].caller == VB_NONE || !blocks[i].caller) continue;
        uint32_t at = vb_view_block_at(v, blocks[i].caller - 1);
        if (at == VB_NONE) continue;
        const vb_block *caller = &blocks[at];
        blocks[i].section = caller->section;
        blocks[i].question = caller->question;
        blocks[i].heading = caller->heading;
    }
    status = VB_OK;
done:
    return status;
}

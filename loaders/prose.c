/**
 * Prose: pieces of a rich document to lines of text, and lines to the text with its notes and hints. What the
 * elements of a format mean is for that format's reader.
 */
#include "loaders/prose.h"

enum { COLUMNS_MAX = 160, LABEL_MAX = 8, TYPED_MAX = 399, CALL_OPEN = 1, CALL_CLOSE = 2, CALL_SIZE = 5 };

void vb_prose_start(vb_prose *p, vb_arena *arena)
{
    *p = (vb_prose){ .arena = arena };
}

static vb_prose_sink *sink_of(vb_prose *p)
{
    return &p->sinks[p->depth];
}

bool vb_prose_has_words(const vb_prose *p)
{
    return p->sinks[p->depth].line.len > 0;
}

/* ---- words -------------------------------------------------------------------------------------------- */

static vb_status put_byte(vb_prose *p, char c)
{
    vb_prose_sink *s = sink_of(p);
    if (p->size >= VB_TEXT_MAX) return VB_TOO_LARGE;
    if (vb_push(p->arena, &s->line) != VB_OK) return VB_NO_MEMORY;
    s->line.at[s->line.len - 1] = c;
    p->size++;
    return VB_OK;
}

static vb_status put_bytes(vb_prose *p, vb_str bytes)
{
    vb_status status = VB_OK;
    vb_prose_sink *s = sink_of(p);
    if (s->blank && s->line.len && s->line.at[s->line.len - 1] != '\t') TRY(put_byte(p, ' '));
    s->blank = false;
    for (size_t i = 0; i < bytes.len; i++) TRY(put_byte(p, bytes.at[i]));
done:
    return status;
}

/** Blanks of every width, line ends, and controls that stand for them. */
static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0x7f || c == 0x85 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
           c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/** Soft hyphens, joiners, marks of direction, byte order marks: seen by no reader. */
static bool is_unseen(uint32_t c)
{
    return c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x2064) || c == 0xfeff || c == 0;
}

vb_status vb_prose_text(vb_prose *p, vb_str text)
{
    vb_status status = VB_OK;
    for (size_t i = 0, n; i < text.len; i += n) {
        uint32_t c = vb_utf8_at(text, i, &n);
        if (is_unseen(c)) continue;
        if (is_space(c))
            sink_of(p)->blank = true;
        else if (c == 0x2011) /* a hyphen that does not break */
            TRY(put_bytes(p, VB_STR("-")));
        else if (c == 0xfffd)
            TRY(put_bytes(p, VB_STR("\xef\xbf\xbd")));
        else
            TRY(put_bytes(p, (vb_str){ text.at + i, n }));
    }
done:
    return status;
}

vb_status vb_prose_tab(vb_prose *p)
{
    vb_prose_sink *s = sink_of(p);
    s->blank = false;
    if (!s->line.len || s->line.at[s->line.len - 1] == '\t') return VB_OK;
    return put_byte(p, '\t');
}

/** Tabs part columns: "minister X<tab>minister Y". Behind a label ("1.", "a)") and in running text they are
 *  blanks. */
static void settle_tabs(char *at, size_t len)
{
    char *tab = memchr(at, '\t', len);
    if (!tab) return;
    if (len > COLUMNS_MAX) {
        for (size_t i = 0; i < len; i++)
            if (at[i] == '\t') at[i] = ' ';
    } else if (tab - at <= LABEL_MAX && (tab - at <= 3 || strchr(".):", tab[-1])) &&
               !memchr(at, ' ', (size_t)(tab - at))) {
        *tab = ' ';
    }
}

/* ---- lines -------------------------------------------------------------------------------------------- */

static vb_status add_line(vb_prose *p, vb_prose_lines *lines, vb_prose_line line)
{
    if (vb_push(p->arena, lines) != VB_OK) return VB_NO_MEMORY;
    lines->at[lines->len - 1] = line;
    return VB_OK;
}

static vb_status add_lines(vb_prose *p, vb_prose_lines *to, const vb_prose_lines *from)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < from->len; i++) TRY(add_line(p, to, from->at[i]));
done:
    return status;
}

vb_status vb_prose_end(vb_prose *p, vb_block_kind kind, uint8_t level)
{
    vb_status status = VB_OK;
    vb_prose_sink *s = sink_of(p);
    vb_prose_line line = { .kind = (uint8_t)kind, .level = level };
    bool gap = !s->line.len && (!s->lines.len || !s->lines.at[s->lines.len - 1].text.len);
    if (s->line.len) settle_tabs(s->line.at, s->line.len);
    vb_str words = vb_str_trim((vb_str){ s->line.at, s->line.len });
    if (words.len && vb_arena_copy(p->arena, words, &line.text) != VB_OK) return VB_NO_MEMORY;
    if (!gap) TRY(add_line(p, &s->lines, line));
    TRY(add_lines(p, &s->lines, &s->held));
    s->held.len = 0;
    s->line.len = 0;
    s->blank = false;
done:
    return status;
}

vb_status vb_prose_gap(vb_prose *p)
{
    vb_status status;
    TRY(vb_prose_break(p));
    TRY(vb_prose_end(p, VB_BLOCK_PARAGRAPH, 0));
done:
    return status;
}

vb_status vb_prose_break(vb_prose *p)
{
    return vb_prose_has_words(p) ? vb_prose_end(p, VB_BLOCK_PARAGRAPH, 0) : VB_OK;
}

static size_t write_roman(int n, bool upper, char *to)
{
    static const struct {
        int value;
        const char *letters;
    } digits[] = { { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" },
                   { 9, "ix" },  { 5, "v" },   { 4, "iv" }, { 1, "i" } };
    size_t len = 0;
    for (size_t i = 0; i < VB_COUNT(digits); i++)
        for (; n >= digits[i].value && len < 24; n -= digits[i].value)
            for (const char *c = digits[i].letters; *c; c++) to[len++] = (char)(upper ? *c - 32 : *c);
    return len;
}

size_t vb_prose_number(char format, int n, char *to)
{
    bool upper = format == 'I' || format == 'A';
    size_t len;
    if ((format | 32) == 'i' && n > 0 && n < 400) {
        len = write_roman(n, upper, to);
    } else if ((format | 32) == 'a' && n > 0) {
        len = (size_t)(n - 1) / 26 + 1; /* after z comes aa, then bb */
        if (len > 8) len = 8;
        memset(to, (upper ? 'A' : 'a') + (n - 1) % 26, len);
    } else {
        len = (size_t)sprintf(to, "%d", n);
    }
    to[len] = '\0';
    return len;
}

/* ---- notes -------------------------------------------------------------------------------------------- */

static vb_status find_note(vb_prose *p, vb_str key, uint32_t *out)
{
    for (size_t i = 0; i < p->notes.len; i++)
        if (vb_str_eq(p->notes.at[i].key, key)) {
            *out = (uint32_t)i;
            return VB_OK;
        }
    if (p->notes.len >= VB_PROSE_NOTES_MAX) return VB_TOO_LARGE;
    if (vb_push(p->arena, &p->notes) != VB_OK) return VB_NO_MEMORY;
    *out = (uint32_t)p->notes.len - 1;
    return vb_arena_copy(p->arena, key, &p->notes.at[*out].key);
}

/** Until the text is made, a call is CALL_OPEN, three digits of the note's index, CALL_CLOSE: controls that
 *  vb_prose_text() lets nobody else write, in as many bytes as the longest "[n]" takes. */
vb_status vb_prose_call(vb_prose *p, vb_str key)
{
    vb_status status;
    char mark[CALL_SIZE + 1];
    uint32_t note;
    TRY(find_note(p, key, &note));
    snprintf(mark, sizeof mark, "%c%03u%c", CALL_OPEN, (unsigned)note % 1000, CALL_CLOSE);
    TRY(put_bytes(p, (vb_str){ mark, CALL_SIZE }));
done:
    return status;
}

/* ---- sinks -------------------------------------------------------------------------------------------- */

vb_status vb_prose_open(vb_prose *p, vb_prose_kind kind, vb_str key)
{
    vb_status status = VB_OK;
    uint32_t note = 0;
    if (kind == VB_PROSE_NOTE) TRY(find_note(p, key, &note));
    if (p->depth + 1 >= VB_PROSE_DEPTH_MAX) return VB_TOO_LARGE;
    vb_prose_sink *s = &p->sinks[++p->depth];
    s->line.len = 0;
    s->lines = s->held = (vb_prose_lines){ 0 };
    s->n_cells = 0;
    s->note = note;
    s->kind = (uint8_t)kind;
    s->blank = false;
done:
    return status;
}

void vb_prose_drop(vb_prose *p)
{
    if (p->depth) p->sinks[p->depth].kind = VB_PROSE_DROP;
}

static vb_status close_cell(vb_prose *p, const vb_prose_sink *cell, vb_prose_sink *row)
{
    if (row->kind != VB_PROSE_ROW) return add_lines(p, &row->lines, &cell->lines);
    for (size_t i = 0; i < cell->lines.len; i++) {
        vb_prose_line line = cell->lines.at[i];
        line.cell = row->n_cells;
        if (line.text.len && add_line(p, &row->lines, line) != VB_OK) return VB_NO_MEMORY;
    }
    row->n_cells++;
    return VB_OK;
}

/** How many gaps part a line from the one before: tabs also for the empty cells between; words outside of any
 *  cell count as the next one. */
static size_t gaps_before(const vb_prose_lines *lines, size_t i, char gap)
{
    if (!i || !lines->at[i].text.len) return 0;
    uint32_t last = lines->at[i - 1].cell, cell = lines->at[i].cell;
    return gap == '\t' && cell > last ? cell - last : 1;
}

/** Pieces of a text with @p gap between them: the cells of a row, the paragraphs of a note. */
static vb_status join(vb_prose *p, const vb_prose_lines *lines, char gap, vb_str *out)
{
    size_t len = 0, at = 0;
    for (size_t i = 0; i < lines->len; i++) len += lines->at[i].text.len + gaps_before(lines, i, gap);
    char *to = vb_arena_get(p->arena, len + 1);
    if (!to) return VB_NO_MEMORY;
    for (size_t i = 0; i < lines->len; i++) {
        const vb_prose_line *l = &lines->at[i];
        size_t n = at ? gaps_before(lines, i, gap) : 0;
        memset(to + at, gap, n);
        at += n;
        for (size_t k = 0; k < l->text.len; k++) to[at++] = l->text.at[k] == '\t' ? ' ' : l->text.at[k];
    }
    *out = (vb_str){ to, at };
    return VB_OK;
}

static vb_status close_row(vb_prose *p, const vb_prose_sink *row, vb_prose_sink *parent)
{
    bool single = row->lines.len > 1;
    vb_prose_line line = { .kind = VB_BLOCK_TABLE_ROW };
    for (size_t i = 1; i < row->lines.len; i++)
        single = single && row->lines.at[i].cell != row->lines.at[i - 1].cell;
    if (!single) return add_lines(p, &parent->lines, &row->lines);
    if (join(p, &row->lines, '\t', &line.text) != VB_OK) return VB_NO_MEMORY;
    return add_line(p, &parent->lines, line);
}

vb_status vb_prose_close(vb_prose *p)
{
    vb_status status;
    TRY(vb_prose_break(p));
    if (!p->depth) return VB_OK;
    vb_prose_sink *s = &p->sinks[p->depth], *parent = &p->sinks[p->depth - 1];
    p->depth--;
    switch ((vb_prose_kind)s->kind) {
    case VB_PROSE_ROW:
        TRY(vb_prose_break(p));
        return close_row(p, s, parent);
    case VB_PROSE_CELL:
        return close_cell(p, s, parent);
    case VB_PROSE_NOTE:
        return join(p, &s->lines, ' ', &p->notes.at[s->note].body);
    case VB_PROSE_BODY:
    case VB_PROSE_BOX:
        return add_lines(p, parent->line.len ? &parent->held : &parent->lines, &s->lines);
    case VB_PROSE_DROP:
        break;
    }
done:
    return status;
}

/* ---- the text ----------------------------------------------------------------------------------------- */

typedef struct text {
    vb_prose *p;
    char *at;
    size_t len;
    uint32_t first, n_called; /* notes are numbered from here on, in the order of their first calls */
    VB_VEC(vb_hint) hints;
} text;

uint32_t vb_prose_typed(vb_str s)
{
    uint32_t highest = 0;
    for (size_t at = vb_str_find(s, VB_STR("["), 0); at != SIZE_MAX;
         at = vb_str_find(s, VB_STR("["), at + 1)) {
        uint32_t n = 0;
        size_t k = at + 1;
        while (k < s.len && k < at + 4 && s.at[k] >= '0' && s.at[k] <= '9')
            n = n * 10 + (uint32_t)(s.at[k++] - '0');
        if (k > at + 1 && k < s.len && s.at[k] == ']' && n > highest && n <= TYPED_MAX) highest = n;
    }
    return highest;
}

/** The highest number of notes that somebody typed. */
static uint32_t highest_typed(const vb_prose_lines *lines)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < lines->len; i++) {
        uint32_t n = vb_prose_typed(lines->at[i].text);
        if (n > highest) highest = n;
    }
    return highest;
}

/** A line with its calls written out. */
static void put(text *t, vb_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != CALL_OPEN) {
            t->at[t->len++] = s.at[i];
            continue;
        }
        unsigned note = (unsigned)(s.at[i + 1] - '0') * 100 + (unsigned)(s.at[i + 2] - '0') * 10 +
                        (unsigned)(s.at[i + 3] - '0');
        uint32_t *number = &t->p->notes.at[note].number;
        if (!*number) *number = t->first + t->n_called++;
        t->len += (size_t)sprintf(t->at + t->len, "[%u]", *number % 1000);
        i += CALL_SIZE - 1;
    }
    t->at[t->len++] = '\n';
}

static vb_status put_lines(text *t, const vb_prose_lines *lines)
{
    bool gap = false;
    for (size_t i = 0; i < lines->len; i++) {
        const vb_prose_line *l = &lines->at[i];
        if (!l->text.len) {
            gap = true;
            continue;
        }
        if (gap && t->len) put(t, VB_STR(""));
        gap = false;
        if (l->kind != VB_BLOCK_PARAGRAPH) {
            if (vb_push(t->p->arena, &t->hints) != VB_OK) return VB_NO_MEMORY;
            t->hints.at[t->hints.len - 1] = (vb_hint){ (uint32_t)t->len, l->kind, l->level };
        }
        put(t, l->text);
    }
    return VB_OK;
}

/** "[n] body", in the order of their numbers; a body may call another. */
static void put_notes(text *t)
{
    const vb_prose *p = t->p;
    if (t->n_called) put(t, VB_STR(""));
    for (uint32_t n = 0; n < t->n_called; n++)
        for (size_t i = 0; i < p->notes.len; i++) {
            if (p->notes.at[i].number != t->first + n) continue;
            t->len += (size_t)sprintf(t->at + t->len, "[%u] ", (t->first + n) % 1000);
            put(t, p->notes.at[i].body);
        }
}

vb_status vb_prose_fail(vb_status status, vb_error *err)
{
    if (status == VB_NO_MEMORY) return vb_fail_memory(err);
    if (status == VB_TOO_LARGE)
        return vb_fail(err, status,
                       "more than %zu MiB of text, %d notes or %d boxes and tables in each other",
                       VB_TEXT_MAX >> 20, VB_PROSE_NOTES_MAX, VB_PROSE_DEPTH_MAX);
    return status;
}

vb_status vb_prose_finish(vb_prose *p, vb_source *out, vb_error *err)
{
    vb_status status = VB_OK;
    text t = { .p = p };
    size_t len = 1;
    while (p->depth) TRY(vb_prose_close(p));
    TRY(vb_prose_break(p));
    const vb_prose_lines *lines = &p->sinks[0].lines;
    for (size_t i = 0; i < lines->len; i++) len += lines->at[i].text.len + 1;
    for (size_t i = 0; i < p->notes.len; i++) len += p->notes.at[i].body.len + 24;
    t.at = vb_arena_get(p->arena, len + 1);
    if (!t.at) return vb_fail_memory(err);
    t.first = highest_typed(lines) + 1;
    TRY(put_lines(&t, lines));
    put_notes(&t);
    if (!t.len) return vb_fail(err, VB_BAD_INPUT, "no text in it");
    out->text = (vb_str){ t.at, t.len };
    out->hints = t.hints.at;
    out->n_hints = t.hints.len;
    out->lines = true;
done:
    return vb_prose_fail(status, err);
}

/**
 * Text for people: cleaning what documents say before a terminal sees it, widths, wrapping, styles, and the
 * pieces that several commands draw (a node, sentences, a path).
 */
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

/** Width that text is wrapped to where lines may be of any length, and the widest that reads well. */
enum { WRAP_WIDTH = 100 };

int32_t cli_code_at(vb_str text, size_t at, size_t *n)
{
    if ((unsigned char)text.at[at] < 0x80) {
        *n = 1;
        return text.at[at];
    }
    utf8proc_int32_t c = -1;
    size_t left = text.len - at < 4 ? text.len - at : 4;
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, (utf8proc_ssize_t)left, &c);
    *n = len > 0 ? (size_t)len : 1;
    return len > 0 ? c : -1;
}

unsigned cli_width(vb_str text)
{
    unsigned width = 0;
    for (size_t at = 0, n; at < text.len; at += n) {
        int32_t c = cli_code_at(text, at, &n);
        width += c < 0 ? 1 : (unsigned)utf8proc_charwidth(c);
    }
    return width;
}

size_t cli_fitting(vb_str text, unsigned width)
{
    unsigned used = 0;
    size_t at = 0;
    for (size_t n; at < text.len; at += n) {
        int32_t c = cli_code_at(text, at, &n);
        used += c < 0 ? 1 : (unsigned)utf8proc_charwidth(c);
        if (used > width) break;
    }
    return at;
}

bool cli_does_harm(int32_t c)
{
    /* the last two lines: Unicode TR 36, bidirectional text; line and paragraph separators */
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c || c == 0x2028 ||
           c == 0x2029;
}

/** A visible stand-in: the control pictures of U+2400, else the replacement character. */
static void add_picture(vb_buf *out, int32_t c)
{
    utf8proc_uint8_t bytes[4];
    int32_t picture = c >= 0 && c < 0x20 ? 0x2400 + c : c == 0x7f ? 0x2421 : 0xfffd;
    cli_buf_add(out, (const char *)bytes, (size_t)utf8proc_encode_char(picture, bytes));
}

void cli_clean(vb_buf *out, vb_str text, bool lines)
{
    bool blank = false;
    for (size_t at = 0, n; at < text.len; at += n) {
        int32_t c = cli_code_at(text, at, &n);
        bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (white && !lines) {
            if (!blank) cli_buf_text(out, " ");
            blank = true;
            continue;
        }
        blank = false;
        if (c == '\r' && at + 1 < text.len && text.at[at + 1] == '\n') continue; /* a line end of DOS */
        if (cli_does_harm(c) && (!white || c == '\r'))
            add_picture(out, c);
        else
            cli_buf_add(out, text.at + at, n);
    }
}

/* ---- styles ------------------------------------------------------------------------------------------- */

/* ECMA-48, SGR */
static const char *const style_on[] = { "", "\x1b[1m", "\x1b[2m", "\x1b[1;33m" };

/** Bytes of our own in cleaned text, where nothing else below a blank is left: a marked piece starts (its
 * cli_mark_kind) and ends. */
enum { MARK_START = 1, MARK_END = MARK_START + CLI_MARK_KINDS };

static const struct {
    cli_style style;
    const char *open, *close; /* where there are no colours */
} mark_looks[CLI_MARK_KINDS] = {
    [CLI_MARKS_HIT] = { CLI_MARK, "*", "*" },
    [CLI_MARKS_CUE] = { CLI_MARK, "[cue ", "]" },
    [CLI_MARKS_SOURCE] = { CLI_BOLD, "[source ", "]" },
    [CLI_MARKS_TARGET] = { CLI_BOLD, "[target ", "]" },
};

static void put_styled(const cli_view *view, cli_style style, const char *at, size_t len)
{
    if (view->color && style != CLI_PLAIN) fputs(style_on[style], view->out);
    fwrite(at, 1, len, view->out);
    if (view->color && style != CLI_PLAIN) fputs("\x1b[0m", view->out);
}

/** Print cleaned text: marked pieces in their own style, between signs where there are no colours. *open is
 * the kind of mark that the text begins in (CLI_MARK_KINDS: none) and that it ends in: a line may end in one.
 */
static void put_clean(const cli_view *view, cli_style style, vb_str text, unsigned *open)
{
    for (size_t at = 0; at < text.len;) {
        size_t n = 0;
        while (n < text.len - at && (unsigned char)text.at[at + n] >= ' ') n++;
        if (n) put_styled(view, *open < CLI_MARK_KINDS ? mark_looks[*open].style : style, text.at + at, n);
        at += n;
        if (at == text.len) break;
        unsigned byte = (unsigned char)text.at[at++];
        if (byte < MARK_START || byte > MARK_END) continue;
        bool starts = byte < MARK_END;
        const char *sign = "";
        if (starts)
            sign = mark_looks[byte - MARK_START].open;
        else if (*open < CLI_MARK_KINDS)
            sign = mark_looks[*open].close;
        if (!view->color) fputs(sign, view->out);
        *open = starts ? byte - MARK_START : CLI_MARK_KINDS;
    }
}

void cli_put(const cli_view *view, cli_style style, vb_str text)
{
    vb_buf clean = { 0 };
    cli_clean(&clean, text, false);
    put_clean(view, style, (vb_str){ clean.at, clean.len }, &(unsigned){ CLI_MARK_KINDS });
    vb_buf_clear(&clean);
}

void cli_puts(const cli_view *view, cli_style style, const char *text)
{
    cli_put(view, style, vb_str_of(text));
}

unsigned cli_name_room(const cli_view *view, unsigned beside, vb_str name, vb_str other)
{
    enum { LEAST = 12 };
    if (!view->width) return CLI_NAME_MOST;
    unsigned a = cli_width(name), b = cli_width(other), shorter = a < b ? a : b;
    unsigned room = view->width > beside + 2 * LEAST ? view->width - beside : 2 * LEAST;
    if (a + b <= room) return room;
    return shorter <= room / 2 ? room - shorter : room / 2;
}

void cli_put_name(const cli_view *view, cli_style style, vb_str name, unsigned most)
{
    bool cut = cli_width(name) > most;
    if (cut) name.len = cli_fitting(name, most - 1);
    cli_put(view, style, name);
    if (cut) cli_puts(view, style, "…");
}

void cli_line(const cli_view *view, cli_style style, const char *text)
{
    cli_puts(view, style, text);
    fputc('\n', view->out);
}

/** Columns that cleaned text takes, with the signs that stand for marks where there are no colours. */
static unsigned clean_width(const cli_view *view, vb_str text)
{
    unsigned width = cli_width(text);
    for (size_t at = 0; !view->color && at < text.len; at++) {
        unsigned byte = (unsigned char)text.at[at];
        if (byte == MARK_END) width++;
        if (byte >= MARK_START && byte < MARK_END)
            width += (unsigned)strlen(mark_looks[byte - MARK_START].open);
    }
    return width;
}

/** Bytes of @p text, from @p at, that make a line of at most @p limit columns: whole words, at least one. */
static size_t line_length(const cli_view *view, vb_str text, size_t at, unsigned limit)
{
    size_t end = at, next = at;
    while (next < text.len) {
        next += strcspn(text.at + next, " ");
        if (end > at && clean_width(view, (vb_str){ text.at + at, next - at }) > limit) break;
        end = next;
        next += next < text.len;
    }
    return end - at;
}

static void wrap_clean(const cli_view *view, unsigned indent, cli_style style, vb_str text)
{
    unsigned limit = view->width && view->width < WRAP_WIDTH ? view->width : WRAP_WIDTH;
    unsigned open = CLI_MARK_KINDS;
    for (size_t at = 0; at < text.len;) {
        at += text.at[at] == ' ';
        size_t n = line_length(view, text, at, limit > indent ? limit - indent : 1);
        if (n) fprintf(view->out, "%*s", (int)indent, "");
        put_clean(view, style, (vb_str){ text.at + at, n }, &open);
        if (n) fputc('\n', view->out);
        at += n;
    }
}

void cli_wrap(const cli_view *view, unsigned indent, cli_style style, vb_str text)
{
    vb_buf clean = { 0 };
    cli_clean(&clean, text, false);
    wrap_clean(view, indent, style, (vb_str){ clean.at, clean.len });
    vb_buf_clear(&clean);
}

void cli_wrap_marks(const cli_view *view, unsigned indent, vb_str text, const cli_marked *marks, size_t n)
{
    static const char end = MARK_END;
    vb_buf clean = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const cli_marked *m = &marks[i];
        char start = (char)(MARK_START + m->kind);
        if (m->start < at || m->end < m->start || m->end > text.len) continue;
        cli_clean(&clean, (vb_str){ text.at + at, m->start - at }, false);
        cli_buf_add(&clean, &start, 1);
        cli_clean(&clean, (vb_str){ text.at + m->start, m->end - m->start }, false);
        cli_buf_add(&clean, &end, 1);
        at = m->end;
    }
    cli_clean(&clean, (vb_str){ text.at + at, text.len - at }, false);
    wrap_clean(view, indent, CLI_PLAIN, (vb_str){ clean.at, clean.len });
    vb_buf_clear(&clean);
}

/* ---- pieces ------------------------------------------------------------------------------------------- */

void cli_put_node(const cli_view *view, const vb_node *node)
{
    enum { AROUND = 20 /* blanks before it, figures after it */ };
    vb_str name = node->name.len ? node->name : node->key;
    vb_str key = node->document.len ? node->document : node->key;
    unsigned beside = cli_width(node->label) + cli_width(key) + 3 + AROUND;
    cli_put_name(view, CLI_BOLD, name, cli_name_room(view, beside, name, (vb_str){ 0 }));
    fputs("  ", view->out);
    cli_put(view, CLI_DIM, node->label);
    fputc(' ', view->out);
    cli_put(view, CLI_DIM, key);
}

void cli_put_document(const cli_view *view, unsigned indent, const vb_document *document)
{
    unsigned used = indent + cli_width(document->file) + cli_width(document->date) + 4;
    unsigned most = cli_name_room(view, used, document->title, (vb_str){ 0 });
    fprintf(view->out, "%*s", (int)indent, "");
    cli_put(view, CLI_PLAIN, document->file);
    if (document->date.len) fputs("  ", view->out);
    cli_put(view, CLI_DIM, document->date);
    if (document->title.len) fputs("  ", view->out);
    cli_put_name(view, CLI_DIM, document->title, most);
    fputc('\n', view->out);
}

/** ", € 7,500,000 a year" */
static void add_amount(vb_buf *line, const vb_evidence *said)
{
    char digits[32];
    if (!said->amount) return;
    cli_buf_text(line, ", € ");
    cli_buf_text(line, cli_thousands(said->amount, digits));
    if (!said->amount_per.len) return;
    cli_buf_text(line, " a ");
    cli_buf_add(line, said->amount_per.at, said->amount_per.len);
}

void cli_put_place(const cli_view *view, unsigned indent, const vb_evidence *said, bool rule)
{
    char place[32];
    vb_buf line = { 0 };
    cli_buf_text(&line, "— ");
    cli_buf_add(&line, said->document.at, said->document.len);
    if (said->start < 0)
        place[0] = 0; /* an imported edge has a sentence without a place */
    else
        snprintf(place, sizeof place, ":%lld", (long long)said->start);
    cli_buf_text(&line, place);
    if (said->date.len) cli_buf_text(&line, ", ");
    cli_buf_add(&line, said->date.at, said->date.len);
    if (said->since.len) cli_buf_text(&line, ", since ");
    cli_buf_add(&line, said->since.at, said->since.len);
    if (said->until.len) cli_buf_text(&line, ", until ");
    cli_buf_add(&line, said->until.at, said->until.len);
    add_amount(&line, said);
    if (said->certainty == VB_ANNOUNCED) cli_buf_text(&line, ", announced");
    if (rule && said->rule.len) cli_buf_text(&line, ", ");
    if (rule) cli_buf_add(&line, said->rule.at, said->rule.len);
    cli_wrap(view, indent, CLI_DIM, (vb_str){ line.at, line.len });
    vb_buf_clear(&line);
}

static void put_sentence(const cli_view *view, unsigned indent, const vb_evidence *said)
{
    vb_buf line = { 0 };
    cli_buf_text(&line, "“");
    cli_buf_add(&line, said->text.at, said->text.len);
    cli_buf_text(&line, "”");
    cli_wrap(view, indent, CLI_PLAIN, (vb_str){ line.at, line.len });
    vb_buf_clear(&line);
    cli_put_place(view, indent, said, false);
}

void cli_put_evidence(const cli_view *view, unsigned indent, const vb_evidence *evidence, size_t n,
                      size_t most)
{
    char line[64];
    for (size_t i = 0; i < n && i < most; i++) {
        if (evidence[i].document.len) {
            put_sentence(view, indent, &evidence[i]);
            continue;
        }
        if (evidence[i].origin == VB_ORIGIN_TEXT) continue;
        snprintf(line, sizeof line, "(%s)", vb_origin_name(evidence[i].origin));
        cli_wrap(view, indent, CLI_DIM, vb_str_of(line));
    }
    if (n <= most) return;
    snprintf(line, sizeof line, "and %zu more", n - most);
    cli_wrap(view, indent, CLI_DIM, vb_str_of(line));
}

void cli_put_weight(const cli_view *view, const vb_edge *edge)
{
    static const char mentions[] = "MENTIONS";
    bool counts =
        edge->type.len == sizeof mentions - 1 && memcmp(edge->type.at, mentions, edge->type.len) == 0;
    if (edge->origin != VB_ORIGIN_TEXT)
        fprintf(view->out, "  (%s)", vb_origin_name(edge->origin));
    else if (edge->weight > 1)
        fprintf(view->out, "  (%lld %s)", (long long)edge->weight, counts ? "mentions" : "sentences");
}

void cli_put_ends(const cli_view *view, cli_style style, const vb_edge *edge, unsigned beside)
{
    vb_str source = edge->source.name, target = edge->target.name;
    unsigned most = cli_name_room(view, beside + cli_width(edge->type) + 6, source, target);
    cli_put_name(view, style, source, most);
    fputs("  ", view->out);
    cli_put(view, CLI_MARK, edge->type);
    fputs(edge->symmetric ? " ↔  " : " →  ", view->out);
    cli_put_name(view, style, target, most);
}

void cli_put_edge(const cli_view *view, const vb_edge *edge)
{
    enum { WEIGHT = 18 /* "  (1234 sentences)" */ };
    cli_put_ends(view, CLI_BOLD, edge, WEIGHT);
    cli_put_weight(view, edge);
    fputc('\n', view->out);
}

/** One hop: its edges, each with an arrow that shows its direction along the path. */
static void put_hop(const cli_view *view, const vb_node *from, const vb_edges *hop, size_t most)
{
    for (size_t i = 0; i < hop->len; i++) {
        const vb_edge *edge = &hop->at[i];
        const char *arrow = edge->symmetric ? "↕" : edge->source.id == from->id ? "↓" : "↑";
        fprintf(view->out, "  %s ", arrow);
        cli_put(view, CLI_MARK, edge->type);
        cli_put_weight(view, edge);
        fputc('\n', view->out);
        if (edge->origin == VB_ORIGIN_TEXT) cli_put_evidence(view, 6, edge->evidence, edge->n_evidence, most);
    }
}

void cli_put_path(const cli_view *view, const vb_path *path, size_t most_evidence)
{
    for (size_t i = 0; i <= path->length; i++) {
        cli_put_node(view, &path->nodes[i]);
        fputc('\n', view->out);
        if (i < path->length) put_hop(view, &path->nodes[i], &path->hops[i], most_evidence);
    }
}

const char *cli_thousands(int64_t n, char into[32])
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)(n < 0 ? -n : n)), at = 0;
    if (n < 0) into[at++] = '-';
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) into[at++] = ',';
        into[at++] = digits[i];
    }
    into[at] = '\0';
    return into;
}

/**
 * verband review: what is least certain, least certain first. On a terminal it asks, y (right), n (wrong), u
 * (not known), m (more of a long sentence), q (enough); elsewhere it lists, for a person to fill in and
 * --apply to read.
 */
#include "cli/correct.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { USUAL = 50, LINES = 3 /* of a sentence, on a terminal */, WIDTH = 80 };

static const cli_column columns[] = {
    { NULL, "verdict", false, 0 },        { "asks", "kind", false, 0 },       { "doubt", "doubt", true, 0 },
    { NULL, "a.type", false, 0 },         { NULL, "a.key", false, 0 },        { "node", "a.name", false, 40 },
    { "relation", "relation", false, 0 }, { NULL, "b.type", false, 0 },       { NULL, "b.key", false, 0 },
    { "other", "b.name", false, 40 },     { "because", "because", false, 0 }, { NULL, "document", false, 0 },
    { NULL, "text", false, 0 },
};

static cJSON *as_row(const vb_doubt *d)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_item(row, "verdict", cJSON_CreateString(""));
    cli_json_text(row, "kind", vb_str_of(vb_doubt_name(d->kind)));
    cli_json_number(row, "doubt", d->score);
    cli_json_item(row, "a", cli_json_node(&d->a));
    cli_json_text(row, "relation", d->relation);
    cli_json_item(row, "b", d->b.label.len ? cli_json_node(&d->b) : cJSON_CreateNull());
    cli_json_text(row, "because", d->because);
    cli_json_text(row, "document", d->document);
    cli_json_text(row, "text", d->text);
    return row;
}

static void list(const cli_view *view, const vb_doubts *doubts)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < doubts->len; i++) cli_rows_add(&rows, as_row(&doubts->at[i]));
    cli_rows_end(&rows);
}

/* ---- a file that a person filled in ------------------------------------------------------------------- */

static vb_status blame(void *context, unsigned line, const char *message)
{
    cli_say("%s:%u: %s", (const char *)context, line, message);
    return VB_OK;
}

static cli_exit read_all(const char *path, vb_buf *out)
{
    char piece[1 << 16];
    size_t n;
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    while (file && out->len <= VB_REVIEW_MAX && (n = fread(piece, 1, sizeof piece, file)) > 0)
        cli_buf_add(out, piece, n);
    bool failed = !file || ferror(file);
    if (failed) perror("verband: review");
    if (file && file != stdin) fclose(file);
    return failed ? CLI_BAD_INPUT : CLI_DONE;
}

static cli_exit apply(const cli_context *context)
{
    const char *path = context->set->apply;
    vb_error err = { 0 };
    vb_store *store = NULL;
    vb_buf text = { 0 }, when = { 0 };
    vb_reviewed reviewed = { 0 };
    vb_correction_request defaults = cli_request(context->set, &when);
    cli_exit code = read_all(path, &text);
    if (code == CLI_DONE) {
        char *name = strdup(path);
        vb_status status = vb_review_read((vb_str){ text.at, text.len }, &defaults, blame, name,
                                          context->arena, &reviewed, &err);
        free(name);
        code = status == VB_OK ? CLI_DONE : cli_report(status, &err);
    }
    if (code == CLI_DONE) code = cli_open_to_correct(context->db, &store);
    if (code == CLI_DONE) code = cli_correct_all(store, path, reviewed.requests, reviewed.lines, reviewed.n);
    if (code == CLI_BAD_INPUT) cli_say("nothing is corrected: mend the lines above and apply the file again");
    vb_store_close(store);
    vb_buf_clear(&when);
    vb_buf_clear(&text);
    return code;
}

/* ---- a person at a terminal --------------------------------------------------------------------------- */

/** Grow a part of a text until the next blanks, inwards; [0, text.len) has its own ends. */
static vb_str whole_words(vb_str text, size_t start, size_t end)
{
    size_t from = start, to = end;
    while (from && from < end && text.at[from] != ' ') from++;
    while (to < text.len && to > start && text.at[to] != ' ') to--;
    if (from >= to) { /* one word of that length: its characters stay whole */
        for (from = start; from < end && ((unsigned char)text.at[from] & 0xc0) == 0x80;) from++;
        for (to = end; to > from && to < text.len && ((unsigned char)text.at[to] & 0xc0) == 0x80;) to--;
    }
    return (vb_str){ text.at + from, to - from };
}

/** As much of a sentence as a few lines hold, with the names it is about in their middle where it has them.
 */
static vb_str lines_of(const vb_doubt *d, size_t most)
{
    const vb_str names[] = { d->a.name, d->b.name };
    size_t from = SIZE_MAX, to = 0;
    if (d->text.len <= most) return d->text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *found = names[i].len ? memmem(d->text.at, d->text.len, names[i].at, names[i].len) : NULL;
        if (!found) continue;
        size_t at = (size_t)(found - d->text.at);
        from = at < from ? at : from;
        to = at + names[i].len > to ? at + names[i].len : to;
    }
    if (from > to) from = to = 0;
    size_t room = to - from < most ? (most - (to - from)) / 2 : 0;
    size_t start = from > room ? from - room : 0;
    if (start > d->text.len - most) start = d->text.len - most;
    return whole_words(d->text, start, start + most);
}

/** @return whether a part of the sentence was left out. */
static bool show_text(const cli_view *view, const vb_doubt *d, bool whole)
{
    size_t most = (size_t)LINES * (view->width ? view->width : WIDTH);
    vb_str part = whole ? d->text : lines_of(d, most);
    bool begins = part.at == d->text.at, ends = part.at + part.len == d->text.at + d->text.len;
    vb_buf shown = { 0 };
    cli_buf_text(&shown, begins ? "" : "… ");
    cli_buf_add(&shown, part.at, part.len);
    cli_buf_text(&shown, ends ? "" : " …");
    cli_wrap(view, 4, CLI_PLAIN, (vb_str){ shown.at, shown.len });
    vb_buf_clear(&shown);
    return !begins || !ends;
}

static void ask(const cli_view *view, const vb_doubt *d, size_t i, size_t n, bool whole)
{
    bool cut = false;
    static const char *const questions[VB_DOUBT_KINDS] = { "Does this hold?",
                                                           "Is this a name of what it says?",
                                                           "Are these one?" };
    fprintf(view->out, "\n%zu of %zu  ", i + 1, n);
    cli_put_node(view, &d->a);
    if (d->relation.len) {
        fputs("  ", view->out);
        cli_put(view, CLI_MARK, d->relation);
        fputs(" →  ", view->out);
    } else if (d->b.label.len) {
        fputs("  and  ", view->out);
    }
    if (d->b.label.len) cli_put_node(view, &d->b);
    fputc('\n', view->out);
    if (d->text.len) cut = show_text(view, d, whole);
    cli_wrap(view, 4, CLI_DIM, d->because);
    fprintf(view->out, "%s [y/n/u, %sq ends] ", questions[d->kind], cut ? "m: more of it, " : "");
    fflush(view->out);
}

/** The first letter of an answer; 'q' also at the end of the input. */
static char answer(void)
{
    char line[64];
    if (!fgets(line, sizeof line, stdin)) return 'q';
    if (!strchr(line, '\n'))
        for (int c = getchar(); c != '\n' && c != EOF;) c = getchar();
    return line[0] == 'j' ? 'y' : line[0];
}

static cli_exit converse(const cli_context *context, vb_store *store, const vb_doubts *doubts)
{
    vb_buf when = { 0 };
    size_t n_made = 0;
    vb_correction_request defaults = cli_request(context->set, &when);
    cli_exit code = CLI_DONE;
    for (size_t i = 0; i < doubts->len && code != CLI_TROUBLE; i++) {
        vb_error err = { 0 };
        ask(context->view, &doubts->at[i], i, doubts->len, false);
        char said = answer();
        if (said == 'm') {
            ask(context->view, &doubts->at[i], i, doubts->len, true);
            said = answer();
        }
        if (said == 'q') break;
        if (said != 'y' && said != 'n') continue;
        vb_correction_request r = vb_doubt_answer(&doubts->at[i], said == 'y');
        r.who = defaults.who;
        r.when = defaults.when;
        r.why = defaults.why;
        vb_status status = vb_correct(store, &r, 1, NULL, NULL, &err); /* each at once: Ctrl-C loses none */
        if (status == VB_OK)
            n_made++;
        else if (status == VB_UNKNOWN_NAME || status == VB_NOT_FOUND) /* it was there when it was listed */
            cli_say("an earlier answer settled that");
        else
            code = cli_report(status, &err);
        if (code != CLI_TROUBLE) code = CLI_DONE;
    }
    cli_say("%zu corrections made", n_made);
    vb_buf_clear(&when);
    return code;
}

cli_exit cmd_review(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_store *store = NULL;
    vb_doubts doubts = { 0 };
    bool asks = !set->format && context->view->terminal && isatty(STDIN_FILENO);
    if (set->apply) return apply(context);
    cli_exit code =
        asks ? cli_open_to_correct(context->db, &store) : cli_open(context->db, VB_OPEN_READ, &store);
    if (code == CLI_DONE)
        code = cli_report(vb_review(store, set->top ? set->top : USUAL, context->arena, &doubts, &err), &err);
    if (code == CLI_DONE && !doubts.len && asks)
        cli_say("nothing is in doubt");
    else if (code == CLI_DONE && asks)
        code = converse(context, store, &doubts);
    else if (code == CLI_DONE)
        list(context->view, &doubts);
    vb_store_close(store);
    return code;
}

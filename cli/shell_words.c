/** The shell's eyes: where a statement ends, in what its cursor stands, and the words that fit there. */
#include "cli/shell.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 200, NAMES_MS = 400 };

/** Step over one piece of @p text at @p at: a string, a comment, or one byte. *quote: what did not end. */
static size_t pass(vb_str text, size_t at, char *quote)
{
    char c = text.at[at++];
    if (c == '\'' || c == '"' || c == '`') {
        for (; at < text.len && text.at[at] != c; at++)
            if (text.at[at] == '\\' && c != '`') at++;
        *quote = at < text.len ? 0 : c;
        return at < text.len ? at + 1 : text.len;
    }
    if (c == '/' && at < text.len && text.at[at] == '/') {
        while (at < text.len && text.at[at] != '\n') at++;
    } else if (c == '/' && at < text.len && text.at[at] == '*') {
        for (at++; at + 1 < text.len && !(text.at[at] == '*' && text.at[at + 1] == '/');) at++;
        *quote = at + 1 < text.len ? 0 : '*';
        at = at + 1 < text.len ? at + 2 : text.len;
    }
    return at;
}

size_t cli_statement_end(vb_str text, char *quote)
{
    *quote = 0;
    for (size_t at = 0; at < text.len;) {
        bool ends = text.at[at] == ';';
        at = pass(text, at, quote);
        if (ends) return at;
    }
    return 0;
}

bool cli_statement_empty(vb_str text)
{
    char quote = 0;
    for (size_t at = 0; at < text.len;) {
        bool comment = text.at[at] == '/' && at + 1 < text.len && strchr("/*", text.at[at + 1]);
        if (!comment && !strchr(" \t\r\n;", text.at[at])) return false;
        at = pass(text, at, &quote);
    }
    return true;
}

/* ---- words ----------------------------------------------------------------------------------------------
 */

typedef struct finder {
    vb_str prefix;
    cli_words *out;
    const char *kinds; /* of vb_query_words() */
} finder;

static void add(finder *f, vb_str word, const char *after)
{
    vb_buf text = { 0 };
    if (word.len < f->prefix.len || strncasecmp(word.at, f->prefix.at, f->prefix.len) != 0) return;
    if (f->out->len >= WORDS_MAX) return;
    cli_buf_add(&text, word.at, word.len);
    cli_buf_text(&text, after);
    for (size_t i = 0; i < f->out->len; i++)
        if (strcmp(f->out->at[i], text.at) == 0) {
            vb_buf_clear(&text);
            return;
        }
    if (f->out->len == f->out->cap) {
        f->out->cap = f->out->cap ? 2 * f->out->cap : 16;
        f->out->at = cli_alloc(f->out->at, f->out->cap * sizeof *f->out->at);
    }
    f->out->at[f->out->len++] = text.at;
}

static void add_word(void *context, char kind, const char *word)
{
    finder *f = context;
    if (strchr(f->kinds, kind)) add(f, vb_str_of(word), kind == 'k' ? " " : "(");
}

/** The texts in the first column of a query. */
static void add_rows(finder *f, vb_store *store, const char *query, const char *after)
{
    vb_query *q = NULL;
    const vb_value *row;
    const vb_entry prefix = { { "prefix", 6 }, { .kind = VB_VALUE_STRING, .as.text = f->prefix } };
    const vb_query_options options = { .timeout_ms = NAMES_MS, .params = &prefix, .n_params = 1 };
    if (vb_query_open(store, vb_str_of(query), &options, &q, NULL) != VB_OK) return;
    while (vb_query_next(q, &row, NULL) == VB_OK && row)
        if (row->kind == VB_VALUE_STRING && (!*after || !memchr(row->as.text.at, *after, row->as.text.len)))
            add(f, row->as.text, after); /* a name that would end its own quotes is left out */
    vb_query_close(q);
}

static bool is_word(char c)
{
    return c && (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", c) || c & 0x80);
}

void cli_complete(vb_store *store, vb_str line, size_t *start, cli_words *out)
{
    char quote = 0;
    size_t from = line.len, piece = 0;
    for (size_t at = 0; at < line.len;) {
        piece = at;
        at = pass(line, at, &quote);
    }
    finder f = { .out = out };
    if (quote && quote != '*' && quote != '`') { /* within a text: a name */
        *start = piece + 1;
        f.prefix = (vb_str){ line.at + *start, line.len - *start };
        if (f.prefix.len)
            add_rows(&f, store, "MATCH (n) WHERE n.name STARTS WITH $prefix RETURN DISTINCT n.name LIMIT 50",
                     quote == '"' ? "\"" : "'");
        return;
    }
    while (from && is_word(line.at[from - 1])) from--;
    while (from && line.at[from - 1] == '.' && from > 1 && is_word(line.at[from - 2]))
        for (from--; from && is_word(line.at[from - 1]);) from--; /* a procedure's name has dots */
    *start = from;
    f.prefix = (vb_str){ line.at + from, line.len - from };
    bool colon = from && (line.at[from - 1] == ':' || line.at[from - 1] == '|');
    f.kinds = colon ? "" : "kfp";
    if (f.prefix.len) vb_query_words(add_word, &f);
    if (!colon) return;
    add_rows(&f, store, "CALL db.labels()", "");
    add_rows(&f, store, "CALL db.relationshipTypes()", "");
}

void cli_words_clear(cli_words *words)
{
    for (size_t i = 0; i < words->len; i++) free(words->at[i]);
    free(words->at);
    *words = (cli_words){ 0 };
}

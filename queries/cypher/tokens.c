/**
 * From text to tree. The grammar looks one token ahead; what needs more is told here, on the list of tokens:
 * whether "(" within an expression opens a pattern, `[p = (` a pattern comprehension with a path, and whether
 * EXISTS, COUNT and the two shortest paths are words of the language or just names. It also tells errors.
 */
#include "queries/cypher/cypher.h"

#include "queries/cypher/grammar.h"

#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>

/* what lemon makes */
void *vb_cy_grammarAlloc(void *(*get)(size_t));
void vb_cy_grammarFree(void *parser, void (*end)(void *));
void vb_cy_grammar(void *parser, int code, vb_cy_token token, vb_cy_parse *p);

/** Take "!TypeError/Detail" apart into strings that last as long as the program. */
static void name_error(vb_query_error *err, const char *what)
{
    static const char *const types[] = { "SyntaxError",    "SemanticError",    "ParameterMissing",
                                         "TypeError",      "ArgumentError",    "ArithmeticError",
                                         "EntityNotFound", "ProcedureError",   "ConstraintVerificationFailed",
                                         "LimitExceeded",  "PermissionDenied", "StoreError" };
    err->compile_time = *what != '!';
    if (*what == '!') what++;
    const char *slash = strchr(what, '/');
    for (size_t i = 0; slash && i < VB_COUNT(types); i++)
        if (strlen(types[i]) == (size_t)(slash - what) && strncmp(types[i], what, strlen(types[i])) == 0)
            err->type = types[i];
    err->detail = slash ? slash + 1 : what;
}

vb_status vb_cy_fail(vb_cy_source *source, uint32_t at, vb_status status, const char *what,
                     const char *format, ...)
{
    if (source->status != VB_OK) return source->status; /* the first one counts */
    source->status = status;
    vb_query_error *err = source->err;
    if (!err) return status;
    *err = (vb_query_error){ .status = status, .type = "SyntaxError", .detail = "", .at = at };
    name_error(err, what);
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    for (char *c = err->message; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f) *c = ' ';
    err->line = err->column = 1;
    for (size_t i = 0; i < at && i < source->text.len; i++) {
        unsigned char c = (unsigned char)source->text.at[i];
        if (c == '\n') {
            err->line++;
            err->column = 1;
        } else if ((c & 0xc0) != 0x80) {
            err->column++;
        }
    }
    return status;
}

vb_status vb_cy_fail_memory(vb_cy_source *source)
{
    return vb_cy_fail(source, 0, VB_NO_MEMORY, "LimitExceeded/OutOfMemory", "out of memory");
}

/* ---- looking ahead ------------------------------------------------------------------------------------- */

static int code_at(const vb_cy_tokens *t, size_t i)
{
    return i < t->len ? t->at[i].code : 0;
}

static bool is_word(const vb_cy_tokens *t, size_t i)
{
    return i < t->len && t->at[i].code && (t->at[i].code == T_IDENT || (t->at[i].text.at[0] | 32) >= 'a');
}

/** Past the bracket that closes the one at @p i; 0 when there is none. */
static size_t past_bracket(const vb_cy_tokens *t, size_t i)
{
    size_t depth = 0;
    for (; i < t->len; i++) {
        int code = t->at[i].code;
        if (code == T_LPAREN || code == T_NODE_OPEN || code == T_LBRACKET || code == T_LBRACE) depth++;
        if ((code == T_RPAREN || code == T_RBRACKET || code == T_RBRACE) && --depth == 0) return i + 1;
    }
    return 0;
}

/** Past a node pattern that starts at @p i; 0 when it is none. */
static size_t past_node(const vb_cy_tokens *t, size_t i)
{
    if (code_at(t, i) != T_LPAREN) return 0;
    i++;
    if (code_at(t, i) != T_COLON && is_word(t, i)) i++;
    while (code_at(t, i) == T_COLON && is_word(t, i + 1)) i += 2;
    if (code_at(t, i) == T_LBRACE)
        i = past_bracket(t, i);
    else if (code_at(t, i) == T_PARAM)
        i++;
    return i && code_at(t, i) == T_RPAREN ? i + 1 : 0;
}

/** Whether a relationship pattern starts at @p i. */
static bool is_rel(const vb_cy_tokens *t, size_t i)
{
    bool left = code_at(t, i) == T_LT;
    if (left) i++;
    if (code_at(t, i) != T_MINUS) return false;
    i++;
    if (code_at(t, i) == T_LBRACKET) {
        i = past_bracket(t, i);
        return i && code_at(t, i) == T_MINUS;
    }
    return code_at(t, i) == T_MINUS && (left || code_at(t, i + 1) == T_GT || code_at(t, i + 1) == T_LPAREN);
}

static bool word_is(vb_str text, const char *word)
{
    return strlen(word) == text.len && strncasecmp(text.at, word, text.len) == 0;
}

void vb_cy_tokens_mark(vb_cy_tokens *t)
{
    for (size_t i = 0; i < t->len; i++) {
        vb_cy_token *token = &t->at[i];
        int next = code_at(t, i + 1);
        if (token->code == T_IDENT && next == T_LBRACE && word_is(token->text, "exists"))
            token->code = T_EXISTS;
        else if (token->code == T_IDENT && next == T_LBRACE && word_is(token->text, "count"))
            token->code = T_COUNT;
        else if (token->code == T_IDENT && next == T_LPAREN &&
                 (word_is(token->text, "shortestPath") || word_is(token->text, "allShortestPaths")))
            token->code = T_SHORTEST;
        else if (token->code == T_LPAREN && (i == 0 || t->at[i - 1].code != T_IDENT)) {
            size_t end = past_node(t, i);
            if (end && is_rel(t, end)) token->code = T_NODE_OPEN;
        } else if (token->code == T_LBRACKET && is_word(t, i + 1) && code_at(t, i + 2) == T_EQ) {
            size_t end = past_node(t, i + 3);
            if (end && is_rel(t, end)) token->code = T_PATH_OPEN;
        }
    }
}

vb_status vb_cy_parse_text(vb_cy_source *source, vb_cy_query **out)
{
    vb_cy_tokens tokens = { 0 };
    vb_cy_parse *p = vb_arena_get(source->arena, sizeof *p);
    if (!p) return vb_cy_fail_memory(source);
    p->source = source;
    if (source->text.len > CY_TEXT_MAX)
        return vb_cy_fail(source, 0, VB_TOO_LARGE, "SyntaxError/QueryTooLong",
                          "a query of more than %d bytes", CY_TEXT_MAX);
    size_t bad = vb_utf8_check(source->text);
    if (bad < source->text.len)
        return vb_cy_fail(source, (uint32_t)bad, VB_BAD_UTF8, "SyntaxError/InvalidUnicodeCharacter",
                          "the query is no UTF-8");
    if (vb_cy_lex(source, &tokens) != VB_OK) return source->status;
    vb_cy_tokens_mark(&tokens);
    void *parser = vb_cy_grammarAlloc(malloc);
    if (!parser) return vb_cy_fail_memory(source);
    for (size_t i = 0; i < tokens.len && source->status == VB_OK; i++) {
        p->token = tokens.at[i];
        vb_cy_grammar(parser, p->token.code, p->token, p);
    }
    vb_cy_grammarFree(parser, free);
    if (source->status == VB_OK && !p->query)
        vb_cy_fail(source, 0, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax", "no query");
    *out = p->query;
    return source->status;
}

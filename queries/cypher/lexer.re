/**
 * The tokens of openCypher. A text ends in NUL; a NUL inside it is an error like any other byte that begins no
 * token. Keywords are known without case and may be names wherever the grammar takes a name.
 */
#include "queries/cypher/cypher.h"

#include "queries/cypher/grammar.h"

#include <strings.h>

// clang-format off
static const struct keyword { const char *word; int code; } keywords[] = {
    { "ALL", T_ALL }, { "AND", T_AND }, { "AS", T_AS }, { "ASC", T_ASC }, { "ASCENDING", T_ASC },
    { "BY", T_BY }, { "CALL", T_CALL }, { "CASE", T_CASE }, { "CONTAINS", T_CONTAINS },
    { "CREATE", T_CREATE }, { "DELETE", T_DELETE }, { "DESC", T_DESC }, { "DESCENDING", T_DESC },
    { "DETACH", T_DETACH }, { "DISTINCT", T_DISTINCT }, { "ELSE", T_ELSE }, { "END", T_END },
    { "ENDS", T_ENDS }, { "EXPLAIN", T_EXPLAIN }, { "FALSE", T_FALSE }, { "IN", T_IN }, { "IS", T_IS }, { "LIMIT", T_LIMIT },
    { "MATCH", T_MATCH }, { "MERGE", T_MERGE }, { "NOT", T_NOT }, { "NULL", T_NULL }, { "ON", T_ON },
    { "OPTIONAL", T_OPTIONAL }, { "OR", T_OR }, { "ORDER", T_ORDER }, { "PROFILE", T_PROFILE },
    { "REMOVE", T_REMOVE },
    { "RETURN", T_RETURN }, { "SET", T_SET }, { "SKIP", T_SKIP }, { "STARTS", T_STARTS },
    { "THEN", T_THEN }, { "TRUE", T_TRUE }, { "UNION", T_UNION }, { "UNWIND", T_UNWIND },
    { "WHEN", T_WHEN }, { "WHERE", T_WHERE }, { "WITH", T_WITH }, { "XOR", T_XOR }, { "YIELD", T_YIELD },
};
// clang-format on

const char *vb_cy_keyword(size_t i)
{
    return i < VB_COUNT(keywords) ? keywords[i].word : NULL;
}

static int word_code(const char *from, const char *to)
{
    size_t len = (size_t)(to - from);
    for (size_t i = 0; i < VB_COUNT(keywords); i++)
        if (strncasecmp(keywords[i].word, from, len) == 0 && !keywords[i].word[len]) return keywords[i].code;
    return T_IDENT;
}

/** One token at *cursor, blanks and comments passed over; a negative code tells what is wrong. */
enum { BAD_CHARACTER = -1, BAD_NUMBER = -2, BAD_STRING = -3, BAD_COMMENT = -4 };

static int next_token(const char **cursor, const char **from, const char *end)
{
    const char *YYCURSOR = *cursor, *YYMARKER = NULL, *start;
#define GIVE(code)            \
    do {                      \
        *from = start;        \
        *cursor = YYCURSOR;   \
        return (code);        \
    } while (0)
again:
    start = YYCURSOR;
    /*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:yyfill:enable = 0;

    blank   = [ \t\r\n\f\v\x1c-\x1f] | "\xc2\xa0" | "\xe1\x9a\x80" | "\xe2\x80" [\x80-\x8a\xa8\xa9\xaf]
            | "\xe2\x81\x9f" | "\xe3\x80\x80";
    letter  = [A-Za-z_] | [\xc3-\xf4] [\x80-\xbf]{1,3} | "\xc2" [\xaa\xb5\xba];
    word    = letter (letter | [0-9])*;
    exp     = [eE] [+-]? [0-9]+;
    escape  = "\\" [^\x00];

    blank+                        { goto again; }
    "//" [^\r\n\x00]*             { goto again; }
    "/*" ([^*\x00] | ("*"+ [^*/\x00]))* "*"+ "/"  { goto again; }
    "/*"                          { GIVE(BAD_COMMENT); }
    "\x00"                        { if (start >= end) { YYCURSOR = start; GIVE(0); } GIVE(BAD_CHARACTER); }

    word                          { GIVE(word_code(start, YYCURSOR)); }
    "`" ([^`\x00] | "``")* "`"    { GIVE(T_IDENT); }
    "$" (word | [0-9]+ | "`" ([^`\x00] | "``")* "`")  { GIVE(T_PARAM); }
    "'" ([^'\\\x00] | escape)* "'"    { GIVE(T_STRING); }
    ["] ([^"\\\x00] | escape)* ["]    { GIVE(T_STRING); }
    ['"]                          { GIVE(BAD_STRING); }

    "0x" [0-9a-fA-F]+ | "0o" [0-7]+ | "0" | [1-9] [0-9]*   { GIVE(T_INTEGER); }
    [0-9]+ exp | [0-9]* "." [0-9]+ exp?    { GIVE(T_REAL); }
    [0-9]+ (letter | [0-9])*      { GIVE(BAD_NUMBER); }
    [0-9]* "." [0-9]+ exp? letter (letter | [0-9])*  { GIVE(BAD_NUMBER); }

    "("  { GIVE(T_LPAREN); }    ")"  { GIVE(T_RPAREN); }
    "["  { GIVE(T_LBRACKET); }  "]"  { GIVE(T_RBRACKET); }
    "{"  { GIVE(T_LBRACE); }    "}"  { GIVE(T_RBRACE); }
    ","  { GIVE(T_COMMA); }     ";"  { GIVE(T_SEMI); }
    ":"  { GIVE(T_COLON); }     "|"  { GIVE(T_BAR); }
    "."  { GIVE(T_DOT); }       ".." { GIVE(T_DOTDOT); }
    "+"  { GIVE(T_PLUS); }      "-"  { GIVE(T_MINUS); }
    "*"  { GIVE(T_STAR); }      "/"  { GIVE(T_SLASH); }
    "%"  { GIVE(T_PERCENT); }   "^"  { GIVE(T_CARET); }
    "="  { GIVE(T_EQ); }        "<>" { GIVE(T_NE); }
    "<"  { GIVE(T_LT); }        ">"  { GIVE(T_GT); }
    "<=" { GIVE(T_LE); }        ">=" { GIVE(T_GE); }
    "+=" { GIVE(T_PLUS_EQ); }   "=~" { GIVE(T_TILDE); }
    *    { GIVE(BAD_CHARACTER); }
    */
#undef GIVE
}

vb_status vb_cy_lex(vb_cy_source *source, vb_cy_tokens *out)
{
    const char *cursor = source->text.at, *from = cursor, *end = source->text.at + source->text.len;
    for (;;) {
        int code = next_token(&cursor, &from, end);
        uint32_t at = (uint32_t)(from - source->text.at);
        switch (code) {
        case BAD_NUMBER:
            return vb_cy_fail(source, at, VB_BAD_INPUT, "SyntaxError/InvalidNumberLiteral",
                           "'%.*s' is no number", (int)(cursor - from < 40 ? cursor - from : 40), from);
        case BAD_STRING:
            return vb_cy_fail(source, at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                           "a string that does not end");
        case BAD_COMMENT:
            return vb_cy_fail(source, at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                           "a comment that does not end");
        case BAD_CHARACTER:
            return vb_cy_fail(source, at, VB_BAD_INPUT,
                           (unsigned char)*from >= 0x80 ? "SyntaxError/InvalidUnicodeCharacter"
                                                        : "SyntaxError/UnexpectedSyntax",
                           "a character that means nothing here");
        default: break;
        }
        if (vb_push(source->arena, out) != VB_OK) return vb_cy_fail_memory(source);
        out->at[out->len - 1] =
            (vb_cy_token){ .code = code, .at = at, .text = { from, (size_t)(cursor - from) } };
        if (!code) return VB_OK;
    }
}

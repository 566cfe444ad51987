/** The parts of `verband shell`: where a statement ends, and what Tab completes. */
#ifndef CLI_SHELL_H
#define CLI_SHELL_H

#include "cli/query.h"

/** Where the first statement of @p text ends: past its ';', which stands in no quotes and no comment; 0 while
 * it does not. *quote is the quote that is open at the end of @p text, or 0. */
size_t cli_statement_end(vb_str text, char *quote);

/** Whether nothing but blanks, comments and semicolons is left. */
bool cli_statement_empty(vb_str text);

/** Words that may stand where @p prefix does, each once, in the order of their kinds. */
typedef struct cli_words {
    char **at;
    size_t len, cap;
} cli_words;

/**
 * What may complete the line up to the cursor: after ':' labels and relation types, within quotes names of
 * nodes, else keywords, functions, procedures, labels.
 * @param start where the word begins that the words are completions of.
 */
void cli_complete(vb_store *store, vb_str line, size_t *start, cli_words *out);
void cli_words_clear(cli_words *words);

#endif

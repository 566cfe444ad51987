/** What the commands that correct the graph share (cli/correct.c). */
#ifndef CLI_CORRECT_H
#define CLI_CORRECT_H

#include "cli/output.h"

/** A request with who, when and why filled in from options and environment; @p when keeps the time: the
 * caller clears it. */
vb_correction_request cli_request(const cli_settings *set, vb_buf *when);

/** Open the store to correct it; it must be there. */
cli_exit cli_open_to_correct(const char *path, vb_store **out);

/** Make the one correction that the command's operands name, and print it. */
cli_exit cli_correct(const cli_context *context, vb_correction_kind kind);

/** Make all of @p requests or none, saying what is wrong with which line of @p file (NULL: no file). */
cli_exit cli_correct_all(vb_store *store, const char *file, const vb_correction_request *requests,
                         const unsigned *lines, size_t n);

/** Columns and JSON of a correction, and a line that says it in words, which the caller clears. */
extern const cli_column cli_correction_columns[];
extern const size_t cli_n_correction_columns;
cJSON *cli_json_correction(const vb_correction *c);
void cli_correction_words(const vb_correction *c, vb_buf *out);

#endif

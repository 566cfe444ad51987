/** Compiling the tables of questions (queries/patterns/) into an asker. Private to queries/ask*.c. */
#ifndef VB_ASK_TABLES_H
#define VB_ASK_TABLES_H

#include "queries/ask.h"

/** Compile the tables into asker->arena. */
vb_status vb_ask_words_read(vb_asker *asker, const char *data_dir, vb_error *err);

/** Split @p cell at @p separator, fold the pieces when @p fold; empty ones are left out. */
vb_status vb_ask_split(vb_arena *arena, vb_str cell, const char *separator, bool fold, vb_str **out,
                       size_t *n);

/** Compile relations.tsv (ask_cues.c). */
vb_status vb_ask_cues_read(vb_asker *asker, const char *data_dir, vb_error *err);

/** Compile the tables of names, countries and examples (ask_tables.c). */
vb_status vb_ask_tables_read(vb_asker *asker, const char *data_dir, vb_error *err);

/** Compile rewordings.tsv, whose letters of places are 'a' to 'z' (ask_reword.c). */
vb_status vb_ask_rewordings_read(vb_asker *asker, const char *dir, vb_error *err);

/** Put a question that has the form of a rewording into the words that are read; others stay as they are.
 * @return VB_NO_MEMORY. Cost: bounded for each row. */
vb_status vb_ask_reword(const vb_asker *asker, vb_arena *arena, vb_str *text);

/** Say where a table cannot be read. */
vb_status vb_ask_table_fail(const vb_tsv *t, vb_error *err, const char *what, vb_str cell);

#endif

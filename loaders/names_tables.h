/**
 * Private to the files that find names: what the tables tell of offices, parties and ministries by their
 * days, and the check of tables that name nothing by a key.
 */
#ifndef VB_NAMES_TABLES_H
#define VB_NAMES_TABLES_H

#include "graph/graph.h"

struct vb_names;

/** Somebody who held an office: a row of office_holders.tsv. */
typedef struct vb_holder {
    vb_str name, surname;          /* surname as a slug */
    vb_str ministry, since, until; /* its key; first and last day, empty: in office */
    vb_str party;                  /* its key */
    bool minister;                 /* or a state secretary */
} vb_holder;

/** A ministry that has a successor, and its first and last day; of things in the lexicon. */
typedef struct vb_ministry {
    uint32_t known, successor;
    vb_str since, until;
} vb_ministry;

/** Parties that one person may be of, one after another: a row of party_changes.tsv. */
typedef struct vb_party_change {
    vb_str surname; /* a slug; empty: of anybody, for one party went on as another */
    vb_str parties; /* keys, " ; " between them */
} vb_party_change;

/* ---- read ------------------------------------------------------------------------------------------- */

/** Read who held an office when. */
vb_status vb_holders_read(struct vb_names *names, const char *data_dir, vb_error *err);

/** Whether somebody of that surname, as a slug, held an office. */
bool vb_is_holder(const struct vb_names *names, vb_str surname);

/** After the gazetteers: read when ministries were there. */
vb_status vb_ministries_read(struct vb_names *names, const char *data_dir, vb_error *err);

/** Read who was of which parties one after another. */
vb_status vb_party_changes_read(struct vb_names *names, const char *data_dir, vb_error *err);

/** Whether one person of that key, or surname as a slug, may be of both parties (keys). */
bool vb_party_fits(const struct vb_names *names, vb_str key, vb_str one, vb_str two);

/* ---- checked: gazetteer_lint.c, gazetteer_lint_words.c ------------------------------------------------ */

/** Who is told what is wrong in a file (NULL: nobody), and how often that was. */
typedef struct vb_lint_told {
    vb_lint_fn fn;
    void *context;
    size_t n;
} vb_lint_told;

/** Tell one thing: its line, 0 for the file as a whole, and what is wrong; cut after 399 bytes. */
__attribute__((format(printf, 3, 4))) vb_status vb_lint_found(vb_lint_told *told, unsigned line,
                                                              const char *format, ...);

/** A table that lint-gazetteer knows and that names nothing by a key: "kinds.tsv". */
typedef struct vb_word_table vb_word_table;

/** That of the file's base name; NULL: none. The base name of the i-th; NULL: there are no more. */
const vb_word_table *vb_word_table_of(const char *path);
const char *vb_word_table_file(size_t i);

/** Tell what is wrong in @p text. */
vb_status vb_word_table_check(const vb_word_table *table, const struct vb_names *names, vb_str text,
                              vb_arena *arena, vb_lint_told *told);

#endif

/**
 * The full-text index of passages and names. FTS5 gathers what is new in memory, and writes it out as a piece
 * of index whenever a savepoint begins or ends: a document at a time that costs four times a batch. So new
 * rows wait until the batch is committed. Ids grow: what a batch adds has ids from the first one it gave on.
 */
#include "graph/store.h"

enum { HASH_SIZE = 16 << 20, PIECES_MERGED = 16 }; /* bytes; FTS5's own are 1 << 20 and 4 */

void vb_words_note(int64_t *least, int64_t id)
{
    if (!*least || id < *least) *least = id;
}

/** Ids below this one are in the index. */
static int64_t below(int64_t least)
{
    return least ? least : INT64_MAX;
}

vb_status vb_words_drop_passages(vb_store *store, int64_t document, vb_error *err)
{
    return vb_sql_do(store, err,
                     "INSERT INTO passage_words(passage_words, rowid, stems)"
                     " SELECT 'delete', id, stems FROM passage WHERE document = ? AND id < ?",
                     "ii", document, below(store->new_passages));
}

vb_status vb_words_drop_alias(vb_store *store, int64_t alias, vb_error *err)
{
    return vb_sql_do(store, err,
                     "INSERT INTO alias_words(alias_words, rowid, folded)"
                     " SELECT 'delete', id, folded FROM alias WHERE id = ? AND id < ?",
                     "ii", alias, below(store->new_aliases));
}

vb_status vb_words_add_alias(vb_store *store, int64_t alias, vb_error *err)
{
    return vb_sql_do(
        store, err,
        "INSERT INTO alias_words(rowid, folded) SELECT id, folded FROM alias WHERE id = ? AND id < ?", "ii",
        alias, below(store->new_aliases));
}

/**
 * How the passages' index grows, kept in the file: a batch is one piece of it rather than a piece a MB of
 * memory, and sixteen pieces of a size become one, not four. A word is written anew once or twice then until
 * it comes to rest in a store of 100,000 letters, instead of five times; a search looks at a dozen pieces.
 */
static vb_status set_growth(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t size = 0;
    if (!store->loading) goto done;
    TRY(vb_sql_id(store, err, &size, "SELECT v FROM passage_words_config WHERE k = 'hashsize'", ""));
    if (size == HASH_SIZE) goto done;
    TRY(vb_sql_do(store, err, "INSERT INTO passage_words(passage_words, rank) VALUES('hashsize', ?)", "i",
                  (int64_t)HASH_SIZE));
    TRY(vb_sql_do(store, err, "INSERT INTO passage_words(passage_words, rank) VALUES('automerge', ?)", "i",
                  (int64_t)PIECES_MERGED));
done:
    return status;
}

vb_status vb_words_flush(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    if (store->new_passages) TRY(set_growth(store, err));
    if (store->new_passages)
        TRY(vb_sql_do(store, err,
                      "INSERT INTO passage_words(rowid, stems) SELECT id, stems FROM passage WHERE id >= ?"
                      " ORDER BY id",
                      "i", store->new_passages));
    store->new_passages = 0;
    if (store->new_aliases)
        TRY(vb_sql_do(store, err,
                      "INSERT INTO alias_words(rowid, folded) SELECT id, folded FROM alias WHERE id >= ?"
                      " ORDER BY id",
                      "i", store->new_aliases));
    store->new_aliases = 0;
done:
    return status;
}

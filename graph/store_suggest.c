/**
 * The names nearest to one that nothing has: by edit distance (Damerau's, neighbours swapped count as one),
 * then by shared words. Names that begin alike are looked at first, through the index of folded names; names
 * that share a word through the full-text index of names; only when nothing is near are all names gone
 * through, those of a very different length unread.
 */
#include "graph/store.h"

#include <stdlib.h>

enum {
    SAME_START_MAX = 200000, /* names looked at that begin alike */
    ALL_MAX = 2000000,       /* names gone through at most */
    SHARED_MAX = 2000,       /* names looked at that share a word */
    WORD_SCORE = 100,        /* a name that only shares words comes after every near one */
    LENGTH_MAX = 64,         /* bytes of a folded name that count */
    LIMIT_MAX = 100          /* suggestions at most */
};

/** The best names so far, best first, a node once. */
typedef struct best {
    vb_store *store;
    vb_str label;  /* only nodes of this label; empty: any */
    vb_str folded; /* what was asked for */
    size_t limit, len;
    struct {
        int64_t node;
        unsigned score;
    } at[LIMIT_MAX];
} best;

unsigned vb_distance(vb_str a, vb_str b, unsigned most)
{
    unsigned rows[3][LENGTH_MAX + 1];
    if (a.len > LENGTH_MAX) a.len = LENGTH_MAX;
    if (b.len > LENGTH_MAX) b.len = LENGTH_MAX;
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (apart > most) return most + 1;
    for (size_t j = 0; j <= b.len; j++) rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *now = rows[i % 3], *was = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        unsigned least = now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned d = was[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            if (was[j] + 1 < d) d = was[j] + 1;
            if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                before[j - 2] + 1 < d)
                d = before[j - 2] + 1;
            now[j] = d;
            if (d < least) least = d;
        }
        if (least > most) return most + 1;
    }
    return rows[a.len % 3][b.len];
}

/** Which letters a name has, a bit each. One edit changes at most two of them (one goes, one comes), so names
 *  whose masks differ in more than 2 d bits are more than d edits apart: most names are passed over by this.
 */
static uint32_t letters(vb_str s)
{
    uint32_t mask = 0;
    if (s.len > LENGTH_MAX) s.len = LENGTH_MAX;
    for (size_t i = 0; i < s.len; i++) mask |= 1u << ((unsigned char)s.at[i] & 31u);
    return mask;
}

/** How far a name may be to count as near: a third of its letters, at most four. */
static unsigned near_enough(vb_str folded)
{
    size_t third = folded.len / 3;
    return third < 1 ? 1 : third > 4 ? 4 : (unsigned)third;
}

static vb_status has_label(best *b, int64_t node, bool *out, vb_error *err)
{
    int64_t found = 0;
    if (!b->label.len) {
        *out = true;
        return VB_OK;
    }
    vb_status status = vb_sql_id(b->store, err, &found,
                                 "SELECT n.id FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id = ?"
                                 " AND EXISTS(SELECT 1 FROM json_each(s.labels) WHERE value = ?)",
                                 "is", node, b->label);
    *out = found != 0;
    return status;
}

/** Take a name in, where it belongs among the best. */
static vb_status offer(best *b, int64_t node, unsigned score, vb_error *err)
{
    bool fits = false;
    if (!b->limit || (b->len == b->limit && score >= b->at[b->len - 1].score)) return VB_OK;
    vb_status status = has_label(b, node, &fits, err);
    if (status != VB_OK || !fits) return status;
    size_t i = 0;
    while (i < b->len && b->at[i].node != node) i++;
    if (i < b->len && b->at[i].score <= score) return VB_OK;
    if (i == b->len) {
        if (b->len < b->limit) b->len++;
        i = b->len - 1;
    }
    for (; i && b->at[i - 1].score > score; i--) b->at[i] = b->at[i - 1];
    b->at[i].node = node;
    b->at[i].score = score;
    return VB_OK;
}

static vb_status node_of(best *b, int64_t alias, int64_t *out, vb_error *err)
{
    return vb_sql_id(b->store, err, out, "SELECT node FROM alias WHERE id = ?", "i", alias);
}

/** Measure the names that a query yields (alias, folded), which stays inside one index. */
static vb_status measure(best *b, sqlite3_stmt *stmt, vb_error *err)
{
    vb_status status;
    bool row;
    unsigned most = near_enough(b->folded);
    uint32_t mask = letters(b->folded);
    while ((status = vb_sql_row(b->store, err, stmt, &row)) == VB_OK && row) {
        int64_t node = 0;
        vb_str name = vb_sql_text(stmt, 1);
        if ((unsigned)__builtin_popcount(letters(name) ^ mask) > 2 * most) continue;
        unsigned d = vb_distance(b->folded, name, most);
        if (d > most) continue;
        TRY(node_of(b, sqlite3_column_int64(stmt, 0), &node, err));
        TRY(offer(b, node, d, err));
    }
done:
    return status;
}

/** The first two letters; *end is the first string past all that begin so. */
static vb_status start_of(vb_str folded, vb_arena *arena, vb_str *start, vb_str *end)
{
    size_t n = 0, step;
    for (int i = 0; i < 2 && n < folded.len; i++) {
        (void)vb_utf8_at(folded, n, &step);
        n += step;
    }
    *start = vb_str_part(folded, 0, n);
    return vb_arena_printf(arena, end, "%.*s\xf4\x8f\xbf\xbf", VB_FMT(*start)); /* U+10FFFF */
}

/** Names with a word that begins as one of the asked name's words of four letters and more does. */
static vb_status share_words(best *b, vb_arena *arena, vb_error *err)
{
    enum { SHORTEST = 4, WORDS_MAX = 8 };
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    vb_str rest = b->folded, word;
    size_t n = 0;
    bool row;
    while (vb_str_next(&rest, ' ', &word) && n < WORDS_MAX) {
        vb_str match;
        if (word.len < SHORTEST) continue;
        n++;
        TRY(vb_arena_printf(arena, &match, "\"%.*s\"*", VB_FMT(word)) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_sql_bind(b->store, err, &stmt,
                        "SELECT a.node, length(CAST(a.folded AS BLOB)) FROM alias_words w"
                        " JOIN alias a ON a.id = w.rowid WHERE alias_words MATCH ?1 LIMIT ?2",
                        "si", match, (int64_t)SHARED_MAX));
        while ((status = vb_sql_row(b->store, err, stmt, &row)) == VB_OK && row) {
            int64_t len = sqlite3_column_int64(stmt, 1), apart = len - (int64_t)b->folded.len;
            if (apart < 0) apart = -apart;
            TRY(offer(b, sqlite3_column_int64(stmt, 0), WORD_SCORE + (unsigned)(apart > 900 ? 900 : apart),
                      err));
        }
        if (status != VB_OK) goto done;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status search_near(best *b, vb_arena *arena, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    vb_str start, end;
    TRY(start_of(b->folded, arena, &start, &end) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_sql_bind(b->store, err, &stmt,
                    "SELECT id, folded FROM alias WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?",
                    "ssi", start, end, (int64_t)SAME_START_MAX));
    TRY(measure(b, stmt, err));
    if (!b->len) {
        TRY(vb_sql_bind(b->store, err, &stmt,
                        "SELECT id, folded FROM alias INDEXED BY alias_folded ORDER BY folded LIMIT ?", "i",
                        (int64_t)ALL_MAX));
        TRY(measure(b, stmt, err));
    }
    if (b->len < b->limit) TRY(share_words(b, arena, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_store_suggest(vb_store *store, vb_str name, size_t limit, vb_arena *arena, vb_nodes *out,
                           vb_error *err)
{
    vb_status status;
    vb_str rest = vb_str_trim(name), head = rest;
    vb_label label;
    best b = { .store = store, .limit = limit < LIMIT_MAX ? limit : LIMIT_MAX };
    size_t colon = vb_str_find(rest, VB_STR(":"), 0);
    vb_nodes list = { 0 };
    if (colon != SIZE_MAX && vb_label_find(vb_str_part(head, 0, colon), &label)) {
        b.label = vb_str_part(head, 0, colon);
        rest = vb_str_part(head, colon + 1, head.len);
    }
    if (rest.len > VB_NAME_MAX) rest.len = VB_NAME_MAX;
    TRY(vb_fold(arena, rest, &b.folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (b.folded.len) TRY(search_near(&b, arena, err));
    list.at = vb_arena_array(arena, b.len ? b.len : 1, sizeof *list.at);
    if (!list.at) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (; list.len < b.len; list.len++)
        TRY(vb_store_node(store, b.at[list.len].node, arena, &list.at[list.len], err));
    *out = list;
    status = VB_OK;
done:
    return status;
}

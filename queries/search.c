/**
 * Full text. What a person types becomes terms of stems, each of them quoted, so that nothing typed is ever
 * FTS5's own syntax; a passage is found when it holds all of them. Words of a found passage are stemmed again
 * to mark the hits, and the part of it with the most marks is shown.
 */
#include "queries/queries.h"

#include <sqlite3.h>
#include <utf8proc.h>

enum {
    TERMS_MAX = 64,       /* terms of one question */
    WORDS_MAX = 4096,     /* bytes of one question */
    SNIPPET_MAX = 280,    /* bytes of a snippet, about */
    PASSAGE_MAX = 1 << 16 /* bytes of a passage that are looked through for marks */
};

/** A stem that is looked for; a prefix matches what begins with it. */
typedef struct term {
    vb_str text;
    bool prefix;
} term;

typedef struct question {
    vb_arena *arena;
    vb_buf match;       /* for FTS5 */
    VB_VEC(term) terms; /* to mark */
    size_t n;
} question;

/* ---- the question ------------------------------------------------------------------------------------- */

static vb_status note_terms(question *q, vb_str stems, bool prefix)
{
    vb_status status = VB_OK;
    vb_str word;
    while (vb_str_next(&stems, ' ', &word)) {
        if (!word.len) continue;
        TRY(vb_push(q->arena, &q->terms));
        q->terms.at[q->terms.len - 1] = (term){ .text = word, .prefix = prefix };
    }
done:
    return status;
}

/** Words become a phrase of their stems. "gemeente*" also finds what stems shorter than the word typed. */
static vb_status add_term(question *q, vb_str words, bool prefix)
{
    vb_status status;
    vb_str stems, folded;
    TRY(vb_stems(NULL, q->arena, words, &stems));
    TRY(vb_fold(q->arena, words, &folded));
    if (!stems.len) goto done; /* nothing but marks */
    if (++q->n > TERMS_MAX) {
        status = VB_TOO_LARGE;
        goto done;
    }
    if (q->match.len) TRY(vb_buf_add(&q->match, VB_STR(" AND ")));
    if (prefix)
        TRY(vb_buf_printf(&q->match, "(\"%.*s\" OR \"%.*s\" *)", VB_FMT(stems), VB_FMT(folded)));
    else
        TRY(vb_buf_printf(&q->match, "\"%.*s\"", VB_FMT(stems)));
    TRY(note_terms(q, stems, false));
    if (prefix) TRY(note_terms(q, folded, true));
done:
    return status;
}

/** Cut what was typed at blanks; between quotation marks it is one phrase. */
static vb_status read_question(question *q, vb_str typed)
{
    vb_status status = VB_OK;
    while ((typed = vb_str_trim(typed)).len) {
        vb_str piece;
        if (typed.at[0] == '"') {
            size_t end = vb_str_find(typed, VB_STR("\""), 1);
            if (end == SIZE_MAX) end = typed.len;
            piece = vb_str_part(typed, 1, end);
            typed = vb_str_part(typed, end + 1, typed.len);
            TRY(add_term(q, piece, false));
            continue;
        }
        size_t n = 0;
        while (n < typed.len && (unsigned char)typed.at[n] > ' ' && typed.at[n] != '"') n++;
        if (!n) n = 1; /* a control character that is no blank */
        piece = vb_str_part(typed, 0, n);
        typed = vb_str_part(typed, n, typed.len);
        bool prefix = vb_str_ends(piece, VB_STR("*"));
        TRY(add_term(q, piece, prefix));
    }
done:
    return status;
}

/* ---- the answer --------------------------------------------------------------------------------------- */

static bool in_word(uint32_t c)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
           (kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME) ||
           (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
}

/** The next word at or after *at, as [*start, *at). */
static bool next_word(vb_str text, size_t *at, size_t *start)
{
    size_t n;
    while (*at < text.len && !in_word(vb_utf8_at(text, *at, &n))) *at += n;
    *start = *at;
    while (*at < text.len && in_word(vb_utf8_at(text, *at, &n))) *at += n;
    return *at > *start;
}

static bool is_hit(const question *q, vb_str stem)
{
    for (size_t i = 0; i < q->terms.len; i++) {
        const term *t = &q->terms.at[i];
        if (t->prefix ? vb_str_starts(stem, t->text) : vb_str_eq(stem, t->text)) return true;
    }
    return false;
}

typedef uint32_t mark[2]; /* [start, end) in a passage */
typedef VB_VEC(mark) marks;

static vb_status find_marks(const question *q, vb_str text, vb_arena *arena, marks *out)
{
    vb_status status = VB_OK;
    vb_arena *scratch = vb_arena_new();
    size_t at = 0, start;
    if (!scratch) return VB_NO_MEMORY;
    if (text.len > PASSAGE_MAX) text.len = PASSAGE_MAX;
    while (next_word(text, &at, &start)) {
        vb_str stem;
        TRY(vb_stems(NULL, scratch, vb_str_part(text, start, at), &stem));
        if (!is_hit(q, stem)) continue;
        TRY(vb_push(arena, out));
        out->at[out->len - 1][0] = (uint32_t)start;
        out->at[out->len - 1][1] = (uint32_t)at;
    }
done:
    vb_arena_free(scratch);
    return status;
}

/** The window with the most marks, from a little before its first one, cut where words end. */
static vb_str choose_window(vb_str text, const marks *m, size_t *offset)
{
    enum { BEFORE = 60 };
    size_t best = 0, most = 0;
    for (size_t i = 0; i < m->len; i++) {
        size_t n = 0;
        while (i + n < m->len && m->at[i + n][1] <= m->at[i][0] + (SNIPPET_MAX - BEFORE)) n++;
        if (n > most) {
            most = n;
            best = i;
        }
    }
    size_t start = m->len && m->at[best][0] > BEFORE ? m->at[best][0] - BEFORE : 0;
    size_t end = text.len - start > SNIPPET_MAX ? start + SNIPPET_MAX : text.len;
    if (start)
        while (start < m->at[best][0] && text.at[start - 1] != ' ' && text.at[start - 1] != '\n') start++;
    size_t whole = end;
    if (end < text.len)
        while (end > start && text.at[end] != ' ' && text.at[end] != '\n') end--;
    if (end == start) /* no blank in it: cut between letters */
        for (end = whole; end > start && end < text.len && ((unsigned char)text.at[end] & 0xc0) == 0x80;)
            end--;
    *offset = start;
    return vb_str_part(text, start, end);
}

static vb_status fill_hit(const question *q, vb_arena *arena, vb_hit *hit, vb_str passage)
{
    vb_status status;
    marks all = { 0 };
    size_t offset, n = 0;
    TRY(find_marks(q, passage, arena, &all));
    hit->snippet = choose_window(passage, &all, &offset);
    hit->marks = vb_arena_array(arena, all.len ? all.len : 1, sizeof *hit->marks);
    if (!hit->marks) {
        status = VB_NO_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i][0] < offset || all.at[i][1] > offset + hit->snippet.len) continue;
        hit->marks[n][0] = all.at[i][0] - (uint32_t)offset;
        hit->marks[n++][1] = all.at[i][1] - (uint32_t)offset;
    }
    hit->n_marks = n;
done:
    return status;
}

static vb_status read_hit(vb_store *store, const question *q, sqlite3_stmt *stmt, vb_arena *arena,
                          vb_hit *hit, vb_error *err)
{
    vb_status status;
    vb_str passage;
    int64_t length = sqlite3_column_int64(stmt, 8);
    hit->start = sqlite3_column_int64(stmt, 7);
    hit->end = hit->start + length;
    hit->score = -sqlite3_column_double(stmt, 9);
    if (vb_row_node(stmt, 0, arena, &hit->document) != VB_OK ||
        vb_sql_copy(stmt, 5, arena, &hit->date) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_store_piece(store, sqlite3_column_int64(stmt, 6), hit->start, length, arena, &passage, err));
    TRY(fill_hit(q, arena, hit, passage) == VB_OK ? VB_OK : vb_fail_memory(err));
done:
    return status;
}

static const char passages[] =
    "SELECT " VB_NODE_COLUMNS ", d.date, d.id, p.start, p.length, w.rank FROM (SELECT rowid AS passage, rank"
    " FROM passage_words WHERE passage_words MATCH ?1 ORDER BY rank LIMIT ?2) w"
    " JOIN passage p ON p.id = w.passage JOIN document d ON d.id = p.document JOIN node n ON n.id = d.node"
    " JOIN label_set s ON s.id = n.labels ORDER BY w.rank, d.file, p.start";

vb_status vb_search(vb_store *store, vb_str words, size_t limit, vb_arena *arena, vb_hits *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    question q = { .arena = arena };
    VB_VEC(vb_hit) list = { 0 };

    status = words.len > WORDS_MAX ? VB_TOO_LARGE : read_question(&q, words);
    if (status == VB_TOO_LARGE)
        vb_fail(err, status, "more than %d bytes or %d words to search for", WORDS_MAX, TERMS_MAX);
    TRY(status == VB_NO_MEMORY ? vb_fail_memory(err) : status);
    if (!q.match.len) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "no word to search for");
        goto done;
    }
    TRY(vb_sql_bind(store, err, &stmt, passages, "si", vb_buf_view(&q.match),
                    (int64_t)(limit && limit < INT32_MAX ? limit : INT32_MAX)));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(read_hit(store, &q, stmt, arena, &list.at[list.len - 1], err));
    }
    if (status != VB_OK) goto done;
    if (list.len) {
        out->at = list.at;
        out->len = list.len;
    } else {
        status = vb_fail(err, VB_NOT_FOUND, "no passage holds all of these words");
    }
done:
    if (stmt) {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt); /* the question's words end here */
    }
    vb_buf_clear(&q.match);
    return status;
}

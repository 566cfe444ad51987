/**
 * The same letter in two files: a DOCX and the PDF of it. Two files are one document only when number and
 * text both say so, and the kind: questions and their answer share a number and stay two. The second file is
 * noted beside the first and gives nothing to the graph.
 *
 * Texts are compared by sketches: of all runs of three words the least hashes, whose overlap estimates how
 * much two texts share, whatever their lengths, within a few hundredths. Source: Broder 1997, "On the
 * resemblance and containment of documents", doi:10.1109/SEQUEN.1997.666900.
 */
#include "graph/store_pending.h"

enum { RUN = 3, SKETCH = 64 }; /* words in a run, hashes in a sketch */

/** Two formats of one letter share nine tenths of their runs; letters on one matter by one ministry a third.
 */
static const double alike = 0.7;

/* ---- sketches ------------------------------------------------------------------------------------------ */

/** Put a hash among the least ones, which are sorted and there once; the largest makes room. */
static void keep_least(uint32_t *least, size_t *n, uint32_t hash)
{
    size_t at = *n;
    while (at && least[at - 1] > hash) at--;
    if (at && least[at - 1] == hash) return;
    if (at == SKETCH) return;
    size_t moved = (*n < SKETCH ? *n : SKETCH - 1) - at;
    memmove(least + at + 1, least + at, moved * sizeof *least);
    least[at] = hash;
    *n += *n < SKETCH;
}

/** A number of a run of words, whose order counts: a multiplication a word, and the upper half, which all
 * bits of all of them reach. */
static uint32_t run_hash(const uint64_t *words)
{
    uint64_t h = 0;
    for (size_t i = 0; i < RUN; i++) {
        h = (h ^ words[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return (uint32_t)(h * 0x9e3779b97f4a7c15u >> 32);
}

vb_status vb_sketch_make(vb_arena *arena, const uint64_t *words, size_t n_words, vb_str *out)
{
    size_t kept = 0;
    *out = (vb_str){ NULL, 0 };
    if (n_words < RUN) return VB_OK;
    uint32_t *least = vb_arena_array(arena, SKETCH, sizeof *least);
    if (!least) return VB_NO_MEMORY;
    for (size_t i = 0; i + RUN <= n_words; i++) {
        uint32_t hash = run_hash(words + i);
        if (kept < SKETCH || hash < least[SKETCH - 1]) keep_least(least, &kept, hash);
    }
    *out = (vb_str){ (const char *)least, kept * sizeof *least };
    return VB_OK;
}

double vb_sketch_resemblance(vb_str a, vb_str b)
{
    size_t n_a = a.len / sizeof(uint32_t), n_b = b.len / sizeof(uint32_t), i = 0, k = 0, both = 0, n = 0;
    while (n < SKETCH && (i < n_a || k < n_b)) { /* the least of both together: how many are in each */
        uint32_t x = UINT32_MAX, y = UINT32_MAX;
        if (i < n_a) memcpy(&x, a.at + i * sizeof x, sizeof x);
        if (k < n_b) memcpy(&y, b.at + k * sizeof y, sizeof y);
        both += i < n_a && k < n_b && x == y;
        bool from_a = i < n_a && (k >= n_b || x <= y), from_b = k < n_b && (i >= n_a || y <= x);
        i += from_a;
        k += from_b;
        n++;
    }
    return n ? (double)both / (double)n : 0;
}

/* ---- documents ----------------------------------------------------------------------------------------- */

/** Another file's document of the same number and kind whose text is as good as the same; 0: there is none.
 */
static vb_status find_same(vb_put *p, int64_t *out, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    sqlite3_stmt *stmt = NULL;
    bool row;
    *out = 0;
    TRY(vb_sql_bind(p->store, err, &stmt,
                    "SELECT d.id, s.sketch FROM document d JOIN document_sketch s ON s.document = d.id"
                    " WHERE d.number = ? AND d.kind IS ? AND d.file <> ? ORDER BY d.id",
                    "sns", r->number, r->kind, r->file));
    while ((status = vb_sql_row(p->store, err, stmt, &row)) == VB_OK && row && !*out) {
        vb_str other = { sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1) };
        if (vb_sketch_resemblance(r->sketch, other) >= alike) *out = sqlite3_column_int64(stmt, 0);
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The same among documents of this batch, whose rows wait. */
static int64_t find_waiting(const vb_put *p)
{
    const vb_record *r = p->record;
    const vb_rows *sketches = &p->store->pending->rows[VB_PENDING_SKETCH];
    for (size_t i = 0; i < sketches->n; i++) {
        const vb_cell *sketch = &sketches->cells[i * sketches->columns];
        const vb_cell *row = vb_pending_document(p->store, sketch[0].n);
        if (row && vb_str_eq(vb_cell_str(&row[VB_DOCUMENT_NUMBER]), r->number) &&
            vb_str_eq(vb_cell_str(&row[VB_DOCUMENT_KIND]), r->kind) &&
            vb_sketch_resemblance(r->sketch, vb_cell_str(&sketch[1])) >= alike)
            return sketch[0].n;
    }
    return 0;
}

vb_status vb_put_duplicate(vb_put *p, bool *is, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_record *r = p->record;
    int64_t other = 0;
    *is = false;
    if (p->changed) /* a document stays one; what it changed to its duplicates are compared with anew */
        return vb_sql_do(p->store, err, "DELETE FROM duplicate WHERE document = ?", "i", p->document);
    if (!r->number.len || !r->sketch.len) return VB_OK;
    TRY(find_same(p, &other, err));
    if (!other && vb_known_id(p->store, VB_KNOWN_NUMBER, r->number)) other = find_waiting(p);
    *is = other != 0;
    if (!other) return VB_OK;
    const vb_cell row[] = {
        vb_cell_of(r->file), vb_cell_of(r->path), { .n = (int64_t)r->hash }, { .n = other }
    };
    TRY(vb_pending_add(p->store, VB_PENDING_DUPLICATE, row, NULL, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_FILE, r->file, other, err));
done:
    return status;
}

vb_status vb_put_sketch(vb_put *p, vb_error *err)
{
    const vb_record *r = p->record;
    vb_status status = VB_OK;
    if (p->changed)
        TRY(vb_sql_do(p->store, err, "DELETE FROM document_sketch WHERE document = ?", "i", p->document));
    if (!r->number.len || !r->sketch.len) return VB_OK;
    const vb_cell row[] = { { .n = p->document }, vb_cell_of(r->sketch) };
    TRY(vb_pending_add(p->store, VB_PENDING_SKETCH, row, NULL, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_NUMBER, r->number, p->document, err));
done:
    return status;
}

vb_status vb_store_duplicates(vb_store *store, vb_duplicate_fn fn, void *context, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT d.file, u.file, u.path, d.number, d.title FROM duplicate u JOIN document d"
                    " ON d.id = u.document ORDER BY d.file, u.file",
                    ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        vb_duplicate each = { vb_sql_text(stmt, 0), vb_sql_text(stmt, 1), vb_sql_text(stmt, 2),
                              vb_sql_text(stmt, 3), vb_sql_text(stmt, 4) };
        TRY(fn(context, &each));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Articles of laws: they are no nodes, but every mention of a law keeps the article it names. "Welke
 * artikelen van de Opiumwet worden genoemd?" is answered with a row for each, most letters first. */
#include "queries/ask_forms.h"

#include <sqlite3.h>

enum { LISTED = 200, SHOWN = 12 };

static const char sql[] = "SELECT n.name, m.article, count(*), count(DISTINCT m.document) FROM mention m"
                          " JOIN node n ON n.id = m.node JOIN document d ON d.id = m.document"
                          " WHERE m.article IS NOT NULL AND m.article <> '' AND (?1 = 0 OR m.node = ?1)"
                          " AND (?2 = '' OR d.date >= ?2) AND (?3 = '' OR d.date <= ?3)"
                          " GROUP BY m.node, m.article ORDER BY 4 DESC, 3 DESC, n.name, CAST(m.article AS "
                          "INTEGER), m.article LIMIT ?4";

/** The rows: law, article, how often, in how many letters. */
static vb_status fill_rows(ask_question *q, int64_t law, vb_answer *out)
{
    static const char *const columns[ASK_LANGUAGES][4] = { { "wet", "artikel", "keer", "brieven" },
                                                           { "law", "article", "times", "letters" } };
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    out->n_columns = VB_COUNT(columns[0]);
    out->columns = vb_arena_array(q->arena, out->n_columns, sizeof *out->columns);
    out->cells = vb_arena_array(q->arena, LISTED * out->n_columns, sizeof *out->cells);
    if (!out->columns || !out->cells) return vb_fail_memory(q->err);
    for (size_t i = 0; i < out->n_columns; i++) out->columns[i] = vb_str_of(columns[q->language][i]);
    TRY(vb_sql_bind(q->store, q->err, &stmt, sql, "issi", law, vb_str_of(q->dates.since),
                    vb_str_of(q->dates.until), (int64_t)LISTED));
    while ((status = vb_sql_row(q->store, q->err, stmt, &row)) == VB_OK && row) {
        for (int i = 0; i < (int)out->n_columns && status == VB_OK; i++)
            status = vb_sql_copy(stmt, i, q->arena, &out->cells[out->n_rows * out->n_columns + (size_t)i]);
        if (status != VB_OK) {
            sqlite3_reset(stmt);
            return vb_fail_memory(q->err);
        }
        out->n_rows++;
    }
done:
    return status;
}

/** "Van de Opiumwet worden 2 artikelen genoemd: 13b (3 brieven) en 3 (1)." */
static vb_status say(ask_question *q, const vb_node *law, vb_answer *out)
{
    bool nl = q->language == ASK_DUTCH, one = out->n_rows == 1;
    vb_status status;
    vb_buf buf = { 0 };
    TRY(vb_buf_printf(&buf,
                      nl ? (one ? "%zu artikel" : "%zu artikelen") : (one ? "%zu article" : "%zu articles"),
                      out->n_rows));
    if (law) TRY(vb_buf_printf(&buf, nl ? " van %.*s" : " of %.*s", VB_FMT(law->name)));
    TRY(vb_buf_add(&buf, VB_STR(": ")));
    for (size_t i = 0; i < out->n_rows && i < SHOWN; i++) {
        const vb_str *row = &out->cells[i * out->n_columns];
        const char *between = i + 1 == out->n_rows ? (nl ? " en " : " and ") : ", ";
        TRY(vb_buf_printf(&buf, nl ? "%sartikel %.*s" : "%sarticle %.*s", i ? between : "", VB_FMT(row[1])));
        if (!law) TRY(vb_buf_printf(&buf, " %.*s", VB_FMT(row[0])));
        TRY(vb_buf_printf(&buf, nl ? " (%.*s %s)" : " (%.*s %s)", VB_FMT(row[3]),
                          vb_str_eq(row[3], VB_STR("1")) ? (nl ? "brief" : "letter")
                                                         : (nl ? "brieven" : "letters")));
    }
    if (out->n_rows > SHOWN)
        TRY(vb_buf_printf(&buf, nl ? " en nog %zu" : " and %zu more", out->n_rows - SHOWN));
    TRY(vb_buf_add(&buf, VB_STR(".")));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_articles_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    const vb_node *law = NULL;
    if (q->match.n_names) {
        TRY(vb_ask_form_node(q, 0, &law));
        if (!vb_str_eq(law->label, VB_STR("Law"))) return VB_UNKNOWN;
    }
    out->kind = VB_ANSWER_ROWS;
    TRY(fill_rows(q, law ? law->id : 0, out));
    if (!out->n_rows) {
        q->unsaid = true; /* no letter names an article of it */
        status = VB_UNKNOWN;
        goto done;
    }
    TRY(say(q, law, out));
    if (law)
        TRY(vb_arena_printf(q->arena, &out->cypher, "verband mentions, type Law, key %.*s: article",
                            VB_FMT(law->key)));
    else
        TRY(vb_arena_printf(q->arena, &out->cypher, "verband mentions, type Law: article"));
done:
    return status;
}

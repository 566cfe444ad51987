/**
 * Is a store whole? SQLite's own checks of the file, then the graph's rules, each a row in a table: a query
 * that yields the places where the rule is broken. What needs a document's text is gone through in C, a
 * document at a time.
 */
#include "graph/store.h"

#include <sys/stat.h>

typedef struct check {
    vb_store *store;
    vb_finding_fn fn;
    void *context;
    size_t n;
} check;

static vb_status report(check *c, const char *rule, vb_str where)
{
    char line[512];
    c->n++;
    if (!c->fn) return VB_OK;
    snprintf(line, sizeof line, "%.*s", VB_FMT(where));
    for (char *p = line; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f) *p = ' ';
    return c->fn(c->context, rule, line);
}

/** Whether document d was loaded; one that an import names has no text (vb_bulk_node_put()). */
#define LOADED "(d.hash <> 0 OR d.bytes <> 0)"

/** A rule and the query that names the places where it is broken, in its first column. */
static const struct rule {
    const char *name, *sql;
} rules[] = {
    { "foreign keys",
      "SELECT printf('%s row %d: no such %s', \"table\", rowid, parent) FROM pragma_foreign_key_check" },
    { "a document has its text",
      "SELECT d.file FROM document d LEFT JOIN document_text t ON t.document = d.id"
      " WHERE " LOADED " AND (t.text IS NULL OR length(CAST(t.text AS BLOB)) <> d.bytes)" },
    { "a document is a Document",
      "SELECT d.file FROM document d JOIN node n ON n.id = d.node JOIN label_set s ON s.id = n.labels"
      " WHERE s.name <> 'Document'" },
    { "a document counts its mentions",
      "SELECT file FROM document d WHERE " LOADED
      " AND mentions <> (SELECT count(*) FROM mention WHERE document = d.id)" },
    { "a document counts its edges",
      "SELECT file FROM document d WHERE " LOADED " AND edges <> (SELECT count(DISTINCT edge) FROM evidence"
      " WHERE document = d.id AND start >= 0)" },
    { "a mention names a node",
      "SELECT printf('%s byte %d', d.file, m.start) FROM mention m JOIN document d ON d.id = m.document"
      " WHERE NOT EXISTS(SELECT 1 FROM node WHERE id = m.node)" },
    { "MENTIONS counts the mentions",
      "SELECT printf('%s node %d', d.file, m.node) FROM (SELECT document, node, count(*) AS n FROM mention"
      " GROUP BY document, node) m JOIN document d ON d.id = m.document WHERE n IS NOT (SELECT sum(weight)"
      " FROM edge WHERE source = d.node AND target = m.node"
      " AND type = (SELECT id FROM relation WHERE name = 'MENTIONS'))" },
    { "MENTIONS has mentions",
      "SELECT printf('edge %d', e.id) FROM edge e LEFT JOIN document d ON d.node = e.source WHERE e.origin = "
      "0"
      " AND e.type = (SELECT id FROM relation WHERE name = 'MENTIONS') AND NOT EXISTS(SELECT 1 FROM mention m"
      " WHERE m.document = d.id AND m.node = e.target)" },
    { "an edge has evidence",
      "SELECT printf('edge %d', id) FROM edge e WHERE (origin = 1 AND NOT EXISTS(SELECT 1 FROM evidence"
      " WHERE edge = e.id)) OR (origin = 0 AND type <> (SELECT id FROM relation WHERE name = 'MENTIONS')"
      " AND NOT EXISTS(SELECT 1 FROM evidence WHERE edge = e.id AND (start >= 0 OR text IS NOT NULL)))" },
    { "an edge says what its sentences come to",
      "SELECT printf('edge %d', e.id) FROM edge e JOIN (SELECT v.edge,"
      " nullif(count(*) FILTER (WHERE v.start >= 0), 0) AS n, min(d.date) FILTER (WHERE v.start >= 0) AS "
      "first,"
      " max(d.date) FILTER (WHERE v.start >= 0) AS last, nullif(min(v.certainty), 0) AS certainty,"
      " min(v.origin) AS origin, max(v.amount) AS amount FROM evidence v"
      " LEFT JOIN document d ON d.id = v.document GROUP BY v.edge) s"
      " ON s.edge = e.id WHERE e.origin <= 2 AND (e.weight IS NOT s.n OR e.first IS NOT s.first"
      " OR e.last IS NOT s.last OR e.certainty IS NOT s.certainty OR e.amount IS NOT s.amount"
      " OR e.origin <> s.origin)" },
    { "a symmetric edge is stored once",
      "SELECT printf('edge %d', e.id) FROM edge e JOIN relation t ON t.id = e.type AND t.symmetric"
      " JOIN edge f ON f.source = e.target AND f.target = e.source AND f.type = e.type AND f.id < e.id"
      " WHERE e.origin <= 1 AND f.origin <= 1 AND e.source <> e.target" },
    { "a node has its own name",
      "SELECT printf('node %d (%s)', n.id, n.name) FROM node n WHERE NOT EXISTS(SELECT 1 FROM alias a"
      " WHERE a.node = n.id AND a.name = n.name)" },
    { "a name is there as long as a document gives it",
      "SELECT printf('alias %d (%s)', a.id, a.name) FROM alias a JOIN node n ON n.id = a.node LEFT JOIN"
      " (SELECT alias, count(*) AS n FROM alias_document GROUP BY alias) s ON s.alias = a.id"
      " WHERE a.documents <> ifnull(s.n, 0) OR (a.documents = 0 AND a.name <> n.name AND n.origin <= 1)" },
    { "a document gives names that are there",
      "SELECT printf('alias %d', alias) FROM alias_document WHERE alias NOT IN (SELECT id FROM alias)" },
    { "a node has a reason to live",
      "SELECT printf('node %d (%s)', n.id, n.name) FROM node n WHERE n.origin <= 1"
      " AND NOT EXISTS(SELECT 1 FROM edge WHERE source = n.id)"
      " AND NOT EXISTS(SELECT 1 FROM edge WHERE target = n.id)"
      " AND NOT EXISTS(SELECT 1 FROM document WHERE node = n.id)" },
    { "labels of the ontology",
      "SELECT printf('%s: %d nodes', s.labels, count(*)) FROM node n JOIN label_set s ON s.id = n.labels"
      " WHERE json_array_length(s.labels) <> 1 OR s.name NOT IN (SELECT value FROM json_each(?1)) GROUP BY "
      "s.id" },
    { "relations of the ontology",
      "SELECT printf('%s: %d edges', t.name, count(*)) FROM edge e JOIN relation t ON t.id = e.type"
      " WHERE t.name NOT IN (SELECT value FROM json_each(?2)) GROUP BY t.id" },
};

/** Rules that hold while corrections are on. */
static const struct rule corrected_rules[] = {
    { "a correction has its effect",
      "SELECT printf('correction %d', id) FROM correction WHERE undone IS NULL AND idle IS NULL"
      " AND NOT EXISTS(SELECT 1 FROM correction_effect)" },
    { "an asserted edge is there",
      "SELECT printf('correction %d', c.id) FROM correction c WHERE c.kind = 0 AND c.undone IS NULL AND "
      "c.idle"
      " IS NULL AND c.relation IS NOT NULL AND NOT EXISTS(SELECT 1 FROM correction o WHERE o.id > c.id AND"
      " o.undone IS NULL AND o.kind BETWEEN 1 AND 3) AND NOT EXISTS(SELECT 1 FROM evidence v"
      " WHERE v.correction = c.id) AND NOT EXISTS(SELECT 1 FROM document d WHERE d.file = "
      "c.document)" },
};

/** The names of the ontology's labels and relations, as JSON arrays. */
static vb_status ontology_names(vb_buf *labels, vb_buf *relations)
{
    vb_status status = VB_OK;
    for (int i = 0; i < VB_LABEL_COUNT; i++)
        TRY(vb_buf_printf(labels, "%s\"%s\"", i ? "," : "[", vb_label_name((vb_label)i)));
    for (int i = 0; i < VB_REL_COUNT; i++)
        TRY(vb_buf_printf(relations, "%s\"%s\"", i ? "," : "[", vb_relation_get((vb_relation)i)->name));
    TRY(vb_buf_add(labels, VB_STR("]")));
    TRY(vb_buf_add(relations, VB_STR("]")));
done:
    return status;
}

static vb_status run_rule(check *c, const struct rule *rule, vb_str labels, vb_str relations, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(c->store, err, &stmt, rule->sql, ""));
    int n = sqlite3_bind_parameter_count(stmt); /* ?1 labels, ?2 relations, where the rule asks for them */
    if (n >= 1) sqlite3_bind_text64(stmt, 1, labels.at, labels.len, SQLITE_STATIC, SQLITE_UTF8);
    if (n >= 2) sqlite3_bind_text64(stmt, 2, relations.at, relations.len, SQLITE_STATIC, SQLITE_UTF8);
    while ((status = vb_sql_row(c->store, err, stmt, &row)) == VB_OK && row)
        TRY(report(c, rule->name, vb_sql_text(stmt, 0)));
done:
    if (stmt) {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
    return status;
}

static vb_status check_rules(check *c, vb_error *err)
{
    vb_status status;
    vb_buf labels = { 0 }, relations = { 0 };
    TRY(ontology_names(&labels, &relations) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < VB_COUNT(rules); i++)
        TRY(run_rule(c, &rules[i], vb_buf_view(&labels), vb_buf_view(&relations), err));
    for (size_t i = 0; !c->store->lifted && i < VB_COUNT(corrected_rules); i++)
        TRY(run_rule(c, &corrected_rules[i], vb_buf_view(&labels), vb_buf_view(&relations), err));
done:
    vb_buf_clear(&labels);
    vb_buf_clear(&relations);
    return status;
}

/** Whether the file ends in the middle of a page, and goes on doing so: another program that writes its log
 * into the file may just have written a part of one. */
static bool ends_in_page(const char *path, int64_t page)
{
    enum { LOOKS = 200 };
    static const struct timespec a_moment = { .tv_nsec = 1000000 };
    struct stat info;
    for (int i = 0; i < LOOKS; i++) {
        if (stat(path, &info) != 0 || info.st_size % page == 0) return false;
        nanosleep(&a_moment, NULL);
    }
    return true;
}

/** A file is made of whole pages: what is missing of the last one SQLite takes for zeros, and an empty page
 * is. */
static vb_status check_pages(check *c, bool *sound, vb_error *err)
{
    vb_status status;
    int64_t page = 0;
    const char *path = sqlite3_db_filename(c->store->db, "main");
    TRY(vb_sql_int(c->store, err, "PRAGMA page_size", &page));
    if (!path || !*path || page <= 0 || !ends_in_page(path, page)) return VB_OK;
    *sound = false;
    TRY(report(c, "SQLite's integrity", VB_STR("the file ends in the middle of a page: it was cut")));
done:
    return status;
}

/** Whether integrity_check gave up for lack of memory: that says nothing of the file. It tells SQLite's code.
 */
static bool lacks_memory(vb_str found)
{
    static const vb_str words[] = { { "error code=7", 12 }, { "error code 7", 12 } };
    for (size_t i = 0; i < VB_COUNT(words); i++)
        for (size_t at = vb_str_find(found, words[i], 0); at < found.len;
             at = vb_str_find(found, words[i], at + 1)) {
            size_t end = at + words[i].len;
            if (end == found.len || found.at[end] == '\n') return true;
        }
    return false;
}

/** SQLite's own check of the file; *sound says whether the graph's rules can be asked at all. */
static vb_status check_file(check *c, bool *sound, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    *sound = true;
    TRY(vb_sql_bind(c->store, err, &stmt, "PRAGMA integrity_check", ""));
    while ((status = vb_sql_row(c->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_str_eq(vb_sql_text(stmt, 0), VB_STR("ok"))) continue;
        TRY(lacks_memory(vb_sql_text(stmt, 0)) ? vb_fail_memory(err) : VB_OK);
        *sound = false;
        TRY(report(c, "SQLite's integrity", vb_sql_text(stmt, 0)));
    }
    if (status == VB_STORE && (sqlite3_errcode(c->store->db) & 0xff) == SQLITE_CORRUPT) {
        *sound = false;
        TRY(report(c, "SQLite's integrity", vb_str_of(sqlite3_errmsg(c->store->db))));
    }
    TRY(check_pages(c, sound, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/**
 * Do the full-text indexes hold what their tables hold? FTS5 takes this question as an insert, so a file that
 * cannot be written is not asked.
 */
static vb_status check_words(check *c, vb_error *err)
{
    static const char *const questions[] = {
        "INSERT INTO passage_words(passage_words, rank) VALUES('integrity-check', 1)",
        "INSERT INTO alias_words(alias_words, rank) VALUES('integrity-check', 1)",
    };
    vb_status status = VB_OK;
    sqlite3 *db = c->store->db;
    if (sqlite3_db_readonly(db, "main") != 0) return VB_OK;
    if (!c->store->writing) sqlite3_exec(db, "PRAGMA query_only = OFF", NULL, NULL, NULL);
    for (size_t i = 0; i < VB_COUNT(questions); i++) {
        status = vb_sql_do(c->store, err, questions[i], "");
        if (status != VB_STORE || (sqlite3_errcode(db) & 0xff) != SQLITE_CORRUPT) TRY(status);
        if (status != VB_OK) TRY(report(c, "full text holds the words", vb_str_of(i ? "names" : "passages")));
    }
done:
    if (!c->store->writing) sqlite3_exec(db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return status;
}

/* ---- places in texts ---------------------------------------------------------------------------------- */

static bool boundary(vb_str text, int64_t at)
{
    return at == (int64_t)text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

static bool span(vb_str text, int64_t start, int64_t length)
{
    return start >= 0 && length >= 0 && start <= (int64_t)text.len && length <= (int64_t)text.len - start &&
           boundary(text, start) && boundary(text, start + length);
}

/** Spans of a document, in order; where @p apart none may overlap the one before. */
static const struct spans {
    const char *rule, *sql;
    bool apart;
} spans[] = {
    { "a mention is a span of the text",
      "SELECT start, length FROM mention WHERE document = ? ORDER BY start", true },
    { "a sentence is a span of the text",
      "SELECT start, length FROM evidence WHERE document = ? AND start >= 0 ORDER BY start", false },
    { "a passage is a span of the text", "SELECT start, length FROM passage WHERE document = ? ORDER BY id",
      false },
};

static vb_status check_spans(check *c, const struct spans *s, int64_t document, vb_str file, vb_str text,
                             vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    int64_t end = 0;
    char where[512];
    TRY(vb_sql_bind(c->store, err, &stmt, s->sql, "i", document));
    while ((status = vb_sql_row(c->store, err, stmt, &row)) == VB_OK && row) {
        int64_t start = sqlite3_column_int64(stmt, 0), length = sqlite3_column_int64(stmt, 1);
        bool good = span(text, start, length) && (!s->apart || (length > 0 && start >= end));
        end = start + length;
        if (good) continue;
        snprintf(where, sizeof where, "%.*s byte %lld", VB_FMT(file), (long long)start);
        TRY(report(c, s->rule, vb_str_of(where)));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Whether the sum that was written with a document is that of its row now; true where there was none. */
static bool sum_holds(sqlite3_stmt *stmt, vb_str file, vb_str text)
{
    enum { SUM = 3, FIELDS = 7 };
    vb_str fields[FIELDS] = { file };
    if (sqlite3_column_type(stmt, SUM) == SQLITE_NULL) return true;
    for (int i = 1; i < FIELDS; i++) fields[i] = vb_sql_text(stmt, SUM + i);
    int64_t sum = sqlite3_column_int64(stmt, SUM);
    return vb_document_sum(vb_hash_text, text, fields, FIELDS) == sum ||
           vb_document_sum(vb_hash, text, fields, FIELDS) == sum;
}

static vb_status check_texts(check *c, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(c->store, err, &stmt,
                    "SELECT d.id, d.file, t.text, t.sum, d.path, d.title, d.date, d.kind, d.sender, d.number"
                    " FROM document d JOIN document_text t ON t.document = d.id"
                    " ORDER BY d.file",
                    ""));
    while ((status = vb_sql_row(c->store, err, stmt, &row)) == VB_OK && row) {
        vb_str file = vb_sql_text(stmt, 1), text = vb_sql_text(stmt, 2);
        if (vb_utf8_check(text) != text.len) TRY(report(c, "a text is UTF-8", file));
        if (!sum_holds(stmt, file, text)) TRY(report(c, "a document is as it was loaded", file));
        for (size_t i = 0; i < VB_COUNT(spans); i++)
            TRY(check_spans(c, &spans[i], sqlite3_column_int64(stmt, 0), file, text, err));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- domain and range --------------------------------------------------------------------------------- */

static vb_status check_ends(check *c, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    char where[512];
    TRY(vb_sql_bind(
        c->store, err, &stmt,
        "SELECT t.name, s.name, u.name, count(*), min(e.id) FROM edge e JOIN relation t ON t.id = e.type"
        " JOIN node n ON n.id = e.source JOIN label_set s ON s.id = n.labels"
        " JOIN node m ON m.id = e.target JOIN label_set u ON u.id = m.labels"
        " GROUP BY e.type, n.labels, m.labels",
        ""));
    while ((status = vb_sql_row(c->store, err, stmt, &row)) == VB_OK && row) {
        vb_relation relation;
        vb_label from, to;
        vb_str type = vb_sql_text(stmt, 0), source = vb_sql_text(stmt, 1), target = vb_sql_text(stmt, 2);
        if (!vb_relation_find(type, &relation)) continue; /* told by a rule of its own */
        if (vb_label_find(source, &from) && vb_label_find(target, &to) &&
            vb_relation_allows(relation, from, to))
            continue;
        snprintf(where, sizeof where, "%.*s from %.*s to %.*s: %lld edges, the first is %lld", VB_FMT(type),
                 VB_FMT(source), VB_FMT(target), (long long)sqlite3_column_int64(stmt, 3),
                 (long long)sqlite3_column_int64(stmt, 4));
        TRY(report(c, "domain and range", vb_str_of(where)));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Can what persons corrected be taken off again? */
static vb_status check_corrections(check *c, vb_error *err)
{
    vb_error damage = { 0 };
    vb_status status = vb_effect_check(c->store, &damage);
    if (status == VB_STORE)
        return report(c, "what corrections changed can be taken back", vb_str_of(damage.message));
    if (status != VB_OK && err) *err = damage;
    return status;
}

vb_status vb_store_check(vb_store *store, vb_finding_fn fn, void *context, size_t *n_findings, vb_error *err)
{
    vb_status status;
    bool held = false;
    bool sound;
    check c = { .store = store, .fn = fn, .context = context };
    TRY(check_file(&c, &sound, err));
    if (sound) {
        TRY(check_corrections(&c, err));
        TRY(check_words(&c, err)); /* which FTS5 answers to a writer alone, so before the view is held */
        TRY(vb_store_hold(store, &held, err));
        TRY(check_rules(&c, err));
        TRY(check_texts(&c, err));
        TRY(check_ends(&c, err));
    }
    if (n_findings) *n_findings = c.n;
done:
    vb_store_release(store, held);
    return status;
}

/**
 * The schema of a store, as the steps that lead to it. A file's user_version counts the steps it has taken; a
 * new version of Verband adds a step at the end and never changes an old one, so that any older file can be
 * brought up to date.
 */
#include "graph/corrections.h"
#include "graph/store.h"

// clang-format off
static const char *const first_step[] = {
    "-- A set of labels; name is the first of them, '' where there is none; labels is a sorted JSON array.\n"
    "CREATE TABLE label_set(\n"
    "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, labels TEXT NOT NULL UNIQUE) STRICT;\n"
    "CREATE TABLE relation(\n"
    "  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, symmetric INTEGER NOT NULL DEFAULT 0) STRICT;\n"
    "CREATE TABLE rule(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;\n",

    "-- origin (here and below): 0 text, 1 gazetteer, 2 person, 3 import. props: a JSON object or NULL.\n"
    "CREATE TABLE node(\n"
    "  id INTEGER PRIMARY KEY, labels INTEGER NOT NULL REFERENCES label_set, key TEXT, name TEXT NOT NULL,\n"
    "  origin INTEGER NOT NULL DEFAULT 0, props TEXT) STRICT;\n"
    "CREATE UNIQUE INDEX node_key ON node(labels, key);\n",

    "-- Every name of a node, its own name too. documents: how many documents give it (alias_document).\n"
    "CREATE TABLE alias(\n"
    "  id INTEGER PRIMARY KEY, node INTEGER NOT NULL REFERENCES node ON DELETE CASCADE,\n"
    "  folded TEXT NOT NULL, name TEXT NOT NULL, documents INTEGER NOT NULL DEFAULT 0) STRICT;\n"
    "CREATE INDEX alias_folded ON alias(folded);\n"
    "CREATE INDEX alias_node ON alias(node);\n"
    "CREATE VIRTUAL TABLE alias_words USING fts5(\n"
    "  folded, content='alias', content_rowid='id', tokenize='unicode61', detail=none, columnsize=0);\n",

    "-- weight: sentences (MENTIONS: mentions), NULL is 1; first, last: dates of the documents that say it;\n"
    "-- certainty: 0 stated, 1 announced, NULL is 0.\n"
    "CREATE TABLE edge(\n"
    "  id INTEGER PRIMARY KEY, type INTEGER NOT NULL REFERENCES relation,\n"
    "  source INTEGER NOT NULL REFERENCES node, target INTEGER NOT NULL REFERENCES node,\n"
    "  origin INTEGER NOT NULL, certainty INTEGER, weight INTEGER, first TEXT, last TEXT,\n"
    "  props TEXT) STRICT;\n"
    "CREATE INDEX edge_out ON edge(source, type, target);\n"
    "CREATE INDEX edge_in ON edge(target, type, source);\n",

    "-- A loaded file. node: what it is in the graph. mentions, edges: how many it yielded.\n"
    "CREATE TABLE document(\n"
    "  id INTEGER PRIMARY KEY, node INTEGER NOT NULL UNIQUE REFERENCES node, file TEXT NOT NULL UNIQUE,\n"
    "  path TEXT NOT NULL, hash INTEGER NOT NULL, title TEXT, date TEXT, kind TEXT, sender TEXT, number "
    "TEXT,\n"
    "  bytes INTEGER NOT NULL, mentions INTEGER NOT NULL DEFAULT 0, edges INTEGER NOT NULL DEFAULT 0) "
    "STRICT;\n"
    "CREATE INDEX document_path ON document(path);\n"
    "CREATE TABLE document_text(\n"
    "  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, text TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE alias_document(\n"
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, alias INTEGER NOT NULL,\n"
    "  PRIMARY KEY(document, alias)) STRICT, WITHOUT ROWID;\n",

    "-- start, length: bytes of the document's text. Of a mention's node there is always a MENTIONS edge "
    "with\n"
    "-- the count as weight: that edge holds the node, and is the way from a node to its documents.\n"
    "CREATE TABLE mention(\n"
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, start INTEGER NOT NULL,\n"
    "  length INTEGER NOT NULL, node INTEGER NOT NULL, article TEXT, rule INTEGER REFERENCES rule,\n"
    "  PRIMARY KEY(document, start)) STRICT, WITHOUT ROWID;\n",

    "-- Who says an edge. A gazetteer's fact has start -1, length 0 and the document that made it needed;\n"
    "-- said_in (a document's name) and text are there only where no loaded document has them.\n"
    "CREATE TABLE evidence(\n"
    "  id INTEGER PRIMARY KEY, edge INTEGER NOT NULL REFERENCES edge ON DELETE CASCADE,\n"
    "  document INTEGER REFERENCES document ON DELETE CASCADE, start INTEGER NOT NULL, length INTEGER NOT NULL,\n"
    "  rule INTEGER REFERENCES rule, origin INTEGER NOT NULL, certainty INTEGER NOT NULL DEFAULT 0,\n"
    "  since TEXT, until TEXT, said_in TEXT, text TEXT) STRICT;\n"
    "CREATE UNIQUE INDEX evidence_edge ON evidence(edge, document, start, length);\n"
    "CREATE INDEX evidence_place ON evidence(document, start);\n",

    "-- A piece of text as full text finds it. stems: Snowball's Dutch stems of its folded words.\n"
    "CREATE TABLE passage(\n"
    "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,\n"
    "  start INTEGER NOT NULL, length INTEGER NOT NULL, stems TEXT NOT NULL) STRICT;\n"
    "CREATE INDEX passage_document ON passage(document);\n"
    "CREATE VIRTUAL TABLE passage_words USING fts5(\n"
    "  stems, content='passage', content_rowid='id', tokenize='unicode61');\n",
};

static const char *const second_step[] = {
    "-- amount: whole euros that the sentence says are paid; amount_per: 'year' where so much is paid each year.\n"
    "-- cue, source_at, target_at, each with its length: the bytes of the document's text by which the rule was\n"
    "-- found and that name the edge's ends. NULL in all of them: not said, not known.\n"
    "ALTER TABLE evidence ADD COLUMN amount INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN amount_per TEXT;\n"
    "ALTER TABLE evidence ADD COLUMN cue INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN cue_length INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN source_at INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN source_length INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN target_at INTEGER;\n"
    "ALTER TABLE evidence ADD COLUMN target_length INTEGER;\n",

    "-- The largest amount that a sentence of the edge gives.\n"
    "ALTER TABLE edge ADD COLUMN amount INTEGER;\n",
};

static const char *const corrections[] = {
    "-- What a person says about the graph. kind: 0 assert, 1 reject, 2 merge, 3 split, 4 rename. Nodes are\n"
    "-- named by label and key, which outlive any document; name is for people, and for a node that is made\n"
    "-- anew. b_name of a rename is the new name. source: a page that says so. asked: when it was said (UTC).\n"
    "-- undone_*: who took it back. idle: why it does nothing now; NULL where it does something.\n"
    "CREATE TABLE correction(\n"
    "  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,\n"
    "  a_label TEXT NOT NULL, a_key TEXT NOT NULL, a_name TEXT NOT NULL, relation TEXT,\n"
    "  b_label TEXT, b_key TEXT, b_name TEXT, document TEXT, text TEXT, source TEXT,\n"
    "  who TEXT NOT NULL, asked TEXT NOT NULL, why TEXT,\n"
    "  undone_who TEXT, undone TEXT, undone_why TEXT, idle TEXT) STRICT;\n",

    "-- What all of them together changed in the tables above, as a changeset of SQLite's session extension: the\n"
    "-- way back to what documents alone say. top_*: the largest ids before, which nothing else may take.\n"
    "CREATE TABLE correction_effect(\n"
    "  id INTEGER PRIMARY KEY CHECK(id = 1), top_node INTEGER NOT NULL, top_edge INTEGER NOT NULL,\n"
    "  top_alias INTEGER NOT NULL, hash INTEGER NOT NULL, changes BLOB NOT NULL) STRICT;\n",
};

static const char *const duplicates[] = {
    "-- Of a document with a number: what its text is compared by with other files of that number\n"
    "-- (store_duplicates.c). duplicate: a file that is the same letter as a document, and gave nothing itself.\n"
    "CREATE TABLE document_sketch(\n"
    "  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, sketch BLOB NOT NULL) STRICT;\n"
    "CREATE INDEX document_number ON document(number) WHERE number IS NOT NULL;\n"
    "CREATE TABLE duplicate(\n"
    "  file TEXT PRIMARY KEY, path TEXT NOT NULL, hash INTEGER NOT NULL,\n"
    "  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE) STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX duplicate_document ON duplicate(document);\n",
};

static const char *const sums[] = {
    "-- sum: a hash of the text and of what the document's row says, so that a damaged byte shows. NULL: loaded by\n"
    "-- an older version.\n"
    "ALTER TABLE document_text ADD COLUMN sum INTEGER;\n",
};

static const char *const numbers[] = {
    "-- correction: whose evidence it is, of a person's; NULL elsewhere.\n"
    "ALTER TABLE evidence ADD COLUMN correction INTEGER;\n",
};
// clang-format on

/** A step: the scripts that lead one version on. */
static const struct step {
    const char *const *scripts;
    size_t n;
} steps[] = { { first_step, VB_COUNT(first_step) },
              { second_step, VB_COUNT(second_step) },
              { corrections, VB_COUNT(corrections) },
              { duplicates, VB_COUNT(duplicates) },
              { sums, VB_COUNT(sums) },
              { numbers, VB_COUNT(numbers) } };

int vb_schema_version(void)
{
    return (int)VB_COUNT(steps);
}

static vb_status run_script(vb_store *store, const char *sql, vb_error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK) return VB_OK;
    return vb_store_fail(store, err, "making the tables");
}

vb_status vb_schema_ontology(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    for (int i = 0; i < VB_LABEL_COUNT; i++)
        TRY(vb_sql_do(store, err,
                      "INSERT INTO label_set(name, labels) VALUES(?1, json_array(?1)) ON CONFLICT DO NOTHING",
                      "s", vb_str_of(vb_label_name((vb_label)i))));
    for (int i = 0; i < VB_REL_COUNT; i++) {
        const vb_relation_info *info = vb_relation_get((vb_relation)i);
        TRY(vb_sql_do(store, err, "INSERT INTO relation(name, symmetric) VALUES(?, ?) ON CONFLICT DO NOTHING",
                      "si", vb_str_of(info->name), (int64_t)info->symmetric));
    }
done:
    return status;
}

/**
 * What corrections changed, recorded anew: an older record knows other columns, and cannot be added to. Older
 * ones also ended the names of rules, which evidence and mentions refer to: for that they get an index.
 */
static vb_status record_anew(vb_store *store, vb_error *err)
{
    vb_status status;
    int64_t any = 0;
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM correction WHERE undone IS NULL)", &any));
    if (!any) goto done;
    TRY(run_script(store, "CREATE INDEX e ON evidence(rule); CREATE INDEX m ON mention(rule)", err));
    TRY(vb_corrections_lift(store, err));
    TRY(run_script(store, "DROP INDEX e; DROP INDEX m", err));
    TRY(vb_corrections_apply(store, err));
    TRY(vb_words_flush(store, err));
done:
    return status;
}

vb_status vb_schema_migrate(vb_store *store, vb_error *err)
{
    vb_status status;
    bool open = false;
    int64_t version = 0;
    char pragma[96];

    TRY(run_script(store, "BEGIN IMMEDIATE", err));
    open = true;
    TRY(vb_sql_int(store, err, "PRAGMA user_version", &version)); /* another program may have been first */
    for (int64_t i = version; i < vb_schema_version(); i++)
        for (size_t k = 0; k < steps[i].n; k++) TRY(run_script(store, steps[i].scripts[k], err));
    if (version < vb_schema_version()) {
        snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 VB_APPLICATION_ID, vb_schema_version());
        TRY(run_script(store, pragma, err));
    }
    TRY(vb_schema_ontology(store, err));
    TRY(vb_store_learn(store, err));
    if (version > 0 && version < vb_schema_version()) TRY(record_anew(store, err));
    TRY(run_script(store, "COMMIT", err));
    open = false;
done:
    if (open) vb_store_rollback(store);
    return status;
}

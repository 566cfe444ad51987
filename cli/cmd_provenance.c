/** verband provenance [NAME]: what rests on one sentence or one document, and what would go with it. */
#include "cli/output.h"

enum { USUAL = 20, FIGURES = 30 /* "  (12 sentences, 12 documents)" */ };

static const cli_column edge_columns[] = {
    { "source", "source.name", false, 40 },      { "relation", "type", false, 0 },
    { "target", "target.name", false, 40 },      { "origin", "origin", false, 0 },
    { "sentences", "sentences", true, 0 },       { "documents", "documents", true, 0 },
    { "sentence", "evidence.0.text", false, 0 },
};
static const cli_column share_columns[] = {
    { "document", "document", false, 0 },
    { "date", "date", false, CLI_DAY },
    { "edges", "said", true, 0 },
    { "alone", "alone", true, 0 },
};

static cJSON *edge_row(const vb_rest *rest)
{
    cJSON *row = cli_json_edge(&rest->edge);
    cli_json_number(row, "sentences", (double)rest->n_sentences);
    cli_json_number(row, "documents", (double)rest->n_documents);
    return row;
}

static cJSON *share_row(const vb_share *share)
{
    cJSON *row = cli_json_document(&share->document);
    cli_json_number(row, "said", (double)share->n_edges);
    cli_json_number(row, "alone", (double)share->n_alone);
    return row;
}

static cJSON *as_object(const vb_provenance *p)
{
    cJSON *object = cJSON_CreateObject(), *edges = cJSON_CreateArray(), *nodes = cJSON_CreateArray();
    cJSON *documents = cJSON_CreateArray();
    for (size_t i = 0; i < p->n_listed; i++) cJSON_AddItemToArray(edges, edge_row(&p->edges[i]));
    for (size_t i = 0; i < p->nodes.len; i++) cJSON_AddItemToArray(nodes, cli_json_node(&p->nodes.at[i]));
    for (size_t i = 0; i < p->n_shares; i++) cJSON_AddItemToArray(documents, share_row(&p->shares[i]));
    cli_json_item(object, "node", p->whole ? cJSON_CreateNull() : cli_json_node(&p->node));
    cli_json_number(object, "n_edges", (double)p->n_edges);
    cli_json_number(object, "one_sentence", (double)p->n_one_sentence);
    cli_json_number(object, "one_document", (double)p->n_one_document);
    cli_json_number(object, "gazetteer", (double)p->n_gazetteer);
    cli_json_number(object, "person", (double)p->n_person);
    cli_json_number(object, "import", (double)p->n_import);
    cli_json_item(object, "edges", edges);
    cli_json_item(object, "nodes", nodes);
    cli_json_item(object, "documents", documents);
    return object;
}

static void as_rows(const cli_view *view, const vb_provenance *p)
{
    cli_rows rows;
    if (p->whole)
        cli_rows_begin(&rows, view, share_columns, sizeof share_columns / sizeof *share_columns);
    else
        cli_rows_begin(&rows, view, edge_columns, sizeof edge_columns / sizeof *edge_columns);
    for (size_t i = 0; p->whole && i < p->n_shares; i++) cli_rows_add(&rows, share_row(&p->shares[i]));
    for (size_t i = 0; !p->whole && i < p->n_listed; i++) cli_rows_add(&rows, edge_row(&p->edges[i]));
    cli_rows_end(&rows);
}

/** Which lists go on after what is shown. */
typedef struct more {
    bool edges, nodes, documents;
} more;

/** One more than is shown was asked for. */
static bool trim(size_t *n, size_t most)
{
    bool goes_on = most && *n > most;
    if (goes_on) *n = most;
    return goes_on;
}

static void put_more(const cli_view *view, bool goes_on)
{
    if (goes_on) fputs("  and more (--all)\n", view->out);
}

static void put_figure(const cli_view *view, int64_t n, const char *what)
{
    char text[32];
    if (n) fprintf(view->out, "  %s %s\n", cli_thousands(n, text), what);
}

static void put_edges(const cli_view *view, const vb_provenance *p, bool goes_on)
{
    if (!p->n_listed) return;
    fputc('\n', view->out);
    cli_line(view, CLI_BOLD,
             p->of_document ? "edges that would go with it" : "edges, those that rest on least first");
    for (size_t i = 0; i < p->n_listed; i++) {
        const vb_rest *rest = &p->edges[i];
        fputs("  ", view->out);
        cli_put_ends(view, CLI_PLAIN, &rest->edge, 2 + FIGURES);
        if (!rest->n_sentences)
            fprintf(view->out, "  (%s)\n", vb_origin_name(rest->edge.origin));
        else
            fprintf(view->out, "  (%lld sentence%s, %lld document%s)\n", (long long)rest->n_sentences,
                    rest->n_sentences == 1 ? "" : "s", (long long)rest->n_documents,
                    rest->n_documents == 1 ? "" : "s");
    }
    put_more(view, goes_on);
}

static void for_people(const cli_view *view, const vb_provenance *p, const more *m)
{
    if (!p->whole) {
        cli_put_node(view, &p->node);
        fputc('\n', view->out);
    }
    put_figure(view, p->n_edges, p->of_document ? "edges that it says" : "edges");
    put_figure(view, p->n_one_sentence, "rest on one sentence");
    put_figure(view, p->n_one_document, "rest on one document");
    put_figure(view, p->n_gazetteer, "are a gazetteer's");
    put_figure(view, p->n_person, "are a person's");
    put_figure(view, p->n_import, "are an import's");
    put_edges(view, p, m->edges);
    if (p->nodes.len) {
        fputc('\n', view->out);
        cli_line(view, CLI_BOLD, "nodes that would go with it");
    }
    for (size_t i = 0; i < p->nodes.len; i++) {
        fputs("  ", view->out);
        cli_put_node(view, &p->nodes.at[i]);
        fputc('\n', view->out);
    }
    put_more(view, m->nodes);
    if (p->n_shares) {
        fputc('\n', view->out);
        cli_line(view, CLI_BOLD, "documents, with the edges that they say and those that nobody else says");
    }
    for (size_t i = 0; i < p->n_shares; i++) {
        fprintf(view->out, "  %5lld %5lld  ", (long long)p->shares[i].n_edges,
                (long long)p->shares[i].n_alone);
        cli_put(view, CLI_PLAIN, p->shares[i].document.file);
        fputc('\n', view->out);
    }
    put_more(view, m->documents);
}

cli_exit cmd_provenance(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_provenance p = { 0 };
    const cli_view *view = context->view;
    size_t most = set->all ? 0 : set->top ? set->top : USUAL;
    vb_status status = vb_provenance_find(context->store, vb_str_of(set->n_args ? set->args[0] : NULL),
                                          most ? most + 1 : 0, context->arena, &p, &err);
    if (status != VB_OK) return cli_report(status, &err);
    const more goes_on = { trim(&p.n_listed, most), trim(&p.nodes.len, most), trim(&p.n_shares, most) };
    if (view->format->table)
        for_people(view, &p, &goes_on);
    else if (view->format->document)
        cli_answer(view, as_object(&p));
    else
        as_rows(view, &p);
    return CLI_DONE;
}

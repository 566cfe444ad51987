/** verband show NAME: a node's card. */
#include "cli/output.h"

#include <string.h>

/** Edges of one relation and direction that the card shows before it says how many more there are. */
enum { MOST_EDGES = 8 };

static const cli_column columns[] = {
    { "relation", "type", false, 0 },       { "source", "source.name", false, 0 },
    { "target", "target.name", false, 0 },  { "origin", "origin", false, 0 },
    { "certainty", "certainty", false, 0 }, { "weight", "weight", true, 0 },
    { "first", "first", false, CLI_DAY },   { "last", "last", false, CLI_DAY },
};

static cJSON *as_object(const vb_card *card)
{
    cJSON *object = cli_json_node(&card->node), *aliases = cJSON_CreateArray();
    cJSON *edges = cJSON_CreateArray(), *documents = cJSON_CreateArray();
    for (size_t i = 0; i < card->n_aliases; i++)
        cJSON_AddItemToArray(aliases, cli_json_string(card->aliases[i]));
    for (size_t i = 0; i < card->edges.len; i++)
        cJSON_AddItemToArray(edges, cli_json_edge(&card->edges.at[i]));
    for (size_t i = 0; i < card->n_cards; i++)
        cJSON_AddItemToArray(documents, cli_json_document(&card->documents[i]));
    cli_json_item(object, "aliases", aliases);
    cli_json_text(object, "url", card->url);
    cli_json_text(object, "first", card->first);
    cli_json_text(object, "last", card->last);
    cli_json_number(object, "n_mentions", (double)card->n_mentions);
    cli_json_number(object, "n_documents", (double)card->n_documents);
    cli_json_item(object, "edges", edges);
    cli_json_item(object, "documents", documents);
    return object;
}

static void as_rows(const cli_view *view, const vb_card *card)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < card->edges.len; i++) cli_rows_add(&rows, cli_json_edge(&card->edges.at[i]));
    cli_rows_end(&rows);
}

static void put_head(const cli_view *view, const vb_card *card)
{
    char mentions[32], documents[32];
    vb_buf names = { 0 };
    cli_put_node(view, &card->node);
    fputc('\n', view->out);
    for (size_t i = 0; i < card->n_aliases; i++) {
        cli_buf_text(&names, i ? ", " : "also: ");
        cli_buf_add(&names, card->aliases[i].at, card->aliases[i].len);
    }
    cli_wrap(view, 2, CLI_PLAIN, (vb_str){ names.at, names.len });
    vb_buf_clear(&names);
    if (card->url.len) cli_wrap(view, 2, CLI_DIM, card->url);
    fprintf(view->out, "  mentioned %s time%s in %s document%s", cli_thousands(card->n_mentions, mentions),
            card->n_mentions == 1 ? "" : "s", cli_thousands(card->n_documents, documents),
            card->n_documents == 1 ? "" : "s");
    bool one_day =
        card->first.len == card->last.len && memcmp(card->first.at, card->last.at, card->first.len) == 0;
    if (card->first.len) {
        fputs(one_day ? ", on " : ", ", view->out);
        cli_put(view, CLI_PLAIN, card->first);
    }
    if (card->first.len && !one_day) {
        fputs(" to ", view->out);
        cli_put(view, CLI_PLAIN, card->last);
    }
    fputc('\n', view->out);
}

static void put_edge(const cli_view *view, const vb_card *card, const vb_edge *edge)
{
    fputs("    ", view->out);
    cli_put_node(view, edge->source.id == card->node.id ? &edge->target : &edge->source);
    cli_put_weight(view, edge);
    fputc('\n', view->out);
    if (edge->origin == VB_ORIGIN_TEXT) cli_put_evidence(view, 8, edge->evidence, edge->n_evidence > 0, 1);
}

/** The edges [start, end) of one relation that run in one direction, under a heading. */
static void put_run(const cli_view *view, const vb_card *card, size_t start, size_t end, bool outward,
                    size_t most)
{
    size_t n = 0;
    for (size_t i = start; i < end; i++) {
        const vb_edge *edge = &card->edges.at[i];
        if ((edge->source.id == card->node.id) != outward) continue;
        if (n == 0) {
            fputs("\n  ", view->out);
            cli_put(view, CLI_MARK, edge->type);
            fputs(edge->symmetric ? " ↔\n" : outward ? " →\n" : " ←\n", view->out);
        }
        if (n++ < most) put_edge(view, card, edge);
    }
    if (n > most) fprintf(view->out, "    and %zu more (--all shows them)\n", n - most);
}

/** The library gives edges by relation. */
static void put_edges(const cli_view *view, const vb_card *card, size_t most)
{
    size_t end;
    for (size_t start = 0; start < card->edges.len; start = end) {
        vb_str type = card->edges.at[start].type;
        for (end = start + 1; end < card->edges.len; end++) {
            vb_str next = card->edges.at[end].type;
            if (next.len != type.len || memcmp(next.at, type.at, type.len) != 0) break;
        }
        put_run(view, card, start, end, true, most);
        put_run(view, card, start, end, false, most);
    }
}

static void put_documents(const cli_view *view, const vb_card *card)
{
    if (!card->n_cards) return;
    fputs("\n  ", view->out);
    cli_line(view, CLI_BOLD, "documents that mention it");
    for (size_t i = 0; i < card->n_cards; i++) cli_put_document(view, 4, &card->documents[i]);
}

cli_exit cmd_show(const cli_context *context)
{
    const cli_view *view = context->view;
    vb_error err = { 0 };
    vb_card card = { 0 };
    vb_status status = vb_show(context->store, vb_str_of(context->set->args[0]), context->arena, &card, &err);
    if (status != VB_OK) return cli_report(status, &err);
    if (view->format->table) {
        put_head(view, &card);
        put_edges(view, &card, context->set->all ? SIZE_MAX : MOST_EDGES);
        put_documents(view, &card);
    } else if (view->format->document) {
        cli_answer(view, as_object(&card));
    } else {
        as_rows(view, &card);
    }
    return CLI_DONE;
}

/**
 * extract FILE...: what the extraction finds in each file, straight from the analysis, without a store:
 * mentions on stdout, edges on file descriptor 3 where it is open (extract F... >m.jsonl 3>e.jsonl). With
 * -v FILE it prints the text view instead, a block a line, so that one can see what the analysis reads. -n
 * FILE... reads them up to their names and -r FILE... up to their relations, and print nothing: what `make
 * bench` times.
 */
#include "loaders/loaders.h"

#include <cJSON.h>
#include <libgen.h>
#include <stdlib.h>

static const char *const block_names[] = { "paragraph", "heading",    "item",        "row", "note",
                                           "signature", "letterhead", "page-footer", "url" };
static const char *const section_names[] = { "head", "body", "question", "answer" };

static void put(cJSON *line, FILE *to)
{
    char *text = cJSON_PrintUnformatted(line);
    if (text) fprintf(to, "%s\n", text);
    free(text);
    cJSON_Delete(line);
}

static void add_str(cJSON *o, const char *name, vb_str s)
{
    char *copy = strndup(s.at ? s.at : "", s.len);
    if (copy) cJSON_AddStringToObject(o, name, copy);
    free(copy);
}

static cJSON *place(const vb_analysis *a, uint32_t from, uint32_t to)
{
    uint32_t start, end;
    cJSON *o = cJSON_CreateObject();
    vb_view_origin(&a->view, from, to, &start, &end);
    add_str(o, "document", a->file);
    cJSON_AddNumberToObject(o, "start", start);
    cJSON_AddNumberToObject(o, "end", end);
    add_str(o, "text", vb_str_part(a->source.text, start, end));
    return o;
}

static void add_entity(cJSON *o, const vb_entity *e)
{
    cJSON_AddStringToObject(o, "type", vb_label_name(e->label));
    add_str(o, "key", e->key);
    add_str(o, "name", e->name);
}

static cJSON *edge_end(const vb_analysis *a, uint32_t entity)
{
    cJSON *o = cJSON_CreateObject();
    if (entity != VB_SELF) {
        add_entity(o, &a->entities.at[entity]);
        return o;
    }
    cJSON_AddStringToObject(o, "type", "Document");
    add_str(o, "key", a->key);
    add_str(o, "name", a->view.metadata.title);
    add_str(o, "document", a->file);
    cJSON_AddTrueToObject(o, "self");
    return o;
}

static void print_all(const vb_analysis *a, FILE *edges)
{
    for (size_t i = 0; i < a->mentions.len; i++) {
        const vb_named *m = &a->mentions.at[i];
        cJSON *o = place(a, m->start, m->end);
        add_entity(o, &a->entities.at[m->entity]);
        if (m->article.len) add_str(o, "article", m->article);
        cJSON_AddStringToObject(o, "rule", m->rule ? m->rule : "");
        put(o, stdout);
    }
    for (size_t i = 0; edges && i < a->edges.len; i++) {
        const vb_said *e = &a->edges.at[i];
        cJSON *o = place(a, e->start, e->end);
        cJSON_AddStringToObject(o, "type", vb_relation_get(e->type)->name);
        cJSON_AddStringToObject(o, "origin", "text");
        cJSON_AddStringToObject(o, "certainty", vb_certainty_name(e->certainty));
        cJSON_AddStringToObject(o, "rule", e->rule ? e->rule : "");
        cJSON_AddItemToObject(o, "source", edge_end(a, e->source));
        cJSON_AddItemToObject(o, "target", edge_end(a, e->target));
        put(o, edges);
    }
}

static void print_view(const vb_analysis *a)
{
    const vb_view *v = &a->view;
    const struct {
        const char *name;
        vb_str value;
    } rows[] = { { "title", v->metadata.title },   { "date", v->metadata.date },
                 { "kind", v->metadata.kind },     { "number", v->metadata.number },
                 { "sender", v->metadata.sender }, { "subject", v->metadata.subject },
                 { "to", v->metadata.addressee },  { "key", a->key } };
    for (size_t i = 0; i < VB_COUNT(rows); i++) printf("= %s: %.*s\n", rows[i].name, VB_FMT(rows[i].value));
    for (size_t i = 0, s = 0; i < v->n_blocks; i++) {
        const vb_block *b = &v->blocks[i];
        printf("[%s %s q%u", block_names[b->kind], section_names[b->section], b->question);
        if (b->kind == VB_BLOCK_FOOTNOTE) printf(" note %u at %d", b->note, (int)b->caller);
        printf("]");
        for (; s < v->n_sentences && v->sentences[s].block == i; s++)
            printf(" %.*s |", VB_FMT(vb_str_part(v->text, v->sentences[s].start, v->sentences[s].end)));
        printf("\n");
    }
}

/** Bytes to mentions, without relations. */
static vb_status name_only(const vb_loader *loader, vb_reader *reader, vb_str file, vb_str bytes,
                           vb_analysis *a, vb_error *err)
{
    vb_status status = vb_analysis_begin(reader, file, a, err);
    if (status == VB_OK) status = vb_format_read(bytes, a->arena, &a->source, err);
    a->source.names = loader->names;
    if (status == VB_OK) status = vb_view_make(&a->source, a->arena, &a->view, err);
    return status == VB_OK ? vb_names_find(loader->names, a, err) : status;
}

int main(int argc, char **argv)
{
    vb_error err = { 0 };
    vb_loader loader = { 0 };
    char mode = argc > 1 && argv[1][0] == '-' && argv[1][1] && !argv[1][2] ? argv[1][1] : 0;
    FILE *edges = fdopen(3, "w");
    vb_reader *reader = NULL;
    int bad = 0;
    if (vb_names_new(NULL, &loader.names, &err) != VB_OK ||
        vb_relations_new(NULL, &loader.relations, &err) != VB_OK || vb_reader_new(&reader) != VB_OK)
        bad = 2;
    for (int i = mode ? 2 : 1; i < argc && bad < 2; i++) {
        vb_buf bytes = { 0 };
        vb_analysis a = { 0 };
        if (vb_buf_read(argv[i], VB_TEXT_MAX, &bytes, &err) == VB_OK &&
            (mode == 'n' ? name_only : vb_analyse)(&loader, reader, vb_str_of(basename(argv[i])),
                                                   vb_buf_view(&bytes), &a, &err) == VB_OK) {
            if (mode == 'v') print_view(&a);
            if (!mode) print_all(&a, edges);
        } else {
            fprintf(stderr, "%s: %s\n", argv[i], err.message);
            bad = 1;
        }
        vb_analysis_clear(&a);
        vb_buf_clear(&bytes);
    }
    if (bad == 2) fprintf(stderr, "extract: %s\n", err.message);
    vb_reader_free(reader);
    vb_names_free(loader.names);
    vb_relations_free(loader.relations);
    return fflush(stdout) || (edges && fclose(edges)) ? 1 : bad;
}

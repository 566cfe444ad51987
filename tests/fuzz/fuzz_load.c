/**
 * Fuzz target of the whole way from a file's bytes to a record: format, view, names, relations. What comes
 * out must be what the store takes: spans inside the text, on characters' bounds, mentions in order and
 * apart.
 */
#include "loaders/load.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static bool on_boundary(vb_str text, uint32_t at)
{
    return at <= text.len && (at == text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80);
}

static void check(const vb_record *r)
{
    uint32_t end = 0;
    must(r->key.len > 0 && vb_utf8_check(r->text) == r->text.len && vb_utf8_check(r->title) == r->title.len &&
         vb_utf8_check(r->sender) == r->sender.len);
    for (size_t i = 0; i < r->n_mentions; i++) {
        const vb_rec_mention *m = &r->mentions[i];
        must(m->node < r->n_nodes && m->start >= end && m->start < m->end);
        must(on_boundary(r->text, m->start) && on_boundary(r->text, m->end));
        end = m->end;
    }
    for (size_t i = 0; i < r->n_edges; i++) {
        const vb_rec_edge *e = &r->edges[i];
        if (e->origin != VB_ORIGIN_TEXT) continue;
        must(e->start < e->end && on_boundary(r->text, e->start) && on_boundary(r->text, e->end));
    }
    for (size_t i = 0; i < r->n_passages; i++) {
        const vb_rec_passage *p = &r->passages[i];
        must(p->start <= p->end && on_boundary(r->text, p->start) && on_boundary(r->text, p->end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static vb_loader *loader; /* compiled once for all inputs */
    vb_analysis a = { 0 };
    vb_record record;
    vb_error err;
    if (!loader) must(vb_loader_new(NULL, &loader, &err) == VB_OK);
    vb_str bytes = { (const char *)data, size };
    if (vb_analyse(loader, NULL, VB_STR("fuzz.txt"), bytes, &a, &err) == VB_OK) {
        must(vb_record_make(&a, VB_STR("fuzz.txt"), 0, &record, &err) == VB_OK);
        check(&record);
    }
    vb_analysis_clear(&a);
    return 0;
}

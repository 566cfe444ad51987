/**
 * ZIP: a publication with what belongs to it: the document once, in one format or several, pictures, its
 * metadata.xml. The best of its formats is read. An archive of several documents, each in one format or
 * several, is listed here and read part by part by parts.c.
 */
#include "loaders/formats.h"

#include <stdlib.h>

typedef struct kind {
    const char *suffix;
    int rank; /* the lowest is the best: what says most of its own structure */
} kind;

static const kind kinds[] = {
    { ".xml", 1 }, { ".odt", 2 }, { ".docx", 3 }, { ".html", 4 }, { ".xhtml", 4 },
    { ".htm", 4 }, { ".pdf", 5 }, { ".txt", 6 },  { ".md", 6 },
};

/** An entry that may be a document. */
typedef struct candidate {
    vb_str name, base; /* base: without folders and ending; what has the same is one document */
    size_t index;
    int rank;
} candidate;

/** What an archive holds, as far as its names tell. */
typedef struct content {
    VB_VEC(candidate) candidates;
    vb_str metadata;
} content;

static vb_str base_of(vb_str name)
{
    const char *slash = name.len ? memrchr(name.at, '/', name.len) : NULL;
    return slash ? vb_str_part(name, (size_t)(slash - name.at) + 1, name.len) : name;
}

static bool ends_folded(vb_str s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.len > n && strncasecmp(s.at + s.len - n, suffix, n) == 0;
}

static const kind *kind_of(vb_str base)
{
    for (size_t i = 0; i < VB_COUNT(kinds); i++)
        if (ends_folded(base, kinds[i].suffix)) return &kinds[i];
    return NULL;
}

static vb_status consider(content *c, const vb_package_entry *e, size_t index, vb_arena *arena)
{
    vb_str base = base_of(e->name);
    const kind *k = e->file ? kind_of(base) : NULL;
    if (!k || base.at[0] == '.' || vb_str_starts(e->name, VB_STR("__MACOSX/"))) return VB_OK;
    if (ends_folded(base, "manifest.xml")) return VB_OK;
    if (vb_str_eq(base, VB_STR("metadata.xml")) || vb_str_eq(base, VB_STR("metadata_owms.xml"))) {
        c->metadata = e->name;
        return VB_OK;
    }
    if (vb_push(arena, &c->candidates) != VB_OK) return VB_NO_MEMORY;
    c->candidates.at[c->candidates.len - 1] =
        (candidate){ e->name, vb_str_part(base, 0, base.len - strlen(k->suffix)), index, k->rank };
    return VB_OK;
}

/** One document's formats together, the best first. */
static int by_base(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    int c = vb_str_cmp(x->base, y->base);
    if (c) return c;
    return x->rank != y->rank ? x->rank - y->rank : (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *a, const void *b)
{
    const vb_zip_document *x = a, *y = b;
    return (x->index > y->index) - (x->index < y->index);
}

static vb_status list(vb_str bytes, vb_arena *arena, vb_zip_documents *out, vb_str *metadata, vb_error *err)
{
    vb_status status;
    vb_package_entries entries = { 0 };
    content c = { .metadata = { NULL, 0 } };
    TRY(vb_package_list(bytes, arena, &entries, err));
    for (size_t i = 0; i < entries.len; i++)
        TRY(consider(&c, &entries.at[i], i, arena) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (c.candidates.len) qsort(c.candidates.at, c.candidates.len, sizeof *c.candidates.at, by_base);
    for (size_t i = 0; i < c.candidates.len; i++) {
        const candidate *each = &c.candidates.at[i];
        if (i && vb_str_eq(each->base, each[-1].base)) continue;
        TRY(vb_push(arena, out) == VB_OK ? VB_OK : vb_fail_memory(err));
        out->at[out->len - 1] = (vb_zip_document){ each->name, each->index };
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_index);
    *metadata = c.metadata;
done:
    return status;
}

vb_status vb_zip_list(vb_str bytes, vb_arena *arena, vb_zip_documents *out, vb_error *err)
{
    vb_str metadata;
    return list(bytes, arena, out, &metadata, err);
}

/** Unpack an entry into the arena: what is read from it may point there. */
static vb_status unpack(vb_str bytes, vb_str name, vb_arena *arena, vb_str *out, vb_error *err)
{
    vb_buf part = { 0 };
    vb_status status = vb_package_read(bytes, name.at, &part, err);
    if (status == VB_OK && vb_arena_copy(arena, vb_buf_view(&part), out) != VB_OK)
        status = vb_fail_memory(err);
    vb_buf_clear(&part);
    return status;
}

bool vb_zip_is_nested(vb_str part)
{
    return vb_zip_sniff(part) && !vb_docx_sniff(part) && !vb_odt_sniff(part);
}

vb_status vb_zip_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    vb_zip_documents documents = { 0 };
    vb_str part, name = { NULL, 0 }, metadata = { NULL, 0 };
    TRY(list(bytes, arena, &documents, &name, err));
    if (!documents.len) return vb_fail(err, VB_BAD_INPUT, "ZIP file without a document that can be read");
    if (documents.len > 1)
        return vb_fail(err, VB_BAD_INPUT, "ZIP file of %zu documents, where one was asked for",
                       documents.len);
    TRY(unpack(bytes, documents.at[0].name, arena, &part, err));
    if (vb_zip_is_nested(part)) return vb_fail(err, VB_BAD_INPUT, "ZIP file in a ZIP file");
    TRY(vb_format_read(part, arena, out, err));
    if (name.len) {
        TRY(unpack(bytes, name, arena, &metadata, err));
        TRY(vb_official_metadata(metadata, arena, out, err));
    }
done:
    return status;
}

bool vb_zip_sniff(vb_str bytes)
{
    return vb_str_starts(bytes, VB_STR("PK\3\4")) || vb_str_starts(bytes, VB_STR("PK\5\6"));
}

/**
 * ZIP: a publication with what belongs to it: the document once, in one format or several, pictures, its
 * metadata.xml. The best of its formats is read. Of more than one document none is: each needs a name of its
 * own, which the folder gives that they are unpacked into.
 */
#include "loaders/formats.h"

typedef struct kind {
    const char *suffix;
    int rank; /* the lowest is the best: what says most of its own structure */
} kind;

static const kind kinds[] = {
    { ".xml", 1 }, { ".odt", 2 }, { ".docx", 3 }, { ".html", 4 }, { ".xhtml", 4 },
    { ".htm", 4 }, { ".pdf", 5 }, { ".txt", 6 },  { ".md", 6 },
};

/** The document of an archive, as far as its names tell. */
typedef struct choice {
    vb_str name, stem;
    int rank;
    size_t n_stems; /* of documents by different names */
    vb_str metadata;
} choice;

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

static void consider(choice *c, const vb_package_entry *e)
{
    vb_str base = base_of(e->name);
    const kind *k = e->file ? kind_of(base) : NULL;
    if (!k || base.at[0] == '.' || vb_str_starts(e->name, VB_STR("__MACOSX/"))) return;
    if (ends_folded(base, "manifest.xml")) return;
    if (vb_str_eq(base, VB_STR("metadata.xml")) || vb_str_eq(base, VB_STR("metadata_owms.xml"))) {
        c->metadata = e->name;
        return;
    }
    vb_str stem = vb_str_part(base, 0, base.len - strlen(k->suffix));
    if (!c->n_stems || !vb_str_eq(stem, c->stem)) c->n_stems++;
    if (c->rank && c->rank <= k->rank) return;
    c->rank = k->rank;
    c->name = e->name;
    c->stem = stem;
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

static bool is_nested(vb_str part)
{
    return vb_zip_sniff(part) && !vb_docx_sniff(part) && !vb_odt_sniff(part);
}

vb_status vb_zip_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    vb_package_entries entries = { 0 };
    choice c = { .rank = 0 };
    vb_str part, metadata;
    TRY(vb_package_list(bytes, arena, &entries, err));
    for (size_t i = 0; i < entries.len; i++) consider(&c, &entries.at[i]);
    if (!c.n_stems) return vb_fail(err, VB_BAD_INPUT, "ZIP file without a document that can be read");
    if (c.n_stems > 1)
        return vb_fail(err, VB_BAD_INPUT, "ZIP file of %zu documents: unpack it and load the folder",
                       c.n_stems);
    TRY(unpack(bytes, c.name, arena, &part, err));
    if (is_nested(part)) return vb_fail(err, VB_BAD_INPUT, "ZIP file in a ZIP file");
    TRY(vb_format_read(part, arena, out, err));
    if (c.metadata.len) {
        TRY(unpack(bytes, c.metadata, arena, &metadata, err));
        TRY(vb_official_metadata(metadata, arena, out, err));
    }
done:
    return status;
}

bool vb_zip_sniff(vb_str bytes)
{
    return vb_str_starts(bytes, VB_STR("PK\3\4")) || vb_str_starts(bytes, VB_STR("PK\5\6"));
}

/**
 * Fuzz target of the readers of rich formats. The first byte says which one gets the rest: 'd' a DOCX and 'o'
 * an ODT of these parts (parted by 0x1e; the fuzzer has no need to find out how ZIP packs), 'h' HTML,
 * 'x' XML, 'z' the bytes of a ZIP file as they are, 'j' a document in JSON, 'p' what pdftotext gives of a
 * PDF's layout, 'l' a file of several documents, part by part. What comes out must be text that the view can
 * take.
 */
#include "loaders/formats.h"
#include "loaders/parts.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { ZIP_MAX = 1 << 20, PARTS_MAX = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

static void add_part(struct archive *zip, const char *name, vb_str bytes)
{
    struct archive_entry *entry = archive_entry_new();
    must(entry != NULL);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    must(archive_write_header(zip, entry) == ARCHIVE_OK);
    must(archive_write_data(zip, bytes.at, bytes.len) == (la_ssize_t)bytes.len);
    archive_entry_free(entry);
}

/** A ZIP file of the parts of @p bytes, under these names. */
static vb_str pack(vb_str bytes, const char *const *names, const char *first, vb_str first_bytes, char *to)
{
    size_t used = 0;
    struct archive *zip = archive_write_new();
    must(zip && archive_write_set_format_zip(zip) == ARCHIVE_OK);
    must(archive_write_set_options(zip, "zip:compression=store") == ARCHIVE_OK);
    must(archive_write_open_memory(zip, to, ZIP_MAX, &used) == ARCHIVE_OK);
    add_part(zip, first, first_bytes);
    vb_str part;
    for (size_t i = 0; i < PARTS_MAX && names[i] && vb_str_next(&bytes, '\x1e', &part); i++)
        add_part(zip, names[i], part);
    must(archive_write_close(zip) == ARCHIVE_OK);
    archive_write_free(zip);
    return (vb_str){ to, used };
}

static void check(const vb_source *s, vb_arena *arena)
{
    vb_view view;
    vb_error err;
    must(s->text.len > 0 && vb_utf8_check(s->text) == s->text.len);
    must(!memchr(s->text.at, '\0', s->text.len));
    must(vb_utf8_check(s->metadata.title) == s->metadata.title.len);
    must(vb_utf8_check(s->properties.title) == s->properties.title.len);
    for (size_t i = 0; i < s->n_hints; i++) {
        must(s->hints[i].start < s->text.len && (i == 0 || s->hints[i].start > s->hints[i - 1].start));
        must(s->hints[i].start == 0 || s->text.at[s->hints[i].start - 1] == '\n');
    }
    must(vb_view_make(s, arena, &view, &err) == VB_OK);
}

/** What pdftotext prints of a PDF, whose bytes the reader may change. */
static vb_status read_pages(vb_str bytes, vb_arena *arena, vb_source *out)
{
    vb_buf layout = { 0 };
    vb_error err = { 0 };
    must(vb_buf_add(&layout, bytes) == VB_OK);
    vb_status status = vb_pdf_read_layout(&layout, arena, out, &err);
    vb_buf_clear(&layout);
    return status;
}

/** The parts of a file: names in order, and an end. */
static void read_parts(vb_str bytes)
{
    enum { STEPS_MAX = 4096 };
    vb_parts *parts = NULL;
    vb_buf file = { 0 };
    vb_error err = { 0 };
    vb_status status = VB_OK;
    must(vb_buf_add(&file, bytes) == VB_OK);
    if (vb_parts_open("fuzz.zip", &file, true, &parts, &err) == VB_OK && parts)
        for (size_t i = 0; i < STEPS_MAX && status != VB_NOT_FOUND; i++) {
            vb_buf name = { 0 }, path = { 0 }, part = { 0 };
            status = vb_parts_next(parts, VB_STR("fuzz.zip"), &name, &path, &part, &err);
            must(status != VB_OK || (name.len > 0 && path.len > 0));
            vb_buf_clear(&name);
            vb_buf_clear(&path);
            vb_buf_clear(&part);
        }
    vb_parts_close(parts);
    vb_buf_clear(&file);
}

static vb_status read_as(char kind, vb_str bytes, vb_arena *arena, char *room, vb_source *out)
{
    static const char *const docx[] = { "word/document.xml", "word/footnotes.xml", "word/numbering.xml",
                                        "word/styles.xml", "word/endnotes.xml" };
    static const char *const odt[] = { "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml",
                                       NULL };
    static const vb_str type = { "application/vnd.oasis.opendocument.text", 39 };
    vb_error err = { 0 };
    switch (kind) {
    case 'd':
        return vb_docx_read(pack(bytes, docx, "[Content_Types].xml", VB_STR("<Types/>"), room), arena, out,
                            &err);
    case 'o':
        return vb_odt_read(pack(bytes, odt, "mimetype", type, room), arena, out, &err);
    case 'h':
        return vb_html_read(bytes, arena, out, &err);
    case 'x':
        return vb_official_read(bytes, arena, out, &err);
    case 'z':
        return vb_zip_read(bytes, arena, out, &err);
    case 'j':
        return vb_json_read(bytes, arena, out, &err);
    case 'p':
        return read_pages(bytes, arena, out);
    case 'l':
        read_parts(bytes);
        return VB_BAD_INPUT;
    default:
        return VB_BAD_INPUT;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vb_source source = { 0 };
    if (size < 2 || size > ZIP_MAX / 2) return 0;
    vb_arena *arena = vb_arena_new();
    char *room = malloc(ZIP_MAX);
    must(arena && room);
    vb_str bytes = { (const char *)data + 1, size - 1 };
    if (read_as((char)data[0], bytes, arena, room, &source) == VB_OK) check(&source, arena);
    free(room);
    vb_arena_free(arena);
    return 0;
}

/**
 * ZIP by libarchive, out of memory. An entry that is packed more tightly than text ever is, or that unpacks
 * to more than a part may hold, is refused while it is unpacked: what the archive claims is not believed.
 */
#include "loaders/package.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { READ_SIZE = 1 << 16 };

static vb_status fail_archive(struct archive *a, vb_error *err)
{
    const char *words = archive_error_string(a);
    return vb_fail(err, VB_BAD_INPUT, "broken ZIP file: %s", words ? words : "unreadable");
}

static vb_status open_zip(vb_str bytes, struct archive **out, vb_error *err)
{
    struct archive *a = archive_read_new();
    if (!a) return vb_fail_memory(err);
    vb_status status = VB_OK;
    if (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK)
        status = vb_fail_memory(err);
    else if (archive_read_open_memory(a, bytes.at, bytes.len) != ARCHIVE_OK)
        status = fail_archive(a, err);
    if (status == VB_OK)
        *out = a;
    else
        archive_read_free(a);
    return status;
}

/** An entry's name as bytes: libarchive gives none where the locale cannot hold it. */
static const char *name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    return name ? name : "";
}

static vb_status next_entry(struct archive *a, size_t *n, struct archive_entry **entry, vb_error *err)
{
    int code = archive_read_next_header(a, entry);
    if (code == ARCHIVE_EOF) {
        *entry = NULL;
        return VB_OK;
    }
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return fail_archive(a, err);
    if (++*n > VB_PACKAGE_ENTRIES_MAX)
        return vb_fail(err, VB_BAD_INPUT, "ZIP file of more than %d entries", VB_PACKAGE_ENTRIES_MAX);
    return VB_OK;
}

vb_status vb_package_list(vb_str bytes, vb_arena *arena, vb_package_entries *out, vb_error *err)
{
    vb_status status;
    struct archive *a = NULL;
    struct archive_entry *entry;
    vb_package_entries list = { 0 };
    size_t n = 0;
    TRY(open_zip(bytes, &a, err));
    for (;;) {
        TRY(next_entry(a, &n, &entry, err));
        if (!entry) break;
        status = vb_push(arena, &list);
        if (status != VB_OK) goto done;
        vb_package_entry *e = &list.at[list.len - 1];
        TRY(vb_arena_copy(arena, vb_str_of(name_of(entry)), &e->name));
        e->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        e->encrypted = archive_entry_is_encrypted(entry) == 1;
        e->file = archive_entry_filetype(entry) != AE_IFDIR;
    }
    *out = list;
done:
    if (a) archive_read_free(a);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

bool vb_package_has(const vb_package_entries *entries, const char *name)
{
    for (size_t i = 0; i < entries->len; i++)
        if (vb_str_eq(entries->at[i].name, vb_str_of(name))) return true;
    return false;
}

/** Whether what is unpacked so far, and @p more, is more than a part may hold, or was packed too tightly. */
static vb_status check_size(const char *name, size_t size, size_t more, size_t archive, vb_error *err)
{
    if (size + more > VB_PACKAGE_PART_MAX)
        return vb_fail(err, VB_TOO_LARGE, "%.80s in the ZIP file unpacks to more than %zu MiB", name,
                       VB_PACKAGE_PART_MAX >> 20);
    if (size > VB_PACKAGE_SMALL && size / VB_PACKAGE_RATIO_MAX > archive)
        return vb_fail(err, VB_BAD_INPUT, "%.80s in the ZIP file is packed more than %d to 1: a bomb", name,
                       VB_PACKAGE_RATIO_MAX);
    return VB_OK;
}

static vb_status unpack(struct archive *a, struct archive_entry *entry, vb_str bytes, vb_buf *out,
                        vb_error *err)
{
    vb_status status = VB_OK;
    const char *name = name_of(entry);
    char piece[READ_SIZE];
    vb_buf got = { 0 };
    if (archive_entry_is_encrypted(entry))
        return vb_fail(err, VB_BAD_INPUT, "protected by a password: %.80s", name);
    for (la_ssize_t n; (n = archive_read_data(a, piece, sizeof piece)) != 0;) {
        TRY(n < 0 ? fail_archive(a, err) : check_size(name, got.len, (size_t)n, bytes.len, err));
        TRY(vb_buf_add(&got, (vb_str){ piece, (size_t)n }) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
    *out = got;
    got = (vb_buf){ 0 };
done:
    vb_buf_clear(&got);
    return status;
}

vb_status vb_package_read(vb_str bytes, const char *name, vb_buf *out, vb_error *err)
{
    vb_status status;
    struct archive *a = NULL;
    struct archive_entry *entry;
    size_t n = 0;
    TRY(open_zip(bytes, &a, err));
    for (;;) {
        TRY(next_entry(a, &n, &entry, err));
        if (!entry || strcmp(name_of(entry), name) == 0) break;
    }
    if (!entry) {
        status = VB_NOT_FOUND;
        goto done;
    }
    TRY(unpack(a, entry, bytes, out, err));
done:
    if (a) archive_read_free(a);
    return status;
}

/* ---- entry by entry ------------------------------------------------------------------------------------ */

struct vb_package {
    struct archive *archive;
    struct archive_entry *entry; /* the current one */
    vb_str bytes;
    size_t n; /* entries that were gone through */
};

vb_status vb_package_open(vb_str bytes, vb_package **out, vb_error *err)
{
    vb_package *p = calloc(1, sizeof *p);
    if (!p) return vb_fail_memory(err);
    p->bytes = bytes;
    vb_status status = open_zip(bytes, &p->archive, err);
    if (status == VB_OK)
        *out = p;
    else
        free(p);
    return status;
}

void vb_package_close(vb_package *p)
{
    if (!p) return;
    archive_read_free(p->archive);
    free(p);
}

vb_status vb_package_take(vb_package *p, size_t index, vb_buf *out, vb_error *err)
{
    vb_status status = VB_OK;
    while (p->n <= index) {
        TRY(next_entry(p->archive, &p->n, &p->entry, err));
        if (!p->entry) return vb_fail(err, VB_BAD_INPUT, "broken ZIP file: fewer entries than it lists");
    }
    TRY(unpack(p->archive, p->entry, p->bytes, out, err));
done:
    return status;
}

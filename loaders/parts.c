/** Parts of JSON lines come line by line, those of a ZIP file entry by entry: one part is in memory at a
 * time. */
#include "loaders/parts.h"

#include "loaders/formats.h"
#include "loaders/lines.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

struct vb_parts {
    const char *path;
    vb_buf bytes;        /* of the file, where they are in memory */
    vb_lines lines;      /* JSON lines */
    vb_package *package; /* ZIP */
    vb_arena *arena;     /* of what follows */
    vb_zip_documents documents;
    size_t next, unpacked;
    bool ended;
    uint64_t *names; /* hashes of the names that were given: open addressing, at most half full; 0 is free */
    size_t n_names, names_cap;
};

/* ---- what holds several -------------------------------------------------------------------------------- */

/** JSON lines: the first line is an object by itself, and has a text. */
static bool is_json_lines(vb_str head)
{
    vb_str line;
    cJSON *object = NULL;
    if (vb_str_starts(head, VB_STR("\xef\xbb\xbf"))) head = vb_str_part(head, 3, head.len);
    if (!vb_json_sniff(head)) return false;
    head = vb_str_trim(head);
    bool is = vb_str_next(&head, '\n', &line) && vb_json_parse(vb_str_trim(line), &object, NULL) == VB_OK &&
              cJSON_GetObjectItemCaseSensitive(object, "text");
    cJSON_Delete(object);
    return is;
}

static vb_status open_lines(vb_parts *p, bool whole, vb_error *err)
{
    if (!whole) return vb_lines_open(p->path, &p->lines, err);
    p->lines = (vb_lines){ .path = p->path, .file = fmemopen(p->bytes.at, p->bytes.len, "rb") };
    return p->lines.file ? VB_OK : vb_fail_memory(err);
}

/** Whether a file that is too large to be read at once is JSON lines all the same. */
static bool begins_as_json(const char *path)
{
    vb_lines lines = { 0 };
    vb_str line = { NULL, 0 };
    bool is = strcmp(path, "-") != 0 && vb_lines_open(path, &lines, NULL) == VB_OK &&
              vb_lines_next(&lines, &line, NULL) == VB_OK && is_json_lines(line);
    vb_lines_close(&lines);
    return is;
}

vb_status vb_parts_open(const char *path, vb_buf *bytes, bool whole, vb_parts **out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_str view = vb_buf_view(bytes);
    vb_parts *p = NULL;
    *out = NULL;
    bool lines = whole ? is_json_lines(view) : begins_as_json(path);
    bool zip = whole && vb_zip_sniff(view) && !vb_docx_sniff(view) && !vb_odt_sniff(view);
    if (!lines && !zip) return VB_OK;
    p = calloc(1, sizeof *p);
    if (!p || !(p->arena = vb_arena_new())) {
        status = vb_fail_memory(err);
        goto done;
    }
    p->path = path;
    if (zip && (vb_zip_list(view, p->arena, &p->documents, NULL) != VB_OK || p->documents.len < 2))
        goto done; /* one document, or none: its reader tells */
    p->bytes = *bytes;
    *bytes = (vb_buf){ 0 };
    if (zip)
        TRY(vb_package_open(vb_buf_view(&p->bytes), &p->package, err));
    else
        TRY(open_lines(p, whole, err));
    *out = p;
    p = NULL;
done:
    vb_parts_close(p);
    return status;
}

void vb_parts_close(vb_parts *p)
{
    if (!p) return;
    vb_lines_close(&p->lines);
    vb_package_close(p->package);
    vb_arena_free(p->arena);
    vb_buf_clear(&p->bytes);
    free(p->names);
    free(p);
}

/* ---- names --------------------------------------------------------------------------------------------- */

/** Note a name. @return whether it is new; hashes of 64 bits stand for names. */
static vb_status note_name(vb_parts *p, vb_str name, bool *fresh, vb_error *err)
{
    uint64_t hash = vb_hash(name) | 1;
    if (p->n_names * 2 >= p->names_cap) {
        size_t old_cap = p->names_cap, cap = old_cap ? old_cap * 2 : 256;
        uint64_t *old = p->names, *room = calloc(cap, sizeof *room);
        if (!room) return vb_fail_memory(err);
        for (size_t i = 0; i < old_cap; i++) {
            size_t at = (size_t)(old[i] >> 1) & (cap - 1);
            while (old[i] && room[at]) at = (at + 1) & (cap - 1);
            if (old[i]) room[at] = old[i];
        }
        free(old);
        p->names = room;
        p->names_cap = cap;
    }
    size_t at = (size_t)(hash >> 1) & (p->names_cap - 1);
    while (p->names[at] && p->names[at] != hash) at = (at + 1) & (p->names_cap - 1);
    *fresh = !p->names[at];
    if (*fresh) p->n_names++;
    p->names[at] = hash;
    return VB_OK;
}

static vb_str member(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(value) ? vb_str_trim(vb_str_of(value->valuestring)) : VB_STR("");
}

static vb_status name_line(const cJSON *object, vb_str file, unsigned line, vb_buf *out)
{
    static const char *const names[] = { "id", "key", "number" };
    vb_str own = member(object, "document");
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
    if (own.len) return vb_buf_add(out, own);
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (member(object, names[i]).len)
            return vb_buf_printf(out, "%.*s/%.*s", VB_FMT(file), VB_FMT(member(object, names[i])));
    if (cJSON_IsNumber(id)) return vb_buf_printf(out, "%.*s/%.0f", VB_FMT(file), id->valuedouble);
    return vb_buf_printf(out, "%.*s/%u", VB_FMT(file), line);
}

/* ---- parts --------------------------------------------------------------------------------------------- */

static vb_status next_line(vb_parts *p, vb_str file, vb_buf *name, vb_buf *path, vb_buf *bytes, vb_error *err)
{
    vb_status status;
    vb_str line;
    cJSON *object = NULL;
    bool fresh = true;
    TRY(vb_lines_next(&p->lines, &line, err));
    TRY(vb_buf_printf(path, "%s:%u", p->path, p->lines.line));
    status = vb_json_parse(vb_str_trim(line), &object, err);
    if (status == VB_OK || status == VB_BAD_INPUT || status == VB_BAD_UTF8) {
        vb_status named = name_line(object, file, p->lines.line, name);
        if (status == VB_OK) status = named;
    }
    TRY(status);
    TRY(note_name(p, vb_buf_view(name), &fresh, err));
    if (!fresh) {
        status = vb_fail(err, VB_BAD_INPUT, "a second document called '%.*s'", VB_FMT(vb_buf_view(name)));
        goto done;
    }
    TRY(vb_buf_add(bytes, line));
done:
    cJSON_Delete(object);
    return status;
}

static vb_status next_entry(vb_parts *p, vb_str file, vb_buf *name, vb_buf *path, vb_buf *bytes,
                            vb_error *err)
{
    vb_status status;
    if (p->next == p->documents.len) return VB_NOT_FOUND;
    const vb_zip_document *d = &p->documents.at[p->next++];
    TRY(vb_buf_printf(name, "%.*s/%.*s", VB_FMT(file), VB_FMT(d->name)));
    TRY(vb_buf_printf(path, "%s/%.*s", p->path, VB_FMT(d->name)));
    p->ended = true; /* what is broken or locked ends the archive: one line, not one for each entry */
    TRY(vb_package_take(p->package, d->index, bytes, err));
    p->unpacked += bytes->len;
    if (p->unpacked > VB_PACKAGE_SMALL && p->unpacked / VB_PACKAGE_RATIO_MAX > p->bytes.len) {
        status =
            vb_fail(err, VB_TOO_LARGE, "ZIP file packed more than %d to 1: a bomb", VB_PACKAGE_RATIO_MAX);
        goto done;
    }
    p->ended = false;
    if (vb_zip_is_nested(vb_buf_view(bytes))) status = vb_fail(err, VB_BAD_INPUT, "ZIP file in a ZIP file");
done:
    return status;
}

vb_status vb_parts_next(vb_parts *p, vb_str file, vb_buf *name, vb_buf *path, vb_buf *bytes, vb_error *err)
{
    if (p->ended) return VB_NOT_FOUND;
    vb_status status =
        p->package ? next_entry(p, file, name, path, bytes, err) : next_line(p, file, name, path, bytes, err);
    if (status != VB_OK && status != VB_BAD_INPUT && status != VB_BAD_UTF8) p->ended = true;
    if (status != VB_OK && status != VB_NOT_FOUND && !path->len &&
        vb_buf_printf(path, "%s", p->path) != VB_OK)
        return vb_fail_memory(err);
    return status;
}

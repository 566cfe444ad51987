/**
 * The HTML view: one page that loads nothing. Its source is view.html, view.css and view.js; d3 is built in
 * from Debian's node-d3 where it was there at build time. The data are the node-link JSON (json.c), byte for
 * byte but for `<`, which becomes \u003c, so that no text can end the script element it stands in; the page
 * puts texts into itself as text only, and its policy forbids it to fetch anything.
 */
#include "export/export.h"

#include <stdlib.h>

enum { SHOWN_NODES = 20000 }; /* a browser draws no more with pleasure */

/** Copy @p json with `<` escaped; in JSON it stands only inside strings. */
static void put_data(vb_writer *w, vb_str json)
{
    for (size_t at = 0; at < json.len;) {
        const char *hit = memchr(json.at + at, '<', json.len - at);
        size_t end = hit ? (size_t)(hit - json.at) : json.len;
        vb_put_str(w, VB_RAW, vb_str_part(json, at, end));
        if (hit) vb_put(w, "\\u003c");
        at = end + (hit ? 1 : 0);
    }
}

static vb_status make_data(const vb_scene *scene, char **text, size_t *len, vb_error *err)
{
    vb_status status;
    vb_writer *w = calloc(1, sizeof *w);
    FILE *out = w ? open_memstream(text, len) : NULL;
    if (!out) {
        status = vb_fail_memory(err);
        goto done;
    }
    w->out = out;
    TRY(vb_write_json(scene, w, err));
    TRY(vb_writer_end(w, err));
done:
    if (out && fclose(out) != 0 && status == VB_OK) status = vb_fail_memory(err);
    free(w);
    return status;
}

static vb_status put_part(const vb_scene *scene, vb_str name, vb_str json, vb_arena *arena, vb_writer *w,
                          vb_error *err)
{
    static const struct {
        const char *name, *file;
    } parts[] = { { "css", "export/view.css" }, { "js", "export/view.js" }, { "d3", "export/d3.min.js" } };
    vb_str text;
    if (vb_str_eq(name, VB_STR("title"))) {
        vb_put_str(w, VB_XML, scene->title);
        return VB_OK;
    }
    if (vb_str_eq(name, VB_STR("data"))) {
        put_data(w, json);
        return VB_OK;
    }
    for (size_t i = 0; i < VB_COUNT(parts); i++) {
        if (!vb_str_eq(name, vb_str_of(parts[i].name))) continue;
        vb_status status = vb_data_read(scene->data_dir, parts[i].file, arena, &text, err);
        if (status == VB_OK) vb_put_str(w, VB_RAW, text);
        return status;
    }
    return vb_fail(err, VB_BAD_INPUT, "view.html: no part is called '%.*s'", VB_FMT(name));
}

vb_status vb_write_html(const vb_scene *scene, vb_writer *w, vb_error *err)
{
    vb_status status;
    char *json = NULL;
    size_t n_json = 0;
    vb_str page, d3;
    vb_arena *arena = vb_arena_new();
    if (!arena) return vb_fail_memory(err);
    if (vb_data_read(scene->data_dir, "export/d3.min.js", arena, &d3, NULL) != VB_OK) {
        status = vb_fail(err, VB_NOT_FOUND,
                         "this build has no HTML view: install d3 (Debian: apt install node-d3) and build "
                         "again, or put d3.min.js into the folder of --data");
        goto done;
    }
    if (scene->cut->n_nodes > SHOWN_NODES) {
        status = vb_fail(err, VB_TOO_LARGE,
                         "%u nodes are too many for a page (limit %d): cut with --around, --label, "
                         "--min-evidence",
                         scene->cut->n_nodes, SHOWN_NODES);
        goto done;
    }
    TRY(make_data(scene, &json, &n_json, err));
    TRY(vb_data_read(scene->data_dir, "export/view.html", arena, &page, err));
    for (size_t at = 0; at < page.len;) {
        size_t open = vb_str_find(page, VB_STR("{{"), at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : vb_str_find(page, VB_STR("}}"), open);
        vb_put_str(w, VB_RAW, vb_str_part(page, at, close == SIZE_MAX ? page.len : open));
        if (close == SIZE_MAX) break;
        TRY(put_part(scene, vb_str_part(page, open + 2, close), (vb_str){ json, n_json }, arena, w, err));
        at = close + 2;
    }
done:
    free(json);
    vb_arena_free(arena);
    return status;
}

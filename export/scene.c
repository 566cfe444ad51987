/**
 * From a store to a file: read the cut once, measure, group and place it, paint it, and hand it to the
 * format. The long facts (names, dates, sentences) stay in the store until the format asks: see detail.c.
 */
#include "export/export.h"

#include "export/detail.h"

#include <stdlib.h>

enum { SPRINGS_NODES = 250, FORCE_NODES = 20000 }; /* up to so many nodes; DrL beyond */

static vb_status measure(vb_scene *scene, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const char *meaning;
    double *scores = vb_arena_array(arena, scene->cut->n_nodes, sizeof *scores);
    if (!scores) return vb_fail_memory(err);
    TRY(vb_cut_measure(scene->cut, scene->size_by, false, scores, &meaning, err));
    for (uint32_t i = 0; i < scene->cut->n_nodes; i++) scene->nodes[i].score = scores[i];
    scene->measured = true;
done:
    return status;
}

static vb_status group(vb_scene *scene, vb_arena *arena, vb_error *err)
{
    vb_status status;
    uint32_t n_groups;
    double modularity;
    uint32_t *groups = vb_arena_array(arena, scene->cut->n_nodes, sizeof *groups);
    if (!groups) return vb_fail_memory(err);
    TRY(vb_cut_communities(scene->cut, groups, &n_groups, &modularity, err));
    /* counted from 1, as `verband communities` and --community do */
    for (uint32_t i = 0; i < scene->cut->n_nodes; i++) scene->nodes[i].community = groups[i] + 1;
    scene->grouped = true;
done:
    return status;
}

static vb_status place(vb_scene *scene, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const uint32_t n = scene->cut->n_nodes;
    vb_layout how =
        n <= SPRINGS_NODES ? VB_LAYOUT_KAMADA_KAWAI : (n <= FORCE_NODES ? VB_LAYOUT_FORCE : VB_LAYOUT_DRL);
    double(*places)[2] = vb_arena_array(arena, n, sizeof *places);
    if (!places) return vb_fail_memory(err);
    TRY(vb_cut_layout(scene->cut, how, places, err));
    vb_scene_place(scene, places);
done:
    return status;
}

/** "Around Leeuwarden, 2 steps", "Municipality, Programme" or "All relations". */
static vb_status make_title(const vb_cut_options *cut, vb_arena *arena, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    const vb_str *words = cut->n_labels ? cut->labels : cut->relations;
    size_t n_words = cut->n_labels ? cut->n_labels : cut->n_relations;
    unsigned depth = cut->depth ? cut->depth : 1;
    if (cut->around.len)
        TRY(vb_buf_printf(&text, "Around %.*s, %u step%s", VB_FMT(cut->around), depth,
                          depth == 1 ? "" : "s"));
    for (size_t i = 0; i < n_words; i++) {
        if (text.len) TRY(vb_buf_add(&text, i ? VB_STR(", ") : VB_STR(": ")));
        TRY(vb_buf_add(&text, words[i]));
    }
    if (cut->project.len)
        TRY(vb_buf_printf(&text, "%s%.*s by shared %.*s", text.len ? ": " : "", VB_FMT(cut->project),
                          VB_FMT(cut->project_over)));
    if (cut->community.len)
        TRY(vb_buf_printf(&text, "%sCommunity %.*s", text.len ? ", " : "", VB_FMT(cut->community)));
    if (!text.len)
        TRY(vb_buf_add(&text,
                       cut->mentions ? VB_STR("All relations and mentions") : VB_STR("All relations")));
    TRY(vb_arena_copy(arena, vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}

static vb_status make_words(const vb_detail *detail, const vb_export_options *options, vb_arena *arena,
                            vb_scene *scene, vb_error *err)
{
    vb_status status;
    vb_str dates = { NULL, 0 };
    TRY(vb_detail_documents(detail, &options->cut, arena, &scene->n_documents, &scene->since, &scene->until,
                            err));
    if (scene->since.len)
        TRY(vb_arena_printf(arena, &dates, ", %.*s to %.*s", VB_FMT(scene->since), VB_FMT(scene->until)));
    TRY(vb_arena_printf(arena, &scene->subtitle, "%lld document%s%.*s: %u nodes, %u edges",
                        (long long)scene->n_documents, scene->n_documents == 1 ? "" : "s", VB_FMT(dates),
                        scene->cut->n_nodes, scene->cut->n_edges));
    scene->title = vb_str_of(options->title);
    if (!scene->title.len) TRY(make_title(&options->cut, arena, &scene->title));
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

static vb_status make_scene(const vb_detail *detail, const vb_export_options *options, vb_arena *arena,
                            vb_scene *scene, vb_error *err)
{
    vb_status status;
    bool asked = options->size_by && strcmp(options->size_by, "degree") != 0;
    bool small = scene->cut->n_nodes <= VB_SCENE_LARGE;
    scene->size_by = asked ? options->size_by : "degree";
    scene->nodes = vb_arena_array(arena, scene->cut->n_nodes, sizeof *scene->nodes);
    if (!scene->nodes) return vb_fail_memory(err);
    TRY(make_words(detail, options, arena, scene, err));
    if (asked) TRY(measure(scene, arena, err));
    if (!options->no_layout && (small || options->layout)) {
        TRY(group(scene, arena, err));
        TRY(place(scene, arena, err));
    }
    TRY(vb_scene_paint(scene, arena, err));
    TRY(vb_scene_separate(scene, arena) == VB_OK ? VB_OK : vb_fail_memory(err));
done:
    return status;
}

vb_status vb_export_to(vb_store *store, const vb_export_options *options, const vb_format *format,
                       FILE *const *out, vb_error *err)
{
    vb_status status;
    bool held = false;
    vb_arena *arena = vb_arena_new();
    vb_writer *writers = calloc(2, sizeof *writers);
    vb_style style;
    vb_cut cut = { 0 };
    vb_detail detail = {
        .store = store, .cut = &cut, .sentences = format->sentences, .whole = format->write_pair != NULL
    };
    vb_scene scene = { .cut = &cut,
                       .style = &style,
                       .data_dir = options->data_dir,
                       .node_detail = vb_detail_node,
                       .edge_detail = vb_detail_edge,
                       .context = &detail };
    if (!arena || !writers) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_store_hold(store, &held, err));
    TRY(vb_style_read(options->data_dir, arena, &style, err));
    TRY(vb_cut_read(store, &options->cut, arena, &cut, err));
    TRY(make_scene(&detail, options, arena, &scene, err));
    if (cut.n_edges >= VB_SCENE_SCANNED && !cut.shared) TRY(vb_detail_scan(&detail, arena, err));
    writers[0].out = out[0];
    if (format->write_pair) {
        writers[1].out = out[1];
        TRY(format->write_pair(&scene, &writers[0], &writers[1], err));
        TRY(vb_writer_end(&writers[1], err));
    } else {
        TRY(format->write(&scene, &writers[0], err));
    }
    TRY(vb_writer_end(&writers[0], err));
done:
    vb_store_release(store, held);
    vb_detail_clear(&detail);
    free(writers);
    vb_arena_free(arena);
    return status;
}

vb_status vb_export(vb_store *store, const vb_export_options *options, FILE *out, vb_error *err)
{
    vb_status status;
    const vb_format *format;
    TRY(vb_format_check(options->format, false, &format, err));
    TRY(vb_export_to(store, options, format, &out, err));
done:
    return status;
}

/** The style table: colours, shapes and sizes out of style.tsv, checked row by row. */
#include "export/export.h"

#include <stdlib.h>

static bool read_colour(vb_str text, uint32_t *out)
{
    if (text.len != 7 || text.at[0] != '#') return false;
    uint32_t rgb = 0;
    for (size_t i = 1; i < 7; i++) {
        const char *digits = "0123456789abcdef", *hit;
        char c = text.at[i];
        if (c >= 'A' && c <= 'F') c = (char)(c - 'A' + 'a');
        if (!c || !(hit = strchr(digits, c))) return false;
        rgb = rgb * 16 + (uint32_t)(hit - digits);
    }
    *out = rgb;
    return true;
}

/** A number of at most five digits, with or without a fraction, the same in every locale. */
static bool read_number(vb_str text, double *out)
{
    double value = 0, unit = 1;
    bool fraction = false;
    if (!text.len || text.len > 8) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '.' && !fraction && i) {
            fraction = true;
            continue;
        }
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        value = value * 10 + (text.at[i] - '0');
        if (fraction) unit *= 10;
    }
    *out = value / unit;
    return true;
}

/** A Graphviz word: letters, digits and commas, so that it cannot say anything else in a DOT file. */
static bool is_word(vb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_,", s.at[i]) || !s.at[i]) return false;
    return s.len > 0;
}

static vb_status read_look(const vb_tsv *t, vb_look *out, vb_error *err)
{
    vb_str colour = vb_tsv_get(t, "colour");
    *out = (vb_look){ .name = vb_tsv_get(t, "name"),
                      .shape = vb_tsv_get(t, "shape"),
                      .family = vb_tsv_get(t, "family") };
    if (err) err->line = t->line;
    if (!out->name.len) return vb_fail(err, VB_BAD_INPUT, "%s:%u: no name", t->name, t->line);
    if (!read_colour(colour, &out->rgb))
        return vb_fail(err, VB_BAD_INPUT, "%s:%u: '%.*s' is no colour like #0072B2", t->name, t->line,
                       VB_FMT(colour));
    if (!is_word(out->shape))
        return vb_fail(err, VB_BAD_INPUT, "%s:%u: '%.*s' is no shape or line style", t->name, t->line,
                       VB_FMT(out->shape));
    return VB_OK;
}

static vb_status read_setting(const vb_tsv *t, vb_style *style, vb_error *err)
{
    const struct {
        const char *name;
        double *at;
    } settings[] = {
        { "size_min", &style->size_min },   { "size_max", &style->size_max },
        { "font_min", &style->font_min },   { "font_max", &style->font_max },
        { "width_min", &style->width_min }, { "width_max", &style->width_max },
        { "labels", &style->labels },
    };
    vb_str name = vb_tsv_get(t, "name"), value = vb_tsv_get(t, "value");
    for (size_t i = 0; i < VB_COUNT(settings); i++) {
        if (!vb_str_eq(name, vb_str_of(settings[i].name))) continue;
        if (read_number(value, settings[i].at)) return VB_OK;
        return vb_fail(err, VB_BAD_INPUT, "%s:%u: '%.*s' is no number", t->name, t->line, VB_FMT(value));
    }
    return vb_fail(err, VB_BAD_INPUT, "%s:%u: no setting is called '%.*s'", t->name, t->line, VB_FMT(name));
}

static vb_status read_row(const vb_tsv *t, vb_arena *arena, vb_style *style, vb_error *err)
{
    vb_status status;
    vb_str kind = vb_tsv_get(t, "kind");
    vb_look look;
    if (vb_str_eq(kind, VB_STR("set"))) return read_setting(t, style, err);
    bool node = vb_str_eq(kind, VB_STR("node"));
    if (!node && !vb_str_eq(kind, VB_STR("edge")))
        return vb_fail(err, VB_BAD_INPUT, "%s:%u: '%.*s' is not node, edge or set", t->name, t->line,
                       VB_FMT(kind));
    TRY(read_look(t, &look, err));
    if (node) {
        TRY(vb_push(arena, &style->nodes));
        style->nodes.at[style->nodes.len - 1] = look;
    } else {
        TRY(vb_push(arena, &style->edges));
        style->edges.at[style->edges.len - 1] = look;
    }
done:
    return status;
}

static const vb_look *find(const vb_look *looks, size_t n, vb_str name)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(looks[i].name, name)) return &looks[i];
    return NULL;
}

const vb_look *vb_style_node(const vb_style *style, vb_str label)
{
    const vb_look *look = find(style->nodes.at, style->nodes.len, label);
    return look ? look : find(style->nodes.at, style->nodes.len, VB_STR("*"));
}

const vb_look *vb_style_edge(const vb_style *style, vb_str relation)
{
    const vb_look *look = find(style->edges.at, style->edges.len, relation);
    return look ? look : find(style->edges.at, style->edges.len, VB_STR("*"));
}

vb_status vb_style_read(const char *data_dir, vb_arena *arena, vb_style *out, vb_error *err)
{
    vb_status status;
    vb_tsv table = { .name = "style.tsv" };
    vb_style style = { .size_min = 12,
                       .size_max = 60,
                       .font_min = 9,
                       .font_max = 22,
                       .width_min = 0.8,
                       .width_max = 5,
                       .labels = 80 };

    TRY(vb_data_read(data_dir, "export/style.tsv", arena, &table.text, err));
    while (vb_tsv_next(&table)) TRY(read_row(&table, arena, &style, err));
    if (!find(style.nodes.at, style.nodes.len, VB_STR("*")) ||
        !find(style.edges.at, style.edges.len, VB_STR("*"))) {
        status = vb_fail(err, VB_BAD_INPUT, "style.tsv: needs a row '*' for node and one for edge");
        goto done;
    }
    *out = style;
done:
    return status;
}

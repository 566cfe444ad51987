/**
 * Styles and lists of a DOCX: which paragraphs are headings, and the numbers that Word prints before items
 * without their being in the text. Source: ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering).
 */
#include "loaders/docx.h"

#include <stdlib.h>

enum { BASED_MAX = 32, NUMBERS_MAX = 4000, LABEL_MAX = 64 };

int vb_docx_number(vb_str s, int otherwise)
{
    int value = 0;
    if (!s.len || s.len > 9) return otherwise;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return otherwise;
        value = value * 10 + (s.at[i] - '0');
    }
    return value;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

/** "heading 2" (the name of a built-in style in every language), "Title". */
static int outline_of_name(vb_str name)
{
    if (vb_str_starts(name, VB_STR("heading ")) || vb_str_starts(name, VB_STR("Heading "))) {
        int n = vb_docx_number(vb_str_part(name, 8, name.len), 0);
        return n >= 1 && n <= VB_DOCX_LEVELS ? n - 1 : VB_DOCX_NONE;
    }
    return vb_str_eq(name, VB_STR("Title")) ? 0 : VB_DOCX_NONE;
}

static vb_status open_style(vb_docx_styles *s, const vb_tag *tag)
{
    s->in_style = vb_str_eq(vb_tag_get(tag, "type"), VB_STR("paragraph"));
    if (!s->in_style || s->styles.len >= NUMBERS_MAX) return VB_OK;
    if (vb_push(s->arena, &s->styles) != VB_OK) return VB_NO_MEMORY;
    vb_docx_style *style = &s->styles.at[s->styles.len - 1];
    *style = (vb_docx_style){ .outline = VB_DOCX_NONE, .num = VB_DOCX_NONE, .level = VB_DOCX_NONE };
    return vb_arena_copy(s->arena, vb_tag_get(tag, "styleId"), &style->id);
}

static vb_status take_in_style(vb_docx_styles *s, const vb_tag *tag)
{
    vb_docx_style *style = &s->styles.at[s->styles.len - 1];
    vb_str value = vb_tag_get(tag, "val");
    if (vb_tag_is(tag, "basedOn")) return vb_arena_copy(s->arena, value, &style->based_on);
    if (vb_tag_is(tag, "name") && style->outline == VB_DOCX_NONE) style->outline = outline_of_name(value);
    if (vb_tag_is(tag, "outlineLvl")) style->outline = vb_docx_number(value, VB_DOCX_NONE);
    if (vb_tag_is(tag, "numId")) style->num = vb_docx_number(value, VB_DOCX_NONE);
    if (vb_tag_is(tag, "ilvl")) style->level = vb_docx_number(value, VB_DOCX_NONE);
    return VB_OK;
}

static vb_status open_abstract(vb_docx_styles *s, const vb_tag *tag)
{
    if (s->abstracts.len >= NUMBERS_MAX) return VB_TOO_LARGE;
    if (vb_push(s->arena, &s->abstracts) != VB_OK) return VB_NO_MEMORY;
    s->abstracts.at[s->abstracts.len - 1].id = vb_docx_number(vb_tag_get(tag, "abstractNumId"), VB_DOCX_NONE);
    s->in_level = VB_DOCX_NONE;
    return VB_OK;
}

static vb_status open_num(vb_docx_styles *s, const vb_tag *tag)
{
    if (s->nums.len >= NUMBERS_MAX) return VB_TOO_LARGE;
    if (vb_push(s->arena, &s->nums) != VB_OK) return VB_NO_MEMORY;
    vb_docx_num *num = &s->nums.at[s->nums.len - 1];
    num->id = vb_docx_number(vb_tag_get(tag, "numId"), VB_DOCX_NONE);
    num->abstract = VB_DOCX_NONE;
    for (int i = 0; i < VB_DOCX_LEVELS; i++) num->restart[i] = VB_DOCX_NONE;
    s->in_override = VB_DOCX_NONE;
    return VB_OK;
}

static int level_of(const vb_tag *tag)
{
    int level = vb_docx_number(vb_tag_get(tag, "ilvl"), VB_DOCX_NONE);
    return level < VB_DOCX_LEVELS ? level : VB_DOCX_NONE;
}

/** Elements inside <w:abstractNum> and <w:num>. */
static vb_status take_in_list(vb_docx_styles *s, const vb_tag *tag)
{
    vb_str value = vb_tag_get(tag, "val");
    if (vb_tag_is(tag, "lvl")) s->in_level = s->nums.len ? VB_DOCX_NONE : level_of(tag);
    if (vb_tag_is(tag, "lvlOverride")) s->in_override = level_of(tag);
    if (s->nums.len) {
        vb_docx_num *num = &s->nums.at[s->nums.len - 1];
        if (vb_tag_is(tag, "abstractNumId")) num->abstract = vb_docx_number(value, VB_DOCX_NONE);
        if (vb_tag_is(tag, "startOverride") && s->in_override != VB_DOCX_NONE)
            num->restart[s->in_override] = vb_docx_number(value, 1);
        return VB_OK;
    }
    if (!s->abstracts.len || s->in_level == VB_DOCX_NONE) return VB_OK;
    vb_docx_level *level = &s->abstracts.at[s->abstracts.len - 1].levels[s->in_level];
    if (vb_tag_is(tag, "start")) level->start = vb_docx_number(value, 1);
    if (vb_tag_is(tag, "numFmt")) return vb_arena_copy(s->arena, value, &level->format);
    if (vb_tag_is(tag, "lvlText")) return vb_arena_copy(s->arena, value, &level->text);
    return VB_OK;
}

static vb_status open_element(void *context, vb_tag *tag)
{
    vb_docx_styles *s = context;
    if (vb_tag_is(tag, "style")) return open_style(s, tag);
    if (vb_tag_is(tag, "abstractNum")) return open_abstract(s, tag);
    if (vb_tag_is(tag, "num")) return open_num(s, tag);
    tag->skip = vb_tag_is(tag, "pPrChange") || vb_tag_is(tag, "rPr") || vb_tag_is(tag, "latentStyles");
    if (tag->skip) return VB_OK;
    return s->in_style && s->styles.len ? take_in_style(s, tag) : take_in_list(s, tag);
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    vb_docx_styles *s = context;
    if (vb_tag_is(tag, "style")) s->in_style = false;
    return VB_OK;
}

static vb_status pass_text(void *context, vb_str text)
{
    (void)context, (void)text;
    return VB_OK;
}

static int by_id(const void *a, const void *b)
{
    return vb_str_cmp(((const vb_docx_style *)a)->id, ((const vb_docx_style *)b)->id);
}

vb_status vb_docx_styles_read(vb_docx_styles *styles, vb_str xml, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, pass_text };
    styles->in_style = false;
    styles->in_level = styles->in_override = VB_DOCX_NONE;
    vb_status status = vb_prose_fail(vb_xml_walk(xml, &handlers, styles, err), err);
    if (styles->styles.len) qsort(styles->styles.at, styles->styles.len, sizeof *styles->styles.at, by_id);
    return status;
}

/* ---- asking ------------------------------------------------------------------------------------------- */

/** Styles are sorted by id once they are read. */
static const vb_docx_style *find_style(const vb_docx_styles *s, vb_str id)
{
    vb_docx_style key = { .id = id };
    return s->styles.len ? bsearch(&key, s->styles.at, s->styles.len, sizeof key, by_id) : NULL;
}

vb_docx_style vb_docx_style_of(const vb_docx_styles *styles, vb_str id)
{
    vb_docx_style all = { .id = id, .outline = VB_DOCX_NONE, .num = VB_DOCX_NONE, .level = VB_DOCX_NONE };
    const vb_docx_style *s = id.len ? find_style(styles, id) : NULL;
    for (int n = 0; s && n < BASED_MAX; n++) { /* what the nearer style says stays */
        if (all.outline == VB_DOCX_NONE) all.outline = s->outline;
        if (all.num == VB_DOCX_NONE) all.num = s->num;
        if (all.level == VB_DOCX_NONE) all.level = s->level;
        s = s->based_on.len ? find_style(styles, s->based_on) : NULL;
    }
    return all;
}

/** One number as its level writes it: "3", "c", "iii". At most VB_PROSE_NUMBER_MAX bytes. */
static size_t write_number(const vb_docx_level *level, int n, char *to)
{
    bool upper = vb_str_starts(level->format, VB_STR("upper"));
    if (vb_str_ends(level->format, VB_STR("Roman"))) return vb_prose_number(upper ? 'I' : 'i', n, to);
    if (vb_str_ends(level->format, VB_STR("Letter"))) return vb_prose_number(upper ? 'A' : 'a', n, to);
    if (vb_str_eq(level->format, VB_STR("none"))) return 0;
    bool zero = vb_str_eq(level->format, VB_STR("decimalZero")) && n < 10;
    if (zero) to[0] = '0';
    return zero + vb_prose_number('1', n, to + zero);
}

/** "%1.%2" with the levels' numbers in it, and a blank. */
static vb_status write_label(vb_docx_styles *s, const vb_docx_abstract *list, const vb_docx_level *level,
                             vb_str *out)
{
    char label[LABEL_MAX + VB_PROSE_NUMBER_MAX + 4];
    size_t len = 0;
    for (size_t i = 0; i < level->text.len && len < LABEL_MAX; i++) {
        char c = level->text.at[i];
        int at = c == '%' && i + 1 < level->text.len ? level->text.at[i + 1] - '1' : -1;
        if (at >= 0 && at < VB_DOCX_LEVELS) {
            len += write_number(&list->levels[at], list->levels[at].count, label + len);
            i++;
        } else {
            label[len++] = c;
        }
    }
    if (len) label[len++] = ' ';
    return vb_arena_copy(s->arena, (vb_str){ label, len }, out);
}

/** Lists are numbered from 1 nearly always. */
static vb_docx_num *find_num(vb_docx_styles *s, int id)
{
    if ((size_t)id <= s->nums.len && s->nums.at[id - 1].id == id) return &s->nums.at[id - 1];
    for (size_t i = 0; i < s->nums.len; i++)
        if (s->nums.at[i].id == id) return &s->nums.at[i];
    return NULL;
}

vb_status vb_docx_label(vb_docx_styles *styles, int num, int at, vb_str *out)
{
    vb_docx_num *n = num > 0 ? find_num(styles, num) : NULL;
    vb_docx_abstract *list = NULL;
    *out = VB_STR("");
    if (n && !n->used) /* its abstract list's id is made that list's place, once */
        for (size_t i = styles->abstracts.len; i-- > 0;)
            if (styles->abstracts.at[i].id == n->abstract) {
                n->place = (int)i + 1;
                break;
            }
    if (n && n->place) list = &styles->abstracts.at[n->place - 1];
    if (n && !list) n->used = true;
    if (!list) return VB_OK;
    if (at < 0 || at >= VB_DOCX_LEVELS) at = 0;
    for (int i = 0; i < VB_DOCX_LEVELS && !n->used; i++)
        if (n->restart[i] != VB_DOCX_NONE) {
            list->levels[i].count = n->restart[i] - 1;
            list->levels[i].used = true;
        }
    n->used = true;
    vb_docx_level *level = &list->levels[at];
    for (int i = 0; i <= at; i++) { /* levels above that nothing counted yet show their start */
        vb_docx_level *above = &list->levels[i];
        if (!above->used) above->count = above->start - (i == at);
        above->used = true;
    }
    level->count++;
    for (int i = at + 1; i < VB_DOCX_LEVELS; i++) list->levels[i].used = false;
    if (vb_str_eq(level->format, VB_STR("bullet"))) {
        *out = VB_STR("- "); /* its character is of a font for symbols */
        return VB_OK;
    }
    return write_label(styles, list, level, out);
}

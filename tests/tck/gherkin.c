/**
 * Feature files: lines, into scenarios. Knows all of Gherkin that the TCK uses and what is near it: features,
 * rules, backgrounds, scenarios, outlines with several tables of examples, tags, comments, descriptions, doc
 * strings between """ or ```, tables. An outline becomes a scenario for each row of its examples.
 *
 * One pass over the lines; what a line means depends on its first word and on the block it stands in. Steps
 * are not understood here: steps.c does that.
 */
#include "tests/tck/tck.h"

enum { FEATURE_MAX = 16 << 20 };

typedef enum block { NOWHERE, FEATURE, BACKGROUND, SCENARIO, EXAMPLES } block;

typedef struct example_table {
    tck_rows rows;
} example_table;

typedef struct reader {
    vb_arena *arena;
    vb_str path, file, text;
    size_t at;
    unsigned line;
    block block;
    bool outline, open;   /* open: a scenario is being read */
    bool in_rule;         /* the background being read belongs to a rule */
    tck_steps background; /* the feature's, then the rule's */
    size_t n_feature_background;
    tck_scenario current;
    VB_VEC(example_table) examples;
    bool ignore_feature, ignore; /* tagged @ignore: the feature, the block to come */
    tck_scenarios *out;
    const char *wrong; /* what is wrong with this line */
} reader;

static bool next_line(reader *r, vb_str *line)
{
    if (r->at >= r->text.len) return false;
    size_t end = vb_str_find(r->text, VB_STR("\n"), r->at);
    if (end == SIZE_MAX) end = r->text.len;
    *line = vb_str_part(r->text, r->at, end);
    if (vb_str_ends(*line, VB_STR("\r"))) line->len--;
    r->at = end + 1;
    r->line++;
    return true;
}

vb_status tck_cell(vb_str cell, vb_arena *arena, vb_str *out)
{
    char *to = vb_arena_get(arena, cell.len + 1);
    size_t n = 0;
    if (!to) return VB_NO_MEMORY;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i], next = i + 1 < cell.len ? cell.at[i + 1] : '\0';
        if (c == '\\' && (next == '|' || next == '\\' || next == 'n')) {
            to[n++] = next == 'n' ? '\n' : next;
            i++;
        } else {
            to[n++] = c;
        }
    }
    *out = (vb_str){ to, n };
    return VB_OK;
}

/** Replace each <name> by its cell of @p row. @p raw: the text is a cell itself, so escapes stay. */
static vb_status fill_in(reader *r, vb_str text, const tck_row *header, const tck_row *row, bool raw,
                         vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    size_t i = 0;
    while (i < text.len) {
        size_t c = header->n;
        for (size_t k = 0; text.at[i] == '<' && k < header->n && c == header->n; k++) {
            vb_str name = header->cells[k], rest = vb_str_part(text, i + 1, text.len);
            if (vb_str_starts(rest, name) && name.len < rest.len && rest.at[name.len] == '>') c = k;
        }
        if (c == header->n) {
            TRY(vb_buf_add(&buf, vb_str_part(text, i, i + 1)));
            i++;
            continue;
        }
        vb_str cell = row->cells[c];
        if (!raw) TRY(tck_cell(cell, r->arena, &cell));
        TRY(vb_buf_add(&buf, cell));
        i += header->cells[c].len + 2;
    }
    TRY(vb_arena_copy(r->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

static vb_status fill_step(reader *r, const tck_step *from, const tck_row *header, const tck_row *row,
                           tck_step *to)
{
    vb_status status;
    *to = (tck_step){ .line = from->line, .has_doc = from->has_doc };
    TRY(fill_in(r, from->text, header, row, false, &to->text));
    TRY(fill_in(r, from->doc, header, row, false, &to->doc));
    for (size_t i = 0; i < from->table.len; i++) {
        const tck_row *was = &from->table.at[i];
        TRY(vb_push(r->arena, &to->table));
        tck_row *is = &to->table.at[i];
        *is = (tck_row){ .n = was->n, .line = was->line };
        is->cells = vb_arena_array(r->arena, was->n + 1, sizeof *is->cells);
        if (!is->cells) return VB_NO_MEMORY;
        for (size_t c = 0; c < was->n; c++) TRY(fill_in(r, was->cells[c], header, row, true, &is->cells[c]));
    }
done:
    return status;
}

static vb_status add_step(reader *r, tck_steps *to, const tck_step *step)
{
    vb_status status = vb_push(r->arena, to);
    if (status == VB_OK) to->at[to->len - 1] = *step;
    return status;
}

/** Append @p r->current, its background before it; for an outline with this row of examples filled in. */
static vb_status emit(reader *r, const tck_row *header, const tck_row *row)
{
    vb_status status;
    tck_scenario made = r->current;
    made.steps = (tck_steps){ 0 };
    for (size_t i = 0; i < r->background.len; i++) TRY(add_step(r, &made.steps, &r->background.at[i]));
    for (size_t i = 0; i < r->current.steps.len; i++) {
        tck_step step = r->current.steps.at[i];
        if (row) TRY(fill_step(r, &r->current.steps.at[i], header, row, &step));
        TRY(add_step(r, &made.steps, &step));
    }
    if (row) {
        made.line = row->line;
        TRY(fill_in(r, r->current.name, header, row, false, &made.name));
    }
    TRY(vb_push(r->arena, r->out));
    r->out->at[r->out->len - 1] = made;
done:
    return status;
}

static vb_status close_scenario(reader *r)
{
    vb_status status = VB_OK;
    if (!r->open) return VB_OK;
    r->open = false;
    if (!r->outline && !r->examples.len) return emit(r, NULL, NULL);
    if (!r->examples.len) r->current.broken = VB_STR("an outline without examples");
    if (r->current.broken.len) return emit(r, NULL, NULL);
    for (size_t e = 0; e < r->examples.len; e++) {
        const tck_rows *rows = &r->examples.at[e].rows;
        for (size_t i = 1; i < rows->len; i++) {
            if (rows->at[i].n != rows->at[0].n)
                r->current.broken = VB_STR("a row of examples with other cells than its header");
            TRY(emit(r, r->current.broken.len ? NULL : &rows->at[0],
                     r->current.broken.len ? NULL : &rows->at[i]));
        }
    }
done:
    return status;
}

/** `| a | b |`: cells without the blanks around them; "\|" is no end of one. */
static vb_status read_row(reader *r, vb_str line, tck_rows *to)
{
    vb_status status;
    VB_VEC(vb_str) cells = { 0 };
    size_t start = 1;
    for (size_t i = 1; i < line.len; i++) {
        if (line.at[i] == '\\') {
            i++;
        } else if (line.at[i] == '|') {
            TRY(vb_push(r->arena, &cells));
            cells.at[cells.len - 1] = vb_str_trim(vb_str_part(line, start, i));
            start = i + 1;
        }
    }
    if (start < line.len) r->wrong = "a row of a table does not end in |";
    TRY(vb_push(r->arena, to));
    to->at[to->len - 1] = (tck_row){ .cells = cells.at, .n = cells.len, .line = r->line };
done:
    return status;
}

static tck_steps *steps_here(reader *r)
{
    return r->block == BACKGROUND ? &r->background : &r->current.steps;
}

static vb_status table_line(reader *r, vb_str line)
{
    tck_steps *steps = steps_here(r);
    if (r->block == EXAMPLES) return read_row(r, line, &r->examples.at[r->examples.len - 1].rows);
    if ((r->block != SCENARIO && r->block != BACKGROUND) || !steps->len) {
        r->wrong = "a table that belongs to no step";
        return VB_OK;
    }
    return read_row(r, line, &steps->at[steps->len - 1].table);
}

/** A doc string: its lines up to the closing delimiter, less the indentation of the opening one. */
static vb_status read_doc(reader *r, vb_str opening, vb_str mark)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    tck_steps *steps = steps_here(r);
    vb_str line;
    size_t indent = vb_str_find(opening, mark, 0);
    unsigned n = 0;
    if ((r->block != SCENARIO && r->block != BACKGROUND) || !steps->len) {
        r->wrong = "a doc string that belongs to no step";
        return VB_OK;
    }
    r->wrong = "a doc string without an end";
    while (next_line(r, &line)) {
        size_t skip = 0;
        if (vb_str_eq(vb_str_trim(line), mark)) {
            r->wrong = NULL;
            break;
        }
        while (skip < indent && skip < line.len && (line.at[skip] == ' ' || line.at[skip] == '\t')) skip++;
        if (n++) TRY(vb_buf_add(&text, VB_STR("\n")));
        line = vb_str_part(line, skip, line.len);
        for (size_t from = 0, to; from < line.len;
             from = to) { /* \" is a quotation mark in a doc string's mark */
            to = vb_str_find(line, VB_STR("\\\"\\\"\\\""), from);
            bool found = to != SIZE_MAX;
            if (!found) to = line.len;
            TRY(vb_buf_add(&text, vb_str_part(line, from, to)));
            if (found) TRY(vb_buf_add(&text, VB_STR("\"\"\"")));
            if (found) to += 6;
        }
    }
    tck_step *step = &steps->at[steps->len - 1];
    if (step->has_doc) r->wrong = "a step with two doc strings";
    step->has_doc = true;
    TRY(vb_arena_copy(r->arena, vb_buf_view(&text), &step->doc));
done:
    vb_buf_clear(&text);
    return status;
}

/** Take a keyword off the line: "Scenario:" gives "Scenario". */
static bool take_keyword(vb_str *line, const char *keyword)
{
    vb_str k = vb_str_of(keyword);
    if (!vb_str_starts(*line, k) || line->len == k.len || line->at[k.len] != ':') return false;
    *line = vb_str_trim(vb_str_part(*line, k.len + 1, line->len));
    return true;
}

static vb_status start_block(reader *r, block kind, bool outline, vb_str rest)
{
    vb_status status = VB_OK;
    if (kind == EXAMPLES) {
        r->block = EXAMPLES;
        if (!r->open) r->wrong = "examples that belong to no scenario";
        return r->open ? vb_push(r->arena, &r->examples) : VB_OK;
    }
    TRY(close_scenario(r));
    r->block = kind;
    if (kind == FEATURE) r->ignore_feature = r->ignore;
    if (kind == BACKGROUND && !r->in_rule) r->n_feature_background = 0;
    if (kind == SCENARIO) {
        r->current = (tck_scenario){ .path = r->path, .file = r->file, .line = r->line, .name = rest };
        if (r->ignore || r->ignore_feature) r->current.skip = VB_STR("tagged @ignore");
        r->open = true;
        r->outline = outline;
        memset(&r->examples, 0, sizeof r->examples);
    }
    r->ignore = false;
done:
    return status;
}

static vb_status rule_line(reader *r)
{
    vb_status status = close_scenario(r);
    if (!r->in_rule) r->n_feature_background = r->background.len;
    r->background.len = r->n_feature_background;
    r->in_rule = true;
    r->block = FEATURE;
    return status;
}

static const struct {
    const char *keyword;
    block block;
    bool outline;
} keywords[] = {
    { "Feature", FEATURE, false },          { "Background", BACKGROUND, false },
    { "Scenario Outline", SCENARIO, true }, { "Scenario Template", SCENARIO, true },
    { "Scenario", SCENARIO, false },        { "Example", SCENARIO, false },
    { "Examples", EXAMPLES, false },        { "Scenarios", EXAMPLES, false },
};

static const char *const step_words[] = { "Given ", "When ", "Then ", "And ", "But ", "* " };

static vb_status other_line(reader *r, vb_str line)
{
    tck_steps *steps = steps_here(r);
    for (size_t i = 0; i < VB_COUNT(step_words); i++) {
        vb_str word = vb_str_of(step_words[i]);
        if (!vb_str_starts(line, word) || (r->block != SCENARIO && r->block != BACKGROUND)) continue;
        tck_step step = { .text = vb_str_trim(vb_str_part(line, word.len, line.len)), .line = r->line };
        return add_step(r, steps, &step);
    }
    /* a description stands between a block's first line and its first step or row */
    if (r->block == NOWHERE) r->wrong = "text before the feature";
    if ((r->block == SCENARIO || r->block == BACKGROUND) && steps->len)
        r->wrong = "neither a step nor a table";
    if (r->block == EXAMPLES && r->examples.at[r->examples.len - 1].rows.len)
        r->wrong = "neither a row nor a step";
    return VB_OK;
}

static vb_status one_line(reader *r, vb_str line)
{
    vb_str text = vb_str_trim(line);
    if (!text.len || text.at[0] == '#') return VB_OK;
    if (text.at[0] == '@') {
        r->ignore |= vb_str_find(text, VB_STR("@ignore"), 0) != SIZE_MAX;
        return VB_OK;
    }
    if (text.at[0] == '|') return table_line(r, text);
    if (vb_str_starts(text, VB_STR("\"\"\""))) return read_doc(r, line, VB_STR("\"\"\""));
    if (vb_str_starts(text, VB_STR("```"))) return read_doc(r, line, VB_STR("```"));
    if (take_keyword(&text, "Rule")) return rule_line(r);
    for (size_t i = 0; i < VB_COUNT(keywords); i++)
        if (take_keyword(&text, keywords[i].keyword))
            return start_block(r, keywords[i].block, keywords[i].outline, text);
    return other_line(r, text);
}

vb_status tck_feature_read(const char *path, vb_str file, vb_arena *arena, tck_scenarios *out, vb_error *err)
{
    vb_status status;
    vb_buf bytes = { 0 };
    reader r = { .arena = arena, .path = vb_str_of(path), .file = file, .out = out };
    vb_str line;
    TRY(vb_buf_read(path, FEATURE_MAX, &bytes, err));
    TRY(vb_arena_copy(arena, vb_buf_view(&bytes), &r.text));
    if (vb_str_starts(r.text, VB_STR("\xef\xbb\xbf"))) r.at = 3;
    while (!r.wrong && next_line(&r, &line)) TRY(one_line(&r, line));
    TRY(close_scenario(&r));
    if (!r.wrong && r.block == NOWHERE) r.wrong = "no feature in this file";
    if (r.wrong) {
        TRY(vb_push(arena, out));
        out->at[out->len - 1] =
            (tck_scenario){ .path = r.path, .file = file, .line = r.line, .broken = vb_str_of(r.wrong) };
        out->at[out->len - 1].name = VB_STR("(the file cannot be read on)");
    }
done:
    vb_buf_clear(&bytes);
    return status;
}

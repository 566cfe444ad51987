/**
 * Checking the tables that name nothing by a key: the words that say what a name is (kinds, roles), given
 * names, ordinary words, who held an office when, and who changed party. Each is a row of columns here, each
 * column a form that its cells have.
 */
#include "loaders/names.h"

typedef enum form {
    FORM_TEXT,     /* not empty */
    FORM_WORD,     /* one word in lower case, as words of a text are compared */
    FORM_DAY,      /* 2024-07-02 */
    FORM_LAST_DAY, /* a day, or none */
    FORM_LABEL,
    FORM_USE,      /* of kinds.tsv */
    FORM_ROLE,     /* of roles.tsv */
    FORM_WITHIN,   /* a number of words, or none */
    FORM_OFFICE,   /* minister, staatssecretaris */
    FORM_MINISTRY, /* a key */
    FORM_PARTY,    /* a key, or none */
    FORM_PARTIES,  /* two keys or more */
    FORM_ANY
} form;

static const char *const should_be[] = {
    [FORM_TEXT] = "not empty",
    [FORM_WORD] = "one word, in lower case",
    [FORM_DAY] = "a day, as 2024-07-02",
    [FORM_LAST_DAY] = "a day, as 2024-07-02, or nothing",
    [FORM_LABEL] = "a label, as Programme",
    [FORM_USE] = "inside, before, title, head or apposed",
    [FORM_ROLE] = "one or list, with \" lower\" behind it or not",
    [FORM_WITHIN] = "a digit from 1, or nothing",
    [FORM_OFFICE] = "minister or staatssecretaris",
    [FORM_MINISTRY] = "the key of a ministry, as jenv",
    [FORM_PARTY] = "the key of a party, as vvd, or nothing",
    [FORM_PARTIES] = "keys of two parties or more, \" ; \" between them",
    [FORM_ANY] = "",
};

enum { COLUMNS_MAX = 7 };

struct vb_word_table {
    const char *file;
    struct {
        const char *name;
        form form;
    } columns[COLUMNS_MAX];
    unsigned n_key; /* so many first columns say what a row is: no two have the same; 0: they may */
};

static const vb_word_table tables[] = {
    { "kinds.tsv",
      { { "word", FORM_WORD }, { "label", FORM_LABEL }, { "use", FORM_USE }, { "within", FORM_WITHIN } },
      3 },
    { "roles.tsv", { { "word", FORM_WORD }, { "use", FORM_ROLE } }, 1 },
    { "given_names.tsv", { { "name", FORM_TEXT } }, 1 },
    { "ordinary_words.tsv", { { "word", FORM_WORD } }, 1 },
    { "office_holders.tsv",
      { { "name", FORM_TEXT },
        { "surname", FORM_TEXT },
        { "office", FORM_OFFICE },
        { "ministry", FORM_MINISTRY },
        { "party", FORM_PARTY },
        { "valid_from", FORM_DAY },
        { "valid_to", FORM_LAST_DAY } },
      0 },
    { "party_changes.tsv",
      { { "surname", FORM_ANY }, { "parties", FORM_PARTIES }, { "what", FORM_ANY } },
      0 },
};

const vb_word_table *vb_word_table_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    for (size_t i = 0; i < VB_COUNT(tables); i++)
        if (strcmp(tables[i].file, base) == 0) return &tables[i];
    return NULL;
}

const char *vb_word_table_file(size_t i)
{
    return i < VB_COUNT(tables) ? tables[i].file : NULL;
}

/* ---- cells -------------------------------------------------------------------------------------------- */

static bool is_key(const vb_names *names, vb_label label, vb_str key)
{
    for (size_t i = 0; i < names->lexicon.known.len; i++)
        if (names->lexicon.known.at[i].label == label && vb_str_eq(names->lexicon.known.at[i].key, key))
            return true;
    return false;
}

static bool are_parties(const vb_names *names, vb_str cell)
{
    size_t n = 0;
    for (size_t cut = 0; cell.len && cut != SIZE_MAX; n++) {
        cut = vb_str_find(cell, VB_STR(" ; "), 0);
        if (!is_key(names, VB_LABEL_PARTY, vb_str_part(cell, 0, cut))) return false;
        if (cut != SIZE_MAX) cell = vb_str_part(cell, cut + 3, cell.len);
    }
    return n >= 2;
}

static bool is_day(vb_str s)
{
    static const char like[] = "dddd-dd-dd";
    if (s.len != sizeof like - 1) return false;
    for (size_t i = 0; i < s.len; i++)
        if (like[i] == 'd' ? s.at[i] < '0' || s.at[i] > '9' : s.at[i] != like[i]) return false;
    vb_str month = vb_str_part(s, 5, 7), day = vb_str_part(s, 8, 10);
    return vb_str_cmp(month, VB_STR("01")) >= 0 && vb_str_cmp(month, VB_STR("12")) <= 0 &&
           vb_str_cmp(day, VB_STR("01")) >= 0 && vb_str_cmp(day, VB_STR("31")) <= 0;
}

static bool is_one_of(vb_str s, const char *list)
{
    for (vb_str rest = vb_str_of(list); rest.len;) {
        size_t cut = vb_str_find(rest, VB_STR("|"), 0);
        if (vb_str_eq(s, vb_str_part(rest, 0, cut))) return true;
        if (cut == SIZE_MAX) return false;
        rest = vb_str_part(rest, cut + 1, rest.len);
    }
    return false;
}

/** Whether a cell has its column's form. @return VB_NO_MEMORY. */
static vb_status fits(const vb_names *names, vb_arena *arena, form want, vb_str cell, bool *out)
{
    vb_label label;
    vb_str fold = { 0 };
    size_t start = 0, end = 0;
    switch (want) {
    case FORM_TEXT:
        *out = cell.len > 0;
        break;
    case FORM_WORD:
        if (vb_fold(arena, cell, &fold) != VB_OK) return VB_NO_MEMORY;
        *out = vb_str_eq(fold, cell) && vb_word_next(cell, 0, &start, &end);
        break;
    case FORM_DAY:
        *out = is_day(cell);
        break;
    case FORM_LAST_DAY:
        *out = !cell.len || is_day(cell);
        break;
    case FORM_LABEL:
        *out = vb_label_find(cell, &label);
        break;
    case FORM_USE:
        *out = is_one_of(cell, "inside|before|title|head|apposed");
        break;
    case FORM_ROLE:
        *out = is_one_of(cell, "one|list|one lower|list lower");
        break;
    case FORM_WITHIN:
        *out = !cell.len || (cell.len == 1 && cell.at[0] >= '1' && cell.at[0] <= '9');
        break;
    case FORM_OFFICE:
        *out = is_one_of(cell, "minister|staatssecretaris");
        break;
    case FORM_MINISTRY:
        *out = is_key(names, VB_LABEL_MINISTRY, cell);
        break;
    case FORM_PARTY:
        *out = !cell.len || is_key(names, VB_LABEL_PARTY, cell);
        break;
    case FORM_PARTIES:
        *out = are_parties(names, cell);
        break;
    case FORM_ANY:
        *out = true;
        break;
    }
    return VB_OK;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

typedef struct check {
    const vb_word_table *table;
    const vb_names *names;
    vb_arena *arena;
    vb_lint_told *told;
    VB_VEC(vb_str) seen; /* the first columns of the rows before */
} check;

static vb_status check_header(check *c, const vb_tsv *row)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < COLUMNS_MAX && c->table->columns[i].name; i++) {
        bool there = false;
        for (size_t k = 0; k < row->n_header; k++)
            there = there || vb_str_eq(row->header[k], vb_str_of(c->table->columns[i].name));
        if (!there && c->table->columns[i].form != FORM_ANY)
            TRY(vb_lint_found(c->told, 1,
                              "no column \"%s\": the first line names the columns, divided by tabs",
                              c->table->columns[i].name));
    }
done:
    return status;
}

/** A row that says the same as one before it. Cost: O(rows), for files that people write. */
static vb_status check_twice(check *c, const vb_tsv *row)
{
    vb_status status = VB_OK;
    vb_str key = { 0 };
    for (unsigned i = 0; i < c->table->n_key; i++)
        TRY(vb_arena_printf(c->arena, &key, "%.*s\t%.*s", VB_FMT(key),
                            VB_FMT(vb_tsv_get(row, c->table->columns[i].name))));
    if (!c->table->n_key) goto done;
    for (size_t i = 0; i < c->seen.len; i++)
        if (vb_str_eq(c->seen.at[i], key)) {
            status = vb_lint_found(c->told, row->line, "the same as a row before it");
            goto done;
        }
    TRY(vb_push(c->arena, &c->seen));
    c->seen.at[c->seen.len - 1] = key;
done:
    return status;
}

/** What the cells of a holder's row say together. */
static vb_status check_holder(check *c, const vb_tsv *row)
{
    vb_status status = VB_OK;
    vb_str name, surname, since = vb_tsv_get(row, "valid_from"), until = vb_tsv_get(row, "valid_to");
    TRY(vb_fold(c->arena, vb_tsv_get(row, "name"), &name));
    TRY(vb_fold(c->arena, vb_tsv_get(row, "surname"), &surname));
    if (!vb_str_ends(name, surname))
        TRY(vb_lint_found(c->told, row->line, "the name does not end in the surname"));
    if (until.len && vb_str_cmp(since, until) >= 0)
        TRY(vb_lint_found(c->told, row->line, "the last day is not after the first"));
done:
    return status;
}

static vb_status check_row(check *c, const vb_tsv *row)
{
    vb_status status = VB_OK;
    if (row->n_cells > row->n_header)
        TRY(vb_lint_found(c->told, row->line, "%zu cells under %zu columns", row->n_cells, row->n_header));
    for (size_t i = 0; i < COLUMNS_MAX && c->table->columns[i].name; i++) {
        bool good = true;
        vb_str cell = vb_tsv_get(row, c->table->columns[i].name);
        TRY(fits(c->names, c->arena, c->table->columns[i].form, cell, &good));
        if (!good)
            TRY(vb_lint_found(c->told, row->line, "%s \"%.*s\": should be %s", c->table->columns[i].name,
                              VB_FMT(cell), should_be[c->table->columns[i].form]));
    }
    TRY(check_twice(c, row));
    if (strcmp(c->table->file, "office_holders.tsv") == 0) TRY(check_holder(c, row));
done:
    return status;
}

vb_status vb_word_table_check(const vb_word_table *table, const vb_names *names, vb_str text, vb_arena *arena,
                              vb_lint_told *told)
{
    vb_status status = VB_OK;
    check c = { .table = table, .names = names, .arena = arena, .told = told };
    vb_tsv row = { .text = text, .name = table->file };
    bool any = false;
    while (vb_tsv_next(&row)) {
        if (!any) TRY(check_header(&c, &row));
        any = true;
        if (told->n && row.n_header < 2 && table->columns[1].name) break;
        TRY(check_row(&c, &row));
    }
    if (!any) TRY(vb_lint_found(told, 0, "no rows"));
done:
    return status;
}

/**
 * Checking a user's own gazetteer before it is used: what would be read wrongly without a word, or would find
 * names where there are none. It reads the file as gazetteer.c does and compares it with the built-in tables;
 * what the names are is the user's affair.
 */
#include "loaders/names.h"

#include <stdarg.h>
#include <stdlib.h>

/** A name or a key and who has it. */
typedef struct owner {
    vb_str text, key;
    const char *rule;
    unsigned line; /* of the user's file; 0: built in */
    bool context;  /* an ordinary word too */
    bool word;     /* one word, and no abbreviation */
} owner;

typedef VB_VEC(owner) owners;

typedef struct lint {
    const char *path;
    const vb_gazetteer_table *table;
    vb_arena *arena;
    vb_names *names; /* the built-in tables */
    owners built_in, own_names, own_keys;
    VB_VEC(vb_str) ordinary; /* folded */
    vb_lint_told told;
} lint;

vb_status vb_lint_found(vb_lint_told *told, unsigned line, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    told->n++;
    return told->fn ? told->fn(told->context, line, message) : VB_OK;
}

static vb_status owners_add(vb_arena *arena, owners *to, owner one)
{
    if (vb_push(arena, to) != VB_OK) return VB_NO_MEMORY;
    to->at[to->len - 1] = one;
    return VB_OK;
}

static int by_text(const void *one, const void *two)
{
    const owner *a = one, *b = two;
    int by = vb_str_cmp(a->text, b->text);
    return by ? by : (a->line > b->line) - (a->line < b->line);
}

static int by_str(const void *one, const void *two)
{
    return vb_str_cmp(*(const vb_str *)one, *(const vb_str *)two);
}

/** The table whose file has this base name; NULL: none. */
static const vb_gazetteer_table *table_of(const char *path)
{
    size_t n;
    const vb_gazetteer_table *tables = vb_gazetteer_tables(&n);
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    for (size_t i = 0; i < n; i++)
        if (strcmp(strrchr(tables[i].path, '/') + 1, base) == 0) return &tables[i];
    return NULL;
}

static vb_status no_table(const char *path, vb_error *err)
{
    size_t n, at = 0;
    char list[600] = "";
    const vb_gazetteer_table *tables = vb_gazetteer_tables(&n);
    for (size_t i = 0; i < n && at < sizeof list; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i ? ", " : "",
                               strrchr(tables[i].path, '/') + 1);
    for (size_t i = 0; vb_word_table_file(i) && at < sizeof list; i++)
        at += (size_t)snprintf(list + at, sizeof list - at, ", %s", vb_word_table_file(i));
    return vb_fail(err, VB_NOT_FOUND, "%s: no gazetteer has this name; those there are: %s", path, list);
}

/** All built-in names; those that are nothing but ordinary words to them are so here, too. */
static vb_status read_built_in(lint *l)
{
    vb_status status = VB_OK;
    const vb_lexicon *lexicon = &l->names->lexicon;
    for (size_t i = 0; i < lexicon->names.len; i++) {
        const vb_lex_name *name = &lexicon->names.at[i];
        const vb_known *known = &lexicon->known.at[name->known];
        TRY(owners_add(l->arena, &l->built_in,
                       (owner){ .text = name->text,
                                .key = known->key,
                                .rule = known->rule,
                                .word = name->n_words == 1 && !(name->flags & VB_NAME_EXACT),
                                .context = name->flags & (VB_NAME_CONTEXT | VB_NAME_PORTFOLIO) }));
    }
    qsort(l->built_in.at, l->built_in.len, sizeof *l->built_in.at, by_text);
    for (size_t i = 0, end; i < l->built_in.len; i = end) {
        bool ordinary = true;
        for (end = i; end < l->built_in.len && vb_str_eq(l->built_in.at[end].text, l->built_in.at[i].text);
             end++)
            ordinary = ordinary && l->built_in.at[end].context && l->built_in.at[end].word;
        if (!ordinary) continue;
        TRY(vb_push(l->arena, &l->ordinary));
        TRY(vb_fold(l->arena, l->built_in.at[i].text, &l->ordinary.at[l->ordinary.len - 1]));
    }
done:
    return status;
}

/** Words that need a "?": the list, given names, and single words that have it in the built-in tables. */
static vb_status read_ordinary(lint *l, vb_error *err)
{
    static const char *const files[][2] = { { "loaders/gazetteer/ordinary_words.tsv", "word" },
                                            { "loaders/gazetteer/given_names.tsv", "name" } };
    vb_status status;
    for (size_t i = 0; i < VB_COUNT(files); i++) {
        vb_tsv row = { .name = files[i][0] };
        TRY(vb_data_read(NULL, files[i][0], l->arena, &row.text, err));
        while (vb_tsv_next(&row)) {
            TRY(vb_push(l->arena, &l->ordinary));
            TRY(vb_fold(l->arena, vb_tsv_get(&row, files[i][1]), &l->ordinary.at[l->ordinary.len - 1]));
        }
    }
    TRY(read_built_in(l));
    qsort(l->ordinary.at, l->ordinary.len, sizeof *l->ordinary.at, by_str);
    status = VB_OK;
done:
    return status;
}

/* ---- keys --------------------------------------------------------------------------------------------- */

static bool is_slug(vb_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return s.len > 0 && s.at[0] != '-' && s.at[s.len - 1] != '-';
}

static bool digits(vb_str s, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++)
        if (i >= s.len || s.at[i] < '0' || s.at[i] > '9') return false;
    return true;
}

/** BWBR0001941, 32022R2065, 12012E/TXT or a slug */
static bool is_law_key(vb_str s)
{
    if (vb_str_starts(s, VB_STR("BWB"))) return s.len == 11 && digits(s, 4, 7);
    if (digits(s, 0, 5) && s.len > 6 && s.at[5] >= 'A' && s.at[5] <= 'Z') return true;
    return is_slug(s);
}

static bool is_built_in_key(const lint *l, vb_label label, vb_str key)
{
    for (size_t i = 0; i < l->names->lexicon.known.len; i++) {
        const vb_known *known = &l->names->lexicon.known.at[i];
        if (known->label == label && vb_str_eq(known->key, key)) return true;
    }
    return false;
}

static bool is_province(const lint *l, vb_str key)
{
    return vb_str_starts(key, VB_STR("NL-")) && is_built_in_key(l, VB_LABEL_REGION, key);
}

/** What a key of the label looks like, when @p key does not; NULL: it does. */
static const char *wrong_key(const lint *l, vb_str key)
{
    switch (l->table->label) {
    case VB_LABEL_MUNICIPALITY:
        return key.len == 6 && vb_str_starts(key, VB_STR("GM")) && digits(key, 2, 4) ? NULL
                                                                                     : "GM and four digits";
    case VB_LABEL_COUNTRY:
        return is_built_in_key(l, VB_LABEL_COUNTRY, key) ? NULL : "a code of ISO 3166-1, or XK";
    case VB_LABEL_REGION:
        return is_slug(key) || is_province(l, key) ? NULL : "a province's code of ISO 3166-2, or a slug";
    case VB_LABEL_LAW:
        return is_law_key(key) ? NULL : "a BWB id, a CELEX number or a slug";
    default:
        return is_slug(key) ? NULL : "lower case letters, digits and single hyphens";
    }
}

/* ---- rows --------------------------------------------------------------------------------------------- */

static vb_status check_ordinary(lint *l, unsigned line, vb_str name, uint8_t flags)
{
    vb_str fold;
    size_t start, end;
    if ((flags & VB_NAME_CONTEXT) || !vb_word_next(name, 0, &start, &end) || start || end != name.len)
        return VB_OK;
    for (size_t i = 1; i < name.len; i++) /* an abbreviation, as it is written: "OM", "KiM" */
        if ((flags & VB_NAME_EXACT) && name.at[i] >= 'A' && name.at[i] <= 'Z') return VB_OK;
    if (vb_fold(l->arena, name, &fold) != VB_OK) return VB_NO_MEMORY;
    if (!bsearch(&fold, l->ordinary.at, l->ordinary.len, sizeof fold, by_str)) return VB_OK;
    return vb_lint_found(&l->told, line, "\"%.*s\" is an ordinary word or name too: write ?%.*s",
                         VB_FMT(name), VB_FMT(name));
}

static vb_status check_name(lint *l, unsigned line, vb_str key, vb_str name, uint8_t flags)
{
    vb_status status = VB_OK;
    if (!vb_str_trim(name).len) return vb_lint_found(&l->told, line, "an empty name");
    bool matched = vb_gazetteer_marks(&name, &flags);
    if (!name.len) return vb_lint_found(&l->told, line, "a mark without a name");
    if (memchr(name.at, ';', name.len))
        TRY(vb_lint_found(&l->told, line, "\"%.*s\": several names are separated by \" ; \", with blanks",
                          VB_FMT(name)));
    size_t start, end;
    if (!vb_word_next(name, 0, &start, &end))
        return vb_lint_found(&l->told, line, "\"%.*s\" has no letter", VB_FMT(name));
    if (!matched) goto done;
    TRY(owners_add(l->arena, &l->own_names,
                   (owner){ .text = name, .key = key, .line = line, .context = flags & VB_NAME_CONTEXT }));
    TRY(check_ordinary(l, line, name, flags));
done:
    return status;
}

static vb_status check_cell(lint *l, const vb_tsv *row, const char *column, vb_str key, uint8_t flags)
{
    vb_status status = VB_OK;
    vb_str cell = vb_tsv_get(row, column);
    while (cell.len) {
        size_t cut = vb_str_find(cell, VB_STR(" ; "), 0);
        TRY(check_name(l, row->line, key, vb_str_part(cell, 0, cut), flags));
        if (cut == SIZE_MAX) break;
        cell = vb_str_part(cell, cut + 3, cell.len);
    }
done:
    return status;
}

static vb_status check_row(lint *l, const vb_tsv *row)
{
    vb_status status = VB_OK;
    vb_str key = vb_tsv_get(row, l->table->key), part_of = vb_tsv_get(row, "part_of");
    if (row->n_cells > row->n_header)
        TRY(vb_lint_found(&l->told, row->line, "%zu cells under %zu columns", row->n_cells, row->n_header));
    if (!key.len) return vb_lint_found(&l->told, row->line, "no %s", l->table->key);
    const char *form = wrong_key(l, key);
    if (form) TRY(vb_lint_found(&l->told, row->line, "key \"%.*s\": should be %s", VB_FMT(key), form));
    TRY(owners_add(l->arena, &l->own_keys, (owner){ .text = key, .key = key, .line = row->line }));
    if (!vb_tsv_get(row, "name").len) return vb_lint_found(&l->told, row->line, "no name");
    if (l->table->label == VB_LABEL_MUNICIPALITY && !is_province(l, part_of))
        TRY(vb_lint_found(&l->told, row->line, "part_of \"%.*s\": should be a province, as NL-FR",
                          VB_FMT(part_of)));
    TRY(check_cell(l, row, "name", key, 0));
    TRY(check_cell(l, row, "abbreviations", key, VB_NAME_EXACT));
    TRY(check_cell(l, row, "aliases", key, 0));
done:
    return status;
}

static vb_status check_header(lint *l, const vb_tsv *row)
{
    vb_status status = VB_OK;
    const char *const needed[] = { l->table->key, "name" };
    for (size_t i = 0; i < VB_COUNT(needed); i++) {
        bool there = false;
        for (size_t k = 0; k < row->n_header; k++)
            there = there || vb_str_eq(row->header[k], vb_str_of(needed[i]));
        if (!there)
            TRY(vb_lint_found(&l->told, 1,
                              "no column \"%s\": the first line names the columns, divided by tabs",
                              needed[i]));
    }
    for (size_t i = 0; i < row->n_header; i++)
        for (size_t k = 0; k < i; k++)
            if (vb_str_eq(row->header[i], row->header[k]))
                TRY(vb_lint_found(&l->told, 1, "column \"%.*s\" twice", VB_FMT(row->header[i])));
done:
    return status;
}

/* ---- the file as a whole ------------------------------------------------------------------------------ */

static vb_status check_twice(lint *l)
{
    vb_status status = VB_OK;
    if (l->own_keys.len) qsort(l->own_keys.at, l->own_keys.len, sizeof *l->own_keys.at, by_text);
    for (size_t i = 1; i < l->own_keys.len; i++) {
        const owner *a = &l->own_keys.at[i - 1], *b = a + 1;
        if (vb_str_eq(a->text, b->text))
            TRY(vb_lint_found(&l->told, b->line, "key \"%.*s\" is in line %u, too", VB_FMT(b->text),
                              a->line));
    }
    if (l->own_names.len) qsort(l->own_names.at, l->own_names.len, sizeof *l->own_names.at, by_text);
    for (size_t i = 1; i < l->own_names.len; i++) {
        const owner *a = &l->own_names.at[i - 1], *b = a + 1;
        if (vb_str_eq(a->text, b->text) && !vb_str_eq(a->key, b->key) && !a->context && !b->context)
            TRY(vb_lint_found(&l->told, b->line, "\"%.*s\" names %.*s in line %u: mark one with ?",
                              VB_FMT(b->text), VB_FMT(a->key), a->line));
    }
done:
    return status;
}

/** What the built-in tables, the one that the file replaces apart, surely mean by @p mine; NULL: nothing
 * else. */
static const owner *other_meaning(const lint *l, const owner *mine)
{
    const owner *first = l->built_in.at, *end = first + l->built_in.len;
    for (size_t n = l->built_in.len; n;) { /* the first that is not before it */
        size_t half = n / 2;
        bool before = vb_str_cmp(first[half].text, mine->text) < 0;
        first += before ? half + 1 : 0;
        n = before ? n - half - 1 : half;
    }
    for (; first < end && vb_str_eq(first->text, mine->text); first++)
        if (!first->context && strcmp(first->rule, l->table->rule) != 0 && !vb_str_eq(first->key, mine->key))
            return first;
    return NULL;
}

static vb_status check_others(lint *l)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < l->own_names.len; i++) {
        const owner *mine = &l->own_names.at[i];
        const owner *o = mine->context ? NULL : other_meaning(l, mine);
        if (o)
            TRY(vb_lint_found(&l->told, mine->line, "\"%.*s\" names %.*s (%s): mark it with ?",
                              VB_FMT(mine->text), VB_FMT(o->key), o->rule));
    }
done:
    return status;
}

static vb_status check_text(lint *l, vb_str text)
{
    vb_status status;
    vb_tsv row = { .text = text, .name = l->path };
    bool any = false;
    if (vb_str_starts(text, VB_STR("\xef\xbb\xbf")))
        TRY(vb_lint_found(&l->told, 1, "begins with a byte order mark: save it as UTF-8 without one"));
    while (vb_tsv_next(&row)) {
        if (!any) TRY(check_header(l, &row));
        any = true;
        if (l->told.n && row.n_header < 2) break;
        TRY(check_row(l, &row));
    }
    if (!any) TRY(vb_lint_found(&l->told, 0, "no rows"));
    TRY(check_twice(l));
    status = check_others(l);
done:
    return status;
}

vb_status vb_gazetteer_lint(const char *path, vb_lint_fn fn, void *context, size_t *n_findings, vb_error *err)
{
    vb_status status;
    vb_buf bytes = { 0 };
    lint l = { .path = path, .table = table_of(path), .arena = vb_arena_new(), .told = { fn, context, 0 } };
    if (!l.arena) return vb_fail_memory(err);
    const vb_word_table *words = vb_word_table_of(path);
    if (!l.table && !words) {
        status = no_table(path, err);
        goto done;
    }
    TRY(vb_buf_read(path, VB_TEXT_MAX, &bytes, err));
    size_t bad = vb_utf8_check(vb_buf_view(&bytes));
    if (bad < bytes.len) {
        if (err) err->at = bad;
        status = vb_fail(err, VB_BAD_UTF8, "%s: byte %zu is not UTF-8", path, bad);
        goto done;
    }
    TRY(vb_names_new(NULL, &l.names, err));
    if (words) {
        TRY(vb_word_table_check(words, l.names, vb_buf_view(&bytes), l.arena, &l.told));
    } else {
        TRY(read_ordinary(&l, err));
        TRY(check_text(&l, vb_buf_view(&bytes)));
    }
    if (n_findings) *n_findings = l.told.n;
done:
    vb_names_free(l.names);
    vb_arena_free(l.arena);
    vb_buf_clear(&bytes);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

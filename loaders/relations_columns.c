/**
 * Offices in a signature of several columns, which text extraction reads line by line across them:
 *
 *     de minister van Klimaat en     de minister van Volkshuisvesting en
 *     Groene Groei,                  Ruimtelijke Ordening,
 *
 * The first line is cut where an office begins, each further line at its commas into as many parts; put
 * together downwards they are portfolios of the gazetteer's ministries. What does not come out even is left
 * alone.
 */
#include "loaders/relations.h"

enum { COLUMNS_MOST = 4, LINES_MOST = 6 };

vb_status vb_columns_read(vb_relations *r, const char *data_dir, vb_error *err)
{
    vb_status status;
    static const char path[] = "loaders/gazetteer/ministries.tsv";
    vb_tsv t = { .name = path };
    TRY(vb_data_read(data_dir, path, r->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        vb_str rest = vb_tsv_get(&t, "portfolios"), name = vb_tsv_get(&t, "name"), one;
        static const char lead[] = "Ministerie van ";
        bool more = true;
        for (one = vb_str_part(name, vb_str_starts(name, vb_str_of(lead)) ? strlen(lead) : 0, name.len); more;
             more = vb_str_next(&rest, ';', &one)) {
            vb_portfolio p = { .key = vb_tsv_get(&t, "key"), .name = name };
            if (vb_fold(r->arena, one, &p.folded) != VB_OK || vb_push(r->arena, &r->portfolios) != VB_OK)
                return vb_fail_memory(err);
            r->portfolios.at[r->portfolios.len - 1] = p;
        }
    }
done:
    return status;
}

/** Start of the office that begins at or after @p from in @p line: "de minister", "staatssecretaris";
 * SIZE_MAX. */
static size_t next_office(vb_str line, size_t from)
{
    static const char *const roles[] = { "inister ", "taatssecretaris " };
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < VB_COUNT(roles); i++) {
        size_t at = vb_str_find(line, vb_str_of(roles[i]), from);
        if (at != SIZE_MAX && at && at - 1 < best) best = at - 1; /* with its first letter */
    }
    return best;
}

/** What follows the role word and "van", "voor": the portfolio's part of this line. */
static vb_str after_role(vb_str office)
{
    static const char *const small[] = { "van ", "voor " };
    size_t blank = vb_str_find(office, VB_STR(" "), 0);
    vb_str rest = vb_str_trim(vb_str_part(office, blank == SIZE_MAX ? office.len : blank, office.len));
    for (size_t i = 0; i < VB_COUNT(small); i++)
        if (vb_str_starts(rest, vb_str_of(small[i]))) return vb_str_part(rest, strlen(small[i]), rest.len);
    return rest;
}

/** Cut the first line at its offices. @return how many there are. */
static size_t cut_first(vb_str line, vb_str *columns)
{
    size_t n = 0;
    for (size_t at = next_office(line, 0); at != SIZE_MAX && n < COLUMNS_MOST;) {
        size_t next = next_office(line, at + 8);
        vb_str office = vb_str_part(line, at, next == SIZE_MAX ? line.len : next);
        vb_str tail = vb_str_trim(office);
        bool article = vb_str_ends(tail, VB_STR("de")) || vb_str_ends(tail, VB_STR("De"));
        if (article && tail.len > 2 && strchr(" \t", tail.at[tail.len - 3]))
            tail = vb_str_trim(vb_str_part(tail, 0, tail.len - 3));
        columns[n++] = after_role(tail);
        at = next;
    }
    return n;
}

/** Cut a further line at its commas into parts: one a column, or one for each column that its comma has not
 *  closed yet. */
static bool cut_further(vb_str line, const vb_str *columns, vb_str *parts, size_t n)
{
    size_t open = 0;
    vb_str found[COLUMNS_MOST] = { 0 };
    vb_str rest = vb_str_trim(line), part;
    size_t k = 0;
    while (vb_str_next(&rest, ',', &part)) {
        part = vb_str_trim(part);
        if (!part.len) continue;
        if (k == n) return false;
        found[k++] = part;
    }
    for (size_t c = 0; c < n; c++) open += !vb_str_ends(columns[c], VB_STR(","));
    if (k != n && k != open) return false;
    for (size_t c = 0, next = 0; c < n; c++) {
        bool takes = k == n || !vb_str_ends(columns[c], VB_STR(","));
        parts[c] = takes ? found[next++] : (vb_str){ "", 0 };
    }
    return true;
}

/** The source's line breaks, mapped back: copy a block of the view with its lines. */
static vb_status block_lines(vb_scene *scene, const vb_block *b, vb_str *lines, size_t *n)
{
    const vb_analysis *a = scene->a;
    char *copy = vb_arena_get(a->arena, b->end - b->start + 1u);
    if (!copy) return vb_fail_memory(scene->err);
    for (uint32_t i = b->start; i < b->end; i++) {
        uint32_t at = a->view.origin[i];
        bool line = at < a->source.text.len && a->source.text.at[at] == '\n';
        copy[i - b->start] = line ? '\n' : a->view.text.at[i];
    }
    vb_str rest = { copy, b->end - b->start }, line;
    *n = 0;
    while (*n < LINES_MOST && vb_str_next(&rest, '\n', &line))
        if (vb_str_trim(line).len) lines[(*n)++] = vb_str_trim(line);
    return VB_OK;
}

static const vb_portfolio *find_portfolio(const vb_scene *scene, vb_str folded)
{
    for (size_t i = 0; i < scene->rules->portfolios.len; i++)
        if (vb_str_eq(scene->rules->portfolios.at[i].folded, folded)) return &scene->rules->portfolios.at[i];
    return NULL;
}

vb_status vb_columns_offices(vb_scene *scene, const vb_block *b, uint32_t *ministries, size_t *n)
{
    vb_status status;
    vb_str lines[LINES_MOST] = { 0 }, columns[COLUMNS_MOST] = { 0 }, parts[COLUMNS_MOST] = { 0 }, folded;
    size_t n_lines = 0, n_columns;
    *n = 0;
    TRY(block_lines(scene, b, lines, &n_lines));
    n_columns = n_lines > 1 ? cut_first(lines[0], columns) : 0;
    if (n_columns < 2) goto done;
    for (size_t l = 1; l < n_lines; l++) {
        if (!cut_further(lines[l], columns, parts, n_columns)) goto done;
        for (size_t c = 0; c < n_columns; c++)
            if (vb_arena_printf(scene->a->arena, &columns[c], "%.*s %.*s", VB_FMT(columns[c]),
                                VB_FMT(parts[c])) != VB_OK)
                return vb_fail_memory(scene->err);
    }
    for (size_t c = 0; c < n_columns; c++) {
        if (vb_fold(scene->a->arena, columns[c], &folded) != VB_OK) return vb_fail_memory(scene->err);
        const vb_portfolio *p = find_portfolio(scene, folded);
        if (!p) goto done;
        if (vb_entity_add(scene->a, VB_LABEL_MINISTRY, p->key, p->name, &ministries[c]) != VB_OK)
            return vb_fail_memory(scene->err);
    }
    *n = n_columns;
done:
    return status;
}

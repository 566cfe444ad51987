/**
 * The manifest: a line a scenario, "passed clauses/call/Call1.feature:31 1f2e3d4c", sorted by place. The hash
 * is of the scenario's name, so a manifest of another edition of the TCK is noticed. The one kept in the
 * repository names what passes; a scenario it names that does not pass now has regressed.
 */
#include "tests/tck/tck.h"

#include <stdlib.h>

enum { MANIFEST_MAX = 16 << 20 };
static const char *const outcomes[] = {
    [TCK_FAILED] = "failed", [TCK_PASSED] = "passed", [TCK_SKIPPED] = "skipped"
};

vb_status tck_manifest_line(const tck_scenario *s, tck_outcome outcome, vb_buf *out)
{
    return vb_buf_printf(out, "%s %.*s:%u %08x", outcomes[outcome], VB_FMT(s->file), s->line,
                         (unsigned)(vb_hash(s->name) & 0xffffffffu));
}

/** Lines of the run, each with its scenario's number; sorted by place, then line. */
static vb_status all_lines(const tck_scenarios *all, const tck_result *results, vb_arena *arena, vb_str **out)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    vb_str *lines = vb_arena_array(arena, all->len + 1, sizeof *lines);
    if (!lines) return VB_NO_MEMORY;
    for (size_t i = 0; i < all->len; i++) {
        text.len = 0;
        TRY(tck_manifest_line(&all->at[i], results[i].outcome, &text));
        TRY(vb_arena_copy(arena, vb_buf_view(&text), &lines[i]));
    }
    *out = lines;
done:
    vb_buf_clear(&text);
    return status;
}

vb_status tck_manifest_write(const char *path, const tck_scenarios *all, const tck_result *results,
                             vb_error *err)
{
    vb_status status = VB_NO_MEMORY;
    vb_arena *arena = vb_arena_new();
    vb_str *lines = NULL;
    FILE *to = NULL;
    if (!arena) goto done;
    TRY(all_lines(all, results, arena, &lines));
    if (all->len) qsort(lines, all->len, sizeof *lines, tck_str_order);
    status = VB_IO;
    to = fopen(path, "w");
    if (!to) goto done;
    for (size_t i = 0; i < all->len; i++) fprintf(to, "%.*s\n", VB_FMT(lines[i]));
    status = ferror(to) ? VB_IO : VB_OK;
done:
    if (to && fclose(to)) status = VB_IO;
    vb_arena_free(arena);
    return status == VB_OK ? VB_OK : vb_fail(err, status, "%s: cannot be written", path);
}

static bool has_file(const tck_scenarios *all, vb_str line)
{
    size_t colon = line.len;
    while (colon && line.at[colon - 1] != ':') colon--;
    if (!colon) return false;
    vb_str file = vb_str_part(line, strlen("passed "), colon - 1);
    for (size_t i = 0; i < all->len; i++)
        if (vb_str_eq(all->at[i].file, file)) return true;
    return false;
}

/** Compare one line of the kept manifest with the sorted lines of the run, which begin with an outcome. */
static void compare_line(vb_str kept, const vb_str *passed, size_t n_passed, const tck_scenarios *all,
                         tck_comparison *out)
{
    out->n_kept++;
    if (n_passed && bsearch(&kept, passed, n_passed, sizeof *passed, tck_str_order)) return;
    if (!has_file(all, kept)) {
        out->n_absent++;
        return;
    }
    out->n_regressed++;
    printf("regressed  %.*s\n", VB_FMT(vb_str_part(kept, strlen("passed "), kept.len)));
}

vb_status tck_manifest_compare(const char *path, const tck_scenarios *all, const tck_result *results,
                               tck_comparison *out, vb_error *err)
{
    vb_status status = VB_NO_MEMORY;
    vb_arena *arena = vb_arena_new();
    vb_buf kept = { 0 };
    vb_str *lines = NULL, rest, line;
    size_t n_passed = 0;
    if (!arena) goto done;
    TRY(all_lines(all, results, arena, &lines));
    for (size_t i = 0; i < all->len; i++)
        if (results[i].outcome == TCK_PASSED) lines[n_passed++] = lines[i];
    if (n_passed) qsort(lines, n_passed, sizeof *lines, tck_str_order);
    TRY(vb_buf_read(path, MANIFEST_MAX, &kept, err));
    *out = (tck_comparison){ 0 };
    rest = vb_buf_view(&kept);
    while (vb_str_next(&rest, '\n', &line))
        if (vb_str_starts(line, VB_STR("passed "))) compare_line(line, lines, n_passed, all, out);
    size_t held = out->n_kept - out->n_absent - out->n_regressed;
    out->n_won = n_passed > held ? n_passed - held : 0;
done:
    vb_buf_clear(&kept);
    vb_arena_free(arena);
    return status;
}

/**
 * Why an edge: its sentence with the words marked by which it was read, and the rule that read it. What names
 * an end may stand outside the sentence, in a note that it calls: then its place is told.
 */
#include "cli/output.h"

#include <stdlib.h>

static const struct {
    const char *key, *word;
    cli_mark_kind kind;
} kinds[VB_MARKS] = {
    [VB_MARK_CUE] = { "cue", "the cue", CLI_MARKS_CUE },
    [VB_MARK_SOURCE] = { "source_at", "the source", CLI_MARKS_SOURCE },
    [VB_MARK_TARGET] = { "target_at", "the target", CLI_MARKS_TARGET },
};

void cli_json_terms(cJSON *object, const vb_evidence *said)
{
    if (said->since.len) cli_json_text(object, "since", said->since);
    if (said->until.len) cli_json_text(object, "until", said->until);
    if (said->amount) cli_json_number(object, "amount", (double)said->amount);
    if (said->amount_per.len) cli_json_text(object, "amount_per", said->amount_per);
}

void cli_json_marks(cJSON *object, const vb_evidence *said)
{
    cli_json_text(object, "rule", said->rule);
    for (size_t i = 0; i < VB_MARKS; i++) {
        const double place[] = { (double)said->marks[i].start, (double)said->marks[i].end };
        cli_json_item(object, kinds[i].key,
                      said->marks[i].start < 0 ? cJSON_CreateNull() : cJSON_CreateDoubleArray(place, 2));
    }
}

static int by_place(const void *a, const void *b)
{
    const cli_marked *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

void cli_put_explained(const cli_view *view, unsigned indent, const vb_evidence *said)
{
    cli_marked marks[VB_MARKS];
    static const char open[] = "“";
    size_t n = 0, shift = sizeof open - 1;
    vb_buf quoted = { 0 };
    char line[96];
    for (size_t i = 0; i < VB_MARKS; i++) {
        vb_place p = said->marks[i];
        if (said->start < 0 || p.start < said->start || p.end > said->end) continue;
        p.start -= said->start - (int64_t)shift;
        p.end -= said->start - (int64_t)shift;
        marks[n++] = (cli_marked){ (size_t)p.start, (size_t)p.end, kinds[i].kind };
    }
    qsort(marks, n, sizeof *marks, by_place);
    cli_buf_text(&quoted, open);
    cli_buf_add(&quoted, said->text.at, said->text.len);
    cli_buf_text(&quoted, "”");
    cli_wrap_marks(view, indent, (vb_str){ quoted.at, quoted.len }, marks, n);
    vb_buf_clear(&quoted);
    for (size_t i = 0; i < VB_MARKS; i++) {
        vb_place p = said->marks[i];
        if (said->start < 0 || p.start < 0 || (p.start >= said->start && p.end <= said->end)) continue;
        snprintf(line, sizeof line, "(%s is named at bytes %lld to %lld)", kinds[i].word, (long long)p.start,
                 (long long)p.end);
        cli_wrap(view, indent, CLI_DIM, vb_str_of(line));
    }
    cli_put_place(view, indent, said, true);
}

/** Unit tests of queries/diff.c on small stores: what is new, gone and lasting between letters and periods.
 */
#include "tests/unit/world.h"

/** Three letters: the sides of every row. */
static void put_letters(world *w)
{
    put(w, "a.txt", "2023-05-01", "o1 LEADS p1;o1 FUNDS p2;g1;g2;=g1 PART_OF r1");
    put(w, "b.txt", "2024-01-31", "o1 LEADS p1;o2 FUNDS p2;g2;g3");
    put(w, "c.txt", "2024-12-31", "o2 FUNDS p2;g3;g3");
}

// clang-format off
static const struct sample {
    const char *name, *before, *after, *labels, *relations;
    const char *want; /* changes parted by blanks: + new, - gone, = lasting; "!..." a message */
} samples[] = {
    { "two letters", "a.txt", "b.txt", "", "",
      "+g3:0>1 -g1:1>0 =g2:1>1 +o2FUNDSp2:0>1 -o1FUNDSp2:1>0 =o1LEADSp1:1>1" },
    { "the other way round", "b.txt", "a.txt", "Municipality", "LEADS", "+g1:0>1 -g3:1>0 =g2:1>1 =o1LEADSp1:1>1" },
    { "two years", "2023", "2024", "Municipality", "FUNDS",
      "+g3:0>3 -g1:1>0 =g2:1>1 +o2FUNDSp2:0>2 -o1FUNDSp2:1>0" },
    { "a month, to its last day", "2024-01", "2024-12", "Municipality", "FUNDS",
      "-g2:1>0 =g3:1>2 =o2FUNDSp2:1>1" },
    { "open periods", "..2023", "2024..", "Municipality", "LEADS", "+g3:0>3 -g1:1>0 =g2:1>1 =o1LEADSp1:1>1" },
    { "from a day to a day", "2023-05-01..2024-01-31", "2024-02..", "Municipality", "LEADS",
      "-g2:2>0 -g1:1>0 =g3:1>2 -o1LEADSp1:2>0" },
    { "a letter beside a year", "a.txt", "2024", "Programme", "LEADS", "=o1LEADSp1:1>1" },
    { "nothing of that year", "1999", "2024", "", "", "!1999" },
    { "no such letter", "x.txt", "b.txt", "", "", "!x.txt" },
    { "a name that is no letter", "o1", "b.txt", "", "", "!no loaded document" },
    { "a period that ends before it begins is a name", "2024..2023", "b.txt", "", "", "!2024..2023" },
    { "an unknown label", "a.txt", "b.txt", "Municipalities", "", "!nearest: Municipality" },
};
// clang-format on

static void add_text(world *w, const char *form, char sign, vb_str a, vb_str b, vb_str c, int64_t before,
                     int64_t after)
{
    size_t len = strlen(w->text);
    (void)snprintf(w->text + len, sizeof w->text - len, form, len ? " " : "", sign, VB_FMT(a), VB_FMT(b),
                   VB_FMT(c), (long long)before, (long long)after);
}

static void as_text(world *w, const vb_diff *diff)
{
    static const char form[] = "%s%c%.*s%.*s%.*s:%lld>%lld", signs[] = "+-=";
    const vb_str none = { "", 0 };
    w->text[0] = '\0';
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const vb_changed_node *n = &diff->nodes[i];
        if (n->node.key.at[0] == 'g')
            add_text(w, form, signs[n->change], n->node.key, none, none, n->before, n->after);
    }
    for (size_t i = 0; i < diff->n_edges; i++) {
        const vb_changed_edge *e = &diff->edges[i];
        assert_int_equal(e->edge.n_evidence, e->before + e->after); /* the sentences of the sides alone */
        add_text(w, form, signs[e->change], e->edge.source.key, e->edge.type, e->edge.target.key, e->before,
                 e->after);
    }
}

static void changes(void **state)
{
    world w = { .arena = vb_arena_new() };
    const struct sample *s = *state;
    vb_diff diff;
    vb_str *labels, *relations;
    must(&w, vb_store_open(":memory:", VB_OPEN_WRITE, &w.store, &w.err));
    put_letters(&w);
    vb_cut_options cut = { .n_labels = names(&w, s->labels, &labels) };
    cut.n_relations = names(&w, s->relations, &relations);
    cut.labels = labels;
    cut.relations = relations;
    vb_status status =
        vb_diff_find(w.store, vb_str_of(s->before), vb_str_of(s->after), &cut, w.arena, &diff, &w.err);
    if (s->want[0] == '!') {
        assert_int_not_equal(status, VB_OK);
        if (!strstr(w.err.message, s->want + 1)) fail_msg("%s", w.err.message);
    } else {
        must(&w, status);
        as_text(&w, &diff);
        assert_string_equal(w.text, s->want);
    }
    vb_store_close(w.store);
    vb_arena_free(w.arena);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples)];
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = changes,
                                        .initial_state = (void *)(uintptr_t)&samples[i] };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}

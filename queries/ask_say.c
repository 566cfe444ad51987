/** The answer in one sentence, in the question's language; and what can be asked when it could not be read.
 */
#include "queries/ask_choice.h"
#include "queries/ask_forms.h"

#include <sqlite3.h>

enum { NAMES_SHOWN = 24, TITLES_SHOWN = 5, NAME_SHOWN = 72, EXAMPLES_SHOWN = 5 };

static const char *pick(const ask_question *q, const char *dutch, const char *english)
{
    return q->language == ASK_DUTCH ? dutch : english;
}

/** What a thing with this label is called, one or many of them. */
const char *vb_ask_say_label(const ask_question *q, vb_label label, bool many)
{
    static const char *const words[VB_LABEL_COUNT][2][2] = {
        [VB_LABEL_MINISTRY] = { { "ministerie", "ministeries" }, { "ministry", "ministries" } },
        [VB_LABEL_ORGANISATION] = { { "organisatie", "organisaties" }, { "organisation", "organisations" } },
        [VB_LABEL_PERSON] = { { "persoon", "personen" }, { "person", "persons" } },
        [VB_LABEL_PARTY] = { { "partij", "partijen" }, { "party", "parties" } },
        [VB_LABEL_MUNICIPALITY] = { { "gemeente", "gemeenten" }, { "municipality", "municipalities" } },
        [VB_LABEL_REGION] = { { "gebied", "gebieden" }, { "region", "regions" } },
        [VB_LABEL_COUNTRY] = { { "land", "landen" }, { "country", "countries" } },
        [VB_LABEL_PROGRAMME] = { { "programma", "programma's" }, { "programme", "programmes" } },
        [VB_LABEL_LAW] = { { "wet", "wetten" }, { "law", "laws" } },
        [VB_LABEL_DOCUMENT] = { { "document", "documenten" }, { "document", "documents" } },
    };
    return words[label][q->language][many];
}

/** What the things asked for are called. */
static const char *noun(const ask_question *q, const vb_nodes *nodes, bool many)
{
    vb_label label, other;
    bool same = nodes->len && vb_label_find(nodes->at[0].label, &label);
    for (size_t i = 1; same && i < nodes->len; i++)
        same = vb_label_find(nodes->at[i].label, &other) && other == label;
    return same ? vb_ask_say_label(q, label, many) : pick(q, "gevonden", "found");
}

/** A name, a long one (a title may be a whole sentence) cut at a word. */
vb_status vb_ask_say_name(vb_buf *out, vb_str name)
{
    if (name.len <= NAME_SHOWN) return vb_buf_add(out, name);
    size_t over = vb_str_find(name, VB_STR(" over "), 0), first = vb_str_find(name, VB_STR(" "), 0);
    if (over != SIZE_MAX &&
        first < over) { /* "Vragen van het lid … over het bericht …": what they are about */
        vb_status status = vb_buf_printf(out, "%.*s …", (int)first, name.at);
        if (status != VB_OK) return status;
        name = vb_str_part(name, over, name.len);
        if (name.len <= NAME_SHOWN) return vb_buf_add(out, name);
    }
    size_t len = NAME_SHOWN;
    while (len > NAME_SHOWN / 2 && name.at[len] != ' ') len--;
    while (len > 0 && ((unsigned char)name.at[len] & 0xc0) == 0x80) len--; /* not inside a character */
    return vb_buf_printf(out, "%.*s…", (int)len, name.at);
}

vb_status vb_ask_say_stop(vb_buf *out)
{
    return vb_str_ends(vb_buf_view(out), VB_STR("…")) ? VB_OK : vb_buf_add(out, VB_STR("."));
}

static vb_status add_names(const ask_question *q, vb_buf *out, const vb_nodes *nodes, const double *scores)
{
    vb_status status = VB_OK;
    size_t shown = nodes->len && nodes->at[0].document.len ? TITLES_SHOWN : NAMES_SHOWN;
    for (size_t i = 0; i < nodes->len && i < shown; i++) {
        bool last = i + 1 == nodes->len;
        const char *before = i == 0 ? "" : last ? pick(q, " en ", " and ") : ", ";
        TRY(vb_buf_add(out, vb_str_of(before)));
        TRY(vb_ask_say_name(out, nodes->at[i].name));
        if (scores) TRY(vb_buf_printf(out, " (%.0f)", scores[i]));
    }
    if (nodes->len > shown)
        TRY(vb_buf_printf(out, pick(q, " en nog %zu", " and %zu more"), nodes->len - shown));
done:
    return status;
}

/** "de 15 geladen documenten", "het ene geladen document": of how many an answer holds. */
static vb_status say_loaded(const ask_question *q, vb_buf *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    int64_t n = 0;
    TRY(vb_store_prepare(q->store, "SELECT count(*) FROM document WHERE hash <> 0 OR bytes <> 0", &stmt,
                         q->err));
    if (sqlite3_step(stmt) == SQLITE_ROW) n = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    if (n == 1)
        TRY(vb_buf_add(out, vb_str_of(pick(q, "het ene geladen document", "the one loaded document"))));
    else if (!n) /* a graph of an import */
        TRY(vb_buf_add(out, vb_str_of(pick(q, "de geladen documenten", "the loaded documents"))));
    else
        TRY(vb_buf_printf(out, pick(q, "de %lld geladen documenten", "the %lld loaded documents"),
                          (long long)n));
done:
    return status;
}

static vb_status say_nothing(const ask_question *q, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, vb_str_of(pick(q, "Daarover staat niets in ", "Nothing is said of it in "))));
    TRY(say_loaded(q, out));
    TRY(vb_buf_add(out, VB_STR(".")));
done:
    return status;
}

/** What has most of something: one with its number, several that share it with one number for all. */
static vb_status say_most(const ask_question *q, const vb_answer *a, vb_buf *out)
{
    vb_status status;
    bool share = a->nodes.len > 1;
    for (size_t i = 1; share && i < a->nodes.len; i++) share = a->scores[i] >= a->scores[0];
    TRY(vb_buf_printf(out, "%zu %s", a->nodes.len, noun(q, &a->nodes, a->nodes.len > 1)));
    if (share) TRY(vb_buf_printf(out, pick(q, ", elk %.0f keer", ", %.0f each"), a->scores[0]));
    TRY(vb_buf_add(out, VB_STR(", in ")));
    TRY(say_loaded(q, out));
    TRY(vb_buf_add(out, VB_STR(": ")));
    TRY(add_names(q, out, &a->nodes, share ? NULL : a->scores));
    TRY(vb_ask_say_stop(out));
done:
    return status;
}

static vb_status say_nodes(const ask_question *q, const vb_answer *a, vb_buf *out)
{
    vb_status status;
    if (!a->nodes.len) return say_nothing(q, out);
    if (q->goal == ASK_MOST && a->scores) return say_most(q, a, out);
    TRY(vb_buf_printf(out, "%zu %s: ", a->nodes.len, noun(q, &a->nodes, a->nodes.len > 1)));
    TRY(add_names(q, out, &a->nodes, NULL));
    TRY(vb_ask_say_stop(out));
done:
    return status;
}

/** "Nee, niet volgens de geladen documenten; die noemen hier JA21." */
static vb_status say_no(const ask_question *q, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, vb_str_of(pick(q,
                                       q->unsaid ? "Dat zeggen de geladen documenten niet"
                                                 : "Nee, niet volgens de geladen documenten",
                                       q->unsaid ? "The loaded documents do not say so"
                                                 : "No, not according to the loaded documents"))));
    if (q->said.len) {
        TRY(vb_buf_add(out, vb_str_of(pick(q, q->unsaid ? "; wel noemen ze hier " : "; die noemen hier ",
                                           q->unsaid ? "; what they name here: " : ": they name "))));
        TRY(add_names(q, out, &q->said, NULL));
    }
    TRY(vb_ask_say_stop(out));
done:
    return status;
}

static vb_status say_truth(const ask_question *q, const vb_answer *a, vb_buf *out)
{
    bool announced = a->truth && a->edges.len > 0;
    for (size_t i = 0; i < a->edges.len; i++) announced &= a->edges.at[i].certainty == VB_ANNOUNCED;
    if (!a->truth) return say_no(q, out);
    if (announced)
        return vb_buf_add(out, vb_str_of(pick(q, "Ja, dat is volgens de geladen documenten aangekondigd.",
                                              "Yes, the loaded documents announce it.")));
    return vb_buf_add(out, vb_str_of(pick(q, "Ja, volgens de geladen documenten.",
                                          "Yes, according to the loaded documents.")));
}

static vb_status say_path(const ask_question *q, const vb_answer *a, vb_buf *out)
{
    vb_status status = VB_OK;
    if (!a->paths.len || a->paths.by_mention)
        TRY(vb_buf_add(out, vb_str_of(pick(q, "Niets in de geladen documenten verbindt deze twee.",
                                           "Nothing in the loaded documents connects these two."))));
    if (!a->paths.len) return VB_OK;
    if (a->paths.by_mention)
        TRY(vb_buf_add(out, vb_str_of(pick(q, " Wel worden ze in dezelfde documenten genoemd: ",
                                           " They are only mentioned in the same documents: "))));
    const vb_path *path = &a->paths.at[0];
    for (size_t i = 0; i <= path->length; i++) {
        if (i) TRY(vb_buf_add(out, VB_STR(" – ")));
        TRY(vb_ask_say_name(out, path->nodes[i].name));
    }
    TRY(vb_buf_printf(out, pick(q, " (%zu stap%s)", " (%zu step%s)"), path->length,
                      path->length == 1 ? "" : pick(q, "pen", "s")));
    TRY(vb_buf_add(out, VB_STR(".")));
done:
    return status;
}

vb_status vb_ask_say(const ask_question *q, vb_answer *a)
{
    vb_status status;
    vb_buf out = { 0 };
    bool dates = (q->when || q->moment) && a->nodes.len;
    switch (dates ? VB_ANSWER_UNKNOWN : a->kind) {
    case VB_ANSWER_BOOLEAN:
        TRY(say_truth(q, a, &out));
        break;
    case VB_ANSWER_NUMBER:
        if (a->nodes.len)
            TRY(say_nodes(q, a, &out));
        else if (a->number > 0)
            TRY(vb_buf_printf(&out, pick(q, "%.0f keer.", "%.0f times."), a->number));
        else
            TRY(vb_buf_add(&out, vb_str_of(pick(q, "Geen, volgens de geladen documenten.",
                                                "None, according to the loaded documents."))));
        break;
    case VB_ANSWER_PATHS:
        TRY(say_path(q, a, &out));
        break;
    case VB_ANSWER_ROWS:
        if (q->goal == ASK_CHANGES)
            TRY(vb_ask_diff_say(q, a, &out));
        else
            TRY(vb_buf_printf(&out, pick(q, "%zu verbanden.", "%zu relations."), a->n_rows));
        break;
    case VB_ANSWER_UNKNOWN:
        TRY(vb_ask_moment_say(q, a, &out));
        break;
    default:
        TRY(say_nodes(q, a, &out));
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&out), &a->sentence));
done:
    vb_buf_clear(&out);
    return status;
}

/** A name of this label that is mentioned much, to fill an example with: the first of a few hundred. */
static vb_status sample(ask_question *q, vb_str label, vb_str *out)
{
    static const char sql[] =
        "SELECT n.name FROM (SELECT n.id, n.name FROM label_set l CROSS JOIN node n ON n.labels = l.id"
        " WHERE l.name = ?1 AND length(n.name) < 60 LIMIT 300) n ORDER BY (SELECT count(*) FROM"
        " (SELECT 1 FROM edge e WHERE e.target = n.id LIMIT 200)) DESC, n.id LIMIT 1";
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_text(stmt, 1, label.at, (int)label.len, SQLITE_STATIC);
    *out = (vb_str){ 0 };
    if (sqlite3_step(stmt) == SQLITE_ROW)
        status = vb_arena_copy(
            q->arena,
            (vb_str){ (const char *)sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0) },
            out);
    sqlite3_reset(stmt);
done:
    return status;
}

/** An example with names of the store; empty when the store has none of a kind. */
static vb_status fill_example(ask_question *q, vb_str text, const vb_str samples[VB_LABEL_COUNT], vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    size_t at = 0;
    *out = (vb_str){ 0 };
    while (at < text.len) {
        size_t open = vb_str_find(text, VB_STR("{"), at), close = vb_str_find(text, VB_STR("}"), at);
        vb_label label;
        if (open == SIZE_MAX || close == SIZE_MAX || close < open) open = close = text.len;
        TRY(vb_buf_add(&buf, vb_str_part(text, at, open)));
        if (open < text.len) {
            if (!vb_label_find(vb_str_part(text, open + 1, close), &label) || !samples[label].len) goto done;
            TRY(vb_buf_add(&buf, samples[label]));
        }
        at = close + 1;
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

static bool is_near(const ask_question *q, const ask_example *e)
{
    vb_relation relation;
    return vb_relation_find(e->what, &relation) && (q->relation & (1u << relation));
}

/** Up to five questions that can be read, those of the relations that were understood first. */
static vb_status add_examples(ask_question *q, vb_answer *a)
{
    vb_status status = VB_OK;
    vb_str samples[VB_LABEL_COUNT];
    a->nearest = vb_arena_array(q->arena, EXAMPLES_SHOWN, sizeof *a->nearest);
    if (!a->nearest) return VB_NO_MEMORY;
    for (int i = 0; i < VB_LABEL_COUNT; i++)
        TRY(sample(q, vb_str_of(vb_label_name((vb_label)i)), &samples[i]));
    for (int near = 1; near >= 0; near--)
        for (size_t i = 0; i < q->asker->examples.len && a->n_nearest < EXAMPLES_SHOWN; i++) {
            const ask_example *e = &q->asker->examples.at[i];
            if (is_near(q, e) != (near == 1) || (!near && i % 4 != 0)) continue;
            TRY(fill_example(q, e->text[q->language], samples, &a->nearest[a->n_nearest]));
            if (a->nearest[a->n_nearest].len) a->n_nearest++;
        }
done:
    return status;
}

/** The labels that the question wants where the misfit stands: what it is called, or what its verb takes. */
static unsigned wanted(const ask_question *q, const ask_phrase *misfit)
{
    if (misfit->claimed) return misfit->claimed;
    for (size_t i = 0; i < q->n_links; i++) {
        const ask_link *link = &q->links[i];
        for (int r = 0; link->weak && r < VB_REL_COUNT; r++)
            if (link->relations == 1u << r)
                return link->target < 0 ? vb_relation_get((vb_relation)r)->to
                                        : vb_relation_get((vb_relation)r)->from;
    }
    return 0;
}

/** "X is een organisatie, geen programma". */
static vb_status say_misfit(ask_question *q, vb_buf *out)
{
    vb_status status;
    const ask_phrase *p = &q->phrases[q->misfit];
    const vb_node *node = &p->items[0].nodes.at[0];
    vb_label label;
    if (!vb_label_find(node->label, &label)) return vb_buf_add(out, node->name);
    const char *is = vb_ask_say_label(q, label, false);
    unsigned want = wanted(q, p);
    TRY(vb_buf_printf(out, pick(q, "%.*s is een %s", "%.*s is %s %s"), VB_FMT(node->name),
                      q->language == ASK_DUTCH ? is
                      : strchr("aeiou", is[0]) ? "an"
                                               : "a",
                      is));
    for (int l = 0; l < VB_LABEL_COUNT && !(want & (1u << label)); l++)
        if (want == 1u << l)
            TRY(vb_buf_printf(out, pick(q, ", geen %s", ", not a %s"),
                              vb_ask_say_label(q, (vb_label)l, false)));
    TRY(vb_buf_add(out, vb_str_of(pick(q, ". Zo kan ik de vraag niet beantwoorden.",
                                       ". I cannot answer the question this way."))));
done:
    return status;
}

/** Names near what is not known, if it is a name's length; titles are no names to be misspelt. */
static vb_status suggest(ask_question *q, vb_nodes *out)
{
    enum { SHORTEST = 4, ASKED = 12, KEPT = 3 };
    vb_status status = VB_OK;
    vb_nodes near = { 0 };
    size_t n = 0;
    if (q->unread.len < SHORTEST) return VB_OK;
    TRY(vb_store_suggest(q->store, q->unread, ASKED, q->arena, &near, q->err));
    for (size_t i = 0; i < near.len && n < KEPT; i++) {
        bool known = vb_str_eq(near.at[i].label, VB_STR("Document"));
        for (size_t k = 0; k < n && !known; k++) known = vb_str_eq(near.at[k].name, near.at[i].name);
        if (!known) near.at[n++] = near.at[i];
    }
    *out = (vb_nodes){ near.at, n };
done:
    return status;
}

/** Whether what was not read is a kind that the store does not know things by: "kranten". */
static bool is_kind(const ask_question *q)
{
    vb_str folded;
    if (!q->unread.len || vb_fold(q->arena, q->unread, &folded) != VB_OK) return false;
    const ask_word *word = vb_ask_word_find(&q->asker->lexicons[q->language], folded);
    return word && word->note == ASK_KIND;
}

vb_status vb_ask_say_unknown(ask_question *q, vb_answer *a)
{
    vb_status status;
    vb_buf out = { 0 };
    vb_nodes near = { 0 };
    a->kind = VB_ANSWER_UNKNOWN;
    if (!q->unsaid && !a->paths.len && !q->choices.len) TRY(add_examples(q, a));
    if (q->choices.len) {
        TRY(vb_ask_choice_say(q, &out));
    } else if (q->unsaid) {
        TRY(say_no(q, &out));
    } else if (a->paths.len) {
        TRY(say_path(q, a, &out));
    } else if (q->misfit >= 0) {
        TRY(say_misfit(q, &out));
    } else if (is_kind(q)) {
        TRY(vb_buf_printf(&out,
                          pick(q, "Welke organisaties “%.*s” zijn, weet ik niet: vraag naar organisaties.",
                               "Which organisations are “%.*s” I do not know: ask for organisations."),
                          VB_FMT(q->unread)));
    } else if (q->unread.len) {
        TRY(suggest(q, &near));
        TRY(vb_buf_printf(&out,
                          pick(q, "Dat weet ik niet: “%.*s” ken ik niet uit de geladen documenten.",
                               "I do not know: “%.*s” is not in the loaded documents."),
                          VB_FMT(q->unread)));
    } else {
        TRY(vb_buf_add(&out,
                       vb_str_of(pick(q, "Deze vraag kan ik niet lezen.", "I cannot read this question."))));
    }
    if (near.len) {
        TRY(vb_buf_add(&out, vb_str_of(pick(q, " Lijkt op: ", " Like it: "))));
        TRY(add_names(q, &out, &near, NULL));
        TRY(vb_ask_say_stop(&out));
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&out), &a->sentence));
done:
    vb_buf_clear(&out);
    return status;
}

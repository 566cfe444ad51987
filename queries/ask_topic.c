/**
 * Subjects that are no name in the graph: "In welke brieven gaat het over stikstof?", "Who asked about
 * nitrogen?", "Welke programma's gaan over drugspreventie?". They are searched as words, and the answer says
 * so. English words are put into Dutch first (names.tsv).
 *
 * A question with such a subject is read again as if the words were a name: the letters that hold them.
 * Letters over that name are these letters themselves.
 */
#include "queries/ask_forms.h"
#include "queries/ask_set.h"
#include "queries/ask_topic.h"

#include <sqlite3.h>

enum { HITS_MAX = 2000, LONG_WORD = 5 };

/** Words that leave nothing to search for. */
static bool is_small(const ask_question *q, size_t i)
{
    const uint64_t small = ASK_IS(ASK_itself) | ASK_IS(ASK_prep) | ASK_IS(ASK_agent) | ASK_IS(ASK_and);
    const ask_word *w = vb_ask_word_find(&q->asker->lexicons[q->language], q->atoms[i].text);
    return w && (w->classes & small);
}

/** What is searched for the atoms [first, end): their words in Dutch, a long one also as the beginning of
 *  longer ones ("stikstof" finds "stikstofbeleid"). */
static vb_status search_words(ask_question *q, size_t first, size_t end, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    for (size_t i = first; i < end; i++) {
        const ask_alias *alias = vb_ask_alias_find(q->asker, q->atoms[i].text);
        bool dutch = q->language == ASK_ENGLISH && alias && alias->kind == ASK_ALIAS_WORD && alias->n_names;
        vb_str word = dutch ? alias->names[0] : q->atoms[i].text;
        if (is_small(q, i)) continue;
        TRY(vb_buf_printf(&buf, word.len < LONG_WORD ? "%s%.*s" : "%s%.*s*", buf.len ? " " : "",
                          VB_FMT(word)));
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

static vb_status search(ask_question *q, vb_str words, vb_hits *out)
{
    if (!words.len) return VB_UNKNOWN;
    vb_status status = vb_search(q->store, words, HITS_MAX, q->arena, out, q->err);
    return status == VB_NOT_FOUND ? VB_UNKNOWN : status;
}

/** The documents of the hits, each once, best first. */
static vb_status documents_of(ask_question *q, const vb_hits *hits, vb_nodes *out)
{
    vb_status status = VB_OK;
    ask_set known = { 0 };
    out->len = 0;
    out->at = vb_arena_array(q->arena, hits->len + 1, sizeof *out->at);
    if (!out->at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < hits->len; i++) {
        if (vb_ask_set_has(&known, hits->at[i].document.id)) continue;
        TRY(vb_ask_set_add(q, &known, hits->at[i].document.id));
        vb_ask_set_sort(&known);
        out->at[out->len++] = hits->at[i].document;
    }
done:
    return status;
}

/** Whether a word of the documents' title begins as what is searched does. */
static vb_status is_in_title(ask_question *q, const vb_node *document, vb_str words, bool *out)
{
    vb_status status;
    vb_str folded, rest = words, word, left, piece;
    TRY(vb_fold(q->arena, document->name, &folded));
    *out = words.len > 0;
    while (*out && vb_str_next(&rest, ' ', &word)) {
        if (vb_str_ends(word, VB_STR("*"))) word.len--;
        bool found = false;
        left = folded;
        while (!found && vb_str_next(&left, ' ', &piece)) found = vb_str_starts(piece, word);
        *out = found;
    }
done:
    return status;
}

/** Of the documents with the words those that are about them: by their title, or in more than one passage;
 *  where none is, all. */
static vb_status keep_about(ask_question *q, const vb_hits *hits, vb_str words, vb_nodes *documents)
{
    vb_status status = VB_OK;
    vb_node *kept = vb_arena_array(q->arena, documents->len + 1, sizeof *kept);
    size_t n = 0;
    if (!kept) return vb_fail_memory(q->err);
    for (size_t i = 0; i < documents->len; i++) {
        size_t passages = 0;
        bool titled;
        for (size_t k = 0; k < hits->len; k++) passages += hits->at[k].document.id == documents->at[i].id;
        TRY(is_in_title(q, &documents->at[i], words, &titled));
        if (titled || passages > 1) kept[n++] = documents->at[i];
    }
    if (n) *documents = (vb_nodes){ kept, n };
done:
    return status;
}

/** "drugs*" as people are told it: “drugs…” */
static vb_status shown(ask_question *q, vb_str words, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    for (size_t i = 0; i < words.len; i++)
        TRY(vb_buf_add(&buf, words.at[i] == '*' ? VB_STR("…") : (vb_str){ words.at + i, 1 }));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

/* ---- the subject as a name ----------------------------------------------------------------------------- */

/** The unknown words right behind "over", with what joins them. */
static bool find_unknown(const ask_question *q, size_t *first, size_t *end)
{
    for (size_t i = 0; i + 1 < q->n_atoms; i++) {
        size_t at = i + 1;
        if (q->atoms[i].name >= 0 || !vb_ask_is_about(q->atoms[i].text)) continue;
        while (at < q->n_atoms && q->atoms[at].name < 0 && ask_is(&q->atoms[at], ASK_itself)) at++;
        *first = *end = at;
        for (; at < q->n_atoms && q->atoms[at].name < 0 && !q->atoms[at].used; at++) {
            bool kind =
                ask_is(&q->atoms[at], ASK_type) && (at + 1 == q->n_atoms || q->atoms[at + 1].name < 0);
            bool known = !kind && (q->atoms[at].word || vb_ask_text_inside(q, at));
            bool verb = at > *first && vb_ask_guess_is_cue(q, q->atoms[at].text);
            if (verb || (known && !is_small(q, at))) break;
            if (!known) *end = at + 1;
            if (*first == at && known) break;
        }
        if (*end > *first) return true;
    }
    return false;
}

vb_status vb_ask_topic_take(ask_question *q)
{
    vb_status status;
    size_t first, end;
    vb_str words;
    vb_hits hits;
    vb_nodes documents;
    if (!find_unknown(q, &first, &end)) return VB_UNKNOWN;
    TRY(search_words(q, first, end, &words));
    TRY(search(q, words, &hits));
    TRY(documents_of(q, &hits, &documents));
    TRY(keep_about(q, &hits, words, &documents));
    TRY(vb_ask_names_add(q, first, end, documents, false));
    q->names[q->n_names - 1].asked = true;
    q->names[q->n_names - 1].searched = true;
    TRY(shown(q, words, &q->searched));
done:
    return status;
}

/** Whether a phrase is the subject that was searched, or stands for the letters that hold it. */
static bool is_searched(const ask_question *q, int phrase)
{
    return phrase >= 0 && q->phrases[phrase].searched;
}

vb_status vb_ask_topic_settle(ask_question *q)
{
    size_t n = 0;
    for (size_t k = 0; q->searched.len && k < q->n_links; k++) {
        const ask_link *link = &q->links[k];
        const unsigned naming = 1u << VB_REL_MENTIONS | 1u << VB_REL_CITES;
        q->links[n++] = *link;
        if (!is_searched(q, link->target) || !(link->relations & naming)) continue;
        ask_phrase *letters = link->source >= 0 ? &q->phrases[link->source] : NULL;
        if (!letters || letters->n_items || letters->mask != VB_MASK_DOCUMENT || link->negated)
            return VB_UNKNOWN;
        letters->items[0] = q->phrases[link->target].items[0];
        letters->n_items = 1;
        letters->searched = letters->linked = true;
        q->phrases[link->target].gone = true;
        n--; /* they are these letters */
    }
    if (q->searched.len) q->n_links = n;
    return VB_OK;
}

vb_status vb_ask_topic_say(ask_question *q, vb_answer *out)
{
    vb_str said = out->sentence;
    if (!q->searched.len) return VB_OK;
    return vb_arena_printf(q->arena, &out->sentence,
                           q->language == ASK_DUTCH ? "%.*s (“%.*s” is op woorden gezocht.)"
                                                    : "%.*s (“%.*s” was searched as words.)",
                           VB_FMT(said), VB_FMT(q->searched));
}

/* ---- things about a subject ---------------------------------------------------------------------------- */

/** Things of the kind with the words in a name. */
static vb_status by_name(ask_question *q, vb_str words, const ask_set *kinds, ask_set *out)
{
    static const char sql[] = "SELECT DISTINCT a.node FROM alias_words w JOIN alias a ON a.id = w.rowid "
                              "WHERE alias_words MATCH ?1 LIMIT 2000";
    vb_status status = VB_OK;
    vb_buf match = { 0 };
    vb_str rest = words, word;
    sqlite3_stmt *stmt;
    bool row;
    while (vb_str_next(&rest, ' ', &word)) {
        bool prefix = vb_str_ends(word, VB_STR("*"));
        TRY(vb_buf_printf(&match, prefix ? "\"%.*s\" * " : "\"%.*s\" ", (int)(word.len - prefix), word.at));
    }
    TRY(vb_sql_bind(q->store, q->err, &stmt, sql, "s", vb_buf_view(&match)));
    while ((status = vb_sql_row(q->store, q->err, stmt, &row)) == VB_OK && row) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        if (vb_ask_set_has(kinds, id)) status = vb_ask_set_add(q, out, id);
        if (status != VB_OK) break;
    }
    sqlite3_reset(stmt);
    vb_ask_set_sort(out);
done:
    vb_buf_clear(&match);
    return status;
}

/** Things of the kind that are named in the passages that hold the words. */
static vb_status by_passage(ask_question *q, vb_str words, const ask_set *kinds, ask_set *out)
{
    static const char sql[] = "SELECT m.node FROM document d JOIN mention m ON m.document = d.id "
                              "AND m.start >= ?2 AND m.start < ?3 WHERE d.node = ?1";
    vb_status status;
    vb_hits hits;
    TRY(search(q, words, &hits));
    for (size_t i = 0; i < hits.len; i++) {
        sqlite3_stmt *stmt;
        bool row;
        TRY(vb_sql_bind(q->store, q->err, &stmt, sql, "iii", hits.at[i].document.id, hits.at[i].start,
                        hits.at[i].end));
        while ((status = vb_sql_row(q->store, q->err, stmt, &row)) == VB_OK && row) {
            int64_t id = sqlite3_column_int64(stmt, 0);
            if (vb_ask_set_has(kinds, id)) status = vb_ask_set_add(q, out, id);
            if (status != VB_OK) break;
        }
        sqlite3_reset(stmt);
        TRY(status);
    }
    vb_ask_set_sort(out);
done:
    return status;
}

/** "2 programma's met “drugs…” in hun naam: …" */
static vb_status say_things(ask_question *q, vb_str words, bool named, vb_answer *out)
{
    enum { SHOWN = 12 };
    bool nl = q->language == ASK_DUTCH;
    vb_status status;
    vb_buf buf = { 0 };
    vb_str told;
    TRY(shown(q, words, &told));
    vb_label label;
    bool one = out->nodes.len == 1 && vb_label_find(out->nodes.at[0].label, &label);
    vb_str kind = one ? vb_str_of(vb_ask_say_label(q, label, false)) : ask_written(q, q->match.kind_at);
    TRY(vb_buf_printf(&buf, "%zu %.*s ", out->nodes.len, VB_FMT(kind)));
    TRY(vb_buf_printf(&buf,
                      named ? (nl ? "met “%.*s” in de naam: " : "with “%.*s” in the name: ")
                            : (nl ? "genoemd in een alinea met “%.*s” (op woorden gezocht): "
                                  : "named in a paragraph with “%.*s” (searched by words): "),
                      VB_FMT(told)));
    for (size_t i = 0; i < out->nodes.len && i < SHOWN; i++) {
        const char *between = i + 1 == out->nodes.len ? (nl ? " en " : " and ") : ", ";
        TRY(vb_buf_add(&buf, vb_str_of(i ? between : "")));
        TRY(vb_ask_say_name(&buf, out->nodes.at[i].name));
    }
    if (out->nodes.len > SHOWN)
        TRY(vb_buf_printf(&buf, nl ? " en nog %zu" : " and %zu more", out->nodes.len - SHOWN));
    TRY(vb_ask_say_stop(&buf));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_about_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    ask_set kinds, found = { 0 };
    vb_str words;
    const ask_phrase *kind = vb_ask_form_kind(q);
    if (!q->match.kind || (kind->mask & VB_MASK_DOCUMENT) || kind->note == ASK_KIND) return VB_UNKNOWN;
    TRY(search_words(q, q->match.first, q->match.end, &words));
    if (!words.len) return VB_UNKNOWN;
    TRY(vb_ask_set_of_labels(q, kind->mask, &kinds));
    TRY(vb_ask_set_filter(q, kind, &kinds));
    TRY(by_name(q, words, &kinds, &found));
    bool named = found.len > 0;
    if (!named) TRY(by_passage(q, words, &kinds, &found));
    if (!found.len) {
        status = VB_UNKNOWN;
        goto done;
    }
    out->kind = VB_ANSWER_NODES;
    out->nodes = (vb_nodes){ vb_arena_array(q->arena, found.len, sizeof *out->nodes.at), found.len };
    if (!out->nodes.at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < found.len; i++)
        TRY(vb_store_node(q->store, found.at[i], q->arena, &out->nodes.at[i], q->err));
    TRY(say_things(q, words, named, out));
    TRY(vb_arena_printf(q->arena, &out->cypher, "verband search %.*s", VB_FMT(words)));
done:
    return status;
}

/* ---- letters about a subject --------------------------------------------------------------------------- */

/** The atoms of the subject: unknown words behind "over"; false: there are none, or others as well. */
static bool find_subject(const ask_question *q, size_t *first, size_t *end)
{
    size_t about = SIZE_MAX;
    *first = *end = 0;
    for (size_t i = 0; i < q->n_atoms; i++) {
        const ask_atom *a = &q->atoms[i];
        if (a->name >= 0 || ask_is(a, ASK_not) || ask_is(a, ASK_except) || ask_is(a, ASK_without))
            return false;
        if (vb_ask_is_about(a->text) && !*end) about = i;
        if (a->word || a->used || vb_ask_text_inside(q, i)) continue;
        if (about == SIZE_MAX) return false;
        if (!*end) *first = i;
        *end = i + 1;
    }
    for (size_t i = about + 1; *end && i < *first; i++)
        if (!ask_is(&q->atoms[i], ASK_itself)) return false;
    return *end > 0;
}

/** Whether letters are asked for, and nothing else. */
static bool asks_letters(const ask_question *q)
{
    bool found = false;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone) continue;
        bool letters = p->typed && !p->n_items && p->mask == VB_MASK_DOCUMENT && p->note != ASK_MOTION;
        if (!letters) return false;
        found = true;
    }
    return found;
}

static bool date_fits(const ask_question *q, vb_str date)
{
    if (!q->dated) return true;
    if (!date.len) return false;
    return (!q->dates.since[0] || vb_str_cmp(date, vb_str_of(q->dates.since)) >= 0) &&
           (!q->dates.until[0] || vb_str_cmp(date, vb_str_of(q->dates.until)) <= 0);
}

/** "12 brieven met de woorden “stikstof”: …" */
static vb_status say(ask_question *q, vb_str words, vb_answer *out)
{
    enum { SHOWN = 5 };
    bool nl = q->language == ASK_DUTCH, one = out->nodes.len == 1;
    vb_status status;
    vb_buf buf = { 0 };
    TRY(vb_buf_printf(&buf,
                      nl ? "%zu document%s met “%.*s” in de tekst (op woorden gezocht): "
                         : "%zu document%s with “%.*s” in the text (searched by its words): ",
                      out->nodes.len,
                      one  ? ""
                      : nl ? "en"
                           : "s",
                      VB_FMT(words)));
    for (size_t i = 0; i < out->nodes.len && i < SHOWN; i++) {
        if (i) TRY(vb_buf_add(&buf, VB_STR("; ")));
        TRY(vb_ask_say_name(&buf, out->nodes.at[i].name));
    }
    if (out->nodes.len > SHOWN)
        TRY(vb_buf_printf(&buf, nl ? "; en nog %zu" : "; and %zu more", out->nodes.len - SHOWN));
    TRY(vb_ask_say_stop(&buf));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_topic_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    size_t first, end, n = 0;
    vb_str words, told;
    vb_hits hits;
    vb_nodes all;
    if (q->when || q->moment || !find_subject(q, &first, &end) || !asks_letters(q)) return VB_UNKNOWN;
    TRY(search_words(q, first, end, &words));
    TRY(search(q, words, &hits));
    for (size_t i = 0; i < hits.len; i++)
        if (date_fits(q, hits.at[i].date)) hits.at[n++] = hits.at[i];
    hits.len = n;
    TRY(documents_of(q, &hits, &all));
    if (!all.len) return VB_UNKNOWN;
    out->nodes = all;
    out->number = (double)all.len;
    out->kind = q->goal == ASK_COUNT ? VB_ANSWER_NUMBER : VB_ANSWER_NODES;
    TRY(vb_arena_printf(q->arena, &out->cypher, "verband search %.*s", VB_FMT(words)));
    TRY(shown(q, words, &told));
    TRY(say(q, told, out));
done:
    return status;
}

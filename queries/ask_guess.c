/**
 * Words of a question that are neither known words nor exact names: spelling mistakes, and names that are
 * shortened ("adviescommissie nadeelcompensatie" for a longer name with these words in this order).
 *
 * A guess must be near: few edits for its length and the only one, or at least two words of three names at
 * most. Everything else stays unread, and the question unanswered.
 */
#include "queries/ask.h"

#include <sqlite3.h>

bool vb_ask_guess_is_cue(const ask_question *q, vb_str word)
{
    for (size_t i = 0; i < q->asker->cues.len; i++) {
        const ask_cue *cue = &q->asker->cues.at[i];
        if (cue->language != q->language) continue;
        for (size_t p = 0; p < cue->n_parts; p++)
            for (size_t c = 0; c < cue->n_choices[p]; c++) {
                vb_str rest = cue->parts[p][c], piece;
                while (vb_str_next(&rest, ' ', &piece))
                    if (vb_str_eq(piece, word)) return true;
            }
    }
    return false;
}

unsigned vb_ask_guess_role(const ask_question *q, vb_str word)
{
    unsigned mask = 0;
    for (size_t i = 0; i < q->asker->cues.len; i++) {
        const ask_cue *cue = &q->asker->cues.at[i];
        bool noun = cue->kind == ASK_SOURCE || cue->kind == ASK_TARGET;
        if (cue->language != q->language || cue->says >= VB_REL_COUNT) continue;
        for (size_t p = 0; p < cue->n_parts; p++)
            for (size_t c = 0; c < cue->n_choices[p]; c++) {
                if (!vb_str_eq(cue->parts[p][c], word)) continue;
                if (!noun || cue->n_parts > 1) return 0; /* also a verb or part of one */
                const vb_relation_info *info = vb_relation_get((vb_relation)cue->says);
                mask |= info->symmetric           ? info->from | info->to
                        : cue->kind == ASK_SOURCE ? info->from
                                                  : info->to;
            }
    }
    return mask;
}

/** A word that is neither part of a name nor known as a word of questions. */
static bool is_unread(const ask_question *q, size_t i)
{
    const ask_atom *a = &q->atoms[i];
    bool known = a->used || a->name >= 0 || a->word || vb_ask_text_inside(q, i);
    return !known && !vb_ask_guess_is_cue(q, a->text);
}

/** How many edits a word or name of this length may have. */
static size_t edits_for(size_t len)
{
    return len < 5 ? 0 : len < 9 ? 1 : len < 24 ? 2 : 3;
}

typedef struct nearest {
    vb_str text;
    size_t distance;
} nearest;

static bool same_letters(vb_str a, vb_str b)
{
    int count[256] = { 0 };
    for (size_t i = 0; i < a.len; i++) count[(unsigned char)a.at[i]]++;
    for (size_t i = 0; i < b.len; i++)
        if (--count[(unsigned char)b.at[i]] < 0) return false;
    return true;
}

/** Short words are mended only at their end ("houd" for "houdt") or when they are question words. */
static bool may_mend(vb_str wrong, vb_str right, uint64_t classes)
{
    const uint64_t asking =
        ASK_IS(ASK_who) | ASK_IS(ASK_what) | ASK_IS(ASK_which) | ASK_IS(ASK_where) | ASK_IS(ASK_howmany);
    if (wrong.len > 5 || (classes & asking)) return true;
    if (wrong.len == right.len && wrong.len > 3 && same_letters(wrong, right)) return true; /* "abuot" */
    bool end = vb_str_starts(right, wrong) || vb_str_starts(wrong, right);
    return end && !(classes & ASK_IS(ASK_itself));
}

static void try_near(vb_str wrong, vb_str right, size_t limit, nearest *best)
{
    if (!right.len || right.at[0] != wrong.at[0]) return;
    size_t d = vb_ask_text_distance(wrong, right, limit);
    if (d < best->distance) *best = (nearest){ right, d };
}

/** The known word that is meant by a misspelt one; names are never taken for one. */
static nearest near_word(const ask_question *q, size_t i)
{
    vb_str wrong = q->atoms[i].text;
    size_t limit = wrong.len < 4 ? 0 : wrong.len < 8 ? 1 : 2;
    nearest best = { .distance = limit + 1 };
    if (!limit || (q->atoms[i].upper && i > 0) || q->atoms[i].quoted) return best;
    const ask_lexicon *lexicon = &q->asker->lexicons[q->language];
    for (size_t k = 0; k < lexicon->words.len; k++) {
        vb_str right = lexicon->words.at[k].text;
        if (right.len + 1 >= wrong.len && right.len > 3 &&
            may_mend(wrong, right, lexicon->words.at[k].classes))
            try_near(wrong, right, limit, &best);
    }
    for (size_t k = 0; k < q->asker->cues.len; k++) {
        const ask_cue *cue = &q->asker->cues.at[k];
        for (size_t p = 0; cue->language == q->language && p < cue->n_parts; p++)
            for (size_t c = 0; c < cue->n_choices[p]; c++) {
                vb_str rest = cue->parts[p][c], piece;
                while (vb_str_next(&rest, ' ', &piece))
                    if (piece.len > 4 && may_mend(wrong, piece, 0)) try_near(wrong, piece, limit, &best);
            }
    }
    return best;
}

/** The nodes that are nearest; several when they are as near. */
enum { RIVALS_MAX = 3 };
typedef struct guess {
    int64_t nodes[RIVALS_MAX + 1];
    size_t n, cost;
} guess;

static void offer(guess *best, int64_t node, size_t cost)
{
    if (!best->n || cost < best->cost) {
        *best = (guess){ .nodes = { node }, .n = 1, .cost = cost };
        return;
    }
    bool known = cost > best->cost || best->n > RIVALS_MAX;
    for (size_t i = 0; i < best->n; i++) known |= best->nodes[i] == node;
    if (!known) best->nodes[best->n++] = node;
}

/** The names that begin with one letter, and are about as long, measured. */
static vb_status measure_names(ask_question *q, vb_str span, char first, size_t limit, guess *best)
{
    static const char sql[] = "SELECT id, folded FROM alias WHERE folded >= ?1 AND folded < ?2"
                              " AND length(folded) BETWEEN ?3 AND ?4";
    vb_status status;
    sqlite3_stmt *stmt, *node;
    int code;
    const char from[2] = { first, '\0' }, to[2] = { (char)(first + 1), '\0' };
    TRY(vb_store_prepare(q->store, "SELECT node FROM alias WHERE id = ?1", &node, q->err));
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_text(stmt, 1, from, 1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, to, 1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 3, (int64_t)(span.len > limit ? span.len - limit : 1));
    sqlite3_bind_int64(stmt, 4, (int64_t)(span.len + limit));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        vb_str alias = { (const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1) };
        size_t d = alias.len > 3 ? vb_ask_text_distance(span, alias, limit) : limit + 1;
        if (d > limit) continue;
        sqlite3_bind_int64(node, 1, sqlite3_column_int64(stmt, 0));
        if (sqlite3_step(node) == SQLITE_ROW) offer(best, sqlite3_column_int64(node, 0), d);
        sqlite3_reset(node);
    }
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt); /* its texts end here */
    if (code != SQLITE_DONE) status = vb_store_fail(q->store, q->err, "looking for a name");
done:
    return status;
}

/** Names a few edits away that begin with one of the first two letters: all names would be too many to go
 *  through for each run of words. */
static vb_status guess_misspelt(ask_question *q, vb_str span, guess *best)
{
    vb_status status = VB_OK;
    size_t limit = edits_for(span.len);
    *best = (guess){ 0 };
    if (!limit) return VB_OK;
    for (size_t i = 0; i < 2 && i < span.len; i++) {
        bool letter = (span.at[i] >= 'a' && span.at[i] <= 'z') || (span.at[i] >= '0' && span.at[i] <= '9');
        if (letter && (i == 0 || span.at[i] != span.at[0]))
            TRY(measure_names(q, span, span.at[i], limit, best));
    }
done:
    return status;
}

/** Whether the words of @p part stand in @p whole in this order; *cost counts the words that are over. */
static bool is_shortened(vb_str whole, vb_str part, size_t *cost)
{
    vb_str rest = part, word, left = whole, piece;
    *cost = 0;
    while (vb_str_next(&rest, ' ', &word)) {
        bool found = false;
        while (!found && vb_str_next(&left, ' ', &piece)) {
            found = vb_str_eq(piece, word);
            if (!found) ++*cost;
        }
        if (!found) return false;
    }
    while (vb_str_next(&left, ' ', &piece)) ++*cost;
    return true;
}

/** The one name that has the content words of a span in their order. */
static vb_status guess_shortened(ask_question *q, vb_str words, guess *best)
{
    static const char sql[] = "SELECT a.node, a.folded FROM alias_words w JOIN alias a ON a.id = w.rowid "
                              "WHERE alias_words MATCH ?1 LIMIT 60";
    vb_status status;
    vb_buf match = { 0 };
    vb_str rest = words, word;
    sqlite3_stmt *stmt;
    *best = (guess){ 0 };
    while (vb_str_next(&rest, ' ', &word)) TRY(vb_buf_printf(&match, "\"%.*s\" ", VB_FMT(word)));
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_text(stmt, 1, match.at, (int)match.len, SQLITE_TRANSIENT);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        vb_str alias = { (const char *)sqlite3_column_text(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1) };
        size_t cost;
        if (is_shortened(alias, words, &cost)) offer(best, sqlite3_column_int64(stmt, 0), cost);
    }
    sqlite3_reset(stmt);
done:
    vb_buf_clear(&match);
    return status;
}

/** "vragen", "brief": what a paper is, which says nothing of which one. */
static bool is_paper_word(const ask_word *w)
{
    return w && (w->classes & ASK_IS(ASK_type)) && (w->note == ASK_QUESTION || w->note == ASK_LETTER);
}

/** The words of [first, end) that carry meaning, joined; *n counts them, but not what any paper is called. */
static vb_status content_words(ask_question *q, size_t first, size_t end, vb_str *out, size_t *n)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    const uint64_t small = ASK_IS(ASK_itself) | ASK_IS(ASK_prep) | ASK_IS(ASK_agent) | ASK_IS(ASK_and);
    *n = 0;
    for (size_t i = first; i < end; i++) {
        const ask_word *w = vb_ask_word_find(&q->asker->lexicons[q->language], q->atoms[i].text);
        const ask_word *nl = vb_ask_word_find(&q->asker->lexicons[ASK_DUTCH], q->atoms[i].text);
        if ((w && (w->classes & small)) || (nl && (nl->classes & small))) continue;
        if (buf.len) TRY(vb_buf_add(&buf, VB_STR(" ")));
        TRY(vb_buf_add(&buf, q->atoms[i].text));
        *n += !is_paper_word(w) && !is_paper_word(nl);
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

static vb_status take(ask_question *q, size_t first, size_t end, const guess *best)
{
    vb_status status = VB_OK;
    vb_node *nodes = vb_arena_array(q->arena, best->n, sizeof *nodes);
    if (!nodes) return VB_NO_MEMORY;
    for (size_t i = 0; i < best->n; i++)
        TRY(vb_store_node(q->store, best->nodes[i], q->arena, &nodes[i], q->err));
    TRY(vb_ask_names_add(q, first, end, (vb_nodes){ nodes, best->n }, false));
done:
    return status;
}

/** "het Modelplan": a long word that one name starts with. */
static bool starts_name(ask_question *q, int64_t node, vb_str word)
{
    sqlite3_stmt *stmt;
    bool found = false;
    if (word.len < 8) return false;
    if (vb_store_prepare(q->store, "SELECT folded FROM alias WHERE node = ?1", &stmt, q->err) != VB_OK)
        return false;
    sqlite3_bind_int64(stmt, 1, node);
    while (!found && sqlite3_step(stmt) == SQLITE_ROW) {
        vb_str alias = { (const char *)sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0) };
        found = vb_str_starts(alias, word);
    }
    sqlite3_reset(stmt);
    return found;
}

/** Of the names with one word in common only a single person is meant, or the name that starts with it. */
static vb_status keep_person(ask_question *q, vb_str word, guess *best)
{
    vb_status status = VB_OK;
    guess persons = { 0 };
    for (size_t i = 0; i < best->n; i++) {
        vb_node node;
        TRY(vb_store_node(q->store, best->nodes[i], q->arena, &node, q->err));
        bool person = vb_str_eq(node.label, VB_STR("Person"));
        if (person || (best->n == 1 && starts_name(q, node.id, word))) persons.nodes[persons.n++] = node.id;
    }
    *best = persons.n == 1 ? persons : (guess){ 0 };
done:
    return status;
}

/** "Yeşilgöz-Zegerius" is she, and not the motion that is called after her. */
static vb_status drop_papers(ask_question *q, guess *best)
{
    vb_status status = VB_OK;
    guess others = { .cost = best->cost };
    bool person = false;
    for (size_t i = 0; i < best->n && best->n > 1; i++) {
        vb_node node;
        TRY(vb_store_node(q->store, best->nodes[i], q->arena, &node, q->err));
        person |= vb_str_eq(node.label, VB_STR("Person"));
        if (!vb_str_eq(node.label, VB_STR("Document"))) others.nodes[others.n++] = node.id;
    }
    if (person) *best = others;
done:
    return status;
}

/** "Knops", "Van Oosten": one word, behind nothing but particles. */
static bool is_surname(const ask_question *q, size_t first, size_t end)
{
    static const char *const particles[] = { "van", "de", "der", "den", "ten", "ter", "el", "von" };
    for (size_t i = first; i + 1 < end; i++) {
        bool particle = false;
        for (size_t k = 0; k < VB_COUNT(particles); k++)
            particle |= q->atoms[i].upper && vb_str_eq(q->atoms[i].text, vb_str_of(particles[k]));
        if (!particle && !(i > first && q->atoms[i - 1].upper)) return false;
    }
    return true;
}

/** Try one window of words both ways. */
static vb_status try_window(ask_question *q, size_t first, size_t end, bool misspelt, bool *taken)
{
    vb_status status;
    guess best = { 0 };
    vb_str span;
    size_t n = 2;
    if (++q->n_lookups > ASK_LOOKUPS_MAX) return VB_OK;
    if (misspelt) {
        TRY(vb_ask_text_span(q, first, end, &span));
        TRY(guess_misspelt(q, span, &best));
    } else {
        TRY(content_words(q, first, end, &span, &n));
        bool surname = n == 1 && span.len > 3 && q->atoms[end - 1].upper && is_surname(q, first, end);
        if (n < 2 && !surname) return VB_OK;
        TRY(guess_shortened(q, span, &best));
        if (surname) TRY(keep_person(q, span, &best));
        TRY(drop_papers(q, &best));
    }
    size_t most = misspelt || n < 2 ? 1 : RIVALS_MAX; /* a shortened name may stand for two or three */
    if (best.n && best.n <= most) {
        TRY(take(q, first, end, &best));
        *taken = true;
    }
    return VB_OK;
done:
    return status;
}

/** Names neither start nor end with a small word. */
static bool at_edge(const ask_question *q, size_t i)
{
    const uint64_t small = ASK_IS(ASK_itself) | ASK_IS(ASK_prep) | ASK_IS(ASK_agent) | ASK_IS(ASK_and) |
                           ASK_IS(ASK_who) | ASK_IS(ASK_what) | ASK_IS(ASK_which) | ASK_IS(ASK_be);
    bool particle = q->atoms[i].upper && i > 0 && vb_str_eq(q->atoms[i].text, VB_STR("van"));
    if (particle) return false; /* "Van Oosten" */
    return q->atoms[i].word && (q->atoms[i].word->classes & small) && !ask_is(&q->atoms[i], ASK_type);
}

/** Windows around atom @p at, longest first. */
static vb_status guess_around(ask_question *q, size_t at, bool misspelt, bool *taken)
{
    vb_status status = VB_OK;
    const size_t reach = misspelt ? 5 : 9;
    size_t low = at > reach ? at - reach : 0;
    size_t high = at + reach + 1 < q->n_atoms ? at + reach + 1 : q->n_atoms;
    for (size_t len = high - low; len > 0 && !*taken; len--)
        for (size_t i = low; i + len <= high && !*taken; i++) {
            if (i > at || i + len <= at || at_edge(q, i) || at_edge(q, i + len - 1)) continue;
            if (len > (misspelt ? (size_t)6 : (size_t)10)) continue;
            if (q->atoms[i].used || (i && q->atoms[i].name >= 0 && q->atoms[i].name == q->atoms[i - 1].name))
                continue;
            TRY(try_window(q, i, i + len, misspelt, taken));
        }
done:
    return status;
}

vb_status vb_ask_guess_names(ask_question *q)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_atoms; i++) {
        bool taken = false;
        if (!is_unread(q, i)) continue;
        nearest word = near_word(q, i);
        if (word.text.len && word.distance == 1 && q->atoms[i].text.len < 8 && !q->atoms[i].upper) {
            q->atoms[i].text = word.text;
            continue;
        }
        TRY(guess_around(q, i, true, &taken));
        if (!taken) TRY(guess_around(q, i, false, &taken));
        if (!taken && word.text.len) q->atoms[i].text = word.text;
    }
    TRY(vb_ask_text_words(q));
    for (size_t i = 0; i < q->n_atoms; i++)
        if (q->atoms[i].name >= 0) q->atoms[i].word = NULL, q->atoms[i].word_len = 0;
done:
    return status;
}

/**
 * The names in a question: for each place the longest run of words that is a name or alias in the store, the
 * English or adjectival form of one (names.tsv, countries), an English description put into Dutch word by
 * word, or a key. Names that are not written exactly are left to ask_guess.c.
 */
#include "queries/ask_choice.h"
#include "queries/ask.h"

#include <sqlite3.h>

static const char by_alias[] = "SELECT DISTINCT node FROM alias WHERE folded = ?1 LIMIT ?2";
static const char by_key[] =
    "SELECT n.id FROM label_set l CROSS JOIN node n ON n.labels = l.id AND n.key = ?1 LIMIT ?2";
static const char by_file[] = "SELECT node FROM document WHERE file = ?1 LIMIT ?2";

/** Nodes that @p sql finds for @p text, of the labels of @p mask (0: any). */
static vb_status look_up(ask_question *q, const char *sql, vb_str text, unsigned mask, vb_nodes *out)
{
    vb_status status;
    VB_VEC(vb_node) nodes = { 0 };
    sqlite3_stmt *stmt;
    int64_t ids[ASK_CANDIDATES_MAX];
    size_t n = 0;
    int code;
    TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
    sqlite3_bind_text(stmt, 1, text.at, (int)text.len, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 2, ASK_CANDIDATES_MAX);
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW && n < ASK_CANDIDATES_MAX)
        ids[n++] = sqlite3_column_int64(stmt, 0);
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        status = vb_store_fail(q->store, q->err, "looking up a name");
        goto done;
    }
    sqlite3_reset(stmt);
    for (size_t i = 0; i < n; i++) {
        vb_node node;
        vb_label label;
        TRY(vb_store_node(q->store, ids[i], q->arena, &node, q->err));
        if (!vb_label_find(node.label, &label) || (mask && !(mask & (1u << label)))) continue;
        TRY(vb_push(q->arena, &nodes));
        nodes.at[nodes.len - 1] = node;
    }
    *out = (vb_nodes){ nodes.at, nodes.len };
done:
    return status;
}

vb_status vb_ask_names_alias(ask_question *q, const ask_alias *alias, vb_nodes *out)
{
    vb_status status = VB_OK;
    *out = (vb_nodes){ 0 };
    for (size_t i = 0; i < alias->n_names && !out->len; i++) {
        TRY(look_up(q, by_alias, alias->names[i], alias->mask, out));
        if (!out->len) TRY(look_up(q, by_key, alias->names[i], alias->mask, out));
    }
done:
    return status;
}

/** "Kamervragen over Oekraïne als atoommacht": words of the questions' own title mean these questions. */
static vb_status were_asked(ask_question *q, const vb_nodes *nodes, bool *out)
{
    static const char sql[] = "SELECT 1 FROM relation r JOIN edge e ON e.target = ?1 AND e.type = r.id "
                              "WHERE r.name = 'ASKED' LIMIT 1";
    vb_status status = VB_OK;
    sqlite3_stmt *stmt;
    *out = nodes->len > 0;
    for (size_t i = 0; i < nodes->len && *out; i++) {
        TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
        sqlite3_bind_int64(stmt, 1, nodes->at[i].id);
        *out = sqlite3_step(stmt) == SQLITE_ROW;
        sqlite3_reset(stmt);
    }
done:
    return status;
}

vb_status vb_ask_names_add(ask_question *q, size_t first, size_t end, vb_nodes nodes, bool adjective)
{
    for (size_t i = first; i < end; i++) {
        if (q->atoms[i].name < 0) continue;
        ask_name *old = &q->names[q->atoms[i].name];
        for (size_t k = old->first; k < old->end; k++) q->atoms[k].name = -1;
        old->nodes.len = 0;
    }
    if (q->n_names == ASK_PHRASES_MAX) return VB_TOO_LARGE;
    ask_name *name = &q->names[q->n_names];
    vb_ask_choice_keep(q, &nodes);
    *name = (ask_name){ .first = first, .end = end, .nodes = nodes, .adjective = adjective };
    for (size_t i = 0; i < nodes.len; i++) {
        vb_label label;
        if (vb_label_find(nodes.at[i].label, &label)) name->mask |= 1u << label;
    }
    for (size_t i = first; i < end; i++) {
        q->atoms[i].name = (int16_t)q->n_names;
        if (q->atoms[i].word && i + q->atoms[i].word_len > end) continue;
        q->atoms[i].word_len = 0;
        q->atoms[i].word = NULL;
    }
    q->n_names++;
    return name->mask == VB_MASK_DOCUMENT ? were_asked(q, &nodes, &name->asked) : VB_OK;
}

/** Put an English description into Dutch, word by word; *out is empty when no word of it is known. */
static vb_status translate(ask_question *q, size_t first, size_t end, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf dutch = { 0 };
    bool any = false;
    for (size_t i = first; i < end; i++) {
        const ask_alias *alias = vb_ask_alias_find(q->asker, q->atoms[i].text);
        bool word = alias && alias->kind == ASK_ALIAS_WORD && alias->n_names;
        if (i > first) TRY(vb_buf_add(&dutch, VB_STR(" ")));
        TRY(vb_buf_add(&dutch, word ? alias->names[0] : q->atoms[i].text));
        any |= word;
    }
    *out = (vb_str){ 0 };
    if (any) TRY(vb_arena_copy(q->arena, vb_buf_view(&dutch), out));
done:
    vb_buf_clear(&dutch);
    return status;
}

/** Whether atom @p i is written as an abbreviation: "OM". */
static bool all_capitals(const ask_question *q, size_t i)
{
    const ask_atom *a = &q->atoms[i];
    if (a->end - a->start < 2) return false;
    for (size_t k = a->start; k < a->end; k++)
        if (q->text.at[k] < 'A' || q->text.at[k] > 'Z') return false;
    return true;
}

/** Whether who wrote the question uses capitals for names. */
static bool has_capitals(const ask_question *q)
{
    for (size_t i = 1; i < q->n_atoms; i++)
        if (q->atoms[i].upper) return true;
    return false;
}

/** A single small word is a name only when it is written as one. */
static bool may_be_name(const ask_question *q, size_t first, size_t end)
{
    const ask_atom *a = &q->atoms[first];
    if (end > first + 1) return true;
    if (a->text.len < 2) return false;
    bool verb = !a->upper && !a->quoted && has_capitals(q) && vb_ask_guess_is_cue(q, a->text);
    if (verb) return false; /* "welke organisaties leiden X": no town */
    if (!a->word && a->text.len > 2) return true;
    bool small = false;
    for (int l = 0; l < ASK_LANGUAGES; l++)
        small |= vb_ask_word_find(&q->asker->lexicons[l], a->text) != NULL;
    return !small || (a->upper && first > 0) || all_capitals(q, first) || a->quoted;
}

/** "minister van X": the office, not the ministry, when X alone is a name. */
static vb_status is_office_of(ask_question *q, size_t first, size_t end, bool *out)
{
    vb_status status = VB_OK;
    vb_str rest;
    vb_nodes nodes = { 0 };
    const ask_word *word = vb_ask_word_find(&q->asker->lexicons[q->language], q->atoms[first].text);
    *out = false;
    if (!word || word->note != ASK_OFFICE || end < first + 3) return VB_OK;
    TRY(vb_ask_text_span(q, first + 2, end, &rest));
    TRY(look_up(q, by_alias, rest, VB_MASK_MINISTRY, &nodes));
    *out = nodes.len > 0;
done:
    return status;
}

static vb_status find_key(ask_question *q, size_t first, size_t end, vb_nodes *out)
{
    vb_status status;
    vb_str raw = vb_str_part(q->text, q->atoms[first].start, q->atoms[end - 1].end);
    bool digits = false;
    for (size_t i = 0; i < raw.len; i++) digits |= raw.at[i] >= '0' && raw.at[i] <= '9';
    *out = (vb_nodes){ 0 };
    if (raw.len < 2 || (!digits && raw.len < 4 && !all_capitals(q, first))) return VB_OK;
    TRY(look_up(q, by_key, raw, 0, out));
    if (!out->len) TRY(look_up(q, by_file, raw, 0, out));
    if (!out->len && end == first + 1)
        TRY(look_up(q, by_key, q->atoms[first].text, VB_MASK_MINISTRY | VB_MASK_PARTY, out));
done:
    return status;
}

/** Nodes that the words [first, end) name exactly. */
static vb_status find_exact(ask_question *q, size_t first, size_t end, vb_nodes *out, bool *adjective)
{
    vb_status status;
    vb_str span, dutch;
    *adjective = false;
    TRY(vb_ask_text_span(q, first, end, &span));
    TRY(look_up(q, by_alias, span, 0, out));
    if (out->len) goto done;
    const ask_alias *alias = vb_ask_alias_find(q->asker, span);
    bool before_type = end < q->n_atoms && ask_is(&q->atoms[end], ASK_type);
    if (alias && (alias->kind == ASK_ALIAS_NAME || (alias->kind == ASK_ALIAS_PLACE && before_type))) {
        TRY(vb_ask_names_alias(q, alias, out));
        *adjective = alias->kind == ASK_ALIAS_PLACE;
        if (out->len) goto done;
    }
    if (q->language == ASK_ENGLISH && end > first + 1) {
        TRY(translate(q, first, end, &dutch));
        if (dutch.len) TRY(look_up(q, by_alias, dutch, 0, out));
        if (out->len) goto done;
    }
    TRY(find_key(q, first, end, out));
done:
    return status;
}

/** A paper by its number, when the store has it. */
static vb_status find_paper(ask_question *q, size_t first, size_t *step)
{
    vb_status status;
    vb_str key;
    size_t end;
    vb_nodes nodes;
    TRY(vb_ask_papers_key(q, first, &key, &end));
    if (!key.len) goto done;
    TRY(look_up(q, by_key, key, 0, &nodes));
    if (!nodes.len) goto done;
    TRY(vb_ask_names_add(q, first, end, nodes, false));
    *step = end - first;
done:
    return status;
}

/** "NSC'ers", "een D66'er": who belongs to the party. */
static void find_members(ask_question *q)
{
    const ask_word *members = vb_ask_word_find(&q->asker->lexicons[ASK_DUTCH], VB_STR("kamerleden"));
    for (size_t i = 1; i < q->n_atoms; i++) {
        ask_atom *a = &q->atoms[i];
        bool ending = vb_str_eq(a->text, VB_STR("er")) || vb_str_eq(a->text, VB_STR("ers"));
        if (!members || !ending || !a->glued || q->atoms[i - 1].name < 0) continue;
        if (!(q->names[q->atoms[i - 1].name].mask & VB_MASK_PARTY)) continue;
        a->text = members->text;
        a->word = members;
        a->word_len = 1;
    }
}

vb_status vb_ask_names_find(ask_question *q)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_atoms;) {
        size_t longest = q->n_atoms - i < ASK_NAME_WORDS ? q->n_atoms - i : ASK_NAME_WORDS, step = 1;
        for (size_t n = longest; n > 0; n--) {
            vb_nodes nodes = { 0 };
            bool adjective, office;
            if (n < q->atoms[i].word_len || !may_be_name(q, i, i + n)) continue;
            TRY(is_office_of(q, i, i + n, &office));
            if (office) break;
            TRY(find_exact(q, i, i + n, &nodes, &adjective));
            if (!nodes.len) continue;
            TRY(vb_ask_names_add(q, i, i + n, nodes, adjective));
            step = n;
            break;
        }
        if (q->atoms[i].name < 0) TRY(find_paper(q, i, &step));
        i += step;
    }
    find_members(q);
done:
    return status;
}

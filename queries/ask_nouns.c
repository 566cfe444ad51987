/**
 * Noun phrases of a question: types ("gemeenten"), names, a type with a name ("het programma Stijn"), lists
 * ("A, B of C", "zowel A als B", "A maar niet B"), each with the preposition before it.
 */
#include "queries/ask_reader.h"

ask_phrase *vb_ask_reader_last(ask_reader *r)
{
    for (size_t i = r->q->n_phrases; i > 0; i--)
        if (!r->q->phrases[i - 1].gone) return &r->q->phrases[i - 1];
    return NULL;
}

void vb_ask_reader_forget(ask_reader *r)
{
    r->prep = (vb_str){ 0 };
    r->prep_at = SIZE_MAX;
    r->joined = r->either = r->negated = r->topic = false;
}

ask_phrase *vb_ask_reader_phrase(ask_reader *r, size_t first, size_t end)
{
    ask_question *q = r->q;
    if (q->n_phrases == ASK_PHRASES_MAX) return NULL;
    ask_phrase *p = &q->phrases[q->n_phrases++];
    *p = (ask_phrase){ .first = first,
                       .end = end,
                       .prep = r->prep,
                       .prep_at = r->prep_at,
                       .clause = r->clause,
                       .asked = r->asked,
                       .except = r->except,
                       .mask = VB_MASK_ANY };
    p->outside = r->outside;
    p->each = r->each;
    p->least = r->least;
    p->most = r->most;
    r->least = r->most = 0;
    r->asked = r->except = r->outside = r->each = false;
    if (r->negated) q->clause_negated[r->clause] = true;
    vb_ask_reader_forget(r);
    return p;
}

/** Only words that say nothing stand between the two atoms. */
bool vb_ask_reader_gap(const ask_question *q, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const ask_atom *a = &q->atoms[i];
        if (a->used || a->comma) return false;
        if (vb_ask_text_inside(q, i)) continue;
        if (!ask_is(a, ASK_itself)) return false;
    }
    return true;
}

static bool add_item(ask_phrase *p, const ask_name *name, bool negated, unsigned mask)
{
    if (p->n_items == VB_COUNT(p->items)) return false;
    ask_item *item = &p->items[p->n_items++];
    *item = (ask_item){ .nodes = name->nodes, .negated = negated };
    size_t n = 0;
    for (size_t i = 0; i < item->nodes.len; i++) {
        vb_label label;
        if (vb_label_find(item->nodes.at[i].label, &label) && (mask & (1u << label)))
            item->nodes.at[n++] = item->nodes.at[i];
    }
    if (n) item->nodes.len = n;
    p->end = name->end;
    p->searched |= name->searched;
    return true;
}

static bool is_of(vb_str prep)
{
    return !prep.len || vb_str_eq(prep, VB_STR("van")) || vb_str_eq(prep, VB_STR("of")) ||
           vb_str_eq(prep, VB_STR("voor")) || vb_str_eq(prep, VB_STR("for"));
}

/** "het programma Stijn", "the municipality of Leeuwarden", "het ministerie van OCW", "minister van JenV". */
static bool is_apposition(ask_reader *r, const ask_phrase *p, const ask_name *name)
{
    const unsigned of_masks = VB_MASK_MUNICIPALITY | VB_MASK_MINISTRY | VB_MASK_REGION | VB_MASK_COUNTRY;
    size_t to = r->prep.len ? r->prep_at : name->first;
    if (!p || !p->typed || p->role || p->n_items || p->clause != r->clause || r->joined) return false;
    bool holder = p->note == ASK_QUESTION && name->mask == VB_MASK_DOCUMENT;
    bool these = name->searched && p->mask == VB_MASK_DOCUMENT; /* letters about words */
    if (!vb_ask_reader_gap(r->q, p->end, to) || !(is_of(r->prep) || holder || these)) return false;
    if (these) return vb_ask_is_about(r->prep);
    if (p->note == ASK_OFFICE && r->prep.len && (name->mask & VB_MASK_MINISTRY)) return !p->asked;
    if (!(p->mask & name->mask)) return false;
    bool own = !vb_ask_is_about(r->prep) || name->asked;
    bool holds = p->note == ASK_QUESTION && r->prep.len && own && !p->asked;
    if (holds && name->mask == VB_MASK_DOCUMENT) return true; /* "de vragen in brief X" are that letter */
    if (r->prep.len) return (p->mask & of_masks) != 0 && !p->plural && !p->asked;
    return !p->asked || !p->plural;
}

/** "het programma X" where X is known as an organisation: the name decides, the relation whether it will do.
 */
static bool is_miscalled(const ask_reader *r, const ask_phrase *p, const ask_name *name)
{
    return p && p->typed && !p->role && !p->n_items && !p->asked && !p->plural && p->clause == r->clause &&
           !r->joined && !r->asked && !r->prep.len && vb_ask_reader_gap(r->q, p->end, name->first) &&
           !(p->mask & name->mask) && !r->q->atoms[name->first].comma;
}

/** "A, B en C", "Turkije maar niet Marokko", "door A als door B": the name goes on with the list. */
static bool goes_on(ask_reader *r, const ask_phrase *p, const ask_name *name)
{
    const ask_question *q = r->q;
    bool comma = q->atoms[name->first].comma && p && p->end == name->first;
    if (!p || !p->n_items || p->clause != r->clause || !(r->joined || comma)) return false;
    if (comma && !r->joined && r->prep.len) return false;
    return !r->prep.len || vb_str_eq(r->prep, p->prep);
}

/** "Wat is de NAVO": the question word stands alone; "welke PmG-gemeenten": it belongs to the type. */
static vb_status ask_apart(ask_reader *r, const ask_name *name)
{
    const ask_atom *next = name->end < r->q->n_atoms ? &r->q->atoms[name->end] : NULL;
    bool type = next && (ask_is(next, ASK_type) || (!next->word && vb_ask_guess_role(r->q, next->text)));
    if (!r->asked) return VB_OK;
    if (type) {
        r->asked = false;
        r->asked_for_type = true;
        return VB_OK;
    }
    vb_str prep = r->prep;
    size_t prep_at = r->prep_at;
    ask_phrase *p = vb_ask_reader_phrase(r, r->asked_at, r->asked_at + 1);
    if (!p) return VB_TOO_LARGE;
    p->pronoun = true;
    r->prep = prep;
    r->prep_at = prep_at;
    return VB_OK;
}

vb_status vb_ask_read_name(ask_reader *r)
{
    vb_status status;
    const ask_name *name = &r->q->names[r->q->atoms[r->at].name];
    ask_phrase *p = vb_ask_reader_last(r);
    r->at = name->end;
    if (name->adjective) {
        r->adjective = name;
        return VB_OK;
    }
    if (goes_on(r, p, name)) {
        if (!add_item(p, name, r->negated, VB_MASK_ANY)) return VB_TOO_LARGE;
        p->either |= r->either;
        p->mask |= name->mask;
        vb_ask_reader_forget(r);
        return VB_OK;
    }
    if (is_apposition(r, p, name)) {
        bool office = p->note == ASK_OFFICE && !(p->mask & name->mask);
        p->mask = office ? VB_MASK_MINISTRY : p->mask & name->mask;
        p->office = office;
        if (office) p->note = ASK_PLAIN;
        vb_ask_reader_forget(r);
        return add_item(p, name, false, p->mask) ? VB_OK : VB_TOO_LARGE;
    }
    if (is_miscalled(r, p, name)) {
        p->claimed = p->mask;
        p->mask = name->mask;
        vb_ask_reader_forget(r);
        return add_item(p, name, false, p->mask) ? VB_OK : VB_TOO_LARGE;
    }
    TRY(ask_apart(r, name));
    p = vb_ask_reader_phrase(r, name->first, name->end);
    if (!p) return VB_TOO_LARGE;
    p->mask = name->mask;
    r->asked = r->asked_for_type;
    r->asked_for_type = false;
    const ask_word *word =
        vb_ask_word_find(&r->q->asker->lexicons[r->q->language], r->q->atoms[name->first].text);
    p->office = word && word->note == ASK_OFFICE;
    if (r->q->clause_negated[p->clause] && r->negated) r->negated = false;
    status = add_item(p, name, false, VB_MASK_ANY) ? VB_OK : VB_TOO_LARGE;
done:
    return status;
}

/** Dutch and English plurals by their endings; good enough for the words of types.tsv. */
bool vb_ask_is_plural(vb_str s)
{
    return vb_str_ends(s, VB_STR("en")) ||
           (vb_str_ends(s, VB_STR("s")) && !vb_str_ends(s, VB_STR("ss")) &&
            !vb_str_ends(s, VB_STR("fonds"))) ||
           vb_str_eq(s, VB_STR("people"));
}

/** An adjective makes a phrase of its own, related to the type by its place: "Zeeuwse gemeenten". */
static vb_status read_adjective(ask_reader *r, size_t first)
{
    const ask_name *name = r->adjective;
    r->adjective = NULL;
    ask_phrase *p = vb_ask_reader_phrase(r, name->first, name->end);
    if (!p) return VB_TOO_LARGE;
    p->mask = name->mask;
    p->prep = VB_STR("in");
    p->prep_at = first;
    return add_item(p, name, false, VB_MASK_ANY) ? VB_OK : VB_TOO_LARGE;
}

/** "Welk artikel van de Opiumwet": articles of laws are no nodes. */
static bool asks_article(const ask_question *q, size_t i)
{
    for (size_t k = i + 1; ask_is(&q->atoms[i], ASK_article) && k < q->n_atoms && k < i + 4; k++)
        if (q->atoms[k].name >= 0)
            return q->names[q->atoms[k].name].mask == VB_MASK_LAW && is_of(q->atoms[i + 1].text);
    return false;
}

vb_status vb_ask_read_type(ask_reader *r)
{
    ask_question *q = r->q;
    const ask_word *word = q->atoms[r->at].word;
    size_t first = r->at, end = r->at + q->atoms[r->at].word_len;
    ask_phrase *p = vb_ask_reader_last(r);
    if (asks_article(q, first)) {
        q->unread = vb_str_part(q->text, q->atoms[first].start, q->atoms[first].end);
        return VB_UNKNOWN;
    }
    r->at = end;
    if (p && r->joined && p->typed && !p->n_items && !r->prep.len && p->clause == r->clause &&
        !q->atoms[first].quoted) { /* programmes and plans */
        p->mask |= word->mask;
        p->end = end;
        vb_ask_reader_forget(r);
        return VB_OK;
    }
    const ask_name *next = end < q->n_atoms && q->atoms[end].name >= 0 ? &q->names[q->atoms[end].name] : NULL;
    bool listed = p && r->joined && p->n_items && p->clause == r->clause && next && !r->prep.len && !r->asked;
    if (listed && (next->mask & word->mask) && !q->atoms[end].comma)
        return VB_OK; /* "A en het programma B" */
    bool after_name = p && p->n_items && p->end == first && !p->typed && !q->atoms[first].comma && !r->joined;
    if (after_name && !r->asked && (p->mask & word->mask)) {                              /* PmG-programma */
        if ((word->classes & ASK_IS(ASK_itself)) && !q->atoms[first].glued) return VB_OK; /* "is X lid" */
        p->mask &= word->mask;
        p->typed = true;
        p->end = end;
        return VB_OK;
    }
    bool narrows = q->atoms[first].glued || r->asked; /* "welke PmG-gemeenten" */
    if (after_name && narrows && !p->prep.len) {
        p->prep = q->language == ASK_DUTCH ? VB_STR("van") : VB_STR("of");
        p->prep_at = p->first;
    }
    const ask_name *adjective = r->adjective;
    r->adjective = NULL;
    p = vb_ask_reader_phrase(r, first, end);
    if (!p) return VB_TOO_LARGE;
    p->typed = true;
    p->mask = word->mask;
    p->note = word->note;
    p->word = word;
    p->plural = vb_ask_is_plural(word->text);
    r->adjective = adjective;
    return adjective ? read_adjective(r, end) : VB_OK;
}

vb_status vb_ask_read_pronoun(ask_reader *r, unsigned mask, vb_str prep)
{
    ask_phrase *p;
    size_t len = r->q->atoms[r->at].word_len ? r->q->atoms[r->at].word_len : 1;
    r->asked = true;
    p = vb_ask_reader_phrase(r, r->at, r->at + len);
    if (!p) return VB_TOO_LARGE;
    p->pronoun = true;
    p->mask = mask;
    if (prep.len) {
        p->prep = prep;
        p->prep_at = r->at;
    }
    r->at += len;
    return VB_OK;
}

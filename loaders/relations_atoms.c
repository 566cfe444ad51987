/**
 * A sentence as the rules see it: its words by vocabulary number, its marks, its names. "ik" and "mijn
 * ministerie" are names too (the sender's), "dit programma" is the last programme named, and a list under the
 * sentence or a note that only lists names stands in it as one group.
 *
 * What joins names, and the phrases around them, is found in relations_phrase.c.
 */
#include "loaders/relations.h"

enum { LIST_BLOCKS_MOST = 200, NOTE_MOST = 400 /* names read in one note */, READ_AHEAD = 3 /* tokens */ };

/* ---- words -------------------------------------------------------------------------------------------- */

static vb_status add_atom(vb_scene *scene, vb_atom atom)
{
    atom.phrase = VB_NONE;
    if (vb_push(scene->a->arena, &scene->atoms) != VB_OK) return vb_fail_memory(scene->err);
    scene->atoms.at[scene->atoms.len - 1] = atom;
    return VB_OK;
}

static vb_status add_word(vb_scene *scene, vb_str text, uint32_t start, uint32_t end)
{
    vb_reading *word;
    vb_status status = vb_reading_of(scene, text, &word);
    if (status != VB_OK) return status;
    size_t part = scene->a->view.glued ? vb_reading_part(scene, word) : 0;
    if (part) { /* both are shorter than the 40 bytes that are parted at most */
        status = add_word(scene, vb_str_part(text, 0, part), start, start + (uint32_t)part);
        if (status != VB_OK) return status;
        return add_word(scene, vb_str_part(text, part, text.len), start + (uint32_t)part, end);
    }
    return add_atom(scene, (vb_atom){ .kind = VB_ATOM_WORD,
                                      .start = start,
                                      .end = end,
                                      .form = word->form,
                                      .stem = word->stem,
                                      .classes = word->classes,
                                      .plural_e = word->ends_in_e });
}

/* ---- names -------------------------------------------------------------------------------------------- */

vb_status vb_phrase_add(vb_scene *scene, uint32_t first, uint32_t *out)
{
    vb_phrase group = { .first = first,
                        .n = (uint32_t)scene->members.len - first,
                        .preposition = VB_NONE,
                        .lead = VB_NONE,
                        .at = VB_NONE,
                        .last = VB_NONE };
    for (size_t i = first; i < scene->members.len; i++)
        group.mask |= 1u << vb_scene_label(scene, scene->members.at[i].entity);
    if (vb_push(scene->a->arena, &scene->groups) != VB_OK) return vb_fail_memory(scene->err);
    *out = (uint32_t)(scene->groups.len - 1);
    scene->groups.at[*out] = group;
    return VB_OK;
}

static vb_status add_member(vb_scene *scene, uint32_t entity, uint32_t start, uint32_t end)
{
    if (vb_push(scene->a->arena, &scene->members) != VB_OK) return vb_fail_memory(scene->err);
    scene->members.at[scene->members.len - 1] = (vb_member){ entity, start, end };
    return VB_OK;
}

/** An atom for the members from @p first on; @p bits are VB_SLOT_ bits of its mask. */
static vb_status add_names(vb_scene *scene, uint32_t first, uint32_t start, uint32_t end, unsigned bits,
                           bool list)
{
    vb_status status;
    uint32_t group;
    if (scene->members.len == first) return VB_OK;
    TRY(vb_phrase_add(scene, first, &group));
    scene->groups.at[group].mask |= bits;
    scene->groups.at[group].list = list;
    TRY(add_atom(scene, (vb_atom){ .kind = VB_ATOM_GROUP, .start = start, .end = end, .group = group }));
done:
    return status;
}

static vb_status add_mention(vb_scene *scene, const vb_named *m)
{
    vb_status status;
    uint32_t first = (uint32_t)scene->members.len;
    TRY(add_member(scene, m->entity, m->start, m->end));
    TRY(add_names(scene, first, m->start, m->end, 0, false));
done:
    return status;
}

static vb_status add_sender(vb_scene *scene, uint32_t start, uint32_t end, unsigned bits)
{
    vb_status status = VB_OK;
    uint32_t first = (uint32_t)scene->members.len;
    for (size_t i = 0; i < scene->a->ministries.len; i++)
        TRY(add_member(scene, scene->a->ministries.at[i], start, end));
    if (!scene->a->ministries.len && scene->question && scene->addressed != VB_NONE)
        TRY(add_member(scene, scene->addressed, start, end));
    TRY(add_names(scene, first, start, end, bits, false));
done:
    return status;
}

/** The last atom, a word, becomes the sender: "ik", "wij", in a question "u"; "mijn", "uw" the sender's;
 *  "mijn ministerie" the sender again. */
static vb_status read_sender(vb_scene *scene)
{
    vb_atom *last = &scene->atoms.at[scene->atoms.len - 1];
    bool sent = scene->a->ministries.len > 0; /* else only questions: "ik" is a member of Parliament */
    uint32_t i = (sent ? VB_CLASS_BIT(I) : 0) | (scene->question ? VB_CLASS_BIT(YOU) : 0);
    uint32_t my = (sent ? VB_CLASS_BIT(MY) : 0) | (scene->question ? VB_CLASS_BIT(YOUR) : 0);
    uint32_t start = last->start, end = last->end;
    if (!sent && (!scene->question || scene->addressed == VB_NONE)) return VB_OK;
    if (last->classes & (i | my)) {
        unsigned bits = last->classes & i ? VB_SLOT_SENDER : VB_SLOT_MY;
        scene->atoms.len--;
        return add_sender(scene, start, end, bits);
    }
    if (!(last->classes & VB_CLASS_BIT(HOUSE)) || scene->atoms.len < 2) return VB_OK;
    const vb_atom *mine = last - 1;
    if (mine->kind != VB_ATOM_GROUP || !(scene->groups.at[mine->group].mask & VB_SLOT_MY)) return VB_OK;
    start = mine->start;
    scene->atoms.len -= 2;
    return add_sender(scene, start, end, VB_SLOT_SENDER);
}

/** Replace the two atoms from @p i on by the last name of one of @p labels. */
static vb_status put_focus(vb_scene *scene, size_t i, unsigned labels)
{
    vb_status status;
    uint32_t start = scene->atoms.at[i].start, end = scene->atoms.at[i + 1].end, group;
    for (unsigned label = 0; label < VB_LABEL_COUNT; label++) {
        if (!(labels >> label & 1) || scene->focus[label] == VB_NONE) continue;
        uint32_t first = (uint32_t)scene->members.len;
        TRY(add_member(scene, scene->focus[label], start, end));
        TRY(vb_phrase_add(scene, first, &group));
        scene->atoms.at[i] =
            (vb_atom){ .kind = VB_ATOM_GROUP, .start = start, .end = end, .group = group, .phrase = VB_NONE };
        memmove(&scene->atoms.at[i + 1], &scene->atoms.at[i + 2],
                (scene->atoms.len - i - 2) * sizeof *scene->atoms.at);
        scene->atoms.len--;
        return VB_OK;
    }
    status = VB_OK;
done:
    return status;
}

/** Whether the noun at @p noun is a compound, read by its last part, that the name of the last @p label does
 * not hold: "het [sport]fonds" after "het Klimaatfonds" is another. */
static bool is_other(const vb_scene *scene, const vb_atom *noun, unsigned label)
{
    vb_str known = scene->rules->words.words.at[noun->form].text;
    vb_str text = vb_scene_text(scene, noun->start, noun->end);
    if (text.len < known.len + 3 || scene->focus[label] >= scene->a->entities.len) return false;
    vb_str name = scene->a->entities.at[scene->focus[label]].name;
    for (size_t at = 0; at + text.len <= name.len; at++)
        if (strncasecmp(name.at + at, text.at, text.len) == 0) return false;
    return true;
}

/** "dit programma", "deze wet": the last name of that kind in this section; "het programma", "de gemeente":
 * so, when this block names it and nothing after it says which ("het programma X", "de gemeente van"). */
static vb_status read_focus(vb_scene *scene)
{
    vb_status status = VB_OK;
    uint32_t block = scene->a->view.sentences[scene->sentence].block;
    for (size_t i = 0; i + 1 < scene->atoms.len; i++) {
        const vb_atom *this = &scene->atoms.at[i], *noun = this + 1, *next = this + 2;
        if (this->kind != VB_ATOM_WORD || noun->kind != VB_ATOM_WORD) continue;
        unsigned labels = scene->rules->words.words.at[noun->form].focus;
        bool more = i + 2 < scene->atoms.len;
        if (!labels || !(this->classes & (VB_CLASS_BIT(THIS) | VB_CLASS_BIT(THE))) ||
            (more && next->kind == VB_ATOM_GROUP))
            continue;
        if (!(this->classes & VB_CLASS_BIT(THIS))) {
            if (more && (next->classes & VB_CLASS_BIT(PREPOSITION))) continue;
            for (unsigned label = 0; label < VB_LABEL_COUNT; label++)
                if (scene->focus_block[label] != block ||
                    (labels >> label & 1 && is_other(scene, noun, label)))
                    labels &= ~(1u << label);
        }
        TRY(put_focus(scene, i, labels));
    }
done:
    return status;
}

/** Of "onder andere", "onder meer" only the last word stays: "onder" is no preposition there. */
static void drop_under(vb_scene *scene)
{
    uint32_t under = vb_words_find(&scene->rules->words, VB_STR("onder"));
    size_t n = 0;
    for (size_t i = 0; i < scene->atoms.len; i++) {
        const vb_atom *a = &scene->atoms.at[i], *next = a + 1;
        bool more = i + 1 < scene->atoms.len && next->kind == VB_ATOM_WORD;
        if (more && under && a->kind == VB_ATOM_WORD && a->form == under &&
            (next->classes & VB_CLASS_BIT(SUCH)))
            continue;
        scene->atoms.at[n++] = *a;
    }
    scene->atoms.len = n;
}

/** "Zij werken samen met A.": whom the sentence before was about, where it named one actor alone. */
static vb_status read_they(vb_scene *scene)
{
    vb_status status = VB_OK;
    uint32_t block = scene->a->view.sentences[scene->sentence].block, group;
    if (scene->atoms.len < 2 || scene->actor == VB_NONE || scene->actor_block != block) return VB_OK;
    vb_atom *a = scene->atoms.at;
    if (a->kind != VB_ATOM_WORD || !(a->classes & VB_CLASS_BIT(THEY)) || a[1].kind != VB_ATOM_WORD ||
        a[1].form == vb_words_find(&scene->rules->words, VB_STR("die")))
        return VB_OK;
    uint32_t first = (uint32_t)scene->members.len;
    TRY(add_member(scene, scene->actor, a->start, a->end));
    TRY(vb_phrase_add(scene, first, &group));
    a->kind = VB_ATOM_GROUP;
    a->group = group;
done:
    return status;
}

/* ---- notes, lists, papers ----------------------------------------------------------------------------- */

size_t vb_scene_mention(const vb_scene *scene, uint32_t at)
{
    size_t low = 0, high = scene->a->mentions.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (scene->a->mentions.at[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static vb_status add_paper(vb_scene *scene, uint32_t at, const vb_named *m, bool note)
{
    if (vb_scene_label(scene, m->entity) != VB_LABEL_DOCUMENT) return VB_OK;
    if (vb_push(scene->a->arena, &scene->papers) != VB_OK) return vb_fail_memory(scene->err);
    scene->papers.at[scene->papers.len - 1] = (vb_paper){ at, { m->entity, m->start, m->end }, note };
    return VB_OK;
}

/** A note's call may come after the point: the list belongs to the words before it. */
static void drop_stop(vb_scene *scene)
{
    const vb_atom *last = scene->atoms.len ? &scene->atoms.at[scene->atoms.len - 1] : NULL;
    if (last && last->kind == VB_ATOM_MARK && strchr(".,;", last->mark)) scene->atoms.len--;
}

/** The papers that a called note names are near the call. */
static vb_status read_note_papers(vb_scene *scene, const vb_note_call *call)
{
    vb_status status = VB_OK;
    if (call->block >= scene->a->view.n_blocks) return VB_OK;
    const vb_block *b = &scene->a->view.blocks[call->block];
    size_t first = vb_scene_mention(scene, b->start);
    for (size_t i = first; i < scene->a->mentions.len && i - first <= NOTE_MOST; i++) {
        if (scene->a->mentions.at[i].start >= b->end) break;
        TRY(add_paper(scene, call->at, &scene->a->mentions.at[i], true));
    }
done:
    return status;
}

/** A note that is called here: its papers are near; when names make up most of it they are a group. */
static vb_status read_note(vb_scene *scene, const vb_note_call *call)
{
    vb_status status = VB_OK;
    if (call->block >= scene->a->view.n_blocks) return VB_OK;
    const vb_block *b = &scene->a->view.blocks[call->block];
    uint32_t first = (uint32_t)scene->members.len, named = 0;
    TRY(read_note_papers(scene, call));
    for (size_t i = vb_scene_mention(scene, b->start); i < scene->a->mentions.len; i++) {
        const vb_named *m = &scene->a->mentions.at[i];
        if (m->start >= b->end || scene->members.len - first > NOTE_MOST) break;
        named += m->end - m->start + 2; /* with ", " or "en" */
        TRY(add_member(scene, m->entity, m->start, m->end));
    }
    bool list =
        b->caller == call->at && scene->members.len - first > 1 && named * 3 >= (b->end - b->start) * 2;
    if (!list) scene->members.len = first;
    if (list) drop_stop(scene);
    TRY(add_names(scene, first, call->at, call->at, 0, true));
    if (!list) goto done;
    scene->groups.at[scene->groups.len - 1].note_start = b->start;
    scene->groups.at[scene->groups.len - 1].note_end = b->end;
done:
    return status;
}

/** The names that open the list items under a sentence that ends in a colon, as one group. */
static vb_status read_items(vb_scene *scene, const vb_sentence *s)
{
    vb_status status = VB_OK;
    const vb_view *view = &scene->a->view;
    uint32_t first = (uint32_t)scene->members.len;
    if (s->end <= s->start || view->text.at[s->end - 1] != ':') return VB_OK;
    for (size_t b = s->block + 1u; b < view->n_blocks && b <= s->block + (size_t)LIST_BLOCKS_MOST; b++) {
        if (view->blocks[b].kind != VB_BLOCK_LIST_ITEM) break;
        size_t i = vb_scene_mention(scene, view->blocks[b].start);
        if (i >= scene->a->mentions.len) break;
        const vb_named *m = &scene->a->mentions.at[i];
        if (m->block == b && m->start - view->blocks[b].start <= 16)
            TRY(add_member(scene, m->entity, m->start, m->end));
    }
    TRY(add_names(scene, first, s->end, s->end, 0, true));
done:
    return status;
}

/* ---- the sentence ------------------------------------------------------------------------------------- */

typedef struct cursor {
    size_t mention;
    uint32_t call;
} cursor;

static vb_status notes_before(vb_scene *scene, cursor *c, uint32_t at)
{
    vb_status status = VB_OK;
    const vb_view *view = &scene->a->view;
    for (; c->call < view->n_calls && view->calls[c->call].at <= at; c->call++)
        TRY(read_note(scene, &view->calls[c->call]));
done:
    return status;
}

/** A mark as the rules see it: itself, '-' for a dash, '"' for quotes and other marks of more bytes. */
static char mark_of(vb_str text)
{
    if (text.len == 1) return text.at[0];
    return vb_str_eq(text, VB_STR("–")) || vb_str_eq(text, VB_STR("—")) ? '-' : '"';
}

/** A word, or a mark. "€" and "EUR" are the word "euro"; a point that does not end the sentence is an
 * abbreviation's, and nothing. */
static vb_status read_plain(vb_scene *scene, const vb_token *t, uint32_t start)
{
    vb_status status;
    vb_str text = vb_str_part(scene->a->view.text, start, t->end);
    if (vb_str_eq(text, VB_STR("€")) || vb_str_eq(text, VB_STR("EUR")))
        return add_word(scene, VB_STR("euro"), t->start, t->end);
    if (t->kind == VB_TOKEN_MARK && text.at[0] == '.' &&
        t->end < scene->a->view.sentences[scene->sentence].end)
        return VB_OK;
    if (t->kind == VB_TOKEN_MARK)
        return add_atom(
            scene,
            (vb_atom){ .kind = VB_ATOM_MARK, .start = t->start, .end = t->end, .mark = mark_of(text) });
    TRY(add_word(scene, text, start, t->end));
    TRY(read_sender(scene));
done:
    return status;
}

/** One token: a mark, a word, or part of a name; a name is added at its first token. What a compound has
 *  after its name ("WODC-onderzoek") is a word. */
static vb_status read_token(vb_scene *scene, const vb_token *t, cursor *c)
{
    vb_status status = VB_OK;
    const vb_analysis *a = scene->a;
    uint32_t start = t->start;
    while (c->mention < a->mentions.len && a->mentions.at[c->mention].end <= start) c->mention++;
    while (c->mention < a->mentions.len && a->mentions.at[c->mention].start < t->end) {
        const vb_named *m = &a->mentions.at[c->mention];
        if (m->start >= t->start) {
            TRY(add_mention(scene, m));
            TRY(add_paper(scene, m->start, m, false));
        }
        start = m->end;
        if (start >= t->end) return VB_OK;
        c->mention++;
    }
    while (start > t->start && start < t->end && strchr("-/", a->view.text.at[start])) start++;
    if (start < t->end) TRY(read_plain(scene, t, start));
done:
    return status;
}

/** First note call after @p at. */
static uint32_t first_call(const vb_view *view, uint32_t at)
{
    size_t low = 0, high = view->n_calls;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (view->calls[mid].at <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

/** A note reaches back to the sentence before the one that calls it, where that has no paper of its own. */
static vb_status papers_after(vb_scene *scene, const vb_sentence *s, uint32_t call)
{
    vb_status status = VB_OK;
    const vb_view *view = &scene->a->view;
    size_t next = scene->sentence + 1u;
    if (next >= view->n_sentences || view->sentences[next].block != s->block) return VB_OK;
    for (; call < view->n_calls && view->calls[call].at <= view->sentences[next].end; call++)
        TRY(read_note_papers(scene, &view->calls[call]));
done:
    return status;
}

vb_status vb_atoms_make(vb_scene *scene, uint32_t i)
{
    vb_status status = VB_OK;
    const vb_view *view = &scene->a->view;
    const vb_sentence *s = &view->sentences[i];
    const vb_block *b = &view->blocks[s->block];
    uint32_t t = vb_view_token_at(view, s->start);
    cursor c = { .mention = vb_scene_mention(scene, s->start), .call = first_call(view, s->start) };

    scene->atoms.len = scene->groups.len = scene->members.len = scene->papers.len = 0;
    scene->sentence = i;
    scene->question = b->section == VB_SECTION_QUESTION;
    for (; t < view->n_tokens && view->tokens[t].start < s->end; t++) {
        if (t + 2 * READ_AHEAD < view->n_tokens) vb_reading_expect(scene, &view->tokens[t + 2 * READ_AHEAD]);
        if (t + READ_AHEAD < view->n_tokens) vb_reading_bring(scene, &view->tokens[t + READ_AHEAD]);
        TRY(notes_before(scene, &c, view->tokens[t].start));
        TRY(read_token(scene, &view->tokens[t], &c));
    }
    TRY(notes_before(scene, &c, s->end));
    if (!scene->papers.len) TRY(papers_after(scene, s, c.call));
    drop_under(scene);
    TRY(read_focus(scene));
    TRY(read_they(scene));
    TRY(read_items(scene, s));
done:
    return status;
}

/**
 * The words around a mention: what stands before it in its sentence, and between two mentions, with every run
 * of blanks read as one. The genre's structure is read by these.
 */
#include "loaders/relations.h"

enum { SENTENCE_REACH = 1000 }; /* bytes: of a longer sentence, what is near enough */

const vb_named *vb_near_mention(const vb_scene *scene, size_t i)
{
    return i < scene->a->mentions.len ? &scene->a->mentions.at[i] : NULL;
}

bool vb_near_is(const vb_scene *scene, const vb_named *m, vb_label label)
{
    return m && vb_scene_label(scene, m->entity) == label;
}

const vb_block *vb_near_block(const vb_scene *scene, const vb_named *m)
{
    static const vb_block none = { .section = VB_SECTION_BODY, .heading = VB_NONE, .caller = VB_NONE };
    return m->block < scene->a->view.n_blocks ? &scene->a->view.blocks[m->block] : &none;
}

vb_str vb_near_text(const vb_scene *scene, uint32_t start, uint32_t end, char *room, size_t size)
{
    vb_str text = vb_scene_text(scene, start, end);
    size_t n = 0, from = text.len > size ? text.len - size : 0; /* its end says most */
    for (size_t i = from; i < text.len; i++) {
        char c = text.at[i] == '\t' || text.at[i] == '\n' ? ' ' : text.at[i];
        if (c == ' ' && n && room[n - 1] == ' ') continue;
        room[n++] = c;
    }
    return vb_str_trim((vb_str){ room, n });
}

vb_str vb_near_between(const vb_scene *scene, const vb_named *a, const vb_named *b, char *room, size_t size)
{
    if (!a || !b || a->block != b->block || a->end > b->start) return (vb_str){ NULL, 0 };
    vb_str text = vb_near_text(scene, a->end, b->start, room, size);
    return text.at ? text : (vb_str){ "", 0 };
}

vb_str vb_near_before(const vb_scene *scene, const vb_named *m, char *room, size_t size)
{
    const vb_view *view = &scene->a->view;
    uint32_t start = m->sentence < view->n_sentences ? view->sentences[m->sentence].start : m->start;
    return vb_near_text(scene, start, m->start, room, size);
}

vb_str vb_near_sentence(const vb_scene *scene, const vb_named *m)
{
    const vb_view *view = &scene->a->view;
    if (m->sentence >= view->n_sentences) return (vb_str){ "", 0 };
    const vb_sentence *s = &view->sentences[m->sentence];
    uint32_t from = m->start - s->start > SENTENCE_REACH ? m->start - SENTENCE_REACH : s->start;
    uint32_t to = s->end - m->end > SENTENCE_REACH ? m->end + SENTENCE_REACH : s->end;
    return vb_str_part(view->text, from, to);
}

bool vb_near_has(vb_str text, const char *words)
{
    return vb_str_find(text, vb_str_of(words), 0) != SIZE_MAX;
}

bool vb_near_one_of(vb_str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text.at && vb_str_eq(text, vb_str_of(words[i]))) return true;
    return false;
}

bool vb_near_opens_bracket(vb_str gap)
{
    static const char *const between[] = { "´", "`", "¨", "c.s.",
                                           "cs" }; /* an accent that PDF lost; "and others" */
    if (!vb_str_ends(gap, VB_STR("("))) return false;
    vb_str rest = vb_str_trim(vb_str_part(gap, 0, gap.len - 1));
    return !rest.len || vb_near_one_of(rest, between, VB_COUNT(between));
}

bool vb_near_ends(vb_str text, const char *const *ends, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_ends(text, vb_str_of(ends[i]))) return true;
    return false;
}

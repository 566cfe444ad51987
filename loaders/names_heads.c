/**
 * The short form of a name that its first word is: "de Ketenrichtlijn", after "de Ketenrichtlijn Zorg aan de
 * kust". Only a compound with a capital inside a sentence, after an article, where everything of the document
 * that begins with that word is one thing; "de Commissie" and other bare kinds refer back and name nothing.
 */
#include "loaders/names.h"

#include <stdlib.h>

enum { LONG_KIND = 13 /* letters of a kind word that tells as much as a compound: "ketenrichtlijn" */ };

/** A name's first word. */
typedef struct head {
    uint64_t hash;
    uint32_t stands; /* index into f->stands */
    bool alone;      /* nothing else has it */
} head;

typedef VB_VEC(head) head_list;

static int by_hash(const void *one, const void *two)
{
    const head *a = one, *b = two;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->stands > b->stands) - (a->stands < b->stands);
}

/** Whether word @p at says by itself enough to be meant again. */
static bool tells(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    if (!(w->flags & VB_WORD_CAPITAL) || (w->flags & (VB_WORD_CAPS | VB_WORD_BLOCKED))) return false;
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_INSIDE);
    return kind && (vb_shape_compound(f, at) || kind->word.len >= LONG_KIND);
}

/** The first words of the names that stand, sorted; *out owns nothing. */
static vb_status collect(vb_finding *f, head_list *out)
{
    const uint32_t labels =
        1u << VB_LABEL_PROGRAMME | 1u << VB_LABEL_DOCUMENT | 1u << VB_LABEL_LAW | 1u << VB_LABEL_ORGANISATION;
    for (size_t i = 0; i < f->stands.len; i++) {
        const vb_found *found = &f->stands.at[i];
        if (!(1u << found->label & labels)) continue;
        size_t at = vb_finding_word_at(f, found->start);
        if (at + 1 >= f->words.len || f->words.at[at].start != found->start ||
            f->words.at[at + 1].end > found->end || !vb_finding_blank(f, at + 1) || !tells(f, at))
            continue;
        if (vb_push(f->arena, out) != VB_OK) return VB_NO_MEMORY;
        out->at[out->len - 1] = (head){ .hash = f->words.at[at].hash, .stands = (uint32_t)i, .alone = true };
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_hash);
    for (size_t i = 1; i < out->len; i++) {
        const vb_found *a = &f->stands.at[out->at[i - 1].stands], *b = &f->stands.at[out->at[i].stands];
        if (out->at[i].hash != out->at[i - 1].hash) continue;
        bool same = a->label == b->label && a->known == b->known && vb_str_eq(a->key, b->key);
        out->at[i].alone = same && out->at[i - 1].alone;
    }
    return VB_OK; /* the last of each group knows of all of it */
}

/** What the document calls by the word of that hash, and by nothing else; NULL. */
static const vb_found *meant_by(const vb_finding *f, const head_list *heads, uint64_t hash)
{
    size_t low = 0, high = heads->len;
    while (low < high) { /* past the last of its group */
        size_t mid = low + (high - low) / 2;
        if (heads->at[mid].hash <= hash)
            low = mid + 1;
        else
            high = mid;
    }
    const head *last = low ? &heads->at[low - 1] : NULL;
    return last && last->hash == hash && last->alone ? &f->stands.at[last->stands] : NULL;
}

/** "de [Ketenrichtlijn] om", and no "Ketenrichtlijnpartners", "Ketenrichtlijn Kust". */
static bool stands_alone(const vb_finding *f, size_t at)
{
    static const char *const articles[] = { "de", "het", "deze", "dit", "die", "dat", "onze", "ons" };
    if (!at || f->words.at[at - 1].block != f->words.at[at].block || !vb_finding_blank(f, at) ||
        !vb_word_in(f->words.at[at - 1].fold, articles, VB_COUNT(articles)))
        return false;
    if (at + 1 >= f->words.len || f->words.at[at + 1].block != f->words.at[at].block) return true;
    bool joined = vb_finding_hyphen(f, at + 1) || vb_finding_gap(f, at + 1).len == 0;
    return !joined && !(vb_finding_blank(f, at + 1) && (f->words.at[at + 1].flags & VB_WORD_CAPITAL));
}

vb_status vb_find_heads(vb_finding *f)
{
    vb_status status = VB_OK;
    head_list heads = { 0 };
    TRY(collect(f, &heads));
    if (!heads.len) return VB_OK;
    VB_EACH_START (f, at, VB_START_KIND) {
        const vb_word *w = &f->words.at[at];
        if (!at || (w->flags & VB_WORD_FIRST) || (f->listed[at] & VB_LISTED) || !tells(f, at)) continue;
        const vb_found *meant = meant_by(f, &heads, w->hash);
        if (!meant || !stands_alone(f, at)) continue;
        vb_found *found = vb_finding_add(f, w->start, w->end, meant->label, "local:head");
        if (!found) return VB_NO_MEMORY;
        found->known = meant->known;
        found->key = meant->key;
        found->name = meant->name;
        found->score = 610; /* what the shape of the word alone says, and returns as local, knows less */
    }
done:
    return status;
}

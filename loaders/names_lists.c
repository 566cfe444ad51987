/**
 * Names nobody listed that stand in a list with names that are known: in "Vereniging Eigen Huis, [Huis en
 * Haard] en Aedes" the one between two organisations is one too.
 */
#include "loaders/names.h"

/** What a neighbour in a list tells; a place that no gazetteer has is a Region. @return false: nothing. */
static bool told_by(const vb_found *neighbour, vb_label *out)
{
    switch (neighbour->label) {
    case VB_LABEL_ORGANISATION:
        *out = VB_LABEL_ORGANISATION;
        return true;
    case VB_LABEL_MUNICIPALITY:
    case VB_LABEL_REGION:
    case VB_LABEL_COUNTRY:
        *out = VB_LABEL_REGION;
        return true;
    default:
        return false;
    }
}

/** Whether what stands between two names joins them in a list. */
static bool joins(vb_str between)
{
    return vb_str_eq(between, VB_STR(", ")) || vb_str_eq(between, VB_STR(" en ")) ||
           vb_str_eq(between, VB_STR(" of ")) || vb_str_eq(between, VB_STR(", het ")) ||
           vb_str_eq(between, VB_STR(", de ")) || vb_str_eq(between, VB_STR(" en de ")) ||
           vb_str_eq(between, VB_STR(" en het "));
}

/** Index of the first name that stands at or after @p at. */
static size_t stands_after(const vb_finding *f, uint32_t at)
{
    size_t low = 0, high = f->stands.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->stands.at[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static vb_status propose(vb_finding *f, uint32_t start, uint32_t end, vb_label label)
{
    vb_found *found = vb_finding_add(f, start, end, label, "shape:list");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, start, end);
    found->score = 200;
    return vb_slug(f->arena, found->name, &found->key);
}

/** The municipality that words [at, end) name, an ordinary word or not; VB_NONE. */
static uint32_t municipality_at(const vb_finding *f, size_t at, size_t end)
{
    vb_lex_hit hits[8];
    size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        uint32_t known = f->names->lexicon.names.at[hits[i].name].known;
        if (f->names->lexicon.known.at[known].label == VB_LABEL_MUNICIPALITY && at + hits[i].n_words == end)
            return known;
    }
    return VB_NONE;
}

/** "A, [B] en C", "A, [B], C"; not "de gezant voor A, [B], bezocht". */
static bool list_goes_on(const vb_finding *f, uint32_t end)
{
    size_t next = vb_finding_word_at(f, end);
    if (next >= f->words.len || f->words.at[next].block != f->words.at[next - 1].block) return true;
    vb_str gap = vb_finding_gap(f, next);
    if (vb_str_eq(gap, VB_STR(", "))) return f->words.at[next].flags & VB_WORD_CAPITAL;
    return !vb_str_eq(gap, VB_STR(" ")) || vb_word_is(&f->words.at[next], VB_LIST_JOINT);
}

/** What the pass over a document has seen: the name it proposed last, and whether a cue opens its list. */
typedef struct list_pass {
    vb_found last;
    bool cued;
} list_pass;

/** "bedrijven zoals [Albert Heijn]": the word before the list says that organisations follow. */
static bool opens_cued(const vb_finding *f, const vb_found *first)
{
    vb_label label;
    return vb_shape_cue(f, vb_finding_word_at(f, first->start), &label) && label == VB_LABEL_ORGANISATION;
}

/**
 * The name of words [at, end) stands between, before or after known names of one kind. What this pass
 * proposed before it is a neighbour too. One word alone needs a neighbour on both sides, unless it is a place
 * or a cue opens the list: "Halt en [Jongerenwerk]" says little.
 */
static vb_status look_around(vb_finding *f, size_t at, size_t end, list_pass *pass)
{
    const vb_found *last = &pass->last;
    uint32_t from = f->words.at[at].start, to = f->words.at[end - 1].end;
    size_t next = stands_after(f, from);
    const vb_found *left = next ? &f->stands.at[next - 1] : NULL;
    const vb_found *right = next < f->stands.len ? &f->stands.at[next] : NULL;
    vb_label left_label = VB_LABEL_COUNT, right_label = VB_LABEL_COUNT;
    if (left && left->end > from) return VB_OK;
    if (right && right->start < to) return VB_OK;
    if (last->end && (!left || last->end > left->end)) left = last;
    bool by_left = left && joins(vb_str_part(f->text, left->end, from)) && told_by(left, &left_label);
    bool by_right = right && joins(vb_str_part(f->text, to, right->start)) && told_by(right, &right_label);
    if (!by_left && !by_right) return VB_OK;
    if (by_left && by_right && left_label != right_label) return VB_OK;
    if (by_left && !by_right && f->text.at[left->end] == ',' && !list_goes_on(f, to)) return VB_OK;
    vb_label label = by_left ? left_label : right_label;
    bool cued = by_left && (left == last ? pass->cued : opens_cued(f, left));
    if (end == at + 1 && label == VB_LABEL_ORGANISATION && !(by_left && by_right) && !cued) return VB_OK;
    uint32_t known =
        label == VB_LABEL_REGION ? municipality_at(f, at, end) : VB_NONE; /* "Tholen en [Goes]" */
    vb_status status = propose(f, from, to, known == VB_NONE ? label : VB_LABEL_MUNICIPALITY);
    if (status == VB_OK) f->found.at[f->found.len - 1].known = known;
    if (status == VB_OK) *pass = (list_pass){ f->found.at[f->found.len - 1], cued };
    return status;
}

/** Where the run that opens at @p at ends, or its first "en": a list's own. */
static size_t item_end(const vb_finding *f, size_t at)
{
    size_t end = vb_shape_run(f, at, false);
    for (size_t i = at + 1; i < end; i++)
        if (vb_str_eq(f->words.at[i].fold, VB_STR("en"))) return i;
    return end;
}

/** "Franse", "Nederlands": of a people, and no place. */
static bool is_adjective(vb_str fold)
{
    static const char *const bare[] = { "nederlands", "duits",     "frans",    "engels", "spaans",
                                        "europees",   "italiaans", "belgisch", "turks",  "pools",
                                        "grieks",     "russisch",  "arabisch", "deens",  "zweeds" };
    return vb_str_ends(fold, VB_STR("se")) || vb_str_ends(fold, VB_STR("sche")) ||
           vb_word_in(fold, bare, VB_COUNT(bare));
}

vb_status vb_find_lists(vb_finding *f)
{
    vb_status status = VB_OK;
    list_pass pass = { 0 };
    VB_EACH_START (f, at, VB_START_SHAPE) {
        const vb_word *w = &f->words.at[at];
        if ((w->flags & VB_WORD_FIRST) || (f->listed[at] & VB_LISTED)) continue;
        size_t end = item_end(f, at);
        bool people = is_adjective(w->fold) || (f->a->view.glued && w->flags & VB_WORD_INNER);
        bool part =
            end > at + 1 && vb_finding_hyphen(f, end - 1) && !(f->words.at[end - 1].flags & VB_WORD_CAPITAL);
        if (!part && !(end == at + 1 && (people || w->end - w->start < 3)))
            TRY(look_around(f, at, end, &pass));
        at = end - 1;
    }
done:
    return status;
}

/**
 * Words that tell what a name names: kinds.tsv (endings inside or before a name, cues before a title),
 * roles.tsv (words before a person) and given_names.tsv. All are data, so that a user adds one without C.
 */
#include "loaders/names.h"

#include <stdlib.h>

static const struct {
    const char *name;
    vb_kind_use use;
} uses[] = {
    { "inside", VB_KIND_INSIDE },   { "before", VB_KIND_BEFORE }, { "title", VB_KIND_TITLE },
    { "apposed", VB_KIND_APPOSED }, { "head", VB_KIND_HEAD },
};

static vb_status bad_row(const vb_tsv *row, const char *why, vb_error *err)
{
    if (err) err->line = row->line;
    return vb_fail(err, VB_BAD_INPUT, "%s:%u: %s", row->name, row->line, why);
}

static vb_status read_kinds(vb_names *names, vb_tsv *row, vb_error *err)
{
    while (vb_tsv_next(row)) {
        vb_kind kind = { .word = vb_tsv_get(row, "word"), .within = 1 };
        vb_str use = vb_tsv_get(row, "use"), within = vb_tsv_get(row, "within");
        size_t u = 0;
        while (u < VB_COUNT(uses) && !vb_str_eq(use, vb_str_of(uses[u].name))) u++;
        if (u == VB_COUNT(uses))
            return bad_row(row, "use is none of inside, before, title, apposed, head", err);
        if (!vb_label_find(vb_tsv_get(row, "label"), &kind.label)) return bad_row(row, "no such label", err);
        if (!kind.word.len) return bad_row(row, "a row needs a word", err);
        kind.use = uses[u].use;
        if (within.len == 1 && within.at[0] >= '1' && within.at[0] <= '9')
            kind.within = (uint8_t)(within.at[0] - '0');
        if (vb_push(names->arena, &names->kinds) != VB_OK) return vb_fail_memory(err);
        names->kinds.at[names->kinds.len - 1] = kind;
    }
    return VB_OK;
}

static vb_status read_roles(vb_names *names, vb_tsv *row, vb_error *err)
{
    while (vb_tsv_next(row)) {
        vb_str word = vb_tsv_get(row, "word"), use = vb_tsv_get(row, "use");
        if (!word.len) return bad_row(row, "a row needs a word", err);
        if (vb_push(names->arena, &names->roles) != VB_OK) return vb_fail_memory(err);
        names->roles.at[names->roles.len - 1] = (vb_role){ .word = word,
                                                           .list = vb_str_starts(use, VB_STR("list")),
                                                           .lower = vb_str_ends(use, VB_STR("lower")) };
    }
    return VB_OK;
}

static vb_status read_given(vb_names *names, vb_tsv *row, vb_error *err)
{
    while (vb_tsv_next(row))
        if (vb_lexicon_add(&names->given, vb_tsv_get(row, "name"), 0, VB_NAME_PLACE) != VB_OK)
            return vb_fail_memory(err);
    return VB_OK;
}

/** The @p n th byte of @p word from its end; 0: it has fewer. */
static unsigned byte_from_end(vb_str word, size_t n)
{
    return word.len > n ? (unsigned char)word.at[word.len - 1 - n] : 0;
}

/** A number for the last two letters of a word, by which the tables are divided. */
static unsigned pair_of(vb_str word)
{
    return (byte_from_end(word, 0) & 31) << 5 | (byte_from_end(word, 1) & 31);
}

static int kinds_by_pair(const void *one, const void *two)
{
    const vb_kind *a = one, *b = two;
    int by = (int)pair_of(a->word) - (int)pair_of(b->word);
    return by ? by : vb_str_cmp(a->word, b->word);
}

static int roles_by_pair(const void *one, const void *two)
{
    const vb_role *a = one, *b = two;
    int by = (int)pair_of(a->word) - (int)pair_of(b->word);
    return by ? by : vb_str_cmp(a->word, b->word);
}

/** A place in a table of 2^16 bits for the last three bytes of a word. */
static unsigned place_of(unsigned last, unsigned second, unsigned third)
{
    return (last | second << 8 | third << 16) * 0x9e3779b1u >> 16;
}

/** Note how a row ends; before one of fewer letters any may stand. */
static void note_end(uint8_t *ends, vb_str word)
{
    unsigned from[3] = { byte_from_end(word, 0), byte_from_end(word, 1), byte_from_end(word, 2) };
    for (unsigned second = from[1]; second <= (word.len > 1 ? from[1] : 255); second++)
        for (unsigned third = from[2]; third <= (word.len > 2 ? from[2] : 255); third++) {
            unsigned i = place_of(from[0], second, third);
            ends[i >> 3] |= (uint8_t)(1u << (i & 7));
        }
}

static bool may_end(const uint8_t *ends, vb_str word)
{
    unsigned i = place_of(byte_from_end(word, 0), byte_from_end(word, 1), byte_from_end(word, 2));
    return ends[i >> 3] >> (i & 7) & 1;
}

/** Sort both tables by their last two letters and note where each pair begins: few rows are compared with a
 * word. */
static void index_by_pair(vb_names *names)
{
    if (names->kinds.len) qsort(names->kinds.at, names->kinds.len, sizeof *names->kinds.at, kinds_by_pair);
    if (names->roles.len) qsort(names->roles.at, names->roles.len, sizeof *names->roles.at, roles_by_pair);
    size_t k = 0, r = 0;
    for (size_t i = 0; i < names->kinds.len; i++) note_end(names->kind_ends, names->kinds.at[i].word);
    for (size_t i = 0; i < names->roles.len; i++) note_end(names->role_ends, names->roles.at[i].word);
    for (unsigned pair = 0; pair <= VB_PAIRS; pair++) {
        while (k < names->kinds.len && pair_of(names->kinds.at[k].word) < pair) k++;
        while (r < names->roles.len && pair_of(names->roles.at[r].word) < pair) r++;
        names->kinds_from[pair] = (uint32_t)k;
        names->roles_from[pair] = (uint32_t)r;
    }
}

void vb_kinds_ending(const vb_names *names, vb_str word, size_t *first, size_t *end)
{
    *first = names->kinds_from[pair_of(word)];
    *end = may_end(names->kind_ends, word) ? names->kinds_from[pair_of(word) + 1] : *first;
}

/** Whether @p kind, which ends @p fold, says so: a short one must be the whole word: "act". */
static bool kind_counts(const vb_kind *kind, vb_str fold)
{
    size_t least = kind->use == VB_KIND_BEFORE ? 7 : 4;
    return fold.len == kind->word.len || kind->word.len >= least || vb_str_eq(kind->word, VB_STR("wet"));
}

void vb_kinds_of(const vb_names *names, vb_str fold, uint32_t out[VB_KIND_USES])
{
    size_t first, end;
    memset(out, 0, VB_KIND_USES * sizeof *out);
    vb_kinds_ending(names, fold, &first, &end);
    for (size_t i = first; i < end; i++) {
        const vb_kind *kind = &names->kinds.at[i];
        uint32_t best = out[kind->use];
        if (byte_from_end(kind->word, 2) != byte_from_end(fold, 2) && kind->word.len > 2) continue;
        if ((best && kind->word.len <= names->kinds.at[best - 1].word.len) ||
            !vb_str_ends(fold, kind->word) || !kind_counts(kind, fold))
            continue;
        out[kind->use] = (uint32_t)i + 1;
    }
}

void vb_roles_ending(const vb_names *names, vb_str word, size_t *first, size_t *end)
{
    *first = names->roles_from[pair_of(word)];
    *end = may_end(names->role_ends, word) ? names->roles_from[pair_of(word) + 1] : *first;
}

const vb_role *vb_role_of(const vb_names *names, vb_str word)
{
    size_t first, end;
    vb_roles_ending(names, word, &first, &end);
    for (size_t i = first; i < end; i++) {
        const vb_role *role = &names->roles.at[i];
        if (role->word.len < 7 ? vb_str_eq(word, role->word) : vb_str_ends(word, role->word)) return role;
    }
    return NULL;
}

vb_status vb_kinds_read(vb_names *names, const char *data_dir, vb_error *err)
{
    static const struct {
        const char *path;
        vb_status (*read)(vb_names *names, vb_tsv *row, vb_error *err);
    } files[] = {
        { "loaders/gazetteer/kinds.tsv", read_kinds },
        { "loaders/gazetteer/roles.tsv", read_roles },
        { "loaders/gazetteer/given_names.tsv", read_given },
    };
    vb_status status;
    if (vb_lexicon_init(&names->given, names->arena, 2048) != VB_OK) return vb_fail_memory(err);
    names->given.of = VB_LEX_GIVEN;
    for (size_t i = 0; i < VB_COUNT(files); i++) {
        vb_tsv row = { .name = files[i].path };
        TRY(vb_data_read(data_dir, files[i].path, names->arena, &row.text, err));
        TRY(files[i].read(names, &row, err));
    }
    index_by_pair(names);
    status = VB_OK;
done:
    return status;
}

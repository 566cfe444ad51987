/**
 * The words of a view and what each is by its letters alone: flags, closed lists, kinds, what references and
 * names may hold it. Private to the files that find names.
 */
#ifndef VB_WORDS_H
#define VB_WORDS_H

#include "loaders/reader.h"

enum {
    VB_WORD_CAPITAL = 1,  /* its first letter is upper case */
    VB_WORD_CAPS = 2,     /* two letters or more, none of them lower case */
    VB_WORD_NUMBER = 4,   /* begins with a digit */
    VB_WORD_FIRST = 8,    /* first of its sentence */
    VB_WORD_INNER = 16,   /* an upper case letter after the first: "PvdA", "GroenLinks" */
    VB_WORD_BLOCKED = 32, /* in a block that yields no mentions */
    VB_WORD_BROKEN =
        64, /* a hyphen between lower case letters follows: perhaps one word, broken at a line's end */
};

/** What kind word a word ends in, by where the kind stands. */
typedef enum vb_kind_use {
    VB_KIND_INSIDE,  /* ends a word inside the name: "Actie[programma] X" */
    VB_KIND_BEFORE,  /* ends the word before it, outside: "het project [X]" */
    VB_KIND_TITLE,   /* ends a word shortly before a quotation: "het bericht «X»" */
    VB_KIND_HEAD,    /* opens a name in lower case: "[startdocument X]" */
    VB_KIND_APPOSED, /* goes before what it is about, without a word between: "[halfjaarbericht politie]" */
    VB_KIND_USES
} vb_kind_use;

/** Closed lists of words that are asked for at every word of a text: forms.c. A bit each. */
#define VB_WORD_LISTS(ROW) \
    ROW(JOINT)             \
    ROW(TIGHT)             \
    ROW(OPENER)            \
    ROW(STARTER)           \
    ROW(AIMED)             \
    ROW(AIM)               \
    ROW(BEHIND)            \
    ROW(PREFIX)            \
    ROW(NO_NAME)           \
    ROW(GROUP)             \
    ROW(ACT)               \
    ROW(ACT_INSIDE)        \
    ROW(ACT_AIMED)         \
    ROW(FIRM)              \
    ROW(CALLS)             \
    ROW(MOTION)            \
    ROW(SCHEME)            \
    ROW(GAS)
enum {
#define VB_AS_NUMBER(name) VB_LIST_NUMBER_##name,
    VB_WORD_LISTS(VB_AS_NUMBER)
#undef VB_AS_NUMBER
        VB_LIST_COUNT
};
enum {
#define VB_AS_BIT(name) VB_LIST_##name = 1 << VB_LIST_NUMBER_##name,
    VB_WORD_LISTS(VB_AS_BIT)
#undef VB_AS_BIT
};

/** Where a source looks: most words begin nothing, and are passed over sixteen at a time. A form has what the
 * letters alone say, vb_finding.starts all of it. */
enum {
    VB_START_SHAPE = 1,   /* a capital that may open a name by shape: vb_shape_opens() */
    VB_START_LISTED = 2,  /* a gazetteer's name may begin here */
    VB_START_PERSON = 4,  /* a role, a given name or a name before a letter, the first word of a block */
    VB_START_BRACKET = 8, /* right after " (" */
    VB_START_HEAD = 16,   /* the head of an act, a programme, a firm, a motion, a group, a committee; this one
                             and the next also where nothing is looked for */
    VB_START_CUE = 32,    /* a part of a reference: it has VB_CUE_ bits */
    VB_START_NUMBER = 64, /* begins with a digit */
    VB_START_KIND = 128,  /* ends in a kind word that stands inside names */
};

/** Compounds that head something. */
enum { VB_HEADS_ACT = 1 /* "…wet" */, VB_HEADS_COMMITTEE = 2 /* "…commissie" */ };

/** Letters that a reference cannot do without: a form has those that are inside it, a block those of its
 * words. */
enum {
    VB_CUE_KAMERSTUK = 1 << 0,
    VB_CUE_KAMER = 1 << 1,
    VB_CUE_AANHANGSEL = 1 << 2,
    VB_CUE_AH = 1 << 3,
    VB_CUE_HANDELINGEN = 1 << 4,
    VB_CUE_JOURNAL = 1 << 5,
    VB_CUE_ECLI = 1 << 6,
    VB_CUE_BWB = 1 << 7,
    VB_CUE_PB = 1 << 8,
    VB_CUE_EU = 1 << 9,
    VB_CUE_DIGIT = 1 << 10,
    VB_CUE_ZAAK = 1 << 11,    /* a digit, z or d, a digit: 2024Z14814 */
    VB_CUE_CELEX = 1 << 12,   /* ten letters and more, one of them after a digit: 32016R0679 */
    VB_CUE_DOSSIER = 1 << 13, /* five digits, perhaps parted after two; of a block alone */
    VB_CUE_SLASH = 1 << 14,   /* of a block alone */
    VB_CUE_BZ = 1 << 15,
    VB_CUE_RESOLUTION = 1 << 16,
};

/** The lexicons whose names a form knows that it may begin. */
typedef enum vb_lex_of { VB_LEX_NAMES, VB_LEX_GIVEN, VB_LEX_FORMS, VB_LEX_OTHER = VB_LEX_FORMS } vb_lex_of;

/** Of each of these lexicons: whether a name begins with the word, may go on with it, is it alone. */
enum { VB_LEX_BEGINS = 1, VB_LEX_GOES_ON = 1 << VB_LEX_FORMS, VB_LEX_WHOLE = 1 << 2 * VB_LEX_FORMS };

/** What a word is by its letters alone; the reader's memory has one of each. What is read of every word of a
 * text comes first: it fits the 64 bytes that a processor fetches at once. */
typedef struct vb_form {
    vb_memo_item item;            /* its letters, ASCII's in lower case */
    uint64_t hash;                /* of the fold */
    uint32_t lists;               /* VB_LIST_ bits */
    uint32_t cues;                /* what references it may be part of: VB_CUE_ bits */
    uint32_t opens[VB_LEX_FORMS]; /* the lexicon's node where names begin with it; VB_NONE */
    uint32_t role;                /* 1 + index of the role that a person follows; 0: none */
    uint8_t lex;                  /* VB_LEX_BEGINS and its like << vb_lex_of: what it may be of a name */
    uint8_t ends;                 /* 1 << vb_kind_use: whether it ends in a kind of that use */
    uint8_t starts;               /* VB_START_ bits */
    uint8_t heads;                /* VB_HEADS_ bits */
    bool ascii;                   /* so is it: its fold is its letters */
    vb_str fold;
    uint32_t kinds[VB_KIND_USES]; /* 1 + index of the kind that it ends in; 0: none */
} vb_form;

/** A run of letters and digits. Hyphens, apostrophes and stops divide words. Some of its form is repeated
 * here: the finders walk over the words in turn, their forms are anywhere in memory. */
typedef struct vb_word {
    uint32_t start, end; /* bytes of the view */
    uint32_t sentence, block;
    uint64_t hash; /* of the folded form */
    const vb_form *form;
    vb_str fold;
    uint32_t lists;
    uint8_t flags, lex, ends, starts; /* starts: those of its form */
} vb_word;

typedef VB_VEC(vb_word) vb_words;

struct vb_names;

/** Divide the whole view into words, and find their forms in the reader's memory. Cost: O(length). */
vb_status vb_words_make(const struct vb_names *names, vb_analysis *a, vb_words *out);

/** Of two words that a hyphen parts: the hash of both as one. */
uint64_t vb_word_joined(const vb_word *word);

/** Work out what the tables say of a word that @p memo does not have, and keep it there. @p lower: its
 * letters, ASCII's in lower case; @p hash: their vb_memo_hash_in_text(). @return NULL when there is no memory. */
const vb_form *vb_form_new(const struct vb_names *names, vb_memo *memo, vb_str lower, uint64_t hash);

/** Make names->listed of the closed lists. @return VB_NO_MEMORY. */
vb_status vb_lists_read(vb_names *names);

/** Whether a word is on one of the lists whose bits @p lists has. */
static inline bool vb_word_is(const vb_word *word, uint32_t lists)
{
    return word->lists & lists;
}

/** The first word of @p s at or after @p from. @return false when there is none. */
bool vb_word_next(vb_str s, size_t from, size_t *start, size_t *end);

/** Read the next word of @p s from *at on: the hash of its folded form, and *at behind it; @p arena is
 *  for what takes more than ASCII to fold. */
vb_status vb_word_read(vb_str s, size_t *at, vb_arena *arena, uint64_t *hash, bool *found);

/** Whether @p word is one of the @p n words of @p list. */
static inline bool vb_word_in(vb_str word, const char *const *list, size_t n)
{
    if (!word.len) return false;
    for (size_t i = 0; i < n; i++)
        if (list[i][0] == word.at[0] && strncmp(list[i], word.at, word.len) == 0 && !list[i][word.len])
            return true;
    return false;
}

/** Whether the letter at @p at is upper case. */
bool vb_word_capital(vb_str s, size_t at);

#endif

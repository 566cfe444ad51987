/**
 * Private to the files that find names: the lexicon of gazetteer names, the candidates that the sources
 * propose, and what one document defines for itself. The words they stand on are in loaders/words.h.
 *
 *   view --words--> gazetteer, references, offices, ... propose candidates
 *        --select--> the longest stand --local--> what the document defines is sought again --> mentions
 */
#ifndef VB_NAMES_H
#define VB_NAMES_H

#include "loaders/bytes.h"
#include "loaders/names_tables.h"
#include "loaders/words.h"

/* ---- the lexicon -------------------------------------------------------------------------------------- */

enum {
    VB_NAME_EXACT = 1,     /* abbreviation: only as it is written, plural "'s" allowed */
    VB_NAME_ANY_CASE = 2,  /* also in lower case */
    VB_NAME_CONTEXT = 4,   /* an ordinary word too: counts only where the context or the document says so */
    VB_NAME_PORTFOLIO = 8, /* what a minister is minister of */
    VB_NAME_PLACE = 16,    /* a capital in the name is one in the text, too */
    VB_NAME_ALIAS = 32     /* shown to people as another name */
};

/** Something a gazetteer knows. */
typedef struct vb_known {
    vb_label label;
    vb_str key, name, part_of;
    const char *rule;    /* "gazetteer:laws" */
    uint32_t lies_in;    /* of a place: the region that part_of is the key of; VB_NONE */
    uint32_t first_name; /* its names, by vb_lex_name.other; VB_NONE */
} vb_known;

typedef struct vb_lex_name {
    vb_str text;
    uint32_t known; /* index of what it names */
    uint32_t next;  /* another name with the same words; VB_NONE */
    uint32_t other; /* another name of the same thing; VB_NONE */
    uint8_t flags, n_words;
} vb_lex_name;

typedef struct vb_lexicon {
    vb_arena *arena;
    VB_VEC(vb_known) known;
    VB_VEC(vb_lex_name) names;
    struct vb_lex_slot *slots; /* the trie: (node, word) -> node, an open hash table */
    size_t n_slots, n_used;
    vb_lex_of of;             /* which of the forms' lexicons it is */
    uint8_t *opens, *goes_on; /* a bit for each hash of a word that some name begins with, or goes on with */
    size_t n_bits;            /* of each of them */
    uint8_t *taken;           /* a bit for each key of slots, n_taken of them: what has none is not sought */
    size_t n_taken;
    VB_VEC(uint32_t) first; /* by node: its first name; VB_NONE */
} vb_lexicon;

/** Numbers of things that a gazetteer knows, for one document: as large as what it names, not as the
 * gazetteer. */
typedef struct vb_known_map {
    struct vb_known_entry {
        uint32_t known, number; /* known: 1 + its index; 0: free */
    } * at;
    size_t mask;
} vb_known_map;

/** An empty map with room for @p most things. */
vb_status vb_known_map_make(vb_arena *arena, size_t most, vb_known_map *out);

/** The number of @p known; VB_NONE: it has none. Cost: O(1). */
uint32_t vb_known_map_get(const vb_known_map *map, uint32_t known);
void vb_known_map_set(vb_known_map *map, uint32_t known, uint32_t number);

/** Start an empty lexicon, VB_LEX_OTHER until its field says else; @p n_slots, a power of two, is room for
 * half as many words; it grows. */
vb_status vb_lexicon_init(vb_lexicon *lexicon, vb_arena *arena, size_t n_slots);

/** Add a name (a borrowed view that must outlive the lexicon) of known[known]. An empty one is passed over.
 */
vb_status vb_lexicon_add(vb_lexicon *lexicon, vb_str name, uint32_t known, uint8_t flags);

/** The node where names begin with a word of this hash; VB_NONE. */
uint32_t vb_lexicon_opens(const vb_lexicon *lexicon, uint64_t word);

/** Whether a name ends at @p node, which may be VB_NONE. */
bool vb_lexicon_has_name(const vb_lexicon *lexicon, uint32_t node);

/** Whether a name may go on, after its first word, with a word of this hash. */
bool vb_lexicon_goes_on(const vb_lexicon *lexicon, uint64_t word);

/** A name found at words[at ... at + n_words). */
typedef struct vb_lex_hit {
    uint32_t name, n_words;
} vb_lex_hit;

/** Visit every name that begins at word @p at, shortest first; returns how many of @p max it wrote.
 *  Spelling is checked: case as the name's flags ask, and the marks between its words. */
size_t vb_lexicon_match(const vb_lexicon *lexicon, vb_str text, const vb_words *words, size_t at,
                        vb_lex_hit *out, size_t max);

/** Whether a name of @p lexicon, which forms know, may begin with @p word: with most words none does. */
static inline bool vb_lexicon_may_begin(const vb_lexicon *lexicon, const vb_word *word)
{
    return (word->flags & VB_WORD_BROKEN) || (word->lex & VB_LEX_BEGINS << lexicon->of);
}

/** The first word at or after @p at where a name of @p lexicon, which no form knows, may begin. */
static inline size_t vb_lexicon_next(const vb_lexicon *lexicon, const vb_words *words, size_t at)
{
    const uint8_t *opens = lexicon->opens;
    const uint64_t mask = lexicon->n_bits - 1;
    for (; at < words->len; at++) {
        uint64_t bit = words->at[at].hash & mask;
        if ((opens[bit >> 3] >> (bit & 7) & 1) || (words->at[at].flags & VB_WORD_BROKEN)) break;
    }
    return at;
}

/* ---- candidates --------------------------------------------------------------------------------------- */

/** A span that a source proposes to be a mention. */
typedef struct vb_found {
    uint32_t start, end;
    vb_label label;
    uint32_t known; /* what it names in the lexicon; VB_NONE: key and name say */
    vb_str key, name;
    vb_str article;
    const char *rule;
    uint32_t surname; /* Person: where the surname begins, from start */
    uint16_t score;   /* of two spans of the same length the higher one stands */
    bool office;
    bool weak;   /* stands only when the document names the same thing elsewhere without doubt */
    bool shield; /* takes its place and yields no mention: a URL, an address */
} vb_found;

typedef struct vb_references vb_references; /* compiled patterns */

/** A word that says what a name names. */
typedef struct vb_kind {
    vb_str word;
    vb_label label;
    vb_kind_use use;
    uint8_t within; /* title: how many words before */
} vb_kind;

/** A word before a person. */
typedef struct vb_role {
    vb_str word;
    bool list;  /* several may follow: "de leden A, B en C" */
    bool lower; /* a prefix in lower case may begin the name: "de heer van Dam" */
} vb_role;

enum { VB_PAIRS = 1 << 10 /* of last letters, of which five bits each */ };

struct vb_names {
    vb_arena *arena;
    vb_lexicon lexicon;
    vb_references *references;
    VB_VEC(vb_kind) kinds; /* by their last two letters, as are the roles */
    VB_VEC(vb_role) roles;
    uint32_t kinds_from[VB_PAIRS + 1], roles_from[VB_PAIRS + 1]; /* where each two begin */
    uint8_t kind_ends[8192], role_ends[8192];                    /* a bit for the last three bytes of each */
    VB_VEC(vb_holder) holders;
    VB_VEC(vb_party_change) changes;
    VB_VEC(vb_ministry) ministries;
    vb_lexicon given; /* given names */
    vb_memo listed;   /* the words of the closed lists */
};

/** What a gazetteer says of a word of the text, where it is sure. */
enum {
    VB_LISTED = 1,        /* inside a listed name */
    VB_LISTED_BEGINS = 2, /* the first word of one */
    VB_LISTED_PLACE = 4,  /* the first word of a place */
};

enum { VB_PLACE = 64 };

/** One document being named. */
typedef struct vb_finding {
    const vb_names *names;
    vb_analysis *a;
    vb_arena *arena;
    vb_str text;
    vb_words words;
    uint32_t *places;       /* of each VB_PLACE bytes of the text the first word that begins there or later */
    uint8_t *listed;        /* by word: VB_LISTED… */
    uint8_t gas;            /* whether it tells of the gas that is won in Groningen, when that was asked */
    uint64_t uncalled[2];   /* a bit for each number below 128 of a note that nothing was found to call */
    uint8_t *starts;        /* by word: VB_START_ bits, and VB_STRIDE zeros behind the last */
    VB_VEC(vb_found) found; /* all that was proposed */
    VB_VEC(vb_found) stands; /* what was kept of it, in text order */
} vb_finding;

/** Make f->starts. @return VB_OK, VB_NO_MEMORY. Cost: O(words). */
vb_status vb_starts_note(vb_finding *f);

/** The first word at or after @p at that has one of the bits of @p starts; words.len: there is none. */
static inline size_t vb_starts_next(const vb_finding *f, size_t at, uint8_t starts)
{
    for (; at < f->words.len; at += VB_STRIDE) {
        size_t n = vb_bytes_first((vb_bytes)((vb_bytes_at((const char *)f->starts + at) & starts) != 0));
        if (n < VB_STRIDE) return at + n;
    }
    return f->words.len;
}

/** Go over the words that have one of the bits of @p starts; the body may move @p at on. */
#define VB_EACH_START(f, at, starts)                                    \
    for (size_t at = vb_starts_next(f, 0, starts); at < (f)->words.len; \
         at = vb_starts_next(f, at + 1, starts))

/** Propose a span. @return NULL when there is no memory. */
vb_found *vb_finding_add(vb_finding *f, uint32_t start, uint32_t end, vb_label label, const char *rule);

/** What stands between word @p at and the one before it. */
static inline vb_str vb_finding_gap(const vb_finding *f, size_t at)
{
    uint32_t from = at ? f->words.at[at - 1].end : 0;
    return (vb_str){ f->text.at + from, f->words.at[at].start - from };
}

/** The letters of word @p at as the text has them. */
vb_str vb_finding_word(const vb_finding *f, size_t at);

/** Index of the first word that begins at or after @p at; words.len when there is none. Cost: O(1). */
size_t vb_finding_word_at(const vb_finding *f, uint32_t at);

/** Whether that is one blank, or one hyphen (of any kind). */
static inline bool vb_finding_blank(const vb_finding *f, size_t at)
{
    vb_str gap = vb_finding_gap(f, at);
    return gap.len == 1 ? gap.at[0] == ' ' : gap.len == 2 && memcmp(gap.at, "\xc2\xa0", 2) == 0;
}
static inline bool vb_finding_hyphen(const vb_finding *f, size_t at)
{
    vb_str gap = vb_finding_gap(f, at);
    if (gap.len == 1) return gap.at[0] == '-';
    return gap.len == 3 && (memcmp(gap.at, "\u2010", 3) == 0 || memcmp(gap.at, "\u2011", 3) == 0);
}

/** The end of the abbreviation at word @p last with its plural: "[RIEC's]", "[GGD'en]". */
uint32_t vb_finding_plural(const vb_finding *f, size_t last);

/** "ME'[er]", "VVD'[ers]" at word @p next: a person of that body, not the body. */
bool vb_finding_is_member(const vb_finding *f, size_t next);

/** Whether mentions are looked for in a block. */
bool vb_block_speaks(const vb_block *block);

/** A table of names: the file, what its rows are, and where their key is. */
typedef struct vb_gazetteer_table {
    const char *path, *rule;
    vb_label label;
    const char *key;       /* the column of the key */
    const char *portfolio; /* a column of portfolios; NULL */
    uint8_t flags;
} vb_gazetteer_table;

/** All tables; of two things with the same name the one in the earlier table stands first. */
const vb_gazetteer_table *vb_gazetteer_tables(size_t *n);

/** Take the marks off a name and put what they say into *flags. @return false: it is not matched. */
bool vb_gazetteer_marks(vb_str *name, uint8_t *flags);

/** Read the gazetteers into names->lexicon. */
vb_status vb_gazetteer_read(vb_names *names, const char *data_dir, vb_error *err);

/** The kinds, or roles, of two letters and more that may end @p word: [*first, *end). */
void vb_kinds_ending(const vb_names *names, vb_str word, size_t *first, size_t *end);
void vb_roles_ending(const vb_names *names, vb_str word, size_t *first, size_t *end);

/** Of each use the kind that ends @p fold, the longest: 1 + its index, 0 for none. A short one must be the
 *  whole word: "act". */
void vb_kinds_of(const vb_names *names, vb_str fold, uint32_t out[VB_KIND_USES]);

/** The kind of that use that ends word @p at, which its form knows; NULL. */
static inline const vb_kind *vb_kind_at(const vb_finding *f, size_t at, vb_kind_use use)
{
    const vb_word *word = &f->words.at[at];
    return word->ends & 1u << use ? &f->names->kinds.at[word->form->kinds[use] - 1] : NULL;
}

/** The first role that ends @p word, a short one being the whole of it; NULL. */
const vb_role *vb_role_of(const vb_names *names, vb_str word);

/** Read the words that tell what a name names. */
vb_status vb_kinds_read(vb_names *names, const char *data_dir, vb_error *err);

/** Compile the reference grammar. End it: vb_references_free(). */
vb_status vb_references_new(vb_references **out, vb_error *err);
void vb_references_free(vb_references *references);

/** The article that the words between @p from and @p to, a law's name, say: "artikel 8, eerste lid, van de".
 */
vb_status vb_references_article(vb_finding *f, uint32_t from, uint32_t to, vb_str *out);

/** A form in which a paper or a medium is cited: groups "medium" and "title", either may take no part. */
typedef struct vb_citation_form {
    const char *pattern;
    bool note; /* only at the beginning of a footnote */
} vb_citation_form;

enum { VB_CITATION_DATED = 0, VB_CITATION_BRACKET = 4, VB_CITATIONS = 5 };
extern const vb_citation_form vb_citation_forms[VB_CITATIONS];
extern const char vb_notes_pattern[];

/** The next citation of @p form in [from, to): both as views of the text, empty where they took no part;
 *  *next goes on. */
bool vb_references_citation(vb_finding *f, size_t form, size_t from, size_t to, vb_str *medium, vb_str *title,
                            size_t *next);

/** The quotation that opens at @p at: its words are [*open, *close), *after is past its mark. */
bool vb_title_quoted(vb_str text, size_t at, size_t limit, size_t *open, size_t *close, size_t *after);

/** Propose [start, end) as a title, without the address or year in brackets that it may end in. */
vb_status vb_title_propose(vb_finding *f, size_t start, size_t end, vb_label label, const char *rule);

/** A stop and a capital after a word: @p title is a sentence or two of running text, no title. */
bool vb_title_runs_on(vb_str title);

/** The title that a footnote at @p from begins with. */
bool vb_references_note(vb_finding *f, size_t from, size_t to, vb_str *title);

/** The end of what a paper or programme is about at word @p at, words in lower case without an article:
 *  "[georganiseerde criminaliteit]"; @p at when there is none. */
size_t vb_subject_end(const vb_finding *f, size_t at);

/** Whether the run [at, end) names nothing: kind words alone, a compound that only says its kind. */
bool vb_shape_generic(const vb_finding *f, size_t at, size_t end);

/** "een [Rijksaanpak]", "haar [Meerjarenonderhoudsplan]": one of its kind, and not its name. */
bool vb_shape_one_of(const vb_finding *f, size_t at);

/** A number of four digits. */
static inline bool vb_is_year(const vb_word *w)
{
    return (w->flags & VB_WORD_NUMBER) && w->end - w->start == 4;
}

/** "2026", "2023-2026", "2023 t/m 2026", "juni 2023", "2.0" at word @p at: of how many words; 0: none. */
size_t vb_years_at(const vb_finding *f, size_t at);

/** Where the words end that tell which one of several programmes of one name is meant, if a name ended before
 *  word @p at: years, "II", "2", "fase 1", "2e tranche"; @p at: there are none. Cost: O(1). */
size_t vb_edition_end(const vb_finding *f, size_t at);

/** Give @p found, a name that ends before word @p next, the edition that follows it, where it is a programme:
 *  "[NPX fase 2]" is another than what the document calls NPX. */
vb_status vb_edition_tell(vb_finding *f, vb_found *found, size_t next);

/** "de [derde] voortgangsbrief X", and not "een eerste verkenning": how many words before word @p at say
 * which of several papers or programmes it heads; 0 or 1. */
size_t vb_ordinal_before(const vb_finding *f, size_t at);

/** Where the act that word @p at heads ends: lower case words up to a mark or a word that goes on with the
 *  sentence; at + 1: it has none. */
size_t vb_act_end(const vb_finding *f, size_t at);

/** Where the lower case words of a bill's name end that go on at word @p at: "Vrij [en veilig onderwijs]"; @p
 * at: there are none. */
size_t vb_act_phrase(const vb_finding *f, size_t at);

/** The label that the words [first, end) of a name say it has. @return false when none says so. */
bool vb_shape_label(const vb_finding *f, size_t first, size_t end, vb_label *out);

/** Whether word @p at is a kind word with more before it: "preventiestrategie", not "strategie". */
bool vb_shape_compound(const vb_finding *f, size_t at);

/** Whether word @p at may open a name by shape; where the run of name words that it opens ends. @p cued: a
 *  word before says that a name follows. */
bool vb_shape_opens(const vb_finding *f, size_t at);

/** het programma [Weerbare Gemeenschappen], bedrijven zoals [Voorbeeld]: what the word before a name at word
 *  @p at says it is. @return false: nothing. */
bool vb_shape_cue(const vb_finding *f, size_t at, vb_label *out);
size_t vb_shape_run(const vb_finding *f, size_t at, bool cued);

/* The sources; each proposes candidates. */
vb_status vb_find_gazetteer(vb_finding *f);
vb_status vb_find_references(vb_finding *f);
vb_status vb_find_persons(vb_finding *f);
vb_status vb_find_motions(vb_finding *f);    /* after the references */
vb_status vb_find_bodies(vb_finding *f);     /* after the gazetteer */
vb_status vb_find_numbers(vb_finding *f);    /* after the shapes */
vb_status vb_find_called(vb_finding *f);     /* after the gazetteer */
vb_status vb_find_firms(vb_finding *f);      /* after the gazetteer */
vb_status vb_find_committees(vb_finding *f); /* after the gazetteer */
vb_status vb_find_coalitions(vb_finding *f);
vb_status vb_find_titles(vb_finding *f);
vb_status vb_find_sources(vb_finding *f); /* after the gazetteer */
vb_status vb_find_acts(vb_finding *f);    /* after the gazetteer */
vb_status vb_find_shapes(vb_finding *f);
vb_status vb_find_programmes(vb_finding *f); /* after the gazetteer */
vb_status vb_find_appositions(vb_finding *f);

/** Keep the longest of the proposed spans that touch each other, in f->stands; f->found is then in the order
 * in which they were chosen from. Cost: O(n log n). */
vb_status vb_names_select(vb_finding *f);

/** After a first selection: propose what f->stands tells: what the document defines, what stands in a list.
 */
vb_status vb_find_local(vb_finding *f);
vb_status vb_find_lists(vb_finding *f);
vb_status vb_find_heads(vb_finding *f);

/** Tell f->a what lost and to what; f->stands is final. */
vb_status vb_losers_keep(vb_finding *f);

/** Make one of the persons that f->stands names in several forms. */
vb_status vb_names_unify(vb_finding *f);

/** A ministry's name, abbreviation or portfolio was found at word @p at: propose what it is there. */
vb_status vb_find_office(vb_finding *f, size_t at, vb_lex_hit hit);

#endif

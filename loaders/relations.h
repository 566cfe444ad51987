/**
 * Private to loaders/relations*.c: the compiled rules, and one document while its relations are found.
 *
 *   relations.c          the entry: senders first, then the genre's structure, then the rules
 *   relations_edge.c     adding an edge: domain and range, symmetric once, no duplicates
 *   relations_near.c     the words around a mention
 *   relations_sender.c   who answers, signs and co-sends
 *   relations_columns.c  offices in a signature of several columns
 *   relations_genre.c    who asks, offices and parties
 *   relations_paper.c    which papers and laws are cited, and who wrote the papers
 *   relations_motion.c   motions and their movers
 *   relations_rules.c    reading loaders/rules/ *.rules into rules, patterns, word classes
 *   relations_acts.c     word orders of a verb, a role, a deed, from their forms
 *   relations_time.c     since when and until when it holds
 *   relations_money.c    how much is paid
 *   relations_words.c    the rules' vocabulary: words by stem and by form
 *   relations_tokens.c   a word as the rules read it, remembered
 *   relations_atoms.c    a sentence as the rules see it: words, marks, names in groups
 *   relations_glued.c    words that a PDF's extraction glued together
 *   relations_phrase.c   coordination, brackets, articles and prepositions around those groups
 *   relations_match.c    matching a pattern, guards, edges
 *   relations_document.c sentence after sentence: what is remembered of one for the next; lists
 */
#ifndef VB_LOADERS_RELATIONS_H
#define VB_LOADERS_RELATIONS_H

#include "loaders/reader.h"

/* ---- rules, compiled once ----------------------------------------------------------------------------- */

/** Classes of words that the rules' files list: ROW(enum suffix, name in a `class` line). */
#define VB_WORD_CLASSES(ROW)                                                                         \
    ROW(ARTICLE, "article")         /* opens a noun phrase: de, het, deze, alle                  */  \
    ROW(NOUN, "noun")               /* stands between article and name: gemeente, programma      */  \
    ROW(SITE, "site")               /* with "van" before a place it is that place: haven, regio   */ \
    ROW(PREPOSITION, "preposition") /* a phrase after it is no subject or object                 */  \
    ROW(JOIN, "join")               /* en, alsmede: joins names                                  */  \
    ROW(SUCH, "such")               /* zoals, waaronder: the names after it are the noun before   */ \
    ROW(ALSO, "also")               /* ook, zowel: may stand between a preposition and its names  */ \
    ROW(BOTH, "both")               /* zowel: joins names with the next of class AS               */ \
    ROW(AS, "as")                   /* als                                                        */ \
    ROW(WHERE, "where")             /* waarmee, die: opens a clause about the name before it      */ \
    ROW(VERB, "verb")               /* ends a noun phrase leftwards: is, worden, heeft           */  \
    ROW(I, "i")                     /* ik, wij: the sender                                       */  \
    ROW(MY, "my")                   /* mijn, onze                                                */  \
    ROW(YOU, "you")                 /* u: the sender, in a question                              */  \
    ROW(YOUR, "your")               /* uw: the sender's, in a question                           */  \
    ROW(HOUSE, "house")             /* ministerie, departement: after mijn or uw the sender      */  \
    ROW(THIS, "this")               /* dit, deze: with a focus noun the last name of that kind   */  \
    ROW(THE, "the")                 /* so do de, het, where the name is near enough               */ \
    ROW(NOT, "not")                 /* negates what is around it                                 */  \
    ROW(ONLY, "only")               /* after niet: no negation (niet alleen)                     */  \
    ROW(IF, "if")                   /* makes it conditional, wished for or asked about           */  \
    ROW(WHETHER, "whether")         /* before the match: what follows is asked about             */  \
    ROW(WILL, "will")               /* announces                                                 */  \
    ROW(BREAK, "break")             /* opens another clause: guards do not look past it          */  \
    ROW(HEAD, "head")               /* ends compounds, which are read as it: kamer+brief          */ \
    ROW(THAT, "that")               /* opens a clause that no short gap steps into                */ \
    ROW(WHILE, "while")             /* opens another clause: no wide gap steps into it           */  \
    ROW(THEY, "they")               /* opens a sentence for the one actor of the sentence before  */

typedef enum vb_word_class {
#define VB_AS_ENUM(name, text) VB_CLASS_##name,
    VB_WORD_CLASSES(VB_AS_ENUM)
#undef VB_AS_ENUM
        VB_CLASS_COUNT
} vb_word_class;
#define VB_CLASS_BIT(name) (1u << VB_CLASS_##name)

/** A word of the vocabulary: a form ("gemeenten") or a stem ("gemeent"). */
typedef struct vb_word {
    vb_str text;
    uint32_t classes;         /* of this form */
    unsigned focus;           /* labels a noun points back to: "programma" -> Programme */
    VB_VEC(uint32_t) by_stem; /* patterns whose cue is a word of this stem */
    VB_VEC(uint32_t) by_form; /* patterns whose cue is exactly this form */
} vb_word;

typedef struct vb_vocabulary {
    vb_arena *arena;
    VB_VEC(vb_word) words; /* 0 is the unknown word */
    uint32_t *table;       /* open addressing, a power of two */
    size_t table_size;
    uint8_t starts[8192]; /* bit per first two bytes that some word has: the rest is not looked up */
} vb_vocabulary;

typedef enum vb_item_kind {
    VB_ITEM_WORD,
    VB_ITEM_GAP,
    VB_ITEM_SLOT,
    VB_ITEM_PAPER,
    VB_ITEM_FOCUS
} vb_item_kind;
typedef enum vb_role { VB_ROLE_FROM, VB_ROLE_TO, VB_ROLE_BOTH } vb_role;

enum {
    VB_SLOT_SENDER = 1 << VB_LABEL_COUNT,     /* only ik, wij, mijn ministerie */
    VB_SLOT_MY = 1 << (VB_LABEL_COUNT + 1),   /* only mijn, onze, uw */
    VB_SLOT_LIST = 1 << (VB_LABEL_COUNT + 2), /* only names spelled out in a note, brackets or a list */
    VB_WORD_EXACT = 1 << 30,                  /* in vb_item.words: this form, not its stem */
};

/** One item of a pattern. */
typedef struct vb_item {
    vb_item_kind kind;
    bool optional; /* WORD */
    bool absent;   /* WORD: none of these comes next */
    char mark;     /* WORD: this is that mark: "," or ":" */
    bool wide;     /* GAP: may cross commas */
    bool titled;   /* PAPER: one with a title, not one with a number */
    bool anywhere; /* SLOT: whatever preposition stands before it */
    bool first;    /* SLOT: the first of its clause that would fit: the subject */
    unsigned gap;  /* GAP: atoms at most */
    vb_role role;  /* SLOT, PAPER, FOCUS */
    unsigned mask; /* SLOT: labels and VB_SLOT_ bits; FOCUS: labels */
    VB_VEC(uint32_t) words;
} vb_item;

/** An example of a rule's: a sentence, and the edge it makes or (NULL target) that it makes none. */
typedef struct vb_example {
    vb_str text, source, target; /* keys */
    unsigned line;
} vb_example;

typedef struct vb_rule {
    const char *name, *file;
    vb_relation type;
    unsigned from, to;                /* labels of its ends where a wording does not narrow them */
    bool announced, questions, pairs; /* pairs: all that take part, with one another */
    bool unguarded;                   /* runs in conditional sentences too */
    bool undenied;                    /* what is denied beside it is something else */
    VB_VEC(uint32_t) unless;          /* stems that silence it */
    VB_VEC(vb_example) examples;
} vb_rule;

typedef struct vb_pattern {
    uint32_t rule;
    uint32_t cue; /* index of the item it is found by */
    VB_VEC(vb_item) items;
} vb_pattern;

/** Words that wordings name together: "$money". */
typedef struct vb_word_set {
    vb_str name, words; /* words: joined by '|' */
} vb_word_set;

/** A name of a ministry's work, folded: "justitie en veiligheid". */
typedef struct vb_portfolio {
    vb_str folded, key, name;
} vb_portfolio;

struct vb_relations {
    vb_arena *arena;
    VB_VEC(vb_portfolio) portfolios;
    vb_vocabulary words;
    VB_VEC(vb_word_set) sets;
    VB_VEC(vb_rule) rules;
    VB_VEC(vb_pattern) patterns;
};

/** Make an empty vocabulary, whose word 0 is the unknown one. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_words_reset(vb_vocabulary *words);

/** The vocabulary's number of @p text as it is, added when new. */
vb_status vb_words_add(vb_vocabulary *words, vb_str text, uint32_t *out);

/** The number of @p text; 0 when no rule knows it. */
uint32_t vb_words_find(const vb_vocabulary *words, vb_str text);

/** The number of the longest word of class HEAD that @p text, a compound, ends in; 0 where there is none. */
uint32_t vb_words_head(const vb_vocabulary *words, vb_str text);

/** Fold one word: lower case in @p room (@p size bytes) for ASCII, hyphens kept; else by vb_fold(). */
vb_status vb_words_fold(vb_arena *arena, vb_str text, char *room, size_t size, vb_str *out);

/** Lines that stand for many wordings; ACT_ON is an ACT whose object has a preposition. */
typedef enum vb_wording { VB_WORDING_ACT, VB_WORDING_ACT_ON, VB_WORDING_ROLE, VB_WORDING_DEED } vb_wording;

/**
 * The wordings of a line: an `act` "finite / participle / infinitive / participle before a noun / particle /
 * preposition", a `role` or `deed` "noun / preposition", alternatives joined by '|', any of them empty. *out
 * and its texts live in @p arena.
 * @return VB_OK, VB_NO_MEMORY.
 */
vb_status vb_wordings_expand(vb_arena *arena, vb_wording kind, vb_str text, vb_str **out, size_t *n);

/** Read one rules file into @p r. @return VB_BAD_INPUT with file and line, VB_NO_MEMORY. */
vb_status vb_rules_read(vb_relations *r, const char *file, vb_str text, vb_stemmer *stemmer, vb_error *err);

/* ---- a sentence as the rules see it ------------------------------------------------------------------- */

typedef enum vb_atom_kind { VB_ATOM_WORD, VB_ATOM_MARK, VB_ATOM_GROUP } vb_atom_kind;

typedef struct vb_atom {
    vb_atom_kind kind;
    uint32_t start, end; /* view */
    uint32_t form, stem, classes;
    bool plural_e; /* a word that ends in e: may be an adjective */
    char mark;
    uint32_t group;  /* GROUP */
    uint32_t phrase; /* group whose noun phrase it is part of; VB_NONE */
} vb_atom;

/** An entity as a sentence names it: where its name, or the "ik" that stands for it, is in the view. */
typedef struct vb_member {
    uint32_t entity, start, end;
} vb_member;

/** Names joined by commas and "en", with the noun phrase around them. */
typedef struct vb_phrase {
    uint32_t first, n;             /* entities: scene->members */
    uint32_t lead, at, last;       /* atoms: first of the phrase, first and last of the names */
    uint32_t preposition;          /* atom before the phrase; VB_NONE */
    unsigned mask;                 /* labels of its members, and VB_SLOT_ bits */
    uint32_t note_start, note_end; /* view range of the note that lists them; empty: none does */
    bool list;                     /* spelled out in brackets, a note or a list */
    bool joined;                   /* several names: "A, B en C" */
} vb_phrase;

/** A paper near a place of the sentence: named there, in brackets or in a note. */
typedef struct vb_paper {
    uint32_t at; /* view: of the paper, or of the note's call */
    vb_member named;
    bool note;
} vb_paper;

/** A Person entity, chained to others whose key has the same last part. */
typedef struct vb_person {
    uint32_t entity, next;
} vb_person;

/** One document being related; lives for one vb_relations_find(). */
typedef struct vb_scene {
    const vb_relations *rules;
    vb_analysis *a;
    vb_error *err;
    vb_reader *reader;
    vb_stemmer *stemmer; /* the reader's */
    uint64_t *seen;      /* hashes of the edges so far: open addressing, a power of two */
    size_t seen_size, n_seen;
    VB_VEC(uint32_t) own;     /* entities that are the loaded document itself: its number in its own head */
    VB_VEC(uint32_t) motions; /* Document entities that some mention calls a motion */
    bool *motion_flags;       /* so by entity, once all are known */
    size_t n_motion_flags;
    VB_VEC(vb_person) persons;
    uint32_t *person_first;
    size_t n_indexed; /* entities that persons knows of */

    /* the sentence at hand; reused */
    uint32_t sentence;
    bool question;
    VB_VEC(vb_atom) atoms;
    VB_VEC(vb_atom) asides;    /* what brackets say of the name before them, one after another */
    VB_VEC(uint32_t) aside_at; /* where each begins */
    VB_VEC(vb_phrase) groups;
    VB_VEC(vb_member) members;
    VB_VEC(vb_paper) papers;
    uint32_t columns;                     /* block of a signature in columns; VB_NONE */
    uint32_t addressed;                   /* ministry that "u" is in a document of questions alone; VB_NONE */
    uint32_t focus[VB_LABEL_COUNT];       /* last entity named in this section, by label; VB_NONE */
    uint32_t focus_block[VB_LABEL_COUNT]; /* the block that names it */
    uint32_t actor;                       /* the one actor that the sentence before names; VB_NONE */
    uint32_t actor_block;
} vb_scene;

/** Index of the first mention that starts at or after byte @p at; past the last one where none does. */
size_t vb_scene_mention(const vb_scene *scene, uint32_t at);

/** Make the atoms of sentence @p i: words, marks, single names. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_atoms_make(vb_scene *scene, uint32_t i);

/** A word of a text as the rules read it; in the reader's memory. */
typedef struct vb_reading {
    vb_memo_item item;            /* as the text has it */
    uint32_t form, stem, classes; /* of the vocabulary; 0: it has none */
    bool ends_in_e;
    bool parted;  /* part is known */
    uint8_t part; /* where it is two that a PDF glued together; 0: it is one */
} vb_reading;

/** What the rules know of @p text. *out is the reader's. @return VB_OK, VB_NO_MEMORY. Cost: O(length). */
vb_status vb_reading_of(vb_scene *scene, vb_str text, vb_reading **out);

/** That token of the view will be read soon. */
static inline void vb_reading_expect(const vb_scene *scene, const vb_token *t)
{
    vb_str text = { scene->a->view.text.at + t->start, t->end - t->start };
    vb_memo_expect(&scene->reader->tokens, vb_memo_hash(text));
}

/** And sooner. */
static inline void vb_reading_bring(const vb_scene *scene, const vb_token *t)
{
    vb_str text = { scene->a->view.text.at + t->start, t->end - t->start };
    vb_memo_bring(&scene->reader->tokens, vb_memo_hash(text));
}

/** vb_glued_at() of that word, remembered. */
size_t vb_reading_part(vb_scene *scene, vb_reading *word);

/** Where a word of an official PDF that the rules do not know is two; 0 where it is one. Cost: O(length). */
size_t vb_glued_at(const vb_scene *scene, vb_str text);

/** Join names into groups and find the phrases around them; brackets are put aside. @return VB_OK,
 * VB_NO_MEMORY. */
vb_status vb_phrases_make(vb_scene *scene);

/** Make the sentence's atoms those of aside @p i of scene->aside_at, as a clause of its own: "the name, what
 * the brackets say,". @return VB_OK, VB_NO_MEMORY. */
vb_status vb_phrases_aside(vb_scene *scene, size_t i);

/** A new group of one entity list for atom @p at; members are those from @p first on. */
vb_status vb_phrase_add(vb_scene *scene, uint32_t first, uint32_t *out);

/** Try every pattern whose cue the sentence holds. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_match_sentence(vb_scene *scene);

/** Edges of a name at atom @p at to the names that a list behind it spells out. @return VB_OK, VB_NO_MEMORY.
 */
vb_status vb_match_list(vb_scene *scene, size_t at);

/** Run the rules over every sentence. */
vb_status vb_match_document(vb_scene *scene);

/* ---- edges and structure ------------------------------------------------------------------------------ */

/** What makes an edge: relation, ends (entities or VB_SELF), the view range that says it. */
typedef struct vb_claim {
    vb_relation type;
    uint32_t source, target;
    uint32_t start, end;
    vb_certainty certainty;
    const char *rule;
    vb_str since, until; /* ISO dates, as far as the words give them; empty: not said */
    int64_t amount;      /* in euros; 0: not said */
    bool yearly;
    vb_span marks[VB_MARKS];
} vb_claim;

/** The amount in euros that the view from @p start to @p end gives; 0 where it gives none, or two. *yearly:
 * so much a year. Cost: O(length). */
int64_t vb_money_read(const vb_view *view, uint32_t start, uint32_t end, bool *yearly);

/** What the view from @p start to @p end says of start and end, in @p arena; empty where it does not, or says
 *  two things. @return VB_OK, VB_NO_MEMORY. Cost: O(length). */
vb_status vb_time_read(const vb_view *view, uint32_t start, uint32_t end, vb_arena *arena, vb_str *since,
                       vb_str *until);

/**
 * Add what @p claim says to the document's edges, unless the ontology does not allow it, both ends are one,
 * or the same is already said by the same range. @return VB_OK, VB_NO_MEMORY, VB_TOO_LARGE (2^20 edges).
 * Cost: O(1).
 */
vb_status vb_scene_claim(vb_scene *scene, const vb_claim *claim);

/** As vb_scene_claim() with mention @p m's sentence as what says it. */
vb_status vb_scene_say(vb_scene *scene, vb_relation type, uint32_t source, uint32_t target, const vb_named *m,
                       const char *rule);

/** The label of an entity, or of the document itself. */
vb_label vb_scene_label(const vb_scene *scene, uint32_t entity);

/** The view's text from @p start to @p end, without blanks around it. */
vb_str vb_scene_text(const vb_scene *scene, uint32_t start, uint32_t end);

/** Mention @p i; NULL past the end. */
const vb_named *vb_near_mention(const vb_scene *scene, size_t i);

/** Whether @p m (may be NULL) names an entity of that label. */
bool vb_near_is(const vb_scene *scene, const vb_named *m, vb_label label);

/** The block of @p m; never NULL. */
const vb_block *vb_near_block(const vb_scene *scene, const vb_named *m);

/** The view's text from @p start to @p end in @p room, runs of blanks as one; of a longer text its end. */
vb_str vb_near_text(const vb_scene *scene, uint32_t start, uint32_t end, char *room, size_t size);

/** So the words between two mentions of one block; {NULL, 0} where they share none. */
vb_str vb_near_between(const vb_scene *scene, const vb_named *a, const vb_named *b, char *room, size_t size);

/** So the words of its sentence before @p m. */
vb_str vb_near_before(const vb_scene *scene, const vb_named *m, char *room, size_t size);

/** Its sentence, at most 1000 bytes on either side. */
vb_str vb_near_sentence(const vb_scene *scene, const vb_named *m);

/** Whether what stands between two names opens a bracket, and is nothing else: "A (B", "A c.s. (B". */
bool vb_near_opens_bracket(vb_str gap);

/** Whether @p text holds @p words; is one of them; ends in one of them. */
bool vb_near_has(vb_str text, const char *words);
bool vb_near_one_of(vb_str text, const char *const *words, size_t n);
bool vb_near_ends(vb_str text, const char *const *ends, size_t n);

/** Read the ministries' portfolios. @return as vb_relations_new(). */
vb_status vb_columns_read(vb_relations *r, const char *data_dir, vb_error *err);

/** The ministries in a signature block of several columns; *n is 0 (or at least 2, at most 4). */
vb_status vb_columns_offices(vb_scene *scene, const vb_block *b, uint32_t *ministries, size_t *n);

/** Fill a->senders, a->ministries and the edges of head and signature. */
vb_status vb_genre_senders(vb_scene *scene);

/** Who asked, who belongs to which party, who holds which office. */
vb_status vb_genre_people(vb_scene *scene);

/** The movers of the motion that @p m names, if it names one; notes that it is one. */
vb_status vb_genre_movers(vb_scene *scene, const vb_named *m);

/** What is cited, and who wrote the papers that are. */
vb_status vb_genre_papers(vb_scene *scene);

#endif

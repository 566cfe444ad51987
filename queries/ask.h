/**
 * How a question becomes an answer, step by step:
 *
 *   ask_words.c, ask_cues.c, ask_tables.c   the pattern tables, compiled once          -> vb_asker
 *   ask_text.c, ask_frame.c, ask_dates.c    words, language, what stands around it, dates  -> atoms
 *   ask_forms.c                             questions that are told whole by a form: their own functions
 *   ask_attribute.c                         participles before their noun, turned behind it
 *   ask_names.c, ask_guess.c                names of nodes, longest first; misspelt    -> names
 *   ask_phrases.c, ask_nouns.c, ask_asked.c noun phrases, clauses, what is asked       -> phrases
 *   ask_cue.c, ask_apply.c, ask_links.c     verbs, nouns, prepositions between phrases -> links: the query
 *   ask_check.c                             nothing of the question is left over
 *   ask_run.c, ask_set.c                    the query over the store                   -> nodes, evidence
 *   ask_topic.c                             letters about what is no name: their words
 *   ask_closed.c                            when "no" may be said
 *   ask_moment.c                            when, the first and the last letter
 *   ask_cypher.c                            the same query as openCypher text
 *   ask_say.c                               the answer in a sentence
 *
 * Every word of a question must find its place, as a name, a phrase, a part of a link or a word that may be
 * passed over. A question with a word left over is not answered: a wrong answer is worse than none.
 *
 * Private to queries/ask*.c.
 */
#ifndef VB_ASK_H
#define VB_ASK_H

#include "queries/queries.h"

enum {
    ASK_BYTES_MAX = 4096, /* bytes of a question */
    ASK_ATOMS_MAX = 160,  /* words of a question */
    ASK_PHRASES_MAX = 24,
    ASK_LINKS_MAX = 32,
    ASK_NAME_WORDS = 16,     /* words of the longest name that is looked for */
    ASK_SET_MAX = 200000,    /* nodes a step of the query may touch */
    ASK_EDGES_MAX = 60,      /* edges an answer rests on that are shown */
    ASK_LOOKUPS_MAX = 240,   /* searches for names that are not written exactly */
    ASK_CANDIDATES_MAX = 40, /* nodes one name may mean */
};

typedef enum ask_language { ASK_DUTCH, ASK_ENGLISH, ASK_LANGUAGES } ask_language;

/** What a small word can be; the names are those of words.tsv. */
// clang-format off
#define ASK_CLASSES(ROW) \
    ROW(who) ROW(what) ROW(where) ROW(which) ROW(howmany) ROW(give) ROW(whether) ROW(that) \
    ROW(and) ROW(or) ROW(but) ROW(both) ROW(not) ROW(except) ROW(excepted) ROW(be) ROW(become) \
    ROW(have) ROW(do) ROW(light) ROW(most) ROW(most_mentioned) ROW(important) ROW(agent) \
    ROW(prep) ROW(since) ROW(after) ROW(before) ROW(until) ROW(on_date) ROW(between) ROW(month) \
    ROW(number) ROW(article) ROW(top) ROW(and_als) ROW(itself) ROW(whereby) ROW(outside) \
    ROW(strange) ROW(howoften) ROW(how) ROW(greet) ROW(polite) ROW(tell) ROW(if) ROW(tail) \
    ROW(when) ROW(year) ROW(first) ROW(last) ROW(oldest) ROW(newest) ROW(each) ROW(without) ROW(atleast) ROW(morethan) ROW(atmost) ROW(lessthan) ROW(exactly) \
    ROW(several) ROW(ormore) ROW(per)
// clang-format on
typedef enum ask_class {
#define ASK_AS_ENUM(name) ASK_##name,
    ASK_CLASSES(ASK_AS_ENUM)
#undef ASK_AS_ENUM
        ASK_type, /* a word of types.tsv */
    ASK_CLASS_COUNT
} ask_class;
#define ASK_IS(c) (UINT64_C(1) << (c))

typedef enum ask_note {
    ASK_PLAIN,
    ASK_QUESTION,
    ASK_PROVINCE,
    ASK_OFFICE,
    ASK_MEMBER,
    ASK_LETTER,
    ASK_MOTION,
    ASK_EU,
    ASK_TREATY,
    ASK_NAMED,
    ASK_KIND
} ask_note;

/** A word or fixed phrase of words.tsv or types.tsv, folded. */
typedef struct ask_word {
    vb_str text;
    uint64_t classes;
    unsigned value; /* a month's or number's place, from 1 */
    unsigned mask;  /* of a type: its labels */
    ask_note note;
    const vb_str *stems; /* of a note "named": what one of its names must hold */
    size_t n_stems;
} ask_word;

typedef struct ask_lexicon {
    VB_VEC(ask_word) words; /* sorted by text */
    size_t longest;         /* words in the longest phrase */
} ask_lexicon;

typedef enum ask_cue_kind { ASK_VERB, ASK_INVERSE, ASK_SOURCE, ASK_TARGET, ASK_BY, ASK_TO } ask_cue_kind;

/** What a cue can say besides a relation of the ontology. */
enum { ASK_SAYS_PATH = VB_REL_COUNT, ASK_SAYS_ALL, ASK_SAYS_DIFF, ASK_SAYS_REPLY, ASK_SAYS_COUNT };

/** One way to say a relation: parts that must all be there, each one of several phrases. */
typedef struct ask_cue {
    unsigned says; /* a vb_relation, or ASK_SAYS_ */
    ask_cue_kind kind;
    ask_language language;
    bool done; /* a participle (English: also the simple past) */
    bool question;
    vb_str *at;
    size_t n_at;
    vb_str *parts[4]; /* folded phrases */
    size_t n_choices[4], n_parts;
    size_t row; /* earlier rows win */
} ask_cue;

/** A row of prepositions.tsv. */
typedef struct ask_prep {
    unsigned near, far, relations; /* bits: 1 << label, 1 << relation */
    vb_str *at;
    size_t n_at;
    bool forth, question;
} ask_prep;

typedef enum ask_alias_kind { ASK_ALIAS_NAME, ASK_ALIAS_PLACE, ASK_ALIAS_WORD } ask_alias_kind;
typedef struct ask_alias {
    vb_str text; /* folded */
    ask_alias_kind kind;
    vb_str *names; /* folded, or a key */
    size_t n_names;
    unsigned mask; /* labels it may mean; 0: any */
} ask_alias;

typedef struct ask_example {
    vb_str what, text[ASK_LANGUAGES];
} ask_example;

typedef struct ask_form ask_form;       /* ask_forms.h */
typedef struct ask_measure ask_measure; /* ask_forms.h */

struct vb_asker {
    vb_arena *arena;
    ask_lexicon lexicons[ASK_LANGUAGES];
    VB_VEC(ask_cue) cues;
    VB_VEC(ask_prep) preps;
    VB_VEC(ask_alias) aliases; /* sorted by text */
    VB_VEC(ask_example) examples;
    VB_VEC(struct ask_rewording) rewordings;
    VB_VEC(ask_form) forms;
    VB_VEC(ask_measure) measures;
};

/** A word of the question. */
typedef struct ask_atom {
    vb_str text;       /* folded */
    size_t start, end; /* bytes of the question */
    bool comma;        /* a comma, bracket or the like stands before it */
    bool quoted;       /* between quotation marks */
    bool upper;        /* starts with a capital */
    bool glued;        /* no blank before it */
    const ask_word *word;
    uint16_t word_len; /* atoms of the fixed phrase that starts here; 0 inside one */
    int16_t name;      /* index into names, -1: none */
    bool used;         /* has found its place */
} ask_atom;

typedef struct ask_name {
    size_t first, end; /* atoms [first, end) */
    vb_nodes nodes;
    unsigned mask; /* labels of the nodes */
    bool adjective;
    bool asked;    /* papers that questions were asked in, all of them */
    bool searched; /* no name: the letters that hold these words */
} ask_name;

typedef struct ask_dates {
    char since[11], until[11]; /* ISO 8601; empty: open */
} ask_dates;

/** What a phrase names when it names something: nodes any of which will do, or which are left out. */
typedef struct ask_item {
    vb_nodes nodes;
    bool negated;
} ask_item;

/** A noun phrase: a question word, a type, names, or a type narrowed by names. */
typedef struct ask_phrase {
    size_t first, end;
    vb_str prep;    /* directly before it, or left at the end of its clause; empty: none */
    size_t prep_at; /* its atom */
    size_t clause;
    bool asked; /* carries the question word */
    bool pronoun;
    bool typed; /* a word of types.tsv says what it is */
    bool role;  /* a noun of relations.tsv does: "deelnemers" */
    bool plural;
    bool except;   /* to be left out of the answer */
    bool office;   /* the holder of an office at this ministry */
    bool either;   /* one of the items will do */
    bool gone;     /* became part of another phrase or of a verb */
    bool linked;   /* has its place in the query */
    bool outside;  /* denied: \"buiten Limburg\" */
    bool each;     /* "per provincie": an answer for each of them */
    bool about;    /* stands for the documents about it */
    bool searched; /* the letters that hold the words it is about */
    unsigned mask;
    unsigned claimed; /* what the question calls it, where the store knows it as something else */
    size_t least,
        most; /* how many of it there must be: "in meer dan twee brieven"; 0: as many as there are */
    ask_note note;
    const ask_word *word; /* of types.tsv */
    ask_item items[12];
    size_t n_items; /* 0: any node of the mask */
} ask_phrase;

/** source -relation-> target, between phrases. */
typedef struct ask_link {
    unsigned relations; /* 1 << relation */
    int source, target; /* phrases; -1: anything */
    bool negated;
    bool weak;  /* an end is missing */
    bool empty; /* said in small words alone ("is in"): a weak one counts only when nothing else is said */
    bool fixed; /* "in opdracht van": goes with any verb, of which nothing more is asked then */
    bool loose; /* a preposition's, and not right behind the phrase it belongs to */
    bool used;  /* while walking */
} ask_link;

typedef enum ask_goal {
    ASK_NODES,
    ASK_TRUTH,
    ASK_COUNT,
    ASK_OFTEN,
    ASK_PATH,
    ASK_MOST,
    ASK_CENTRAL,
    ASK_EVERYTHING,
    ASK_CHANGES
} ask_goal;

/** Of the letters that are found, which are asked for. */
typedef enum ask_moment { ASK_ALWAYS, ASK_EARLIEST, ASK_LATEST } ask_moment;

/** A question that has a form, and what its places hold. */
typedef struct ask_match {
    const ask_form *form; /* NULL: it has none */
    vb_str with;          /* a measure, a change */
    int names[2];
    unsigned masks[2]; /* labels that the question gives them */
    size_t n_names;
    const ask_word *kind; /* of types.tsv; NULL: "wie", or none */
    size_t kind_at;       /* its atom */
    unsigned mask;        /* its labels; 0: none */
    size_t limit;         /* 0: none */
    size_t first, end;    /* atoms of words that may be any */
} ask_match;

typedef struct ask_question {
    const vb_asker *asker;
    vb_store *store;
    vb_arena *arena;
    vb_error *err;
    vb_str text;
    ask_language language;
    ask_atom *atoms;
    size_t n_atoms;
    ask_name names[ASK_PHRASES_MAX];
    size_t n_names;
    size_t n_lookups;
    ask_dates dates;
    bool dated;
    vb_str article; /* of a law, as the question has it */
    ask_phrase phrases[ASK_PHRASES_MAX];
    size_t n_phrases;
    ask_link links[ASK_LINKS_MAX];
    size_t n_links;
    size_t n_clauses;
    size_t clause_first[8]; /* first atom of each clause */
    int clause_subject[8];  /* phrase that the clause is about; -1: its own */
    bool clause_negated[8];
    size_t clause_not_at[8]; /* the atom that says so */
    ask_goal goal;
    int root;             /* phrase that is asked for */
    size_t limit;         /* of a superlative */
    int each;             /* phrase of which each one gets a row; -1: none */
    size_t period;        /* rows by date: so many bytes of it, 4 a year, 7 a month; 0: none */
    bool ordered;         /* "noem …": whatever it is, it asks for no yes or no */
    bool listed;          /* "…, en welke?" */
    bool whether;         /* "ik wil weten of …" */
    bool when, year;      /* "wanneer", "in welk jaar" */
    ask_moment moment;    /* "voor het eerst", "de laatste brief" */
    bool turned;          /* of changes: the later one is named first */
    size_t changed[3][2]; /* by vb_change: names and relations */
    vb_str unread;        /* the words that found no place */
    vb_nodes said;        /* to a question after yes or no: what the letters say instead */
    bool unsaid;          /* they say neither */
    int misfit;           /* the name that found none; -1: no name */
    unsigned relation;    /* what was understood of it: for examples */
    ask_match match;
    const int64_t *chosen;
    size_t n_chosen;  /* nodes that names of several mean */
    vb_nodes choices; /* what the name q->unread can mean, when that is the question */
    vb_str searched;  /* words that stand for the letters that hold them; empty: none */
    bool topical;     /* read words behind "over" so */
    bool formless;    /* its form has no answer: read it as any other question */
} ask_question;

/* ---- ask_words.c -------------------------------------------------------------------------------------- */

/** The phrase @p text in a lexicon; NULL when it is not there. */
const ask_word *vb_ask_word_find(const ask_lexicon *lexicon, vb_str text);

/** The alias @p text; NULL when there is none. */
const ask_alias *vb_ask_alias_find(const vb_asker *asker, vb_str text);

/* ---- ask_text.c --------------------------------------------------------------------------------------- */

/** Cut the question into atoms and choose its language. @return VB_TOO_LARGE, VB_NO_MEMORY. */
vb_status vb_ask_text_read(ask_question *q);

/** Look the atoms up in the lexicon of the question's language (fixed phrases first, spelling mistakes last).
 */
vb_status vb_ask_text_words(ask_question *q);

/** Find dates and articles of laws and take their atoms out. */
void vb_ask_text_dates(ask_question *q);

/** Whether atom @p i is inside a fixed phrase that starts before it. */
bool vb_ask_text_inside(const ask_question *q, size_t i);

/** The folded words [first, end), joined by blanks. */
vb_status vb_ask_text_span(ask_question *q, size_t first, size_t end, vb_str *out);

/** Edits (insert, delete, replace, swap neighbours) between two words, at most @p limit + 1.
 *  Source: optimal string alignment; Damerau 1964, doi:10.1145/363958.363994. */
size_t vb_ask_text_distance(vb_str a, vb_str b, size_t limit);

static inline bool ask_is(const ask_atom *atom, ask_class c)
{
    return atom->word && (atom->word->classes & ASK_IS(c)) != 0;
}

/* ---- ask_frame.c -------------------------------------------------------------------------------------- */

/** Cut off polite openings and tails. @return VB_UNKNOWN when nothing is left. */
vb_status vb_ask_frame_cut(ask_question *q);

/** Take out the words that ask for a moment. */
void vb_ask_frame_moments(ask_question *q);

/* ---- ask_attribute.c ---------------------------------------------------------------------------------- */

/** Put "door X gefinancierde programma's" in the order of "programma's die door X gefinancierd". */
vb_status vb_ask_attributes_turn(ask_question *q);

/* ---- ask_moment.c ------------------------------------------------------------------------------------- */

/** Where a moment is asked for, the phrase for the letters whose dates tell it becomes the one asked for.
 *  @return VB_UNKNOWN when no letters are in the question: the store dates nothing else. */
vb_status vb_ask_moment_find(ask_question *q);

/** Keep the letters of the moment asked for. @p ids sorted letters, *n of them. */
vb_status vb_ask_moment_keep(ask_question *q, int64_t *ids, size_t *n);

/** The year, where that is asked and there is but one. */
vb_status vb_ask_moment_year(const ask_question *q, vb_answer *answer);

/** The letters with their dates, in a sentence. */
vb_status vb_ask_moment_say(const ask_question *q, const vb_answer *answer, vb_buf *out);

/* ---- ask_names.c, ask_guess.c ------------------------------------------------------------------------- */

/** Find the names in the question. @return VB_UNKNOWN with q->unread where a word is neither name nor known.
 */
vb_status vb_ask_names_find(ask_question *q);

/** Find names that are not written as the store has them, over atoms that nothing else explains. */
vb_status vb_ask_guess_names(ask_question *q);

/** Whether a word is part of a phrase that says a relation. */
bool vb_ask_guess_is_cue(const ask_question *q, vb_str word);

/** The labels of what a noun of relations.tsv stands for ("deelnemers"), when it is nothing else; 0: none. */
unsigned vb_ask_guess_role(const ask_question *q, vb_str word);

/** Note that atoms [first, end) name @p nodes; names inside are replaced. */
vb_status vb_ask_names_add(ask_question *q, size_t first, size_t end, vb_nodes nodes, bool adjective);

/** Nodes that one of @p alias's names means. */
vb_status vb_ask_names_alias(ask_question *q, const ask_alias *alias, vb_nodes *out);

/** The key of the parliamentary paper whose reference starts at atom @p first; *key is empty where there is
 *  none, else *end is past its last atom (ask_papers.c). */
vb_status vb_ask_papers_key(ask_question *q, size_t first, vb_str *key, size_t *end);

/* ---- ask_phrases.c ------------------------------------------------------------------------------------ */

/** Cut the question into clauses and noun phrases. */
vb_status vb_ask_phrases_find(ask_question *q);

/** Find the phrase that is asked for (ask_asked.c). @param ordered after "noem" the first type is asked for.
 */
void vb_ask_asked_find(ask_question *q, bool ordered);

/* ---- ask_cue.c (readings: ask_reading.h) --------------------------------------------------------------- */

/** Past the last atom of a clause. */
size_t vb_ask_clause_end(const ask_question *q, size_t clause);

/** An atom of the clause that is no name and free has class @p c. */
bool vb_ask_clause_has(const ask_question *q, size_t clause, ask_class c);

/** A preposition that says what something is about. */
bool vb_ask_is_about(vb_str prep);

/** A preposition before who gets something. */
bool vb_ask_is_to(vb_str prep);

/* ---- ask_apply.c -------------------------------------------------------------------------------------- */

/** Add a link; its phrases have their place then. @return VB_TOO_LARGE. */
vb_status vb_ask_link_add(ask_question *q, ask_link link);

/** A phrase for the members of the party that phrase @p party is; -1: there are too many phrases. */
int vb_ask_member_of(ask_question *q, int party);

/** Whether "niet" in a clause denies what stands at atom @p at: what stood before it stays as it was said. */
bool vb_ask_is_denied(const ask_question *q, size_t clause, size_t at);

/* ---- ask_links.c -------------------------------------------------------------------------------------- */

/** Find what holds between the phrases, and what is asked. @return VB_UNKNOWN when something is left over. */
vb_status vb_ask_links_find(ask_question *q);

/** Whether all of the question has found its place (ask_check.c). @return VB_UNKNOWN with q->unread or
 *  q->misfit where it has not. */
vb_status vb_ask_check(ask_question *q);
vb_status vb_ask_quote(ask_question *q,
                       bool *cues); /* what found no place into q->unread, as it was written */

/** Whether @p relation may run between nodes of these labels. */
bool vb_ask_allows(vb_relation relation, unsigned from, unsigned to);

/* ---- ask_run.c ---------------------------------------------------------------------------------------- */

/** Answer the query from the store. */
vb_status vb_ask_run(ask_question *q, vb_answer *out);

/* ---- ask_each.c: a row for each ------------------------------------------------------------------------ */

/** Take "per jaar", "per maand" out of the question. */
void vb_ask_each_period(ask_question *q);

/** Note which phrase gets a row for each of it. @return VB_UNKNOWN when nothing can be counted for it. */
vb_status vb_ask_each_find(ask_question *q);

/** Count what is asked for, for each; the sentence too. */
vb_status vb_ask_each_run(ask_question *q, vb_answer *out);

/* ---- ask_closed.c: when "no" may be said --------------------------------------------------------------- */

/** Whether the letters know that what is asked is not so: q->said and @p out's edges are what they say
 * instead.
 *  @return VB_UNKNOWN, and q->unsaid, when they do not. */
vb_status vb_ask_closed_check(ask_question *q, vb_answer *out);

/* ---- ask_diff.c ---------------------------------------------------------------------------------------- */

/** Whether a question holds what changes are asked between: two loaded documents, or a first year. */
bool vb_ask_diff_has_sides(const ask_question *q);

/** Whether @p goal is about the names as they stand, and not about phrases and links. */
static inline bool ask_is_whole(ask_goal goal)
{
    return goal == ASK_PATH || goal == ASK_EVERYTHING || goal == ASK_CHANGES;
}

/* ---- ask_cypher.c, ask_say.c -------------------------------------------------------------------------- */

vb_status vb_ask_cypher(const ask_question *q, vb_str *out);

/** What a thing with this label is called, one or many of them. */
const char *vb_ask_say_label(const ask_question *q, vb_label label, bool many);

vb_status vb_ask_say(const ask_question *q, vb_answer *answer);

/** A name, a long one cut at a word. */
vb_status vb_ask_say_name(vb_buf *out, vb_str name);

/** A full stop, where no name that was cut ends the sentence. */
vb_status vb_ask_say_stop(vb_buf *out);

/** The word at atom @p i as the question writes it. */
static inline vb_str ask_written(const ask_question *q, size_t i)
{
    size_t len = q->atoms[i].word_len ? q->atoms[i].word_len : 1;
    return vb_str_part(q->text, q->atoms[i].start, q->atoms[i + len - 1].end);
}

/** Why the question could not be answered, and questions that can be. */
vb_status vb_ask_say_unknown(ask_question *q, vb_answer *answer);

#endif

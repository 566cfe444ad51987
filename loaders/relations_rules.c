/**
 * Reading the rules: loaders/rules/ *.rules, whose language own.rules explains. A line is a key and its text:
 *
 *   class NAME WORD...        words by form in a class (relations.h lists the classes)
 *   focus LABEL WORD...       nouns that point back to the last name of that label
 *   rule NAME                 opens a rule; what follows is about it
 *   edge RELATION             what it makes
 *   say PATTERN               one wording; any number of them
 *   act FORMS                 a verb, for all the wordings that relations_acts.c makes of its forms
 *   unless WORD...            silent where the clause holds one of these
 *   option WORD...            announced, questions, pairs, unguarded
 *   yes SENTENCE = A -> B     an example and its edge, by keys
 *   no SENTENCE               an example that it must not read
 *
 * A pattern is found by its cue: the one of its words that texts hold least often, by our guess.
 */
#include "loaders/memo.h"
#include "loaders/relations.h"

typedef struct reading {
    vb_relations *r;
    const char *file;
    unsigned line;
    vb_stemmer *stemmer;
    vb_memo *numbers; /* of the words so far: sets and wordings say most of them again */
    vb_error *err;
} reading;

typedef struct numbered {
    vb_memo_item item;
    uint32_t number;
} numbered;

enum { GAP_NARROW = 4, GAP_CLAUSE = 10, GAP_WIDE = 24, ITEMS_MOST = 24 };

static vb_status bad(const reading *in, const char *what, vb_str text)
{
    vb_status status = vb_fail(in->err, VB_BAD_INPUT, "%s:%u: %s: \"%.*s\"", in->file, in->line, what,
                               text.len > 80 ? 80 : (int)text.len, text.at ? text.at : "");
    if (in->err) in->err->line = in->line;
    return status;
}

static vb_status no_memory(const reading *in)
{
    return vb_fail_memory(in->err);
}

/** The next word of *rest; false when there is none. */
static bool next_word(vb_str *rest, vb_str *word)
{
    while (vb_str_next(rest, ' ', word))
        if (word->len) return true;
    return false;
}

/** Number of a rule's word: by stem, or with '=' before it by form. */
static vb_status number_word(const reading *in, vb_str text, uint32_t *out)
{
    char room[64];
    vb_str folded;
    uint32_t exact = 0;
    if (vb_str_starts(text, VB_STR("="))) {
        exact = VB_WORD_EXACT;
        text = vb_str_part(text, 1, text.len);
    }
    if (vb_words_fold(in->r->arena, text, room, sizeof room, &folded) != VB_OK) return no_memory(in);
    if (!folded.len || vb_str_find(folded, VB_STR(" "), 0) != SIZE_MAX) return bad(in, "not one word", text);
    vb_str word = exact ? folded : vb_stemmer_stem(in->stemmer, folded);
    if (vb_words_add(&in->r->words, word, out) != VB_OK) return no_memory(in);
    *out |= exact;
    return VB_OK;
}

/** The same, once for each word of a file. */
static vb_status add_word(const reading *in, vb_str text, uint32_t *out)
{
    vb_status status = VB_OK;
    uint64_t hash = vb_memo_hash(text);
    numbered *known = vb_memo_find(in->numbers, text, hash);
    if (!known) {
        TRY(number_word(in, text, out));
        if (!(known = vb_memo_add(in->numbers, text, hash))) return no_memory(in);
        known->number = *out;
    }
    *out = known->number;
done:
    return status;
}

/* ---- patterns ----------------------------------------------------------------------------------------- */

static const struct mask_name {
    const char *name;
    unsigned mask;
} mask_names[] = {
    { "ACTOR", VB_MASK_ACTOR },
    { "PLACE", VB_MASK_PLACE },
    { "SENDER", VB_SLOT_SENDER },
    { "MY", VB_SLOT_MY },
    { "ANY", VB_MASK_ANY },
    { "list", VB_SLOT_LIST },
    { "paper", 0 },
    { "title", 0 },
    { "focus", 0 },
};

static vb_status read_mask(const reading *in, vb_str text, vb_item *item)
{
    vb_str name;
    item->mask = 0;
    while (vb_str_next(&text, '|', &name)) {
        vb_label label;
        bool known = vb_label_find(name, &label);
        if (known) item->mask |= 1u << label;
        for (size_t i = 0; i < VB_COUNT(mask_names) && !known; i++) {
            known = vb_str_eq(name, vb_str_of(mask_names[i].name));
            if (known) item->mask |= mask_names[i].mask;
        }
        if (!known) return bad(in, "no such label", name);
        if (vb_str_eq(name, VB_STR("paper"))) item->kind = VB_ITEM_PAPER;
        item->titled |= vb_str_eq(name, VB_STR("title"));
        if (item->titled) item->kind = VB_ITEM_PAPER;
        if (vb_str_eq(name, VB_STR("focus"))) item->kind = VB_ITEM_FOCUS;
    }
    return VB_OK;
}

/** "{from}", "{to:Programme|Law}", "{to~}" (after any preposition), "{both}", "{to:paper}", "{to:focus}" */
static vb_status read_slot(const reading *in, const vb_rule *rule, vb_str text, vb_item *item)
{
    static const char *const roles[] = { "from", "to", "both" };
    vb_str rest = vb_str_part(text, 1, text.len - 1), name;
    bool known = false;
    (void)vb_str_next(&rest, ':', &name);
    item->anywhere = vb_str_ends(name, VB_STR("~"));
    item->first = vb_str_ends(name, VB_STR("!"));
    if (item->anywhere || item->first) name = vb_str_part(name, 0, name.len - 1);
    for (size_t i = 0; i < VB_COUNT(roles); i++)
        if (vb_str_eq(name, vb_str_of(roles[i]))) {
            item->role = (vb_role)i;
            known = true;
        }
    if (!known || !vb_str_ends(text, VB_STR("}"))) return bad(in, "no slot", text);
    item->kind = VB_ITEM_SLOT;
    item->mask = item->role == VB_ROLE_TO ? rule->to : rule->from;
    if (!rest.at) return VB_OK;
    unsigned all = item->mask;
    vb_status status = read_mask(in, rest, item);
    bool any = item->kind == VB_ITEM_FOCUS || item->mask == VB_SLOT_LIST;
    if (any && !(item->mask & VB_MASK_ANY)) item->mask |= all;
    return status;
}

/** The words of a set, or the one that @p word is. */
static vb_status add_words(const reading *in, vb_str word, vb_item *item)
{
    vb_status status = VB_OK;
    vb_str rest = word;
    if (vb_str_starts(word, VB_STR("$"))) {
        size_t i = 0;
        while (i < in->r->sets.len && !vb_str_eq(in->r->sets.at[i].name, vb_str_part(word, 1, word.len))) i++;
        if (i == in->r->sets.len) return bad(in, "no such set", word);
        rest = in->r->sets.at[i].words;
    }
    while (vb_str_next(&rest, '|', &word)) {
        if (vb_push(in->r->arena, &item->words) != VB_OK) return no_memory(in);
        TRY(add_word(in, word, &item->words.at[item->words.len - 1]));
    }
done:
    return status;
}

static vb_status read_item(const reading *in, const vb_rule *rule, vb_str text, vb_item *item, bool *is_cue)
{
    vb_status status = VB_OK;
    vb_str word;
    if (vb_str_eq(text, VB_STR("..")) || vb_str_eq(text, VB_STR("...")) || vb_str_eq(text, VB_STR("...."))) {
        item->kind = VB_ITEM_GAP;
        item->wide = text.len == 3;
        item->gap = item->wide ? GAP_WIDE : text.len == 2 ? GAP_NARROW : GAP_CLAUSE;
        return VB_OK;
    }
    if (text.at[0] == '{') return read_slot(in, rule, text, item);
    item->kind = VB_ITEM_WORD;
    if (vb_str_starts(text, VB_STR("*"))) {
        *is_cue = true;
        text = vb_str_part(text, 1, text.len);
    }
    if (text.len > 1 && vb_str_starts(text, VB_STR("!"))) {
        item->absent = true;
        text = vb_str_part(text, 1, text.len);
    }
    if (vb_str_ends(text, VB_STR("?"))) {
        item->optional = true;
        text = vb_str_part(text, 0, text.len - 1);
    }
    if (text.len == 1 && strchr(",:", text.at[0])) item->mark = text.at[0];
    while (!item->mark && vb_str_next(&text, '|', &word)) TRY(add_words(in, word, item));
done:
    return status;
}

/** How well an item finds its pattern: no class word among its words, and long ones. */
static size_t cue_worth(const vb_relations *r, const vb_item *item)
{
    size_t worth = SIZE_MAX;
    if (item->kind != VB_ITEM_WORD || item->optional || item->absent || item->mark) return 0;
    for (size_t i = 0; i < item->words.len; i++) {
        const vb_word *w = &r->words.words.at[item->words.at[i] & ~(uint32_t)VB_WORD_EXACT];
        size_t one = w->classes & ~VB_CLASS_BIT(HEAD) ? 1 : 1 + w->text.len;
        if (one < worth) worth = one;
    }
    return item->words.len ? worth : 0;
}

static vb_status index_pattern(const reading *in, uint32_t pattern)
{
    vb_relations *r = in->r;
    const vb_pattern *p = &r->patterns.at[pattern];
    const vb_item *cue = &p->items.at[p->cue];
    for (size_t i = 0; i < cue->words.len; i++) {
        vb_word *w = &r->words.words.at[cue->words.at[i] & ~(uint32_t)VB_WORD_EXACT];
        if (cue->words.at[i] & VB_WORD_EXACT) {
            if (vb_push(r->arena, &w->by_form) != VB_OK) return no_memory(in);
            w->by_form.at[w->by_form.len - 1] = pattern;
        } else {
            if (vb_push(r->arena, &w->by_stem) != VB_OK) return no_memory(in);
            w->by_stem.at[w->by_stem.len - 1] = pattern;
        }
    }
    return VB_OK;
}

static vb_status read_pattern(const reading *in, const vb_rule *rule, vb_str text)
{
    vb_status status;
    vb_pattern pattern = { .rule = (uint32_t)(in->r->rules.len - 1) };
    vb_item items[ITEMS_MOST]; /* of thousands of patterns: they are kept without room for more */
    vb_str all = text, word;
    size_t best = 0, n = 0;
    for (; next_word(&text, &word); n++) {
        if (n == ITEMS_MOST) return bad(in, "pattern too long", all);
        bool is_cue = false;
        items[n] = (vb_item){ 0 };
        TRY(read_item(in, rule, word, &items[n], &is_cue));
        size_t worth = is_cue ? SIZE_MAX : cue_worth(in->r, &items[n]);
        if (worth > best) {
            best = worth;
            pattern.cue = (uint32_t)n;
        }
    }
    if (!best) return bad(in, "pattern without a word", all);
    if (vb_reserve(in->r->arena, &pattern.items, n) != VB_OK) return no_memory(in);
    memcpy(pattern.items.at, items, n * sizeof *items);
    pattern.items.len = n;
    if (vb_push(in->r->arena, &in->r->patterns) != VB_OK) return no_memory(in);
    in->r->patterns.at[in->r->patterns.len - 1] = pattern;
    TRY(index_pattern(in, (uint32_t)(in->r->patterns.len - 1)));
done:
    return status;
}

/* ---- lines -------------------------------------------------------------------------------------------- */

static const char *const class_names[] = {
#define AS_NAME(name, text) text,
    VB_WORD_CLASSES(AS_NAME)
};

static vb_status read_class(const reading *in, vb_rule *rule, vb_str text)
{
    (void)rule;
    vb_str name, word;
    size_t class = 0;
    if (!next_word(&text, &name)) return bad(in, "class of what", text);
    while (class < VB_CLASS_COUNT && !vb_str_eq(name, vb_str_of(class_names[class]))) class ++;
    if (class == VB_CLASS_COUNT) return bad(in, "no such class", name);
    while (next_word(&text, &word)) {
        uint32_t id;
        char room[64];
        vb_str folded;
        if (vb_words_fold(in->r->arena, word, room, sizeof room, &folded) != VB_OK ||
            vb_words_add(&in->r->words, folded, &id) != VB_OK)
            return no_memory(in);
        in->r->words.words.at[id].classes |= 1u << class;
    }
    return VB_OK;
}

/** "set money geld|euro|miljoen": "$money" is one of these. */
static vb_status read_set(const reading *in, vb_rule *rule, vb_str text)
{
    (void)rule;
    vb_word_set set = { 0 };
    vb_str name;
    if (!next_word(&text, &name)) return bad(in, "set of what", text);
    if (vb_arena_copy(in->r->arena, name, &set.name) != VB_OK ||
        vb_arena_copy(in->r->arena, vb_str_trim(text), &set.words) != VB_OK)
        return no_memory(in);
    if (vb_push(in->r->arena, &in->r->sets) != VB_OK) return no_memory(in);
    in->r->sets.at[in->r->sets.len - 1] = set;
    return VB_OK;
}

static vb_status read_focus(const reading *in, vb_rule *rule, vb_str text)
{
    (void)rule;
    vb_str name, word;
    vb_label label;
    if (!next_word(&text, &name) || !vb_label_find(name, &label)) return bad(in, "no such label", name);
    while (next_word(&text, &word)) {
        uint32_t id;
        if (vb_words_add(&in->r->words, word, &id) != VB_OK) return no_memory(in);
        in->r->words.words.at[id].focus |= 1u << label;
        in->r->words.words.at[id].classes |= VB_CLASS_BIT(NOUN);
    }
    return VB_OK;
}

static vb_status read_rule(const reading *in, vb_rule *rule, vb_str text)
{
    (void)rule;
    vb_rule one = { .file = in->file, .type = VB_REL_COUNT };
    vb_str name;
    if (vb_arena_printf(in->r->arena, &name, "rule:%.*s", VB_FMT(text)) != VB_OK ||
        vb_push(in->r->arena, &in->r->rules) != VB_OK)
        return no_memory(in);
    one.name = name.at;
    in->r->rules.at[in->r->rules.len - 1] = one;
    return VB_OK;
}

static vb_status read_edge(const reading *in, vb_rule *rule, vb_str text)
{
    if (!vb_relation_find(text, &rule->type)) return bad(in, "no such relation", text);
    rule->from = vb_relation_get(rule->type)->from;
    rule->to = vb_relation_get(rule->type)->to;
    return VB_OK;
}

/** "from Person": the wordings below it take no other label, where they do not say themselves. */
static vb_status read_end(const reading *in, vb_rule *rule, vb_str text, unsigned *end)
{
    vb_item item = { 0 };
    if (rule->type == VB_REL_COUNT) return bad(in, "labels before edge", text);
    vb_status status = read_mask(in, text, &item);
    if (status == VB_OK) *end = item.mask;
    return status;
}

static vb_status read_from(const reading *in, vb_rule *rule, vb_str text)
{
    return read_end(in, rule, text, &rule->from);
}

static vb_status read_to(const reading *in, vb_rule *rule, vb_str text)
{
    return read_end(in, rule, text, &rule->to);
}

static vb_status read_say(const reading *in, vb_rule *rule, vb_str text)
{
    return rule->type < VB_REL_COUNT ? read_pattern(in, rule, text) : bad(in, "say before edge", text);
}

/** A line that stands for many: "ontwikkelt|ontwikkelde / ontwikkeld / ontwikkelen / ontwikkelde" */
static vb_status read_wordings(const reading *in, vb_rule *rule, vb_wording kind, vb_str text)
{
    vb_status status;
    vb_str *wordings;
    size_t n;
    if (rule->type == VB_REL_COUNT) return bad(in, "wording before edge", text);
    if (vb_wordings_expand(in->r->arena, kind, text, &wordings, &n) != VB_OK) return no_memory(in);
    if (!n) return bad(in, "no word in it", text);
    for (size_t i = 0; i < n; i++) TRY(read_pattern(in, rule, wordings[i]));
done:
    return status;
}

static vb_status read_act(const reading *in, vb_rule *rule, vb_str text)
{
    return read_wordings(in, rule, VB_WORDING_ACT, text);
}

/** "toezichthouder|toezichthouders / op|van|voor" */
static vb_status read_role(const reading *in, vb_rule *rule, vb_str text)
{
    return read_wordings(in, rule, VB_WORDING_ROLE, text);
}

/** "uitvoering|coordinatie / van" */
static vb_status read_deed(const reading *in, vb_rule *rule, vb_str text)
{
    return read_wordings(in, rule, VB_WORDING_DEED, text);
}

static vb_status read_unless(const reading *in, vb_rule *rule, vb_str text)
{
    vb_str word;
    while (next_word(&text, &word)) {
        if (vb_push(in->r->arena, &rule->unless) != VB_OK) return no_memory(in);
        vb_status status = add_word(in, word, &rule->unless.at[rule->unless.len - 1]);
        if (status != VB_OK) return status;
    }
    return VB_OK;
}

static vb_status read_option(const reading *in, vb_rule *rule, vb_str text)
{
    const struct {
        const char *name;
        bool *flag;
    } options[] = { { "announced", &rule->announced },
                    { "questions", &rule->questions },
                    { "pairs", &rule->pairs },
                    { "unguarded", &rule->unguarded },
                    { "undenied", &rule->undenied } };
    vb_str word;
    while (next_word(&text, &word)) {
        bool known = false;
        for (size_t i = 0; i < VB_COUNT(options); i++)
            if (vb_str_eq(word, vb_str_of(options[i].name))) known = *options[i].flag = true;
        if (!known) return bad(in, "no such option", word);
    }
    return VB_OK;
}

static vb_status add_example(const reading *in, vb_rule *rule, vb_example example)
{
    example.line = in->line;
    if (vb_push(in->r->arena, &rule->examples) != VB_OK) return no_memory(in);
    rule->examples.at[rule->examples.len - 1] = example;
    return VB_OK;
}

/** "De gemeente Assen doet mee aan Keerpunt. = GM0106 -> keerpunt" */
static vb_status read_yes(const reading *in, vb_rule *rule, vb_str text)
{
    size_t equals = vb_str_find(text, VB_STR(" = "), 0), arrow = vb_str_find(text, VB_STR(" -> "), 0);
    if (equals == SIZE_MAX || arrow == SIZE_MAX || arrow < equals + 3)
        return bad(in, "no \"SENTENCE = A -> B\"", text);
    vb_example example = { .text = vb_str_trim(vb_str_part(text, 0, equals)),
                           .source = vb_str_trim(vb_str_part(text, equals + 3, arrow)),
                           .target = vb_str_trim(vb_str_part(text, arrow + 4, text.len)) };
    return add_example(in, rule, example);
}

static vb_status read_no(const reading *in, vb_rule *rule, vb_str text)
{
    return add_example(in, rule, (vb_example){ .text = text });
}

static const struct line_kind {
    const char *key;
    bool in_rule;
    vb_status (*read)(const reading *in, vb_rule *rule, vb_str text);
} line_kinds[] = {
    { "class", false, read_class }, { "focus", false, read_focus },  { "rule", false, read_rule },
    { "edge", true, read_edge },    { "say", true, read_say },       { "unless", true, read_unless },
    { "act", true, read_act },      { "option", true, read_option }, { "yes", true, read_yes },
    { "no", true, read_no },        { "role", true, read_role },     { "deed", true, read_deed },
    { "set", false, read_set },     { "from", true, read_from },     { "to", true, read_to },
};

static vb_status read_line(const reading *in, vb_str line)
{
    vb_str rest = line, key;
    vb_rule *rule = in->r->rules.len ? &in->r->rules.at[in->r->rules.len - 1] : NULL;
    (void)vb_str_next(&rest, ' ', &key);
    for (size_t i = 0; i < VB_COUNT(line_kinds); i++) {
        if (!vb_str_eq(key, vb_str_of(line_kinds[i].key))) continue;
        if (line_kinds[i].in_rule && (!rule || strcmp(rule->file, in->file) != 0))
            return bad(in, "outside a rule", line);
        return line_kinds[i].read(in, rule, vb_str_trim(rest));
    }
    return bad(in, "no such line", line);
}

vb_status vb_rules_read(vb_relations *r, const char *file, vb_str text, vb_stemmer *stemmer, vb_error *err)
{
    vb_status status;
    vb_memo numbers = { 0 };
    reading in = { .r = r, .file = file, .stemmer = stemmer, .numbers = &numbers, .err = err };
    vb_str line;
    if (vb_memo_init(&numbers, sizeof(numbered)) != VB_OK) return vb_fail_memory(err);
    status = VB_OK;
    while (vb_str_next(&text, '\n', &line)) {
        in.line++;
        line = vb_str_trim(line);
        if (line.len && line.at[0] != '#') TRY(read_line(&in, line));
    }
done:
    vb_memo_clear(&numbers);
    return status;
}

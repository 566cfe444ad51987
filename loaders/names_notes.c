/**
 * Sources in footnotes, read by their parts in whatever order they stand: a medium or institute, a date, a
 * title between marks or bare, an address. "«Title», De Veenbode, 4 maart 2024"; "De Veenbode, 04-03-2024:
 * Title"; "Title, Trimbos-instituut, 2024". A note is cut at the marks between its parts, each part is named
 * by its own words, and the order of the first few tells which is which; what is in no known order stays
 * unread. References with numbers have their own grammar, the commonest forms theirs in names_titles.c.
 */
#include "loaders/names.h"

enum { PARTS_MAX = 16, NAME_WORDS = 7, TITLE_WORDS = 4, LISTED_MOST = 8 };

typedef enum part_kind { PART_NAME, PART_WORDS, PART_QUOTED, PART_DATE, PART_ADDRESS } part_kind;

typedef struct part {
    part_kind kind;
    uint32_t start, end; /* of a quotation without its marks */
    size_t first, last;  /* its words: [first, last) */
    char mark;           /* what stands before it: , : . ; | - ( or a blank */
} part;

typedef struct note {
    vb_finding *f;
    uint32_t at, end; /* what is not cut yet */
    part parts[PARTS_MAX];
    size_t n;
} note;

/* ---- parts -------------------------------------------------------------------------------------------- */

/** Whether the point at @p at ends a letter or two in lower case: "d.d.", "p.", "nr.". */
static bool is_short(vb_str s, size_t at)
{
    size_t letters = 0;
    while (letters < 3 && letters < at && (vb_byte_is[(unsigned char)s.at[at - 1 - letters]] & VB_BYTE_LOWER))
        letters++;
    return letters && letters < 3 && letters < at &&
           (s.at[at - 1 - letters] == ' ' || s.at[at - 1 - letters] == '.');
}

/** The length of the mark at @p at that parts what stands before it from the rest, and what it is; 0. */
static size_t mark_at(vb_str s, size_t at, char *mark)
{
    static const char *const dashes[] = { " – ", " - ", " — ", " | " };
    bool last = at + 1 >= s.len || s.at[at + 1] == ' ';
    for (size_t i = 0; i < VB_COUNT(dashes); i++)
        if (vb_str_starts(vb_str_part(s, at, s.len), vb_str_of(dashes[i]))) {
            *mark = i == 3 ? '|' : '-';
            return strlen(dashes[i]);
        }
    if (s.at[at] && strchr(",:.;", s.at[at]) && last && !(s.at[at] == '.' && is_short(s, at))) {
        *mark = s.at[at];
        return 1;
    }
    if (s.at[at] == '(' || s.at[at] == '[') {
        *mark = '(';
        return 1;
    }
    return 0;
}

/** The end of the address that begins at @p at; @p at when none does. */
static size_t address_end(vb_str s, size_t at)
{
    static const char *const opens[] = { "http:", "https:", "www.", "ttps:" };
    for (size_t i = 0; i < VB_COUNT(opens); i++) {
        if (!vb_str_starts(vb_str_part(s, at, s.len), vb_str_of(opens[i]))) continue;
        while (at < s.len && s.at[at] != ' ' && s.at[at] != ')') at++;
        return at;
    }
    return at;
}

bool vb_word_is_month(vb_str fold)
{
    static const char *const months[] = { "jan", "feb", "maa", "mrt", "apr", "mei", "jun", "jul",
                                          "aug", "sep", "okt", "oct", "nov", "dec", "mar", "may" };
    for (size_t i = 0; i < VB_COUNT(months) && fold.len <= 10; i++)
        if (vb_str_starts(fold, vb_str_of(months[i]))) return true;
    return false;
}

static bool is_year(const vb_word *w)
{
    return (w->flags & VB_WORD_NUMBER) && w->end - w->start == 4 &&
           (vb_str_starts(w->fold, VB_STR("19")) || vb_str_starts(w->fold, VB_STR("20")));
}

/** "4 maart 2024", "d.d. 04-03-2024", "uitzending van 4 mrt 2024", "2024": words [first, last). */
static bool is_date(const vb_finding *f, size_t first, size_t last)
{
    static const char *const fine[] = { "d",        "dd",       "op",          "van",        "uitzending",
                                        "p",        "pp",       "nr",          "aflevering", "maandag",
                                        "dinsdag",  "woensdag", "z",           "donderdag",  "vrijdag",
                                        "zaterdag", "zondag",   "geraadpleegd" };
    bool year = false;
    for (size_t i = first; i < last; i++) {
        const vb_word *w = &f->words.at[i];
        bool number = (w->flags & VB_WORD_NUMBER) && w->end - w->start <= 4;
        if (!number && !vb_word_is_month(w->fold) && !vb_word_in(w->fold, fine, VB_COUNT(fine))) return false;
        year = year || is_year(w);
    }
    return year;
}

/** Words that no medium, institute or title begins with here: references and what explains. */
static bool is_opener_of_other(const vb_word *w)
{
    static const char *const others[] = {
        "zie",       "ook",         "artikel",    "art",          "motie",      "brief",   "bijlage",
        "vraag",     "vragen",      "antwoord",   "kamerbrief",   "wet",        "besluit", "regeling",
        "idem",      "ibid",        "vgl",        "conform",      "dit",        "deze",    "dat",
        "er",        "voor",        "in",         "op",           "bij",        "pb",      "com",
        "richtlijn", "verordening", "antwoorden", "wetsvoorstel", "amendement", "onder",   "met",
        "uit",       "volgens"
    };
    uint32_t numbered = VB_CUE_KAMERSTUK | VB_CUE_AANHANGSEL | VB_CUE_AH | VB_CUE_HANDELINGEN |
                        VB_CUE_JOURNAL | VB_CUE_ECLI | VB_CUE_BWB | VB_CUE_ZAAK | VB_CUE_CELEX;
    return (w->form->cues & numbered) || vb_word_in(w->fold, others, VB_COUNT(others));
}

/** "De Veenbode", "Dagblad van het Noorden", "RTL Nieuws", "NU.nl", "de Veenbode". */
static bool is_name(const vb_finding *f, size_t first, size_t last)
{
    static const char *const small[] = { "van", "de",  "het", "der", "voor",  "en",  "the",
                                         "of",  "for", "in",  "te",  "tegen", "and", "s" };
    static const char *const articles[] = { "de", "het" };
    if (last == first || last - first > NAME_WORDS || is_opener_of_other(&f->words.at[first])) return false;
    size_t head = first + (last - first > 1 && vb_word_in(f->words.at[first].fold, articles, 2));
    for (size_t i = head; i < last; i++) {
        const vb_word *w = &f->words.at[i];
        vb_str gap = vb_finding_gap(f, i);
        bool joined = i > first && gap.len && gap.at[0] != ' ';
        bool inner = i > head && i + 1 < last && vb_word_in(w->fold, small, VB_COUNT(small));
        if (!(w->flags & VB_WORD_CAPITAL) && !joined && !inner) return false;
    }
    return f->words.at[last - 1].end - f->words.at[first].start >= 2;
}

/** The first word of the date that words [first, last) end in; @p last. */
static size_t date_tail(const vb_finding *f, size_t first, size_t last)
{
    size_t from = last;
    while (from > first && is_date(f, from - 1, last)) from--;
    if (from == last) return last; /* "4 maart 2024" from its year back */
    while (from > first + 1 && is_date(f, from - 1, last)) from--;
    return from;
}

static void add_part(note *n, part_kind kind, uint32_t start, uint32_t end, char mark)
{
    if (n->n == PARTS_MAX || end <= start) return;
    n->parts[n->n++] = (part){ .kind = kind,
                               .start = start,
                               .end = end,
                               .first = vb_finding_word_at(n->f, start),
                               .last = vb_finding_word_at(n->f, end),
                               .mark = mark };
}

/** A run of words between two marks: a date, a name, other words, or one of these with a date at its end. */
static void add_words(note *n, uint32_t start, uint32_t end, char mark)
{
    const vb_finding *f = n->f;
    while (end > start && f->text.at[end - 1] == ' ') end--;
    size_t first = vb_finding_word_at(f, start), last = vb_finding_word_at(f, end);
    if (first == last) return;
    size_t date = date_tail(f, first, last);
    uint32_t cut = date == last ? end : date == first ? start : f->words.at[date - 1].end;
    if (date > first) add_part(n, is_name(f, first, date) ? PART_NAME : PART_WORDS, start, cut, mark);
    if (date < last) add_part(n, PART_DATE, f->words.at[date].start, end, date == first ? mark : ' ');
}

/** Cut the next source of a note into its parts: up to a semicolon, an address or the note's end. */
static void cut_parts(note *n)
{
    vb_str s = { n->f->text.at, n->end };
    char mark = ' ', seen;
    uint32_t run = n->at, at = n->at;
    for (n->n = 0; at < n->end && n->n < PARTS_MAX;) {
        size_t open, close, after, address = address_end(s, at), length = mark_at(s, at, &seen);
        bool begins = at == run || s.at[at - 1] == ' ';
        if (begins && vb_title_quoted(s, at, n->end, &open, &close, &after)) {
            add_words(n, run, at, mark);
            add_part(n, PART_QUOTED, (uint32_t)open, (uint32_t)close, run < at ? ' ' : mark);
            run = at = (uint32_t)after;
            mark = ' ';
        } else if (begins && address > at) {
            add_words(n, run, at, mark);
            add_part(n, PART_ADDRESS, at, (uint32_t)address, mark);
            run = at = (uint32_t)address;
            break;
        } else if (length) {
            add_words(n, run, at, mark);
            mark = seen;
            run = at = at + (uint32_t)length;
            while (run < n->end && s.at[run] == ' ') run = ++at;
            if (seen == ';' && n->n) break;
        } else if (at++ == run && s.at[run] == ' ') {
            run = at;
        }
    }
    if (at >= n->end) add_words(n, run, n->end, mark);
    n->at = at;
}

/* ---- what the parts are ------------------------------------------------------------------------------- */

/** The words that the longest organisation which a gazetteer knows takes from word @p at on. */
static size_t listed_body(const vb_finding *f, size_t at)
{
    vb_lex_hit hits[LISTED_MOST];
    const vb_lexicon *lexicon = &f->names->lexicon;
    size_t n = at < f->words.len && (f->listed[at] & VB_LISTED_BEGINS)
                   ? vb_lexicon_match(lexicon, f->text, &f->words, at, hits, LISTED_MOST)
                   : 0;
    while (n && lexicon->known.at[lexicon->names.at[hits[n - 1].name].known].label != VB_LABEL_ORGANISATION)
        n--;
    return n ? hits[n - 1].n_words : 0;
}

/** "Website Follow the Money", "De Algemene Onderwijsbond": without the word before a name that is listed. */
static size_t bare_first(const note *n, const part *p)
{
    static const char *const before[] = { "website", "de", "het" };
    size_t next = p->first + 1;
    bool drop = vb_word_in(n->f->words.at[p->first].fold, before, VB_COUNT(before)) && next < p->last &&
                (listed_body(n->f, next) == p->last - next ||
                 vb_str_eq(n->f->words.at[p->first].fold, VB_STR("website")));
    return drop && listed_body(n->f, p->first) != p->last - p->first ? next : p->first;
}

static vb_status propose_medium(note *n, const part *p)
{
    uint32_t start = n->f->words.at[bare_first(n, p)].start;
    vb_found *found = vb_finding_add(n->f, start, p->end, VB_LABEL_ORGANISATION, "title:medium");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(n->f->text, start, p->end);
    found->score = 380;
    return vb_slug(n->f->arena, found->name, &found->key);
}

/** A title of some words, from a capital on, no sentence of its own. */
static bool is_title(const note *n, uint32_t start, uint32_t end)
{
    const vb_finding *f = n->f;
    size_t first = vb_finding_word_at(f, start), last = vb_finding_word_at(f, end), lower = 0;
    if (last - first < TITLE_WORDS || !vb_word_capital(f->text, start) ||
        is_opener_of_other(&f->words.at[first]))
        return false;
    for (size_t i = first; i < last; i++) {
        lower += !(f->words.at[i].flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER));
        if (i > first && is_opener_of_other(&f->words.at[i]) &&
            f->words.at[i].form->cues & ~(uint32_t)VB_CUE_DIGIT)
            return false;
    }
    return lower > 0 && !vb_title_runs_on(vb_str_part(f->text, start, end));
}

/** The parts from @p at on that are dates. */
static size_t skip_dates(const note *n, size_t at)
{
    while (at < n->n && n->parts[at].kind == PART_DATE) at++;
    return at;
}

/** Whether the parts from @p at on are a date, an address or none. */
static bool closes(const note *n, size_t at)
{
    at = skip_dates(n, at);
    return at == n->n || n->parts[at].kind == PART_ADDRESS;
}

/** Whether an address is one of the site called @p name: "Afvalonline", "https://afvalonline.nl/…". */
static bool is_site_of(const note *n, const part *address, const part *name)
{
    vb_str s = vb_str_part(n->f->text, address->start, address->end);
    size_t from = vb_str_find(s, VB_STR("//"), 0), at = 0;
    from = from == SIZE_MAX ? 0 : from + 2;
    if (vb_str_starts(vb_str_part(s, from, s.len), VB_STR("www."))) from += 4;
    for (size_t i = name->first; i < name->last; i++) {
        vb_str fold = n->f->words.at[i].fold, rest = vb_str_part(s, from + at, s.len);
        if (!vb_str_starts(rest, fold)) return false;
        at += fold.len;
        if (from + at < s.len && s.at[from + at] == '-') at++;
    }
    return at > 2 && from + at < s.len && s.at[from + at] == '.';
}

/** «Title», De Veenbode, 4 maart 2024 */
static vb_status quoted_first(note *n)
{
    size_t by = skip_dates(n, 1);
    if (by == n->n || n->parts[by].kind != PART_NAME || !closes(n, by + 1)) return VB_OK;
    return propose_medium(n, &n->parts[by]);
}

/** Whether a part is a place that a gazetteer knows: where a paper was printed. */
static bool is_place(const note *n, const part *p)
{
    return p->kind == PART_NAME && (n->f->listed[p->first] & VB_LISTED_PLACE);
}

/** De Veenbode, 04-03-2024: Title; De Veenbode: «Title»; Afvalonline, https://afvalonline.nl/… */
static vb_status name_first(note *n)
{
    const part *name = &n->parts[0], *next;
    size_t at = skip_dates(n, 1), to = at;
    bool dated = at > 1;
    vb_status status = VB_OK;
    if (at == n->n) return dated ? propose_medium(n, name) : VB_OK;
    next = &n->parts[at];
    if (next->kind == PART_ADDRESS)
        return dated || is_site_of(n, next, name) ? propose_medium(n, name) : VB_OK;
    bool known = listed_body(n->f, name->first) == name->last - name->first;
    if (next->kind == PART_QUOTED) {
        if (!known && !closes(n, at + 1)) return VB_OK;
        TRY(propose_medium(n, name));
        if (known && next->last > next->first + 1 && vb_word_capital(n->f->text, next->start))
            TRY(vb_title_propose(n->f, next->start, next->end, VB_LABEL_DOCUMENT, "title:note"));
        goto done;
    }
    while (to < n->n && (n->parts[to].kind == PART_NAME || n->parts[to].kind == PART_WORDS)) to++;
    while (to > at + 1 && n->parts[to - 1].kind == PART_NAME &&
           (n->parts[to - 1].mark == '|' || n->parts[to - 1].mark == '-'))
        to--;                                                            /* "Title – De Veenbode" */
    bool place = to > at + 1 && known && is_place(n, &n->parts[to - 1]); /* "Title, Utrecht, 2022" */
    bool told = dated || (to < n->n && closes(n, to)) || next->mark == '-';
    if (place) to--;
    if (known && next->mark == '.' && to > at + 1 &&
        n->parts[at + 1].mark == '.') { /* "Body. Title. Place: …" */
        to = at + 1;
        told = true;
    }
    if (!told || (!dated && !known) || (to < n->n && n->parts[to].kind == PART_QUOTED)) return VB_OK;
    if (!is_title(n, next->start, n->parts[to - 1].end)) return VB_OK;
    TRY(propose_medium(n, name));
    TRY(vb_title_propose(n->f, next->start, n->parts[to - 1].end, VB_LABEL_DOCUMENT, "title:note"));
done:
    return status;
}

/** Title, De Veenbode, 4 maart 2024; Title | De Veenbode (https://…); Title - for whom - De Veenbode */
static vb_status title_first(note *n)
{
    size_t to = 0, cut = 1;
    vb_status status = VB_OK;
    while (to < n->n && (n->parts[to].kind == PART_NAME || n->parts[to].kind == PART_WORDS)) to++;
    if (to < 2 || n->parts[to - 1].kind != PART_NAME || !closes(n, to)) return VB_OK;
    const part *by = &n->parts[to - 1], *head = &n->parts[0];
    bool body = head->kind == PART_NAME && listed_body(n->f, head->first) == head->last - head->first;
    if (body && is_place(n, by)) return VB_OK; /* "Berenschot, Title, Utrecht, 2022" */
    bool dated = to < n->n && n->parts[to].kind == PART_DATE;
    bool known = listed_body(n->f, by->first) == by->last - by->first;
    bool site = to < n->n && n->parts[to].kind == PART_ADDRESS && is_site_of(n, &n->parts[to], by);
    if (!dated && !site && by->mark != '|' && !(known && by->mark == '-')) return VB_OK;
    while (cut < to - 1 && n->parts[cut].mark != '-' && n->parts[cut].mark != '|') cut++;
    if (!is_title(n, n->parts[0].start, n->parts[cut - 1].end)) return VB_OK;
    TRY(propose_medium(n, by));
    TRY(vb_title_propose(n->f, n->parts[0].start, n->parts[cut - 1].end, VB_LABEL_DOCUMENT, "title:note"));
done:
    return status;
}

/** Trimbos-instituut Title in some words https://… : an organisation that is listed, and its paper */
static vb_status body_and_title(note *n)
{
    const part *all = &n->parts[0];
    size_t words = listed_body(n->f, all->first), next = all->first + words;
    if (n->n != 2 || n->parts[1].kind != PART_ADDRESS || !words || next >= all->last) return VB_OK;
    const vb_word *w = &n->f->words.at[next];
    if (!vb_finding_blank(n->f, next) || !is_title(n, w->start, all->end)) return VB_OK;
    return vb_title_propose(n->f, w->start, all->end, VB_LABEL_DOCUMENT, "title:note");
}

/** "Zie ook", "Bron:" before a source. */
static void skip_leads(note *n)
{
    static const char *const leads[] = { "Zie ook ", "Zie bijvoorbeeld ", "Zie ", "Bron: ", "Bron " };
    while (n->at < n->end && n->f->text.at[n->at] == ' ') n->at++;
    for (size_t i = 0; i < VB_COUNT(leads); i++)
        if (vb_str_starts(vb_str_part(n->f->text, n->at, n->end), vb_str_of(leads[i]))) {
            n->at += (uint32_t)strlen(leads[i]);
            return;
        }
}

/* [Passende zorg] (voorbeeld.nl); [Monitor 2023] | Rapport | Rijksoverheid.nl; [Titel] - Trimbos-instituut;
 * [Vaarregels voor schepen], te vinden op www.voorbeeld.nl */
const char vb_notes_pattern[] =
    "\\G(?:(?:Het|De|Een) )?(?<title>[\\p{Lu}‘“][^|«»]{3,180}?)(?: \\| | - (?=\\p{Lu}[^.]{2,60}$)| "
    "?[(\\[]{1,2}(?:www\\.|https?:|[\\w-]+\\.(?:nl|com|org|eu)\\b)|,?(?: te vinden| beschikbaar)? op "
    "(?:www\\.|https?:))";

/** "De cijfers staan" op https://…, "Meer informatie" op https://…: the words before an address are no title.
 */
static bool is_sentence(const vb_finding *f, size_t first, uint32_t end)
{
    static const char *const words[] = { "is",     "zijn",  "staat", "staan", "kunt",       "kan",   "wordt",
                                         "worden", "heeft", "vindt", "zie",   "informatie", "u",     "meer",
                                         "werd",   "was",   "hier",  "dit",   "deze",       "kunnen" };
    size_t n = 0;
    for (size_t i = first; i < f->words.len && f->words.at[i].start < end; i++, n++)
        if (vb_word_in(f->words.at[i].fold, words, VB_COUNT(words))) return true;
    return n < 2;
}

/** A footnote that is the title of what it points to. */
static vb_status find_noted(vb_finding *f, const vb_block *block)
{
    vb_str title;
    if (block->kind != VB_BLOCK_FOOTNOTE) return VB_OK;
    size_t start = block->start;
    while (start < block->end && f->text.at[start] == ' ') start++;
    if (!vb_references_note(f, start, block->end, &title)) return VB_OK;
    size_t first = vb_finding_word_at(f, (uint32_t)start);
    bool cites = false; /* "NOS, 3 mei 2024, …" is read elsewhere, "Kamerstuk …" too */
    for (size_t i = first; i < f->words.len && f->words.at[i].start < start + title.len; i++)
        if (f->words.at[i].flags & VB_WORD_NUMBER && f->words.at[i].end - f->words.at[i].start != 4)
            cites = true;
    size_t after = (size_t)(title.at - f->text.at) + title.len;
    bool plain = after + 1 < block->end && !strchr("|-([", f->text.at[after + (f->text.at[after] == ' ')]);
    if (plain && is_sentence(f, first, (uint32_t)after)) return VB_OK;
    if (cites || title.at[title.len - 1] == ',' || memchr(title.at, '\'', title.len) ||
        vb_str_find(title, VB_STR(", ‘"), 0) != SIZE_MAX) /* "De Veenbode, ‘Title’" */
        return VB_OK;
    size_t before = f->found.len;
    start = (size_t)(title.at - f->text.at);
    vb_status status = vb_title_propose(f, start, start + title.len, VB_LABEL_DOCUMENT, "title:note");
    if (f->found.len > before)
        f->found.at[before].score = 250; /* what it is elsewhere in the text it is here */
    return status;
}

vb_status vb_find_sources(vb_finding *f)
{
    vb_status status = VB_OK;
    note n = { .f = f };
    for (size_t b = 0; b < f->a->view.n_blocks; b++) {
        const vb_block *block = &f->a->view.blocks[b];
        if (block->kind != VB_BLOCK_FOOTNOTE) continue;
        TRY(find_noted(f, block));
        n.at = block->start;
        n.end = block->end;
        skip_leads(&n);
        do {
            cut_parts(&n);
            if (n.n < 2) continue;
            if (n.parts[0].kind == PART_QUOTED)
                TRY(quoted_first(&n));
            else if (n.parts[0].kind == PART_NAME)
                TRY(name_first(&n));
            else if (n.parts[0].kind == PART_WORDS)
                TRY(body_and_title(&n));
            if (n.parts[0].kind == PART_NAME || n.parts[0].kind == PART_WORDS) TRY(title_first(&n));
        } while (n.at < n.end && n.n && f->text.at[n.at - 1] == ';');
    }
done:
    return status;
}

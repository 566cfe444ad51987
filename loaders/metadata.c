/**
 * Metadata out of a text's own head and foot: date, kind, number, title, subject, sender, addressee. Letters
 * say them in a letterhead, questions and answers in the sentence over them; what a file format knows by
 * itself comes before both. Nothing here is guessed from the file's name.
 */
#include "loaders/view.h"

enum { TITLE_MAX = 300, HEAD_BLOCKS = 60, LOOK_AHEAD = 4, PLACE_MAX = 30, PLACE_DATE_MAX = 60 };

typedef struct head {
    const vb_view *view;
    vb_arena *arena;
    vb_metadata *out;
    vb_str asker;
    bool asks, answers, signs, notice;
    char received[12], dated[12], sent[12], closed[12];
} head;

static vb_str block_text(const vb_view *v, size_t i)
{
    return vb_str_part(v->text, v->blocks[i].start, v->blocks[i].end);
}

/* ---- dates -------------------------------------------------------------------------------------------- */

static const char *const months[] = { "jan", "feb", "maa", "apr", "mei", "jun",
                                      "jul", "aug", "sep", "okt", "nov", "dec" };

static size_t pass_blanks(vb_str s, size_t at)
{
    while (at < s.len && (s.at[at] == ' ' || s.at[at] == '.')) at++;
    return at;
}

static bool write_date(uint32_t year, uint32_t month, uint32_t day, char out[12])
{
    if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    snprintf(out, 12, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    return true;
}

/** The date that starts at @p at: "25 augustus 2023", "25 aug. 2023", "25-08-2023", "2023-08-25". */
static bool date_at(vb_str s, size_t at, char out[12])
{
    uint32_t a, b, c;
    size_t n = vb_digits_at(s, at, 4, &a), i = at + n, m;
    if (!n || n == 3) return false;
    if (i < s.len && strchr("-/", s.at[i])) {
        size_t nb = vb_digits_at(s, i + 1, 2, &b), k = i + 1 + nb;
        if (!nb || k >= s.len || s.at[k] != s.at[i]) return false;
        size_t nc = vb_digits_at(s, k + 1, 4, &c);
        return n == 4 ? nc && write_date(a, b, c, out) : nc == 4 && write_date(c, b, a, out);
    }
    i = pass_blanks(s, i);
    for (uint32_t k = 0; n <= 2 && k < 12; k++) {
        bool march = k == 2 && (vb_starts_folded(vb_str_part(s, i, s.len), "mrt"));
        if (!march && !vb_starts_folded(vb_str_part(s, i, s.len), months[k])) continue;
        while (i < s.len && !vb_is_digit(s.at[i]) && vb_word_byte(s, i, &m)) i += m;
        i = pass_blanks(s, i);
        return vb_digits_at(s, i, 4, &c) == 4 && write_date(c, k + 1, a, out);
    }
    return false;
}

bool vb_date_after(vb_str s, size_t from, char out[12])
{
    for (size_t i = from; i < s.len && i < from + 40; i++)
        if (vb_is_digit(s.at[i]) && (i == 0 || !vb_is_digit(s.at[i - 1])) && date_at(s, i, out)) return true;
    return false;
}

static void date_behind(vb_str s, const char *word, char out[12])
{
    size_t at = vb_str_find(s, vb_str_of(word), 0);
    if (at != SIZE_MAX && !out[0] && !vb_date_after(s, at + strlen(word), out)) out[0] = '\0';
}

/** "Datum 25 augustus 2023", "Datum" over it, "Den Haag, 25 augustus 2023". */
static void read_date_line(head *h, size_t i)
{
    vb_str s = block_text(h->view, i);
    if (h->dated[0]) return;
    if (vb_starts_folded(s, "datum")) {
        if (vb_date_after(s, 5, h->dated)) return;
        for (size_t k = i + 1; k < h->view->n_blocks && k <= i + LOOK_AHEAD;
             k++) /* "Datum", "Betreft", then both values */
            if (block_text(h->view, k).len < 60 && vb_date_after(block_text(h->view, k), 0, h->dated)) return;
        h->dated[0] = '\0';
    } else if (i < 20 && s.len < 50 &&
               (vb_starts_folded(s, "den haag,") || vb_starts_folded(s, "'s-gravenhage,"))) {
        if (!vb_date_after(s, 9, h->dated)) h->dated[0] = '\0';
    }
}

/** "Winschoten, 14 juni 2017" and nothing more: how publications close that have no head with a date. */
static void read_place_and_date(head *h, size_t i)
{
    vb_str s = block_text(h->view, i);
    if (vb_starts_folded(s, "publicatiedatum") && !h->closed[0] && !vb_date_after(s, 15, h->closed))
        h->closed[0] = '\0';
    const char *comma = s.len < PLACE_DATE_MAX && vb_is_upper_at(s, 0) ? memchr(s.at, ',', s.len) : NULL;
    size_t at = comma ? (size_t)(comma - s.at) : 0;
    if (at < 3 || at > PLACE_MAX || h->closed[0]) return;
    for (size_t k = 0; k < at; k++)
        if (vb_is_digit(s.at[k])) return;
    bool ends = vb_is_digit(s.at[s.len - 1]) || vb_str_ends(s, VB_STR("."));
    at = pass_blanks(s, at + 1);
    if (!ends || !date_at(s, at, h->closed)) h->closed[0] = '\0';
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

vb_status vb_question_number(vb_arena *arena, vb_str s, vb_str *out)
{
    uint32_t year, number;
    for (size_t at = vb_str_find(s, VB_STR("Z"), 0); at != SIZE_MAX;
         at = vb_str_find(s, VB_STR("Z"), at + 1)) {
        if (at < 4 || vb_digits_at(s, at - 4, 4, &year) != 4 || year < 1990 || year > 2100) continue;
        size_t from = at + 1 < s.len && s.at[at + 1] == ' ' ? at + 2 : at + 1;
        if (vb_digits_at(s, from, 6, &number) != 5) continue;
        return vb_arena_printf(arena, out, "%uZ%05u", (unsigned)year, (unsigned)number);
    }
    return VB_OK;
}

/** The parliamentary year of a date as in "ah-tk-20242025-608": it starts in September. */
static bool session_of(const char *date, unsigned *first)
{
    unsigned year, month;
    if (sscanf(date, "%4u-%2u", &year, &month) != 2) return false;
    *first = month >= 9 ? year : year - 1;
    return true;
}

static vb_status read_number(head *h, size_t i)
{
    vb_status status = VB_OK;
    vb_str s = block_text(h->view, i);
    vb_metadata *m = h->out;
    if (vb_starts_folded(s, "ah-tk-") || vb_starts_folded(s, "ah-ek-") || vb_starts_folded(s, "kst-")) {
        if (!m->number.len) m->number = s;
    } else if (vb_starts_folded(s, "uw kenmerk") && i + 1 < h->view->n_blocks && !m->questions.len) {
        TRY(vb_question_number(h->arena, s, &m->questions));
        if (!m->questions.len) TRY(vb_question_number(h->arena, block_text(h->view, i + 1), &m->questions));
    } else if (!m->questions.len && s.len < 40 && !vb_starts_folded(s, "ons kenmerk")) {
        TRY(vb_question_number(h->arena, s, &m->questions));
    }
done:
    return status;
}

/** "AH 608" is a number only with the year of parliament, which the date tells. */
static vb_status read_appendix_number(head *h)
{
    uint32_t number = 0;
    unsigned year;
    for (size_t i = 0; i < h->view->n_blocks && i < 6 && !h->out->number.len; i++) {
        vb_str s = block_text(h->view, i);
        if (!vb_starts_folded(s, "ah ") || vb_digits_at(s, 3, 5, &number) != s.len - 3) continue;
        if (!session_of(h->received, &year)) continue;
        return vb_arena_printf(h->arena, &h->out->number, "ah-tk-%u%u-%u", year, year + 1, (unsigned)number);
    }
    return VB_OK;
}

/* ---- who and what ------------------------------------------------------------------------------------- */

/** @p s up to the first of @p stops, trimmed of blanks and commas. */
static vb_str until(vb_str s, const char *const *stops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = vb_str_find(s, vb_str_of(stops[i]), 0);
        if (at != SIZE_MAX) s.len = at;
    }
    s = vb_str_trim(s);
    while (s.len && strchr(",.:", s.at[s.len - 1])) s.len--;
    return s;
}

static const char *const brackets[] = { " (ontvangen", " (ingezonden", "(ingezonden", "(ontvangen" };

/** "Vragen van het lid X (P) aan de minister van Y over Z (ingezonden ...)". */
static void read_questions_head(head *h, vb_str s)
{
    static const char *const to[] = { " aan de ", " aan het ", " over ", " inzake " };
    static const char *const about[] = { " over ", " inzake ", " naar aanleiding van ", " (ingezonden",
                                         "(ingezonden" };
    vb_metadata *m = h->out;
    size_t van = vb_str_find(s, VB_STR(" van "), 0);
    if (van == SIZE_MAX) return;
    vb_str rest = vb_str_part(s, van + 5, s.len);
    if (!h->asker.len) h->asker = until(rest, to, VB_COUNT(to));
    size_t aan = vb_str_find(rest, VB_STR(" aan "), 0);
    if (aan != SIZE_MAX && !m->addressee.len) {
        rest = vb_str_part(rest, aan + 5, rest.len);
        m->addressee = until(rest, about, VB_COUNT(about));
    }
    size_t over = vb_str_find(rest, VB_STR(" over "), 0), skip = 6;
    if (over == SIZE_MAX) {
        over = vb_str_find(rest, VB_STR(" inzake "), 0);
        skip = 8;
    }
    if (over != SIZE_MAX && !m->subject.len)
        m->subject = until(vb_str_part(rest, over + skip, rest.len), brackets, VB_COUNT(brackets));
    if (!m->title.len) m->title = until(s, brackets, VB_COUNT(brackets));
}

/** "Antwoord van minister X (Y), mede namens ... (ontvangen ...)". */
static void read_answer_head(head *h, vb_str s)
{
    static const char *const stops[] = { " (ontvangen", "(ontvangen", " op vragen ", " op Kamervragen",
                                         " op de vragen" };
    size_t van = vb_str_find(s, VB_STR(" van "), 0);
    if (van == SIZE_MAX) return;
    h->out->sender = until(vb_str_part(s, van + 5, s.len), stops, VB_COUNT(stops));
}

static void read_head_line(head *h, size_t i)
{
    vb_str s = block_text(h->view, i);
    bool answer = vb_starts_folded(s, "antwoord"), notice = vb_starts_folded(s, "mededeling");
    date_behind(s, "ontvangen", h->received);
    date_behind(s, "ingezonden", h->sent);
    if (!vb_line_opens_head(s)) return;
    if (answer || notice) {
        h->answers = h->answers || answer;
        h->notice = h->notice || notice;
        read_answer_head(h, s);
    } else if (!vb_starts_folded(s, "beantwoording")) {
        h->asks = true;
        read_questions_head(h, s);
    }
}

/** "Onderwerp" over the subject, or before it on one line. */
static void read_subject(head *h, size_t i)
{
    vb_str s = block_text(h->view, i);
    size_t label = vb_starts_folded(s, "onderwerp") ? 9 : vb_starts_folded(s, "betreft") ? 7 : 0;
    if (!label || h->out->subject.len) return;
    vb_str value = vb_str_part(s, label, s.len);
    while (value.len && strchr(": ", value.at[0])) value = vb_str_part(value, 1, value.len);
    for (size_t k = i + 1; !value.len && k < h->view->n_blocks && k <= i + LOOK_AHEAD; k++) {
        char date[12];
        bool words =
            h->view->blocks[k].kind != VB_BLOCK_LETTERHEAD && !date_at(block_text(h->view, k), 0, date);
        if (words && !vb_starts_folded(block_text(h->view, k), "geachte")) value = block_text(h->view, k);
    }
    if (!value.len) return;
    h->out->subject = value;
    h->out->title = value;
}

/** "De minister van X," and under it "A.B. de Vries": "A.B. de Vries, minister van X". */
static vb_status read_signature(head *h)
{
    enum { NAMES_MOST = 8 };
    vb_str office = { 0 }, name = { 0 };
    size_t n_names = 0;
    for (size_t i = 0; i < h->view->n_blocks; i++) {
        if (h->view->blocks[i].kind != VB_BLOCK_SIGNATURE) continue;
        vb_str s = until(block_text(h->view, i), NULL, 0);
        h->signs = true;
        bool is_office = vb_str_find(s, VB_STR("minister"), 0) != SIZE_MAX ||
                         vb_str_find(s, VB_STR("inister "), 0) != SIZE_MAX ||
                         vb_str_find(s, VB_STR("taatssecretaris"), 0) != SIZE_MAX;
        if (is_office && !vb_starts_folded(s, "mede namens") && !office.len) office = s;
        if (is_office) continue;
        if (!name.len)
            name = s;
        else if (++n_names <= NAMES_MOST && vb_line_is_name(s) &&
                 vb_arena_printf(h->arena, &name, "%.*s en %.*s", VB_FMT(name), VB_FMT(s)) != VB_OK)
            return VB_NO_MEMORY;
    }
    if (!name.len && (h->out->sender.len || !office.len)) return VB_OK;
    if (vb_starts_folded(office, "de ")) office = vb_str_part(office, 3, office.len);
    if (!name.len || !office.len) {
        h->out->sender = name.len ? name : office;
        return VB_OK;
    }
    return vb_arena_printf(h->arena, &h->out->sender, "%.*s, %.*s", VB_FMT(name), VB_FMT(office));
}

/** A title where no line says one: the first heading, else the first words. */
static void find_title(head *h)
{
    const vb_view *v = h->view;
    vb_str *title = &h->out->title;
    for (size_t i = 0; i < v->n_blocks && !title->len; i++)
        if (v->blocks[i].kind == VB_BLOCK_HEADING && v->blocks[i].level == 1) *title = block_text(v, i);
    for (size_t i = 0; i < v->n_blocks && !title->len; i++)
        if (v->blocks[i].kind == VB_BLOCK_PARAGRAPH && !vb_starts_folded(block_text(v, i), "geachte"))
            *title = until(block_text(v, i), brackets, VB_COUNT(brackets));
    if (title->len <= TITLE_MAX) return;
    title->len = TITLE_MAX;
    while (title->len && title->at[title->len - 1] != ' ') title->len--;
    *title = vb_str_trim(*title);
}

static const char *kind_of(const head *h)
{
    bool answered = h->answers, asked = h->asks;
    for (size_t i = 0; i < h->view->n_blocks; i++) {
        answered = answered || h->view->blocks[i].section == VB_SECTION_ANSWER;
        asked = asked || h->view->blocks[i].section == VB_SECTION_QUESTION;
    }
    if (h->notice && !h->answers) return "notice";
    if (answered) return "answer";
    if (h->signs) return "letter";
    if (asked) return "questions";
    for (size_t i = 0; i < h->view->n_blocks && i < HEAD_BLOCKS; i++)
        if (vb_starts_folded(block_text(h->view, i), "geachte ")) return "letter";
    return "document";
}

/** What the format knew stays. */
static void keep(vb_str known, vb_str *found)
{
    if (known.len) *found = known;
}

/** What the text does not say, the file's properties may. */
static void fill(vb_str property, vb_str *found)
{
    if (!found->len) *found = property;
}

/** Tell where the file and its text say different dates; which of them is taken, too. */
static vb_status compare_dates(head *h, vb_str file, vb_str text, bool file_first, vb_str *out)
{
    if (!file.len || !text.len || vb_str_eq(file, text)) return VB_OK;
    return vb_arena_printf(h->arena, out, "dated %.*s by its %s, %.*s by its %s",
                           VB_FMT(file_first ? file : text), file_first ? "file" : "text",
                           VB_FMT(file_first ? text : file), file_first ? "text" : "file");
}

/** Read all blocks: what the head and the foot of the text say. */
static vb_status read_blocks(head *h)
{
    vb_status status = VB_OK;
    const vb_view *view = h->view;
    vb_metadata *m = h->out;
    for (size_t i = 0; i < view->n_blocks; i++) {
        const vb_block *b = &view->blocks[i];
        read_place_and_date(h, i);
        if (b->kind == VB_BLOCK_LETTERHEAD || b->kind == VB_BLOCK_PAGE_FOOTER) {
            TRY(read_number(h, i));
            read_date_line(h, i);
            read_subject(h, i);
            if (vb_starts_folded(block_text(view, i), "aan de voorzitter") && !m->addressee.len)
                m->addressee = vb_str_part(block_text(view, i), 4, SIZE_MAX);
        } else if (b->section == VB_SECTION_HEAD) {
            read_subject(h, i);
            read_date_line(h, i);
            read_head_line(h, i);
            if (!m->questions.len) TRY(vb_question_number(h->arena, block_text(view, i), &m->questions));
        }
    }
    TRY(read_signature(h));
    TRY(read_appendix_number(h));
done:
    return status;
}

vb_status vb_metadata_read(const vb_view *view, const vb_source *source, vb_arena *arena, vb_metadata *out,
                           vb_str *remark)
{
    const vb_metadata *known = &source->metadata, *file = &source->properties;
    vb_status status;
    vb_metadata m = { 0 };
    head h = { .view = view, .arena = arena, .out = &m };
    TRY(read_blocks(&h));
    m.kind = vb_str_of(kind_of(&h));
    if (!m.sender.len && vb_str_eq(m.kind, VB_STR("questions"))) m.sender = h.asker;
    /* an answer that says neither when it was received nor its own date is at least as old as its questions
     */
    const char *date = h.received[0] ? h.received : h.dated[0] ? h.dated : h.sent;
    TRY(vb_arena_copy(arena, vb_str_of(date), &m.date));
    TRY(compare_dates(&h, known->date.len ? known->date : file->date, m.date, known->date.len, remark));
    if (!m.number.len) m.number = m.questions;
    fill(file->questions, &m.questions);
    fill(file->title, &m.title);
    fill(file->subject, &m.subject);
    fill(file->date, &m.date);
    if (!m.date.len) TRY(vb_arena_copy(arena, vb_str_of(h.closed), &m.date));
    if (!m.date.len && !known->date.len && source->saved.len)
        TRY(vb_arena_printf(arena, remark, "without a date; its file was saved on %.*s",
                            VB_FMT(source->saved)));
    fill(file->number, &m.number);
    fill(file->sender, &m.sender);
    find_title(&h);
    keep(known->title, &m.title);
    keep(known->date, &m.date);
    keep(known->kind, &m.kind);
    keep(known->number, &m.number);
    keep(known->sender, &m.sender);
    keep(known->subject, &m.subject);
    keep(known->addressee, &m.addressee);
    keep(known->questions, &m.questions);
    *out = m;
done:
    return status;
}

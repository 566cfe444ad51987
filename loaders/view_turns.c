/**
 * Words that a conversion glued together, in text of any kind: "vanRidouan", "gemeenteAssen". Where a small
 * letter is followed by a capital, the word is two when the gazetteers say so, or the document itself does:
 * what begins with the capital stands elsewhere by itself, and what is before it is a short word that stands
 * before names, or stands elsewhere too; and the glued word is written so once only, as no name of people's
 * own
 * ("eHerkenning", "InHolland") is. The source stays as it is: the view gets a blank there. Official PDF,
 * where blanks are lost at every line's end, has rules of its own (view_text.c).
 */
#include "loaders/bytes.h"
#include "loaders/view.h"

enum { LEFT_MIN = 4, RIGHT_MIN = 4, WORD_MAX = 60 };

/** The bytes of the word around @p at. */
static vb_str word_around(vb_str s, size_t at)
{
    size_t from = at, to = at, n;
    while (from > 0 && at - from <= WORD_MAX &&
           ((unsigned char)s.at[from - 1] >= 0x80 || vb_word_byte(s, from - 1, &n)))
        from--;
    while (to < s.len && to - at <= WORD_MAX && vb_word_byte(s, to, &n)) to += n;
    return vb_str_part(s, from, to);
}

/** The word that turns at @p at, where its second part begins, as the two that it may be by its letters:
 * small ones but for the first of the second, and perhaps of both. */
static bool may_be_two(vb_str text, size_t at, vb_str *word, vb_str *left, vb_str *right)
{
    *word = word_around(text, at);
    size_t turn = (size_t)(text.at + at - word->at);
    *left = vb_str_part(*word, 0, turn);
    *right = vb_str_part(*word, turn, word->len);
    if (right->len < RIGHT_MIN || word->len > WORD_MAX) return false;
    for (size_t i = 1; i < right->len; i++)
        if (vb_is_upper_at(*right, i) || vb_is_digit(right->at[i])) return false;
    for (size_t i = 1; i < left->len; i++)
        if (!vb_is_lower_at(*left, i) && (unsigned char)left->at[i] < 0x80) return false;
    return true;
}

/** Whether it is: by the document's words, or by the gazetteers'. */
static vb_status is_glued(vb_work *w, size_t at, bool *out)
{
    vb_status status = VB_OK;
    vb_str word, left, right;
    *out = false;
    if (!may_be_two(w->text, at, &word, &left, &right)) return VB_OK;
    bool before = vb_text_before_names(left), small = !vb_is_upper_at(left, 0);
    if (small && (before || left.len >= LEFT_MIN)) {
        TRY(vb_view_count(w));
        *out = vb_words_count(&w->words, word) <= 1 && vb_words_count(&w->words, right) &&
               (before || vb_words_count(&w->words, left));
    }
    if (!*out) TRY(vb_glued_name(w, word, left.len, out));
done:
    return status;
}

/** Whether a small letter of ASCII is followed by a capital in [at, at + VB_STRIDE); at > 0. */
static bool turns_within(const char *at)
{
    return vb_bytes_any(vb_bytes_in(vb_bytes_at(at), 'A', 26) & vb_bytes_in(vb_bytes_at(at - 1), 'a', 26));
}

vb_status vb_view_turns(vb_work *w)
{
    vb_status status = VB_OK;
    const uint8_t *is = vb_byte_is;
    const char *at = w->text.at;
    if (w->wrapping == VB_WRAP_GLUED) return VB_OK;
    for (size_t from = 1, to; from < w->text.len; from = to) {
        to = from + VB_STRIDE < w->text.len ? from + VB_STRIDE : w->text.len;
        if (to - from == VB_STRIDE && !turns_within(at + from)) continue;
        for (size_t i = from; i < to; i++) {
            bool glued;
            if (!(is[(unsigned char)at[i]] & VB_BYTE_UPPER) ||
                !(is[(unsigned char)at[i - 1]] & VB_BYTE_LOWER))
                continue;
            TRY(is_glued(w, i, &glued));
            if (!glued) continue;
            TRY(vb_push(w->arena, &w->turns));
            w->turns.at[w->turns.len - 1] = (uint32_t)i;
        }
    }
done:
    return status;
}

/**
 * Verbs in all their word orders: an `act` line of a rule names a verb's forms once, and the wordings that
 * Dutch makes of them (inversion, perfect, future, subordinate clause, passive, participle) come from the
 * tables below as if they had been written as `say` lines. own.rules explains the line.
 */
#include "loaders/relations.h"

enum { FORMS_MOST = 6, LINE_MOST = 700 };

#define HAVE       "heeft|hebben|heb|had|hadden"
#define BE         "is|zijn|was|waren|werd|werden|wordt|worden"
#define HAVE_OR_BE "heeft|hebben|heb|had|is|ben|zijn|was|waren"
#define SHALL      "zal|zullen|gaat|gaan|ga|blijft|blijven|blijf|wil|willen"
#define THAT       "dat|omdat|doordat|waarbij|waarin|nu|waarmee"

/* In a wording $V is the finite verb, $P its participle, $I what ends a clause (infinitive, finite form with
 * its particle), $A the participle before a noun, $S the particle, $R the object's preposition. A wording of
 * which a verb lacks a form is left out. */

/** "Het RIVM ontwikkelt NIX18" -> rivm DEVELOPED nix18 */
static const char *const with_object[] = {
    "{from} .. *$V .... {to} .... $S",
    "*$V {from} .... {to} .... $S",
    "{from} .. " HAVE " ... {to} .. *$P",
    HAVE " {from} ... {to} .. *$P",
    "{from} .. " SHALL " .... {to} .. *$I",
    SHALL " {from} .... {to} .. *$I",
    THAT " {from} .. {to} .. *$I",
    THAT " {from} .. {to} .. *$V",
    "{from~} , die|dat|welke .. {to} .. *$I",
    "{to} .... " BE " ... door|vanuit {from} .... *$P",
    "{to} .... " BE " ... *$P .. door|vanuit {from}",
    BE " {to} .... door|vanuit {from} .. *$P",
    BE " {to} .... *$P .. door|vanuit {from}",
    "door|vanuit {from} " BE " .. {to} .. *$P",
    BE " door|vanuit {from} .. {to} .. *$P",
    "{to~} , die|dat|welke .... door|vanuit {from} .. *$P",
    "{to~} , die|dat|welke .... *$P .. door|vanuit {from}",
    "{to} , .. *$P .. door|vanuit {from}",
    "{to} *$P door|vanuit {from}",
    "door|vanuit {from} *$A .. {to}",
};

/** "De gemeente Assen neemt deel aan Kansrijke Start" -> GM0106 PARTICIPATES_IN kansrijke-start */
static const char *const with_preposition[] = {
    "{from} .. *$V .... $S .. $R {to}",
    "{from} .. *$V .... $R {to} .. $S",
    "*$V {from} .... $S .. $R {to}",
    "*$V {from} .... $R {to} .. $S",
    "$R {to} *$V .. {from} .. $S",
    "$R {to} .. " HAVE_OR_BE " .. {from} .. *$P",
    "{from} .. " HAVE_OR_BE " .... $R {to} .. *$P",
    "{from} .. " HAVE_OR_BE " .... *$P .. $R {to}",
    HAVE_OR_BE " {from} .... $R {to} .. *$P",
    HAVE_OR_BE " {from} .... *$P .. $R {to}",
    "{from} .. " SHALL " .... $R {to} .. *$I",
    "{from} .. " SHALL " .... *$I $R {to}",
    SHALL " {from} .... $R {to} .. *$I",
    THAT " {from} .. $R {to} .. *$I",
    THAT " {from} .... *$I .. $R {to}",
    "{from~} , die|dat|welke .... $R {to} .. *$I",
    "{from~} , die|dat|welke .... *$I .. $R {to}",
    "{from~} die|dat .... *$I .. $R {to}",
};

static const char letters[FORMS_MOST] = "VPIASR";

/** The place of a letter after '$' in the forms; FORMS_MOST, where an empty one stands, when it is none. */
static size_t form_of(char letter)
{
    size_t i = 0;
    while (i < FORMS_MOST && letters[i] != letter) i++;
    return i;
}

/** Write @p before and @p word at @p to. @return how many bytes. */
static size_t append(char *to, const char *before, vb_str word)
{
    size_t n = strlen(before);
    memcpy(to, before, n);
    if (word.len) memcpy(to + n, word.at, word.len);
    return n + word.len;
}

/** Put the verb's forms into @p wording. *fits: it has all of them; a particle that it lacks is left out,
 * with the gap before it. */
static vb_status expand(vb_arena *arena, const char *wording, const vb_str *forms, vb_str *out, bool *fits)
{
    char line[LINE_MOST];
    size_t n = 0;
    vb_str rest = vb_str_of(wording), word, gap = { 0 };
    *fits = true;
    while (*fits && vb_str_next(&rest, ' ', &word)) {
        bool cue = vb_str_starts(word, VB_STR("*"));
        vb_str name = vb_str_part(word, cue, word.len);
        if (vb_str_starts(word, VB_STR(".."))) {
            if (word.len > gap.len) gap = word;
            continue;
        }
        if (vb_str_starts(name, VB_STR("$"))) {
            bool particle = name.at[1] == 'S';
            word = forms[form_of(name.at[1])];
            if (particle && !word.len) continue;
            *fits = word.len > 0;
        }
        *fits = *fits && n + gap.len + word.len + 4 < sizeof line;
        if (!*fits) break;
        if (gap.len) n += append(line + n, " ", gap);
        n += append(line + n, cue ? " *" : " ", word);
        gap = (vb_str){ 0 };
    }
    return *fits ? vb_arena_copy(arena, (vb_str){ line, n }, out) : VB_OK;
}

vb_status vb_acts_expand(vb_arena *arena, vb_str text, vb_str **out, size_t *n)
{
    vb_status status = VB_OK;
    vb_str forms[FORMS_MOST + 1] = { { 0 } }, form;
    size_t k = 0;
    while (k < FORMS_MOST && vb_str_next(&text, '/', &form)) forms[k++] = vb_str_trim(form);
    bool through = forms[form_of('R')].len > 0;
    const char *const *wordings = through ? with_preposition : with_object;
    size_t n_wordings = through ? VB_COUNT(with_preposition) : VB_COUNT(with_object);
    *n = 0;
    *out = vb_arena_array(arena, n_wordings, sizeof **out);
    if (!*out) return VB_NO_MEMORY;
    for (size_t i = 0; i < n_wordings; i++) {
        bool fits;
        TRY(expand(arena, wordings[i], forms, &(*out)[*n], &fits));
        if (fits && *n) fits = !vb_str_eq((*out)[*n], (*out)[*n - 1]);
        *n += fits;
    }
done:
    return status;
}

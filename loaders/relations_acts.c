/**
 * Verbs and nouns in all their word orders: an `act` line of a rule names a verb's forms once, a `role` line
 * what somebody is ("toezichthouder op"), a `deed` line what somebody does, as a noun ("uitvoering van"). The
 * wordings that Dutch makes of them (inversion, perfect, future, subordinate clause, passive, participle,
 * apposition) come from the tables below as if they had been written as `say` lines. own.rules explains the
 * lines.
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
    "{from!} .... en *$V .. {to} .... $S",
    "{from} .. " HAVE " ... {to} .... *$P",
    HAVE " {from!} ... {to} .... *$P",
    "{from} .. " SHALL " .... {to} .... *$I",
    SHALL " {from} .... {to} .. *$I",
    "{from} .... voornemens|plan .. {to} .. te *$I",
    "{from} .... voornemens|plan .. {to} .. $S te *$V",
    THAT " {from} .... {to} .... *$I",
    THAT " {from} .. {to} .. *$V",
    "{from~} , die|dat|welke .... {to} .... *$I",
    "{to} .... " BE " ... door|vanuit {from} .... *$P !door|vanuit",
    "{to} .... " BE " ... *$P .. door|vanuit {from}",
    BE " {to} .... door|vanuit {from} .. *$P !door|vanuit",
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
    "{from!} .... en *$V .... $S .. $R {to}",
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

#define IS        "is|zijn|was|waren|wordt|worden|werd|werden|blijft|blijven|ben|blijf"
#define APPOINTED "benoemd|aangesteld|gekozen|aangewezen|aangezocht|gevraagd|aangetreden"

/* In these $N is the noun, $R the preposition of what it is of. */

/** "De ILT is toezichthouder op ProRail" -> ilt SUPERVISES prorail */
static const char *const of_role[] = {
    "{from} " IS "|vormt|vormen|betreft .... *$N $R {to}",
    IS " {from} .. *$N $R {to}",
    "{from} .... als .. *$N $R {to}",
    "{from~} .... " APPOINTED " tot|als .. *$N $R {to}",
    "als|tot .. *$N $R {to} .. {from}",
    "{from~} , .. *$N $R {to}",
    "{from~} , die|dat .. *$N $R {to} " IS,
    "{from~} , die|dat " IS " .. *$N $R {to}",
    "*$N $R {to} " IS " {from}",
    "*$N $R {to} , {from} ,",
    "$R {to} " IS " {from} .. *$N",
    "{to} heeft|hebben|krijgt|kreeg|kent {from} .. als *$N",
    "{to} , met {from} als *$N",
    "{to~} , waarvan {from} .. *$N " IS,
};

/** "De uitvoering van Kansrijke Start ligt bij het RIVM" -> rivm LEADS kansrijke-start */
static const char *const of_deed[] = {
    "*$N $R {to~} ligt|liggen|lag|berust|rust|" IS " .... bij {from}",
    "*$N $R {to~} " IS " .. taak|verantwoordelijkheid|bevoegdheid van|voor {from}",
    "*$N $R {to~} " IS " .. handen van {from}",
    "*$N $R {to~} " IS " .. opgedragen|overgedragen|toevertrouwd|gegund|gemandateerd aan {from}",
    "*$N $R {to~} " HAVE " .... belegd|ondergebracht|neergelegd|gelegd bij {from}",
    "*$N $R {to~} " HAVE " .... opgedragen|overgedragen|gegund|toevertrouwd aan {from}",
    "*$N $R {to~} " IS "|gebeurt|geschiedt|vindt|vond .... door {from}",
    "*$N $R {to~} door {from}",
    "{from} .... belast|verantwoordelijk|aangewezen|bevoegd met|voor|tot .. *$N $R {to~}",
    "{from~} , .... belast|verantwoordelijk .. met|voor .. *$N $R {to~}",
    "{from} .. draagt|dragen|droeg|draag .. zorg|verantwoordelijkheid voor .. *$N $R {to~}",
    "{from} .. verzorgt|verzorgen|verricht|verrichten|doet|doen|doe .. *$N $R {to~}",
    "{from} .. neemt|nemen|nam|namen|neem .. *$N $R {to~} .. op|ter|voor|over",
    "{from} .... start|starten|startte|startten|gestart|begonnen|begint|beginnen met .. *$N $R {to~}",
    "met|voor .. *$N $R {to~} " IS " {from} .. belast|verantwoordelijk|aangewezen|bevoegd",
};

#undef IS
#undef APPOINTED

/** A kind of line: its letters, one a form, and its wordings. */
static const struct family {
    const char *letters;
    const char *const *wordings;
    size_t n;
} families[] = {
    [VB_WORDING_ACT] = { "VPIASR", with_object, VB_COUNT(with_object) },
    [VB_WORDING_ACT_ON] = { "VPIASR", with_preposition, VB_COUNT(with_preposition) },
    [VB_WORDING_ROLE] = { "NR", of_role, VB_COUNT(of_role) },
    [VB_WORDING_DEED] = { "NR", of_deed, VB_COUNT(of_deed) },
};

/** The place of a letter after '$' in the forms; their number, where an empty one stands, when it is none. */
static size_t form_of(const struct family *family, char letter)
{
    size_t i = 0;
    while (family->letters[i] && family->letters[i] != letter) i++;
    return i;
}

/** Write @p before and @p word at @p to. @return how many bytes. */
static size_t append(char *to, const char *before, vb_str word)
{
    vb_str first = vb_str_of(before);
    if (first.len) memcpy(to, first.at, first.len);
    if (word.len) memcpy(to + first.len, word.at, word.len);
    return first.len + word.len;
}

/** Put the verb's forms into @p wording. *fits: it has all of them; a particle that it lacks is left out,
 * with the gap before it. */
static vb_status expand(vb_arena *arena, const struct family *family, const char *wording,
                        const vb_str *forms, vb_str *out, bool *fits)
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
            word = forms[form_of(family, name.at[1])];
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

/** "ontwikkelt|ontwikkelen" -> "ontwikkelt|ontwikkelen|ontwikkel": what "ik" does ends in no "t". */
static vb_status add_first_person(vb_arena *arena, vb_str *finite)
{
    enum { SHORTEST = 5 }; /* "zit" and "zet" are all stem */
    char line[LINE_MOST];
    vb_str rest = *finite, word;
    size_t n = 0;
    while (vb_str_next(&rest, '|', &word)) {
        bool third = word.len >= SHORTEST && vb_str_ends(word, VB_STR("t"));
        if (n + 2 * word.len + 2 > sizeof line) return VB_NO_MEMORY;
        n += append(line + n, n ? "|" : "", word);
        if (third) n += append(line + n, "|", vb_str_part(word, 0, word.len - 1));
    }
    return vb_arena_copy(arena, (vb_str){ line, n }, finite);
}

vb_status vb_wordings_expand(vb_arena *arena, vb_wording kind, vb_str text, vb_str **out, size_t *n)
{
    vb_status status = VB_OK;
    vb_str forms[FORMS_MOST + 1] = { { 0 } }, form;
    const struct family *family = &families[kind];
    size_t k = 0;
    while (k < strlen(family->letters) && vb_str_next(&text, '/', &form)) forms[k++] = vb_str_trim(form);
    if (kind == VB_WORDING_ACT) TRY(add_first_person(arena, &forms[form_of(family, 'V')]));
    if (kind == VB_WORDING_ACT && forms[form_of(family, 'R')].len) family = &families[VB_WORDING_ACT_ON];
    *n = 0;
    *out = vb_arena_array(arena, family->n, sizeof **out);
    if (!*out) return VB_NO_MEMORY;
    for (size_t i = 0; i < family->n; i++) {
        bool fits;
        TRY(expand(arena, family, family->wordings[i], forms, &(*out)[*n], &fits));
        if (fits && *n) fits = !vb_str_eq((*out)[*n], (*out)[*n - 1]);
        *n += fits;
    }
done:
    return status;
}

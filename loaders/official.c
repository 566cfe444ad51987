/**
 * XML of official publications: officiele-publicatie of every schema year, the law texts of
 * wetten.overheid.nl (toestand, wetgeving) and of local government (cvdr). Their elements say what a piece is
 * by name, so an element is a row of a table below, and one that no row names is a block of its own. Other
 * XML is read by the same rules. Source: overheid.nl, op-xsd-2012-3, BWB toestand 2016-1, CVDR.
 */
#include "loaders/formats.h"
#include "loaders/markup.h"
#include "loaders/prose.h"

enum { KEY_MAX = 16 };

typedef enum role {
    ROLE_BLOCK,  /* a line of its own */
    ROLE_INLINE, /* in the line */
    ROLE_WORD,   /* in the line, with a blank behind it */
    ROLE_LABEL,  /* the number of what follows: "1.", "a." */
    ROLE_SKIP,
    ROLE_HEAD, /* a heading of one line */
    ROLE_NOTE,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_BREAK,
} role;

typedef struct row {
    const char *name;
    role role;
} row;

/** Sorted by name. */
static const row rows[] = {
    { "achternaam", ROLE_WORD },
    { "bijschrift", ROLE_BLOCK },
    { "br", ROLE_BREAK },
    { "bwb-inputbestand", ROLE_SKIP },
    { "bwb-wijzigingen", ROLE_SKIP },
    { "colspec", ROLE_SKIP },
    { "cur", ROLE_INLINE },
    { "datum", ROLE_WORD },
    { "eigennaam", ROLE_INLINE },
    { "entry", ROLE_CELL },
    { "extref", ROLE_INLINE },
    { "functie", ROLE_WORD },
    { "hoofdkop", ROLE_HEAD },
    { "illustratie", ROLE_SKIP },
    { "inf", ROLE_INLINE },
    { "inf-text", ROLE_INLINE },
    { "intref", ROLE_INLINE },
    { "jcis", ROLE_SKIP },
    { "kop", ROLE_HEAD },
    { "label", ROLE_WORD },
    { "li.nr", ROLE_LABEL },
    { "lidnr", ROLE_LABEL },
    { "lijst.nr", ROLE_LABEL },
    { "mag", ROLE_SKIP },
    { "meta-data", ROLE_SKIP },
    { "metadata_gegevens", ROLE_SKIP },
    { "nadruk", ROLE_INLINE },
    { "naw", ROLE_BLOCK },
    { "noot", ROLE_NOTE },
    { "noot.al", ROLE_BLOCK },
    { "noot.lijst", ROLE_BLOCK },
    { "noot.nr", ROLE_SKIP },
    { "nootref", ROLE_INLINE },
    { "nr", ROLE_WORD },
    { "ondtekst", ROLE_INLINE },
    { "organisatie", ROLE_WORD },
    { "plaats", ROLE_WORD },
    { "redactie", ROLE_INLINE },
    { "redactionele-correcties", ROLE_SKIP },
    { "romein", ROLE_INLINE },
    { "row", ROLE_ROW },
    { "sub", ROLE_INLINE },
    { "subtitel", ROLE_HEAD },
    { "sup", ROLE_INLINE },
    { "tabtitel", ROLE_HEAD },
    { "td", ROLE_CELL },
    { "th", ROLE_CELL },
    { "titel", ROLE_WORD },
    { "titeldeel", ROLE_WORD },
    { "tr", ROLE_ROW },
    { "tussenkop", ROLE_HEAD },
    { "tussenvoegsel", ROLE_WORD },
    { "unl", ROLE_INLINE },
    { "vet", ROLE_INLINE },
    { "voornaam", ROLE_WORD },
};

static role role_of(const char *name)
{
    size_t low = 0, high = VB_COUNT(rows);
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = strcmp(rows[mid].name, name);
        if (c == 0) return rows[mid].role;
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return ROLE_BLOCK;
}

typedef struct reading {
    vb_prose prose;
    vb_metadata *known, *file;
    vb_str *value; /* what the text of this element of the metadata is of */
    uint32_t n_notes;
    unsigned n_heads, in_head, n_elements;
    bool word_ended; /* a blank is due, unless a comma follows */
    bool labelled;   /* a label stands in the line: the next block goes on in it */
    bool in_meta;    /* of cvdr */
    bool only_meta, publication;
} reading;

/** The open line is the publication's title: the first head after the masthead's, or the <intitule>. */
static vb_status take_title(reading *r)
{
    const vb_prose_sink *s = &r->prose.sinks[r->prose.depth];
    if (r->known->title.len || !s->line.len) return VB_OK;
    if (memchr(s->line.at, 1, s->line.len))
        return VB_OK; /* a note is called in it: the text says it better */
    return vb_arena_copy(r->prose.arena, (vb_str){ s->line.at, s->line.len }, &r->known->title);
}

/** "Officiële uitgave van de gemeente Oldambt.": who publishes it, in the open line. */
static vb_status take_publisher(reading *r)
{
    static const char *const opening = "Offici\xc3\xable uitgave van ";
    const vb_prose_sink *s = &r->prose.sinks[r->prose.depth];
    vb_str words = { s->line.at, s->line.len };
    if (r->file->sender.len || !vb_str_starts(words, vb_str_of(opening))) return VB_OK;
    words = vb_str_part(words, strlen(opening), words.len);
    if (vb_str_starts(words, VB_STR("het Koninkrijk"))) return VB_OK; /* every ministry's Staatscourant */
    if (vb_str_starts(words, VB_STR("de ")) || vb_str_starts(words, VB_STR("het ")))
        words = vb_str_part(words, (size_t)((const char *)memchr(words.at, ' ', words.len) - words.at) + 1,
                            words.len);
    while (words.len && strchr(" .", words.at[words.len - 1])) words.len--;
    return vb_arena_copy(r->prose.arena, words, &r->file->sender);
}

/** <datum isodatum="2018-03-09">: the first is the day of signing, later ones those of publishing. */
static vb_status take_date(reading *r, const vb_tag *tag)
{
    vb_str date = vb_tag_get(tag, "isodatum");
    if (r->file->date.len || date.len < 10 || date.at[4] != '-' || date.at[7] != '-') return VB_OK;
    return vb_arena_copy(r->prose.arena, vb_str_part(date, 0, 10), &r->file->date);
}

static vb_status end_line(reading *r)
{
    if (!vb_prose_has_words(&r->prose)) return VB_OK;
    bool heading = r->in_head > 0;
    if (heading && r->n_heads == 2 && r->publication && take_title(r) != VB_OK) return VB_NO_MEMORY;
    return vb_prose_end(&r->prose, heading ? VB_BLOCK_HEADING : VB_BLOCK_PARAGRAPH,
                        !heading         ? 0
                        : r->n_heads > 2 ? 3
                                         : (uint8_t)r->n_heads);
}

/* ---- metadata ----------------------------------------------------------------------------------------- */

/** "https://.../gmb-2017-100002/metadata.xml" names the publication. */
static vb_status take_record(reading *r, vb_str address)
{
    if (!vb_str_ends(address, VB_STR("/metadata.xml"))) return VB_OK;
    address.len -= strlen("/metadata.xml");
    const char *slash = memrchr(address.at, '/', address.len);
    if (!slash) return VB_OK;
    vb_str number = vb_str_part(address, (size_t)(slash - address.at) + 1, address.len);
    return number.len && !r->known->number.len ? vb_arena_copy(r->prose.arena, number, &r->known->number)
                                               : VB_OK;
}

static vb_status take_meta(reading *r, const vb_tag *tag)
{
    vb_str name = vb_tag_get(tag, "name"), value = vb_tag_get(tag, "content");
    if (vb_str_eq(name, VB_STR("OVERHEIDop.externMetadataRecord"))) return take_record(r, value);
    return vb_official_meta(r->prose.arena, name, value, r->known, r->file);
}

/** Dublin Core as elements: <dcterms:title>. */
static void open_dublin(reading *r, const vb_tag *tag)
{
    r->value = vb_tag_is(tag, "title")        ? &r->known->title
               : vb_tag_is(tag, "identifier") ? &r->known->number
               : vb_tag_is(tag, "issued")     ? &r->file->date
               : vb_tag_is(tag, "creator")    ? &r->file->sender
                                              : NULL;
    if (r->value && r->value->len) r->value = NULL; /* the first says it */
}

/* ---- elements ----------------------------------------------------------------------------------------- */

static vb_status open_note(reading *r)
{
    char key[KEY_MAX];
    vb_status status;
    int n = snprintf(key, sizeof key, "%u", (unsigned)++r->n_notes);
    TRY(vb_prose_call(&r->prose, (vb_str){ key, (size_t)n }));
    TRY(vb_prose_open(&r->prose, VB_PROSE_NOTE, (vb_str){ key, (size_t)n }));
done:
    return status;
}

/** A block starts a line, unless nothing but its number stands in the one that is open. */
static vb_status open_block(reading *r)
{
    return r->labelled || r->in_head ? VB_OK : end_line(r);
}

static vb_status open_head(reading *r)
{
    vb_status status = end_line(r);
    if (!r->in_head++) r->n_heads++;
    return status;
}

static bool opens_meta(const vb_tag *tag)
{
    return vb_tag_is(tag, "meta") && !vb_tag_get(tag, "name").at;
}

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    if (!r->n_elements++) {
        r->only_meta = vb_tag_is(tag, "metadata_gegevens");
        r->publication = vb_tag_is(tag, "officiele-publicatie");
    }
    if (vb_tag_is(tag, "toestand") && !r->known->number.len &&
        vb_arena_copy(r->prose.arena, vb_tag_get(tag, "bwb-id"), &r->known->number) != VB_OK)
        return VB_NO_MEMORY;
    if (r->only_meta) return vb_tag_is(tag, "metadata") ? take_meta(r, tag) : VB_OK;
    if (vb_tag_is(tag, "meta") && !opens_meta(tag)) return take_meta(r, tag);
    if (opens_meta(tag)) r->in_meta = true;
    if (r->in_meta) {
        open_dublin(r, tag);
        return VB_OK;
    }
    if (vb_tag_is(tag, "datum") && take_date(r, tag) != VB_OK) return VB_NO_MEMORY;
    switch (role_of(tag->name)) {
    case ROLE_SKIP:
        tag->skip = true;
        return VB_OK;
    case ROLE_HEAD:
        return open_head(r);
    case ROLE_NOTE:
        return open_note(r);
    case ROLE_ROW:
        return vb_prose_open(&r->prose, VB_PROSE_ROW, VB_STR(""));
    case ROLE_CELL:
        return vb_prose_open(&r->prose, VB_PROSE_CELL, VB_STR(""));
    case ROLE_LABEL:
        r->labelled = false;
        return end_line(r);
    case ROLE_BREAK:
        return end_line(r);
    case ROLE_BLOCK:
        return open_block(r);
    case ROLE_INLINE:
    case ROLE_WORD:
        break;
    }
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    reading *r = context;
    vb_status status = VB_OK;
    r->value = NULL;
    if (r->in_meta) {
        if (vb_tag_is(tag, "meta")) r->in_meta = false;
        return VB_OK;
    }
    if (r->only_meta || vb_tag_is(tag, "meta")) return VB_OK;
    switch (role_of(tag->name)) {
    case ROLE_HEAD:
        if (vb_tag_is(tag, "subtitel") && take_publisher(r) != VB_OK) return VB_NO_MEMORY;
        status = end_line(r);
        if (r->in_head) r->in_head--;
        return status;
    case ROLE_LABEL:
        r->labelled = vb_prose_has_words(&r->prose);
        return vb_prose_text(&r->prose, VB_STR(" "));
    case ROLE_WORD:
        r->word_ended = true;
        return VB_OK;
    case ROLE_NOTE:
    case ROLE_ROW:
    case ROLE_CELL:
        return vb_prose_close(&r->prose);
    case ROLE_BLOCK:
        if (r->labelled && !vb_tag_is(tag, "al")) return VB_OK;
        r->labelled = false;
        if (r->in_head) return VB_OK;
        if (vb_tag_is(tag, "intitule") && take_title(r) != VB_OK) return VB_NO_MEMORY;
        return vb_tag_is(tag, "al") ? vb_prose_gap(&r->prose) : end_line(r);
    case ROLE_INLINE:
    case ROLE_SKIP:
    case ROLE_BREAK:
        break;
    }
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    vb_str words = vb_str_trim(text);
    if (r->in_meta || r->only_meta)
        return r->value && words.len ? vb_arena_copy(r->prose.arena, words, r->value) : VB_OK;
    if (words.len) {
        vb_status status =
            r->word_ended && !strchr(",.;:)", text.at[0]) ? vb_prose_text(&r->prose, VB_STR(" ")) : VB_OK;
        if (status != VB_OK) return status;
        r->labelled = r->word_ended = false;
    }
    return vb_prose_text(&r->prose, text);
}

static vb_status walk(reading *r, vb_str xml, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    return vb_prose_fail(vb_xml_walk(xml, &handlers, r, err), err);
}

vb_status vb_official_metadata(vb_str xml, vb_arena *arena, vb_source *out, vb_error *err)
{
    reading *r = vb_arena_get(arena, sizeof *r);
    if (!r) return vb_fail_memory(err);
    vb_prose_start(&r->prose, arena);
    r->known = &out->metadata;
    r->file = &out->properties;
    return walk(r, xml, err);
}

/** XML that says nothing of its encoding is UTF-8; where it is not, plain text's ways find out. */
static vb_status decode(vb_str *bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_str head = vb_str_part(*bytes, 0, 200);
    vb_source text = { 0 };
    if (vb_str_find(head, VB_STR("encoding="), 0) != SIZE_MAX || vb_utf8_check(*bytes) == bytes->len ||
        vb_str_starts(head, VB_STR("\xff\xfe")) || vb_str_starts(head, VB_STR("\xfe\xff")))
        return VB_OK;
    vb_status status = vb_text_read(*bytes, arena, &text, err);
    if (status != VB_OK) return status;
    *bytes = text.text;
    out->note = text.note;
    return VB_OK;
}

vb_status vb_official_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    reading *r = vb_arena_get(arena, sizeof *r);
    if (!r) return vb_fail_memory(err);
    vb_prose_start(&r->prose, arena);
    r->known = &out->metadata;
    r->file = &out->properties;
    TRY(decode(&bytes, arena, out, err));
    TRY(walk(r, bytes, err));
    if (r->only_meta) return vb_fail(err, VB_BAD_INPUT, "metadata of a publication, without its text");
    TRY(vb_prose_finish(&r->prose, out, err));
done:
    return status;
}

bool vb_official_sniff(vb_str bytes)
{
    static const char *const roots[] = { "<?xml ",        "<officiele-publicatie", "<toestand", "<wetgeving",
                                         "<cvdr",         "<metadata_gegevens",    "<kamerwrk", "<staatsblad",
                                         "<staatscourant" };
    if (vb_str_starts(bytes, VB_STR("\xff\xfe<")) || vb_str_starts(bytes, VB_STR("\xfe\xff\0<"))) return true;
    if (vb_str_starts(bytes, VB_STR("\xef\xbb\xbf"))) bytes = vb_str_part(bytes, 3, bytes.len);
    bytes = vb_str_trim(bytes);
    for (size_t i = 0; i < VB_COUNT(roots); i++)
        if (vb_str_starts(bytes, vb_str_of(roots[i]))) return true;
    return false;
}

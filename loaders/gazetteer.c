/**
 * Gazetteers: tables of names, read into the lexicon. Every table has the same columns and one row a thing:
 *
 *   key            the node's key, as the ontology asks
 *   name           its canonical name
 *   abbreviations  matched as they are written, separated by " ; "
 *   aliases        other names, separated by " ; "
 *   part_of        key of what it lies in or belongs to
 *
 * A mark before a name says how it is matched: "?" it is an ordinary word too and needs context, "~" in lower
 * case as well, "=" as it is written, "-" not at all. The canonical name is shown without its mark.
 */
#include "loaders/names.h"

/* room for the built-in tables, at once; larger ones grow */
enum { FIRST_SLOTS = 1 << 16, FIRST_KNOWN = 9728, FIRST_NAMES = 14336, FIRST_NODES = 30720 };

/* Of two things with the same name the one in the earlier table stands first. */
static const vb_gazetteer_table tables[] = {
    { "loaders/gazetteer/ministries.tsv", "gazetteer:ministries", VB_LABEL_MINISTRY, "key", "portfolios", 0 },
    { "loaders/gazetteer/parties.tsv", "gazetteer:parties", VB_LABEL_PARTY, "key", NULL, 0 },
    { "loaders/gazetteer/countries_more.tsv", "gazetteer:countries", VB_LABEL_COUNTRY, "key", NULL,
      VB_NAME_PLACE },
    { "loaders/gazetteer/countries.tsv", "gazetteer:countries", VB_LABEL_COUNTRY, "code", NULL,
      VB_NAME_PLACE },
    { "loaders/gazetteer/regions.tsv", "gazetteer:regions", VB_LABEL_REGION, "key", NULL, VB_NAME_PLACE },
    { "loaders/gazetteer/municipalities.tsv", "gazetteer:municipalities", VB_LABEL_MUNICIPALITY, "key", NULL,
      VB_NAME_PLACE },
    { "loaders/gazetteer/organisations_more.tsv", "gazetteer:organisations", VB_LABEL_ORGANISATION, "key",
      NULL, 0 },
    { "loaders/gazetteer/organisations.tsv", "gazetteer:organisations", VB_LABEL_ORGANISATION, "key", NULL,
      0 },
    { "loaders/gazetteer/laws_more.tsv", "gazetteer:laws", VB_LABEL_LAW, "key", NULL, VB_NAME_ANY_CASE },
    { "loaders/gazetteer/laws.tsv", "gazetteer:laws", VB_LABEL_LAW, "key", NULL, VB_NAME_ANY_CASE },
    { "loaders/gazetteer/eu_laws.tsv", "gazetteer:eu_laws", VB_LABEL_LAW, "key", NULL, VB_NAME_ANY_CASE },
    { "loaders/gazetteer/programmes.tsv", "gazetteer:programmes", VB_LABEL_PROGRAMME, "key", NULL, 0 },
    { "loaders/gazetteer/documents.tsv", "gazetteer:documents", VB_LABEL_DOCUMENT, "key", NULL, 0 },
};

const vb_gazetteer_table *vb_gazetteer_tables(size_t *n)
{
    *n = VB_COUNT(tables);
    return tables;
}

bool vb_gazetteer_marks(vb_str *name, uint8_t *flags)
{
    bool matched = true;
    for (; name->len; *name = vb_str_part(*name, 1, name->len)) {
        char c = name->at[0];
        if (c == '?')
            *flags |= VB_NAME_CONTEXT;
        else if (c == '~')
            *flags |= VB_NAME_ANY_CASE;
        else if (c == '=')
            *flags = (uint8_t)((*flags | VB_NAME_EXACT) & ~VB_NAME_ANY_CASE);
        else if (c == '-')
            matched = false;
        else
            break;
    }
    return matched;
}

static vb_status add_names(vb_lexicon *lexicon, vb_str cell, uint32_t known, uint8_t flags)
{
    vb_status status = VB_OK;
    while (cell.len) {
        size_t cut = vb_str_find(cell, VB_STR(" ; "), 0);
        vb_str name = vb_str_part(cell, 0, cut);
        uint8_t own = flags;
        if (vb_gazetteer_marks(&name, &own)) TRY(vb_lexicon_add(lexicon, name, known, own));
        if (cut == SIZE_MAX) break;
        cell = vb_str_part(cell, cut + 3, cell.len);
    }
done:
    return status;
}

static vb_status add_row(vb_lexicon *lexicon, const vb_gazetteer_table *t, const vb_tsv *row)
{
    vb_status status;
    uint32_t known = (uint32_t)lexicon->known.len;
    vb_str name = vb_tsv_get(row, "name");
    uint8_t flags = t->flags;
    TRY(vb_push(lexicon->arena, &lexicon->known));
    bool matched = vb_gazetteer_marks(&name, &flags);
    lexicon->known.at[known] = (vb_known){ .label = t->label,
                                           .key = vb_tsv_get(row, t->key),
                                           .name = name,
                                           .part_of = vb_tsv_get(row, "part_of"),
                                           .rule = t->rule,
                                           .lies_in = VB_NONE,
                                           .first_name = VB_NONE };
    if (matched) TRY(vb_lexicon_add(lexicon, name, known, flags));
    TRY(add_names(lexicon, vb_tsv_get(row, "abbreviations"), known, VB_NAME_EXACT | VB_NAME_ALIAS));
    TRY(add_names(lexicon, vb_tsv_get(row, "aliases"), known, (uint8_t)(t->flags | VB_NAME_ALIAS)));
    if (t->portfolio) TRY(add_names(lexicon, vb_tsv_get(row, t->portfolio), known, VB_NAME_PORTFOLIO));
done:
    return status;
}

static vb_status read_table(vb_names *names, const vb_gazetteer_table *t, const char *data_dir, vb_error *err)
{
    vb_status status;
    vb_tsv row = { .name = t->path };
    TRY(vb_data_read(data_dir, t->path, names->arena, &row.text, err));
    while (vb_tsv_next(&row)) {
        if (!vb_tsv_get(&row, t->key).len || !vb_tsv_get(&row, "name").len) {
            if (err) err->line = row.line;
            status = vb_fail(err, VB_BAD_INPUT, "%s:%u: a row needs %s and name", t->path, row.line, t->key);
            goto done;
        }
        if (add_row(&names->lexicon, t, &row) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    }
    status = VB_OK;
done:
    return status;
}

/** The place of the region with @p key among @p regions, or the free place where it belongs. */
static size_t region_place(const vb_lexicon *lexicon, const uint32_t *regions, size_t size, vb_str key)
{
    size_t i = (size_t)vb_hash(key) & (size - 1);
    while (regions[i] && !vb_str_eq(lexicon->known.at[regions[i] - 1].key, key)) i = (i + 1) & (size - 1);
    return i;
}

/** Find for every place the region that it lies in: of several with one key the first. */
static vb_status tie_places(vb_lexicon *lexicon)
{
    size_t n = 0, size = 16;
    for (size_t i = 0; i < lexicon->known.len; i++) n += lexicon->known.at[i].label == VB_LABEL_REGION;
    while (size < n * 2) size *= 2;
    uint32_t *regions = vb_arena_array(lexicon->arena, size, sizeof *regions);
    if (!regions) return VB_NO_MEMORY;
    for (size_t i = 0; i < lexicon->known.len; i++) {
        if (lexicon->known.at[i].label != VB_LABEL_REGION) continue;
        size_t place = region_place(lexicon, regions, size, lexicon->known.at[i].key);
        if (!regions[place]) regions[place] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < lexicon->known.len; i++) {
        vb_known *known = &lexicon->known.at[i];
        bool lies = known->label == VB_LABEL_MUNICIPALITY || known->label == VB_LABEL_REGION;
        if (!lies || !known->part_of.len) continue;
        uint32_t region = regions[region_place(lexicon, regions, size, known->part_of)];
        if (region) known->lies_in = region - 1;
    }
    return VB_OK;
}

vb_status vb_gazetteer_read(vb_names *names, const char *data_dir, vb_error *err)
{
    vb_status status;
    TRY(vb_lexicon_init(&names->lexicon, names->arena, FIRST_SLOTS));
    names->lexicon.of = VB_LEX_NAMES;
    TRY(vb_reserve(names->arena, &names->lexicon.known, FIRST_KNOWN));
    TRY(vb_reserve(names->arena, &names->lexicon.names, FIRST_NAMES));
    TRY(vb_reserve(names->arena, &names->lexicon.first, FIRST_NODES));
    for (size_t i = 0; i < VB_COUNT(tables); i++) TRY(read_table(names, &tables[i], data_dir, err));
    TRY(tie_places(&names->lexicon));
done:
    return status;
}

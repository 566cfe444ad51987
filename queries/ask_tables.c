/**
 * Names as questions write them (queries/patterns/names.tsv, and the English and Dutch names of countries)
 * and the example questions (examples.tsv), compiled.
 */
#include "queries/ask_tables.h"

#include <stdlib.h>

static bool find_kind(vb_str name, ask_alias_kind *out)
{
    static const char *const kinds[] = { "name", "place", "word" };
    for (size_t i = 0; i < VB_COUNT(kinds); i++)
        if (vb_str_eq(name, vb_str_of(kinds[i]))) {
            *out = (ask_alias_kind)i;
            return true;
        }
    return false;
}

static vb_status add_alias(vb_asker *asker, vb_str text, const ask_alias *like)
{
    vb_status status;
    vb_str *forms;
    size_t n;
    TRY(vb_ask_split(asker->arena, text, ";", true, &forms, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(vb_push(asker->arena, &asker->aliases));
        asker->aliases.at[asker->aliases.len - 1] = *like;
        asker->aliases.at[asker->aliases.len - 1].text = forms[i];
    }
done:
    return status;
}

static vb_status read_names(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/names.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        ask_alias like = { 0 };
        if (!find_kind(vb_tsv_get(&t, "as"), &like.kind)) {
            status = vb_ask_table_fail(&t, err, "name, place or word is wanted", vb_tsv_get(&t, "as"));
            goto done;
        }
        if (like.kind == ASK_ALIAS_PLACE) like.mask = VB_MASK_PLACE;
        TRY(vb_ask_split(asker->arena, vb_tsv_get(&t, "name"), ";", true, &like.names, &like.n_names));
        TRY(add_alias(asker, vb_tsv_get(&t, "text"), &like));
    }
    status = VB_OK;
done:
    return status;
}

/** "Kenya" and "Kenia" are the country KE. */
static vb_status read_countries(vb_asker *asker, const char *dir, vb_error *err)
{
    static const char *const columns[] = { "name", "aliases", "english" };
    vb_status status;
    vb_tsv t = { .name = "loaders/gazetteer/countries.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        ask_alias like = { .kind = ASK_ALIAS_NAME, .mask = VB_MASK_COUNTRY, .n_names = 2 };
        like.names = vb_arena_array(asker->arena, like.n_names, sizeof *like.names);
        if (!like.names) {
            status = vb_fail_memory(err);
            goto done;
        }
        like.names[0] = vb_tsv_get(&t, "code"); /* the key; then the name, where a store has other keys */
        TRY(vb_fold(asker->arena, vb_tsv_get(&t, "name"), &like.names[1]));
        for (size_t i = 0; i < VB_COUNT(columns); i++)
            TRY(add_alias(asker, vb_tsv_get(&t, columns[i]), &like));
    }
    status = VB_OK;
done:
    return status;
}

static vb_status read_examples(vb_asker *asker, const char *dir, vb_error *err)
{
    vb_status status;
    vb_tsv t = { .name = "queries/patterns/examples.tsv" };
    TRY(vb_data_read(dir, t.name, asker->arena, &t.text, err));
    while (vb_tsv_next(&t)) {
        TRY(vb_push(asker->arena, &asker->examples));
        ask_example *e = &asker->examples.at[asker->examples.len - 1];
        e->what = vb_tsv_get(&t, "relation");
        e->text[ASK_DUTCH] = vb_tsv_get(&t, "nl");
        e->text[ASK_ENGLISH] = vb_tsv_get(&t, "en");
    }
    status = VB_OK;
done:
    return status;
}

static int by_text(const void *a, const void *b)
{
    return vb_str_cmp(((const ask_alias *)a)->text, ((const ask_alias *)b)->text);
}

const ask_alias *vb_ask_alias_find(const vb_asker *asker, vb_str text)
{
    const ask_alias key = { .text = text };
    if (!asker->aliases.len) return NULL;
    return bsearch(&key, asker->aliases.at, asker->aliases.len, sizeof key, by_text);
}

vb_status vb_ask_tables_read(vb_asker *asker, const char *data_dir, vb_error *err)
{
    vb_status status;
    TRY(read_names(asker, data_dir, err));
    TRY(read_countries(asker, data_dir, err));
    TRY(read_examples(asker, data_dir, err));
    if (asker->aliases.len) qsort(asker->aliases.at, asker->aliases.len, sizeof *asker->aliases.at, by_text);
done:
    return status;
}

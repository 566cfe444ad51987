/** Unit tests of the formats: what is known by its content, what prose makes of pieces, programs kept in
 * limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "loaders/formats.h"
#include "loaders/markup.h"
#include "loaders/process.h"
#include "loaders/prose.h"

typedef struct sample {
    const char *name, *bytes, *want; /* want: the text, or, when it is refused, "! " and the reason */
} sample;

static const sample samples[] = {
    { "plain text stays as it is", "Geachte voorzitter,\n\nx < y\n", "Geachte voorzitter,\n\nx < y\n" },
    { "a text that opens with a bracket is no HTML", "<Geachte voorzitter>", "<Geachte voorzitter>" },
    { "HTML without its site",
      "<!DOCTYPE html><html><body><nav>Menu</nav><p>Beste&nbsp;lezer</p><script>x</script></body></html>",
      "Beste lezer\n" },
    { "the main part of a page alone",
      "<html><body><p>Kop van de site</p><div id='broodtekst'><h1>Besluit</h1><p>Tekst</p></div>voet</body>",
      "Besluit\n\nTekst\n" },
    { "lists of HTML have numbers", "<html><ol start=2><li>een<li>twee</ol><ul><li>drie</ul>",
      "2. een\n3. twee\n\n- drie\n" },
    { "an item's own number stays alone",
      "<html><ul "
      "class='expliciet'><li><p><span>a.</span>een</p></ul><ul><li><span>\xe2\x80\xa2</span><p>twee</ul>",
      "a. een\n\n\xe2\x80\xa2 twee\n" },
    { "notes of HTML are tied",
      "<html><p>een<a href='#n1'>1</a> twee</p><p id='n1'><a href='#terug'>1</a> bron</p>",
      "een[1] twee\n\n[1] bron\n" },
    { "a link by a word calls nothing", "<html><p>zie <a href='#a'>artikel 1</a></p><p id='a'>Artikel 1</p>",
      "zie artikel 1\n\nArtikel 1\n" },
    { "rows of HTML", "<html><table><tr><th>a<th>b<tr><td>c<td>d</table>", "a\tb\nc\td\n" },
    { "XML of a publication",
      "<officiele-publicatie><kop><label>Artikel</label> <nr>1</nr></kop><lijst><li><li.nr>a.</li.nr><al>een"
      "<noot><noot.nr>7</noot.nr><noot.al>bron</noot.al></noot></al></li></lijst></officiele-publicatie>",
      "Artikel 1\na. een[1]\n\n[1] bron\n" },
    { "who signs stands on lines of their own",
      "<officiele-publicatie><ondertekening><functie>De minister,</functie><naam><voornaam>A.</voornaam>"
      "<achternaam>Vries</achternaam></naam></ondertekening></officiele-publicatie>",
      "De minister,\nA. Vries\n" },
    { "broken XML says its line", "<?xml version='1.0'?>\n<al>\n<b></al>", "! XML line 3" },
    { "entities are not read", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
      "! entities" },
    { "XML in Windows-1252 that does not say so", "<?xml version='1.0'?><al>Frysl\xe2n</al>",
      "Frysl\xc3\xa2n\n" },
    { "XML that says its encoding",
      "<?xml version='1.0' encoding='windows-1252'?><al>\x93"
      "Frysl\xe2n\x94</al>",
      "\xe2\x80\x9c"
      "Frysl\xc3\xa2n\xe2\x80\x9d\n" },
    { "HTML in Windows-1252", "<html><meta charset='windows-1252'><p>Frysl\xe2n", "Frysl\xc3\xa2n\n" },
    { "XML without words", "<?xml version='1.0'?><a/>", "! no text" },
    { "a broken ZIP", "PK\3\4 and nothing more", "! broken ZIP" },
    { "a broken PDF", "%PDF-1.4 and nothing more", "! broken PDF" },
    { "Word before 2007", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "! DOC" },
    { "nothing", " \n", "! empty" },
};

static void reads(void **state)
{
    const sample *s = *state;
    vb_error err = { 0 };
    vb_source source = { 0 };
    vb_arena *arena = vb_arena_new();
    vb_status status = vb_format_read(vb_str_of(s->bytes), arena, &source, &err);
    if (s->want[0] == '!') {
        assert_int_equal(status, VB_BAD_INPUT);
        if (!strstr(err.message, s->want + 2)) assert_string_equal(err.message, s->want + 2);
        assert_null(source.text.at); /* untouched */
    } else {
        assert_string_equal(err.message, "");
        assert_int_equal(status, VB_OK);
        assert_int_equal(source.text.len, strlen(s->want));
        assert_memory_equal(source.text.at, s->want, source.text.len);
    }
    vb_arena_free(arena);
}

/** UTF-16 of both orders, with a mark and without. */
static void utf16_is_found(void **state)
{
    static const vb_str rows[] = {
        { "\xff\xfe"
          "F\0r\0y\0s\0l\0\xe2\0n\0",
          16 },
        { "\xfe\xff\0F\0r\0y\0s\0l\0\xe2\0n", 16 },
        { "F\0r\0y\0s\0l\0\xe2\0n\0", 14 },
        { "\0F\0r\0y\0s\0l\0\xe2\0n", 14 },
    };
    (void)state;
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        vb_error err = { 0 };
        vb_source source = { 0 };
        vb_arena *arena = vb_arena_new();
        assert_int_equal(vb_format_read(rows[i], arena, &source, &err), VB_OK);
        assert_true(vb_str_eq(source.text, VB_STR("Frysl\xc3\xa2n")));
        vb_arena_free(arena);
    }
}

/** Headings are told to the view, and the view makes them. */
static void headings_reach_the_view(void **state)
{
    (void)state;
    vb_error err = { 0 };
    vb_source source = { 0 };
    vb_view view;
    vb_arena *arena = vb_arena_new();
    vb_str html = VB_STR("<html><h2>en zo verder.</h2><p>De tekst.</p><h3>Vraag 1</h3><p>Waarom?</p>");
    assert_int_equal(vb_format_read(html, arena, &source, &err), VB_OK);
    assert_int_equal(source.n_hints, 2);
    assert_int_equal(vb_view_make(&source, arena, &view, &err), VB_OK);
    assert_int_equal(view.blocks[0].kind, VB_BLOCK_HEADING);
    assert_int_equal(view.blocks[0].level, 2);
    assert_int_equal(view.blocks[2].section, VB_SECTION_QUESTION); /* a marker stays one */
    vb_arena_free(arena);
}

static void metadata_of_pages(void **state)
{
    (void)state;
    vb_error err = { 0 };
    vb_source source = { 0 };
    vb_arena *arena = vb_arena_new();
    vb_str html = VB_STR("<html><head><title>Pagina</title><meta name='DC.title' content='Besluit A'>"
                         "<meta name='DC.identifier' content='stb-2014-296'>"
                         "<meta name='DCTERMS.issued' content='29-07-2014'></head><body><p>x y</p>");
    assert_int_equal(vb_format_read(html, arena, &source, &err), VB_OK);
    assert_true(vb_str_eq(source.metadata.title, VB_STR("Besluit A")));
    assert_true(vb_str_eq(source.metadata.number, VB_STR("stb-2014-296")));
    assert_true(vb_str_eq(source.properties.date, VB_STR("2014-07-29")));
    assert_true(vb_str_eq(source.properties.title, VB_STR("Pagina")));
    vb_arena_free(arena);
}

static void sinks_have_a_limit(void **state)
{
    (void)state;
    vb_status status = VB_OK;
    vb_arena *arena = vb_arena_new();
    vb_prose *p = vb_arena_get(arena, sizeof *p);
    vb_prose_start(p, arena);
    for (int i = 0; i < VB_PROSE_DEPTH_MAX && status == VB_OK; i++)
        status = vb_prose_open(p, VB_PROSE_BOX, VB_STR(""));
    assert_int_equal(status, VB_TOO_LARGE);
    vb_arena_free(arena);
}

static void numbers_of_lists(void **state)
{
    static const struct {
        char format;
        int n;
        const char *want;
    } rows[] = {
        { '1', 12, "12" }, { 'a', 3, "c" }, { 'A', 28, "BB" }, { 'i', 14, "xiv" }, { 'I', 9, "IX" }
    };
    (void)state;
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        char got[VB_PROSE_NUMBER_MAX];
        (void)vb_prose_number(rows[i].format, rows[i].n, got);
        assert_string_equal(got, rows[i].want);
    }
}

static vb_status run(const char *const *argv, vb_str input, size_t output, vb_buf *out, vb_process_end *end)
{
    vb_process_limits limits = { 1, (size_t)1 << 30, output };
    vb_error err = { 0 };
    return vb_process_run(argv, input, &limits, out, end, &err);
}

static void programs_are_kept_in_limits(void **state)
{
    static const char *const cat[] = { "cat", NULL }, *const wait[] = { "sleep", "9", NULL },
                             *const none[] = { "no-such-program-here", NULL },
                             *const no[] = { "false", NULL };
    (void)state;
    vb_buf out = { 0 };
    vb_process_end end;
    assert_int_equal(run(cat, VB_STR("in en uit"), 100, &out, &end), VB_OK);
    assert_true(vb_str_eq(vb_buf_view(&out), VB_STR("in en uit")));
    assert_int_equal(end.code, 0);
    vb_buf_clear(&out);
    assert_int_equal(run(cat, VB_STR("in en uit"), 4, &out, &end), VB_TOO_LARGE);
    assert_int_equal(run(wait, VB_STR(""), 4, &out, &end), VB_TOO_LARGE);
    assert_int_equal(run(none, VB_STR(""), 4, &out, &end), VB_NOT_FOUND);
    assert_int_equal(run(no, VB_STR(""), 4, &out, &end), VB_OK);
    assert_int_equal(end.code, 1);
    assert_null(out.at);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples)];
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = reads,
                                        .initial_state = (void *)(uintptr_t)&samples[i] };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(utf16_is_found),    cmocka_unit_test(headings_reach_the_view),
        cmocka_unit_test(metadata_of_pages), cmocka_unit_test(sinks_have_a_limit),
        cmocka_unit_test(numbers_of_lists),  cmocka_unit_test(programs_are_kept_in_limits),
    };
    int failed = cmocka_run_group_tests_name("formats", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("formats: parts", others, NULL, NULL);
}

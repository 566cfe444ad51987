/** Unit tests of loaders/memo.c: what was remembered is found again, by its letters alone. */
#include "loaders/memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

typedef struct thing {
    vb_memo_item item;
    unsigned number;
} thing;

enum { WORDS = 40000 }; /* more than one memory takes along */

/** The @p n th word: of one letter to some twenty, many of them alike but for one place. */
static vb_str word_of(unsigned n, char *room, size_t size)
{
    static const char *const ends[] = { "", "heid", "-en regelgeving", "\xc3\xab", "aanpassingswet" };
    int len = snprintf(room, size, "%s%x%s", n % 3 ? "z" : "", n, ends[n % VB_COUNT(ends)]);
    return (vb_str){ room, (size_t)len };
}

static void finds_every_word_again(void **state)
{
    char room[64];
    vb_memo memo;
    (void)state;
    assert_int_equal(vb_memo_init(&memo, sizeof(thing)), VB_OK);
    for (unsigned n = 0; n < WORDS; n++) {
        vb_str word = word_of(n, room, sizeof room);
        uint64_t hash = vb_memo_hash(word);
        assert_null(vb_memo_find(&memo, word, hash));
        thing *new = vb_memo_add(&memo, word, hash);
        assert_non_null(new);
        assert_int_equal(new->number, 0);
        new->number = n + 1;
    }
    for (unsigned n = 0; n < WORDS; n++) {
        vb_str word = word_of(n, room, sizeof room);
        vb_memo_expect(&memo, vb_memo_hash(word));
        vb_memo_bring(&memo, vb_memo_hash(word));
        const thing *known = vb_memo_find(&memo, word, vb_memo_hash(word));
        assert_non_null(known);
        assert_int_equal(known->number, n + 1);
        assert_true(vb_str_eq(known->item.word, word));
    }
    vb_memo_clear(&memo);
}

/** Two words are told apart although their hash is the same: here by saying that it is. */
static void looks_at_the_letters(void **state)
{
    vb_memo memo;
    (void)state;
    assert_int_equal(vb_memo_init(&memo, sizeof(thing)), VB_OK);
    thing *one = vb_memo_add(&memo, VB_STR("arbeidsinspectie"), 1);
    thing *two = vb_memo_add(&memo, VB_STR("arbeidsvoorraden"), 1);
    thing *three = vb_memo_add(&memo, VB_STR("arbeid"), 1);
    assert_ptr_equal(vb_memo_find(&memo, VB_STR("arbeidsinspectie"), 1), one);
    assert_ptr_equal(vb_memo_find(&memo, VB_STR("arbeidsvoorraden"), 1), two);
    assert_ptr_equal(vb_memo_find(&memo, VB_STR("arbeid"), 1), three);
    assert_null(vb_memo_find(&memo, VB_STR("arbeidsgeneraals"), 1));
    vb_memo_clear(&memo);
}

/** Of short words the hash alone decides: no two of one length have the same. */
static void short_words_never_meet(void **state)
{
    uint64_t seen[256];
    (void)state;
    for (unsigned place = 0; place < 8; place++) {
        for (unsigned c = 0; c < 256; c++) {
            char word[8] = "abcdefgh";
            word[place] = (char)c;
            seen[c] = vb_memo_hash((vb_str){ word, sizeof word });
            for (unsigned k = 0; k < c; k++) assert_true(seen[k] != seen[c]);
        }
    }
}

/** The bits that every byte is read with change the hash as they would change the letters. */
static void hashes_with_bits_as_with_letters(void **state)
{
    char room[64], lower[64];
    (void)state;
    for (unsigned n = 0; n < WORDS; n++) {
        vb_str word = word_of(n, room, sizeof room);
        for (size_t i = 0; i < word.len; i++) {
            lower[i] = (char)(room[i] | 32);
            if (n % 2) room[i] = (char)(room[i] & ~32);
        }
        assert_int_equal(vb_memo_hash_with(word, 0x2020202020202020u),
                         vb_memo_hash((vb_str){ lower, word.len }));
    }
}

static void forgets_between_documents(void **state)
{
    char room[64];
    vb_memo memo;
    (void)state;
    assert_int_equal(vb_memo_init(&memo, sizeof(thing)), VB_OK);
    assert_non_null(vb_memo_add(&memo, VB_STR("blijft"), vb_memo_hash(VB_STR("blijft"))));
    assert_int_equal(vb_memo_trim(&memo), VB_OK);
    assert_non_null(vb_memo_find(&memo, VB_STR("blijft"), vb_memo_hash(VB_STR("blijft"))));
    for (unsigned n = 0; n < WORDS; n++) {
        vb_str word = word_of(n, room, sizeof room);
        assert_non_null(vb_memo_add(&memo, word, vb_memo_hash(word)));
    }
    assert_int_equal(vb_memo_trim(&memo), VB_OK);
    assert_int_equal(memo.n_used, 0);
    assert_null(vb_memo_find(&memo, VB_STR("blijft"), vb_memo_hash(VB_STR("blijft"))));
    vb_memo_clear(&memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_word_again),    cmocka_unit_test(looks_at_the_letters),
        cmocka_unit_test(short_words_never_meet),    cmocka_unit_test(hashes_with_bits_as_with_letters),
        cmocka_unit_test(forgets_between_documents),
    };
    return cmocka_run_group_tests_name("the memory of words", tests, NULL, NULL);
}

/**
 * How many steps the library takes, counted and not timed: the same number each time, whatever else the
 * machine does. What is counted is compiled with -fsanitize-coverage=trace-pc (tests/rules.mk), which calls a
 * function of ours in each basic block; and of the C library's functions that look through memory the bytes
 * they may look at, of PCRE2's the bytes searched and each item of a pattern that was tried.
 */
#ifndef VB_TESTS_COUNTED_H
#define VB_TESTS_COUNTED_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>
#include <string.h>

static uint64_t steps_taken;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    steps_taken++;
}

/* a function that the linker puts in another's place (--wrap), and the other */
#define COUNTED(type, name, parameters, arguments, seen) \
    type __real_##name parameters;                       \
    type __wrap_##name parameters;                       \
    type __wrap_##name parameters                        \
    {                                                    \
        type result = __real_##name arguments;           \
        steps_taken += (uint64_t)(seen);                 \
        return result;                                   \
    }
#define UP_TO(from, end) ((const char *)(end) - (from) + 1)

COUNTED(int, memcmp, (const void *a, const void *b, size_t n), (a, b, n), n)
COUNTED(int, strncmp, (const char *a, const char *b, size_t n), (a, b, n), strnlen(a, n))
COUNTED(int, strcmp, (const char *a, const char *b), (a, b), strlen(a))
COUNTED(int, strncasecmp, (const char *a, const char *b, size_t n), (a, b, n), strnlen(a, n))
COUNTED(size_t, strlen, (const char *s), (s), result)
COUNTED(char *, strchr, (const char *s, int c), (s, c), result ? UP_TO(s, result) : (long)strlen(s))
COUNTED(char *, strstr, (const char *s, const char *t), (s, t), result ? UP_TO(s, result) : (long)strlen(s))
COUNTED(void *, memchr, (const void *at, int c, size_t n), (at, c, n),
        result ? UP_TO((const char *)at, result) : (long)n)
COUNTED(void *, memrchr, (const void *at, int c, size_t n), (at, c, n),
        result ? (const char *)at + n - (const char *)result : (long)n)
COUNTED(void *, memcpy, (void *to, const void *from, size_t n), (to, from, n), n)
COUNTED(void *, memmove, (void *to, const void *from, size_t n), (to, from, n), n)
COUNTED(void *, memset, (void *to, int c, size_t n), (to, c, n), n)

/** An item of a pattern is tried. */
static int count_item(pcre2_callout_block *block, void *context)
{
    (void)block;
    (void)context;
    steps_taken++;
    return 0;
}

pcre2_code *__real_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len, uint32_t options, int *number,
                                   PCRE2_SIZE *at, pcre2_compile_context *context);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len, uint32_t options, int *number,
                                   PCRE2_SIZE *at, pcre2_compile_context *context);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len, uint32_t options, int *number,
                                   PCRE2_SIZE *at, pcre2_compile_context *context)
{
    return __real_pcre2_compile_8(text, len, options | PCRE2_AUTO_CALLOUT, number, at, context);
}

int __real_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len, PCRE2_SIZE from,
                         uint32_t options, pcre2_match_data *m, pcre2_match_context *context);
int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len, PCRE2_SIZE from,
                         uint32_t options, pcre2_match_data *m, pcre2_match_context *context);
int __wrap_pcre2_match_8(const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len, PCRE2_SIZE from,
                         uint32_t options, pcre2_match_data *m, pcre2_match_context *context)
{
    pcre2_match_context *own = context ? context : pcre2_match_context_create(NULL);
    if (own) pcre2_set_callout(own, count_item, NULL);
    int code_of_match = __real_pcre2_match_8(code, text, len, from, options, m, own);
    if (!context) pcre2_match_context_free(own);
    steps_taken += (code_of_match > 0 ? pcre2_get_ovector_pointer(m)[1] : len) - from;
    return code_of_match;
}

#endif

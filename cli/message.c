/**
 * Messages, exit codes and memory: how the program speaks to people and to scripts. Everything that can come
 * out of a document is cleaned before a terminal sees it.
 */
#include "cli/output.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

cli_exit cli_exit_of(vb_status status)
{
    switch (status) {
    case VB_OK:
        return CLI_DONE;
    case VB_NOT_FOUND:
    case VB_UNKNOWN_NAME:
    case VB_AMBIGUOUS:
    case VB_UNKNOWN:
        return CLI_NOTHING;
    case VB_BAD_ARGUMENT:
        return CLI_USAGE;
    case VB_BAD_INPUT:
    case VB_BAD_UTF8:
    case VB_TOO_LARGE:
    case VB_IO:
        return CLI_BAD_INPUT;
    case VB_STORE:
    case VB_STORE_FOREIGN:
    case VB_STORE_NEWER:
    case VB_STORE_OLDER:
    case VB_NO_MEMORY:
    case VB_STOPPED:
        break;
    }
    return CLI_TROUBLE;
}

void *cli_alloc(void *old, size_t size)
{
    void *at = realloc(old, size ? size : 1);
    if (!at) {
        fputs("verband: out of memory\n", stderr);
        exit(CLI_TROUBLE);
    }
    return at;
}

void cli_buf_add(vb_buf *buf, const char *at, size_t len)
{
    if (len > SIZE_MAX / 2 - buf->len - 1) {
        fputs("verband: out of memory\n", stderr);
        exit(CLI_TROUBLE);
    }
    if (buf->len + len + 1 > buf->cap) {
        buf->cap = (buf->len + len + 1) * 2;
        buf->at = cli_alloc(buf->at, buf->cap);
    }
    if (len) memcpy(buf->at + buf->len, at, len);
    buf->len += len;
    buf->at[buf->len] = '\0';
}

void cli_buf_text(vb_buf *buf, const char *text)
{
    cli_buf_add(buf, text, strlen(text));
}

void cli_say(const char *format, ...)
{
    char line[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    vb_buf clean = { 0 };
    cli_buf_text(&clean, "verband: ");
    cli_clean(&clean, vb_str_of(line), false);
    cli_buf_text(&clean, "\n");
    fwrite(clean.at, 1, clean.len, stderr);
    vb_buf_clear(&clean);
}

vb_status cli_fail(vb_error *err, vb_status status, const char *format, ...)
{
    if (err) {
        va_list args;
        *err = (vb_error){ .status = status };
        va_start(args, format);
        vsnprintf(err->message, sizeof err->message, format, args);
        va_end(args);
    }
    return status;
}

/** What to say where the library left its error empty. */
static const char *plain_words(vb_status status)
{
    switch (cli_exit_of(status)) {
    case CLI_NOTHING:
        return "nothing found";
    case CLI_USAGE:
        return "an argument is outside what the command takes";
    case CLI_BAD_INPUT:
        return "the input cannot be read";
    default:
        return status == VB_NO_MEMORY ? "out of memory" : "the store cannot be used";
    }
}

cli_exit cli_report(vb_status status, const vb_error *err)
{
    if (status != VB_OK) cli_say("%s", err && err->message[0] ? err->message : plain_words(status));
    return cli_exit_of(status);
}

cli_exit cli_nothing(const char *why)
{
    cli_say("%s", why);
    return CLI_NOTHING;
}

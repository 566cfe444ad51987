/** A thread's reader: the memories that its documents share. */
#include "loaders/reader.h"

#include <stdlib.h>

vb_status vb_reader_new(vb_reader **out)
{
    vb_status status;
    vb_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return VB_NO_MEMORY;
    TRY(vb_stemmer_new(&reader->stemmer));
    TRY(vb_forms_init(&reader->forms));
    TRY(vb_tokens_init(&reader->tokens));
    *out = reader;
    reader = NULL;
done:
    vb_reader_free(reader);
    return status;
}

void vb_reader_free(vb_reader *reader)
{
    if (!reader) return;
    vb_stemmer_free(reader->stemmer);
    vb_memo_clear(&reader->forms);
    vb_memo_clear(&reader->tokens);
    free(reader);
}

vb_status vb_reader_trim(vb_reader *reader)
{
    vb_status status;
    TRY(vb_memo_trim(&reader->forms));
    TRY(vb_memo_trim(&reader->tokens));
done:
    return status;
}

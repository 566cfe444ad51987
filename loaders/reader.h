/** What a vb_reader holds; for the files that read documents and those that fill its memories. */
#ifndef VB_READER_H
#define VB_READER_H

#include "loaders/loaders.h"
#include "loaders/memo.h"

struct vb_reader {
    vb_stemmer *stemmer;
    vb_memo forms;  /* words as names read them: forms.c */
    vb_memo tokens; /* words as relations read them: relations_tokens.c */
};

vb_status vb_forms_init(vb_memo *memo);
vb_status vb_tokens_init(vb_memo *memo);

/** Whether a folded word is a month's name, an abbreviation of it or near enough: "mrt", "febuari". */
bool vb_word_is_month(vb_str fold);

/** Before a document: keep the memories small. */
vb_status vb_reader_trim(vb_reader *reader);

#endif

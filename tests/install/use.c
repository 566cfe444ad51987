/* A program of somebody else: built against what `make install` left, linked with the shared library. */
#include <graph/verband.h>

#include <stdio.h>

int main(void)
{
    vb_error err;
    vb_store *store = NULL;
    if (vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err) != VB_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    vb_store_close(store);
    printf("%s\n", vb_label_name(VB_LABEL_MUNICIPALITY));
    return 0;
}

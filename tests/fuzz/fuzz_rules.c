/** Fuzz target of the rule language: a file of rules is read, or refused with a line; it is one of `--data`.
 */
#include "tests/fuzz/world.h"

#include "loaders/loaders.h"

#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char folder[] = "/tmp/verband-rules-XXXXXX", path[64];
    vb_relations *relations = NULL;
    vb_error err = { 0 };
    if (!path[0]) {
        must(mkdtemp(folder) != NULL);
        snprintf(path, sizeof path, "%s/own.rules", folder);
    }
    FILE *file = fopen(path, "wb");
    must(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
    vb_status status = vb_relations_new(folder, &relations, &err);
    must(status == VB_OK || err.message[0]);
    must(status != VB_NO_MEMORY && status != VB_STORE);
    vb_relations_free(relations);
    (void)unlink(path);
    return 0;
}

/**
 * Fuzz target of the readers of graphs: files parted by 0x1e, imported together into a new store. What is
 * imported must be what the store's own check finds in order; what is refused must leave nothing behind.
 */
#include "graph/graph.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FILES_MAX = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

/** The bytes as a file; its descriptor, to be closed. */
static int write_file(vb_str bytes, char *path, size_t path_size)
{
    int fd = memfd_create("import", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
    snprintf(path, path_size, "/proc/self/fd/%d", fd);
    return fd;
}

static vb_status tell(void *context, const char *rule, const char *where)
{
    (void)context, (void)rule, (void)where;
    return VB_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char names[FILES_MAX][32];
    const char *paths[FILES_MAX];
    int fds[FILES_MAX];
    size_t n = 0, n_findings = 0;
    vb_store *store = NULL;
    vb_stats stats;
    vb_arena *arena = vb_arena_new();
    vb_str rest = { (const char *)data, size }, piece;
    while (n < FILES_MAX && vb_str_next(&rest, '\x1e', &piece)) {
        paths[n] = names[n];
        fds[n] = write_file(piece, names[n], sizeof names[n]);
        n++;
    }
    must(vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL) == VB_OK);
    vb_status status = vb_import_files(store, paths, n, NULL, NULL);
    must(arena && vb_store_stats(store, arena, &stats, NULL) == VB_OK);
    must(status == VB_OK || stats.n_nodes + stats.n_edges + stats.n_mention_edges == 0);
    must(vb_store_check(store, tell, NULL, &n_findings, NULL) == VB_OK);
    vb_store_close(store);
    vb_arena_free(arena);
    for (size_t i = 0; i < n; i++) must(close(fds[i]) == 0);
    return 0;
}

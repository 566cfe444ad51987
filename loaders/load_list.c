/**
 * Which files a load reads, and what each is called: folders are walked in the order of names, so that two
 * loads of the same folder do the same. A file is called by its name; where two are alike, by the path below
 * the folder that was asked for.
 */
#include "loaders/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 64 };

static vb_status add_file(vb_arena *arena, vb_load_files *files, vb_str path, vb_str below,
                          const struct stat *info)
{
    const char *slash = memrchr(path.at, '/', path.len);
    if (vb_push(arena, files) != VB_OK) return VB_NO_MEMORY;
    vb_load_file *f = &files->at[files->len - 1];
    f->path = path;
    f->below = below;
    f->name = slash ? vb_str_part(path, (size_t)(slash - path.at) + 1, path.len) : path;
    if (vb_str_eq(path, VB_STR("-"))) f->name = f->below = VB_STR("stdin");
    if (!f->name.len) f->name = path;
    f->device = info ? (uint64_t)info->st_dev : 0;
    f->inode = info ? (uint64_t)info->st_ino : 0;
    return VB_OK;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static vb_status walk(vb_arena *arena, vb_load_files *files, vb_str folder, size_t root, unsigned depth,
                      vb_error *err);

/** One entry of a folder: a file is added, a folder walked, a link followed when it leads to a file. */
static vb_status take_entry(vb_arena *arena, vb_load_files *files, vb_str folder, const char *name,
                            size_t root, unsigned depth, vb_error *err)
{
    vb_str path;
    struct stat info;
    bool slash = folder.len && folder.at[folder.len - 1] == '/';
    if (vb_arena_printf(arena, &path, "%s%s%s", folder.at, slash ? "" : "/", name) != VB_OK)
        return vb_fail_memory(err);
    if (lstat(path.at, &info) == 0 && S_ISDIR(info.st_mode))
        return walk(arena, files, path, root, depth + 1, err);
    if (stat(path.at, &info) != 0 || !S_ISREG(info.st_mode)) return VB_OK;
    if (add_file(arena, files, path, vb_str_part(path, root, path.len), &info) != VB_OK)
        return vb_fail_memory(err);
    return VB_OK;
}

static vb_status walk(vb_arena *arena, vb_load_files *files, vb_str folder, size_t root, unsigned depth,
                      vb_error *err)
{
    vb_status status = VB_OK;
    struct dirent **entries = NULL;
    if (depth > DEPTH_MAX)
        return vb_fail(err, VB_TOO_LARGE, "%s: folders more than %d deep", folder.at, DEPTH_MAX);
    int n = scandir(folder.at, &entries, visible, by_name);
    if (n < 0 && errno == ENOMEM) return vb_fail_memory(err);
    if (n < 0) return add_file(arena, files, folder, folder, NULL); /* reading it tells why */
    for (int i = 0; i < n; i++) {
        if (status == VB_OK) status = take_entry(arena, files, folder, entries[i]->d_name, root, depth, err);
        free(entries[i]);
    }
    free((void *)entries);
    return status;
}

typedef struct slot {
    vb_load_file *file;
} slot;

static int by_node(const void *a, const void *b)
{
    const vb_load_file *x = ((const slot *)a)->file, *y = ((const slot *)b)->file;
    if (x->device != y->device) return x->device < y->device ? -1 : 1;
    if (x->inode != y->inode) return x->inode < y->inode ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_file_name(const void *a, const void *b)
{
    const vb_load_file *x = ((const slot *)a)->file, *y = ((const slot *)b)->file;
    int c = vb_str_cmp(x->name, y->name);
    return c ? c : (x > y) - (x < y);
}

/** Take out what was given twice, then name what is alike by its path. */
static vb_status settle(vb_arena *arena, vb_load_files *files)
{
    slot *order = vb_arena_array(arena, files->len + 1, sizeof *order);
    size_t kept = 0;
    if (!order) return VB_NO_MEMORY;
    for (size_t i = 0; i < files->len; i++) order[i].file = &files->at[i];
    qsort(order, files->len, sizeof *order, by_node);
    for (size_t i = 1; i < files->len; i++)
        if (order[i].file->inode && order[i].file->inode == order[i - 1].file->inode &&
            order[i].file->device == order[i - 1].file->device)
            order[i].file->path.len = 0;
    for (size_t i = 0; i < files->len; i++)
        if (files->at[i].path.len) files->at[kept++] = files->at[i];
    files->len = kept;
    for (size_t i = 0; i < kept; i++) order[i].file = &files->at[i];
    qsort(order, kept, sizeof *order, by_file_name);
    for (size_t i = 0; i < kept;) {
        size_t end = i + 1;
        while (end < kept && vb_str_eq(order[end].file->name, order[i].file->name)) end++;
        for (size_t k = i; end - i > 1 && k < end; k++) {
            bool first = k == i || !vb_str_eq(order[k].file->below, order[k - 1].file->below);
            bool last = k + 1 == end || !vb_str_eq(order[k].file->below, order[k + 1].file->below);
            order[k].file->name = first && last ? order[k].file->below : order[k].file->path;
        }
        i = end;
    }
    return VB_OK;
}

vb_status vb_load_list(const char *const *paths, size_t n_paths, vb_arena *arena, vb_load_files *out,
                       vb_error *err)
{
    vb_status status = VB_OK;
    vb_load_files files = { 0 };
    for (size_t i = 0; i < n_paths; i++) {
        vb_str path;
        struct stat info;
        if (vb_arena_copy(arena, vb_str_of(paths[i]), &path) != VB_OK) return vb_fail_memory(err);
        bool found = strcmp(paths[i], "-") != 0 && stat(path.at, &info) == 0;
        if (found && S_ISDIR(info.st_mode)) {
            size_t root = path.len + (path.len && path.at[path.len - 1] != '/');
            TRY(walk(arena, &files, path, root, 1, err));
        } else if (add_file(arena, &files, path, path, found ? &info : NULL) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    }
    if (settle(arena, &files) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    *out = files;
done:
    return status;
}

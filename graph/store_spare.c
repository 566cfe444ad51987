/**
 * The files of a repair: the new store's, the sick one's way to its other name, and what a repair that was
 * killed left of both. What goes into the new store is told in store_repair.c.
 *
 * The new file has a name that no other program gives, and is locked while its repair lives: a file of such a
 * name that can be locked, and is empty or an SQLite file, is a dead one's.
 */
#include "graph/store_spare.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIDDLE ".repair-"
enum { RANDOM = 6 }; /* letters that mkostemp() chooses */

static void remove_all(const char *path)
{
    static const char *const parts[] = { "-wal", "-shm", "-journal", "" };
    for (size_t i = 0; i < VB_COUNT(parts); i++) {
        vb_buf name = { 0 };
        if (vb_buf_printf(&name, "%s%s", path, parts[i]) == VB_OK) (void)unlink(name.at);
        vb_buf_clear(&name);
    }
}

/* ---- a dead repair's new file ------------------------------------------------------------------------- */

/** Whether a file was made by a repair that lives no more. */
static bool is_dead(const char *path)
{
    static const char magic[16] = "SQLite format 3";
    char head[sizeof magic];
    struct stat info;
    bool dead = false;
    int file = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return false;
    if (fstat(file, &info) == 0 && S_ISREG(info.st_mode) && flock(file, LOCK_EX | LOCK_NB) == 0)
        dead = info.st_size == 0 || (pread(file, head, sizeof head, 0) == (ssize_t)sizeof head &&
                                     memcmp(head, magic, sizeof head) == 0);
    close(file);
    return dead;
}

/** Whether @p name is @p base with what mkostemp() made of MIDDLE "XXXXXX" behind it. */
static bool is_named_so(const char *name, const char *base)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t n = strlen(base);
    if (strncmp(name, base, n) != 0 || strncmp(name + n, MIDDLE, strlen(MIDDLE)) != 0) return false;
    name += n + strlen(MIDDLE);
    return strlen(name) == RANDOM && strspn(name, letters) == RANDOM;
}

/** A folder that cannot be listed keeps what is in it: that stands in nobody's way. */
static vb_status remove_dead(const char *path, vb_error *err)
{
    vb_status status = VB_OK;
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    const struct dirent *entry;
    DIR *folder = NULL;
    vb_buf name = { 0 };
    int n = (int)(base - path);
    TRY(vb_buf_printf(&name, "%.*s", slash ? n : 1, slash ? path : ".") == VB_OK ? VB_OK
                                                                                 : vb_fail_memory(err));
    folder = opendir(name.at);
    while (folder && (entry = readdir(folder)) != NULL) {
        if (!is_named_so(entry->d_name, base)) continue;
        vb_buf_clear(&name);
        TRY(vb_buf_printf(&name, "%.*s%s", n, path, entry->d_name) == VB_OK ? VB_OK : vb_fail_memory(err));
        if (is_dead(name.at)) remove_all(name.at);
    }
done:
    if (folder) closedir(folder);
    vb_buf_clear(&name);
    return status;
}

/* ---- the sick store's other name ---------------------------------------------------------------------- */

typedef struct logs {
    vb_buf fresh, now, old;
} logs;

static vb_status name_logs(const vb_spare *p, logs *out, vb_error *err)
{
    if (vb_buf_printf(&out->fresh, "%s-wal", p->fresh.at) == VB_OK &&
        vb_buf_printf(&out->now, "%s-wal", p->path.at) == VB_OK &&
        vb_buf_printf(&out->old, "%s-wal", p->old.at) == VB_OK)
        return VB_OK;
    return vb_fail_memory(err);
}

static void clear_logs(logs *l)
{
    vb_buf_clear(&l->fresh);
    vb_buf_clear(&l->now);
    vb_buf_clear(&l->old);
}

/** Another name for a file; where the file system has no links the old name goes. */
static int keep_as(const char *from, const char *to)
{
    int code = link(from, to);
    return code != 0 && (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS) ? rename(from, to) : code;
}

/** Give a file its place back; its other name goes, also where both are one file's. */
static void put_back(const char *from, const char *to)
{
    if (rename(from, to) == 0) (void)unlink(from);
}

static bool is_one_file(const char *a, const char *b)
{
    struct stat x, y;
    return lstat(a, &x) == 0 && lstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/** Whether nobody wrote the store since its log lost its place: it is its log still. */
static bool is_unwritten(const char *store, const char *log)
{
    struct stat s, l;
    if (lstat(store, &s) != 0 || lstat(log, &l) != 0) return false;
    return s.st_mtim.tv_sec < l.st_ctim.tv_sec ||
           (s.st_mtim.tv_sec == l.st_ctim.tv_sec && s.st_mtim.tv_nsec <= l.st_ctim.tv_nsec);
}

/**
 * A repair that was killed in vb_spare_take() left the sick store, or its log, with two names, or its log
 * with the other one only. Where that is so, its own name alone is left.
 */
static vb_status take_up(vb_spare *p, vb_error *err)
{
    logs l = { 0 };
    vb_status status = name_logs(p, &l, err);
    if (status != VB_OK) goto done;
    bool same = is_one_file(p->path.at, p->old.at);
    if (is_one_file(l.now.at, l.old.at))
        (void)unlink(l.old.at);
    else if (same && access(l.now.at, F_OK) != 0 && is_unwritten(p->path.at, l.old.at))
        (void)rename(l.old.at, l.now.at);
    if (same && access(l.old.at, F_OK) != 0) (void)unlink(p->old.at);
done:
    clear_logs(&l);
    return status;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

/** The new file, for those who may read the sick one. */
static vb_status make_fresh(vb_spare *p, vb_error *err)
{
    struct stat info;
    p->lock = mkostemp(p->fresh.at, O_CLOEXEC);
    if (p->lock < 0) {
        vb_status status = vb_fail(err, VB_IO, "%s: %s", p->fresh.at, strerror(errno));
        vb_buf_clear(&p->fresh);
        return status;
    }
    (void)flock(p->lock, LOCK_EX | LOCK_NB); /* without locks it may be taken for a dead one's */
    if (stat(p->path.at, &info) == 0) (void)fchmod(p->lock, info.st_mode & 0777);
    return VB_OK;
}

vb_status vb_spare_begin(const char *path, vb_spare *out, vb_error *err)
{
    vb_status status;
    if (access(path, F_OK) != 0) return vb_fail(err, VB_NOT_FOUND, "%s: no such store", path);
    if (vb_buf_printf(&out->path, "%s", path) != VB_OK ||
        vb_buf_printf(&out->old, "%s.damaged", path) != VB_OK ||
        vb_buf_printf(&out->fresh, "%s" MIDDLE "XXXXXX", path) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(take_up(out, err));
    if (access(out->old.at, F_OK) == 0) {
        status =
            vb_fail(err, VB_IO, "%s: exists already, the store as it was before a repair; move it away first",
                    out->old.at);
        goto done;
    }
    TRY(remove_dead(path, err));
    TRY(make_fresh(out, err));
done:
    return status;
}

vb_status vb_spare_take(vb_spare *p, vb_error *err)
{
    logs l = { 0 };
    vb_status status = name_logs(p, &l, err);
    if (status != VB_OK) goto done;
    if (access(l.fresh.at, F_OK) == 0) {
        status = vb_fail(err, VB_IO, "%s: its log could not be written into it", p->fresh.at);
        goto done;
    }
    bool logged = keep_as(l.now.at, l.old.at) == 0;
    if ((!logged && errno != ENOENT) || keep_as(p->path.at, p->old.at) != 0) {
        status = vb_fail(err, VB_IO, "%s: %s", p->old.at, strerror(errno));
        if (logged) put_back(l.old.at, l.now.at);
        goto done;
    }
    (void)unlink(l.now.at); /* of the old store: the new one must not find it */
    if (rename(p->fresh.at, p->path.at) != 0) {
        status = vb_fail(err, VB_IO, "%s: %s", p->path.at, strerror(errno));
        if (logged) put_back(l.old.at, l.now.at);
        put_back(p->old.at, p->path.at); /* rather the sick one in its place than none */
        goto done;
    }
    vb_buf_clear(&p->fresh);
done:
    clear_logs(&l);
    return status;
}

void vb_spare_end(vb_spare *p)
{
    if (p->fresh.len) remove_all(p->fresh.at);
    if (p->lock >= 0) close(p->lock);
    p->lock = -1;
    vb_buf_clear(&p->path);
    vb_buf_clear(&p->fresh);
    vb_buf_clear(&p->old);
}

/**
 * A copy of a store while others read and write it, and the way back. SQLite's backup interface copies pages
 * of one moment (https://sqlite.org/backup.html); the copy is written beside its place, flushed, and renamed,
 * so that a copy is there wholly or not at all. A restore is one transaction: readers see the old graph or
 * the new one.
 */
#include "graph/store.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

vb_status vb_store_copy(vb_store *from, sqlite3 *to, const char *doing, vb_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->db, "main");
    int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
    int end = backup ? sqlite3_backup_finish(backup) : code;
    if (code == SQLITE_DONE && end == SQLITE_OK) return VB_OK;
    if ((code & 0xff) == SQLITE_NOMEM) return vb_fail_memory(err);
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return vb_fail(err, VB_STORE, "%s: another program is writing to the store", doing);
    return vb_fail(err, (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_IOERR ? VB_IO : VB_STORE,
                   "%s: %s", doing, sqlite3_errstr(code));
}

/** See that a file's bytes are on the disk before its name is. */
static vb_status flush(const char *path, vb_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && fsync(file) == 0;
    int reason = errno;
    if (file >= 0) close(file);
    return good ? VB_OK : vb_fail(err, VB_IO, "%s: %s", path, strerror(reason));
}

vb_status vb_store_backup(vb_store *store, const char *path, vb_error *err)
{
    vb_status status;
    sqlite3 *copy = NULL;
    vb_buf part = { 0 };
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (store->batch) return vb_fail(err, VB_BAD_ARGUMENT, "a batch is open");
    if (!path || !*path) return vb_fail(err, VB_BAD_ARGUMENT, "a backup needs a file name");
    if (access(path, F_OK) == 0) return vb_fail(err, VB_IO, "%s: exists already", path);
    TRY(vb_buf_printf(&part, "%s%s.part", strncmp(path, "file:", 5) == 0 ? "./" : "", path) == VB_OK
            ? VB_OK
            : vb_fail_memory(err));
    if (unlink(part.at) != 0 && errno != ENOENT) {
        status = vb_fail(err, VB_IO, "%s: %s", part.at, strerror(errno));
        goto done;
    }
    if (sqlite3_open_v2(part.at, &copy, flags, NULL) != SQLITE_OK) {
        status = vb_fail(err, VB_IO, "%s: %s", path, copy ? sqlite3_errmsg(copy) : "no memory");
        goto done;
    }
    TRY(vb_store_copy(store, copy, "copying the store", err));
    sqlite3_close_v2(copy);
    copy = NULL;
    TRY(flush(part.at, err));
    if (rename(part.at, path) != 0) status = vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
done:
    sqlite3_close_v2(copy);
    if (status != VB_OK && part.at) unlink(part.at);
    vb_buf_clear(&part);
    return status;
}

vb_status vb_store_restore(vb_store *store, const char *path, vb_error *err)
{
    vb_status status;
    vb_store *from = NULL;
    size_t n = 0;
    if (!store->writing || store->batch)
        return vb_fail(err, VB_BAD_ARGUMENT,
                       "a store is restored when it is open for writing, outside a batch");
    TRY(vb_store_open(path, VB_OPEN_READ, &from, err));
    TRY(vb_store_check(from, NULL, NULL, &n, err));
    if (n) {
        status = vb_fail(err, VB_BAD_INPUT,
                         "%s: not in order (%zu findings; see verband check); nothing was restored", path, n);
        goto done;
    }
    vb_store_statements_end(store);
    TRY(vb_store_copy(from, store->db, "restoring the store", err));
    status = vb_store_learn(store, err); /* ids may be others in this graph */
done:
    vb_store_close(from);
    return status;
}

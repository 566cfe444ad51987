/**
 * A file system that fails: an SQLite VFS over the default one, which makes the n-th call fail, once or from
 * then on, with an error, a full disk, a write of which half arrives, or the end of the process. What it
 * wraps is told in https://sqlite.org/vfs.html. Flushing to the disk is counted and left out: a process that
 * ends loses nothing that was written, and tests are quicker.
 *
 * faults_begin() makes it the default VFS; while faults.plan is NULL it passes everything on.
 */
#ifndef VB_TESTS_FAULT_VFS_H
#define VB_TESTS_FAULT_VFS_H

#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef enum fault_call {
    CALL_OPEN,
    CALL_DELETE,
    CALL_ACCESS,
    CALL_READ,
    CALL_WRITE,
    CALL_TRUNCATE,
    CALL_SYNC,
    CALL_SIZE,
    CALL_LOCK,
    CALL_MAP,      /* the index of the log, in shared memory */
    CALL_MAP_LOCK, /* ... and its locks */
    CALL_NAME,     /* rename() and link(), which are the library's own */
    CALLS
} fault_call;

/** SQLite's code for each. */
static const int fault_codes[CALLS] = {
    [CALL_OPEN] = SQLITE_CANTOPEN,          [CALL_DELETE] = SQLITE_IOERR_DELETE,
    [CALL_ACCESS] = SQLITE_IOERR_ACCESS,    [CALL_READ] = SQLITE_IOERR_READ,
    [CALL_WRITE] = SQLITE_IOERR_WRITE,      [CALL_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
    [CALL_SYNC] = SQLITE_IOERR_FSYNC,       [CALL_SIZE] = SQLITE_IOERR_FSTAT,
    [CALL_LOCK] = SQLITE_IOERR_LOCK,        [CALL_MAP] = SQLITE_IOERR_SHMMAP,
    [CALL_MAP_LOCK] = SQLITE_IOERR_SHMLOCK,
};

/** What fails, and how. */
typedef struct fault_plan {
    const char *name;
    unsigned calls; /* which may fail: 1 << fault_call, added up */
    const char *of; /* of a file whose name has this in it; NULL: of all */
    bool each;      /* each call in turn is to fail, for there are few */
    bool unlinked;  /* a file system without links */
    bool lasting;   /* from the n-th on, not it alone */
    bool full;      /* writes find no room */
    bool half;      /* half of a write arrives */
    bool kill;      /* the process ends there, by SIGKILL */
} fault_plan;

#define EVERY_CALL ((1u << CALLS) - 1)
#define WRITES     (1u << CALL_WRITE)
#define NAMES      (1u << CALL_NAME)

/** The calls so far that the plan is about, and the one that fails; 0: none. */
static struct faults {
    const fault_plan *plan;
    sqlite3_vfs *real;
    long n, at;
} faults;

typedef struct fault_file {
    sqlite3_file base;
    const char *name;   /* SQLite keeps it; NULL: a temporary file */
    sqlite3_file *real; /* in the bytes behind this */
} fault_file;

#define REAL(file) (((fault_file *)(file))->real)

/** Whether the plan is about this file. */
static bool is_meant(const char *name)
{
    return !faults.plan->of || (name && strstr(name, faults.plan->of));
}

/** Whether this call fails; with half a write under way it is written before the process ends. */
static bool fault_here(const char *name, fault_call call)
{
    if (!faults.plan || !(faults.plan->calls & 1u << call) || !is_meant(name)) return false;
    faults.n++;
    if (!faults.at || faults.n < faults.at || (faults.n > faults.at && !faults.plan->lasting)) return false;
    if (faults.plan->kill && !faults.plan->half) raise(SIGKILL);
    return true;
}

/** ... a call on a file. */
static bool fault_in(sqlite3_file *file, fault_call call)
{
    return fault_here(((fault_file *)file)->name, call);
}

static int fault_close(sqlite3_file *file)
{
    return REAL(file)->pMethods->xClose(REAL(file));
}

static int fault_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    return fault_in(file, CALL_READ) ? fault_codes[CALL_READ]
                                     : REAL(file)->pMethods->xRead(REAL(file), to, n, at);
}

static int fault_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    bool fails = fault_in(file, CALL_WRITE);
    if (!fails) return REAL(file)->pMethods->xWrite(REAL(file), from, n, at);
    if (faults.plan->half && n > 1) (void)REAL(file)->pMethods->xWrite(REAL(file), from, n / 2, at);
    if (faults.plan->kill) raise(SIGKILL);
    return faults.plan->full ? SQLITE_FULL : fault_codes[CALL_WRITE];
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fault_in(file, CALL_TRUNCATE) ? fault_codes[CALL_TRUNCATE]
                                         : REAL(file)->pMethods->xTruncate(REAL(file), size);
}

static int fault_sync(sqlite3_file *file, int flags)
{
    (void)file, (void)flags;
    return fault_in(file, CALL_SYNC) ? fault_codes[CALL_SYNC] : SQLITE_OK;
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return fault_in(file, CALL_SIZE) ? fault_codes[CALL_SIZE]
                                     : REAL(file)->pMethods->xFileSize(REAL(file), size);
}

static int fault_lock(sqlite3_file *file, int how)
{
    return fault_in(file, CALL_LOCK) ? fault_codes[CALL_LOCK] : REAL(file)->pMethods->xLock(REAL(file), how);
}

static int fault_unlock(sqlite3_file *file, int how)
{
    return REAL(file)->pMethods->xUnlock(REAL(file), how);
}

static int fault_reserved(sqlite3_file *file, int *out)
{
    return REAL(file)->pMethods->xCheckReservedLock(REAL(file), out);
}

static int fault_control(sqlite3_file *file, int what, void *with)
{
    return REAL(file)->pMethods->xFileControl(REAL(file), what, with);
}

static int fault_sector(sqlite3_file *file)
{
    return REAL(file)->pMethods->xSectorSize(REAL(file));
}

static int fault_device(sqlite3_file *file)
{
    return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file));
}

static int fault_map(sqlite3_file *file, int region, int size, int extend, void volatile **at)
{
    return fault_in(file, CALL_MAP) ? fault_codes[CALL_MAP]
                                    : REAL(file)->pMethods->xShmMap(REAL(file), region, size, extend, at);
}

static int fault_map_lock(sqlite3_file *file, int first, int n, int how)
{
    bool fails = how & SQLITE_SHM_LOCK && fault_in(file, CALL_MAP_LOCK);
    return fails ? fault_codes[CALL_MAP_LOCK] : REAL(file)->pMethods->xShmLock(REAL(file), first, n, how);
}

static void fault_barrier(sqlite3_file *file)
{
    REAL(file)->pMethods->xShmBarrier(REAL(file));
}

static int fault_unmap(sqlite3_file *file, int drop)
{
    return REAL(file)->pMethods->xShmUnmap(REAL(file), drop);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2, /* without the third version's memory maps, whose pages nobody could fail */
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_reserved,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector,
    .xDeviceCharacteristics = fault_device,
    .xShmMap = fault_map,
    .xShmLock = fault_map_lock,
    .xShmBarrier = fault_barrier,
    .xShmUnmap = fault_unmap,
};

static int fault_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *got)
{
    fault_file *f = (fault_file *)file;
    (void)vfs;
    f->base.pMethods = NULL;
    f->name = name;
    f->real = (sqlite3_file *)(f + 1);
    if (fault_here(name, CALL_OPEN)) return fault_codes[CALL_OPEN];
    int code = faults.real->xOpen(faults.real, name, f->real, flags, got);
    if (f->real->pMethods) f->base.pMethods = &fault_methods;
    return code;
}

static int fault_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs, (void)sync;
    return fault_here(name, CALL_DELETE) ? fault_codes[CALL_DELETE]
                                         : faults.real->xDelete(faults.real, name, 0);
}

static int fault_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    return fault_here(name, CALL_ACCESS) ? fault_codes[CALL_ACCESS]
                                         : faults.real->xAccess(faults.real, name, flags, out);
}

/** Stand before the default VFS. @return whether it could. */
__attribute__((unused)) static bool faults_begin(void)
{
    static sqlite3_vfs vfs;
    faults.real = sqlite3_vfs_find(NULL);
    if (!faults.real) return false;
    vfs = *faults.real; /* what is not ours goes to the real one: it looks at none of its own fields */
    vfs.pNext = NULL;
    vfs.zName = "faults";
    vfs.szOsFile = (int)sizeof(fault_file) + faults.real->szOsFile;
    vfs.xOpen = fault_open;
    vfs.xDelete = fault_delete;
    vfs.xAccess = fault_access;
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}

#endif

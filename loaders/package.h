/**
 * ZIP files in memory: what DOCX, ODT and archives of publications are. Nothing is ever written; the names of
 * entries are only compared and shown. Private to loaders/.
 */
#ifndef VB_PACKAGE_H
#define VB_PACKAGE_H

#include "loaders/loaders.h"

/** Limits that no document of people comes near. */
enum { VB_PACKAGE_ENTRIES_MAX = 20000, VB_PACKAGE_RATIO_MAX = 200 };
#define VB_PACKAGE_PART_MAX ((size_t)64 << 20) /* bytes of one entry, unpacked */
#define VB_PACKAGE_SMALL    ((size_t)4 << 20)  /* below this an entry may be packed as tightly as it likes */

typedef struct vb_package_entry {
    vb_str name;
    int64_t size; /* unpacked, as the archive claims; -1: it does not say */
    bool encrypted, file;
} vb_package_entry;
typedef VB_VEC(vb_package_entry) vb_package_entries;

/** What the archive holds. @return VB_BAD_INPUT (broken, too many entries), VB_NO_MEMORY. */
vb_status vb_package_list(vb_str bytes, vb_arena *arena, vb_package_entries *out, vb_error *err);

/** Unpack entry @p name (the first of that name); the caller clears *out. @return VB_NOT_FOUND without a line
 *  of error; VB_BAD_INPUT (broken, a password, packed more than 200 to 1); VB_TOO_LARGE; VB_NO_MEMORY. */
vb_status vb_package_read(vb_str bytes, const char *name, vb_buf *out, vb_error *err);

/** Entries one after the other, each unpacked when it is asked for: the archive is gone through once. @p
 * bytes are borrowed until vb_package_close(). */
typedef struct vb_package vb_package;
vb_status vb_package_open(vb_str bytes, vb_package **out, vb_error *err);
void vb_package_close(vb_package *package);

/** Unpack entry @p index (of vb_package_list()), which comes after those taken before; the caller clears
 * *out.
 *  @return as vb_package_read(). */
vb_status vb_package_take(vb_package *package, size_t index, vb_buf *out, vb_error *err);

/** Whether the archive lists @p name. */
bool vb_package_has(const vb_package_entries *entries, const char *name);

#endif

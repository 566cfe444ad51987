/** What the files that load documents share; private to loaders/load*.c and record.c. */
#ifndef VB_LOAD_H
#define VB_LOAD_H

#include "loaders/loaders.h"

#define VB_FILE_MAX ((size_t)64 << 20) /* bytes in one file: four times the text it may hold */

/** A file to load: where it is, and what it is called. */
typedef struct vb_load_file {
    vb_str path;  /* NUL-terminated; "-" is standard input */
    vb_str below; /* the path below the folder that was asked for, or as it was given */
    vb_str name;
    uint64_t device, inode; /* one file given twice is loaded once */
} vb_load_file;
typedef VB_VEC(vb_load_file) vb_load_files;

/**
 * The files of @p paths, folders walked in the order of their names; hidden files and folders, links to
 * folders and what is no regular file are passed over. A path that cannot be opened is in the list all the
 * same: reading it tells why.
 * @return VB_OK; VB_TOO_LARGE (folders more than 64 deep); VB_NO_MEMORY.
 */
vb_status vb_load_list(const char *const *paths, size_t n_paths, vb_arena *arena, vb_load_files *out,
                       vb_error *err);

/** The hash a file's bytes have in the store: another loader's data make another one. */
uint64_t vb_load_hash(const vb_loader *loader, vb_str bytes);

/** An analysis as the store takes it; all of it lives in the analysis' arena. */
vb_status vb_record_make(vb_analysis *a, vb_str path, uint64_t hash, vb_record *out, vb_error *err);

/** One file on its way from bytes to a record. */
typedef struct vb_load_job {
    vb_load_file file; /* of a part of a file: its names are the job's own */
    vb_buf name, path;
    vb_buf bytes;
    size_t held; /* how many they were */
    uint64_t hash;
    bool same, ready; /* same: the store holds it already */
    vb_analysis analysis;
    vb_record record;
    vb_status status;
    vb_error error;
} vb_load_job;

/** Analyse the bytes of a job, into its record or its error. Safe in any thread; @p reader is the thread's
 *  own (NULL: one for this file). */
void vb_load_analyse(const vb_loader *loader, vb_reader *reader, vb_load_job *job);
void vb_load_job_clear(vb_load_job *job);

#endif

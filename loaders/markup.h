/**
 * XML and HTML as a run of events: an element opens, text comes, an element closes. No network, no external
 * entity, no DTD; an internal entity is refused. Private to loaders/.
 */
#ifndef VB_MARKUP_H
#define VB_MARKUP_H

#include "loaders/loaders.h"

enum { VB_MARKUP_ATTRIBUTES_MAX = 64 };

/** An element; all of it is borrowed for the call. */
typedef struct vb_tag {
    const char *name;  /* without prefix; HTML: in lower case */
    const char *space; /* its namespace; "" for none, and in HTML */
    const char *const
        *pairs;    /* names (without prefix) and values of attributes, closed by NULL; NULL: none */
    unsigned line; /* of the file, where the walk knows it; else 0 */
    bool skip;     /* the open handler sets it: nothing inside the element is told, nor its end */
} vb_tag;

typedef struct vb_markup {
    vb_status (*open)(void *context, vb_tag *tag);
    vb_status (*close)(void *context, const vb_tag *tag); /* pairs is NULL */
    vb_status (*text)(void *context, vb_str text);
} vb_markup;

/** The value of an attribute; an empty view with at == NULL when the element has none of that name. */
vb_str vb_tag_get(const vb_tag *tag, const char *name);
bool vb_tag_is(const vb_tag *tag, const char *name);

/** Whether @p word is one of the words of the attribute: class="li whitespace-small". */
bool vb_tag_has_word(const vb_tag *tag, const char *attribute, const char *word);

/**
 * Walk through a document. A status of a handler other than VB_OK ends the walk and is passed on, without a
 * line of error: that is the handler's.
 * @return VB_BAD_INPUT (line and reason: not well-formed, nested too deep, declares entities); VB_NO_MEMORY.
 * Cost: O(length); memory does not grow with it, but for HTML by the depth of nesting.
 */
vb_status vb_xml_walk(vb_str bytes, const vb_markup *handlers, void *context, vb_error *err);

/** As vb_xml_walk() of a file of any size, which is not held in memory; "path:" and the line stand before
 * what is wrong with it. @return also VB_IO. */
vb_status vb_xml_walk_file(const char *path, const vb_markup *handlers, void *context, vb_error *err);

/** As vb_xml_walk() for HTML in UTF-8, whatever encoding it says; refused only for elements nested too deep.
 */
vb_status vb_html_walk(vb_str bytes, const vb_markup *handlers, void *context, vb_error *err);

#endif

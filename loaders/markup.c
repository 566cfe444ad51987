/**
 * XML by libxml2's xmlTextReader, HTML by its SAX interface: neither builds a tree. Without XML_PARSE_HUGE
 * libxml2 refuses more than 256 elements in each other, ten million bytes in one text, and names as long.
 */
#include "loaders/markup.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum {
    MESSAGE_MAX = 160,
    HTML_DEPTH_MAX = 4096,
    XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
};

vb_str vb_tag_get(const vb_tag *tag, const char *name)
{
    for (size_t i = 0; tag->pairs && tag->pairs[i]; i += 2)
        if (strcmp(tag->pairs[i], name) == 0) return vb_str_of(tag->pairs[i + 1] ? tag->pairs[i + 1] : "");
    return (vb_str){ NULL, 0 };
}

bool vb_tag_is(const vb_tag *tag, const char *name)
{
    return strcmp(tag->name, name) == 0;
}

bool vb_tag_has_word(const vb_tag *tag, const char *attribute, const char *word)
{
    vb_str rest = vb_tag_get(tag, attribute), piece;
    while (rest.at && vb_str_next(&rest, ' ', &piece))
        if (vb_str_eq(piece, vb_str_of(word))) return true;
    return false;
}

/* ---- XML ---------------------------------------------------------------------------------------------- */

/** The first thing libxml2 has to say. */
typedef struct complaint {
    char words[MESSAGE_MAX];
    int line;
} complaint;

static void complain(void *context, xmlErrorPtr error)
{
    complaint *c = context;
    if (c->words[0] || !error->message || error->level < XML_ERR_ERROR) return;
    c->line = error->line;
    snprintf(c->words, sizeof c->words, "%s", error->message);
    size_t len = strlen(c->words);
    while (len && (unsigned char)c->words[len - 1] <= ' ') c->words[--len] = '\0';
    for (size_t i = 0; i < len; i++) /* document's own bytes may be in it */
        if ((unsigned char)c->words[i] < ' ' || (unsigned char)c->words[i] > '~') c->words[i] = '?';
}

static vb_status fail_entities(vb_error *err)
{
    return vb_fail(err, VB_BAD_INPUT, "XML that declares entities of its own is not read");
}

static vb_status fail_xml(const complaint *c, vb_error *err)
{
    if (strstr(c->words, "Excessive depth"))
        return vb_fail(err, VB_BAD_INPUT, "XML line %d: elements nested more than 256 deep", c->line);
    if (strstr(c->words, "entity reference loop")) return fail_entities(err);
    return vb_fail(err, VB_BAD_INPUT, "XML line %d: %s", c->line, c->words[0] ? c->words : "not well-formed");
}

typedef struct walk {
    const vb_markup *handlers;
    void *context;
    vb_status status;
    int skip_below; /* XML: depth of the element that is skipped; -1: none */
    size_t depth, skip_from;
    void *parser;
    bool too_deep;
    vb_buf values; /* XML: of the open element's attributes */
} walk;

/** Names and values of the element's attributes; the reader's own values last only until the next one. */
static vb_status read_pairs(walk *w, xmlTextReaderPtr reader, const char **pairs)
{
    size_t starts[VB_MARKUP_ATTRIBUTES_MAX], n = 0;
    w->values.len = 0;
    for (; n < VB_MARKUP_ATTRIBUTES_MAX && xmlTextReaderMoveToNextAttribute(reader) == 1; n++) {
        const char *value = (const char *)xmlTextReaderConstValue(reader);
        pairs[2 * n] = (const char *)xmlTextReaderConstLocalName(reader);
        starts[n] = w->values.len;
        vb_str copy = value ? (vb_str){ value, strlen(value) + 1 } : VB_STR("\0");
        if (vb_buf_add(&w->values, copy) != VB_OK) return VB_NO_MEMORY;
    }
    for (size_t i = 0; i < n; i++) pairs[2 * i + 1] = w->values.at + starts[i];
    pairs[2 * n] = NULL;
    if (n) (void)xmlTextReaderMoveToElement(reader);
    return VB_OK;
}

static vb_status open_xml(walk *w, xmlTextReaderPtr reader)
{
    const char *pairs[2 * VB_MARKUP_ATTRIBUTES_MAX + 1];
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(reader);
    vb_tag tag = { (const char *)xmlTextReaderConstLocalName(reader), space ? space : "", pairs,
                   (unsigned)xmlTextReaderGetParserLineNumber(reader), false };
    bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
    int depth = xmlTextReaderDepth(reader);
    vb_status status = read_pairs(w, reader, pairs);
    if (status != VB_OK) return status;
    status = w->handlers->open(w->context, &tag);
    if (status != VB_OK) return status;
    tag.pairs = NULL;
    if (tag.skip) {
        if (!empty) w->skip_below = depth;
        return VB_OK;
    }
    return empty ? w->handlers->close(w->context, &tag) : VB_OK;
}

static vb_status close_xml(walk *w, xmlTextReaderPtr reader)
{
    const char *space = (const char *)xmlTextReaderConstNamespaceUri(reader);
    vb_tag tag = { (const char *)xmlTextReaderConstLocalName(reader), space ? space : "", NULL, 0, false };
    return w->handlers->close(w->context, &tag);
}

/** One node of the reader. */
static vb_status take_xml(walk *w, xmlTextReaderPtr reader, vb_error *err)
{
    int kind = xmlTextReaderNodeType(reader), depth = xmlTextReaderDepth(reader);
    if (kind == XML_READER_TYPE_DOCUMENT_TYPE) {
        const xmlDoc *doc = xmlTextReaderCurrentDoc(reader);
        if (doc && doc->intSubset && doc->intSubset->entities) return fail_entities(err);
    }
    if (w->skip_below >= 0) {
        if (kind == XML_READER_TYPE_END_ELEMENT && depth == w->skip_below) w->skip_below = -1;
        return VB_OK;
    }
    switch (kind) {
    case XML_READER_TYPE_ELEMENT:
        return open_xml(w, reader);
    case XML_READER_TYPE_END_ELEMENT:
        return close_xml(w, reader);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        return w->handlers->text(w->context, vb_str_of((const char *)xmlTextReaderConstValue(reader)));
    default:
        return VB_OK; /* comments, instructions, references to entities that nobody declared */
    }
}

/** Walk what a reader reads, and end it. */
static vb_status walk_reader(xmlTextReaderPtr reader, const vb_markup *handlers, void *context, vb_error *err)
{
    vb_status status = VB_OK;
    complaint first = { .line = 0 };
    walk w = { .handlers = handlers, .context = context, .skip_below = -1 };
    int more;
    if (!reader) return vb_fail_memory(err);
    xmlTextReaderSetStructuredErrorHandler(reader, complain, &first);
    while ((more = xmlTextReaderRead(reader)) == 1) TRY(take_xml(&w, reader, err));
    if (more < 0) status = fail_xml(&first, err);
done:;
    xmlDocPtr doc = xmlTextReaderCurrentDoc(reader); /* asking for it made it ours */
    xmlFreeTextReader(reader);
    xmlFreeDoc(doc);
    vb_buf_clear(&w.values);
    return status;
}

vb_status vb_xml_walk(vb_str bytes, const vb_markup *handlers, void *context, vb_error *err)
{
    if (bytes.len > INT_MAX) return vb_fail(err, VB_TOO_LARGE, "more than 2 GiB of XML");
    xmlInitParser();
    return walk_reader(xmlReaderForMemory(bytes.at, (int)bytes.len, NULL, NULL, XML_OPTIONS), handlers,
                       context, err);
}

vb_status vb_xml_walk_file(const char *path, const vb_markup *handlers, void *context, vb_error *err)
{
    vb_error own = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
    xmlInitParser();
    vb_status status = walk_reader(xmlReaderForFd(fd, NULL, NULL, XML_OPTIONS), handlers, context, &own);
    (void)close(fd); /* only read from: nothing to lose */
    if (own.message[0]) vb_fail(err, own.status, "%s: %s", path, own.message); /* else the handler told */
    return status;
}

/* ---- HTML --------------------------------------------------------------------------------------------- */

static void stop_html(walk *w, vb_status status)
{
    if (w->status == VB_OK) w->status = status;
    xmlStopParser(w->parser);
}

static void open_html(void *context, const xmlChar *name, const xmlChar **pairs)
{
    walk *w = context;
    vb_tag tag = { (const char *)name, "", (const char *const *)pairs, 0, false };
    if (w->status != VB_OK) return;
    if (++w->depth > HTML_DEPTH_MAX) {
        w->too_deep = true;
        stop_html(w, VB_BAD_INPUT);
        return;
    }
    if (w->skip_from) return;
    vb_status status = w->handlers->open(w->context, &tag);
    if (status != VB_OK)
        stop_html(w, status);
    else if (tag.skip)
        w->skip_from = w->depth;
}

static void close_html(void *context, const xmlChar *name)
{
    walk *w = context;
    vb_tag tag = { (const char *)name, "", NULL, 0, false };
    if (w->status != VB_OK || !w->depth) return;
    bool told = !w->skip_from;
    if (w->skip_from == w->depth) w->skip_from = 0;
    w->depth--;
    vb_status status = told ? w->handlers->close(w->context, &tag) : VB_OK;
    if (status != VB_OK) stop_html(w, status);
}

static void text_html(void *context, const xmlChar *text, int len)
{
    walk *w = context;
    if (w->status != VB_OK || w->skip_from || len <= 0) return;
    vb_status status = w->handlers->text(w->context, (vb_str){ (const char *)text, (size_t)len });
    if (status != VB_OK) stop_html(w, status);
}

vb_status vb_html_walk(vb_str bytes, const vb_markup *handlers, void *context, vb_error *err)
{
    walk w = { .handlers = handlers, .context = context };
    htmlSAXHandler sax = { .startElement = open_html,
                           .endElement = close_html,
                           .characters = text_html,
                           .cdataBlock = text_html,
                           .ignorableWhitespace = text_html };
    if (bytes.len > INT_MAX) return vb_fail(err, VB_TOO_LARGE, "more than 2 GiB of HTML");
    xmlInitParser();
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(bytes.at, (int)bytes.len);
    if (!parser) return vb_fail_memory(err);
    htmlSAXHandlerPtr own = parser->sax;
    parser->sax = &sax;
    parser->userData = &w;
    w.parser = parser;
    (void)htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_IGNORE_ENC);
    (void)xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
    (void)htmlParseDocument(parser);
    parser->sax = own;
    htmlFreeParserCtxt(parser);
    if (w.too_deep)
        return vb_fail(err, VB_BAD_INPUT, "HTML elements nested more than %d deep", HTML_DEPTH_MAX);
    return w.status;
}

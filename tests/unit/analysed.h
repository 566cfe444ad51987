/**
 * A document analysed with the built-in gazetteers and rules, for tests of the extraction.
 */
#ifndef VB_TESTS_ANALYSED_H
#define VB_TESTS_ANALYSED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "loaders/relations.h"

#include <stdlib.h>

static vb_loader loader;

static int set_up(void **state)
{
    vb_error err = { 0 };
    (void)state;
    if (vb_names_new(NULL, &loader.names, &err) != VB_OK ||
        vb_relations_new(NULL, &loader.relations, &err) != VB_OK) {
        print_error("%s\n", err.message);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    vb_names_free(loader.names);
    vb_relations_free(loader.relations);
    return 0;
}

/** The caller ends it: vb_analysis_clear(). */
static vb_analysis analysed(vb_str text)
{
    vb_analysis a = { 0 };
    vb_error err = { 0 };
    if (vb_analyse(&loader, NULL, VB_STR("brief.txt"), text, &a, &err) != VB_OK) fail_msg("%s", err.message);
    return a;
}

#endif

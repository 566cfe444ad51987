/** The ontology's tables: labels, relations with their domain and range, and the names of small enumerations.
 */
#include "graph/graph.h"

static const char *const labels[] = {
#define AS_NAME(name, text) text,
    VB_LABELS(AS_NAME)
};

static const vb_relation_info relations[] = {
#define AS_ROW(name, from, to, symmetric) { #name, from, to, symmetric },
    VB_RELATIONS(AS_ROW)
};

const char *vb_label_name(vb_label label)
{
    return (size_t)label < VB_COUNT(labels) ? labels[label] : "Node";
}

bool vb_label_find(vb_str name, vb_label *out)
{
    for (size_t i = 0; i < VB_COUNT(labels); i++)
        if (vb_str_eq(name, vb_str_of(labels[i]))) {
            *out = (vb_label)i;
            return true;
        }
    return false;
}

const char *vb_relation_name(size_t i)
{
    return i < VB_COUNT(relations) ? relations[i].name : NULL;
}

const vb_relation_info *vb_relation_get(vb_relation relation)
{
    return &relations[(size_t)relation < VB_COUNT(relations) ? relation : 0];
}

bool vb_relation_find(vb_str name, vb_relation *out)
{
    for (size_t i = 0; i < VB_COUNT(relations); i++)
        if (vb_str_eq(name, vb_str_of(relations[i].name))) {
            *out = (vb_relation)i;
            return true;
        }
    return false;
}

/** PART_OF joins like to like: Programme to Programme, Organisation to Organisation or Ministry, place to
 * Region. */
static bool part_of_allows(vb_label from, vb_label to)
{
    switch (from) {
    case VB_LABEL_PROGRAMME:
        return to == VB_LABEL_PROGRAMME;
    case VB_LABEL_ORGANISATION:
        return to == VB_LABEL_ORGANISATION || to == VB_LABEL_MINISTRY;
    case VB_LABEL_MUNICIPALITY:
    case VB_LABEL_REGION:
        return to == VB_LABEL_REGION;
    default:
        return false;
    }
}

bool vb_relation_allows(vb_relation relation, vb_label from, vb_label to)
{
    if (relation == VB_REL_PART_OF) return part_of_allows(from, to);
    const vb_relation_info *info = vb_relation_get(relation);
    return (info->from >> from & 1u) && (info->to >> to & 1u);
}

const char *vb_origin_name(vb_origin origin)
{
    static const char *const names[] = { "text", "gazetteer", "person", "import" };
    return (size_t)origin < VB_COUNT(names) ? names[origin] : "text";
}

const char *vb_certainty_name(vb_certainty certainty)
{
    return certainty == VB_ANNOUNCED ? "announced" : "stated";
}

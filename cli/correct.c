/**
 * Corrections from the command line: who (--by, else $USER), when (now, or what $SOURCE_DATE_EPOCH says, so
 * that a script gives the same store twice) and why; the request of the operands; a correction as row and as
 * words.
 */
#include "cli/correct.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const cli_column cli_correction_columns[] = {
    { "no", "id", true, 0 },          { "kind", "kind", false, 0 },
    { NULL, "a.type", false, 0 },     { NULL, "a.key", false, 0 },
    { "node", "a.name", false, 40 },  { "relation", "relation", false, 0 },
    { NULL, "b.type", false, 0 },     { NULL, "b.key", false, 0 },
    { "other", "b.name", false, 40 }, { NULL, "document", false, 0 },
    { NULL, "text", false, 0 },       { NULL, "source", false, 0 },
    { "who", "who", false, 0 },       { "when", "when", false, CLI_DAY },
    { "why", "why", false, 40 },      { "undone", "undone.when", false, CLI_DAY },
    { NULL, "undone.who", false, 0 }, { NULL, "undone.why", false, 0 },
    { "waits", "idle", false, 0 },
};
const size_t cli_n_correction_columns = sizeof cli_correction_columns / sizeof *cli_correction_columns;

/* ---- requests ----------------------------------------------------------------------------------------- */

static const char *who(const cli_settings *set)
{
    const char *user = getenv("USER");
    if (set->person) return set->person;
    if (user && user[0]) return user;
    const struct passwd *entry = getpwuid(getuid());
    return entry && entry->pw_name[0] ? entry->pw_name : "unknown";
}

static void put_time(vb_buf *out)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    char text[32], *end = NULL;
    struct tm parts;
    time_t when = time(NULL);
    if (fixed && fixed[0]) {
        errno = 0;
        long long seconds = strtoll(fixed, &end, 10);
        if (!errno && !*end && seconds >= 0 && seconds < 253402300800) when = (time_t)seconds;
    }
    if (!gmtime_r(&when, &parts)) parts = (struct tm){ .tm_year = 70, .tm_mday = 1 };
    if (strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)) cli_buf_text(out, text);
}

vb_correction_request cli_request(const cli_settings *set, vb_buf *when)
{
    vb_correction_request r = { .who = vb_str_of(who(set)), .why = vb_str_of(set->why) };
    put_time(when);
    r.when = (vb_str){ when->at, when->len };
    return r;
}

cli_exit cli_open_to_correct(const char *path, vb_store **out)
{
    struct stat info;
    if (strcmp(path, ":memory:") != 0 && stat(path, &info) != 0 && errno == ENOENT) {
        cli_say("no store at %s: load documents first (verband load -h)", path);
        return CLI_TROUBLE;
    }
    return cli_open(path, VB_OPEN_WRITE, out);
}

/* ---- what is said ------------------------------------------------------------------------------------- */

static cJSON *named(const vb_node *node)
{
    return node->label.len || node->name.len ? cli_json_node(node) : cJSON_CreateNull();
}

cJSON *cli_json_correction(const vb_correction *c)
{
    cJSON *row = cJSON_CreateObject(), *undone = cJSON_CreateNull();
    cli_json_number(row, "id", (double)c->id);
    cli_json_text(row, "kind", vb_str_of(vb_correction_name(c->kind)));
    cli_json_item(row, "a", named(&c->a));
    cli_json_text(row, "relation", c->relation);
    cli_json_item(row, "b", named(&c->b));
    cli_json_text(row, "document", c->document);
    cli_json_text(row, "text", c->text);
    cli_json_text(row, "source", c->source);
    cli_json_text(row, "who", c->who);
    cli_json_text(row, "when", c->when);
    cli_json_text(row, "why", c->why);
    if (c->undone) {
        cJSON_Delete(undone);
        undone = cJSON_CreateObject();
        cli_json_text(undone, "who", c->undone_who);
        cli_json_text(undone, "when", c->undone_when);
        cli_json_text(undone, "why", c->undone_why);
    }
    cli_json_item(row, "undone", undone);
    cli_json_text(row, "idle", c->idle);
    return row;
}

static void put_name(vb_buf *out, const char *before, vb_str name)
{
    cli_buf_text(out, before);
    cli_buf_add(out, name.at ? name.at : "", name.len);
}

void cli_correction_words(const vb_correction *c, vb_buf *out)
{
    static const char *const between[VB_CORRECTION_KINDS] = {
        [VB_MERGE] = " is ", [VB_SPLIT] = " is not ", [VB_RENAME] = " is called "
    };
    put_name(out, "", c->a.name);
    if (c->relation.len) {
        put_name(out, " ", c->relation);
        put_name(out, " ", c->b.name);
    } else if (between[c->kind]) {
        put_name(out, between[c->kind], c->b.name);
    }
}

/* ---- making them -------------------------------------------------------------------------------------- */

struct outcome {
    const char *file;
    const unsigned *lines;
    int64_t last;
    size_t idle; /* those that change nothing now */
};

static vb_status tell(void *context, size_t i, int64_t id, vb_status status, const vb_error *err)
{
    struct outcome *o = context;
    if (status == VB_OK) {
        o->last = id;
        o->idle += err != NULL;
    } else if (o->file) {
        cli_say("%s:%u: %s", o->file, o->lines[i], err && err->message[0] ? err->message : "cannot be done");
    }
    return VB_OK;
}

cli_exit cli_correct_all(vb_store *store, const char *file, const vb_correction_request *requests,
                         const unsigned *lines, size_t n)
{
    vb_error err = { 0 };
    struct outcome o = { .file = file, .lines = lines };
    vb_status status = vb_correct(store, requests, n, tell, &o, &err);
    cli_exit code = cli_exit_of(status);
    if (code == CLI_TROUBLE) return cli_report(status, &err);
    if (code == CLI_DONE && o.idle)
        cli_say("%zu corrections made, %zu of them of what is not there (any more): those wait", n, o.idle);
    else if (code == CLI_DONE)
        cli_say("%zu corrections made", n);
    return code == CLI_DONE ? code : CLI_BAD_INPUT;
}

struct wanted {
    const cli_context *context;
    int64_t id;
};

static vb_status show(void *context, const vb_correction *c)
{
    const struct wanted *w = context;
    const cli_view *view = w->context->view;
    if (c->id != w->id) return VB_OK;
    if (!view->format->table) {
        cli_rows rows;
        cli_rows_begin(&rows, view, cli_correction_columns, cli_n_correction_columns);
        cli_rows_add(&rows, cli_json_correction(c));
        cli_rows_end(&rows);
        return VB_OK;
    }
    vb_buf words = { 0 };
    cli_correction_words(c, &words);
    fprintf(view->out, "%lld  %s  ", (long long)c->id, vb_correction_name(c->kind));
    cli_put(view, CLI_BOLD, (vb_str){ words.at, words.len });
    if (c->idle.len) {
        fputs("  (waits: ", view->out);
        cli_put(view, CLI_PLAIN, c->idle);
        fputc(')', view->out);
    }
    fputc('\n', view->out);
    vb_buf_clear(&words);
    return VB_OK;
}

cli_exit cli_correct(const cli_context *context, vb_correction_kind kind)
{
    const cli_settings *set = context->set;
    vb_store *store = NULL;
    vb_error err = { 0 };
    vb_buf when = { 0 };
    vb_correction_request r = cli_request(set, &when);
    bool edge = set->n_args == 3, two = kind != VB_ASSERT && kind != VB_REJECT;
    r.kind = kind;
    r.a = vb_str_of(set->args[0]);
    if (edge) r.relation = vb_str_of(set->args[1]);
    if (edge || two) r.b = vb_str_of(set->args[edge ? 2 : 1]);
    r.document = vb_str_of(set->document);
    r.text = vb_str_of(kind == VB_SPLIT ? set->alias : set->text);
    r.source = vb_str_of(set->source);
    r.make = set->make;
    cli_exit code = CLI_USAGE;
    if (!two && set->n_args == 2) {
        cli_say("%s takes a node, or a node, a relation and another node", vb_correction_name(kind));
        goto done;
    }
    code = cli_open_to_correct(context->db, &store);
    if (code != CLI_DONE) goto done;
    struct outcome o = { 0 };
    code = cli_report(vb_correct(store, &r, 1, tell, &o, &err), &err);
    struct wanted w = { context, o.last };
    if (code == CLI_DONE) code = cli_report(vb_corrections(store, show, &w, &err), &err);
done:
    vb_store_close(store);
    vb_buf_clear(&when);
    return code;
}

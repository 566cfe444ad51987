/**
 * The commands: one row each, sorted by name. Help is printed from here; a new command is one file and one
 * row.
 */
#include "cli/output.h"

#include <string.h>

#define COMMON (CLI_TAKES(DB) | CLI_TAKES(HELP))
#define ROWS   (COMMON | CLI_TAKES(FORMAT))
#define LIMITS (CLI_TAKES(TIMEOUT) | CLI_TAKES(MEMORY) | CLI_TAKES(WRITE))
#define EDGES                                                                               \
    (CLI_TAKES(RELATIONS) | CLI_TAKES(SINCE) | CLI_TAKES(UNTIL) | CLI_TAKES(MIN_EVIDENCE) | \
     CLI_TAKES(MENTIONS) | CLI_TAKES(STATED))
#define PROJECTION (CLI_TAKES(PROJECT) | CLI_TAKES(MIN_WEIGHT) | CLI_TAKES(COMMUNITY))
#define CUT        (EDGES | CLI_TAKES(LABEL) | CLI_TAKES(AROUND) | CLI_TAKES(DEPTH))

#define PERSON (CLI_TAKES(PERSON) | CLI_TAKES(WHY))

static const cli_command commands[] = {
    { "ask", cmd_ask, CLI_READS, "QUESTION", 1, SIZE_MAX, ROWS | CLI_TAKES(DATA) | CLI_TAKES(EXPLAIN),
      "answer a question in Dutch or English",
      "Reads a question, answers it from the loaded documents, and shows the sentences that the answer rests "
      "on. \"No\" is an answer; a question that it cannot read, or a name that it does not know, is not. "
      "QUESTION - reads questions "
      "from standard input, one a line.",
      "verband ask \"Welke gemeenten doen mee aan Preventie met Gezag?\"\n"
      "verband ask --format jsonl - < vragen.txt" },
    { "assert", cmd_assert, CLI_NO_STORE, "NODE [RELATION NODE]", 1, 3,
      ROWS | PERSON | CLI_TAKES(DOCUMENT) | CLI_TAKES(TEXT) | CLI_TAKES(SOURCE) | CLI_TAKES(NEW),
      "say that an edge holds, or that a name is one",
      "A correction: the edge is in the graph from now on, of origin person, whatever documents say, and "
      "within "
      "the "
      "ontology's domain and range. With --document and --text it has its sentence, with --source a page. A "
      "node "
      "alone is confirmed. Corrections stay when documents are loaded again; `verband undo` takes them back.",
      "verband assert Leeuwarden PARTICIPATES_IN \"Preventie met Gezag\" --why \"zie de website\"\n"
      "verband assert \"Organisation:Stichting X\" FUNDS NSCR --new --source "
      "https://example.org/jaarverslag" },
    { "backup", cmd_backup, CLI_READS, "FILE", 1, 1, COMMON | CLI_TAKES(QUIET),
      "copy the store, also while others use it",
      "Writes the store as it is at this moment into a new file, which is a store like any other. Nobody who "
      "reads "
      "or writes the store has to stop. `restore` is the way back.",
      "verband backup verband-2025-06-01.db" },
    { "bridges", cmd_bridges, CLI_READS, "", 0, 0, ROWS | CUT,
      "edges and nodes without which the graph falls apart",
      "Lists the edges (bridges) and nodes (cut points) whose removal leaves a part of the graph "
      "unconnected, edges taken in either direction and without weights; two nodes with two relations have "
      "no bridge between them.",
      "verband bridges --label Municipality,Programme,Ministry" },
    { "check", cmd_check, CLI_NO_STORE, "", 0, 0, ROWS | CLI_TAKES(REPAIR),
      "check the store and the graph's rules, or repair it",
      "Checks the file, its foreign keys, and the graph's own rules: documents whole, offsets that spell "
      "their "
      "text, edges with evidence, domain and range. Prints a line for each finding; ends with 4 if there is "
      "one. "
      "With --repair, what can be read goes into a new store in the old one's place; a document of which "
      "anything "
      "is missing is left out whole and named, so that you can load it again, and the command ends with 3.",
      "verband check\nverband check --repair" },
    { "communities", cmd_communities, CLI_READS, "", 0, 0, ROWS | CUT | PROJECTION | CLI_TAKES(TOP),
      "groups that are more connected within than without",
      "Divides the graph into communities (Leiden, modularity, fixed seed), the largest first, named after "
      "their most central members. An edge weighs as many as it has sentences, and runs both ways. A row for "
      "each member; as a table, a paragraph for each community.",
      "verband communities --label Municipality,Programme --top 5" },
    { "components", cmd_components, CLI_READS, "", 0, 0, ROWS | CUT | PROJECTION | CLI_TAKES(TOP),
      "parts of the graph that nothing connects",
      "Divides the graph into connected components, edges taken in either direction and without weights, the "
      "largest first. A row for each member; as a table, a paragraph for each component.",
      "verband components --relations COOPERATES_WITH" },
    { "corrections", cmd_corrections, CLI_READS, "", 0, 0, ROWS, "what persons corrected",
      "Lists what persons said, by number, with who, when and why; also what was taken back, and what waits "
      "for a "
      "document that is not loaded. As JSON lines or TSV, `verband review --apply` makes them in another "
      "store.",
      "verband corrections\n"
      "verband corrections --format jsonl > corrections.jsonl" },
    { "diff", cmd_diff, CLI_READS, "A B", 2, 2,
      ROWS | CLI_TAKES(LABEL) | CLI_TAKES(RELATIONS) | CLI_TAKES(ALL),
      "what changed between two letters or two periods",
      "Lists the names and relations that are new, gone and lasting from A to B, with how often each side "
      "says "
      "them and the best sentence. A and B are loaded documents, or periods by the documents' dates: 2024, "
      "2024-05, 2024-01..2024-06, 2025.. and ..2023.",
      "verband diff 2023 2024 --label Programme,Municipality\n"
      "verband diff eerste-brief.txt tweede-brief.txt --all" },
    { "documents", cmd_documents, CLI_READS, "", 0, 0, ROWS | CLI_TAKES(DUPLICATES), "the loaded documents",
      "Lists the loaded documents with title, date, kind, sender and how much they gave. --duplicates lists "
      "the "
      "files that are the same letter as a document in another format: number, kind and text say so.",
      "verband documents --format csv > documents.csv\n"
      "verband documents --duplicates" },
    { "edges", cmd_edges, CLI_READS, "[DOCUMENT]", 0, 1, ROWS | CLI_TAKES(RULES) | CLI_TAKES(EXPLAIN),
      "every extracted relation with its sentence",
      "A row for each sentence that says an edge; offsets are bytes of what `verband text DOCUMENT` prints. "
      "Edges of a gazetteer or a person have no document and no text. With --explain each tells the rule "
      "that "
      "read it, and the words it was read by are marked: the cue, and what names the source and the target.",
      "verband edges brief.txt --format jsonl\n"
      "verband edges brief.txt --explain" },
    { "export", cmd_export, CLI_READS, "", 0, 0,
      COMMON | CUT | PROJECTION | CLI_TAKES(EXPORT_FORMAT) | CLI_TAKES(OUTPUT) | CLI_TAKES(DATA) |
          CLI_TAKES(SIZE_BY) | CLI_TAKES(TITLE) | CLI_TAKES(LAYOUT) | CLI_TAKES(NO_LAYOUT) |
          CLI_TAKES(ISOLATED),
      "write the graph, or a cut of it, for other programs",
      "Writes a file for Gephi, Graphviz, a browser or a program of your own; csv and neo4j write two, into "
      "a "
      "folder. The same store and options "
      "give "
      "the same bytes.",
      "verband export -o graph.graphml\n"
      "verband export -o together.graphml --project Organisation:Document --min-weight 2\n"
      "verband export --format dot --around \"Preventie met Gezag\" --depth 2 | dot -Tsvg > graph.svg" },
    { "help", cmd_help, CLI_NO_STORE, "[COMMAND | formats | man [COMMAND] | bash | zsh]", 0, 2,
      CLI_TAKES(HELP), "this list, or help on one command",
      "Lists the commands, or explains one of them; `formats` explains what programs read, `man` writes "
      "manual "
      "pages, `bash` and `zsh` the completions of those shells.",
      "verband help path\n"
      "verband help formats\n"
      ". <(verband help bash)" },
    { "import", cmd_import, CLI_NO_STORE, "FILE...", 1, SIZE_MAX, COMMON | CLI_TAKES(QUIET),
      "read a graph from CSV, JSON lines or GraphML",
      "Reads a graph from files, nodes before their edges. CSV as Neo4j's bulk import does: NAME:ID and "
      ":LABEL of "
      "nodes; :START_ID, :END_ID and :TYPE of edges; other columns are properties (:int, :float, :boolean, "
      ":date, :string[]). JSON lines as apoc.export.json and as `verband edges --format jsonl` write them. "
      "GraphML of Verband, Neo4j, igraph, NetworkX or Gephi. key, name, aliases, document, date, and on "
      "edges "
      "count, document, date, text mean what they mean in the graph. Makes the store when it is not there. "
      "An "
      "error names file and line, and then nothing is imported.",
      "verband import nodes.csv edges.csv\n"
      "verband import graph.graphml" },
    { "lint-gazetteer", cmd_lint_gazetteer, CLI_NO_STORE, "FILE", 1, 1, CLI_TAKES(HELP),
      "check a gazetteer of your own",
      "Checks a file that --data is to take in place of a built-in table of the same name: columns, keys, "
      "codes, "
      "names that are there twice, ordinary words without the mark that says so. A line for each finding, "
      "with "
      "file and line; ends with 3 if there is one.",
      "verband lint-gazetteer mine/organisations.tsv" },
    { "load", cmd_load, CLI_NO_STORE, "PATH...", 1, SIZE_MAX,
      COMMON | CLI_TAKES(DATA) | CLI_TAKES(JOBS) | CLI_TAKES(QUIET) | CLI_TAKES(VERBOSE),
      "read documents into the graph",
      "Reads files, folders (with all below them) and - for standard input: text, DOCX, ODT, PDF, HTML, XML "
      "of "
      "publications, ZIP files of those, and JSON lines of {\"document\", \"text\", \"title\", \"date\", "
      "\"number\", "
      "\"kind\", \"sender\"}, where only text must be there. Makes the store when it is not there. A "
      "document that was loaded before is read again only when it changed, and then replaces what "
      "it "
      "said. A file that cannot be read is named and skipped: the rest is loaded, and the command ends with "
      "3. "
      "After Ctrl-C the documents that were read stay; load again to go on.",
      "verband load letters/ extra/brief.txt\n"
      "pdftotext brief.pdf - | verband load -" },
    { "mentions", cmd_mentions, CLI_READS, "[DOCUMENT]", 0, 1,
      ROWS | CLI_TAKES(RULES) | CLI_TAKES(EXPLAIN) | CLI_TAKES(DATA), "every extracted name with its place",
      "A row for each name in the text, and the node it means; offsets are bytes of what `verband text "
      "DOCUMENT` prints. With --explain the text is read anew with the gazetteers of today (or of --data), "
      "and each row tells the source and rule that made it, how sure it is (of 1000), and the candidates "
      "that lost.",
      "verband mentions brief.txt --format csv\n"
      "verband mentions brief.txt --explain" },
    { "merge", cmd_merge, CLI_NO_STORE, "NODE NODE", 2, 2, ROWS | PERSON | CLI_TAKES(NEW),
      "say that the first node is the second",
      "A correction: mentions, edges and names of the first become the second's, also in documents that are "
      "loaded "
      "later. Edges that the second's label does not allow are left out. Two loaded documents, and two nodes "
      "that "
      "`verband split` calls two, are never merged. With --new the second may be Label:Name, which gives the "
      "first another label.",
      "verband merge \"Stichting VWN\" \"VluchtelingenWerk Nederland\"\n"
      "verband merge \"Organisation:Klimaatfonds\" \"Programme:Klimaatfonds\" --new" },
    { "neighbours", cmd_neighbours, CLI_READS, "NAME", 1, 1,
      ROWS | EDGES | CLI_TAKES(LABEL) | CLI_TAKES(DEPTH), "nodes within a few steps of a node",
      "Lists the nodes within --depth steps of a node, edges taken in either direction, nearest first; "
      "of the equally near those with the most sentences.",
      "verband neighbours Leeuwarden --depth 2 --label Programme" },
    { "path", cmd_path, CLI_READS, "A B", 0, 2,
      ROWS | EDGES | CLI_TAKES(LABEL) | CLI_TAKES(ALL_PATHS) | CLI_TAKES(K) | CLI_TAKES(MAX_LENGTH) |
          CLI_TAKES(PAIRS) | CLI_TAKES(VIA) | CLI_TAKES(NOT_VIA) | CLI_TAKES(WEIGHTED),
      "how two nodes are connected, with the sentences",
      "Finds the shortest path between two nodes, edges taken in either direction; each step shows the "
      "sentences that say it, parallel edges together. With --weighted a step is 1/sentences long. Mentions "
      "connect only what nothing else does.",
      "verband path Leeuwarden Colombia\n"
      "verband path Leeuwarden Colombia --k 3 --not-via Country\n"
      "verband path --pairs pairs.tsv --format jsonl" },
    { "provenance", cmd_provenance, CLI_READS, "[DOCUMENT | NODE]", 0, 1,
      ROWS | CLI_TAKES(TOP) | CLI_TAKES(ALL), "what rests on one sentence or one document",
      "Of a document: what it alone contributes, the edges and nodes that would go with it. Of a node: its "
      "edges, "
      "those that rest on least first, and the documents that say them. Without a name: the whole graph, and "
      "the "
      "documents with the most that nobody else says (default: 20).",
      "verband provenance brief.txt\n"
      "verband provenance Leeuwarden --all" },
    { "query", cmd_query, CLI_NO_STORE, "[CYPHER]", 0, 1,
      ROWS | LIMITS | CLI_TAKES(FILE) | CLI_TAKES(PARAM) | CLI_TAKES(EXPLAIN), "answer a query in openCypher",
      "Runs a query: the operand, a file (-f), or standard input. Nodes have key, name and aliases; edges "
      "weight, "
      "first, last and certainty; evidence(r) gives an edge's sentences. Relations that the ontology calls "
      "symmetric "
      "match either way. EXPLAIN before a query tells its plan, PROFILE runs it and tells what each step "
      "did. Only "
      "reads unless --write is given; a query that writes is one transaction.",
      "verband query \"MATCH (g:Municipality)-[r:PARTICIPATES_IN]->(p:Programme) RETURN g.name, p.name\"\n"
      "verband query 'MATCH (n {name: $name}) RETURN n' --param \"name='Leeuwarden'\"\n"
      "verband query \"CALL verband.rank({by: 'pagerank'}) YIELD node, score RETURN node.name, score LIMIT "
      "5\"\n"
      "verband --db :memory: query --write \"CREATE (n:Note {text: 'x'}) RETURN n\"" },
    { "rank", cmd_rank, CLI_READS, "", 0, 0,
      ROWS | EDGES | PROJECTION | CLI_TAKES(AROUND) | CLI_TAKES(DEPTH) | CLI_TAKES(BY) |
          CLI_TAKES(ONLY_LABEL) | CLI_TAKES(TOP) | CLI_TAKES(WEIGHTED),
      "the most central nodes, by a measure", "Ranks the nodes of the graph. The measures:",
      "verband rank --by betweenness --label Municipality --top 10\n"
      "verband rank --project Organisation:Document --by pagerank" },
    { "reject", cmd_reject, CLI_NO_STORE, "NODE [RELATION NODE]", 1, 3,
      ROWS | PERSON | CLI_TAKES(DOCUMENT) | CLI_TAKES(NEW),
      "say that an edge does not hold, or a name is none",
      "A correction: the edge goes, and stays away though documents say it again; with --document only what "
      "that "
      "one says. A node alone goes with all its mentions and edges. DOCUMENT MENTIONS NODE: there the name "
      "means "
      "something else.",
      "verband reject Leeuwarden LEADS \"Preventie met Gezag\" --why \"alleen deelnemer\"\n"
      "verband reject \"Organisation:Naast de\"" },
    { "rename", cmd_rename, CLI_NO_STORE, "NODE NAME", 2, 2, ROWS | PERSON, "give a node another name",
      "A correction: the node is shown by this name; its key stays, and its former name remains one by which "
      "it is "
      "found.",
      "verband rename nscr \"Nederlands Studiecentrum Criminaliteit en Rechtshandhaving\"" },
    { "restore", cmd_restore, CLI_NO_STORE, "FILE", 1, 1, COMMON | CLI_TAKES(QUIET),
      "put the graph of a backup in the store's place",
      "Checks the backup, then puts its graph in the store's place in one transaction: who reads meanwhile "
      "sees "
      "the old graph until it is done. A store that is not there yet is made.",
      "verband restore verband-2025-06-01.db" },
    { "review", cmd_review, CLI_NO_STORE, "", 0, 0, ROWS | PERSON | CLI_TAKES(TOP) | CLI_TAKES(APPLY),
      "doubtful names and edges, least certain first",
      "On a terminal it asks of each: y (right), n (wrong), u (not known), q (enough); m shows a long "
      "sentence whole. Elsewhere it lists "
      "them; "
      "fill "
      "in the verdicts and --apply the file, JSON lines or TSV: all of it or, when a line is bad, nothing. A "
      "line "
      "may also be a correction of any kind, as `verband corrections` lists them (default: 50).",
      "verband review\n"
      "verband review --format tsv --top 200 > review.tsv\n"
      "verband review --apply review.tsv --by \"J. Jansen\"" },
    { "search", cmd_search, CLI_READS, "WORDS", 1, SIZE_MAX, ROWS | CLI_TAKES(TOP),
      "passages with these words",
      "Full text: words are stemmed as Dutch, \"quoted words\" are a phrase, a closing * is a prefix. The "
      "best "
      "passages come first (default: 20).",
      "verband search ondermijning jongeren\n"
      "verband search '\"georganiseerde criminaliteit\" gemeente*'" },
    { "shell", cmd_shell, CLI_NO_STORE, "", 0, 0, ROWS | LIMITS,
      "ask queries in openCypher one after another",
      "Reads queries, each up to a ';', and shows their rows. On a terminal lines can be edited, called back "
      "(history in $XDG_STATE_HOME/verband/history, else ~/.local/state/verband/history) and completed with "
      "Tab: "
      "keywords, functions, labels, relation types, and names within quotes. Ctrl-C ends a query and keeps "
      "the "
      "shell; .help lists the commands that begin with a dot. From a pipe it answers each query in turn.",
      "verband shell\n"
      "echo 'MATCH (n) RETURN labels(n), count(*);' | verband shell --format csv" },
    { "show", cmd_show, CLI_READS, "NAME", 1, 1, ROWS | CLI_TAKES(ALL), "a node's card",
      "Shows what the graph knows of a node: other names, its public page, its relations with the best "
      "sentence of each, and the documents that mention it. Write Label:Name where a name has several "
      "meanings.",
      "verband show \"Preventie met Gezag\"\n"
      "verband show Region:Utrecht" },
    { "similar", cmd_similar, CLI_READS, "NAME", 1, 1, ROWS | EDGES | CLI_TAKES(LABEL) | CLI_TAKES(TOP),
      "nodes that share the most neighbours with a node",
      "Lists the nodes that have the most neighbours in common with a node, best first (default: 20). The "
      "score is Jaccard's: the share of both nodes' neighbours that they have in common, 0 to 1, edges taken "
      "in "
      "either direction and without weights.",
      "verband similar Leeuwarden --top 10" },
    { "split", cmd_split, CLI_NO_STORE, "NODE NODE", 2, 2,
      ROWS | PERSON | CLI_TAKES(DOCUMENT) | CLI_TAKES(ALIAS) | CLI_TAKES(NEW), "say that two nodes are two",
      "A correction: the two are never merged. With --document or --alias a part of the first becomes the "
      "second's, "
      "which is made when it is not there: what that document says, or the mentions by that name, with their "
      "sentences.",
      "verband split \"Jansen\" \"Jansen (PvdA)\" --document brief.txt\n"
      "verband split \"Gemeente Utrecht\" \"Provincie Utrecht\"" },
    { "stats", cmd_stats, CLI_READS, "", 0, 0, ROWS, "figures of the graph",
      "Counts nodes by label, edges by relation, documents by year.", "verband stats" },
    { "text", cmd_text, CLI_READS, "DOCUMENT", 1, 1, COMMON, "the extracted text of a document",
      "Prints the text of a loaded document as the analysis read it; every offset that `mentions`, `edges` "
      "and "
      "`search` give is a byte of it.",
      "verband text brief.txt" },
    { "undo", cmd_undo, CLI_NO_STORE, "NUMBER...", 1, SIZE_MAX, COMMON | PERSON, "take corrections back",
      "Takes corrections back, in any order: the graph is as if they had never been made. `verband "
      "corrections` "
      "lists the numbers.",
      "verband undo 3 --why \"toch juist\"" },
    { "version", cmd_version, CLI_NO_STORE, "", 0, 0, CLI_TAKES(HELP), "the version", "Prints the version.",
      "verband version" },
    { "why", cmd_why, CLI_READS, "A B", 2, 2, ROWS, "every sentence that connects two nodes",
      "Shows every edge between two nodes with all its sentences, the words marked by which each was read, "
      "and "
      "the rule that read it; where there is no edge, the documents that mention both.",
      "verband why Leeuwarden \"Preventie met Gezag\"" },
};

const cli_command *cli_commands(size_t *n)
{
    *n = sizeof commands / sizeof *commands;
    return commands;
}

const cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

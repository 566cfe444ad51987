/*
 * The grammar of openCypher (openCypher 9 and the additions its TCK knows), for lemon. Every keyword may be a
 * name where a name stands (%fallback). "(" that opens a pattern inside an expression arrives as NODE_OPEN and
 * "[" before `name = pattern` as PATH_OPEN: vb_cy_tokens_mark() looked ahead.
 */
%include {
#include "queries/cypher/cypher.h"
#include <assert.h>
#include <stdlib.h>
}
%name vb_cy_grammar
%token_prefix T_
%token_type {vb_cy_token}
%extra_argument {vb_cy_parse *p}
%stack_size 4000
%stack_overflow {
    vb_cy_fail(p->source, p->token.at, VB_TOO_LARGE, "SyntaxError/NestedTooDeep", "nested too deeply");
}
%syntax_error {
    if (p->source->status == VB_OK) {
        if (p->token.code) {
            vb_cy_fail(p->source, p->token.at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax", "unexpected '%.*s'",
                    (int)(p->token.text.len < 60 ? p->token.text.len : 60), p->token.text.at);
            vb_cy_hint_word(p->source, p->token.text, 'k');
        } else
            vb_cy_fail(p->source, p->token.at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                    "the query ends too soon");
    }
    (void)yymajor; (void)TOKEN;
}
%left WALK.
%left MINUS LT.
%fallback IDENT ALL AND AS ASC BY CALL CASE CONTAINS CREATE DELETE DESC DETACH DISTINCT ELSE END ENDS EXPLAIN FALSE
    IN IS LIMIT MATCH MERGE NOT NULL ON OPTIONAL OR ORDER PROFILE REMOVE RETURN SET SKIP STARTS THEN TRUE UNION
    UNWIND WHEN WHERE WITH XOR YIELD.

start ::= query(Q) semi. { p->query = Q; }
start ::= EXPLAIN query(Q) semi. { p->query = Q; Q->mode = VB_QUERY_EXPLAIN; }
start ::= PROFILE query(Q) semi. { p->query = Q; Q->mode = VB_QUERY_PROFILE; }
semi ::= .
semi ::= SEMI.

%type query {vb_cy_query *}
query(Q) ::= single(S). { Q = vb_cy_make(p, sizeof *Q); vb_cy_query_add(p, Q, S, -1, 0); }
query(Q) ::= query(A) UNION(U) single(S). { Q = A; vb_cy_query_add(p, Q, S, 0, U.at); }
query(Q) ::= query(A) UNION(U) ALL single(S). { Q = A; vb_cy_query_add(p, Q, S, 1, U.at); }

%type single {vb_cy_single *}
single(S) ::= clause(C). { S = vb_cy_make(p, sizeof *S); vb_cy_single_add(p, S, C); }
single(S) ::= single(A) clause(C). { S = A; vb_cy_single_add(p, S, C); }

/* ---- clauses ---- */
%type clause {vb_cy_clause *}
%type where {vb_cy_expr *}
%type pattern {vb_cy_pattern *}
where(W) ::= . { W = NULL; }
where(W) ::= WHERE expr(E). { W = E; }

clause(C) ::= MATCH(T) pattern(P) where(W). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_MATCH; C->at = T.at; C->pattern = P; C->where = W; }
clause(C) ::= OPTIONAL(T) MATCH pattern(P) where(W). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_MATCH; C->at = T.at; C->pattern = P; C->where = W;
    C->optional = true; }
clause(C) ::= UNWIND(T) expr(E) AS name(N). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_UNWIND; C->at = T.at; C->expr = E; C->name = vb_cy_name(p, N); }
clause(C) ::= CREATE(T) pattern(P). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_CREATE; C->at = T.at; C->pattern = P; }
clause(C) ::= merge(A). { C = A; }
clause(C) ::= SET(T) sets(S). { C = vb_cy_make(p, sizeof *C); C->kind = CL_SET; C->at = T.at; C->sets = S; }
clause(C) ::= REMOVE(T) removes(S). { C = vb_cy_make(p, sizeof *C); C->kind = CL_SET; C->at = T.at; C->sets = S; }
clause(C) ::= DELETE(T) exprs(E). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_DELETE; C->at = T.at; C->exprs = E; }
clause(C) ::= DETACH(T) DELETE exprs(E). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_DELETE; C->at = T.at; C->exprs = E; C->detach = true; }
clause(C) ::= call(A). { C = A; }
clause(C) ::= call(A) YIELD yields(I) where(W). { C = A; C->items = I; C->where = W; }
clause(C) ::= call(A) YIELD STAR. { C = A; C->star = true; }
clause(C) ::= call(A) YIELD MINUS. { C = A; }
clause(C) ::= WITH(T) body(B) where(W). { C = B; C->kind = CL_WITH; C->at = T.at; C->where = W; }
clause(C) ::= RETURN(T) body(B). { C = B; C->kind = CL_RETURN; C->at = T.at; }

%type merge {vb_cy_clause *}
merge(C) ::= MERGE(T) part(A). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_MERGE; C->at = T.at;
    C->pattern = vb_cy_make(p, sizeof *C->pattern);
    if (vb_push(p->source->arena, &C->pattern->parts) == VB_OK) C->pattern->parts.at[0] = A;
    else vb_cy_fail_memory(p->source); }
merge(C) ::= merge(A) ON name(N) SET sets(S). {
    C = A;
    for (size_t i = 0; i < S.len; i++) {
        vb_cy_sets *to = (N.text.at[0] | 32) == 'm' ? &C->on_match : &C->on_create;
        if (vb_push(p->source->arena, to) == VB_OK) to->at[to->len - 1] = S.at[i];
        else vb_cy_fail_memory(p->source);
    } }

%type call {vb_cy_clause *}
%type dotted {vb_cy_expr *}
call(C) ::= CALL(T) dotted(D). {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_CALL; C->at = T.at; C->name = D->name; }
call(C) ::= CALL(T) dotted(D) LPAREN args(A) RPAREN. {
    C = vb_cy_make(p, sizeof *C); C->kind = CL_CALL; C->at = T.at; C->name = D->name; C->has_args = true;
    C->exprs = A; }
dotted(D) ::= name(N). { D = vb_cy_expr_name(p, E_VARIABLE, N); }
dotted(D) ::= dotted(A) DOT name(N). {
    D = A;
    if (vb_arena_printf(p->source->arena, &D->name, "%.*s.%.*s", VB_FMT(A->name), VB_FMT(N.text)) != VB_OK)
        vb_cy_fail_memory(p->source); }

%type yields {vb_cy_items}
%type yield {vb_cy_item}
yields(L) ::= yield(I). { L = (vb_cy_items){ 0 }; if (vb_push(p->source->arena, &L) == VB_OK) L.at[0] = I; }
yields(L) ::= yields(A) COMMA yield(I). {
    L = A; if (vb_push(p->source->arena, &L) == VB_OK) L.at[L.len - 1] = I; }
yield(I) ::= name(N). { I = (vb_cy_item){ .expr = vb_cy_expr_name(p, E_VARIABLE, N), .name = vb_cy_name(p, N) }; }
yield(I) ::= name(N) AS name(A). {
    I = (vb_cy_item){ .expr = vb_cy_expr_name(p, E_VARIABLE, N), .name = vb_cy_name(p, A), .alias = true }; }

/* ---- WITH and RETURN ---- */
%type body {vb_cy_clause *}
%type items {vb_cy_items}
%type item {vb_cy_item}
%type order {vb_cy_sorts}
%type sorts {vb_cy_sorts}
%type sort {vb_cy_sort}
%type skip {vb_cy_expr *}
%type limit {vb_cy_expr *}
%type distinct {int}
distinct(D) ::= . { D = 0; }
distinct(D) ::= DISTINCT. { D = 1; }
body(C) ::= distinct(D) items(I) order(O) skip(S) limit(L). {
    C = vb_cy_make(p, sizeof *C); C->distinct = D; C->items = I; C->order = O; C->skip = S; C->limit = L; }
body(C) ::= distinct(D) STAR order(O) skip(S) limit(L). {
    C = vb_cy_make(p, sizeof *C); C->distinct = D; C->star = true; C->order = O; C->skip = S; C->limit = L; }
body(C) ::= distinct(D) STAR COMMA items(I) order(O) skip(S) limit(L). {
    C = vb_cy_make(p, sizeof *C); C->distinct = D; C->star = true; C->items = I; C->order = O; C->skip = S;
    C->limit = L; }
items(L) ::= item(I). { L = (vb_cy_items){ 0 }; if (vb_push(p->source->arena, &L) == VB_OK) L.at[0] = I; }
items(L) ::= items(A) COMMA item(I). {
    L = A; if (vb_push(p->source->arena, &L) == VB_OK) L.at[L.len - 1] = I; }
item(I) ::= expr(E). { I = (vb_cy_item){ .expr = E }; }
item(I) ::= expr(E) AS name(N). { I = (vb_cy_item){ .expr = E, .name = vb_cy_name(p, N), .alias = true }; }
order(O) ::= . { O = (vb_cy_sorts){ 0 }; }
order(O) ::= ORDER BY sorts(S). { O = S; }
sorts(L) ::= sort(S). { L = (vb_cy_sorts){ 0 }; if (vb_push(p->source->arena, &L) == VB_OK) L.at[0] = S; }
sorts(L) ::= sorts(A) COMMA sort(S). {
    L = A; if (vb_push(p->source->arena, &L) == VB_OK) L.at[L.len - 1] = S; }
sort(S) ::= expr(E). { S = (vb_cy_sort){ E, false }; }
sort(S) ::= expr(E) ASC. { S = (vb_cy_sort){ E, false }; }
sort(S) ::= expr(E) DESC. { S = (vb_cy_sort){ E, true }; }
skip(S) ::= . { S = NULL; }
skip(S) ::= SKIP expr(E). { S = E; }
limit(S) ::= . { S = NULL; }
limit(S) ::= LIMIT expr(E). { S = E; }

/* ---- SET and REMOVE ---- */
%type sets {vb_cy_sets}
%type set {vb_cy_set}
%type removes {vb_cy_sets}
%type remove {vb_cy_set}
sets(L) ::= set(S). { L = (vb_cy_sets){ 0 }; if (vb_push(p->source->arena, &L) == VB_OK) L.at[0] = S; }
sets(L) ::= sets(A) COMMA set(S). { L = A; if (vb_push(p->source->arena, &L) == VB_OK) L.at[L.len - 1] = S; }
set(S) ::= post(T) EQ expr(E). { S = vb_cy_set_item(p, T, 0, E); }
set(S) ::= post(T) PLUS_EQ expr(E). { S = vb_cy_set_item(p, T, 1, E); }
set(S) ::= post(T). { S = vb_cy_set_item(p, T, 0, NULL); }
removes(L) ::= remove(S). { L = (vb_cy_sets){ 0 }; if (vb_push(p->source->arena, &L) == VB_OK) L.at[0] = S; }
removes(L) ::= removes(A) COMMA remove(S). {
    L = A; if (vb_push(p->source->arena, &L) == VB_OK) L.at[L.len - 1] = S; }
remove(S) ::= post(T). { S = vb_cy_set_item(p, T, -1, NULL); }

/* ---- patterns ---- */
%type part {vb_cy_part *}
%type walk {vb_cy_part *}
%type chain {vb_cy_part *}
%type ends {vb_cy_part *}
%type node {vb_cy_node *}
%type inner {vb_cy_node *}
%type rel {vb_cy_rel *}
%type detail {vb_cy_rel *}
%type labels {vb_cy_names}
%type types {vb_cy_names}
%type props {vb_cy_expr *}
%type range {vb_cy_rel *}
pattern(P) ::= part(A). {
    P = vb_cy_make(p, sizeof *P); if (vb_push(p->source->arena, &P->parts) == VB_OK) P->parts.at[0] = A; }
pattern(P) ::= pattern(B) COMMA part(A). {
    P = B; if (vb_push(p->source->arena, &P->parts) == VB_OK) P->parts.at[P->parts.len - 1] = A; }
part(A) ::= ends(E). { A = E; }
part(A) ::= name(N) EQ ends(E). { A = E; A->name = vb_cy_name(p, N); A->at = N.at; }
ends(E) ::= chain(C). { E = C; }
ends(E) ::= SHORTEST(T) open chain(C) RPAREN. {
    E = C; E->shortest = (T.text.at[0] | 32) == 'a' ? 2 : 1; E->at = T.at; }
ends(E) ::= open ends(C) RPAREN. { E = C; }
open ::= LPAREN.
open ::= NODE_OPEN.
chain(C) ::= node(N). { C = vb_cy_part_new(p, N); }
chain(C) ::= chain(A) rel(R) node(N). { C = A; vb_cy_part_add(p, C, R, N); }
node(N) ::= open inner(I) RPAREN. { N = I; }
inner(N) ::= labels(L) props(P). { N = vb_cy_make(p, sizeof *N); N->at = p->token.at; N->labels = L; N->props = P; }
inner(N) ::= name(V) labels(L) props(P). {
    N = vb_cy_make(p, sizeof *N); N->at = V.at; N->name = vb_cy_name(p, V); N->labels = L; N->props = P; }
labels(L) ::= . { L = (vb_cy_names){ 0 }; }
labels(L) ::= labels(A) COLON name(N). { L = A; vb_cy_names_add(p, &L, N); }
props(P) ::= . { P = NULL; }
props(P) ::= map(M). { P = M; }
props(P) ::= PARAM(T). { P = vb_cy_expr_name(p, E_PARAM, T); }
rel(R) ::= MINUS detail(D) MINUS. { R = D; R->direction = 0; }
rel(R) ::= MINUS detail(D) MINUS GT. { R = D; R->direction = 1; }
rel(R) ::= LT MINUS detail(D) MINUS. { R = D; R->direction = -1; }
rel(R) ::= LT MINUS detail(D) MINUS GT. { R = D; R->direction = 2; }
detail(D) ::= . { D = vb_cy_make(p, sizeof *D); D->at = p->token.at; D->max = -1; }
detail(D) ::= LBRACKET(T) types(L) range(G) props(P) RBRACKET. { D = G; D->at = T.at; D->types = L; D->props = P; }
detail(D) ::= LBRACKET name(V) types(L) range(G) props(P) RBRACKET. {
    D = G; D->at = V.at; D->name = vb_cy_name(p, V); D->types = L; D->props = P; }
types(L) ::= . { L = (vb_cy_names){ 0 }; }
types(L) ::= COLON typelist(A). { L = A; }
%type typelist {vb_cy_names}
typelist(L) ::= name(N). { L = (vb_cy_names){ 0 }; vb_cy_names_add(p, &L, N); }
typelist(L) ::= typelist(A) BAR name(N). { L = A; vb_cy_names_add(p, &L, N); }
typelist(L) ::= typelist(A) BAR COLON name(N). { L = A; vb_cy_names_add(p, &L, N); }
range(R) ::= . { R = vb_cy_make(p, sizeof *R); R->max = -1; }
range(R) ::= STAR. { R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = 1; R->max = -1; }
range(R) ::= STAR INTEGER(A). {
    R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = R->max = vb_cy_int(p, A); }
range(R) ::= STAR MINUS(M) INTEGER. {
    R = vb_cy_make(p, sizeof *R); vb_cy_fail(p->source, M.at, VB_BAD_INPUT, "SyntaxError/InvalidRelationshipPattern",
                                       "a path has no negative length"); }
range(R) ::= STAR DOTDOT. { R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = 1; R->max = -1; }
range(R) ::= STAR INTEGER(A) DOTDOT. {
    R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = vb_cy_int(p, A); R->max = -1; }
range(R) ::= STAR DOTDOT INTEGER(B). {
    R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = 1; R->max = vb_cy_int(p, B); }
range(R) ::= STAR INTEGER(A) DOTDOT INTEGER(B). {
    R = vb_cy_make(p, sizeof *R); R->var_length = true; R->min = vb_cy_int(p, A); R->max = vb_cy_int(p, B); }

/* ---- expressions, loosest first ---- */
%type expr {vb_cy_expr *}
%type xor {vb_cy_expr *}
%type and {vb_cy_expr *}
%type not {vb_cy_expr *}
%type comparison {vb_cy_expr *}
%type test {vb_cy_expr *}
%type sum {vb_cy_expr *}
%type product {vb_cy_expr *}
%type power {vb_cy_expr *}
%type unary {vb_cy_expr *}
%type post {vb_cy_expr *}
%type atom {vb_cy_expr *}
%type map {vb_cy_expr *}
%type entries {vb_cy_expr *}
%type cases {vb_cy_expr *}
%type exprs {vb_cy_exprs}
%type args {vb_cy_exprs}
expr(E) ::= xor(A). { E = A; }
expr(E) ::= expr(A) OR xor(B). { E = vb_cy_expr_2(p, E_OR, A, B); }
xor(E) ::= and(A). { E = A; }
xor(E) ::= xor(A) XOR and(B). { E = vb_cy_expr_2(p, E_XOR, A, B); }
and(E) ::= not(A). { E = A; }
and(E) ::= and(A) AND not(B). { E = vb_cy_expr_2(p, E_AND, A, B); }
not(E) ::= comparison(A). { E = A; }
not(E) ::= NOT(T) not(A). { E = vb_cy_expr_1(p, E_NOT, A, T.at); }
comparison(E) ::= test(A). { E = A; }
comparison(E) ::= comparison(A) EQ test(B). { E = vb_cy_expr_compare(p, A, C_EQ, B); }
comparison(E) ::= comparison(A) NE test(B). { E = vb_cy_expr_compare(p, A, C_NE, B); }
comparison(E) ::= comparison(A) LT test(B). { E = vb_cy_expr_compare(p, A, C_LT, B); }
comparison(E) ::= comparison(A) LE test(B). { E = vb_cy_expr_compare(p, A, C_LE, B); }
comparison(E) ::= comparison(A) GT test(B). { E = vb_cy_expr_compare(p, A, C_GT, B); }
comparison(E) ::= comparison(A) GE test(B). { E = vb_cy_expr_compare(p, A, C_GE, B); }
test(E) ::= sum(A). { E = A; }
test(E) ::= test(A) IN sum(B). { E = vb_cy_expr_2(p, E_IN, A, B); }
test(E) ::= test(A) STARTS WITH sum(B). { E = vb_cy_expr_2(p, E_STARTS, A, B); }
test(E) ::= test(A) ENDS WITH sum(B). { E = vb_cy_expr_2(p, E_ENDS, A, B); }
test(E) ::= test(A) CONTAINS sum(B). { E = vb_cy_expr_2(p, E_CONTAINS, A, B); }
test(E) ::= test(A) TILDE sum(B). { E = vb_cy_expr_2(p, E_MATCHES, A, B); }
test(E) ::= test(A) IS NULL(T). { E = vb_cy_expr_1(p, E_IS_NULL, A, A->at); E->end = T.at + 4; }
test(E) ::= test(A) IS NOT NULL(T). { E = vb_cy_expr_1(p, E_IS_NOT_NULL, A, A->at); E->end = T.at + 4; }
sum(E) ::= product(A). { E = A; }
sum(E) ::= sum(A) PLUS product(B). { E = vb_cy_expr_2(p, E_ADD, A, B); }
sum(E) ::= sum(A) MINUS product(B). { E = vb_cy_expr_2(p, E_SUBTRACT, A, B); }
product(E) ::= power(A). { E = A; }
product(E) ::= product(A) STAR power(B). { E = vb_cy_expr_2(p, E_MULTIPLY, A, B); }
product(E) ::= product(A) SLASH power(B). { E = vb_cy_expr_2(p, E_DIVIDE, A, B); }
product(E) ::= product(A) PERCENT power(B). { E = vb_cy_expr_2(p, E_MODULO, A, B); }
power(E) ::= unary(A). { E = A; }
power(E) ::= power(A) CARET unary(B). { E = vb_cy_expr_2(p, E_POWER, A, B); }
unary(E) ::= post(A). { E = A; }
unary(E) ::= PLUS(T) unary(A). { E = vb_cy_expr_1(p, E_PLUS, A, T.at); }
unary(E) ::= MINUS(T) unary(A). { E = vb_cy_expr_1(p, E_MINUS, A, T.at); }
post(E) ::= atom(A). { E = A; }
post(E) ::= post(A) DOT name(N). { E = vb_cy_expr_property(p, A, N); }
post(E) ::= post(A) COLON name(N). { E = vb_cy_expr_labels(p, A, N); }
post(E) ::= post(A) LBRACKET expr(B) RBRACKET(T). { E = vb_cy_expr_2(p, E_INDEX, A, B); E->end = T.at + 1; }
post(E) ::= post(A) LBRACKET DOTDOT RBRACKET(T). {
    E = vb_cy_expr_1(p, E_SLICE, A, A->at); vb_cy_expr_arg(p, E, NULL); vb_cy_expr_arg(p, E, NULL); E->end = T.at + 1; }
post(E) ::= post(A) LBRACKET expr(B) DOTDOT RBRACKET(T). {
    E = vb_cy_expr_1(p, E_SLICE, A, A->at); vb_cy_expr_arg(p, E, B); vb_cy_expr_arg(p, E, NULL); E->end = T.at + 1; }
post(E) ::= post(A) LBRACKET DOTDOT expr(B) RBRACKET(T). {
    E = vb_cy_expr_1(p, E_SLICE, A, A->at); vb_cy_expr_arg(p, E, NULL); vb_cy_expr_arg(p, E, B); E->end = T.at + 1; }
post(E) ::= post(A) LBRACKET expr(B) DOTDOT expr(D) RBRACKET(T). {
    E = vb_cy_expr_1(p, E_SLICE, A, A->at); vb_cy_expr_arg(p, E, B); vb_cy_expr_arg(p, E, D); E->end = T.at + 1; }
post(E) ::= post(A) LPAREN args(L) RPAREN(T). { E = vb_cy_expr_call(p, A, &L, false, T); }
post(E) ::= post(A) LPAREN DISTINCT exprs(L) RPAREN(T). { E = vb_cy_expr_call(p, A, &L, true, T); }
post(E) ::= post(A) LPAREN STAR RPAREN(T). { E = vb_cy_expr_call(p, A, NULL, false, T); }
post(E) ::= post(A) LPAREN expr(I) WHERE expr(W) RPAREN(T). { E = vb_cy_expr_quantifier(p, A, I, W, T); }
post(E) ::= ALL(N) LPAREN expr(I) WHERE expr(W) RPAREN(T). {
    E = vb_cy_expr_quantifier(p, vb_cy_expr_name(p, E_VARIABLE, N), I, W, T); }
args(L) ::= . { L = (vb_cy_exprs){ 0 }; }
args(L) ::= exprs(A). { L = A; }
exprs(L) ::= expr(E). { L = (vb_cy_exprs){ 0 }; vb_cy_exprs_add(p, &L, E); }
exprs(L) ::= exprs(A) COMMA expr(E). { L = A; vb_cy_exprs_add(p, &L, E); }

atom(E) ::= name(N). { E = vb_cy_expr_name(p, E_VARIABLE, N); }
atom(E) ::= PARAM(N). { E = vb_cy_expr_name(p, E_PARAM, N); }
atom(E) ::= INTEGER(N). { E = vb_cy_expr_number(p, N, false); }
atom(E) ::= REAL(N). { E = vb_cy_expr_number(p, N, true); }
atom(E) ::= STRING(N). { E = vb_cy_expr_string(p, N); }
atom(E) ::= TRUE(N). { E = vb_cy_expr_bool(p, N, 1); }
atom(E) ::= FALSE(N). { E = vb_cy_expr_bool(p, N, 0); }
atom(E) ::= NULL(N). { E = vb_cy_expr_bool(p, N, -1); }
atom(E) ::= LPAREN(A) expr(B) RPAREN(C). {
    E = B; E->paren = true; E->at = A.at; E->end = C.at + 1; }
atom(E) ::= walk(C). [WALK] {
    E = vb_cy_expr_new(p, E_PATTERN, C->nodes.len ? C->at : 0); E->end = p->token.at;
    E->pattern = vb_cy_make(p, sizeof *E->pattern);
    if (vb_push(p->source->arena, &E->pattern->parts) == VB_OK) E->pattern->parts.at[0] = C; }
walk(C) ::= NODE_OPEN(T) inner(I) RPAREN rel(R) node(N). {
    C = vb_cy_part_new(p, I); C->at = T.at; vb_cy_part_add(p, C, R, N); }
walk(C) ::= walk(A) rel(R) node(N). { C = A; vb_cy_part_add(p, C, R, N); }
atom(E) ::= patternatom(A). { E = A; }
%type patternatom {vb_cy_expr *}
patternatom(E) ::= SHORTEST(T) open chain(C) RPAREN(Z). {
    E = vb_cy_expr_new(p, E_PATTERN, T.at); C->shortest = (T.text.at[0] | 32) == 'a' ? 2 : 1; E->end = Z.at + 1;
    E->pattern = vb_cy_make(p, sizeof *E->pattern);
    if (vb_push(p->source->arena, &E->pattern->parts) == VB_OK) E->pattern->parts.at[0] = C; }
atom(E) ::= map(M). { E = M; }
atom(E) ::= LBRACKET(A) RBRACKET(Z). { E = vb_cy_expr_list(p, A, NULL, Z); }
atom(E) ::= LBRACKET(A) exprs(L) RBRACKET(Z). { E = vb_cy_expr_list(p, A, &L, Z); }
atom(E) ::= LBRACKET(A) expr(I) WHERE expr(W) RBRACKET(Z). { E = vb_cy_expr_bracket(p, A, I, W, NULL, Z); }
atom(E) ::= LBRACKET(A) expr(I) BAR expr(R) RBRACKET(Z). { E = vb_cy_expr_bracket(p, A, I, NULL, R, Z); }
atom(E) ::= LBRACKET(A) expr(I) WHERE expr(W) BAR expr(R) RBRACKET(Z). {
    E = vb_cy_expr_bracket(p, A, I, W, R, Z); }
atom(E) ::= PATH_OPEN(A) name(N) EQ chain(C) where(W) BAR expr(R) RBRACKET(Z). {
    E = vb_cy_expr_path_list(p, A, N, C, W, R, Z); }
atom(E) ::= CASE(T) cases(C) END(Z). { E = C; E->at = T.at; E->end = Z.at + 3; }
atom(E) ::= CASE(T) cases(C) ELSE expr(L) END(Z). { E = C; E->at = T.at; E->args.at[1] = L; E->end = Z.at + 3; }
atom(E) ::= EXISTS(T) LBRACE pattern(P) where(W) RBRACE(Z). {
    E = vb_cy_expr_sub(p, E_EXISTS, T, P, W, NULL, Z); }
atom(E) ::= EXISTS(T) LBRACE query(Q) RBRACE(Z). { E = vb_cy_expr_sub(p, E_EXISTS, T, NULL, NULL, Q, Z); }
atom(E) ::= COUNT(T) LBRACE pattern(P) where(W) RBRACE(Z). { E = vb_cy_expr_sub(p, E_COUNT, T, P, W, NULL, Z); }
atom(E) ::= COUNT(T) LBRACE query(Q) RBRACE(Z). { E = vb_cy_expr_sub(p, E_COUNT, T, NULL, NULL, Q, Z); }
cases(C) ::= WHEN expr(W) THEN expr(T). {
    C = vb_cy_expr_new(p, E_CASE, 0); vb_cy_expr_arg(p, C, NULL); vb_cy_expr_arg(p, C, NULL);
    vb_cy_expr_arg(p, C, W); vb_cy_expr_arg(p, C, T); }
cases(C) ::= expr(S) WHEN expr(W) THEN expr(T). {
    C = vb_cy_expr_new(p, E_CASE, 0); vb_cy_expr_arg(p, C, S); vb_cy_expr_arg(p, C, NULL);
    vb_cy_expr_arg(p, C, W); vb_cy_expr_arg(p, C, T); }
cases(C) ::= cases(A) WHEN expr(W) THEN expr(T). { C = A; vb_cy_expr_arg(p, C, W); vb_cy_expr_arg(p, C, T); }
map(M) ::= LBRACE(A) RBRACE(Z). { M = vb_cy_expr_new(p, E_MAP, A.at); M->end = Z.at + 1; }
map(M) ::= LBRACE(A) entries(E) RBRACE(Z). { M = E; M->at = A.at; M->end = Z.at + 1; }
entries(M) ::= name(K) COLON expr(V). { M = vb_cy_expr_new(p, E_MAP, K.at); vb_cy_expr_key(p, M, K, V); }
entries(M) ::= entries(A) COMMA name(K) COLON expr(V). { M = A; vb_cy_expr_key(p, M, K, V); }
%type name {vb_cy_token}
name(N) ::= IDENT(T). { N = T; }

# Every step that the runner knows, with expectations that hold. Written for Verband.
Feature: Steps

  Scenario: A named graph, from scripts in a folder
    Given the chain graph
    When executing query:
      """
      MATCH (a)-[t:TRACK]->(b) RETURN a.name AS a, t.km AS km, b.name AS b ORDER BY km
      """
    Then the result should be, in order:
      | a             | km   | b        |
      | 'Zwolle; hal' | 26   | 'Meppel' |
      | 'Meppel'      | 48.5 | 'Assen'  |
    And no side effects

  Scenario: Rows are a bag: repeated ones count, their order does not
    Given any graph
    When executing query:
      """
      UNWIND [2, 1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 2 |
    And no side effects

  Scenario: Lists as bags
    Given any graph
    When executing query:
      """
      UNWIND [[3, 1], [2]] AS x RETURN x
      """
    Then the result should be, in order (ignoring element order for lists):
      | x      |
      | [1, 3] |
      | [2]    |
    And no side effects

  Scenario: Lists as bags, rows in any order
    Given any graph
    When executing query:
      """
      UNWIND [[3, 1], [2]] AS x RETURN x
      """
    Then the result should be (ignoring element order for lists):
      | x      |
      | [2]    |
      | [1, 3] |
    And no side effects

  Scenario: Parameters of every kind
    Given any graph
    And parameters are:
      | a | 1                 |
      | b | 'x'               |
      | c | [1.5, null, true] |
      | d | {k: {l: []}}      |
    When executing query:
      """
      RETURN $a AS a, $b AS b, $c AS c, $d AS d
      """
    Then the result should be, in any order:
      | a | b   | c                 | d            |
      | 1 | 'x' | [1.5, null, true] | {k: {l: []}} |
    And no side effects

  Scenario: All side effects at once
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {a: 1, b: 2})-[:R {c: 3}]->(s:Stays), (s)-[:T]->(s)
      """
    When executing query:
      """
      MATCH (o:Old)-[r:R]->(s:Stays)
      DELETE r, o
      SET s.d = 1, s.e = 2
      CREATE (s)-[:S]->(:New), (s)-[:S]->()
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | -nodes         | 1 |
      | +relationships | 2 |
      | -relationships | 1 |
      | +properties    | 2 |
      | -properties    | 3 |
      | +labels        | 1 |
      | -labels        | 1 |

  Scenario: A control query looks at what the first one left
    Given an empty graph
    When executing query:
      """
      CREATE (:A {n: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 1 |
      | +properties | 1 |
      | +labels     | 1 |
    When executing control query:
      """
      MATCH (a) RETURN a
      """
    Then the result should be, in any order:
      | a             |
      | (:A {n: 1}) |

  Scenario: A procedure answers from its table
    Given an empty graph
    And there exists a procedure test.port(name :: STRING?, n :: FLOAT?) :: (code :: STRING?, depth :: INTEGER?):
      | name  | n   | code | depth |
      | 'Urk' | 1.0 | 'UK' | 4     |
      | 'Urk' | 1.0 | 'UR' | 5     |
      | 'Ens' | 1.0 | 'EN' | 0     |
    When executing query:
      """
      CALL test.port('Urk', 1) YIELD code, depth
      RETURN code, depth
      """
    Then the result should be, in any order:
      | code | depth |
      | 'UK' | 4     |
      | 'UR' | 5     |
    And no side effects

  Scenario: An error at compile time
    Given any graph
    When executing query:
      """
      RETURN nobody
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: An error at run time
    Given any graph
    When executing query:
      """
      UNWIND [{k: 1}] AS m WITH m, [1] AS l RETURN l[m.k + 'x']
      """
    Then a TypeError should be raised at runtime: *

  Scenario: An error at any time leaves the graph alone
    Given any graph
    When executing query:
      """
      CREATE (:A) WITH 1 AS one RETURN nobody
      """
    Then a SyntaxError should be raised at any time: UndefinedVariable

  Scenario: An id is not given away twice: what is new is seen as new
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:A)
      """
    When executing query:
      """
      MATCH (a)-[r]->(b) DELETE a, r, b CREATE (:A)-[:R]->(:A)
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes         | 2 |
      | -nodes         | 2 |
      | +relationships | 1 |
      | -relationships | 1 |

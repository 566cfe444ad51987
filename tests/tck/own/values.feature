# Values as tables write them, and how strictly they are compared. Written for Verband.
Feature: Values

  Scenario: Scalars
    Given any graph
    When executing query:
      """
      RETURN null AS a, true AS b, -7 AS c, 7.0 AS d, 1.5e300 AS e, 'it\'s a \\ \t.' AS f
      """
    Then the result should be, in any order:
      | a    | b    | c  | d   | e       | f                   |
      | null | true | -7 | 7.0 | 1.5e300 | 'it\'s a \\ \t.' |
    And no side effects

  Scenario: Floats without a number
    Given any graph
    When executing query:
      """
      RETURN 0.0 / 0.0 AS a, -0.0 AS b
      """
    Then the result should be, in any order:
      | a   | b   |
      | NaN | 0.0 |
    And no side effects

  Scenario: Lists and maps, with keys in any order
    Given any graph
    When executing query:
      """
      RETURN [1, 'a', [true, null], []] AS list, {b: {c: [1.0]}, a: 1} AS map
      """
    Then the result should be, in any order:
      | list                      | map                      |
      | [1, 'a', [true, null], []] | {a: 1, b: {c: [1.0]}} |
    And no side effects

  Scenario: Nodes and relationships, with labels in any order
    Given an empty graph
    And having executed:
      """
      CREATE (:B:A {p: 1, q: 'x'})-[:KNOWS {since: 1999}]->()
      """
    When executing query:
      """
      MATCH (a)-[r]->(b) RETURN a, r, b
      """
    Then the result should be, in any order:
      | a                       | r                     | b  |
      | (:A:B {q: 'x', p: 1}) | [:KNOWS {since: 1999}] | () |
    And no side effects

  Scenario: Paths show the direction of every step
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:B)<-[:S {x: 1}]-(:C)
      """
    When executing query:
      """
      MATCH p = (:A)--(:B)--(:C) RETURN p, [p] AS ps
      """
    Then the result should be, in any order:
      | p                                       | ps                                        |
      | <(:A)-[:R]->(:B)<-[:S {x: 1}]-(:C)> | [<(:A)-[:R]->(:B)<-[:S {x: 1}]-(:C)>] |
    And no side effects

  Scenario: A path of no length
    Given an empty graph
    And having executed:
      """
      CREATE (:A {p: 1})
      """
    When executing query:
      """
      MATCH p = (:A) RETURN p
      """
    Then the result should be, in any order:
      | p               |
      | <(:A {p: 1})> |
    And no side effects

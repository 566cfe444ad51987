# Expectations that do not hold, one for each way to be wrong. Each must fail, for the reason behind =>. Written for Verband.
Feature: False

  Scenario: Fewer rows than there are => rows: expected 1, got 2; unexpected | 2 |
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: More rows than there are => rows: expected 3, got 2; missing | 3 |
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: A row twice that is there once => rows: expected 2, got 2; missing | 1 |
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 1 |
    And no side effects

  Scenario: No rows where there is one => rows: expected 0, got 1; unexpected | 1 |
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario: Another integer => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 2 |
    And no side effects

  Scenario: An integer is no float => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1.0 |
    And no side effects

  Scenario: A float is no integer => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 1.0 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: A float in a list is no integer => rows:
    Given an empty graph
    When executing query:
      """
      RETURN [1.0] AS x
      """
    Then the result should be, in any order:
      | x |
      | [1] |
    And no side effects

  Scenario: A float in a map is no integer => rows:
    Given an empty graph
    When executing query:
      """
      RETURN {a: 1.0} AS x
      """
    Then the result should be, in any order:
      | x |
      | {a: 1} |
    And no side effects

  Scenario: Floats that differ in the last digit => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 0.1 + 0.2 AS x
      """
    Then the result should be, in any order:
      | x |
      | 0.3 |
    And no side effects

  Scenario: A text is no number => rows:
    Given an empty graph
    When executing query:
      """
      RETURN '1' AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: Null is no text => rows:
    Given an empty graph
    When executing query:
      """
      RETURN null AS x
      """
    Then the result should be, in any order:
      | x |
      | 'null' |
    And no side effects

  Scenario: True is not false => rows:
    Given an empty graph
    When executing query:
      """
      RETURN true AS x
      """
    Then the result should be, in any order:
      | x |
      | false |
    And no side effects

  Scenario: Case matters => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 'Urk' AS x
      """
    Then the result should be, in any order:
      | x |
      | 'urk' |
    And no side effects

  Scenario: Blanks matter => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 'a  b' AS x
      """
    Then the result should be, in any order:
      | x |
      | 'a b' |
    And no side effects

  Scenario: NaN is no null => rows:
    Given an empty graph
    When executing query:
      """
      RETURN 0.0 / 0.0 AS x
      """
    Then the result should be, in any order:
      | x |
      | null |
    And no side effects

  Scenario: A list's order matters => rows:
    Given an empty graph
    When executing query:
      """
      RETURN [1, 2] AS x
      """
    Then the result should be, in any order:
      | x |
      | [2, 1] |
    And no side effects

  Scenario: A list's length matters => rows:
    Given an empty graph
    When executing query:
      """
      RETURN [1, 2] AS x
      """
    Then the result should be, in any order:
      | x |
      | [1, 2, null] |
    And no side effects

  Scenario: A nested list is no flat one => rows:
    Given an empty graph
    When executing query:
      """
      RETURN [[1]] AS x
      """
    Then the result should be, in any order:
      | x |
      | [1] |
    And no side effects

  Scenario: Another key => rows:
    Given an empty graph
    When executing query:
      """
      RETURN {a: 1} AS x
      """
    Then the result should be, in any order:
      | x |
      | {b: 1} |
    And no side effects

  Scenario: A key too many => rows:
    Given an empty graph
    When executing query:
      """
      RETURN {a: 1} AS x
      """
    Then the result should be, in any order:
      | x |
      | {a: 1, b: null} |
    And no side effects

  Scenario: Another column's name => columns: expected y, got x
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | y |
      | 1 |
    And no side effects

  Scenario: A column too many => columns: y is missing
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x | y |
      | 1 | 2 |
    And no side effects

  Scenario: A column too few => columns: y is one too many
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x, 2 AS y
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And no side effects

  Scenario: Columns the other way round => columns: expected y, got x
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x, 1 AS y
      """
    Then the result should be, in any order:
      | y | x |
      | 1 | 1 |
    And no side effects

  Scenario: An expected value that is none => expected value {a 1}: no : behind a key
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | {a 1} |
    And no side effects

  Scenario: An expected value with a tail => expected value 1 2: more than one value
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 2 |
    And no side effects

  Scenario: A row with a cell too many => a row of the table has other columns
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 | 2 |
    And no side effects

  Scenario: Rows in another order => rows: row 1 should be | 2 |, got | 1 |
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x RETURN x ORDER BY x
      """
    Then the result should be, in order:
      | x |
      | 2 |
      | 1 |

  Scenario: Lists as bags still count => rows:
    Given an empty graph
    When executing query:
      """
      RETURN [1, 2, 2] AS x
      """
    Then the result should be (ignoring element order for lists):
      | x |
      | [1, 1, 2] |

  Scenario: Lists as bags, rows in another order => rows: row 1
    Given an empty graph
    When executing query:
      """
      UNWIND [[1, 2], [3]] AS x RETURN x
      """
    Then the result should be, in order (ignoring element order for lists):
      | x |
      | [3] |
      | [2, 1] |

  Scenario: Empty where there are rows => rows: expected 0, got 1
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be empty

  Scenario: Rows where nothing is returned => columns: x is missing
    Given an empty graph
    When executing query:
      """
      CREATE ()
      """
    Then the result should be, in any order:
      | x |

  Scenario: Another label => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n |
      | (:A:C {p: 1}) |
    And no side effects

  Scenario: A label too few => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n |
      | (:A {p: 1}) |
    And no side effects

  Scenario: A property too few => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n |
      | (:A:B) |
    And no side effects

  Scenario: A property of another kind => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n |
      | (:A:B {p: 1.0}) |
    And no side effects

  Scenario: Another type => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH ()-[r]->() RETURN r
      """
    Then the result should be, in any order:
      | r |
      | [:S {w: 1}] |
    And no side effects

  Scenario: A relationship without its property => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH ()-[r]->() RETURN r
      """
    Then the result should be, in any order:
      | r |
      | [:R] |
    And no side effects

  Scenario: A node is no map => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH (n:A) RETURN n
      """
    Then the result should be, in any order:
      | n |
      | {p: 1} |
    And no side effects

  Scenario: A path the other way round => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH p = (:A)-->(:C) RETURN p
      """
    Then the result should be, in any order:
      | p |
      | <(:A:B {p: 1})<-[:R {w: 1}]-(:C)> |
    And no side effects

  Scenario: A path from its other end => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH p = (:A)-->(:C) RETURN p
      """
    Then the result should be, in any order:
      | p |
      | <(:C)<-[:R {w: 1}]-(:A:B {p: 1})> |
    And no side effects

  Scenario: A shorter path => rows:
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {p: 1})-[:R {w: 1}]->(:C)
      """
    When executing query:
      """
      MATCH p = (:A)-->(:C) RETURN p
      """
    Then the result should be, in any order:
      | p |
      | <(:A:B {p: 1})> |
    And no side effects

  Scenario: No side effects where there are => side effects: +nodes should be 0, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And no side effects

  Scenario: Another count of +nodes => side effects: +nodes should be 2, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 2 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 1 |

  Scenario: Another count of -relationships => side effects: -relationships should be 2, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 2 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 1 |

  Scenario: Another count of +properties => side effects: +properties should be 3, is 2
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 3 |
      | -properties | 1 |
      | +labels | 1 |

  Scenario: Another count of -properties => side effects: -properties should be 2, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 2 |
      | +labels | 1 |

  Scenario: Another count of +labels => side effects: +labels should be 2, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 2 |

  Scenario: -nodes that did not happen => side effects: -nodes should be 1, is 0
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 1 |
      | -nodes | 1 |

  Scenario: +relationships that did not happen => side effects: +relationships should be 1, is 0
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 1 |
      | +relationships | 1 |

  Scenario: -labels that did not happen => side effects: -labels should be 1, is 0
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | -properties | 1 |
      | +labels | 1 |
      | -labels | 1 |

  Scenario: A side effect that is not named => side effects: -properties should be 0, is 1
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | 1 |
      | -relationships | 1 |
      | +properties | 2 |
      | +labels | 1 |

  Scenario: A side effect that nobody knows => unknown side effect +loops
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +loops | 1 |

  Scenario: A number of side effects that is none => many is no number of side effects
    Given an empty graph
    And having executed:
      """
      CREATE (:Old {p: 1})-[:R]->()
      """
    When executing query:
      """
      MATCH (o:Old)-[r]->(x) DELETE r SET o.p = 2 CREATE (:New {q: 1})
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes | many |

  Scenario: An error that does not come => no error: expected SyntaxError/UndefinedVariable
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: An error at any time that does not come => no error: expected TypeError/*
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then a TypeError should be raised at any time: *

  Scenario: An error of another type => other error: expected TypeError/UndefinedVariable at compile time, got SyntaxError
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then a TypeError should be raised at compile time: UndefinedVariable

  Scenario: An error of another detail => other error: expected SyntaxError/InvalidDelete at compile time, got SyntaxError/UndefinedVariable
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then a SyntaxError should be raised at compile time: InvalidDelete

  Scenario: An error at another phase => other error: expected SyntaxError/UndefinedVariable at runtime, got SyntaxError/UndefinedVariable at compile time
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then a SyntaxError should be raised at runtime: UndefinedVariable

  Scenario: A phase that nobody knows => unknown phase dinner
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then a SyntaxError should be raised at dinner: UndefinedVariable

  Scenario: Rows where an error comes => error: SyntaxError/UndefinedVariable at compile time
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then the result should be, in any order:
      | x |

  Scenario: Nothing where an error comes => error: SyntaxError/UndefinedVariable at compile time
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then the result should be empty

  Scenario: No side effects where an error comes => error: SyntaxError/UndefinedVariable at compile time
    Given an empty graph
    When executing query:
      """
      RETURN x
      """
    Then no side effects

  Scenario: A setup that fails => setup failed: SyntaxError/UndefinedVariable
    Given an empty graph
    And having executed:
      """
      CREATE ({p: x})
      """
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A parameter that is no value => parameter: expected value (:: a name is missing
    Given an empty graph
    And parameters are:
      | p | (: |
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A parameter of another value => rows:
    Given an empty graph
    And parameters are:
      | p | 1 |
    When executing query:
      """
      RETURN $p AS x
      """
    Then the result should be, in any order:
      | x |
      | 2 |

  Scenario: A procedure that answers otherwise => rows:
    Given an empty graph
    And there exists a procedure test.f(a :: INTEGER?) :: (b :: INTEGER?):
      | a | b |
      | 1 | 2 |
    When executing query:
      """
      CALL test.f(1) YIELD b RETURN b
      """
    Then the result should be, in any order:
      | b |
      | 3 |

  Scenario: A procedure whose table lacks a column => the procedure's table lacks a column of its signature
    Given an empty graph
    And there exists a procedure test.f(a :: INTEGER?) :: (b :: INTEGER?):
      | a | c |
      | 1 | 2 |
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A procedure without a signature => no signature of a procedure
    Given an empty graph
    And there exists a procedure test.f:
      | a |
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A graph that nobody has => no folder graphs/atlantis holds this graph
    Given the atlantis graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A named graph that holds other things => rows:
    Given the chain graph
    When executing query:
      """
      MATCH (n) RETURN count(n) AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |

  Scenario: A control query that sees other things => rows:
    Given an empty graph
    When executing query:
      """
      CREATE (:A)
      """
    Then the result should be empty
    When executing control query:
      """
      MATCH (a) RETURN count(a) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |

  Scenario: A step that nobody knows => unknown step at line
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
    And the moon should be full

  Scenario: An unknown step before the query => unknown step at line
    Given an empty graph
    And it is raining
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: Nothing is expected => nothing is expected of the query
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """

  Scenario: Nothing is expected of the first query => nothing was expected of the query before this one
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    When executing control query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: Nothing is executed => the scenario executes no query
    Given an empty graph

  Scenario: An expectation without a query => nothing was executed before this step
    Given an empty graph
    Then the result should be empty

  Scenario: A query without a graph => no graph was given before this step
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

  Scenario: A step without its doc string => this step lacks its doc string
    Given an empty graph
    When executing query:
    Then the result should be empty

  Scenario: A step without its table => this step lacks its table
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:

  Scenario: A table that nothing reads => this step takes no table
    Given an empty graph
    When executing query:
      """
      CREATE ()
      """
    Then the result should be empty
      | x |

  Scenario Outline: Only one row of examples is false, <x> => <why>
    Given an empty graph
    When executing query:
      """
      RETURN <x> AS x
      """
    Then the result should be, in any order:
      | x |
      | 2 |

    Examples:
      | x     | why                                               |
      | 1     | rows: expected 1, got 1; unexpected \| 1 \|      |
      | y     | error: SyntaxError/UndefinedVariable at compile time |

  Scenario Outline: An outline without examples => an outline without examples
    Given an empty graph

  Scenario Outline: Examples with a cell too few => a row of examples with other cells than its header
    Given an empty graph

    Examples:
      | a | b |
      | 1 |

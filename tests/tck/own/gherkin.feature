# The whole of Gherkin that the runner reads. Written for Verband.
Feature: Gherkin
  A description, which is no step:
  Given this is read over, the file still counts five scenarios and five rows of examples.

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (:Town {name: 'Urk', sea: true})
      """

  Scenario: The background comes first
    When executing query:
      """
      MATCH (t:Town)
      RETURN t.name AS name, t.sea AS sea
      """
    Then the result should be, in any order:
      | name  | sea  |
      | 'Urk' | true |
    And no side effects

  # a comment between scenarios
  @one @two
  @three
  Example: Tags, another keyword for a scenario, steps with But and *
    * parameters are:
      | name | 'Urk' |
    When executing query: MATCH (t {name: $name}) RETURN count(t) AS n
    Then the result should be, in any order:
      | n |
      # a comment inside a table
      | 1 |
    But no side effects

  Scenario: Doc strings keep their own indentation, in either kind of mark
    When executing query:
      ```
      RETURN 'a
        b' AS text
      ```
    Then the result should be, in any order:
      | text    |
      | 'a\n  b' |
    And no side effects

  Scenario: A bar inside a cell, and a name between backticks
    When executing query:
      """
      RETURN 'a|b' AS `x|y`
      """
    Then the result should be, in any order:
      | x\|y   |
      | 'a\|b' |
    And no side effects

  @ignore
  Scenario: Tagged to be skipped
    When executing query:
      """
      RETURN 1 AS wrong
      """
    Then the result should be empty

  Scenario Outline: Examples in several tables: <what>
    When executing query:
      """
      RETURN <expr> AS value
      """
    Then the result should be, in any order:
      | value    |
      | <result> |
    And no side effects

    Examples: numbers
      | what    | expr    | result |
      | integer | 1 + 1   | 2      |
      | float   | 1.0 / 2 | 0.5    |
      | bars    | 'a\|b'  | 'a\|b' |

    Scenarios:
      | result | expr | what    |
      | null   | null | nothing |
      | ''     | ''   | a text  |

  Rule: A rule has a background of its own, behind the feature's

    Background:
      Given having executed:
        """
        CREATE (:Town {name: 'Ens'})
        """

    Scenario: Both were executed
      When executing query:
        """
        MATCH (t:Town) RETURN t.name AS name ORDER BY name
        """
      Then the result should be, in order:
        | name  |
        | 'Ens' |
        | 'Urk' |
      And no side effects

# A query that does not end in any time that a test has. Written for Verband.
Feature: Slow

  Scenario: A query without an end
    Given an empty graph
    When executing query:
      """
      UNWIND range(1, 1000000) AS a
      UNWIND range(1, 1000000) AS b
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n             |
      | 1000000000000 |

  Scenario: What comes behind it still runs
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x
      """
    Then the result should be, in any order:
      | x |
      | 1 |

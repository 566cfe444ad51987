# A line that is no Gherkin: what stands before it is read, the file as a whole fails.
Feature: No Gherkin

  Scenario: A doc string without an end => the scenario executes no query
    Given an empty graph

  Scenario: Cut off => nothing is expected of the query
    Given an empty graph
    When executing query:
      """
      RETURN 1 AS x

"""What a number means: missions, clauses, metric definitions, measures and sentences."""

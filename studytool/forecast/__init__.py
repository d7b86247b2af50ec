"""A simulation of the learner's backlog, day by day: pure functions over memories and habits."""

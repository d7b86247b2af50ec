"""What the days to come will ask: the learner's backlog simulated day by day."""

"""One learner's devices: each puts its events into a folder that something else carries about."""

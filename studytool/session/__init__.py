"""The learner's day: its plan, its sittings and crams, acts on items, and the figures of the log."""

"""Statistics of what was reviewed: pure functions over columns of answers."""

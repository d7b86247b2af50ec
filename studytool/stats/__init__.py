"""Statistics of reviews: pure functions over columns of answers."""

"""One sitting: from the due queue through question, mark and rating to the log."""

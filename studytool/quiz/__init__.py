"""Ask an item as a variant, read the typed answer, and mark it."""

"""LaTeX formulas laid out as lines of Unicode text."""

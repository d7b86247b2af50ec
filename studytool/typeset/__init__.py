"""Text for a grid of cells: formulas laid out in Unicode, Markdown set in lines of a given width."""

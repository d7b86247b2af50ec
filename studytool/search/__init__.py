"""The language in which items are searched: its fields, its tree, and its reader; help has a page."""

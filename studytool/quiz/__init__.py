"""Asking and marking: an item made concrete, a typed answer read, a mark given."""

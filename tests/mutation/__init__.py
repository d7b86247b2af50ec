"""Alter the program's own code, one place at a time, and see whether a room's tests notice."""

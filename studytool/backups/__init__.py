"""Backups of the learner's log: taken, rotated and restored."""

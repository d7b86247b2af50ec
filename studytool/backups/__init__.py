"""Backups of the learner's log: taken, rotated, restored; the log checked and repaired."""

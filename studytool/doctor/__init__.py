"""The doctor: checks and repairs of files that cannot be made again."""

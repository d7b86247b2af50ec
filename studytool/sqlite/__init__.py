"""SQLite files: connections, faults, and pages and journals read without SQLite."""

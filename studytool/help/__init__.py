"""The help pages: prose in both languages, and tables made from the program's own tables."""

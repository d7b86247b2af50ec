"""The log in the formats of other programs: the table of the FSRS optimiser."""

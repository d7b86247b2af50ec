"""The doctor: what is wrong with the learner's files, and how it is put right."""

"""Mutants that no test can or should notice, each with the reason."""

EXPLAINED: dict[str, str] = {}
"""By ``module: function: text -> altered text``, as ``python -m tests.mutation`` prints it."""

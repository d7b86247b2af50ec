"""Mutants that no test can notice, each with the reason."""

EXPLAINED: dict[str, str] = {
    "studytool/formula/evaluate.py: _Evaluation._comparison: "
    "zip(node.rest, values, values[1:], strict=False) -> zip(node.rest, values, values[1:])": (
        "not strict is what zip does when nothing is said"
    ),
    "studytool/formula/evaluate.py: _Evaluation._reduction: -1 -> 1": (
        "'...' is the second of two arguments, so the last is at 1 as well"
    ),
    "studytool/quiz/number_text.py: _plain: False -> True": (
        "the shortest text of a float has no zeros to drop but those of a whole number"
    ),
    "studytool/quiz/slips.py: module: key > 0 -> key >= 0": (
        "a key of 0 has no slips: it never gets there"
    ),
}
"""By ``module: function: text -> altered text``, as ``python -m tests.mutation`` prints it."""

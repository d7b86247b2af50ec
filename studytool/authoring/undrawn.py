"""Say which part of an item keeps it from being drawn."""

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.errors import FormulaError, UndrawableError
from studytool.language import LANGUAGES, Message


def why_undrawn(seed: int, error: UndrawableError | FormulaError) -> PlayProblem:
    """Return the problem of an item of which no draw at a seed will do."""
    if isinstance(error, FormulaError):
        fields = {f"why_{code}": error.text(code) for code in LANGUAGES}
        return PlayProblem(PlayFault.NOT_MADE, (), {"seed": seed, **fields})
    why = error.fields["why"]
    assert isinstance(why, Message)
    fields = {f"why_{code}": why.text(code).rstrip(".") for code in LANGUAGES}
    counts = {name: int(str(error.fields[name])) for name in ("attempts", "times")}
    return PlayProblem(PlayFault.UNDRAWN, error.path, {"seed": seed, **counts, **fields})

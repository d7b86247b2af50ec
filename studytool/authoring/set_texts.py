"""Set the texts of a variant as a screen would: a formula that cannot be laid out is a problem."""

from collections.abc import Iterator
from functools import lru_cache

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.packs.document import Path
from studytool.quiz.variant import NumberKey, RecallKey, Variant, options_of
from studytool.typeset.markdown import MathSpan, read_blocks
from studytool.typeset.read_latex import read_formula
from studytool.typeset.tree import TypesetError

_ASKED_IN = {"card": "front", "cloze": "text"}


def unset_texts(variant: Variant) -> Iterator[PlayProblem]:
    """Return the texts of a variant with a formula that no screen can lay out."""
    for path, text in _texts(variant):
        latex = _first_unset(text) if "$" in text else None
        if latex is not None:
            yield PlayProblem(PlayFault.NOT_SET, path, {"latex": latex, "seed": variant.seed})


def _texts(variant: Variant) -> Iterator[tuple[Path, str]]:
    yield (_ASKED_IN.get(variant.kind, "prompt"),), variant.prompt
    yield ("solution",), variant.solution
    for number, hint in enumerate(variant.hints):
        yield ("hints", number), hint
    for option in options_of(variant.key):
        yield ("options",), option.text
        yield ("options",), option.feedback
    match variant.key:
        case RecallKey(back=back):
            yield ("back",), back
        case NumberKey(misconceptions=wrongs):
            for wrong in wrongs:
                yield ("misconceptions",), wrong.feedback
        case _:
            return


def _first_unset(text: str) -> str | None:
    for block in read_blocks(text):
        for part in block.inlines:
            if isinstance(part, MathSpan) and not _is_set(part.latex):
                return part.latex
    return None


@lru_cache(maxsize=4096)
def _is_set(latex: str) -> bool:
    try:
        read_formula(latex)
    except TypesetError:
        return False
    return True

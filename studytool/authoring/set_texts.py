"""Set the texts of a variant as a screen would: a formula that cannot be laid out is a problem."""

import re
from collections.abc import Iterator
from functools import lru_cache

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.packs.claims import Claim
from studytool.packs.document import Path
from studytool.packs.items import Item
from studytool.packs.walk import walk_texts, written
from studytool.quiz.key import NumberKey, RecallKey, options_of
from studytool.quiz.variant import Variant
from studytool.typeset.markdown import FORMULA, MathSpan, read_blocks
from studytool.typeset.read_latex import read_formula
from studytool.typeset.tree import TypesetError

_VALUE = re.compile(r"\\val\s{0,9}\{[^{}]*\}")
_ASKED_IN = {"card": "front", "cloze": "text"}


def unset_texts(variant: Variant) -> Iterator[PlayProblem]:
    """Return the texts of a variant with a formula that no screen can lay out."""
    for path, text in _texts(variant):
        latex = _first_unset(text) if "$" in text else None
        if latex is not None:
            yield PlayProblem(PlayFault.NOT_SET, path, {"latex": latex, "seed": variant.seed})


def formula_place(entry: Item | Claim, problem: PlayProblem) -> tuple[Path, int, int] | None:
    """Find in an entry's texts the formula that a problem is about: its text, place and length.

    Numbers stand in the formula that was set, and their names in the one that was written.
    """
    latex, inside = str(problem.fields["latex"]), len(problem.path)
    for path, text in walk_texts(entry):
        for where, words in written(path, text) if path[:inside] == problem.path else ():
            for found in FORMULA.finditer(words):
                group = "display" if found["display"] is not None else "inline"
                parts = (re.escape(part) for part in _VALUE.split(found[group]))
                if re.fullmatch(".+".join(parts), latex, re.DOTALL):
                    return where, found.start(group), len(found[group])
    return None


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

r"""The formulas of learner-facing texts: a ``$`` alone, braces that do not match, unknown commands."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from studytool.language import Message
from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.telling import told
from studytool.packs.walk import walk_texts, written
from studytool.typeset.latex_problems import (
    LatexFault,
    LatexProblem,
    known_commands,
    latex_problems,
)

_VALUE = re.compile(r"\\val\s{0,9}\{[^{}]*\}")
_GRIDS_ALONE = (
    "only 'matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'vmatrix', 'Vmatrix' and 'cases' are laid out"
)
_INSTEAD: Mapping[str, str] = {
    "begin": _GRIDS_ALONE,
    "end": _GRIDS_ALONE,
    "\\": "write one formula for each line",
    "over": r"write \frac{{a}}{{b}}",
    "cfrac": r"write \frac{{a}}{{b}}",
    "binom": "write C(n, k) and say what it is",
    "rm": r"write \mathrm{{…}}",
    "bf": r"write \mathbf{{…}}",
    "lt": "write <",
    "gt": "write >",
    "R": r"write \mathbb{{R}}",
    "E": r"write \mathbb{{E}}, or E",
    **dict.fromkeys(("big", "Big", "bigl", "bigr", "Bigl", "Bigr"), r"write \left( … \right)"),
    **dict.fromkeys(("label", "tag", "nonumber", "color"), "take it out"),
}
"""By a command that is not laid out, what to write in its place."""


def check_tex(
    located: Located[ItemFields | Claim | Manifest | PackExperiment],
) -> Iterator[Diagnostic]:
    """Report what is wrong with the formulas of each text."""
    for path, text in walk_texts(located.value):
        for where, words in written(path, text):
            if "$" in words or "\\" in words:
                for found in latex_problems(_without_values(words)):
                    code, why, help_ = _explained(found)
                    spot = (where, found.at)
                    length = len(found.words)
                    yield located.problem_in_text(code, spot, why, help_, length=length)


def _without_values(words: str) -> str:
    """Put letters in the place of each number that is filled in, so that all else stays where it is."""
    return _VALUE.sub(lambda found: f"{{{'n' * (len(found[0]) - 2)}}}", words)


def _explained(found: LatexProblem) -> tuple[str, Message, Message]:
    """Return the code, the sentence and the remedy of a problem."""
    if found.fault is LatexFault.UNKNOWN:
        help_ = _instead(found.words[1:].split("{")[0])
    elif found.fault is LatexFault.SPACED:
        help_ = told("write ${latex}$", latex=found.words.strip("$").strip())
    else:
        help_ = told(_REMEDIES[found.fault], words=found.words)
    code, why = _SENTENCES[found.fault]
    other = "\\right" if found.words == "\\left" else "\\left"
    return code, told(why, words=found.words, other=other), help_


_SENTENCES = {
    LatexFault.UNCLOSED: ("E350", "this '{words}' has no partner that would end its formula"),
    LatexFault.SPACED: ("E350", "a formula with a space beside its '$' is shown as it is written"),
    LatexFault.NOT_OPENED: ("E351", "this '}}' closes no brace"),
    LatexFault.NOT_CLOSED: ("E351", "this '{{' is not closed in its formula"),
    LatexFault.UNPAIRED: ("E351", "this '{words}' has no '{other}' in its formula"),
    LatexFault.HALF_GRID: ("E351", "this '{words}' stands alone in its formula"),
    LatexFault.UNKNOWN: ("E352", "the command '{words}' cannot be laid out"),
    LatexFault.OUTSIDE: ("E354", "'{words}' is TeX, and stands outside a formula"),
}
_REMEDIES = {
    LatexFault.UNCLOSED: r"end the formula with '{words}'; a dollar sign is written '\$'",
    LatexFault.NOT_OPENED: r"take it out; a brace to show is '\}}'",
    LatexFault.NOT_CLOSED: r"close it with '}}'; a brace to show is '\{{'",
    LatexFault.UNPAIRED: r"write \left( … \right), or brackets without '{words}'",
    LatexFault.HALF_GRID: r"write \begin{{pmatrix}} … \end{{pmatrix}}, the same name at both ends",
    LatexFault.OUTSIDE: "put the formula between '$' and '$', or show it as `code`",
}


def _instead(name: str) -> Message:
    if name in _INSTEAD:
        return told(_INSTEAD[name])
    near = get_close_matches(name, [one for one in known_commands() if len(one) > 1], 1, 0.75)
    return (
        told("did you mean '\\{near}'?", near=near[0])
        if near
        else told("write it with other commands, or in words")
    )

"""What items ask, each in one plain line, from the library alone: no model is made, no number drawn."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from studytool.packs.templates import Placeholder, fill, replace_blanks
from studytool.typeset.math_line import set_plain

if TYPE_CHECKING:
    from studytool.language import Language
    from studytool.library.library import Library

QUESTION_KEYS = ("prompt", "front", "text")
"""The keys of an item's question, of which each kind has one."""
_NUMBER, _BLANK = "…", "____"


def read_questions(
    library: "Library", items: Collection[str], language: "Language"
) -> dict[str, str]:
    """Return what each of ``items`` asks; those that no installed pack has are left out.

    Raises:
        StateError: the library cannot be read.
    """
    return {item: question_line(body, language) for item, body in library.bodies(items).items()}


def question_line(body: Mapping[str, Any], language: "Language") -> str:
    r"""Return what an item asks, given the JSON of it; a number that is drawn is ``…``.

    >>> asked = {"en": "What is\n$\\val{n}^2$ for {n} and [[name]] {k}?"}
    >>> question_line({"prompt": asked, "params": {"n": {}}, "let": {}}, "en")
    'What is …² for … and ____ {k}?'
    """
    texts: dict[str, str] = next(body[key] for key in QUESTION_KEYS if key in body)
    text = texts.get(language) or next(iter(texts.values()))
    text = fill(text, {*body["params"], *body["let"]}, _number)
    return set_plain(" ".join(replace_blanks(text, lambda *_: _BLANK).split()))


def _number(place: Placeholder) -> str:
    """Return what stands for a number; its particle is that of no number more than of another's."""
    return r"{\dots}" if place.within == "formula" else f"{_NUMBER}{place.particle or ''}"

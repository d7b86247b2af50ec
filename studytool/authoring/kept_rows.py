"""Problems as rows of JSON: what a check keeps of them."""

from typing import Any

from studytool.authoring.play_problem import PlacedProblem, PlayProblem
from studytool.language import LANGUAGES, Message, in_both
from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace


def place_row(place: Place) -> list[Any]:
    """Return a place as JSON keeps it."""
    return [place.file, place.line, place.column]


def placed_row(one: PlacedProblem) -> list[Any]:
    """Return a problem of plays as JSON keeps it."""
    return [*place_row(one.place), one.length, one.problem.as_row()]


def placed_of(row: list[Any]) -> PlacedProblem:
    """Read a problem of plays as JSON keeps it.

    Raises:
        ValueError, TypeError: the row is none of ours.
    """
    file, line, column, length, problem = row
    return PlacedProblem(Place(file, line, column), PlayProblem.of_row(problem), length)


def diagnostic_row(found: Diagnostic) -> list[Any]:
    """Return a problem of reading as JSON keeps it."""
    related = [[*place_row(other.place), _message_row(other.says)] for other in found.related]
    remedy = None if found.remedy is None else _message_row(found.remedy)
    own = [found.code, *place_row(found.place), _message_row(found.says), remedy, found.length]
    return [*own, related]


def diagnostic_of(row: list[Any]) -> Diagnostic:
    """Read a problem of reading as JSON keeps it.

    Raises:
        ValueError, TypeError: the row is none of ours.
    """
    code, file, line, column, says, remedy, length, related = row
    others = tuple(RelatedPlace(Place(*one[:3]), _message_of(one[3])) for one in related)
    told = None if remedy is None else _message_of(remedy)
    return Diagnostic(code, Place(file, line, column), _message_of(says), told, others, length)


def _message_row(says: Message) -> list[Any]:
    """Return a message whole, in both languages, so that no table is wanted to read it."""
    return [says.text(language) for language in LANGUAGES]


def _message_of(row: list[Any]) -> Message:
    ko, en = row
    return in_both(str(ko), str(en))

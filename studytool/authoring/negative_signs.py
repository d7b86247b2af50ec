r"""Find where a drawn number's minus meets a sign of a text: ``1.2 + −0.4``, ``−3²``, ``2−4``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.authoring.play_problem import Fields, PlayFault, PlayProblem
from studytool.errors import FormulaError
from studytool.language import LANGUAGES
from studytool.packs.document import Path
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Item, Numeric
from studytool.packs.meeting_signs import MeetingSign, meeting_signs
from studytool.packs.rounding import rounded, without_noise
from studytool.packs.scope import scope_of
from studytool.packs.templates import Placeholder
from studytool.packs.text import Text
from studytool.packs.walk import walk_texts, written
from studytool.quiz.key import NumberKey
from studytool.quiz.text_writer import TextWriter
from studytool.quiz.variant import Variant

_LEAST = 1e-12
"""What a computation leaves of 0."""


def negative_signs(item: Item, variants: Sequence[Variant]) -> Iterator[PlayProblem]:
    """Return each placeholder that is negative behind a sign, or under a power, in a play."""
    spots = list(_spots(item)) if item.params else []
    if not spots:
        return
    scopes = [_scope(item, variant) for variant in variants]
    for path, spot in spots:
        name = spot.place.name
        for variant, scope in zip(variants, scopes, strict=True):
            if name in scope and (spot.always or _is_negative(scope[name], spot.place)):
                found = _problem(item, path, spot, scope)
                yield replace(found, fields={**found.fields, "seed": variant.seed})
                break


def _spots(item: Item) -> Iterator[tuple[Path, MeetingSign]]:
    known = {*item.known_names, "answer"}
    for path, text in walk_texts(item):
        for where, words in written(path, text):
            for spot in meeting_signs(words, known) if "{" in words else ():
                if not _has_label(item, spot.place):
                    yield where, spot


def _has_label(item: ItemFields, place: Placeholder) -> bool:
    """Return whether words stand there: those of a choice, or the name of a table's row."""
    parameter = item.params.get(place.name)
    return place.format is None and getattr(parameter, "labels", None) is not None


def _scope(item: Item, variant: Variant) -> dict[str, float]:
    try:
        scope = scope_of(item, variant.parameters)
    except FormulaError:
        return {}  # reported where it is drawn
    if isinstance(item, Numeric) and isinstance(variant.key, NumberKey):
        scope["answer"] = variant.key.value
    return scope


def _is_negative(value: float, place: Placeholder) -> bool:
    how = place.number_format
    shown = float(without_noise(value))
    if how is not None and how.digits is not None:
        shown = rounded(value, how.digits)
    return shown < -_LEAST


def _remedy(spot: MeetingSign) -> str:
    if spot.always:
        return "one sign"
    return "sign apart" if spot.before.strip() == "+" and not spot.after else "brackets"


def _problem(item: Item, path: Path, spot: MeetingSign, scope: dict[str, float]) -> PlayProblem:
    place, how = spot.place, spot.place.number_format
    format_ = "" if place.format is None else f":{place.format}"
    words = Text({"": f"{{{place.name}{format_}}}"})
    number = TextWriter(item, scope, LANGUAGES[0]).write(words)
    digits = "" if how is None else how.digits or ""
    opening = f"\\val{{{place.name}" if place.within == "formula" else f"{{{place.name}"
    fields: Fields = {
        "shown": f"{spot.before}{number}{spot.after}",
        "bracketed": f"{opening}:({digits})}}",
        "signed": f"{opening}:+{digits}}}",
        "before": spot.before.strip(),
        "remedy": _remedy(spot),
        "spot": place.start,
        "length": place.end - place.start,
    }
    return PlayProblem(PlayFault.SIGNS_MEET, path, fields, at=place.start)

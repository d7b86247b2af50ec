"""The places of unfinished crams, kept in the learner's folder so that a restart loses none."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from studytool.errors import StateError
from studytool.files import read_regular, write_whole
from studytool.quiz.outcome import Outcome
from studytool.session.scope import Scope
from studytool.session.summary import RatedAnswer
from studytool.srs.rating import Rating

FILE_NAME = "cram.json"
_FORMAT = 1
_KEPT_DAYS = 1
"""A cram left off on an earlier study day than yesterday begins anew."""
_MOST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class CramPlace:
    """What an unfinished cram has answered, in order, and what is left of it."""

    rated: tuple[tuple[str, RatedAnswer], ...]
    left: tuple[str, ...]


def read_place(home: Path, scope: Scope, day: int) -> CramPlace | None:
    """Return the place of a cram over a scope; None where there is none, or it is too old."""
    kept = _read(home).get(_key(scope))
    try:
        return None if kept is None or day - kept["day"] > _KEPT_DAYS else _place(kept)
    except (KeyError, TypeError, ValueError):
        return None


def keep_place(home: Path, scope: Scope, place: CramPlace, day: int) -> None:
    """Keep the place of a cram, or forget it where nothing is left or nothing answered.

    A cram goes on where the file cannot be written: the place alone is lost then.
    """
    crams = {
        key: kept
        for key, kept in _read(home).items()
        if isinstance(kept.get("day"), int) and day - kept["day"] <= _KEPT_DAYS
    }
    crams.pop(_key(scope), None)
    if place.left and place.rated:
        crams[_key(scope)] = {"day": day, "left": place.left, "rated": list(map(_row, place.rated))}
    text = json.dumps({"format": _FORMAT, "crams": crams}, ensure_ascii=False)
    with suppress(OSError, StateError):
        write_whole(home / FILE_NAME, text.encode())


def _key(scope: Scope) -> str:
    items = None if scope.items is None else sorted(scope.items)
    named = json.dumps([scope.packs, scope.concept, scope.limit, items])
    return sha256(named.encode()).hexdigest()


def _read(home: Path) -> Mapping[str, dict[str, Any]]:
    """Read the kept crams; none where the file is missing, damaged or of another version."""
    try:
        read = json.loads(read_regular(home / FILE_NAME, _MOST_BYTES).decode())
    except (OSError, ValueError, RecursionError):
        return {}
    crams = read.get("crams") if isinstance(read, dict) and read.get("format") == _FORMAT else None
    if not isinstance(crams, dict):
        return {}
    return {key: kept for key, kept in crams.items() if isinstance(kept, dict)}


def _row(rated: tuple[str, RatedAnswer]) -> list[object]:
    item, answer = rated
    spent_ms = answer.spent // timedelta(milliseconds=1)
    return [item, str(answer.outcome), str(answer.rating), spent_ms, answer.title]


def _place(kept: Mapping[str, Any]) -> CramPlace:
    rated = tuple(
        (
            str(item),
            RatedAnswer(Outcome(outcome), Rating(rating), timedelta(milliseconds=ms), str(title)),
        )
        for item, outcome, rating, ms, title in kept["rated"]
    )
    return CramPlace(rated, tuple(map(str, kept["left"])))

"""A model together with where it was read, so that later checks can say where a problem is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Generic, TypeVar

from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.document import Document, Path
from studytool.packs.telling import told

_Value = TypeVar("_Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Located(Generic[_Value]):
    """A validated value, the document that it comes from, and its path in it."""

    value: _Value
    document: Document
    path: Path

    def problem(
        self, code: str, inside: Path, says: Message, remedy: Message | None = None
    ) -> Diagnostic:
        """Make a diagnostic at a path inside the value."""
        return Diagnostic(code, self.place(inside), says, remedy)

    def place(self, inside: Path) -> Place:
        """Return the place of a path inside the value."""
        return self.document.place((*self.path, *inside))

    def problem_at_key(
        self, code: str, inside: Path, says: Message, remedy: Message | None = None
    ) -> Diagnostic:
        """Make a diagnostic at the key of a path inside the value."""
        return Diagnostic(code, self.document.key_place((*self.path, *inside)), says, remedy)

    def problem_in_text(
        self,
        code: str,
        spot: tuple[Path, int],
        says: Message,
        remedy: Message | None = None,
        *,
        length: int = 1,
    ) -> Diagnostic:
        """Make a diagnostic at a character, counted from 0, of a text inside the value."""
        inside, index = spot
        place = self.document.place_in_text((*self.path, *inside), index)
        return Diagnostic(code, place, says, remedy, length=length)


FEW = 200
"""Words that are all compared; of more, only those one letter away are found, at once."""
MOST = 20_000


def did_you_mean(word: str, known: Collection[str]) -> Message | None:
    """Suggest the nearest known word; None when none is near."""
    near = nearest(word, known)
    return told("did you mean '{near}'?", near=near) if near else None


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is nearest to one; None when none is near."""
    if len(known) > FEW:
        near = _one_letter_away(word, tuple(known)) if len(known) <= MOST else []
    else:
        near = get_close_matches(word, list(known), n=1)
    return near[0] if near else None


def _one_letter_away(word: str, known: tuple[str, ...]) -> list[str]:
    by_rest = _by_rest(known)
    return [by_rest[rest] for rest in _rests(word) if rest in by_rest][:1]


@lru_cache(maxsize=4)
def _by_rest(known: tuple[str, ...]) -> dict[str, str]:
    """Return the words by what is left of them without one of their letters."""
    in_order = sorted(known, reverse=True)  # of two words as near the first one is named
    return {rest: word for word in in_order for rest in _rests(word)}


def _rests(word: str) -> Iterator[str]:
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))

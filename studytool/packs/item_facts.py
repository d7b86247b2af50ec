"""What the other items of a pack need to know of one, and what is wrong between them.

The facts of an item are kept between checks, so that an edit of one of 10,000 reads that one alone.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studytool.packs.choices import Choice
from studytool.packs.diagnostics import Place
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.text import Text
from studytool.packs.twins import folded

_LONGER = 1.1
"""A text so many times longer than every other stands out."""


class OldId(NamedTuple):
    """An id that an item had before, and where that is said."""

    id: str
    place: Place


class ItemFacts(NamedTuple):
    """What is checked of one item against the others.

    Attributes:
        place: of its id.
        source: the name of its source, if any.
        claims: those that it or an option of it names.
        fronts: of a card, each language with the text that it asks, folded.
        front: its place.
        is_longest: of a choice with one right option, whether that is clearly the longest; else
            None.
        options: the place of their key.
    """

    id: str
    concept: str
    place: Place
    was: tuple[OldId, ...] = ()
    claims: tuple[str, ...] = ()
    source: str | None = None
    fronts: tuple[tuple[str, str], ...] = ()
    front: Place | None = None
    is_longest: bool | None = None
    options: Place | None = None

    @classmethod
    def of(cls, located: Located[ItemFields]) -> "ItemFacts":
        """Gather the facts of an item that was read."""
        item = located.value
        options = located.document.key_place((*located.path, "options"))
        is_choice = isinstance(item, Choice)
        front = getattr(item, "front", None)
        is_card = isinstance(front, Text)
        return cls(
            id=item.id,
            concept=item.concept,
            place=located.place(("id",)),
            was=tuple(OldId(old, located.place(("was", n))) for n, old in enumerate(item.was)),
            claims=_claims_of(item),
            source=None if item.source is None else item.source.ref,
            fronts=_fronts(front) if isinstance(front, Text) else (),
            front=located.place(("front",)) if is_card else None,
            is_longest=_right_is_longest(item) if isinstance(item, Choice) else None,
            options=options if is_choice else None,
        )

    def at(self, file: str, line: int) -> "ItemFacts":
        """Return the facts with places in a file, so many lines further down."""

        def moved(place: Place | None) -> Any:
            return None if place is None else Place(file, place.line + line, place.column)

        was = tuple(OldId(old.id, moved(old.place)) for old in self.was)
        return self._replace(
            place=moved(self.place),
            was=was,
            front=moved(self.front),
            options=moved(self.options),
        )


@dataclass(frozen=True, slots=True)
class PackItems:
    """The items of a pack as they stand to one another.

    Attributes:
        facts: of those that were read, in the order of the files.
        broken_ids, broken_concepts: of items with errors; a reference to one is no second error.
        complete: whether every file could be taken apart into items.
    """

    facts: Sequence[ItemFacts]
    broken_ids: Collection[str] = frozenset()
    broken_concepts: Collection[str] = frozenset()
    complete: bool = True

    @property
    def concepts(self) -> set[str]:
        """Return the concepts that items are about."""
        return {one.concept for one in self.facts} | set(self.broken_concepts)


def _claims_of(item: ItemFields) -> tuple[str, ...]:
    reasons: Iterator[str] = (
        option.because.claim
        for option in (item.options if isinstance(item, Choice) else ())
        if option.because is not None
    )
    return (*item.claims, *reasons)


def _fronts(front: Text) -> tuple[tuple[str, str], ...]:
    return tuple((language, folded(words)) for language, words in front.root.items())


def _right_is_longest(item: Choice) -> bool | None:
    """Tell whether the one right option is clearly the longest, in the first language of the texts."""
    if sum(option.is_marked_right for option in item.options) != 1:
        return None
    sizes = {option.is_marked_right: 0 for option in item.options}
    for option in item.options:
        length = len(next(iter(option.text.root.values())))
        sizes[option.is_marked_right] = max(sizes[option.is_marked_right], length)
    return sizes.get(True, 0) > _LONGER * sizes.get(False, 0)

"""The concepts by what they require, with the chance of recall of each; living misconceptions.

A few queries over the cached fold, for home: nothing here loads NumPy or the models but
:func:`read_slip_words`, which a thread calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.language import Language
from studytool.srs.parameters import PARAMETERS

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.settings import Settings

WEEKS = 26
MOST_SLIPS = 9
"""Misconceptions that are listed, each with a digit to press."""


@dataclass(frozen=True, slots=True)
class ConceptStrength:
    """A concept, and how well it is known.

    Attributes:
        level: 0 where it requires nothing, else one more than the highest that it requires.
        items, met: its items that are not suspended, and those of them that were reviewed.
        recall: the mean chance of recall of those met; None where none was.
    """

    pack: str
    concept: str
    title: str
    level: int
    items: int
    met: int
    recall: float | None


@dataclass(frozen=True, slots=True)
class LivingSlip:
    """A misconception that items showed since their last right answer."""

    misconception: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeMap:
    """What home shows of all that was learned.

    Attributes:
        concepts: pack by pack, by level, else in the author's order.
        slips: the most frequent first, at most :data:`MOST_SLIPS`.
        reviews: of each study day of the last weeks that has any.
        today: the study day.
    """

    concepts: tuple[ConceptStrength, ...]
    slips: tuple[LivingSlip, ...]
    reviews: Mapping[int, int]
    today: int

    @property
    def weakest(self) -> list[ConceptStrength]:
        """Return the concepts met, the one recalled least first."""
        met = [one for one in self.concepts if one.recall is not None]
        return sorted(met, key=lambda one: one.recall or 0.0)


def read_home_map(desk: "Desk", now: datetime) -> HomeMap:
    """Return the concepts, the living misconceptions and the reviews of the last weeks.

    Raises:
        StateError: the log or the library cannot be read.
    """
    today = desk.log.day_of(now)
    living = desk.log.living_misconceptions()
    slips = [LivingSlip(name, tuple(sorted(items))) for name, items in living.items()]
    slips.sort(key=lambda slip: (-len(slip.items), slip.misconception))
    return HomeMap(
        concepts=tuple(_concepts(desk, today)),
        slips=tuple(slips[:MOST_SLIPS]),
        reviews=desk.log.reviews_by_day(today - 7 * WEEKS),
        today=today,
    )


def read_slip_words(
    library: Path, slips: Sequence[LivingSlip], language: Language
) -> dict[str, str]:
    """Return what a pack says to who has each misconception, in a line; without those it says nothing of.

    Args:
        library: its file, opened for this alone.
        slips: the misconceptions.
        language: of the words.
    """
    from studytool.library.library import Library
    from studytool.session.record_names import feedback_words

    said: dict[str, str] = {}
    with Library.open(library) as opened:
        listed = {one.item for pack in opened.packs() for one in opened.listed(pack.id)}
        for slip in slips:
            for name in (one for one in slip.items if one in listed):
                words = feedback_words(opened.item(name), language).get(slip.misconception)
                if words:
                    said.setdefault(slip.misconception, words)
    return said


def _concepts(desk: "Desk", today: int) -> list[ConceptStrength]:
    scale, factor, decay = forgetting(desk.settings)
    known = desk.log.recall_by_concept(today, scale=scale, factor=factor, decay=decay)
    titles = desk.library.concept_titles()
    levels: dict[tuple[str, str], int] = {}
    for pack in dict.fromkeys(pack for pack, *_ in titles):
        requires = desk.library.prerequisites(pack)
        for name, level in _levels(requires, [one for of, one, _ in titles if of == pack]).items():
            levels[pack, name] = level
    language = desk.settings.language
    found = [
        ConceptStrength(
            pack,
            name,
            title.get(language) or next(iter(title.values())),
            levels[pack, name],
            *known[pack, name],
        )
        for pack, name, title in titles
        if (pack, name) in known
    ]
    return sorted(found, key=lambda one: (one.pack, one.level))


def _levels(requires: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, int]:
    """Return the level of each concept; a pack has no circle of them."""
    levels: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in levels:
            levels[name] = 0  # a circle would end here
            levels[name] = max((level(one) + 1 for one in requires.get(name, ())), default=0)
        return levels[name]

    return {name: level(name) for name in names}


def forgetting(settings: "Settings") -> tuple[float, float, float]:
    """Return scale, factor and decay of the memory model: recall is scale·(1 + factor·t/S)^(−decay)."""
    weights = settings.parameters or PARAMETERS[settings.memory_model].defaults
    if settings.memory_model == "leitner":
        return weights[0], 0.0, 1.0
    decay = weights[20]
    return 1.0, 0.9 ** (-1 / decay) - 1, decay

"""The map of concepts, the misconceptions to mend and the weeks studied, as lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studytool.language import Language, Phrase
from studytool.session.concept_map import WEEKS, ConceptStrength, HomeMap, LivingSlip
from studytool.typeset.cells import cut, pad

MAP_TITLE = Phrase("개념 지도 (← 가장 약한 곳)", "Concepts (← the weakest)")
WEAKEST_TITLE = Phrase("개념 (약한 것부터)", "Concepts (the weakest first)")
SLIPS_TITLE = Phrase("바로잡을 오개념", "Misconceptions to mend")
WEEKS_TITLE = Phrase("지난 26주", "The last 26 weeks")
_NOT_YET = Phrase("○ 아직", "○ not yet")
_SLIP = Phrase("{number} {words} ({n}문항)", "{number} {words} (items: {n})")
_MONDAY = Phrase("월", "Mo")
_THURSDAY = Phrase("목", "Th")
_SUNDAY = Phrase("일", "Su")

CELL, GAP, BAR = 31, 2, 6
"""Cells of a concept, between two of them, and of its bar."""
_WEAK = " ←"
_MOST_CELLS = 6
_SHARE = 7
"""Cells of the share and the sign of the weakest."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
SHADES = "·░▒▓█"
_DAY_NAMES = {0: _MONDAY, 3: _THURSDAY, 6: _SUNDAY}


@dataclass(frozen=True, slots=True)
class MapCell:
    """One concept as a text of :data:`CELL` cells.

    Attributes:
        is_weak: whether it is the weakest of all.
    """

    concept: ConceptStrength
    text: str
    is_weak: bool


def map_rows(found: HomeMap, language: Language, *, width: int) -> list[list[MapCell]]:
    """Set all concepts in rows of ``width`` cells, each pack and level from a row of its own."""
    per_row = max(1, (width + GAP) // (CELL + GAP))
    rows: list[list[MapCell]] = []
    before: tuple[str, int] | None = None
    weakest = found.weakest[:1]
    for one in found.concepts:
        if (one.pack, one.level) != before or len(rows[-1]) == per_row:
            rows.append([])
        before = (one.pack, one.level)
        rows[-1].append(_cell(one, language, is_weak=one in weakest and len(found.weakest) > 1))
    return rows


def weakest_rows(found: HomeMap, language: Language, *, width: int) -> list[list[MapCell]]:
    """Set the six concepts recalled least in rows of ``width`` cells, then those that come next.

    Nothing before the first concept is met.
    """
    per_row = max(1, min(2, (width + GAP) // (CELL + GAP)))
    met = found.weakest
    unmet = [one for one in found.concepts if one.recall is None]
    listed = [*met, *unmet][:_MOST_CELLS] if met else []
    cells = [_cell(one, language, is_weak=False) for one in listed]
    return [cells[at : at + per_row] for at in range(0, len(cells), per_row)]


def slip_lines(
    slips: Sequence[LivingSlip], words: dict[str, str], language: Language, *, width: int
) -> Iterator[str]:
    """Write a line for each misconception, with the digit that studies it."""
    from studytool.wording.records_words import name_slip  # late: behind home's first frame

    for number, slip in enumerate(slips, 1):
        said = words.get(slip.misconception) or name_slip(slip.misconception, language)
        whole = _SLIP.text(language, number=number, words="", n=len(slip.items))
        room = max(1, width - len(whole) - 4)
        yield _SLIP.text(language, number=number, words=cut(said, room), n=len(slip.items))


def week_lines(found: HomeMap, language: Language) -> Iterator[str]:
    """Draw the reviews of each day: a row for each day of the week, a column for each week."""
    weekday = (found.today + 3) % 7  # the first study day, 1970-01-01, was a Thursday
    monday = found.today - weekday - 7 * (WEEKS - 1)
    most = max(found.reviews.values(), default=0)
    for row in range(7):
        name = _DAY_NAMES[row].text(language) if row in _DAY_NAMES else ""
        days = [monday + 7 * week + row for week in range(WEEKS)]
        marks = (
            _shade(found.reviews.get(day, 0), most) if day <= found.today else " " for day in days
        )
        yield f"{pad(name, 3)}{' '.join(marks)}".rstrip()


def _shade(reviews: int, most: int) -> str:
    """Return the sign for a day: the darkest for the busiest, none of them for none.

    >>> [_shade(one, 8) for one in (0, 1, 4, 8)]
    ['·', '░', '▒', '█']
    """
    return SHADES[0] if not reviews else SHADES[max(1, -(-4 * reviews // most))]


def _bar(share: float) -> str:
    """Draw a share in :data:`BAR` cells, to an eighth of one.

    >>> _bar(0.75), _bar(1.0), _bar(0.0)
    ('████▌ ', '██████', '      ')
    """
    whole, rest = divmod(round(8 * BAR * share), 8)
    return f"{'█' * whole}{_EIGHTHS[rest]}".ljust(BAR) if rest else ("█" * whole).ljust(BAR)


def _cell(one: ConceptStrength, language: Language, *, is_weak: bool) -> MapCell:
    from studytool.typeset.math_line import set_formulas  # late: behind home's first frame

    room = CELL - BAR - _SHARE - 1
    title = pad(cut(set_formulas(one.title), room), room)
    if one.recall is None:
        return MapCell(one, pad(f"{title} {_NOT_YET.text(language)}", CELL), is_weak)
    bar, share = _bar(one.recall), f"{one.recall:5.0%}"
    weak = _WEAK if is_weak else ""
    return MapCell(one, pad(f"{title} {bar}{share}{weak}", CELL), is_weak)

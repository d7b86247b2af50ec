"""Items as ``studytool item`` lists them: what is known of each, as a value, a line and JSON."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studytool.errors import NotFoundError
from studytool.language import Language, Phrase
from studytool.typeset.cells import cell_width, cut
from studytool.wording.local_time import local_time
from studytool.wording.table import GAP, table_lines

if TYPE_CHECKING:
    from studytool.review_log.item_statuses import ItemStatus
    from studytool.session.desk import Desk

STAGES = {
    "new": Phrase(ko="새 문항", en="new"),
    "learning": Phrase(ko="학습 중", en="learning"),
    "review": Phrase(ko="복습", en="review"),
    "relearning": Phrase(ko="다시 학습", en="relearning"),
}
KINDS = {
    "card": Phrase(ko="카드", en="card"),
    "cloze": Phrase(ko="빈칸", en="cloze"),
    "choice": Phrase(ko="선택", en="choice"),
    "prediction": Phrase(ko="예측", en="prediction"),
    "numeric": Phrase(ko="수치", en="numeric"),
}
_SUSPENDED = Phrase(ko="보류", en="suspended")
_BURIED = Phrase(ko="미룸", en="buried")
_FLAGGED = Phrase(ko="⚑ 깃발", en="⚑ flagged")
_LEECH = Phrase(ko="자꾸 잊음", en="leech")
_TITLES = (
    Phrase(ko="문항", en="item"),
    Phrase(ko="단계", en="stage"),
    Phrase(ko="다음 복습", en="due"),
    Phrase(ko="안정도(일)", en="stability (days)"),
    Phrase(ko="기억 확률", en="recall"),
    Phrase(ko="잊음", en="lapses"),
    Phrase(ko="복습 수", en="reviews"),
    Phrase(ko="상태", en="state"),
    Phrase(ko="종류", en="kind"),
    Phrase(ko="개념", en="concept"),
)
_NUMBERS = {3, 4, 5, 6}
_STABILITY = Phrase(ko="안정도(일)", en="stability")
"""A title that leaves room for the others in 80 columns."""

_UNKNOWN = Phrase(
    ko="문항은 pack/slug처럼 쓰고, studytool item list가 모두 보여 줍니다.",
    en="an item is named pack/slug; studytool item list names them all",
)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a list, as of an instant.

    Attributes:
        kind: None, and ``concept`` too, where no installed pack lists the item.
        stage: ``new``, ``learning``, ``review`` or ``relearning``.
        due: None while it is new; a vacation counts.
        buried_until: None where it is not buried now.
        leech: forgotten as often as the settings say.
        retrievability: the chance of recall now; None while it is new.
        reviews: since its last reset.
    """

    item: str
    kind: str | None
    concept: str | None
    stage: str
    due: datetime | None
    due_now: bool
    suspended: bool
    buried_until: datetime | None
    flagged: bool
    leech: bool
    stability_days: float | None
    difficulty: float | None
    retrievability: float | None
    lapses: int
    reviews: int
    last_review: datetime | None

    def as_json(self) -> dict[str, Any]:
        """Return the stable keys."""
        return {
            name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
            for name, value in dataclasses.asdict(self).items()
        }

    def state_text(self, language: Language) -> str:
        """Say whether it is suspended, buried, flagged or a leech."""
        states = (
            (self.suspended, _SUSPENDED),
            (self.buried_until is not None, _BURIED),
            (self.flagged, _FLAGGED),
            (self.leech, _LEECH),
        )
        return ", ".join(phrase.text(language) for there, phrase in states if there)

    def cells(self, language: Language) -> tuple[str, ...]:
        """Return the texts of a line, in the order of the titles."""
        return (
            self.item,
            STAGES[self.stage].text(language),
            when(self.due),
            number(self.stability_days),
            share(self.retrievability),
            f"{self.lapses}",
            f"{self.reviews}",
            self.state_text(language),
            "" if self.kind is None else KINDS[self.kind].text(language),
            self.concept or "",
        )


def read_rows(
    desk: "Desk",
    now: datetime,
    *,
    packs: Collection[str] = (),
    items: Sequence[str] | None = None,
) -> list[ItemRow]:
    """Return the items of ``packs`` (all when empty), or those named, in their order.

    Raises:
        NotFoundError: an unknown item; names the nearest.
    """
    statuses = list(desk.log.statuses(packs, items=items))
    if items is not None:
        found = {status.item: status for status in statuses}
        for item in items:
            if item not in found:
                raise _unknown(desk, item)
        statuses = [found[item] for item in dict.fromkeys(items)]
    kinds = {listed.item: listed.kind for listed in _listed(desk)}
    chances = _chances(desk, statuses, now)
    return [
        _row(status, chance, desk=desk, kind=kinds.get(status.item), now=now)
        for status, chance in zip(statuses, chances, strict=True)
    ]


def rows_text(
    rows: Sequence[ItemRow], language: Language, *, width: int | None = None
) -> list[str]:
    """Return a line for each item below the titles; two where a line would not fit ``width``."""
    titles = tuple(title.text(language) for title in _TITLES)
    cells = [titles, *(row.cells(language) for row in rows)]
    lines = list(table_lines(cells, right=_NUMBERS))
    if width is None or max(map(cell_width, lines)) <= width:
        return lines
    return _in_two_lines(cells, language, width)


def _in_two_lines(cells: list[tuple[str, ...]], language: Language, width: int) -> list[str]:
    """Return the name, state and concept of each item, and the rest below them."""
    stability = _STABILITY.text(language)
    rest = [("", *row[1:7], row[8]) for row in cells]
    rest[0] = (*rest[0][:3], stability, *rest[0][4:])
    below = table_lines(rest, right=_NUMBERS)
    lines: list[str] = []
    for row, under in zip(cells, below, strict=True):
        lines += [_headed(row[0], [row[7], row[9]], width), cut(under, width)]
    return lines


def _headed(name: str, about: Sequence[str], width: int) -> str:
    """Return a name and what there is about it, the name shortened from the left where need be."""
    behind = "".join(f"{GAP}{text}" for text in about if text)
    return cut(_cut_left(name, max(width - cell_width(behind), 8)) + behind, width)


def _cut_left(text: str, width: int) -> str:
    """Shorten a text to ``width`` cells, with ``…`` where its beginning was left out.

    >>> _cut_left("deep-learning-notes/he-sd", 10)
    '…tes/he-sd'
    """
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[1:]
    return "…" + text


def when(instant: datetime | None) -> str:
    """Write an instant by the machine's clock, a dash for none."""
    return "–" if instant is None else local_time(instant)


def number(value: float | None) -> str:
    """Write a number of days or a difficulty."""
    return "–" if value is None else f"{value:,.1f}"


def share(value: float | None) -> str:
    """Write a chance."""
    return "–" if value is None else f"{value:.0%}"


def _listed(desk: "Desk") -> list[Any]:
    return [one for pack in desk.library.packs() for one in desk.library.listed(pack.id)]


def _unknown(desk: "Desk", item: str) -> NotFoundError:
    known = [status.item for status in desk.log.statuses()]
    return NotFoundError("item", item, known, remedy=_UNKNOWN)


def _chances(desk: "Desk", statuses: "Sequence[ItemStatus]", now: datetime) -> list[float | None]:
    """Return each item's chance of recall, None of the new ones."""
    if not any(status.memory.reps for status in statuses):
        return [None] * len(statuses)
    from studytool.session.desk import policy_of
    from studytool.srs.memories import Memories
    from studytool.srs.memory import to_ms
    from studytool.srs.schedule import Scheduler

    scheduler = Scheduler(policy_of(desk.settings))
    memories = Memories.of(status.memory for status in statuses)
    chances = scheduler.retrievability(memories, to_ms(now)).tolist()
    return [
        chance if status.memory.reps else None
        for status, chance in zip(statuses, chances, strict=True)
    ]


def _row(
    status: "ItemStatus",
    chance: float | None,
    *,
    desk: "Desk",
    kind: str | None,
    now: datetime,
) -> ItemRow:
    memory, leech_lapses = status.memory, desk.settings.leech_lapses
    buried = status.buried_until is not None and status.buried_until > now
    resting = status.suspended or buried
    return ItemRow(
        item=status.item,
        kind=kind,
        concept=status.concept if kind else None,
        stage=memory.stage.name.lower(),
        due=status.due,
        due_now=not resting and status.due is not None and status.due <= now,
        suspended=status.suspended,
        buried_until=status.buried_until if buried else None,
        flagged=status.flagged,
        leech=0 < leech_lapses <= memory.lapses,
        stability_days=memory.stability,
        difficulty=memory.difficulty,
        retrievability=chance,
        lapses=memory.lapses,
        reviews=memory.reps,
        last_review=memory.last_review,
    )

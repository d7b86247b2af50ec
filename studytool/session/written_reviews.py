"""Reviews that another program writes as lines of JSON, each kept before the next is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from studytool.errors import ExchangeError, NotFoundError
from studytool.language import Phrase
from studytool.quiz.outcome import MISCONCEPTION, Outcome
from studytool.review_log.events import Review, ReviewDraft
from studytool.review_log.json_values import bad, shown
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import read_object
from studytool.session.items import item_names, unknown_item
from studytool.session.keeping import keep_review
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.packs.items import Item
    from studytool.session.desk import Desk

GIVEN = (
    "item", "rating", "time", "offset_minutes", "duration_ms", "answer", "outcome", "misconception",
    "confidence", "seed", "parameters", "revision",
)  # fmt: skip
"""The fields that a line may have; it must have the first two."""

UNKNOWN_NAMES = Phrase(
    ko="알 수 없는 필드 {names}{hint}. 쓸 수 있는 것: {known}.",
    en="unknown field {names}{hint}; a line may have {known}.",
)
_NEAR = Phrase(ko=" (혹시 {name}?)", en=" (did you mean {name}?)")
MISSING = Phrase(
    ko="빠진 필드: {names}. 한 줄은 적어도 이렇습니다: {example}",
    en="there is no {names}; a line has at least {example}",
)
_EXAMPLE = '{"item": "pack/slug", "rating": "good"}'
_HAS_NONE = Phrase(
    ko="이 문항에는 오개념이 없습니다. 이 필드를 빼세요.",
    en="This item has none; leave the field out.",
)
NOT_YET = Phrase(ko="지금({now})보다 늦지 않아야", en="no later than now ({now})")
SLACK = timedelta(minutes=1)
"""How far ahead a time may be: two clocks never agree to the second."""

_READERS = {field.name: field.read_json for field in KINDS[Review.kind].fields}


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review that is in the log.

    Attributes:
        id: None where the log had a review of this item and instant that was taken back.
        rating: as it is rated now.
        added: False where the log had a review of this item and instant before.
        due: when its item falls due now.
        leech: what was done with its item as a leech, ``suspend`` or ``flag``.
    """

    item: str
    time: datetime
    rating: Rating
    id: str | None
    added: bool
    due: datetime | None
    leech: str | None


_A_MILLISECOND = timedelta(milliseconds=1)


class WrittenReviews:
    """The keeper of reviews that come as lines of JSON, one at a time."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def keep(self, line: bytes) -> KeptReview:
        """Write the review of a line; it is durable when this returns.

        A line that gives the time of a review which is there already adds nothing; one that gives
        none is of now, or of the next millisecond that has none.

        Raises:
            ExchangeError: no object, an unknown field, a wrong value; says how to mend it.
            NotFoundError: an unknown item or misconception; names the nearest.
            StateError: the log cannot be written.
        """
        desk, now = self._desk, self._desk.clock.now()
        values = _read(read_object(line))
        values["item"] = item = self._item(values["item"])
        if is_of_now := "time" not in values:
            values["time"] = now
        time = values["time"]
        if time > now + SLACK:
            raise bad("time", time.isoformat(), NOT_YET.of(now=now.isoformat(timespec="seconds")))
        with desk.log.at_once():
            there = desk.log.so_far().has_review(item, to_ms(time))
            while there and is_of_now:  # two lines may come within a millisecond
                time = values["time"] = time + _A_MILLISECOND
                there = desk.log.so_far().has_review(item, to_ms(time))
            review = self._standing(item, time) if there else None
            leech = None
            if not there:
                draft = self._draft(values)
                review, leech = keep_review(desk.log, desk.settings, draft, now)
            return KeptReview(
                item=item,
                time=time,
                rating=values["rating"] if review is None else review.rating,
                id=None if review is None else review.id,
                added=not there,
                due=next(desk.log.statuses(items=[item])).due,
                leech=None if leech is None else str(leech.kind),
            )

    def _item(self, name: str) -> str:
        [item] = item_names(self._desk, [name])
        if not self._desk.log.so_far().knows(item):
            raise unknown_item(self._desk.log, item)
        return item

    def _standing(self, item: str, time: datetime) -> Review | None:
        reviews = self._desk.log.last_reviews(item=item, limit=1 << 40)
        return next((one for one in reviews if to_ms(one.time) == to_ms(time)), None)

    def _draft(self, values: Mapping[str, Any]) -> ReviewDraft:
        """Return the review that a line describes, with what it leaves out."""
        again = values["rating"] is Rating.AGAIN
        self._check_misconception(values)
        return ReviewDraft(
            **{
                "offset_minutes": self._desk.clock.offset_minutes(values["time"]),
                "duration_ms": 0,
                "answer": "",
                "outcome": Outcome.WRONG if again else Outcome.RIGHT,
                "seed": 0,
                "revision": self._revisions.get(values["item"], ""),
                **values,
            }
        )

    def _check_misconception(self, values: Mapping[str, Any]) -> None:
        """Refuse a misconception that the item lacks, unless of another revision."""
        item, shown_by_answer = values["item"], values.get("misconception")
        revision = self._revisions.get(item)
        if shown_by_answer is None or revision is None:  # whose pack is not installed
            return
        if values.get("revision", revision) != revision:
            return
        known = _misconceptions(self._desk.library.item(item))
        if shown_by_answer not in known:
            remedy = None if known else _HAS_NONE
            raise NotFoundError(MISCONCEPTION, shown_by_answer, known, remedy=remedy)

    @cached_property
    def _revisions(self) -> Mapping[str, str]:
        library = self._desk.library
        return {
            listed.item: listed.revision
            for pack in library.packs()
            for listed in library.listed(pack.id)
        }


def _misconceptions(item: "Item") -> list[str]:
    from studytool.packs.clozes import Cloze  # late: few reviews name a misconception
    from studytool.packs.items import Numeric
    from studytool.quiz.slips import SLIP_IDS
    from studytool.session.record_names import feedback_of

    slips = SLIP_IDS if isinstance(item, Numeric | Cloze) else ()
    return [*(id_ for id_, _ in feedback_of(item)), *slips]


def _read(found: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := [name for name in found if name not in GIVEN]:
        near = get_close_matches(unknown[0], GIVEN, n=1)
        names = ", ".join(shown(name) for name in unknown[:9])
        hint = _NEAR.of(name=near[0]) if near else ""
        raise ExchangeError(UNKNOWN_NAMES, names=names, hint=hint, known=", ".join(GIVEN))
    if missing := [name for name in GIVEN[:2] if name not in found]:
        raise ExchangeError(MISSING, names=", ".join(missing), example=_EXAMPLE)
    return {name: _READERS[name](name, value) for name, value in found.items()}

"""The result of a sitting or a cram, counted from its rated answers."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from studytool.quiz.outcome import Outcome
from studytool.session.agenda import NOTHING_LEFT, LeftOver
from studytool.srs.rating import Rating


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """One rated answer; ``title`` is the first line of its question."""

    outcome: Outcome
    rating: Rating
    spent: timedelta
    title: str


@dataclass(frozen=True, slots=True)
class SittingProgress:
    """How many items of a sitting are answered so far, and still due, learning and new.

    Attributes:
        is_picked: whether its items were picked by the learner, due or not; then ``due`` are those
            that are left of them.
    """

    answered: int
    due: int
    learning: int
    new: int
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a sitting or a cram.

    Attributes:
        shown: how many keys were shown without an answer, which is neither right nor wrong.
        minutes: time spent answering.
        missed: prompts' first lines of items rated again.
        still_due: how many items are due now.
        still_new: how many new items today still admits.
        next_due: when there is something to ask next, later than now, None when nothing will be.
        next_in: how long that is, in whole days where it is of a later study day.
        kept: whether its answers were written to the log.
        left: what is due or new and is not asked today.
        held: how many items were failed so often that they came back no more.
        picked_left: how many of the items that the learner picked are left; None where none were.
        nothing_fits: whether there is no item such as the learner asked for.
    """

    answered: int
    right: int
    partial: int
    wrong: int
    shown: int
    minutes: float
    missed: tuple[str, ...]
    still_due: int
    next_due: datetime | None
    next_in: timedelta | None = None
    kept: bool = True
    still_new: int = 0
    left: LeftOver = NOTHING_LEFT
    held: int = 0
    picked_left: int | None = None
    nothing_fits: bool = False


def sum_up(
    done: Collection[RatedAnswer],
    *,
    still_due: int,
    next_due: datetime | None,
    next_in: timedelta | None,
    kept: bool = True,
) -> Summary:
    """Return the result of a sitting with these answers."""
    outcomes = Counter(rated.outcome for rated in done)
    missed = dict.fromkeys(rated.title for rated in done if rated.rating is Rating.AGAIN)
    return Summary(
        answered=len(done),
        right=outcomes[Outcome.RIGHT],
        partial=outcomes[Outcome.PARTIAL] + outcomes[Outcome.NEAR],
        wrong=outcomes[Outcome.WRONG],
        shown=outcomes[Outcome.SHOWN],
        minutes=sum((rated.spent for rated in done), timedelta()) / timedelta(minutes=1),
        missed=tuple(missed),
        still_due=still_due,
        next_due=next_due,
        next_in=next_in,
        kept=kept,
    )


def first_line(markdown: str) -> str:
    """Return the first line that is not blank."""
    return next((line.strip() for line in markdown.splitlines() if line.strip()), "")

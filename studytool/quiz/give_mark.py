"""Make a mark: its outcome, the credit and the rating that go with it."""

from studytool.quiz.variant import Mark, MarkedPart, MeasuredOutcome, Outcome
from studytool.srs.rating import Rating

_SUGGESTED = {
    Outcome.RIGHT: Rating.GOOD,
    Outcome.PARTIAL: Rating.HARD,
    Outcome.NEAR: Rating.HARD,
    Outcome.WRONG: Rating.AGAIN,
    Outcome.SHOWN: Rating.AGAIN,
}


def suggest_rating(outcome: Outcome, *, hints_used: int = 0) -> Rating:
    """Suggest a rating; easy is the learner's alone to choose."""
    suggested = _SUGGESTED[outcome]
    return Rating.HARD if suggested is Rating.GOOD and hints_used else suggested


def mark_as(  # noqa: PLR0913 - the fields of a mark
    outcome: Outcome,
    *,
    read_as: str = "",
    key_text: str,
    feedback: str = "",
    misconception: str | None = None,
    credit: float | None = None,
    measured: tuple[MeasuredOutcome, ...] = (),
    parts: tuple[MarkedPart, ...] = (),
) -> Mark:
    """Make a mark; full credit where it is right and none otherwise, unless it is said."""
    full = 1.0 if outcome is Outcome.RIGHT else 0.0
    return Mark(
        outcome=outcome,
        credit=full if credit is None else credit,
        read_as=read_as,
        key_text=key_text,
        feedback=feedback,
        misconception=misconception,
        suggested=suggest_rating(outcome),
        measured=measured,
        parts=parts,
    )

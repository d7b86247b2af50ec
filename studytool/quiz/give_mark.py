"""Make a mark: its outcome, the credit and the rating that go with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studytool.quiz.mark_value import Mark, MarkedPart, MeasuredOutcome, PlacedEstimate
from studytool.quiz.outcome import Outcome
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.numerics.estimate import Estimate

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


def measured_outcomes(measured: "Mapping[str, Estimate]") -> tuple[MeasuredOutcome, ...]:
    """Return what a simulation measured, as a mark shows it."""
    return tuple(
        MeasuredOutcome(name, found.value, found.standard_error, found.replicates)
        for name, found in measured.items()
    )


def mark_as(  # noqa: PLR0913 - the fields of a mark
    outcome: Outcome,
    *,
    read_as: str = "",
    key_text: str,
    feedback: str = "",
    misconception: str | None = None,
    credit: float | None = None,
    parts: tuple[MarkedPart, ...] = (),
    estimated: PlacedEstimate | None = None,
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
        parts=parts,
        estimated=estimated,
    )

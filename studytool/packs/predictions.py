"""Predictions: commit first, then the simulation decides at the parameters drawn."""

from typing import Annotated, Literal

from pydantic import Field, Tag, model_validator

from studytool.packs.choices import Pin
from studytool.packs.item_fields import ItemFields
from studytool.packs.methods import Simulated
from studytool.packs.model import FormulaText, Identifier, Model, Real, Slug, by_key
from studytool.packs.orderings import Direction, Things
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text


class PredictionOutcome(Model):
    """One possible result; ``when`` is a formula over the names of the draw and what is measured."""

    id: Slug
    text: Text
    when: FormulaText
    pin: Pin | None = None
    say: Text | None = None


class LinearAxis(Model):
    """An axis from the first number to the second."""

    linear: tuple[Real, Real]

    @model_validator(mode="after")
    def _ordered(self) -> "LinearAxis":
        if self.linear[0] >= self.linear[1]:
            raise UnfitError(
                told("linear: the first is not below the second"), told("write [low, high]")
            )
        return self


class LogAxis(Model):
    """A logarithmic axis between two positive numbers."""

    log: tuple[Real, Real]

    @model_validator(mode="after")
    def _ordered(self) -> "LogAxis":
        if not 0 < self.log[0] < self.log[1]:
            raise UnfitError(
                told("log: the first is not between 0 and the second"),
                told("write [low, high] with 0 < low < high"),
            )
        return self


class WithinFactor(Model):
    """Right from the value divided by the factor to the value times the factor."""

    factor: Annotated[Real, Field(gt=1)]


class WithinDistance(Model):
    """Right at most so far from the value."""

    abs: Annotated[Real, Field(gt=0)]


class EstimateKey(Model):
    """A number to be placed on an axis: what it is ``of``, and how near is right."""

    of: FormulaText
    axis: Annotated[
        Annotated[LogAxis, Tag("log")] | Annotated[LinearAxis, Tag("linear")],
        by_key(("log", "linear")),
    ]
    within: Annotated[
        Annotated[WithinFactor, Tag("factor")] | Annotated[WithinDistance, Tag("abs")],
        by_key(("factor", "abs")),
    ]
    unit: Text | None = None

    @model_validator(mode="after")
    def _can_miss(self) -> "EstimateKey":
        if isinstance(self.axis, LogAxis) and isinstance(self.within, WithinFactor):
            covers = self.within.factor**2 >= self.axis.log[1] / self.axis.log[0]
        elif isinstance(self.axis, LinearAxis) and isinstance(self.within, WithinDistance):
            covers = 2 * self.within.abs >= self.axis.linear[1] - self.axis.linear[0]
        else:
            covers = False
        if covers:
            raise UnfitError(
                told("'within' covers the whole axis"), told("narrow it, or widen the axis")
            )
        return self


_WAYS = ("outcomes", "things", "estimate")


class Prediction(ItemFields):
    """Commit to an outcome, an order or an estimate first; the simulation then shows which is right.

    ``measure`` names the measured quantities that ``when``, ``value`` and ``of`` may use. Exactly
    one outcome must hold, also at every corner of the measured intervals.
    """

    kind: Literal["prediction"]
    prompt: Text
    measure: Annotated[dict[Identifier, Simulated], Field(min_length=1, max_length=6)]
    outcomes: Annotated[list[PredictionOutcome], Field(min_length=2, max_length=6)] | None = None
    order: Literal["shuffled", "fixed"] = "shuffled"
    things: Things | None = None
    direction: Direction = "ascending"
    estimate: EstimateKey | None = None

    @model_validator(mode="after")
    def _one_way_to_answer(self) -> "Prediction":
        if sum(getattr(self, way) is not None for way in _WAYS) != 1:
            raise UnfitError(
                told("a prediction has exactly one of {names}", names=", ".join(_WAYS)),
                told("keep one, and take the others out"),
            )
        if self.order == "fixed" and self.outcomes is None:
            raise UnfitError(told("'order: fixed' without 'outcomes'"), told("take it out"))
        if self.direction == "descending" and self.things is None:
            raise UnfitError(told("'direction' without 'things'"), told("take it out"))
        return self

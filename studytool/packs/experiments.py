"""Experiments of a pack: simulations in the formula language, which nothing else runs."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, Tag, model_validator

from studytool.packs.item_fields import Citation
from studytool.packs.model import (
    FormulaText,
    Identifier,
    Lets,
    Model,
    Real,
    Whole,
    by_key,
)
from studytool.packs.statistic import Statistic
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text


class FloatRange(Model):
    """A number in [low, high], which a slider moves evenly."""

    float_: Annotated[tuple[Real, Real], Field(alias="float")]
    default: Real
    doc: Text | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the greatest value."""
        return self.float_

    @model_validator(mode="after")
    def _ordered(self) -> "FloatRange":
        _refuse_range(self.ends, self.default)
        return self


class LogRange(Model):
    """A positive number in [low, high], which a slider moves evenly in its logarithm."""

    log: tuple[Real, Real]
    default: Real
    doc: Text | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the greatest value."""
        return self.log

    @model_validator(mode="after")
    def _ordered(self) -> "LogRange":
        if self.log[0] <= 0:
            raise UnfitError(
                told("log: the first is not above 0"), told("write [low, high] with 0 < low < high")
            )
        _refuse_range(self.ends, self.default)
        return self


class IntegerRange(Model):
    """A whole number in [low, high]."""

    integer: tuple[Whole, Whole]
    default: Whole
    doc: Text | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the greatest value."""
        return self.integer

    @model_validator(mode="after")
    def _ordered(self) -> "IntegerRange":
        _refuse_range(self.ends, self.default)
        return self


def _refuse_range(ends: tuple[float, float], default: float) -> None:
    low, high = ends
    if low >= high:
        raise UnfitError(told("the first is not below the second"), told("write [low, high]"))
    if not low <= default <= high:
        raise UnfitError(
            told(
                "the default {value:g} is not in [{low:g}, {high:g}]",
                value=default,
                low=low,
                high=high,
            ),
            told("choose one that is"),
        )


ExperimentParameter = Annotated[
    Annotated[FloatRange, Tag("float")]
    | Annotated[LogRange, Tag("log")]
    | Annotated[IntegerRange, Tag("integer")],
    by_key(("float", "log", "integer")),
]


class PackQuantity(Model):
    """A number that is measured at the end, one for each replicate.

    Where nothing that it depends on is drawn it is exact, and one replicate is all. ``over`` and
    ``statistic`` are those of a sample.
    """

    name: Text
    value: FormulaText
    statistic: Statistic = Statistic.MEAN
    over: FormulaText | None = None
    closed_form: FormulaText | None = None

    @model_validator(mode="after")
    def _over_is_of_a_ratio(self) -> "PackQuantity":
        if (self.over is not None) != (self.statistic is Statistic.RATIO):
            raise UnfitError(
                told("'over' and 'statistic: ratio' go together"), told("write both, or neither")
            )
        return self


class PackExperiment(Model):
    """A simulation: a ``state``, the ``step`` that is repeated, and what is measured at the end.

    A step computes every new value of the state from the old ones. A further name in ``step`` helps
    to compute them. ``let`` follows from the parameters alone, as do ``repeat`` and closed forms.
    """

    id: Identifier
    title: Text
    description: Text | None = None
    source: Citation | None = None
    params: Annotated[dict[Identifier, ExperimentParameter], Field(max_length=12)] = Field(
        default_factory=dict
    )
    let: Lets = Field(default_factory=dict)
    state: Annotated[dict[Identifier, FormulaText], Field(min_length=1, max_length=20)]
    step: Annotated[dict[Identifier, FormulaText], Field(max_length=20)] = Field(
        default_factory=dict
    )
    repeat: FormulaText | None = None
    measure: Annotated[dict[Identifier, PackQuantity], Field(min_length=1, max_length=20)]

    @cached_property
    def text(self) -> str:
        """Return it as JSON: equal texts, equal experiments."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @model_validator(mode="after")
    def _step_is_repeated(self) -> "PackExperiment":
        if bool(self.step) != (self.repeat is not None):
            raise UnfitError(
                told("'step' and 'repeat' go together"), told("write both, or neither")
            )
        return self

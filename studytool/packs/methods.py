"""The ways to try a number: draws, a quantity of an experiment, a second formula."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, Tag, model_validator

from studytool.packs.model import FormulaText, Identifier, Lets, Model, by_key
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text


class Measurement(Model):
    """A quantity of a named experiment of the core.

    ``with`` gives the experiment's parameters: a formula over the names in scope where the
    parameter is a number, the plain word where it is a choice.
    """

    experiment: Identifier
    with_: Annotated[dict[Identifier, FormulaText], Field(alias="with", default_factory=dict)]
    quantity: Identifier


class Statistic(StrEnum):
    """What of the sampled values estimates the claimed number."""

    MEAN = "mean"
    VARIANCE = "variance"
    STD = "std"
    MEDIAN = "median"
    RATIO = "ratio"


class SampleCheck(Model):
    """A statistic of ``reps`` draws of a formula; ``let`` binds an array used twice.

    For ``statistic: ratio`` the estimate is mean(sample) / mean(over). ``because`` says why a median
    or a ratio is meant where the mean of the draws, or of their quotients, is another number.
    """

    sample: FormulaText
    let: Lets = Field(default_factory=dict)
    statistic: Statistic = Statistic.MEAN
    over: FormulaText | None = None
    because: Text | None = None

    @model_validator(mode="after")
    def _over_goes_with_ratio(self) -> "SampleCheck":
        if (self.over is not None) != (self.statistic is Statistic.RATIO):
            raise UnfitError(
                told("'over' and 'statistic: ratio' go together"), told("write both, or neither")
            )
        return self


Simulated = Annotated[
    Annotated[SampleCheck, Tag("sample")] | Annotated[Measurement, Tag("experiment")],
    by_key(("sample", "experiment")),
]
"""What a simulation measures: a statistic of draws, or a quantity of an experiment."""

Measurements = Annotated[dict[Identifier, Simulated], Field(max_length=6)]
"""The measured quantities, by the names that formulas use for them."""


class SecondFormula(Model):
    """Another formula for the same number; ``because`` says why one that is the key rewritten helps."""

    also: FormulaText
    let: Lets = Field(default_factory=dict)
    because: Text | None = None


Method = Annotated[
    Annotated[SampleCheck, Tag("sample")]
    | Annotated[Measurement, Tag("experiment")]
    | Annotated[SecondFormula, Tag("also")],
    by_key(("sample", "experiment", "also")),
]

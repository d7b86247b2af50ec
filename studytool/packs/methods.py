"""The ways to try a number: draws, a quantity of an experiment, a second formula."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints, Tag, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from studytool.packs.experiments import PackExperiment
from studytool.packs.model import FilledIn, FormulaText, Identifier, Lets, Model, by_key
from studytool.packs.statistic import Statistic
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text

OWN_EXPERIMENTS = "experiments"
"""Of a validation's context: the experiments of the pack that is read, by their full names."""
ExperimentName = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*/)?[A-Za-z_][A-Za-z0-9_]*$", max_length=121
    ),
]
"""Of the core, or of the pack: ``name`` or ``pack/name``."""


class Measurement(Model):
    """A quantity of a named experiment, of the core or of the pack.

    ``with`` gives the experiment's parameters: a formula over the names in scope where the
    parameter is a number, the plain word where it is a choice. ``name`` is what a learner reads.
    """

    name: Text | None = None
    experiment: ExperimentName
    with_: Annotated[dict[Identifier, FormulaText], Field(alias="with", default_factory=dict)]
    quantity: Identifier
    own: Annotated[PackExperiment | None, SkipJsonSchema(), FilledIn()] = None
    """The experiment where it is the pack's, so that whoever has a measurement can make it."""

    @property
    def is_stepped(self) -> bool:
        """Tell whether an experiment of the pack comes near to its number by steps."""
        return self.own is not None and self.own.repeat is not None

    @model_validator(mode="before")
    @classmethod
    def _link(cls, value: object, info: ValidationInfo) -> object:
        """Put in the pack's own experiment of that name, under its full name."""
        own: Mapping[str, PackExperiment] | None = (info.context or {}).get(OWN_EXPERIMENTS)
        if own is None or not isinstance(value, dict):
            return value
        if "own" in value:
            raise UnfitError(told("unknown key '{key}'", key="own"), told("take it out"))
        name = value.get("experiment")
        full = next((one for one in own if name in (one, one.partition("/")[2])), None)
        return value if full is None else {**value, "experiment": full, "own": own[full]}


class SampleCheck(Model):
    """A statistic of ``reps`` draws of a formula; ``let`` binds an array used twice.

    For ``statistic: ratio`` the estimate is mean(sample) / mean(over). ``because`` says why a median
    or a ratio is meant where the mean of the draws, or of their quotients, is another number.
    ``name`` is what a learner reads.
    """

    name: Text | None = None
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

"""What stands on the lab's bench: an experiment, its parameters, what is measured and how it is drawn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from studytool.errors import ExperimentError
from studytool.language import Message
from studytool.numerics.experiment import (
    Experiment,
    NumberParameter,
    ParameterDefinition,
    ParameterValue,
    values_of,
)
from studytool.numerics.lab import (
    SweptPoint,
    share_of,
    sweep,
    swept_parameters,
    usual_range,
    value_at,
)
from studytool.numerics.lab_pictures import PlanePicture, has_picture, picture_of
from studytool.numerics.registry import EXPERIMENTS

POINTS = 32
"""Of a curve along a parameter."""
PLANE = "\0plane"
"""A view that is no parameter: the experiment's picture in a plane."""
QUANTITY_ROW, VIEW_ROW, SEED_ROW = "", "\0view", "\0seed"
"""What is no parameter, among the names of rows."""
_STEPS = 40
_MOST_SEED = 9999
_ALONG = (
    *("depth", "layers", "t", "lam", "l1", "share", "keep", "sd", "x", "scale", "rho", "factor"),
    *("period_share", "lr", "steps", "dimensions", "momentum"),
)
"""What a quantity is followed along at first, the first that there is."""


@dataclass(frozen=True, slots=True)
class Bench:
    """One setting of the lab; each change makes another.

    Attributes:
        experiment: of the core or of a pack.
        values: of its parameters, by name.
        quantity: the one in view.
        along: the parameter along which it is drawn; None for its draws, ``PLANE`` for a picture
            of weights.
        seed: of the draws.
    """

    experiment: Experiment[Any]
    values: dict[str, ParameterValue]
    quantity: str
    along: str | None = None
    seed: int = 0

    @classmethod
    def of(cls, experiment: Experiment[Any]) -> Self:
        """Set up an experiment at its defaults."""
        values = values_of(experiment.bind({}))
        swept = swept_parameters(experiment)
        along = next((one for one in (*_ALONG, *swept) if one in swept), None)
        along = PLANE if has_picture(experiment.name) else along
        return cls(experiment, values, experiment.quantities[0].name, along)

    def given(self, values: Mapping[str, ParameterValue]) -> Self:
        """Return the bench with some values of its parameters as they are typed.

        Raises:
            ExperimentError: unknown names and refused values, every one named.
        """
        return replace(self, values=values_of(self.experiment.bind(values)))

    @property
    def curve(self) -> object:
        """Return all that the curve depends on: all but the value that it runs along."""
        values = {name: one for name, one in self.values.items() if name != self.along}
        return self.experiment.name, values, self.quantity, self.along, self.seed

    @property
    def view(self) -> object:
        """Return what is drawn: the same is drawn over where values change."""
        return self.experiment.name, self.quantity, self.along

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the names of the rows, in their order."""
        return (QUANTITY_ROW, VIEW_ROW, *self.values, SEED_ROW)

    @property
    def parameters(self) -> object:
        """Return the experiment's parameters.

        Raises:
            ExperimentError: values that do not go together.
        """
        return self.experiment.bind(self.values)

    @property
    def refusal(self) -> Message | None:
        """Return why the values do not go together, None where they do."""
        try:
            self.experiment.bind(self.values)
        except ExperimentError as error:
            return error.told
        return None

    @property
    def picture(self) -> PlanePicture | None:
        """Return the picture in a plane, where that is the view.

        Raises:
            ExperimentError: values that do not go together.
        """
        if self.along != PLANE:
            return None
        return picture_of(self.experiment.name, self.parameters, self.seed)

    def definition(self, row: str) -> ParameterDefinition | None:
        """Return the definition of a row's parameter; None of a row that is none."""
        return next((one for one in self.experiment.parameters if one.name == row), None)

    def moved(self, row: str, by: int) -> Self:
        """Return the bench with a row some steps further, or some choices."""
        definition = self.definition(row)
        if isinstance(definition, NumberParameter):
            return self._stepped(definition, by)
        if definition is not None:
            value = _turned(list(definition.choices), self.values[row], by)
            return replace(self, values={**self.values, row: value})
        match row:
            case "\0view":
                plane = [PLANE] if has_picture(self.experiment.name) else []
                views = [None, *plane, *swept_parameters(self.experiment)]
                return replace(self, along=_turned(views, self.along, by))
            case "\0seed":
                return replace(self, seed=min(_MOST_SEED, max(0, self.seed + by)))
            case _:
                names = [one.name for one in self.experiment.quantities]
                return replace(self, quantity=_turned(names, self.quantity, by))

    def put(self, row: str, share: float) -> Self:
        """Return the bench with a slider at a share, 0 to 1, of its range; others as they are."""
        definition = self.definition(row)
        if not isinstance(definition, NumberParameter):
            return self
        return replace(self, values={**self.values, row: value_at(definition, share)})

    def in_words_of(self, experiment: Experiment[Any]) -> Self:
        """Return the same of the same experiment, whose words are of another language."""
        return replace(self, experiment=experiment)

    def _stepped(self, definition: NumberParameter, by: int) -> Self:
        before = float(self.values[definition.name])
        share = share_of(definition, before)
        value = value_at(definition, share + by / _STEPS)
        if value == before:  # a step that rounds to nothing
            value = before + by if definition.whole else value_at(definition, share + by / 8)
        usual = usual_range(definition)
        value = min(usual.high, max(usual.low, value))
        value = int(value) if definition.whole else value
        return replace(self, values={**self.values, definition.name: value})


def curve_of(bench: Bench) -> Iterator[SweptPoint]:
    """Measure the quantity in view along its parameter; nothing where it is drawn along none."""
    if bench.along is None or bench.along == PLANE:
        return iter(())
    return sweep(
        bench.experiment,
        bench.parameters,
        bench.quantity,
        bench.along,
        seed=bench.seed,
        points=POINTS,
    )


def find_experiments(
    typed: str,
    describe: Callable[[Experiment[Any]], str],
    own: Iterable[Experiment[Any]] = (),
) -> Iterator[Experiment[Any]]:
    """Return the experiments whose names, descriptions or sources have every word typed.

    Args:
        typed: words.
        describe: gives the words of an experiment beside its own.
        own: those of packs, which come before the core's.
    """
    words = typed.casefold().split()
    for experiment in (*own, *EXPERIMENTS.values()):
        parts = (experiment.name, experiment.doc, describe(experiment), experiment.source)
        text = " ".join(parts).casefold()
        if all(word in text for word in words):
            yield experiment


def _turned(choices: list[Any], chosen: object, by: int) -> Any:
    return choices[(choices.index(chosen) + by) % len(choices)]

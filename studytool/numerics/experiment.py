"""What an experiment is: a named simulation with typed parameters and named quantities."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studytool.errors import ExperimentError, NotFoundError
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.streams import Rng

ParameterValue = float | str
"""A parameter's value: a number, or the word of a choice."""


@dataclass(frozen=True, slots=True)
class NumberParameter:
    """A numeric parameter in [low, high]; ``whole`` for counts and sizes."""

    name: str
    default: float
    low: float
    high: float
    doc: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A parameter that is one of a few words."""

    name: str
    default: str
    choices: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that an experiment measures, and its closed form where there is one."""

    name: str
    doc: str
    estimator: Estimator = Estimator.MEAN
    closed_form: Callable[[Mapping[str, ParameterValue]], float] | None = None


def _never(_: Mapping[str, ParameterValue]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Experiment:
    """A named simulation.

    Attributes:
        simulate: ``simulate(rng, n, parameters)`` draws ``n`` independent replicates of every
            quantity: name → array of shape (n,) or (n, 2), see :class:`Estimator`.
        elements: float64 numbers that one replicate keeps alive at once; the caller batches by it.
        trains: whether it trains networks (verified apart, since it takes longer).
        source: paper, section or equation.
        refuse: why parameters that are each in range do not go together, or None where they do.
    """

    name: str
    doc: str
    parameters: tuple[NumberParameter | Word, ...]
    quantities: tuple[Quantity, ...]
    simulate: Callable[[Rng, int, Mapping[str, ParameterValue]], Mapping[str, Array]]
    elements: Callable[[Mapping[str, ParameterValue]], float]
    source: str
    trains: bool = False
    refuse: Callable[[Mapping[str, ParameterValue]], str | None] = _never

    def quantity(self, name: str) -> Quantity:
        """Return the quantity called ``name``.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        for quantity in self.quantities:
            if quantity.name == name:
                return quantity
        known = [quantity.name for quantity in self.quantities]
        raise NotFoundError(f"quantity of {self.name}", name, known, remedy=", ".join(known))

    def bind(self, given: Mapping[str, ParameterValue]) -> dict[str, ParameterValue]:
        """Fill in the defaults and check every value against its range.

        Raises:
            ExperimentError: an unknown name or a value out of range, before memory is taken.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise ExperimentError(
                    f"{self.name} has no parameter '{name}'; it has {', '.join(known) or 'none'}"
                )
        bound = {
            name: _checked(self.name, parameter, given.get(name, parameter.default))
            for name, parameter in known.items()
        }
        if why := self.refuse(bound):
            raise ExperimentError(f"{self.name}: {why}")
        return bound


def _checked(
    experiment: str, parameter: NumberParameter | Word, value: ParameterValue
) -> ParameterValue:
    where = f"{experiment}: {parameter.name} = {value}"
    if isinstance(parameter, Word):
        if value not in parameter.choices:
            raise ExperimentError(f"{where}: must be one of {', '.join(parameter.choices)}")
        return value
    try:
        number = float(value)
    except ValueError:
        raise ExperimentError(f"{where}: must be a number") from None
    if not parameter.low <= number <= parameter.high:
        raise ExperimentError(f"{where}: must be in [{parameter.low:g}, {parameter.high:g}]")
    if parameter.whole and number != int(number):
        raise ExperimentError(f"{where}: must be a whole number")
    return number

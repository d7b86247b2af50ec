"""Experiments: named simulations with typed parameters and named quantities.

The parameters of an experiment are a frozen dataclass. Each field says everything about its
parameter once: its type, its default, its range (of a number) or its words (of a choice), and a
few words for a reader. :func:`parameters_of` reads the fields; binding, the checks of a pack and
``studytool simulate --list`` are made from it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin, get_type_hints

from studytool.errors import ExperimentError, NotFoundError
from studytool.language import Message, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.numerics.streams import Rng

ParameterValue = float | str
"""A parameter's value as a pack or a command gives it: a number, or the word of a choice."""
P = TypeVar("P")
"""The frozen dataclass of an experiment's parameters."""

_NO_NUMBER = Phrase(ko="수여야 합니다", en="must be a number")
_OUTSIDE = Phrase(ko="{low:g} 이상 {high:g} 이하여야 합니다", en="must be in [{low:g}, {high:g}]")
_NOT_WHOLE = Phrase(ko="정수여야 합니다", en="must be a whole number")
_NO_CHOICE = Phrase(ko="다음 가운데 하나여야 합니다: {choices}", en="must be one of {choices}")
_PROBLEM = Phrase(ko="{name} = {value}: {why}", en="{name} = {value}: {why}")
_UNKNOWN = Phrase(
    ko="'{name}' 매개변수는 없습니다(있는 것: {known})", en="no parameter '{name}'; it has {known}"
)
_UNKNOWN_OF_NONE = Phrase(
    ko="'{name}' 매개변수는 없습니다(매개변수가 없는 실험)",
    en="no parameter '{name}'; it has none",
)


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest number that a parameter may be.

    Attributes:
        log: whether it is seen in its logarithm; None where its width says so.
    """

    low: float
    high: float
    log: bool | None = None


@dataclass(frozen=True, slots=True)
class NumberParameter:
    """A numeric parameter in [low, high]; ``whole`` for counts and sizes, ``log`` as of its range."""

    name: str
    default: float
    low: float
    high: float
    doc: str
    whole: bool
    log: bool | None = None

    def refusal(self, value: ParameterValue) -> Message | None:
        """Return why ``value`` cannot be taken, or None where it can."""
        try:
            number = float(value)
        except ValueError:
            return _NO_NUMBER.of()
        if not self.low <= number <= self.high:
            return _OUTSIDE.of(low=self.low, high=self.high)
        return _NOT_WHOLE.of() if self.whole and number != int(number) else None

    def read(self, value: ParameterValue) -> float:
        """Return a value that is not refused in the parameter's own type: int or float."""
        return int(float(value)) if self.whole else float(value)


@dataclass(frozen=True, slots=True)
class WordParameter:
    """A parameter that is one of a few words."""

    name: str
    default: str
    choices: tuple[str, ...]
    doc: str

    def refusal(self, value: ParameterValue) -> Message | None:
        """Return why ``value`` cannot be taken, or None where it can."""
        return None if value in self.choices else _NO_CHOICE.of(choices=", ".join(self.choices))

    def read(self, value: ParameterValue) -> str:
        """Return a value that is not refused."""
        return str(value)


ParameterDefinition = NumberParameter | WordParameter


def _read_parameters(type_: Any) -> tuple[ParameterDefinition, ...]:
    """Read the parameters that a dataclass of annotated fields defines, in their order.

    A number is ``Annotated[int, Range(low, high), doc]`` or the same with float; a choice is
    ``Annotated[Literal[words], doc]``.
    """
    hints = get_type_hints(type_, include_extras=True)
    return tuple(_parameter(one.name, hints[one.name], one.default) for one in fields(type_))


parameters_of: Callable[[type], tuple[ParameterDefinition, ...]] = cache(_read_parameters)


def _parameter(name: str, hint: object, default: Any) -> ParameterDefinition:
    kind, *about, doc = get_args(hint) if get_origin(hint) is Annotated else (hint, "")
    match about:
        case [Range(low=low, high=high, log=log)]:
            return NumberParameter(name, default, low, high, doc, whole=kind is int, log=log)
        case [] if get_origin(kind) is Literal:
            return WordParameter(name, default, get_args(kind), doc)
        case _:
            raise TypeError(f"{name}: neither a number with its range nor a choice")


def values_of(parameters: object) -> dict[str, ParameterValue]:
    """Return the values of an experiment's parameters by name, in their order."""
    return {one.name: getattr(parameters, one.name) for one in parameters_of(type(parameters))}


@dataclass(frozen=True, slots=True)
class Quantity(Generic[P]):
    """A number that an experiment measures.

    Attributes:
        name: unique within its experiment.
        doc: the words for a reader.
        estimator: how it is estimated from replicates.
        closed_form: its value from the parameters, NaN where the form does not apply; None where
            there is none.
        known: where each replicate's value lies, whatever the parameters.
        known_at: where it lies with these parameters and, of a ratio, where what it is over lies;
            None where ``known`` is all.
    """

    name: str
    doc: str
    estimator: Estimator = Estimator.MEAN
    closed_form: Callable[[P], float] | None = None
    known: KnownRange = ANYWHERE
    known_at: Callable[[P], tuple[KnownRange, KnownRange]] | None = None

    def ranges(self, parameters: P) -> tuple[KnownRange, KnownRange]:
        """Return where its values lie with these parameters and, of a ratio, what it is over."""
        return (self.known, ANYWHERE) if self.known_at is None else self.known_at(parameters)


def _never(_: object) -> Message | None:
    return None


@dataclass(frozen=True)  # without slots: Experiment[P](...) tries to set __orig_class__ (3.11)
class Experiment(Generic[P]):
    """A named simulation.

    Attributes:
        name: unique in the registry.
        doc: the words for a reader.
        parameter_type: the frozen dataclass of its parameters.
        quantities: the numbers that it measures.
        simulate: ``simulate(rng, n, parameters)`` draws ``n`` independent replicates of every
            quantity: name → array of shape (n,) or (n, 2), see :class:`Estimator`.
        elements: float64 numbers that one replicate keeps alive at once; the caller batches by it.
        source: paper, section or equation.
        trains: whether it trains networks (verified apart, since it takes longer).
        refuse: why parameters that are each in range do not go together, or None where they do.
        work: float64 numbers that one replicate computes, where they are far more than it keeps
            alive: of many steps; None where ``elements`` says enough.
    """

    name: str
    doc: str
    parameter_type: type[P]
    quantities: tuple[Quantity[P], ...]
    simulate: Callable[[Rng, int, P], Mapping[str, Array]]
    elements: Callable[[P], float]
    source: str
    trains: bool = False
    refuse: Callable[[P], Message | None] = _never
    work: Callable[[P], float] | None = None

    @property
    def parameters(self) -> tuple[ParameterDefinition, ...]:
        """Return the definitions of the parameters."""
        return parameters_of(self.parameter_type)

    def quantity(self, name: str) -> Quantity[P]:
        """Return the quantity called ``name``.

        Raises:
            NotFoundError: there is none; names the nearest.
        """
        for quantity in self.quantities:
            if quantity.name == name:
                return quantity
        known = [quantity.name for quantity in self.quantities]
        kind = Phrase(ko=f"{self.name}의 측정량", en=f"quantity of {self.name}")
        raise NotFoundError(kind, name, known)

    def bind(self, given: Mapping[str, ParameterValue]) -> P:
        """Return the parameters with the values of ``given``, the others at their defaults.

        Raises:
            ExperimentError: unknown names and refused values, every one named.
        """
        if problems := list(self._problems(given)):
            raise ExperimentError(self.name, *problems)
        known = {parameter.name: parameter for parameter in self.parameters}
        values = {name: known[name].read(value) for name, value in given.items()}
        parameters = self.parameter_type(**values)
        if why := self.refuse(parameters):
            raise ExperimentError(self.name, why)
        return parameters

    def _problems(self, given: Mapping[str, ParameterValue]) -> Iterator[Message]:
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in known:
                unknown = _UNKNOWN if known else _UNKNOWN_OF_NONE
                yield unknown.of(name=name, known=", ".join(known))
            elif why := known[name].refusal(value):
                yield _PROBLEM.of(name=name, value=plain(value), why=why)


def plain(value: ParameterValue) -> str:
    """Return a parameter's value as text: a word as it is, a number to 12 figures.

    >>> plain(64.0), plain(0.25), plain("relu")
    ('64', '0.25', 'relu')
    """
    return value if isinstance(value, str) else f"{value:.12g}"

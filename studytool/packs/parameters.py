"""The parameters of an item: what is drawn anew for each variant."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, Tag, model_validator

from studytool.packs.model import Identifier, Model, Real, Whole, by_key
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text

SignificantFigures = Annotated[Whole, Field(ge=1, le=6)]


_LARGEST = 1e300
"""Of what is drawn between two numbers: their difference, and what rounding makes of it, are finite."""


def _refuse_huge(ends: tuple[float, float]) -> None:
    if max(map(abs, ends)) > _LARGEST:
        raise UnfitError(
            told("a number beyond 1e300"),
            told("write numbers from -1e300 to 1e300"),
        )


class ChoiceParameter(Model):
    """One of the listed numbers; ``labels``, when given, is what the prompt shows for each."""

    choice: Annotated[list[Real], Field(min_length=1, max_length=1000)]
    labels: list[Text] | None = None

    @model_validator(mode="after")
    def _a_label_each(self) -> "ChoiceParameter":
        if self.labels is not None and len(self.labels) != len(self.choice):
            raise UnfitError(
                told("{count} choices need {count} labels", count=len(self.choice)),
                told("write one label for each choice"),
            )
        return self


class IntegerParameter(Model):
    """A whole number, both ends included, in steps."""

    integers: tuple[Whole, Whole]
    step: Annotated[Whole, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _ordered(self) -> "IntegerParameter":
        if self.integers[0] > self.integers[1]:
            raise UnfitError(
                told("integers: the first is above the second"), told("write [low, high]")
            )
        return self


class UniformParameter(Model):
    """A number drawn evenly from [low, high], rounded to ``sigfigs`` significant figures."""

    uniform: tuple[Real, Real]
    sigfigs: SignificantFigures = 2

    @model_validator(mode="after")
    def _ordered(self) -> "UniformParameter":
        if self.uniform[0] >= self.uniform[1]:
            raise UnfitError(
                told("uniform: the first is not below the second"), told("write [low, high]")
            )
        _refuse_huge(self.uniform)
        return self


class LogUniformParameter(Model):
    """A positive number drawn evenly in its logarithm, rounded to ``sigfigs``."""

    loguniform: tuple[Real, Real]
    sigfigs: SignificantFigures = 2

    @model_validator(mode="after")
    def _ordered(self) -> "LogUniformParameter":
        if not 0 < self.loguniform[0] < self.loguniform[1]:
            raise UnfitError(
                told("loguniform: the first is not between 0 and the second"),
                told("write [low, high] with 0 < low < high"),
            )
        _refuse_huge(self.loguniform)
        return self


class TableRow(Model):
    """Values that belong together: a number for each column, and a ``label`` that texts show."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Identifier, Real]

    label: Text | None = None

    @property
    def columns(self) -> dict[str, float]:
        """Return the numbers of the row by their columns."""
        return dict(self.__pydantic_extra__)


class TableParameter(Model):
    """One row of the table; its columns become names, and the parameter's name shows its label."""

    table: Annotated[list[TableRow], Field(min_length=2, max_length=1000)]

    @model_validator(mode="after")
    def _the_same_columns(self) -> "TableParameter":
        first = self.table[0]
        if not first.columns:
            raise UnfitError(
                told("a row of a table has no number"),
                told("write one such as {{label: iron, density: 7.87}}"),
            )
        numbers: dict[tuple[float, ...], int] = {}
        for number, row in enumerate(self.table, 1):
            if row.columns.keys() != first.columns.keys():
                raise UnfitError(
                    told("row {number} has other columns than row 1", number=number),
                    told("give each row the columns {names}", names=", ".join(first.columns)),
                )
            if (row.label is None) != (first.label is None):
                raise UnfitError(
                    told("some rows have a label and some none"),
                    told("give every row a label, or none"),
                )
            twin = numbers.setdefault(tuple(row.columns[name] for name in first.columns), number)
            if twin != number:
                raise UnfitError(
                    told(
                        "rows {twin} and {number} have the same numbers", twin=twin, number=number
                    ),
                    told("take one out"),
                )
        return self

    def row_of(self, drawn: Mapping[str, float]) -> TableRow:
        """Return the row whose numbers were drawn."""
        return next(
            row
            for row in self.table
            if all(drawn[name] == value for name, value in row.columns.items())
        )


Parameter = Annotated[
    Annotated[ChoiceParameter, Tag("choice")]
    | Annotated[IntegerParameter, Tag("integers")]
    | Annotated[UniformParameter, Tag("uniform")]
    | Annotated[LogUniformParameter, Tag("loguniform")]
    | Annotated[TableParameter, Tag("table")],
    by_key(("choice", "integers", "uniform", "loguniform", "table")),
]


def names_of(name: str, parameter: Parameter) -> list[str]:
    """Return the names that a parameter gives a number: its own, or the columns of its table."""
    return list(parameter.table[0].columns) if isinstance(parameter, TableParameter) else [name]

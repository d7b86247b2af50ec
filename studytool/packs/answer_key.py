"""The key of a typed number: how it comes about, how near an answer must be, how it is printed."""

import re
from math import floor, log10
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from studytool.language import Message
from studytool.packs.methods import Measurement
from studytool.packs.model import FormulaText, Model, Real, Slug, Whole
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")


def _percent_as_share(value: object) -> object:
    """Let an author write ``rel: 1%``."""
    if isinstance(value, str):
        found = _PERCENT.fullmatch(value)
        if found is None:
            raise UnfitError(told("a share is wanted"), _share_remedy(value))
        return float(f"{found[1]}e-2")
    return value


def _share_remedy(given: str) -> Message:
    """Say how a share is written.

    >>> [_share_remedy(given).text("en") for given in ("0,02", "1,5 %", "small")]
    ['write 0.02', 'write 1.5%', 'write it in per cent or as a number: 1% or 0.01']
    """
    plain = given.strip().replace(",", ".").replace(" ", "").replace("％", "%")
    if len(plain) < 20 and re.fullmatch(r"[0-9]*\.?[0-9]+%?", plain):
        return told("write {plain}", plain=plain)
    return told("write it in per cent or as a number: 1% or 0.01")


_AsWritten = float | Annotated[str, StringConstraints(pattern=f"^{_PERCENT.pattern}$")]
"""For the schema that editors read."""
RelativeTolerance = Annotated[
    Real,
    BeforeValidator(_percent_as_share, json_schema_input_type=_AsWritten),
    Field(gt=0, le=0.5),
]
"""A share of the key: ``1%`` or ``0.01``."""
ShownDigits = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?sf$|^[0-9][0-9]?dp$")]
"""How a number is printed: ``3sf`` significant figures, ``2dp`` decimal places."""
Figures = Annotated[Whole, Field(ge=1, le=12)]


class StatedTolerance(Model):
    """How near an answer must be: a share of the key, a distance, or digits that must agree.

    Of ``rel`` and ``abs`` the larger counts; ``sf`` and ``dp`` stand alone.
    """

    rel: RelativeTolerance | None = None
    abs: Annotated[Real, Field(gt=0)] | None = None
    sf: Figures | None = None
    dp: Annotated[Whole, Field(ge=0, le=12)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "StatedTolerance":
        given = {key for key, value in self if value is not None}
        if not given:
            raise UnfitError(
                told("nothing says how near is near enough"),
                told("give 'rel' or 'abs' or both, or 'sf', or 'dp'"),
            )
        if len(given) > 1 and given != {"rel", "abs"}:
            raise UnfitError(
                told("'sf' and 'dp' stand alone"),
                told("take the others out; only 'rel' and 'abs' go together"),
            )
        return self

    @property
    def digits(self) -> str | None:
        """Return the digits that must agree, as ``3sf`` or ``2dp``; None where a distance counts."""
        if self.sf is not None:
            return f"{self.sf}sf"
        return None if self.dp is None else f"{self.dp}dp"

    @property
    def relative(self) -> float:
        """Return the share of the key that an answer may be off; of figures, the largest share."""
        return self.rel or (0.0 if self.sf is None else 0.5 * 10.0 ** (1 - self.sf))

    @property
    def absolute(self) -> float:
        """Return the distance from the key that an answer may be off, whatever the key."""
        return self.abs or (0.0 if self.dp is None else 0.5 * 10.0**-self.dp)

    def distance(self, key: float) -> float:
        """Return how far from the key an answer may be."""
        if self.sf is not None:
            return 0.5 * 10.0 ** (floor(log10(abs(key))) + 1 - self.sf) if key else 0.0
        return max(self.absolute, self.relative * abs(key))


DEFAULT_TOLERANCE = StatedTolerance(rel=0.01)


class StatedPrecision(Model):
    """How many significant figures must be given, and the credit of an answer with fewer."""

    sf: Figures
    credit: Annotated[Real, Field(ge=0, lt=1)] = 0.5


class AnswerKey(Model):
    """The key of a numeric item and how near an answer must be.

    Either a ``formula`` over params and let, or a quantity of an experiment. ``show`` is how
    the key is printed.
    """

    formula: FormulaText | None = None
    measure: Measurement | None = None
    tolerance: StatedTolerance = DEFAULT_TOLERANCE
    show: ShownDigits = "3sf"
    unit: Text | None = None
    units: Literal["convert", "exact", "none"] = "convert"
    precision: StatedPrecision | None = None

    @model_validator(mode="after")
    def _one_key(self) -> "AnswerKey":
        if (self.formula is None) == (self.measure is None):
            raise UnfitError(
                told("an answer is a 'formula' or a 'measure'"), told("give exactly one of the two")
            )
        return self

    @model_validator(mode="after")
    def _units_goes_with_unit(self) -> "AnswerKey":
        if self.units == "exact" and self.unit is None:
            raise UnfitError(
                told("'units: exact' without a unit"), told("add 'unit:', or take 'units' out")
            )
        return self


class Misconception(Model):
    """A wrong way to a number; ``when`` limits it to some draws; ``say`` is its feedback."""

    id: Slug
    formula: FormulaText
    when: FormulaText | None = None
    say: Text

"""Write the texts of an item with the numbers of one draw in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studytool.korean_particles import particle_after
from studytool.language import Language
from studytool.packs.item_fields import LET_DIGITS, ItemFields
from studytool.packs.parameters import (
    ChoiceParameter,
    LogUniformParameter,
    TableParameter,
    UniformParameter,
)
from studytool.packs.rounding import rounded
from studytool.packs.scope import ParameterScope
from studytool.packs.templates import Placeholder, fill
from studytool.packs.text import Text
from studytool.quiz.number_text import write_number


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Fills texts in one language with labels where there are some, else with numbers.

    Attributes:
        scope: the numbers, by name.
        digits: how the numbers of these names are printed where their placeholder says nothing.
    """

    item: ItemFields
    scope: ParameterScope
    language: Language
    digits: Mapping[str, str] = field(default_factory=dict)

    def write(self, text: Text | None) -> str:
        """Write a text; nothing where there is none."""
        if text is None:
            return ""
        words = text.text(self.language)
        if "{" not in words:
            return words
        known = {*self.scope, *self.item.params}
        return fill(words, known, self._written) if known else words

    def _written(self, place: Placeholder) -> str:
        label = self._label(place.name) if place.format is None else None
        in_formula = place.within == "formula"
        shown = self._number(place) if label is None else label
        if in_formula:
            return shown if (place.format or "").startswith("+") else f"{{{shown}}}"
        return shown if place.particle is None else shown + particle_after(shown, place.particle)

    def _label(self, name: str) -> str | None:
        match self.item.params.get(name):
            case ChoiceParameter(choice=values, labels=labels) if labels:
                return labels[values.index(self.scope[name])].text(self.language)
            case TableParameter() as parameter:
                label = parameter.row_of(self.scope).label
                return "" if label is None else label.text(self.language)
            case _:
                return None

    def _number(self, place: Placeholder) -> str:
        value, format_ = self.scope[place.name], place.format
        how = place.number_format
        if how is not None and how.digits is None:
            value, digits = self._unsaid(place.name, value)
            inside = format_ == "()"
            format_ = f"({digits})" if inside else f"{format_ or ''}{digits}" or None
        return write_number(value, format_, tex=place.within == "formula")

    def _unsaid(self, name: str, value: float) -> tuple[float, str]:
        """Return a number as it is shown where its placeholder says no digits."""
        if name in self.digits:
            return value, self.digits[name]
        if name in self.item.let:
            return rounded(value, LET_DIGITS), ""
        match self.item.params.get(name):
            case UniformParameter(sigfigs=sigfigs) | LogUniformParameter(sigfigs=sigfigs):
                return value, f"{sigfigs}sf"
            case _:
                return value, ""

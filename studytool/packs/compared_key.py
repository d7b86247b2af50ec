"""A key and its check at random points near the numbers that they are tried at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studytool.formula.parse import parse, parse_once
from studytool.formula.parts import KeyValues, walk
from studytool.formula.points import Points, agree, is_constant
from studytool.formula.random_points import (
    has_steps,
    is_broken,
    is_composed,
    is_more_than_powers,
    is_share,
    quotient,
    spread,
)
from studytool.formula.shares import fixed_factor
from studytool.formula.tree import Name
from studytool.numerics.form_calls import record_forms
from studytool.packs.answer_key import AnswerKey
from studytool.packs.evidence import NumbersByName
from studytool.packs.methods import Measurement, Method, SampleCheck, SecondFormula


@dataclass(frozen=True, slots=True)
class KeyFormula:
    """A key as its formula, or as the quantity of an experiment, with the conditions it is tried at.

    Attributes:
        conditions: numbers of its names, at least one; ``let`` is computed from them.
    """

    formula: str | None
    conditions: Sequence[NumbersByName]
    let: Mapping[str, str] = field(default_factory=dict)
    measure: Measurement | None = None

    @classmethod
    def of_answer(
        cls, answer: AnswerKey, let: Mapping[str, str], conditions: Sequence[NumbersByName]
    ) -> "KeyFormula":
        """Return the key of a numeric item."""
        return cls(answer.formula, conditions, let, answer.measure)


@dataclass(frozen=True, slots=True)
class ComparedKey:
    """A key and a check at random points.

    Attributes:
        values: of the key, and of what it is made of.
        is_fixed: whether the key is a number, or one of its names: no part of a sample is that.
        forms: the closed forms that computing the key calls.
        points: where the formulas of the check are computed.
    """

    values: KeyValues
    is_fixed: bool
    forms: frozenset[str]
    points: Points

    @classmethod
    def make(cls, key: KeyFormula, method: Method) -> "ComparedKey":
        """Compute a key at random points near its conditions.

        Raises:
            FormulaError: a formula that cannot be read.
        """
        assert key.formula is not None
        formula = parse_once(key.formula)
        given = {
            name: spread(name, [one[name] for one in key.conditions if name in one])
            for name in key.conditions[0]
        }
        let = {name: parse_once(text) for name, text in key.let.items()}
        names = Points(given, let)
        with record_forms() as calls:
            values = names.of(formula.tree).at
            bound = {name: names.of(one.tree).at for name, one in let.items()}
            inside = [one for one in walk(formula.tree) if one is not formula.tree]
            ingredients = (*bound.values(), *(names.of(one).at for one in inside))
        names_of_key = [names.of(Name(name, 1)).at for name in formula.names]
        is_fixed = is_constant(values) or any(agree(values, one) for one in names_of_key)
        own = method.let if isinstance(method, SampleCheck | SecondFormula) else {}
        drawn = {name: parse(text, draws=True) for name, text in own.items()}  # twins draw apart
        key_values = KeyValues(
            values,
            ingredients,
            is_composed(values, names_of_key),
            is_more_than_powers(values, names_of_key),
        )
        return cls(key_values, is_fixed, calls.names, Points({**given, **bound}, drawn))

    def is_rewritten_by(self, method: SecondFormula) -> bool:
        """Tell a second formula that is the key in other words.

        A difference quotient is another way to it, unless it gives the key whatever its steps are.
        """
        second = parse_once(method.also)
        found = self.points.of(second.tree).at
        return agree(found, self.values.key) and not has_steps(second, self.points)

    def is_whole(self, check: SampleCheck) -> bool:
        """Tell a sample that is the key whatever is drawn, or a ratio whose draws cancel."""
        sample = parse_once(check.sample, draws=True)
        formulas = [sample, *self.points.let.values()]
        if check.over is None:
            is_sure = not self.is_fixed or not any(map(is_broken, formulas))
            return is_sure and agree(self.points.of(sample.tree).at, self.values.key)
        over = parse_once(check.over, draws=True)
        is_sure = not any(map(is_broken, [*formulas, over]))
        if is_sure and agree(quotient(sample, over, self.points), self.values.key):
            return True
        shares = [fixed_factor(one.tree, self.points) for one in (sample, over)]
        return not self.is_fixed and is_share(shares[0], shares[1], self.values.key)

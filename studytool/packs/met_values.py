"""Numbers of an item that meet: twin misconceptions, and a key of 0 that nothing is near."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import isclose

from studytool.formula.accuracy import accuracy_of, is_product
from studytool.formula.parse import parse_once
from studytool.packs.answer_key import Misconception, StatedTolerance
from studytool.packs.clozes import Cloze, NumberBlank
from studytool.packs.diagnostics import Diagnostic, RelatedPlace
from studytool.packs.document import Path
from studytool.packs.first_draws import value_of
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Numeric
from studytool.packs.located import Located
from studytool.packs.telling import told

_Scopes = Sequence[Mapping[str, float]]


def check_right_misconceptions(
    located: Located[ItemFields], item: Numeric, scopes: _Scopes
) -> Iterator[Diagnostic]:
    """Report a misconception that comes to the key itself in every draw tried."""
    text = item.answer.formula
    for index, wrong in enumerate(item.misconceptions if text is not None else ()):
        held = [scope for scope in scopes if _holds(wrong, scope)]
        pairs = [(value_of(wrong.formula, scope), value_of(text or "", scope)) for scope in held]
        if len(pairs) > 1 and all(_is_one_number(*pair) for pair in pairs):
            why = told("'{id}' comes to the key: whoever makes it is right", id=wrong.id)
            place = ("misconceptions", index, "formula")
            found = located.problem("E344", place, why, told("mend its formula, or take it out"))
            key = located.place(("answer", "formula"))
            yield replace(found, related=(RelatedPlace(key, told("the key stands here")),))


def _is_one_number(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and isclose(one, other, rel_tol=1e-9)


def check_twin_misconceptions(
    located: Located[ItemFields], item: Numeric, scopes: _Scopes
) -> Iterator[Diagnostic]:
    """Report a misconception that comes to the number of an earlier one in every draw tried."""
    for (first, one), (second, other) in combinations(enumerate(item.misconceptions), 2):
        pairs = [
            (value_of(one.formula, scope), value_of(other.formula, scope))
            for scope in scopes
            if _holds(one, scope) and _holds(other, scope)
        ]
        is_chance = len(pairs) == 1 and one.formula != other.formula
        if pairs and not is_chance and all(_meet(*pair, item.answer.tolerance) for pair in pairs):
            why = told(
                "'{one}' and '{other}' come to one number: neither can be told by it",
                one=other.id,
                other=one.id,
            )
            help_ = told("drop one, or part them by 'when'")
            place = ("misconceptions", second, "formula")
            found = located.problem("E342", place, why, help_)
            first_place = located.place(("misconceptions", first, "formula"))
            yield replace(
                found, related=(RelatedPlace(first_place, told("the other stands here")),)
            )


def check_zero_key(
    located: Located[ItemFields], item: Numeric | Cloze, scopes: _Scopes
) -> Iterator[Diagnostic]:
    """Report a key that is 0 in a draw, where no tolerance is left of a share of it."""
    for path, text, tolerance in _keys(item):
        if tolerance.abs is not None or tolerance.dp is not None:
            continue
        for scope in scopes:
            value = value_of(text, scope)
            if value is not None and _is_zero(item, text, value, scope):
                drawn = ", ".join(f"{name} = {scope[name]:g}" for name in item.drawn_names)
                why = told("the key is 0 for {drawn}, and a share of 0 is 0", drawn=drawn)
                help_ = told("add 'abs:' to the tolerance, or exclude such draws by 'require'")
                yield located.problem("E343", path, why, help_)
                break


def _keys(item: Numeric | Cloze) -> list[tuple[Path, str, StatedTolerance]]:
    """Return the formulas of the numbers asked for, and where they stand."""
    if isinstance(item, Numeric):
        text = item.answer.formula
        return [] if text is None else [(("answer", "formula"), text, item.answer.tolerance)]
    return [
        (("blanks", name, "formula"), blank.formula, blank.tolerance)
        for name, blank in item.blanks.items()
        if isinstance(blank, NumberBlank)
    ]


def _is_zero(item: Numeric | Cloze, text: str, value: float, scope: Mapping[str, float]) -> bool:
    """Tell whether a key is 0, or only what binary rounding leaves of terms that cancel."""
    let = {name: parse_once(one) for name, one in item.let.items() if name not in item.shown_lets}
    formulas = (parse_once(text), *let.values())
    if value != 0 and all(is_product(one.tree) for one in formulas):
        return False
    given = {name: number for name, number in scope.items() if name not in let}
    return accuracy_of(value, formulas[0], let, given).is_zero


def _holds(wrong: Misconception, scope: Mapping[str, float]) -> bool:
    return wrong.when is None or bool(value_of(wrong.when, scope))


def _meet(one: float | None, other: float | None, tolerance: StatedTolerance) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= max(tolerance.distance(one), tolerance.distance(other))

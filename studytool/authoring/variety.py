"""How varied the draws of an item are: how many differ, and which regimes of its key occur."""

import re
from collections.abc import Iterator, Sequence

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.errors import StudytoolError
from studytool.packs.items import Item, Numeric
from studytool.quiz.key import NumberKey
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.variant import Variant

FEWEST_VARIANTS = 12
_MOST_DRAWS = 240
"""In so many draws of twelve equally likely variants one is missed once in a hundred million."""
_FEWEST_FOR_LAWS = 3
_ENDS_AT_ZERO = re.compile(
    r"\brelu\(|\b(?:max|min|maximum|minimum|clip)\([^()]*(?<![\w.])0(?![\w.])"
)
"""A formula that is zero in a whole region."""


def dull_variety(item: Item, variants: Sequence[Variant], *, item_id: str) -> Iterator[PlayProblem]:
    """Return what the draws of an item lack."""
    if not item.params:
        return
    count = _count_variants(item, variants, item_id)
    if count < FEWEST_VARIANTS:
        fields = {"count": count, "wanted": FEWEST_VARIANTS}
        yield PlayProblem(PlayFault.FEW_VARIANTS, ("params",), fields)
    if isinstance(item, Numeric) and len(variants) >= _FEWEST_FOR_LAWS:
        yield from _dull_keys(item, variants)


def _count_variants(item: Item, variants: Sequence[Variant], item_id: str) -> int:
    """Count different draws, up to the number that is enough."""
    found = {tuple(variant.parameters.values()) for variant in variants}
    seed = len(variants)
    while len(found) < FEWEST_VARIANTS and seed < _MOST_DRAWS:
        try:
            found.add(tuple(draw_parameters(item, item_id=item_id, seed=seed).values()))
        except StudytoolError:
            break  # reported where it is played
        seed += 1
    return len(found)


def _dull_keys(item: Numeric, variants: Sequence[Variant]) -> Iterator[PlayProblem]:
    where = ("answer", "formula") if item.answer.formula is not None else ("answer",)
    keys = [variant.key for variant in variants if isinstance(variant.key, NumberKey)]
    for name in variants[0].parameters:
        drawn = [variant.parameters[name] for variant in variants]
        if all(_is_near(value, key) for value, key in zip(drawn, keys, strict=True)):
            yield PlayProblem(PlayFault.PROMPT_SHOWS_KEY, where, {"name": name})
    zeros = sum(key.value == 0 for key in keys)
    formulas = " ".join([item.answer.formula or "", *item.let.values()])
    if zeros == len(keys) or (not zeros and _ENDS_AT_ZERO.search(formulas)):
        yield PlayProblem(PlayFault.ONE_REGIME, where, {"zeros": zeros, "plays": len(keys)})


def _is_near(value: float, key: NumberKey) -> bool:
    return abs(value - key.value) <= 1e-9 * abs(key.value)

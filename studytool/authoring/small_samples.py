"""Run the sample of a check with eight replicates: its shapes and axes are refused or not at once."""

from collections.abc import Iterator, Mapping

import numpy as np

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse_once
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream
from studytool.packs.document import Path
from studytool.packs.methods import Method, SampleCheck

REPLICATES = 8
_OF_SHAPES = ("axis", "shape", "dimension", "fit")
"""Words of the refusals that are about shapes."""

_Names = Mapping[str, float | Array]


def refused_samples(
    method: Method, scope: Mapping[str, float], path: Path
) -> Iterator[PlayProblem]:
    """Return what is refused of a sample's formulas for one draw; nothing of another method.

    Args:
        method: the check.
        scope: the numbers that its formulas may use.
        path: of the check inside its entry.
    """
    if not isinstance(method, SampleCheck):
        return
    names: dict[str, float | Array] = dict(scope)
    rng, budget = stream("small sample", *map(str, path)), Budget()
    let = {name: parse_once(text, draws=True) for name, text in method.let.items()}
    parts = [((*path, "let", name), method.let[name], name) for name in resolve_order(let)]
    parts.append(((*path, "sample"), method.sample, ""))
    if method.over is not None:
        parts.append(((*path, "over"), method.over, ""))
    for where, text, name in parts:
        try:
            with np.errstate(all="ignore"):
                value = evaluate(
                    parse_once(text, draws=True), names, rng=rng, reps=REPLICATES, budget=budget
                )
        except FormulaError as error:
            fields: dict[str, str | int | float] = {
                f"why_{code}": error.why.text(code) for code in ("ko", "en")
            }
            fields["is_shape"] = int(any(word in str(fields["why_en"]) for word in _OF_SHAPES))
            yield PlayProblem(PlayFault.CHECK_REFUSED, where, fields, (error.column or 1) - 1)
            return
        shape = np.shape(value)
        if name:
            names[name] = value
        elif shape != (REPLICATES,):
            shown = ", ".join("reps" if size == REPLICATES else str(size) for size in shape)
            yield PlayProblem(PlayFault.SAMPLE_SHAPE, where, {"shape": f"[{shown}]"})
            return

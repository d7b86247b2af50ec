"""A quantity of a pack's experiment as one sample, in which its key is sought."""

import re
from collections.abc import Mapping

from studytool.packs.experiments import PackExperiment
from studytool.packs.methods import Measurement, SampleCheck

_PREFIX = "own_"
"""Before each name of the experiment, which may be one of the item's too."""


def as_sample(measurement: Measurement, own: PackExperiment) -> SampleCheck | None:
    """Return a measured quantity as a sample, with parameters as they are given.

    Of an experiment with steps its formulas stand as they are in the first step. None of a quantity
    that there is not.
    """
    measured = own.measure.get(measurement.quantity)
    if measured is None:
        return None
    names = {*own.params, *own.let, *own.state, *own.step}

    def renamed(text: str) -> str:
        return re.sub(
            r"\b[A-Za-z_]\w*\b(?!\s*\()",
            lambda found: f"{_PREFIX}{found[0]}" if found[0] in names else found[0],
            text,
        )

    let = {
        f"{_PREFIX}{name}": measurement.with_.get(name, repr(float(one.default)))
        for name, one in own.params.items()
    }
    for formulas in (own.let, own.state):
        let |= {f"{_PREFIX}{name}": renamed(text) for name, text in formulas.items()}
    let |= _of_step(own, {name: renamed(text) for name, text in own.step.items()})
    over = None if measured.over is None else renamed(measured.over)
    return SampleCheck.model_construct(
        sample=renamed(measured.value),
        let=let,
        statistic=measured.statistic,
        over=over,
        because=None,
    )


def _of_step(own: PackExperiment, step: Mapping[str, str]) -> dict[str, str]:
    """Return what helps in a step under its name, and each new value under one of its own."""
    return {
        f"{_PREFIX}{name}" if name not in own.state else f"{_PREFIX}new_{name}": text
        for name, text in step.items()
    }

"""The experiments that a claim, an item or ``studytool simulate`` may name, written out by hand."""

from collections.abc import Mapping

from studytool.errors import NotFoundError
from studytool.numerics.experiment import Experiment

EXPERIMENTS: Mapping[str, Experiment] = {}


def find_experiment(name: str) -> Experiment:
    """Give the experiment called ``name``.

    Raises:
        NotFoundError: there is none; names the nearest.
    """
    if name not in EXPERIMENTS:
        known = list(EXPERIMENTS)
        raise NotFoundError(
            "experiment", name, known, remedy="studytool simulate --list names them"
        )
    return EXPERIMENTS[name]

"""A trial: FSRS-6 fitted to the earlier reviews of a history, scored on the later ones."""

from collections.abc import Callable
from dataclasses import dataclass

from studytool.errors import Cancelled
from studytool.fitting.comparing import FitComparison, Split, compare
from studytool.fitting.history import FitHistory
from studytool.fitting.optimiser import fit_parameters
from studytool.srs.policy import Policy


@dataclass(frozen=True, slots=True)
class FitTrial:
    """The optimised parameters and what became of them.

    Attributes:
        optimised: the 21 parameters.
        comparison: of them with what is in force, the defaults and the yardstick.
        policy: in force when they were compared.
    """

    split: Split
    optimised: tuple[float, ...]
    comparison: FitComparison
    policy: Policy


def try_parameters(
    history: FitHistory,
    policy: Policy,
    *,
    held_out: float,
    cancelled: Callable[[], bool],
    progress: Callable[[int, float], None],
) -> FitTrial:
    """Fit FSRS-6 to the earlier reviews and compare it with what is in force on the later ones.

    Args:
        history: all that stands of a log.
        policy: in force.
        held_out: the share of the reviews, the latest, that are not fitted to.
        cancelled: asked now and then.
        progress: told now and then how many reviews are fitted to and for how many seconds.

    Raises:
        Cancelled: as ``cancelled`` said.
        StudytoolError: too few reviews, or nothing that can be used came of it.
    """
    split = Split.of(history, held_out)
    fitted = int(split.before.sum())
    optimised = fit_parameters(
        history.first(split.fitted),
        relearning_steps=max(len(relearning) for _, relearning in policy.step_sets),
        cancelled=cancelled,
        progress=lambda seconds: progress(fitted, seconds),
    )
    comparison = compare(split, optimised, policy=policy)
    if cancelled():
        raise Cancelled
    return FitTrial(split, optimised, comparison, policy)

"""A trial: FSRS-6 fitted to the earlier reviews of a history, scored on the later ones."""

from collections.abc import Callable
from dataclasses import dataclass

from studytool.fitting.comparing import Comparison, Split, compare
from studytool.fitting.history import History
from studytool.fitting.optimiser import Cancelled, fit_parameters
from studytool.srs.policy import Policy


@dataclass(frozen=True, slots=True)
class Trial:
    """The optimised parameters and what became of them.

    Attributes:
        optimised: the 21 parameters.
        comparison: of them with what is in force, the defaults and the yardstick.
        policy: in force when they were compared.
    """

    split: Split
    optimised: tuple[float, ...]
    comparison: Comparison
    policy: Policy


def try_parameters(
    history: History,
    policy: Policy,
    *,
    held_out: float,
    cancelled: Callable[[], bool],
    progress: Callable[[int, float], None],
) -> Trial:
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
        relearning_steps=len(policy.relearning_steps),
        cancelled=cancelled,
        progress=lambda seconds: progress(fitted, seconds),
    )
    comparison = compare(split, optimised, policy=policy)
    if cancelled():
        raise Cancelled
    return Trial(split, optimised, comparison, policy)

"""Arrange options for a seed: drawn from a pool, shuffled, with some kept first or last."""

from collections.abc import Collection, Sequence

from studytool.packs.choices import Option
from studytool.packs.predictions import PredictionOutcome
from studytool.quiz.derivation import derive_order


def draw_pool(
    options: Sequence[Option], right: Collection[str], show: int | None, *name: object
) -> list[Option]:
    """Return the options that a variant shows: every right one, and as many others as fit.

    Of the wrong ones those with a place of their own (``pin``) come first; the others are drawn.
    """
    if show is None:
        return list(options)
    wrong = [options[index] for index in derive_order(len(options), *name, "pool")]
    wrong = [option for option in wrong if option.id not in right]
    wrong.sort(key=lambda option: option.pin is None)  # stable: drawn as before among equals
    shown = {*right, *(option.id for option in wrong[: show - len(right)])}
    return [option for option in options if option.id in shown]


def arrange(
    options: Sequence[Option] | Sequence[PredictionOutcome], *name: object, fixed: bool
) -> list[int]:
    """Return the places of options in the order shown: shuffled, unless ``fixed`` or pinned."""
    order = range(len(options)) if fixed else derive_order(len(options), *name, "options")
    rank = {"first": 0, None: 1, "last": 2}
    return sorted(order, key=lambda index: rank[options[index].pin])

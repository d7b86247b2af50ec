"""The memory model's policy, made from the learner's settings."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from studytool.settings import Settings
from studytool.srs.policy import Policy, Steps

if TYPE_CHECKING:
    from studytool.review_log.queue import RaisedLimit


def policy_of(settings: Settings) -> Policy:
    """Return the policy that the settings describe.

    Raises:
        ParameterError: the parameters are not the model's; names every one that is wrong.
    """
    return Policy(
        settings.parameters,
        settings.desired_retention,
        _steps(settings.learning_steps_minutes),
        _steps(settings.relearning_steps_minutes),
        maximum_interval_days=settings.maximum_interval_days,
        fuzz=settings.spread_load,
        easy_days=settings.easy_days,
        model=settings.memory_model,
        pack_retention=tuple(sorted(settings.pack_retention.items())),
        pack_learning_steps=_steps_of_packs(settings, "learning_steps_minutes"),
        pack_relearning_steps=_steps_of_packs(settings, "relearning_steps_minutes"),
    )


def _steps_of_packs(settings: Settings, name: str) -> tuple[tuple[str, Steps], ...]:
    packs = sorted(settings.packs.items())
    return tuple((pack, _steps(own[name])) for pack, own in packs if name in own)


def _steps(minutes: Iterable[float]) -> Steps:
    return tuple(timedelta(minutes=one) for one in minutes)


def new_limit_of(settings: Settings, pack: str, raised: "Iterable[RaisedLimit]") -> int:
    """Return how many new items a pack may have on a day whose limits were ``raised``.

    A pack that is to have none by its own limit has more only where it was named.
    """
    own = settings.of_pack(pack).get("new_per_day")
    limit: int = rule_of(settings, pack, "new_per_day")
    return limit + sum(
        one.more for one in raised if pack in one.packs or not (one.packs or own == 0)
    )


def rule_of(settings: Settings, pack: str, name: str) -> Any:
    """Return a setting as it is for a pack: its own value, else the learner's."""
    return settings.of_pack(pack).get(name, getattr(settings, name))

"""The policy of a schedule: a model's parameters, steps, retention. Imports no NumPy."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from studytool.errors import ParameterError
from studytool.language import Message, Phrase, joined
from studytool.srs.parameters import PARAMETERS

_NO_MODEL = Phrase(
    ko="{model}: 그런 기억 모델은 없습니다. 있는 모델: {known}",
    en="there is no memory model {model}; there is {known}",
)
_RETENTION = Phrase(
    ko="desired_retention = {value}: 0보다 크고 1보다 작아야 합니다.",
    en="desired_retention = {value} is not in (0, 1)",
)
_PACK_RETENTION = Phrase(
    ko="{pack}의 desired_retention = {value}: 0보다 크고 1보다 작아야 합니다.",
    en="desired_retention of {pack} = {value} is not in (0, 1)",
)
_EASY = Phrase(
    ko="easy_days = {value}: 0에서 1 사이의 수 7개까지여야 합니다.",
    en="easy_days = {value}: up to 7 numbers in [0, 1]",
)
_MAXIMUM = Phrase(
    ko="maximum_interval_days = {value}: 1 이상이어야 합니다.",
    en="maximum_interval_days = {value} is below 1",
)
_STEP = Phrase(
    ko="학습·재학습 단계의 간격은 0보다 길어야 합니다.",
    en="a learning or relearning step is not positive",
)

Steps = tuple[timedelta, ...]
"""Delays of an item that is being learned or relearned."""

StepSet = tuple[Steps, Steps]
"""Learning and relearning steps."""

_STEPS = ("learning_steps", "relearning_steps")
_PACK_STEPS = ("pack_learning_steps", "pack_relearning_steps")


@dataclass(frozen=True, slots=True)
class Policy:
    """How reviews become due dates; two equal policies give equal dates for one log.

    Attributes:
        parameters: the model's, its defaults where none are given.
        desired_retention: the share of reviews to be recalled, in (0, 1).
        learning_steps: delays of an item not yet in the review stage; may be empty.
        relearning_steps: delays after a lapse; may be empty.
        maximum_interval_days: the longest interval, at least 1.
        fuzz: whether intervals are spread a little, so that items of one day part.
        model: its name in :data:`studytool.srs.parameters.PARAMETERS`.
        pack_retention: (pack, desired retention) of the packs that have their own, by name.
        pack_learning_steps: the same of learning steps.
        pack_relearning_steps: the same of relearning steps.
        easy_days: how many reviews the weekdays get, as shares in [0, 1], from Monday on; those
            that are not given are 1. Only fuzz can spare a day.

    Raises:
        ParameterError: values out of range, every one of them named.
    """

    parameters: tuple[float, ...] = ()
    desired_retention: float = 0.9
    learning_steps: Steps = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: Steps = (timedelta(minutes=10),)
    maximum_interval_days: int = 36500
    fuzz: bool = field(default=True, kw_only=True)
    model: str = field(default="fsrs-6", kw_only=True)
    pack_retention: tuple[tuple[str, float], ...] = field(default=(), kw_only=True)
    pack_learning_steps: tuple[tuple[str, Steps], ...] = field(default=(), kw_only=True)
    pack_relearning_steps: tuple[tuple[str, Steps], ...] = field(default=(), kw_only=True)
    easy_days: tuple[float, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if not self.parameters and self.model in PARAMETERS:
            object.__setattr__(self, "parameters", PARAMETERS[self.model].defaults)
        if problems := _problems(self):
            raise ParameterError(Phrase("{lines}", "{lines}"), lines=joined(problems))

    @property
    def step_sets(self) -> tuple[StepSet, ...]:
        """Return all steps in force, each pair once; first that of the packs without their own."""
        own = map(self.steps_of, self.packs_of_own_steps)
        return tuple(dict.fromkeys([(self.learning_steps, self.relearning_steps), *own]))

    @property
    def packs_of_own_steps(self) -> tuple[str, ...]:
        """Return the packs that have learning or relearning steps of their own, by name."""
        return tuple(sorted({*dict(self.pack_learning_steps), *dict(self.pack_relearning_steps)}))

    def steps_of(self, pack: str) -> StepSet:
        """Return a pack's learning and relearning steps."""
        return (
            dict(self.pack_learning_steps).get(pack, self.learning_steps),
            dict(self.pack_relearning_steps).get(pack, self.relearning_steps),
        )

    def to_json(self) -> str:
        """Write the policy as compact JSON, equal for equal policies; steps in seconds."""
        steps = {name: _seconds(getattr(self, name)) for name in _STEPS}
        of_packs = {
            name: [(pack, _seconds(own)) for pack, own in getattr(self, name)]
            for name in _PACK_STEPS
        }
        values = {**asdict(self), **steps, **of_packs}
        return json.dumps(values, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """Read what :meth:`to_json` wrote.

        >>> Policy.from_json(Policy().to_json()) == Policy()
        True
        """
        read = json.loads(text)
        for name in _STEPS:
            read[name] = _steps(read[name])
        for name in _PACK_STEPS:
            read[name] = tuple((pack, _steps(own)) for pack, own in read.get(name, ()))
        read["pack_retention"] = tuple((pack, value) for pack, value in read["pack_retention"])
        for name in ("parameters", "easy_days"):
            read[name] = tuple(read.get(name, ()))
        return cls(**read)


def _seconds(steps: Steps) -> list[float]:
    return [step.total_seconds() for step in steps]


def _steps(seconds: list[float]) -> Steps:
    return tuple(timedelta(seconds=one) for one in seconds)


def _problems(policy: Policy) -> list[Message]:
    if policy.model not in PARAMETERS:
        return [_NO_MODEL.of(model=policy.model, known=", ".join(PARAMETERS))]
    problems = PARAMETERS[policy.model].problems(policy.parameters)
    if not 0 < policy.desired_retention < 1:
        problems.append(_RETENTION.of(value=policy.desired_retention))
    problems += [
        _PACK_RETENTION.of(pack=pack, value=retention)
        for pack, retention in policy.pack_retention
        if not 0 < retention < 1
    ]
    if len(policy.easy_days) > 7 or not all(0 <= share <= 1 for share in policy.easy_days):
        problems.append(_EASY.of(value=policy.easy_days))
    if policy.maximum_interval_days < 1:
        problems.append(_MAXIMUM.of(value=policy.maximum_interval_days))
    if any(step <= timedelta(0) for pair in policy.step_sets for steps in pair for step in steps):
        problems.append(_STEP.of())
    return problems

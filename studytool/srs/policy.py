"""What a schedule is made of: FSRS-6's 21 parameters, steps, retention. Imports no NumPy."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from studytool.errors import ParameterError

DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956,  # w0–w3: stability after a first again, hard, good, easy
    6.4133, 0.8334, 3.0194, 0.001,  # w4–w7: difficulty
    1.8722, 0.1666, 0.796,          # w8–w10: recall
    1.4835, 0.0614, 0.2629, 1.6483, # w11–w14: forgetting
    0.6014, 1.8729,                 # w15, w16: hard penalty, easy bonus
    0.5425, 0.0912, 0.0658,         # w17–w19: same day
    0.1542,                         # w20: decay
)  # fmt: skip
"""Source: py-fsrs 6.3, scheduler.py; the same figures as in fsrs-rs and ts-fsrs."""

BOUNDS = (
    (0.001, 100.0), (0.001, 100.0), (0.001, 100.0), (0.001, 100.0),
    (1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75),
    (0.0, 4.5), (0.0, 0.8), (0.001, 3.5),
    (0.001, 5.0), (0.001, 0.25), (0.001, 0.9), (0.0, 4.0),
    (0.0, 1.0), (1.0, 6.0),
    (0.0, 2.0), (0.0, 2.0), (0.0, 0.8),
    (0.1, 0.8),
)  # fmt: skip
"""Lowest and highest value of each parameter. Source: py-fsrs 6.3, scheduler.py."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How reviews become due dates; two equal policies give equal dates for one log.

    Attributes:
        parameters: FSRS-6's w0 to w20.
        desired_retention: the share of reviews to be recalled, in (0, 1).
        learning_steps: delays of an item not yet in the review stage; may be empty.
        relearning_steps: delays after a lapse; may be empty.
        maximum_interval_days: the longest interval, at least 1.
        fuzz: whether intervals are spread a little, so that items of one day part.

    Raises:
        ParameterError: values out of range, every one of them named.
    """

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    desired_retention: float = 0.9
    learning_steps: tuple[timedelta, ...] = (timedelta(minutes=1), timedelta(minutes=10))
    relearning_steps: tuple[timedelta, ...] = (timedelta(minutes=10),)
    maximum_interval_days: int = 36500
    fuzz: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        if problems := _problems(self):
            raise ParameterError("\n".join(problems))

    def to_json(self) -> str:
        """Write the policy as compact JSON, equal for equal policies; steps in seconds."""
        steps = {
            name: [step.total_seconds() for step in getattr(self, name)]
            for name in ("learning_steps", "relearning_steps")
        }
        return json.dumps({**asdict(self), **steps}, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Policy":
        """Read what :meth:`to_json` wrote.

        >>> Policy.from_json(Policy().to_json()) == Policy()
        True
        """
        read = json.loads(text)
        for name in ("learning_steps", "relearning_steps"):
            read[name] = tuple(timedelta(seconds=seconds) for seconds in read[name])
        return cls(**{**read, "parameters": tuple(read["parameters"])})


def _problems(policy: Policy) -> list[str]:
    if len(policy.parameters) != len(BOUNDS):
        return [f"FSRS-6 has {len(BOUNDS)} parameters, not {len(policy.parameters)}"]
    problems = [
        f"w{index} = {value} is not in [{low:g}, {high:g}]"
        for index, (value, (low, high)) in enumerate(zip(policy.parameters, BOUNDS, strict=True))
        if not low <= value <= high
    ]
    if not 0 < policy.desired_retention < 1:
        problems.append(f"desired_retention = {policy.desired_retention} is not in (0, 1)")
    if policy.maximum_interval_days < 1:
        problems.append(f"maximum_interval_days = {policy.maximum_interval_days} is below 1")
    if any(step <= timedelta(0) for step in policy.learning_steps + policy.relearning_steps):
        problems.append("a learning or relearning step is not positive")
    return problems

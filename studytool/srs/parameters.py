"""Each memory model's parameters: names, defaults, ranges. Imports no NumPy."""

from typing import NamedTuple

from studytool.errors import ParameterError
from studytool.language import Message, Phrase, joined

_COUNT = Phrase(
    ko="parameters: {model} 모델의 매개변수는 {n}개인데 {given}개입니다.",
    en="parameters: {model} needs {n} of them, not {given}.",
)
_OUTSIDE = Phrase(
    ko="parameters: w{index} = {value}: 쓸 수 있는 값: {low:g}–{high:g}.",
    en="parameters: w{index} = {value}: it must be {low:g}–{high:g}.",
)
_BACK = Phrase(
    ko="모델의 기본값으로 돌리기: studytool config parameters default",
    en="Back to the model's defaults: studytool config parameters default",
)


class ParameterSet(NamedTuple):
    """The parameters of one model, in their order.

    Attributes:
        title: what people call the model.
        defaults: used until others are set.
        bounds: lowest and highest value of each.
    """

    title: str
    defaults: tuple[float, ...]
    bounds: tuple[tuple[float, float], ...]

    def problems(self, values: tuple[float, ...]) -> list[Message]:
        """Name everything that is wrong with ``values``."""
        if len(values) != len(self.bounds):
            return [_COUNT.of(model=self.title, n=len(self.bounds), given=len(values))]
        return [
            _OUTSIDE.of(index=index, value=value, low=low, high=high)
            for index, (value, (low, high)) in enumerate(zip(values, self.bounds, strict=True))
            if not low <= value <= high
        ]


FSRS_6 = ParameterSet(
    "FSRS-6",
    defaults=(
        0.212, 1.2931, 2.3065, 8.2956,  # w0–w3: stability after a first again, hard, good, easy
        6.4133, 0.8334, 3.0194, 0.001,  # w4–w7: difficulty
        1.8722, 0.1666, 0.796,          # w8–w10: recall
        1.4835, 0.0614, 0.2629, 1.6483, # w11–w14: forgetting
        0.6014, 1.8729,                 # w15, w16: hard penalty, easy bonus
        0.5425, 0.0912, 0.0658,         # w17–w19: same day
        0.1542,                         # w20: decay
    ),
    bounds=(
        (0.001, 100.0), (0.001, 100.0), (0.001, 100.0), (0.001, 100.0),
        (1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75),
        (0.0, 4.5), (0.0, 0.8), (0.001, 3.5),
        (0.001, 5.0), (0.001, 0.25), (0.001, 0.9), (0.0, 4.0),
        (0.0, 1.0), (1.0, 6.0),
        (0.0, 2.0), (0.0, 2.0), (0.0, 0.8),
        (0.1, 0.8),
    ),
)  # fmt: skip
"""Source: py-fsrs 6.3, scheduler.py; the same figures as in fsrs-rs and ts-fsrs."""

LEITNER = ParameterSet("Leitner", defaults=(0.9,), bounds=((0.0, 1.0),))
"""The one parameter is the average recall rate."""

PARAMETERS = {"fsrs-6": FSRS_6, "leitner": LEITNER}
"""By the model's name in the settings; :data:`studytool.srs.models.MODELS` has the models."""


def parameter_problem(
    model: str, values: tuple[float, ...], *, place: str = ""
) -> ParameterError | None:
    """Return the error of parameters that a model cannot have, None where it can have them.

    Args:
        model: a name of :data:`PARAMETERS`.
        values: the parameters; none at all stand for the model's defaults.
        place: the file that they were read from, followed by ``: ``.
    """
    problems = PARAMETERS[model].problems(values) if values else []
    if not problems:
        return None
    lines = joined([*problems, _BACK.of()])
    return ParameterError(Phrase("{place}{lines}", "{place}{lines}"), place=place, lines=lines)

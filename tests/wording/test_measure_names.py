"""The measured values of an item in words: what sets each apart from the others, and no more."""

from dataclasses import replace

import pytest

from studytool.language import Language
from studytool.packs.text import Text
from studytool.quiz.running import MeasuredSetting
from studytool.wording.measure_names import measure_names

_XAVIER = MeasuredSetting(
    "log10_signal_ratio", {"activation": "relu", "init": "xavier", "depth": 9}
)
_HE = MeasuredSetting("log10_signal_ratio", {"activation": "relu", "init": "he", "depth": 9})
_DEEP = MeasuredSetting("log10_signal_ratio", {"activation": "relu", "init": "he", "depth": 20})
_MEAN = MeasuredSetting("", {}, Text({"ko": "평균의 오차", "en": "error of the mean"}))
_BACK = MeasuredSetting("log10_gradient_ratio", {"activation": "relu", "init": "he", "depth": 9})


@pytest.mark.parametrize(
    ("settings", "language", "names"),
    [
        ({"a": _XAVIER, "b": _HE}, "ko", ["자비에", "He"]),
        ({"a": _HE, "b": _DEEP}, "en", ["depth 9", "depth 20"]),
        ({"a": _XAVIER, "b": _DEEP}, "ko", ["자비에, 깊이 9", "He, 깊이 20"]),
        ({"a": _HE, "b": _BACK}, "en", ["signal ratio", "gradient ratio"]),
        ({"a": _HE}, "ko", ["신호의 비"]),  # alone: what it measures
        ({"ridge": _HE, "own_one": _HE}, "ko", ["릿지", "own one"]),  # other experiments
        ({"of_mean": None}, "en", ["of mean"]),  # a sample without a name has its id alone
        ({"of_mean": _MEAN, "b": _HE}, "ko", ["평균의 오차", "신호의 비"]),
        ({"of_mean": _MEAN, "b": _HE}, "en", ["error of the mean", "signal ratio"]),
        (
            {"a": replace(_HE, name=Text({"ko": "", "en": "its own"})), "b": _DEEP},
            "en",
            ["its own", "depth 20"],
        ),  # the others are told apart as before
    ],
)
def test_each_is_called_by_what_sets_it_apart(
    settings: dict[str, MeasuredSetting | None], language: Language, names: list[str]
) -> None:
    assert list(measure_names(settings, language).values()) == names

"""The optimiser's process: what it is given, what is refused of it, and that it ends."""

import os
import signal
import time
from multiprocessing import active_children
from multiprocessing.connection import Connection

import numpy as np
import pytest

from studytool.errors import Cancelled, StudytoolError
from studytool.fitting import optimiser
from studytool.fitting.history import FitHistory
from studytool.fitting.optimiser import Lesson, fit_parameters, run_apart, teach, usable
from studytool.srs.memory import DAY_MS
from studytool.srs.parameters import FSRS_6

DEFAULTS = FSRS_6.defaults
NOTHING = Lesson([], [], [], 1)
NAN, INFINITY = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ((NAN, *DEFAULTS[1:]), "nan"),
        ((*DEFAULTS[:20], INFINITY), "inf"),
        ((*DEFAULTS[:20], 0.9), "w20 = 0.9: it must be 0.1–0.8"),
        ((-1.0, *DEFAULTS[1:20], 0.01), "w20 = 0.01"),  # beside w0: every one is named
        (DEFAULTS[:19], "FSRS-6 needs 21 of them, not 19"),
        ((), "not 0"),
    ],
)
def test_what_the_model_does_not_take_is_refused(parameters: tuple[float, ...], words: str) -> None:
    with pytest.raises(StudytoolError) as refused:
        usable(parameters)
    assert words in refused.value.text("en")
    assert "Nothing was changed" in refused.value.text("en")


def test_a_bound_in_single_precision_is_within_the_bound() -> None:
    high = float(np.float32(0.8))
    assert high > FSRS_6.bounds[20][1]
    assert usable((*DEFAULTS[:20], high)) == (*DEFAULTS[:20], 0.8)


def _history(items: int, reviews: int) -> FitHistory:
    turn, item = np.divmod(np.arange(items * reviews), items)
    return FitHistory(
        tuple(f"pack/{k}" for k in range(items)),
        item,
        item,
        turn * 2 * DAY_MS + item,
        turn * 2,
        np.where((turn + item) % 4 == 1, 1, 3),
        np.where(turn == 0, -1, 2),
    )


def _fit(history: FitHistory) -> tuple[float, ...]:
    return fit_parameters(
        history, relearning_steps=1, cancelled=lambda: False, progress=lambda _: None
    )


@pytest.mark.parametrize(
    ("answer", "en", "ko"),
    [
        ("NotEnoughData", "there is not enough data", "자료가 모자람"),
        ("InvalidInput", "the data cannot be used", "받을 수 없는 자료"),
        ("New", "in its own words: New", "최적화기가 적은 이유: New"),  # of a newer optimiser
    ],
)
def test_why_the_optimiser_refused_is_told_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, answer: str, en: str, ko: str
) -> None:
    monkeypatch.setattr(optimiser, "run_apart", lambda *_, **__: answer)
    with pytest.raises(StudytoolError) as refused:
        _fit(_history(1, 2))
    assert f"refused these reviews ({en})" in refused.value.text("en")
    assert f"거절했습니다({ko})" in refused.value.text("ko")


@pytest.mark.slow
def test_equal_reviews_give_equal_parameters_that_the_model_takes() -> None:
    one, other = (_fit(_history(150, 6)) for _ in range(2))
    assert one == other != DEFAULTS
    assert FSRS_6.problems(one) == []


def test_reviews_of_one_item_fit_nothing_and_it_is_said() -> None:
    with pytest.raises(StudytoolError, match="too little that it can use in 499 reviews"):
        _fit(_history(1, 500))


def test_what_the_optimiser_refuses_is_told_in_its_words() -> None:
    life, days = [0, 0] * 100, [-1, 40_000] * 100
    lesson = Lesson(life, [9, 9] * 100, days, 1)  # no such rating
    answer = run_apart(teach, lesson, cancelled=lambda: False, progress=lambda _: None)
    assert answer == "InvalidInput"


def _sleep(connection: Connection, lesson: Lesson) -> None:
    del connection, lesson
    time.sleep(600)


def _die(connection: Connection, lesson: Lesson) -> None:
    del connection, lesson
    os.kill(os.getpid(), signal.SIGTERM)


def test_a_cancel_ends_the_process() -> None:
    told: list[float] = []
    with pytest.raises(Cancelled):
        run_apart(_sleep, NOTHING, cancelled=lambda: len(told) > 2, progress=told.append)
    assert active_children() == []
    assert told == sorted(told)


@pytest.mark.slow
def test_a_process_that_is_ended_is_told() -> None:
    with pytest.raises(StudytoolError, match="the process that fitted the parameters ended early"):
        run_apart(_die, NOTHING, cancelled=lambda: False, progress=lambda _: None)
    assert active_children() == []

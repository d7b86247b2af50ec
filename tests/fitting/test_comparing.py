"""The rule of adoption as a table, and the logs that are refused."""

import numpy as np
import pytest

from studytool.errors import StudytoolError
from studytool.fitting.comparing import (
    Candidate,
    CandidateName,
    FitComparison,
    FitVerdict,
    Score,
    Split,
    compare,
)
from studytool.fitting.history import FitHistory
from studytool.numerics.estimate import Estimate
from studytool.srs.memory import DAY_MS, to_ms
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from tests.review_log.drafts import NOON


def _score(name: CandidateName, log_loss: float, *, against: float, error: float) -> Score:
    difference = Estimate(log_loss - against, error, 100)
    return Score(Candidate(name, "fsrs-6", ()), log_loss, 0.1, difference, difference)


@pytest.mark.parametrize(
    ("in_force", "optimised", "error", "defaults", "verdict"),
    [
        (0.45, 0.44, 0.009, None, FitVerdict.WINS),
        (0.45, 0.44, 0.011, None, FitVerdict.NOT_BETTER),  # lower, yet within the error
        (0.45, 0.46, 0.001, None, FitVerdict.NOT_BETTER),
        (0.45, 0.45, 0.0, None, FitVerdict.NOT_BETTER),  # the very same predictions
        (0.45, 0.44, float("nan"), None, FitVerdict.NOT_BETTER),  # an error that nobody knows
        (0.45, 0.44, 0.009, 0.445, FitVerdict.WINS),
        (0.45, 0.44, 0.009, 0.43, FitVerdict.WORSE_THAN_DEFAULTS),
    ],
)
def test_verdict(
    in_force: float, optimised: float, error: float, defaults: float | None, verdict: FitVerdict
) -> None:
    scores = [
        _score(CandidateName.IN_FORCE, in_force, against=in_force, error=0.0),
        _score(CandidateName.OPTIMISED, optimised, against=in_force, error=error),
    ]
    if defaults is not None:
        scores.append(_score(CandidateName.DEFAULTS, defaults, against=in_force, error=error))
    assert FitComparison(tuple(scores)).verdict is verdict


def _history(items: int, reviews: int, *, ratings: tuple[int, ...]) -> FitHistory:
    """``items`` reviewed in turn, every second day, so many times each."""
    turn, item = np.divmod(np.arange(items * reviews), items)
    return FitHistory(
        tuple(f"pack/{k}" for k in range(items)),
        item,
        item,
        to_ms(NOON) + turn * 2 * DAY_MS + item,
        to_ms(NOON) // DAY_MS + turn * 2,
        np.resize(np.array(ratings), items * reviews),
        np.where(turn == 0, -1, 2),
    )


@pytest.mark.parametrize(
    ("items", "reviews", "ratings", "words"),
    [
        (0, 0, (3,), "0 to fit to (400 needed) and 0 held out"),
        (30, 10, (3, 3, 1), "210 to fit to (400 needed) and 60 held out (100 needed)"),
        (1, 800, (3, 3, 1), "160 held out (100 needed), of 1 items (30 needed)"),
        (100, 10, (1,), "all 700 reviews to fit to were forgotten"),
        (100, 10, (3, 2, 4), "all 700 reviews to fit to were recalled"),
    ],
)
def test_what_no_model_can_be_fitted_to_is_refused_with_its_counts(
    items: int, reviews: int, ratings: tuple[int, ...], words: str
) -> None:
    with pytest.raises(StudytoolError) as refused:
        Split.of(_history(items, reviews, ratings=ratings), 0.2)
    assert words in refused.value.text("en")
    assert "바꾸지 않았습니다" in refused.value.text("ko")


def test_the_latest_share_is_held_out() -> None:
    split = Split.of(_history(100, 10, ratings=(3, 3, 1)), 0.3)
    assert split.fitted == 700
    assert (int(split.before.sum()), int(split.after.sum()), split.items) == (600, 300, 100)
    assert to_ms(split.cut) == split.history.time_ms[700]


@pytest.mark.parametrize(
    ("policy", "names"),
    [
        (Policy(), [CandidateName.IN_FORCE, CandidateName.OPTIMISED, CandidateName.YARDSTICK]),
        (
            Policy((*FSRS_6.defaults[:20], 0.5)),
            [
                CandidateName.IN_FORCE,
                CandidateName.OPTIMISED,
                CandidateName.DEFAULTS,
                CandidateName.YARDSTICK,
            ],
        ),
        (
            Policy(model="leitner"),
            [
                CandidateName.IN_FORCE,
                CandidateName.OPTIMISED,
                CandidateName.DEFAULTS,
                CandidateName.YARDSTICK,
            ],
        ),
    ],
)
def test_the_candidates(policy: Policy, names: list[CandidateName]) -> None:
    split = Split.of(_history(100, 10, ratings=(3, 3, 1)), 0.3)
    found = compare(split, FSRS_6.defaults, policy=policy)
    assert [score.candidate.name for score in found.scores] == names
    rate = split.history.recalled[100:700].mean()  # of the reviews before the cut but the first
    assert list(found.of(CandidateName.YARDSTICK).candidate.parameters) == pytest.approx([rate])
    held_out = split.history.recalled[700:]
    brier = np.mean((held_out - rate) ** 2)
    assert found.of(CandidateName.YARDSTICK).brier == pytest.approx(brier)
    loss = -np.mean(np.where(held_out, np.log(rate), np.log(1 - rate)))
    assert found.of(CandidateName.YARDSTICK).log_loss == pytest.approx(loss)

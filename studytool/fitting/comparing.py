"""Compare parameters on held-out later reviews, and decide whether to adopt them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import numpy as np

from studytool.errors import StudytoolError
from studytool.fitting.history import FitHistory, predict
from studytool.fitting.scoring import clustered_mean, log_losses, squared_errors
from studytool.language import Phrase
from studytool.numerics.arrays import Array, Flags
from studytool.numerics.estimate import Estimate
from studytool.srs.memory import from_ms
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy

FEWEST_FITTED = 400
"""Scored reviews to fit to: some twenty for each of the 21 parameters."""
FEWEST_HELD_OUT = 100
FEWEST_ITEMS = 30
"""Items among the held-out reviews: a standard error clustered over fewer means little."""

_TOO_FEW = Phrase(
    ko="복습이 모자라 아무것도 바꾸지 않았습니다. 하루 이상 지나서 한 복습이 앞쪽 구간에 {fitted:,}회"
    "(필요: {fewest_fitted:,}), 뒤쪽 구간에 {held_out:,}회(필요: {fewest_held_out:,}), 뒤쪽 구간의 "
    "문항이 {items:,}개(필요: {fewest_items:,}) 있습니다. 더 공부한 뒤에 다시 해 보세요.",
    en="too few reviews, so nothing was changed. Of reviews a day or more after the last there are "
    "{fitted:,} to fit to ({fewest_fitted:,} needed) and {held_out:,} held out "
    "({fewest_held_out:,} needed), of {items:,} items ({fewest_items:,} needed). "
    "Try again after more study.",
)
_ALL_RECALLED = Phrase(
    ko="앞쪽 구간의 복습 {n:,}회에서 모두 기억해 내어 기억 모델을 맞출 수 없습니다. "
    "아무것도 바꾸지 않았습니다.",
    en="all {n:,} reviews to fit to were recalled: no memory model can be fitted to that. "
    "Nothing was changed.",
)
_ALL_FORGOTTEN = Phrase(
    ko="앞쪽 구간의 복습 {n:,}회에서 모두 잊어버려 기억 모델을 맞출 수 없습니다. "
    "아무것도 바꾸지 않았습니다.",
    en="all {n:,} reviews to fit to were forgotten: no memory model can be fitted to that. "
    "Nothing was changed.",
)


class CandidateName(StrEnum):
    """The role of a candidate."""

    IN_FORCE = "in_force"
    OPTIMISED = "optimised"
    DEFAULTS = "defaults"
    YARDSTICK = "yardstick"


class FitVerdict(StrEnum):
    """The decision on the optimised parameters: adopt them, or the reason not to."""

    WINS = "wins"
    NOT_BETTER = "not_better"
    WORSE_THAN_DEFAULTS = "worse_than_defaults"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A memory model and its parameters."""

    name: CandidateName
    model: str
    parameters: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A candidate's figures on the held-out reviews.

    Attributes:
        log_loss, brier: means over the reviews.
        log_loss_difference, brier_difference: the candidate's less that of what is in force; the
            standard errors are clustered by item.
    """

    candidate: Candidate
    log_loss: float
    brier: float
    log_loss_difference: Estimate
    brier_difference: Estimate


@dataclass(frozen=True, slots=True)
class Split:
    """A history cut in two by time.

    Attributes:
        history: all of it.
        fitted: how many reviews come before the cut.
    """

    history: FitHistory
    fitted: int

    @classmethod
    def of(cls, history: FitHistory, held_out: float) -> "Split":
        """Hold out the latest share of the reviews.

        Raises:
            StudytoolError: too few on a side, or only one outcome to fit to.
        """
        split = cls(history, round(len(history) * (1 - held_out)))
        _require_enough(split)
        return split

    @property
    def before(self) -> Flags:
        """Flag the reviews before the cut are scored."""
        return self.history.scored & (np.arange(len(self.history)) < self.fitted)

    @property
    def after(self) -> Flags:
        """Flag the reviews after the cut are scored."""
        return self.history.scored & (np.arange(len(self.history)) >= self.fitted)

    @property
    def cut(self) -> datetime:
        """Return the instant of the first review after the cut."""
        return from_ms(int(self.history.time_ms[self.fitted]))

    @property
    def items(self) -> int:
        """Count the items whose predictions are scored after the cut."""
        return len(np.unique(self.history.item[self.after]))


@dataclass(frozen=True, slots=True)
class FitComparison:
    """The scores of every candidate on the same reviews, what is in force first."""

    scores: tuple[Score, ...]

    def of(self, name: CandidateName) -> Score:
        """Return a candidate's score; what is in force stands for the defaults where it is them."""
        found = {score.candidate.name: score for score in self.scores}
        return found.get(name, self.scores[0])

    def beats_yardstick(self, score: Score) -> bool:
        """Tell whether a candidate predicts better than the average recall rate does."""
        return score.log_loss < self.of(CandidateName.YARDSTICK).log_loss

    @property
    def verdict(self) -> FitVerdict:
        """Judge the optimised parameters."""
        optimised = self.of(CandidateName.OPTIMISED)
        difference = optimised.log_loss_difference
        if not difference.value < -difference.standard_error:
            return FitVerdict.NOT_BETTER
        if optimised.log_loss > self.of(CandidateName.DEFAULTS).log_loss:
            return FitVerdict.WORSE_THAN_DEFAULTS
        return FitVerdict.WINS


def compare(split: Split, optimised: tuple[float, ...], *, policy: Policy) -> FitComparison:
    """Score the candidates on the held-out reviews, each predicted from all reviews before it."""
    history, after = split.history, split.after
    candidates = _candidates(split, optimised, policy)
    recalled, item = history.recalled[after], history.item[after]
    losses: list[tuple[Array, Array]] = []
    for candidate in candidates:
        tried = replace(policy, model=candidate.model, parameters=candidate.parameters)
        chances = predict(history, tried)[after]
        losses.append((log_losses(chances, recalled), squared_errors(chances, recalled)))
    scores = [
        Score(
            candidate,
            float(own[0].mean()),
            float(own[1].mean()),
            *(clustered_mean(mine - ours, item) for mine, ours in zip(own, losses[0], strict=True)),
        )
        for candidate, own in zip(candidates, losses, strict=True)
    ]
    return FitComparison(tuple(scores))


def _candidates(split: Split, optimised: tuple[float, ...], policy: Policy) -> list[Candidate]:
    """List what is in force first; the yardstick is the recall rate before the cut."""
    rate = float(split.history.recalled[split.before].mean())
    candidates = [
        Candidate(CandidateName.IN_FORCE, policy.model, policy.parameters),
        Candidate(CandidateName.OPTIMISED, "fsrs-6", optimised),
    ]
    if (policy.model, policy.parameters) != ("fsrs-6", FSRS_6.defaults):
        candidates.append(Candidate(CandidateName.DEFAULTS, "fsrs-6", FSRS_6.defaults))
    return [*candidates, Candidate(CandidateName.YARDSTICK, "leitner", (rate,))]


def _require_enough(split: Split) -> None:
    fitted, held_out = int(split.before.sum()), int(split.after.sum())
    if fitted < FEWEST_FITTED or held_out < FEWEST_HELD_OUT or split.items < FEWEST_ITEMS:
        raise StudytoolError(
            _TOO_FEW,
            fitted=fitted,
            fewest_fitted=FEWEST_FITTED,
            held_out=held_out,
            fewest_held_out=FEWEST_HELD_OUT,
            items=split.items,
            fewest_items=FEWEST_ITEMS,
        )
    recalled = int(split.history.recalled[split.before].sum())
    if recalled in (0, fitted):
        raise StudytoolError(_ALL_RECALLED if recalled else _ALL_FORGOTTEN, n=fitted)

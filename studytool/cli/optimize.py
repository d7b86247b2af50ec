"""``studytool optimize``: the memory model fitted to the learner's own reviews, and tried."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.long_work import cancellable
from studytool.cli.output import learner_language, show_progress, write_json, write_text
from studytool.clock import MACHINE_CLOCK
from studytool.errors import StudytoolError
from studytool.json_output import (
    CandidateJson,
    ModelJson,
    OptimizeJson,
    ParametersChangedJson,
)
from studytool.language import Language, Phrase
from studytool.settings import home_folder
from studytool.wording.fitting import change_text, trial_text

if TYPE_CHECKING:
    from studytool.cli.interrupts import Interrupts
    from studytool.fitting.adopting import Chosen
    from studytool.fitting.comparing import Score
    from studytool.fitting.trial import FitTrial
    from studytool.review_log.history import AnswerRow
    from studytool.review_log.log import ReviewLog

_FITTING = Phrase(
    ko="복습 {n:,}회에 매개변수를 맞추는 중... {seconds:.0f}초",
    en="fitting the parameters to {n:,} reviews... {seconds:.0f} s",
)
_CANCELLED = Phrase(
    ko="취소했습니다. 아무것도 바꾸지 않았습니다.", en="cancelled; nothing was changed."
)
_ONE_OF = Phrase(
    ko="--dry-run, --reset, --back은 함께 쓸 수 없습니다. 하나만 쓰세요.",
    en="--dry-run, --reset and --back cannot be combined; give only one.",
)


@declare.command(
    "optimize",
    more=Phrase(
        ko="FSRS-6을 앞선 복습에 맞추고, 나중 복습 하나하나를 그 앞의 모든 것으로 예측해 "
        "봅니다. 나중 복습의 로그 손실이 지금 매개변수보다 차이의 표준오차 하나 넘게 "
        "낮고(문항별로 묶어 계산) 기본값보다 높지 않으면 새 매개변수를 씁니다. 문항의 첫 "
        "복습과, 앞 복습에서 24시간이 지나지 않은 복습은 점수에 넣지 않습니다. 날수로 세는 "
        "모델이 거기서는 1이라고 하기 때문입니다.",
        en="FSRS-6 is fitted to the earlier reviews; each later one is predicted from all "
        "that came before it. The optimised parameters are adopted when their log loss on "
        "the later reviews is lower than that of the current ones by more than one "
        "standard error of the difference (clustered by item), and no higher than that of "
        "the defaults. An item's first review is not scored, nor is one less than 24 hours "
        "after the last: there the model, which counts whole days, says 1.",
    ),
)
@declare.option(
    "--held-out",
    type=click.FloatRange(0.05, 0.5),
    default=0.2,
    show_default=True,
    metavar="SHARE",
    about=Phrase(
        "매개변수를 시험할 복습의 비율. 가장 나중의 것들입니다.",
        "The share of reviews, the latest, that the parameters are tried on.",
    ),
)
@declare.option(
    "--dry-run",
    is_flag=True,
    about=Phrase(
        "결과만 보여 주고 아무것도 바꾸지 않습니다.", "Show what is found, and change nothing."
    ),
)
@declare.option(
    "--reset",
    is_flag=True,
    about=Phrase(
        "맞추지 않고 FSRS-6의 기본값으로 되돌립니다.",
        "Fit nothing: return to the defaults of FSRS-6.",
    ),
)
@declare.option(
    "--back",
    is_flag=True,
    about=Phrase(
        "맞추지 않고 전에 쓰던 매개변수로 되돌립니다.",
        "Fit nothing: return to the parameters used before.",
    ),
)
@declare.as_json
def command(*, held_out: float, dry_run: bool, reset: bool, back: bool, as_json: bool) -> None:
    """Fit FSRS-6 to your own reviews, and adopt it where it predicts later ones better."""
    home = home_folder()
    language = learner_language(home)
    if dry_run + reset + back > 1:
        raise StudytoolError(_ONE_OF)
    if reset or back:
        _return(home, language, back=back, as_json=as_json)
    else:
        trial = _trial(home, language, held_out)
        _conclude(home, language, trial, dry_run=dry_run, as_json=as_json)


def _trial(home: Path, language: Language, held_out: float) -> "FitTrial":
    """Fit and compare; Ctrl-C ends it with exit status 130, before anything is changed."""
    from studytool.fitting.history import FitHistory
    from studytool.fitting.optimiser import require_optimiser
    from studytool.fitting.trial import try_parameters
    from studytool.review_log.columns import gather_columns
    from studytool.session import desk
    from studytool.session.policy import policy_of

    require_optimiser()
    with cancellable(language, _CANCELLED) as interrupts:
        settings, log = desk.open_log(home, MACHINE_CLOCK)
        with closing(log):
            answers = _standing(log, interrupts, language)
            reviews = gather_columns(answers, words=log.words, resets=log.resets())
        history = FitHistory.of(reviews)
        return try_parameters(
            history,
            policy_of(settings),
            held_out=held_out,
            cancelled=interrupts.came,
            progress=lambda n, seconds: show_progress(
                _FITTING.text(language, n=n, seconds=seconds)
            ),
        )


def _standing(
    log: "ReviewLog", interrupts: "Interrupts", language: Language
) -> Iterator["AnswerRow"]:
    for answer in showing_progress(log.answers(), language):
        interrupts.check()
        yield answer


def _conclude(
    home: Path, language: Language, trial: "FitTrial", *, dry_run: bool, as_json: bool
) -> None:
    """Adopt the optimised parameters where they win, say so, and make the memories anew."""
    from studytool.fitting.adopting import Chosen, put_in_force
    from studytool.fitting.comparing import FitVerdict

    adopted = trial.comparison.verdict is FitVerdict.WINS and not dry_run
    chosen = Chosen("fsrs-6", trial.optimised)
    former = put_in_force(home, chosen, tried=trial.policy) if adopted else None
    if as_json:
        write_json(_as_json(trial, adopted=adopted))
    else:
        write_text(trial_text(trial, language, dry_run=dry_run))
        if former is not None:
            write_text(change_text(chosen, former, language))
    if adopted:
        open_log(home).close()  # the memories of the new parameters, so that a start is quick


def _return(home: Path, language: Language, *, back: bool, as_json: bool) -> None:
    """Put the defaults, or what was in force before, in force again."""
    from studytool.fitting.adopting import DEFAULTS, put_in_force, read_former

    chosen = read_former(home) if back else DEFAULTS
    former = put_in_force(home, chosen)
    if as_json:
        changed: ParametersChangedJson = {"in_force": _model(chosen), "former": _model(former)}
        write_json(changed)
    else:
        write_text(change_text(chosen, former, language))
    open_log(home).close()


def _as_json(trial: "FitTrial", *, adopted: bool) -> OptimizeJson:
    split, comparison = trial.split, trial.comparison
    return {
        "reviews": len(split.history),
        "cut": split.cut.isoformat(),
        "fitted": int(split.before.sum()),
        "held_out": int(split.after.sum()),
        "items": split.items,
        "candidates": [
            _candidate(score, beats_yardstick=comparison.beats_yardstick(score))
            for score in comparison.scores
        ],
        "verdict": str(comparison.verdict),
        "adopted": adopted,
    }


def _candidate(score: "Score", *, beats_yardstick: bool) -> CandidateJson:
    candidate = score.candidate
    return {
        "name": str(candidate.name),
        "memory_model": candidate.model,
        "parameters": list(candidate.parameters),
        "log_loss": score.log_loss,
        "brier": score.brier,
        "log_loss_difference": score.log_loss_difference.value,
        "log_loss_difference_standard_error": score.log_loss_difference.standard_error,
        "brier_difference": score.brier_difference.value,
        "brier_difference_standard_error": score.brier_difference.standard_error,
        "beats_yardstick": beats_yardstick,
    }


def _model(chosen: "Chosen") -> ModelJson:
    return {"memory_model": chosen.memory_model, "parameters": list(chosen.values)}

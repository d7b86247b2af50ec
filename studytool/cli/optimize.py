"""``studytool optimize``: the memory model fitted to the learner's own reviews, and tried."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.long_work import cancellable
from studytool.cli.output import learner_language, show_progress, write_json, write_text
from studytool.errors import StudytoolError
from studytool.json_output import (
    CandidateJson,
    ModelJson,
    OptimizeJson,
    ParametersChangedJson,
)
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.cli.long_work import Interrupts
    from studytool.fitting.adopting import Chosen
    from studytool.fitting.comparing import Score
    from studytool.fitting.trial import FitTrial
    from studytool.review_log.events import Review
    from studytool.review_log.log import ReviewLog

_FITTING = Phrase(
    ko="복습 {n:,}회에 매개변수를 맞추는 중... {seconds:.0f}초",
    en="fitting the parameters to {n:,} reviews... {seconds:.0f} s",
)
_CANCELLED = Phrase(
    ko="취소했습니다. 아무것도 바꾸지 않았습니다.", en="cancelled; nothing was changed."
)
_SPLIT = Phrase(
    ko="{cut} 이전의 복습 {fitted:,}회에 맞추고, 그 뒤의 {held_out:,}회(문항 {items:,}개)로 "
    "비교했습니다. 문항의 첫 복습과 같은 날의 복습은 세지 않습니다.",
    en="fitted to {fitted:,} reviews before {cut}, tried on the {held_out:,} after it ({items:,} "
    "items). An item's first review and reviews of the same day are not counted.",
)
_COLUMNS = Phrase(
    ko="로그 손실    Brier   현재와의 로그 손실 차이 ± 표준오차",
    en="log loss    Brier   log loss minus the current one ± standard error",
)
_NAMES = {
    "in_force": Phrase(ko="현재 {model}", en="current: {model}"),
    "optimised": Phrase(ko="최적화한 {model}", en="optimised {model}"),
    "defaults": Phrase(ko="{model} 기본값", en="defaults of {model}"),
    "yardstick": Phrase(
        ko="기준선: 평균 기억률 {rate:.1%}", en="baseline: average recall {rate:.1%}"
    ),
}
_BELOW_YARDSTICK = Phrase(
    ko="{name}: 평균 기억률로만 예측하는 것보다 낫지 않습니다. 기억에 대해 배운 것이 없다는 뜻입니다.",
    en="{name}: no better than the average recall rate; it has learned nothing about memory.",
)
_VERDICTS = {
    "wins": Phrase(
        ko="최적화한 매개변수가 더 낫습니다. 로그 손실이 현재보다 표준오차 하나 넘게 낮습니다.",
        en="the optimised parameters are better: their log loss is lower by more than one "
        "standard error.",
    ),
    "not_better": Phrase(
        ko="최적화한 매개변수의 로그 손실이 현재보다 표준오차 하나 넘게 낮지는 않아 아무것도 "
        "바꾸지 않았습니다.",
        en="the optimised parameters are not better by more than one standard error; nothing was "
        "changed.",
    ),
    "worse_than_defaults": Phrase(
        ko="최적화한 매개변수보다 기본값이 더 나아 아무것도 바꾸지 않았습니다. 기본값을 쓰려면: "
        "studytool optimize --reset",
        en="the defaults are better than the optimised parameters; nothing was changed. To use "
        "the defaults: studytool optimize --reset",
    ),
}
_OPTIMISED = Phrase(ko="최적화한 매개변수: {values}", en="optimised parameters: {values}")
_DRY_RUN = Phrase(
    ko="--dry-run이므로 아무것도 바꾸지 않았습니다.", en="nothing was changed (--dry-run)."
)
_PUT = Phrase(
    ko="지금부터 {model}: {values}\n이전 {former_model}: {former_values}\n"
    "되돌리려면: studytool optimize --back",
    en="now in use, {model}: {values}\nbefore, {former_model}: {former_values}\n"
    "to go back: studytool optimize --back",
)
_SAME = Phrase(ko="이미 그렇게 되어 있습니다.", en="nothing to do: that is already in use.")
_ONE_OF = Phrase(
    ko="--dry-run, --reset, --back은 함께 쓸 수 없습니다. 하나만 쓰세요.",
    en="--dry-run, --reset and --back cannot be combined; give only one.",
)


@click.command(name="optimize")
@click.option(
    "--held-out",
    type=click.FloatRange(0.05, 0.5),
    default=0.2,
    show_default=True,
    metavar="SHARE",
    help="The share of reviews, the latest, that the parameters are tried on.",
)
@click.option("--dry-run", is_flag=True, help="Show what is found, and change nothing.")
@click.option("--reset", is_flag=True, help="Fit nothing: return to the defaults of FSRS-6.")
@click.option("--back", is_flag=True, help="Fit nothing: return to the parameters used before.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(*, held_out: float, dry_run: bool, reset: bool, back: bool, as_json: bool) -> None:
    """Fit FSRS-6 to your own reviews, and adopt it where it predicts later ones better.

    The earlier reviews are fitted to; each later one is predicted from all that came before it. The
    optimised parameters are adopted when their log loss on the later reviews is lower than that of
    the current ones by more than one standard error of the difference (clustered by item), and no
    higher than that of the defaults. An item's first review is not scored, nor is one less than 24
    hours after the last: there the model, which counts whole days, says 1.
    """
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
    from studytool.fitting.history import gather_history
    from studytool.fitting.optimiser import require_optimiser
    from studytool.fitting.trial import try_parameters
    from studytool.session import desk
    from studytool.session.policy import policy_of

    require_optimiser()
    with cancellable(language, _CANCELLED) as interrupts:
        settings, log = desk.open_log(home)
        with closing(log):
            history = gather_history(_standing(log, interrupts, language), log.resets())
        return try_parameters(
            history,
            policy_of(settings),
            held_out=held_out,
            cancelled=interrupts.came,
            progress=lambda n, seconds: show_progress(
                _FITTING.text(language, n=n, seconds=seconds)
            ),
        )


def _standing(log: "ReviewLog", interrupts: "Interrupts", language: Language) -> Iterator["Review"]:
    for review, _ in showing_progress(log.answered(), language):
        interrupts.check()
        yield review


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
        write_text("\n".join(_lines(trial, language, dry_run=dry_run)))
        if former is not None:
            write_text(_change(chosen, former, language))
    if adopted:
        open_log(
            home
        ).close()  # the memories of the new parameters, so that the next start is quick


def _return(home: Path, language: Language, *, back: bool, as_json: bool) -> None:
    """Put the defaults, or what was in force before, in force again."""
    from studytool.fitting.adopting import DEFAULTS, put_in_force, read_former

    chosen = read_former(home) if back else DEFAULTS
    former = put_in_force(home, chosen)
    if as_json:
        changed: ParametersChangedJson = {"in_force": _model(chosen), "former": _model(former)}
        write_json(changed)
    else:
        same = chosen == former
        write_text(_SAME.text(language) if same else _change(chosen, former, language))
    open_log(home).close()


def _change(chosen: "Chosen", former: "Chosen", language: Language) -> str:
    return _PUT.text(
        language,
        model=_title(chosen.memory_model),
        values=_values(chosen.values),
        former_model=_title(former.memory_model),
        former_values=_values(former.values),
    )


def _lines(trial: "FitTrial", language: Language, *, dry_run: bool) -> list[str]:
    from studytool.fitting.comparing import CandidateName, FitVerdict

    comparison = trial.comparison
    lines = [_split(trial, language), "", _COLUMNS.text(language)]
    lines += [_row(score, language) for score in comparison.scores]
    lines += [
        _BELOW_YARDSTICK.text(language, name=_name(score, language))
        for score in comparison.scores
        if score.candidate.name != CandidateName.YARDSTICK and not comparison.beats_yardstick(score)
    ]
    lines += ["", _VERDICTS[comparison.verdict].text(language)]
    if comparison.verdict is not FitVerdict.WINS or dry_run:
        lines.append(_OPTIMISED.text(language, values=_values(trial.optimised)))
    if comparison.verdict is FitVerdict.WINS and dry_run:
        lines.append(_DRY_RUN.text(language))
    return lines


def _split(trial: "FitTrial", language: Language) -> str:
    split = trial.split
    return _SPLIT.text(
        language,
        cut=f"{split.cut:%Y-%m-%d %H:%M} UTC",
        fitted=int(split.before.sum()),
        held_out=int(split.after.sum()),
        items=split.items,
    )


def _row(score: "Score", language: Language) -> str:
    difference = score.log_loss_difference
    against = f"{difference.value:+.4f} ± {difference.standard_error:.4f}"
    own = score.candidate.name == "in_force"
    figures = f"{score.log_loss:8.4f} {score.brier:8.4f}   {'' if own else against:<18}"
    return f"{figures}  {_name(score, language)}"


def _name(score: "Score", language: Language) -> str:
    candidate = score.candidate
    return _NAMES[candidate.name].text(
        language, model=_title(candidate.model), rate=candidate.parameters[0]
    )


def _title(model: str) -> str:
    from studytool.srs.parameters import PARAMETERS

    return PARAMETERS[model].title


def _values(parameters: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in parameters)


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

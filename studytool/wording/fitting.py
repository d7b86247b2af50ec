"""Parameters fitted to the learner's reviews, and what changed, in words."""

from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.srs.parameters import PARAMETERS

if TYPE_CHECKING:
    from studytool.fitting.adopting import Chosen
    from studytool.fitting.comparing import Score
    from studytool.fitting.trial import FitTrial

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


def change_text(chosen: "Chosen", former: "Chosen", language: Language) -> str:
    """Say which model and parameters are in use now, which were before, and how to go back."""
    if chosen == former:
        return _SAME.text(language)
    return _PUT.text(
        language,
        model=_title(chosen.memory_model),
        values=_values(chosen.values),
        former_model=_title(former.memory_model),
        former_values=_values(former.values),
    )


def trial_text(trial: "FitTrial", language: Language, *, dry_run: bool) -> str:
    """Say how the reviews were parted, how each candidate predicts, and what follows."""
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
    return "\n".join(lines)


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
    return PARAMETERS[model].title


def _values(parameters: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in parameters)

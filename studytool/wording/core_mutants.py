"""The words of ``verify --mutants core``: what no claim, key or test would notice."""

from studytool.language import Language, Phrase
from studytool.verification.core_result import CoreResult
from studytool.verification.core_trial import MutantFate, MutationProgress
from studytool.wording.core_reasons import CORE_REASONS
from studytool.wording.records_words import write_minutes

_WATCHING = Phrase(
    ko="핵심부의 어느 줄을 쓰는지 보는 중: {done:,}/{total:,}, 남은 시간 약 {left}",
    en="watching which lines of the core are used: {done:,}/{total:,}, about {left} left",
)
_ALTERING = Phrase(
    ko="핵심부를 바꾸는 중: {done:,}/{total:,}곳, 알아챔 {noticed:,}, 남은 시간 약 {left}",
    en="altering the core: {done:,}/{total:,}, {noticed:,} noticed, about {left} left",
)
_TRYING_TESTS = Phrase(
    ko="주장과 정답이 알아채지 못한 곳을 테스트로 시험하는 중: {done:,}/{total:,}",
    en="trying the tests where no claim or key noticed: {done:,}/{total:,}",
)
_OFFERED = Phrase(
    ko="지은이가 쓸 수 있는 닫힌 식: {all:,}곳 가운데 {tried:,}곳을 바꿈",
    en="closed forms that authors are offered: {tried:,} of {all:,} places altered",
)
_REST = Phrase(
    ko="핵심부의 나머지: {all:,}곳 가운데 {tried:,}곳을 바꿈(--sample 0이면 모두)",
    en="the rest of the core: {tried:,} of {all:,} places altered; --sample 0 alters all",
)
_SHARE = Phrase(
    ko="  까닭이 적히지 않은 것 가운데 알아챈 비율  {share}",
    en="  noticed of what is not explained  {share}",
)
_SHARE_OF_SAMPLE = Phrase(
    ko="{share}; 모두 바꾸면 적어도 {least}(신뢰도 95%)",
    en="{share}; of all, at least {least} (95% confidence)",
)
_BY_CLAIMS = Phrase(
    ko="  주장과 정답이 알아챔  {count:,}", en="  noticed by claims and keys  {count:,}"
)
_BY_TESTS = Phrase(
    ko="  테스트가 알아챔       {count:,}", en="  noticed by tests            {count:,}"
)
_EXPLAINED = Phrase(
    ko="  까닭이 적혀 있음      {count:,}", en="  explained                   {count:,}"
)
_BY_NONE = Phrase(
    ko="  아무도 알아채지 못함  {count:,}", en="  noticed by none             {count:,}"
)
_NOTICED_BY_NONE = Phrase(ko="아무도 알아채지 못한 곳", en="noticed by none")
_WITH_REASONS = Phrase(
    ko="아무도 알아챌 수 없는 곳과 그 까닭", en="explained: nothing can notice these"
)
_NO_TESTS = Phrase(
    ko="  테스트는 시험하지 않음(--with-tests)", en="  tests were not tried (--with-tests)"
)
_UNREACHED = Phrase(ko="이 줄을 쓰는 주장과 정답이 없음", en="no claim or key runs it")
_REACHED = Phrase(
    ko="이 줄을 쓰는 주장과 정답 {reach}개 가운데 {tried}개를 시험함: {effect}",
    en="{tried} of the {reach} claims and keys that run it were tried: {effect}",
)
_SAME = Phrase(ko="어떤 수도 바뀌지 않음", en="no number changed")
_HELD = Phrase(ko="모두 그대로 성립함", en="each still held")


def mutation_text(progress: MutationProgress, language: Language) -> str:
    """Write how far a run has come, and how long this part will take."""
    phrase = _WATCHING if progress.is_watching else _ALTERING
    return phrase.text(
        language,
        done=progress.done,
        total=progress.total,
        noticed=progress.noticed,
        left=write_minutes(progress.seconds_left / 60, language),
    )


def trying_tests_text(done: int, total: int, language: Language) -> str:
    """Write that the tests are being tried."""
    return _TRYING_TESTS.text(language, done=done, total=total)


def core_text(offered: CoreResult, rest: CoreResult, *, language: Language) -> str:
    """Write what was noticed, and by whom; then what nothing notices, and what nothing can.

    Args:
        offered: what became of the alterations of the forms that authors are offered.
        rest: of the others.
        language: the learner's.
    """
    parts = (offered, rest)
    lines = [*_counts(offered, _OFFERED, language), *_counts(rest, _REST, language)]
    unnoticed = [one for part in parts for one in part.unnoticed]
    if unnoticed:
        lines += ["", _NOTICED_BY_NONE.text(language)]
    for one in unnoticed:
        lines += [f"  {one.mutant}", f"      {_reach_text(one, language)}"]
    reasons = dict.fromkeys(reason for part in parts for reason in part.by_reason)
    if reasons:
        lines += ["", _WITH_REASONS.text(language)]
    for reason in reasons:
        mutants = [one for part in parts for one in part.by_reason.get(reason, ())]
        lines += [f"  {CORE_REASONS[reason].text(language)}", *(f"      {one}" for one in mutants)]
    return "\n".join(lines)


def _counts(part: CoreResult, title: Phrase, language: Language) -> list[str]:
    if part.of_tests is None:
        by_tests = _NO_TESTS.text(language)
    else:
        by_tests = _BY_TESTS.text(language, count=part.by_tests)
    return [
        title.text(language, tried=len(part.settled), all=part.places),
        _BY_CLAIMS.text(language, count=part.by_claims),
        by_tests,
        _EXPLAINED.text(language, count=len(part.explained)),
        _BY_NONE.text(language, count=len(part.unnoticed)),
        _SHARE.text(language, share=_share_text(part, language)),
    ]


def _share_text(part: CoreResult, language: Language) -> str:
    share, least = f"{part.noticed_share:.1%}", part.least_noticed_share
    if least is None or part.asked == part.places:
        return share
    return _SHARE_OF_SAMPLE.text(language, share=share, least=f"{least:.1%}")


def _reach_text(fate: MutantFate, language: Language) -> str:
    if not fate.reach:
        return _UNREACHED.text(language)
    effect = (_SAME if fate.is_same else _HELD).text(language)
    return _REACHED.text(language, tried=fate.tried, reach=fate.reach, effect=effect)

"""The words of ``verify --mutants core``: what no claim, key or test would notice."""

from collections.abc import Sequence

from studytool.language import Language, Phrase
from studytool.verification.core_trial import MutantFate, MutationProgress

_WATCHING = Phrase(
    ko="핵심부의 어느 줄을 쓰는지 보는 중: {done}/{total}, 남은 시간 약 {seconds:.0f}초",
    en="watching which lines of the core are used: {done}/{total}, about {seconds:.0f} s left",
)
_ALTERING = Phrase(
    ko="핵심부를 한 곳씩 바꾸어 시험하는 중: {done}/{total}, 남은 시간 약 {seconds:.0f}초",
    en="altering the core in one place after another: {done}/{total}, about {seconds:.0f} s left",
)
_TRYING_TESTS = Phrase(
    ko="주장과 정답이 알아채지 못한 {count}개를 테스트로 시험하는 중(몇 분)",
    en="trying the {count} that no claim or key notices on the tests (some minutes)",
)
_TRIED = Phrase(
    ko="핵심부를 바꿔 본 곳: {all:,}곳 가운데 {tried:,}곳. --sample 0이면 모두 바꿉니다.",
    en="the core altered in {tried:,} of {all:,} places; --sample 0 alters all",
)
_BY_CLAIMS = Phrase(
    ko="  주장과 정답이 알아챔  {count:,}", en="  noticed by claims and keys  {count:,}"
)
_BY_TESTS = Phrase(
    ko="  테스트가 알아챔       {count:,}", en="  noticed by tests            {count:,}"
)
_BY_NONE = Phrase(
    ko="  아무도 알아채지 못함  {count:,}", en="  noticed by none             {count:,}"
)
_NO_TESTS = Phrase(
    ko="  테스트는 시험하지 않음(--with-tests)", en="  tests were not tried (--with-tests)"
)
_UNREACHED = Phrase(ko="이 줄을 쓰는 주장과 정답이 없음", en="no claim or key runs it")
_REACHED = Phrase(ko="이 줄을 쓰는 주장과 정답: {count}개", en="{count} claims and keys run it")


def mutation_text(progress: MutationProgress, language: Language) -> str:
    """Write how far a run has come, and how long this part will take."""
    phrase = _WATCHING if progress.is_watching else _ALTERING
    return phrase.text(
        language, done=progress.done, total=progress.total, seconds=progress.seconds_left
    )


def trying_tests_text(count: int, language: Language) -> str:
    """Write that the tests are being tried."""
    return _TRYING_TESTS.text(language, count=count)


def core_text(
    tried: Sequence[MutantFate],
    survivors: Sequence[MutantFate],
    left: Sequence[MutantFate] | None,
    *,
    total: int,
    language: Language,
) -> str:
    """Write what was noticed, and by whom; then each alteration that nothing notices.

    Args:
        tried: every alteration tried.
        survivors: those that no claim or key notices.
        left: those that the tests do not notice either; None where the tests were not tried.
        total: of all places of the core.
        language: the learner's.
    """
    unnoticed = survivors if left is None else left
    lines = [
        _TRIED.text(language, tried=len(tried), all=total),
        _BY_CLAIMS.text(language, count=len(tried) - len(survivors)),
        _NO_TESTS.text(language)
        if left is None
        else _BY_TESTS.text(language, count=len(survivors) - len(left)),
        _BY_NONE.text(language, count=len(unnoticed)),
    ]
    for one in unnoticed:
        reach = _REACHED if one.tried else _UNREACHED
        lines += [str(one.mutant), f"    {reach.text(language, count=one.tried)}"]
    return "\n".join(lines)

"""An author's mistakes in a check, in both languages, and the verdict that they lead to."""

from collections.abc import Callable

import pytest

from studytool.errors import StudytoolError
from studytool.numerics.measure import never
from studytool.packs.evidence import Verdict
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.quiz.compute import key_value
from studytool.verification.evidence import Evidence
from studytool.verification.problems import (
    AuthorMistake,
    CostlySample,
    FewDraws,
    UndrawnLabel,
    UntriedControl,
)
from studytool.verification.sampling import make_sampler
from studytool.verification.tasks import VerificationTask, run_task
from tests.quiz.variants import numeric_of

Method = SampleCheck | Measurement | SecondFormula
RANDOM_KEY = {
    "measure": {"experiment": "gradient_alignment", "with": {"steps": "2"}, "quantity": "cosine"},
    "tolerance": {"rel": 0.1},
}


def _draw(method: Method) -> Callable[[], object]:
    return lambda: make_sampler(method, {"x": 2.0}, name=("test",), cancelled=never).draw(64)


MISTAKES: list[tuple[Callable[[], object], str, str]] = [
    (
        _draw(SampleCheck(sample="normal(0, 1, [reps, 2])")),
        "'normal(0, 1, [reps, 2])' gives shape [64, 2] for reps = 64; "
        "a sample gives one number for each replicate: shape [reps]",
        "reps = 64일 때 'normal(0, 1, [reps, 2])'의 모양은 [64, 2]입니다. "
        "표본은 반복마다 수 하나, 곧 모양 [reps]여야 합니다.",
    ),
    (
        _draw(
            SampleCheck.model_validate(
                {
                    "sample": "normal(0, 1, [reps])",
                    "statistic": "ratio",
                    "over": "0*normal(0, 1, [reps])",
                }
            )
        ),
        "mean(normal(0, 1, [reps])) / mean(0*normal(0, 1, [reps])): "
        "the statistic is not defined (a ratio over 0, say)",
        "mean(normal(0, 1, [reps])) / mean(0*normal(0, 1, [reps])): "
        "통계량이 정의되지 않습니다(0으로 나눈 비 등).",
    ),
    (
        _draw(SecondFormula(also="log(x-2)")),
        "column 1: log: division by zero, or a logarithm of 0",
        "1번째 글자: log: 0으로 나누었거나 0의 로그입니다.",
    ),
    (
        lambda: key_value(numeric_of(answer=RANDOM_KEY), {}),
        "i: gradient_alignment.cosine is random; an answer needs a quantity that is exact",
        "i: gradient_alignment.cosine은(는) 난수에 따라 달라집니다. 정답에는 정확한 양을 쓰세요.",
    ),
]


@pytest.mark.parametrize(("make", "en", "ko"), MISTAKES)
def test_mistakes(make: Callable[[], object], en: str, ko: str) -> None:
    with pytest.raises(StudytoolError) as refused:
        make()
    assert (refused.value.text("en"), refused.value.text("ko")) == (en, ko)


def _tried(**fields: object) -> Evidence:
    return run_task(VerificationTask("p", numeric_of(**fields), seed=0))


def test_a_right_item_has_no_problem() -> None:
    found = _tried()
    assert (found.verdict, found.problems) == (Verdict.HOLDS, ())


def test_a_key_of_zero_needs_a_tolerance() -> None:
    found = _tried(
        answer={"formula": "0*n", "tolerance": {"rel": 0.01}},
        check={"sample": "normal(0, 1, [reps])"},
    )
    assert found.verdict is Verdict.UNDECIDED
    mistakes = [one.why for one in found.problems if isinstance(one, AuthorMistake)]
    assert {why.text("en") for why in mistakes} == {"a key of 0 needs a tolerance with abs or dp"}
    assert {why.text("ko") for why in mistakes} == {
        "정답이 0이면 tolerance에 abs나 dp를 써야 합니다."
    }


def test_too_few_draws_and_a_label_that_never_comes_are_problems() -> None:
    one_value = {"n": {"choice": [4], "labels": [{"ko": "넷", "en": "four"}]}}
    assert FewDraws(seeds=60, found=1, needed=3) in _tried(params=one_value).problems
    labels = [{"ko": "하나", "en": "one"}, {"ko": "둘", "en": "two"}]
    kept_out = {"n": {"choice": [4, 5], "labels": labels}, "k": {"integers": [1, 9]}}
    found = _tried(params=kept_out, require=["n < 5"], prompt="{n} {k}")
    assert found.problems == (UndrawnLabel("n", 5.0, seeds=60),)
    assert found.verdict is Verdict.UNDECIDED


def test_a_sample_that_needs_too_many_replicates_is_a_problem() -> None:
    found = _tried(check={"sample": "sum(normal(2, 1e6, [reps, n]), axis=1)"})
    assert found.measured == ()
    assert {type(problem) for problem in found.problems} == {CostlySample, UntriedControl}
    assert all(
        problem.needed > 8_000_000
        for problem in found.problems
        if isinstance(problem, CostlySample)
    )

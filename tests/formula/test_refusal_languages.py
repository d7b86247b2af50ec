"""Every refusal of a formula in Korean, and in both languages those of several formulas."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.argument_refusals import DOMAINS, PARAMETERS
from studytool.formula.bindings import evaluate_let
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate, evaluate_number
from studytool.formula.limits import MAX_ALIVE_BYTES
from studytool.formula.parse import parse
from studytool.language import Phrase
from tests.formula.test_refusals import refusal
from tests.rows import all_rows

KOREAN = [
    ("x.y", "점(.)으로 속성을 부를 수 없습니다. 함수는 이름만으로 부르세요."),
    ("__import__", "'__import__': 이름은 밑줄 두 개로 시작할 수 없습니다."),
    ("x[0]", "대괄호로 원소를 꺼낼 수 없습니다."),
    ("sort(x, out=x)", "sort에는 'out=' 인자가 없습니다. sort(x, axis=) 꼴로 쓰세요."),
    ("9**9**9", "'**': 값이 너무 커서 나타낼 수 없습니다."),
    ("1<<99", "비트 이동은 없습니다. 2의 거듭제곱으로 쓰세요."),
    ("1e999", "1e999: 너무 큰 수입니다."),
    ("0/0", "'/': 0으로 나누었거나 0의 로그입니다."),
    ("sqrt(-1)", "sqrt: 정의되지 않습니다(0/0이거나 음수의 제곱근·로그)."),
    ("gamma(0)", "gamma: 정의역을 벗어났거나 값이 너무 큽니다."),
    ("'a'", "문자열은 쓸 수 없습니다."),
    ("[0]", "목록은 난수의 모양을 적을 때만 쓸 수 있습니다."),
    ("True", "참·거짓 값은 없습니다. 수를 비교하세요."),
    ("None", "None은 없습니다."),
    ("1j", "'1j': 십진수가 아닙니다. 수는 0.25, 곱은 2*n처럼 쓰세요."),
    ("010", "'010': 수를 0으로 시작할 수 없습니다. 앞의 0을 빼세요."),
    ("1" * 41, "수 하나는 40자까지 쓸 수 있습니다."),
    ("1" * 5000, "5,000자입니다. 수식은 2,000자까지 쓸 수 있습니다."),
    (
        "normal(0,1,[10**7])",
        "원소가 10,000,000개입니다. 배열 하나에는 4,000,000개까지 담을 수 있으니 모양을 줄이세요.",
    ),
    ("normal(0,1,[2,2,2,2,2])", "배열은 4차원까지 쓸 수 있습니다."),
    ("normal(0,1,[2])+normal(0,1,[3])", "'+': 모양이 서로 맞지 않습니다([2], [3])."),
    ("(" * 300 + "1", "32단계보다 깊이 겹쳐 쓸 수 없습니다."),
    ("1+" * 999 + "1", "수식 하나에는 연산과 값을 합해 200개까지 쓸 수 있습니다."),
    ("х", "ASCII 문자만 쓸 수 있습니다. 쓸 수 없는 문자: U+0445 (CYRILLIC SMALL LETTER HA)"),
    ("1\x00", "제어 문자는 쓸 수 없습니다(U+0000)."),
    ("2×3", "'×': 쓸 수 없는 기호입니다. * 꼴로 쓰세요."),
    ("{x}", "중괄호는 쓸 수 없습니다."),
    ("1 & 2", "'and'로 쓰세요."),
    ("1 | 2", "'or'로 쓰세요. 절댓값이라면 abs(x)입니다."),
    ("~1", "'not'으로 쓰세요."),
    ("!1", "'not'으로 쓰세요. 비교라면 !=, 계승이라면 factorial(n)입니다."),
    ("x @ x", "dot(a, b)로 쓰세요."),
    ("x ? 1", "'a if condition else b'로 쓰세요."),
    ("$x", "'$'는 쓸 수 없습니다."),
    ("1\\", "백슬래시(\\)는 쓸 수 없습니다."),
    ("1#", "주석은 쓸 수 없습니다."),
    ("(x:=1)", "':'은 쓸 수 없습니다."),
    ("lambda: 1", "'lambda': 수식에 쓸 수 없는 말입니다."),
    ("sqrt(*x)", "인자 앞에 *를 붙일 수 없습니다."),
    ("1;2", "수식은 하나만 씁니다. ';'은 쓸 수 없습니다."),
    ("2^3", "거듭제곱은 **로 씁니다."),
    ("x = 1", "대입은 없습니다. 비교는 ==로 씁니다."),
    ("", "수식이 비어 있습니다."),
    ("2 3", "'3' 앞에 연산자가 빠졌습니다. 곱이면 *를 쓰세요."),
    ("5 mod 2", "'mod': 나머지 연산자가 아닙니다. a % b 꼴로 쓰세요."),
    ("1)", "')': 짝이 되는 여는 괄호가 없습니다."),
    ("(1 2)", "'2' 앞에 빠진 것: ')'"),
    ("1, 2", "수식의 값은 하나입니다. ','는 인자 사이에만 씁니다."),
    ("()", "괄호 안이 비어 있습니다."),
    ("x(2)", "'x': 없는 함수입니다."),
    ("squrt(2)", "'squrt': 없는 함수입니다. 혹시 'sqrt'인가요?"),
    ("ln(2)", "'ln': 없는 함수입니다. log(x) 꼴로 쓰세요."),
    ("sqr(2)", "'sqr': 없는 함수입니다. 뜻에 따라 x ** 2 또는 sqrt(x) 꼴로 쓰세요."),
    ("arcsin(2)", "arcsin: x는 -1 이상 1 이하여야 합니다."),
    ("tan(pi/2)", "tan: 탄젠트가 없는 각입니다."),
    ("factorial(0.5)", "factorial: n은 0 이상인 정수여야 합니다."),
    ("comb(3, -1)", "comb: n과 k는 0 이상인 정수여야 합니다."),
    ("round(1, 0.5)", "round: digits는 -300 이상 300 이하인 정수여야 합니다."),
    ("normal_quantile(1)", "normal_quantile: p는 0과 1 사이에 있어야 합니다(0과 1은 제외)."),
    (
        "t_quantile(1, 3)",
        "t_quantile: p는 0과 1 사이(0과 1은 제외), df는 0.1 이상 1e6 이하여야 합니다.",
    ),
    ("t_cdf(1, 0)", "t_cdf: df는 0.1 이상 1e6 이하여야 합니다."),
    (
        "binomial(0.5,0.5,[3])",
        "binomial: count는 0 이상 1e15 이하인 정수, p는 0 이상 1 이하여야 합니다.",
    ),
    ("poisson(-1,[3])", "poisson: mean은 0 이상 1e15 이하여야 합니다."),
    ("geometric(0,[3])", "geometric: p는 1e-12 이상 1 이하여야 합니다."),
    ("gamma(0,1,[3])", "gamma: k는 0보다 크고 scale은 0 이상이어야 합니다."),
    ("2(3)", "괄호로 부를 수 있는 것은 함수뿐입니다."),
    ("(+)", "')' 앞에 값이 빠졌습니다."),
    ("if(a, 1, 2)", "'if'로 시작하는 수식은 없습니다. a if 조건 else b 꼴로 쓰세요."),
    ("normal(0, 1, [3], 2)", "모양은 마지막 인자입니다."),
    ("sum(axis=0, x)", "이름 붙인 인자 뒤에 이름 없는 인자가 있습니다."),
    ("sum(x, axis=0, axis=1)", "'axis=' 인자를 두 번 썼습니다."),
    ("(1", "')' 없이 수식이 끝났습니다."),
    ("1 +", "수식이 여기서 끊겼습니다. 값이 빠졌습니다."),
    ("sqrt(1, 2)", "sqrt(x) 꼴로 쓰세요."),
    ("sum", "'sum': 함수입니다. 괄호를 붙여 부르세요."),
    ("missing + 1", "'missing': 값이 없습니다. 여기서 쓸 수 있는 이름: x"),
    ("sum(x, axis=3)", "sum: 0차원 배열에 없는 축입니다(3)."),
    ("var(x, ddof=1)", "var: 원소가 너무 적습니다(1개)."),
    ("max(x, 2, axis=0)", "max: axis=는 배열 하나에만 씁니다."),
    ("quantile(x, 1.5)", "quantile: q는 0 이상 1 이하인 수 하나여야 합니다."),
    ("uniform(2,1,[3])", "uniform: low가 high보다 큽니다."),
    ("exponential(-1,[3])", "exponential: mean이 음수입니다."),
    ("choice(2.5,[3])", "choice: count는 1 이상인 정수여야 합니다."),
    ("bernoulli(2,[3])", "bernoulli: p는 0 이상 1 이하여야 합니다."),
    ("normal(0,-1,[3])", "normal: sd가 음수입니다."),
    ("normal(normal(0,1,[2]),1,[3])", "normal: 모양 [2]의 값은 모양 [3]에 맞지 않습니다."),
    ("normal(0,1,[0])", "크기는 1 이상이어야 합니다. 지금은 0입니다."),
    ("normal(0,1,[1.5])", "여기에는 정수를 써야 합니다."),
    (
        "1 if normal(0,1,[3]) else 2",
        "'if'의 조건은 수 하나여야 합니다. 배열에는 where(c, a, b)를 쓰세요.",
    ),
]


@all_rows(("text", "why"), KOREAN, ids=[row[0][:24] for row in KOREAN])
def test_refused_in_korean(text: str, why: str) -> None:
    refused = refusal(text)
    assert refused.why.text("ko") == why
    place = "" if refused.column is None else f"{refused.column}번째 글자: "
    assert refused.text("ko") == place + why


class Unmade(np.ndarray[tuple[int], np.dtype[np.float64]]):
    """An array for whose results there is no memory."""

    def __array_ufunc__(self, *_: object, **__: object) -> None:
        """Fail as NumPy does."""
        raise MemoryError


def _beside_one_formula() -> Iterator[tuple[FormulaError, str, str]]:
    """Refusals that need more than one formula: their English, their Korean."""
    refusals_: list[tuple[Callable[[], object], str, str]] = [
        (
            lambda: parse("normal(0, 1, [3])"),
            "column 1: 'normal' draws; only a check may draw",
            "1번째 글자: 'normal': 난수는 확인에서만 뽑을 수 있습니다.",
        ),
        (
            lambda: evaluate(parse("normal(0, 1, [3])", draws=True), {}),
            "column 1: 'normal' draws; only a check may draw",
            "1번째 글자: 'normal': 난수는 확인에서만 뽑을 수 있습니다.",
        ),
        (
            lambda: evaluate(parse("1 + a"), {}),
            "column 5: 'a' has no value",
            "5번째 글자: 'a': 값이 없습니다.",
        ),
        (
            lambda: evaluate_number(parse("x+1"), {"x": np.zeros(2)}),
            "'x+1' gives an array; one number is needed",
            "'x+1': 값이 배열입니다. 수 하나여야 합니다.",
        ),
        (
            lambda: Budget(alive=MAX_ALIVE_BYTES).take((1,), cost=1, column=3),
            "column 3: more than 512 MB would be alive at once; use smaller arrays, or fewer",
            "3번째 글자: 한 번에 512MB보다 많은 메모리가 필요합니다. 배열의 모양이나 수를 줄이세요.",
        ),
        (
            lambda: evaluate(parse("x + 1"), {"x": np.zeros(2).view(Unmade)}),
            "column 3: '+': there is not enough memory for it",
            "3번째 글자: '+': 메모리가 모자랍니다.",
        ),
        (
            lambda: Budget(operations=1).take((2,), cost=1, column=3),
            "column 3: more than 2e+09 operations",
            "3번째 글자: 연산이 2e+09번보다 많습니다.",
        ),
        (
            lambda: evaluate_let({"a": parse("b"), "b": parse("a")}, {}),
            "names go round in a circle: a → b → a",
            "이름이 서로를 돌아가며 씁니다: a → b → a",
        ),
        (
            lambda: evaluate_let({"a": parse("1 + log(0)")}, {}),
            "column 5: a = 1 + log(0): log: division by zero, or a logarithm of 0",
            "5번째 글자: a = 1 + log(0): log: 0으로 나누었거나 0의 로그입니다.",
        ),
    ]
    for refuse, en, ko in refusals_:
        with pytest.raises(FormulaError) as refused:
            refuse()
        yield refused.value, en, ko


def test_refusals_beside_one_formula() -> None:
    for refused, en, ko in _beside_one_formula():
        assert (refused.text("en"), refused.text("ko")) == (en, ko)


def test_the_tables_reach_every_phrase() -> None:
    phrases = {name: value for name, value in vars(refusals).items() if isinstance(value, Phrase)}
    reached = {refused.why.phrase for refused, _, _ in _beside_one_formula()}
    reached |= {refusal(text).why.phrase for text, _ in KOREAN}
    wanted = {*phrases.values(), *refusals.CHARACTERS.values(), *PARAMETERS.values()}
    wanted |= set(DOMAINS.values())
    assert len(wanted) > 60
    assert wanted - reached == set()

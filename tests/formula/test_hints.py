"""What is said instead of a function that there is not: its meaning, or nothing."""

import re

import numpy as np
import pytest

from studytool.errors import FormulaError
from studytool.formula.evaluate import evaluate
from studytool.formula.hints import _ONE_OF_TWO, _SAME, _SAME_DRAWS, hint_for
from studytool.formula.parse import parse
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream
from tests.rows import all_rows


def _hint(text: str) -> str:
    with pytest.raises(FormulaError) as refused:
        parse(text, draws=True)
    english = refused.value.why.text("en")
    assert refused.value.column == 1
    return english.partition("; ")[2]


@all_rows(("text", "hint"), [
    ("ln(x)", "write log(x)"),
    ("LN(x)", "write log(x)"),
    ("lg(x)", "write log10(x) or log2(x), whichever is meant"),
    ("mod(a, b)", "write a % b"),
    ("pow(a, b)", "write a ** b"),
    ("power(a, b)", "write a ** b"),
    ("tg(x)", "write tan(x)"),
    ("cot(x)", "write 1 / tan(x)"),
    ("sec(x)", "write 1 / cos(x)"),
    ("asin(x)", "write arcsin(x)"),
    ("arcsine(x)", "write arcsin(x)"),
    ("arc_sin(x)", "did you mean 'arcsin'?"),
    ("acos(x)", "write arccos(x)"),
    ("arctg(x)", "write arctan(x)"),
    ("atan2(y, x)", "write arctan2(y, x)"),
    ("stdev(x)", "write std(x, ddof=1) or std(x), whichever is meant"),
    ("pstdev(x)", "write std(x)"),
    ("variance(x)", "write var(x, ddof=1) or var(x), whichever is meant"),
    ("average(x)", "write mean(x)"),
    ("choose(n, k)", "write comb(n, k)"),
    ("nCr(n, k)", "write comb(n, k)"),
    ("C(n, k)", "write comb(n, k)"),
    ("C(x)", ""),  # a factor before a bracket
    ("P(n, k)", "write factorial(n) / factorial(n - k)"),
    ("binom(n, k)", "write comb(n, k)"),
    ("binomial(n, k)", "write comb(n, k) or binomial(count, p, [shape]), whichever is meant"),
    ("phi(x)", "write normal_cdf(x) or normal_pdf(x), whichever is meant"),
    ("ppf(p)", "write normal_quantile(p)"),
    ("norm_s_inv(p)", "write normal_quantile(p)"),
    ("t_ppf(p, df)", "write t_quantile(p, df)"),
    ("chi2_ppf(p, df)", "write chi2_quantile(p, df)"),
    ("trunc(x)", "write sign(x) * floor(abs(x))"),
    ("randn([3])", "write normal(mean, sd, [shape])"),
    ("rpois(2, [3])", "write poisson(mean, [shape])"),
    # slips of the fingers
    ("Sqrt(x)", "did you mean 'sqrt'?"),
    ("sqtr(x)", "did you mean 'sqrt'?"),
    ("squrt(x)", "did you mean 'sqrt'?"),
    ("medain(x)", "did you mean 'median'?"),
    ("quantil(x, 0.5)", "did you mean 'quantile'?"),
    ("sigmod(x)", "did you mean 'sigmoid'?"),
    ("normla(0, 1, [3])", "did you mean 'normal'?"),
    ("he_varience(n)", "did you mean 'he_variance'?"),
    # and what only looks alike
    ("cov(x, y)", ""),
    ("cor(x)", ""),
    ("cosc(x)", ""),
    ("sinc(x)", ""),
    ("mad(x)", ""),
    ("mid(x)", ""),
    ("log5(x)", ""),
    ("norm1(x)", ""),
    ("chi2_pdf(x, 3)", ""),
    ("t_pdf(x, 3)", ""),
    ("normal_sf(x)", ""),
    ("found(x)", ""),
    ("mode(x)", ""),
    ("sigmod(x, y)", ""),  # takes another number of arguments
    ("medain(x, y)", ""),
    ("roudn(x, 2)", "did you mean 'round'?"),  # which may take two
    ("normla(0, 1)", ""),  # only a draw is called so, and this is none
    ("medain(x, [3])", ""),
])  # fmt: skip
def test_hints(text: str, hint: str) -> None:
    assert _hint(text) == hint


_VALUES: dict[str, Operand] = {
    "a": 7.0, "b": 2.0, "n": 5.0, "k": 2.0, "p": 0.3, "q": 0.5, "df": 4.0, "t": 1.5, "y": 0.4,
    "base": 2.0, "low": 0.0, "high": 1.0, "digits": 1.0, "condition": 1.0, "mean": 1.0, "sd": 1.0,
    "count": 6.0, "scale": 1.0, "shape": 3.0,
}  # fmt: skip
_WRITTEN = sorted({
    *_SAME.values(), *_SAME_DRAWS.values(), *(one for pair in _ONE_OF_TWO.values() for one in pair)
})  # fmt: skip


@all_rows("written", _WRITTEN)
def test_a_hint_is_a_formula_of_the_language(written: str) -> None:
    some = np.array([1.5, 2.5])
    names = {**_VALUES, "x": some if written.startswith(("std", "var", "sort")) else 0.5}
    if written.startswith("dot"):
        names |= {"a": some, "b": some}
    if "x**2 - 1" in written:
        names["x"] = 1.5
    value = evaluate(parse(written, draws=True), names, rng=stream("hints"))
    assert np.isfinite(value).all()


@all_rows(("name", "arguments", "written"), [
    ("asinh", 1, np.arcsinh(0.5)), ("atanh", 1, np.arctanh(0.5)), ("coth", 1, 1 / np.tanh(0.5)),
    ("sech", 1, 1 / np.cosh(0.5)), ("csch", 1, 1 / np.sinh(0.5)), ("cot", 1, 1 / np.tan(0.5)),
    ("cbrt", 1, np.cbrt(0.5)), ("exp2", 1, np.exp2(0.5)), ("trunc", 1, np.trunc(0.5)),
    ("mod", 2, np.mod(7, 2)), ("perm", 2, 20.0), ("logit", 1, np.log(0.3 / 0.7)),
    ("erfinv", 1, 0.4769362762044699),  # SciPy: special.erfinv(0.5)
    ("lgamma", 1, np.log(np.sqrt(np.pi))), ("erfc", 1, 0.4795001221869535),
])  # fmt: skip
def test_a_hint_computes_what_it_replaces(name: str, arguments: int, written: float) -> None:
    hint = hint_for(name, arguments, is_draw=False)
    assert hint is not None
    formula = re.sub(r"^.*write ", "", hint.text("en"))
    assert evaluate(parse(formula), {**_VALUES, "x": 0.5}) == pytest.approx(written, rel=1e-12)


def test_no_name_of_the_language_has_a_hint() -> None:
    names = {name for words in (*_SAME, *_SAME_DRAWS) for name in words.split()}
    for name in names:
        with pytest.raises(FormulaError):
            parse(f"{name}(1, 2)")


@pytest.mark.parametrize(("text", "draws"), [
    ("exp(x)", False),
    ("x", False),
    ("gamma(2)", False),  # the function, not the law
    ("gamma(2, 1, [3])", True),
    ("sum(normal(0, 1, [3])) + exp(1)", True),  # whatever comes behind
    ("exp(uniform(0, 1, [3]))", True),
])  # fmt: skip
def test_a_formula_knows_whether_it_draws(text: str, draws: bool) -> None:  # noqa: FBT001 - a row
    assert parse(text, draws=True).draws is draws


@pytest.mark.parametrize(("text", "hint"), [
    ("sqtr(x)", "did you mean 'sqrt'?"), ("sqtr( (x+1) )", "did you mean 'sqrt'?"),
    ("sqtr()", ""), ("sqtr(1, 2)", ""), ("sqtr(f(1, 2))", "did you mean 'sqrt'?"),
    ("Max(x)", "did you mean 'max'?"), ("Max(1, 2)", "did you mean 'max'?"), ("Max()", ""),
    ("nomral(0, 1, [3])", "did you mean 'normal'?"), ("nomral(0, 1, [3, 4])", "did you mean 'normal'?"),
    ("nomral([3])", ""),
])  # fmt: skip
def test_a_slip_is_met_among_functions_of_so_many_arguments(text: str, hint: str) -> None:
    assert _hint(text) == hint

"""What the language refuses: a position and a reason, before memory is taken."""

import tracemalloc

import numpy as np
import pytest

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula.bindings import evaluate_let
from studytool.formula.evaluate import evaluate
from studytool.formula.limits import MAX_ELEMENTS
from studytool.formula.parse import parse
from studytool.numerics.streams import stream
from tests.rows import all_rows

REFUSED = [
    # attributes, subscripts, names of the interpreter: nothing to reach it by
    ("().__class__", 3, "there are no attributes; call a function by its bare name"),
    ("x.__class__", 2, "there are no attributes; call a function by its bare name"),
    ("sqrt.__globals__", 5, "there are no attributes; call a function by its bare name"),
    ("__builtins__", 1, "'__builtins__': names do not begin with two underscores"),
    ("__import__('os')", 1, "'__import__': names do not begin with two underscores"),
    ("x[0]", 2, "there is no indexing"),
    ("x.tofile(1)", 2, "there are no attributes; call a function by its bare name"),
    ("x.sort()", 2, "there are no attributes; call a function by its bare name"),
    ("sort(x, out=x)", 1, "sort has no argument 'out='; write sort(x, axis=)"),
    ("sum(x, dtype=3)", 1, "sum has no argument 'dtype='; write sum(x, axis=)"),
    # numbers that explode, also inside a quotient that would hide them
    ("9**9**9", 2, "'**': too large for a float64"),
    ("1/(9**9**9)", 5, "'**': too large for a float64"),
    ("(10**100)**(10**3)", 10, "'**': too large for a float64"),
    ("(10**200)**3", 10, "'**': too large for a float64"),
    ("1<<99", 2, "there are no shifts; write a power of 2"),
    ("1e999", 1, "1e999 is too large for a number"),
    ("0/0", 2, "'/': division by zero, or a logarithm of 0"),
    ("0*(1/0)", 5, "'/': division by zero, or a logarithm of 0"),
    ("log(0)", 1, "log: division by zero, or a logarithm of 0"),
    ("sqrt(-1)", 1, "sqrt: not defined here (0/0, or a root or logarithm of a negative number)"),
    ("(-8)**(1/3)", 5, "'**': not defined here (0/0, or a root or logarithm of a negative number)"),
    ("gamma(200)", 1, "gamma: too large for a float64"),
    ("gamma(0)", 1, "gamma: outside its domain, or too large"),
    ("7 // 0", 3, "'//': division by zero, or a logarithm of 0"),
    # text, lists, other types
    ("'a'*10**11", 1, "there are no strings"),
    ('"a".format(x)', 1, "there are no strings"),
    ("f'{x}'", 2, "there are no strings"),
    ("b'x'", 2, "there are no strings"),
    ("[0]*10**11", 1, "lists stand only as the shape of a draw"),
    ("(1, 2)", 3, "lists stand only as the shape of a draw"),
    ("True", 1, "there are no booleans; compare numbers instead"),
    ("None", 1, "there is no None"),
    ("1j", 1, "'1j' is not a decimal number; write it like 0.25, and a product like 2*n"),
    ("...", 1, "there are no attributes; call a function by its bare name"),
    ("1_000", 1, "'1_000' is not a decimal number; write it like 0.25, and a product like 2*n"),
    ("0x10", 1, "'0x10' is not a decimal number; write it like 0.25, and a product like 2*n"),
    ("010", 1, "'010' has a leading zero; leave it out"),
    ("1" * 41, 1, "a number has at most 40 characters"),
    ("1" * 5000, None, "5,000 characters; a formula has at most 2,000"),
    # memory and work
    (
        "normal(0,1,[10**6,10**6])",
        1,
        "1,000,000,000,000 elements; an array has at most 4,000,000; give it a smaller shape",
    ),
    ("normal(0,1,[2,2,2,2,2])", 1, "an array has at most 4 dimensions"),
    (
        "normal(0,1,[3000,1])*normal(0,1,[1,3000])",
        21,
        "9,000,000 elements; an array has at most 4,000,000; give it a smaller shape",
    ),
    ("+".join(["sum(normal(0,1,[10**6,4]))"] * 20), 410, "more than 2e+09 operations"),
    ("normal(0,1,[2])+normal(0,1,[3])", 16, "'+': shapes [2], [3] do not fit"),
    # depth and length
    ("(" * 300 + "1" + ")" * 300, 33, "nested deeper than 32 levels"),
    ("-" * 300 + "1", 32, "nested deeper than 32 levels"),
    ("2**" * 300 + "1", 95, "nested deeper than 32 levels"),
    ("1+" * 999 + "1", 201, "a formula has at most 200 operations and values"),
    ("(" * 100_000, None, "100,000 characters; a formula has at most 2,000"),
    ("x" * 4_000_000, None, "4,000,000 characters; a formula has at most 2,000"),
    # look-alikes and invisible characters
    ("ｘ+1", 1, "only plain ASCII is allowed, not U+FF58 (FULLWIDTH LATIN SMALL LETTER X)"),
    ("х+1", 1, "only plain ASCII is allowed, not U+0445 (CYRILLIC SMALL LETTER HA)"),
    ("1\u202e", 2, "only plain ASCII is allowed, not U+202E (RIGHT-TO-LEFT OVERRIDE)"),
    ("1\x00", 2, "only plain ASCII is allowed, not the control character U+0000"),
    ("\ufeff1", 1, "only plain ASCII is allowed, not U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
    ("2×3", 2, "'×' is not part of the formula language; write *"),
    ("x²", 2, "'²' is not part of the formula language; write **2"),
    ("2*π", 3, "'π' is not part of the formula language; write pi"),
    ("3 − 2", 3, "'−' is not part of the formula language; write -"),
    ("√2", 1, "'√' is not part of the formula language; write sqrt(x)"),
    ("{x}", 1, "there are no braces"),
    ("1 & 2", 3, "write 'and'"),
    ("1 | 2", 3, "write 'or', or abs(x) for an absolute value"),
    ("|x|", 1, "write 'or', or abs(x) for an absolute value"),
    ("~1", 1, "write 'not'"),
    ("!1", 1, "write 'not', != to compare, or factorial(n)"),
    ("5!", 2, "write 'not', != to compare, or factorial(n)"),
    ("x @ x", 3, "write dot(a, b)"),
    ("x ? 1", 3, "write 'a if condition else b'"),
    ("$x", 1, "'$' is not part of the formula language"),
    ("1\\", 2, "a backslash is not part of the formula language"),
    ("1#", 2, "there are no comments"),
    # other constructs of Python
    ("(x:=1)", 3, "there is no ':' in the language"),
    ("lambda: 1", 1, "'lambda' is not part of the formula language"),
    ("[x for x in y]", 4, "'for' is not part of the formula language"),
    ("sqrt(*x)", 6, "there are no starred arguments"),
    ("max(**x)", 5, "there are no starred arguments"),
    ("1;2", 2, "one formula only; ';' is not part of the language"),
    ("yield", 1, "'yield' is not part of the formula language"),
    ("await x", 1, "'await' is not part of the formula language"),
    ("import os", 1, "'import' is not part of the formula language"),
    ("2^3", 2, "write ** for a power"),
    ("x = 1", 3, "there is no assignment; write == to compare"),
    # an author's slips
    ("", 1, "the formula is empty"),
    ("2 3", 3, "an operator is missing before '3'; write * for a product"),
    ("1)", 2, "')' closes nothing"),
    ("(1 2)", 4, "expected ')', found '2'"),
    ("1, 2", 2, "one formula, one value: ',' stands only between arguments"),
    ("()", 1, "empty brackets"),
    ("x(2)", 1, "there is no function 'x'"),
    ("2(3)", 2, "only a function is called"),
    ("1 + *2", 5, "there are no starred arguments"),
    ("sqrt(*)", 6, "there are no starred arguments"),
    ("(+)", 3, "a value is missing before ')'"),
    ("if(a, 1, 2)", 1, "no formula begins with 'if'; write a if condition else b"),
    ("normal(0, 1, [3], 2)", 19, "a shape is the last argument"),
    ("sum(axis=0, x)", 13, "a plain argument after a keyword"),
    ("sum(x, axis=0, axis=1)", 1, "'axis=' is given twice"),
    ("(1", 3, "expected ')', found the end"),
    ("1 if 2", 7, "expected 'else', found the end"),
    ("1 +", 4, "the formula breaks off here; a value is missing"),
    ("squrt(2)", 1, "there is no function 'squrt'; did you mean 'sqrt'?"),
    # outside a domain
    ("tan(pi/2)", 1, "tan: this angle has no tangent"),
    ("tan(-7*pi/2)", 1, "tan: this angle has no tangent"),
    ("arcsin(1.01)", 1, "arcsin: x is not in [-1, 1]"),
    ("arccos(-1.01)", 1, "arccos: x is not in [-1, 1]"),
    ("sinh(711)", 1, "sinh: too large for a float64"),
    ("cosh(-711)", 1, "cosh: too large for a float64"),
    ("hypot(1.7e308, 1.7e308)", 1, "hypot: too large for a float64"),
    ("log(2, 0)", 1, "log: division by zero, or a logarithm of 0"),
    ("log(2, 1)", 1, "log: division by zero, or a logarithm of 0"),
    ("log(2, -2)", 1, "log: not defined here (0/0, or a root or logarithm of a negative number)"),
    ("log(-2, 2)", 1, "log: not defined here (0/0, or a root or logarithm of a negative number)"),
    ("round(1, 0.5)", 1, "round: digits is not a whole number from -300 to 300"),
    ("round(1, 301)", 1, "round: digits is not a whole number from -300 to 300"),
    ("round(1.7e308, -308)", 1, "round: digits is not a whole number from -300 to 300"),
    ("factorial(-1)", 1, "factorial: n is not a whole number ≥ 0"),
    ("factorial(2.5)", 1, "factorial: n is not a whole number ≥ 0"),
    ("factorial(171)", 1, "factorial: too large for a float64"),
    ("factorial(1e300)", 1, "factorial: too large for a float64"),
    ("comb(-1, 2)", 1, "comb: n or k is not a whole number ≥ 0"),
    ("comb(5, 2.5)", 1, "comb: n or k is not a whole number ≥ 0"),
    ("comb(1030, 515)", 1, "comb: too large for a float64"),
    ("comb(1e15, 5e14)", 1, "comb: too large for a float64"),  # before it is counted
    ("normal_quantile(0)", 1, "normal_quantile: p is not between 0 and 1"),
    ("normal_quantile(1)", 1, "normal_quantile: p is not between 0 and 1"),
    ("t_quantile(1.5, 3)", 1, "t_quantile: p is not between 0 and 1, or df is not in [0.1, 1e6]"),
    ("t_quantile(0.5, 0)", 1, "t_quantile: p is not between 0 and 1, or df is not in [0.1, 1e6]"),
    ("t_quantile(1e-300, 1)", 1, "t_quantile: too large for a float64"),
    ("chi2_quantile(0, 3)", 1, "chi2_quantile: p is not between 0 and 1, or df is not in [0.1, 1e6]"),
    ("t_cdf(0, 2e6)", 1, "t_cdf: df is not in [0.1, 1e6]"),
    ("chi2_cdf(1, -1)", 1, "chi2_cdf: df is not in [0.1, 1e6]"),
    ("log()", 1, "write log(x[, base])"),
    ("log(1, 2, 3)", 1, "write log(x[, base])"),
    ("log(8, base=2)", 1, "log has no argument 'base='; write log(x[, base])"),
    # draws
    ("binomial(2.5,0.5,[3])", 1,
     "binomial: count is not a whole number from 0 to 1e15, or p is not in [0, 1]"),
    ("binomial(-1,0.5,[3])", 1,
     "binomial: count is not a whole number from 0 to 1e15, or p is not in [0, 1]"),
    ("binomial(1e16,0.5,[3])", 1,
     "binomial: count is not a whole number from 0 to 1e15, or p is not in [0, 1]"),
    ("binomial(5,1.5,[3])", 1,
     "binomial: count is not a whole number from 0 to 1e15, or p is not in [0, 1]"),
    ("binomial(5,-0.5,[3])", 1,
     "binomial: count is not a whole number from 0 to 1e15, or p is not in [0, 1]"),
    ("poisson(-1,[3])", 1, "poisson: the mean is not in [0, 1e15]"),
    ("poisson(1e16,[3])", 1, "poisson: the mean is not in [0, 1e15]"),
    ("geometric(0,[3])", 1, "geometric: p is not in [1e-12, 1]"),
    ("geometric(1.5,[3])", 1, "geometric: p is not in [1e-12, 1]"),
    ("gamma(0,1,[3])", 1, "gamma: k is not above 0, or scale is negative"),
    ("gamma(1,-1,[3])", 1, "gamma: k is not above 0, or scale is negative"),
    ("gamma(1,[3])", 1, "write gamma(k, scale, [shape])"),  # a list makes it the draw
    ("gamma(1, 2)", 1, "write gamma(x)"),  # and without one it is the function
    ("poisson(3)", 1, "write poisson(mean, [shape])"),
    ("tan(1,[3])", 1, "write tan(x)"),
    ("sqrt(1, 2)", 1, "write sqrt(x)"),
    ("sum", 1, "'sum' is a function: call it with (...)"),
    ("missing + 1", 1, "'missing' has no value; names here: x"),
    ("sum(x, axis=3)", 1, "sum: no axis 3 in an array of 0 dimensions"),
    ("sum(normal(0,1,[2,3]), axis=2)", 1, "sum: no axis 2 in an array of 2 dimensions"),
    ("sum(normal(0,1,[2,3]), axis=-3)", 1, "sum: no axis -3 in an array of 2 dimensions"),
    ("var(normal(0,1,[3]), ddof=3)", 1, "var: too few elements (3)"),
    ("quantile(normal(0,1,[3]), -0.1)", 1, "quantile: q is one number in [0, 1]"),
    ("var(x, ddof=1)", 1, "var: too few elements (1)"),
    ("max(normal(0,1,[2]), normal(0,1,[3]))", 1, "max: shapes [2], [3] do not fit"),
    (
        "min(normal(0,1,[3000,1]), normal(0,1,[1,3000]))",
        1,
        "9,000,000 elements; an array has at most 4,000,000; give it a smaller shape",
    ),
    ("max(x, 2, axis=0)", 1, "max: axis= goes with one array"),
    ("quantile(normal(0,1,[3]), 1.5)", 1, "quantile: q is one number in [0, 1]"),
    ("quantile(normal(0,1,[3]), uniform(0,1,[2]))", 1, "quantile: q is one number in [0, 1]"),
    ("uniform(2,1,[3])", 1, "uniform: low is above high"),
    ("exponential(-1,[3])", 1, "exponential: the mean is negative"),
    ("choice(2.5,[3])", 1, "choice: count is not a whole number ≥ 1"),
    ("choice(0,[3])", 1, "choice: count is not a whole number ≥ 1"),
    ("bernoulli(-0.1,[3])", 1, "bernoulli: p is not in [0, 1]"),
    ("normal(normal(0,1,[2]),1,[3])", 1, "normal: [2] does not fit [3]"),
    ("normal(0,-1,[3])", 1, "normal: sd is negative"),
    ("bernoulli(2,[3])", 1, "bernoulli: p is not in [0, 1]"),
    ("normal(0,1,[0])", 13, "a size is at least 1, not 0"),
    ("normal(0,1,[1.5])", 13, "a whole number is needed here"),
    ("normal(0,1)", 1, "write normal(mean, sd, [shape])"),
    ("dot(normal(0,1,[2,3]),normal(0,1,[2,3]))", 1, "dot: shapes [2, 3], [2, 3] do not fit"),
    ("dot(x, x)", 1, "dot: shapes [], [] do not fit"),
    ("dot(normal(0,1,[3]), x)", 1, "dot: shapes [3], [] do not fit"),
    ("dot(x, normal(0,1,[3]))", 1, "dot: shapes [], [3] do not fit"),
    ("dot(normal(0,1,[2,2,2]), normal(0,1,[2]))", 1, "dot: shapes [2, 2, 2], [2] do not fit"),
    ("dot(normal(0,1,[2]), normal(0,1,[2,2,2]))", 1, "dot: shapes [2], [2, 2, 2] do not fit"),
    ("dot(normal(0,1,[2,3]), normal(0,1,[2]))", 1, "dot: shapes [2, 3], [2] do not fit"),
    ("1 if normal(0,1,[3]) else 2", 6, "'if' needs one number; use where(c, a, b)"),
]  # fmt: skip


def refusal(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as refused:
        evaluate(parse(text, draws=True), {"x": 2.0}, rng=stream("test"))
    return refused.value


@all_rows(("text", "column", "why"), REFUSED, ids=[row[0][:24] for row in REFUSED])
def test_refused_with_its_place_and_reason(text: str, column: int | None, why: str) -> None:
    refused = refusal(text)
    assert (refused.column, refused.why.text("en")) == (column, why)


def test_a_draw_outside_a_check_is_refused() -> None:
    with pytest.raises(FormulaError, match="only a check may draw"):
        parse("normal(0, 1, [3])")


@pytest.mark.parametrize(
    "text",
    [
        "normal(0,1,[10**6,10**6])",
        "normal(0,1,[3000,1])*normal(0,1,[1,3000])",
        "(" * 100_000,
    ],
)
def test_refused_before_memory_is_taken(text: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FormulaError):
            evaluate(parse(text, draws=True), {}, rng=stream("test"))
        assert tracemalloc.get_traced_memory()[1] < 8 * MAX_ELEMENTS / 100
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("normal(0,1,[10**7])", FormulaSizeError),  # fewer replicates may fit
        ("normal(0,1,[2,2,2,2,2])", FormulaError),
        ("1/0", FormulaError),
    ],
)
def test_a_refusal_for_size_is_a_type(text: str, kind: type[FormulaError]) -> None:
    refused = refusal(text)
    assert type(refused) is kind
    with pytest.raises(FormulaError) as in_let:
        evaluate_let({"a": parse(text, draws=True)}, {}, rng=stream("test"))
    assert type(in_let.value) is kind


def test_a_long_name_is_not_quoted_in_full() -> None:
    name = "q" * 1900
    for text in (
        name,
        f"sin({name})",
        f"{name}(1)",
        f"mean(1, {name}=3)",
        f"1 {name}",
        f"1 if {name}",
    ):
        for language in ("ko", "en"):
            with pytest.raises(FormulaError) as refused:
                evaluate(parse(text), {})
            assert "q" * 61 not in refused.value.text(language), text
            assert text != name or f"{'q' * 60}…" in refused.value.text(language)  # control


@all_rows("text", [
    "normal(0, 0, [3])", "uniform(2, 2, [3])", "bernoulli(0, [3])", "bernoulli(1, [3])",
    "exponential(0, [3])", "choice(1, [3])", "binomial(0, 0.5, [3])", "binomial(4, 0, [3])",
    "binomial(4, 1, [3])", "poisson(0, [3])", "geometric(1, [3])", "geometric(1e-12, [3])",
    "gamma(0.5, 1, [3])", "gamma(1, 0, [3])",
])  # fmt: skip
def test_the_ends_of_what_a_law_allows_are_allowed(text: str) -> None:
    assert np.shape(evaluate(parse(text, draws=True), {}, rng=stream("ends"))) == (3,)

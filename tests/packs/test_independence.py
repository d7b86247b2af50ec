"""A check that takes the key from itself is an error of the pack, with its place and remedy."""

from pathlib import Path

import pytest

from studytool.packs.reader import read_pack
from tests.packs.samples import ALSO, CARD, CLAIM, NUMERIC, write_pack

REBUILD = "draw it without the key's own formula, from unit weights, say"
SAY_WHY = "try it by a sample or an experiment, or say 'because: {ko: ..., en: ...}'"
XAVIER = '"2/(a+b)"'
GIVEN = "[{a: 64, b: 16}, {a: 10, b: 40}]"


def _claim(expect: str, by: str, given: str = GIVEN) -> str:
    claim = CLAIM.replace(ALSO, by).replace('"a + 1"', expect).replace("[{a: 2}]", given)
    return claim.replace('expect: "a"}', 'expect: "9"}')


def _problems(folder: Path, claims: str = CLAIM, items: str = CARD + NUMERIC) -> list[str]:
    found = read_pack(write_pack(folder, claims=claims, items=items)).diagnostics
    assert {one.help for one in found} <= {REBUILD, SAY_WHY}
    return [str(one).partition(": ")[2] for one in found]


HOLDS = "error[E340]: the check holds the key that it tries: {}"


@pytest.mark.parametrize(("expect", "by", "problem"), [
    (XAVIER, '{sample: "2/(a+b)+normal(0,0.01,[reps])"}', HOLDS.format("2/(a+b)")),  # with noise
    (XAVIER, '{sample: "k+normal(0,1,[reps])", let: {k: "1/(a/2+b/2)"}}', HOLDS.format("2/(a+b)")),
    (XAVIER, '{sample: "exponential(1,[reps])*2/(a+b)"}', HOLDS.format("2/(a+b)")),
    (XAVIER, '{sample: "normal(0,sqrt(2/(a+b)),[reps])", statistic: variance}',
     HOLDS.format("sqrt(2/(a+b))")),
    (XAVIER, '{sample: "he_variance(a+b)*exponential(1,[reps])"}', HOLDS.format("2/(a+b)")),
    (XAVIER, '{experiment: deep_initialization, with: {scale: "2/(a+b)"}, quantity: log10_signal}',
     HOLDS.format("2/(a+b)")),
    (XAVIER, '{sample: "u*2", over: "v*(a+b)", statistic: ratio, '
     'let: {u: "normal(1,1,[reps])", v: "normal(1,1,[reps])"}}',  # the draws cancel, renamed
     HOLDS.format("2/(a+b)")),
    (XAVIER, '{sample: "u*2", over: "v*(a+b)", statistic: ratio, '
     'let: {u: "exponential(1,[reps])", v: "uniform(0.5,1.5,[reps])"}}',  # half on each side
     HOLDS.format("2/(a+b)")),
    (XAVIER, '{sample: "2.02/(a+b)+normal(0,0.01,[reps])"}', HOLDS.format("2/(a+b)")),
    ('"3/(a+b)"', '{sample: "uniform(-3/sqrt(a+b),3/sqrt(a+b),[reps])", statistic: variance}',
     HOLDS.format("c*sqrt(3/(a+b))")),  # √3 times the root on either side
    ('"3/(a+b)"', '{sample: "normal(0,sqrt(1/(a+b)),[reps])+normal(0,sqrt(2/(a+b)),[reps])", '
     'statistic: variance}', HOLDS.format("c*sqrt(3/(a+b))")),  # a third and two thirds
    ('"3/(a+b)"', '{sample: "where(uniform(0,1,[reps])<0.5,6/(a+b),0)"}',
     HOLDS.format("c*(3/(a+b))")),  # twice, half of the time
    # a law and a bound that have the key as their chance
    *(('"3/(a+b)"', f'{{sample: "{sample}"}}', HOLDS.format("c*(3/(a+b))")) for sample in (
        "2*(uniform(0,a+b,[reps]) < 1.5)",
        "2*(uniform(-a,b,[reps]) < 1.5-a)",  # moved
        "2*(-uniform(0,a+b,[reps])/5 > -0.3)",  # turned, and stretched
        "2*(0.5 < uniform(0,a+b,[reps]) < 2)",  # between two
        "2*sign(relu(1.5-uniform(0,a+b,[reps])))",
        "3*(floor(uniform(0,a+b,[reps])) < 1)",
        "3*(choice(a+b,[reps]) == 0)",
        "where(uniform(0,a+b,[reps]) < 1,3,0)",
        "1-(uniform(0,a*(a+b)/3,[reps]) > a)",
    )),
    ('"3/(a+b)"', '{sample: "2*(u < 1.5)", let: {u: "uniform(0,s,[reps])", s: "a+b"}}',
     HOLDS.format("c*(3/(a+b))")),
    ('"3/(a+1)"', '{sample: "uniform(0,a+1,[reps]) < 3"}', HOLDS.format("c*(3/(a+1))")),
    # a number, written again
    *(('"0.3117"', f'{{sample: "{sample}"}}', HOLDS.format("0.3117")) for sample in (
        "normal(0.3117,0.1,[reps])",
        "bernoulli(0.3117,[reps])",
        "exp(normal(log(0.3117),0.002,[reps]))",
        "0.3117+0.02*(2*bernoulli(0.5,[reps])-1)",
        "3117/10000+normal(0,1,[reps])",
    )),
    ('"0.3117"', '{sample: "k*exponential(1,[reps])", let: {k: "0.3117"}}',
     HOLDS.format("0.3117")),
    ('"xavier_variance(a,b)"', '{experiment: dense_layer, with: {fan_in: a, fan_out: b}, '
     "quantity: weight_variance}", "error[E340]: the key and its check both call 'xavier_variance'"),
    ('"xavier_variance(a,b)"', '{sample: "normal(1,1,[reps])*xavier_variance(b,2*a)"}',
     "error[E340]: the key and its check both call 'xavier_variance'"),
    ('"1"', '{sample: "u/u", let: {u: "normal(0,1,[reps])"}}', HOLDS.format("1")),
    ('"1"', '{sample: "normal(1,1,[reps])", over: "normal(1,1,[reps])", statistic: ratio}',
     HOLDS.format("1")),
    (XAVIER, '{also: "1/((a+b)/2)"}',
     "error[E341]: this is the key in other words: they are equal at random points"),
    (XAVIER, '{also: "2/(a+b)*(1+h)", let: {h: "1e-10"}}', HOLDS.format("2/(a+b)")),  # nearly
    ('"3/(a+b)"', '{also: "3/(a+b)"}',  # wrong, and the same again
     "error[E341]: this is the key in other words: they are equal at random points"),
    ('"a"', '{also: "a*(b+1)-a*b"}',
     "error[E341]: this is the key in other words: they are equal at random points"),
    ('"1"', '{also: "(a+b)/(b+a)"}',
     "error[E341]: this is the key in other words: they are equal at random points"),
])  # fmt: skip
def test_a_circular_claim(tmp_path: Path, expect: str, by: str, problem: str) -> None:
    (found,) = _problems(tmp_path, _claim(expect, by))
    assert found.partition(": ")[2] == problem or found == problem


@pytest.mark.parametrize(("expect", "by"), [
    (XAVIER, '{also: "1/((a+b)/2)", because: {ko: "뒤집은 것", en: "turned over"}}'),  # says why
    (XAVIER, '{sample: "mean(x**2,axis=1)+mean(g**2,axis=1)", statistic: ratio, '
     'over: "sum(x*normal(0,1,[reps,a]),axis=1)**2+sum(g*normal(0,1,[reps,b]),axis=1)**2", '
     'let: {x: "normal(0,1,[reps,a])", g: "normal(0,1,[reps,b])"}}'),
    ('"xavier_variance(a,b)"',
     "{experiment: unit_layer, with: {fan_in: a, fan_out: b}, quantity: balanced_variance}"),
    ('"he_variance(a)"',  # another initialiser calls another form
     "{experiment: dense_layer, with: {fan_in: a, fan_out: b}, quantity: weight_variance}"),
    ('"1"', '{sample: "(0<u)*1", let: {u: "uniform(0,1,[reps])"}}'),  # true is no identity
    ('"exp(a/100)"', '{also: "(exp(a/100+h)-exp(a/100-h))/(2*h)", let: {h: "0.0001"}}'),
    ('"a"', '{sample: "normal(a,1,[reps])"}'),
    ('"a*b/2"', '{sample: "relu(normal(0,sqrt(a*b),[reps]))**2"}'),  # the half is what it tries
    ('"a/(a+b)"', '{sample: "uniform(0,a+b,[reps])<a"}'),  # the key is made of the sum
    ('"1-b/(a+b)"', '{sample: "uniform(0,a+b,[reps])<a"}'),
    ('"0.31"', '{sample: "bernoulli(0.31,[reps])"}'),  # two digits may be chance
    ('"0.9973"', '{sample: "abs(normal(0,1,[reps]))<3"}'),
    ('"2*a/(a+b)"', '{sample: "2*(uniform(0,a+b,[reps]) < uniform(0,2*a,[reps]))"}'),  # of two
    ('"(1+b)/2"', '{sample: "bernoulli(0.5,[reps])*(1+b)"}'),  # of one name
    ('"b/(a-a)"', '{sample: "normal(a,1,[reps])"}'),  # nowhere a number
])  # fmt: skip
def test_an_independent_claim(tmp_path: Path, expect: str, by: str) -> None:
    assert _problems(tmp_path, _claim(expect, by)) == []


def test_the_place(tmp_path: Path) -> None:
    claim = _claim(XAVIER, '{sample: "k*u", let: {u: "normal(1,1,[reps])", k: "0+2/(b+a)"}}')
    (found,) = read_pack(write_pack(tmp_path, claims=claim)).diagnostics
    line = claim.split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith(("+2/(b+a)", "0+2/(b+a)", "k*u"))


@pytest.mark.parametrize(("old", "new", "code"), [
    ('"2*sum(normal(sx, 1, [reps, n]), axis=1)"', '"2*v+normal(0, 1, [reps])"', ["E340"]),
    ('"2*sum(normal(sx, 1, [reps, n]), axis=1)"', '"2*sx*n+normal(0, 1, [reps])"', ["E340"]),
    ('sample: "2*sum(normal(sx, 1, [reps, n]), axis=1)", statistic: mean', 'also: "n*sx+v"',
     ["E341"]),
    ('{formula: "2*v", tolerance: {rel: 0.02}}',  # measured by what it is checked by
     "{measure: {experiment: l2_decay, quantity: weight}, tolerance: {rel: 0.02}}", []),
])  # fmt: skip
def test_a_circular_key(tmp_path: Path, old: str, new: str, code: list[str]) -> None:
    """An item's ``let`` is part of its key."""
    assert old in NUMERIC
    folder = write_pack(tmp_path, items=CARD + NUMERIC.replace(old, new))
    assert [found.code for found in read_pack(folder).diagnostics] == code


def test_a_measured_key_and_its_own_quantity(tmp_path: Path) -> None:
    measured = "{experiment: l2_decay, with: {start: sx}, quantity: weight}"
    items = NUMERIC.replace('{formula: "2*v", tol', f"{{measure: {measured}, tol").replace(
        '{sample: "2*sum(normal(sx, 1, [reps, n]), axis=1)", statistic: mean}', measured
    )
    (found,) = read_pack(write_pack(tmp_path, items=CARD + items)).diagnostics
    assert (found.code, found.message) == ("E340", "the key is 'weight' itself")

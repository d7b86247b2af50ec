"""What is wrong with the unit of a question is told with a remedy, and the remedy works."""

import pytest

from studytool.units.problems import unit_problem
from tests.rows import all_rows


@pytest.mark.parametrize("text", ["m/s^2", "µs", "개", "items", "1/s", "°C", "J/(mol·K)", '"won"'])
def test_nothing_is_wrong_with(text: str) -> None:
    assert unit_problem(text) is None


@all_rows(
    ("text", "said", "mended"),
    [
        ("", "the unit is empty", None),
        ("  ", "the unit is empty", None),
        ("$", "'$' is a currency", '"won"'),
        ("원", "'원' is a currency", '"원"'),
        ("10 m", "has a number in it", "m"),
        ("2", "has a number in it", None),
        ("m/s 2", "has a number in it", "m/s^2"),
        ("J/mol·K", "has two readings", "J/(mol·K)"),
        ("perches", "no unit 'perches' is known", '"perches"'),
        ("metrs", "did you mean 'metre'?", "metre"),
        ("kgs", "did you mean 'kg'?", "kg"),
        ("Kms", "did you mean 'km'?", "km"),
        ("volume", "is known; a word for what is counted", '"volume"'),  # too far from 'volt'
        ("furlong", "a word for what is counted is written in quotes: '\"furlong\"'", '"furlong"'),
        ("m//s", "cannot be read", "m/s^2"),
        ("m^", "cannot be read", "m/s^2"),
    ],
)
def test_what_is_wrong(text: str, said: str, mended: str | None) -> None:
    problem = unit_problem(text)
    assert problem is not None
    assert said in f"{problem.why.text('en')}; {problem.remedy.text('en')}"
    assert mended is None or unit_problem(mended) is None

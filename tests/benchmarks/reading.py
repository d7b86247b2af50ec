"""Typed answers read: usual ones beside SymPy, and the longest ones beside what the design allows.

SymPy's ``parse_expr`` is how PrairieLearn, say, reads an expression. A limit is no program; it
stands in the peer's column.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import ModuleType

from studytool.quiz.read_number import read_number
from tests.benchmarks.row import Row, Skipped, Timed, fastest_tenths

USUAL = ("0.25", "1/4", "2.5*10**-3", "2*pi", "sqrt(2)/2", "1-0.4", "exp(-1)", "(0.3+0.5)/2")
"""Answers that both read, as a person types them."""
LONGEST = {
    "brackets": "(" * 19 + "1/3" + ")" * 19,
    "roots": "√" * 19 + "2",
    "digits": "0." + "7" * 198,
    "fractions": "9" * 99 + "/" + "7" * 100,
    "products": "*".join(["0.37"] * 30),
    "powers": "*".join(["1.37^9"] * 15),
    "mixed numbers": "1½+" * 19 + "1½",
    "equal sides": "=".join(["0.5"] * 30),
    "two readings": "5x10-3+" * 6 + "1",
    "degrees": "sin(" * 19 + "30" + ")" * 19,
    "percents": "+".join(["40%"] * 20),
    "Korean numbers": "1억 2천3백4십5만 6천7백8십9 + " * 3 + "1천",
    "Korean fractions": "2분의 " * 19 + "1",
    "Korean words": "천백십" * 66,
    "no words": "가" * 200,
    "units": "5 " + "kg·m²/s²/" * 9 + "s",
}
"""Texts of up to 200 characters, each of a shape that is long to read."""
LIMIT = 0.001


def _read_usual() -> None:
    for text in USUAL:
        read_number(text, unit=None, language="en")


def _find_sympy() -> ModuleType | None:
    try:
        return import_module("sympy.parsing.sympy_parser")
    except ModuleNotFoundError:
        return None


def _parse_usual(sympy: ModuleType) -> Callable[[], None]:
    def parse() -> None:
        for text in USUAL:
            float(sympy.parse_expr(text))

    return parse


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Read every text several times; of the longest the slowest is told."""
    runs = 3 if smoke else 50
    longest = {
        name: Timed(partial(read_number, text, unit="N·m", language="ko"))
        for name, text in LONGEST.items()
    }
    found = fastest_tenths(longest, runs=runs)
    slowest = max(found, key=lambda name: found[name])
    yield Row(f"read the longest answer: {slowest}", found[slowest], "the limit", LIMIT, goal=1.0)
    work = f"read {len(USUAL)} usual answers"
    if (sympy := _find_sympy()) is None:
        yield Skipped(work, "SymPy", "sympy is not installed")
        return
    pair = fastest_tenths(
        {"ours": Timed(_read_usual), "peer": Timed(_parse_usual(sympy))}, runs=runs
    )
    yield Row(work, pair["ours"], "SymPy's parse_expr", pair["peer"], goal=1.0)

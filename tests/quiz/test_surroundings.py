"""What stands around a typed number, and is no part of it, changes nothing of how it is read."""

import re
from functools import cache

from studytool.quiz.answer import Ambiguous, Number, Unreadable
from studytool.quiz.read_number import read_number
from tests.quiz.typed_answers import ASKED, COURTESY, IN_UNITS, READ, REFUSED, UnitRow
from tests.rows import all_rows

TEXTS = [*(row.text for row in READ), *(row.text for row in ASKED), *(row.text for row in REFUSED)]
WORDS = re.compile(r"0\.5\s?[가-힣]|^[^\d√]+0\.5$|\.\.\.|…|→|->|=")
EXPRESSIONS = [row.text for row in READ if row not in COURTESY and not WORDS.search(row.text)]
"""What has nothing around it yet."""

FRAMED = ("$", "\\(", "\\[", '"', "'", "“", "`", "*", "=")
"""What a text begins with that frames the whole of it."""

COURTEOUS = ("약 {}", "= {}", "x = {}", "answer: {}", "{}입니다", "{}.", "{} 정도")
OTHERWISE = {
    ("{}입니다", "2xpi"),  # the last word goes on
    ("{}.", "2x"),
    ("약 {}", ": 3 약"),  # 약: 3 약
}
"""Where it is another text then."""

IN_SUMS = {"2*e", "3 e", "E-3", "-E-3", "3점", "0.52 rad"}
"""What goes on with a sign behind it, or is read at the end alone."""


@cache
def outcome(text: str, unit: str | None = None) -> tuple[object, ...]:
    """Return what comes of reading a text, without how it is echoed."""
    match read_number(text, unit=unit, language="en"):
        case Number(value=value):
            return (f"{value:.14g}",)
        case Ambiguous(readings=readings):
            return ("asked", *(f"{one:.14g}" for one in readings))
        case Unreadable(code=code):
            return ("refused", code)


def in_context(context: str, text: str) -> bool:
    """Tell whether a text may stand in a context: one that is framed is so as a whole."""
    is_whole = text.strip().startswith(FRAMED) or not text.strip().strip("\u200b") or "=" in text
    return not is_whole and "≈" not in text and (context, text) not in OTHERWISE


def test_there_are_texts_of_every_outcome() -> None:
    kinds = {outcome(text)[0] for text in TEXTS}
    assert {"asked", "refused"} < kinds
    assert len(EXPRESSIONS) > 350


@all_rows("text", TEXTS, ids=repr)
@all_rows("context", COURTEOUS)
def test_courtesy_changes_no_outcome(context: str, text: str) -> None:
    """Above all a full stop: ``5x10-3.`` is asked about as ``5x10-3`` is."""
    if in_context(context, text):
        assert outcome(context.format(text)) == outcome(text)


@all_rows("row", IN_UNITS, ids=repr)
@all_rows("context", COURTEOUS)
def test_courtesy_changes_no_outcome_in_units(context: str, row: UnitRow) -> None:
    if in_context(context, row.text):
        assert outcome(context.format(row.text), row.unit) == outcome(row.text, row.unit)


@all_rows("text", EXPRESSIONS, ids=repr)
@all_rows("sum_", ("{} + 0", "0 + {}", "1 * ({})", "({}) / 1", "({})^1", "-(-({}))"))
def test_neighbours_leave_a_number_as_it_is(sum_: str, text: str) -> None:
    if in_context(sum_, text) and text not in IN_SUMS and "," not in text:
        assert outcome(sum_.format(text)) == outcome(text)

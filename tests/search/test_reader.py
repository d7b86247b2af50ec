"""Searches read: the tree by hand, each error with its column and remedy, hostile text in time."""

from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import SearchError
from studytool.search.fields import FIELDS
from studytool.search.reader import DEEPEST, LONGEST, folded, read_search
from studytool.search.tree import (
    AllSearch,
    AnySearch,
    DaySearch,
    NameSearch,
    NotSearch,
    NumberSearch,
    Search,
    StateSearch,
    TextSearch,
)
from tests.rows import all_rows

A, B, C = TextSearch("a"), TextSearch("b"), TextSearch("c")
NEW = StateSearch("new")


@all_rows(
    ("text", "tree"),
    [
        ("a", A),
        ("  A ", A),
        ("a b", AllSearch((A, B))),
        ("a AND b", AllSearch((A, B))),
        ("a or b c", AnySearch((A, AllSearch((B, C))))),  # a space joins more tightly
        ("(a or b) c", AllSearch((AnySearch((A, B)), C))),
        ("a(b)c", AllSearch((A, B, C))),
        ("-a b", AllSearch((NotSearch(A), B))),
        ("not a", NotSearch(A)),
        ("--a", NotSearch(NotSearch(A))),
        ("-(a b)", NotSearch(AllSearch((A, B)))),
        ("he-sd", TextSearch("he-sd")),  # a hyphen inside negates nothing
        ("a - b", AllSearch((A, TextSearch("-"), B))),
        ('"or"', TextSearch("or")),
        ('"A  b"', TextSearch("a b")),
        (r'"say \"x\""', TextSearch('say "x"')),
        ('a"b"', AllSearch((A, B))),
        ("oracle", TextSearch("oracle")),  # begins like a word of the language
        ("기울기", TextSearch("기울기")),
        (
            "\u1100\u1175\u110b\u116e\u11af\u1100\u1175",
            TextSearch("기울기"),
        ),  # decomposed, as macOS types it
        ("STRASSE", TextSearch("strasse")),
        ("3<5", TextSearch("3<5")),  # no field begins with a digit
        ("is:new", NEW),
        ("IS=New", NEW),
        ("concept:Dropout", NameSearch("concept", "dropout")),
        ('concept:"a b"', NameSearch("concept", "a b")),
        ("item:*he-sd", NameSearch("item", "*he-sd")),
        ("r<0.8", NumberSearch("r", "<", 0.8, 1)),
        ("r>=80%", NumberSearch("r", ">=", 0.8, 2)),
        ("r:1", NumberSearch("r", "=", 1, 0)),
        ("lapses>3", NumberSearch("lapses", ">", 3, 0)),
        ("due<=2026-01-31", DaySearch("due", "<=", 20484, relative=False)),
        ("due:today", DaySearch("due", "=", 0, relative=True)),
        ("due<내일", DaySearch("due", "<", 1, relative=True)),
        ("answered>=-7d", DaySearch("answered", ">=", -7, relative=True)),
        ("added>+7일", DaySearch("added", ">", 7, relative=True)),
    ],
)
def test_the_tree(text: str, tree: Search) -> None:
    assert read_search(text) == tree


@all_rows(
    ("text", "column", "en", "ko"),
    [
        ("", 1, "nothing to search for", "찾을 것이 없습니다"),
        ('""', 1, "nothing to search for", "찾을 것이 없습니다"),
        ("a or", 5, "nothing to search for", "찾을 것이 없습니다"),
        ("or a", 1, "nothing to search for", "찾을 것이 없습니다"),
        ("a and or", 7, "nothing to search for", "찾을 것이 없습니다"),
        ("-", 2, "nothing to search for", "찾을 것이 없습니다"),
        ("a ()", 4, "nothing to search for", "찾을 것이 없습니다"),
        ("a (b", 3, "this bracket is never closed; add ')'", "닫히지 않았습니다"),
        ("a) b", 2, "this bracket was never opened", "열리지 않았습니다"),
        ('a "b', 3, "this quote is never closed", "닫히지 않았습니다"),
        ("a concpt:x", 3, "no field 'concpt'. Did you mean 'concept'?", "'concept'인가요?"),
        ("http://x", 1, "If it is meant as text, put it in quotes.", "따옴표 안에"),
        ("is:nwe", 4, "no state 'nwe'. Did you mean 'new'?", "'new'인가요?"),
        ("is<new", 1, "'is' has no order; write it like is:due.", "is:due"),
        ("a r<", 5, "no value behind 'r<'; write it without a space", "r<0.8"),
        ("r< 0.8", 3, "no value behind 'r<'", "붙여서"),
        ("r<80", 3, "'80' is no chance from 0 to 1; write it like 0.8 or 80%.", "80%"),
        ("r<nan", 3, "'nan' is no chance", "'nan'"),
        ("lapses>-1", 8, "'-1' is no number from 0 on; write it like lapses>=3.", "lapses>=3"),
        ("lapses>3%", 8, "'3%' is no number", "'3%'"),
        ("lapses>٣", 8, "is no number", "'٣'"),
        ("due<2026-02-30", 5, "'2026-02-30' is no day; write it like 2026-01-31", "+7d"),
        ("due<7d", 5, "'7d' may lie ahead or behind; write +7d or -7d.", "+7d나 -7d"),
        ("due<+999999d", 5, "is no day", "날이 아닙니다"),
        ("x" * (LONGEST + 1), LONGEST + 1, "longer than 1000 characters", "1000자"),
        ("(" * 60, DEEPEST + 1, "more than 50 deep", "50겹"),
        ("-" * 60 + "a", DEEPEST + 1, "more than 50 deep", "50겹"),
    ],
)
def test_an_error_says_where_and_what_to_write(text: str, column: int, en: str, ko: str) -> None:
    with pytest.raises(SearchError) as refused:
        read_search(text)
    assert refused.value.column == column
    assert f"column {column}: " in refused.value.text("en")
    assert en in refused.value.text("en")
    assert ko in refused.value.text("ko")
    assert "studytool help search" in refused.value.text("ko")


@given(st.text(alphabet=printable + "가일오늘٣ａ", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    column = 1
    try:
        read_search(text)
    except SearchError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1


@given(st.text(max_size=30))
def test_every_text_can_be_searched_for_in_quotes(text: str) -> None:
    if folded(text) and not text.endswith("\\") and '\\"' not in text:
        quoted = text.replace('"', '\\"')
        assert read_search(f'"{quoted}"') == TextSearch(folded(text))


def test_each_example_of_the_help_is_read() -> None:
    for name, field in FIELDS.items():
        found = read_search(field.example)
        assert name == getattr(found, "field", "is")

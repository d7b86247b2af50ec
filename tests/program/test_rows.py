"""A table within a test: all rows are tried, and each that fails is named."""

import pytest

from tests.rows import MOST_FAULTS, all_rows


def _tried(rows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tried = []

    @all_rows("a, b", rows)
    def is_less(a: int, b: int) -> None:
        tried.append((a, b))
        assert a < b

    is_less()
    return tried


def test_all_rows_are_tried() -> None:
    assert _tried([(1, 2), (2, 3)]) == [(1, 2), (2, 3)]


def test_every_row_that_fails_is_named_and_no_other() -> None:
    with pytest.raises(ExceptionGroup) as raised:
        _tried([(1, 2), (3, 2), (4, 5), (7, 6)])
    assert str(raised.value).startswith("of 4 rows fail: in the row 3, 2; in the row 7, 6")
    assert [type(fault) for fault in raised.value.exceptions] == [AssertionError] * 2


def test_a_broken_rule_stops_after_some_rows() -> None:
    with pytest.raises(ExceptionGroup) as raised:
        _tried([(1, 1)] * 100)
    assert len(raised.value.exceptions) == MOST_FAULTS


def test_one_table_above_another_tries_each_with_each() -> None:
    tried = []

    @all_rows("language", ["ko", "en"])
    @all_rows("number", [pytest.param(1), 2], ids=["one", "two"])
    def keep(number: int, language: str) -> None:
        tried.append((language, number))
        assert (language, number) != ("en", 2)

    with pytest.raises(ExceptionGroup, match="in the row 'en'") as raised:
        keep()
    assert tried == [("ko", 1), ("ko", 2), ("en", 1), ("en", 2)]
    assert "in the row two" in str(raised.value.exceptions[0])


def test_a_table_without_rows_or_with_another_name_is_refused() -> None:
    def takes_a(a: int) -> None:
        assert a

    with pytest.raises(AssertionError, match="without rows"):
        all_rows("a", [])
    with pytest.raises(AssertionError, match="no argument"):
        all_rows("b", [1])(takes_a)
    with pytest.raises(AssertionError, match="mark"):
        all_rows("a", [pytest.param(1, marks=pytest.mark.slow)])

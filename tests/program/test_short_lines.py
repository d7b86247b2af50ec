"""Lines of a bounded length: a long one is passed over, and one without an end is refused."""

from io import BytesIO
from pathlib import Path

import pytest

from studytool.cli import input_file
from studytool.errors import ExchangeError


def test_a_long_line_is_passed_over_and_one_without_an_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(input_file, "MOST_LINE_BYTES", 2**20)
    given = BytesIO(b"a\n" + b"b" * 1000 + b"\nc\n" + b"\0" * 2**22)
    lines = input_file.short_lines(given, Path("file"), 99)
    assert [next(lines), next(lines), next(lines)] == [b"a\n", None, b"c\n"]
    with pytest.raises(ExchangeError, match=r"^file:4: this line does not end within 1 MB"):
        next(lines)
    assert given.tell() < 2**21  # it was not read to its end

"""The text of ``studytool item list``: what a terminal of 80 columns shows of it."""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from studytool.clock import MACHINE_CLOCK
from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.session.items import ItemRow, read_rows
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from studytool.wording.items import row_cells, rows_text
from tests.cases import first_quick
from tests.review_log.deeds import set_flag, set_suspended
from tests.review_log.drafts import draft

XAVIER = "deep-learning-notes/xavier-variance"
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A leech that is suspended and flagged, among items that are new."""
    save_settings(tmp_path, Settings(language="en", leech_lapses=2))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    ratings = (Rating.EASY, Rating.AGAIN, Rating.EASY, Rating.AGAIN, Rating.EASY)
    for number, rating in enumerate(ratings):
        desk.log.append_review(draft(XAVIER, rating, NOW - (50 - 10 * number) * DAY))
    set_suspended(desk.log, XAVIER, True, NOW)
    set_flag(desk.log, XAVIER, True, NOW)
    desk.close()
    return tmp_path


def _rows(home: Path) -> list[ItemRow]:
    desk = Desk.open(home, MACHINE_CLOCK)
    try:
        return read_rows(desk, NOW)
    finally:
        desk.close()


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_in_80_columns_all_but_the_name_s_beginning_is_visible(
    home: Path, language: Language
) -> None:
    rows = _rows(home)
    lines = rows_text(rows, language, MACHINE_CLOCK, width=80)
    assert len(lines) == 2 * (len(rows) + 1)
    assert max(map(cell_len, lines)) <= 80
    assert not any(line.endswith("…") for line in lines)
    for row, name, numbers in zip(rows, lines[2::2], lines[3::2], strict=True):
        *values, state, kind, concept = row_cells(row, language, MACHINE_CLOCK)
        assert name.split("  ")[0].lstrip("…") in row.item
        assert all(text in name for text in (state, concept))
        assert numbers.endswith(kind)
        assert numbers.removesuffix(kind).split() == " ".join(values[1:]).split()


def test_where_it_fits_an_item_is_one_line(home: Path) -> None:
    rows = _rows(home)
    whole = rows_text(rows, "en", MACHINE_CLOCK)
    widest = max(map(cell_len, whole))
    assert rows_text(rows, "en", MACHINE_CLOCK, width=widest) == whole
    assert len(rows_text(rows, "en", MACHINE_CLOCK, width=widest - 1)) == 2 * len(whole)


def test_a_name_too_long_loses_its_beginning_not_its_state(home: Path) -> None:
    [row] = (row for row in _rows(home) if row.item == XAVIER)
    long = replace(row, item="a-long-name-of-a-pack-that-somebody-made/" + "x" * 40)
    name = rows_text([long], "en", MACHINE_CLOCK, width=80)[2]
    assert name.startswith("…")
    assert "x" * 40 in name
    assert "suspended, ⚑ flagged, leech" in name
    assert str(long.concept) in name


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_a_terminal_of_80_columns_shows_every_title(home: Path, language: Language) -> None:
    pexpect = pytest.importorskip("pexpect", reason="there is no pseudo-terminal on Windows")
    save_settings(home, Settings(language=language))
    child = pexpect.spawn(
        sys.executable, ["-m", "studytool", "item", "list"], encoding="utf-8",
        env={**os.environ, "STUDYTOOL_HOME": str(home)}, timeout=60, dimensions=(24, 80),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    lines = child.before.splitlines()
    assert max(map(cell_len, lines)) <= 80
    titles = {
        "ko": "문항 상태 개념 단계 다음 복습 안정도(일) 기억 확률 잊음 복습 수 종류",
        "en": "item state concept stage due stability recall lapses reviews kind",
    }
    assert " ".join(lines[0].split() + lines[1].split()) == titles[language]

"""What items, concepts and misconceptions are called, over every item of the bundled pack."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.language import LANGUAGES, Language
from studytool.packs.choices import Choice
from studytool.packs.items import Numeric
from studytool.quiz import slips
from studytool.session.desk import Desk
from studytool.session.record_names import read_names
from studytool.session.records import read_records
from studytool.stats.figures import Group, Share
from studytool.wording.records_words import name_slip
from tests.cases import first_quick
from tests.stats.sample_log import CARD, GONE, NUMERIC, install_sample, write_answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BUNDLED = "deep-learning-notes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, MACHINE_CLOCK)
    yield opened
    opened.close()


def _groups(*names: str) -> list[Group]:
    share = Share(0.5, 0.1, 0.9, 2)
    return [Group(name, 2, share, share, 1.0) for name in names]


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_every_bundled_item_has_a_name_on_one_line(desk: Desk, language: Language) -> None:
    items = [one.item for one in desk.library.listed(BUNDLED)]
    records = read_records(desk, NOW)
    names = read_names(desk.library, records, language, of_items=_groups(*items))
    assert list(names.items) == sorted(items)
    for text in (*names.items.values(), *names.feedback.values(), *names.concepts.values()):
        assert text
        assert not {"\n", "{", "$", "`"} & set(text)
    for name in items:
        item = desk.library.item(name)
        if isinstance(item, Numeric):
            assert all(names.feedback[name, wrong.id] for wrong in item.misconceptions)
        elif isinstance(item, Choice):
            assert all(names.feedback[name, option.id] for option in item.options)


def test_what_varies_or_is_blank_is_left_open(desk: Desk, tmp_path: Path) -> None:
    install_sample(desk, tmp_path / "sample")
    names = read_names(
        desk.library, read_records(desk, NOW), "ko", of_items=_groups(NUMERIC, CARD, GONE)
    )
    assert names.items == {NUMERIC: "…개, …", CARD: "앞면"}  # of what is gone there is no name
    assert names.feedback == {(NUMERIC, "single"): "하나"}
    assert names.concepts["scale"] == "규모"


def test_the_hardest_items_and_those_with_misconceptions_are_named(
    desk: Desk, tmp_path: Path
) -> None:
    install_sample(desk, tmp_path / "sample")
    write_answers(desk, NOW)
    names = read_names(desk.library, read_records(desk, NOW), "en")
    assert names.items == {NUMERIC: "… of …", CARD: "Front"}
    assert names.feedback == {(NUMERIC, "single"): "One"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_has_a_name(language: Language) -> None:
    for slip in {slips.DEGREES_ID, *(slip.id for slip in slips._SLIPS)}:
        assert name_slip(slip, language) != slip
    unnamed = name_slip("forward-only", language)
    assert "forward-only" in unnamed
    assert unnamed != "forward-only"  # an author's id alone is no word of the learner's

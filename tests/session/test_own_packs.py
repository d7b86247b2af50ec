"""Packs of other subjects, with units and without, of every kind of item, studied to their end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.packs.reader import load_pack, read_pack
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    RecallKey,
    is_simulated,
)
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.variant import Variant
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from tests.cases import first_quick

PACKS = Path(__file__).parent.parent / "packs/own"
FOLDERS = [PACKS / "physics-primer", PACKS / "statistics-first", PACKS / "sampling-day"]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_check_finds_nothing(folder: Path) -> None:
    report = read_pack(folder)
    assert report.diagnostics == ()
    assert report.pack is not None
    assert len(report.pack.items) >= 9


def _typed_key(variant: Variant) -> str:
    """Return what a learner who knows the answer types, with the unit as it is shown."""
    match variant.key:
        case NumberKey(text=text, unit=unit):
            return f"{text} {unit or ''}"
        case OptionKey(options=options, right=right):
            places = [place for place, one in enumerate(options, 1) if one.id in right]
            return " ".join(map(str, places))
        case OrderKey(things=things, right=wanted):
            ids = [thing.id for thing in things]  # any order where the simulation shows it
            return " ".join(str(ids.index(one) + 1) for one in wanted or ids)
        case BlankKey() as key:
            return key.text
        case PredictionKey() | AxisKey():
            return "1"
        case RecallKey():
            return ""


@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
@pytest.mark.parametrize("folder", first_quick(FOLDERS), ids=lambda folder: folder.name)
def test_a_sitting_marks_every_key_right(folder: Path, language: Language, tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    pack = load_pack(folder)
    desk.library.install(pack, folder)
    desk.register_packs()
    desk.choose_language(language)
    sitting = Sitting(desk, Scope((pack.id,)))
    asked: set[str] = set()
    now = NOW
    while len(asked) < len(pack.items):
        now += timedelta(days=1)  # siblings wait for the next day
        while (question := sitting.start_next(now)) is not None:
            asked.add(question.id)
            key, typed = question.variant.key, _typed_key(question.variant)
            mark = sitting.submit(typed) if typed else sitting.reveal()
            assert isinstance(mark, Mark), (question.id, mark)
            is_known = typed and not is_simulated(key)
            assert not is_known or mark.outcome is Outcome.RIGHT, (question.id, mark)
            assert mark.key_text
            assert question.variant.solution
            sitting.rate(Rating.EASY, now)
        assert now < NOW + timedelta(days=30)
    desk.close()

"""Several packs, and an exam about one: what is promised in the morning is asked, in that order."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.bundled_pack import bundled_folders
from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.session.agenda_walk import exams_ahead, read_agenda
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.exams import set_exam
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.rating import Rating
from tests.session.learner import PlainCard, write_cards

START, DAY = datetime(2026, 3, 2, 12, tzinfo=UTC), timedelta(days=1)
BOTH = Scope(("one", "two"))
CARDS = 12


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Yield a desk of two packs of cards about x, y and z, of which some rest on one claim."""
    with closing(Desk.open(tmp_path / "home", MACHINE_CLOCK)) as desk:
        for bundled in bundled_folders():
            desk.log.register(bundled, [])  # their items are none of this
        for pack in BOTH.packs:
            cards = [
                PlainCard(f"{pack}{n:02}", "xyz"[n % 3], f"{pack}-{n - 3 * (n in {3, 9})}", f"{n}")
                for n in range(CARDS)
            ]
            folder = write_cards(tmp_path / pack, cards, {"y": ["x"]})
            read = load_pack(folder)
            desk.library.install(read, folder)
            listed = [(one.item, one.concept, one.position) for one in desk.library.listed(pack)]
            desk.log.register(pack, listed, digest=read.digest)
        yield desk


def _study(desk: Desk, now: datetime) -> list[str]:
    """Answer all that is asked, the counts held against the log after each; return the items."""
    asked: list[str] = []
    sitting, morning = Sitting(desk, BOTH), [*read_agenda(desk, now, BOTH).new]
    while (question := sitting.start_next(now)) is not None:
        asked.append(question.id)
        sitting.reveal()
        sitting.rate(Rating.EASY, now)
        left = [*read_agenda(desk, now, BOTH).new]
        assert left == [item for item in morning if item not in asked]
    return asked


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "settings"),
    [
        ("two", {"new_per_day": 3, "new_mix": "before"}),
        ("two/y", {"new_per_day": 1, "gate_new": True, "bury_siblings": True}),  # and its x
        ("two/z", {"new_per_day": 4, "new_mix": "mixed", "interleave": True}),
        ("one", {"new_per_day": 2, "reviews_per_day": 2, "bury_siblings": True}),
        ("two", {"new_per_day": 0}),  # the exam begins none either
    ],
)
def test_promised_is_asked_with_an_exam_about_one_of_two_packs(
    desk: Desk, target: str, settings: dict[str, object]
) -> None:
    plain = Settings(bury_siblings=False, gate_new=False, interleave=False)
    desk.settings = replace(plain, **settings)  # type: ignore[arg-type] # by name
    first, days = desk.log.day_of(START), 7
    set_exam(desk, first + days, (target,), START, minutes=2)
    for now in (START + day * DAY for day in range(days + 2)):
        agenda, due = read_agenda(desk, now, BOTH), list_due(desk, now, BOTH)
        overview, new = read_overview(desk, now), [*agenda.new]
        assert (overview.due, overview.new) == (len(agenda.reviews), len(new))
        assert (due.total.due, due.total.new) == (len(agenda.reviews), len(new))
        wanted = sum(exam.new_today for exam in exams_ahead(desk, now))
        of_exam = [item for item in new if item.startswith(target.partition("/")[0])]
        assert of_exam[:wanted] == new[:wanted]  # what the exam wants comes first
        asked = _study(desk, now)
        assert sorted(asked) == sorted([*agenda.reviews, *new])
        if not desk.settings.interleave:
            assert [item for item in asked if item in agenda.new] == new
    rows = {row.item for row in desk.log.exam_rows(BOTH.packs) if row.first_day is not None}
    pack, _, concept = target.partition("/")
    in_exam = {
        one.item for one in desk.library.listed(pack) if one.concept == (concept or one.concept)
    }
    assert in_exam <= rows if desk.settings.new_per_day else not rows  # begun in time

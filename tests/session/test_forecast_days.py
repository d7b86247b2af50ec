"""A forecast of many days without uncertainty, against the agendas of those days, lived one by one."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from studytool.forecast.simulation import simulate
from studytool.forecast.start import Sessions, Start
from studytool.review_log.exam_items import SECONDS_AN_ANSWER
from studytool.session.agenda_walk import read_agenda
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.exams import set_exam
from studytool.session.forecast_input import read_forecast_input
from studytool.session.scope import Scope
from studytool.settings import Settings
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.forecast.starts import luck_of
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

DAYS = 16
SMALL = Scope(("small",))
BEGINS = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""A Tuesday."""
NO_STEPS = "learning_steps_minutes = []\nrelearning_steps_minutes = []\n"


@pytest.mark.parametrize(
    ("settings", "exam", "break_days"),
    [
        (Settings(), None, None),
        (
            Settings(),
            None,
            (10, 3),
        ),  # reviews fall due in the break, and come on the days behind it
        (Settings(bury_siblings=False, gate_new=False), 11, None),  # an exam decides from day 5 on
        (Settings(), 11, None),  # with siblings and prerequisites
        (Settings(), 16, (10, 3)),  # a break before, which puts reviews off
        (Settings(reviews_per_day=3, new_per_day=2), 9, None),  # limits of the day
        (Settings(easy_days=(1, 1, 0, 1, 1, 0, 0)), 12, (4, 3)),  # days moved by easy days too
        (Settings(order="relative-overdue", reviews_per_day=4), 20, (2, 1)),  # beyond the days
    ],
)
def test_a_forecast_without_uncertainty_keeps_the_agendas_of_the_days(
    tmp_path: Path, settings: Settings, exam: int | None, break_days: tuple[int, int] | None
) -> None:
    with closing(_desk_of_cards(tmp_path, settings)) as desk:
        today = desk.log.day_of(BEGINS)
        if exam is not None:
            set_exam(desk, today + exam, ["small"], BEGINS, minutes=1)
        if break_days is not None:
            set_break(desk, today + break_days[0], break_days[1], BEGINS)
        start = read_forecast_input(desk, BEGINS, packs=("small",), days=DAYS).start
        foreseen = _sure_answers(start)
        assert foreseen == [_live_a_day(desk, day) for day in range(DAYS)]


def test_of_two_exams_the_next_one_has_its_items_first(tmp_path: Path) -> None:
    with closing(_desk_of_cards(tmp_path, Settings(bury_siblings=False))) as desk:
        today = desk.log.day_of(BEGINS)
        set_exam(desk, today + 9, ["small/y"], BEGINS, minutes=1)
        set_exam(desk, today + 13, ["small"], BEGINS, minutes=2)
        start = read_forecast_input(desk, BEGINS, packs=("small",), days=DAYS).start
        foreseen = _sure_answers(start)
        assert foreseen != _sure_answers(replace(start, exams=start.exams[1:]))
        assert foreseen == [_live_a_day(desk, day) for day in range(DAYS)]


def test_without_exam_or_break_the_days_would_be_others(tmp_path: Path) -> None:
    """The control: what the days are compared with would show a forecast that left them out."""
    with closing(_desk_of_cards(tmp_path, Settings())) as desk:
        today = desk.log.day_of(BEGINS)
        set_exam(desk, today + 12, ["small"], BEGINS, minutes=1)
        start = read_forecast_input(desk, BEGINS, packs=("small",), days=DAYS).start
        without_exam = replace(start, exams=())
        assert _sure_answers(start) != _sure_answers(without_exam)
        set_break(desk, today + 10, 3, BEGINS)
        broken = read_forecast_input(desk, BEGINS, packs=("small",), days=DAYS).start
        broken = replace(broken, exams=())
        in_place = replace(broken, rules=broken.rules.putting_off([0] * DAYS))
        in_place = replace(in_place, backlog=without_exam.backlog)
        assert _sure_answers(broken) != _sure_answers(in_place)


def _desk_of_cards(folder: Path, settings: Settings) -> Desk:
    """Open a desk of 24 cards, of which 16 were learned; some claims have two, and y needs x."""
    claims = {0: "a", 1: "a", 4: "b", 18: "b"}
    cards = [(f"i{n:02}", "xy"[n % 3 == 2], claims.get(n, "")) for n in range(24)]
    (folder / "home").mkdir()
    easy_days = f"easy_days = {list(settings.easy_days)}\n" if settings.easy_days else ""
    (folder / "home" / "settings.toml").write_text(NO_STEPS + easy_days, "utf-8")  # read on opening
    desk = desk_with(folder, cards, requires={"y": ["x"]})
    desk.settings = replace(settings, learning_steps_minutes=(), relearning_steps_minutes=())
    for n in range(16):
        for ago in (9 + n % 5, 4 + n % 3):
            _answer(desk, f"small/i{n:02}", BEGINS - timedelta(days=ago, minutes=-n))
    return desk


def _answer(desk: Desk, item: str, time: datetime) -> None:
    """Recall an item, in as many seconds as an exam reckons before anything is known."""
    written = replace(draft(item, Rating.GOOD, time), duration_ms=round(1000 * SECONDS_AN_ANSWER))
    desk.log.append_review(written)


def _sure_answers(start: Start) -> list[int]:
    """Return the answers of each day of who does all that is asked and recalls everything."""
    always_good = np.broadcast_to([0.0, 0.0, 1.0, 1.0], (2, 5, 4))  # cumulative
    luck = replace(luck_of(start, draws=2), level=np.array([[500.0, 0.0]] * 2), shares=always_good)
    noon_ms = to_ms(BEGINS) - start.sessions.study_day.start_ms(int(start.sessions.days[0]))
    sessions = Sessions.ahead(
        len(start.sessions),
        now_ms=to_ms(BEGINS),
        study_day=start.sessions.study_day,
        session_ms=noon_ms,
    )
    found = simulate(replace(start, sessions=sessions), luck).answers
    assert np.array_equal(found[0], found[1])
    answers: list[int] = found[0].tolist()
    return answers


def _live_a_day(desk: Desk, day: int) -> int:
    """Do all that the agenda of a day asks, unless it lies in a break."""
    now = BEGINS + timedelta(days=day)
    if desk.log.day_of(now) in desk.log.days_off():
        return 0
    agenda = read_agenda(desk, now, SMALL)
    for n, item in enumerate([*agenda.reviews, *agenda.new]):
        _answer(desk, item, now + timedelta(seconds=n))
    return len(agenda.reviews) + len(agenda.new)

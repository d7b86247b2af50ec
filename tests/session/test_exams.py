"""Exams ahead: kept in the log, paced, promised = asked, and said in both languages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.review_log.events import MoreNew, SettingChange
from studytool.session.agenda import LeftOver
from studytool.session.agenda_walk import exams_ahead, read_agenda
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.exam import Exam, count_begun
from studytool.session.exams import read_exams, remove_exam, set_exam
from studytool.session.missed import read_missed
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.exam_plan import SETTLING_DAYS
from studytool.srs.rating import Rating
from studytool.wording.due import due_text
from studytool.wording.exam import exam_line, exam_lines, missed_text
from tests.review_log.deeds import bury_item, set_suspended, take_vacation
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Settings(bury_siblings=False, gate_new=False, interleave=False, language="en")
SMALL = Scope(("small",))
SLUGS = [f"i{n:02}" for n in range(24)]

Make = Callable[..., Desk]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[Desk] = []

    def made(known: int, *, name: str = "one", **settings: object) -> Desk:
        """Open a desk of 24 cards, half about x, half about y; the first were learned some days ago."""
        items = [(slug, "xy"[n % 2], "") for n, slug in enumerate(SLUGS)]
        desk = desk_with(tmp_path / name, items, requires={"y": ["x"]})
        desk.settings = replace(PLAIN, **settings)  # type: ignore[arg-type] # by name
        opened.append(desk)
        for n, slug in enumerate(SLUGS[:known]):
            for ago in (9 + n % 5, 4 + n % 3):
                time = NOW - ago * DAY + n * timedelta(minutes=1)
                desk.log.append_review(draft(f"small/{slug}", Rating.EASY, time))
        return desk

    yield made
    for desk in opened:
        desk.close()


def _set(desk: Desk, days: int, *targets: str, minutes: int = 20) -> Exam:
    return set_exam(desk, desk.log.day_of(NOW) + days, targets, NOW, minutes=minutes)


def _asked(desk: Desk, now: datetime, *, rating: Rating = Rating.EASY, each: bool = False) -> int:
    """Answer all that a sitting asks; with ``each``, hold every count against a fresh walk."""
    sitting, n = Sitting(desk, SMALL), 0
    while sitting.start_next(now) is not None:
        sitting.reveal()
        sitting.rate(rating, now)
        n += 1
        if each:
            kept = read_agenda(desk, now, SMALL)
            desk.agendas = type(desk.agendas)()
            assert read_agenda(desk, now, SMALL) == kept
    return n


# --- kept in the log ------------------------------------------------------------------------------


def test_an_exam_is_an_event_that_other_devices_follow(make: Make) -> None:
    desk, other = make(0), make(0, name="two")
    exam = _set(desk, 12, "y", minutes=7)
    assert exam == Exam(desk.log.day_of(NOW) + 12, ("small/y",), 7)
    other.log.absorb(list(desk.log.events()))
    assert read_exams(other.log) == read_exams(desk.log) == [exam]
    assert exams_ahead(other, NOW) == exams_ahead(desk, NOW)
    remove_exam(other, None, NOW)
    desk.log.absorb(list(other.log.events()))
    assert read_exams(desk.log) == []


def test_another_exam_on_that_day_takes_its_place_and_one_on_another_stands_beside(
    make: Make,
) -> None:
    desk = make(0)
    _set(desk, 12, "x")
    later, sooner = _set(desk, 12), _set(desk, 3, "small", "small/y", "y")
    assert read_exams(desk.log) == [sooner, later]
    assert sooner.targets == ("small", "small/y")
    assert read_exams(desk.log, since=sooner.day + 1) == [later]


@pytest.mark.parametrize(
    ("days", "targets", "said"),
    [
        (0, (), "an exam must be on a day from 2026-11-25 to"),
        (-1, (), "an exam must be on a day from 2026-11-25 to"),
        (3651, (), "an exam must be on a day from"),
        (10**9, (), "an exam must be on a day from"),
        (3, ("smal",), "no pack or concept named 'smal'. Did you mean 'small'?"),
        (3, ("small/z",), "no pack or concept named 'small/z'."),
    ],
)
def test_what_is_no_exam_is_refused(
    make: Make, days: int, targets: tuple[str, ...], said: str
) -> None:
    desk = make(0)
    with pytest.raises(StudytoolError) as refused:
        _set(desk, days, *targets)
    assert said in refused.value.text("en")
    assert read_exams(desk.log) == []


def test_which_exam_is_removed_must_be_clear(make: Make) -> None:
    desk = make(0)
    with pytest.raises(StudytoolError, match="no exam is set"):
        remove_exam(desk, None, NOW)
    first, second = _set(desk, 3), _set(desk, 4)
    with pytest.raises(
        StudytoolError, match="several exams; name the date: studytool exam --remove 2026-11-27"
    ):
        remove_exam(desk, None, NOW)
    with pytest.raises(StudytoolError, match="no exam named '2026-11-29'"):
        remove_exam(desk, first.day + 2, NOW)
    assert remove_exam(desk, first.day, NOW) == first
    assert remove_exam(desk, None, NOW) == second


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exam.2026-12-01", ""),
        ("exam.2026-12-01", "soon"),
        ("exam.2026-12-01", "0"),
        ("exam.2026-12-01", "99999 small"),
        ("exam.2026-12-01", 20.0),
        ("exam.2026-12-01", (1.0, 2.0)),
        ("exam.soon", "20"),
    ],
)
def test_what_a_newer_version_wrote_is_left_alone(make: Make, name: str, value: object) -> None:
    desk = make(0)
    desk.log.append(SettingChange, NOW, name=name, value=value)
    assert read_exams(desk.log) == []


# --- the agenda -----------------------------------------------------------------------------------


def test_without_an_exam_ahead_nothing_changes(make: Make) -> None:
    desk = make(12)
    before = read_agenda(desk, NOW, SMALL)
    _set(desk, 1)
    remove_exam(desk, None, NOW)
    assert read_agenda(desk, NOW, SMALL) == before
    _set(desk, 1)
    on_the_day = NOW + DAY
    plan = [exam.reviews for exam in exams_ahead(desk, on_the_day)]
    assert plan == [()]  # the day itself has no plan
    assert exams_ahead(desk, on_the_day + DAY) == ()


def test_the_day_before_what_gains_is_asked_though_it_is_not_due(make: Make) -> None:
    desk = make(12, new_per_day=0)
    assert read_overview(desk, NOW).due == 0
    _set(desk, 1)
    [exam] = exams_ahead(desk, NOW)
    due = list_due(desk, NOW, SMALL)
    assert len(exam.reviews) == 12
    assert [one.item for one in exam.reviews] == list(due.items)
    assert _asked(desk, NOW, each=True) == read_overview(desk, NOW).reviewed_today == 12
    assert read_agenda(desk, NOW, SMALL).reviews == {}


@pytest.mark.slow
@pytest.mark.parametrize("rating", [Rating.EASY, Rating.GOOD, Rating.HARD])
def test_what_is_promised_is_asked_on_each_day_to_the_exam(make: Make, rating: Rating) -> None:
    desk = make(24, new_per_day=0)
    _set(desk, 5, minutes=2)  # of 15 s: 8 reviews a day, 24 in the last three
    for days in range(5):
        now = NOW + days * DAY
        promised, answered = len(list_due(desk, now, SMALL).items), _asked(desk, now, rating=rating)
        assert promised == answered


def test_the_next_review_is_that_of_the_exam_where_nothing_is_due_before(make: Make) -> None:
    desk = make(12, new_per_day=0)
    before = read_overview(desk, NOW).next_due
    _set(desk, 3, "x")
    eve = desk.log.days.start(desk.log.day_of(NOW) + 2)
    assert before is not None
    assert before > eve
    assert read_overview(desk, NOW).next_due == list_due(desk, NOW, SMALL).following == eve
    assert list_due(desk, NOW, Scope(("small",), "y")).following == before


def test_what_is_due_and_waits_for_the_exam_is_counted(make: Make) -> None:
    desk = make(24, new_per_day=0)
    later = NOW + 400 * DAY  # all are due
    assert len(read_agenda(desk, later, SMALL).reviews) == 24
    set_exam(desk, desk.log.day_of(later) + 3, (), later, minutes=2)
    agenda = read_agenda(desk, later, SMALL)
    assert (len(agenda.reviews), agenda.left) == (8, LeftOver(for_exam=16))
    assert "Left for tomorrow: 16 for a day nearer the exam." in due_text(
        list_due(desk, later, SMALL), "en", desk.clock
    )
    assert read_overview(desk, later).forecast[:2] == (8, 16)


def test_the_learner_keeps_the_last_word(make: Make) -> None:
    """Limits, suspension, burying and a sitting's scope hold for what an exam wants too."""
    desk = make(12, new_per_day=0)
    _set(desk, 1, "small")
    set_suspended(desk.log, "small/i00", True, NOW)
    bury_item(desk.log, "small/i01", NOW + DAY, NOW)
    assert not {"small/i00", "small/i01"} & set(read_agenda(desk, NOW, SMALL).reviews)
    assert exams_ahead(desk, NOW)[0].items == 23  # the one that is buried comes back
    of_y = read_agenda(desk, NOW, Scope(("small",), "y")).reviews.values()
    assert {one.concept for one in of_y} == {"y"}
    desk.settings = replace(desk.settings, reviews_per_day=3)
    agenda = read_agenda(desk, NOW, SMALL)
    assert (len(agenda.reviews), agenda.left.over_limit) == (3, 7)


def test_a_leech_that_is_put_away_on_the_way_makes_no_room_for_another(make: Make) -> None:
    desk = make(12, new_per_day=0, leech_lapses=1)
    _set(desk, 1, "small", minutes=1)
    promised = list(read_agenda(desk, NOW, SMALL).reviews)
    assert 0 < len(promised) < 12
    sitting = Sitting(desk, SMALL)
    first = sitting.start_next(NOW)
    assert first is not None
    sitting.reveal()
    sitting.rate(Rating.AGAIN, NOW)
    assert sitting.leech is not None
    left = [item for item in promised if item != first.id]
    assert list(read_agenda(desk, NOW, SMALL).reviews) == left


# --- breaks and easy days -------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1, 2, 3])
def test_nothing_of_an_exam_falls_into_a_break(make: Make, first: int) -> None:
    """Of two days among the five before the exam; all is asked beside them, as promised."""
    desk = make(16)
    _set(desk, 5, "small", minutes=2)  # of 15 s: 8 reviews a day
    today = desk.log.day_of(NOW)
    off = range(today + first, today + first + 2)
    if first:
        set_break(desk, off.start, len(off), NOW)
    else:
        take_vacation(desk.log, 2, NOW, offset_minutes=0)
    begun = 0
    for days in range(5):
        now = NOW + days * DAY
        due = list_due(desk, now, SMALL)
        [exam] = exams_ahead(desk, now)
        assert {day for _, _, day in exam.later}.isdisjoint(off)
        if today + days in off:
            assert (due.total.due, due.total.new, exam.new_today) == (0, 0, 0)
            assert due.left.in_break == exam.unbegun
            assert due.following is None or desk.log.day_of(due.following) not in off
        begun += due.total.new
        sitting, names = Sitting(desk, SMALL), set[str]()
        while (question := sitting.start_next(now)) is not None:
            names.add(question.id)
            sitting.reveal()
            sitting.rate(Rating.EASY, now)
        assert len(names) == due.total.due + due.total.learning + due.total.new
    assert begun == 8  # all, in the days beside the break


def test_a_break_that_runs_says_what_comes_after_it(make: Make) -> None:
    desk = make(0)
    take_vacation(desk.log, 3, NOW, offset_minutes=0)
    due = list_due(desk, NOW, SMALL)
    assert (due.total.new, due.left) == (0, LeftOver(in_break=24))
    assert due.following == desk.log.days.start(desk.log.day_of(NOW) + 3)
    said = due_text(due, "en", desk.clock)
    assert "New items that wait for the end of the break: 24" in said
    assert list_due(desk, NOW + 3 * DAY, SMALL).total.new == 20
    desk.log.undo(NOW)
    assert list_due(desk, NOW, SMALL).total.new == 20
    assert read_overview(desk, NOW).left.in_break == 0


def test_more_new_items_are_begun_in_a_break_for_who_asks(make: Make) -> None:
    desk = make(0)
    take_vacation(desk.log, 3, NOW, offset_minutes=0)
    desk.log.append(MoreNew, NOW, more=4)
    assert (list_due(desk, NOW, SMALL).total.new, _asked(desk, NOW)) == (4, 4)


def test_where_all_days_before_an_exam_are_off_it_says_so(make: Make) -> None:
    desk = make(12)
    _set(desk, 3, "small")
    take_vacation(desk.log, 9, NOW, offset_minutes=0)
    [exam] = exams_ahead(desk, NOW)
    assert (exam.paces, exam.reviews, exam.later, exam.unbegun) == ((0, 0, 0), (), (), 12)
    assert exam.expected < 0.5  # what is never begun is not recalled
    assert "if the new ones go well" not in exam_line(exam, "en")
    assert "since all days before it are off: 12" in "\n".join(exam_lines([exam], [0], "en"))
    assert "모두 쉬는 날이라 시작하지 않습니다" in "\n".join(exam_lines([exam], [0], "ko"))
    [exam] = exams_ahead(desk, NOW + 3 * DAY)
    assert "if the new ones go well" not in exam_line(exam, "en")  # on the day itself


def test_a_weekly_day_off_has_no_review_for_the_exam_and_begins_nothing(make: Make) -> None:
    desk = make(16, easy_days=(1, 0))  # Tuesdays, as NOW is
    _set(desk, 3, "small", minutes=2)
    [exam] = exams_ahead(desk, NOW)
    assert (exam.reviews, exam.new_today) == ((), 0)
    assert {day for _, _, day in exam.later} <= {desk.log.day_of(NOW) + n for n in (1, 2)}


# --- new items ------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("gate", "target", "in_all"),
    [
        (False, ("small",), 24),  # everything
        (False, ("y",), 12),   # one concept
        (True, ("y",), 24),    # and what it requires
    ],
)  # fmt: skip
def test_new_items_are_begun_in_time(
    make: Make,
    gate: bool,  # noqa: FBT001 - a column
    target: tuple[str, ...],
    in_all: int,
) -> None:
    desk = make(0, new_per_day=1, gate_new=gate)
    _set(desk, 9, *target)
    for days in range(9):
        now = NOW + days * DAY
        new = len(read_agenda(desk, now, SMALL).new)
        assert new >= 1 or days >= 9 - SETTLING_DAYS  # never fewer than without the exam
        _asked(desk, now, each=True)
    begun = [row for row in desk.log.exam_rows(["small"]) if row.first_day is not None]
    first = desk.log.day_of(NOW)
    wanted = [row for row in begun if gate or target == ("small",) or row.concept in target]
    assert len(wanted) == in_all
    last = max(row.first_day - first for row in wanted if row.first_day is not None)
    assert last < 9 - SETTLING_DAYS


def test_where_no_new_items_are_wanted_an_exam_begins_none(make: Make) -> None:
    desk = make(12, new_per_day=0)
    _set(desk, 12, "small")
    assert read_agenda(desk, NOW, SMALL).new == {}
    [exam] = exams_ahead(desk, NOW)
    assert (exam.unbegun, exam.new_today, exam.items) == (12, 0, 24)
    assert exam.expected < 0.5  # what is never begun is not recalled
    assert "since new_per_day is 0: 12" in "\n".join(exam_lines([exam], [0], "en"))


# --- in words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "% expected if the new ones go well (24"), ("ko", ": 새 문항을 잘 익히면 ")],
)
def test_what_supposes_that_new_items_go_well_says_so(
    make: Make, language: Language, said: str
) -> None:
    desk = make(12)
    _set(desk, 12, "small")
    [exam] = exams_ahead(desk, NOW)
    assert said in exam_line(exam, language)
    desk.settings = replace(desk.settings, new_per_day=0)
    [exam] = exams_ahead(desk, NOW)  # counts none of them
    assert said not in exam_line(exam, language)


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        (12, "en", "exam in 12 days: 100% expected (12 items)"),
        (1, "en", "exam tomorrow: 100% expected (12 items)"),
        (12, "ko", "시험까지 12일: 100%를 기억할 것으로 예상(12문항)"),
        (1, "ko", "시험이 내일: 100%를 기억할 것으로 예상(12문항)"),
    ],
)
def test_home_and_due_say_what_is_expected(
    make: Make, days: int, language: Language, said: str
) -> None:
    desk = make(24)
    _set(desk, days, "x")
    [exam] = read_overview(desk, NOW).exams
    assert exam_line(exam, language) == said
    assert said in due_text(list_due(desk, NOW, SMALL), language, desk.clock)


def test_an_exam_about_nothing_is_said(make: Make) -> None:
    desk = make(0)
    _set(desk, 3, "small")
    desk.log.register("small", [])
    [exam] = exams_ahead(desk, NOW)
    assert exam_line(exam, "en") == "exam on 2026-11-27: there is no item in it."


def test_exams_are_listed(make: Make) -> None:
    desk = make(12)
    lists: Sequence[str] = list(exam_lines(exams_ahead(desk, NOW), [], "en"))
    assert lists == ["no exam is set; to set one: studytool exam DATE"]
    _set(desk, 13, "y", minutes=5)
    about, _, today = exam_lines(exams_ahead(desk, NOW), [1], "en")
    assert about == "2026-12-07, small/y, 5 minutes of reviews a day"
    assert today == "  today: 0 reviews for it, 1 new items (of 6 not begun yet)"


@pytest.mark.parametrize("gate_new", [False, True])
def test_an_exam_says_how_many_new_items_the_day_begins_for_it(make: Make, gate_new: bool) -> None:  # noqa: FBT001 - a row's value
    desk = make(0, gate_new=gate_new, learning_steps_minutes=(1.0, 60.0), new_per_day=2)
    _set(desk, 2, "x")
    _set(desk, 3, "y")
    exams, agenda = exams_ahead(desk, NOW), read_agenda(desk, NOW, SMALL)
    begun = count_begun(exams, agenda.new.values())
    assert sum(begun) == len(agenda.new) > 2
    lines = "\n".join(exam_lines(exams, begun, "en"))
    for exam, new in zip(exams, begun, strict=True):
        assert f"{new} new items (of {exam.unbegun}" in lines
    assert ("prerequisites and siblings admit fewer" in lines) == gate_new  # y waits for x
    assert ("먼저 알아야 할 개념" in "\n".join(exam_lines(exams, begun, "ko"))) == gate_new


# --- what was missed ------------------------------------------------------------------------------


def test_what_was_missed_of_the_exam_is_read_through_the_worst_first(make: Make) -> None:
    desk = make(0)
    for slug, ago, rating in (
        ("i00", 3, Rating.AGAIN),
        ("i01", 3, Rating.AGAIN),   # y: not in the exam
        ("i02", 9, Rating.AGAIN),
        ("i02", 3, Rating.AGAIN),   # twice
        ("i04", 99, Rating.AGAIN),  # long ago
        ("i06", 3, Rating.HARD),    # recalled
        ("i08", 3, Rating.AGAIN),   # taken back
    ):  # fmt: skip
        desk.log.append_review(draft(f"small/{slug}", rating, NOW - ago * DAY))
    desk.log.undo(NOW)
    assert [one.variant.item[-3:] for one in read_missed(desk, NOW)] == ["i02", "i00", "i01"]
    _set(desk, 3, "x")
    missed = read_missed(desk, NOW)
    assert [(one.variant.item, one.days) for one in missed] == [("small/i02", 2), ("small/i00", 1)]
    said = missed_text([(one, "Back") for one in missed], "en")
    assert "small/i02  (missed on 2 days)" in said
    assert said.endswith("small/i00  (missed once)\n\nFront\n\nanswer: Back")
    assert missed_text([], "ko") == "지난 30일 동안 틀린 것이 없습니다."

"""One agenda behind every number: what is promised, what is left and why, and what comes next."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.language import LANGUAGES
from studytool.review_log.events import MoreNew
from studytool.review_log.log import ReviewLog
from studytool.session.agenda import LeftOver
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.overview import read_overview
from studytool.session.plan_day import plan_day
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.rating import Rating
from studytool.wording.due import due_text
from studytool.wording.summary import summary_lines
from tests.cases import first_row_quick
from tests.review_log.deeds import bury_item, set_suspended
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Settings(bury_siblings=False, gate_new=False, interleave=False, language="en")
SMALL = Scope(("small",))

Make = Callable[..., Desk]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[Desk] = []

    def made(items: Sequence[tuple[str, str, str]], settings: Settings, due: int = 0) -> Desk:
        """Open a desk of these items; the first ``due`` were reviewed 60 days ago."""
        desk = desk_with(tmp_path, items)
        desk.settings = settings
        opened.append(desk)
        for number, (slug, _, _) in enumerate(items[:due]):
            time = NOW - 60 * DAY + number * timedelta(minutes=1)
            desk.log.append_review(draft(f"small/{slug}", Rating.EASY, time))
        return desk

    yield made
    for desk in opened:
        desk.close()


def _cards(*slugs: str, claim: str = "") -> list[tuple[str, str, str]]:
    return [(slug, "x", claim) for slug in slugs]


def _sit(desk: Desk, scope: Scope = SMALL, *, most: int = 99) -> Sitting:
    """Sit and find everything easy, up to ``most`` answers."""
    sitting = Sitting(desk, scope)
    for _ in range(most):
        if sitting.start_next(NOW) is None:
            break
        sitting.reveal()
        sitting.rate(Rating.EASY, NOW)
    return sitting


def _asked(desk: Desk, scope: Scope = SMALL) -> list[str]:
    """Name what a sitting asks, everything easy."""
    sitting, asked = Sitting(desk, scope), list[str]()
    while (question := sitting.start_next(NOW)) is not None:
        asked.append(question.id.removeprefix("small/"))
        sitting.reveal()
        sitting.rate(Rating.EASY, NOW)
    return asked


def _shown(sitting: Sitting) -> str:
    return " ".join(summary_lines(sitting.summary(NOW), "en"))


# --- what is promised (findings 8, 9, 10, 11) -----------------------------------------------------


def test_of_six_siblings_due_one_is_promised_and_the_others_come_tomorrow(make: Make) -> None:
    desk = make(_cards(*"abcdef", claim="k"), replace(PLAIN, bury_siblings=True), 6)
    due = list_due(desk, NOW, SMALL)
    assert (due.total.due, len(due.items), due.left) == (1, 1, LeftOver(siblings=5))
    sitting = _sit(desk)
    summary = sitting.summary(NOW)
    assert (summary.answered, summary.left, summary.still_due) == (1, LeftOver(siblings=5), 0)
    assert summary.next_due == plan_day(desk, NOW).ends  # not in 42 days
    assert "Left for tomorrow: 5 on a claim already asked." in _shown(sitting)


@pytest.mark.parametrize(
    ("limits", "due", "left", "words"),
    first_row_quick(
        [
            ({"reviews_per_day": 3}, 8, LeftOver(over_limit=5), "5 due over the limit"),
            ({"new_per_day": 3}, 0, LeftOver(new_over_limit=5), "5 new over the limit"),
        ]
    ),
)
def test_a_limit_reached_is_no_end(
    make: Make, limits: dict[str, Any], due: int, left: LeftOver, words: str
) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, **limits), due)
    sitting = _sit(desk)
    summary = sitting.summary(NOW)
    assert (summary.answered, summary.left) == (3, left)
    assert summary.next_due == plan_day(desk, NOW).ends
    assert f"The day's limit is reached. Left for tomorrow: {words}." in _shown(sitting)
    assert "Nothing is due" not in _shown(Sitting(desk, SMALL)) or not due


@pytest.mark.parametrize("hours", [0, 8, 17, 23.9])
def test_home_and_summary_count_days_as_the_rating_keys_do(make: Make, hours: float) -> None:
    """An item found easy in the evening comes in as many days as its key said, not one fewer."""
    desk = make(_cards("a"), PLAIN)
    now = desk.log.days.start(desk.log.day_of(NOW)) + timedelta(hours=hours)
    sitting = Sitting(desk, SMALL)
    question = sitting.start_next(now)
    assert question is not None
    promised = desk.log.preview(question.id, now)[Rating.EASY]
    sitting.reveal()
    sitting.rate(Rating.EASY, now)
    assert sitting.summary(now).next_in == promised
    assert promised.days > 1
    assert f"Next due: in {promised.days}d" in " ".join(summary_lines(sitting.summary(now), "en"))
    due = list_due(desk, now, SMALL)
    assert desk.until(due.following, now) == promised


def test_where_no_new_items_are_wanted_none_are_left_for_tomorrow(make: Make) -> None:
    summary = _sit(make(_cards(*"ab"), replace(PLAIN, new_per_day=0))).summary(NOW)
    assert (summary.left, summary.next_due) == (LeftOver(), None)


def test_nothing_new_is_left_for_tomorrow_before_todays_share_was_asked(make: Make) -> None:
    desk = make(_cards(*"abcdefgh", claim="k"), replace(PLAIN, new_per_day=3, bury_siblings=True))
    assert list_due(desk, NOW, SMALL).left == LeftOver(new_siblings=7)
    assert "Left for tomorrow" not in due_text(list_due(desk, NOW, SMALL), "en", MACHINE_CLOCK)
    assert "Left for tomorrow: 7 on a claim already asked." in _shown(_sit(desk))


def test_who_leaves_at_the_first_question_is_told_what_is_there(make: Make) -> None:
    desk = make(_cards(*"abc"), PLAIN, 1)
    sitting = Sitting(desk, SMALL)
    sitting.start_next(NOW)
    shown = _shown(sitting)
    assert "Nothing is due" not in shown
    assert "Still due now: 1." in shown
    assert "New items left for today: 2." in shown


def test_what_is_gated_is_counted(tmp_path: Path) -> None:
    desk = desk_with(
        tmp_path / "gated",
        [("a", "first", "k"), ("a2", "first", "k"), ("a3", "first", ""), ("b", "second", "")],
        requires={"second": ["first"]},
    )  # fmt: skip
    desk.settings = replace(PLAIN, gate_new=True, bury_siblings=True)
    bury_item(desk.log, "small/a3", NOW + DAY, NOW)
    assert read_agenda(desk, NOW, SMALL).left == LeftOver(new_siblings=1, gated=1)
    _sit(desk)
    assert "wait for their prerequisites: 1" in due_text(
        list_due(desk, NOW, SMALL), "en", MACHINE_CLOCK
    )
    desk.close()


# --- more new items, for a day --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "packs", "new", "left"),
    [
        ({"new_per_day": 2}, (), 5, 3),
        ({"new_per_day": 0}, (), 3, 0),  # tomorrow none again
        ({"packs": {"small": {"new_per_day": 1}}}, (), 4, 4),
        ({"packs": {"small": {"new_per_day": 0}}}, (), 0, 0),  # it is to have none
        ({"packs": {"small": {"new_per_day": 0}}}, ("small",), 3, 0),
        ({"packs": {"small": {"new_per_day": 1}}}, ("other",), 1, 7),
        ({"new_per_day": 9999}, (), 8, 0),
    ],
)
def test_more_new_items_are_promised_for_the_day_alone(
    make: Make, limits: dict[str, Any], packs: tuple[str, ...], new: int, left: int
) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, **limits))
    desk.log.append(MoreNew, NOW, more=3, packs=packs)
    agenda = read_agenda(desk, NOW, SMALL)
    assert (len(agenda.new), agenda.left.new_over_limit) == (new, left)
    assert list_due(desk, NOW, SMALL).total.new == new
    assert {pack.id: pack.new for pack in read_overview(desk, NOW).packs}["small"] == new
    tomorrow = replace(PLAIN, **limits)
    assert len(read_agenda(desk, NOW + DAY, SMALL).new) == min(
        8, tomorrow.of_pack("small").get("new_per_day", tomorrow.new_per_day)
    )


def test_two_devices_agree_on_more_new_items_and_undo_takes_them_back(
    make: Make, tmp_path: Path
) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, new_per_day=1))
    desk.log.append(MoreNew, NOW, more=2)
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append(MoreNew, NOW, more=3)
        desk.log.absorb(other.events())
        other.absorb(desk.log.events())
        days = [log.raised_on(log.day_of(NOW)) for log in (desk.log, other)]
        assert [sorted(one.more for one in raised) for raised in days] == [[2, 3], [2, 3]]
    assert len(read_agenda(desk, NOW, SMALL).new) == 6
    desk.log.undo(NOW)
    assert len(read_agenda(desk, NOW, SMALL).new) == 4


# --- several packs --------------------------------------------------------------------------------


def test_packs_share_the_limit_of_new_items_in_turn(make: Make) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, new_per_day=6))
    due = list_due(desk, NOW, Scope())
    assert [pack.new for pack in due.packs] == [2, 2, 2]  # two that are bundled, and small
    assert due.total.new == read_overview(desk, NOW).new == 6
    assert [pack.new for pack in read_overview(desk, NOW).packs] == [6, 6, 6]  # of each alone
    _sit(desk, most=2)  # two of small alone: the turn is with the others
    assert [pack.new for pack in list_due(desk, NOW, Scope()).packs] == [2, 0, 2]
    for language in LANGUAGES:
        text = due_text(list_due(desk, NOW, Scope()), language, MACHINE_CLOCK)
        assert {"ko": "모두: 복습 0", "en": "all: due 0"}[language] in text


def test_a_pack_has_limits_and_an_order_of_its_own(make: Make) -> None:
    own = {"small": {"new_per_day": 1, "reviews_per_day": 2, "order": "retrievability"}}
    desk = make(_cards(*"abcdef"), replace(PLAIN, packs=own), 4)
    desk.log.append_review(draft("small/d", Rating.GOOD, NOW - 50 * DAY))  # remembered best
    agenda = read_agenda(desk, NOW, Scope())
    assert next(iter(agenda.reviews)) == "small/d"
    assert (agenda.reviews_by_pack()["small"], agenda.new_by_pack()["small"]) == (2, 1)
    assert len(agenda.new) == 20
    assert agenda.left.over_limit == 2
    _sit(desk, most=3)
    assert read_agenda(desk, NOW, SMALL).reviews == read_agenda(desk, NOW, SMALL).new == {}


# --- order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mix", "asked"),
    first_row_quick([("after", "rrrrnnnn"), ("before", "nnnnrrrr"), ("mixed", "rnrnrnrn")]),
)
def test_new_items_come_after_the_reviews_before_them_or_between(
    make: Make, mix: str, asked: str
) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, new_mix=mix), 4)  # type: ignore[arg-type] # one of the three
    assert "".join("r" if slug in "abcd" else "n" for slug in _asked(desk)) == asked


def test_a_few_reviews_are_spread_over_many_new_items(make: Make) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, new_mix="mixed"), 2)
    kinds = ["r" if slug in "ab" else "n" for slug in _asked(desk)]
    assert "".join(kinds) == "rnnnrnnn"


# --- the agenda follows ---------------------------------------------------------------------------


@pytest.mark.slow
def test_an_answer_takes_its_item_off_and_undo_brings_it_back(make: Make) -> None:
    desk = make(_cards(*"abc"), PLAIN, 3)
    before = read_agenda(desk, NOW, SMALL)
    sitting = _sit(desk, most=1)
    after = read_agenda(desk, NOW, SMALL)
    assert list(after.reviews) == ["small/b", "small/c"]
    assert read_agenda(desk, NOW, SMALL) is after  # not walked again
    sitting.undo(NOW)
    assert read_agenda(desk, NOW, SMALL) == before


def test_what_another_program_does_is_seen(make: Make) -> None:
    desk = make(_cards(*"abc"), PLAIN, 3)
    assert len(read_agenda(desk, NOW, SMALL).reviews) == 3
    other = Desk.open(desk.home, MACHINE_CLOCK)
    set_suspended(other.log, "small/b", True, NOW)
    other.close()
    assert list(read_agenda(desk, NOW, SMALL).reviews) == ["small/a", "small/c"]


def test_the_forecast_begins_with_what_is_asked_and_left(make: Make) -> None:
    desk = make(_cards(*"abcdefgh"), replace(PLAIN, reviews_per_day=3), 8)
    today, tomorrow, *_ = read_overview(desk, NOW).forecast
    assert (today, tomorrow) == (3, 5)

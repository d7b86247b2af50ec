"""A sitting over the real library and log: asking, marking, rating, undo, restart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK, local_offset_minutes
from studytool.errors import NotFoundError, StateError
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.key import NumberKey
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import MOST_FAILURES, Sitting
from studytool.settings import load_settings
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.days import day_start
from tests.review_log.queue import flagged_items, suspended_items

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, MACHINE_CLOCK)
    yield opened
    opened.close()


def _answer(sitting: Sitting, rating: Rating = Rating.GOOD, now: datetime = NOW) -> None:
    sitting.reveal()
    sitting.rate(rating, now)


def test_the_first_run_installs_the_bundled_packs(desk: Desk) -> None:
    overview = read_overview(desk, NOW)
    assert [pack.id for pack in overview.packs] == ["deep-learning-notes", "statistics-primer"]
    assert overview.new == 20  # today's limit of new items
    for pack in overview.packs:
        assert (pack.due, pack.learning) == (0, 0)
        assert 0 < pack.new <= 20
        assert pack.items >= 30


def test_a_whole_sitting_is_kept(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(limit=5))
    asked: list[str] = []
    while (question := sitting.start_next(NOW)) is not None:
        asked.append(question.id)
        _answer(sitting, now=NOW + timedelta(seconds=len(asked)))
    assert len(set(asked)) == 5
    assert [review.item for review in desk.log.last_reviews()] == asked[::-1]
    assert read_overview(desk, NOW).reviewed_today == 5
    assert sitting.summary(NOW).answered == 5


def test_what_cannot_be_read_is_asked_again_and_not_logged(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    question = sitting.start_next(NOW)
    assert question is not None
    assert isinstance(question.variant.key, NumberKey)
    assert isinstance(sitting.submit("1,000"), Ambiguous)
    assert sitting.mark is None
    assert desk.log.last_reviews() == []
    marked = sitting.submit(repr(question.variant.key.value))
    assert isinstance(marked, Mark)
    assert (marked.outcome, marked.suggested) == (Outcome.RIGHT, Rating.GOOD)


def test_an_empty_line_takes_the_likelier_of_two_readings(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    sitting.start_next(NOW)
    assert isinstance(sitting.submit(""), Unreadable)  # nothing was asked yet
    assert isinstance(sitting.submit("1,000"), Ambiguous)
    assert isinstance(sitting.submit("x y z"), Unreadable)
    assert isinstance(sitting.submit(" "), Unreadable)  # no longer what is asked
    asked = sitting.submit("1,000")
    assert isinstance(asked, Ambiguous)
    marked = sitting.submit("")
    assert isinstance(marked, Mark)
    assert sitting.question is not None
    assert sitting.question.typed == asked.likelier == "1000"


def test_a_key_that_was_shown_is_logged_as_that_and_forgotten(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    sitting.start_next(NOW)
    marked = sitting.reveal()
    assert (marked.outcome, marked.suggested) == (Outcome.SHOWN, Rating.AGAIN)
    sitting.rate(marked.suggested, NOW)
    [review] = desk.log.last_reviews()
    assert (review.outcome, review.answer, review.rating) == (Outcome.SHOWN, "", Rating.AGAIN)
    summary = sitting.summary(NOW)
    assert (summary.answered, summary.right, summary.wrong, summary.shown) == (1, 0, 0, 1)


def test_a_hint_lowers_the_suggestion(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    question = sitting.start_next(NOW)
    assert question is not None
    assert isinstance(question.variant.key, NumberKey)
    assert sitting.hint() == question.variant.hints[0]
    marked = sitting.submit(repr(question.variant.key.value))
    assert isinstance(marked, Mark)
    assert marked.suggested is Rating.HARD


def test_undo_asks_the_same_question_again_also_after_a_restart(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    sitting = Sitting(desk, Scope(concept="xavier"))
    first = sitting.start_next(NOW)
    _answer(sitting, Rating.AGAIN)
    desk.close()
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    sitting = Sitting(desk, Scope())
    sitting.start_next(NOW)
    assert sitting.undo(NOW + timedelta(minutes=1))
    assert sitting.question == first  # the same numbers too
    assert not sitting.undo(NOW + timedelta(minutes=2))
    assert read_overview(desk, NOW).reviewed_today == 0
    desk.close()


def test_redo_gives_back_what_undo_took(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(limit=3))
    for _ in range(2):
        sitting.start_next(NOW)
        _answer(sitting, Rating.AGAIN)
    done, summary = desk.log.last_reviews(), sitting.summary(NOW)
    assert sitting.redo(NOW) is False
    sitting.undo(NOW)
    sitting.undo(NOW)
    assert sitting.progress(NOW).answered == 0
    assert sitting.redo(NOW) is True
    assert sitting.redo(NOW) is True
    assert sitting.question is None
    assert desk.log.last_reviews() == done
    assert sitting.summary(NOW) == summary


def test_redo_of_another_sittings_review_does_not_count_in_this_one(desk: Desk) -> None:
    before = Sitting(desk, Scope())
    before.start_next(NOW)
    _answer(before)
    sitting = Sitting(desk, Scope())
    sitting.undo(NOW)
    assert sitting.redo(NOW) is True
    assert sitting.progress(NOW).answered == 0
    assert read_overview(desk, NOW).reviewed_today == 1


def test_a_suspended_item_is_passed_over_and_undo_asks_it_again(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    first = sitting.start_next(NOW)
    assert first is not None
    sitting.suspend(NOW)
    assert (sitting.question, suspended_items(desk.log)) == (None, [first.id])
    second = sitting.start_next(NOW)
    assert second is not None
    assert second.id != first.id
    assert sitting.undo(NOW)
    assert sitting.question == first
    assert suspended_items(desk.log) == []
    assert sitting.progress(NOW).answered == 0


def test_a_buried_item_comes_back_when_the_next_study_day_begins(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    first = sitting.start_next(NOW)
    assert first is not None
    sitting.bury(NOW)
    second = sitting.start_next(NOW)
    assert second is not None
    assert second.id != first.id
    dawn = day_start(
        NOW, start_hour=desk.settings.day_start_hour, offset_at=local_offset_minutes, days=1
    )
    again = Sitting(desk, Scope(concept="xavier"))
    for now, asked in ((dawn - timedelta(minutes=1), second.id), (dawn, first.id)):
        question = again.start_next(now)
        assert question is not None
        assert question.id == asked


def test_a_flag_stays_until_it_is_taken_away(desk: Desk) -> None:
    sitting = Sitting(desk, Scope())
    question = sitting.start_next(NOW)
    assert question is not None
    assert sitting.is_flagged() is False
    assert sitting.toggle_flag(NOW) is True
    assert (sitting.is_flagged(), sitting.question) == (True, question)
    assert flagged_items(desk.log) == [question.id]
    assert sitting.toggle_flag(NOW) is False
    assert flagged_items(desk.log) == []
    sitting.undo(NOW)
    assert flagged_items(desk.log) == [question.id]


def test_a_review_draws_new_numbers(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier", limit=40))
    drawn: dict[str, list[dict[str, float]]] = {}
    now = NOW
    for _ in range(30):
        question = sitting.start_next(now)
        if question is None:
            break
        if question.variant.kind == "numeric":
            drawn.setdefault(question.id, []).append(question.variant.parameters)
        _answer(sitting, Rating.AGAIN, now)
        now += timedelta(minutes=2)
    assert max(map(len, drawn.values())) == MOST_FAILURES  # missed again and again
    for sets in drawn.values():
        assert all(one != other for one, other in pairwise(sets))


@pytest.mark.slow
def test_missed_items_come_back_in_the_same_sitting_between_others(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="elastic-net", limit=10))
    asked = []
    for minute in range(0, 6, 2):
        question = sitting.start_next(NOW + minute * timedelta(minutes=1))
        assert question is not None
        asked.append(question.id)
        _answer(sitting, Rating.AGAIN, NOW + minute * timedelta(minutes=1))
    assert asked[0] == asked[2] != asked[1]


@pytest.mark.parametrize("undone", first_quick([False, True]))
def test_an_item_missed_too_often_is_left_for_the_next_sitting(desk: Desk, undone: bool) -> None:  # noqa: FBT001 - a row
    desk.settings = replace(desk.settings, new_per_day=1)
    scope = Scope(concept="elastic-net")
    sitting = Sitting(desk, scope)
    for _ in range(MOST_FAILURES):  # as it is alone it comes back at once, ahead of its step
        assert sitting.start_next(NOW) is not None
        _answer(sitting, Rating.AGAIN)
    assert sitting.summary(NOW).held == 1
    assert sitting.start_next(NOW) is None
    if undone:
        assert sitting.undo(NOW)
        _answer(sitting, Rating.GOOD)
        assert sitting.summary(NOW).held == 0
        assert sitting.start_next(NOW) is not None
    assert Sitting(desk, scope).start_next(NOW) is not None


def test_the_limit_of_new_items_a_day_holds_across_sittings(desk: Desk) -> None:
    for _ in range(20):
        sitting = Sitting(desk, Scope(limit=1))
        assert sitting.start_next(NOW) is not None
        _answer(sitting, Rating.EASY)
    assert Sitting(desk, Scope()).start_next(NOW) is None
    assert Sitting(desk, Scope()).start_next(NOW + timedelta(days=1)) is not None


def test_switching_the_language_retells_the_question(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    korean = sitting.start_next(NOW)
    desk.choose_language("en")
    english = sitting.retell()
    assert korean is not None
    assert english is not None
    assert (korean.variant.parameters, korean.variant.language) == (
        english.variant.parameters,
        "ko",
    )
    assert english.variant.language == "en"
    assert english.variant.prompt != korean.variant.prompt


def test_the_badge_shows_the_evidence_and_the_notes(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    sitting.start_next(NOW)
    badge = sitting.badge()
    assert badge.verdict == "holds"
    assert badge.measured is not None
    assert badge.measured.estimate == pytest.approx(badge.measured.predicted, rel=0.02)
    assert (badge.notes_line, badge.notes_standing) == (133, "corrected")
    assert "Glorot" in (badge.cited or "")


@pytest.mark.parametrize(
    ("packs", "concept", "message"),
    [
        (["deep-learning-note"], None, "Did you mean 'deep-learning-notes'?"),
        ([], "xaver", "Did you mean 'xavier'?"),
    ],
)
def test_an_unknown_name_names_the_nearest(
    desk: Desk, packs: list[str], concept: str | None, message: str
) -> None:
    with pytest.raises(NotFoundError) as error:
        Sitting(desk, Scope(tuple(packs), concept=concept))
    assert message in str(error.value)


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="STUDYTOOL_HOME"):
        Desk.open(tmp_path / "file" / "home", MACHINE_CLOCK)


def test_a_damaged_library_is_made_again_and_the_reviews_stay(tmp_path: Path) -> None:
    with closing(Desk.open(tmp_path, MACHINE_CLOCK)) as desk:
        sitting = Sitting(desk, Scope(limit=1))
        sitting.start_next(NOW)
        sitting.reveal()
        sitting.rate(Rating.GOOD, NOW)
    (tmp_path / "library.db").write_bytes(b"not a database at all, and long enough" * 100)
    with closing(Desk.open(tmp_path, MACHINE_CLOCK)) as desk:
        assert read_overview(desk, NOW).packs[0].items > 40
        assert read_overview(desk, NOW).reviewed_today == 1


def test_a_changed_pack_keeps_progress(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    sitting = Sitting(desk, Scope(limit=1))
    sitting.start_next(NOW)
    _answer(sitting)
    desk.library.remove("deep-learning-notes")
    desk.close()
    desk = Desk.open(tmp_path, MACHINE_CLOCK)  # installs it again
    assert len(desk.log.last_reviews()) == 1
    assert read_overview(desk, NOW).packs[0].new == 19
    desk.close()


@pytest.mark.slow
def test_opening_for_home_imports_nothing_slow(tmp_path: Path) -> None:
    Desk.open(tmp_path, MACHINE_CLOCK).close()
    program = (
        "import sys\nfrom pathlib import Path\nfrom datetime import datetime, UTC\n"
        "from studytool.clock import MACHINE_CLOCK\n"
        "from studytool.session.desk import Desk\n"
        "from studytool.session.overview import read_overview\n"
        f"desk = Desk.open(Path({str(tmp_path)!r}), MACHINE_CLOCK)\n"
        "read_overview(desk, datetime(2026, 11, 24, tzinfo=UTC))\n"
        "slow = 'numpy pydantic yaml textual textual_plot pylatexenc'.split()\n"
        "print([name for name in slow if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=os.environ
    )
    assert result.stdout.strip() == "[]"


def test_confidence_is_asked_of_answers_only_and_kept_with_the_review(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    sitting = Sitting(desk, Scope(concept="xavier"))
    question = sitting.start_next(NOW)
    assert question is not None
    assert isinstance(question.variant.key, NumberKey)
    sitting.reveal()
    assert not sitting.asks_confidence()  # nothing was answered
    sitting.retell()
    sitting.submit(repr(question.variant.key.value))
    assert sitting.asks_confidence()
    sitting.state_confidence(0.75)
    assert not sitting.asks_confidence()
    sitting.rate(Rating.GOOD, NOW)
    assert [review.confidence for review in desk.log.last_reviews()] == [0.75]


def test_without_the_setting_confidence_is_not_asked(desk: Desk) -> None:
    sitting = Sitting(desk, Scope(concept="xavier"))
    question = sitting.start_next(NOW)
    assert question is not None
    assert isinstance(question.variant.key, NumberKey)
    sitting.submit(repr(question.variant.key.value))
    assert not sitting.asks_confidence()
    sitting.rate(Rating.GOOD, NOW)
    assert [review.confidence for review in desk.log.last_reviews()] == [None]


def test_the_language_is_saved_alone(tmp_path: Path) -> None:
    """What another program set meanwhile stays."""
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    (tmp_path / "settings.toml").write_text("desired_retention = 0.85\n", "utf-8")
    desk.choose_language("en")
    desk.close()
    saved = load_settings(tmp_path)
    assert (saved.language, saved.desired_retention) == ("en", 0.85)


def test_an_answer_taken_back_by_giving_up_is_not_logged(desk: Desk) -> None:
    desk.settings = replace(desk.settings, ask_confidence=True)
    sitting = Sitting(desk, Scope(concept="xavier"))
    question = sitting.start_next(NOW)
    assert question is not None
    sitting.submit("12345")
    sitting.state_confidence(0.95)
    sitting.retell()
    sitting.reveal()
    sitting.rate(Rating.AGAIN, NOW)
    [review] = desk.log.last_reviews()
    assert (review.answer, review.confidence) == ("", None)

"""A cram asks everything, weakest first, until it is known, and writes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from studytool.errors import NotFoundError
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = desk_with(tmp_path, [(slug, "x", "") for slug in ("a", "b", "c", "d")])
    opened.log.append_review(draft("small/b", Rating.EASY, NOW - 1 * DAY))
    opened.log.append_review(draft("small/c", Rating.EASY, NOW - 90 * DAY))
    set_suspended(opened.log, "small/d", True, NOW)
    yield opened
    opened.close()


def _state(desk: Desk) -> object:
    return [list(desk.log.events()), [desk.log.state(f"small/{slug}") for slug in "abcd"]]


def _rate(cram: Cram, rating: Rating) -> str | None:
    """Rate the question in view and name the next one."""
    cram.reveal()
    cram.rate(rating, NOW)
    following = cram.start_next(NOW)
    return None if following is None else following.id


def test_everything_but_the_suspended_weakest_first_new_last(desk: Desk) -> None:
    cram = Cram(desk, Scope(("small",)), NOW)
    first = cram.start_next(NOW)
    assert first is not None
    asked = [first.id, *(_rate(cram, Rating.GOOD) for _ in range(3))]
    assert asked == ["small/c", "small/b", "small/a", None]


def test_what_is_not_known_comes_back_and_nothing_is_written(desk: Desk) -> None:
    before = _state(desk)
    cram = Cram(desk, Scope(("small",)), NOW)
    assert cram.start_next(NOW) is not None
    ratings = [Rating.AGAIN, Rating.GOOD, Rating.HARD, Rating.AGAIN, Rating.EASY]
    asked = [_rate(cram, rating) for rating in ratings]
    assert asked == ["small/b", "small/a", "small/c", "small/c", None]
    summary = cram.summary(NOW)
    assert (summary.answered, summary.wrong, summary.kept) == (5, 2, False)
    assert _state(desk) == before


def test_undo_goes_back_a_question_and_leaves_the_log_alone(desk: Desk) -> None:
    before = _state(desk)
    cram = Cram(desk, Scope(("small",)), NOW)
    first = cram.start_next(NOW)
    assert first is not None
    assert not cram.undo(NOW)
    _rate(cram, Rating.AGAIN)
    _rate(cram, Rating.GOOD)
    assert cram.undo(NOW)
    assert cram.undo(NOW)
    assert cram.question is not None
    assert cram.question.id == first.id
    assert (cram.progress(NOW).answered, cram.progress(NOW).due) == (0, 3)
    assert _state(desk) == before


def test_limit_and_concept(desk: Desk) -> None:
    cram = Cram(desk, Scope(concept="x", limit=1), NOW)
    assert cram.start_next(NOW) is not None
    assert _rate(cram, Rating.GOOD) is None
    with pytest.raises(NotFoundError):
        Cram(desk, Scope(("smal",)), NOW)


def test_a_question_draws_other_numbers_than_the_last_time(desk: Desk) -> None:
    cram = Cram(desk, Scope(concept="xavier"), NOW)
    drawn = []
    for _ in range(6):
        question = cram.start_next(NOW)
        assert question is not None
        while question.id != "deep-learning-notes/xavier-variance":
            _rate(cram, Rating.GOOD)
            question = cram.question
            assert question is not None
        drawn.append(question.variant.parameters)
        _rate(cram, Rating.AGAIN)
    assert all(before != after for before, after in pairwise(drawn))


# --- a restart -------------------------------------------------------------------------------------


def _again(desk: Desk, now: datetime = NOW, *, anew: bool = False) -> Cram:
    """Begin the cram as another program would."""
    return Cram(desk, Scope(("small",)), now, anew=anew)


def _place_of(cram: Cram) -> tuple[int, int, int]:
    summary = cram.summary(NOW)
    return summary.answered, summary.wrong, cram.progress(NOW).due


def test_a_cram_goes_on_where_it_was_left_off(desk: Desk) -> None:
    cram = _again(desk)
    assert cram.start_next(NOW) is not None
    assert _rate(cram, Rating.AGAIN) == "small/b"
    assert _rate(cram, Rating.GOOD) == "small/a"
    again = _again(desk)  # nothing was ended: as after kill -9
    assert _place_of(again) == _place_of(cram) == (2, 1, 2)
    question = again.start_next(NOW)
    assert question is not None
    assert question.id == "small/a"
    assert _rate(again, Rating.GOOD) == "small/c"
    assert again.undo(NOW)
    assert again.undo(NOW)  # back past the restart
    assert again.question is not None
    assert again.question.id == "small/b"
    assert _place_of(_again(desk)) == (1, 1, 3)


@pytest.mark.parametrize(
    ("days", "anew", "place"),
    [
        (1, False, (1, 0, 2)),
        (2, False, (0, 0, 3)),  # too long ago
        (0, True, (0, 0, 3)),
    ],
)
def test_a_cram_begins_anew_after_a_day_or_when_asked(
    desk: Desk, *, days: int, anew: bool, place: tuple[int, int, int]
) -> None:
    cram = _again(desk)
    assert cram.start_next(NOW) is not None
    _rate(cram, Rating.GOOD)
    assert _place_of(_again(desk, NOW + days * DAY, anew=anew)) == place
    assert _place_of(Cram(desk, Scope(concept="x"), NOW)) == (0, 0, 3)  # another cram


def test_a_finished_cram_begins_anew_and_what_was_suspended_is_left_out(desk: Desk) -> None:
    cram = _again(desk)
    assert cram.start_next(NOW) is not None
    _rate(cram, Rating.GOOD)
    set_suspended(desk.log, "small/b", True, NOW)
    again = _again(desk)
    assert _place_of(again) == (1, 0, 1)
    assert again.start_next(NOW) is not None
    assert _rate(again, Rating.GOOD) is None
    assert _place_of(_again(desk)) == (0, 0, 2)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"format": 1, "crams": 3}', '{"format": 2, "crams": {}}']
)
def test_a_damaged_place_is_no_place(desk: Desk, kept: str) -> None:
    (desk.home / "cram.json").write_text(kept, "utf-8")
    cram = _again(desk)
    assert cram.start_next(NOW) is not None
    assert _rate(cram, Rating.GOOD) is not None
    assert _place_of(_again(desk)) == (1, 0, 2)


def test_a_cram_goes_on_where_its_place_cannot_be_kept(desk: Desk) -> None:
    (desk.home / "cram.json").mkdir()
    cram = _again(desk)
    assert cram.start_next(NOW) is not None
    assert _rate(cram, Rating.GOOD) is not None
    assert _place_of(cram) == (1, 0, 2)

"""Custom study asks exactly what it says, records it as any review, and counts truly."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import fsrs
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from studytool.clock import MACHINE_CLOCK
from studytool.errors import NotFoundError, SearchError, StudytoolError
from studytool.language import LANGUAGES
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import MoreNew
from studytool.session.agenda_walk import read_agenda
from studytool.session.custom_study import ANY, CustomStudy, begin_study, count_items
from studytool.session.desk import Desk
from studytool.session.policy import policy_of
from studytool.session.records import read_records
from studytool.session.scope import Scope
from studytool.session.study_session import StudySession
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from studytool.wording.study import progress_line
from studytool.wording.summary import summary_lines
from tests.review_log.deeds import bury_item, set_suspended
from tests.review_log.drafts import draft
from tests.rows import all_rows
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SMALL = Scope(("small",))
PLAIN = Settings(
    bury_siblings=True, gate_new=True, interleave=False, spread_load=False, new_per_day=3,
    reviews_per_day=1, language="en",
)  # fmt: skip
"""Limits, siblings and prerequisites that would keep most items from a day."""


ITEMS = [(slug, "x", "k") for slug in "abcdef"] + [(f"n{n}", "y", "") for n in range(5)]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's home with a to f, all on one claim, and new ones that wait for their concept."""
    desk = desk_with(tmp_path_factory.mktemp("custom"), ITEMS, requires={"y": ["x"]})
    desk.log.adopt_policy(policy_of(PLAIN))
    desk.close()
    save_settings(desk.home, PLAIN)
    return desk.home


@contextmanager
def _copied(home: Path) -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        shutil.copytree(home, Path(folder) / "home")
        desk = Desk.open(Path(folder) / "home", MACHINE_CLOCK)
        yield desk
        desk.close()


@pytest.fixture
def desk(untouched: Path) -> Iterator[Desk]:
    """A desk of which a fell due long ago, and b falls due tomorrow, c in 3 days, d in 7.

    e was forgotten 3 days ago and is due; f was forgotten today, and is in a step. Both showed
    misconceptions.
    """
    with _copied(untouched) as desk:
        for slug, ago in (("a", 60), ("b", 7), ("c", 5), ("d", 1)):
            at = NOW - ago * DAY - MINUTE
            desk.log.append_review(draft(f"small/{slug}", Rating.EASY, at))
        _miss(desk, "e", 3, "sign")
        desk.log.append_review(draft("small/e", Rating.EASY, NOW - 3 * DAY + 20 * MINUTE))
        _miss(desk, "f", 0, "factor")
        yield desk


def _miss(desk: Desk, slug: str, days: int, misconception: str) -> None:
    missed = draft(f"small/{slug}", Rating.AGAIN, NOW - days * DAY - MINUTE)
    desk.log.append_review(replace(missed, outcome=Outcome.WRONG, misconception=misconception))


def _begin(desk: Desk, custom: CustomStudy, scope: Scope = SMALL) -> StudySession:
    return begin_study(desk, scope, custom, NOW)


def _asked(session: StudySession, *, most: int = 99) -> str:
    """Name what a session asks, everything easy; its counts say each time how many are left."""
    asked: list[str] = []
    while (question := session.start_next(NOW)) is not None and len(asked) < most:
        left = session.progress(NOW)
        asked.append(question.id.removeprefix("small/"))
        session.reveal()
        session.rate(Rating.EASY, NOW)
        after = session.progress(NOW)
        assert after.answered == left.answered + 1
        if left.is_picked or not session.writes:  # else the last answer may open a concept
            assert left.due + left.learning - 1 == after.due + after.learning
    return " ".join(asked)


# --- each by itself -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("custom", "asked"),
    [
        (CustomStudy(ahead_days=1), "f a e b"),  # the step, then by day; neither limit nor sibling
        (CustomStudy(ahead_days=3), "f a e b c"),
        (CustomStudy(ahead_days=7), "f a e b c d"),
        (CustomStudy(forgotten_days=1), "f"),
        (CustomStudy(forgotten_days=3), "f"),
        (CustomStudy(forgotten_days=4), "f e"),
        (CustomStudy(misconception=ANY), "f"),  # e was answered right since
        (CustomStudy(misconception="factor"), "f"),
        (
            CustomStudy(search="item:a or item:b or item:f"),
            "f",
        ),  # what is due of them: a is a sibling
        (CustomStudy(search="item:n*"), "n0 n1"),  # new ones, up to the limit
        (CustomStudy(more_new=2), "f n0 n1 n2 n3"),  # f opens what waits for its concept
        # together
        (CustomStudy(ahead_days=8, search="item:b or item:d or item:n0"), "b d"),
        (CustomStudy(forgotten_days=4, misconception=ANY), "f"),
        (CustomStudy(forgotten_days=4, search="item:e"), "e"),
        (CustomStudy(more_new=2, search="item:n*"), "n0 n1 n2 n3"),
        (CustomStudy(forgotten_days=4, search="item:a"), ""),
        (CustomStudy(cram=True, forgotten_days=4), "e f"),
        (CustomStudy(cram=True, search="item:n*"), "n0 n1 n2 n3 n4"),
        (CustomStudy(cram=True, misconception=ANY), "f"),
    ],
)
def test_what_is_asked(desk: Desk, custom: CustomStudy, asked: str) -> None:
    if custom.picks and not custom.cram:
        assert count_items(desk, SMALL, custom, NOW) == len(asked.split())
    assert _asked(_begin(desk, custom)) == asked


def test_one_concept_and_a_number_of_questions(desk: Desk) -> None:
    ahead = CustomStudy(ahead_days=8)
    assert _asked(_begin(desk, ahead, Scope(concept="y"))) == ""
    session = _begin(desk, ahead, Scope(("small",), "x", limit=2))
    assert session.start_next(NOW) is not None
    assert session.progress(NOW).due == 2
    assert len(_asked(session).split()) == 2


# --- recorded -------------------------------------------------------------------------------------


def test_an_early_review_counts_the_days_that_passed_against_fsrs(desk: Desk) -> None:
    assert _asked(_begin(desk, CustomStudy(ahead_days=3, search="item:c"))) == "c"
    assert desk.log.last_reviews(limit=1)[0].item == "small/c"
    oracle = fsrs.Scheduler(learning_steps=(), enable_fuzzing=False)
    card = fsrs.Card()
    for at in (NOW - 5 * DAY, NOW):  # three days before it was due
        card, _ = oracle.review_card(card, fsrs.Rating.Easy, at)
    memory = desk.log.state("small/c")
    assert memory.stability == pytest.approx(card.stability, rel=1e-9)
    assert memory.due_day == desk.log.day_of(NOW) + (card.due - NOW).days


def test_undo_brings_an_item_back_and_what_is_put_away_is_not_asked(desk: Desk) -> None:
    session = _begin(desk, CustomStudy(ahead_days=8))
    assert _asked(session, most=2) == "f a"
    assert session.progress(NOW).due == 4
    assert session.undo(NOW)
    assert session.progress(NOW).due == 5
    session.bury(NOW)
    session.start_next(NOW)
    session.suspend(NOW)
    assert session.progress(NOW).due == 3
    assert _asked(session) == "b c d"


def test_what_is_forgotten_comes_back_with_its_steps(desk: Desk) -> None:
    session = _begin(desk, CustomStudy(ahead_days=1, search="item:b"))
    session.start_next(NOW)
    session.reveal()
    session.rate(Rating.AGAIN, NOW)
    assert (session.progress(NOW).due, session.progress(NOW).learning) == (0, 1)
    question = session.start_next(NOW + MINUTE)
    assert question is not None
    assert question.id == "small/b"
    session.reveal()
    session.rate(Rating.GOOD, NOW + 12 * MINUTE)
    assert session.start_next(NOW + 12 * MINUTE) is None  # though it is due tomorrow


def test_another_program_takes_items_off(desk: Desk) -> None:
    session = _begin(desk, CustomStudy(ahead_days=3))
    other = Desk.open(desk.home, desk.clock)
    set_suspended(other.log, "small/a", True, NOW)
    bury_item(other.log, "small/e", NOW + DAY, NOW)
    other.log.append_review(draft("small/b", Rating.EASY, NOW))
    other.close()
    assert _asked(session) == "f c"


def test_more_new_items_are_for_this_day_and_in_the_log(desk: Desk) -> None:
    _begin(desk, CustomStudy(more_new=3))
    [told] = [event for event in desk.log.events() if isinstance(event, MoreNew)]
    assert (told.more, told.packs, told.study_day) == (3, ("small",), desk.log.day_of(NOW))
    narrow = Scope(("small",), "y")
    assert len(read_agenda(desk, NOW, narrow).new) == 5
    assert len(read_agenda(desk, NOW + DAY, narrow).new) == 3


# --- what it says ---------------------------------------------------------------------------------


def test_the_end_says_what_is_left_of_the_choice_and_of_the_day(desk: Desk) -> None:
    session = _begin(desk, CustomStudy(ahead_days=3))
    said = _shown(session)
    assert "Nothing was answered." in said
    assert "Left of what you chose: 5. Still due now: 1." in said  # the step; a is a sibling
    _asked(session)
    said = _shown(session)
    assert "Left of what you chose" not in said
    assert "Nothing is due" not in said


@pytest.mark.parametrize(
    "custom",
    [
        CustomStudy(forgotten_days=4, search="item:a"),
        CustomStudy(search="item:zz*"),
        CustomStudy(cram=True, search="item:zz*"),
    ],
)
def test_what_fits_nothing_says_so(desk: Desk, custom: CustomStudy) -> None:
    session = _begin(desk, custom)
    assert session.start_next(NOW) is None
    assert _shown(session).startswith("No item fits what you asked for.")


def test_the_top_line_says_what_is_left(desk: Desk) -> None:
    session = _begin(desk, CustomStudy(ahead_days=3))
    session.start_next(NOW)
    lines = {lang: progress_line(session.progress(NOW), lang, writes=True) for lang in LANGUAGES}
    assert lines == {
        "en": "custom study · answered 0 · left 5 · learning 0",
        "ko": "골라서 공부 · 답함 0 · 남음 5 · 학습 중 0",
    }


def _shown(session: StudySession) -> str:
    return " ".join(filter(None, summary_lines(session.summary(NOW), "en")))


# --- what makes no sense --------------------------------------------------------------------------

PARTS = {
    "--ahead": CustomStudy(ahead_days=1),
    "--forgotten": CustomStudy(forgotten_days=1),
    "--misconception": CustomStudy(misconception=ANY),
    "--search": CustomStudy(search="item:a"),
    "--new": CustomStudy(more_new=1),
    "--cram": CustomStudy(cram=True),
}
TOGETHER = {
    *((one, "--search") for one in PARTS if one != "--search"),
    ("--forgotten", "--misconception"), ("--forgotten", "--cram"), ("--misconception", "--cram"),
}  # fmt: skip


@all_rows("one, other", combinations(PARTS, 2))
def test_parts_make_sense_together_or_are_refused_with_a_remedy(
    desk: Desk, one: str, other: str
) -> None:
    both = {
        name: getattr(part, name)
        for part in (PARTS[one], PARTS[other])
        for name in CustomStudy.__slots__
        if getattr(part, name) not in {None, False}
    }
    before = list(desk.log.events())
    if (one, other) in TOGETHER or (other, one) in TOGETHER:
        assert _begin(desk, CustomStudy(**both)) is not None
        return
    with pytest.raises(StudytoolError) as refused:
        _begin(desk, CustomStudy(**both))
    for language in LANGUAGES:
        assert one in refused.value.text(language)
        assert other in refused.value.text(language)
    assert list(desk.log.events()) == before  # no limit was raised


@pytest.mark.parametrize(
    ("custom", "scope", "error", "said"),
    [
        (CustomStudy(misconception="signn"), SMALL, NotFoundError, "Did you mean 'sign'?"),
        (CustomStudy(misconception="small"), SMALL, NotFoundError, "Write packs before the option"),
        (CustomStudy(search="("), SMALL, SearchError, "column 2"),
        (CustomStudy(more_new=1), Scope(("smal",)), NotFoundError, "small"),
    ],
)
def test_what_is_unknown_is_refused(
    desk: Desk, custom: CustomStudy, scope: Scope, error: type[StudytoolError], said: str
) -> None:
    _miss(desk, "a", 0, "sign")
    before = list(desk.log.events())
    with pytest.raises(error, match=re.escape(said)):
        _begin(desk, custom, scope)
    assert list(desk.log.events()) == before


# --- a law ----------------------------------------------------------------------------------------

HISTORY = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.integers(0, 20),  # days ago
        st.sampled_from(Rating),
        st.sampled_from([None, "sign", "factor"]),
    ),
    max_size=12,
)
CUSTOM = st.one_of(
    st.builds(CustomStudy, ahead_days=st.sampled_from([1, 3, 30])),
    st.builds(
        CustomStudy,
        forgotten_days=st.sampled_from([None, 1, 7]),
        misconception=st.sampled_from([None, ANY]),
    ).filter(lambda custom: custom.picks),
)


@pytest.mark.slow
@effort(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORY, CUSTOM, st.sets(st.sampled_from("abcdef"), max_size=2))
def test_it_asks_exactly_what_it_says(
    untouched: Path,
    history: list[tuple[str, int, Rating, str | None]],
    custom: CustomStudy,
    suspended: set[str],
) -> None:
    """Each condition worked out from the answers given; what is promised, is asked."""
    with _copied(untouched) as desk:
        for number, (slug, days, rating, wrong) in enumerate(
            sorted(history, key=lambda one: -one[1])
        ):
            at = NOW - days * DAY - (99 - number) * timedelta(seconds=1)
            answered = draft(f"small/{slug}", rating, at)
            if wrong:
                answered = replace(answered, outcome=Outcome.WRONG, misconception=wrong)
            desk.log.append_review(answered)
        for slug in suspended:
            set_suspended(desk.log, f"small/{slug}", True, NOW)
        wanted = {slug for slug, *_ in history} - suspended
        if custom.ahead_days:
            last = desk.log.days.start(desk.log.day_of(NOW) + custom.ahead_days + 1)
            falls_due = {one.item: one.due for one in desk.log.statuses(["small"])}
            wanted = {slug for slug in wanted if (falls_due[f"small/{slug}"] or last) < last}
        if custom.forgotten_days:
            wanted &= {
                slug
                for slug, days, rating, _ in history
                if rating is Rating.AGAIN and days < custom.forgotten_days
            }
        if custom.misconception is not None:
            wanted &= {
                one.item.removeprefix("small/") for one in read_records(desk, NOW).misconceptions
            }
        assert count_items(desk, SMALL, custom, NOW) == len(wanted)
        session = _begin(desk, custom)
        assert sorted(_asked(session).split()) == sorted(wanted)
        assert session.summary(NOW).picked_left == 0

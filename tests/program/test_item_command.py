"""``studytool item``: on a real log and library, its acts undone and read back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from fsrs import Card, Scheduler, State
from rich.cells import cell_len

from studytool.bundled_pack import bundled_folders
from studytool.cli import program, undo
from studytool.clock import MACHINE_CLOCK
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.memory import Memory
from studytool.srs.rating import Rating
from studytool.wording.items import KINDS
from tests.cases import first_quick, first_row_quick
from tests.review_log.deeds import take_vacation
from tests.review_log.queue import due_items, new_items

PACK = "deep-learning-notes"
XAVIER, HE, COSINE, GONE = (
    f"{PACK}/xavier-variance",
    f"{PACK}/he-sd",
    f"{PACK}/cosine-rate",
    "old/1",
)
NOW = datetime.now(UTC)  # noqa: TID251 - the commands read the clock too
DAY = timedelta(days=1)
A, H, G, E = Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY
HISTORY: dict[str, list[tuple[float, Rating]]] = {
    XAVIER: [(40, E), (20, A), (19, E), (5, A), (4, E), (0.01, G)],  # forgotten twice, not due
    HE: [(200, E), (190, H)],  # due
    GONE: [(3, G)],  # no pack lists it
}


def _draft(name: str, days_ago: float, rating: Rating) -> ReviewDraft:
    return ReviewDraft(
        item=name,
        revision="r",
        seed=0,
        answer="1/128",
        outcome=Outcome.RIGHT,
        rating=rating,
        time=NOW - days_ago * DAY,
        offset_minutes=MACHINE_CLOCK.offset_minutes(NOW - days_ago * DAY),
        duration_ms=2500,
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language="en", leech_lapses=2))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    for name, reviews in HISTORY.items():
        for days_ago, rating in reviews:
            desk.log.append_review(_draft(name, days_ago, rating))
    desk.close()
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["item", *arguments])


def _json(*arguments: str) -> dict[str, Any]:
    run = _run(*arguments, "--json")
    assert run.exit_code == 0, run.output
    read: dict[str, Any] = json.loads(run.output)
    return read


def _text(*arguments: str) -> str:
    run = _run(*arguments)
    assert run.exit_code == 0, run.output
    return run.output


def _refused(*arguments: str) -> str:
    run = _run(*arguments)
    assert run.exit_code == 2, run.output
    return run.output


def _listed(*options: str) -> list[str]:
    return [row["item"] for row in _json("list", *options)["items"]]


def _with_log(home: Path, ask: Callable[[ReviewLog], Any]) -> Any:
    desk = Desk.open(home, MACHINE_CLOCK)
    try:
        return ask(desk.log)
    finally:
        desk.close()


def _events(home: Path) -> int:
    return int(_with_log(home, lambda log: len(log.ids())))


def test_the_list_is_the_packs_items_in_the_authors_order(home: Path) -> None:
    desk = Desk.open(home, MACHINE_CLOCK)
    authors = [one.item for one in desk.library.listed(PACK)]
    kinds = {one.item: one.kind for one in desk.library.listed(PACK)}
    concepts = {one.item: one.concept for one in desk.library.listed(PACK)}
    desk.close()
    rows = _json("list", PACK)["items"]
    assert [row["item"] for row in rows] == authors
    everything = _listed()  # of all packs, each in its author's order
    assert [item for item in everything if item.startswith(f"{PACK}/")] == authors
    assert {item.partition("/")[0] for item in everything} == {*bundled_folders()}
    assert {row["item"]: row["kind"] for row in rows} == kinds
    assert {row["item"]: row["concept"] for row in rows} == concepts


def test_memories_are_the_logs_and_recall_is_py_fsrs_s(home: Path) -> None:
    before = datetime.now(UTC)  # noqa: TID251 - the same clock as the command's
    row = next(row for row in _json("list")["items"] if row["item"] == HE)
    memory: Memory = _with_log(home, lambda log: log.state(HE))
    due: datetime | None = _with_log(home, lambda log: next(log.statuses(items=[HE])).due)
    assert due is not None
    assert row["stability_days"] == memory.stability
    assert row["difficulty"] == memory.difficulty
    assert row["due"] == due.isoformat(timespec="seconds")
    assert (row["stage"], row["reviews"], row["lapses"]) == ("review", 2, 0)
    card = Card(
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=due,
        last_review=memory.last_review,
    )
    oracle = Scheduler().get_card_retrievability(card, before)  # whole days: 190 both times
    assert row["retrievability"] == pytest.approx(oracle, rel=1e-12)


@pytest.mark.parametrize(
    ("options", "items"),
    first_row_quick(
        [
            (["--due"], [HE]),
            (["--leeches"], [XAVIER]),
            (["--suspended"], [COSINE]),
            (["--flagged"], [COSINE, XAVIER]),
            (["--buried"], [f"{PACK}/warmup-rate"]),
            (["--flagged", "--leeches"], [XAVIER]),  # both
            (["--suspended", "--due"], []),
            (["--flagged", "--concept", "schedules"], [COSINE]),
        ]
    ),
)
def test_a_list_of_what_is_chosen(home: Path, options: list[str], items: list[str]) -> None:
    assert home.exists()
    _text("suspend", COSINE)
    _text("flag", COSINE, XAVIER)
    _text("bury", f"{PACK}/warmup-rate")
    assert sorted(_listed(*options)) == sorted(items)


def test_due_and_new_are_what_the_log_says(home: Path) -> None:
    assert _listed("--due") == _with_log(home, lambda log: due_items(log, NOW))
    assert _listed("--new") == _with_log(home, lambda log: new_items(log, NOW))
    _text("bury", HE)
    assert _listed("--due") == []


def test_a_vacation_moves_the_due_date_of_the_list(home: Path) -> None:
    def due() -> dict[str, datetime]:
        rows = _json("list")["items"]
        return {row["item"]: datetime.fromisoformat(row["due"]) for row in rows if row["due"]}

    before = due()
    _with_log(home, lambda log: take_vacation(log, 3, NOW))
    assert due() == {name: instant + 3 * DAY for name, instant in before.items()}


@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
def test_columns_line_up_cell_by_cell(home: Path, language: Any) -> None:
    save_settings(home, Settings(language=language, leech_lapses=2))
    kinds = {row["item"]: KINDS[row["kind"]].text(language) for row in _json("list")["items"]}
    _, *lines, count = _text("list").splitlines()
    assert str(len(kinds)) in count
    starts = {cell_len(line[: line.rindex(f" {kinds[line.split()[0]]} ")]) for line in lines}
    assert len(starts) == 1
    assert any("자꾸 잊음" in line for line in lines) is (language == "ko")


def test_ratings_and_outcomes_are_named_in_the_learners_language(home: Path) -> None:
    save_settings(home, Settings(language="ko"))
    shown = _text("show", XAVIER)
    assert all(word in shown for word in ("다시", "쉬움", "좋음", "맞았습니다", "수치"))
    assert not {"good", "easy", "again", "right", "numeric"} & set(shown.split())
    assert "고쳤습니다: 좋음 → 어려움." in _text("rate", XAVIER, "hard")
    save_settings(home, Settings(language="en"))
    assert "now rated good instead of hard" in _text("rate", XAVIER, "good")


@pytest.mark.parametrize(
    "arguments",
    first_quick(
        [
            ("suspend", HE),
            ("flag", HE),
            ("reset", XAVIER),
            ("bury", HE),
            ("bury", XAVIER, "--until", f"{NOW + 30 * DAY:%Y-%m-%d}"),
            ("rate", XAVIER, "again"),
            ("reset", HE, XAVIER),
            ("suspend", HE, XAVIER, COSINE),
        ]
    ),
)
def test_undo_takes_each_act_back(home: Path, arguments: tuple[str, ...]) -> None:
    def rows() -> object:
        settled = _json("list")["items"]
        return [{**row, "retrievability": None} for row in settled]  # it falls with the time

    before, events = rows(), _events(home)
    done = _json(*arguments)["items"]
    assert all(one["changed"] for one in done)
    assert rows() != before
    assert _events(home) == events + len(done)
    for _ in done:
        assert CliRunner().invoke(undo.command, []).exit_code == 0
    assert rows() == before


@pytest.mark.parametrize(
    ("act", "back"), first_row_quick([("suspend", "unsuspend"), ("flag", "unflag")])
)  # fmt: skip
def test_an_act_and_its_opposite(home: Path, act: str, back: str) -> None:
    name = {"suspend": "suspended", "flag": "flagged"}[act]
    assert _json(act, HE)["items"] == [{"item": HE, "changed": True}]
    assert _listed(f"--{name}") == [HE]
    events = _events(home)
    assert _json(act, HE, HE)["items"] == [{"item": HE, "changed": False}]
    assert _events(home) == events  # nothing to undo
    assert _json(back, HE)["items"] == [{"item": HE, "changed": True}]
    assert _json(back, HE)["items"] == [{"item": HE, "changed": False}]
    assert _listed(f"--{name}") == []


def test_with_one_unknown_item_nothing_is_done(home: Path) -> None:
    events = _events(home)
    said = _refused("suspend", HE, f"{PACK}/xavier-varianc", COSINE)
    assert f"Did you mean '{XAVIER}'?" in said
    assert _events(home) == events


def test_what_was_done_and_how_to_undo_it_is_said(home: Path) -> None:
    assert _text("suspend", HE) == (
        f"{HE}: suspended; it is no longer asked.\nstudytool undo takes it back.\n"
    )
    assert "one by one: 2 times" in _text("flag", HE, XAVIER)
    assert _text("postpone", "3", XAVIER).endswith("\nstudytool undo takes it back.\n")
    assert "undo" not in _text("flag", HE)
    assert "reviews that no longer count: 6" in _text("reset", XAVIER)
    assert _text("reset", XAVIER) == f"{XAVIER}: it is already new.\n"
    save_settings(home, Settings(language="ko"))
    assert "복습 2회는 이제 통계에만 남습니다." in _text("reset", HE)


def test_a_reset_item_is_new_and_shows_what_no_longer_counts(home: Path) -> None:
    assert home.exists()
    assert [one["counts"] for one in _json("show", HE)["last_reviews"]] == [True, True]
    assert _json("reset", HE)["items"] == [{"item": HE, "changed": True, "reviews_forgotten": 2}]
    assert HE in _listed("--new")
    shown = _json("show", HE)
    assert (shown["stage"], shown["reviews"], shown["due"]) == ("new", 0, None)
    assert [one["counts"] for one in shown["last_reviews"]] == [False, False]
    assert "before its reset" in _text("show", HE)


def test_show_gives_the_last_reviews_latest_first_with_their_ids(home: Path) -> None:
    shown = _json("show", XAVIER, "--limit", "3")
    reviews = _with_log(home, lambda log: log.last_reviews(item=XAVIER, limit=3))
    assert [one["id"] for one in shown["last_reviews"]] == [review.id for review in reviews]
    assert [one["rating"] for one in shown["last_reviews"]] == ["good", "easy", "again"]
    text = _text("show", XAVIER)
    assert all(review.id in text for review in reviews)
    assert "lapses 2" in text


def _memory_if(home: Path, name: str, ratings: list[Rating]) -> Memory:
    """Give the memory of an item that had been rated so from the start, in a home of its own."""
    save_settings(home, Settings(language="en", leech_lapses=2))

    def rated(log: ReviewLog) -> Memory:
        for (days_ago, _), rating in zip(HISTORY[name], ratings, strict=True):
            log.append_review(_draft(name, days_ago, rating))
        return log.state(name)

    memory: Memory = _with_log(home, rated)
    return memory


@pytest.mark.parametrize(
    ("which", "rating", "ratings"),
    first_row_quick(
        [
            (None, "hard", [E, A, E, A, E, H]),  # the last
            (3, "good", [E, A, E, G, E, G]),  # the fourth: one lapse less
            (0, "again", [A, A, E, A, E, G]),  # the first
        ]
    ),
)
def test_a_new_rating_counts_as_if_it_had_been_given_then(
    home: Path, which: int | None, rating: str, ratings: list[Rating]
) -> None:
    reviews = _with_log(home, lambda log: log.last_reviews(item=XAVIER, limit=10))[::-1]
    named = () if which is None else ("--review", reviews[which].id)
    [done] = _json("rate", XAVIER, rating, *named)["items"]
    assert done["review"] == reviews[-1 if which is None else which].id
    assert (done["before"], done["after"], done["changed"]) == (
        HISTORY[XAVIER][-1 if which is None else which][1],
        rating,
        True,
    )
    memory = _with_log(home, lambda log: log.state(XAVIER))
    assert memory == _memory_if(home / "other", XAVIER, ratings)
    [again] = _json("rate", XAVIER, rating, *named)["items"]
    assert not again["changed"]


def test_what_was_taken_back_is_not_rated(home: Path) -> None:
    last = _json("show", GONE)["last_reviews"][0]["id"]
    assert CliRunner().invoke(undo.command, []).exit_code == 0  # GONE's only review
    assert f"{GONE}: it has no review yet" in _refused("rate", GONE, "good")
    he = _json("show", HE)["last_reviews"]
    assert CliRunner().invoke(undo.command, []).exit_code == 0  # HE's last
    assert _json("rate", HE, "hard")["items"][0]["review"] == he[1]["id"]
    said = _refused("rate", HE, "hard", "--review", last)
    assert "no review" in said
    assert last in said
    assert home.exists()


def test_bury_waits_for_the_study_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    try:
        save_settings(home, Settings(language="en", day_start_hour=5))
        day = NOW + 10 * DAY
        [done] = _json("bury", HE, "--until", f"{day:%Y-%m-%d}")["items"]
        eve = day.date() - timedelta(days=1)
        assert done["until"] == f"{eve}T20:00:00+00:00"  # 05:00 in Seoul, nine hours ahead
        [soon] = _json("bury", HE)["items"]
        assert timedelta() < datetime.fromisoformat(soon["until"]) - NOW <= DAY + timedelta(hours=1)
        assert _json("show", HE)["buried_until"] == soon["until"]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("date", first_quick(["2020-01-01", f"{NOW - DAY:%Y-%m-%d}", "9999-12-31"]))
def test_bury_refuses_a_date_that_is_past_or_too_far(home: Path, date: str) -> None:
    events = _events(home)
    assert f"--until {date}: it must be a date from" in _refused("bury", HE, "--until", date)
    assert _events(home) == events


def test_an_item_of_no_pack_is_not_listed_but_can_be_shown_and_reset(home: Path) -> None:
    assert home.exists()
    assert GONE not in _listed()
    shown = _json("show", GONE)
    assert (shown["kind"], shown["concept"], shown["reviews"]) == (None, None, 1)
    assert "it is in no installed pack" in _text("show", GONE)
    assert _json("reset", GONE)["items"][0]["reviews_forgotten"] == 1


def test_what_is_not_there_is_told_with_the_nearest_name(home: Path) -> None:
    assert home.exists()
    assert "Did you mean" in _refused("list", "deep-learning-note")
    assert "Did you mean 'schedules'" in _refused("list", "--concept", "schedule")
    assert "Did you mean" in _refused("show", f"{PACK}/he-sdd")
    save_settings(home, Settings(language="en", leech_lapses=0))
    assert "studytool config leech_lapses 8" in _text("list", "--leeches")

"""What the log says of some packs alone, and of the weakest items in them."""

from contextlib import closing
from pathlib import Path

from studytool.review_log.database import Database
from studytool.review_log.events import MoreNew
from studytool.review_log.items import forget_packs
from studytool.review_log.log import ReviewLog
from studytool.settings import ReviewOrder
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import DAY, HOUR, NOON, draft
from tests.review_log.queue import new_items

ITEMS = ["pack/one", "pack/two", "pack/three"]


def _with_two_packs(log: ReviewLog) -> None:
    log.register("other", [("other/one", "a", 0), ("other/two", "c", 1)])
    for item, rating in (
        ("pack/one", Rating.EASY),
        ("pack/two", Rating.AGAIN),
        ("other/one", Rating.GOOD),
    ):
        log.append_review(draft(item, rating))


def _items(log: ReviewLog, *packs: str) -> list[str]:
    answers = list(log.answers(packs))
    words = log.words(answer.item for answer in answers)
    return sorted(words[answer.item] for answer in answers)


def test_answers_are_those_of_the_packs_that_are_named(log: ReviewLog) -> None:
    _with_two_packs(log)
    assert _items(log) == ["other/one", "pack/one", "pack/two"]
    assert _items(log, "pack") == ["pack/one", "pack/two"]
    assert _items(log, "other") == ["other/one"]
    assert _items(log, "pack", "other") == _items(log)
    assert _items(log, "pac") == []


def test_the_weakest_come_first_and_the_new_last(log: ReviewLog) -> None:
    _with_two_packs(log)
    set_suspended(log, "other/two", True, NOON)
    now_ms = to_ms(NOON + 30 * DAY)

    def weakest(*packs: str, concept: str | None = None, limit: int = 9) -> list[str]:
        return [one.item for one in log.within(packs, concept).weakest(now_ms, limit)]

    assert weakest() == ["pack/two", "other/one", "pack/one", "pack/three"]
    assert weakest("pack") == ["pack/two", "pack/one", "pack/three"]
    assert weakest("other") == ["other/one"]
    assert weakest(concept="a", limit=2) == ["other/one", "pack/one"]


def test_concepts_with_new_items_or_first_steps_are_not_learned(log: ReviewLog) -> None:
    _with_two_packs(log)

    def unlearned() -> set[str]:
        return log.unlearned_concepts("pack", ["a", "b", "c"])

    assert unlearned() == {"a", "b"}  # pack/three is new, and pack/two in its steps
    assert log.unlearned_items("pack", "a") == {"pack/three"}
    assert log.unlearned_items("pack", "b") == {"pack/two"}
    set_suspended(log, "pack/three", True, NOON)
    assert log.unlearned_items("pack", "a") == set()
    assert unlearned() == {"b"}
    log.append_review(draft("pack/two", Rating.EASY, NOON + HOUR))
    assert unlearned() == set()


def test_forgotten_packs_list_nothing_until_they_are_registered_again(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0)], digest="d")
        assert log.registrations() == {"pack": "d"}
    with closing(Database(path)) as db, db.writing():
        forget_packs(db)
        assert db.number("SELECT count(*) FROM items WHERE listed = 1") == 0
    with ReviewLog.open(path) as log:
        assert (new_items(log, NOON), log.registrations()) == ([], {})
        log.register("pack", [("pack/one", "a", 0)], digest="d")
        assert new_items(log, NOON) == ["pack/one"]


def test_no_row_and_null_count_as_0(path: Path) -> None:
    with closing(Database(path)) as db:
        assert db.number("SELECT 1 WHERE false") == 0
        assert db.number("SELECT NULL") == 0
        assert db.number("SELECT 7") == 7


def test_absorbing_leaves_the_memory_it_may_use_as_it_was(log: ReviewLog, tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.append_review(draft())
        before = log._db.number("PRAGMA cache_size")
        log.absorb(other.events(), before_first=lambda: None)
    assert log._db.number("PRAGMA cache_size") == before


def test_a_concept_that_no_item_has_finds_nothing(log: ReviewLog) -> None:
    _with_two_packs(log)
    within = log.within((), "unheard-of")
    assert within.new(to_ms(NOON), None) == []
    assert within.weakest(to_ms(NOON), 9) == []


def test_the_most_overdue_comes_first_where_that_is_asked(log: ReviewLog) -> None:
    for item, days in {"pack/one": (0, 9), "pack/two": (365,), "pack/three": (150,)}.items():
        for day in days:
            log.append_review(draft(item, Rating.EASY, NOON + day * DAY))
    now = NOON + 400 * DAY

    def order(name: ReviewOrder) -> list[str]:
        return [one.item for one in log.within().reviews(to_ms(now), None, order=name)]

    def overdue(item: str) -> float:
        memory = log.state(item)
        assert memory.due_day is not None
        assert memory.last_day is not None
        return (log.day_of(now) - memory.due_day) / (memory.due_day - memory.last_day)

    expected = sorted(ITEMS, key=overdue, reverse=True)
    assert order("relative-overdue") == expected
    assert order("due") != expected
    assert log.within().reviews(to_ms(now), 0, order="due") == []
    assert len(log.within().reviews(to_ms(now), 1, order="due")) == 1


def test_new_items_stop_at_the_limit_and_at_closed_concepts_of_their_own_pack(
    log: ReviewLog,
) -> None:
    log.register("other", [("other/x", "a", 0), ("other/y", "ba", 1), ("other/z", "", 2)])
    now_ms = to_ms(NOON)

    def new(limit: int | None = None, *closed: str) -> list[str]:
        return [one.item for one in log.within().new(now_ms, limit, closed=closed)]

    everything = new()
    assert len(everything) == 6
    for limit in range(8):
        assert new(limit) == everything[:limit]
    assert new(-1) == []
    assert [item for item in everything if item not in new(None, "other/a")] == ["other/x"]
    assert [item for item in everything if item not in new(None, "other/ba")] == ["other/y"]
    assert [item for item in everything if item not in new(None, "pack/a")] == [
        "pack/one",
        "pack/three",
    ]
    assert new(None, "other/r/a", "her/a") == everything


def test_more_new_items_of_packs_are_read_as_they_were_written(log: ReviewLog) -> None:
    written = log.append(MoreNew, NOON, more=5, packs=("pack", "other"))
    assert list(log.events()) == [written]

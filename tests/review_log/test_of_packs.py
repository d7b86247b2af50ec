"""What the log says of some packs alone, and of the weakest items in them."""

from contextlib import closing
from pathlib import Path

from studytool.review_log.database import Database
from studytool.review_log.items import forget_packs
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import DAY, HOUR, NOON, draft
from tests.review_log.queue import new_items


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
    set_suspended(log, "pack/three", True, NOON)
    assert unlearned() == {"b"}
    log.append_review(draft("pack/two", Rating.EASY, NOON + HOUR))
    assert unlearned() == set()


def test_forgotten_packs_list_nothing_until_they_are_registered_again(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.register("pack", [("pack/one", "a", 0)], digest="d")
        assert log.registrations() == {"pack": "d"}
    with closing(Database(path)) as db, db.writing():
        forget_packs(db)
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

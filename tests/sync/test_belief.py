"""A part of a sync folder is believed once each of its lines was read, and two contents for one id are told."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from studytool.review_log.events import Review
from studytool.review_log.lines import HEADER
from studytool.review_log.log import ReviewLog
from studytool.review_log.write_in_bulk import write_events
from studytool.srs.rating import Rating
from studytool.sync.part import sealed
from studytool.sync.with_folder import sync_with_folder
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.fresh_fold import differing_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[tuple[ReviewLog, ReviewLog]]:
    with ReviewLog.open(tmp_path / "a.db") as a, ReviewLog.open(tmp_path / "b.db") as b:
        for k in range(3):
            a.append_review(draft(f"pack/{k}", time=NOON + k * DAY))
        yield a, b


def put(folder: Path, name: str, lines: list[bytes]) -> None:
    (folder / name).write_bytes(sealed(lines))


@pytest.mark.parametrize("line", [
    '{{"kind": "undo", "id": "{id}", "x": ',  # no JSON, under a right seal
    '{{"kind": "undo", "id": "{id}"}}',  # not the fields of its kind
    '{{"kind": "undo", "id": "{id}", "id": "{id}"}}',  # a key twice
])  # fmt: skip
def test_a_sealed_part_with_wrong_lines_delivers_nothing(
    logs: tuple[ReviewLog, ReviewLog], folder: Path, line: str
) -> None:
    a, b = logs
    put(folder, "odd.jsonl", [f"{line.format(id=one.id)}\n".encode() for one in a.events()])
    first = sync_with_folder(a, folder)
    assert (first.sent, [one.file for one in first.skipped]) == (3, ["odd.jsonl"])
    second = sync_with_folder(b, folder)
    assert (second.received, [one.file for one in second.skipped]) == (3, ["odd.jsonl"])
    assert list(a.events()) == list(b.events())


@pytest.mark.parametrize("rating", [Rating.AGAIN, Rating.HARD])  # sorts before good; and behind it
@pytest.mark.parametrize("order", [*permutations("abx")])
def test_two_contents_for_one_id_are_told_and_end_alike(
    logs: tuple[ReviewLog, ReviewLog],
    tmp_path: Path,
    folder: Path,
    rating: Rating,
    order: list[str],
) -> None:
    a, b = logs
    first = next(iter(a.events()))
    assert isinstance(first, Review)
    told = set[str]()
    for who in [*order, "a", "b", "a", "b"]:
        if who == "x":
            put(folder, "x.jsonl", list(write_events([replace(first, rating=rating)])))
        else:
            told.update(sync_with_folder({"a": a, "b": b}[who], folder).twofold)
    assert told == {first.id}
    assert sorted(map(repr, a.events())) == sorted(map(repr, b.events()))
    assert a.state("pack/0") == b.state("pack/0")
    again = sync_with_folder(a, folder)
    assert (again.sent, again.received, again.twofold) == (0, 0, ())
    assert [differing_rows(tmp_path / name) for name in ("a.db", "b.db")] == [0, 0]


def test_an_import_of_other_content_is_told(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "other.jsonl"
    home.mkdir()
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    with ReviewLog.open(home / "reviews.db") as log:
        review = log.append_review(draft())
    altered = write_events([replace(review, answer="other")])
    file.write_bytes(b"".join([HEADER, *altered]))
    done = run_program("log", "import", str(file), home=home)
    assert (done.returncode, review.id in done.stderr) == (0, True)
    findings = json.loads(run_program("doctor", "--json", home=home).stdout)["findings"]
    assert "events_twofold" in [one["code"] for one in findings]


def test_a_damaged_event_comes_back_from_the_folder(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.db"
    with ReviewLog.open(path) as a:
        for k in range(3):
            a.append_review(draft(f"pack/{k}", time=NOON + k * DAY))
        before = list(a.events())
        sync_with_folder(a, folder)
    whole = path.read_bytes()
    assert b"1/128" in whole
    path.write_bytes(whole.replace(b"1/128", b"9/763", 1))  # more than one bit
    with ReviewLog.open(path) as a:
        assert len(list(a.events())) == 2
        assert len(a.lost_events()) == 1
        assert sync_with_folder(a, folder).received == 1
        assert sorted(map(repr, a.events())) == sorted(map(repr, before))
        assert a.lost_events() == []
    assert differing_rows(path) == 0

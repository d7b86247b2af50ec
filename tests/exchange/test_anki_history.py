"""The reviews of an Anki package: given to the items that its cards became, each once."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from studytool.exchange.anki_export import MODEL
from studytool.exchange.imported_items import slug_of
from studytool.review_log.log import ReviewLog
from studytool.sqlite.connection import database_bytes, new_database, open_bytes
from studytool.srs.memory import from_ms, to_ms
from studytool.srs.rating import Rating
from tests.in_process import run_program

MS = 1_711_744_352_250
NOTES = [
    (1, "basic", 5, "2+2?\x1f4"),
    (2, "deleted", 6, "{{c1::It}} is {{c2::here}}\x1f"),
    (3, "own", MODEL, "front\x1fback\x1fdeep-learning-notes/xavier-variance#7"),
]
CARDS = [(10, 1, 0), (11, 1, 1), (20, 2, 1), (30, 3, 0)]
"""The card's id, its note, and which of its cards it is."""
REVIEWS = [
    (MS, 10, 1, 2_000, 0, 0),
    (MS + 1, 20, 3, 3_000, 1, 2500),
    (MS + 2, 30, 4, 4_000, 2, 2500),
    (MS + 3, 10, 3, 5_000, 3, 2500),  # a filtered deck that counts
]
NO_REVIEWS: list[tuple[Any, ...]] = [
    (MS + 4, 10, 3, 5_000, 3, 0),  # cramming
    (MS + 5, 10, 0, 0, 4, 0),  # a change by hand
    (MS + 6, 10, 3, 0, 5, 0),  # one by Anki itself
    (MS + 7, 11, 3, 0, 1, 2500),  # the other side of a note
    (MS + 8, 99, 3, 0, 1, 2500),  # a card that is gone
    (MS + 9, 10, 7, 0, 1, 2500),  # no rating
    (MS + 10, 10, "3", 0, 1, 2500),
    (9 * 10**15, 10, 3, 0, 1, 2500),  # no instant
]


def package(
    path: Path,
    reviews: Sequence[tuple[Any, ...]],
    *,
    notes: Sequence[tuple[Any, ...]] = NOTES,
    as_view: bool = False,
) -> Path:
    collection = new_database()
    collection.execute("CREATE TABLE col (decks text)")
    collection.execute("CREATE TABLE notes (id integer, guid text, mid integer, tags, flds text)")
    collection.execute("CREATE TABLE cards (id integer, nid integer, did integer, ord integer)")
    columns = "id, cid, ease, time, type, factor"
    collection.execute(f"CREATE TABLE {'kept' if as_view else 'revlog'} ({columns})")
    if as_view:
        collection.execute(f"CREATE VIEW revlog AS SELECT {columns} FROM kept")
    collection.execute("INSERT INTO col VALUES (?)", (json.dumps({"7": {"name": "Sums"}}),))
    collection.executemany("INSERT INTO notes VALUES (?, ?, ?, '', ?)", notes)
    collection.executemany("INSERT INTO cards VALUES (?, ?, 7, ?)", CARDS)
    name = "kept" if as_view else "revlog"
    collection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?, ?, ?)", reviews)
    with ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", database_bytes(collection))
    return path


def _run(home: Path, *line: str) -> str:
    done = run_program(*line, home=home, environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == 0, done.stderr
    return done.stdout


def _refusal(home: Path, *line: str) -> str:
    done = run_program(*line, home=home, environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == 2
    return " ".join(done.stderr.split())


def _reviews(home: Path) -> list[tuple[str, int, str, int]]:
    lines = (json.loads(line) for line in _run(home, "log", "export", "-").splitlines())
    events = [one for one in lines if one.get("kind") == "review"]
    return [(one["item"], MS_OF[one["time"]], one["rating"], one["duration_ms"]) for one in events]


MS_OF = {
    from_ms(ms).isoformat(timespec="milliseconds").replace("+00:00", "Z"): ms
    for ms in range(MS, MS + 20)
}


def test_each_review_goes_to_the_item_that_its_card_became(tmp_path: Path) -> None:
    home, deck = tmp_path / "home", package(tmp_path / "deck.apkg", [*REVIEWS, *NO_REVIEWS])
    _run(home, "pack", "import", str(deck), str(tmp_path / "my-deck"))
    _run(home, "pack", "add", str(tmp_path / "my-deck"), "--yes")
    basic, second = (f"my-deck/{slug_of(*one)}" for one in (("basic",), ("deleted", 2)))
    told = json.loads(_run(home, "log", "import", str(deck), "--json"))
    assert (told["read"], told["added"], told["left_out"]) == (4, 4, len(NO_REVIEWS))
    assert _reviews(home) == [
        (basic, MS, "again", 2_000),
        (second, MS + 1, "good", 3_000),
        ("deep-learning-notes/xavier-variance", MS + 2, "easy", 4_000),
        (basic, MS + 3, "good", 5_000),
    ]
    again = json.loads(_run(home, "log", "import", str(deck), "--json"))
    assert (again["read"], again["added"]) == (4, 0)


@pytest.mark.parametrize(
    ("reviews", "as_view", "says"),
    [
        (
            [],
            False,
            "has no reviews. In Anki's export window tick 'Include scheduling information'",
        ),
        (REVIEWS, True, "is not a complete Anki package"),
    ],
)
def test_a_package_without_usable_reviews_says_what_to_do(
    tmp_path: Path,
    reviews: list[tuple[Any, ...]],
    as_view: bool,  # noqa: FBT001 - a column
    says: str,
) -> None:
    deck = package(tmp_path / "deck.apkg", reviews, as_view=as_view)
    assert says in _refusal(tmp_path / "home", "log", "import", str(deck))


def test_cards_that_no_pack_has_are_told_and_how_to_have_them(tmp_path: Path) -> None:
    deck = package(tmp_path / "deck.apkg", REVIEWS)
    told = json.loads(_run(tmp_path / "home", "log", "import", str(deck), "--json"))
    assert (told["added"], told["left_out"]) == (1, 3)  # the bundled pack has the own one
    deck = package(tmp_path / "foreign.apkg", REVIEWS, notes=NOTES[:2])
    said = _refusal(tmp_path / "home", "log", "import", str(deck))
    assert f"First make one of them with 'studytool pack import {deck} FOLDER'" in said


ITEM, OTHER = "deep-learning-notes/xavier-variance", "deep-learning-notes/ridge-zeros"
KEPT = [
    (ITEM, "2026-03-01T10:00:00Z", "good"),
    (OTHER, "2026-03-01T10:01:00Z", "again"),
    (ITEM, "2026-03-04T10:00:00Z", "hard"),
    (ITEM, "2026-03-09T10:00:00Z", "again"),
]


def _studied(home: Path) -> Path:
    table = ["card_id,review_time,review_rating,review_duration"]
    for item, time, rating in KEPT:
        ms = to_ms(datetime.fromisoformat(time))
        table.append(f"{item},{ms},{list(Rating).index(Rating(rating)) + 1},2500")
    file = home.parent / "reviews.csv"
    file.write_text("\n".join(table) + "\n")
    _run(home, "log", "import", str(file))
    return home


def _cells(package_: Path, sql: str) -> list[tuple[Any, ...]]:
    with ZipFile(package_) as archive:
        return open_bytes(archive.read("collection.anki2")).execute(sql).fetchall()


def test_a_history_goes_out_with_the_memory_that_it_led_to(tmp_path: Path) -> None:
    home, deck = _studied(tmp_path / "home"), tmp_path / "deck.apkg"
    line = ("pack", "export", "deep-learning-notes", str(deck), "--history")
    _run(home, *line, "--item", "xavier-variance", "--item", "ridge-zeros", "--item", "he-depth")
    rows = _cells(deck, "SELECT flds, ease, r.ivl, lastIvl, r.type, time FROM revlog r JOIN cards c "
                  "ON c.id = r.cid JOIN notes n ON n.id = c.nid ORDER BY r.id")  # fmt: skip
    assert [(one[0].split("\x1f")[2].partition("#")[0], *one[1:]) for one in rows] == [
        (ITEM, 3, 3, 0, 0, 2500),
        (OTHER, 1, -60, 0, 0, 2500),
        (ITEM, 2, 5, 3, 0, 2500),  # the second step, days late
        (ITEM, 1, -60, 5, 0, 2500),
    ]
    states = dict(_cells(deck, "SELECT flds, c.data FROM cards c JOIN notes n ON n.id = c.nid"))
    by_item = {fields.split("\x1f")[2].partition("#")[0]: data for fields, data in states.items()}
    with ReviewLog.open(home / "reviews.db") as log:
        memory = log.state(ITEM)
    kept = json.loads(by_item[ITEM])
    assert memory.stability is not None
    assert memory.last_review is not None
    assert kept["s"] == pytest.approx(memory.stability, abs=1e-4)
    assert kept["d"] == pytest.approx(memory.difficulty, abs=1e-3)
    assert (kept["lrt"], kept["dr"]) == (to_ms(memory.last_review) // 1000, 0.9)


def test_what_went_out_comes_in_again_once(tmp_path: Path) -> None:
    home, deck, other = _studied(tmp_path / "home"), tmp_path / "deck.apkg", tmp_path / "other"
    line = ("pack", "export", "deep-learning-notes", str(deck), "--history")
    _run(home, *line, "--item", "xavier-variance", "--item", "ridge-zeros")
    assert json.loads(_run(home, "log", "import", str(deck), "--json"))["added"] == 0
    assert json.loads(_run(other, "log", "import", str(deck), "--json"))["added"] == len(KEPT)
    assert _run(other, "log", "export", "--format", "fsrs-csv", "-") == _run(
        home, "log", "export", "--format", "fsrs-csv", "-"
    )


def test_only_anki_takes_a_history(tmp_path: Path) -> None:
    line = ("pack", "export", "statistics-primer", str(tmp_path / "q.xml"), "--history")
    assert "only Anki takes a history" in _refusal(tmp_path / "home", *line)

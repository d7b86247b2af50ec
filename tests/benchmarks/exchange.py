"""Another's pack taken in, and another program's deck with its history; each step a process of its own.

A limit is no program, but what the design allows on 2 cores; it stands in the peer's column.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from studytool.exchange.anki_export import TABLES
from tests.benchmarks.anki_peer import ANKI, NOT_INSTALLED, find_anki
from tests.benchmarks.checking import ITEMS, write_large_pack
from tests.benchmarks.child import HAS_PEAK, NO_PEAK, run
from tests.benchmarks.row import Row, Skipped

ADD_SECONDS = 10.0
NOTES, REVIEWS = 20_000, 1_000_000
IMPORT_SECONDS, IMPORT_MB = 60.0, 500.0
_LIMIT = "the limit, 2 cores"
_NOW_MS = 1_790_000_000_000
_SPACING_MS = 90_000
_RATINGS = (3, 3, 1, 3, 4, 2)

_PROGRAM = """
import sys
from studytool.__main__ import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
"""


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Add a pack beside Anki's import of as many notes; import a deck with its reviews."""
    items = 200 if smoke else ITEMS
    notes, reviews = (100, 1_000) if smoke else (NOTES, REVIEWS)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        home = place / "home"
        _studytool(home, "stats")  # the bundled packs are there
        pack = write_large_pack(place / "large", items)
        seconds, _ = _studytool(home, "pack", "add", str(pack), "--yes", "--large")
        work = f"pack add of {items:,} items"
        yield Row(work, seconds, _LIMIT, ADD_SECONDS, goal=1.0)
        anki = find_anki()
        peer = f"{ANKI}: import of as many rows of CSV"
        if anki is None:
            yield Skipped(work, peer, NOT_INSTALLED)
        else:
            yield Row(work, seconds, peer, _anki_csv(anki, place, items), goal=None)
        yield from _deck(place, notes, reviews)


def _studytool(home: Path, *arguments: str) -> tuple[float, float]:
    """Return the seconds of a command, and its largest memory in MB."""
    start = perf_counter()
    ran = run(_PROGRAM, *arguments, environment={"STUDYTOOL_HOME": str(home)})
    return perf_counter() - start, ran.peak_mb


def _anki_csv(anki: ModuleType, place: Path, count: int) -> float:
    """Return the seconds that Anki takes to import a table of cards."""
    table = place / "cards.csv"
    table.write_text("".join(f"Front {n},Back {n}\n" for n in range(count)), "utf-8")
    with closing(anki.Collection(str(place / "peer.anki2"))) as peer:
        collection: Any = peer
        messages = import_module("anki.import_export_pb2")
        start = perf_counter()
        metadata = collection.get_csv_metadata(path=str(table), delimiter=None)
        collection.import_csv(messages.ImportCsvRequest(path=str(table), metadata=metadata))
        seconds = perf_counter() - start
        if collection.note_count() != count:
            raise ValueError(f"{collection.note_count()} notes were imported")
    return seconds


def _deck(place: Path, notes: int, reviews: int) -> Iterator[Row | Skipped]:
    """Make a pack of a deck, add it, and take its reviews in."""
    deck, home = write_deck(place / "deck.apkg", notes, reviews), place / "home of the deck"
    _studytool(home, "stats")
    made = str(place / "deck")
    steps = [
        _studytool(home, "pack", "import", str(deck), made),
        _studytool(home, "pack", "add", made, "--yes"),
        _studytool(home, "log", "import", str(deck)),
    ]
    work = f"an .apkg of {notes:,} notes, {reviews:,} reviews"
    yield Row(work, sum(one for one, _ in steps), _LIMIT, IMPORT_SECONDS, goal=1.0)
    if HAS_PEAK:
        most = max(mb for _, mb in steps)
        yield Row(f"{work}: memory", most, "the limit", IMPORT_MB, goal=1.0, unit="MB")
    else:
        yield Skipped(f"{work}: memory", "the limit", NO_PEAK)


def write_deck(path: Path, notes: int, reviews: int) -> Path:
    """Write an Anki package of cards, each with a front and a back, that were reviewed in turn."""
    beside = path.with_suffix(".db")
    with closing(sqlite3.connect(beside)) as database:
        database.executescript(TABLES)
        decks = '{"1": {"id": 1, "name": "Default"}, "2": {"id": 2, "name": "Large"}}'
        database.execute(
            "INSERT INTO col VALUES (1, 0, 0, 0, 11, 0, 0, 0, '{}', '{}', ?, '{}', '{}')", [decks]
        )
        fields = (
            (n, f"guid{n}", f"Front <b>{n}</b>\x1fBack {n}, in a few words of its own")
            for n in range(1, notes + 1)
        )
        database.executemany("INSERT INTO notes VALUES (?, ?, 5, 0, 0, '', ?, 0, 0, 0, '')", fields)
        cards = ((n, n) for n in range(1, notes + 1))
        database.executemany(
            "INSERT INTO cards VALUES (?, ?, 2, 0, 0, 0, 2, 2, 0, 1, 2500, 1, 0, 0, 0, 0, 0, '')",
            cards,
        )
        first = _NOW_MS - reviews * _SPACING_MS
        history = (
            (
                first + n * _SPACING_MS,
                n % notes + 1,
                _RATINGS[n // notes * 7 % 6],
                4_000 + n % 9_000,
            )
            for n in range(reviews)
        )
        database.executemany("INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, 500, ?, 1)", history)
        database.commit()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.write(beside, "collection.anki2")
    beside.unlink()
    return path

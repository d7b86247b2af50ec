"""Every kind of event, written by its command on one device, leaves another as the first: to the last bit."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import HEADER
from studytool.review_log.schema import MADE_TABLES
from studytool.review_log.write_in_bulk import write_events
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.exams import read_exams
from studytool.session.scope import Scope
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, foreign
from tests.session.learner import PlainCard, write_cards

OLD = "old-pack/thing"
"""An item of the imported file that no pack has."""

Lines = tuple[tuple[str, ...], ...]
"""Command lines; FILE and PACK stand for the imported file and the pack's folder."""

COMMANDS: dict[str, Lines] = {
    "review": (("review", "-"),),
    "undo": (("undo",),),
    "redo": (("undo", "--redo"),),
    "suspend": (("item", "suspend", "cards/c0"),),
    "unsuspend": (("item", "unsuspend", "cards/c0"),),
    "bury": (("item", "bury", "cards/c1"),),
    "flag": (("item", "flag", "cards/c2", "cards/c3"),),
    "unflag": (("item", "unflag", "cards/c3"),),
    "reset": (("item", "reset", "cards/c4"),),
    "import": (("log", "import", "FILE"),),
    "move": (("item", "move", OLD, "cards/c9"),),
    "rename": (("pack", "update", "cards", "--yes"),),
    "set-due": (("item", "set-due", "+7d", "cards/c5"), ("item", "postpone", "3", "cards/c6")),
    "re-rate": (("item", "rate", "cards/c7", "hard"),),
    "setting": (
        ("config", "new_per_day", "7"),
        ("config", "new_per_day", "3", "--pack", "cards"),
        ("config", "desired_retention", "0.93"),
        ("exam", "+20d", "cards", "--minutes", "15"),
    ),
    "retraction": (("log", "retract", "--device", "astray"),),
    "vacation": (("vacation", "2"), ("vacation", "3", "--from", "+30d")),
    "more-new": (("study", "cards", "--new", "2", "--plain"),),
}
"""A row of each kind of :data:`studytool.review_log.kinds.KINDS`, in an order in which each can be."""

TYPED = {
    "review": "".join(
        json.dumps({"item": f"cards/c{n}", "rating": "easy", "duration_ms": 900}) + "\n"
        for n in range(9)
    ),
    "more-new": ":q\n",
}


def _write_pack(folder: Path, *, renamed: bool = False) -> Path:
    cards = [PlainCard(f"c{n}", f"x{n % 3}", f"k{n}", f"front {n}") for n in range(14)]
    if renamed:
        cards[8] = replace(cards[8], slug="renamed", was="c8")
    return write_cards(folder, cards, {"x1": ["x0"]})


def _write_file(path: Path) -> Path:
    """Reviews of another program, some of a device whose clock or learner was not the right one."""
    events = [
        foreign(
            OLD if n == 0 else f"cards/c{n}",
            list(Rating)[n % 4],
            to_ms(NOON + n * DAY),
            random=bytes([n]) * 10,
            device="astray" if n % 3 == 2 else "far",
        )
        for n in range(12)
    ]
    path.write_bytes(HEADER + b"".join(write_events(events)))
    return path


def _dump(home: Path, now: datetime) -> dict[str, object]:
    """Return all that the log comes to: the fold by names, the plan of the day, what shapes it."""
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        log = desk.log
        agenda = read_agenda(desk, now, Scope())
        return {
            **{table: _rows(log._db.rows, table) for table in MADE_TABLES},
            "events": {event.id: event for event in log.events()},
            "reviews": [*agenda.reviews],
            "new": [*agenda.new],
            "left": agenda.left,
            "due": list_due(desk, now, Scope()),
            "exams": read_exams(log),
            "settings": desk.settings,
            "statuses": {status.item: status for status in log.statuses()},
        }


OF_THE_FILE = {"seq"}
"""Columns that only the file knows."""

WITH_SOMETHING = " WHERE listed OR stage OR rests_until_ms IS NOT 0 OR flagged"
"""Of the rows of items: an id from which all was moved leaves one that has nothing."""

WORDS = {"item", "pack", "concept", "now", "kept"}


def _rows(read: Callable[[str], list[tuple[object, ...]]], table: str) -> list[tuple[object, ...]]:
    names = [str(row[1]) for row in read(f"PRAGMA table_xinfo({table})")]
    columns = [
        f"(SELECT name FROM names WHERE code = {name})" if name in WORDS else name
        for name in names
        if name not in OF_THE_FILE
    ]
    among = WITH_SOMETHING if table == "items" else ""
    return sorted(read(f"SELECT {', '.join(columns)} FROM {table}{among}"), key=repr)


def test_every_kind_of_event_by_its_command_reaches_the_other_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert COMMANDS.keys() == KINDS.keys()  # a new kind needs its command here
    shared, pack = tmp_path / "shared", _write_pack(tmp_path / "cards")
    file = _write_file(tmp_path / "far.jsonl")
    shared.mkdir()
    monkeypatch.setattr("studytool.session.desk.bundled_folders", dict)  # they only take time here
    a, b = tmp_path / "a", tmp_path / "b"
    for home in (a, b):
        _do(home, "config", "language", "en")
        _do(home, "pack", "add", str(pack), "--yes")
    _do(b, "review", "-", typed='{"item": "cards/c0", "rating": "again"}\n')
    _do(b, "config", "new_per_day", "9")
    _write_pack(pack, renamed=True)
    written = set[str]()
    for kind, lines in COMMANDS.items():
        for line in lines:
            words = [str(file) if word == "FILE" else word for word in line]
            _do(a, *words, typed=TYPED.get(kind, ""))
        written = _kinds(a)
        assert kind in written, kind
    assert written == KINDS.keys()
    for home in (a, b, a):
        _do(home, "sync", str(shared))
    _do(b, "pack", "update", "cards", "--yes")  # the rename is in the log already
    now = MACHINE_CLOCK.now() + DAY
    ours, theirs = _dump(a, now), _dump(b, now)
    assert {name for name in ours if ours[name] != theirs[name]} == set()
    assert ours["moved"]
    assert ours["vacations"]
    assert ours["break_days"]
    assert ours["retracted"]
    assert ours["exams"]


def _do(home: Path, *line: str, typed: str = "") -> None:
    done = run_program(*line, home=home, typed=typed)
    assert done.returncode == 0, (line, done.stdout, done.stderr)


def _kinds(home: Path) -> set[str]:
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        return {event.kind for event in desk.log.events()}

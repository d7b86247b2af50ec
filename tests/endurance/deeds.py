"""What a learner's commands write to a home, drawn at random: every command that writes is among them."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studytool.numerics.streams import Rng
from studytool.review_log.events import Review
from studytool.review_log.lines import HEADER
from studytool.review_log.write_in_bulk import write_events
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from studytool.sync.part import sealed
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, foreign

ITEMS = tuple(
    f"deep-learning-notes/{slug}"
    for slug in (
        "xavier-variance",
        "he-sd",
        "relu-second-moment",
        "dropout-variance",
        "cosine-rate",
    )
)
OLD = "old-pack/thing"
"""An item that no pack has: its history can be moved."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where commands are run: a home, a folder shared with another device, one of this trial's files."""

    home: Path
    shared: Path
    files: Path

    @classmethod
    def make(cls, root: Path) -> "Place":
        """Make the folders, with an item learned at home and a part of another device."""
        place = cls(root / "home", root / "shared", root / "files")
        for folder in (place.home, place.shared, place.files):
            folder.mkdir(parents=True)
        part = sealed(list(write_events(_events(0, 30, "far"))))
        (place.shared / "0123456789abcdef-000001.jsonl").write_bytes(part)
        run_program(
            "review", "-", home=place.home, typed=json.dumps({"item": ITEMS[0], "rating": "good"})
        )
        return place

    def copied(self, root: Path) -> "Place":
        """Copy it."""
        shutil.copytree(self.home.parent, root)
        return Place(root / "home", root / "shared", root / "files")


@dataclass(frozen=True, slots=True)
class Deed:
    """One command line, what is typed at it, and the ids of events that it brings from elsewhere."""

    arguments: tuple[str, ...]
    typed: str = ""
    brings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the command, with the one in it where there is one."""
        group, *rest = self.arguments
        return f"{group} {rest[0]}" if group in {"item", "log", "config", "pack"} else group


def draw_deed(rng: Rng, place: Place) -> Deed:
    """Draw what is done next."""
    number = int(rng.integers(0, 1 << 31))
    return DEEDS[int(rng.integers(0, len(DEEDS)))](number, place)


def _pick(number: int, among: Sequence[str] = ITEMS) -> str:
    return among[number % len(among)]


def _answer(number: int, _: Place) -> Deed:
    return Deed(("study", "--plain"), typed=f":s\n{number % 4 + 1}\n" * 3 + ":q\n")


def _review(number: int, _: Place) -> Deed:
    ratings = [str(rating) for rating in Rating]
    lines = ({"item": _pick(number + k), "rating": ratings[(number + k) % 4]} for k in range(3))
    return Deed(("review", "-"), typed="".join(json.dumps(line) + "\n" for line in lines))


def _import(number: int, place: Place) -> Deed:
    events = _events(number, 5, "near")
    path = place.files / f"import-{number}.jsonl"
    path.write_bytes(HEADER + b"".join(write_events(events)))
    return Deed(("log", "import", str(path)), brings=tuple(event.id for event in events))


def _events(number: int, n: int, device: str) -> list[Review]:
    """Make reviews as another device has written them."""
    return [
        foreign(
            OLD if k == 0 else _pick(number + k),
            list(Rating)[(number + k) % 4],
            to_ms(NOON + k * DAY),
            random=(number * 64 + k).to_bytes(10, "big"),
            device=device,
        )
        for k in range(n)
    ]


def _item(act: str) -> Callable[[int, Place], Deed]:
    return lambda number, _: Deed(("item", act, _pick(number)))


def _run(*words: str) -> Callable[[int, Place], Deed]:
    return lambda *_: Deed(words)


DEEDS: tuple[Callable[[int, Place], Deed], ...] = (
    _answer,
    _answer,
    _review,
    _review,
    _import,
    _run("undo"),
    _run("undo", "--redo"),
    _item("suspend"),
    _item("unsuspend"),
    _item("flag"),
    _item("unflag"),
    _item("bury"),
    _item("reset"),
    lambda number, _: Deed(("item", "postpone", "3", _pick(number))),
    lambda number, _: Deed(("item", "advance", "2", _pick(number))),
    lambda number, _: Deed(("item", "set-due", "+7d", _pick(number))),
    lambda number, _: Deed(("item", "rate", _pick(number), str(list(Rating)[number % 4]))),
    lambda number, _: Deed(("item", "move", OLD, _pick(number))),
    lambda number, _: Deed(("config", "new_per_day", str(number % 50 + 5))),
    lambda number, _: Deed(("config", "language", _pick(number, ("ko", "en")))),
    _run("exam", "+30d"),
    _run("exam", "--remove"),
    lambda number, _: Deed(("vacation", str(number % 5 + 1))),
    _run("vacation", "2", "--from", "+20d"),
    _run("log", "retract", "--future"),
    lambda _, place: Deed(("log", "export", str(place.files / "export.jsonl"))),
    lambda _, place: Deed(("sync", str(place.shared))),
    lambda _, place: Deed(("sync", str(place.shared))),
    lambda number, place: Deed(("pack", "new", str(place.files / f"pack-{number}"))),
    _run("backup"),
    _run("doctor", "--repair", "--yes"),
    _run("restore", "--yes"),
)
"""Each makes a deed of a number and the place."""

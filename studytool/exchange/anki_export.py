"""Questions as an Anki package, .apkg: cards of the tables of schema 11, whose ids stay the same.

A guid is made of the item's name, the seed and the language: what is imported a second time adds
nothing, and takes the place of an older wording. Items that were made of a note of Anki's are one
note again, of that note's guid, with a card for each: the collection that has the note keeps its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from studytool.exchange.anki_scheduling import card_state, new_card, review_rows
from studytool.exchange.concrete import ConcreteQuestion
from studytool.exchange.item_history import ItemHistory
from studytool.language import Language
from studytool.packs.pack import Pack
from studytool.quiz.key import options_of
from studytool.sqlite.connection import Connection, database_bytes, new_database
from studytool.srs.memory import to_ms
from studytool.srs.policy import Policy
from studytool.typeset.markdown_html import markdown_html

TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL,
  scm integer NOT NULL, ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL,
  ls integer NOT NULL, conf text NOT NULL, models text NOT NULL, decks text NOT NULL,
  dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL,
  sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL,
  ord integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL,
  queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL,
  reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL,
  odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL,
  ease integer NOT NULL, ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
  time integer NOT NULL, type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
MODEL = 1_764_000_000_001
"""The id of the note type with one card, the same in every package; those with more follow it."""
MOST_CARDS = 500
"""Of one note, as Anki has it."""
FIELDS = ("Front", "Back", "Source")
"""Of each card of a note."""
SOURCE = FIELDS.index("Source")
"""Its place among a card's fields: it names the question."""
_ANSWER = "{{{{FrontSide}}}}<hr id=answer>{{{{Back{n}}}}}<p><small>{{{{Source{n}}}}}</small></p>"
_CSS = ".card { font-family: sans-serif; font-size: 20px; text-align: left; } .key { font-weight: bold; }"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Learner:
    """Whose history goes along: by item, on which study day, and by which policy."""

    histories: Mapping[str, ItemHistory]
    today: int
    policy: Policy


def anki_package(
    pack: Pack,
    questions: Sequence[ConcreteQuestion],
    now: datetime,
    language: Language,
    *,
    learner: Learner | None = None,
) -> bytes:
    """Return the bytes of a package with a card for each question, in a deck of the pack's title.

    An item's history goes to the first card that is made of it.
    """
    database = new_database()
    for statement in TABLES.split(";"):
        database.execute(statement)
    now_ms, deck = to_ms(now), _number(f"deck {pack.id}")
    notes = _notes(pack, questions, language)
    models = [
        _model(count, deck, now_ms // 1000) for count in sorted({len(one) for _, one in notes})
    ]
    _write_collection(database, deck, pack.manifest.title.text(language), now_ms, models=models)
    left = {} if learner is None else {**learner.histories}
    times: set[int] = set()
    place = count(1)
    for guid, of_note in notes:
        note = _write_note(database, guid, of_note, language, seconds=now_ms // 1000)
        for ordinal, question in enumerate(of_note):
            history, state = left.pop(question.item, None), new_card(at := next(place))
            if history is not None and learner is not None:
                state = card_state(history, at, today=learner.today, policy=learner.policy)
            card = _number(f"{question.name} {language}")
            database.execute(
                "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)",
                (card, note, deck, ordinal, now_ms // 1000, *astuple(state)),
            )
            if history is not None and learner is not None:
                _write_reviews(database, review_rows(history, card, learner.policy), times)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", database_bytes(database)), ("media", b"{}")):
            archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
    return packed.getvalue()


_Notes = list[tuple[str, list[ConcreteQuestion]]]
"""Each with its guid."""


def _notes(pack: Pack, questions: Sequence[ConcreteQuestion], language: Language) -> _Notes:
    """Put the first questions of the items that were one note of Anki's together; others stand alone."""
    guids = {f"{pack.id}/{item.id}": item.anki for item in pack.items if item.anki is not None}
    notes: dict[str, list[ConcreteQuestion]] = {}
    for question in questions:
        guid = guids.pop(question.item, None)
        if guid is None or len(notes.get(guid, ())) == MOST_CARDS:
            name = f"{question.name} {language}"
            guid = hashlib.sha256(name.encode()).hexdigest()[:16]
        notes.setdefault(guid, []).append(question)
    return [*notes.items()]


def _write_note(
    database: Connection,
    guid: str,
    questions: Sequence[ConcreteQuestion],
    language: Language,
    *,
    seconds: int,
) -> int:
    """Write a note of a card for each question; return its id."""
    first = questions[0]
    number, model = _number(f"{first.name} {language}"), MODEL + len(questions) - 1
    tags = f" studytool::{first.kind} "
    fields = [text for question in questions for text in _fields(question)]
    database.execute(
        "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
        (number, guid, model, seconds, tags, "\x1f".join(fields), first.name, _sum(fields[0])),
    )
    return number


def _fields(question: ConcreteQuestion) -> tuple[str, str, str]:
    """Return what a question's card shows: its front, its back, and where it is from."""
    front = markdown_html(question.prompt, tex=True)
    if listed := options_of(question.key):
        items = "".join(f"<li>{markdown_html(one.text, tex=True)}</li>" for one in listed)
        front += f"<ol>{items}</ol>"
    right = markdown_html(question.key_text, tex=True)
    back = f'<div class="key">{right}</div>' + markdown_html(question.solution, tex=True)
    return front, back, escape(question.name)


def _write_reviews(database: Connection, rows: Iterable[tuple[int, ...]], times: set[int]) -> None:
    """Write reviews, each at an instant of its own: that is a review's id in Anki."""
    for ms, *rest in rows:
        while ms in times:
            ms += 1  # noqa: PLW2901 - the next instant that is free
        times.add(ms)
        database.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (ms, *rest))


def _model(cards: int, deck: int, seconds: int) -> dict[str, Any]:
    """Return the note type with so many cards, each of three fields of its own."""
    ends = ["", *(f" {number}" for number in range(2, cards + 1))]
    names = [f"{name}{end}" for end in ends for name in FIELDS]
    fields = [
        {"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20}
        for at, name in enumerate(names)
    ]
    templates = [
        {
            "name": f"Card {at + 1}", "ord": at, "qfmt": f"{{{{Front{end}}}}}",
            "afmt": _ANSWER.format(n=end), "did": None, "bqfmt": "", "bafmt": "",
        }
        for at, end in enumerate(ends)
    ]  # fmt: skip
    return {
        "id": MODEL + cards - 1, "name": f"studytool{ends[-1]}", "type": 0, "mod": seconds,
        "usn": -1, "sortf": SOURCE, "did": deck, "tmpls": templates, "flds": fields, "css": _CSS,
        "latexPre": "", "latexPost": "", "tags": [], "vers": [],
        "req": [[at, "any", [at * len(FIELDS)]] for at in range(cards)],
    }  # fmt: skip


def _write_collection(
    database: Connection, deck: int, title: str, now_ms: int, *, models: Sequence[dict[str, Any]]
) -> None:
    seconds = now_ms // 1000
    decks = {
        str(number): {
            "id": number, "name": name, "mod": seconds, "usn": -1, "desc": "", "dyn": 0, "conf": 1,
            "collapsed": False, "browserCollapsed": False, "extendNew": 0, "extendRev": 0,
            "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
        }
        for number, name in ((1, "Default"), (deck, title))
    }  # fmt: skip
    options = {
        "1": {
            "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True,
            "timer": 0, "replayq": True, "dyn": False,
            "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7],
                    "order": 1, "perDay": 20},
            "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200,
                    "hardFactor": 1.2},
            "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
        }
    }  # fmt: skip
    settings = {
        "curDeck": 1,
        "activeDecks": [1],
        "nextPos": 1,
        "curModel": str(MODEL),
        "schedVer": 2,
    }
    by_id = {str(model["id"]): model for model in models}
    packed = (json.dumps(one) for one in (settings, by_id, decks, options))
    database.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (seconds, now_ms, now_ms, *packed),
    )


def _number(name: str) -> int:
    """Return an id as Anki has them, milliseconds since 1970, that a name always gives."""
    digest = hashlib.sha256(name.encode()).digest()
    return 1_000_000_000_000 + int.from_bytes(digest[:6]) % 700_000_000_000


def _sum(field: str) -> int:
    """Return Anki's checksum of a note's first field."""
    return int(hashlib.sha1(field.encode(), usedforsecurity=False).hexdigest()[:8], 16)

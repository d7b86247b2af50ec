"""Questions as an Anki package, .apkg: cards of the tables of schema 11, whose ids stay the same.

A guid is made of the item's name, the seed and the language: what is imported a second time adds
nothing, and takes the place of an older wording.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from studytool.exchange.anki_scheduling import CardState, card_state, new_card, review_rows
from studytool.exchange.concrete import ConcreteQuestion
from studytool.exchange.item_history import ItemHistory
from studytool.language import Language
from studytool.packs.pack import Pack
from studytool.quiz.key import options_of
from studytool.sqlite.connection import Connection
from studytool.sqlite.in_memory import database_bytes, new_database
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
"""The id of the note type, the same in every package."""
_FIELDS = ("Front", "Back", "Source")
_ANSWER = "{{FrontSide}}<hr id=answer>{{Back}}<p><small>{{Source}}</small></p>"
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
    _write_collection(database, deck, pack.manifest.title.text(language), now_ms)
    left = {} if learner is None else {**learner.histories}
    times: set[int] = set()
    for place, question in enumerate(questions, start=1):
        history, state = left.pop(question.item, None), new_card(place)
        if history is not None and learner is not None:
            state = card_state(history, place, today=learner.today, policy=learner.policy)
        card = _write_note(database, question, language, state, deck=deck, seconds=now_ms // 1000)
        if history is not None and learner is not None:
            _write_reviews(database, review_rows(history, card, learner.policy), times)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", database_bytes(database)), ("media", b"{}")):
            archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
    return packed.getvalue()


def _write_note(
    database: Connection,
    question: ConcreteQuestion,
    language: Language,
    state: CardState,
    *,
    deck: int,
    seconds: int,
) -> int:
    """Write a note and its card; return the card's id."""
    name = f"{question.name} {language}"
    front = markdown_html(question.prompt, tex=True)
    if listed := options_of(question.key):
        items = "".join(f"<li>{markdown_html(one.text, tex=True)}</li>" for one in listed)
        front += f"<ol>{items}</ol>"
    right = markdown_html(question.key_text, tex=True)
    back = f'<div class="key">{right}</div>' + markdown_html(question.solution, tex=True)
    number, guid = _number(name), hashlib.sha256(name.encode()).hexdigest()[:16]
    plain = question.name
    tags = f" studytool::{question.kind} "
    note = (number, guid, MODEL, seconds, -1, tags, "\x1f".join((front, back, escape(plain))))
    database.execute(
        "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')", (*note, plain, _sum(front))
    )
    database.execute(
        "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)",
        (number, number, deck, seconds, *astuple(state)),
    )
    return number


def _write_reviews(database: Connection, rows: Iterable[tuple[int, ...]], times: set[int]) -> None:
    """Write reviews, each at an instant of its own: that is a review's id in Anki."""
    for ms, *rest in rows:
        while ms in times:
            ms += 1  # noqa: PLW2901 - the next instant that is free
        times.add(ms)
        database.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (ms, *rest))


def _write_collection(database: Connection, deck: int, title: str, now_ms: int) -> None:
    seconds = now_ms // 1000
    fields = [
        {"name": name, "ord": at, "sticky": False, "rtl": False, "font": "Arial", "size": 20}
        for at, name in enumerate(_FIELDS)
    ]
    template = {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": _ANSWER, "did": None}
    template |= {"bqfmt": "", "bafmt": ""}
    model = {
        "id": MODEL, "name": "studytool", "type": 0, "mod": seconds, "usn": -1, "sortf": 2,
        "did": deck, "tmpls": [template], "flds": fields, "css": _CSS, "latexPre": "",
        "latexPost": "", "req": [[0, "any", [0]]], "tags": [], "vers": [],
    }  # fmt: skip
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
    packed = (json.dumps(one) for one in (settings, {str(MODEL): model}, decks, options))
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

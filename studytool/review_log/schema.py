"""The tables of the log. ``events`` and ``names`` are the truth and only grow; the others are a cache.

``events`` has a column for every field that any kind of event may have; ``kind`` is a name, so that a new
kind needs no new table: ``item`` or ``target`` says what it is about, ``rating`` the new rating,
``detail`` (compact JSON) the rest.

``seq`` is the order of arrival in this file; ``study_day`` and ``seal`` stand where older files got them.

``names`` gives each word of the log a small number. Ratings have FSRS's; a kind without a fixed
number has one since its first event, and the same number where an item or concept has its name.
"""

import re

from studytool.quiz.outcome import Outcome
from studytool.review_log.event_kinds import REVIEW, UNDO
from studytool.srs.memory import Stage
from studytool.srs.rating import Rating

APPLICATION = 0x73_74_75_64
"""``stud``: SQLite's application_id of this file."""

VERSION = 3
"""SQLite's user_version: of the tables that are the truth; 1 had no study days, 2 no seals.

Each has a table of its own, by which a damaged header is told from another version's.
"""

RATING_CODES = {rating: code for code, rating in enumerate(Rating, start=1)}
OUTCOME_CODES = {Outcome.RIGHT: 11, Outcome.PARTIAL: 12, Outcome.WRONG: 13}
"""Of the outcomes that every log has; another has a number since its first event."""
REVIEW_CODE, UNDO_CODE = 21, 22
FIXED_NAMES: dict[str, int] = {
    **{str(rating): code for rating, code in RATING_CODES.items()},
    **{str(outcome): code for outcome, code in OUTCOME_CODES.items()},
    REVIEW: REVIEW_CODE,
    UNDO: UNDO_CODE,
    "": 100,
}
"""Codes that never change; ``""`` reserves those up to 100 for names to come."""

SET_ASIDE = """CREATE TABLE IF NOT EXISTS set_aside(
    number INTEGER PRIMARY KEY,
    place INTEGER NOT NULL,
    id BLOB,
    content TEXT NOT NULL
) STRICT"""
"""Of each row of ``events`` that was damaged: its ``seq``, its id, and all that was read of it, as JSON.

Made when the first is."""

TRUTH = """
CREATE TABLE names(code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seal INTEGER) STRICT;
CREATE TABLE events(
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK(length(id) = 16),
    kind INTEGER NOT NULL REFERENCES names,
    learner INTEGER NOT NULL REFERENCES names,
    device INTEGER NOT NULL REFERENCES names,
    time_ms INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    item INTEGER REFERENCES names,
    revision INTEGER REFERENCES names,
    seed INTEGER,
    parameters TEXT,
    answer TEXT,
    outcome INTEGER REFERENCES names,
    misconception INTEGER REFERENCES names,
    confidence REAL,
    rating INTEGER REFERENCES names,
    duration_ms INTEGER,
    target BLOB,
    detail TEXT,
    study_day INTEGER,
    seal INTEGER
) STRICT;
CREATE INDEX events_by_item ON events(item, time_ms) WHERE item IS NOT NULL;
CREATE INDEX events_by_time ON events(time_ms);
CREATE INDEX events_by_target ON events(target) WHERE target IS NOT NULL;

CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END;
CREATE TRIGGER names_are_never_changed BEFORE UPDATE ON names
BEGIN SELECT RAISE(ABORT, 'names are never changed'); END;
CREATE TRIGGER names_are_never_deleted BEFORE DELETE ON names
BEGIN SELECT RAISE(ABORT, 'names are never deleted'); END;
CREATE TRIGGER names_are_never_replaced BEFORE INSERT ON names
WHEN EXISTS (SELECT 1 FROM names WHERE name = NEW.name OR code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'names are never replaced'); END;

CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
"""

COLUMNS = (
    "id", "kind", "learner", "device", "time_ms", "offset_minutes", "item", "revision", "seed",
    "parameters", "answer", "outcome", "misconception", "confidence", "rating", "duration_ms",
    "target", "detail", "study_day",
)  # fmt: skip
"""What a seal is of, in its order: every column of ``events`` but the place and the seal itself."""

CODED_COLUMNS = frozenset(
    {"kind", "learner", "device", "item", "revision", "outcome", "misconception", "rating"}
)
TEXT_COLUMNS = frozenset({"parameters", "answer", "detail"})

MEMORY_COLUMNS = (
    "stage, step, stability, difficulty, due_ms, due_day, last_ms, last_day, reps, lapses"
)
IS_NEW = f"stage = {Stage.NEW:d}"
HAS_MEMORY = f"stage > {Stage.NEW:d}"
IS_UNLEARNED = f"stage < {Stage.REVIEW:d}"
IN_REVIEW = f"stage = {Stage.REVIEW:d}"
IN_STEPS = f"stage IN ({Stage.LEARNING:d}, {Stage.RELEARNING:d})"
"""The columns of ``items`` with a memory, and SQL conditions on its rows, as the indexes below have them word for word."""

_INDEXES = {
    "items_by_due": f"ON items(asked_day, rests_until_ms) WHERE listed = 1 AND {IN_REVIEW}",
    "items_by_pack": f"ON items(pack, asked_day, item, rests_until_ms) WHERE listed = 1 AND {IN_REVIEW}",
    "items_in_steps": f"ON items(pack, due_ms, last_day, rests_until_ms) WHERE listed = 1 AND {IN_STEPS}",
    "items_resting": "ON items(rests_until_ms) WHERE listed = 1 AND rests_until_ms > 0",
    "items_new": f"ON items(pack, position, concept, rests_until_ms) WHERE listed = 1 AND {IS_NEW}",
    "items_unlearned": (
        f"ON items(pack, concept) WHERE listed = 1 AND {IS_UNLEARNED} AND rests_until_ms IS NOT NULL"
    ),
    "items_by_first": "ON items(first_day) WHERE first_day IS NOT NULL",
}
ITEM_INDEXES = {name: f"CREATE INDEX {name} {on};" for name, on in _INDEXES.items()}
_WHOLES = (
    "stage", "step", "due_ms", "due_day", "last_ms", "last_day", "reps", "lapses", "first_day",
    "shift_days", "set_day", "set_ms", "rests_until_ms", "flagged", "pack", "concept", "position",
    "listed",
)  # fmt: skip
_PRIME = 2_147_483_647


def _bits(column: str) -> str:
    """Return SQL for a whole number that changes with each bit of a positive real number from 2⁻¹⁰ on."""
    whole = f"CAST({{row}}{column} AS INTEGER)"
    rest = f"CAST(({{row}}{column} - {whole}) * {2.0**62} AS INTEGER)"
    return f"coalesce({whole} + {rest} % {_PRIME}, 7)"


def _sum_of(reals: tuple[str, ...], wholes: tuple[str, ...]) -> str:
    """Return SQL for a number that changes with each bit of a row's columns."""
    terms = [*map(_bits, reals), *(f"coalesce({{row}}{column}, -7)" for column in wholes)]
    return f"(({' + '.join(f'{2 * n + 1} * {term}' for n, term in enumerate(terms))}) % {_PRIME})"


_SUMMED = {
    "items": _sum_of(("stability", "difficulty"), _WHOLES),
    "mature_reviews": _sum_of(("predicted",), ("time_ms", "seq", "recalled")),
}
_CHANGES = {"INSERT": "+ {new}", "UPDATE": "+ {new} - {old}", "DELETE": "- {old}"}
FOLD_SUMS = {
    (name := f"{table}_{change.lower()}_summed"): (
        f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN UPDATE meta SET value = value "
        + by.format(new=one.format(row="NEW."), old=one.format(row="OLD."))
        + " WHERE key = 'fold_sum'; END;"
    )
    for table, one in _SUMMED.items()
    for change, by in _CHANGES.items()
}
SUM_OF_FOLD = "SELECT " + " + ".join(
    f"(SELECT coalesce(sum({one.format(row='')}), 0) FROM {table})"
    for table, one in _SUMMED.items()
)
"""What the triggers keep in ``meta``: one bit of a row that changes by itself changes it.

By a prime's remainder, so that many millions of rows do not exceed 64 bits, and no bit is a multiple of it.
"""

MADE_TABLES = {
    "packs": """CREATE TABLE packs(
    pack INTEGER PRIMARY KEY REFERENCES names,
    digest TEXT NOT NULL,
    items INTEGER NOT NULL
) STRICT""",
    "items": f"""CREATE TABLE items(
    item INTEGER PRIMARY KEY REFERENCES names,
    pack INTEGER REFERENCES names,
    concept INTEGER REFERENCES names,
    position INTEGER NOT NULL DEFAULT 0,
    listed INTEGER NOT NULL DEFAULT 0,
    stage INTEGER NOT NULL DEFAULT {Stage.NEW:d},
    step INTEGER NOT NULL DEFAULT 0,
    stability REAL,
    difficulty REAL,
    due_ms INTEGER,
    due_day INTEGER,
    last_ms INTEGER,
    last_day INTEGER,
    reps INTEGER NOT NULL DEFAULT 0,
    lapses INTEGER NOT NULL DEFAULT 0,
    first_day INTEGER,
    shift_days INTEGER NOT NULL DEFAULT 0,
    set_day INTEGER,
    set_ms INTEGER,
    rests_until_ms INTEGER DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0,
    asked_day INTEGER GENERATED ALWAYS AS (due_day + shift_days) VIRTUAL
) STRICT""",
    "vacations": """CREATE TABLE vacations(
    seq INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    days INTEGER NOT NULL
) STRICT""",
    "break_days": """CREATE TABLE break_days(
    study_day INTEGER PRIMARY KEY,
    leads_to INTEGER NOT NULL,
    time_ms INTEGER NOT NULL
) STRICT""",
    "moved": """CREATE TABLE moved(
    item INTEGER PRIMARY KEY REFERENCES names,
    now INTEGER NOT NULL REFERENCES names,
    kept INTEGER NOT NULL REFERENCES names
) STRICT""",
    "settings": """CREATE TABLE settings(
    name TEXT PRIMARY KEY,
    value TEXT,
    time_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID""",
    "studied_days": """CREATE TABLE studied_days(
    study_day INTEGER PRIMARY KEY,
    reviews INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL
) STRICT""",
    "retracted": "CREATE TABLE retracted(id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "doubles": "CREATE TABLE doubles(id BLOB PRIMARY KEY) STRICT, WITHOUT ROWID",
    "mature_reviews": """CREATE TABLE mature_reviews(
    time_ms INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    recalled INTEGER NOT NULL,
    predicted REAL NOT NULL,
    PRIMARY KEY (time_ms, seq)
) STRICT, WITHOUT ROWID""",
}
"""By name, each as SQLite keeps its text: a table that was made otherwise is made anew.

An item that a pack lists is not asked while the row of another of its ids has its state: it has
``listed = 2`` then.

An item rests until ``rests_until_ms``: 0 at first, then as it was buried, NULL while suspended.
``due_ms`` is of an item in steps, ``due_day`` of one in review; ``shift_days`` is what vacations
since its last review put that off by, and then a break set ahead, whose days are ``break_days``;
where the learner has let it fall due on ``set_day`` since,
at ``set_ms``, it leads there, and on by the vacations since then.
"""

MADE = "".join(f"{table};\n" for table in MADE_TABLES.values()) + "\n".join(
    (
        *ITEM_INDEXES.values(),
        "CREATE INDEX days_again ON studied_days(reviews, first_ms, last_ms);",
        *FOLD_SUMS.values(),
        "INSERT OR REPLACE INTO meta VALUES ('fold_sum', 0);",
    )
)

_TABLE = re.compile(r"CREATE TABLE (\w+)[^;]*")
TRUTH_TABLES = {one[1]: "".join(one[0].split()) for one in _TABLE.finditer(TRUTH)}
"""By name, without spaces."""
FORMAT = (APPLICATION, VERSION, frozenset(text.encode() for text in TRUTH_TABLES.values()))
PARTS = {
    part[1]: part[0]
    for part in re.finditer(r"CREATE (?:INDEX|TRIGGER) (\w+)[^;]*(?:; END)?", TRUTH + MADE)
}
"""The indexes and triggers by name, each as SQLite keeps its text."""

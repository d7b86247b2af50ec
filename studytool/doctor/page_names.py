"""The names in the pages of a damaged log: those that their seals prove, or that an index has."""

from collections.abc import Iterable
from dataclasses import dataclass

from studytool.review_log.damage import DamagedName
from studytool.review_log.database import Database
from studytool.review_log.mending import mended_name
from studytool.review_log.schema import FIXED_NAMES
from studytool.review_log.seals import name_seal
from studytool.sqlite.pages import PageRecord, Pages
from studytool.sqlite.watching import Step

_OWN = ("learner", "device")
"""The names of the file itself, in its table ``meta``; the next reviews are theirs."""

_KEEP_OWN = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING"
_ROW_HEADER = range(3, 9)
"""The bytes that the header of a row may have: of 2 columns or 3."""


@dataclass(slots=True)
class PageNames:
    """The names of a file, as they are found on its pages.

    Attributes:
        true: by code, whose seals are right.
        unsealed: by code, of a version before, which had no seals.
        indexed: by code, in the index of the table.
        damaged: whose seals are wrong.
    """

    true: dict[int, str]
    unsealed: dict[int, str]
    indexed: dict[int, str]
    damaged: list[DamagedName]

    @property
    def are_sealed(self) -> bool:
        """Tell whether the file's rows have seals: then one without is no row of it."""
        return bool(self.true)

    def words(self, known: dict[int, str]) -> dict[int, str]:
        """Return the names by code, what ``known`` ones or a single bit put right among them."""
        if not self.are_sealed:
            return self.indexed | self.unsealed
        words = [word.encode() for word in (*self.indexed.values(), *known.values())]
        mended = filter(None, (mended_name(one, words) for one in self.damaged))
        damaged = {one.code for one in self.damaged}
        unproved = {code: name for code, name in self.indexed.items() if code not in damaged}
        return unproved | {code: name.decode() for code, name in mended} | self.true


def read_names(db: Database, pages: Pages) -> tuple[dict[int, str], bool]:
    """Return the names by code, and whether rows have seals; keep the file's own names in ``db``.

    The names are those of the file, and of the backup unless the two contradict each other.
    """
    found = PageNames({}, {}, {}, [])
    for number in pages.numbers(Step.READING_WORDS):
        for code, record in pages.rows(number, header_bytes=_ROW_HEADER):
            _take(found, code, record)
        _take_keyed(found, db, pages.keyed_rows(number))
    kept: dict[int, str] = dict(db.rows("SELECT code, name FROM names"))
    fixed = {code: name for name, code in FIXED_NAMES.items()}
    words = fixed | found.words(kept | fixed)
    if all(words.get(code, name) == name for code, name in kept.items()):
        words = kept | words
    return words, found.are_sealed


def _take(found: PageNames, code: int, record: PageRecord) -> None:
    match record:
        case [None, str(name)]:
            found.unsealed.setdefault(code, name)
        case [None, str() | bytes() as name, int() | None as seal]:
            stored = name.encode() if isinstance(name, str) else name
            if isinstance(name, str) and name_seal(code, stored) == seal:
                found.true.setdefault(code, name)
            else:
                found.damaged.append(DamagedName(code, stored, seal))
        case _:
            pass


def _take_keyed(found: PageNames, db: Database, records: Iterable[PageRecord]) -> None:
    for record in records:
        match record:
            case [str(key), str(value)] if key in _OWN:
                db.rows(_KEEP_OWN, (key, value))
            case [str(name), int(code)] if name not in _OWN:
                found.indexed.setdefault(code, name)
            case _:
                pass

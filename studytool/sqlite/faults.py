"""What SQLite reports, as faults of the learner's files with a reason in both languages."""

from itertools import chain
from pathlib import Path

import apsw

from studytool.errors import StateError
from studytool.faults import FAULTS, Fault
from studytool.language import Message, Phrase
from studytool.reasons import NO_PERMISSION, NO_SPACE

BusyError, ConstraintError, SqliteError = apsw.BusyError, apsw.ConstraintError, apsw.Error

DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)
"""What SQLite raises where a file's content is not as it should be."""

_FAULTS: dict[Fault, tuple[type[apsw.Error], ...]] = {
    Fault.LOCKED: (apsw.BusyError, apsw.LockedError, apsw.ProtocolError),
    Fault.DAMAGED: DAMAGE,
    Fault.READ_ONLY: (apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError),
    Fault.FULL: (apsw.FullError,),
    Fault.UNREADABLE: (apsw.IOError,),
}
_TRANSLATED: tuple[type[apsw.Error], ...] = (
    apsw.CantOpenError,
    *chain.from_iterable(_FAULTS.values()),
)

NO_TEXT = Phrase(ko="글자가 아닌 바이트가 있음", en="some of its text is not text any more")
_LOST_NAMES = ("no such column", "no such table", "malformed database schema", "unsupported file")
"""The begins of what SQLite says where the text of a table or column, or the header, was altered."""

MALFORMED = Phrase(ko="데이터베이스 내용이 깨짐", en="malformed database pages")
READ_ONLY = Phrase(ko="읽기 전용", en="read-only")

_REASONS: dict[int, Phrase] = {
    apsw.SQLITE_ERROR: Phrase(ko="표나 열이 빠짐", en="a table or column is missing"),
    apsw.SQLITE_PERM: NO_PERMISSION,
    apsw.SQLITE_BUSY: Phrase(ko="다른 프로그램이 쓰는 중", en="another program is writing"),
    apsw.SQLITE_LOCKED: Phrase(ko="다른 작업이 쓰는 중", en="other work is writing"),
    apsw.SQLITE_NOMEM: Phrase(ko="메모리가 모자람", en="out of memory"),
    apsw.SQLITE_READONLY: READ_ONLY,
    apsw.SQLITE_IOERR: Phrase(ko="디스크 입출력 오류", en="disk input/output error"),
    apsw.SQLITE_CORRUPT: MALFORMED,
    apsw.SQLITE_FULL: NO_SPACE,
    apsw.SQLITE_CANTOPEN: Phrase(ko="열리지 않음", en="unable to open it"),
    apsw.SQLITE_PROTOCOL: Phrase(ko="잠금이 풀리지 않음", en="its lock is not let go of"),
    apsw.SQLITE_TOOBIG: Phrase(ko="값이 너무 큼", en="a value is too large"),
    apsw.SQLITE_CONSTRAINT: Phrase(ko="행이 규칙에 어긋남", en="a row breaks a rule"),
    apsw.SQLITE_MISMATCH: Phrase(ko="값의 종류가 틀림", en="a value of the wrong type"),
    apsw.SQLITE_AUTH: Phrase(ko="허용되지 않음", en="not authorised"),
    apsw.SQLITE_FORMAT: Phrase(ko="형식이 다름", en="another format"),
    apsw.SQLITE_NOTADB: Phrase(ko="데이터베이스가 아님", en="it is not a database"),
}
_OTHER = Phrase(ko="SQLite 오류 {number}", en="SQLite error {number}")


def sqlite_reason(error: apsw.Error) -> Message:
    """Say what SQLite's primary result code means; its number where the table has no words."""
    if _has_no_room(error):
        return NO_SPACE.of()
    number = getattr(error, "result", -1)
    known = _REASONS.get(number)
    return _OTHER.of(number=number) if known is None else known.of()


class sqlite_faults:  # noqa: N801 - read as a clause: ``with sqlite_faults(path):``
    """Turn what SQLite reports of the file at ``path`` into a StateError; bugs pass through.

    A class, since it stands around every query and contextlib's generator costs as much as one.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        """Translate."""
        if error is None:
            return
        if isinstance(error, UnicodeDecodeError):  # in a value of the file
            raise StateError(Fault.DAMAGED, path=self._path, why=NO_TEXT) from error
        if isinstance(error, apsw.SQLError) and str(error).startswith(_LOST_NAMES):
            lost = sqlite_reason(error)
            raise StateError(Fault.DAMAGED, path=self._path, why=lost) from error
        if isinstance(error, _TRANSLATED):
            fault = _fault(self._path, error)
            why = {"why": sqlite_reason(error)} if "why" in FAULTS[fault].fields else {}
            raise StateError(fault, path=self._path, **why) from error


def _fault(path: Path, error: apsw.Error) -> Fault:
    if isinstance(error, apsw.CantOpenError):
        if path.is_dir():
            return Fault.IS_FOLDER
        return Fault.READ_ONLY if path.exists() else Fault.NO_FILE
    if getattr(error, "extendedresult", 0) == apsw.SQLITE_READONLY_DBMOVED:
        return Fault.MOVED
    if _has_no_room(error):
        return Fault.FULL
    return next(fault for fault, kinds in _FAULTS.items() if isinstance(error, kinds))


def _has_no_room(error: apsw.Error) -> bool:
    """Tell whether the index of a journal, which even reading makes, could not be as large as it is."""
    return getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE

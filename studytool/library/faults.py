"""What can be wrong with the library's file, said so that the learner can mend it.

The file is a cache, so the remedy may always be to delete it: the reviews are in another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from studytool.errors import StateError
from studytool.language import Phrase

DAMAGED = Phrase(
    ko="{path}이(가) 손상되었습니다({why}). 이 파일은 다시 만들 수 있는 보관소이니, 지우고 다시 시작하세요. "
    "복습 기록은 다른 파일에 있으며 그대로입니다.",
    en="{path} is damaged ({why}). It is a cache that is made again: delete it and start again. "
    "Your reviews are in another file and are untouched.",
)
LOCKED = Phrase(
    ko="다른 프로그램이 {path}을(를) 쓰고 있습니다. 그 프로그램이 끝난 뒤 다시 해 보세요.",
    en="another program is writing to {path}. Try again when that program is done.",
)
UNUSABLE = Phrase(
    ko="{path}을(를) 열거나 쓸 수 없습니다({why}). 폴더의 쓰기 권한과 남은 공간을 확인하거나, "
    "STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
    en="cannot open or write {path} ({why}). Check the folder's permissions and free space, or "
    "set STUDYTOOL_HOME to another folder.",
)
NEWER = Phrase(
    ko="{path}은(는) 더 새로운 studytool이 만들었습니다. studytool을 업데이트하거나, 이 파일을 지우고 다시 "
    "시작하세요. 복습 기록은 다른 파일에 있으며 그대로입니다.",
    en="{path} was made by a newer studytool. Update studytool, or delete this file and start "
    "again. Your reviews are in another file and are untouched.",
)
FOREIGN = Phrase(
    ko="{path}은(는) 다른 프로그램의 데이터베이스입니다. 파일은 그대로 두었습니다. 다른 곳으로 옮기고 다시 "
    "시작하세요.",
    en="{path} is another program's database. It was left as it is. Move it elsewhere and start "
    "again.",
)

_PHRASES: tuple[tuple[type[apsw.Error], Phrase], ...] = (
    (apsw.BusyError, LOCKED),
    (apsw.LockedError, LOCKED),
    (apsw.ProtocolError, LOCKED),
    (apsw.NotADBError, DAMAGED),
    (apsw.CorruptError, DAMAGED),
    (apsw.FormatError, DAMAGED),
    (apsw.CantOpenError, UNUSABLE),
    (apsw.ReadOnlyError, UNUSABLE),
    (apsw.PermissionsError, UNUSABLE),
    (apsw.AuthError, UNUSABLE),
    (apsw.FullError, UNUSABLE),
    (apsw.IOError, UNUSABLE),
)


@contextmanager
def mendable(path: Path) -> Iterator[None]:
    """Turn what SQLite reports of the file at ``path`` into a StateError; bugs pass through."""
    try:
        yield
    except tuple(kind for kind, _ in _PHRASES) as error:
        phrase = next(phrase for kind, phrase in _PHRASES if isinstance(error, kind))
        raise StateError(phrase, path=path, why=error) from error

"""What can be wrong with the log's file, said so that the learner can mend it."""

from pathlib import Path

import apsw

from studytool.errors import StateError
from studytool.language import Phrase

LOCKED = Phrase(
    ko="다른 프로그램이 {path}에 쓰고 있어 기다리다 멈췄습니다. 지금까지의 복습은 모두 그대로 있습니다. "
    "그 프로그램이 끝난 뒤 다시 해 보세요.",
    en="another program is writing to {path} and did not finish in time. All reviews saved so far "
    "are there. Try again when that program is done.",
)
DAMAGED = Phrase(
    ko="{path} 파일이 손상되었습니다({why}). 이 프로그램은 파일을 고치거나 지우지 않았습니다. "
    "studytool doctor --repair가 읽을 수 있는 복습을 모두 새 파일로 옮기고, studytool restore가 백업으로 "
    "바꿉니다. 둘 다 손상된 파일을 보관합니다.",
    en="{path} is damaged ({why}). studytool has neither changed nor deleted it. studytool doctor "
    "--repair moves every review that can be read into a new file; studytool restore puts a "
    "backup in its place. Both keep the damaged file.",
)
READ_ONLY = Phrase(
    ko="{path}에 쓸 수 없습니다({why}). 지금까지의 복습은 모두 그대로 있습니다. 파일과 폴더의 쓰기 권한을 "
    "확인하거나, STUDYTOOL_HOME에 쓸 수 있는 폴더를 지정하세요.",
    en="{path} cannot be written ({why}). All reviews saved so far are there. Make the file and its "
    "folder writable, or set STUDYTOOL_HOME to a folder that is.",
)
FULL = Phrase(
    ko="디스크가 가득 차 {path}에 저장하지 못했습니다({why}). 이번 것만 저장되지 않았고 그 앞의 복습은 모두 "
    "그대로 있습니다. 공간을 비운 뒤 다시 해 보세요.",
    en="the disk is full: {path} could not take what was just written ({why}). Only that is not "
    "saved; all reviews before it are there. Free some space and try again.",
)
UNREADABLE = Phrase(
    ko="{path} 파일을 읽거나 쓰지 못했습니다({why}). 저장되었다고 알린 복습은 모두 그대로 있습니다. 디스크의 남은 "
    "공간과 연결 상태를 확인하고 다시 해 보세요.",
    en="{path} could not be read or written ({why}). Every review that was reported as saved is "
    "there. Check the disk's free space and its connection, and try again.",
)
NO_FILE = Phrase(
    ko="{path} 파일을 열 수 없습니다({why}). 폴더가 있는지, 읽고 쓸 권한이 있는지 확인하세요.",
    en="cannot open {path} ({why}). Check that its folder exists and may be read and written.",
)
IS_FOLDER = Phrase(
    ko="{path}은(는) 파일이 아니라 폴더입니다. 폴더를 다른 곳으로 옮기고 다시 시작하세요.",
    en="{path} is a folder, not a file. Move it elsewhere and start again.",
)
NEWER = Phrase(
    ko="{path}은(는) 더 새로운 studytool이 쓴 파일입니다(형식 {found}, 이 프로그램은 "
    "{known}까지). 파일은 그대로 두었습니다. studytool을 업데이트하세요.",
    en="{path} was written by a newer studytool (format {found}; this one knows up to {known}). It "
    "was left as it is. Update studytool.",
)
FOREIGN = Phrase(
    ko="{path}은(는) 다른 프로그램의 데이터베이스입니다. 파일은 그대로 두었습니다. 다른 곳으로 "
    "옮기고 다시 시작하세요.",
    en="{path} is another program's database. It was left as it is. Move it elsewhere and start again.",
)
MOVED = Phrase(
    ko="이 프로그램이 쓰던 {path} 파일이 그사이 옮겨졌거나 지워졌거나 다른 파일로 바뀌었습니다. 방금 것은 저장하지 "
    "않았습니다. 이 프로그램을 닫고 다시 시작하세요.",
    en="{path} was moved, deleted or replaced while this program had it open. What was just to be "
    "written was not saved. Close this program and start it again.",
)
OTHER_VERSION = Phrase(
    ko="다른 버전의 studytool이 {path}을(를) 함께 쓰고 있습니다. 지금까지의 복습은 모두 그대로 "
    "있습니다. 이 프로그램을 닫고 다시 시작하세요.",
    en="another version of studytool is using {path} too. All reviews saved so far are there. Close "
    "this program and start it again.",
)
UNKNOWN_KINDS = Phrase(
    ko="복습 기록에 이 버전이 모르는 이벤트 {n}개가 있습니다({kinds}). 더 새로운 studytool이 적은 "
    "것입니다. 지우지 않고 그대로 두지만, 여기서는 계산에 넣지도 내보내지도 않습니다.",
    en="the log has events that this version does not know ({n}: {kinds}): a newer studytool "
    "wrote them. They are kept as they are, but count for nothing here and are not exported.",
)
DO_UPDATE = Phrase(
    ko="studytool을 업데이트하면 다시 쓰입니다.", en="Update studytool, and they count again."
)

_PHRASES: tuple[tuple[type[apsw.Error], Phrase], ...] = (
    (apsw.BusyError, LOCKED),
    (apsw.LockedError, LOCKED),
    (apsw.ProtocolError, LOCKED),
    (apsw.NotADBError, DAMAGED),
    (apsw.CorruptError, DAMAGED),
    (apsw.FormatError, DAMAGED),
    (apsw.ReadOnlyError, READ_ONLY),
    (apsw.PermissionsError, READ_ONLY),
    (apsw.AuthError, READ_ONLY),
    (apsw.FullError, FULL),
    (apsw.IOError, UNREADABLE),
)
_MENDABLE: tuple[type[apsw.Error], ...] = (apsw.CantOpenError, *(kind for kind, _ in _PHRASES))


class mendable:  # noqa: N801 - read as a clause: ``with mendable(path):``
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
        if isinstance(error, _MENDABLE):
            phrase = _phrase(self._path, error)
            raise StateError(phrase, path=self._path, why=error) from error


def _phrase(path: Path, error: apsw.Error) -> Phrase:
    if isinstance(error, apsw.CantOpenError):
        if path.is_dir():
            return IS_FOLDER
        return READ_ONLY if path.exists() else NO_FILE
    if getattr(error, "extendedresult", 0) == apsw.SQLITE_READONLY_DBMOVED:
        return MOVED
    return next(phrase for kind, phrase in _PHRASES if isinstance(error, kind))

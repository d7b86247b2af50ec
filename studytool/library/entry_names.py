"""Names of a stranger's files: what no name in an archive or a repository may be."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain

from studytool.files import DEVICE_NAME
from studytool.language import Message, Phrase
from studytool.packs.source_text import describe, find_forbidden
from studytool.printable import is_one_line, printable

LONGEST_PART, LONGEST_NAME = 200, 400
"""Bytes of a file's name and of its path in the pack."""
EXTENSIONS = frozenset({"yaml", "md", "lock", "json", "txt"})
"""Of the files that may lie in a pack; a licence or a readme may also have none."""
_WITHOUT_EXTENSION = frozenset({"LICENSE", "LICENCE", "COPYING", "README", "NOTICE", "AUTHORS"})

_OF_WINDOWS = re.compile(r'[<>"|?*]')

_EMPTY = Phrase(ko="이름이 비어 있습니다", en="the name is empty")
_LONG = Phrase(ko="이름이 너무 깁니다", en="the name is too long")
_BACKSLASH = Phrase(ko="이름에 역슬래시가 있습니다", en="the name has a backslash")
_ABSOLUTE = Phrase(ko="절대 경로입니다", en="the path is absolute")
_DRIVE = Phrase(
    ko="드라이브나 스트림을 가리키는 ':'이 있습니다",
    en="the name has ':', as of a drive or a stream",
)
_UPWARD = Phrase(ko="'..'이나 '.'이 있습니다", en="the path has '..' or '.'")
_HOLE = Phrase(ko="빈 폴더 이름이 있습니다", en="the path has a folder without a name")
_INVISIBLE = Phrase(ko="{what}", en="{what}")
_CONTROL = Phrase(ko="이름에 제어 문자가 있습니다", en="the name has control characters")
_IS_DEVICE = Phrase(
    ko="Windows에서 장치의 이름입니다", en="the name is that of a device on Windows"
)
_ENDS = Phrase(ko="이름이 마침표나 공백으로 끝납니다", en="a name ends with a full stop or a blank")
_SIGNS = Phrase(
    ko="Windows가 받지 않는 글자가 있습니다", en="the name has a character that Windows refuses"
)
_EXTENSION = Phrase(
    ko="꾸러미에 들어갈 수 없는 종류의 파일입니다({known}만 됩니다)",
    en="no kind of file that a pack has (it has {known})",
)
_TWINS = Phrase(
    ko="대소문자나 유니코드 표기만 다른 이름이 또 있습니다: {other}",
    en="another name differs in case or Unicode form alone: {other}",
)
_FILE_AND_FOLDER = Phrase(ko="파일이면서 폴더입니다", en="one name is both a file and a folder")


def name_problem(name: str) -> Message | None:
    """Return what is wrong with the name of a file in an archive; None where nothing is."""
    if not name:
        return _EMPTY.of()
    if (hidden := find_forbidden(name)) is not None:
        return _INVISIBLE.of(what=describe(hidden))
    if not is_one_line(name):
        return _CONTROL.of()
    of_name = (
        ("\\" in name, _BACKSLASH),
        (name.startswith("/"), _ABSOLUTE),
        (":" in name, _DRIVE),
        (_OF_WINDOWS.search(name) is not None, _SIGNS),
        (len(name.encode("utf-8", "replace")) > LONGEST_NAME, _LONG),
    )
    parts = name.split("/")
    found = chain(of_name, *map(_part_problems, parts))
    wrong = next((why for is_wrong, why in found if is_wrong), None)
    return _extension_problem(parts[-1]) if wrong is None else wrong.of()


def _part_problems(part: str) -> tuple[tuple[bool, Phrase], ...]:
    return (
        (not part, _HOLE),
        (part in {".", ".."}, _UPWARD),
        (part.endswith((".", " ")), _ENDS),
        (DEVICE_NAME.match(part) is not None, _IS_DEVICE),
        (len(part.encode("utf-8", "replace")) > LONGEST_PART, _LONG),
    )


def _extension_problem(name: str) -> Message | None:
    stem, dot, extension = name.rpartition(".")
    if (stem and dot and extension in EXTENSIONS) or name in _WITHOUT_EXTENSION:
        return None
    return _EXTENSION.of(known=", ".join(sorted(EXTENSIONS)))


def twin_problem(names: Iterable[str]) -> tuple[str, Message] | None:
    """Return a name that meets another on some file system, and the problem; None where none does."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        key = _folded(name)
        if key in files:
            return name, _TWINS.of(other=printable(files[key]))
        files[key] = name
        parts = name.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            known = folders.setdefault(_folded(folder), folder)
            if known != folder:
                return name, _TWINS.of(other=printable(known))
    both = next((name for key, name in files.items() if key in folders), None)
    return None if both is None else (both, _FILE_AND_FOLDER.of())


def _folded(name: str) -> str:
    """Return a name as file systems compare it that know neither case nor forms of a letter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)

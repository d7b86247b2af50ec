"""Why the system or a parser refused a file, as a phrase in both languages."""

import errno
import re

from studytool.language import Message, Phrase

NO_PERMISSION = Phrase(ko="권한이 없음", en="permission denied")
TOO_LONG = Phrase(ko="이름이 너무 긺", en="the name is too long")
TOO_DEEP = Phrase(ko="너무 깊이 겹쳐 있음", en="it is nested too deeply")
TOO_BIG = Phrase(ko="너무 큼", en="it is too large")
LONG_NUMBER = Phrase(ko="수가 너무 긺", en="a number in it is too long")
NOT_UTF8 = Phrase(ko="UTF-8이 아님", en="it is not UTF-8")
HAS_CONTROLS = Phrase(ko="제어 문자가 있음", en="it has control characters")
NO_SPACE = Phrase(ko="디스크에 남은 공간이 없음", en="no space left on the disk")

_OF_SYSTEM: dict[int, Phrase] = {
    errno.ENOENT: Phrase(ko="그런 파일이나 폴더가 없음", en="no such file or folder"),
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: Phrase(ko="허용되지 않음", en="not permitted"),
    errno.ENOSPC: NO_SPACE,
    errno.EDQUOT: Phrase(ko="할당된 공간을 다 씀", en="disk quota exceeded"),
    errno.EFBIG: Phrase(ko="파일이 너무 커짐", en="the file grows too large"),
    errno.EROFS: Phrase(ko="읽기만 되는 파일 시스템", en="read-only file system"),
    errno.EISDIR: Phrase(ko="파일이 아니라 폴더임", en="it is a folder, not a file"),
    errno.ENOTDIR: Phrase(
        ko="경로 가운데 폴더가 아닌 것이 있음", en="part of the path is not a folder"
    ),
    errno.ENAMETOOLONG: TOO_LONG,
    errno.EIO: Phrase(ko="입출력 오류", en="input/output error"),
    errno.EEXIST: Phrase(ko="이미 있음", en="it already exists"),
    errno.EBUSY: Phrase(ko="다른 프로그램이 쓰는 중", en="it is in use"),
    errno.ELOOP: Phrase(ko="링크가 돌고 돎", en="the links go round in a circle"),
    errno.EMFILE: Phrase(ko="열린 파일이 너무 많음", en="too many open files"),
    errno.ENOTEMPTY: Phrase(ko="폴더가 비어 있지 않음", en="the folder is not empty"),
    errno.EXDEV: Phrase(ko="다른 디스크에 있음", en="it is on another disk"),
    errno.ENXIO: Phrase(ko="읽거나 쓸 상대가 없음", en="nobody is at the other end"),
    errno.EPIPE: Phrase(ko="받던 프로그램이 끝남", en="the reader is gone"),
    errno.EINVAL: Phrase(ko="쓸 수 없는 이름이나 값", en="an invalid name or value"),
    errno.ETIMEDOUT: Phrase(ko="시간 안에 응답이 없음", en="no answer in time"),
    errno.EADDRINUSE: Phrase(ko="다른 프로그램이 쓰는 포트", en="another program uses it"),
    errno.EADDRNOTAVAIL: Phrase(ko="이 컴퓨터에 없는 주소", en="no address of this computer"),
    errno.ESTALE: Phrase(ko="연결이 끊긴 네트워크 파일", en="a network file that is gone"),
}
_OTHER = Phrase(ko="시스템 오류 {number}", en="system error {number}")
_AT = Phrase(ko="{line}번째 줄 {column}번째 글자에서 문법에 맞지 않음", en="{text}")
_AT_END = Phrase(ko="파일 끝에서 문법에 맞지 않음", en="{text}")
_OTHERWISE_WRONG = Phrase(ko="형식에 맞지 않음", en="{text}")
_PLACE = re.compile(r"line (\d+),? col(?:umn)? (\d+)")


def reason(error: Exception) -> Message:
    """Say why a file could not be used, in words for the inside of a bracket.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file or directory")).text("en")
    'no such file or folder'
    """
    if isinstance(error, OSError):
        return system_reason(error.errno)
    if isinstance(error, UnicodeDecodeError):
        return NOT_UTF8.of()
    if isinstance(error, RecursionError):
        return TOO_DEEP.of()
    text = str(error)
    if "integer string conversion" in text:  # Python's own words advise how to program it
        return LONG_NUMBER.of()
    if place := _PLACE.search(text):
        line, column = place.groups()
        return _AT.of(line=line, column=column, text=text)
    phrase = _AT_END if "end of document" in text else _OTHERWISE_WRONG
    return phrase.of(text=text)


def system_reason(number: int | None) -> Message:
    """Say what an errno means; its number where the table has no words for it."""
    if number is None:
        return _OTHER.of(number="?")
    known = _OF_SYSTEM.get(number)
    return _OTHER.of(number=number) if known is None else known.of()

"""A file that a command is told to read, or standard input, and the lines of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from studytool.cli.output import learner_language, write_note
from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.reasons import reason
from studytool.review_log.event_kinds import MOST_LINE_BYTES

_UNREADABLE = Phrase(
    ko="읽을 수 없습니다({why}). 이름과 읽기 권한을 확인하세요.",
    en="it cannot be read ({why}). Check its name and its permissions.",
)

_TYPED = Phrase(
    ko="키보드 입력을 줄마다 읽습니다. 끝내려면 {keys}를 누르세요.",
    en="reading lines from the keyboard; {keys} ends them.",
)
_END_KEYS = "Ctrl-Z Enter" if sys.platform == "win32" else "Ctrl-D"

_LARGE = Phrase(
    ko="{most} MB보다 큽니다. 덱을 나누어 내보내세요.",
    en="it is larger than {most} MB; export fewer decks at a time.",
)
_ENDLESS = Phrase(
    ko="{most} MB를 읽어도 줄이 끝나지 않아 여기서 그만 읽었습니다. 줄마다 복습 하나를 쓴 파일을 주세요.",
    en="this line does not end within {most} MB, so reading stopped here. Give a file with one "
    "review a line.",
)


@contextmanager
def opened_input(file: Path) -> Iterator[BinaryIO]:
    """Open a file, or standard input where it is called ``-``; on a terminal say how that ends.

    Raises:
        ExchangeError: it cannot be read; says so.
    """
    if str(file) == "-":
        if sys.stdin.isatty():
            write_note(_TYPED.text(learner_language(), keys=_END_KEYS))
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise _refused(file, error) from error
    with opened:
        yield opened


def lines_of(opened: BinaryIO, file: Path) -> Iterator[bytes]:
    """Return the lines of a file, each as soon as it is there; of a line beyond any limit the begin.

    Raises:
        ExchangeError: it cannot be read further; says so.
    """
    try:
        yield from iter(partial(opened.readline, MOST_LINE_BYTES + 1), b"")
    except OSError as error:
        raise _refused(file, error) from error


def short_lines(opened: BinaryIO, file: Path, limit: int) -> Iterator[bytes | None]:
    """Return the lines of a file, None for one of more than ``limit`` bytes, which is not held.

    Raises:
        ExchangeError: it cannot be read further, or a line has no end within any limit.
    """
    pieces = iter(partial(opened.readline, limit + 1), b"")
    try:
        for number, piece in enumerate(pieces, start=1):
            if len(piece) <= limit or piece.endswith(b"\n"):
                yield piece
                continue
            read = len(piece)
            while piece and not piece.endswith(b"\n"):
                if read > MOST_LINE_BYTES:
                    place = f"{file}:{number}"
                    raise ExchangeError(_ENDLESS, place=place, most=MOST_LINE_BYTES // 2**20)
                piece = next(pieces, b"")  # noqa: PLW2901 - the rest of the same line
                read += len(piece)
            yield None
    except OSError as error:
        raise _refused(file, error) from error


def whole_of(opened: BinaryIO, file: Path, most: int) -> bytes:
    """Return all of a file, which has ``most`` bytes at most.

    Raises:
        ExchangeError: it is larger, or cannot be read; says so.
    """
    try:
        content = opened.read(most + 1)
    except OSError as error:
        raise _refused(file, error) from error
    if len(content) > most:
        raise ExchangeError(_LARGE, place=str(file), most=most // 2**20)
    return content


def _refused(file: Path, error: OSError) -> ExchangeError:
    return ExchangeError(_UNREADABLE, place=str(file), why=reason(error))

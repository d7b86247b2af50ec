"""What the program did not expect: one line to the learner, and a report that holds nothing of theirs."""

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from studytool import __version__
from studytool.clock import utc_now
from studytool.errors import StudytoolError
from studytool.language import Language, Message, Phrase
from studytool.settings import home_folder

_MOST_REPORTS = 10
_PACKAGE = Path(__file__).parents[1]

_UNEXPECTED = Phrase(
    ko="예기치 못한 오류가 났습니다({kind}). studytool의 잘못이며, 저장된 복습은 그대로 있습니다. "
    "다시 해 보고 되풀이되면 보고서를 개발자에게 보내 주세요(학습한 내용은 들어 있지 않습니다): {path}",
    en="something unexpected happened ({kind}). It is studytool's fault, and saved reviews are safe. "
    "Try again; if it comes back, send the report to the developers (nothing that you learn is in "
    "it): {path}",
)
_UNREPORTED = Phrase(
    ko="예기치 못한 오류가 났습니다({kind}, {where}). studytool의 잘못이며, 저장된 복습은 그대로 있습니다. "
    "다시 해 보고 되풀이되면 이 줄을 개발자에게 보내 주세요.",
    en="something unexpected happened ({kind}, {where}). It is studytool's fault, and saved reviews are "
    "safe. Try again; if it comes back, send this line to the developers.",
)
_NO_MEMORY = Phrase(
    ko="메모리가 모자랍니다. 다른 프로그램을 닫거나 더 작은 것으로 다시 해 보세요.",
    en="there is too little memory. Close other programs, or try again with something smaller.",
)
_TOO_DEEP = Phrase(
    ko="너무 깊이 겹쳐 있어 읽을 수 없습니다. 더 얕게 나누어 다시 해 보세요.",
    en="it is nested too deeply to be read. Part it into something flatter and try again.",
)

_OTHER_ENCODING = Phrase(
    ko="입력이 이 환경에서 정한 인코딩({encoding})이 아닙니다. PYTHONIOENCODING을 utf-8로 정하고 다시 해 보세요.",
    en="the input is not in the encoding that this environment names ({encoding}). Set "
    "PYTHONIOENCODING to utf-8 and try again.",
)


def known_limit(error: BaseException) -> Phrase | Message | None:
    """Return the words of a limit of the machine or its surroundings, which is no fault of the program."""
    if type(error) is UnicodeError:  # of a whole stream, not of a character in it
        return _OTHER_ENCODING.of(encoding=getattr(sys.stdin, "encoding", "?"))
    if isinstance(error, MemoryError) or _lacks_memory(error):
        return _NO_MEMORY
    return _TOO_DEEP if isinstance(error, RecursionError) else None


def _lacks_memory(error: BaseException) -> bool:
    """Tell whether a library could not be loaded for want of memory, which the loader says in words."""
    return isinstance(error, ImportError) and any(said in str(error) for said in _LOADERS_WORDS)


_LOADERS_WORDS = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")
"""Of glibc and musl; a library that wraps the error gives them, too."""


def wrong_clock() -> StudytoolError | None:
    """Return the words of a clock that no review could be dated by; Python's own may end before it."""
    try:
        utc_now()
    except StudytoolError as error:
        return error
    return None


def damaged_log(language: Language) -> str | None:
    """Say what is wrong with the log, and the remedy: its own damage may be what nobody expected."""
    from studytool.doctor.log_findings import UNREAD, examine_log

    with suppress(Exception):  # then it stays what nobody expected
        found = examine_log(home_folder() / "reviews.db", now=utc_now(), installed={})
        wrong = next(one for one in found if one.code in UNREAD)
        return f"{wrong.message.text(language)} {wrong.remedy.text(language)}"
    return None


def reported(error: BaseException, command: str, language: Language) -> str:
    """Save a report of ``error``, and return the line that says so.

    Args:
        error: what nobody expected.
        command: that was running, or nothing.
        language: of the line.
    """
    kind, frames = type(error).__name__, _frames(error)
    try:
        path = _save(_report(error, command))
    except OSError:  # the line says what matters then
        return _UNREPORTED.text(language, kind=kind, where=frames[-1] if frames else "?")
    return _UNEXPECTED.text(language, kind=kind, path=path)


def _report(error: BaseException, command: str) -> str:
    """Write the report: versions, the kinds of the errors and where they went; no value of any."""
    lines = [
        f"studytool {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {command or '-'}",
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines += ["", type(cause).__name__, *(f"  {frame}" for frame in _frames(cause))]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _frames(error: BaseException) -> list[str]:
    """Return where an error went, the innermost last; a file by its path from its library."""
    return [
        f"{_from_library(Path(frame.filename))}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def _from_library(path: Path) -> str:
    if path.is_relative_to(_PACKAGE):
        return str(Path("studytool") / path.relative_to(_PACKAGE))
    return "/".join(path.parts[-2:])


def _save(text: str) -> Path:
    """Write a report into the learner's folder, or a temporary one; the oldest go.

    Raises:
        OSError: it can be written nowhere.
    """
    name = f"report-{_moment()}-{os.getpid()}.txt"
    try:
        folder = home_folder() / "reports"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_text(text, "utf-8")
    except (OSError, StudytoolError):
        path = Path(tempfile.gettempdir()) / f"studytool-{name}"
        path.write_text(text, "utf-8")
        return path
    for old in sorted(folder.glob("report-*.txt"))[:-_MOST_REPORTS]:
        old.unlink(missing_ok=True)
    return path


def _moment() -> str:
    try:
        return f"{utc_now():%Y%m%dT%H%M%S}"
    except StudytoolError:  # the clock may be what is wrong
        return "0"


def running_command(known: Container[str]) -> str:
    """Return the command in the arguments, if it is one of the program's."""
    return next((one for one in sys.argv[1:] if one in known), "")

"""A log as a file of JSON lines: a header, then one event a line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.review_log.event_lines import read_event, read_object, write_event
from studytool.review_log.events import Event
from studytool.review_log.line_fields import shown

FORMAT, VERSION = "studytool-log", 1
HEADER = json.dumps({"format": FORMAT, "version": VERSION}).encode() + b"\n"

NO_HEADER = Phrase(
    ko='studytool-log 파일이 아닙니다. 첫 줄은 {{"format": "studytool-log", "version": 1}}이어야 합니다.',
    en='this is not a studytool-log file: its first line must be {{"format": "studytool-log", '
    '"version": 1}}.',
)
NEWER = Phrase(
    ko="더 새로운 studytool이 쓴 파일입니다(형식 {found}, 이 프로그램은 {known}까지). studytool을 업데이트하세요.",
    en="a newer studytool wrote this (format {found}; this one knows up to {known}); "
    "update studytool.",
)
_FOOTER = {"count", "sha256"}


def write_log(events: Iterable[Event]) -> Iterator[bytes]:
    """Return the lines of a file that holds ``events``."""
    yield HEADER
    yield from map(write_event, events)


def read_log(lines: Iterable[bytes], name: str) -> Iterator[Event]:
    """Read the events of a file called ``name``, or of several that were put together.

    Empty lines are passed over, and so are the last lines of files that ``sync`` wrote.

    Raises:
        ExchangeError: at the first line that is not as it should be; says how to mend it.
    """
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if number > 1 and line.isspace():
                continue
            found = read_object(line)
            if number == 1 or "format" in found:
                check_header(found)
            elif found.keys() != _FOOTER:
                yield read_event(found)
        if number == 0:
            raise ExchangeError(NO_HEADER)
    except ExchangeError as error:
        raise error.at(f"{name}:{max(number, 1)}") from error


def check_header(found: dict[str, Any]) -> None:
    """Refuse an object that is no header, or that of a newer version."""
    version = found.get("version")
    if found.get("format") != FORMAT or type(version) is not int or version < 1:
        raise ExchangeError(NO_HEADER)
    if version > VERSION:
        raise ExchangeError(NEWER, found=shown(version), known=VERSION)

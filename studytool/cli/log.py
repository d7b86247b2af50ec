"""``studytool log``: the log written into a file, and a file's events added to the log."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from studytool.cli.input_file import lines_of, opened_input
from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.long_work import watched_work
from studytool.cli.output import (
    clear_progress,
    learner_language,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.cli.read_only_home import readable_home
from studytool.clock import MACHINE_CLOCK, instant_of, local_offset_minutes, utc_now
from studytool.errors import ExchangeError, StateError, StudytoolError
from studytool.faults import Fault
from studytool.files import is_stream, whole_file
from studytool.json_output import LogExportJson, LogImportJson, LogRetractJson
from studytool.language import Language, Phrase
from studytool.reasons import reason
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.folder import Backup
    from studytool.review_log.events import Event
    from studytool.review_log.log import ReviewLog

    _Event = TypeVar("_Event", bound=Event)

_EXPORTED = Phrase(ko="{n}개를 {path}에 썼습니다.", en="{n} written to {path}.")
_IMPORTED = Phrase(
    ko="{read}개를 읽어 새로운 {added}개를 더했습니다.", en="{read} read, {added} of them new."
)
_APART = Phrase(
    ko="설치된 꾸러미에도 기록에도 없어 따로 둔 문항 {n}개: {names}",
    en="items that neither a pack nor the log knows, kept apart ({n}): {names}",
)
_MOST_NAMES = 12
_UNDO = Phrase(
    ko="studytool undo로 모든 기기에서 되돌릴 수 있습니다.",
    en="studytool undo takes this back, on every device.",
)
_BACKED_UP = Phrase(
    ko="더하기 전의 기록은 백업 {name}에 있습니다.",
    en="the log as it was before is the backup {name}.",
)
_RETRACTED = Phrase(
    ko="이벤트 {n}개를 거두었습니다. 모든 기기에서 더는 세지 않습니다. studytool undo로 되돌릴 수 있습니다.",
    en="events that count no more, on every device: {n}. studytool undo takes this back.",
)
_NOTHING = Phrase(
    ko="해당하는 이벤트가 없어 아무것도 바꾸지 않았습니다.",
    en="there are no such events; nothing was changed.",
)
_WHICH = Phrase(
    ko="무엇을 거둘지 쓰세요: --future, 또는 --device, --since, --until.",
    en="say which events: --future, or --device, --since, --until.",
)
_UNWRITABLE = Phrase(
    ko="쓸 수 없습니다({why}). 폴더가 있는지, 쓰기 권한과 남은 공간이 있는지 확인하세요.",
    en="it cannot be written ({why}). Check that its folder exists, its permissions and free space.",
)
_FORMATS = ("jsonl", "fsrs-csv")

_PATH = click.Path(path_type=Path, allow_dash=True)
_format = click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="By default fsrs-csv for a name that ends in .csv, else jsonl.",
)
_DAY = click.DateTime(["%Y-%m-%d"])
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group(name="log")
def command() -> None:
    """Write the log of reviews to a file, or add a file's events to it.

    jsonl is the whole log, one event a line; to import it is to add what is not there yet, in any
    order and any number of times. fsrs-csv is the table of the FSRS optimiser: the reviews that
    stand, and of each only when, how rated and how long.
    """


@command.command(name="export")
@click.argument("file", metavar="[FILE|-]", default="-", type=_PATH)
@_format
@_as_json
def export_command(file: Path, *, format_: str | None, as_json: bool) -> None:
    """Write the log to FILE, or to standard output."""
    home = home_folder()
    language = learner_language(home)
    if not (home / "reviews.db").exists():
        from studytool.backups.restoring import refuse_lost_log

        refuse_lost_log(home)
        raise StateError(Fault.NO_LOG, path=home / "reviews.db")
    n = _export(home, file, format_ or _format_of(file), language)
    path = str(file)
    to_stderr = path == "-" or is_stream(file)
    if as_json:
        written: LogExportJson = {"path": path, "written": n}
        write_json(written, to_stderr=to_stderr)
    elif path != "-":
        text = _EXPORTED.text(language, n=n, path=path)
        (write_note if to_stderr else write_text)(text)


@command.command(name="import")
@click.argument("file", metavar="FILE|-", type=_PATH)
@_format
@_as_json
def import_command(file: Path, *, format_: str | None, as_json: bool) -> None:
    """Add events of FILE, or of standard input, that the log lacks.

    If one line is not as it should be, nothing is added. A row of fsrs-csv is a review of the item
    that its card_id names; where neither a pack nor the log knows it, it is kept apart as
    imported/<card_id>, and listed. A review of the same item and instant is not added again. Undo takes
    the whole import back, on every device; the log as it was is backed up, unless it was empty.
    """
    home = home_folder()
    language = learner_language(home)
    done = _import(home, file, format_ or _format_of(file), language)
    backup = None if done.backup is None else done.backup.path.name
    if as_json:
        imported: LogImportJson = {
            "read": done.read,
            "added": done.added,
            "apart": done.apart,
            "backup": backup,
        }
        write_json(imported)
        return
    write_text(_IMPORTED.text(language, read=done.read, added=done.added))
    if done.apart:
        write_text(_apart_text(done.apart, language))
    if done.added:
        write_text(_UNDO.text(language))
    if backup is not None:
        write_text(_BACKED_UP.text(language, name=backup))


def _apart_text(items: list[str], language: Language) -> str:
    """Name the items that were kept apart, no more of them than one can read."""
    names = ", ".join(items[:_MOST_NAMES])
    more = ", ..." if len(items) > _MOST_NAMES else ""
    return _APART.text(language, n=f"{len(items):,}", names=names + more)


@command.command(name="retract")
@click.option("--future", is_flag=True, help="Those dated later than now.")
@click.option("--device", metavar="ID", help="Those that this device wrote; imported: from a CSV.")
@click.option("--since", type=_DAY, metavar="DATE", help="Those of this day or later.")
@click.option("--until", type=_DAY, metavar="DATE", help="Those of this day or earlier.")
@_as_json
def retract_command(
    *,
    future: bool,
    device: str | None,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Let events count no more, on every device: of a span, a device, or a wrong clock.

    Nothing is deleted; studytool undo takes it back. An import is taken back by undo itself.
    """
    if (future and (since or until)) or not (future or device or since or until):
        raise StudytoolError(_WHICH)
    from studytool.doctor.log_findings import CLOCK_TOLERANCE

    home, now = home_folder(), utc_now()
    with closing(open_log(home)) as log:
        n = log.retract(
            now,
            offset_minutes=local_offset_minutes(now),
            device=device,
            since=now + CLOCK_TOLERANCE if future else since and instant_of(since),
            until=until and instant_of(until + timedelta(days=1)),
        )
    if as_json:
        found: LogRetractJson = {"retracted": n}
        write_json(found)
    else:
        write_text((_RETRACTED if n else _NOTHING).text(learner_language(home), n=n))


def _export(home: Path, file: Path, format_: str, language: Language) -> int:
    from studytool.exchange.fsrs_csv import write_csv
    from studytool.review_log.lines import write_log

    n = -1  # the first line is no event
    with (
        readable_home(home, language) as place,
        closing(open_log(place)) as log,
        _output(file) as write,
    ):
        lines = write_csv(log) if format_ == "fsrs-csv" else write_log(log.events())
        try:
            for line in showing_progress(lines, language):
                write(line)
                n += 1
        finally:
            clear_progress()
        _warn_of_unknown_kinds(log.unknown_kinds(), language)
    return n


def _warn_of_unknown_kinds(kinds: dict[str, int], language: Language) -> None:
    from studytool.doctor.log_findings import DO_UPDATE, UNKNOWN_KINDS

    if kinds:
        skipped = UNKNOWN_KINDS.text(language, n=sum(kinds.values()), kinds=", ".join(kinds))
        write_error(f"{skipped} {DO_UPDATE.text(language)}")


@dataclass(slots=True)
class _Imported:
    """How far an import is: events read, new ones, items kept apart, and the backup without them."""

    read: int = 0
    added: int = 0
    apart: list[str] = field(default_factory=list)
    backup: "Backup | None" = None


def _import(home: Path, file: Path, format_: str, language: Language) -> _Imported:
    from studytool.backups.taking import back_up_as_it_is
    from studytool.exchange.fsrs_csv import Recognition, read_csv
    from studytool.review_log.lines import read_log

    done = _Imported()

    def counted(events: "Iterable[_Event]") -> "Iterator[_Event]":
        for event in events:
            done.read += 1
            yield event

    def back_up() -> None:
        with watched_work(language):
            done.backup = back_up_as_it_is(home, utc_now())

    is_table = format_ == "fsrs-csv"
    opened = _log_of_packs(home) if is_table else _log_alone(home)
    with opened_input(file) as read, opened as (log, renames):
        recognition, lines, name = Recognition(log, renames), lines_of(read, file), str(file)
        events: Iterable[Event]
        if is_table:
            rows = counted(read_csv(lines, name, offset_at=local_offset_minutes))
            events = recognition.recognised(rows)
        else:
            events = counted(read_log(lines, name))
        try:
            now = utc_now()
            done.added = log.import_events(
                showing_progress(events, language),
                now,
                offset_minutes=local_offset_minutes(now),
                before_first=back_up,
            )
        finally:
            clear_progress()
    done.apart = recognition.apart
    return done


@contextmanager
def _log_alone(home: Path) -> "Iterator[tuple[ReviewLog, Mapping[str, str]]]":
    with closing(open_log(home)) as log:
        yield log, {}


@contextmanager
def _log_of_packs(home: Path) -> "Iterator[tuple[ReviewLog, Mapping[str, str]]]":
    """Open the log with the items of the installed packs, the bundled one too, and their renames."""
    from studytool.session.desk import Desk

    desk = Desk.open(home, MACHINE_CLOCK)
    try:
        yield desk.log, desk.library.renames()
    finally:
        desk.close()


def _format_of(file: Path) -> str:
    return "fsrs-csv" if file.suffix.lower() == ".csv" else "jsonl"


@contextmanager
def _output(file: Path) -> Iterator[Callable[[bytes], object]]:
    """Return what writes to ``file``, which is there whole or not at all unless it is a stream."""
    if str(file) == "-":
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    try:
        if is_stream(file):  # a device or a pipe is written to, and never replaced
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND), "wb") as stream:
                yield stream.write
            return
        with whole_file(file.resolve()) as opened:  # a link stays a link
            yield opened.write
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExchangeError(_UNWRITABLE, place=str(file), why=reason(error)) from error

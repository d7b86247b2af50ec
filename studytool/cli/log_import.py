"""``studytool log import``: the events of a file added to the log."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from studytool.cli import declare
from studytool.cli.future_note import tell_future
from studytool.cli.input_file import lines_of, opened_input
from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.log_format import PATH, format_of, format_option
from studytool.cli.long_work import watched_work
from studytool.cli.output import (
    clear_progress,
    learner_language,
    write_json,
    write_text,
)
from studytool.cli.twofold_note import tell_twofold
from studytool.clock import MACHINE_CLOCK, local_offset_minutes, utc_now
from studytool.json_output import LogImportJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.folder import Backup
    from studytool.review_log.events import Event
    from studytool.review_log.log import ReviewLog
    from studytool.review_log.rows import WordRow

    _Event = TypeVar("_Event", bound=Event | WordRow)

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
_HELD = Phrase(
    ko="이 파일의 이벤트 {n:,}개는 기록에 있지만 studytool log retract로 거둔 것이라 세지 않습니다. 다시 세려면 "
    "studytool undo로 그 거두기를 되돌리세요. 그 뒤에 한 일이 있으면 그것부터 되돌아갑니다.",
    en="events of this file that the log has, but that count no more since studytool log retract "
    "took them back: {n:,}. To let them count again, undo that with studytool undo, which takes back "
    "what was done after it first.",
)
_BACKED_UP = Phrase(
    ko="더하기 전의 기록은 백업 {name}에 있습니다.",
    en="the log as it was before is the backup {name}.",
)


@declare.command(
    "log import",
    more=Phrase(
        ko="FILE이 -이면 표준 입력입니다. 잘못된 줄이 하나라도 있으면 아무것도 더하지 "
        "않습니다. fsrs-csv의 한 줄은 card_id가 가리키는 문항의 복습입니다. 꾸러미도 "
        "기록도 모르는 문항이면 imported/<card_id>로 따로 두고 알려 줍니다. 같은 문항의 "
        "같은 시각 복습은 다시 더하지 않습니다. 들여온 것 전체를 undo로 모든 기기에서 "
        "되돌릴 수 있습니다. 기록이 비어 있지 않았으면 먼저 백업합니다.",
        en="FILE is - for standard input. If one line is not as it should be, nothing is "
        "added. A row of fsrs-csv is a review of the item that its card_id names; where "
        "neither a pack nor the log knows it, it is kept apart as imported/<card_id>, and "
        "listed. A review of the same item and instant is not added again. Undo takes the "
        "whole import back, on every device; the log as it was is backed up, unless it was "
        "empty.",
    ),
)
@click.argument("file", metavar="FILE|-", type=PATH)
@format_option
@declare.as_json
def import_command(file: Path, *, format_: str | None, as_json: bool) -> None:
    """Add events of FILE, or of standard input, that the log lacks."""
    home = home_folder()
    language = learner_language(home)
    done = _import(home, file, format_ or format_of(file), language)
    backup = None if done.backup is None else done.backup.path.name
    tell_twofold(done.twofold, language)
    if as_json:
        imported: LogImportJson = {
            "read": done.read,
            "added": done.added,
            "held": done.held,
            "apart": done.apart,
            "backup": backup,
        }
        write_json(imported)
        return
    write_text(_IMPORTED.text(language, read=done.read, added=done.added))
    if done.held:
        write_text(_HELD.text(language, n=done.held))
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


@dataclass(slots=True)
class _Imported:
    """How far an import is: events read, new and held ones, items apart, ids told otherwise, the backup."""

    read: int = 0
    added: int = 0
    held: int = 0
    apart: list[str] = field(default_factory=list)
    twofold: tuple[str, ...] = ()
    backup: "Backup | None" = None


def _import(home: Path, file: Path, format_: str, language: Language) -> _Imported:
    from studytool.backups.taking import back_up_as_it_is
    from studytool.exchange.fsrs_csv import Recognition, read_csv
    from studytool.review_log.read_in_bulk import read_rows

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
        events: Iterable[Event | WordRow]
        if is_table:
            rows = counted(read_csv(lines, name, offset_at=local_offset_minutes))
            events = recognition.recognised(rows)
        else:
            events = counted(read_rows(lines, name))
        place = log.last_place()
        try:
            now = utc_now()
            done.added = log.import_events(
                showing_progress(events, language),
                now,
                offset_minutes=local_offset_minutes(now),
                before_first=back_up,
                compared=not is_table,  # whose ids are of its own rows, whatever item they name
            )
            done.twofold, done.held = log.twofold, log.held
        finally:
            clear_progress()
        tell_future(log, language, behind=place)
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

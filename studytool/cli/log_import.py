"""``studytool log import``: the events of a file added to the log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from studytool.cli import declare
from studytool.cli.future_note import tell_future
from studytool.cli.input_file import lines_of, opened_input, whole_of
from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.log_format import PATH, format_of, read_format_option
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
    from studytool.review_log.history import LogSoFar
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
_LEFT_OUT = Phrase(
    ko="가져오지 않은 줄 {n}개: 어느 문항도 아닌 카드의 복습, 날짜만 바꾼 것, 일정에 들지 않는 벼락치기입니다.",
    en="rows left out ({n}): reviews of cards that are no item here, changes of dates, and cramming "
    "that does not count.",
)
_MOST_NAMES = 12
_MOST_BYTES = 256 * 2**20
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
        "기록도 모르는 문항이면 imported/<card_id>로 따로 두고 알려 줍니다. Anki 꾸러미"
        "(.apkg, .colpkg)에서는 설치된 꾸러미가 가진 카드의 복습만 읽으니, pack import로 만든 "
        "꾸러미를 먼저 설치하세요. 같은 문항의 같은 시각 복습은 다시 더하지 않습니다. 들여온 것 전체를 undo로 모든 기기에서 "
        "되돌릴 수 있습니다. 기록이 비어 있지 않았으면 먼저 백업합니다.",
        en="FILE is - for standard input. If one line is not as it should be, nothing is "
        "added. A row of fsrs-csv is a review of the item that its card_id names; where "
        "neither a pack nor the log knows it, it is kept apart as imported/<card_id>, and "
        "listed. Of an Anki package (.apkg, .colpkg) the reviews of cards are read that an "
        "installed pack has: first install what pack import made of it. A review of the same "
        "item and instant is not added again. Undo takes the whole import back, on every device; the log as it was is backed up, unless it was "
        "empty.",
    ),
)
@click.argument("file", metavar="FILE|-", type=PATH)
@read_format_option
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
            "left_out": done.left_out,
            "twofold": list(done.twofold),
            "backup": backup,
        }
        write_json(imported)
        return
    write_text(_IMPORTED.text(language, read=done.read, added=done.added))
    if done.held:
        write_text(_HELD.text(language, n=done.held))
    if done.apart:
        write_text(_apart_text(done.apart, language))
    if done.left_out:
        write_text(_LEFT_OUT.text(language, n=f"{done.left_out:,}"))
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
    """How far an import is: events read, new and held ones, items apart, rows left out, the backup."""

    read: int = 0
    added: int = 0
    held: int = 0
    apart: list[str] = field(default_factory=list)
    left_out: int = 0
    twofold: tuple[str, ...] = ()
    backup: "Backup | None" = None


def _import(home: Path, file: Path, format_: str, language: Language) -> _Imported:
    from studytool.backups.taking import back_up_as_it_is
    from studytool.exchange.anki_history import AnkiHistory
    from studytool.exchange.fsrs_csv import read_csv
    from studytool.exchange.imported_reviews import Recognition
    from studytool.review_log.read_in_bulk import read_rows

    done = _Imported()

    def counted(events: "Iterable[_Event]") -> "Iterator[_Event]":
        for event in events:
            done.read += 1
            yield event

    def back_up() -> None:
        with watched_work(language):
            done.backup = back_up_as_it_is(home, utc_now())

    is_own = format_ == "jsonl"
    opened = _log_alone(home) if is_own else _log_of_packs(home)
    with opened_input(file) as read, opened as (log, known):
        recognition = Recognition(log, known.renames)
        history = AnkiHistory(file, partial(known.find, log.so_far()), local_offset_minutes)
        events: Iterable[Event | WordRow]
        if is_own:
            events = counted(read_rows(lines_of(read, file), str(file)))
        elif format_ == "anki":
            events = recognition.recognised(
                counted(history.reviews(whole_of(read, file, _MOST_BYTES)))
            )
        else:
            rows = read_csv(lines_of(read, file), str(file), offset_at=local_offset_minutes)
            events = recognition.recognised(counted(rows))
        place = log.last_place()
        try:
            now = utc_now()
            done.added = log.import_events(
                showing_progress(events, language),
                now,
                offset_minutes=local_offset_minutes(now),
                before_first=back_up,
                compared=is_own,  # ids of foreign rows are of these, whatever item they name
            )
            done.twofold, done.held = log.twofold, log.held
        finally:
            clear_progress()
        tell_future(log, language, behind=place)
    done.apart, done.left_out = recognition.apart, history.left_out
    return done


@dataclass(frozen=True, slots=True)
class _KnownItems:
    """What the installed packs have: their ids, and by an item's old name the one that it has now."""

    packs: Sequence[str] = ()
    renames: Mapping[str, str] = field(default_factory=dict)

    def find(self, so_far: "LogSoFar", name: str) -> str | None:
        """Return the item of a whole name, or of a slug in the first pack that has it."""
        names = [name] if "/" in name else [f"{pack}/{name}" for pack in self.packs]
        now = (self.renames.get(one, one) for one in names)
        return next((one for one in now if so_far.knows(one)), None)


@contextmanager
def _log_alone(home: Path) -> "Iterator[tuple[ReviewLog, _KnownItems]]":
    with closing(open_log(home)) as log:
        yield log, _KnownItems()


@contextmanager
def _log_of_packs(home: Path) -> "Iterator[tuple[ReviewLog, _KnownItems]]":
    """Open the log with the items of the installed packs, the bundled ones too, and their renames."""
    from studytool.session.desk import Desk

    desk = Desk.open(home, MACHINE_CLOCK)
    try:
        packs = [pack.id for pack in desk.library.packs()]
        yield desk.log, _KnownItems(packs, desk.library.renames())
    finally:
        desk.close()

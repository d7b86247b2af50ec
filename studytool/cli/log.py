"""``studytool log``: the log written into a file, and a file's events added to the log."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import click

from studytool.cli import declare
from studytool.cli.learner_log import open_log, showing_progress
from studytool.cli.log_format import PATH, format_of, format_option
from studytool.cli.log_import import import_command
from studytool.cli.output import (
    bytes_written,
    clear_progress,
    learner_language,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.cli.read_only_home import readable_home
from studytool.clock import instant_of, local_offset_minutes, utc_now
from studytool.errors import ExchangeError, StateError, StudytoolError
from studytool.faults import Fault
from studytool.files import is_stream
from studytool.json_output import LogExportJson, LogRetractJson
from studytool.language import Language, Phrase
from studytool.reasons import reason
from studytool.settings import home_folder
from studytool.settings.named_file import named_file

_EXPORTED = Phrase(ko="{n}개를 {path}에 썼습니다.", en="{n} written to {path}.")
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
_LEFT_OUT = Phrase(
    ko="손상되어 떼어 둔 이벤트 {n:,}개는 뺐습니다. studytool doctor로 확인하세요.",
    en="events left out because they were damaged and set aside: {n:,}. Run studytool doctor.",
)
_DAY = click.DateTime(["%Y-%m-%d"])


@declare.group(
    "log",
    more=Phrase(
        ko="jsonl은 기록 전체이고 한 줄에 한 이벤트입니다. 들여오면 기록에 없는 것을 더하며, "
        "순서도 횟수도 상관없습니다. fsrs-csv는 FSRS 최적화 도구의 표입니다. 남아 있는 "
        "복습마다 언제, 어떤 평가로, 얼마나 걸렸는지만 담습니다.",
        en="jsonl is the whole log, one event a line; to import it is to add what is not "
        "there yet, in any order and any number of times. fsrs-csv is the table of the "
        "FSRS optimiser: the reviews that stand, and of each only when, how rated and how "
        "long.",
    ),
)
def command() -> None:
    """Write the log of reviews to a file, or add a file's events to it."""


command.add_command(import_command)


@command.subcommand("export")
@click.argument("file", metavar="[FILE|-]", default="-", type=PATH)
@format_option
@declare.as_json
def export_command(file: Path, *, format_: str | None, as_json: bool) -> None:
    """Write the log to FILE, or to standard output."""
    home = home_folder()
    language = learner_language(home)
    if not (home / "reviews.db").exists():
        from studytool.backups.restoring import refuse_lost_log

        refuse_lost_log(home)
        raise StateError(Fault.NO_LOG, path=home / "reviews.db")
    n = _export(home, file, format_ or format_of(file), language)
    path = str(file)
    to_stderr = path == "-" or is_stream(file)
    if as_json:
        written: LogExportJson = {"path": path, "written": n}
        write_json(written, to_stderr=to_stderr)
    elif path != "-":
        text = _EXPORTED.text(language, n=n, path=path)
        (write_note if to_stderr else write_text)(text)


@command.subcommand(
    "retract",
    more=Phrase(
        ko="기간이나 기기로 고르거나, 지금보다 나중으로 적힌 것을 고릅니다. 지우는 것은 "
        "없으며 studytool undo로 되돌립니다. 들여온 것은 undo로 바로 되돌립니다.",
        en="Choose them by a span of days, by a device, or as those dated later than now. "
        "Nothing is deleted; studytool undo takes it back. An import is taken back by undo "
        "itself.",
    ),
)
@declare.option(
    "--future",
    is_flag=True,
    about=Phrase("지금보다 나중으로 적힌 이벤트.", "Those dated later than now."),
)
@declare.option(
    "--device",
    metavar="ID",
    about=Phrase(
        "이 기기가 쓴 이벤트. imported는 CSV에서 온 것.",
        "Those that this device wrote; imported: from a CSV.",
    ),
)
@declare.option(
    "--since",
    type=_DAY,
    metavar="DATE",
    about=Phrase("이날부터의 이벤트.", "Those of this day or later."),
)
@declare.option(
    "--until",
    type=_DAY,
    metavar="DATE",
    about=Phrase("이날까지의 이벤트.", "Those of this day or earlier."),
)
@declare.as_json
def retract_command(
    *,
    future: bool,
    device: str | None,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Let events count no more, on every device: of a span, a device, or a wrong clock."""
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
    from studytool.review_log.lines import HEADER
    from studytool.review_log.write_in_bulk import write_events

    n = -1  # the first line is no event
    with (
        readable_home(home, language) as place,
        closing(open_log(place)) as log,
        _output(file) as write,
    ):
        if format_ == "fsrs-csv":
            lines = write_csv(log)
        else:
            lines = chain([HEADER], write_events(log.word_rows()))
        try:
            for line in showing_progress(lines, language):
                write(line)
                n += 1
        finally:
            clear_progress()
        _warn_of_unknown_kinds(log.unknown_kinds(), language)
        if lost := log.lost_events():
            write_error(_LEFT_OUT.text(language, n=len(lost)))
    return n


def _warn_of_unknown_kinds(kinds: dict[str, int], language: Language) -> None:
    from studytool.doctor.log_findings import DO_UPDATE, UNKNOWN_KINDS

    if kinds:
        skipped = UNKNOWN_KINDS.text(language, n=sum(kinds.values()), kinds=", ".join(kinds))
        write_error(f"{skipped} {DO_UPDATE.text(language)}")


@contextmanager
def _output(file: Path) -> Iterator[Callable[[bytes], object]]:
    """Return what writes to ``file``, which is there whole or not at all unless it is a stream."""
    if str(file) == "-":
        with bytes_written() as write:
            yield write
        return
    try:
        with named_file(file) as opened:
            yield opened.write
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExchangeError(_UNWRITABLE, place=str(file), why=reason(error)) from error

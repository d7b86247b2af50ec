"""``studytool sync``: this device's events into a shared folder, and the other devices' out of it."""

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.future_note import tell_future
from studytool.cli.learner_log import EVENTS, open_log
from studytool.cli.output import clear_progress, learner_language, show_progress, write_text
from studytool.cli.twofold_note import tell_twofold
from studytool.clock import MACHINE_CLOCK, utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.json_output import SkippedFileJson, SyncJson
from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.settings import home_folder, load_settings
from studytool.wording.settings import value_text

if TYPE_CHECKING:
    from studytool.sync.with_folder import SyncReport

_DONE = Phrase(ko="보냄 {sent}, 받음 {received}", en="sent {sent}, received {received}")
_SET = Phrase(
    ko="다른 기기에서 바꾼 설정: {name} = {value}", en="set on another device: {name} = {value}"
)
_SKIPPED = Phrase(ko="건너뜀 {file}: {why}", en="skipped {file}: {why}")
_MORE_SKIPPED = Phrase(
    ko="건너뛴 파일이 {n:,}개 더 있습니다. --json을 주면 모두 나옵니다.",
    en="more files were skipped: {n:,}; --json lists all of them",
)
_MOST_SKIPPED = 20


@declare.command(
    "sync",
    more=Phrase(
        ko="FOLDER는 어떤 프로그램으로 옮겨도 됩니다. 폴더는 한 사람의 것이라, 배우는 사람의 "
        "id가 무엇이든 그 안의 이벤트를 모두 들입니다. 쓸 수 없는 파일은 이름을 알려 주고 "
        "넘어갑니다.",
        en="Any program may carry FOLDER between them. It is one learner's: events of every "
        "learner id in it are taken in. A file that cannot be used is named and passed "
        "over.",
    ),
)
@click.argument("folder")
@declare.as_json
def command(folder: str, *, as_json: bool) -> None:
    """Exchange reviews with your other devices through FOLDER."""
    home = home_folder()
    language = learner_language(home)
    done, settings = _exchange(home, _shared(folder, home), language)
    tell_twofold(done.twofold, language)
    if as_json:
        write_text(_as_json(done, settings, language))
    else:
        write_text(_as_text(done, settings, language))


def _shared(folder: str, home: Path) -> Path:
    """Return the folder that is meant, unless it is a learner's own.

    Raises:
        StateError: it has no name, is or lies in ``home``, or holds a log.
    """
    if not folder:
        raise StateError(Fault.SYNC_NO_NAME)
    path = Path(folder)
    if path.resolve().is_relative_to(home.resolve()) or (path / "reviews.db").exists():
        raise StateError(Fault.SYNC_OWN_FOLDER, folder=path)
    return path


def _exchange(
    home: Path, folder: Path, language: Language
) -> "tuple[SyncReport, dict[str, object]]":
    """Exchange events; return what was done, and the settings that have other values now."""
    from studytool.backups.taking import back_up_when_due
    from studytool.session.desk import agree_on_settings
    from studytool.session.shared_settings import changed_settings
    from studytool.sync.folder import list_files
    from studytool.sync.with_folder import sync_with_folder

    list_files(folder)  # a mistyped name makes no log
    with closing(open_log(home)) as log:
        before, place = load_settings(home), log.last_place()
        try:
            done = sync_with_folder(
                log,
                folder,
                progress=lambda n: show_progress(EVENTS.text(language, n=f"{n:,}")),
                before_first=lambda: back_up_when_due(home, utc_now()),
            )
            after = agree_on_settings(home, before, log, MACHINE_CLOCK)
        finally:
            clear_progress()
        tell_future(log, language, behind=place)
    return done, changed_settings(before, after)


def _as_text(done: "SyncReport", settings: dict[str, object], language: Language) -> str:
    lines = [_DONE.text(language, sent=done.sent, received=done.received)]
    lines += [
        _SET.text(language, name=name, value=value_text(name, value, language))
        for name, value in settings.items()
    ]
    lines += [
        _SKIPPED.text(language, file=printable(one.file), why=one.problem.text(language))
        for one in done.skipped[:_MOST_SKIPPED]
    ]
    if (more := len(done.skipped) - _MOST_SKIPPED) > 0:
        lines.append(_MORE_SKIPPED.text(language, n=more))
    return "\n".join(lines)


def _as_json(done: "SyncReport", settings: dict[str, object], language: Language) -> str:
    skipped: list[SkippedFileJson] = [
        {"file": one.file, "why": one.problem.text(language)} for one in done.skipped
    ]
    found: SyncJson = {
        "sent": done.sent,
        "received": done.received,
        "files": list(done.files),
        "settings": list(settings),
        "twofold": list(done.twofold),
        "skipped": skipped,
    }
    return json.dumps(found, ensure_ascii=False)

"""``studytool restore``: a backup becomes the log, and the log that was there a backup."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.long_work import watched_work
from studytool.cli.output import confirmed, learner_language, write_note, write_text
from studytool.clock import utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.json_output import RestoreJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.backups.restoring import RestoreReport
    from studytool.backups.verifying import Contents

_ASK = Phrase(
    ko="복습 기록을 {path} 백업(이벤트 {events:,}개)으로 바꿀까요? 지금 기록은 replaced-... "
    "백업으로 남습니다.",
    en="Replace the log with {path} ({events:,} events)? The present log is kept as a backup "
    "named replaced-...",
)
_DONE = Phrase(
    ko="복습 기록을 {path} 백업(이벤트 {events:,}개)으로 바꾸었습니다.",
    en="the log was replaced with {path} ({events:,} events).",
)
_KEPT = Phrase(
    ko="바뀌기 전 기록: studytool restore {name}", en="to go back: studytool restore {name}"
)


@click.command(name="restore")
@click.argument("name", metavar="[NAME|PATH]", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(name: str | None, *, yes: bool, as_json: bool) -> None:
    """Replace the log with a backup: the newest sound one without a NAME.

    The backup is read through first; the log that was there is kept as a backup itself. Refused
    while another program writes to the log.
    """
    home = home_folder()
    language = learner_language(home)
    path, found = _chosen(home, name, language)
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.restoring import restore

    if not confirmed(_ASK.text(language, path=path, events=found.events), yes=yes):
        raise StateError(Fault.NOT_CONFIRMED)
    log, folder = home / "reviews.db", home / FOLDER_NAME
    with watched_work(language) as watch:
        done = restore(log, path, folder, utc_now(), found=found, watch=watch)
    said = _as_json(done) if as_json else _as_text(done, language)
    write_text(said)


def _chosen(home: Path, name: str | None, language: Language) -> "tuple[Path, Contents]":
    """Return the backup that is meant, read through, and what it holds."""
    from studytool.backups.folder import FOLDER_NAME
    from studytool.backups.restoring import find_backup, newest_sound
    from studytool.backups.verifying import verify

    folder = home / FOLDER_NAME
    if name is not None:
        path = find_backup(folder, name)
        with watched_work(language) as watch:
            return path, verify(path, watch=watch)
    from studytool.cli.backup import list_as_text

    write_note(list_as_text(home, language))
    with watched_work(language) as watch:
        return newest_sound(folder, watch=watch)


def _as_text(done: "RestoreReport", language: Language) -> str:
    lines = [_DONE.text(language, path=done.path, events=done.contents.events)]
    if done.replaced is not None:
        lines.append(_KEPT.text(language, name=done.replaced.path.name))
    return "\n".join(lines)


def _as_json(done: "RestoreReport") -> str:
    restored: RestoreJson = {
        "restored": str(done.path),
        "events": done.contents.events,
        "replaced": None if done.replaced is None else done.replaced.path.name,
    }
    return json.dumps(restored, ensure_ascii=False)

"""``studytool sync``: this device's events into a shared folder, and the other devices' out of it."""

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.learner_log import EVENTS, open_log
from studytool.cli.long_work import clear_progress, show_progress
from studytool.cli.speaking import learner_language, told_in
from studytool.clock import utc_now
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.sync.exchanging import Exchanged

_DONE = Phrase(ko="보냄 {sent}, 받음 {received}", en="sent {sent}, received {received}")
_SKIPPED = Phrase(ko="건너뜀 {file}: {why}", en="skipped {file}: {why}")


@click.command(name="sync")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(folder: Path, *, as_json: bool) -> None:
    """Exchange reviews with your other devices through FOLDER.

    Any program may carry FOLDER between them. It is one learner's: events of every learner id in
    it are taken in. A file that cannot be used is named and passed over.
    """
    home = home_folder()
    language = learner_language(home)
    with told_in(language):
        done = _exchange(home, folder, language)
        click.echo(_as_json(done, language) if as_json else _as_text(done, language))


def _exchange(home: Path, folder: Path, language: Language) -> "Exchanged":
    from studytool.backups.automatic import back_up_when_due
    from studytool.sync.exchanging import exchange
    from studytool.sync.shared_folder import list_files

    list_files(folder)  # a mistyped name makes no log
    with closing(open_log(home)) as log:
        try:
            return exchange(
                log,
                folder,
                progress=lambda n: show_progress(EVENTS.text(language, n=f"{n:,}")),
                before_first=lambda: back_up_when_due(home, utc_now()),
            )
        finally:
            clear_progress()


def _as_text(done: "Exchanged", language: Language) -> str:
    lines = [_DONE.text(language, sent=done.sent, received=done.received)]
    lines += [
        _SKIPPED.text(language, file=one.file, why=one.problem.text(language))
        for one in done.skipped
    ]
    return "\n".join(lines)


def _as_json(done: "Exchanged", language: Language) -> str:
    skipped = [{"file": one.file, "why": one.problem.text(language)} for one in done.skipped]
    found = {"sent": done.sent, "received": done.received, "files": list(done.files)}
    return json.dumps({**found, "skipped": skipped}, ensure_ascii=False)

"""``studytool undo``: the last thing done on this device is taken back, as an event of the log."""

import json
from contextlib import closing

import click

from studytool.cli.learner_log import open_log
from studytool.cli.speaking import learner_language, told_in
from studytool.clock import local_offset_minutes, utc_now
from studytool.language import Phrase
from studytool.settings import home_folder

_DONE = Phrase(
    ko="되돌렸습니다: {kind} {item} ({time}). studytool undo --redo로 다시 할 수 있습니다.",
    en="taken back: {kind} {item} ({time}). studytool undo --redo does it again.",
)
_REDONE = Phrase(
    ko="다시 했습니다: {kind} {item} ({time})", en="done again: {kind} {item} ({time})"
)
_NOTHING = Phrase(ko="되돌릴 것이 없습니다.", en="there is nothing to take back.")
_NOTHING_AGAIN = Phrase(ko="다시 할 것이 없습니다.", en="there is nothing to do again.")


@click.command(name="undo")
@click.option("--redo", is_flag=True, help="Do again what undo took back last.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(*, redo: bool, as_json: bool) -> None:
    """Take back the last review, suspension, flag or other act of this device.

    As often as you like, as far back as there is anything, also after a restart.
    """
    home, now = home_folder(), utc_now()
    language = learner_language(home)
    with told_in(language), closing(open_log(home)) as log:
        act = (log.redo if redo else log.undo)(now, offset_minutes=local_offset_minutes(now))
        about = None
        if act is not None:
            item, time = log.item_of(act) or "", act.time.isoformat(timespec="seconds")
            about = {"kind": str(act.kind), "id": act.id, "item": item, "time": time}
    if as_json:
        click.echo(json.dumps({"redone" if redo else "undone": about}, ensure_ascii=False))
    elif about is None:
        click.echo((_NOTHING_AGAIN if redo else _NOTHING).text(language))
    else:
        click.echo((_REDONE if redo else _DONE).text(language, **about))

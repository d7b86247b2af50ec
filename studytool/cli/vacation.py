"""``studytool vacation``: all reviews put off by some days, as an event that undo takes back."""

import json
from contextlib import closing
from datetime import datetime

import click

from studytool.cli.learner_log import open_log
from studytool.cli.speaking import learner_language, told_in
from studytool.clock import local_offset_minutes, utc_now
from studytool.language import Phrase
from studytool.settings import home_folder

_DONE = Phrase(
    ko="모든 복습을 {days}일 뒤로 미뤘습니다. 다음 복습: {next}. studytool undo로 되돌릴 수 "
    "있습니다.",
    en="all reviews are put off (days: {days}); next review: {next}. studytool undo takes it back.",
)
_NONE = Phrase(ko="없음", en="none")


@click.command(name="vacation")
@click.argument("days", type=click.IntRange(1, 3650))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(days: int, *, as_json: bool) -> None:
    """Put off every review by DAYS days, due or not, so that they do not pile up during a vacation.

    Their order and distances stay. Items in learning steps and new items are not moved; a review
    taken in between sets its item's date as ever, since the real time counts for its memory.
    """
    home, now = home_folder(), utc_now()
    language = learner_language(home)
    with told_in(language), closing(open_log(home)) as log:
        log.take_vacation(days, now, offset_minutes=local_offset_minutes(now))
        following = log.next_due(after=now)
    if as_json:
        when = None if following is None else following.isoformat(timespec="seconds")
        click.echo(json.dumps({"days": days, "next": when}))
    else:
        shown = _NONE.text(language) if following is None else _local(following)
        click.echo(_DONE.text(language, days=days, next=shown))


def _local(instant: datetime) -> str:
    return instant.astimezone().strftime("%Y-%m-%d %H:%M")

"""``studytool vacation``: all reviews put off by some days, as an event that undo takes back."""

from contextlib import closing
from typing import TYPE_CHECKING

import click

from studytool.cli.learner_log import open_log
from studytool.cli.output import learner_language, write_json, write_text
from studytool.clock import MACHINE_CLOCK, local_offset_minutes, utc_now
from studytool.json_output import VacationJson
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.session.due import VacationReport


@click.command(name="vacation")
@click.argument("days", type=click.IntRange(1, 3650))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(days: int, *, as_json: bool) -> None:
    """Put off every review by DAYS days, due or not, so that they do not pile up during a vacation.

    Their order and distances stay. Items in learning steps and new items are not moved; a review
    taken in between sets its item's date as ever, since the real time counts for its memory.
    """
    from studytool.session.due import take_vacation

    home, now = home_folder(), utc_now()
    with closing(open_log(home)) as log:
        report = take_vacation(log, days, now, offset_minutes=local_offset_minutes(now))
    if as_json:
        write_json(_as_json(report))
        return
    from studytool.wording.due import vacation_text

    write_text(vacation_text(report, learner_language(home), MACHINE_CLOCK))


def _as_json(report: "VacationReport") -> VacationJson:
    following = report.following
    return {
        "days": report.days,
        "moved": report.moved,
        "due": report.due,
        "next": None if following is None else following.isoformat(timespec="seconds"),
    }

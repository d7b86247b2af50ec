"""``studytool vacation``: reviews put off now, or breaks set ahead, as events that undo takes back."""

from contextlib import closing
from typing import TYPE_CHECKING

import click

from studytool.cli.ahead_json import break_as_json
from studytool.cli.home import desk_to_read, opened_desk
from studytool.cli.learner_log import open_log
from studytool.cli.output import learner_language, write_json, write_text
from studytool.clock import MACHINE_CLOCK, local_offset_minutes, utc_now
from studytool.errors import StudytoolError
from studytool.json_output import BreaksJson, VacationJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.review_log.break_days import BreakSpan
    from studytool.session.breaks import BreakReport
    from studytool.session.due import VacationReport

_NO_FIRST = Phrase(
    ko="--to에는 --from도 쓰세요: studytool vacation --from 2026-12-12 --to 2026-12-20",
    en="--to needs --from: studytool vacation --from 2026-12-12 --to 2026-12-20",
)
_ONE_END = Phrase(
    ko="--from에는 --to나 DAYS 가운데 하나만 쓰세요: studytool vacation --from 2026-12-12 9",
    en="--from takes either --to or DAYS: studytool vacation --from 2026-12-12 9",
)


@click.command(name="vacation")
@click.argument("days", type=click.IntRange(1, 3650), required=False)
@click.option("--from", "first", metavar="DATE", help="The first day of a break set ahead.")
@click.option("--to", "last", metavar="DATE", help="Its last day, in the place of DAYS.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(days: int | None, *, first: str | None, last: str | None, as_json: bool) -> None:
    """Put off every review by DAYS days, due or not, so that they do not pile up during a vacation.

    Their order and distances stay. Items in learning steps and new items are not moved; a review
    taken in between sets its item's date as ever, since the real time counts for its memory.

    With --from, the break is set ahead: what falls due in it does so as many days later. Without
    anything, list the breaks that run or are ahead. DATE is 2026-12-31, tomorrow or +14d.
    """
    if last is not None and first is None:
        raise StudytoolError(_NO_FIRST)
    if first is not None:
        if (days is None) == (last is None):
            raise StudytoolError(_ONE_END)
        _set_ahead(first, days, last, as_json=as_json)
    elif days is None:
        _list(as_json=as_json)
    else:
        _begin_now(days, as_json=as_json)


def _begin_now(days: int, *, as_json: bool) -> None:
    from studytool.session.due import take_vacation

    home, now = home_folder(), utc_now()
    with closing(open_log(home)) as log:
        report = take_vacation(log, days, now, offset_minutes=local_offset_minutes(now))
    if as_json:
        write_json(_as_json(report))
        return
    from studytool.wording.due import vacation_text

    write_text(vacation_text(report, learner_language(home), MACHINE_CLOCK))


def _set_ahead(first: str, days: int | None, last: str | None, *, as_json: bool) -> None:
    from studytool.search.reader import read_day
    from studytool.session.breaks import read_breaks, set_break

    with opened_desk() as desk:
        now = desk.clock.now()
        today = desk.log.day_of(now)
        begins, *ends = (
            number + (today if is_relative else 0)
            for number, is_relative in map(read_day, (first, *([] if last is None else [last])))
        )
        length = days if days is not None else ends[0] + 1 - begins
        report = set_break(desk, begins, length, now)
        spans, language = read_breaks(desk, now), desk.settings.language
    _write(spans, language, report=report, as_json=as_json)


def _list(*, as_json: bool) -> None:
    from studytool.session.breaks import read_breaks

    with desk_to_read() as desk:
        spans, language = read_breaks(desk, desk.clock.now()), desk.settings.language
    _write(spans, language, as_json=as_json)


def _write(
    spans: "tuple[BreakSpan, ...]",
    language: Language,
    *,
    report: "BreakReport | None" = None,
    as_json: bool,
) -> None:
    if as_json:
        listed: BreaksJson = {"breaks": [break_as_json(span) for span in spans]}
        write_json(listed)
        return
    from studytool.wording.breaks import break_lines

    write_text("\n".join(break_lines(spans, language, report=report)))


def _as_json(report: "VacationReport") -> VacationJson:
    following = report.following
    return {
        "days": report.days,
        "moved": report.moved,
        "due": report.due,
        "next": None if following is None else following.isoformat(timespec="seconds"),
    }

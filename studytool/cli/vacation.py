"""``studytool vacation``: reviews put off now, or breaks set ahead, as events that undo takes back."""

from contextlib import closing
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
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
    from studytool.review_log.delays import BreakSpan
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


@declare.command(
    "vacation",
    more=Phrase(
        ko="때가 되었든 아니든 모든 복습을 DAYS일 미루어, 쉬는 동안 쌓이지 않게 합니다. "
        "순서와 간격은 그대로입니다. 학습 단계의 문항과 새 문항은 옮기지 않습니다. "
        "그사이에 복습한 문항의 날짜는 여느 때처럼 정합니다. 기억은 실제로 지난 시간으로 "
        "계산하기 때문입니다.\n\n"
        "--from을 쓰면 휴가를 미리 정합니다. 그사이에 할 복습이 휴가 길이만큼 뒤로 갑니다. "
        "아무것도 쓰지 않으면 지금과 앞으로의 휴가를 나열합니다. DATE는 2026-12-31, "
        "tomorrow, +14d처럼 씁니다.",
        en="Every review is put off by DAYS days, due or not, so that they do not pile up "
        "meanwhile. Their order and distances stay. Items in learning steps and new items "
        "are not moved; a review taken in between sets its item's date as ever, since the "
        "real time counts for its memory.\n\n"
        "With --from, the break is set ahead: what falls due in it does so as many days "
        "later. Without anything, the breaks that run or are ahead are listed. DATE is "
        "2026-12-31, tomorrow or +14d.",
    ),
)
@click.argument("days", type=click.IntRange(1, 3650), required=False)
@declare.option(
    "--from",
    "first",
    metavar="DATE",
    about=Phrase("미리 정하는 휴가의 첫날.", "The first day of a break set ahead."),
)
@declare.option(
    "--to",
    "last",
    metavar="DATE",
    about=Phrase("휴가의 마지막 날. DAYS 대신 씁니다.", "Its last day, in the place of DAYS."),
)
@declare.as_json
def command(days: int | None, *, first: str | None, last: str | None, as_json: bool) -> None:
    """Put off every review by DAYS days, due or not, so that they do not pile up during a vacation."""
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

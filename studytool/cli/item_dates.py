"""``studytool item set-due``, ``postpone`` and ``advance``: days on which items fall due."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import opened_desk
from studytool.cli.output import write_json, write_text
from studytool.errors import StudytoolError
from studytool.json_output import DueItemJson, ItemDueJson
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.due_dates import DueReport, Target

_NO_ITEMS = Phrase(
    ko="어느 문항인지 쓰세요. ITEM을 쓰거나 --search Q를 쓰세요.",
    en="name the items: write ITEMs, or --search Q.",
)
_days = click.argument("days", type=click.IntRange(1, 3650))
_items = click.argument("items", nargs=-1, metavar="[ITEM...]")
_search = declare.option(
    "--search",
    metavar="Q",
    about=Phrase(
        "복습 단계의 문항 가운데 검색에 걸린 것. 검색하는 법: studytool help search.",
        "Those in review that a search finds; studytool help search.",
    ),
)


@declare.command(
    "item set-due",
    more=Phrase(
        ko="DATE는 2026-12-31, today, tomorrow, +7d처럼 씁니다. 복습 단계의 문항에만, 다시 "
        "복습할 때까지 적용됩니다. 그다음 날짜는 여느 때처럼 정합니다.",
        en="DATE is 2026-12-31, today, tomorrow or +7d. Only items in the review stage can be "
        "set, and only until each is reviewed again, which sets its day as ever.",
    ),
)
@click.argument("day", metavar="DATE")
@_items
@_search
@declare.as_json
def set_due_command(day: str, items: tuple[str, ...], *, search: str | None, as_json: bool) -> None:
    """Let ITEMs fall due on DATE: 2026-12-31, today, tomorrow or +7d."""
    from studytool.search.reader import read_day

    number, relative = read_day(day)  # before the items: a day behind them is no item

    def target(desk: "Desk", now: datetime) -> "Target":
        from studytool.session.due_dates import on_day

        return on_day(desk, now, number, relative=relative)

    _move(target, items, search, as_json=as_json)


@declare.command(
    "item postpone",
    more=Phrase(
        ko="밀린 문항은 오늘부터 셉니다.", en="An overdue item falls due DAYS days from today."
    ),
)
@_days
@_items
@_search
@declare.as_json
def postpone_command(
    days: int, items: tuple[str, ...], *, search: str | None, as_json: bool
) -> None:
    """Let ITEMs fall due DAYS days later; what is overdue, so many days from today."""

    def target(*_: object) -> "Target":
        from studytool.session.due_dates import later

        return later(days)

    _move(target, items, search, as_json=as_json)


@declare.command(
    "item advance",
    more=Phrase(ko="오늘보다 앞으로는 당기지 않습니다.", en="None falls due before today."),
)
@_days
@_items
@_search
@declare.as_json
def advance_command(
    days: int, items: tuple[str, ...], *, search: str | None, as_json: bool
) -> None:
    """Let ITEMs fall due DAYS days earlier, at the earliest today."""

    def target(*_: object) -> "Target":
        from studytool.session.due_dates import earlier

        return earlier(days)

    _move(target, items, search, as_json=as_json)


def _move(
    choose: "Callable[[Desk, datetime], Target]",
    names: Sequence[str],
    search: str | None,
    *,
    as_json: bool,
) -> None:
    """Set the days of the items that are meant, and print what became of each."""
    from studytool.search.reader import read_search
    from studytool.session.due_dates import chosen_items, set_due

    if not names and search is None:
        raise StudytoolError(_NO_ITEMS)
    read = None if search is None else read_search(search)
    with opened_desk() as desk:
        now = desk.clock.now()
        items = chosen_items(desk, names, read, now)
        reports = set_due(desk, items, choose(desk, now), now)
        language = desk.settings.language
    if as_json:
        moved: ItemDueJson = {"items": [_as_json_row(report) for report in reports]}
        write_json(moved)
        return
    from studytool.wording.acts import way_back
    from studytool.wording.due_dates import due_lines

    lines = [*due_lines(reports, language)]
    if changed := sum(report.changed for report in reports):
        lines.append(way_back(changed, language))
    write_text("\n".join(lines))


def _as_json_row(report: "DueReport") -> DueItemJson:
    return {
        "item": report.item,
        "changed": report.changed,
        "before": _date(report.before),
        "due": _date(report.due),
    }


def _date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

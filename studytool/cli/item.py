"""``studytool item``: items listed and shown, and what a learner may do with them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from studytool.cli.home import desk_to_read, opened_desk
from studytool.cli.item_dates import advance_command, postpone_command, set_due_command
from studytool.cli.item_json import report_as_json, reviews_as_json
from studytool.cli.item_rows import row_as_json, rows_found, write_rows
from studytool.cli.output import write_json, write_text
from studytool.clock import MACHINE_CLOCK, utc_now
from studytool.json_output import (
    ItemMoveJson,
    ItemShowJson,
)
from studytool.language import Phrase
from studytool.session.items import ItemRow, item_names, read_rows
from studytool.session.scope import Scope, check_scope

if TYPE_CHECKING:
    from studytool.session.acts import ActReport, Acts

_NO_LEECHES = Phrase(
    ko="leech_lapses가 0이어서 자꾸 잊는 문항을 가리지 않습니다. 켜기: studytool config leech_lapses 8",
    en="leech_lapses is 0, so nothing counts as a leech. To switch on: studytool config "
    "leech_lapses 8",
)
_UNDO = Phrase(ko="studytool undo로 되돌릴 수 있습니다.", en="studytool undo takes it back.")
_UNDO_EACH = Phrase(
    ko="되돌리려면 studytool undo를 {n}번 실행하세요.",
    en="studytool undo takes them back one by one: {n} times.",
)

_items = click.argument("items", nargs=-1, required=True, metavar="ITEM...")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group(name="item")
def command() -> None:
    """List items, show one, and suspend, flag, bury, reset or re-rate it.

    An ITEM is pack/slug, or the slug alone. What is done is an event of the log: studytool undo takes it back.
    """


for _moving in (set_due_command, postpone_command, advance_command):
    command.add_command(_moving)


@command.command(name="list")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--suspended", is_flag=True, help="Those that are suspended.")
@click.option("--flagged", is_flag=True, help="Those that are flagged.")
@click.option("--buried", is_flag=True, help="Those that are buried now.")
@click.option("--leeches", is_flag=True, help="Those forgotten leech_lapses times or more.")
@click.option("--due", is_flag=True, help="Those that are due now, in steps or for review.")
@click.option("--new", is_flag=True, help="Those that are new.")
@click.option("--concept", metavar="C", help="Those of one concept.")
@click.option("--search", metavar="Q", help="Those that a search finds; studytool help search.")
@_as_json
def list_command(
    packs: tuple[str, ...],
    *,
    concept: str | None,
    search: str | None,
    as_json: bool,
    **chosen: bool,
) -> None:
    """List items, those of PACKs or all, that fit every option given."""
    with desk_to_read() as desk:
        check_scope(desk.library, Scope(packs, concept))
        rows = [
            row
            for row in read_rows(desk, utc_now(), packs=packs)
            if concept in {None, row.concept} and _is(row, chosen)
        ]
        if search is not None:
            rows = rows_found(desk, rows, search)
        settings = desk.settings
    write_rows(rows, settings.language, as_json=as_json)
    if as_json:
        return
    if chosen["leeches"] and not settings.leech_lapses:
        write_text(_NO_LEECHES.text(settings.language))


@command.command(name="show")
@click.argument("item", metavar="ITEM")
@click.option("--limit", type=click.IntRange(0), default=10, help="At most this many reviews (10).")
@_as_json
def show_command(item: str, *, limit: int, as_json: bool) -> None:
    """Show an item's memory and its last reviews, latest first."""
    with desk_to_read() as desk:
        [row] = read_rows(desk, utc_now(), items=item_names(desk, [item]))
        reviews = desk.log.last_reviews(item=row.item, limit=limit)
        language = desk.settings.language
    if as_json:
        last = reviews_as_json(reviews, row.reviews)
        found: ItemShowJson = {**row_as_json(row), "last_reviews": last}
        write_json(found)
        return
    from studytool.wording.items import item_lines

    write_text("\n".join(item_lines(row, reviews, language, MACHINE_CLOCK)))


@command.command(name="suspend")
@_items
@_as_json
def suspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask ITEMs no more, until they are unsuspended."""
    _do(items, lambda acts: acts.suspend, as_json=as_json)


@command.command(name="unsuspend")
@_items
@_as_json
def unsuspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask suspended ITEMs again."""
    _do(items, lambda acts: acts.unsuspend, as_json=as_json)


@command.command(name="flag")
@_items
@_as_json
def flag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Flag ITEMs, to find them again."""
    _do(items, lambda acts: acts.flag, as_json=as_json)


@command.command(name="unflag")
@_items
@_as_json
def unflag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Take the flags of ITEMs off."""
    _do(items, lambda acts: acts.unflag, as_json=as_json)


@command.command(name="reset")
@_items
@_as_json
def reset_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Make ITEMs new again; the statistics keep their reviews."""
    _do(items, lambda acts: acts.reset, as_json=as_json)


@command.command(name="bury")
@_items
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The study day, as 2026-12-31, on which they may be asked again; by default the next.",
)
@_as_json
def bury_command(items: tuple[str, ...], *, until: datetime | None, as_json: bool) -> None:
    """Put ITEMs off to the next study day, or until DATE."""
    _do(
        items,
        lambda acts: partial(acts.bury, until=until and acts.study_day_start(until.date())),
        as_json=as_json,
    )


@command.command(name="rate")
@click.argument("item", metavar="ITEM")
@click.argument("rating", type=click.Choice(["again", "hard", "good", "easy"]))
@click.option("--review", "review_id", metavar="ID", help="Which review; item show names them.")
@_as_json
def rate_command(item: str, rating: str, *, review_id: str | None, as_json: bool) -> None:
    """Return the last review of ITEM, or the one named, another rating."""
    from studytool.srs.rating import Rating

    _do(
        (item,),
        lambda acts: partial(acts.rate, rating=Rating(rating), review_id=review_id),
        as_json=as_json,
    )


@command.command(name="move")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@_as_json
def move_command(old: str, new: str, *, as_json: bool) -> None:
    """Move what was learned of OLD, which no pack has any more, to the item NEW.

    A pack says so itself with was: [OLD] in the item NEW; then there is nothing to move.
    """
    from studytool.session.moving import move_history

    with opened_desk() as desk:
        report = move_history(desk, old, new, utc_now())
        language = desk.settings.language
    if as_json:
        moved: ItemMoveJson = {
            "item": report.item,
            "to": report.to,
            "changed": report.changed,
            "reviews": report.reviews,
        }
        write_json(moved)
        return
    from studytool.wording.acts import move_text

    lines = [move_text(report, language), *([_UNDO.text(language)] if report.changed else [])]
    write_text("\n".join(lines))


def _do(
    items: Sequence[str],
    choose: "Callable[[Acts], Callable[[str], ActReport]]",
    *,
    as_json: bool,
) -> None:
    """Do the act that ``choose`` picks with every item, and print the reports."""
    from studytool.session.acts import Acts

    with opened_desk() as desk:
        acts = Acts(desk.log, utc_now())
        reports = acts.on_each(item_names(desk, items), choose(acts))
        language = desk.settings.language
    if as_json:
        done = [report_as_json(report) for report in reports]
        write_json({"items": done})
        return
    from studytool.wording.acts import act_text

    lines = [act_text(report, language, MACHINE_CLOCK) for report in reports]
    if changed := sum(report.changed for report in reports):
        lines.append((_UNDO if changed == 1 else _UNDO_EACH).text(language, n=changed))
    write_text("\n".join(lines))


def _is(row: ItemRow, chosen: dict[str, bool]) -> bool:
    kept = {
        "suspended": row.suspended,
        "flagged": row.flagged,
        "buried": row.buried_until is not None,
        "leeches": row.leech,
        "due": row.due_now,
        "new": row.stage == "new",
    }
    return all(kept[name] for name, wanted in chosen.items() if wanted)

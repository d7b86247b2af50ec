"""``studytool item``: items listed and shown, and what a learner may do with them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
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

_items = click.argument("items", nargs=-1, required=True, metavar="ITEM...")


@declare.group(
    "item",
    more=Phrase(
        ko="ITEM은 pack/slug이고, 하나뿐이면 slug만 써도 됩니다. 한 일은 기록의 이벤트이므로 studytool undo로 되돌릴 수 있습니다.",
        en="ITEM is pack/slug, or the slug alone where it is unique. What is done is an event "
        "of the log: studytool undo takes it back.",
    ),
)
def command() -> None:
    """List items, show one, and suspend, flag, bury, reset or re-rate it."""


for _moving in (set_due_command, postpone_command, advance_command):
    command.add_command(_moving)


@command.subcommand(
    "list",
    more=Phrase(
        ko="PACK을 쓰면 그 꾸러미만 봅니다. 옵션이 여럿이면 모두에 맞는 문항을 나열합니다.",
        en="Give PACKs to look only there. With several options, an item must fit them all.",
    ),
)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@declare.option(
    "--suspended", is_flag=True, about=Phrase("보류한 문항.", "Those that are suspended.")
)
@declare.option(
    "--flagged", is_flag=True, about=Phrase("깃발을 단 문항.", "Those that are flagged.")
)
@declare.option(
    "--buried", is_flag=True, about=Phrase("지금 미루어 둔 문항.", "Those that are buried now.")
)
@declare.option(
    "--leeches",
    is_flag=True,
    about=Phrase("leech_lapses번 넘게 잊은 문항.", "Those forgotten leech_lapses times or more."),
)
@declare.option("--due", is_flag=True, about=Phrase("지금 물을 문항.", "Those that are due now."))
@declare.option("--new", is_flag=True, about=Phrase("새 문항.", "Those that are new."))
@declare.option("--concept", metavar="C", about=Phrase("한 개념의 문항.", "Those of one concept."))
@declare.option(
    "--search",
    metavar="Q",
    about=Phrase(
        "검색에 걸린 문항. 검색하는 법: studytool help search.",
        "Those that a search finds; studytool help search.",
    ),
)
@declare.as_json
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


@command.subcommand("show")
@click.argument("item", metavar="ITEM")
@declare.option(
    "--limit",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    about=Phrase("복습은 많아야 N회.", "At most N reviews."),
)
@declare.as_json
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


@command.subcommand("suspend")
@_items
@declare.as_json
def suspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask ITEMs no more, until they are unsuspended."""
    _do(items, lambda acts: acts.suspend, as_json=as_json)


@command.subcommand("unsuspend")
@_items
@declare.as_json
def unsuspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask suspended ITEMs again."""
    _do(items, lambda acts: acts.unsuspend, as_json=as_json)


@command.subcommand("flag")
@_items
@declare.as_json
def flag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Flag ITEMs, to find them again."""
    _do(items, lambda acts: acts.flag, as_json=as_json)


@command.subcommand("unflag")
@_items
@declare.as_json
def unflag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Take the flags of ITEMs off."""
    _do(items, lambda acts: acts.unflag, as_json=as_json)


@command.subcommand("reset")
@_items
@declare.as_json
def reset_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Make ITEMs new again; the statistics keep their reviews."""
    _do(items, lambda acts: acts.reset, as_json=as_json)


@command.subcommand("bury")
@_items
@declare.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    about=Phrase(
        "다시 물을 학습일(예: 2026-12-31). 기본값은 다음 학습일.",
        "The study day, as 2026-12-31, on which they may be asked again; by default the next.",
    ),
)
@declare.as_json
def bury_command(items: tuple[str, ...], *, until: datetime | None, as_json: bool) -> None:
    """Put ITEMs off to the next study day, or until DATE."""
    _do(
        items,
        lambda acts: partial(acts.bury, until=until and acts.study_day_start(until.date())),
        as_json=as_json,
    )


@command.subcommand("rate")
@click.argument("item", metavar="ITEM")
@click.argument("rating", type=click.Choice(["again", "hard", "good", "easy"]))
@declare.option(
    "--review",
    "review_id",
    metavar="ID",
    about=Phrase(
        "고칠 복습. ID는 studytool item show에 나옵니다.",
        "Which review; studytool item show names them.",
    ),
)
@declare.as_json
def rate_command(item: str, rating: str, *, review_id: str | None, as_json: bool) -> None:
    """Give the last review of ITEM, or the one named, another rating."""
    from studytool.srs.rating import Rating

    _do(
        (item,),
        lambda acts: partial(acts.rate, rating=Rating(rating), review_id=review_id),
        as_json=as_json,
    )


@command.subcommand(
    "move",
    more=Phrase(
        ko="꾸러미가 문항 NEW에 was: [OLD]라고 스스로 적어 두었으면 옮길 것이 없습니다.",
        en="A pack says so itself with was: [OLD] in the item NEW; then there is nothing to move.",
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@declare.as_json
def move_command(old: str, new: str, *, as_json: bool) -> None:
    """Move what was learned of OLD, which no pack has any more, to the item NEW."""
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
    from studytool.wording.acts import move_text, way_back

    lines = [move_text(report, language), *([way_back(1, language)] if report.changed else [])]
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
    from studytool.wording.acts import act_text, way_back

    lines = [act_text(report, language, MACHINE_CLOCK) for report in reports]
    if changed := sum(report.changed for report in reports):
        lines.append(way_back(changed, language))
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

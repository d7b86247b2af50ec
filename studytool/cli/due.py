"""``studytool due``: how much is due, learning and new now, and which items."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from studytool.cli.home import opened_desk
from studytool.cli.output import write_json, write_text
from studytool.clock import utc_now
from studytool.json_output import DueJson, DuePackJson
from studytool.language import Phrase
from studytool.wording.local_time import local_time

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.overview import PackCounts

_LINE = Phrase(
    ko="{id}: 복습 {due}, 학습 중 {learning}, 새 문항 {new} (모두 {items})",
    en="{id}: due {due}, learning {learning}, new {new} (of {items})",
)
_NEXT = Phrase(ko="다음 복습: {time}", en="next review: {time}")


@click.command(name="due")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--limit", type=click.IntRange(0), help="At most this many items.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(packs: tuple[str, ...], *, limit: int | None, as_json: bool) -> None:
    """Show what is due in PACKs (all by default), in the order in which it would be asked."""
    with opened_desk() as desk:
        found = _found(desk, utc_now(), packs, limit)
        language = desk.settings.language
    if as_json:
        write_json(found)
        return
    lines = [_LINE.text(language, **pack) for pack in found["packs"]]
    lines += [f"  {item}" for item in found["due"]]
    if not found["due"] and found["next"]:
        lines.append(_NEXT.text(language, time=local_time(datetime.fromisoformat(found["next"]))))
    write_text("\n".join(lines))


def _found(desk: "Desk", now: datetime, packs: tuple[str, ...], limit: int | None) -> DueJson:
    from studytool.session.overview import count_packs
    from studytool.session.queue import due_items
    from studytool.session.scope import Scope, check_scope
    from studytool.session.today import look_at_today

    scope, today = Scope(packs, limit=limit), look_at_today(desk, now)
    check_scope(desk.library, scope)
    counts = [pack for pack in count_packs(desk, now, today) if not packs or pack.id in packs]
    following = desk.log.next_due(packs=packs, after=now)
    return {
        "packs": [_pack(pack) for pack in counts],
        "due": due_items(desk.log, scope, now=now, today=today, settings=desk.settings),
        "next": None if following is None else following.isoformat(timespec="seconds"),
    }


def _pack(counts: "PackCounts") -> DuePackJson:
    return {
        "id": counts.id,
        "title": counts.title,
        "due": counts.due,
        "learning": counts.learning,
        "new": counts.new,
        "items": counts.items,
    }

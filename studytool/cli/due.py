"""``studytool due``: how much is due, learning and new now, and which items."""

from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.ahead_json import break_as_json, exam_as_json
from studytool.cli.home import desk_to_read
from studytool.cli.output import write_json, write_text
from studytool.clock import MACHINE_CLOCK, utc_now
from studytool.json_output import DueJson, DuePackJson
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.session.due import DueList
    from studytool.session.overview import PackCounts


@declare.command(
    "due",
    more=Phrase(
        ko="PACK을 쓰면 그 꾸러미만 보여 줍니다. 물을 순서대로 나옵니다.",
        en="Give PACKs to see only those. Items come in the order in which they would be asked.",
    ),
)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@declare.option(
    "--limit", type=click.IntRange(0), about=Phrase("문항은 많아야 N개.", "At most N items.")
)
@declare.as_json
def command(packs: tuple[str, ...], *, limit: int | None, as_json: bool) -> None:
    """Show what is due in PACKs (all by default), in the order in which it would be asked."""
    with desk_to_read() as desk:
        from studytool.session.due import list_due
        from studytool.session.scope import Scope

        due = list_due(desk, utc_now(), Scope(packs, limit=limit))
        language = desk.settings.language
    if as_json:
        write_json(_as_json(due))
        return
    from studytool.wording.due import due_text

    write_text(due_text(due, language, MACHINE_CLOCK))


def _as_json(due: "DueList") -> DueJson:
    following, total, left = due.following, due.total, due.left
    return {
        "packs": [_pack(pack) for pack in due.packs],
        "total": {
            "due": total.due,
            "learning": total.learning,
            "new": total.new,
            "items": total.items,
        },
        "due": list(due.items),
        "left": {
            "siblings": left.siblings,
            "over_limit": left.over_limit,
            "new_siblings": left.new_siblings,
            "new_over_limit": left.new_over_limit,
            "gated": left.gated,
            "for_exam": left.for_exam,
            "in_break": left.in_break,
        },
        "next": None if following is None else following.isoformat(timespec="seconds"),
        "exams": [exam_as_json(exam) for exam in due.exams],
        "breaks": [break_as_json(span) for span in due.breaks],
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

"""``studytool claims``: the claims of the notes with their standing and evidence."""

from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import desk_to_read
from studytool.cli.output import output_width, write_json, write_text
from studytool.json_output import ClaimListJson, ClaimRowJson
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.session.claims import ClaimRow

_WIDTH = 100
"""Cells of a row where nobody says how wide the terminal is."""


@declare.command(
    "claims",
    more=Phrase(
        ko="WORDS를 쓰면 그 말이 모두 있는 주장만 나열합니다. 노트와 주장의 말, id, 줄, 판정을 한국어로나 "
        "영어로 씁니다. 주장이 하나만 남으면 아는 것을 모두 보여 줍니다. studytool verify PACK --claim ID는 "
        "다시 시험하고, studytool search claim:ID는 그 문항을 찾습니다.",
        en="Give WORDS to see only the claims that have them all: words of the notes, of the claim, "
        "its id, line, standing and verdict, in Korean or English. Where one claim is left, all "
        "that is known of it is printed. studytool verify PACK --claim ID tries it again, "
        "studytool search claim:ID lists its items.",
    ),
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@declare.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="PACK",
    about=Phrase(
        "이 꾸러미의 것만. 여러 번 쓸 수 있습니다.", "Only of this pack; may be repeated."
    ),
)
@declare.as_json
def command(words: tuple[str, ...], *, packs: tuple[str, ...], as_json: bool) -> None:
    """List the claims of the notes, line by line: those that have all WORDS, else all."""
    from studytool.session.claims import ClaimShelf
    from studytool.wording import claims as phrases

    with desk_to_read() as desk:
        language = desk.settings.language
        for pack in packs:
            desk.library.manifest(pack)  # refuses one that is not there
        shelf = ClaimShelf(desk, phrases.claim_words, packs)
        found = shelf.find(" ".join(words))
        if as_json:
            listed: ClaimListJson = {"claims": [_as_json(row) for row in found]}
            write_json(listed)
        elif len(found) == 1:
            [row] = found
            by = f"studytool verify {row.pack} --claim {row.claim.id}"
            badge = shelf.badge(row, language)
            lines = phrases.claim_lines(row, badge, language, by=by, in_lines=True)
            write_text("\n".join([row.claim.id, *lines]))
        else:
            width = output_width(0) or _WIDTH
            rows = [phrases.claim_line(row, language, width=width) for row in found]
            head = [phrases.claim_titles(language, width=width)] if rows else []
            said = phrases.CLAIMS_FOUND if rows else phrases.NO_CLAIM_FOUND
            write_text("\n".join([*head, *rows, said.text(language, n=len(rows))]))


def _as_json(row: "ClaimRow") -> ClaimRowJson:
    notes = row.claim.notes
    return {
        "pack": row.pack,
        "id": row.claim.id,
        "concept": row.claim.concept,
        "standing": str(row.claim.standing),
        "lines": list(row.lines),
        "quote": None if notes is None else notes.quote,
        "statement": dict(row.claim.statement.root),
        "cited": {
            "ref": row.claim.source.ref,
            "at": row.claim.source.at,
            "looked_up": row.claim.source.looked_up,
        },
        "source": None if row.said is None else str(row.said.source),
        "verdict": None if row.verdict is None else str(row.verdict),
        "independence": None if row.independence is None else str(row.independence),
        "items": list(row.items),
    }

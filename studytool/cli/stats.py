"""``studytool stats``: what the reviews so far come to."""

import dataclasses
import json
import shutil
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.home import opened_desk
from studytool.clock import utc_now
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.session.record_names import RecordNames
    from studytool.session.records import Records

NARROWEST, WIDEST = 50, 100
"""Columns of the text, whatever the terminal; the widest also where the output goes to none."""

_NOTHING = Phrase(
    ko="아직 복습이 없습니다. studytool로 시작하세요.",
    en="there are no reviews yet; begin with: studytool",
)


@click.command(name="stats")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--lang", type=click.Choice(["ko", "en"]), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(packs: tuple[str, ...], *, lang: Language | None, as_json: bool) -> None:
    """Print time, retention, calibration, concepts, hardest items and remaining misconceptions."""
    with opened_desk() as desk:
        from studytool.session.record_names import read_names
        from studytool.session.records import read_records

        records = read_records(desk, utc_now(), packs=packs)
        language = lang or desk.settings.language
        of_items = records.items if as_json else records.hardest
        names = read_names(desk.library, records, language, of_items=of_items)
    click.echo(_as_json(records, names) if as_json else _as_text(records, names, language))


def _as_text(records: "Records", names: "RecordNames", language: Language) -> str:
    if not records.reviews:
        return _NOTHING.text(language)
    from studytool.wording.records import detailed_sections, overall_sections, plain_lines

    columns = shutil.get_terminal_size((WIDEST, 24)).columns
    width = max(NARROWEST, min(WIDEST, columns))
    sections = overall_sections(records, language, width=width)
    sections += detailed_sections(records, names, language, width=width)
    return "\n".join(plain_lines(sections))


def _as_json(records: "Records", names: "RecordNames") -> str:
    found = dataclasses.asdict(records)
    for group in found["concepts"]:
        group["title"] = names.concepts.get(group["name"])
    for group in (*found["items"], *found["hardest"]):
        group["title"] = names.items.get(group["name"])
    for one in found["misconceptions"]:
        one["title"] = names.items.get(one["item"])
        one["feedback"] = names.feedback.get((one["item"], one["misconception"]))
    return json.dumps(_plain(found), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Write a figure that does not exist as null; days as dates."""
    if isinstance(value, float):
        return None if isnan(value) else value
    if isinstance(value, dict):
        return {name: _named(name, one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _named(name: str, value: Any) -> Any:
    from studytool.review_log.study_days import as_date

    return as_date(value).isoformat() if name == "day" else _plain(value)

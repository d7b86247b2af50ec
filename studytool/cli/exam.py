"""``studytool exam``: exam dates, set, listed and removed."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from studytool.cli.ahead_json import exam_as_json
from studytool.cli.home import desk_to_read, opened_desk
from studytool.cli.output import write_json, write_text
from studytool.errors import StudytoolError
from studytool.json_output import ExamsJson, MissedItemJson, MissedJson
from studytool.language import LANGUAGES, Language, Phrase
from studytool.session.exam import FEWEST_MINUTES, MINUTES_A_DAY, MOST_MINUTES

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.missed import MissedItem

_TOO_MUCH = Phrase(
    ko="--remove에는 날짜만 쓰세요: studytool exam --remove 2026-12-31",
    en="--remove takes a date and nothing else: studytool exam --remove 2026-12-31",
)

_MISSED_ALONE = Phrase(
    ko="--missed에는 날짜나 --remove를 함께 쓸 수 없습니다: studytool exam --missed",
    en="--missed takes neither a date nor --remove: studytool exam --missed",
)


@click.command(name="exam")
@click.argument("day", required=False, metavar="[DATE]")
@click.argument("targets", nargs=-1, metavar="[PACK|CONCEPT...]")
@click.option(
    "--minutes",
    type=click.IntRange(FEWEST_MINUTES, MOST_MINUTES),
    default=MINUTES_A_DAY,
    show_default=True,
    help="Of reviews for it each day.",
)
@click.option("--remove", is_flag=True, help="Remove the exam on DATE, or the only one.")
@click.option(
    "--missed",
    is_flag=True,
    help="Read through what was missed of the next exam in the last 30 days, with solutions.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(  # noqa: PLR0913 - one for each option
    day: str | None,
    targets: tuple[str, ...],
    *,
    minutes: int,
    remove: bool,
    missed: bool,
    lang: Language | None,
    as_json: bool,
) -> None:
    """Set an exam on DATE about PACKs and CONCEPTs, or everything; without DATE, list the exams.

    New items are paced so that all are begun in time, and in the last days before it reviews fall
    where most will be recalled on the day. DATE is 2026-12-31, tomorrow or +14d.
    """
    if missed and (remove or day is not None):
        raise StudytoolError(_MISSED_ALONE)
    if remove and targets:
        raise StudytoolError(_TOO_MUCH)
    if missed:
        _read_through(lang, as_json=as_json)
        return
    changes = day is not None or remove
    with opened_desk() if changes else desk_to_read() as desk:
        _speak(desk, lang)
        from studytool.session.agenda_walk import exams_ahead

        said = _change(desk, day, targets, minutes=minutes, remove=remove)
        exams, language = exams_ahead(desk, desk.clock.now()), desk.settings.language
    if as_json:
        listed: ExamsJson = {"exams": [exam_as_json(exam) for exam in exams]}
        write_json(listed)
        return
    from studytool.wording.exam import exam_lines

    lines = exam_lines(exams, language) if exams or said is None else ()
    write_text("\n".join([*([] if said is None else [said]), *lines]))


def _speak(desk: "Desk", lang: Language | None) -> None:
    """Let the desk speak a language for this command alone."""
    if lang is not None:
        desk.settings = replace(desk.settings, language=lang)


def _read_through(lang: Language | None, *, as_json: bool) -> None:
    """Print what was missed, each with its answer and solution."""
    from studytool.cli.show import key_text
    from studytool.session.missed import read_missed
    from studytool.typeset.math_line import set_plain
    from studytool.wording.exam import missed_text

    with desk_to_read() as desk:
        _speak(desk, lang)
        items, language = read_missed(desk, desk.clock.now()), desk.settings.language
    if as_json:
        listed: MissedJson = {"items": [_missed_as_json(one) for one in items]}
        write_json(listed)
        return
    write_text(set_plain(missed_text([(one, key_text(one.variant)) for one in items], language)))


def _missed_as_json(missed: "MissedItem") -> MissedItemJson:
    from studytool.cli.show import key_text

    variant = missed.variant
    return {
        "item": variant.item,
        "days": missed.days,
        "seed": variant.seed,
        "prompt": variant.prompt,
        "key_text": key_text(variant),
        "solution": variant.solution,
    }


def _change(
    desk: "Desk", day: str | None, targets: tuple[str, ...], *, minutes: int, remove: bool
) -> str | None:
    """Set or remove an exam and say so; None where nothing is to be changed."""
    from studytool.search.reader import read_day
    from studytool.session.exams import remove_exam, set_exam
    from studytool.wording.exam import removed_line, set_line

    if day is None and not remove:
        return None
    now, language = desk.clock.now(), desk.settings.language
    number: int | None = None
    if day is not None:
        count, is_relative = read_day(day)
        number = count + (desk.log.day_of(now) if is_relative else 0)
    if remove or number is None:
        return removed_line(remove_exam(desk, number, now), language)
    return set_line(set_exam(desk, number, targets, now, minutes=minutes), language)

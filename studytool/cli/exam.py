"""``studytool exam``: exam dates, set, listed and removed."""

from typing import TYPE_CHECKING

import click

from studytool.cli.home import opened_desk
from studytool.cli.output import write_json, write_text
from studytool.errors import StudytoolError
from studytool.json_output import ExamJson, ExamsJson
from studytool.language import Phrase
from studytool.session.exam import FEWEST_MINUTES, MINUTES_A_DAY, MOST_MINUTES

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.exam import ExamDay

_TOO_MUCH = Phrase(
    ko="--remove에는 날짜만 쓰세요: studytool exam --remove 2026-12-31",
    en="--remove takes a date and nothing else: studytool exam --remove 2026-12-31",
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
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    day: str | None, targets: tuple[str, ...], *, minutes: int, remove: bool, as_json: bool
) -> None:
    """Set an exam on DATE about PACKs and CONCEPTs, or everything; without DATE, list the exams.

    New items are paced so that all are begun in time, and in the last days before it reviews fall
    where most will be recalled on the day. DATE is 2026-12-31, tomorrow or +14d.
    """
    if remove and targets:
        raise StudytoolError(_TOO_MUCH)
    with opened_desk() as desk:
        from studytool.session.agenda_walk import exams_ahead

        said = _change(desk, day, targets, minutes=minutes, remove=remove)
        exams, language = exams_ahead(desk, desk.clock.now()), desk.settings.language
    if as_json:
        listed: ExamsJson = {"exams": [_as_json(exam) for exam in exams]}
        write_json(listed)
        return
    from studytool.wording.exam import exam_lines

    lines = exam_lines(exams, language) if exams or said is None else ()
    write_text("\n".join([*([] if said is None else [said]), *lines]))


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


def _as_json(exam: "ExamDay") -> ExamJson:
    return {
        "date": exam.exam.date.isoformat(),
        "days": exam.days_left,
        "targets": list(exam.exam.targets),
        "minutes": exam.exam.minutes,
        "items": exam.items,
        "unbegun": exam.unbegun,
        "expected": exam.recalled,
        "reviews": [one.item for one in exam.reviews],
        "waiting": sorted(exam.waiting),
        "new": exam.new_today,
    }

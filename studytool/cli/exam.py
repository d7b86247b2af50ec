"""``studytool exam``: exam dates, set, listed and removed."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.ahead_json import exam_as_json
from studytool.cli.home import desk_to_read, opened_desk
from studytool.cli.output import write_json, write_text
from studytool.errors import StudytoolError
from studytool.json_output import ExamsJson, MissedItemJson, MissedJson
from studytool.language import Language, Phrase
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


@declare.command(
    "exam",
    more=Phrase(
        ko="PACK이나 CONCEPT에 대한, 둘 다 없으면 모든 것에 대한 시험입니다. DATE가 없으면 "
        "시험을 나열합니다. 새 문항은 제때 모두 시작하도록 나누고, 마지막 며칠의 복습은 "
        "시험 날 가장 많이 기억하도록 놓습니다. DATE는 2026-12-31, tomorrow, +14d처럼 "
        "씁니다.",
        en="The exam is about PACKs and CONCEPTs, or everything; without DATE, the exams are "
        "listed. New items are paced so that all are begun in time, and in the last days "
        "before it reviews fall where most will be recalled on the day. DATE is "
        "2026-12-31, tomorrow or +14d.",
    ),
)
@click.argument("day", required=False, metavar="[DATE]")
@click.argument("targets", nargs=-1, metavar="[PACK|CONCEPT...]")
@declare.option(
    "--minutes",
    type=click.IntRange(FEWEST_MINUTES, MOST_MINUTES),
    default=MINUTES_A_DAY,
    show_default=True,
    about=Phrase("이 시험의 복습에 하루에 쓸 시간(분).", "Minutes of reviews for it each day."),
)
@declare.option(
    "--remove",
    is_flag=True,
    about=Phrase(
        "DATE의 시험을, 하나뿐이면 그것을 지웁니다.", "Remove the exam on DATE, or the only one."
    ),
)
@declare.option(
    "--missed",
    is_flag=True,
    about=Phrase(
        "다음 시험의 문항에서 지난 30일 동안 틀린 것을 풀이와 함께 훑어봅니다.",
        "Read through what was missed of the next exam in the last 30 days, with solutions.",
    ),
)
@declare.in_language
@declare.as_json
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
    """Set an exam on DATE about PACKs and CONCEPTs, or everything; without DATE, list the exams."""
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
        from studytool.session.agenda_walk import exams_ahead, read_agenda
        from studytool.session.exam import count_begun
        from studytool.session.scope import Scope

        said = _change(desk, day, targets, minutes=minutes, remove=remove)
        now, language = desk.clock.now(), desk.settings.language
        exams = exams_ahead(desk, now)
        begun = count_begun(exams, read_agenda(desk, now, Scope()).new.values()) if exams else []
    if as_json:
        listed: ExamsJson = {"exams": [exam_as_json(exam) for exam in exams]}
        write_json(listed)
        return
    from studytool.wording.exam import exam_lines

    lines = exam_lines(exams, begun, language) if exams or said is None else ()
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

"""What was missed of late: items of an exam, to read through with their solutions before it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.quiz.ask import make_variant
from studytool.session.exam import Exam
from studytool.session.exams import read_exams

if TYPE_CHECKING:
    from studytool.quiz.variant import Variant
    from studytool.session.desk import Desk

MISSED_DAYS = 30
"""How far back what was missed is looked for."""


@dataclass(frozen=True, slots=True)
class MissedItem:
    """One item that was forgotten.

    Attributes:
        variant: the one that was missed last, in the learner's language now.
        days: on how many of the last study days it was missed.
    """

    variant: "Variant"
    days: int


def read_missed(desk: "Desk", now: datetime) -> list[MissedItem]:
    """Return what was missed in the last days of the next exam's items, the most often missed first.

    Of all items where no exam is ahead.
    """
    today = desk.log.day_of(now)
    exam = next(iter(read_exams(desk.log, since=today)), Exam(today))
    missed = {row.item: row for row in desk.log.missed_since(today - MISSED_DAYS)}
    listed = desk.log.exam_rows([pack.id for pack in desk.library.packs()]) if missed else []
    own = [
        missed[row.item]
        for row in listed
        if row.item in missed and exam.holds(row.item.partition("/")[0], row.concept)
    ]
    language = desk.settings.language
    return [
        MissedItem(
            make_variant(
                desk.library.item(row.item),
                pack_id=row.item.partition("/")[0],
                seed=row.seed,
                language=language,
            ),
            row.days,
        )
        for row in sorted(own, key=lambda row: -row.days)  # else in the author's order
    ]

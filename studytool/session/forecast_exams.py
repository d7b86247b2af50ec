"""The exams ahead as a forecast simulates them: their items by number, and the time for them."""

from collections.abc import Sequence
from datetime import datetime

from studytool.forecast.exams import SimulatedExam
from studytool.session.desk import Desk
from studytool.session.exam import PACE_DAYS, Exam
from studytool.session.exam_day import days_until, needed_concepts
from studytool.session.exams import read_exams
from studytool.session.policy import rule_of


def read_simulated_exams(
    desk: Desk, now: datetime, names: Sequence[str]
) -> tuple[SimulatedExam, ...]:
    """Return the exams ahead over items that are named ``pack/slug``, the first one first."""
    log, today = desk.log, desk.log.day_of(now)
    exams = read_exams(log, since=today + 1)
    if not exams:
        return ()
    seconds, matured = log.answer_seconds(today, days=PACE_DAYS), log.matured_items(today)
    packs = sorted({name.partition("/")[0] for name in names})
    about = {row.item: (row.item.partition("/")[0], row.concept) for row in log.exam_rows(packs)}
    begins = {
        pack
        for pack in packs
        if desk.settings.new_per_day and rule_of(desk.settings, pack, "new_per_day")
    }

    def simulated(exam: Exam) -> SimulatedExam:
        needed, items = needed_concepts(desk, exam, packs), list[tuple[bool, bool, bool]]()
        for name in names:
            pack, concept = about.get(name, ("", ""))
            own = bool(pack) and exam.holds(pack, concept)
            wanted = pack in begins and (own or (pack, concept) in needed)
            items.append((own, wanted, name in matured))
        days = days_until(desk, exam, today=today, seconds=seconds)
        return SimulatedExam.over(days, items)

    return tuple(simulated(exam) for exam in exams)

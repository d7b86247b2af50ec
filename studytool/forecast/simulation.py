"""The simulation of the coming study days, in batches of bounded memory.

A study day is one session at one instant. Items due by then are answered, as many as the plan
has, then new ones; an item in steps comes back until it leaves them or the day ends.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from studytool.forecast.batch import Batch, Course
from studytool.forecast.luck import Luck
from studytool.forecast.plan import Plan
from studytool.forecast.start import Start

ROWS_AT_ONCE = 1 << 20
"""Items times draws in memory at a time; about 200 MB."""


def simulate(
    start: Start, luck: Luck, progress: Callable[[float], object] = lambda _: None
) -> Course:
    """Simulate every draw of ``luck``.

    Args:
        start: with as many sessions as the luck has days.
        luck: drawn from the habits.
        progress: is told the share that is done; what it raises ends the work.
    """
    backlog, sessions = start.backlog, start.sessions
    moves = backlog.is_new | (backlog.asked_ms(sessions.study_day) < sessions.ends_ms[-1])
    for exam in start.exams:
        if exam.decides_before(int(sessions.days[-1]) + 1):
            moves |= exam.items[backlog.numbers]
    unmoved = backlog.memories.take(~moves)
    known = start.scheduler.retrievability(unmoved, int(sessions.days[-1]) + 1).sum()
    pool = backlog.take(moves)
    luck = replace(luck, plan=_within_limits(luck.plan, start))
    courses = []
    for draws in _batches(len(luck.salts), len(pool)):
        batch = Batch(start, pool, luck.take(draws))
        for day in range(len(sessions)):
            batch.study(day)
            done = draws.start + (draws.stop - draws.start) * (day + 1) / len(sessions)
            progress(done / len(luck.salts))
        courses.append(batch.course())
    course = Course.joined(courses)
    return replace(course, known=course.known + known)


def _batches(draws: int, items: int) -> list[slice]:
    """Cut the draws into slices that fit into memory."""
    at_once = max(1, ROWS_AT_ONCE // max(1, items))
    return [slice(first, min(first + at_once, draws)) for first in range(0, draws, at_once)]


def _within_limits(plan: Plan, start: Start) -> Plan:
    """Hold new items to what each day admits, take off what today had, and nothing when away.

    Reviews are held to their limit on the day itself, as steps do not count towards it.
    """
    habits, away = start.habits, start.rules.away
    done, new = plan.done.copy(), plan.new.copy()
    done[:, 0] = np.maximum(done[:, 0] - habits.done_today, 0)
    new[:, 0] = np.maximum(new[:, 0] - habits.new_today, 0)
    new = np.minimum(new, start.limits.new_on(new.shape[1]))
    for held in (done, new):
        held[:, : len(away)][:, away] = 0
    return replace(plan, done=done, new=new)

"""Plan a study day from the log and the library; the concepts that wait for others."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from studytool.session.agenda import Needs
from studytool.session.day_plan import DayPlan
from studytool.session.desk import Desk
from studytool.srs.asking_rules import needs_of


def plan_day(desk: Desk, now: datetime, *, passed_over: frozenset[str] = frozenset()) -> DayPlan:
    """Return the plan of today's study day, from the log and the library as they are now."""
    settings, log = desk.settings, desk.log
    day = log.day_of(now)
    seen = tuple(log.seen_on(day))
    raised, is_off = log.raised_on(day), log.is_day_off(day)
    limit = (0 if is_off else settings.new_per_day) + sum(one.more for one in raised)
    return DayPlan(
        day=day,
        ends=log.days.start(day + 1),
        seen=seen,
        new_left=max(0, limit - log.new_on(day)),
        reviews_left=max(0, settings.reviews_per_day - log.matured_on(day)),
        raised=raised,
        begun=Counter(log.new_by_pack(day)),
        matured=Counter(log.matured_by_pack(day)),
        is_off=is_off,
        passed_over=passed_over,
    )


def closed_concepts(desk: Desk, packs: Iterable[str], *, without: frozenset[str]) -> frozenset[str]:
    """Return the concepts of which a prerequisite has items that are new or in their first steps.

    Each as ``pack/concept``; none where the learner lets no concept wait.

    Args:
        desk: whose library and log say it.
        packs: whose concepts.
        without: items that do not count.
    """
    closed, digests = set(), desk.log.registrations()
    for pack in packs if desk.settings.gate_new else ():
        needs = desk.agendas.find_needs(pack, digests.get(pack), partial(_needs, desk, pack))
        wanted = set().union(*needs.values())
        if not wanted:
            continue
        left_out = [item for item in without if item.startswith(f"{pack}/")]  # few of all
        unlearned = desk.log.unlearned_concepts(pack, wanted, without=left_out)
        closed |= {f"{pack}/{concept}" for concept in needs if unlearned & needs[concept]}
    return frozenset(closed)


def _needs(desk: Desk, pack: str) -> Needs:
    requires = desk.library.prerequisites(pack)
    return {concept: needs_of(concept, requires) for concept in requires}

"""What the rules of a day need for a forecast, read from log, library and settings."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from studytool.forecast.rules import AskingRules, NamedGates, PackRules, number_rules
from studytool.session.agenda import EVER, LEARN_AHEAD, learns_within_a_sitting
from studytool.session.day_plan import DayPlan
from studytool.session.desk import Desk
from studytool.session.policy import new_limit_of, rule_of
from studytool.srs.asking_rules import needs_of
from studytool.srs.memory import to_ms


def read_asking_rules(
    desk: Desk,
    today: DayPlan,
    names: Sequence[str],
    *,
    packs: Sequence[str],
    concepts: dict[str, str],
    ends: datetime,
) -> AskingRules:
    """Read siblings, gates, limits of packs, breaks, and what today had of them.

    Args:
        desk: whose log, library and settings say it.
        today: the account of the study day.
        names: of the items of the forecast.
        packs: in the order of their turns.
        concepts: of the new items, as ``pack/concept``.
        ends: the end of the forecast.
    """
    settings = desk.settings
    seen = [one.item for one in today.seen]
    claims = desk.library.claims_of({*names, *seen}) if settings.bury_siblings else {}
    limits = {
        pack: PackRules(
            new_per_day=rule_of(settings, pack, "new_per_day"),
            reviews_per_day=rule_of(settings, pack, "reviews_per_day"),
            begun=today.begun[pack],
            matured=today.matured[pack],
            raised=new_limit_of(settings, pack, today.raised)
            - rule_of(settings, pack, "new_per_day"),
            opens=learns_within_a_sitting(settings, pack),
        )
        for pack in packs
    }
    days, off = range(today.day, desk.log.day_of(ends)), desk.log.days_off()
    rules = number_rules(
        names,
        limits,
        claims=claims,
        taken=set(chain.from_iterable(claims.get(item, ()) for item in seen)),
        gates=_read_gates(desk, packs, concepts, ends) if settings.gate_new else None,
        away=[day in off for day in days],
    )
    put_off = desk.log.put_off(today.day, len(days))
    return rules.putting_off(put_off)


def _read_gates(
    desk: Desk, packs: Sequence[str], concepts: dict[str, str], ends: datetime
) -> NamedGates:
    within = desk.log.within(packs)
    in_steps = within.in_steps(to_ms(ends), None, ahead_ms=EVER // timedelta(milliseconds=1))
    learning = {one.item: f"{one.item.partition('/')[0]}/{one.concept}" for one in in_steps}
    requires = {pack: desk.library.prerequisites(pack) for pack in packs}
    return NamedGates(
        concepts={**learning, **concepts},
        needs={
            f"{pack}/{concept}": [f"{pack}/{one}" for one in needs_of(concept, of_pack)]
            for pack, of_pack in requires.items()
            for concept in of_pack
        },
        unlearned=within.count_unlearned(),
        opens_ahead_ms=LEARN_AHEAD // timedelta(milliseconds=1),
    )

"""The evidence behind an item as JSON, for ``show`` and ``mark``."""

from studytool.json_output import BadgeJson
from studytool.library.finding import FoundItem
from studytool.quiz.variant import Variant
from studytool.settings import home_folder


def badge_as_json(found: FoundItem, variant: Variant) -> BadgeJson:
    """Return the stable keys of the evidence behind one variant of an item."""
    from studytool.library.own_evidence import read_own  # late: help imports every command
    from studytool.session.badge import read_badge

    own = read_own(home_folder(), found.pack_id)
    badge = read_badge(found.read, own, variant, found.item)
    measured = badge.measured
    return {
        "source": None if badge.origin is None else str(badge.origin),
        "day": None if badge.day is None else badge.day.isoformat(),
        "verdict": None if badge.verdict is None else str(badge.verdict),
        "independence": None if badge.independence is None else str(badge.independence),
        "at_these_numbers": badge.is_in_view,
        "condition": dict(badge.condition),
        "quantity": None if measured is None else measured.quantity,
        "estimate": None if measured is None else measured.estimate,
        "standard_error": None if measured is None else measured.standard_error,
        "interval": None if measured is None else list(measured.interval),
        "predicted": None if measured is None else measured.predicted,
        "tolerance": None if measured is None else measured.tolerance,
        "replicates": None if measured is None else measured.replicates,
        "draws": badge.draws,
        "oracles": list(badge.oracles),
        "controls": badge.controls,
        "rejected": badge.rejected,
        "seed": None if badge.origin is None else badge.seed,
    }

"""Which claims and items train networks when they are tried: these take the longest."""

from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.behind import claims_behind
from studytool.packs.claims import Claim
from studytool.packs.items import Item
from studytool.packs.measurements_within import measurements_in
from studytool.packs.pack import Pack


def training_tasks(pack: Pack) -> frozenset[tuple[str, str]]:
    """Return part and id of what trains networks, or rests on a claim that does.

    The parts are ``claims`` and ``keys``, as in the evidence.
    """
    claims = {claim.id for claim in pack.claims if _trains(claim)}
    items = {
        item.id
        for item in pack.items
        if _trains(item) or not claims.isdisjoint(claims_behind(item))
    }
    return frozenset(
        [
            *(("claims", name) for name in claims),
            *(("keys", name) for name in items),
        ]
    )


def _trains(what: Claim | Item) -> bool:
    names = {one.experiment for one in measurements_in(what)}
    return any(EXPERIMENTS[name].trains for name in names if name in EXPERIMENTS)

"""Try the question in view, as the learner asks for it, and keep what was found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.errors import Cancelled, StateError
from studytool.language import Message
from studytool.library.own_evidence import OwnFinding, keep_own

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.items import Item
    from studytool.verification.evidence import Evidence
    from studytool.verification.looks import TrialLook
    from studytool.verification.variant import VariantEvidence


@dataclass(frozen=True, slots=True)
class TriedKey:
    """What a trial found, and why it could not be kept where it could not."""

    evidence: "VariantEvidence"
    unkept: Message | None = None


@dataclass(frozen=True, slots=True)
class KeyTrial:
    """All that a trial needs of the learner's state, so that it can run in a thread of its own.

    Attributes:
        home: the learner's folder, where the finding is kept.
        pack: the id of the item's pack.
        item: as its pack words it.
        parameters: the numbers of the question in view.
        claims: those that its key rests on.
        seed: of the random draws: the variant's own, so that another computer finds the same.
        apart: whether others wrote the pack, so that a process of its own must try it.
        day: today, in the learner's zone.
    """

    home: Path
    pack: str
    item: "Item"
    parameters: Mapping[str, float]
    claims: "tuple[Claim, ...]"
    seed: int
    day: date
    apart: bool = False

    def run(
        self,
        *,
        progress: Callable[[int, int], None] = lambda *_: None,
        cancelled: Callable[[], bool],
        watch: "Callable[[TrialLook], None] | None" = None,
    ) -> TriedKey:
        """Try the key, and keep what was found in the learner's folder.

        ``watch`` is told of each estimate while it is drawn, unless the key is tried apart.

        Raises:
            Cancelled: the learner cancelled; nothing is kept.
        """
        from studytool.verification.variant import try_variant  # late: it loads the core

        found = try_variant(
            self.pack,
            self.item,
            self.parameters,
            claims=self.claims,
            seed=self.seed,
            apart=self.apart,
            progress=progress,
            cancelled=cancelled,
            watch=watch,
        )
        if cancelled():
            raise Cancelled
        return TriedKey(found, keep_variant(self.home, self.pack, found, self.day))


def keep_variant(home: Path, pack: str, found: "VariantEvidence", day: date) -> Message | None:
    """Keep what was found of a variant; return why it could not be kept, None where it was."""
    variant = own_finding(found.key, day, found.parameters)
    claims = {one.id: own_finding(one, day) for one in found.claims}
    return _kept(home, pack, {"variants": {found.key.id: variant}, "claims": claims})


def keep_run(
    home: Path, pack: str, found: "Mapping[str, tuple[Evidence, ...]]", day: date
) -> Message | None:
    """Keep the claims and keys that a run tried; return why they could not be kept."""
    rows = {
        part: {one.id: own_finding(one, day) for one in findings}
        for part, findings in found.items()
    }
    return _kept(home, pack, rows)


def own_finding(
    found: "Evidence", day: date, parameters: Mapping[str, float] | None = None
) -> OwnFinding:
    """Return a finding as the learner's folder keeps it."""
    from studytool.verification.lock import kept_finding, numpy_version

    return OwnFinding(kept_finding(found), day, numpy_version(), dict(parameters or {}))


def _kept(home: Path, pack: str, rows: Mapping[str, Mapping[str, OwnFinding]]) -> Message | None:
    try:
        keep_own(home, pack, rows)
    except StateError as error:
        return error.told
    return None

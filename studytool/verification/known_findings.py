"""Findings of earlier runs: what depends on nothing that has changed since is not tried again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from studytool.packs.pack import Pack
from studytool.verification.evidence import Evidence
from studytool.verification.problems import (
    KilledProcess,
    MemoryShortage,
    SlowTask,
    StrangeAnswer,
    WaitingTask,
)
from studytool.verification.tasks import VerificationTask

_OF_THE_MACHINE = (KilledProcess, MemoryShortage, SlowTask, StrangeAnswer, WaitingTask)


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding, before claims are joined to it, and the digest of all that it depends on."""

    key: str
    finding: Evidence


@dataclass(frozen=True, slots=True)
class KnownFindings:
    """The last finding of each claim and key of a pack.

    Attributes:
        context: what all findings depend on: the program and its libraries.
        by_name: by part and id, as ``claims/ID``.
    """

    context: str = ""
    by_name: dict[str, KnownFinding] = field(default_factory=dict)

    def find(self, task: VerificationTask, most_seconds: float) -> Evidence | None:
        """Return what a task found; None where it would find something else, or take too long."""
        known = self.by_name.get(task.name)
        if known is None or known.key != self._key(task) or known.finding.seconds > most_seconds:
            return None
        return known.finding

    def add(self, task: VerificationTask, finding: Evidence) -> None:
        """Keep what a task found, unless the machine kept it from its end."""
        if not any(isinstance(problem, _OF_THE_MACHINE) for problem in finding.problems):
            self.by_name[task.name] = KnownFinding(self._key(task), finding)

    def forget(self, task: VerificationTask) -> None:
        """Let a task be tried again, whatever is known of it."""
        self.by_name.pop(task.name, None)

    def of(self, pack: Pack) -> Mapping[str, KnownFinding]:
        """Return those of claims and items that a pack has."""
        names = entry_names(pack)
        return {name: known for name, known in self.by_name.items() if name in names}

    def _key(self, task: VerificationTask) -> str:
        return content_key(self.context, task)


def entry_names(pack: Pack) -> set[str]:
    """Return the names of a pack's claims and items, as tasks have them."""
    claims = {f"claims/{claim.id}" for claim in pack.claims}
    return claims | {f"keys/{item.id}" for item in pack.items}


def content_key(context: str, task: VerificationTask) -> str:
    """Return a digest of all that what a task finds depends on."""
    parts = (context, task.pack, task.seed, task.oracles, task.what.model_dump_json())
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

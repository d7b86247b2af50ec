"""Claims tried as the learner asks for it, pack by pack; what was found is kept as far as it came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.bundled_pack import is_bundled_folder
from studytool.language import Message
from studytool.session.claims import ClaimRow
from studytool.session.key_trial import keep_run

if TYPE_CHECKING:
    from studytool.packs.pack import Pack
    from studytool.session.desk import Desk
    from studytool.verification.evidence import Evidence


@dataclass(frozen=True, slots=True)
class TriedClaims:
    """What a run over claims found, in the order in which it was found.

    Attributes:
        unkept: why it could not be kept; None where it was.
    """

    findings: "tuple[Evidence, ...]"
    unkept: Message | None = None


@dataclass(frozen=True, slots=True)
class ClaimTrial:
    """All that a run over claims needs, so that it can run in a thread of its own.

    Attributes:
        home: the learner's folder, where findings are kept.
        packs: of each, those of its claims that are tried, and its folder.
        day: today, in the learner's zone.
    """

    home: Path
    packs: "tuple[tuple[Pack, Path], ...]"
    day: date

    @classmethod
    def of(cls, desk: "Desk", rows: Sequence[ClaimRow], day: date) -> "ClaimTrial":
        """Gather the claims of ``rows`` that have a check.

        Raises:
            StateError: the library cannot be read.
        """
        from studytool.packs.pack import Pack  # late: home knows no models

        by_pack: dict[str, list[ClaimRow]] = {}
        for row in rows:
            if row.claim.checks:
                by_pack.setdefault(row.pack, []).append(row)
        packs = []
        for name, some in by_pack.items():
            manifest, folder = desk.library.manifest(name), desk.library.folder(name)
            if folder is not None:
                claims = [row.claim for row in some]
                digest = desk.library.digest(name)
                packs.append(
                    (Pack(manifest=manifest, items=[], claims=claims, digest=digest), folder)
                )
        return cls(desk.home, tuple(packs), day)

    def __len__(self) -> int:
        return sum(len(pack.claims) for pack, _ in self.packs)

    def run(
        self, *, progress: Callable[[int, float], None], cancelled: Callable[[], bool]
    ) -> TriedClaims:
        """Try the claims and keep what was found, as far as the run came.

        Several are tried in a process of their own, so that this one goes on drawing.

        Args:
            progress: told how many are done, and about how many seconds of their pack are left.
            cancelled: asked now and then.
        """
        from studytool.verification.lock import kept_seconds  # late: it loads the core
        from studytool.verification.verify import RunProgress, verify_pack

        found: list[Evidence] = []
        unkept: Message | None = None
        for pack, folder in self.packs:
            before = len(found)

            def tell(run: RunProgress, before: int = before) -> None:
                progress(before + run.done, run.seconds_left)

            tried = verify_pack(
                pack,
                apart=len(self) > 1 or not is_bundled_folder(folder),
                expected_seconds=kept_seconds(folder),
                progress=tell,
                cancelled=cancelled,
            )
            found += tried.claims
            if tried.claims:
                unkept = keep_run(self.home, pack.id, {"claims": tried.claims}, self.day) or unkept
            if cancelled():
                break
        return TriedClaims(tuple(found), unkept)

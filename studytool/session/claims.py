"""The claims of the packs on one shelf: in the order of the notes, each with what is found of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.packs.evidence import Independence, Verdict
from studytool.search.reader import folded
from studytool.session.testimony import SourcedFinding, Testimonies

if TYPE_CHECKING:
    from studytool.language import Language
    from studytool.packs.claims import Claim
    from studytool.session.badge import Badge
    from studytool.session.desk import Desk


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim.

    Attributes:
        said: the best that is said of it; None where nobody has tried it.
        items: those that rest on it, as ``pack/slug``, in the author's order.
    """

    pack: str
    claim: "Claim"
    said: SourcedFinding | None
    items: tuple[str, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Return the verdict; None where nobody has tried it."""
        return None if self.said is None else self.said.finding.verdict

    @property
    def independence(self) -> Independence | None:
        """Return the class of its proof; None where nobody has tried it."""
        return None if self.said is None else self.said.finding.independence

    @property
    def lines(self) -> tuple[int, ...]:
        """Return the lines of the notes that it is about, counted from 1; none where it is about none."""
        return () if self.claim.notes is None else tuple(self.claim.notes.lines)


class ClaimShelf:
    """The claims of packs; reading thousands takes seconds: make it in a thread.

    Args:
        desk: the learner's state; nothing else uses it meanwhile.
        words: what a row is found by.
        packs: whose claims; of all where there is none.

    Raises:
        StateError: the library cannot be read.
    """

    def __init__(
        self, desk: "Desk", words: Callable[[ClaimRow], str], packs: Collection[str] = ()
    ) -> None:
        self._desk = desk
        self._words = words
        names = [pack.id for pack in desk.library.packs() if not packs or pack.id in packs]
        items: dict[tuple[str, str], list[str]] = {}
        for pack, claim, item in desk.library.claim_links():
            items.setdefault((pack, claim), []).append(item)
        self._testimonies = {
            name: Testimonies(name, desk.library, desk.own.of(name)) for name in names
        }
        rows = [
            ClaimRow(
                name,
                claim,
                self._testimonies[name].of_claim(claim),
                tuple(items.get((name, claim.id), ())),
            )
            for name in names
            for claim in desk.library.claims(name)
        ]
        order = {name: at for at, name in enumerate(names)}
        rows.sort(key=lambda row: (order[row.pack], not row.lines, min(row.lines, default=0)))
        self._rows = [(row, self._text(row)) for row in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, typed: str) -> list[ClaimRow]:
        """Return the claims in whose words each word typed stands; all where none is typed."""
        wanted = folded(typed).split()
        return [row for row, text in self._rows if all(word in text for word in wanted)]

    def read_again(self) -> None:
        """Look again at what was found here."""
        for name in self._testimonies:
            self._testimonies[name] = replace(self._testimonies[name], own=self._desk.own.of(name))
        rows = [
            replace(row, said=self._testimonies[row.pack].of_claim(row.claim))
            for row, _ in self._rows
        ]
        self._rows = [(row, self._text(row)) for row in rows]

    def badge(self, row: ClaimRow, language: "Language") -> "Badge":
        """Return all that is known of a claim, as it stands beside a question that rests on it."""
        from studytool.session.badge import read_claim_badge

        own = self._desk.own.of(row.pack)
        return read_claim_badge(self._desk.library, own, row.pack, row.claim, language=language)

    def _text(self, row: ClaimRow) -> str:
        return folded(self._words(row))

"""A pack's files in memory read as a pack, by way of a temporary folder."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from studytool.errors import PackError
from studytool.language import Phrase, in_both
from studytool.library.minisign import Signed
from studytool.library.pack_tree import PackTree
from studytool.packs.evidence import KeptEvidence, Verdict, read_evidence
from studytool.packs.folder import LARGE, ORDINARY
from studytool.packs.pack import Pack
from studytool.packs.reader import read_pack
from studytool.printable import printable

_UNUSABLE = Phrase(
    ko="{source}의 꾸러미를 쓸 수 없어 아무것도 바꾸지 않았습니다.\n{report}",
    en="the pack in {source} cannot be used; nothing was changed:\n{report}",
)


def write_tree(tree: PackTree, folder: Path) -> None:
    """Write a pack's files into a folder that exists; an OSError leaves some there."""
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


@dataclass(frozen=True, slots=True)
class ReadTree:
    """A pack that was read from its files, with what its author says was found, and who signed it."""

    pack: Pack
    files: PackTree
    kept: KeptEvidence
    signed: Signed | None = None

    @property
    def bytes(self) -> int:
        """Return how many bytes its files have."""
        return sum(map(len, self.files.values()))

    @property
    def unproven(self) -> list[str]:
        """Name the items and claims that not even the author's evidence, of this wording, says hold."""
        keys = ((item, self.kept.keys.get(item.id)) for item in self.pack.items)
        claims = ((one, self.kept.claims.get(one.id)) for one in self.pack.claims if one.checks)
        return [
            one.id
            for one, found in (*keys, *claims)
            if found is None or (found.verdict, found.revision) != (Verdict.HOLDS, one.revision)
        ]


def read_tree(
    tree: PackTree, source: object, signed: Signed | None = None, *, large: bool = False
) -> ReadTree:
    """Read a pack that must be right, and with ``large`` one that has more in it than one may have.

    Raises:
        PackError: with every diagnostic; names ``source``.
    """
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder:
        write_tree(tree, Path(folder))
        reading = read_pack(Path(folder), LARGE if large else ORDINARY)
        kept = read_evidence(Path(folder))
    if reading.pack is None:
        report = in_both(reading.report("ko"), reading.report("en"))
        raise PackError(_UNUSABLE, source=printable(str(source)), report=report)
    return ReadTree(reading.pack, tree, kept, signed)

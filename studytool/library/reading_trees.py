"""A pack read from wherever it comes from: its files, and the pack that they are."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studytool.errors import PackError
from studytool.language import Phrase, in_both
from studytool.library.git_tree import read_git
from studytool.library.minisign import SUFFIX, Signed, SigningKey, check_signature
from studytool.library.pack_tree import MOST_BYTES, PackSource, PackTree, read_folder, read_part
from studytool.library.zip_tree import read_zip, zip_files
from studytool.packs.evidence import KeptEvidence, Verdict, read_evidence
from studytool.packs.folder import LARGE, ORDINARY
from studytool.packs.pack import Pack
from studytool.packs.reader import read_pack
from studytool.printable import printable

_UNSIGNED = Phrase(
    ko="{source}: 서명을 확인할 수 있는 것은 zip 파일뿐이어서 아무것도 바꾸지 않았습니다. --key 없이 "
    "설치하거나, 서명된 zip을 받으세요.",
    en="{source}: only a zip file has a signature to check; nothing was changed. Go on without "
    "--key, or get the signed zip.",
)


def read_files(source: PackSource, cancelled: Callable[[], bool] = lambda: False) -> PackTree:
    """Read the files of a pack; nothing is written but in a temporary folder, which goes again.

    Raises:
        PackError: it is not there, is no pack, or could do harm.
        Cancelled: ``cancelled`` said so.
    """
    if source.kind == "git":
        return read_git(source, cancelled)
    path = Path(source.at)
    if source.kind == "folder" or not path.exists():
        return read_folder(path)
    return read_zip(path)


def read_signed(source: PackSource, key: SigningKey) -> tuple[PackTree, Signed]:
    """Read the files of a pack whose zip the owner of a key signed; the signature lies beside it.

    Raises:
        PackError: as without a key; or it is no zip, or is not signed by that key.
    """
    path = Path(source.at)
    if source.kind != "zip" or not path.exists():
        raise PackError(_UNSIGNED, source=printable(str(source)))
    content = read_part(path, path, MOST_BYTES)
    signed = check_signature(content, signature_of(path), key, path)
    return zip_files(path, content), signed


def signature_of(path: Path) -> Path:
    """Return where the signature of a file lies."""
    return path.with_name(f"{path.name}{SUFFIX}")


_UNUSABLE = Phrase(
    ko="{source}의 꾸러미를 쓸 수 없어 아무것도 바꾸지 않았습니다.\n{report}",
    en="the pack in {source} cannot be used; nothing was changed:\n{report}",
)


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
        for name, content in tree.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        reading = read_pack(Path(folder), LARGE if large else ORDINARY)
        kept = read_evidence(Path(folder))
    if reading.pack is None:
        report = in_both(reading.report("ko"), reading.report("en"))
        raise PackError(_UNUSABLE, source=printable(str(source)), report=report)
    return ReadTree(reading.pack, tree, kept, signed)

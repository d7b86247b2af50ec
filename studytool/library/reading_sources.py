"""The files of a pack read from wherever it comes from."""

from collections.abc import Callable
from pathlib import Path

from studytool.errors import PackError
from studytool.language import Phrase
from studytool.library.git_tree import read_git
from studytool.library.minisign import SUFFIX, Signed, SigningKey, check_signature
from studytool.library.pack_source import PackSource
from studytool.library.pack_tree import MOST_BYTES, PackTree, read_folder, read_part
from studytool.library.zip_tree import read_zip, zip_files
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

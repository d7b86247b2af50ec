"""A pack built into a zip file: equal packs make equal bytes."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from studytool.errors import PackError
from studytool.language import Phrase
from studytool.library.pack_tree import PackTree
from studytool.reasons import reason
from studytool.settings.named_file import write_named

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o100644
_UNWRITABLE = Phrase(
    ko="{path}에 쓰지 못했습니다({why}). 그 폴더가 있는지, 쓸 수 있는지 확인하세요.",
    en="{path} could not be written ({why}). See that its folder is there and may be written.",
)


def zip_bytes(tree: PackTree) -> bytes:
    """Return a zip of a pack's files: in order of their names, at one fixed time, with nothing else."""
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, content in sorted(tree.items()):
            entry = ZipInfo(name, _FIXED_TIME)
            entry.create_system = _UNIX
            entry.external_attr = _MODE << 16
            archive.writestr(
                entry, content, ZIP_STORED
            )  # what deflate makes differs by its version
    return whole.getvalue()


def write_zip(tree: PackTree, path: Path) -> int:
    """Write a pack's zip, through a link and whole or not at all; return how many bytes it has.

    Raises:
        PackError: it cannot be written; what was there stays.
    """
    content = zip_bytes(tree)
    try:
        write_named(path, content)
    except OSError as error:
        raise PackError(_UNWRITABLE, path=path, why=reason(error)) from error
    return len(content)

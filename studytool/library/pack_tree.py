"""The files of a pack in memory, read from a folder or an archive before anything is written."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from studytool.errors import PackError
from studytool.files import IrregularFileError, LargeFileError, read_regular
from studytool.language import Message, Phrase
from studytool.packs.digest import FOLDERS, MAX_BYTES, is_pack, pack_files
from studytool.printable import printable
from studytool.reasons import reason

PackTree = Mapping[str, bytes]
"""By the name in the pack, with ``/``: the content of each file that makes it."""

MOST_FILES = 2_000
MOST_BYTES = 64 * 2**20
"""Of all files of a pack."""

_PARTS = ("pack.yaml", "evidence.lock", "notes*.md", *(f"{part}/*.yaml" for part in FOLDERS))

REFUSED = Phrase(
    ko="{source}: {name}: {why}. 아무것도 바꾸지 않았습니다.",
    en="{source}: {name}: {why}. Nothing was changed.",
)
REFUSED_WHOLE = Phrase(
    ko="{source}: {why}. 아무것도 바꾸지 않았습니다.",
    en="{source}: {why}. Nothing was changed.",
)
NO_MANIFEST = Phrase(
    ko="pack.yaml이 없어 꾸러미가 아닙니다", en="it has no pack.yaml, so it is no pack"
)
LINK = Phrase(ko="링크입니다", en="it is a link")
LARGE_FILE = Phrase(ko="파일이 {most} MB보다 큽니다", en="the file is larger than {most} MB")
LARGE = Phrase(ko="모두 {most} MB보다 큽니다", en="the files are larger than {most} MB together")
MANY = Phrase(ko="파일이 {most:,}개보다 많습니다", en="it has more than {most:,} files")
_UNREADABLE = Phrase(ko="읽을 수 없습니다({why})", en="it cannot be read ({why})")
NOT_ORDINARY = Phrase(ko="일반 파일이 아닙니다", en="it is no ordinary file")
_NO_FOLDER = Phrase(ko="그런 폴더나 파일이 없습니다", en="there is no such folder or file")


def refused(source: object, why: Message | Phrase, name: str | None = None) -> PackError:
    """Return the error that refuses a source, for a file in it or as a whole."""
    if name is None:
        return PackError(REFUSED_WHOLE, source=printable(str(source)), why=why)
    return PackError(REFUSED, source=printable(str(source)), name=Path(name), why=why)


def is_of_pack(name: str) -> bool:
    """Tell whether a file makes the pack, by its name in it."""
    return any(
        fnmatchcase(name, part) and name.count("/") == part.count("/") for part in _PARTS
    ) and not name.rpartition("/")[2].startswith(".")


def read_folder(folder: Path) -> PackTree:
    """Read the files that make the pack in a folder; no link is followed.

    Raises:
        PackError: it is no pack, has a link, or more in it than a pack may have.
    """
    if not folder.exists():
        raise refused(folder, _NO_FOLDER)
    if not is_pack(folder):
        raise refused(folder, NO_MANIFEST)
    for part in (*FOLDERS, *_PARTS):
        for path in sorted(folder.glob(part)):
            if path.is_symlink():
                raise refused(folder, LINK, path.relative_to(folder).as_posix())
    tree: dict[str, bytes] = {}
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        tree[name] = read_part(folder, path, MAX_BYTES, name)
        refuse_size(folder, map(len, tree.values()))
    return tree


def read_part(source: Path, path: Path, most_bytes: int, name: str | None = None) -> bytes:
    """Read a file of a source, or all of it, where it is one file.

    Raises:
        PackError: it cannot be read, or is larger; names it.
    """
    try:
        return read_regular(path, most_bytes)
    except IrregularFileError as error:
        raise refused(source, error.what, name) from error
    except LargeFileError as error:
        raise refused(source, LARGE_FILE.of(most=most_bytes // 2**20), name) from error
    except OSError as error:
        raise refused(source, _UNREADABLE.of(why=reason(error)), name) from error


def refuse_size(source: object, sizes: Iterable[int]) -> None:
    """Refuse more files or bytes than a pack may have.

    Raises:
        PackError: says which limit.
    """
    if len(files := [*sizes]) > MOST_FILES:
        raise refused(source, MANY.of(most=MOST_FILES))
    if sum(files) > MOST_BYTES:
        raise refused(source, LARGE.of(most=MOST_BYTES // 2**20))

"""A pack's files in memory, read from a folder, a zip file or a git commit before anything is written."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from studytool.errors import PackError
from studytool.files import IrregularFileError, LargeFileError, read_regular
from studytool.language import Message, Phrase
from studytool.packs.digest import FOLDERS, MAX_BYTES, is_pack, pack_files
from studytool.printable import printable
from studytool.reasons import reason

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[^/@:\s]+@[^/:\s]+:")
_AT = re.compile(r"(?P<url>.+)@(?P<commit>[0-9a-f]{40})(?::(?P<within>.*))?", re.DOTALL)
_SCHEMES = ("https://", "ssh://", "file://", "git://", "http://")

_NO_COMMIT = Phrase(
    ko="{source}: git 저장소는 커밋까지 써야 합니다. 주소 뒤에 @와 커밋 이름 40자리를 붙이세요. "
    "예: https://example.org/pack.git@0123...cdef",
    en="{source}: a git repository is named with its commit; write @ and the commit's 40 digits behind "
    "the address, as https://example.org/pack.git@0123...cdef",
)
_NO_SCHEME = Phrase(
    ko="{source}: 쓸 수 없는 주소입니다. https://, ssh://, file://로 시작하는 git 저장소나 폴더, zip 파일을 쓰세요.",
    en="{source}: this address cannot be used. Name a git repository by https://, ssh:// or file://, a "
    "folder, or a zip file.",
)
_TO_FETCH = Phrase(
    ko="{source}: 웹의 zip 파일은 먼저 내려받으세요. 그런 다음: studytool pack add 파일.zip",
    en="{source}: download the zip first, then: studytool pack add FILE.zip",
)
_BAD_WITHIN = Phrase(
    ko="{source}: 저장소 안의 폴더는 a/b처럼 쓰세요.",
    en="{source}: write the folder in the repository as a/b.",
)
_WITHIN = re.compile(r"[^/\\:\x00-\x1f]+(/[^/\\:\x00-\x1f]+)*")


class PackSource(NamedTuple):
    """Where a pack is read from.

    Attributes:
        kind: ``folder``, ``zip`` or ``git``.
        at: the absolute path, or the address of the repository.
        commit: of a repository, 40 hex digits; else empty.
        within: the folder in the repository; empty for its top.
    """

    kind: str
    at: str
    commit: str = ""
    within: str = ""

    def __str__(self) -> str:
        if self.kind != "git":
            return self.at
        return f"{self.at}@{self.commit}" + (f":{self.within}" if self.within else "")


def read_source_name(text: str) -> PackSource:
    """Read a source as people type it.

    >>> read_source_name("https://a.org/p.git@" + "0" * 40 + ":packs/a").within
    'packs/a'

    Raises:
        PackError: an address without a commit, or of a kind that is not fetched.
    """
    if not _URL.match(text):
        path = Path(text).expanduser().absolute()
        return PackSource("folder" if path.is_dir() else "zip", str(path))
    found = _AT.fullmatch(text)
    if found is None and text.startswith(("https://", "http://")) and text.endswith(".zip"):
        raise PackError(_TO_FETCH, source=printable(text))
    if "://" in text and not text.startswith(_SCHEMES):
        raise PackError(_NO_SCHEME, source=printable(text))
    if found is None:
        raise PackError(_NO_COMMIT, source=printable(text))
    within = (found["within"] or "").strip("/")
    if within and (not _WITHIN.fullmatch(within) or {".", ".."} & {*within.split("/")}):
        raise PackError(_BAD_WITHIN, source=printable(text))
    return PackSource("git", found["url"], found["commit"], within)


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
    ko="{source}: {why}. 아무것도 바꾸지 않았습니다.", en="{source}: {why}. Nothing was changed."
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
        PackError: it is no pack, has a link or a pipe, or more in it than a pack may have.
    """
    if not folder.exists():
        raise refused(folder, _NO_FOLDER)
    if not is_pack(folder):
        raise refused(folder, NO_MANIFEST)
    for part in (*FOLDERS, *_PARTS):
        for path in sorted(folder.glob(part)):
            if path.is_symlink():
                raise refused(folder, LINK, path.relative_to(folder).as_posix())
            if not (path.is_file() or path.is_dir()):
                raise refused(folder, NOT_ORDINARY, path.relative_to(folder).as_posix())
    tree: dict[str, bytes] = {}
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        tree[name] = read_part(folder, path, MAX_BYTES, name)
        refuse_size(folder, map(len, tree.values()))
    return tree


def read_part(source: Path, path: Path, most_bytes: int, name: str | None = None) -> bytes:
    """Read a file of a source, or all of it, where it is one file; a PackError names what cannot be read or is larger."""
    try:
        return read_regular(path, most_bytes)
    except IrregularFileError as error:
        raise refused(source, error.what, name) from error
    except LargeFileError as error:
        raise refused(source, LARGE_FILE.of(most=most_bytes // 2**20), name) from error
    except OSError as error:
        raise refused(source, _UNREADABLE.of(why=reason(error)), name) from error


def refuse_size(source: object, sizes: Iterable[int]) -> None:
    """Raise PackError for more files or bytes than a pack may have; it says which limit."""
    if len(files := [*sizes]) > MOST_FILES:
        raise refused(source, MANY.of(most=MOST_FILES))
    if sum(files) > MOST_BYTES:
        raise refused(source, LARGE.of(most=MOST_BYTES // 2**20))

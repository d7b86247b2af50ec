"""Where a pack comes from: a folder, a zip file, or a git repository at a full commit."""

import re
from dataclasses import dataclass
from pathlib import Path

from studytool.errors import PackError
from studytool.language import Phrase
from studytool.printable import printable

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


@dataclass(frozen=True, slots=True)
class PackSource:
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

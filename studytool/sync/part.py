"""A file of events that ends with a seal, by which a half-copied one is recognised."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path

from studytool.errors import ExchangeError
from studytool.language import Phrase
from studytool.reasons import reason
from studytool.review_log.blocks import BLOCK_START, is_block
from studytool.review_log.events import Event
from studytool.review_log.lines import (
    BLOCKS_HEADER,
    FORMAT,
    HEADER,
    check_header,
    read_object,
)
from studytool.review_log.read_in_bulk import read_rows
from studytool.review_log.rows import WordRow, raw_id
from studytool.review_log.write_in_bulk import write_blocks

MOST_BYTES, MOST_BYTES_OF_BLOCKS = 256 * 2**20, 64 * 2**20
"""Of a file that is read, and of one with blocks, which hold more; a part of this program is far smaller."""

PART_EVENTS, PART_BYTES = 50_000, 32 * 2**20
"""The most events and bytes of a part."""

OVERSIZE = Phrase(
    ko="너무 커서 읽지 않았습니다({megabytes} MB, 한도 {most} MB).",
    en="too large to be read ({megabytes} MB; the limit is {most} MB).",
)
UNREADABLE = Phrase(ko="읽을 수 없습니다({why}).", en="it cannot be read ({why}).")
FOREIGN = Phrase(
    ko="studytool-log 파일이 아니어서 그대로 두었습니다.",
    en="not a studytool-log file; it was left alone.",
)
UNFINISHED = Phrase(
    ko="아직 다 복사되지 않았습니다. 다음 sync에서 다시 읽습니다.",
    en="not wholly copied yet; the next sync reads it again.",
)
CHANGED = Phrase(
    ko="내용이 끝줄의 sha256과 다릅니다. 복사 중이라면 다음 sync에서 다시 읽습니다.",
    en="its content does not match the sha256 in its last line; if it is being copied, the next "
    "sync reads it again.",
)

_IDS = re.compile(
    rb'\{(?:"reviews": \d+|"kind": "[a-z-]+"), '
    rb'"id": "((?:[0-9a-f]{32})+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"'
)
"""Each line that this program writes begins so, with one id or those of a block."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file that was found whole: its lines without the seal.

    Attributes:
        count: of its events, as the seal says.
        digest: of the body, as the seal says and as it is.
    """

    name: str
    body: bytes
    count: int
    digest: str

    def ids(self) -> Set[bytes]:
        """Return the ids of the events: at a glance, if this program wrote the lines.

        Raises:
            ExchangeError: as :meth:`events` does.
        """
        _, *lines = self.body.removesuffix(b"\n").split(b"\n")
        found = [match[1] for match in map(_IDS.match, lines) if match]
        raw = bytes.fromhex(b"".join(found).replace(b"-", b"").decode())
        if len(found) < len(lines) or len(raw) != 16 * int(self.count):
            return set(map(raw_id, self.events()))
        return {raw[at : at + 16] for at in range(0, len(raw), 16)}

    def events(self) -> list[Event | WordRow]:
        """Read the events, usual reviews as rows.

        Raises:
            ExchangeError: at a line that is not as it should be.
        """
        return list(read_rows(BytesIO(self.body), self.name))


def write_parts(events: Iterable[Event | WordRow]) -> Iterator[tuple[int, bytes]]:
    """Return files that hold ``events``, each as the number of its events and its content."""
    lines: list[bytes] = []
    count = size = 0
    for n, line in write_blocks(events, most=PART_EVENTS):
        if lines and (count + n > PART_EVENTS or size + len(line) > PART_BYTES):
            yield count, sealed(lines, count=count)
            lines, count, size = [], 0, 0
        lines.append(line)
        count += n
        size += len(line)
    if lines:
        yield count, sealed(lines, count=count)


def sealed(lines: Sequence[bytes], *, count: int | None = None) -> bytes:
    """Return the content of a part that holds these lines.

    Args:
        lines: of events, or of blocks of them.
        count: of their events, where there are blocks.
    """
    header = BLOCKS_HEADER if any(map(is_block, lines)) else HEADER
    body = b"".join(chain([header], lines))
    seal = {"count": len(lines) if count is None else count, "sha256": body_digest(body)}
    return body + json.dumps(seal).encode() + b"\n"


def body_digest(body: bytes) -> str:
    """Return the SHA-256 of all that comes before a part's seal."""
    return hashlib.sha256(body).hexdigest()


def part_digest(content: bytes) -> str:
    """Return the digest of the content of a part that this program made."""
    return body_digest(content[: content.rstrip(b"\n").rfind(b"\n") + 1])


def read_part(path: Path) -> Part:
    """Read a file as far as to know that it is whole.

    Line ends that a version control system changed are changed back.

    Raises:
        ExchangeError: it is foreign, unfinished, newer, too large or cannot be read.
    """
    try:
        _check_size(path.stat().st_size, MOST_BYTES)
        content = path.read_bytes()
    except OSError as error:
        raise ExchangeError(UNREADABLE, why=reason(error)) from error
    if BLOCK_START in content:
        _check_size(len(content), MOST_BYTES_OF_BLOCKS)
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    _check_begin(content, path.name)
    start = content.rstrip(b"\n").rfind(b"\n") + 1
    return _opened(path.name, content[:start], content[start:])


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise ExchangeError(OVERSIZE, megabytes=size // 2**20, most=most // 2**20)


def _check_begin(content: bytes, name: str) -> None:
    end = content.find(b"\n")
    first = content if end < 0 else content[:end]
    says_so = FORMAT.encode() in first
    if not says_so and (_is_begun(content) and (FORMAT in name or _is_named(name))):
        raise ExchangeError(UNFINISHED)
    if not says_so:
        raise ExchangeError(FOREIGN)
    if end in (-1, len(content) - 1):
        raise ExchangeError(UNFINISHED)
    check_header(read_object(first))


def _is_begun(content: bytes) -> bool:
    """Tell whether this is the start of a header, or the zeros of a file being copied."""
    return HEADER.startswith(content) or not content.strip(b"\x00")


def _is_named(name: str) -> bool:
    return re.match(r"[0-9a-f]{16}-\d{6}", name) is not None


def _opened(name: str, body: bytes, last: bytes) -> Part:
    try:
        seal = read_object(last)
    except ExchangeError as error:
        raise ExchangeError(UNFINISHED) from error
    if seal.keys() != {"count", "sha256"} or type(seal["count"]) is not int:
        raise ExchangeError(UNFINISHED)
    if seal["sha256"] != body_digest(body):
        raise ExchangeError(CHANGED)
    return Part(name, body, seal["count"], seal["sha256"])

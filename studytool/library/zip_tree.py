"""A pack read out of a zip file in memory, and refused where it could do harm."""

import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from studytool.language import Message, Phrase
from studytool.library import pack_tree
from studytool.library.entry_names import name_problem, twin_problem
from studytool.library.pack_tree import PackTree, is_of_pack, refused
from studytool.packs.digest import MAX_BYTES
from studytool.printable import printable

_MOST_ENTRIES = 2 * pack_tree.MOST_FILES
"""Folders may have entries of their own."""
_MOST_RATIO, _SMALL = 200, 100_000
"""How far a file of more bytes may have been compressed; a text of a pack comes to 30."""
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED, _UTF8 = 0x1, 0x800

_NO_ZIP = Phrase(
    ko="온전한 zip 파일이 아닙니다. 다시 내려받거나 다시 만드세요",
    en="it is not a complete zip file; fetch or build it again",
)
_DAMAGED = Phrase(
    ko="손상되어 풀 수 없습니다. 다시 내려받거나 다시 만드세요",
    en="it is damaged; fetch or build the zip again",
)
_LOCKED = Phrase(ko="암호가 걸려 있습니다", en="it is encrypted")
_METHOD = Phrase(
    ko="모르는 방법으로 압축되어 있습니다(deflate만 됩니다)",
    en="it is compressed otherwise than by deflate",
)
_OVERLAP = Phrase(ko="다른 파일과 겹쳐 저장되어 있습니다", en="it is stored over another file")
_TWO_NAMES = Phrase(
    ko="목록과 본문에 적힌 이름이 서로 다릅니다",
    en="it has one name in the list and another at its content",
)
_BOMB = Phrase(
    ko="{ratio:,}배 넘게 압축되어 있어 압축 폭탄일 수 있습니다",
    en="it is compressed more than {ratio:,} times, as a bomb is",
)
_ENCODING = Phrase(ko="이름이 UTF-8로 적혀 있지 않습니다", en="its name is not marked as UTF-8")


def read_zip(path: Path) -> PackTree:
    """Read the pack in a zip file: at its top, or in the one folder there.

    Everything is decided before any content is unpacked, and nothing is written.

    Raises:
        PackError: it is no whole zip or no pack, or could do harm; names the file in it.
    """
    return zip_files(path, pack_tree.read_part(path, path, pack_tree.MOST_BYTES))


def zip_files(path: Path, content: bytes) -> PackTree:
    """Read the pack in the bytes of a zip file as :func:`read_zip` does; ``path`` is what errors name."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _read(path, archive, content)
    except (BadZipFile, LargeZipFile, EOFError, struct.error, zlib.error, ValueError) as error:
        raise refused(path, _NO_ZIP) from error
    except (NotImplementedError, RuntimeError) as error:
        raise refused(path, _METHOD) from error


def _read(path: Path, archive: ZipFile, content: bytes) -> PackTree:
    files = _sound_files(path, archive.infolist())
    for entry, why in _stored_wrongly(archive.infolist(), content, archive.start_dir):
        raise refused(path, why, entry.orig_filename)
    top = _top([entry.orig_filename for entry in files])
    if top is None:
        raise refused(path, pack_tree.NO_MANIFEST)
    wanted = {entry.orig_filename.removeprefix(top): entry for entry in files}
    return {
        name: _content(path, archive, entry)
        for name, entry in sorted(wanted.items())
        if is_of_pack(name)
    }


def _sound_files(path: Path, entries: list[ZipInfo]) -> list[ZipInfo]:
    """Return the entries that are files, if nothing is wrong with any by what the list says."""
    files = [entry for entry in entries if not entry.orig_filename.endswith("/")]
    if len(entries) > _MOST_ENTRIES or len(files) > pack_tree.MOST_FILES:
        raise refused(path, pack_tree.MANY.of(most=pack_tree.MOST_FILES))
    for entry in entries:
        if (why := _entry_problem(entry)) is not None:
            raise refused(path, why, printable(entry.orig_filename))
    if (twin := twin_problem(entry.orig_filename for entry in files)) is not None:
        raise refused(path, twin[1], twin[0])
    pack_tree.refuse_size(path, (entry.file_size for entry in files))
    return files


def _entry_problem(entry: ZipInfo) -> Message | None:
    """Return what is wrong with an entry by what the list says of it."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    name = entry.orig_filename
    if (why := name_problem(f"{name}x.yaml" if name.endswith("/") else name)) is not None:
        return why
    is_utf8 = name.isascii() or entry.flag_bits & _UTF8
    ratio = entry.file_size // max(1, entry.compress_size)
    for is_wrong, problem in (
        (kind == stat.S_IFLNK, pack_tree.LINK.of()),
        (kind not in {0, stat.S_IFREG, stat.S_IFDIR}, pack_tree.NOT_ORDINARY.of()),
        ((kind == stat.S_IFDIR) and not name.endswith("/"), pack_tree.NOT_ORDINARY.of()),
        (name.endswith("/") and bool(entry.file_size), pack_tree.NOT_ORDINARY.of()),
        (not is_utf8, _ENCODING.of()),
        (entry.flag_bits & _ENCRYPTED, _LOCKED.of()),
        (entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}, _METHOD.of()),
        (entry.file_size > MAX_BYTES, pack_tree.LARGE_FILE.of(most=MAX_BYTES // 2**20)),
        (entry.file_size > _SMALL and ratio > _MOST_RATIO, _BOMB.of(ratio=_MOST_RATIO)),
    ):
        if is_wrong:
            return problem
    return None


def _stored_wrongly(
    entries: list[ZipInfo], content: bytes, end: int
) -> Iterator[tuple[ZipInfo, Message]]:
    """Find entries whose bytes meet those of others, or whose own head names another file."""
    before = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        begins = entry.header_offset
        if begins < before or begins + _LOCAL.size > end:
            yield entry, _OVERLAP.of()
            return
        head = _LOCAL.unpack_from(content, begins)
        name_length, extra_length = head[-2:]
        name = content[begins + _LOCAL.size : begins + _LOCAL.size + name_length]
        encoding = "utf-8" if entry.flag_bits & _UTF8 else "cp437"
        if name.decode(encoding, "replace") != entry.orig_filename:
            yield entry, _TWO_NAMES.of()
        before = begins + _LOCAL.size + name_length + extra_length + entry.compress_size
        if before > end:
            yield entry, _OVERLAP.of()


def _top(names: list[str]) -> str | None:
    """Return what stands before the names of the pack's files; None where no pack.yaml is there."""
    if "pack.yaml" in names:
        return ""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) == 1 and f"{(top := tops.pop())}/pack.yaml" in names:
        return f"{top}/"
    return None


def _content(path: Path, archive: ZipFile, entry: ZipInfo) -> bytes:
    """Unpack one file, never more than the list says that it has."""
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
    except (BadZipFile, EOFError, zlib.error) as error:
        raise refused(path, _DAMAGED, entry.orig_filename) from error
    if len(content) != entry.file_size:
        raise refused(path, _DAMAGED, entry.orig_filename)
    return content

"""Zip files that do harm, or are none: each built byte by byte, with the words that refuse it."""

import stat
import struct
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.packs.samples import CARD, MANIFEST

PACK = {
    "pack.yaml": MANIFEST.replace("notes: notes.ko.md\n", "").encode(),
    "items/all.yaml": CARD.encode(),
}


class HostileZip(NamedTuple):
    """A zip, and a word of the message that refuses it."""

    name: str
    content: bytes
    words: str


def zipped(
    files: dict[str, bytes], *extra: tuple[ZipInfo, bytes], method: int = ZIP_STORED
) -> bytes:
    """Build a zip of files and of entries that are told in full."""
    whole = BytesIO()
    with ZipFile(whole, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, method)
        for entry, content in extra:
            archive.writestr(entry, content, entry.compress_type)
    return whole.getvalue()


def with_name(name: str) -> bytes:
    """Build the pack's zip with one more file, of any name at all."""
    placed = "Q" * len(name.encode())
    raw = zipped({**PACK, placed: b"x"})
    content = raw.replace(placed.encode(), name.encode())
    return _marked_utf8(content, name) if not name.isascii() else content


def _marked_utf8(content: bytes, name: str) -> bytes:
    """Set the flag of UTF-8 names in both heads of a file."""
    raw, changed = name.encode(), bytearray(content)
    for mark, flags, begins in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = 0
        while (at := content.find(mark, at)) >= 0:
            if content[at + begins :].startswith(raw):
                changed[at + flags + 1] |= 0x08
            at += 4
    return bytes(changed)


def with_mode(mode: int, content: bytes = b"/etc/passwd", name: str = "items/b.yaml") -> bytes:
    """Build the pack's zip with an entry of a kind that Unix knows."""
    entry = ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
    return zipped(PACK, (entry, content))


def with_list(change: Callable[[bytearray, int], None], name: bytes = b"items/all.yaml") -> bytes:
    """Build the pack's zip with what its list says of one file changed."""
    content = bytearray(zipped(PACK))
    at = content.rindex(name) - 46
    change(content, at)
    return bytes(content)


def _put(offset: int, form: str, value: int) -> Callable[[bytearray, int], None]:
    def change(content: bytearray, at: int) -> None:
        struct.pack_into(form, content, at + offset, value)

    return change


def bomb() -> bytes:
    """Build a file of 15 MB of zeros in 15 kB."""
    return zipped({**PACK, "items/b.yaml": b"0" * 15_000_000}, method=ZIP_DEFLATED)


def overlapping() -> bytes:
    """Build a zip whose second file is stored where the first is, as zip bombs do."""
    same = {"pack.yaml": PACK["pack.yaml"], "items/a.yaml": b"[]", "items/b.yaml": b"[]"}
    content = bytearray(zipped(same))
    first = content.index(b"PK\x03\x04", content.index(b"items/a.yaml") - 40)
    struct.pack_into("<I", content, content.rindex(b"items/b.yaml") - 46 + 42, first)
    return bytes(content)


def quoted() -> bytes:
    """Build a stored file that holds another file, head and all, and a list that names both."""
    inner = zipped({"items/b.yaml": b"[]"})
    head = inner[: inner.index(b"PK\x01\x02")]
    content = bytearray(
        zipped({"pack.yaml": PACK["pack.yaml"], "items/a.yaml": head, "items/b.yaml": b"[]"})
    )
    within = content.index(head)
    struct.pack_into("<I", content, content.rindex(b"items/b.yaml") - 46 + 42, within)
    return bytes(content)


def other_name() -> bytes:
    """Build a zip whose file is called otherwise at its content than in the list."""
    content = bytearray(zipped(PACK))
    at = content.index(b"items/all.yaml")
    content[at : at + 14] = b"items/alb.yaml"
    return bytes(content)


def lying() -> bytes:
    """Build a zip whose list says that a file is shorter than it is."""
    entry = ZipInfo("items/b.yaml")
    entry.compress_type = ZIP_DEFLATED
    content = bytearray(zipped(PACK, (entry, b"[]\n" * 9000)))
    struct.pack_into("<I", content, content.rindex(b"items/b.yaml") - 46 + 24, 30)
    return bytes(content)


def _nested(prefix: str) -> dict[str, bytes]:
    return {f"{prefix}{name}": content for name, content in PACK.items()}


WHOLE = zipped(PACK)


@cache
def hostile_zips() -> list[HostileZip]:
    """Build every zip."""
    return [
        HostileZip("up", with_name("../evil.yaml"), "'..'"),
        HostileZip("up within", with_name("items/../../evil.yaml"), "'..'"),
        HostileZip("here", with_name("./evil.yaml"), "'..' or '.'"),
        HostileZip("absolute", with_name("/tmp/evil.yaml"), "absolute"),
        HostileZip("backslash", with_name("items\\..\\evil.yaml"), "backslash"),
        HostileZip("share", with_name("\\\\host\\x.yaml"), "backslash"),
        HostileZip("drive", with_name("C:evil.yaml"), "drive"),
        HostileZip("stream", with_name("items/a.yaml:x.yaml"), "stream"),
        HostileZip("empty folder name", with_name("items//a.yaml"), "without a name"),
        *(
            HostileZip(f"device {name}", with_name(name), "a device on Windows")
            for name in ("CON.yaml", "items/nul.yaml", "aux/a.yaml", "Lpt1.md", "COM².txt", "con .md")
        ),
        HostileZip("ends with a stop", with_name("items./a.yaml"), "full stop"),
        HostileZip("ends with a blank", with_name("items /a.yaml"), "blank"),
        HostileZip("question mark", with_name("items/a?.yaml"), "Windows refuses"),
        HostileZip("NUL", with_name("items/a.yaml\0.md"), "U+0000"),
        HostileZip("escape", with_name("items/\x1b[2J.yaml"), "U+001B"),
        HostileZip("line end", with_name("items/a\nb.yaml"), "control characters"),
        HostileZip("turned", with_name("items/a\u202elmay.yaml"), "U+202E"),
        HostileZip("tag character", with_name("items/a\U000e0041.yaml"), "U+E0041"),
        HostileZip("long part", with_name(f"items/{'a' * 201}.yaml"), "too long"),
        HostileZip("long path", with_name("/".join(["abcdefghi"] * 41) + ".yaml"), "too long"),
        HostileZip("program", with_name("items/run.sh"), "no kind of file"),
        HostileZip("module", with_name("evil.py"), "no kind of file"),
        HostileZip("hidden", with_name(".yaml"), "no kind of file"),
        HostileZip("no extension", with_name("items/run"), "no kind of file"),
        HostileZip("case twins", with_name("items/ALL.yaml"), "in case or Unicode"),
        HostileZip("folder twins", with_name("Items/b.yaml"), "in case or Unicode"),
        HostileZip("the same name", zipped({**PACK, "items/QQQ.yaml": b"[]"}).replace(b"QQQ", b"all"), "another name"),
        HostileZip("Unicode twins", zipped({**PACK, "items/\u00e9.yaml": b"[]", "items/e\u0301.yaml": b"[]"}), "in case or Unicode"),
        HostileZip("sharp s", zipped({**PACK, "items/\u00df.yaml": b"[]", "items/ss.yaml": b"[]"}), "in case or Unicode"),
        HostileZip("wide letters", zipped({**PACK, "items/\uff41ll.yaml": b"[]"}), "in case or Unicode"),
        HostileZip("file and folder", zipped({**PACK, "items.yaml/a.yaml": b"[]", "items.yaml": b"[]"}), "both a file and a folder"),
        HostileZip("link", with_mode(stat.S_IFLNK), "it is a link"),
        HostileZip("link in the place of a folder", with_mode(stat.S_IFLNK, b"/etc", "claims.yaml"), "it is a link"),
        HostileZip("pipe", with_mode(stat.S_IFIFO), "no ordinary file"),
        HostileZip("device", with_mode(stat.S_IFBLK), "no ordinary file"),
        HostileZip("folder of a file's name", with_mode(stat.S_IFDIR), "no ordinary file"),
        HostileZip("bomb", bomb(), "as a bomb is"),
        HostileZip("large file", with_list(_put(24, "<I", 2**30)), "larger than 20 MB"),
        HostileZip("large together", zipped({**PACK, **{f"items/{n}.yaml": bytes(2**24) for n in range(4)}}, method=ZIP_DEFLATED), "bomb"),
        HostileZip("many", zipped({**PACK, **{f"items/{n}.yaml": b"" for n in range(2_000)}}), "more than 2,000 files"),
        HostileZip("many folders", zipped({**PACK, **{f"{n}/": b"" for n in range(4_000)}}), "more than 2,000 files"),
        HostileZip("overlapping", overlapping(), "over another file"),
        HostileZip("one within another", quoted(), "over another file"),
        HostileZip("two names", other_name(), "another at its content"),
        HostileZip("shorter than it is", lying(), "damaged"),
        HostileZip("wrong checksum", with_list(_put(16, "<I", 1)), "damaged"),
        HostileZip("encrypted", with_list(_put(8, "<H", 1)), "encrypted"),
        HostileZip("other compression", zipped(PACK, method=ZIP_BZIP2), "otherwise than by deflate"),
        HostileZip("half written", WHOLE[: len(WHOLE) // 2], "not a complete zip"),
        HostileZip("without its end", WHOLE[:-1], "not a complete zip"),
        HostileZip("empty", b"", "not a complete zip"),
        HostileZip("no zip", b"PK\x03\x04 and more", "not a complete zip"),
        HostileZip("no pack", zipped({"items/all.yaml": b"[]"}), "no pack.yaml"),
        HostileZip("two packs", zipped(_nested("a/") | _nested("b/")), "no pack.yaml"),
        HostileZip("too deep", zipped(_nested("a/b/")), "no pack.yaml"),
        HostileZip("wrong item", zipped({**PACK, "items/b.yaml": b"- nothing\n"}), "cannot be used"),
    ]  # fmt: skip

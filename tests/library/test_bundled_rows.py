"""The rows of the bundled pack that tests share are those that a first start compiles."""

from studytool.bundled_pack import bundled_pack_folder
from studytool.library import library
from studytool.library.pack_rows import rows_of_pack
from studytool.packs.reader import load_pack


def test_shared_rows_are_those_of_a_first_start() -> None:
    folder = bundled_pack_folder()
    pack, shared = load_pack(folder), vars(library)
    for added, now_ms in (({}, 0), ({}, 1_750_000_000_000), ({pack.id: 1}, 7)):
        given = (pack, folder, shared["read_evidence"](folder))
        told = [
            (name, list(rows)) for name, rows in rows_of_pack(*given, added=added, now_ms=now_ms)
        ]
        found = shared["rows_of_pack"](*given, added=added, now_ms=now_ms)
        assert [(name, list(rows)) for name, rows in found] == told
    assert shared["rows_of_pack"] is not rows_of_pack  # control: another way was taken

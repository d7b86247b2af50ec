"""The rows of the bundled pack that tests share are those that a first start compiles."""

from importlib.util import module_from_spec, spec_from_file_location

from studytool.bundled_pack import bundled_pack_folder
from studytool.library import pack_rows
from studytool.packs import evidence
from studytool.packs.reader import load_pack


def test_shared_rows_are_those_of_a_first_start() -> None:
    spec = spec_from_file_location("pack_rows_anew", pack_rows.__file__)
    assert spec is not None
    assert spec.loader is not None
    anew = module_from_spec(spec)
    spec.loader.exec_module(anew)
    folder = bundled_pack_folder()
    pack = load_pack(folder)
    for added, now_ms in (({}, 0), ({}, 1_750_000_000_000), ({pack.id: 1}, 7)):
        given = (pack, folder, evidence.read_evidence(folder))
        told = [
            (name, list(rows))
            for name, rows in anew.rows_of_pack(*given, added=added, now_ms=now_ms)
        ]
        found = pack_rows.rows_of_pack(*given, added=added, now_ms=now_ms)
        assert [(name, list(rows)) for name, rows in found] == told
    # control: another way was taken
    assert pack_rows.rows_of_pack.__module__ != pack_rows.__name__

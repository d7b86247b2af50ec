"""The findings of this installation: kept whole, counted only as tried, and never in the way."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.library.own_evidence import (
    OwnEvidence,
    OwnFinding,
    OwnFindings,
    keep_own,
    own_path,
    read_own,
)
from studytool.packs.evidence import KeptFinding, KeptMeasurement, Verdict

MEASURED = KeptMeasurement("mean(x)", {"n": 2.0}, 0.5, 0.001, 4096, 0.5, 0.025, (0.49, 0.51))
FINDING = KeptFinding(Verdict.HOLDS, "r1", (MEASURED,), {"wrong": True}, draws=1, seed=3)
OWN = OwnFinding(FINDING, date(2026, 11, 28), "2.4.6", {"n": 2.0})


def _kept(home: Path, name: str = "a") -> OwnFinding | None:
    return read_own(home, "p").finding("keys", name, revision="r1")


def test_what_is_kept_is_read_and_what_was_kept_before_stays(tmp_path: Path) -> None:
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    keep_own(tmp_path, "p", {"variants": {"a": replace(OWN, parameters={"n": 3.0})}})
    own = read_own(tmp_path, "p")
    assert own.finding("keys", "a", revision="r1") == OWN
    assert own.finding("variants", "a", revision="r1") == replace(OWN, parameters={"n": 3.0})
    lines = own_path(tmp_path, "p").read_text("utf-8").splitlines()
    assert len([line for line in lines if line.startswith('"a"')]) == 2


def test_a_finding_of_another_wording_or_version_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    assert read_own(tmp_path, "p").finding("keys", "a", revision="r2") is None
    assert read_own(tmp_path, "p").finding("claims", "a", revision="r1") is None
    monkeypatch.setattr("studytool.library.own_evidence.__version__", "9.9.9")
    assert read_own(tmp_path, "p") == OwnEvidence()  # no damage: an older program's
    keep_own(tmp_path, "p", {"keys": {"b": OWN}})
    assert (_kept(tmp_path), _kept(tmp_path, "b")) == (None, OWN)


def _link(path: Path) -> None:
    target = path.with_name("elsewhere")
    path.rename(target)
    path.symlink_to(target)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _of_another_pack(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"pack": "p"', '"pack": "q"'), "utf-8")


def _part_is_a_list(path: Path) -> None:
    read = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**read, "keys": []}), "utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no pipes and few links")
@pytest.mark.parametrize("spoil", [_link, _pipe, _cut, _of_another_pack, _part_is_a_list])
def test_a_file_that_is_none_of_ours_holds_nothing_and_is_written_anew(
    tmp_path: Path, spoil: object
) -> None:
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    assert callable(spoil)
    spoil(own_path(tmp_path, "p"))
    assert read_own(tmp_path, "p") == OwnEvidence()
    if spoil is _pipe:  # which is never opened, and stays: nobody asked for its end
        with pytest.raises(StateError) as refused:
            keep_own(tmp_path, "p", {"keys": {"b": OWN}})
        assert refused.value.fault is Fault.NOT_A_FILE
        return
    keep_own(tmp_path, "p", {"keys": {"b": OWN}})
    assert (_kept(tmp_path), _kept(tmp_path, "b")) == (None, OWN)
    assert not own_path(tmp_path, "p").is_symlink()


def test_a_folder_in_its_place_stays(tmp_path: Path) -> None:
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    _folder(own_path(tmp_path, "p"))
    assert read_own(tmp_path, "p") == OwnEvidence()
    with pytest.raises(StateError) as refused:
        keep_own(tmp_path, "p", {"keys": {"b": OWN}})
    assert refused.value.fault is Fault.NOT_A_FILE


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("")
    assert read_own(tmp_path, "p") == OwnEvidence()
    with pytest.raises(StateError) as refused:
        keep_own(tmp_path, "p", {"keys": {"b": OWN}})
    assert refused.value.fault is Fault.EVIDENCE_UNWRITABLE


@pytest.mark.parametrize(
    "row",
    [
        1,
        {},
        {"verdict": "holds", "revision": "r1"},  # of no day
        {"verdict": "perhaps", "revision": "r1", "day": "2026-11-28", "numpy": "2", "at": {}},
        {"verdict": "holds", "revision": "r1", "day": "today", "numpy": "2", "at": {}},
        {"verdict": "holds", "revision": "r1", "day": "2026-11-28", "numpy": "2", "at": {"n": "x"}},
        {"verdict": "holds", "revision": "r1", "day": "2026-11-28", "numpy": "2", "at": 3},
    ],
)
def test_a_row_that_is_no_finding_goes_and_the_others_count(tmp_path: Path, row: object) -> None:
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    path = own_path(tmp_path, "p")
    read = json.loads(path.read_text("utf-8"))
    read["keys"]["bad"] = row
    path.write_text(json.dumps(read), "utf-8")
    assert (_kept(tmp_path), _kept(tmp_path, "bad")) == (OWN, None)
    keep_own(tmp_path, "p", {"keys": {"b": OWN}})
    assert "bad" not in json.loads(path.read_text("utf-8"))["keys"]
    assert (_kept(tmp_path), _kept(tmp_path, "b")) == (OWN, OWN)


def test_what_another_program_has_written_since_is_seen(tmp_path: Path) -> None:
    own = OwnFindings(tmp_path)
    assert own.of("p") == OwnEvidence()
    keep_own(tmp_path, "p", {"keys": {"a": OWN}})
    assert own.of("p").finding("keys", "a", revision="r1") == OWN
    assert own.of("p") is own.of("p")


_KEEPER = """
import sys
from pathlib import Path
from studytool.library.own_evidence import keep_own
from tests.library.test_own_evidence import OWN
for number in range(20):
    keep_own(Path(sys.argv[1]), "p", {"keys": {f"{sys.argv[2]}-{number}": OWN}})
"""


@pytest.mark.slow
def test_two_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    keepers = [
        subprocess.Popen([sys.executable, "-c", _KEEPER, str(tmp_path), name]) for name in "xy"
    ]
    assert [keeper.wait(timeout=120) for keeper in keepers] == [0, 0]
    names = read_own(tmp_path, "p").rows["keys"].keys()
    assert names == {f"{name}-{number}" for name in "xy" for number in range(20)}

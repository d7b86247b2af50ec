"""Tasks over processes: a killed worker loses nothing, a cancel ends them all."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.evidence import Verdict
from studytool.packs.reader import load_pack
from studytool.verification.evidence import Evidence
from studytool.verification.problems import KilledProcess
from studytool.verification.tasks import VerificationTask, not_run, run_task
from studytool.verification.verify import Selection, choose_tasks
from studytool.verification.workers import over_processes, spread

SOME = Selection(claims=["xavier-compromise", "ridge-factor", "soft-threshold"])


def _tasks() -> dict[int, VerificationTask]:
    return dict(enumerate(choose_tasks(load_pack(bundled_pack_folder()), SOME, 0)))


def _killed_once(task: VerificationTask) -> Evidence:
    mark = Path(os.environ["STUDYTOOL_TEST_MARK"])
    if task.what.id == "ridge-factor" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


def _killed_always(task: VerificationTask) -> Evidence:
    if task.what.id == "ridge-factor":
        os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


def _slow(task: VerificationTask) -> Evidence:
    time.sleep(0.4)
    return not_run(task, KilledProcess())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_worker_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_TEST_MARK", str(tmp_path / "killed"))
    found = dict(over_processes(_tasks(), jobs=2, work=_killed_once))
    assert sorted(found) == [0, 1, 2]
    assert all(finding.verdict is Verdict.HOLDS for finding in found.values())
    assert (tmp_path / "killed").exists()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_what_kills_its_process_twice_is_undecided() -> None:
    found = {
        finding.id: finding for _, finding in over_processes(_tasks(), jobs=2, work=_killed_always)
    }
    assert (found["ridge-factor"].verdict, found["ridge-factor"].problems) == (
        Verdict.UNDECIDED,
        (KilledProcess(),),
    )
    assert found["xavier-compromise"].verdict is Verdict.HOLDS


def test_any_executor_of_the_standard_interface_serves() -> None:
    with ThreadPoolExecutor(2) as executor:
        found = dict(spread(executor, _tasks()))
    assert sorted(found) == [0, 1, 2]


def test_a_cancel_ends_the_run() -> None:
    found: list[int] = []
    for number, _ in over_processes(_tasks(), jobs=1, cancelled=lambda: bool(found), work=_slow):
        found.append(number)
    assert len(found) < 3

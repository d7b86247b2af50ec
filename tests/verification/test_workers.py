"""Tasks over processes: a killed worker loses nothing, a cancel ends them all."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.errors import Cancelled
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import never
from studytool.packs.evidence import Verdict
from studytool.packs.reader import load_pack
from studytool.verification import limits
from studytool.verification.evidence import ControlResult, Evidence, MeasuredQuantity
from studytool.verification.limits import TaskLimits, TaskRunner, run_within
from studytool.verification.problems import (
    KilledProcess,
    MemoryShortage,
    Problem,
    SlowTask,
    StrangeAnswer,
    WaitingTask,
)
from studytool.verification.tasks import VerificationTask, not_run, run_task
from studytool.verification.verify import Selection, choose_tasks
from studytool.verification.workers import over_processes, spread

SOME = Selection(claims=["xavier-compromise", "ridge-factor", "soft-threshold"])


def _tasks() -> dict[int, VerificationTask]:
    return dict(enumerate(choose_tasks(load_pack(bundled_pack_folder()), SOME, 0)))


def _killed_once(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    mark = Path(os.environ["STUDYTOOL_TEST_MARK"])
    if task.what.id == "ridge-factor" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


def _killed_always(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    if task.what.id == "ridge-factor":
        os.kill(os.getpid(), signal.SIGKILL)
    return run_task(task)


def _deaf(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    time.sleep(60 if task.what.id == "ridge-factor" else 0)
    return not_run(task, KilledProcess())


def _deaf_and_busy(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    while task.what.id == "ridge-factor":
        pass
    return not_run(task, KilledProcess())


def _greedy(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    if task.what.id == "ridge-factor":
        np.ones(400 * 2**20 // 8)
    return run_task(task)


def _endless(_: VerificationTask, stopped: Callable[[], bool]) -> Evidence:
    while not stopped():
        pass
    raise Cancelled


def _kept_waiting(_: VerificationTask, stopped: Callable[[], bool]) -> Evidence:
    while not stopped():
        time.sleep(0.01)
    raise Cancelled


def _finished_late(task: VerificationTask, stopped: Callable[[], bool]) -> Evidence:
    time.sleep(0.4)  # longer by the clock than its limit of processor time
    assert not stopped()
    return not_run(task, KilledProcess())


def _slow(task: VerificationTask, _: Callable[[], bool]) -> Evidence:
    time.sleep(0.4)
    return not_run(task, KilledProcess())


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_worker_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_TEST_MARK", str(tmp_path / "killed"))
    found = dict(over_processes(_tasks(), jobs=2, work=_killed_once))
    assert sorted(found) == [0, 1, 2]
    assert not any(StrangeAnswer() in one.problems for one in found.values())
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("work", "times", "problem"),
    [
        (_deaf, 1, WaitingTask(1, 1)),
        pytest.param(
            _deaf_and_busy,
            100,
            SlowTask(1),
            marks=pytest.mark.skipif(os.name == "nt", reason="Windows keeps no processor time"),
        ),
    ],
)
def test_what_does_not_end_is_undecided_and_the_others_go_on(
    work: TaskRunner, times: int, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not listen, so its process is killed by the clock or for its processor time.

    Another takes what is left.
    """
    for module in ("crew", "workers"):
        monkeypatch.setattr(f"studytool.verification.{module}.GRACE_SECONDS", 0.1)
    monkeypatch.setattr("studytool.verification.limits.CLOCK_TIMES", times)
    limits = TaskLimits(seconds=1)
    found = {one.id: one for _, one in over_processes(_tasks(), jobs=1, limits=limits, work=work)}
    assert found["ridge-factor"].verdict is Verdict.UNDECIDED
    assert {name: one.problems for name, one in found.items()} == {
        "ridge-factor": (problem,),
        "xavier-compromise": (KilledProcess(),),
        "soft-threshold": (KilledProcess(),),
    }


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux holds a process")
def test_what_takes_too_much_memory_is_undecided_and_the_others_go_on() -> None:
    limits = TaskLimits(memory_bytes=300 * 2**20)
    ran = over_processes(_tasks(), jobs=1, limits=limits, work=_greedy)
    found = {one.id: one for _, one in ran}
    assert found["ridge-factor"].problems == (MemoryShortage(),)
    assert found["xavier-compromise"].verdict is Verdict.HOLDS


def test_a_task_that_listens_ends_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CLOCK_TIMES", 10_000)  # however busy the machine
    task = _tasks()[0]
    found = run_within(task, TaskLimits(seconds=0.2), never, _endless)
    assert found.problems == (SlowTask(0.2),)


def test_a_task_that_hardly_runs_ends_by_the_clock_and_says_so() -> None:
    """It had less processor time than it may take: another's work is no fault of its own."""
    task = _tasks()[0]
    found = run_within(task, TaskLimits(seconds=0.03), never, _kept_waiting)
    assert found.problems == (WaitingTask(0.3, 0.03),)
    waited = run_within(task, TaskLimits(seconds=0.3), never, _finished_late)
    assert waited.problems == (KilledProcess(),)


def test_a_program_that_was_stopped_for_an_hour_has_not_run_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stops = iter([0.0, 3600.0, 7200.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(stops))

    def work(task: VerificationTask, stopped: Callable[[], bool]) -> Evidence:
        assert [stopped(), stopped()] == [False, False]
        return not_run(task, KilledProcess())

    found = run_within(_tasks()[0], TaskLimits(seconds=5), never, work)  # 50 by the clock
    assert found.problems == (KilledProcess(),)


def test_a_cancel_is_no_slow_task() -> None:
    with pytest.raises(Cancelled):
        run_within(_tasks()[0], TaskLimits(seconds=0.05), lambda: True, _endless)


class _Elsewhere(Executor):
    """Workers that return whatever they like."""

    def __init__(self, returned: object) -> None:
        self._returned = returned

    def submit(self, *_: object, **__: object) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(self._returned)
        return done


def _measured() -> Evidence:
    estimate = Estimate(4.0, 0.9, 9, plain_mean=Estimate(4.0, 0.9, 9))
    one = MeasuredQuantity("mean", estimate, 4.0, 0.1, Verdict.UNDECIDED, {"n": 9})
    task = _small_task()
    empty = not_run(task, SlowTask(1.0))
    return replace(empty, measured=(one,), controls=(ControlResult("none", 3, 0, one),), draws=1)


def _small_task() -> VerificationTask:
    pack = load_pack(Path(__file__).parents[1] / "packs" / "own" / "compound-interest")
    return choose_tasks(pack, Selection(items=["by-months"]), 0)[0]


def test_what_a_worker_elsewhere_returns_is_a_finding_of_the_task_or_none() -> None:
    task, sound = _small_task(), _measured()
    [one] = sound.measured

    def changed(of: Any, **fields: object) -> Any:
        return replace(of, **fields)

    def measured(**fields: object) -> Any:
        return changed(sound, measured=(changed(one, **fields),))

    def returned(found: object) -> Evidence:
        [(number, evidence)] = spread(_Elsewhere(found), {7: task})
        assert number == 7
        return evidence

    assert returned(sound) is sound
    strange: list[object] = [
        None, "holds", {"verdict": "holds"}, object(), (sound,),
        changed(sound, id="another"), changed(sound, seed=1), changed(sound, revision=""),
        changed(sound, standing="confirmed"),
        changed(sound, verdict="holds"), changed(sound, draws=True), changed(sound, draws=1.5),
        changed(sound, seconds="0"), changed(sound, measured=[one]), changed(sound, measured=one),
        changed(sound, measured=(sound,)), changed(sound, problems=(None,)),
        measured(estimate=None), measured(interval=(0.0,)), measured(interval=(0.0, "1")),
        measured(condition={"n": "9"}), measured(condition=None), measured(predicted=True),
        changed(sound, controls=(changed(sound.controls[0], measured="one"),)),
    ]  # fmt: skip
    for found in strange:
        evidence = returned(found)
        assert (evidence.verdict, evidence.problems) == (Verdict.UNDECIDED, (StrangeAnswer(),)), (
            found
        )
        assert evidence.id == task.what.id


@pytest.mark.slow
def test_any_executor_of_the_standard_interface_serves() -> None:
    with ThreadPoolExecutor(2) as executor:
        found = dict(spread(executor, _tasks()))
    assert sorted(found) == [0, 1, 2]


@pytest.mark.slow
def test_a_cancel_ends_the_run() -> None:
    found: list[int] = []
    for number, _ in over_processes(_tasks(), jobs=1, cancelled=lambda: bool(found), work=_slow):
        found.append(number)
    assert len(found) < 3

"""`verify --executor`: a Dask cluster gives what one process gives, also where a worker is killed."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from studytool.errors import StudytoolError
from studytool.packs.reader import load_pack
from studytool.verification.cluster import cluster_executor, lost_worker_errors
from studytool.verification.evidence import PackEvidence
from studytool.verification.verify import verify_pack
from tests.in_process import run_program

OWN = Path(__file__).parent.parent / "packs/own/interval-coverage"


@pytest.mark.parametrize(("address", "says"), [
    ("dask://localhost", "is no address of a cluster"),
    ("tcp://localhost:8786", "is no address of a cluster"),
    ("dask://:8786", "is no address of a cluster"),
])  # fmt: skip
def test_what_is_no_address_is_refused(tmp_path: Path, address: str, says: str) -> None:
    run = run_program("verify", str(OWN), "--executor", address, "--lang", "en", home=tmp_path)
    assert run.returncode == 2
    with pytest.raises(StudytoolError, match=says), cluster_executor(address):
        pass


def test_without_distributed_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.verification.cluster.find_spec", lambda _: None)
    with pytest.raises(StudytoolError, match="pip install"), cluster_executor("dask://h:1"):
        pass


@contextmanager
def _cluster(home: Path) -> Iterator[tuple[Any, str]]:
    """Start a cluster of two workers, each a process; return it and its address."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        local_directory=str(home),
        silence_logs=50,
    ) as cluster:
        yield cluster, cluster.scheduler_address.replace("tcp://", "dask://")


def _found(evidence: PackEvidence) -> dict[str, object]:
    return {
        one.id: (one.verdict, [part.estimate.value for part in one.measured], one.problems)
        for one in evidence.all
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the cluster's own sockets and files
def test_a_cluster_finds_what_one_process_finds_though_a_worker_is_killed(tmp_path: Path) -> None:
    pack = load_pack(OWN)
    alone = verify_pack(pack)
    with _cluster(tmp_path) as (cluster, address), cluster_executor(address) as executor:
        [first, _] = [worker.pid for worker in cluster.workers.values()]

        def kill() -> None:
            time.sleep(0.3)  # while the tasks run; whenever it comes, all must be found
            os.kill(first, signal.SIGKILL)

        killer = Thread(target=kill)
        killer.start()
        spread = verify_pack(pack, executor=executor, lost=lost_worker_errors())
        killer.join()
        assert first not in {worker.pid for worker in cluster.workers.values()}
    assert _found(spread) == _found(alone)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_nobody_at_the_address_is_told() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(StudytoolError, match="does not answer"),
        cluster_executor("dask://127.0.0.1:1"),
    ):
        pass

"""What a long run holds: threads that share one heap."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from studytool.cli import full_screen, home
from studytool.web import BROWSER_DRIVER
from tests.in_process import run_program
from tests.packs.samples import write_pack

IN_BROWSER = {"TEXTUAL_DRIVER": BROWSER_DRIVER}  # a screen that is no terminal
HEAPS = """
import ctypes, os, threading
from studytool.collection import share_one_heap
if {shared}:
    share_one_heap()
meeting = threading.Barrier(6)
def take():
    meeting.wait()
    kept = [bytes(1000 + k) for k in range(20_000)]
    meeting.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[one.start() for one in threads], [one.join() for one in threads]
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has heaps that can be counted")
def test_threads_share_one_heap_where_they_would_take_six() -> None:
    counts = []
    for shared in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", HEAPS.format(shared=shared)], capture_output=True, check=True
        )
        counts.append(done.stdout.count(b"<heap nr="))
    if not any(counts):
        pytest.skip("another C library")
    assert counts[0] == 1
    assert counts[1] > 1  # control: what it is asked for


@pytest.mark.parametrize("line", ["", "study", "pack preview PACK"])
def test_every_full_screen_has_one_heap(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a thread begins, as that of the backup does with the learner's state."""
    order: list[str] = []

    def run_app(_: object) -> int:
        order.append("app")
        return 0

    pack = write_pack(tmp_path / "sample")
    monkeypatch.setattr(home, "share_one_heap", lambda: order.append("heap"))
    monkeypatch.setattr(threading.Thread, "start", lambda _: order.append("thread"))
    monkeypatch.setattr(threading.Thread, "join", lambda *_: None)
    monkeypatch.setattr(full_screen, "run_app", run_app)
    words = [str(pack) if word == "PACK" else word for word in line.split()]
    done = run_program(*words, home=tmp_path / "home", environment=IN_BROWSER)
    assert done.returncode == 0, done.stderr
    assert (order[0], order[-1]) == ("heap", "app")

"""Try what no claim or key notices on the tests beside the program, where there are any."""

import os
import re
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import studytool
from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.measure import never
from studytool.verification.core_mutants import CoreMutant
from studytool.verification.crew import POLL_SECONDS
from studytool.verification.kept_fates import KeptFates, key_of_tests

ROOT = Path(studytool.__file__).parents[1]
_FATE = re.compile(rb"^(\S+\.py:\d+): ([a-z ]+): (.+)$")
_BYTES = 65_536

TestFate = Literal["noticed", "unnoticed"]
_FATES: dict[bytes, TestFate] = {
    b"killed": "noticed", b"timed out": "noticed", b"survived": "unnoticed",
    b"crashed": "unnoticed", b"explained": "unnoticed",
}  # fmt: skip

_NO_TESTS = Phrase(
    ko="이 설치에는 핵심부의 테스트가 없습니다. 소스에서 실행하세요.",
    en="this installation has no tests of the core beside it; run it from the source",
)
_TESTS_FAIL = Phrase(
    ko="핵심부의 테스트를 실행하지 못했습니다. python -m tests.mutation numerics의 출력을 보세요.",
    en="the tests of the core could not be run; see what 'python -m tests.mutation numerics' says",
)


def require_tests() -> None:
    """Refuse to go on where the tests are not beside the program.

    Raises:
        StudytoolError: they are not.
    """
    if not (ROOT / "tests" / "mutation" / "__main__.py").exists():
        raise StudytoolError(_NO_TESTS)


def try_tests(
    mutants: Sequence[CoreMutant],
    *,
    jobs: int,
    kept: KeptFates,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = never,
) -> dict[str, TestFate]:
    """Return what became of alterations, by their text; of a cancelled run those that were tried.

    What a test has noticed is kept, and not tried again while its function stays as it is.

    Args:
        mutants: what to try.
        jobs: processes.
        kept: what earlier runs have found; what this one finds is added.
        progress: told how many are done, and of how many.
        cancelled: asked now and then.

    Raises:
        StudytoolError: there are no tests, or they cannot be run.
    """
    require_tests()
    keys = {str(one): key_of_tests(one) for one in mutants}
    fates: dict[str, TestFate] = {one: "noticed" for one, key in keys.items() if kept.get(key)}
    unknown = [one for one in keys if one not in fates]
    for place, fate in _tried(unknown, jobs, cancelled):
        if place in keys and place not in fates:
            fates[place] = fate
            progress(len(fates), len(keys))
            if fate == "noticed":
                kept.add(keys[place], found=True)
    if len(fates) < len(keys) and not cancelled():
        raise StudytoolError(_TESTS_FAIL)
    return fates


def _tried(
    places: Sequence[str], jobs: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[str, TestFate]]:
    if not places:
        return
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "mutants.txt")
        listed.write_text("".join(f"{one}\n" for one in places), encoding="utf-8")
        command = [sys.executable, "-m", "tests.mutation", "numerics", "--again", str(listed)]
        with subprocess.Popen(
            [*command, "--each", "--jobs", str(jobs)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            try:
                for line in _lines(process, cancelled):
                    if (found := _FATE.match(line)) is not None and found[2] in _FATES:
                        yield f"{found[1].decode()}: {found[3].decode()}", _FATES[found[2]]
            finally:
                process.kill()


def _lines(process: "subprocess.Popen[bytes]", cancelled: Callable[[], bool]) -> Iterator[bytes]:
    """Return each line of a process's output as it comes, until it ends or is cancelled."""
    if process.stdout is None:
        return
    rest = b""
    while not cancelled():
        if not select.select([process.stdout], [], [], POLL_SECONDS)[0]:
            continue
        read = os.read(process.stdout.fileno(), _BYTES)
        if not read:
            return
        *lines, rest = (rest + read).split(b"\n")
        yield from lines

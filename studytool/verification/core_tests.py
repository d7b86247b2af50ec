"""Try what no claim or key notices on the tests beside the program, where there are any."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import studytool
from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.verification.core_mutants import CoreMutant

ROOT = Path(studytool.__file__).parents[1]
_SURVIVOR = re.compile(r"^(\S+\.py:\d+): [a-z ]+: (.+)$", re.MULTILINE)


_NO_TESTS = Phrase(
    ko="이 설치에는 핵심부의 테스트가 없습니다. 소스에서 실행하세요.",
    en="this installation has no tests of the core beside it; run it from the source",
)
_TESTS_FAIL = Phrase(
    ko="핵심부의 테스트를 실행하지 못했습니다. python -m tests.mutation numerics의 출력을 보세요.",
    en="the tests of the core could not be run; see what 'python -m tests.mutation numerics' says",
)


def unnoticed_by_tests(mutants: Sequence[CoreMutant], *, jobs: int) -> list[CoreMutant]:
    """Return those that the tests of the core do not notice either.

    What is explained in ``tests/mutation/explained.py`` is left out.

    Raises:
        StudytoolError: there are no tests, or they cannot be run.
    """
    if not (ROOT / "tests" / "mutation" / "__main__.py").exists():
        raise StudytoolError(_NO_TESTS)
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "mutants.txt")
        listed.write_text("".join(f"{one}\n" for one in mutants), encoding="utf-8")
        command = [sys.executable, "-m", "tests.mutation", "numerics", "--again", str(listed)]
        done = subprocess.run(
            [*command, "--jobs", str(jobs)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if "noticed" not in done.stdout:
        raise StudytoolError(_TESTS_FAIL)
    left = {": ".join(found) for found in _SURVIVOR.findall(done.stdout)}
    return [one for one in mutants if str(one) in left]

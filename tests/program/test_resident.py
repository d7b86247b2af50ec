"""The memory that a learner's sitting holds, of the real program on a pseudo-terminal."""

import sys

import pytest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only /proc says what a process holds")
def test_a_sitting_holds_no_more_than_it_may() -> None:
    """As the benchmark ``resident`` does with 300 answers, after which it grows no more."""
    from tests.benchmarks.resident import MOST_MB, resident_mb

    assert 60.0 < resident_mb(20, "ko") <= MOST_MB

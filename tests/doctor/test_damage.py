"""A log that was damaged at random: nothing silent, no traceback, and all that a backup has comes back."""

from pathlib import Path

import pytest

from tests.doctor.damage import run_trials


@pytest.mark.parametrize("seeds", [
    range(1, 7, 2),
    pytest.param(range(200), marks=pytest.mark.slow),
    pytest.param(range(200, 2200), marks=pytest.mark.long),
])  # fmt: skip
def test_random_damage_is_told_and_put_right(tmp_path: Path, seeds: range) -> None:
    trials = run_trials(seeds, folder=tmp_path)
    assert [(trial.harm, trial.wrong) for trial in trials if trial.wrong] == []

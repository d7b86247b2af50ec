"""A log that is a link leading nowhere: it is named, and a backup can take its place."""

import json
from pathlib import Path

import pytest

from studytool.backups.taking import take
from tests.backups.logs import fill, ids
from tests.in_process import run_program
from tests.review_log.drafts import NOON


@pytest.mark.parametrize("target", ["../gone/reviews.db", "reviews.db"])  # the second is a circle
@pytest.mark.parametrize("remedy", [("restore", "--yes"), ("doctor", "--repair", "--yes")])
def test_a_backup_takes_the_place_of_a_link(
    home: Path, log: Path, folder: Path, target: str, remedy: tuple[str, ...]
) -> None:
    wanted = fill(log)
    take(log, folder, NOON)
    log.unlink()
    log.symlink_to(target)
    for command in (("due",), ("log", "export", "-"), ("doctor",)):
        done = run_program(*command, home=home)
        assert done.returncode, command
        assert target in done.stdout + done.stderr, command
    assert run_program(*remedy, home=home).returncode == 0
    assert ids(log) == wanted
    assert not log.is_symlink()


def test_the_doctor_is_not_content_with_a_link_that_the_commands_refuse(
    home: Path, log: Path
) -> None:
    log.symlink_to("../gone/reviews.db")
    assert run_program("due", home=home).returncode == 2
    doctor = run_program("doctor", "--json", home=home)
    [finding] = json.loads(doctor.stdout)["findings"]
    assert (doctor.returncode, finding["code"]) == (1, "log_unreadable")


def test_a_link_to_a_log_stays_a_link(home: Path, log: Path, tmp_path: Path) -> None:
    wanted = fill(tmp_path / "elsewhere.db")
    log.symlink_to(tmp_path / "elsewhere.db")
    assert run_program("due", home=home).returncode == 0
    assert run_program("doctor", home=home).returncode == 0
    assert log.is_symlink()
    assert ids(log) == wanted

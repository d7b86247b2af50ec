"""A log that was damaged at random: nothing silent, no traceback, and all that a backup has comes back."""

from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.backups.taking import take
from studytool.review_log.event_ids import id_bytes
from tests.backups.logs import fill, ids
from tests.doctor.damage import run_trials
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON


@pytest.mark.parametrize("seeds", [
    range(1, 7, 2),
    pytest.param(range(100), marks=pytest.mark.slow),
    pytest.param(range(100, 2200), marks=pytest.mark.long),
])  # fmt: skip
def test_random_damage_is_told_and_put_right(tmp_path: Path, seeds: range) -> None:
    trials = run_trials(seeds, folder=tmp_path)
    assert [(trial.harm, trial.wrong) for trial in trials if trial.wrong] == []


@pytest.mark.parametrize("bit", [3, 7])  # another place; and a number that goes on in the next byte
def test_an_event_at_a_wrong_place_ends_no_command(home: Path, log: Path, bit: int) -> None:
    """A scan meets the row, while nothing finds it by its place: neither to mend nor to set it aside."""
    fill(log, 30)
    whole = bytearray(log.read_bytes())
    id_ = whole.index(id_bytes(ids(log)[4]))
    header = (
        whole.rindex(b"\x00\x2c", 0, id_) - 1
    )  # of the row: its length, no seq, an id of 16 bytes
    whole[header - 1] ^= 1 << bit
    log.write_bytes(whole)
    for command in (("due",), ("stats",), ("undo",), ("log", "export", "-"), ("doctor",)):
        assert run_program(*command, home=home).returncode in {0, 1, 2}, command
    assert run_program("doctor", home=home).returncode == 1
    run_program("doctor", "--repair", "--yes", home=home)
    assert len(ids(log)) in {28, 29, 30}
    told = run_program("doctor", home=home).stdout
    assert len(ids(log)) == 30 or "events_lost" in told


def test_a_restore_tells_of_damaged_events_in_the_backup(
    home: Path, log: Path, folder: Path
) -> None:
    wanted = fill(log, 5)
    good = take(log, folder, NOON).backup.path
    bad = take(log, folder, NOON + DAY).backup.path
    bad.write_bytes(bad.read_bytes().replace(b"1/128", b"9/763", 1))
    done = run_program("restore", bad.name, "--yes", home=home)
    assert (done.returncode, "studytool doctor --repair" in done.stderr) == (0, True)
    assert run_program("doctor", "--repair", "--yes", home=home).returncode in {0, 1}
    assert sorted(ids(log)) == sorted(wanted)
    assert good.exists()


@pytest.mark.slow
def test_a_memory_that_can_be_no_date_ends_no_command(home: Path, log: Path) -> None:
    """As a bit of a cached table, or a page of its index, may make it; doctor makes it again."""
    line = '{"item": "deep-learning-notes/he-sd", "rating": "easy"}'
    run_program("review", "-", home=home, typed=line)
    whole = log.read_bytes()
    for column in ("due_day", "due_ms", "last_day", "last_ms", "rests_until_ms", "shift_days"):
        log.write_bytes(whole)
        with closing(apsw.Connection(str(log))) as connection:
            connection.execute(f"UPDATE items SET {column} = 1 << 50 WHERE reps > 0")
        for command in (
            ("due",),
            ("stats",),
            ("item", "list"),
            ("forecast", "--days", "2", "--draws", "2", "--retention", "0.9"),
            ("study", "--plain"),
        ):
            done = run_program(*command, home=home, typed=":q\n")
            assert done.returncode in {0, 2}, (column, command, done.stderr)
            assert done.returncode == 0 or "studytool doctor" in done.stderr
        run_program("doctor", "--repair", "--yes", home=home)
        assert run_program("due", home=home).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",
    # a name twice; a name that is none; two names within the schema that SQLite finds whole
    [50547, 51138, 51217, 51944],
)
def test_a_flip_in_the_names_is_mended_or_told(tmp_path: Path, seed: int) -> None:
    [trial] = run_trials(range(seed, seed + 1), folder=tmp_path)
    assert (trial.wrong, trial.lost) == ((), 0)

"""A restore takes back on all devices what this one had synced since the backup, and no more."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import open_log
from studytool.settings import Settings, save_settings
from tests.review_log.drafts import draft

pytestmark = pytest.mark.slow

AGO = datetime.now(UTC) - timedelta(days=30)  # noqa: TID251 - the commands read the clock too


class Homes:
    """Two homes that share a folder, and commands run in either."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._monkeypatch = folder, monkeypatch
        (folder / "shared").mkdir()
        for name in "ab":
            save_settings(folder / name, Settings(language="en"))

    def run(self, name: str, *words: str) -> str:
        self._monkeypatch.setenv("STUDYTOOL_HOME", str(self.folder / name))
        done = CliRunner().invoke(program, words)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def sync(self) -> None:
        for name in "abab":
            self.run(name, "sync", str(self.folder / "shared"))

    def review(self, name: str, item: str, n: int = 3) -> None:
        with closing(open_log(self.folder / name, MACHINE_CLOCK)[1]) as log:
            for k in range(n):
                log.append_review(draft(f"pack/{item}", time=AGO + timedelta(days=k)))

    def reviews(self, name: str) -> dict[str, int]:
        with closing(open_log(self.folder / name, MACHINE_CLOCK)[1]) as log:
            found = {
                item: log.state(f"pack/{item}").reps for item in ("one", "two", "three", "csv")
            }
        return {item: reps for item, reps in found.items() if reps}

    def restore(self, name: str, *backup: str) -> int:
        return int(json.loads(self.run(name, "restore", *backup, "--yes", "--json"))["retracted"])

    def replaced(self, name: str) -> str:
        return max(path.name for path in (self.folder / name / "backups").glob("replaced-*"))


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Homes:
    homes = Homes(tmp_path, monkeypatch)
    homes.review("a", "one")
    homes.run("a", "backup")
    homes.sync()
    return homes


CSV = "card_id,review_time,review_rating\npack/csv,1711744352250,3\npack/csv,1711944352250,3\n"


def _import(homes: Homes) -> None:
    (homes.folder / "x.csv").write_text(CSV)
    homes.run("a", "log", "import", str(homes.folder / "x.csv"), "--format", "fsrs-csv")


def test_an_import_by_mistake_that_was_synced_is_gone_everywhere(homes: Homes) -> None:
    """Row 20 of the public reports."""
    before = homes.run("a", "stats", "--json")
    _import(homes)
    homes.sync()
    assert homes.run("b", "stats", "--json") != before  # control
    assert homes.restore("a") == 2
    homes.sync()
    assert _totals(homes.run("a", "stats", "--json")) == _totals(before)
    assert _totals(homes.run("b", "stats", "--json")) == _totals(before)


def _totals(stats: str) -> int:
    return sum(day["reviews"] for day in json.loads(stats)["days"])


@pytest.mark.parametrize("synced", [True, False])
def test_what_this_device_did_is_taken_back_where_it_was_synced(
    homes: Homes, *, synced: bool
) -> None:
    homes.review("a", "two")
    homes.review("b", "three")
    if synced:
        homes.sync()
    assert homes.restore("a") == (3 if synced else 0)
    assert homes.reviews("a") == {"one": 3}
    homes.sync()
    assert homes.reviews("a") == homes.reviews("b") == {"one": 3, "three": 3}  # b's come back
    if synced:
        homes.run("a", "undo")
        homes.sync()
        assert homes.reviews("a") == homes.reviews("b") == {"one": 3, "two": 3, "three": 3}


def test_to_restore_what_was_replaced_lets_all_count_again(homes: Homes) -> None:
    homes.review("a", "two")
    homes.sync()
    homes.restore("a")
    homes.sync()
    assert homes.reviews("b") == {"one": 3}
    homes.restore("a", homes.replaced("a"))
    homes.sync()
    assert homes.reviews("a") == homes.reviews("b") == {"one": 3, "two": 3}


def test_a_retraction_that_was_undone_since_the_backup_is_in_force_again(homes: Homes) -> None:
    homes.review("a", "two")
    homes.run("a", "log", "retract", "--since", "2000-01-01")
    homes.sync()
    homes.run("a", "backup")
    homes.run("a", "undo")
    homes.sync()
    assert homes.reviews("b") == {"one": 3, "two": 3}
    homes.restore("a")
    homes.sync()
    assert homes.reviews("a") == homes.reviews("b") == {}


def test_it_is_told_in_both_languages_and_how_to_undo_it(homes: Homes) -> None:
    homes.review("a", "two")
    homes.sync()
    said = homes.run("a", "restore", "--yes").splitlines()[-1]
    assert said == (
        "of what this device had synced already, the events that this backup lacks count no more "
        "on any device: 3. To let them count again: studytool undo"
    )
    homes.run("a", "undo")
    homes.run("a", "config", "language", "ko")
    homes.review("a", "three")
    homes.sync()
    assert "개는 이제 어느 기기에서도 세지 않습니다" in homes.run("a", "restore", "--yes")


@pytest.mark.parametrize("harm", [b"", b"no database"])
def test_over_a_damaged_log_nothing_is_taken_back(homes: Homes, harm: bytes) -> None:
    homes.review("a", "two")
    homes.sync()
    (homes.folder / "a" / "reviews.db").write_bytes(harm)
    assert homes.restore("a") == 0
    homes.sync()
    assert homes.reviews("a") == homes.reviews("b") == {"one": 3, "two": 3}

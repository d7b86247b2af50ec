"""The optimiser's table out of one log and into another, or into the same one again."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.cli import program
from studytool.clock import MACHINE_CLOCK
from studytool.exchange.fsrs_csv import read_csv, write_csv
from studytool.exchange.imported_reviews import Recognition
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.log_lines import write_log
from tests.review_log.deeds import move_item, re_rate
from tests.review_log.drafts import DAY, MINUTE, NOON, draft

PACK = "deep-learning-notes"
HE, COSINE = f"{PACK}/he-sd", f"{PACK}/cosine-rate"
HEAD = "card_id,review_time,review_rating,review_state,review_duration\n"


def _taken_in(log: ReviewLog, lines: list[bytes]) -> tuple[int, list[str]]:
    recognition = Recognition(log)
    added = log.absorb(recognition.recognised(read_csv(lines, "a.csv")))
    return added, recognition.apart


_HISTORIES = st.lists(
    st.tuples(st.sampled_from(["pack/one", "pack/two"]), st.sampled_from(Rating), st.integers(1)),
    max_size=20,
).map(lambda rows: [(item, rating, 1 + n * 7 % 4000) for item, rating, n in rows])


@pytest.mark.slow
@settings(max_examples=25)
@given(history=_HISTORIES)
def test_out_and_in_is_the_identity(
    history: list[tuple[str, Rating, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, items = tmp_path_factory.mktemp("logs"), ("pack/one", "pack/two")
    listed = [(item, "concept", n) for n, item in enumerate(items)]
    with ReviewLog.open(folder / "a.db") as log, ReviewLog.open(folder / "b.db") as other:
        time = NOON
        for item, rating, minutes in history:
            time += minutes * MINUTE
            log.append_review(draft(item, rating, time))
        other.register("pack", listed)
        table = list(write_csv(log))
        assert _taken_in(other, table) == (len(history), [])
        assert list(write_csv(other)) == table
        assert [other.state(item) for item in items] == [log.state(item) for item in items]
        assert _taken_in(log, table) == _taken_in(other, table) == (0, [])


def test_what_was_undone_or_rated_again_is_there_and_not_added(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "a.db") as log:
        first = log.append_review(draft("pack/one", Rating.GOOD, NOON))
        log.append_review(draft("pack/one", Rating.GOOD, NOON + DAY))
        table = list(write_csv(log))
        log.undo(NOON + DAY)
        re_rate(log, first.id, Rating.AGAIN, NOON + DAY)
        assert _taken_in(log, table) == (0, [])


def test_what_is_not_known_is_kept_apart_and_goes_out_as_it_came(tmp_path: Path) -> None:
    table = [f"{line}\n".encode() for line in (HEAD.strip(), "p/x,1000,3,0,5", "7,2000,1,0,0")]
    with ReviewLog.open(tmp_path / "a.db") as log:
        assert _taken_in(log, table) == (2, ["imported/p/x", "imported/7"])
        assert _taken_in(log, table) == (0, ["imported/p/x", "imported/7"])
        assert list(write_csv(log)) == table
        log.register("p", [("p/x", "concept", 0)])  # its pack comes later
        assert _taken_in(log, table) == (0, ["imported/7"])  # the review is there already
        log.append_review(draft("p/x", Rating.GOOD, NOON))
        written = list(write_csv(log))
        cards = [line.split(b",")[0] for line in written[1:]]
        assert cards == [b"imported/p/x", b"7", b"p/x"]  # two items: no row changes hands
        assert _taken_in(log, written) == (0, ["imported/7"])


def test_no_cell_is_a_formula_and_each_name_comes_back(tmp_path: Path) -> None:
    """A spreadsheet computes a cell that begins so; a quote before it makes it text."""
    names = ["=1+1", "+1", "-5", "@SUM(1)", "＝1", "'=1", "''@", "'x", "x=1", '"=1"']
    with ReviewLog.open(tmp_path / "a.db") as log, ReviewLog.open(tmp_path / "b.db") as other:
        for n, name in enumerate([*names, "=known"]):
            item = name if name == "=known" else f"imported/{name}"
            log.append_review(draft(item, Rating.GOOD, NOON + n * MINUTE))
        table = list(write_csv(log))
        assert all(line[:1] in b"'x\"" and line[:2] != b'"=' for line in table[1:])
        assert _taken_in(log, table)[0] == 0
        apart = [f"imported/{name}" for name in [*names, "=known"]]
        assert _taken_in(other, table) == (len(apart), apart)
        assert list(write_csv(other)) == table


def test_a_name_of_an_old_log_is_harmless_in_a_table(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "a.db") as log:
        log.append_review(draft("p/\x1b[2J\u202e\x9b", Rating.GOOD, NOON))
        assert list(write_csv(log))[1].startswith(b"p/<U+001B>[2J<U+202E><U+009B>,")


def test_an_item_is_known_by_each_id_that_it_had(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "a.db") as log:
        log.append_review(draft("pack/old", Rating.GOOD, NOON))
        before = list(write_csv(log))
        move_item(log, "pack/old", "pack/new", NOON + DAY)
        after = list(write_csv(log))
        assert [table[1].split(b",")[0] for table in (before, after)] == [b"pack/old", b"pack/new"]
        assert _taken_in(log, before) == _taken_in(log, after) == (0, [])
    with ReviewLog.open(tmp_path / "b.db") as other:  # its pack renamed the item before it came
        other.register("pack", [("pack/new", "concept", 0)])
        recognition = Recognition(other, {"pack/old": "pack/new"})
        assert other.absorb(recognition.recognised(read_csv(before, "a.csv"))) == 1
        assert (list(write_csv(other)), recognition.apart) == (after, [])


def test_what_was_kept_apart_can_be_moved_to_its_item(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "a.db") as log:
        table = [HEAD.encode(), b"7,1000,3,0,5\n"]
        _taken_in(log, table)
        move_item(log, "imported/7", "pack/one", NOON)
        assert _taken_in(log, table) == (0, [])
        assert list(write_csv(log)) == [HEAD.encode(), b"pack/one,1000,3,0,5\n"]


@pytest.mark.slow
def test_rows_are_known_by_what_the_log_had_before(tmp_path: Path) -> None:
    """A card_id called like one that is kept apart is another one, wherever its row stands."""
    rows = [*(f"7,{n},3,,\n" for n in range(1, 2500)), "imported/7,5,3,,\n"]
    with ReviewLog.open(tmp_path / "a.db") as log:
        added, apart = _taken_in(log, [line.encode() for line in (HEAD, *rows)])
        assert (added, apart) == (2500, ["imported/7", "imported/imported/7"])


def test_two_reviews_of_one_instant_stay_two(tmp_path: Path) -> None:
    rows = (HEAD, "7,1000,3,0,5\n", "7,1000,1,1,9\n")
    with ReviewLog.open(tmp_path / "a.db") as log:
        assert _taken_in(log, [row.encode() for row in rows])[0] == 2
        assert _taken_in(log, [row.encode() for row in rows])[0] == 0


def test_a_review_has_the_offset_of_its_place_and_time() -> None:
    rows = [HEAD.encode(), b"7,1000,3,,\n"]
    [utc] = read_csv(rows, "a.csv")
    [seoul] = read_csv(rows, "a.csv", offset_at=lambda _: 540)
    assert (utc.offset_minutes, seoul.offset_minutes) == (0, 540)
    assert utc.id != seoul.id  # one id never stands for two contents


def _run(home: Path, *arguments: str, stdin: bytes = b"") -> Result:
    environment = {"STUDYTOOL_HOME": str(home)}
    done = CliRunner().invoke(program, [*arguments], input=stdin, env=environment)
    assert done.exit_code == 0, done.output
    return done


def _rows(home: Path) -> list[dict[str, object]]:
    rows = json.loads(_run(home, "item", "list", "--json").output)["items"]
    return [
        {key: row[key] for key in ("item", "stage", "due", "stability_days", "reviews", "lapses")}
        for row in rows
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (home := tmp_path / "one").mkdir()
    save_settings(home, Settings(language="en"))
    desk = Desk.open(home, MACHINE_CLOCK)
    for days, rating in enumerate((Rating.GOOD, Rating.GOOD, Rating.AGAIN)):
        for minutes, item in enumerate((HE, COSINE)):
            time = NOON + 9 * days * DAY + minutes * MINUTE
            offset = MACHINE_CLOCK.offset_minutes(time)
            desk.log.append_review(draft(item, rating, time, offset_minutes=offset))
    desk.close()
    return home


def test_a_table_into_a_fresh_home_and_into_its_own(home: Path, tmp_path: Path) -> None:
    """The cases of the report: 0 items with reviews in the one, reviews twice in the other."""
    fresh, file = tmp_path / "fresh", tmp_path / "x.csv"
    fresh.mkdir()
    save_settings(fresh, Settings(language="en"))
    _run(home, "log", "export", str(file))
    assert _run(home, "log", "import", str(file)).output == "6 read, 0 of them new.\n"
    assert _run(fresh, "log", "import", str(file)).output == (
        "6 read, 6 of them new.\nstudytool undo takes this back, on every device.\n"
    )
    assert _rows(fresh) == _rows(home)
    assert _run(fresh, "log", "export", "--format", "fsrs-csv").stdout_bytes == file.read_bytes()
    with ReviewLog.open(home / "reviews.db") as log:
        lines = b"".join(write_log(log.events()))
    again = json.loads(_run(home, "log", "import", "-", "--json", stdin=lines).output)
    nothing = {"held": 0, "apart": [], "left_out": 0, "twofold": [], "backup": None}
    assert again == {"read": 6, "added": 0, **nothing}
    until = (NOON + 30 * DAY).date().isoformat()
    _run(home, "log", "retract", "--until", until)
    said = _run(home, "log", "import", "-", stdin=lines).output
    assert said.startswith("6 read, 0 of them new.\nevents of this file that the log has, but that")
    assert "took them back: 6." in said
    held = json.loads(_run(home, "log", "import", "-", "--json", stdin=lines).output)
    assert (held["added"], held["held"]) == (0, 6)


def test_what_is_kept_apart_is_listed(home: Path) -> None:
    rows = [f"{n},1711744352250,3,,\n" for n in range(13)]
    table = "".join((HEAD, f"{HE},1711744352250,3,,\n", *rows)).encode()
    said = _run(home, "log", "import", "-", "--format", "fsrs-csv", stdin=table).output
    assert "14 read, 14 of them new." in said
    assert (
        "items that neither a pack nor the log knows, kept apart (13): imported/0, imported/1, "
    ) in said
    assert "imported/11, ...\n" in said
    listed = _run(home, "log", "import", "-", "--format", "fsrs-csv", "--json", stdin=table)
    assert json.loads(listed.output)["apart"] == [f"imported/{n}" for n in range(13)]

"""An item whose id changes in its pack keeps its history: by ``was``, or by ``item move``."""

import json
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.clock import Clock
from studytool.doctor.examine import examine
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.session.desk import Desk
from studytool.settings import save_settings
from studytool.settings.table import Settings
from studytool.verification.tasks import VerificationTask, run_task
from tests.cases import first_quick, first_row_quick
from tests.packs.all_kinds import WHEN
from tests.packs.samples import CARD, NUMERIC, write_pack
from tests.review_log.drafts import DAY, NOON, draft

CLOCK = Clock(lambda: NOON, lambda _: 0)
OLD, NEW = "sample/recall", "sample/recalled"
RENAMED = CARD.replace("id: recall", "id: recalled")
WITH_WAS = RENAMED.replace("  kind:", "  was: [recall]\n  kind:")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))
    save_settings(home, Settings(language="en"))
    _install(home, CARD)
    with closing(Desk.open(home, CLOCK)) as desk:
        for n in range(3):
            desk.log.append_review(draft(OLD, time=NOON + n * DAY))
    return home


def _install(home: Path, items: str) -> None:
    folder = write_pack(home.parent / "sample", items=items)
    with closing(Desk.open(home, CLOCK)) as desk:
        desk.library.install(load_pack(folder), folder)


def _reviews(home: Path, item: str) -> int:
    with closing(Desk.open(home, CLOCK)) as desk:
        return desk.log.state(item).reps


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(program, arguments)
    return done.exit_code, done.output


def test_a_renamed_item_asks_and_is_tried_at_the_numbers_that_it_had(tmp_path: Path) -> None:
    """Or its tests, the seeds in the log and its verdict would be about other numbers."""
    asked, tried = [], []
    for n, (id_, was) in enumerate([("doubled", ""), ("twice", "doubled"), ("two", "doubled, twice"),
                                    ("two", "")]):  # fmt: skip
        text = NUMERIC.replace("id: doubled", f"id: {id_}" + (f"\n  was: [{was}]" if was else ""))
        options = WHEN.replace("id: bigger", f"id: {id_}s" + (f"\n  was: [{was}s]" if was else ""))
        options = options.replace("was: [doubled, twices]", "was: [doubleds, twices]")
        pack = load_pack(write_pack(tmp_path / str(n), items=text + options))
        variants = [
            make_variant(item, pack_id="sample", seed=seed, language="en")
            for item in pack.items
            for seed in range(4)
        ]
        assert {one.item for one in variants} == {f"sample/{id_}", f"sample/{id_}s"}
        asked.append([(one.parameters, one.prompt, one.key) for one in variants])
        found = run_task(VerificationTask("sample", pack.items[0], 0))
        tried.append([(one.condition, one.estimate) for one in found.measured])
    assert asked[0] == asked[1] == asked[2] != asked[3]
    assert tried[0] == tried[1] == tried[2] != tried[3]


def test_was_takes_the_history_over(home: Path) -> None:
    _install(home, RENAMED)
    assert _reviews(home, NEW) == 0  # control
    _install(home, WITH_WAS)
    assert _reviews(home, NEW) == 3
    assert _run("item", "show", OLD)[1].splitlines()[0].startswith(NEW)
    assert not any(found.code == "orphan_items" for found in examine(home, NOON + 9 * DAY))


def test_item_move_takes_the_history_over(home: Path) -> None:
    _install(home, RENAMED)
    [orphan] = (found for found in examine(home, NOON) if found.code == "orphan_items")
    assert f"studytool item move {OLD} NEW" in orphan.remedy.text("en")
    assert f"studytool item move {OLD} NEW" in orphan.remedy.text("ko")
    assert _run("item", "move", OLD, "recalled") == (
        0,
        f"{OLD}: its history is that of {NEW} now, which has this many reviews: 3.\n"
        "studytool undo takes it back.\n",
    )
    assert (
        _run("item", "move", "recall", NEW)[1] == f"{OLD}: its history is that of {NEW} already.\n"
    )
    assert _reviews(home, NEW) == 3
    assert "taken back: move of a history" in _run("undo")[1]
    assert (_reviews(home, OLD), _reviews(home, NEW)) == (3, 0)
    assert json.loads(_run("item", "move", OLD, NEW, "--json")[1]) == {
        "item": OLD, "to": NEW, "changed": True, "reviews": 3,
    }  # fmt: skip


@pytest.mark.parametrize(("items", "old", "new", "why"), first_row_quick([
    (CARD, OLD, OLD, "cannot be moved to its own item"),
    (CARD + RENAMED, OLD, NEW, "its pack still has this item"),
    (RENAMED, OLD, "sample/gone", "no installed pack has this item"),
    (RENAMED, "sample/never", NEW, "sample/never"),  # nothing is known of it
]))  # fmt: skip
def test_moves_that_are_refused(home: Path, items: str, old: str, new: str, why: str) -> None:
    _install(home, items)
    status, said = _run("item", "move", old, new)
    assert (status, why in said) == (2, True)


def test_a_history_follows_through_all_names_and_back(home: Path) -> None:
    """Renamed twice, the second time to where it began, by packs that each know one step."""
    for old, new in (("recall", "recalled"), ("recalled", "third"), ("third", "recall")):
        renamed = CARD.replace("id: recall", f"id: {new}").replace(
            "  kind:", f"  was: [{old}]\n  kind:"
        )
        _install(home, renamed)
        assert _reviews(home, f"sample/{new}") == 3
    assert not any(found.code == "orphan_items" for found in examine(home, NOON + 9 * DAY))


@pytest.mark.parametrize(
    "names",
    first_quick(
        [
            "abab",  # there and back, and there again
            "abcab",
            "abcacb",
            "abacaba",
            "abcbcabca",
        ]
    ),
)
def test_a_history_follows_however_often_a_name_comes_again(home: Path, names: str) -> None:
    """Each pack says its last step alone; all its reviews are of the item that is there."""
    ids = {"a": "recall", "b": "recalled", "c": "third"}
    for n, (old, new) in enumerate(pairwise(names), start=1):
        was = f"  was: [{ids[old]}]\n  kind:"
        _install(home, CARD.replace("id: recall", f"id: {ids[new]}").replace("  kind:", was))
        assert _reviews(home, f"sample/{ids[new]}") == 2 + n
        with closing(Desk.open(home, CLOCK)) as desk:
            desk.log.append_review(draft(f"sample/{ids[new]}", time=NOON + (9 + n) * DAY))
            [status] = desk.log.statuses(["sample"])
            assert (status.item, status.memory.reps) == (f"sample/{ids[new]}", 3 + n)
    assert not any(found.code == "orphan_items" for found in examine(home, NOON + 99 * DAY))

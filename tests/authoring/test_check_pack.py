"""A check of a whole pack: what is played anew, over processes, how it is stopped, what is skipped."""

from pathlib import Path

import pytest

from studytool.authoring import playing
from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.authoring.playing import PlayTask, languages_for, play_all
from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.reader import load_pack
from tests.authoring.checking import checked
from tests.cases import first_quick, first_row_quick
from tests.packs.samples import CARD, NUMERIC, write_pack

WRONG = NUMERIC.replace("doubled", "wide").replace("n > 1", "n > 100")
SEVERAL = CARD + NUMERIC + WRONG


class Played:
    """Counts the entries that are played, by what progress was told last."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, done: int, total: int) -> None:
        assert done <= total
        self.done = done


def played_by(folder: Path, home: Path, **options: object) -> int:
    """Check a pack under a home, and return how many entries were played for it."""
    played = Played()
    checked(folder, CheckOptions(home=home, jobs=1, **options), progress=played)  # type: ignore[arg-type] # of CheckOptions
    return played.done


def test_only_what_changed_is_played_again(tmp_path: Path) -> None:
    pack, home = write_pack(tmp_path / "pack", items=SEVERAL), tmp_path / "home"
    assert played_by(pack, home) == 4  # three items and a claim
    assert played_by(pack, home) == 0
    write_pack(pack, items=SEVERAL.replace("앞면", "다른 앞면"))
    assert played_by(pack, home) == 1
    write_pack(pack, items=SEVERAL)
    assert played_by(pack, home) == 1  # what is kept is of one state
    assert played_by(pack, home, plays=3) == 4
    assert played_by(pack, tmp_path / "other home") == 4


def test_a_kept_result_says_what_the_first_did(tmp_path: Path) -> None:
    pack, options = (
        write_pack(tmp_path / "pack", items=SEVERAL),
        CheckOptions(home=tmp_path, jobs=1),
    )
    first = checked(pack, options)
    assert [str(found).partition(":")[2][:20] for found in first] == ["26:13: error[E360]: "]
    assert checked(pack, options) == first
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b"{")
    assert checked(pack, options) == first  # a damaged file is no more than a lost one


def test_nothing_is_kept_without_a_home(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack")
    checked(tmp_path / "pack")
    assert [one.name for one in tmp_path.iterdir()] == ["pack"]


def test_an_entry_with_an_error_of_its_own_is_not_played(tmp_path: Path) -> None:
    items = CARD + NUMERIC.replace('"2*v"', '"2*vv"') + WRONG
    write_pack(tmp_path, items=items)
    assert [found.code for found in checked(tmp_path)] == ["E303", "E360"]


@pytest.mark.slow
def test_over_processes_the_same_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = "".join(
        (WRONG if number == 3 else NUMERIC).replace("id: ", f"id: n{number}-", 1)
        for number in range(5)
    )
    pack = load_pack(write_pack(tmp_path, items=items))
    task = PlayTask(pack.id, ("en",), 3, (*pack.items, *pack.claims))
    here = dict(play_all(task, never, jobs=1))
    monkeypatch.setattr(playing, "FEW", 0)
    monkeypatch.setattr(playing, "CHUNK", 2)
    assert dict(play_all(task, never, jobs=2)) == here
    assert [number for number, found in sorted(here.items()) if found] == [3]


@pytest.mark.parametrize("jobs", first_quick([1, 2]))
def test_a_check_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr(playing, "FEW", 0)
    monkeypatch.setattr(playing, "CHUNK", 1)
    pack, home = write_pack(tmp_path / "pack", items=SEVERAL), tmp_path / "home"
    with pytest.raises(Cancelled):
        check_pack(
            pack, CheckOptions(home=home, jobs=jobs), progress=Played(), cancelled=lambda: True
        )
    assert not home.exists()


@pytest.mark.parametrize(("tests", "expected"), first_row_quick([
    # at seed 0 the key is printed as {key}; a row is (answer, outcome, more), and what is said
    ("answer: '{key}', outcome: right", None),
    ("answer: '{key}', outcome: wrong", "gives right, not wrong; the key is {key}"),
    ("answer: '{single}', outcome: wrong, misconception: single", None),
    ("answer: '{single}', outcome: wrong", None),
    ("answer: '9{key}', outcome: wrong, misconception: single", "not single"),
    ("answer: what, outcome: unreadable", None),
    ("answer: what, outcome: wrong", "gives unreadable, not wrong"),
]))  # fmt: skip
def test_a_row_of_tests_is_held_against_its_mark(
    tmp_path: Path, tests: str, expected: str | None
) -> None:
    from studytool.quiz.ask import make_variant
    from studytool.quiz.key import NumberKey

    pack = load_pack(write_pack(tmp_path, items=NUMERIC))
    key = make_variant(pack.items[0], pack_id=pack.id, seed=0, language="en").key
    assert isinstance(key, NumberKey)
    names = {"key": key.text, "single": repr(key.misconceptions[0].value)}
    row = f"  tests:\n    - {{seed: 0, {tests.format(**names)}}}\n"
    write_pack(tmp_path, items=NUMERIC + row)
    found = [found.message for found in checked(tmp_path) if found.code == "E365"]
    assert (expected is None) == (found == [])
    assert expected is None or expected.format(**names) in found[0]


def test_a_pack_in_another_language_is_played(tmp_path: Path) -> None:
    french = CARD.replace("{ko: 앞면, en: Front}", "Recto").replace(
        "{ko: 뒷면, en: Back}", "Verso $x"
    )
    manifest = (write_pack(tmp_path) / "pack.yaml").read_text("utf-8")
    manifest = manifest.replace("[ko, en]", "[fr]").replace("{ko: 규모, en: Scale}", "Échelle")
    write_pack(tmp_path, manifest=manifest, items=french, claims="[]\n")
    assert [found.code for found in checked(tmp_path)] == ["E350"]
    assert languages_for(["fr"]) == ("ko",)

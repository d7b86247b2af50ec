"""Parameters put in force: with the way back kept, or nothing changed at all."""

import sys
from pathlib import Path

import pytest

from studytool.errors import StateError
from studytool.fitting.adopting import DEFAULTS, FILE_NAME, Chosen, put_in_force, read_former
from studytool.settings import Settings, load_settings, save_settings
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from tests.disks import files_of_at_most


def _chosen(first: float) -> Chosen:
    return Chosen("fsrs-6", (first, *FSRS_6.defaults[1:]))


FIRST, SECOND, THIRD = map(_chosen, (0.3, 0.4, 0.5))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The second choice is in force, the first one kept to go back to."""
    put_in_force(tmp_path, FIRST)
    put_in_force(tmp_path, SECOND)
    return tmp_path


def _state(home: Path) -> tuple[Chosen, Chosen]:
    assert not (home / "former_parameters.json.new").is_file()
    return Chosen.of(load_settings(home)), read_former(home)


def test_what_was_in_force_is_kept(home: Path) -> None:
    assert _state(home) == (SECOND, FIRST)
    assert put_in_force(home, THIRD) == SECOND
    assert _state(home) == (THIRD, SECOND)
    assert put_in_force(home, THIRD) == THIRD  # no change: the way back stays
    assert _state(home) == (THIRD, SECOND)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
@pytest.mark.parametrize(("most_bytes", "said"), [
    (1000, "cannot save the settings"),  # the former parameters take less, the settings more
    (100, "cannot write the former"),
])  # fmt: skip
def test_if_a_file_cannot_be_written_both_are_as_they_were(
    home: Path, most_bytes: int, said: str
) -> None:
    settings = home / "settings.toml"
    settings.write_text(f"# {'x' * 2000}\n{settings.read_text('utf-8')}", "utf-8")
    with files_of_at_most(most_bytes), pytest.raises(StateError, match=said):
        put_in_force(home, THIRD)
    assert _state(home) == (SECOND, FIRST)
    assert len([*home.iterdir()]) == 2


def test_if_a_folder_is_in_the_way_both_are_as_they_were(home: Path) -> None:
    (home / "former_parameters.json.new").mkdir()
    with pytest.raises(StateError, match="cannot write the former"):
        put_in_force(home, THIRD)
    assert _state(home) == (SECOND, FIRST)


def test_settings_are_put_back_if_the_former_ones_cannot_take_their_name(home: Path) -> None:
    (home / FILE_NAME).unlink()
    (home / FILE_NAME).mkdir()
    with pytest.raises(StateError, match="so nothing was changed"):
        put_in_force(home, THIRD)
    assert Chosen.of(load_settings(home)) == SECOND


@pytest.mark.parametrize(
    ("in_force", "tried", "adopted"),
    [
        (Settings(), Policy(), True),
        (Settings(new_per_day=7), Policy(), True),  # another setting changed: it stays
        (Settings(parameters=FSRS_6.defaults), Policy(), True),  # the defaults, written out
        (Settings(parameters=FIRST.parameters), Policy(), False),
        (Settings(), Policy(FIRST.parameters), False),  # set back meanwhile
        (Settings(memory_model="leitner"), Policy(), False),
    ],
)
def test_it_is_adopted_only_in_the_place_of_what_it_was_compared_with(
    tmp_path: Path, in_force: Settings, tried: Policy, *, adopted: bool
) -> None:
    save_settings(tmp_path, in_force)
    if adopted:
        assert put_in_force(tmp_path, THIRD, tried=tried) == Chosen.of(in_force)
        found = load_settings(tmp_path)
        assert (Chosen.of(found), found.new_per_day) == (THIRD, in_force.new_per_day)
    else:
        with pytest.raises(StateError, match=r"changed during the fit.*nothing was changed"):
            put_in_force(tmp_path, THIRD, tried=tried)
        assert load_settings(tmp_path) == in_force
        assert not (tmp_path / FILE_NAME).exists()


def test_a_return_compares_with_nothing(home: Path) -> None:
    assert put_in_force(home, DEFAULTS) == SECOND
    assert _state(home) == (DEFAULTS, SECOND)

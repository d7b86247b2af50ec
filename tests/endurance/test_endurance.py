"""A hundredth of the long job; and that it would see what it looks for."""

import sys
from pathlib import Path

import click
import pytest

from studytool.cli import program
from tests.endurance.__main__ import run_part
from tests.endurance.deeds import DEEDS, Place
from tests.endurance.kills import KillFigures, kill, look
from tests.in_process import run_program

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")
ONLY_READ = {
    "badge", "check", "claims", "due", "forecast", "formula", "help", "lab", "lsp", "mark", "optimize",
    "search", "serve", "show", "simulate", "stats", "verify",
}  # fmt: skip
"""Commands that write nothing of the learner's; ``optimize`` writes settings, as ``config`` does."""


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("part", ["power", "full", "open"])
def test_a_hundredth_of_the_long_job(part: str) -> None:
    said: list[str] = []
    assert run_part(part, share=0.01, say=said.append) == 0, said
    assert len(said) > 1


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("seed", [0, 1])  # a half of the hundredth each
def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path, seed: int) -> None:
    figures = kill(50, tmp_path, seed=seed)
    assert figures.wrong == []
    assert figures.acknowledged > 25  # control: they did write
    assert len(figures.cut) > 15  # control: and were doing all kinds of things


def test_every_command_that_writes_is_among_the_deeds(tmp_path: Path) -> None:
    place = Place(tmp_path, tmp_path, tmp_path)
    groups = {make(0, place).arguments[0] for make in DEEDS}
    assert groups == set(program.list_commands(click.Context(program))) - ONLY_READ


@pytest.mark.slow
def test_what_is_missing_or_wrong_would_be_seen(tmp_path: Path) -> None:
    place, figures = Place.make(tmp_path / "here"), KillFigures()
    look(place, set(), figures)
    assert figures.wrong == []
    look(place, {"01a2283a-40dd-76f7-ad84-a8e8da63dd5e"}, figures)
    assert "are nowhere" in figures.wrong.pop()
    log = place.home / "reviews.db"
    log.write_bytes(log.read_bytes()[:5000])
    look(place, set(), figures)
    assert "Error" in figures.wrong.pop()
    assert run_program("due", home=place.home).returncode == 2

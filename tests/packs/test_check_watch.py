"""``check --watch`` checks again at each save, whatever way a file is saved, until Ctrl-C."""

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from studytool.authoring import saves
from studytool.authoring.saves import file_marks
from tests.in_process import run_program
from tests.packs.samples import CARD, NUMERIC, write_pack


def _script(monkeypatch: pytest.MonkeyPatch, steps: Sequence[Callable[[], object]]) -> None:
    """Let something happen at each look for a save, one after another; then Ctrl-C comes."""

    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    looks: Iterator[Callable[[], object]] = iter([*steps, interrupt])

    def sleep(_: float) -> None:
        step = next(looks, None)
        if step is not None:
            step()

    monkeypatch.setattr(saves, "sleep", sleep)


@pytest.mark.slow
def test_each_save_is_checked_once_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path / "pack")
    items, beside = pack / "items/all.yaml", pack / "items/all.yaml~"

    def replace() -> None:
        beside.write_text(CARD)
        beside.replace(items)  # as editors save

    def nothing() -> None:
        (pack / "unread.txt").write_text("no file of the pack")

    wrong = CARD.replace("kind: card", "kind: crad")
    _script(
        monkeypatch,
        [
            lambda: items.write_text(wrong[:40]),
            lambda: items.write_text(wrong),  # it goes on being written
            nothing, nothing,  # now it is whole
            items.unlink, replace, nothing, nothing,
            lambda: (pack / "items/more.yaml").write_text(NUMERIC), nothing,
        ],
    )  # fmt: skip
    line = ("check", str(pack), "--watch", "--json", "--lang", "en")
    done = run_program(*line, home=tmp_path / "home")
    assert done.returncode == 0
    found = [json.loads(line)["summary"] for line in done.stdout.splitlines()]
    assert [(one["errors"], one["items"]) for one in found] == [(0, 2), (1, 0), (0, 1), (0, 2)]
    saved = [line for line in done.stderr.splitlines() if line.startswith("saved: ")]
    assert saved == ["saved: items/all.yaml"] * 2 + ["saved: items/more.yaml"]
    assert "Ctrl-C ends it" in done.stderr


def test_its_status_is_that_of_the_last_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path / "pack", items=CARD.replace("kind: card", "kind: crad"))
    _script(monkeypatch, [])
    done = run_program("check", str(pack), "--watch", home=tmp_path / "home")
    assert done.returncode == 1
    assert "저장할 때마다" in done.stderr


def test_a_save_of_the_same_size_is_seen(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    before = file_marks(pack)
    path = pack / "items/all.yaml"
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    assert file_marks(pack) != before

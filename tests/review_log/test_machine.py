"""A log that was copied to another machine is another device there; undo takes back its own acts."""

import shutil
from pathlib import Path

import pytest

from studytool.review_log import log as log_module
from studytool.review_log.log import ReviewLog
from studytool.review_log.machine import machine_name
from tests.review_log.drafts import NOON, draft


def test_a_copy_on_another_machine_is_another_device(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "machine_name", lambda: "one")
    with ReviewLog.open(path) as log:
        first = log.append_review(draft())
        device, learner = log.device, log.learner
    copy = tmp_path / "copy.db"
    shutil.copy(path, copy)
    with ReviewLog.open(copy) as here:
        assert here.device == device  # the same machine: the home was moved
    monkeypatch.setattr(log_module, "machine_name", lambda: "two")
    with ReviewLog.open(copy) as there:
        assert (there.device != device, there.learner) == (True, learner)
        assert there.undo(NOON) is None  # what the other did
        own = there.append_review(draft())
        assert own.device == there.device
        named = there.device
    with ReviewLog.open(copy) as there:
        assert there.device == named  # once
        assert list(there.events()) == [first, own]
        assert there.undo(NOON) == own
    monkeypatch.setattr(log_module, "machine_name", lambda: "")
    with ReviewLog.open(copy) as unknown:
        assert unknown.device == named


def test_a_machine_has_one_name() -> None:
    assert machine_name() == machine_name()

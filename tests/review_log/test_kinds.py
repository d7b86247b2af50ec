"""The table of kinds of events: one row is all that a new kind takes, besides its words."""

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from studytool.review_log.events import Act, Event
from studytool.review_log.kinds import KINDS, EventKind
from studytool.wording.acts import ACT_NAMES
from studytool.wording.events import EVENT_WORDS
from tests.rows import all_rows

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_new_kind_is_one_row_of_the_table_and_its_words(tmp_path: Path) -> None:
    """Written, read, exported, imported, undone, redone, recovered: nothing else was changed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.review_log.made_up_kind", str(tmp_path)],
        env={**os.environ, "STUDYTOOL_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_has_every_class_of_events() -> None:
    assert {kind.make for kind in KINDS.values()} == set(get_args(Event))
    acts = {kind.make for kind in KINDS.values() if kind.is_act}
    assert acts == set(get_args(Act))


@all_rows("name", KINDS)
def test_a_kind_has_its_fields_and_its_words(name: str) -> None:
    kind: EventKind = KINDS[name]
    made = {field.name for field in fields(kind.make)}
    assert made == {field.name for field in kind.fields}
    assert (name in EVENT_WORDS, name in ACT_NAMES) == (True, kind.is_act)

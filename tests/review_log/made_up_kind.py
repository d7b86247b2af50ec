"""A program of another version: it adds one kind of event to the table, and uses it everywhere.

Run in a process of its own, as the table is read when the modules around it are imported.
"""

import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from studytool.language import Phrase
from studytool.review_log.events import CLASSES
from studytool.review_log.json_values import read_text
from studytool.review_log.kinds import ITEM, KINDS, STAMP, EventField, EventKind

NEEDS_TEXT = "CASE WHEN json_valid(e.detail) THEN json_type(e.detail, '$.text') = 'text' END IS 1"
NOTE = EventField("text", "detail", read_text, key="text", needs=NEEDS_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note about an item, which also flags it."""

    kind: ClassVar = "note"

    id: str
    learner: str
    device: str
    time: datetime
    offset_minutes: int
    study_day: int
    item: str
    text: str


NOTE_CLASS: Any = Note
"""The union of events is closed to what this version knows; a newer one would have it there."""


def main(folder: Path) -> None:
    KINDS["note"] = EventKind(  # not when imported: pytest imports every module for its examples
        (*STAMP, ITEM, NOTE),
        effect=lambda state, *_: state._replace(flagged=True),
    )
    CLASSES["note"] = NOTE_CLASS
    from click.testing import CliRunner

    from studytool.cli.log import command as log_command
    from studytool.cli.undo import command as undo_command
    from studytool.doctor.recover import recover
    from studytool.review_log.log import ReviewLog
    from studytool.wording.acts import ACT_NAMES
    from tests.log_lines import read_log, write_log
    from tests.review_log.drafts import DAY, NOON, draft
    from tests.review_log.queue import flagged_items
    from tests.review_log.sealing import seal_rows

    ACT_NAMES["note"] = Phrase("메모", "note")
    (folder / "settings.toml").write_text('language = "en"', "utf-8")
    path = folder / "reviews.db"

    with ReviewLog.open(path) as log:  # written, read back, folded
        review = log.append_review(draft())
        log.register("pack", [("pack/one", "a", 0)])
        note = log.append(NOTE_CLASS, NOON, item="pack/one", text="½ of it")
        assert list(log.events()) == [review, note]
        assert (flagged_items(log), log.item_of(note)) == (["pack/one"], "pack/one")
        assert log.unknown_kinds() == {}
        later = log.append(NOTE_CLASS, NOON - DAY, item="pack/one", text="")
        assert later.time == note.time  # the clock was set back
        lines = list(write_log(log.events()))

    assert list(read_log(lines, "lines")) == [review, note, later]  # exported and imported
    with ReviewLog.open(folder / "other.db") as other:
        assert other.absorb(read_log(lines, "lines")) == 3
        assert list(other.events()) == [review, note, later]
    exported = CliRunner().invoke(log_command, ["export", "-"])
    assert exported.stdout.encode() == b"".join(lines), exported.stderr

    events: list[Any] = [review, note, later]
    for _ in range(2):  # undone and done again, by the command too
        undone = CliRunner().invoke(undo_command)
        assert "taken back: note, pack/one" in undone.output
    with ReviewLog.open(path) as log:
        assert flagged_items(log) == []
        redone: Any = log.redo(NOON + DAY)
        assert redone == note
        assert flagged_items(log) == ["pack/one"]
        events = list(log.events())
        log._db.rows(  # a damaged one
            "INSERT INTO events(id, kind, learner, device, time_ms, offset_minutes, study_day, "
            "item, detail) SELECT randomblob(16), kind, learner, device, time_ms, offset_minutes, "
            "study_day, item, '{}' FROM events WHERE detail IS NOT NULL LIMIT 1"
        )

    seal_rows(path)  # so that only the table says what the damaged one lacks
    path.write_bytes(b"\xff" * 100 + path.read_bytes()[100:])  # recovered
    report = recover(path, folder / "backups", NOON + DAY)
    assert (report.events, report.unreadable) == (len(events), 1)
    with ReviewLog.open(path) as log:
        assert list(log.events()) == events
        assert flagged_items(log) == ["pack/one"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

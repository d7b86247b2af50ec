"""A check made again whenever a file of the pack is saved, until Ctrl-C."""

from collections.abc import Callable
from pathlib import Path

from studytool.authoring.saves import changed_names, file_marks, saves
from studytool.cli.interrupts import gathered_interrupts
from studytool.cli.output import finish_lines, write_note
from studytool.language import Language, Phrase

_WATCHING = Phrase(
    ko="{path}: 저장할 때마다 다시 확인합니다. 끝내기: Ctrl-C",
    en="{path} is checked at each save. Ctrl-C ends it.",
)
_SAVED = Phrase(ko="\n저장됨: {names}", en="\nsaved: {names}")


def check_at_each_save(path: Path, check: Callable[[], int], language: Language) -> int:
    """Check now and at each save; return the status of the last check when Ctrl-C comes."""
    before, status = file_marks(path), check()
    write_note(_WATCHING.text(language, path=path))
    with gathered_interrupts() as interrupts:
        for now in saves(path, before, interrupts.came):
            write_note(_SAVED.text(language, names=", ".join(changed_names(before, now))))
            before, status = now, check()
            finish_lines()
    return status

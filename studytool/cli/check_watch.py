"""A check made again whenever a file of the pack is saved, until Ctrl-C."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import sleep

from studytool.cli.long_work import gathered_interrupts
from studytool.cli.output import finish_lines, write_note
from studytool.language import Language, Phrase
from studytool.packs.digest import pack_files

LOOK_SECONDS = 0.05
_WATCHING = Phrase(
    ko="{path}: 저장할 때마다 다시 확인합니다. 끝내기: Ctrl-C",
    en="{path} is checked at each save. Ctrl-C ends it.",
)
_SAVED = Phrase(ko="\n저장됨: {names}", en="\nsaved: {names}")

FileMarks = Mapping[str, tuple[int, int, int]]
"""By the name of a file: its time, size and number, of which a save changes one."""


def check_at_each_save(path: Path, check: Callable[[], int], language: Language) -> int:
    """Check now and at each save; return the status of the last check when Ctrl-C comes."""
    before, status = file_marks(path), check()
    write_note(_WATCHING.text(language, path=path))
    with gathered_interrupts() as interrupts:
        for now in _saves(path, before, interrupts.came):
            names = sorted({name for name, _ in before.items() ^ now.items()})
            write_note(_SAVED.text(language, names=", ".join(names)))
            before, status = now, check()
            finish_lines()
    return status


def _saves(path: Path, before: FileMarks, ended: Callable[[], bool]) -> Iterator[FileMarks]:
    """Yield the marks of a pack's files after each save, once all of it is written."""
    while not ended():
        sleep(LOOK_SECONDS)
        now = file_marks(path)
        if now != before:
            sleep(LOOK_SECONDS)
            if file_marks(path) == now:
                before = now
                yield now


def file_marks(path: Path) -> FileMarks:
    """Return what tells a saved file from the one before, for each file of a pack."""
    marks = {}
    for file in pack_files(path):
        try:
            found = file.lstat()
        except OSError:  # an editor puts another in its place
            continue
        name = file.relative_to(path).as_posix()
        marks[name] = (found.st_mtime_ns, found.st_size, found.st_ino)
    return marks

"""The home screen, and the opening and closing of the learner's state around it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from studytool.cli.automatic_backup import backed_up
from studytool.cli.long_work import watched_start
from studytool.cli.output import (
    USER_ERROR,
    errors_written,
    learner_language,
    shows_errors,
    shows_output,
    write_error,
    write_note,
)
from studytool.cli.read_only_home import readable_home
from studytool.clock import MACHINE_CLOCK
from studytool.collection import put_off_collection, share_one_heap
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.settings import home_folder
from studytool.web import BROWSER_DRIVER

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.study_session import StudySession

_NEEDS_TERMINAL = Phrase(
    ko="전체 화면을 쓰려면 터미널이 필요합니다. 파이프에서는 이렇게 실행하세요: {instead}",
    en="the full screen needs a terminal; in a pipe use: {instead}",
)


def open_home() -> None:
    """Show the home screen."""
    run_screen(None)


def run_screen(
    begin: "Callable[[Desk], StudySession] | None",
    *,
    language: Language | None = None,
    opened: "Callable[[Language | None], AbstractContextManager[Desk]] | None" = None,
    experiment: str | None = None,
) -> None:
    """Run the full-screen program, at home or in what ``begin`` begins.

    Args:
        begin: a session; None for the home screen.
        language: chosen, and kept.
        opened: what opens the desk; by default the learner's own.
        experiment: of the lab, opened at once; empty for the list of all.
    """
    begin_screen()
    put_off_collection()  # the app lets it begin behind its first frame
    # Home is shown first and compared then; a session reads what it asks from the first question on.
    own = partial(opened_desk, compared=begin is not None)
    with (opened or own)(language) as desk:
        session = None if begin is None else begin(desk)
        from studytool.cli.full_screen import run_app
        from studytool.tui.app import StudyApp  # late: after the desk could be opened

        status = run_app(StudyApp(desk, session=session, experiment=experiment))
        for error in desk.unsaved.values():  # the screen that told it is gone
            write_error(error.text(desk.settings.language))
        sys.exit(status or (USER_ERROR if desk.unsaved else 0))


def begin_screen(*, instead: str = "studytool study --plain") -> None:
    """Let the threads of a full screen share one heap; comes before any of them.

    Args:
        instead: the command that does the same line by line.

    Raises:
        StudytoolError: standard input or output is none.
    """
    in_browser = os.environ.get("TEXTUAL_DRIVER") == BROWSER_DRIVER  # its screen is a pipe
    if not (in_browser or (sys.stdin.isatty() and shows_output())):
        raise StudytoolError(_NEEDS_TERMINAL, instead=instead)
    share_one_heap()


@contextmanager
def desk_to_read() -> "Iterator[Desk]":
    """Open the learner's state for a command that changes nothing, also where nothing can be written."""
    with errors_written(), readable_home(home_folder(), learner_language()) as home:
        if home == home_folder():
            with opened_desk() as desk:
                yield desk
            return
        from studytool.session.desk import Desk

        with watched_start(home, learner_language()):
            desk = Desk.open(home, MACHINE_CLOCK)
        try:
            yield desk
        finally:
            desk.close()


@contextmanager
def opened_desk(language: Language | None = None, *, compared: bool = True) -> "Iterator[Desk]":
    """Open the learner's state; a first run says that it prepares the pack.

    An error is written in ``language``, by default the learner's, with exit status 2. Whether the fold is
    ``compared`` is as :meth:`Desk.open` has it.
    """
    with errors_written(language):
        home = home_folder()
        if not (home / "library.db").exists() and shows_errors():
            from studytool.wording.study import PREPARING

            write_note(PREPARING.text(language or learner_language(home)))
        from studytool.session.desk import Desk

        with watched_start(home, language or learner_language()):
            desk = Desk.open(home, MACHINE_CLOCK, compared=compared)
    with backed_up(desk):  # around the closing: the screen and the files are let go of first
        try:
            if language is not None:
                desk.choose_language(language)
            yield desk
        finally:
            desk.close()

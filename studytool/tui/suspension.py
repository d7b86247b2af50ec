"""The program stopped as a shell's job, by Ctrl-Z or a signal, and taken up again as it was."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable

from textual.driver import Driver

_TO_STOP_SECONDS = 0.1
"""For the system to stop the program, where it does not do so at once."""


class Suspension:
    """Stops the program and takes it up again.

    Textual's own handlers stop this process alone and not its job, also where nothing would ever
    take it up again; and they read the keyboard twice when a program continues that was stopped
    without being told.

    Args:
        driver: of the terminal.
        redraw: called when the terminal is the program's again.
    """

    def __init__(self, driver: Driver, redraw: Callable[[], object]) -> None:
        self._driver = driver
        self._redraw = redraw
        self._stopping = False
        self._continued = False

    def watch_signals(self) -> None:
        """Take the place of the driver's handlers; a system without job control has none."""
        if sys.platform == "win32" or not self._driver.can_suspend:
            return
        loop = asyncio.get_running_loop()

        def note_continued(*_: object) -> None:
            self._continued = True
            if not self._stopping:
                loop.call_soon_threadsafe(self._take_up)

        signal.signal(signal.SIGCONT, note_continued)
        signal.signal(signal.SIGTSTP, lambda *_: loop.call_soon_threadsafe(self._stop_self))

    def stop_job(self) -> bool:
        """Stop the whole job, as a terminal does; return whether there is a shell to stop it for."""
        if sys.platform == "win32" or not self._driver.can_suspend:
            return False
        self._driver.suspend_application_mode()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        stopped = self._stop_by(signal.SIGTSTP)  # ignored where no shell controls the job
        self._begin_again()
        signal.signal(signal.SIGTSTP, handler)
        return stopped

    def _stop_self(self) -> None:
        """Stop for a signal: who sent it knows why."""
        self._driver.suspend_application_mode()
        self._stopping = True
        os.kill(os.getpid(), signal.SIGSTOP)
        self._begin_again()

    def _take_up(self) -> None:
        """Go on after a stop that nobody told of: another program may have had the terminal."""
        self._wait_for_terminal()
        self._driver.suspend_application_mode()
        self._begin_again()

    def _begin_again(self) -> None:
        self._wait_for_terminal()
        self._stopping = False
        self._driver.resume_application_mode()
        self._redraw()

    def _wait_for_terminal(self) -> None:
        """Stop anew as long as another job has the terminal."""
        while _is_in_background() and self._stop_by(signal.SIGTTOU):
            pass

    def _stop_by(self, number: signal.Signals) -> bool:
        """Send a signal to the job, whose default is to stop it; return whether it did."""
        self._stopping, self._continued = True, False
        os.kill(0, number)
        end = time.monotonic() + _TO_STOP_SECONDS
        while not self._continued and time.monotonic() < end:
            time.sleep(0.01)
        return self._continued


def _is_in_background() -> bool:
    try:
        return os.tcgetpgrp(0) != os.getpgrp()
    except OSError:  # the terminal is gone, or is no job control's
        return False

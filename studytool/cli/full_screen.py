"""The full-screen program run to its end, by the learner or by a signal."""

import asyncio
import os
import select
import signal
import sys
from contextlib import ExitStack
from threading import Timer
from typing import TYPE_CHECKING

from studytool.cli.interrupts import python_interrupts

if TYPE_CHECKING:
    from studytool.tui.gated_app import GatedApp

PATIENCE_SECONDS = 3.0
"""For the app to end by a signal: Textual may wait for ever to write to a terminal that is gone."""
LEAVING_SECONDS = 60.0
"""For the program to end behind the app, a backup too, where the terminal is gone."""
_LOOK_SECONDS = 1.0


def run_app(app: "GatedApp") -> int:
    """Run the app and give its exit status.

    SIGTERM and SIGHUP end it as the learner would, so that the terminal is as it was before, with
    128 and their number. So does a terminal that is gone, where SIGHUP is ignored: reading from it
    would go round for ever.

    Raises:
        Exception: the app ended by it.
    """
    with ExitStack() as ended, python_interrupts():

        def end(status: int) -> None:
            app.exit(None, status)
            timer = Timer(PATIENCE_SECONDS, os._exit, [status])  # every review is saved already
            timer.daemon = True
            timer.start()
            ended.callback(timer.cancel)

        async def end_without_terminal() -> None:
            while not _is_terminal_gone():
                await asyncio.sleep(_LOOK_SECONDS)
            timer = Timer(LEAVING_SECONDS, os._exit, [128 + signal.SIGHUP])
            timer.daemon = True
            timer.start()
            end(128 + signal.SIGHUP)

        async def run() -> None:
            for number in _ending_signals():
                asyncio.get_running_loop().add_signal_handler(number, end, 128 + number)
            watch = asyncio.create_task(end_without_terminal())
            await app.run_async()
            watch.cancel()

        asyncio.run(run())
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _is_terminal_gone() -> bool:
    """Tell whether standard input is a terminal that was closed."""
    if sys.platform == "win32":
        return False
    watch = select.poll()
    watch.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
    return bool(watch.poll(0))


def _ending_signals() -> list[int]:
    """Return those by which a terminal or a system ends a program, unless they are to be ignored."""
    if sys.platform == "win32":
        return []
    numbers = (signal.SIGTERM, signal.SIGHUP)
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]

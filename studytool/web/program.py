"""The program behind one page: a process of its own, by Textual's protocol for browsers.

Either side writes packets on a pipe: a letter (``D`` what a terminal would get, ``M`` JSON about it),
four bytes of length, the rest.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from contextlib import suppress

from studytool.printable import printable_lines
from studytool.web import BROWSER_DRIVER

_BEGIN = b"__GANGLION__\n"
_DATA, _META = b"D", b"M"
_MOST_PACKET = 16 * 2**20
_MOST_CELLS = 1000
_MOST_LAST_WORDS = 4000
_PATIENCE_SECONDS = 10.0
"""For the program to read what was typed."""
LEAVING_SECONDS = 60.0
"""For the program to end behind its screen, a backup too."""


class WebProgram:
    """A program and its pipes.

    Args:
        process: as :func:`start_program` starts it.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self._last_words = b""

    async def show(self, write: Callable[[bytes], Awaitable[None]]) -> None:
        """Hand on all that the program draws, until it ends; then what it says of that, if anything.

        It is read to the end, also where nobody looks at it any more: else it could not end.
        """

        async def write_seen(packet: bytes) -> None:
            with suppress(ConnectionError):
                await write(packet)

        errors = asyncio.create_task(self._hear_errors())
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._read_screens(write_seen)
        await errors
        if said := self._last_words.decode("utf-8", "replace").strip():
            shown = printable_lines(said).replace("\n", "\r\n")
            await write_seen(f"\x1b[?1049l\x1b[2J\x1b[H{shown}\r\n".encode())

    async def type(self, text: str) -> None:
        """Pass on what was typed or pointed at."""
        await self._write(_DATA, text.encode("utf-8", "replace"))

    async def resize(self, width: int, height: int) -> None:
        """Pass on how large the window is, in cells."""
        width, height = window_cells(width), window_cells(height)
        await self._tell({"type": "resize", "width": width, "height": height})

    async def tell(self, what: str) -> None:
        """Pass on that the window has, or has not, the learner's attention: ``focus``, ``blur``."""
        await self._tell({"type": what})

    async def end(self) -> None:
        """Let the program end as the learner would, and wait for it; one that does not is killed."""
        with suppress(ConnectionError, TimeoutError):
            await self.tell("quit")
        if self._process.stdin is not None:
            self._process.stdin.close()  # its terminal is gone, whatever it makes of "quit"
        try:
            await asyncio.wait_for(self._process.wait(), LEAVING_SECONDS)
        except TimeoutError:
            self.kill()
            await self._process.wait()

    def kill(self) -> None:
        """End the program at once; every review is saved already."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _read_screens(self, write: Callable[[bytes], Awaitable[None]]) -> None:
        assert self._process.stdout is not None
        output = self._process.stdout
        while await output.readline() not in {_BEGIN, b""}:
            pass
        while True:
            kind = await output.readexactly(1)
            size = int.from_bytes(await output.readexactly(4), "big")
            if size > _MOST_PACKET:
                return
            packet = await output.readexactly(size)
            if kind == _DATA:
                await write(packet)

    async def _hear_errors(self) -> None:
        assert self._process.stderr is not None
        while heard := await self._process.stderr.read(4096):
            self._last_words = (self._last_words + heard)[-_MOST_LAST_WORDS:]

    async def _tell(self, about: dict[str, object]) -> None:
        await self._write(_META, json.dumps(about).encode())

    async def _write(self, kind: bytes, packet: bytes) -> None:
        """Write a packet.

        Raises:
            ConnectionError: the program is gone.
            TimeoutError: it does not read.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(kind + len(packet).to_bytes(4, "big") + packet)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await self._process.stdin.drain()


async def start_program(width: int, height: int) -> WebProgram:
    """Start the program of a window of so many cells, in the learner's own home and language."""
    environment = {
        **os.environ,
        "TEXTUAL_DRIVER": BROWSER_DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(window_cells(width)),
        "ROWS": str(window_cells(height)),
    }
    # -P: a folder that holds a studytool.py is no reason to run it
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "studytool"),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=environment,
        start_new_session=True,  # Ctrl-C in the terminal is the server's
    )
    return WebProgram(process)


def window_cells(asked: int) -> int:
    """Return a number of columns or rows that a screen can have."""
    return max(1, min(_MOST_CELLS, asked))

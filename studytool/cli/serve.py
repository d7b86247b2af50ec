"""``studytool serve``: the full-screen program in a browser on this computer."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.interrupts import python_interrupts
from studytool.cli.output import finish_lines, learner_language, write_note, write_text
from studytool.errors import StudytoolError
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.web.gate import Gate

_MISSING = Phrase(
    ko="브라우저에서 여는 데 필요한 textual-serve가 없습니다. 다음으로 설치하세요: pip install 'studytool[serve]'",
    en="textual-serve, which shows it in a browser, is not installed. Install it with: "
    "pip install 'studytool[serve]'",
)
_TOLD = Phrase(
    ko="이 컴퓨터의 브라우저에서 위 주소를 여세요. 주소는 한 번만 쓸 수 있습니다. "
    "Enter는 새 주소, Ctrl+C는 끝내기입니다.",
    en="Open this address in a browser on this computer; it works once. "
    "Enter prints another, Ctrl+C ends it.",
)
_ENDING = Phrase(
    ko="창을 닫는 중입니다. Ctrl+C를 한 번 더 누르면 바로 끝납니다.",
    en="Closing the windows; Ctrl+C again ends at once.",
)


@declare.command(
    "serve",
    more=Phrase(
        ko="주소를 한 번만 쓸 수 있게 만들어 알려 줍니다. 쪽마다 프로그램이 하나씩 돌고, 쪽을 닫으면 끝납니다. "
        "studytool[serve]를 설치해야 합니다.",
        en="It prints an address that works once. Each page runs a program of its own, which ends "
        "when the page is closed. It needs studytool[serve] to be installed.",
    ),
)
@declare.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    about=Phrase("쓸 포트. 0이면 비어 있는 것.", "Port to use; 0 takes one that is free."),
)
@declare.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    about=Phrase(
        "쓸 주소. 이 컴퓨터에서만 닿는 것이어야 합니다.",
        "Address to use, one that this computer alone reaches.",
    ),
)
@declare.option(
    "--open",
    "is_opened",
    is_flag=True,
    about=Phrase("기본 브라우저에서 바로 엽니다.", "Open it in the default browser."),
)
def command(*, port: int, host: str, is_opened: bool) -> None:
    """Serve the full-screen program on loopback until Ctrl-C."""
    if find_spec("aiohttp") is None or find_spec("textual_serve") is None:
        raise StudytoolError(_MISSING)
    from studytool.web.gate import Gate
    from studytool.web.server import WebServer, bound, listening

    listener = bound(host, port)
    bound_host, bound_port = listener.getsockname()[:2]
    gate = Gate(bound_host, bound_port)
    server = WebServer(gate, learner_language)
    folder = TemporaryDirectory(prefix="studytool-")  # of the learner alone

    async def serve() -> int:
        ending: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        _watch_signals(ending, server.kill)
        async with listening(server, listener):
            _tell_address(gate)
            if is_opened:
                await asyncio.to_thread(_open_browser, gate, Path(folder.name))
            with _at_each_line(partial(_tell_address, gate)):
                status = await ending
            if server.programs:
                write_note(_ENDING.text(learner_language()))
        return status

    with folder, python_interrupts():
        sys.exit(asyncio.run(serve()))


def _tell_address(gate: "Gate") -> None:
    write_text(gate.new_address())
    write_note(_TOLD.text(learner_language()))
    finish_lines()


def _open_browser(gate: "Gate", folder: Path) -> None:
    """Open a new address by a file that only the learner can read: others see programs' arguments."""
    import webbrowser

    from studytool.web.page import leading_page

    page = folder / "open.html"
    page.write_text(leading_page(gate.new_address(), learner_language()), "utf-8")
    webbrowser.open(page.as_uri())


@contextmanager
def _at_each_line(act: Callable[[], None]) -> Iterator[None]:
    """Act whenever Enter is pressed in the terminal, where there is one."""
    keys = 0
    if sys.platform == "win32" or not os.isatty(keys):  # asyncio watches no console there
        yield
        return

    def read() -> None:
        if os.tcgetpgrp(keys) != os.getpgrp():  # what is typed is another job's
            return
        if os.read(keys, 1024):
            act()
        else:
            loop.remove_reader(keys)

    loop = asyncio.get_running_loop()
    loop.add_reader(keys, read)
    try:
        yield
    finally:
        loop.remove_reader(keys)


def _watch_signals(ending: "asyncio.Future[int]", kill: Callable[[], None]) -> None:
    """End by Ctrl-C, at once by a second; and by what ends a program, with its status."""
    if sys.platform == "win32":  # asyncio.run cancels by Ctrl-C there
        return

    def end(status: int) -> None:
        if ending.done():
            kill()
        else:
            ending.set_result(status)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, end, 0)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, 128 + number)

"""``studytool serve`` as it is started: what it refuses, and a whole sitting without a browser."""

import asyncio
import os
import re
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from importlib import util
from pathlib import Path
from urllib.parse import unquote

import pyte
import pytest

pytest.importorskip("aiohttp")

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from studytool.review_log.log import ReviewLog
from studytool.settings import change_setting
from tests.bundled_library import install_bundled_pack
from tests.in_process import run_program

PATIENCE = 90.0
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals")


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "이 컴퓨터에서만"), ("en", "only on this computer")]
)
def test_another_computer_is_refused(tmp_path: Path, language: str, said: str) -> None:
    change_setting(tmp_path, "language", language)
    run = run_program("serve", "--host", "0.0.0.0", "--port", "9000", home=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "다른 프로그램이 쓰는 포트"), ("en", "another program uses it")]
)
def test_a_port_that_is_taken_is_told(tmp_path: Path, language: str, said: str) -> None:
    change_setting(tmp_path, "language", language)
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        run = run_program("serve", "--port", str(port), home=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "--port 0" in run.stderr


def test_without_its_extra_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    monkeypatch.setattr("studytool.cli.serve.find_spec", lambda _: None)
    run = run_program("serve", home=tmp_path)
    assert run.returncode == 2
    assert "pip install 'studytool[serve]'" in run.stderr


@asynccontextmanager
async def served(home: Path, *options: str, **variables: str) -> AsyncIterator[tuple[Process, str]]:
    """Run ``studytool serve`` on a free port; give its process and its address."""
    install_bundled_pack(home)
    change_setting(home, "lessons", False)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "studytool", "serve", "--port", "0", *options),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env={**os.environ, **variables, "STUDYTOOL_HOME": str(home)},
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            address = (await process.stdout.readline()).decode().strip()
        yield process, address
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


class Page:
    """A page without a browser: what it is sent is on a screen that can be read as text."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)

    async def wait_for(self, text: str, *, seconds: float = PATIENCE) -> None:
        """Read until a text is on the screen."""
        async with asyncio.timeout(seconds):
            while text.replace(" ", "") not in self._shown():
                message = await self.socket.receive()
                if message.type is WSMsgType.BINARY:
                    self._stream.feed(message.data)
                assert not self.socket.closed, self._shown()

    async def press(self, keys: str) -> None:
        """Type."""
        await self.socket.send_json(["stdin", keys])

    async def press_until(self, keys: str, text: str) -> None:
        """Type, again each second until a text is on the screen: what is not in view yet hears nothing."""
        for _ in range(int(PATIENCE)):
            await self.press(keys)
            with suppress(TimeoutError):
                await self.wait_for(text, seconds=1.0)
                return
        raise TimeoutError(text)

    def _shown(self) -> str:
        columns = range(self._screen.columns)
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "".join(line[x].data for line in lines for x in columns).replace(" ", "")


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Page]:
    """Open an address as a browser does."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        async with browser.get(address) as answer:
            assert answer.status == 200
        place = address.partition("?")[0]
        origin = place.rpartition("/")[0].rpartition("/")[0]
        async with browser.ws_connect(
            f"{place}socket?width=100&height=30", headers={"Origin": origin}
        ) as socket:
            yield Page(socket)


def _reviews(home: Path) -> int:
    with ReviewLog.open(home / "reviews.db") as log:
        return len(log.last_reviews(limit=10))


def _children(process: Process) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
    return [int(one) for one in listed.split()]


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    ("language", "home", "asked", "marked"),
    [
        ("ko", "모두 공부하기", "답함 0", "제안대로"),
        ("en", "Everything due", "answered 0", "as suggested"),
    ],
)
async def test_a_sitting_on_a_page_is_kept(
    tmp_path: Path, language: str, home: str, asked: str, marked: str
) -> None:
    change_setting(tmp_path, "language", language)
    async with served(tmp_path) as (process, address), opened(address) as page:
        await page.wait_for(home)
        await page.press("\r")
        await page.wait_for(asked)
        await page.press_until("\x1bOR", marked)  # F3: show the answer
        await asyncio.sleep(0.5)  # a rating is deaf at first
        await page.press("1")
        await page.wait_for(asked.replace("0", "1"))
        assert _reviews(tmp_path) == 1
        process.send_signal(signal.SIGINT)  # Ctrl-C
        async with asyncio.timeout(PATIENCE):
            _, errors = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in errors
    assert _reviews(tmp_path) == 1


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
@pytest.mark.parametrize("end", ["page", "server"])
async def test_no_program_outlives_its_page_or_the_server(tmp_path: Path, end: str) -> None:
    change_setting(tmp_path, "language", "en")
    async with served(tmp_path) as (process, address):
        async with opened(address) as page:
            await page.wait_for("Everything due")
            (program,) = _children(process)
            if end == "server":
                process.kill()
                await process.wait()
        patience = time.monotonic() + PATIENCE
        while _runs(program):
            assert time.monotonic() < patience
            await asyncio.sleep(0.05)
    assert list((tmp_path / "reports").glob("*")) == []


@pytest.mark.slow
@POSIX
async def test_a_page_closed_at_once_leaves_no_report(tmp_path: Path) -> None:
    async with served(tmp_path) as (process, address):
        async with opened(address):
            pass
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            _, errors = await process.communicate()
    assert process.returncode == 128 + signal.SIGTERM
    assert list((tmp_path / "reports").glob("*")) == []
    assert b"report" not in errors


@pytest.mark.slow
async def test_an_opened_browser_gets_its_address_by_a_file_of_the_learner(tmp_path: Path) -> None:
    """What a program is started with, other users of the computer can read."""
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{seen}"\n', "utf-8")
    browser.chmod(0o700)
    opening = served(tmp_path / "home", "--open", BROWSER=f"'{browser}' %s")
    async with opening as (process, address):
        end = time.monotonic() + PATIENCE
        while not (seen.exists() and seen.read_text("utf-8")):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        given = seen.read_text("utf-8")
        assert given.startswith("file://")
        assert "token" not in given
        page = Path(unquote(given.removeprefix("file://")))
        assert page.parent.stat().st_mode & 0o077 == 0
        led = re.search(r"url=([^\"]+)", page.read_text("utf-8"))
        assert led is not None
        assert led[1].partition("?")[0] == address.partition("?")[0]
        async with opened(led[1]) as shown:
            assert not shown.socket.closed
        process.send_signal(signal.SIGINT)
        await process.wait()
    assert not page.exists()

"""A headless Chromium that is driven by its own protocol, and what its page is sent."""

import asyncio
import base64
import json
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PATIENCE = 120.0
_SPOKEN = "DevTools listening on "


class Chromium:
    """A tab of the browser.

    Attributes:
        complaints: what the page reported of itself: errors, what was refused or did not load.
    """

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked = 0
        self._screen = pyte.Screen(400, 200)
        self._stream = pyte.ByteStream(self._screen)
        self.complaints: list[str] = []

    async def do(self, method: str, **parameters: Any) -> Any:
        """Ask something of the browser and return its answer."""
        self._asked += 1
        number = self._asked
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            told = await self._next()
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]

    async def open(self, address: str) -> None:
        """Go to an address."""
        for domain in ("Network", "Runtime", "Log", "Page"):
            await self.do(f"{domain}.enable")
        await self.do("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """Return what an expression of the page's language is."""
        found = await self.do("Runtime.evaluate", expression=expression)
        return found["result"].get("value")

    async def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key and let it go."""
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.do("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **named)

    async def compose(self, *stages: str) -> None:
        """Type a syllable as an input method does: its stages are drawn, the last is typed."""
        for stage in stages:
            length = len(stage)
            await self.do(
                "Input.imeSetComposition", text=stage, selectionStart=length, selectionEnd=length
            )
        await self.do("Input.insertText", text=stages[-1])

    async def wait_for(self, text: str) -> None:
        """Read until a text is on the program's screen."""
        async with asyncio.timeout(PATIENCE):
            while text.replace(" ", "") not in self.shown():
                await self._next()

    async def wait_until(self, expression: str) -> None:
        """Ask until an expression of the page's language holds."""
        async with asyncio.timeout(PATIENCE):
            while not await self.value(expression):
                await asyncio.sleep(0.05)

    def shown(self) -> str:
        """Return the program's screen, without spaces."""
        columns = range(self._screen.columns)
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "".join(line[x].data for line in lines for x in columns).replace(" ", "")

    async def _next(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((await self._socket.receive()).data)
        what, about = told.get("method"), told.get("params", {})
        if what == "Network.webSocketFrameReceived":
            frame = about["response"]
            if frame["opcode"] == 2:
                self._stream.feed(base64.b64decode(frame["payloadData"]))
        elif what in {"Runtime.exceptionThrown", "Network.loadingFailed"} or (
            what == "Log.entryAdded" and about["entry"]["level"] == "error"
        ):
            self.complaints.append(json.dumps(about))
        return told


async def _first_line(said: asyncio.StreamReader) -> str:
    """Read until the browser says where it listens."""
    while not (line := (await said.readline()).decode()).startswith(_SPOKEN):
        assert line, "the browser did not start"
    return line


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """Run the browser, with its files in ``folder``."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--remote-debugging-port=0", f"--user-data-dir={folder}", "--window-size=1100,700",
        "about:blank", stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        async with ClientSession() as client:
            async with asyncio.timeout(PATIENCE):
                line = await _first_line(process.stderr)
            place = line.removeprefix(_SPOKEN).strip().removeprefix("ws://").partition("/")[0]
            async with client.get(f"http://{place}/json") as listed:
                (page,) = [one for one in await listed.json() if one["type"] == "page"]
            address = page["webSocketDebuggerUrl"]
            async with client.ws_connect(address, max_msg_size=0) as socket:
                draining = asyncio.create_task(process.stderr.read())
                yield Chromium(socket)
                draining.cancel()
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()

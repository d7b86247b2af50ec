"""The server attacked: by whom it does not know, by what it does not serve, by words that no page says."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from typing import Any

import pytest

pytest.importorskip("aiohttp")

from aiohttp import WSMsgType, WSServerHandshakeError

from studytool.language import Language
from studytool.web import server
from studytool.web.page import FULL, REFUSED
from studytool.web.program import WebProgram
from tests.web.serving import Served, serving

ECHO = """
import sys, json
out = sys.stdout.buffer
def say(kind, text):
    out.write(kind + len(text).to_bytes(4, "big") + text); out.flush()
out.write(b"__GANGLION__\\n"); out.flush()
say(b"D", b"begun")
while head := sys.stdin.buffer.read(5):
    text = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if head[:1] == b"D" and text == b"fault":
        sys.stderr.write("studytool: \\u6f22 it broke\\n"); break
    if b"quit" in text:
        break
    say(b"D", head[:1] + text)
"""
"""A program that shows what it hears, by Textual's protocol."""


@pytest.fixture(autouse=True)
def program_is_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    async def start(width: int, height: int) -> WebProgram:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-c", ECHO), str(width), str(height),
            stdin=PIPE, stdout=PIPE, stderr=PIPE,
            env={"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        return WebProgram(process)

    monkeypatch.setattr(server, "start_program", start)


async def _asked(served: Served, path: str, **headers: str) -> tuple[int, str]:
    async with served.client.get(served.at(path), headers=headers) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_whoever_is_not_known_sees_one_and_the_same_page(language: Language) -> None:
    async with serving(language) as served:
        place, known = served.gate.place, await served.enter()
        cookie = known["Cookie"]
        other = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
        stranger = [
            ("/", {}),
            (place, {}),
            (f"{place}textual.js", {}),
            (f"{place}socket", {}),
            (f"{place}?token=", {}),
            (f"{place}?token=wrong", {}),
            (place, {"Cookie": other}),
            (place, {"Cookie": "studytool="}),
            (place, {"Host": "evil.example", "Cookie": cookie}),
            (place, {"Origin": "http://evil.example", "Cookie": cookie}),
            (f"{place}socket", {**known, "Host": "evil.example"}),
            (f"{place}socket", {**known, "Origin": "http://evil.example"}),
            (f"{place}socket", {**known, "Origin": "null"}),
            (f"{place}socket", {"Cookie": cookie}),
            # known, but there is nothing of that name
            ("/", known),
            (f"{place}nothing", known),
            (f"{place}../../etc/passwd", known),
            (f"{place}..%2f..%2fserver.py", known),
            (f"{place}static/../server.py", known),
            (f"{place}%2e%2e/page.py", known),
            (f"{place}textual.js%00.css", known),
        ]
        for path, headers in stranger:
            status, page = await _asked(served, path, **headers)
            assert (status, REFUSED.text(language) in page) == (403, True), (path, headers)
        assert served.server.programs == set()


async def test_an_address_works_once_and_its_browser_may_reload_it() -> None:
    async with serving() as served:
        address = served.gate.new_address()
        elsewhere = {"Origin": "http://evil.example"}
        async with served.client.get(address, headers=elsewhere) as answer:
            assert (answer.status, "studytool" in answer.cookies) == (403, False)
        async with served.client.get(address) as answer:
            cookie = answer.cookies["studytool"]
            assert (answer.status, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            served.gate.place,
            True,
            "Strict",
        )
        async with served.client.get(address) as answer:
            assert (answer.status, "studytool" in answer.cookies) == (403, False)
        again = {"Cookie": f"studytool={cookie.value}"}
        async with served.client.get(address, headers=again) as answer:
            assert (answer.status, "studytool" in answer.cookies) == (200, False)


async def test_a_page_loads_nothing_from_elsewhere() -> None:
    async with serving() as served:
        known = await served.enter()
        async with served.client.get(served.at(served.gate.place), headers=known) as answer:
            policy, page = answer.headers["Content-Security-Policy"], await answer.text()
        assert "default-src 'none'" in policy
        assert f"connect-src ws://127.0.0.1:{served.gate.port};" in policy
        assert "googleapis" not in page
        for name in ("page.js", "textual.js", "xterm.css", "font.ttf"):
            async with served.client.get(
                served.at(served.gate.place + name), headers=known
            ) as answer:
                assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store"), name


async def _heard(page: Any, until: bytes) -> bytes:
    said = b""
    while until not in said:
        message = await page.receive()
        assert message.type is WSMsgType.BINARY, message
        said += message.data
    return said


async def test_what_is_typed_reaches_the_program_and_what_it_draws_the_page() -> None:
    async with serving() as served:
        known = await served.enter()
        address = served.at(f"{served.gate.place}socket?width=100&height=30")
        async with served.client.ws_connect(address, headers=known) as page:
            await _heard(page, b"begun")
            await page.send_json(["stdin", "분산"])
            assert "D분산".encode() in await _heard(page, "분산".encode())
            await page.send_json(["resize", {"width": 0, "height": 10**9}])
            assert b'"width": 1, "height": 1000' in await _heard(page, b"1000")
            await page.send_json(["blur"])
            await _heard(page, b'{"type": "blur"}')
            for unknown in ('["stdin"]', '["stdin", 1]', '["resize", {"width": "1"}]', "{}", "1"):
                await page.send_str(unknown)
            await page.send_json(["ping", "7"])
            assert (await page.receive()).json() == ["pong", "7"]
            (program,) = served.server.programs
        await asyncio.wait_for(program._process.wait(), 60)  # closed with its page


@pytest.mark.parametrize("said", ["", "[", "[" * 100_000, b"\x00"])
async def test_what_no_page_sends_ends_it(said: str | bytes) -> None:
    async with serving() as served:
        known = await served.enter()
        async with served.client.ws_connect(
            served.at(f"{served.gate.place}socket?width=9{'9' * 5000}"), headers=known
        ) as page:
            await _heard(page, b"begun")
            await (page.send_bytes(said) if isinstance(said, bytes) else page.send_str(said))
            assert (await page.receive()).type is WSMsgType.CLOSE


async def test_a_program_that_breaks_says_so_on_its_page() -> None:
    async with serving() as served:
        known = await served.enter()
        async with served.client.ws_connect(
            served.at(f"{served.gate.place}socket"), headers=known
        ) as page:
            await _heard(page, b"begun")
            await page.send_json(["stdin", "fault"])
            assert "studytool: 漢 it broke\r\n".encode() in await _heard(page, b"broke\r\n")
            assert (await page.receive()).type is WSMsgType.CLOSE


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_one_window_too_many_is_told(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_WINDOWS", 1)
    full = FULL.text(language, most=1)
    async with serving(language) as served:
        known = await served.enter()
        socket = f"{served.gate.place}socket"
        async with served.client.ws_connect(served.at(socket), headers=known) as page:
            await _heard(page, b"begun")
            status, told = await _asked(served, served.gate.place, **known)
            assert (status, full in told) == (503, True)
            with pytest.raises(WSServerHandshakeError, match="503"):
                await served.client.ws_connect(served.at(socket), headers=known)


async def test_the_end_of_the_server_is_that_of_every_program() -> None:
    async with serving() as served:
        known = await served.enter()
        socket = served.at(f"{served.gate.place}socket")
        page = await served.client.ws_connect(socket, headers=known)
        await _heard(page, b"begun")
        (program,) = served.server.programs
    assert program._process.returncode == 0

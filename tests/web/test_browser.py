"""``studytool serve`` in a headless Chromium: seen, typed at, composed at, closed; in both languages."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

pytest.importorskip("aiohttp")

from studytool.settings import change_setting
from studytool.web.page import REFUSED
from studytool.wording.study import SUMMARY
from studytool.wording.words import BROWSE_TITLE
from tests.web.chromium import CHROMIUM, PATIENCE, chromium
from tests.web.test_serve_command import _children, _reviews, _runs, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.mark.parametrize(
    ("language", "home", "asked", "marked"),
    [
        ("ko", "모두 공부하기", "답함 0", "제안대로"),
        ("en", "Everything due", "answered 0", "as suggested"),
    ],
)
async def test_a_sitting_in_a_browser(
    tmp_path: Path, language: str, home: str, asked: str, marked: str
) -> None:
    folder = tmp_path / "home"
    change_setting(folder, "language", language)
    async with served(folder) as (process, address), chromium(tmp_path / "browser") as tab:
        await tab.open(address)
        await tab.wait_for(home)
        assert await tab.value("location.search") == ""  # the token is gone from the address
        assert await tab.value("document.cookie") == ""  # no script reads the browser's proof
        assert await tab.value("document.querySelectorAll('canvas').length > 0")
        await tab.press("Enter", 13, "\r")  # without a click: the page has the keys at once
        await tab.wait_for(asked)
        await tab.press("F3", 114)
        await tab.wait_for(marked)
        await asyncio.sleep(0.5)  # a rating is deaf at first
        await tab.press("1", 49, "1")
        await tab.wait_for(asked.replace("0", "1"))
        assert _reviews(folder) == 1
        # the search takes syllables that an input method composes, whole
        await tab.press("Escape", 27)
        await tab.wait_for(SUMMARY.ko if language == "ko" else SUMMARY.en)
        await tab.press("Enter", 13, "\r")
        await tab.wait_for(home)
        await tab.press("b", 66, "b")
        await tab.wait_for(BROWSE_TITLE.ko if language == "ko" else BROWSE_TITLE.en)
        await tab.compose("ㅂ", "부", "분")
        await tab.compose("ㅅ", "사", "산")
        await tab.wait_for("분산")
        assert [one for one in tab.complaints if "favicon" not in one] == []
        # the token is used up: another browser is refused, also with the page's own address
        async with chromium(tmp_path / "other browser") as other:
            for tried in (address, address.partition("?")[0]):
                await other.open(tried)
                said = REFUSED.text("ko" if language == "ko" else "en")[:20]
                await other.wait_until(f"document.body?.innerText.includes({said!r})")
        # a page that is left ends its program
        (program,) = _children(process)
        await tab.open("about:blank")
        end = time.monotonic() + PATIENCE
        while _runs(program):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        # the browser is known: it comes back by the page's own address, and quits by key
        await tab.open(address.partition("?")[0])
        await tab.wait_until("document.body.className.includes('-first-byte')")
        await tab.press("Control", 17)
        await tab.do(
            "Input.dispatchKeyEvent", type="keyDown", key="q", code="KeyQ", modifiers=2,
            windowsVirtualKeyCode=81,
        )  # fmt: skip
        await tab.wait_until("document.body.className.includes('-closed')")
        assert await tab.value("document.activeElement.getAttribute('href')") == "./"
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE):
            _, errors = await process.communicate()
        assert (process.returncode, b"Traceback" in errors) == (0, False)


async def test_another_page_of_the_same_browser_reaches_nothing(tmp_path: Path) -> None:
    """What a hostile page may try with a browser that was let in: a socket, a frame, a request."""
    folder = tmp_path / "home"
    change_setting(folder, "language", "en")
    async with served(folder) as (process, address), chromium(tmp_path / "browser") as tab:
        await tab.open(address)
        await tab.wait_for("Everything due")
        place = address.partition("?")[0]
        await tab.open("data:text/html,<title>elsewhere</title>")
        await tab.wait_until("document.title === 'elsewhere'")
        end = time.monotonic() + PATIENCE
        while _children(process):
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        socket = place.replace("http", "ws", 1) + "socket?width=80&height=24"
        await tab.value(
            "window.came = 'waits';"
            f"const s = new WebSocket({socket!r});"
            "s.onopen = () => window.came = 'open'; s.onerror = () => window.came = 'refused'; 0"
        )
        await tab.wait_until("window.came !== 'waits'")
        assert await tab.value("window.came") == "refused"
        await tab.value(
            f"window.read = 'waits'; fetch({place!r}, {{credentials: 'include'}})"
            ".then(() => window.read = 'read', () => window.read = 'refused'); 0"
        )
        await tab.wait_until("window.read !== 'waits'")
        assert await tab.value("window.read") == "refused"
        assert _children(process) == []

"""A server on a free port of this computer, and a client that may say of itself what it likes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from aiohttp import ClientSession, DummyCookieJar
from yarl import URL

from studytool.language import Language
from studytool.web.gate import Gate
from studytool.web.server import WebServer, bound, listening


class Served(NamedTuple):
    """A server that listens, and who asks it; it keeps no cookie that it is not told to send."""

    server: WebServer
    client: ClientSession

    @property
    def gate(self) -> Gate:
        return self.server.gate

    def at(self, path: str) -> URL:
        """Return an address below the server's, written as it is."""
        return URL(f"{self.gate.origin}{path}", encoded=True)

    async def enter(self) -> dict[str, str]:
        """Come in by a new address; return what the browser says of itself from then on."""
        async with self.client.get(self.gate.new_address()) as answer:
            cookie = answer.cookies["studytool"]
        return {"Cookie": f"studytool={cookie.value}", "Origin": self.gate.origin}


@asynccontextmanager
async def serving(language: Language = "en") -> AsyncIterator[Served]:
    """Serve on a free port until the block ends."""
    listener = bound("127.0.0.1", 0)
    server = WebServer(Gate(*listener.getsockname()), lambda: language)
    async with (
        listening(server, listener),
        ClientSession(cookie_jar=DummyCookieJar()) as client,
    ):
        yield Served(server, client)

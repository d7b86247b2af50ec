"""The server: the page, what it is made of, and its socket, for who comes through the gate."""

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.resources import files

from aiohttp import WSMsgType, web

from studytool.errors import StudytoolError
from studytool.language import Language, Message, Phrase
from studytool.reasons import reason
from studytool.web.gate import COOKIE, Gate, loopback
from studytool.web.page import FULL, REFUSED, entrance_page, program_page, told_page
from studytool.web.program import WebProgram, start_program

_PORT_TAKEN = Phrase(
    ko="포트 {port}에서 열 수 없습니다({reason}). 비어 있는 포트로 여세요: studytool serve --port 0",
    en="port {port} cannot be used ({reason}). Take one that is free: studytool serve --port 0",
)
MOST_WINDOWS = 8
"""Programs at a time; each takes 60 to 120 MB."""
_HEARTBEAT_SECONDS = 15.0
_MOST_MESSAGE = 2**20

_FILES = {
    "page.js": ("studytool.web", "page.js", "text/javascript"),
    "textual.js": ("textual_serve", "static/js/textual.js", "text/javascript"),
    "xterm.css": ("textual_serve", "static/css/xterm.css", "text/css"),
    "font.ttf": ("textual_serve", "static/fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
}
"""What the page is made of: its name, its package, its file there, its type."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src data:; connect-src {socket}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)  # the terminal writes styles of its own; nothing is loaded from elsewhere

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class WebServer:
    """What is served.

    Attributes:
        gate: who may come in.
        language: tells the learner's, which may change while it is served.
        programs: those that run.
    """

    gate: Gate
    language: Callable[[], Language]
    programs: set[WebProgram] = field(default_factory=set)
    _opening: int = 0

    def application(self) -> web.Application:
        """Return what aiohttp serves."""
        made = web.Application(middlewares=[self._guard])
        place = self.gate.place
        made.router.add_get(place, self._page)
        made.router.add_get(f"{place}socket", self._socket)
        for name in _FILES:
            made.router.add_get(place + name, self._file)
        return made

    async def end(self) -> None:
        """Let every program end, and wait for them."""
        await asyncio.gather(*(one.end() for one in self.programs))

    def kill(self) -> None:
        """End every program at once."""
        for one in self.programs:
            one.kill()

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Let in who may, and give each answer its headers; the rest get one and the same page."""
        try:
            answer = await handler(request) if self._is_let_in(request) else self._told(REFUSED)
        except web.HTTPException:  # whatever else there is not
            answer = self._told(REFUSED)
        if not answer.prepared:
            host = request.host if self.gate.is_called(request.host) else self.gate.host
            answer.headers.update(_HEADERS)
            answer.headers["Content-Security-Policy"] = _POLICY.format(socket=f"ws://{host}")
        return answer

    def _is_let_in(self, request: web.Request) -> bool:
        named, page = request.headers.get("Host"), request.headers.get("Origin")
        if not self.gate.is_called(named):
            return False
        if page is not None and not self.gate.comes_from(page, named):
            return False  # whatever it asks for: an address that works once is not used up by it
        is_entrance = request.path == self.gate.place and "token" in request.query
        return is_entrance or self.gate.knows(request.cookies.get(COOKIE))

    def _told(self, said: Message | Phrase, status: int = 403) -> web.Response:
        text = told_page(said, self.language())
        return web.Response(text=text, status=status, content_type="text/html")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if "token" in request.query:
            return self._entrance(request)
        if self._is_full:
            return self._told(FULL.of(most=MOST_WINDOWS), 503)
        page = program_page(f"ws://{request.host}{self.gate.place}socket", self.language())
        return web.Response(text=page, content_type="text/html")

    def _entrance(self, request: web.Request) -> web.StreamResponse:
        """Give a new browser its cookie; one that has its cookie may come in by the old address."""
        is_known = self.gate.knows(request.cookies.get(COOKIE))
        cookie = self.gate.admit(request.query["token"])
        if cookie is None and not is_known:
            return self._told(REFUSED)
        answer = web.Response(text=entrance_page(self.language()), content_type="text/html")
        if cookie is not None:
            answer.set_cookie(
                COOKIE, cookie, path=self.gate.place, httponly=True, samesite="Strict"
            )
        return answer

    async def _file(self, request: web.Request) -> web.StreamResponse:
        package, name, kind = _FILES[request.path.removeprefix(self.gate.place)]
        body = await asyncio.to_thread(files(package).joinpath(*name.split("/")).read_bytes)
        return web.Response(body=body, content_type=kind)

    @property
    def _is_full(self) -> bool:
        return len(self.programs) + self._opening >= MOST_WINDOWS

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Run a program for as long as its page is there, and no longer."""
        named = request.headers.get("Host")
        if not self.gate.comes_from(request.headers.get("Origin"), named):
            return self._told(REFUSED)
        if self._is_full:
            return self._told(FULL.of(most=MOST_WINDOWS), 503)
        self._opening += 1
        try:
            page = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS, max_msg_size=_MOST_MESSAGE)
            await page.prepare(request)
            width, height = (_cells(request.query.get(name)) for name in ("width", "height"))
            program = await start_program(width or 80, height or 24)
            self.programs.add(program)
        finally:
            self._opening -= 1
        try:
            await _run(program, page)
        finally:
            await program.end()
            self.programs.discard(program)
        return page


async def _run(program: WebProgram, page: web.WebSocketResponse) -> None:
    """Pass on either side's words until one of them is gone, then let the other end."""
    shown = asyncio.create_task(program.show(page.send_bytes))
    heard = asyncio.create_task(_hear(program, page))
    try:
        await asyncio.wait({shown, heard}, return_when=asyncio.FIRST_COMPLETED)
        await program.end()
        await shown  # to its end, or the program would wait for who reads it
        await page.close()
    finally:
        for task in (shown, heard):
            task.cancel()
        await asyncio.gather(shown, heard, return_exceptions=True)


async def _hear(program: WebProgram, page: web.WebSocketResponse) -> None:
    async for message in page:
        if message.type is not WSMsgType.TEXT:
            return  # no page sends it
        try:
            told = message.json()
        except (ValueError, RecursionError):
            return
        await _pass_on(program, page, told)


async def _pass_on(program: WebProgram, page: web.WebSocketResponse, told: object) -> None:
    """Pass on what the page says; what is not known, a later one may say."""
    match told:
        case ["stdin", str(text)]:
            await program.type(text)
        case ["resize", {"width": int(width), "height": int(height)}]:
            await program.resize(width, height)
        case ["focus" | "blur" as what]:
            await program.tell(what)
        case ["ping", str(stamp)]:
            await page.send_json(["pong", stamp])
        case _:
            pass


def _cells(given: str | None) -> int:
    """Return a number of the socket's address; 0 where it is none."""
    return int(given) if given is not None and re.fullmatch("[0-9]{1,4}", given) else 0


@asynccontextmanager
async def listening(server: WebServer, listener: socket.socket) -> AsyncIterator[None]:
    """Serve at a bound socket; at the end every program ends first."""
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await server.end()
        await runner.cleanup()


def bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to a loopback address.

    Raises:
        StudytoolError: another computer could reach the address, or the port is taken.
    """
    address = loopback(host, port)
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    if sys.platform != "win32":  # there it lets two programs share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
    except OSError as error:
        listener.close()
        raise StudytoolError(_PORT_TAKEN, port=port, reason=reason(error)) from error
    return listener

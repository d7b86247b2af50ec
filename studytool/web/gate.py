"""Who may come in: whoever has an address that was told here, once, and then their browser.

Other programs and other users of this computer reach a loopback port as well, and so does every page
that the learner's browser shows. So an address holds a token that admits one browser. From then on a
cookie is its proof, of a path that no other server of this computer can guess: a browser sends
cookies to every port alike. The name that a request calls this server by, and the page that it
comes from, must be its own.
"""

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address

from studytool.errors import StudytoolError
from studytool.language import Phrase

COOKIE = "studytool"

_ELSEWHERE = Phrase(
    ko="'{host}'에서는 열지 않습니다. 이 컴퓨터에서만 쓸 수 있습니다(127.0.0.1). 다른 컴퓨터에서 쓰려면 "
    "그곳에서 실행하세요: ssh -L {port}:127.0.0.1:{port} THIS_COMPUTER",
    en="it is not served on '{host}', only on this computer (127.0.0.1). To use it from another "
    "computer, run there: ssh -L {port}:127.0.0.1:{port} THIS_COMPUTER",
)


def loopback(host: str, port: int) -> str:
    """Return the address to listen at.

    Raises:
        StudytoolError: it is not one that this computer alone reaches.
    """
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise StudytoolError(_ELSEWHERE, host=host, port=port)
    return str(address)


@dataclass(slots=True)
class Gate:
    """What is known of who may come in.

    Attributes:
        host: the address that is listened at.
        port: the same.
        place: the path below which all is served, of a name that cannot be guessed.
    """

    host: str
    port: int
    place: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(16)}/")
    _tokens: set[str] = field(default_factory=set)
    _cookies: set[str] = field(default_factory=set)

    def new_address(self) -> str:
        """Return an address that admits one browser; those told before admit nobody any more."""
        self._tokens = {secrets.token_urlsafe(32)}
        return f"{self.origin}{self.place}?token={next(iter(self._tokens))}"

    def admit(self, token: str) -> str | None:
        """Take a token for the cookie of a browser; None where it is none, or was taken before."""
        if not _is_among(token, self._tokens):
            return None
        self._tokens.clear()
        cookie = secrets.token_urlsafe(32)
        self._cookies.add(cookie)
        return cookie

    def knows(self, cookie: str | None) -> bool:
        """Tell whether a browser that was admitted says so."""
        return cookie is not None and _is_among(cookie, self._cookies)

    @property
    def origin(self) -> str:
        """The server as a browser names it."""
        return f"http://{self._named(self.host)}"

    def is_called(self, name: str | None) -> bool:
        """Tell whether a request names this server (``Host``), not one of another name at its address."""
        return name in {self._named(self.host), self._named("localhost")}

    def comes_from(self, page: str | None, name: str | None) -> bool:
        """Tell whether a request comes from this server's own page (``Origin``)."""
        return self.is_called(name) and page == f"http://{name}"

    def _named(self, host: str) -> str:
        bracketed = f"[{host}]" if ":" in host else host
        return (
            bracketed if self.port == 80 else f"{bracketed}:{self.port}"
        )  # a browser leaves 80 out


def _is_among(given: str, secrets_known: set[str]) -> bool:
    """Compare with all of them, in a time that tells nothing."""
    told = given.encode("utf-8", "surrogatepass")
    return any(secrets.compare_digest(told, one.encode()) for one in secrets_known)

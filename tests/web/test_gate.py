"""Who is let in: once by an address, then by a cookie, from this server's own page and under its own name."""

import pytest

from studytool.errors import StudytoolError
from studytool.web.gate import Gate, loopback


def _token(gate: Gate) -> str:
    return gate.new_address().partition("?token=")[2]


def test_a_token_admits_one_browser() -> None:
    gate = Gate("127.0.0.1", 8765)
    token = _token(gate)
    cookie = gate.admit(token)
    assert cookie is not None
    assert gate.knows(cookie)
    assert gate.admit(token) is None  # taken already
    assert token not in cookie


def test_a_new_address_takes_the_old_one_back_and_no_browser_out() -> None:
    gate = Gate("127.0.0.1", 8765)
    first = gate.admit(_token(gate))
    old, new = _token(gate), _token(gate)
    assert gate.admit(old) is None
    second = gate.admit(new)
    assert first != second
    assert gate.knows(first)
    assert gate.knows(second)


@pytest.mark.parametrize("given", ["", "x", "ü", "\ud800"])
def test_what_was_never_told_admits_nobody(given: str) -> None:
    gate = Gate("127.0.0.1", 8765)
    assert gate.admit(given) is None  # none was told yet
    token = _token(gate)
    assert gate.admit(given) is None
    assert gate.admit(token[:-1]) is None
    assert not gate.knows(given)
    assert not gate.knows(token)  # an address is no cookie
    assert not gate.knows(None)


def test_no_two_servers_share_a_secret() -> None:
    """A cookie goes to every port of this computer; of one server's path another does not know."""
    one, other = Gate("127.0.0.1", 8765), Gate("127.0.0.1", 8766)
    assert one.place != other.place
    assert not other.knows(one.admit(_token(one)))


NAMES = [
    ("127.0.0.1:8765", True),
    ("localhost:8765", True),
    ("127.0.0.1", False),  # another port
    ("127.0.0.1:8766", False),
    ("evil.example:8765", False),  # a name that was made to lead here
    ("127.0.0.1.evil.example:8765", False),
    ("localhost:8765.evil.example", False),
    ("", False),
    (None, False),
]


@pytest.mark.parametrize(("name", "is_own"), NAMES)
def test_only_its_own_names_are_answered(name: str | None, *, is_own: bool) -> None:
    gate = Gate("127.0.0.1", 8765)
    assert gate.is_called(name) is is_own
    assert gate.comes_from(f"http://{name}", name) is is_own


@pytest.mark.parametrize(
    "page",
    [
        None,  # no browser
        "null",  # a file, a frame without rights
        "http://evil.example",
        "https://127.0.0.1:8765",
        "http://127.0.0.1",
        "http://127.0.0.1:9000",  # another server of this computer
        "http://localhost:8765",  # its own, but not the page that is asked
    ],
)
def test_only_its_own_page_is_answered(page: str | None) -> None:
    assert not Gate("127.0.0.1", 8765).comes_from(page, "127.0.0.1:8765")


def test_port_80_and_the_newer_loopback_are_named_as_browsers_do() -> None:
    assert Gate("127.0.0.1", 80).is_called("127.0.0.1")
    assert Gate("::1", 8765).new_address().startswith("http://[::1]:8765/")
    assert Gate("::1", 8765).is_called("[::1]:8765")


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("::1", "::1"), ("127.9.0.1",) * 2],
)
def test_loopback_is_listened_at(host: str, address: str) -> None:
    assert loopback(host, 8765) == address


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.0.2", "8.8.8.8", "example.org"])
def test_nothing_else_is_listened_at(host: str) -> None:
    with pytest.raises(StudytoolError, match="only on this computer") as refused:
        loopback(host, 9000)
    assert "ssh -L 9000:127.0.0.1:9000" in refused.value.text("ko")

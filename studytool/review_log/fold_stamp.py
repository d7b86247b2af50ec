"""The stamp of the cached fold: its version, the policy in force, and the last event folded in."""

from typing import NamedTuple

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import Database
from studytool.srs.policy import Policy

FOLD_VERSION = 7
"""Raised by every change that gives another memory for the same events."""

_READ = """
SELECT (SELECT value FROM meta WHERE key = 'policy'),
       (SELECT value FROM meta WHERE key = 'folded_seq'),
       (SELECT coalesce(max(seq), 0) FROM events)
"""
_NOTE = """
INSERT INTO meta VALUES ('policy', ?) ON CONFLICT DO UPDATE SET value = excluded.value
"""
_SETTLE = """
INSERT INTO meta VALUES ('folded_seq', (SELECT coalesce(max(seq), 0) FROM events))
ON CONFLICT DO UPDATE SET value = excluded.value
"""


class Places(NamedTuple):
    """The places of two events.

    Attributes:
        folded: of the last one folded in; None where there is no fold.
        last: of the last one in the log, 0 where there is none.
    """

    folded: int | None
    last: int


class FoldStamp:
    """The stamp of one log, and the policy that this program has taken up of it."""

    def __init__(self, db: Database, policy: Policy) -> None:
        self._db = db
        self.text = _text(policy)

    @property
    def policy(self) -> Policy:
        """Return the policy in force, as far as was looked."""
        return Policy.from_json(self.text.partition(" ")[2])

    def choose(self, policy: Policy) -> None:
        """Take a policy up that is to be put in force."""
        self.text = _text(policy)

    def is_in_force(self) -> bool:
        """Tell whether the fold is of this version, and of the policy that was taken up."""
        return self._read()[0] == self.text

    def places(self) -> Places:
        """Return the places of the last event folded in, and of the last."""
        return self._read()[1]

    def follow(self) -> Places:
        """Take up the policy in force, which another program may have changed; return the places.

        Raises:
            StateError: a program with another version of the fold has taken the log over.
        """
        text, places = self._read()
        if text != self.text:
            if not _is_ours(text):
                raise StateError(Fault.OTHER_VERSION, path=self._db.path)
            self.text = text
        return places

    def take_up(self) -> None:
        """Take up the policy in force, if the fold is of this version."""
        text, _ = self._read()
        if _is_ours(text):
            self.text = text

    def put_in_force(self) -> None:
        """Note the policy that was taken up, for every program that has the log open."""
        self._db.rows(_NOTE, (self.text,))

    def settle(self) -> None:
        """Note that every event so far is folded in."""
        self._db.rows(_SETTLE)

    def _read(self) -> tuple[str, Places]:
        [(text, folded, last)] = self._db.rows(_READ)
        return str(text), Places(folded, last)


def _text(policy: Policy) -> str:
    return f"{FOLD_VERSION} {policy.to_json()}"


def _is_ours(text: str) -> bool:
    return text.startswith(f"{FOLD_VERSION} ")

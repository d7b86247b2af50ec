"""The stamp of the cached fold: its version, the policy in force, and the last event folded in."""

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


class FoldStamp:
    """The stamp of one log, and the policy that this program has taken up of it."""

    def __init__(self, db: Database, policy: Policy) -> None:
        self._db = db
        self.choose(policy)

    @property
    def policy(self) -> Policy:
        """Return the policy in force, as far as was looked."""
        return Policy.from_json(self.text.partition(" ")[2])

    def choose(self, policy: Policy) -> None:
        """Take a policy up that is to be put in force."""
        self.text = f"{FOLD_VERSION} {policy.to_json()}"

    def read(self) -> tuple[str, int | None, int]:
        """Return the version and policy in force, and the places of two events.

        Of the last one folded in, None where there is no fold; and of the last, 0 where there is none.
        """
        [(text, folded, last)] = self._db.rows(_READ)
        return str(text), folded, last

    def follow(self) -> tuple[int | None, int]:
        """Take up the policy in force, which another program may have changed; return the places.

        Raises:
            StateError: a program with another version of the fold has taken the log over.
        """
        text, folded, last = self.read()
        if text != self.text:
            if not _is_ours(text):
                raise StateError(Fault.OTHER_VERSION, path=self._db.path)
            self.text = text
        return folded, last

    def take_up(self) -> None:
        """Take up the policy in force, if the fold is of this version."""
        if _is_ours(text := self.read()[0]):
            self.text = text

    def put_in_force(self) -> None:
        """Note the policy that was taken up, for every program that has the log open."""
        self._db.rows(_NOTE, (self.text,))

    def settle(self) -> None:
        """Note that every event so far is folded in."""
        self._db.rows(_SETTLE)


def _is_ours(text: str) -> bool:
    return text.startswith(f"{FOLD_VERSION} ")

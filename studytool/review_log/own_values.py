"""The values that a log's file keeps of itself, in its table ``meta``.

No seal stands over them, since each can be made again: the fold's stamp from the events, the file's
own names, its place and what was given to a sync folder at their next use. So one that cannot be as
it was written is forgotten where the file is opened.
"""

import json
from collections.abc import Callable, Iterator

from studytool.sqlite.connection import Connection

FORGET = "DELETE FROM meta WHERE CAST(key AS BLOB) = ?"
_READ = """
SELECT CAST(key AS BLOB),
    CASE typeof(value) WHEN 'text' THEN CAST(value AS BLOB) WHEN 'blob' THEN -1 ELSE value END
FROM meta
"""


def damaged_keys(connection: Connection) -> Iterator[bytes]:
    """Return the keys of values that no program wrote."""
    for key, value in connection.execute(_READ):
        try:
            name = key.decode()
            sound = _SOUND.get(name, _is_any)(value.decode() if isinstance(value, bytes) else value)
        except UnicodeDecodeError:
            sound = False
        if not sound:
            yield key


def _is_any(_: object) -> bool:
    return True


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def _is_place(value: object) -> bool:
    return isinstance(value, int) and value >= 0


def _is_place_in_text(value: object) -> bool:
    return isinstance(value, str) and value.isdecimal()


def _is_object(value: object) -> bool:
    try:
        return isinstance(value, str) and isinstance(json.loads(value), dict)
    except ValueError:
        return False


_SOUND: dict[str, Callable[[object], bool]] = {
    "device": _is_name,
    "folded_seq": _is_place,
    "learner": _is_name,
    "place": _is_object,
    "settings_seen": _is_object,
    "shared_seq": _is_place_in_text,
}
"""How each value is told from another; of those not named here, text must only be text."""

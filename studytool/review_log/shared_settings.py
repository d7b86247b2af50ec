"""What devices share: the settings that the log holds, and how far a sync folder has it."""

import json
from collections.abc import Iterable, Mapping

from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.event_kinds import SETTING, SettingValue
from studytool.review_log.json_values import as_setting
from studytool.review_log.standing import codes, stands

_CHANGES = f"""
SELECT detail ->> 'name', detail -> 'value', time_ms FROM events e
WHERE EXISTS {codes([SETTING])} AND e.kind IN {codes([SETTING])}
    AND {stands("e")}
ORDER BY time_ms, id
"""
_FIND = f"""
INSERT INTO settings(name, value, time_ms)
{_CHANGES}
ON CONFLICT(name) DO UPDATE SET (value, time_ms) = (excluded.value, excluded.time_ms)
"""
LAST_SETTING_MS = "SELECT max(time_ms) FROM settings"
_SEEN = "settings_seen"


def find_settings(db: Database) -> None:
    """Write what each name was set to last into the table ``settings``."""
    db.rows("DELETE FROM settings")
    db.rows(_FIND)


class SharedSettingsReader(DatabaseReader):
    """The settings in the log: of each name the value set last, on whichever device."""

    def shared_settings(self) -> dict[str, SettingValue]:
        """Return the value that each name has; None where its default was restored."""
        rows = self._db.rows("SELECT name, value FROM settings")
        return {name: as_setting(json.loads(value or "null")) for name, value in rows}

    def seen_settings(self) -> dict[str, SettingValue]:
        """Return what ``settings.toml`` had when it was last compared with the log."""
        row = self._db.row("SELECT value FROM meta WHERE key = ?", (_SEEN,))
        read = json.loads(row[0]) if row else {}
        return {name: as_setting(value) for name, value in read.items()}

    def note_seen(self, settings: Mapping[str, SettingValue]) -> None:
        """Remember what ``settings.toml`` has."""
        sql = "INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        with self._db.writing():
            self._db.rows(sql, (_SEEN, json.dumps(dict(settings))))

    def believed_parts(self) -> set[str]:
        """Return the digests of the files of a sync folder that were read through and are all here."""
        return {str(key).removeprefix(_PART) for (key,) in self._db.rows(_BELIEVED)}

    def note_given(self, place: int, *, believed: Iterable[str] = ()) -> None:
        """Remember that a sync folder has all events up to a place in the log, and what it was read of."""
        sql = "INSERT INTO meta VALUES ('shared_seq', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        with self._db.writing():
            self._db.rows(sql, (str(place),))
            self._db.many(_BELIEVE, ((f"{_PART}{digest}",) for digest in believed))


_PART = "part "
_BELIEVED = f"SELECT key FROM meta WHERE key >= '{_PART}' AND key < 'part!'"
_BELIEVE = "INSERT INTO meta VALUES (?, 1) ON CONFLICT DO NOTHING"

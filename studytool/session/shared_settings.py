"""Settings that shape the schedule: what ``settings.toml`` and the log say of them made one.

The log is what devices share, so a value that was changed in the file becomes an event; then the
file is given what the log says, where another device changed it later.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from studytool.clock import Clock
from studytool.review_log.event_kinds import SettingValue
from studytool.review_log.log import ReviewLog
from studytool.settings import (
    Settings,
    all_settings,
    pack_settings,
    save_settings,
    shared_settings,
)
from studytool.srs.parameters import parameter_problem


def share_settings(home: Path, settings: Settings, log: ReviewLog, clock: Clock) -> Settings:
    """Write what changed in the file into the log, and what changed there into the file.

    Returns:
        The settings in force.

    Raises:
        StateError: the file or the log cannot be written.
    """
    here, seen = _shaping(settings), log.seen_settings()
    if changed := [name for name in sorted({*here, *seen}) if here.get(name) != seen.get(name)]:
        from studytool.review_log.events import SettingChange  # late: a start writes none

        now = clock.now()
        offset_minutes = clock.offset_minutes(now)
        with log.at_once():
            for name in changed:
                about = {"name": name, "value": here.get(name)}
                log.append(SettingChange, now, offset_minutes=offset_minutes, **about)
    wanted = _with(settings, log.shared_settings())
    if wanted != settings:
        save_settings(home, wanted)
    if (agreed := _shaping(wanted)) != seen:
        log.note_seen(agreed)
    return wanted


def changed_settings(before: Settings, after: Settings) -> dict[str, object]:
    """Return the settings that are otherwise ``after``, each with its value then, by full name."""
    old, new = _shaping(before), _shaping(after)
    rows = all_settings()
    return {
        name: new.get(name, rows[_parted(name)[1]].default)
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }


def _shaping(settings: Settings) -> dict[str, SettingValue]:
    """Return the values that differ from the defaults, and those of packs, by full name."""
    own = {
        name: getattr(settings, name)
        for name, row in shared_settings().items()
        if getattr(settings, name) != row.default
    }
    of_packs = {
        f"packs.{pack}.{name}": value
        for pack, values in settings.packs.items()
        for name, value in values.items()
    }
    return {**own, **of_packs}


def _with(settings: Settings, shared: Mapping[str, SettingValue]) -> Settings:
    """Return the settings with those of the log that this version knows and admits."""
    values: dict[str, Any] = {}
    packs = {pack: dict(own) for pack, own in settings.packs.items()}
    for full_name, value in shared.items():
        pack, name = _parted(full_name)
        row = (pack_settings() if pack else shared_settings()).get(name)
        if row is None or not (value is None or row.rule.admits(value)):
            continue  # of a newer version
        if not pack:
            values[name] = row.default if value is None else value
        elif value is None:
            packs.get(pack, {}).pop(name, None)
        else:
            packs.setdefault(pack, {})[name] = value
    found = replace(settings, **values, packs={pack: own for pack, own in packs.items() if own})
    if parameter_problem(found.memory_model, found.parameters):  # set on two devices at once
        return replace(found, parameters=all_settings()["parameters"].default)
    return found


def _parted(full_name: str) -> tuple[str, str]:
    """Part ``packs.ID.name`` into the pack and the name; the pack is empty without it."""
    first, _, rest = full_name.partition(".")
    pack, _, name = rest.rpartition(".")
    return (pack, name) if first == "packs" and pack else ("", full_name)

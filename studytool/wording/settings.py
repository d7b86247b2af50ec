"""Settings in words: values, what they may be, and the reference table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from studytool.language import Language, Phrase
from studytool.settings import Setting, Settings, all_settings, pack_settings
from studytool.typeset.cells import cut, pad
from studytool.wording.table import table_lines
from studytool.wording.words import DEFAULT, NONE

_WIDEST = 28
"""Cells of a column; a longer value is shown whole when it is asked for by name."""

SETTING = Phrase(ko="설정", en="setting")
_TITLES = (
    SETTING,
    Phrase(ko="값", en="value"),
    DEFAULT,
)
_CHANGED = Phrase(ko="* 기본값과 다름", en="* differs from the default")

_MODELS_OWN = Phrase(ko="모델의 기본값", en="the model's defaults")
_MANY = Phrase(ko="{model} 모델의 매개변수 {n}개", en="the {n} parameters of {model}")


@dataclass(frozen=True, slots=True)
class SettingEntry:
    """One setting as a learner has it.

    Attributes:
        value: in force now.
        default: in force without a value of its own; of a pack, the value of all packs.
    """

    row: Setting
    value: Any
    default: Any


class SettingLine(NamedTuple):
    """One setting in the words of one language.

    Attributes:
        group: the heading that it stands under.
        label: what it is called on the screen.
        allowed: what its value may be.
        of_packs: whether a pack may have a value of its own.
    """

    group: str
    name: str
    label: str
    default: str
    allowed: str
    about: str
    of_packs: bool


def settings_table(language: Language) -> list[SettingLine]:
    """Return the reference of all settings, those of one group together."""
    rows = all_settings().values()
    groups = list(dict.fromkeys(row.group for row in rows))
    return [
        SettingLine(
            group=row.group.text(language),
            name=row.name,
            label=row.label.text(language),
            default=value_text(row.name, row.default, language),
            allowed=row.rule.allowed.text(language),
            about=row.about.text(language),
            of_packs=row.of_packs,
        )
        for row in sorted(rows, key=lambda row: groups.index(row.group))
    ]


def value_text(name: str, value: object, language: Language) -> str:
    """Write a value as it can be typed again, where it has a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        empty = _MODELS_OWN if name == "parameters" else NONE
        return ", ".join(str(one).removesuffix(".0") for one in value) or empty.text(language)
    return str(value)


def allowed_text(row: Setting, settings: Settings, language: Language) -> str:
    """Say what a setting may be; of the parameters, how many the model has."""
    if row.name != "parameters":
        return row.rule.allowed.text(language)
    from studytool.srs.parameters import PARAMETERS

    model = settings.memory_model
    return _MANY.text(language, model=model, n=len(PARAMETERS[model].bounds))


def setting_entries(settings: Settings, pack: str | None = None) -> list[SettingEntry]:
    """Return the settings in the order of the table; with ``pack``, those that it may have."""
    if pack is None:
        return [
            SettingEntry(row, getattr(settings, name), row.unset)
            for name, row in all_settings().items()
        ]
    own = settings.of_pack(pack)
    return [
        SettingEntry(row, own.get(name, getattr(settings, name)), getattr(settings, name))
        for name, row in pack_settings().items()
    ]


def explained(entry: SettingEntry, settings: Settings, language: Language) -> str:
    """Say what a setting is, and what it may be."""
    allowed = allowed_text(entry.row, settings, language)
    return f"{entry.row.about.text(language)} ({allowed})"


def entry_line(entry: SettingEntry, language: Language, *, width: int | None) -> str:
    """Write a setting's label and value in a row of ``width`` cells, or as it is said; changed ones marked."""
    label = entry.row.label.text(language)
    value = value_text(entry.row.name, entry.value, language)
    if width is None:
        return f"{label} = {value}"
    mark = " " if entry.value == entry.default else "*"
    room = min(_WIDEST, width // 2)
    return cut(f"{mark} {pad(cut(label, room), room)} {value}", width)


def explained_whole(entry: SettingEntry, settings: Settings, language: Language) -> str:
    """Say what a setting is, what it may be, its default, and its name in the file."""
    name, default = entry.row.name, value_text(entry.row.name, entry.default, language)
    return (
        f"{explained(entry, settings, language)}\n"
        f"{_TITLES[2].text(language)}: {default} · settings.toml: {name}"
    )


def entry_text(entry: SettingEntry, settings: Settings, language: Language) -> str:
    """Write one setting whole: its value, what it is, its default."""
    name = entry.row.name
    return "\n".join(
        (
            f"{name} = {value_text(name, entry.value, language)}",
            f"    {explained(entry, settings, language)}",
            f"    {_TITLES[2].text(language)}: {value_text(name, entry.default, language)}",
        )
    )


def entries_text(
    entries: Sequence[SettingEntry], settings: Settings, path: Path, *, pack: str | None = None
) -> str:
    """Write a table of settings, each with a line of explanation, and the values of packs."""
    language = settings.language
    rows = [("  " + _TITLES[0].text(language), *(one.text(language) for one in _TITLES[1:]))]
    rows += [tuple(cut(cell, _WIDEST) for cell in _cells(entry, language)) for entry in entries]
    rows += [] if pack is not None else _pack_cells(settings, language)
    titles, *lines = table_lines(rows)
    text = [f"{path}  ({_CHANGED.text(language)})", titles]
    for line, entry in zip_longest(lines, entries):
        explanation = [] if entry is None else [f"      {explained(entry, settings, language)}"]
        text += [line, *explanation]
    return "\n".join(text)


def _cells(entry: SettingEntry, language: Language) -> tuple[str, ...]:
    name = entry.row.name
    mark = " " if entry.value == entry.default else "*"
    values = (value_text(name, value, language) for value in (entry.value, entry.default))
    return f"{mark} {name}", *values


def _pack_cells(settings: Settings, language: Language) -> list[tuple[str, ...]]:
    return [
        (f"* packs.{pack}.{name}", *(value_text(name, value, language) for value in values))
        for pack in settings.packs
        for name, own in settings.of_pack(pack).items()
        for values in [(own, getattr(settings, name))]
    ]

"""``studytool config``: the settings, listed and changed."""

import json
import sys
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.learner_log import open_log
from studytool.cli.long_work import clear_progress, show_progress
from studytool.cli.speaking import learner_language, told_in
from studytool.errors import (
    NotFoundError,
    ParameterError,
    StateError,
    StudytoolError,
    existing_names,
)
from studytool.json_output import ConfigJson, SettingJson, SettingValueJson
from studytool.language import Language, Phrase
from studytool.settings import (
    FILE_NAME,
    OF_PACKS,
    RULES,
    Settings,
    change_setting,
    check_setting,
    home_folder,
    read_settings,
)
from studytool.typeset.cells import cut
from studytool.wording.setting_phrases import ABOUT
from studytool.wording.setting_values import (
    DEFAULT,
    allowed_text,
    parameter_problem,
    read_value,
    value_text,
)
from studytool.wording.table import table_lines

if TYPE_CHECKING:
    from studytool.srs.policy import Policy

_WIDEST = 28
"""Cells of a column; a longer value is shown whole when it is asked for by name."""

_NAMES = (
    Phrase(ko="설정", en="setting"),
    Phrase(ko="값", en="value"),
    Phrase(ko="기본값", en="default"),
)
_CHANGED = Phrase(ko="* 기본값과 다름", en="* differs from the default")
_SAVED = Phrase(ko="{name} = {value} ({path}에 저장함)", en="{name} = {value} (saved in {path})")
_REMOVED = Phrase(ko="{name}: {path}에서 지웠습니다.", en="{name}: removed from {path}.")
_FOLDING = Phrase(
    ko="모든 복습으로 기억을 새로 계산하는 중...", en="recomputing every memory from the reviews..."
)
_FOLDED = Phrase(
    ko="모든 복습으로 기억과 복습 날짜를 새로 계산했습니다.",
    en="every memory and due date was recomputed from the reviews.",
)
_NOT_OF_PACKS = Phrase(
    ko="{name}: 꾸러미마다 따로 정할 수 없습니다. 꾸러미마다 따로 정할 수 있는 설정: {known}.",
    en="{name}: this cannot be set for one pack alone. What can: {known}.",
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One setting as it is listed."""

    name: str
    value: object
    default: object

    def as_json(self, settings: Settings, language: Language) -> SettingJson:
        return {
            "name": self.name,
            "value": _plain(self.value),
            "default": _plain(self.default),
            "allowed": allowed_text(self.name, RULES[self.name], settings, language),
            "about": ABOUT[self.name].text(language),
        }

    def cells(self, language: Language) -> tuple[str, ...]:
        values = (value_text(self.name, value, language) for value in (self.value, self.default))
        mark = " " if self.value == self.default else "*"
        return f"{mark} {self.name}", *values

    def explained(self, settings: Settings, language: Language) -> str:
        allowed = allowed_text(self.name, RULES[self.name], settings, language)
        return f"{ABOUT[self.name].text(language)} ({allowed})"


@click.command(name="config", context_settings={"ignore_unknown_options": True})
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("value", metavar="[VALUE...]", nargs=-1)
@click.option("--pack", metavar="ID", help="The settings that this pack has of its own.")
@click.option("--json", "as_json", is_flag=True, help="Print the settings as JSON.")
def command(name: str | None, value: tuple[str, ...], *, pack: str | None, as_json: bool) -> None:
    """List the settings, print one, or set NAME to VALUE.

    A list is 1,10 or 1 10 (none: empty); a switch is true or false, on or off, yes or no; default
    restores the default. A file with something wrong in it can be mended setting by setting.
    """
    home = home_folder()
    with told_in(learner_language(home)):
        settings, problems = _read(home)
    with told_in(settings.language):
        if pack is not None:
            _check_pack(home, pack, settings, problems)
        if name is not None and value:
            _set(home, name, value, pack=pack, as_json=as_json)
            return
        entries = _entries(settings, pack)
        if name is not None:
            _check_name(name, pack)
            [entry] = (entry for entry in entries if entry.name == name)
            click.echo(_one(entry, settings, as_json=as_json))
        elif as_json:
            click.echo(_as_json(entries, settings, home, problems))
        else:
            click.echo(_as_text(entries, settings, home, pack))
    _tell(problems, settings.language)
    if problems:
        sys.exit(2)


def _read(home: Path) -> tuple[Settings, list[StudytoolError]]:
    """Read the settings so far as they can be, and all that is wrong with them."""
    settings, problems = read_settings(home)
    wrong = parameter_problem(settings, place=f"{home / FILE_NAME}: ")
    return settings, [*problems, *([wrong] if wrong else [])]


def _entries(settings: Settings, pack: str | None) -> list[_Entry]:
    if pack is not None:
        general = settings.desired_retention
        return [_Entry("desired_retention", settings.pack_retention.get(pack, general), general)]
    defaults = Settings()
    return [_Entry(name, getattr(settings, name), getattr(defaults, name)) for name in RULES]


def _check_name(name: str, pack: str | None) -> None:
    if pack is not None and name in RULES and name not in OF_PACKS:
        raise StateError(_NOT_OF_PACKS, name=name, known=", ".join(OF_PACKS))
    rules = RULES if pack is None else OF_PACKS
    if name not in rules:
        raise NotFoundError("setting", name, list(rules), remedy=existing_names(list(rules)))


def _check_pack(home: Path, pack: str, settings: Settings, problems: list[StudytoolError]) -> None:
    """Refuse a pack that is neither installed nor in the settings, so far as that can be told."""
    from studytool.bundled_pack import BUNDLED_PACK

    named = [str(problem.fields.get("name", "")) for problem in problems]
    if pack in settings.pack_retention or any(f"{n}.".startswith(f"packs.{pack}.") for n in named):
        return
    try:
        known = sorted({BUNDLED_PACK, *_installed_packs(home / "library.db")})
    except StateError:
        return
    if pack not in known:
        raise NotFoundError("pack", pack, known, remedy=existing_names(known))


def _installed_packs(path: Path) -> list[str]:
    if not path.exists():
        return []
    from studytool.library.library import Library

    with Library.open(path) as library:
        return [pack.id for pack in library.packs()]


def _set(home: Path, name: str, words: tuple[str, ...], *, pack: str | None, as_json: bool) -> None:
    before, problems = _read(home)
    full_name = name if pack is None else f"packs.{pack}.{name}"
    restoring = words == (DEFAULT,)
    if not (restoring and any(full_name == problem.fields.get("name") for problem in problems)):
        _check_name(name, pack)
    value = None if restoring else _checked_value(name, words, before, pack)
    change_setting(home, name, value, pack=pack)
    after, left = _read(home)
    language = after.language
    click.echo(_said(home, name, after, pack=pack, as_json=as_json))
    _tell(left, language)
    if not left and _fold_anew(home, before, after) and not as_json:
        click.echo(_FOLDED.text(language))


def _checked_value(name: str, words: tuple[str, ...], before: Settings, pack: str | None) -> object:
    """Read a value and refuse one that may not stand, alone or with the model."""
    rules = RULES if pack is None else OF_PACKS
    value = read_value(words, rules[name])
    check_setting(name, value, rules=rules)
    if name in {"parameters", "memory_model"}:
        changed: dict[str, Any] = {name: value}
        wrong = parameter_problem(replace(before, **changed))
        if wrong is not None:
            raise wrong
    return value


def _fold_anew(home: Path, before: Settings, after: Settings) -> bool:
    """Make the memories anew where they depend on what was changed, so that a start need not."""
    if not (home / "reviews.db").exists() or _policy(before) == _policy(after):
        return False
    show_progress(_FOLDING.text(after.language))
    try:
        open_log(home).close()
    finally:
        clear_progress()
    return True


def _policy(settings: Settings) -> "Policy | None":
    from studytool.session.desk import policy_of

    try:
        return policy_of(settings)
    except ParameterError:
        return None


def _said(home: Path, name: str, after: Settings, *, pack: str | None, as_json: bool) -> str:
    language = after.language
    entry = next((one for one in _entries(after, pack) if one.name == name), None)
    if entry is None:
        return "null" if as_json else _REMOVED.text(language, name=name, path=home / FILE_NAME)
    if as_json:
        return json.dumps(entry.as_json(after, language), ensure_ascii=False)
    value = value_text(name, entry.value, language)
    full_name = name if pack is None else f"packs.{pack}.{name}"
    return _SAVED.text(language, name=full_name, value=value, path=home / FILE_NAME)


def _tell(problems: list[StudytoolError], language: Language) -> None:
    for problem in problems:
        click.echo(f"studytool: {problem.text(language)}", err=True)


def _as_json(
    entries: list[_Entry], settings: Settings, home: Path, problems: list[StudytoolError]
) -> str:
    language, own = settings.language, settings.pack_retention
    found: ConfigJson = {
        "path": str(home / FILE_NAME),
        "settings": [entry.as_json(settings, language) for entry in entries],
        "packs": {pack: {"desired_retention": share} for pack, share in own.items()},
        "problems": [problem.text(language) for problem in problems],
    }
    return json.dumps(found, ensure_ascii=False)


def _as_text(entries: list[_Entry], settings: Settings, home: Path, pack: str | None) -> str:
    language = settings.language
    rows = [("  " + _NAMES[0].text(language), *(name.text(language) for name in _NAMES[1:]))]
    rows += [tuple(cut(cell, _WIDEST) for cell in entry.cells(language)) for entry in entries]
    rows += [] if pack is not None else _of_packs(settings)
    titles, *lines = table_lines(rows)
    text = [f"{home / FILE_NAME}  ({_CHANGED.text(language)})", titles]
    for line, entry in zip_longest(lines, entries):
        text += [line] if entry is None else [line, f"      {entry.explained(settings, language)}"]
    return "\n".join(text)


def _of_packs(settings: Settings) -> list[tuple[str, ...]]:
    general = f"{settings.desired_retention}"
    return [
        (f"* packs.{pack}.desired_retention", f"{own}", general)
        for pack, own in settings.pack_retention.items()
    ]


def _one(entry: _Entry, settings: Settings, *, as_json: bool) -> str:
    language = settings.language
    if as_json:
        return json.dumps(entry.as_json(settings, language), ensure_ascii=False)
    _, value, default = entry.cells(language)
    return "\n".join(
        (
            f"{entry.name} = {value}",
            f"    {entry.explained(settings, language)}",
            f"    {_NAMES[2].text(language)}: {default}",
        )
    )


def _plain(value: Any) -> SettingValueJson:
    """Return a setting's value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value

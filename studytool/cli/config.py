"""``studytool config``: the settings, listed and changed."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.cli import declare
from studytool.cli.learner_log import open_log
from studytool.cli.output import (
    USER_ERROR,
    clear_progress,
    show_progress,
    write_error,
    write_json,
    write_text,
)
from studytool.errors import (
    NotFoundError,
    ParameterError,
    StateError,
    StudytoolError,
)
from studytool.faults import Fault
from studytool.json_output import ConfigJson, SettingJson, SettingValueJson
from studytool.language import Language, Phrase
from studytool.settings import (
    FILE_NAME,
    Settings,
    all_settings,
    change_setting,
    home_folder,
    pack_settings,
    read_settings,
)
from studytool.srs.parameters import parameter_problem
from studytool.wording.settings import (
    SettingEntry,
    allowed_text,
    entries_text,
    entry_text,
    setting_entries,
    value_text,
)

if TYPE_CHECKING:
    from studytool.srs.policy import Policy

_DEFAULT = "default"
"""The word that restores a default."""

_SAVED = Phrase(ko="{name} = {value} ({path}에 저장함)", en="{name} = {value} (saved in {path})")
_SHARED = Phrase(
    ko="{name} = {value} (복습 기록에 저장함. sync하는 모든 기기에서 같아짐)",
    en="{name} = {value} (saved in the log, for every device that syncs)",
)
_REMOVED = Phrase(ko="{name}: {path}에서 지웠습니다.", en="{name}: removed from {path}.")
_FOLDING = Phrase(
    ko="모든 복습으로 기억을 새로 계산하는 중...", en="recomputing every memory from the reviews..."
)
_FOLDED = Phrase(
    ko="모든 복습으로 기억과 복습 날짜를 새로 계산했습니다.",
    en="every memory and due date was recomputed from the reviews.",
)


@declare.command(
    "config",
    context_settings={"ignore_unknown_options": True},
    more=Phrase(
        ko="목록은 1,10이나 1 10으로(빈 목록은 none), 켜고 끄는 것은 true와 false, on과 off, "
        "yes와 no로 씁니다. default는 기본값으로 되돌립니다. 파일에 잘못된 것이 있어도 "
        "설정 하나하나로 고칠 수 있습니다.",
        en="A list is 1,10 or 1 10 (none: empty); a switch is true or false, on or off, yes "
        "or no; default restores the default. A file with something wrong in it can be "
        "mended setting by setting.",
    ),
)
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("value", metavar="[VALUE...]", nargs=-1)
@declare.option(
    "--pack",
    metavar="ID",
    about=Phrase("이 꾸러미에만 따로 둔 설정.", "The settings that this pack has of its own."),
)
@declare.as_json
def command(name: str | None, value: tuple[str, ...], *, pack: str | None, as_json: bool) -> None:
    """List the settings, print one, or set NAME to VALUE."""
    home = home_folder()
    settings, problems = _read(home)
    if pack is not None:
        _check_pack(home, pack, settings, problems)
    if name is not None and value:
        _set(home, name, value, pack=pack, as_json=as_json)
        return
    entries = setting_entries(settings, pack)
    if name is not None:
        _check_name(name, pack)
        [entry] = (entry for entry in entries if entry.row.name == name)
        if as_json:
            write_json(_entry_as_json(entry, settings))
        else:
            write_text(entry_text(entry, settings, settings.language))
    elif as_json:
        write_text(_as_json(entries, settings, home, problems))
    else:
        write_text(entries_text(entries, settings, home / FILE_NAME, pack=pack))
    _write_problems(problems, settings.language)
    if problems:
        sys.exit(USER_ERROR)


def _read(home: Path) -> tuple[Settings, list[StudytoolError]]:
    """Read the settings that can be read, and every problem of the file."""
    settings, problems = read_settings(home)
    model, values = settings.memory_model, settings.parameters
    wrong = parameter_problem(model, values, place=f"{home / FILE_NAME}: ")
    return settings, [*problems, *([wrong] if wrong else [])]


def _check_name(name: str, pack: str | None) -> None:
    rows = all_settings() if pack is None else pack_settings()
    if name in rows:
        return
    if name in all_settings():
        raise StateError(Fault.SETTING_NOT_OF_PACKS, name=name, known=", ".join(rows))
    raise NotFoundError("setting", name, list(rows))


def _check_pack(home: Path, pack: str, settings: Settings, problems: list[StudytoolError]) -> None:
    """Refuse a pack that is neither installed nor in the settings; an unreadable library admits all."""
    from studytool.bundled_pack import bundled_folders

    named = [str(problem.fields.get("name", "")) for problem in problems]
    if pack in settings.packs or any(f"{n}.".startswith(f"packs.{pack}.") for n in named):
        return
    try:
        known = sorted({*bundled_folders(), *_installed_packs(home / "library.db")})
    except StateError:
        return
    if pack not in known:
        raise NotFoundError("pack", pack, known)


def _installed_packs(path: Path) -> list[str]:
    if not path.exists():
        return []
    from studytool.library.library import Library

    with Library.open(path) as library:
        return [pack.id for pack in library.packs()]


def _set(home: Path, name: str, words: tuple[str, ...], *, pack: str | None, as_json: bool) -> None:
    from studytool.session.changing_settings import read_value  # late: help loads no log

    before, problems = _read(home)
    full_name = name if pack is None else f"packs.{pack}.{name}"
    restoring = words == (_DEFAULT,)
    if not (restoring and any(full_name == problem.fields.get("name") for problem in problems)):
        _check_name(name, pack)
    value = None if restoring else read_value(name, " ".join(words), before)
    change_setting(home, name, value, pack=pack)
    after, left = _read(home)
    language = after.language
    row = all_settings().get(name)  # None of what was just taken out as unknown
    is_shared = not left and row is not None and not row.is_local
    folded = is_shared and _share(home, before, after)
    write_text(_result(home, name, after, pack=pack, as_json=as_json))
    _write_problems(left, language)
    if folded and not as_json:
        write_text(_FOLDED.text(language))


def _share(home: Path, before: Settings, after: Settings) -> bool:
    """Write the change into the log, where there is one; tell whether it affects memories.

    Then they are recomputed now.
    """
    if not (home / "reviews.db").exists():
        return False
    affects = _policy(before) != _policy(after)
    if affects:
        show_progress(_FOLDING.text(after.language))
    try:
        open_log(home).close()
    finally:
        clear_progress()
    return affects


def _policy(settings: Settings) -> "Policy | None":
    from studytool.session.policy import policy_of

    try:
        return policy_of(settings)
    except ParameterError:
        return None


def _result(home: Path, name: str, after: Settings, *, pack: str | None, as_json: bool) -> str:
    language = after.language
    entries = setting_entries(after, pack)
    entry = next((one for one in entries if one.row.name == name), None)
    if entry is None:
        return "null" if as_json else _REMOVED.text(language, name=name, path=home / FILE_NAME)
    if as_json:
        return json.dumps(_entry_as_json(entry, after), ensure_ascii=False)
    value = value_text(name, entry.value, language)
    full_name = name if pack is None else f"packs.{pack}.{name}"
    saved = _SAVED if entry.row.is_local else _SHARED
    return saved.text(language, name=full_name, value=value, path=home / FILE_NAME)


def _write_problems(problems: list[StudytoolError], language: Language) -> None:
    for problem in problems:
        write_error(problem.text(language))


def _as_json(
    entries: list[SettingEntry], settings: Settings, home: Path, problems: list[StudytoolError]
) -> str:
    found: ConfigJson = {
        "path": str(home / FILE_NAME),
        "settings": [_entry_as_json(entry, settings) for entry in entries],
        "packs": {pack: dict(own) for pack, own in settings.packs.items()},
        "problems": [problem.text(settings.language) for problem in problems],
    }
    return json.dumps(found, ensure_ascii=False)


def _entry_as_json(entry: SettingEntry, settings: Settings) -> SettingJson:
    """Return the stable keys of one setting."""
    row, language = entry.row, settings.language
    return {
        "name": row.name,
        "value": _plain(entry.value),
        "default": _plain(entry.default),
        "allowed": allowed_text(row, settings, language),
        "about": row.about.text(language),
        "kept": "file" if row.is_local else "log",
    }


def _plain(value: Any) -> SettingValueJson:
    """Return a setting's value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value

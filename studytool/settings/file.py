"""The file ``settings.toml``: read with every problem named, and written whole or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER, write_whole
from studytool.language import Message, Phrase, joined
from studytool.printable import is_one_line, printable
from studytool.reasons import TOO_BIG, reason
from studytool.settings.row import Setting
from studytool.settings.rules import shown
from studytool.settings.table import (
    Settings,
    all_settings,
    pack_settings,
    settings_of,
)

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

FILE_NAME = "settings.toml"
LONGEST_FILE = 65_536
_MOST_PROBLEMS = 20
_LONGEST_NAME = 60

_NEAR = Phrase(ko=" 혹시 {name}인가요?", en=" Did you mean {name}?")
_MORE = Phrase(ko="그 밖에 {n:,}개.", en="and {n:,} more.")
_TABLE = Phrase(ko="[packs.ID] 표", en="a table [packs.ID]")


def load_settings(home: Path) -> Settings:
    """Read ``settings.toml`` of ``home``; the defaults where there is none.

    Raises:
        StateError: no TOML, unknown names or values out of range; names every one.
    """
    settings, problems = read_settings(home)
    if len(problems) > 1:
        told = joined(problem.told for problem in problems[:_MOST_PROBLEMS])
        if (more := len(problems) - _MOST_PROBLEMS) > 0:
            told = joined([told, _MORE.of(n=more)])
        raise StateError(Fault.SETTINGS_WRONG, problems=told)
    if problems:
        raise problems[0]
    return settings


def read_settings(home: Path) -> tuple[Settings, list[StateError]]:
    """Read the settings with the defaults in the place of what is wrong, and say what is wrong.

    Raises:
        StateError: the file cannot be read, or is no TOML.
    """
    path = home / FILE_NAME
    try:
        text = _whole_text(path)
        import tomllib  # late: many homes have no such file

        read = tomllib.loads(text)
    except FileNotFoundError:
        return settings_of(_unset()), []
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error
    packs = read.pop("packs", {})
    values, problems = _checked(path, read, all_settings())
    if not isinstance(packs, dict):
        problems.append(_no_table(path, "packs", packs, mend="packs default"))
        packs = {}
    of_packs: dict[str, dict[str, Any]] = {}
    for pack, own in packs.items():
        found, wrong = _checked_pack(path, pack, own)
        problems += wrong
        if found:
            of_packs[pack] = found
    return settings_of({**_unset(), **values, "packs": of_packs}), problems


def change_setting(home: Path, name: str, value: object, *, pack: str | None = None) -> None:
    """Write one setting, of ``pack`` if one is named; None takes it out. All else stays.

    Works on a file with other problems too, so long as it is TOML.

    Raises:
        StateError: the file cannot be read or written; it is as it was.
    """
    with _changed(home) as document:
        if pack is None:
            _put(document, name, value)
        else:
            _put_of_pack(document, pack, name, value)


def save_settings(home: Path, settings: Settings) -> None:
    """Write ``settings.toml`` whole or not at all; comments and what did not change stay.

    Raises:
        StateError: the folder cannot be written; the old file is as it was.
    """
    with _changed(home) as document:
        for name, row in all_settings().items():
            value = getattr(settings, name)
            if name in document or value != row.unset:
                _put(document, name, value)
        packs = _inner(document, "packs")
        _put(document, "packs", packs or None)
        for pack in sorted({*packs, *settings.packs}):
            for name in pack_settings():
                _put_of_pack(document, pack, name, settings.of_pack(pack).get(name))


def _unset() -> dict[str, Any]:
    """Return what is in force without a file, where that is not the default."""
    return {name: row.unset for name, row in all_settings().items() if row.surroundings is not None}


def _checked(
    path: Path, read: Mapping[str, Any], rows: Mapping[str, Setting], *, pack: str = ""
) -> tuple[dict[str, Any], list[StateError]]:
    """Part the values that may stand from what is wrong."""
    values: dict[str, Any] = {}
    problems = []
    within = f"packs.{pack}." if pack else ""
    for key, value in read.items():
        name = key if len(key) <= _LONGEST_NAME else f"{key[:_LONGEST_NAME]}…"
        about = {"path": path, "name": within + name, "mend": _mend(name, pack)}
        if name != key:
            problems.append(StateError(Fault.SETTING_LONG, path=path, name=within + name))
        elif name not in rows:
            problems.append(StateError(Fault.SETTING_UNKNOWN, **about, near=_near(name, rows)))
        elif not rows[name].rule.admits(value):
            allowed = rows[name].rule.allowed
            problems.append(
                StateError(Fault.SETTING_LINE, **about, value=shown(value), allowed=allowed)
            )
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return values, problems


def _mend(name: str, pack: str) -> str:
    """Return what sets a setting back, as it is typed to a shell behind ``studytool config``."""
    from shlex import join  # late: files are hardly ever wrong

    option = ["--pack", pack] if pack else []
    return join(
        [*option, "--", name, "default"] if name.startswith("-") else [name, "default", *option]
    )


def _checked_pack(path: Path, pack: str, own: object) -> tuple[dict[str, Any], list[StateError]]:
    if not is_one_line(pack):
        return {}, [StateError(Fault.SETTING_PACK_NAME, path=path, name=printable(pack))]
    if isinstance(own, dict):
        return _checked(path, own, pack_settings(), pack=pack)
    mend = _mend("desired_retention", pack)
    return {}, [_no_table(path, f"packs.{pack}", own, mend=mend)]


def _no_table(path: Path, name: str, value: object, *, mend: str) -> StateError:
    about = {"path": path, "name": name, "value": shown(value), "mend": mend}
    return StateError(Fault.SETTING_LINE, **about, allowed=_TABLE)


def _near(name: str, rows: Mapping[str, Setting]) -> Message:
    from difflib import get_close_matches  # late: most files need none

    near = get_close_matches(name, rows, n=1)
    if not near:
        return Phrase("", "").of()
    return _NEAR.of(name=near[0])


@contextmanager
def _changed(home: Path) -> "Iterator[TOMLDocument]":
    """Return the file to be changed; it is written when the block ends, whole or not at all."""
    import tomllib  # late: a start saves nothing

    import tomlkit

    path = home / FILE_NAME
    try:
        text = _whole_text(path) if path.exists() else ""
        tomllib.loads(text)  # one reader says where a file is wrong
        document = tomlkit.parse(text)
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error
    yield document
    try:
        home.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        write_whole(path.resolve(), _text(document).encode())  # a link stays a link
    except OSError as error:
        raise StateError(Fault.SETTINGS_UNWRITABLE, path=path, why=reason(error)) from error


def _whole_text(path: Path) -> str:
    """Read the file, which nobody writes by hand longer than this.

    Raises:
        StateError: it is too large to be settings.
    """
    with path.open(encoding="utf-8") as opened:
        read = opened.read(LONGEST_FILE + 1)
    if len(read) > LONGEST_FILE:
        raise StateError(Fault.SETTINGS_SYNTAX, path=path, why=TOO_BIG)
    return read


def _unreadable(path: Path, error: OSError | ValueError | RecursionError) -> StateError:
    is_there = not isinstance(error, OSError)
    fault = Fault.SETTINGS_SYNTAX if is_there else Fault.SETTINGS_INACCESSIBLE
    return StateError(fault, path=path, why=reason(error))


def _put(table: Any, name: str, value: object) -> None:
    """Set a name, or take it out; what has the value already is left as it is written."""
    plain = list(value) if isinstance(value, tuple) else value
    if plain is None:
        if name in table:
            del table[name]  # tables out of order have no remove
    elif name not in table or table[name] != plain:
        table[name] = plain


def _put_of_pack(document: "TOMLDocument", pack: str, name: str, value: object) -> None:
    """Set or take out a name of ``[packs.ID]``; tables left empty go too."""
    packs = _inner(document, "packs")
    own = _inner(packs, pack)
    _put(own, name, value)
    _put(packs, pack, own or None)
    _put(document, "packs", packs or None)


def _inner(table: Any, name: str) -> Any:
    """Return a table within another; a new one where there is none, or something else."""
    found = table.get(name)
    return found if isinstance(found, dict) else {}


def _text(document: "TOMLDocument") -> str:
    """Write the file; tables of packs that would not read back are written plainly."""
    import tomlkit

    text, meant = tomlkit.dumps(document), document.unwrap()
    if "packs" in meant and not _reads_as(text, meant):  # dotted keys, in tomlkit 0.15
        del document["packs"]
        document["packs"] = meant["packs"]
        text = tomlkit.dumps(document)
    return text


def _reads_as(text: str, meant: Mapping[str, Any]) -> bool:
    import tomllib

    try:
        return tomllib.loads(text) == meant
    except ValueError:
        return False

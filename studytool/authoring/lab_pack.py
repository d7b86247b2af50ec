"""The pack in the learner's folder that takes the questions made in the lab."""

import re
from pathlib import Path

from studytool.errors import PackError
from studytool.files import write_whole
from studytool.language import Phrase
from studytool.reasons import reason

LAB_PACK = "lab-questions"
_ITEMS = "items/lab.yaml"
_MANIFEST = f"""\
schema: 1
formulas: 1
id: {LAB_PACK}
version: 0.1.0
title: {{ko: 실험실에서 만든 문항, en: Questions from the lab}}
languages: [ko, en]
licence: CC0-1.0
authors: [me]
concepts:
  - {{id: lab, title: {{ko: 실험실, en: Lab}}}}
"""
_ID = re.compile(r"^- id: (?P<id>\S+)", re.MULTILINE)
_NOT_WRITTEN = Phrase(
    ko="{path}에 쓰지 못했습니다({why}).", en="{path} could not be written ({why})."
)


def keep_question(home: Path, item: str) -> Path:
    """Add an item to the lab's pack, which is made where there is none; return the file.

    An id that is taken gets a number.

    Args:
        home: the learner's folder.
        item: its YAML, a list of one.

    Raises:
        PackError: the pack cannot be written.
    """
    folder = home / LAB_PACK
    path = folder / _ITEMS
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (folder / "pack.yaml").exists():
            write_whole(folder / "pack.yaml", _MANIFEST.encode())
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        write_whole(path, (before + _numbered(item, before)).encode())
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(_NOT_WRITTEN, path=path, why=reason(error)) from error
    return path


def _numbered(item: str, before: str) -> str:
    """Give an item an id that is not taken."""
    taken = set(_ID.findall(before))
    [name] = _ID.findall(item)
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return item.replace(f"- id: {name}", f"- id: {free}", 1)

"""A new pack: a folder with an item of each kind and a claim, and the schemas for its author's editor."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from studytool.authoring.new_pack_texts import FILES, TEXTS, PackText
from studytool.errors import PackError
from studytool.files import whole_folder, write_files, write_whole
from studytool.language import LANGUAGES, Phrase
from studytool.library.entry_names import name_problem
from studytool.library.pack_tree import NO_MANIFEST, refused
from studytool.packs.digest import is_pack
from studytool.packs.json_schema import SCHEMAS, schema_text
from studytool.packs.text import is_language_tag
from studytool.printable import is_one_line
from studytool.reasons import reason

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 80
_SHORT = 90
"""Characters of a line; what is longer is set below its key."""
_BAD_NAME = Phrase(
    ko="'{name}': 꾸러미의 이름이 될 수 없습니다. 소문자, 숫자, 하이픈으로 쓰세요(80자까지). 예: my-pack",
    en="'{name}' cannot name a pack. Write small letters, digits and hyphens, 80 at most: my-pack",
)
_TAKEN = Phrase(
    ko="{path}: 이미 있습니다. 아무것도 바꾸지 않았습니다. 다른 이름을 쓰세요.",
    en="{path} is there already; nothing was changed. Choose another name.",
)
_BAD_LANGUAGE = Phrase(
    ko="'{tag}': 언어가 아닙니다. ko, en, pt-BR처럼 쓰세요.",
    en="'{tag}' is no language; write a tag such as ko, en or pt-BR.",
)
_BAD_WORDS = Phrase(
    ko="{option}에는 빈 글이나 제어 문자를 쓸 수 없습니다.",
    en="{option} must not be empty, nor have control characters.",
)
_NOT_MADE = Phrase(
    ko="{path}을(를) 만들지 못했습니다({why}). 그 위의 폴더가 있는지, 쓸 수 있는지 확인하세요.",
    en="{path} could not be made ({why}). See that the folder above it is there and may be written.",
)
_LINE = re.compile(r"^(?P<lead> *(?:- )?)(?P<key>\w+): @(?P<name>\w+)$")
_WITHIN = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True)
class NewPack:
    """What its author says of a pack to be made.

    Attributes:
        folder: to be made; its name is the pack's id.
        languages: tags, the pack's first language first.
    """

    folder: Path
    title: str
    languages: Sequence[str]
    licence: str
    author: str

    @property
    def id(self) -> str:
        """Return the pack's id."""
        return self.folder.absolute().name


def make_pack(new: NewPack) -> tuple[str, ...]:
    """Make a pack's folder, whole or not at all; return the names of its files.

    Raises:
        PackError: a name or language cannot be one, or something is there.
    """
    _refuse(new)
    folder = new.folder
    if os.path.lexists(folder):
        raise PackError(_TAKEN, path=folder)
    files = {name: _filled(text, new) for name, text in FILES.items()}
    files |= {f"schema/{name}.json": schema_text(name) for name in SCHEMAS}
    try:
        with whole_folder(folder) as beside:
            write_files(beside, {name: text.encode() for name, text in files.items()})
    except OSError as error:
        raise PackError(_NOT_MADE, path=folder, why=reason(error)) from error
    return tuple(sorted(files))


def write_schemas(folder: Path) -> tuple[str, ...]:
    """Write the schemas beside a pack, each in the place of an older one; return their names.

    Raises:
        PackError: it is no pack, or they cannot be written.
    """
    if not is_pack(folder):
        raise refused(folder, NO_MANIFEST)
    try:
        (folder / "schema").mkdir(exist_ok=True)
        for name in SCHEMAS:
            write_whole(folder / f"schema/{name}.json", schema_text(name).encode())
    except OSError as error:
        raise PackError(_NOT_MADE, path=folder / "schema", why=reason(error)) from error
    return tuple(f"schema/{name}.json" for name in SCHEMAS)


def _refuse(new: NewPack) -> None:
    is_device = name_problem(f"{new.id}/pack.yaml") is not None
    if not _NAME.fullmatch(new.id) or len(new.id) > _LONGEST or is_device:
        raise PackError(_BAD_NAME, name=new.id)
    for tag in new.languages:
        if not is_language_tag(tag):
            raise PackError(_BAD_LANGUAGE, tag=tag)
    for option, words in (
        ("--title", new.title),
        ("--licence", new.licence),
        ("--author", new.author),
    ):
        if not words.strip() or not is_one_line(words):
            raise PackError(_BAD_WORDS, option=option)


def _filled(text: str, new: NewPack) -> str:
    """Put the texts into a file: one string where the pack has one language, else a map."""
    given = {
        "id": new.id,
        "title": _quoted(new.title),
        "languages": f"[{', '.join(dict.fromkeys(new.languages))}]",
        "licence": _quoted(new.licence),
        "authors": f"[{_quoted(new.author)}]",
    }
    lines: list[str] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            lines.append(_WITHIN.sub(lambda name: _flow(name[1], new.languages), line))
        elif found["name"] in given:
            lines.append(f"{found['lead']}{found['key']}: {given[found['name']]}")
        else:
            lines += _text_lines(found["lead"], found["key"], TEXTS[found["name"]], new.languages)
    return "\n".join(lines) + "\n"


_ONE_STRING = {"citation"}
"""Keys whose text is no map: the first language alone."""


def _text_lines(lead: str, key: str, words: PackText, languages: Sequence[str]) -> list[str]:
    tags = list(dict.fromkeys(languages))
    if len(tags) == 1 or key in _ONE_STRING:
        return _one_text(f"{lead}{key}", _in(words, tags[0]), " " * len(lead))
    within = " " * (len(lead) + 2)
    listed = [_one_text(f"{within}{tag}", _in(words, tag), within) for tag in tags]
    return [f"{lead}{key}:", *(line for lines in listed for line in lines)]


def _one_text(head: str, words: str, indent: str) -> list[str]:
    """Write a text in quotes, or below its key where the line would be long."""
    if len(head) + len(words) <= _SHORT:
        return [f"{head}: {_quoted(words)}"]
    return [f"{head}: >-", *(f"{indent}  {line}" for line in wrap(words, _SHORT - len(indent)))]


def _flow(name: str, languages: Sequence[str]) -> str:
    """Return a text that stands within a line: of lists a map by language, else the first language."""
    words, tags = TEXTS[name], list(dict.fromkeys(languages))
    if not words.en.startswith("["):
        return _quoted(_in(words, tags[0]))
    if len(tags) == 1:
        return _in(words, tags[0])
    return "{" + ", ".join(f"{tag}: {_in(words, tag)}" for tag in tags) + "}"


def _in(words: PackText, tag: str) -> str:
    """Return the words of a language that the program has, else the English ones, to be translated."""
    language = tag.partition("-")[0]
    return next((getattr(words, one) for one in LANGUAGES if one == language), words.en)


def _quoted(text: str) -> str:
    """Quote a text for YAML, in which nothing is then an escape."""
    return "'" + text.replace("'", "''") + "'"

"""The keys of each command's JSON, described from their types."""

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from studytool.help.columns import described
from studytool.json_output import JSON_OUTPUTS
from studytool.language import Language, Phrase

_PLAIN = {
    str: Phrase("글", "text"),
    bool: Phrase("true | false", "true | false"),
    int: Phrase("정수", "whole number"),
    float: Phrase("수", "number"),
    Any: Phrase("수 또는 목록…", "number or list…"),
    "time": Phrase("시각", "time"),
    "date": Phrase("날짜", "date"),
}
_OBJECT = Phrase("객체", "object")
_LIST_OF = Phrase("{element}의 목록", "list of {element}")
_NAMES_TO = Phrase("{{이름: {element}}}", "{{name: {element}}}")
_LIKE = Phrase("({name}처럼)", "(like {name})")
_SOMETIMES = Phrase("{kind} (없을 수 있음)", "{kind} (may be missing)")
_COLUMN = 26


def json_lines(language: Language, *, width: int) -> Iterator[str]:
    """Describe what each command prints with ``--json``: its keys, indented where they are nested."""
    for number, (command, kind) in enumerate(JSON_OUTPUTS.items()):
        if number:
            yield ""
        yield command
        for depth, name, meaning in _members(kind, language, {}):
            indent = 2 * depth
            row = (name, meaning)
            yield from described([row], width=width, column=_COLUMN - indent, indent=indent)


def _members(
    kind: Any, language: Language, described_at: dict[Any, str], depth: int = 1
) -> Iterator[tuple[int, str, str]]:
    """Yield depth, name and meaning of each key; an object met before is said to be like it."""
    for name, inner in get_type_hints(kind, include_extras=True).items():
        nested = _object_in(inner)
        meaning = _named(inner, language)
        if nested in described_at:
            meaning += f" {_LIKE.text(language, name=described_at[nested])}"
            nested = None
        yield depth, name, meaning
        if nested is not None:
            described_at[nested] = name
            yield from _members(nested, language, described_at, depth + 1)


def _object_in(kind: Any) -> Any:
    """Return the object type within ``kind``, None where there is none."""
    if is_typeddict(kind):
        return kind
    return next((found for part in get_args(kind) if (found := _object_in(part))), None)


def _named(kind: Any, language: Language) -> str:
    """Name a type as a reader of JSON would."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        return _OBJECT.text(language)
    if origin is Annotated:
        note = parts[1]
        return " | ".join(note) if isinstance(note, tuple) else _PLAIN[note].text(language)
    if origin is NotRequired:
        return _SOMETIMES.text(language, kind=_named(parts[0], language))
    if origin in {UnionType, Union}:
        known = [_named(part, language) for part in parts if part is not NoneType]
        return " | ".join([*known, *(["null"] if NoneType in parts else [])])
    if origin is None:
        return _PLAIN[kind].text(language)
    element = _named(parts[-1], language)
    return (_NAMES_TO if origin in {dict, Mapping} else _LIST_OF).text(language, element=element)

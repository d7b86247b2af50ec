"""What a value lacks that is not as the schema wants it, in a sentence, and how to mend it."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from studytool.language import Message
from studytool.packs.plain_numbers import list_remedy, number_remedy, split_decimals
from studytool.packs.telling import UnfitError, told

_Told = tuple[Message, Message | None]
"""A sentence, and its remedy."""
_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters and digits, joined by single hyphens",
    "^[A-Za-z_][A-Za-z0-9_]*$": "a name: letters, digits and _, not beginning with a digit",
    "^(slip:)?[a-z0-9]+(-[a-z0-9]+)*$": "the id of a misconception, or a slip such as slip:sign",
    "^([a-z0-9]+(-[a-z0-9]+)*/)?[A-Za-z_][A-Za-z0-9_]*$": "the name of an experiment, such as "
    "'relu_layer' or 'my-pack/pendulum'",
    "^[A-Za-z0-9_-]+$": "a name: letters, digits, _ and -",
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language such as ko, en or pt-BR",
    r"^\d+\.\d+\.\d+$": "a version like 1.0.0",
    r"^https?://[^\s]+$": "a link that begins with http:// or https://",
    "^[1-9][0-9]?sf$|^[0-9][0-9]?dp$": "significant figures like 3sf or decimal places like 2dp",
    r"^notes(\.[A-Za-z0-9-]+)*\.md$": "a file beside pack.yaml, named like notes.ko.md",
}
_LIKE_LATIN = ("CYRILLIC ", "GREEK ", "FULLWIDTH ", "ARMENIAN ")
_TYPES = {
    "string_type": ("a text is wanted", "put it in quotes"),
    "bool_type": ("true or false is wanted", "write true or false, without quotes"),
    "list_type": ("a list is wanted", "begin each entry with '- ', or write [a, b]"),
    "tuple_type": ("a list is wanted", "write [low, high]"),
    "dict_type": ("a mapping is wanted", "write 'key: value'"),
    "model_type": ("a mapping is wanted", "write 'key: value'"),
    "model_attributes_type": ("a mapping is wanted", "begin with '- id: ...'"),
}
_FORMS = {
    "tolerance": "{rel: 1%}",
    "precision": "{sf: 3, credit: 0.5}",
    "answer": "{formula: ...}",
    "source": "{ref: ..., at: ...}",
    "notes": "{lines: [...], quote: ...}",
    "params": "{name: {integers: [2, 9]}}",
    "let": "{name: formula}",
    "measure": "{name: {experiment: ..., quantity: ...}}",
    "estimate": "{of: ..., axis: {log: [0.001, 1]}, within: {factor: 3}}",
    "axis": "{log: [0.001, 1]}",
    "within": "{factor: 3}",
    "blanks": "{name: {accept: [...]}}",
    "check": "{sample: ..., statistic: mean}",
    "by": "{sample: ..., statistic: mean}",
    "controls": "[{id: ..., expect: ...}]",
    "misconceptions": "[{id: ..., formula: ..., say: ...}]",
    "options": "[{id: ..., text: ...}, ...]",
    "outcomes": "[{id: ..., text: ..., when: ...}, ...]",
    "things": "[{id: ..., text: ..., value: ...}, ...]",
    "checks": "[{expect: ..., by: {sample: ...}, controls: [...]}]",
    "concepts": "[{id: ..., title: ...}]",
    "languages": "[ko, en]",
}
"""By a key, the form of its value."""
_FORMS_OF_EXPERIMENTS = {
    "measure": "{name: {name: ..., value: ...}}",
    "state": "{name: formula}",
    "float": "[0, 1]",
}
_BOUNDS = {
    "greater_than": ("gt", "write a number above {limit}"),
    "greater_than_equal": ("ge", "write a number at least {limit}"),
    "less_than": ("lt", "write a number below {limit}"),
    "less_than_equal": ("le", "write a number at most {limit}"),
}
_SHARE = re.compile(r"0?\.[0-4][0-9]*|[1-4]?[0-9](?:\.[0-9]+)? ?%")
_SHARES = ("rel", "rtol")


def form_of(key: str, *, of_experiment: bool = False) -> str:
    """Return how a key is written with its value, in an item or claim or in an experiment.

    >>> form_of("controls"), form_of("say"), form_of("measure", of_experiment=True)
    ('controls: [{id: ..., expect: ...}]', 'say: ...', 'measure: {name: {name: ..., value: ...}}')
    """
    forms = {**_FORMS, **_FORMS_OF_EXPERIMENTS} if of_experiment else _FORMS
    return f"{key}: {forms.get(key, '...')}"


def sentence(error: ErrorDetails) -> _Told:
    """Return what an error of the schema says, and its remedy."""
    kind, given = error["type"], error["input"]
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    if key == "version" and kind in ("string_type", "string_pattern_mismatch"):
        return told("{given} is no version", given=given), _version_remedy(str(given))
    if kind in ("float_type", "int_type", "finite_number"):
        what = (
            told("a whole number is wanted") if kind == "int_type" else told("a number is wanted")
        )
        return what, number_remedy(given, whole=kind == "int_type")
    if kind in _TYPES:
        wanted, usual = _TYPES[kind]
        return told(wanted), _as_wanted(kind, key, given) or told(usual)
    if kind == "one_of_keys":
        keys = error["ctx"]["keys"]
        return told("needs one of the keys {keys}", keys=keys), _one_of_keys(key, given, keys)
    return _constraint(error, key) or _own_words(error)


def _one_of_keys(key: str, given: object, keys: str) -> Message:
    """Return how a mapping is written that has none of the keys of which it needs one."""
    numbers = given if isinstance(given, list) else [given]
    if keys.startswith("choice") and all(type(one) in (int, float) for one in numbers):
        return told("write {{choice: [{listed}]}}", listed=", ".join(map(str, numbers)))
    return told("write '{form}'", form=form_of(key)) if key in _FORMS else told("write one of them")


def _constraint(error: ErrorDetails, key: str) -> _Told | None:
    """Return what is said of a bound or pattern that a value breaks; None of anything else."""
    kind, given = error["type"], error["input"]
    context: Mapping[str, Any] = error.get("ctx") or {}
    if kind == "string_pattern_mismatch":
        return _pattern(context["pattern"], str(given))
    if kind in _BOUNDS:
        name, bound = _BOUNDS[kind]
        limit = context[name]
        share = f"{limit * 100:g}%" if key in _SHARES and limit else f"{limit:g}"
        why = told("{given} is out of bounds", given=short(str(given)))
        return why, told(bound, limit=share)
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        return _length(kind, context, given)
    return None


def _own_words(error: ErrorDetails) -> _Told:
    """Return what a model says of itself; of an error that only pydantic knows, its own words."""
    raised = (error.get("ctx") or {}).get("error")
    if isinstance(raised, UnfitError):
        return raised.says, raised.remedy
    return told("the value is not as it should be: {problem}", problem=error["msg"]), None


def _as_wanted(kind: str, key: str, given: object) -> Message | None:
    """Return how a value of another kind than is wanted is written."""
    is_plain = isinstance(given, str | int | float) and not isinstance(given, bool)
    if key == "show" and isinstance(given, int):
        return told("write {given}sf or {given}dp", given=given)
    if kind in ("list_type", "tuple_type") and (found := list_remedy(str(given))):
        return found
    if kind in ("list_type", "tuple_type") and is_plain and "," not in str(given):
        return told("write [{given}]", given=short(str(given))) if given != "" else None
    if kind == "list_type" and isinstance(given, dict):
        return told("begin each entry with '- '")
    if kind.startswith(("dict", "model")) and key in _FORMS:
        is_share = key == "tolerance" and is_plain and _SHARE.fullmatch(str(given))
        form = f"tolerance: {{rel: {given}}}" if is_share else form_of(key)
        return told("write '{form}'", form=form)
    return None


def _pattern(pattern: str, given: str) -> _Told:
    wanted = told(_PATTERNS[pattern])
    why = told("'{given}' is not {wanted}", given=short(given), wanted=wanted)
    return why, _look_alike(given) or _as_patterned(pattern, given)


def _look_alike(given: str) -> Message | None:
    """Name the first sign of another script that looks like a Latin letter."""
    for sign in given:
        name = unicodedata.name(sign, "")
        if name.startswith(_LIKE_LATIN):
            return told("type '{sign}' anew: it is {name}", sign=sign, name=name)
    return None


def _as_patterned(pattern: str, given: str) -> Message | None:
    help_ = None
    if pattern.startswith("^[a-z0-9]+(-"):
        help_ = _joined(given.lower(), "-") or told("write it as in 'small-weights-2'")
    elif pattern.startswith("^[A-Za-z]{2,3}"):
        help_ = told("write a tag such as ko, en or pt-BR")
    elif pattern.startswith("^[A-Za-z_]"):
        help_ = _joined(given, "_")
    elif pattern.startswith("^notes"):
        help_ = told("put the file beside pack.yaml and write 'notes: notes.md'")
    elif "sf$" in pattern:
        found = re.search(r"\d+", given)
        help_ = told("write {digits}sf or {digits}dp", digits=found[0] if found else 3)
    return help_


def _joined(given: str, sign: str) -> Message | None:
    """Say how a name is written that has other signs than are wanted."""
    parts = re.findall(r"[A-Za-z0-9]+", given)
    name = sign.join(parts)
    return (
        told("write {name}", name=name)
        if given.isascii() and name and not name[0].isdigit()
        else None
    )


def _length(kind: str, context: Mapping[str, Any], given: object) -> _Told:
    if kind == "string_too_short":
        return told("nothing is written here"), told("write it, or take the key out")
    if kind == "string_too_long" or (kind == "too_long" and isinstance(given, str)):
        return told("a text of more than {most:,} characters", most=context["max_length"]), told(
            "shorten it"
        )
    found = len(given) if isinstance(given, list | dict | tuple | str) else 0
    entries = told("1 entry") if found == 1 else told("{n} entries", n=found)
    if kind == "too_long":
        most = context["max_length"]
        help_ = split_decimals(given) if isinstance(given, list) and most == 2 else None
        return told(
            "{entries}, where at most {most} may stand", entries=entries, most=most
        ), help_ or told("take {number} out", number=found - most)
    least = context["min_length"]
    wanted = "{entries}, where at least {least} are wanted"
    if least == 1:
        wanted = "{entries}, where at least {least} is wanted"
    return told(wanted, entries=entries, least=least), told(
        "add {number} more", number=least - found
    )


def _version_remedy(given: str) -> Message:
    """Return how a version is written that is given as this.

    >>> [_version_remedy(given).text("en") for given in ("1.0", "v2", "first")]
    ["write '1.0.0'", "write '2.0.0'", "write three numbers: '1.0.0'"]
    """
    numbers = re.findall(r"[0-9]+", given)[:3]
    if not numbers:
        return told("write three numbers: '1.0.0'")
    return told("write '{version}'", version=".".join([*numbers, *["0"] * (3 - len(numbers))]))


def short(text: str) -> str:
    """Cut a text that is quoted in a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"

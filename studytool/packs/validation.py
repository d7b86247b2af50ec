"""From a document's plain values to the models; every pydantic error becomes a diagnostic."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic, Edit
from studytool.packs.document import Document, Path
from studytool.packs.edits import renamed_key, rewritten_entry
from studytool.packs.experiments import PackExperiment
from studytool.packs.format_0 import RENAMED, became, became_of, missed_key, tolerance_entry
from studytool.packs.located import did_you_mean, nearest
from studytool.packs.methods import OWN_EXPERIMENTS
from studytool.packs.model import Model, written_fields
from studytool.packs.schema_errors import alternative_to, meant_alternative, own_errors
from studytool.packs.schema_words import form_of, sentence, short
from studytool.packs.telling import told
from studytool.packs.text import PACK_LANGUAGES
from studytool.packs.torn_texts import torn_text


def every_model(model: type[Model]) -> Iterator[type[Model]]:
    """Return the models made from one, and those made from them."""
    for one in model.__subclasses__():
        yield one
        yield from every_model(one)


_KEYS_OF = {
    model.__name__: {field.alias or key for key, field in written_fields(model).items()}
    for model in every_model(Model)
}
_EVERY_KEY = frozenset().union(*_KEYS_OF.values())
_HELD_BY = {
    "answer": "AnswerKey",
    "tolerance": "StatedTolerance",
    "precision": "StatedPrecision",
    "estimate": "EstimateKey",
    "source": "Citation",
    "options": "Option",
    "outcomes": "PredictionOutcome",
    "things": "Thing",
    "misconceptions": "Misconception",
    "tests": "ItemTest",
    "concepts": "Concept",
    "sources": "Source",
    "glossary": "GlossaryEntry",
}
"""By a key, the one model that its value, or each entry of it, is."""


MOST_OF_AN_ENTRY = 100
"""Errors of one entry that are told: of more, those that are left come up in the next run."""


def validate(
    adapter: TypeAdapter[Any],
    document: Document,
    path: Path,
    *,
    languages: Sequence[str] = (),
    experiments: Mapping[str, PackExperiment] = MappingProxyType({}),
) -> tuple[Any, list[Diagnostic]]:
    """Make the value at ``path`` a model, or say with its place everything that it lacks.

    What the reading already refused is not reported again. ``languages`` and ``experiments`` are
    the pack's.
    """
    try:
        context = {PACK_LANGUAGES: languages, OWN_EXPERIMENTS: experiments}
        return adapter.validate_python(document.at(path), context=context), []
    except ValidationError as invalid:
        errors, meant = own_errors(invalid.errors(include_url=False))
        found = (
            _diagnostic(document, path, error, meant.get(error["loc"]))
            for error in errors[:MOST_OF_AN_ENTRY]
        )
        return None, list({(one.code, one.place): one for one in found if one is not None}.values())


def _diagnostic(
    document: Document, path: Path, error: ErrorDetails, meant: str | None
) -> Diagnostic | None:
    inside, missed = _resolve(document.at(path), error["loc"])
    where = (*path, *inside)
    if document.is_refused(where):
        return None
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(document, where, meant)
        case "missing" | "union_tag_not_found" | "one_of_keys":
            return _missing(document, where, missed, error)
        case "union_tag_invalid" | "literal_error" | "enum":
            return _unknown_word(document, (*where, *_discriminator(error)), error)
        case _:
            torn = torn_text(document, where) or torn_text(document, where[:-1])
            return torn or _other(document, where, error)


def _unknown_key(document: Document, where: Path, meant: str | None) -> Diagnostic | None:
    key = str(where[-1])
    beside = document.at(where[:-1])
    known = _keys_beside(beside, where[:-1])
    first, _, rest = key.partition(" ")
    if rest and first in known and beside[key] is None:
        why = told("a colon is missing after '{key}'", key=first)
        return Diagnostic(
            "E201",
            document.key_place(where),
            why,
            told("write '{key}: {rest}'", key=first, rest=short(rest)),
        )
    if torn := torn_text(document, where[:-1]):
        return torn  # the key is a part of the text, and is reported once
    help_ = told("did you mean '{near}'?", near=meant) if meant else became(key, beside)
    if not help_ and (other := alternative_to(key, beside)) is not None and key in _EVERY_KEY:
        help_ = told("write '{other}' or '{key}', not both", other=other, key=key)
    help_ = (
        help_
        or did_you_mean(key, known)
        or told("keys here: {names}", names=", ".join(sorted(known)))
    )
    why, edit = told("unknown key '{key}'", key=short(key)), _mended_key(document, where, meant)
    return Diagnostic("E201", document.key_place(where), why, help_, edit=edit)


def _mended_key(document: Document, where: Path, meant: str | None) -> Edit | None:
    """Return what calls an unknown key by its name, where one alone can be meant."""
    key, beside = str(where[-1]), document.at(where[:-1])
    old = [one for one in beside if tolerance_entry(one, {}) is not None]
    if old == [key]:
        return rewritten_entry(document, where, str(tolerance_entry(key, beside)))
    is_another = key in _EVERY_KEY and alternative_to(key, beside) is not None
    near = meant or RENAMED.get(key) or nearest(key, _keys_beside(beside, where[:-1]))
    if old or is_another or near is None or near in beside:
        return None
    return renamed_key(document, where, near)


def _keys_beside(mapping: Mapping[str, Any], where: Path) -> set[str]:
    """Return the keys of the model that a mapping was most likely meant to be."""
    kind = str(mapping.get("kind", "")).capitalize()
    if where[-2:-1] == ("measure",):
        kind = "SampleCheck" if "sample" in mapping else "Measurement"
    held_by = next((step for step in reversed(where) if isinstance(step, str)), "")
    for name in (kind, _HELD_BY.get(held_by, "")):
        if name in _KEYS_OF:
            return _KEYS_OF[name]
    given = set(mapping)
    return max(_KEYS_OF.values(), key=lambda keys: (len(keys & given), -len(keys)))


def _missing(
    document: Document, where: Path, missed: tuple[int | str, ...], error: ErrorDetails
) -> Diagnostic:
    """Report a key or value that is not there, or one of several that is not."""
    beside = document.at(where)
    mapping = beside if isinstance(beside, dict) else {}
    help_: Message | None
    if error["type"] != "missing":
        is_kind = error["type"] == "union_tag_not_found"
        wanted = ["kind"] if is_kind else str(error["ctx"]["keys"]).split(", ")
        if found := meant_alternative(wanted, mapping, _EVERY_KEY):
            place = document.key_place((*where, found[0]))
            help_ = told("did you mean '{near}'?", near=found[1])
            edit = renamed_key(document, (*where, found[0]), found[1])
            why = told("unknown key '{key}'", key=short(found[0]))
            return Diagnostic("E201", place, why, help_, edit=edit)
        if error["type"] == "one_of_keys":
            return _other(document, where, error, became_of(mapping))
    step = missed[-1] if missed else "kind"
    help_ = told("kind: card, cloze, choice, order, numeric or prediction")
    of_experiment = document.name.startswith("experiments/")
    if missed:
        help_ = missed_key(str(step), mapping) if mapping else None
        help_ = help_ or (
            told("add '{form}'", form=form_of(step, of_experiment=of_experiment))
            if isinstance(step, str)
            else None
        )
    what = (
        told("'{step}'", step=step)
        if isinstance(step, str)
        else told("value {number}", number=step + 1)
    )
    return Diagnostic("E202", document.place(where), told("{what} is missing", what=what), help_)


def _discriminator(error: ErrorDetails) -> tuple[str, ...]:
    name = (error.get("ctx") or {}).get("discriminator")
    return () if name is None else (str(name).strip("'"),)


def _unknown_word(document: Document, where: Path, error: ErrorDetails) -> Diagnostic:
    context: Mapping[str, Any] = error.get("ctx") or {}
    allowed = str(context.get("expected_tags", context.get("expected", "")))
    expected = re.findall(r"'([^']*)'", allowed) or [allowed]
    given = str(context.get("tag", error["input"]))
    name = next((str(step) for step in reversed(where) if isinstance(step, str)), "value")
    if given in expected:
        help_ = told("write {given}, without quotes", given=given)
    elif where in (("schema",), ("formulas",)):
        help_ = told(
            "write '{name}: 1', or update studytool for a pack of a later format", name=name
        )
    else:
        help_ = did_you_mean(given, expected) or told("one of {names}", names=", ".join(expected))
    return Diagnostic(
        "E203",
        document.place(where),
        told("unknown {name} '{given}'", name=name, given=short(given)),
        help_,
    )


def _other(
    document: Document, where: Path, error: ErrorDetails, remedy: Message | None = None
) -> Diagnostic:
    message, help_ = sentence(error)
    help_ = remedy or help_
    key = _key_named(message, document.at(where))
    if key is not None:
        return Diagnostic("E204", document.key_place((*where, key)), message, help_)
    name = next((step for step in reversed(where) if isinstance(step, str)), "")
    if name and not message.phrase.en.startswith(f"{name}: "):
        message = told("{key}: {message}", key=name, message=message)
    return Diagnostic("E204", document.place(where), message, help_)


def _key_named(message: Message, value: object) -> str | None:
    """Return the first key of a mapping that a sentence about the whole of it names."""
    keys = value if isinstance(value, dict) else {}
    return next((word for word in re.findall(r"[a-z_]+", message.text("en")) if word in keys), None)


def _resolve(
    value: Any, location: tuple[int | str, ...]
) -> tuple[tuple[int | str, ...], tuple[int | str, ...]]:
    """Split pydantic's location into the path through the values, and the steps not found there.

    The names of union members stand in the location too; some of them are keys as well, so both
    readings are tried. The one that finds the last step wins, then the longer one.
    """
    if not location:
        return (), ()
    step, rest = location[0], location[1:]
    path, missed = _resolve(value, rest)
    skipped = (path, (step, *missed))
    if not _has(value, step):
        return skipped
    path, missed = _resolve(value[step], rest)
    taken = ((step, *path), missed)
    return max((taken, skipped), key=lambda one: (one[0][-1:] == location[-1:], len(one[0])))


def _has(value: Any, step: int | str) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)

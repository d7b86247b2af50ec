"""The ground of every model of a pack: frozen, strict, and named by a digest of its content.

The models are the one definition of a pack: what an author may write. Nothing mirrors them; a
stage further on makes its own frozen value from them. What a single file cannot show (an unknown
concept, a formula that does not parse) is checked by :mod:`studytool.packs.references`.
"""

import hashlib
import json
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
)
from pydantic.fields import FieldInfo
from pydantic.main import IncEx


class Model(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def no_entries() -> list[Any]:
    """Return a new list; of ``list`` itself pydantic would parse the signature, 15 ms of a start."""
    return []


class FilledIn:
    """Marks a field that the reader puts in, and no author writes."""


def written_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields that an author may write."""
    return {
        name: field
        for name, field in model.model_fields.items()
        if not any(isinstance(one, FilledIn) for one in field.metadata)
    }


Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number; neither a text that looks like one nor true and false."""
Whole = Annotated[int, Field(strict=True)]
StrictBool = Annotated[bool, Field(strict=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=40)]


def _number_as_text(value: object) -> object:
    """Let an author write ``margin: 2`` where a formula is expected."""
    return repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


FormulaText = Annotated[
    str,
    BeforeValidator(_number_as_text),
    StringConstraints(min_length=1, max_length=2000),
]

MOST_LETS = 20
Lets = Annotated[dict[Identifier, FormulaText], Field(max_length=MOST_LETS)]
"""Names for formulas, each usable in those that follow from it."""


def by_key(keys: tuple[str, ...]) -> Discriminator:
    """Tell a union's members apart by the one key that each has and the others have not."""

    def which(value: Any) -> str | None:  # pydantic hands over whatever was read
        names = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
        return next((key for key in keys if key in names or f"{key}_" in names), None)

    return Discriminator(
        which,
        custom_error_type="one_of_keys",
        custom_error_message="needs one of the keys {keys}",
        custom_error_context={"keys": ", ".join(keys)},
    )


def content_digest(model: BaseModel, left_out: IncEx) -> str:
    """Return 12 hex digits of what a model says, but for the keys that are left out.

    Neither white space nor a default written out changes them, nor the words of an experiment.
    """
    content = model.model_dump(mode="json", by_alias=True, exclude=left_out, exclude_defaults=True)
    body = json.dumps(_spaced_once(content), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()[:12]


def _spaced_once(value: Any) -> Any:  # whatever JSON holds
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_spaced_once(part) for part in value]
    if isinstance(value, dict):
        return {
            key: _spaced_once(_computed_part(part) if key == "own" else part)
            for key, part in value.items()
        }
    return value


def _computed_part(experiment: Any) -> Any:
    """Return what of a pack's experiment is computed, without its words."""
    if not isinstance(experiment, dict) or "measure" not in experiment:
        return experiment
    words = {"title", "description", "source"}
    kept = {key: part for key, part in experiment.items() if key not in words}
    for part, of_it in (("params", "doc"), ("measure", "name")):
        entries = kept.get(part, {})
        kept[part] = {
            name: {key: one for key, one in entry.items() if key != of_it}
            for name, entry in entries.items()
        }
    return kept

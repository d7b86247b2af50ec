"""The JSON Schemas of a pack's files, made from the models, for editors."""

import json
from typing import Any, Final

from pydantic import TypeAdapter

from studytool.packs.claims import Claim
from studytool.packs.experiments import PackExperiment
from studytool.packs.items import Item
from studytool.packs.manifest import Manifest

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors know best; what pydantic writes of the models is the same in it."""

SCHEMAS: Final[dict[str, Any]] = {
    "pack": Manifest,
    "items": list[Item],
    "claims": list[Claim],
    "experiments": list[PackExperiment],
}
"""By the name of its file, the model of what it describes."""


def schema_text(name: str) -> str:
    """Return one schema as the text of a file."""
    schema = TypeAdapter(SCHEMAS[name]).json_schema()
    definitions = schema.get("$defs", {})
    for part in (schema, definitions):
        _let_numbers_be_formulas(part)
    if "Text" in definitions:
        definitions["Text"] = _either_text(definitions["Text"])
    whole = {"$schema": DRAFT, **schema, "$defs": definitions}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _either_text(map_by_language: dict[str, Any]) -> dict[str, Any]:
    """Allow one string in the place of a map from language to string."""
    return {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ],
        "description": map_by_language["description"].partition("\n")[0],
    }


def _let_numbers_be_formulas(part: Any) -> None:
    """Allow a number wherever a formula is wanted: ``margin: 2``."""
    if isinstance(part, list):
        for one in part:
            _let_numbers_be_formulas(one)
    elif isinstance(part, dict):
        if part.get("type") == "string" and part.get("maxLength") == FORMULA_LENGTH:
            part["type"] = ["string", "number"]
        for one in part.values():
            _let_numbers_be_formulas(one)


FORMULA_LENGTH = 2000

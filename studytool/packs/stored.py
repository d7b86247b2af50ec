"""Models of packs read back from the JSON that the library keeps of them."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from studytool.packs.claims import Claim
from studytool.packs.experiments import PackExperiment
from studytool.packs.items import Item
from studytool.packs.manifest import Manifest


def read_model(name: str, text: str) -> Any:
    """Read a model from JSON.

    Args:
        name: ``Item``, ``Claim``, ``PackExperiment`` or ``Manifest``.
        text: as the model writes itself.

    Raises:
        ValueError: the text is no such model.
    """
    return _adapter(name).validate_json(text)


_STORED: dict[str, Any] = {
    "Item": Item,
    "Claim": Claim,
    "PackExperiment": PackExperiment,
    "Manifest": Manifest,
}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """Make the validator of a type at its first use: it takes milliseconds."""
    return TypeAdapter(_STORED[name])

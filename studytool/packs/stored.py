"""Models of packs read back from the JSON that the library keeps of them."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from studytool.packs import models


def read_model(name: str, text: str) -> Any:
    """Read a model from JSON.

    Args:
        name: of a type in :mod:`studytool.packs.models`.
        text: as the model writes itself.

    Raises:
        ValueError: the text is no such model.
    """
    return _adapter(name).validate_json(text)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """Make the validator of a type at its first use: it takes milliseconds."""
    return TypeAdapter(getattr(models, name))

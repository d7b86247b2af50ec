"""The column ``parameters``: the numbers drawn for a variant.

``[code,512,256]``: the values, behind the code of the word ``["fan_in","fan_out"]``, which many
reviews share. The first versions wrote ``{"fan_in":512,"fan_out":256}`` in each row.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite

from studytool.review_log.names import Coder

NAMES_CODE = "CAST(substr(e.parameters, 2) AS INTEGER)"
"""The SQL value on ``events e``: the code of the parameters' names; 0 where the row has them."""

ARE_PARAMETERS = f"""
CASE WHEN e.parameters IS NULL THEN 1 WHEN NOT json_valid(e.parameters) THEN 0
WHEN substr(e.parameters, 1, 1) = '{{' THEN 1
ELSE coalesce(json_array_length(e.parameters) - 1 = (SELECT
    CASE WHEN json_valid(name) THEN json_array_length(name) END
    FROM names WHERE code = {NAMES_CODE}), 0) END
"""
"""The SQL condition on ``events e``: the column can be read."""

_encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def write_parameters(coder: Coder, parameters: Mapping[str, float]) -> str | None:
    """Write the numbers of one variant; None where none were drawn."""
    if not parameters:
        return None
    code = coder.code(_written_names(tuple(parameters)))
    return f"[{code},{','.join(map(_written_number, parameters.values()))}]"


def word_parameters(parameters: Mapping[str, float]) -> str | None:
    r"""Write the numbers of one variant as :func:`read_parameters` reads them: behind their names.

    >>> word_parameters({"fan_in": 512, "rate": 0.5})
    '["fan_in","rate"]\n[0,512,0.5]'
    """
    if not parameters:
        return None
    return f"{_written_names(tuple(parameters))}\n{_encode([0, *parameters.values()])}"


def names_code(written: str | None) -> int | None:
    """Return the code before a row's numbers; None where there is none."""
    digits = (written or "").partition(",")[0].removeprefix("[")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def with_names(written: str | None, names: str | None) -> str | None:
    """Put the names before a row's numbers, as :func:`read_parameters` reads them."""
    return written if written is None or names is None else f"{names}\n{written}"


def code_parameters(coder: Coder, written: str | None) -> str | None:
    """Put the code that the names have in this file in the place of what stands before the numbers."""
    if written is None:
        return None
    names, _, values = written.rpartition("\n")
    return f"[{coder.code(names)},{values.partition(',')[2]}" if names else written


def read_parameters(written: str | None) -> dict[str, float]:
    r"""Read what :func:`write_parameters` wrote, behind the word of its code and a line break.

    >>> read_parameters('["fan_in","rate"]\n[108,512,0.5]')
    {'fan_in': 512, 'rate': 0.5}
    >>> read_parameters('{"fan_in":512}')
    {'fan_in': 512}
    """
    names, _, values = (written or "{}").rpartition("\n")
    found = json.loads(values)
    if isinstance(found, dict):
        return found
    return dict(zip(_read_names(names or "[]"), found[1:], strict=True))


def recode_parameters(
    written: str | float | bytes | None, names: Mapping[int, str], coder: Coder
) -> str | float | bytes | None:
    """Put before a row's numbers the code that their ``names`` in another file have here.

    Raises:
        ValueError, TypeError, LookupError: :func:`write_parameters` did not write this, or the
            names are lost.
    """
    if not isinstance(written, str) or not written.startswith("["):
        return written
    code, *values = json.loads(written)
    return _encode([coder.code(names[code]), *values])


def _written_number(value: float) -> str:
    """Write one number as JSON; the encoder of lists takes several times as long.

    >>> _written_number(512), _written_number(0.5)
    ('512', '0.5')
    """
    is_plain = type(value) is int or (type(value) is float and isfinite(value))
    return repr(value) if is_plain else _encode(value)


@lru_cache(maxsize=1024)
def _written_names(names: tuple[str, ...]) -> str:
    return _encode(names)


@lru_cache(maxsize=1024)
def _read_names(names: str) -> tuple[str, ...]:
    return tuple(json.loads(names))

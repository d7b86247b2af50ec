"""The records of oracles: numbers that a library which is not ours gave for a key or claim."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class OracleRecord:
    """One number that another library gave, under one condition.

    Attributes:
        condition: the parameters of the item, or the names of the claim's check.
        standard_error: of a number that was drawn; 0 of one that was computed.
        by: what gave it, as ``torch.nn.init.xavier_uniform_``.
        library, version: whose that is.
        replicates: how often it was drawn.
        check: of a claim: which of its checks, from 0.
    """

    condition: Mapping[str, float]
    value: float
    standard_error: float
    by: str
    library: str
    version: str
    replicates: int = 1
    check: int = 0

    __pydantic_config__: ClassVar = {"allow_inf_nan": False, "extra": "forbid"}


def oracle_name(record: OracleRecord) -> str:
    """Name what gave a number, as a measurement of it is called.

    >>> oracle_name(OracleRecord({}, 1.0, 0.0, "scipy.stats.binom", "scipy", "1.17.1"))
    'scipy.stats.binom (scipy 1.17.1)'
    """
    return f"{record.by} ({record.library} {record.version})"


def library_in(name: str) -> str:
    """Return the library and version in a name that :func:`oracle_name` made.

    >>> library_in("scipy.stats.binom (scipy 1.17.1)")
    'scipy 1.17.1'
    """
    return name.rpartition("(")[2].removesuffix(")")


OraclesByKey = Mapping[str, tuple[OracleRecord, ...]]
"""The records by what they are of: ``claims/ID`` or ``keys/ID``, since one id may name both."""


def read_oracles(rows: object, unreadable: list[str]) -> OraclesByKey:
    """Read the part of a stranger's file; an id whose records are none goes to ``unreadable``."""
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        try:
            found[name] = _validator().validate_python(row)
        except ValueError:
            unreadable.append(name)
    return found


def oracle_rows(records: tuple[OracleRecord, ...]) -> list[dict[str, Any]]:
    """Return the records of one id as JSON has them; what is as usual is left out."""
    usual = {"replicates": 1, "check": 0}
    rows = map(asdict, records)
    return [
        {key: value for key, value in row.items() if (key, value) not in usual.items()}
        for row in rows
    ]


@cache
def _validator() -> "TypeAdapter[tuple[OracleRecord, ...]]":
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[OracleRecord, ...])

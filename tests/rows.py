"""Tables of which all rows are tried in one test: a test of its own takes longer than a short row."""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence

from _pytest.mark import ParameterSet

MOST_FAULTS = 8
"""Rows that fail before the others are left untried: enough to see what they share."""

Ids = Callable[..., object] | Sequence[str] | None


def all_rows(
    names: str | tuple[str, ...], rows: Iterable[object], *, ids: Ids = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Try every row in one test, which names each row that fails.

    For tests that take no fixture which a row changes: what one leaves, the next would find. Arguments are
    those of ``pytest.mark.parametrize``; one table may stand above another.

    Args:
        names: of the test's arguments that a row gives.
        rows: their values, a tuple where there are several names.
        ids: what a row is called: a function of one value, or a name for each row.
    """
    wanted = tuple(part.strip() for part in names.split(",")) if isinstance(names, str) else names
    table = [_values(row, len(wanted)) for row in rows]
    assert table, "a table without rows tries nothing"
    called = list(_called(table, ids))
    assert len(called) == len(table)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def in_one_test(**others: object) -> None:
            faults: list[Exception] = []
            for name, row in zip(called, table, strict=True):
                try:
                    test(**dict(zip(wanted, row, strict=True)), **others)
                except Exception as fault:  # noqa: BLE001 # each is raised below
                    fault.add_note(f"in the row {name}")
                    faults.append(fault)
                if len(faults) == MOST_FAULTS:
                    break
            if faults:
                failed = "; ".join(fault.__notes__[-1] for fault in faults)
                raise ExceptionGroup(f"of {len(table)} rows fail: {failed}", faults)

        left = inspect.signature(test)
        kept = [one for one in left.parameters.values() if one.name not in wanted]
        assert len(kept) + len(wanted) == len(left.parameters), "no argument has the name"
        vars(in_one_test)["__signature__"] = left.replace(parameters=kept)
        return in_one_test

    return decorate


def _values(row: object, length: int) -> tuple[object, ...]:
    if isinstance(row, ParameterSet):
        assert not row.marks, "a row within a test has no mark of its own"
        return tuple(row.values)
    if length == 1:
        return (row,)
    assert isinstance(row, Sequence)
    assert len(row) == length
    return tuple(row)


def _called(table: Sequence[tuple[object, ...]], ids: Ids) -> Iterator[str]:
    for number, row in enumerate(table):
        match ids:
            case None:
                yield ", ".join(map(repr, row))[:120]
            case Sequence():
                yield ids[number]
            case _:
                yield ", ".join(str(ids(value)) for value in row)

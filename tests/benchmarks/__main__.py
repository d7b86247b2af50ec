"""Run the benchmarks and print their table."""

import argparse
import dataclasses
import json
from collections.abc import Callable, Iterator

from tests.benchmarks import (
    answers,
    carrying,
    checking,
    crowded_screens,
    due,
    exchange,
    kernels,
    large_log,
    memory,
    reading,
    resident,
    screens,
    start,
    verification,
)
from tests.benchmarks.row import Row, Skipped

BENCHMARKS: dict[str, Callable[..., Iterator[Row | Skipped]]] = {
    "start": start.rows,
    "reading": reading.rows,
    "screens": screens.rows,
    "crowded-screens": crowded_screens.rows,
    "resident": resident.rows,
    "answers": answers.rows,
    "due": due.rows,
    "memory": memory.rows,
    "large-log": large_log.rows,
    "carrying": carrying.rows,
    "check": checking.rows,
    "exchange": exchange.rows,
    "verification": verification.rows,
    "kernels": kernels.rows,
}


def _line(row: Row | Skipped) -> str:
    if isinstance(row, Skipped):
        return f"{row.work:<44} {'':16}  {row.peer:<32} skipped: {row.why}"
    goal = "" if row.goal is None else f"goal {row.goal:g} {'met' if row.met else 'NOT MET'}"
    return (
        f"{row.work:<44} {row.ours:10.4g} {row.unit:<5}  "
        f"{row.peer:<32} {row.peer_value:10.4g}  ratio {row.ratio:8.3g}  {goal}"
    )


def _as_json(row: Row | Skipped) -> dict[str, object]:
    if isinstance(row, Skipped):
        return dataclasses.asdict(row)
    return {**dataclasses.asdict(row), "ratio": row.ratio, "met": row.met}


def main() -> None:
    """Run those that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--smoke", action="store_true", help="each once, at a small size")
    chosen = parser.parse_args()
    rows = []
    for name in chosen.names or BENCHMARKS:
        for row in BENCHMARKS[name](smoke=chosen.smoke):
            rows.append(row)
            if not chosen.json:
                print(_line(row), flush=True)  # noqa: T201 - this is a command
    if chosen.json:
        print(json.dumps([_as_json(row) for row in rows], indent=1))  # noqa: T201 - the same


if __name__ == "__main__":
    main()

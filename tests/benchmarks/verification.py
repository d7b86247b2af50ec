"""Verifying the bundled pack: keys and claims, those that train networks apart, against the limits.

A limit is no program, but what the design allows on 2 cores; it stands in the peer's column.
"""

import subprocess
import sys
from collections.abc import Iterator
from json import loads
from pathlib import Path

from studytool.bundled_pack import bundled_pack_folder
from studytool.numerics.registry import find_experiment
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.items import Item, Numeric
from studytool.packs.methods import Measurement
from studytool.packs.pack import Pack
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from tests.benchmarks.row import Row

_VERIFY = """
import resource, sys
from studytool.cli import main
try:
    main()
except SystemExit as end:
    print(end.code, file=sys.stderr)
kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(max(resource.getrusage(kind).ru_maxrss for kind in kinds), file=sys.stderr)
"""
GIB_IN_KIB = 1024**2


def _measurements(what: Claim | Item) -> Iterator[Measurement]:
    methods: list[object] = []
    match what:
        case Claim():
            for check in what.checks:
                both = [check.by] if isinstance(check, ValueCheck) else [check.greater, check.than]
                methods += both
        case Numeric():
            methods += [what.check, what.answer.measure]
        case Prediction():
            methods += what.measure.values()
        case _:
            return
    yield from (method for method in methods if isinstance(method, Measurement))


def _trains(what: Claim | Item) -> bool:
    return any(find_experiment(one.experiment).trains for one in _measurements(what))


def _arguments(pack: Pack, *, training: bool) -> list[str]:
    claims = [claim.id for claim in pack.claims if _trains(claim) is training]
    items = [
        item.id
        for item in pack.items
        if isinstance(item, Numeric | Prediction) and _trains(item) is training
    ]
    return [
        *(f"--claim={name}" for name in claims),
        *(f"--item={name}" for name in items),
    ]


def _verify(arguments: list[str]) -> tuple[float, float, float]:
    """Give the seconds in all, the longest of one task, and the largest process in GiB."""
    command = [sys.executable, "-c", _VERIFY, "verify", str(Path(bundled_pack_folder()))]
    run = subprocess.run(
        [*command, "--jobs=2", "--json", "--again", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    found = loads(run.stdout)
    longest = max(row["seconds"] for part in ("claims", "keys") for row in found[part])
    return found["summary"]["seconds"], longest, int(run.stderr.split()[-1]) / GIB_IN_KIB


def rows(*, smoke: bool) -> Iterator[Row]:
    """Verify everything, in two runs."""
    pack = load_pack(bundled_pack_folder())
    longest, largest = 0.0, 0.0
    for training, work, limit in (
        (False, "verify: keys and claims, no training", 60.0),
        (True, "verify: claims that train networks", 240.0),
    ):
        arguments = _arguments(pack, training=training)
        seconds, one, memory = _verify(arguments[: 3 if smoke else None])
        yield Row(work, seconds, "the limit, 2 cores", limit, goal=1.0)
        longest, largest = max(longest, one), max(largest, memory)
    yield Row("verify: the longest claim or key", longest, "the limit", 15.0, goal=1.0)
    yield Row("verify: the largest process", largest, "the limit", 1.0, goal=1.0, unit="GiB")

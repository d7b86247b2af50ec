"""Throw bytes and near-formulas at the language: ``python -m tests.formula.fuzz --inputs 1000000``.

Any outcome other than a finite value or a FormulaError is a bug, and ends the run with its input. So is
memory: arrays of large shapes that differ are combined by everything that takes several, and what the
process holds at most is watched. Small machines give ``--largest``, the size of a side.
"""

import argparse

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.draws import DRAWS
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import FUNCTIONS
from studytool.formula.kinds import Elementwise, Function
from studytool.formula.limits import MAX_ALIVE_BYTES
from studytool.formula.parse import parse
from studytool.numerics.streams import Rng, stream

PIECES = [
    *FUNCTIONS, *DRAWS, "x", "y", "reps", "pi", "(", ")", "[", "]", ",", "+", "-", "*", "/", "**", "//", "%",
    "<", "==", "and", "not", "if", "else", "1", "0", "2.5", "1e308", "1e-9", "axis=", "ddof=", " ",
    ".", "_", "'", "^", "é", "\\x00",
]  # fmt: skip


MOST_MORE_BYTES = MAX_ALIVE_BYTES * 5 // 4
"""Beyond the arrays that count, NumPy keeps buffers and the allocator its pages."""

NAMES = list(FUNCTIONS)
OPERATORS = ["+", "-", "*", "/", "**", "//", "%", "<", "==", " and "]
LEAVES = ["x", "y", "pi", "1", "0", "0.5", "3", "1e300", "reps"]


def make_input(rng: Rng) -> str:
    """Make an input: random bytes, pieces in random order, or an expression, at times damaged."""
    length, kind = int(rng.integers(1, 24)), rng.random()
    if kind < 0.2:
        return rng.bytes(length).decode("latin-1")
    if kind < 0.7:
        text = _expression(rng, 3)
        at = int(rng.integers(0, len(text)))
        return text if kind < 0.6 else text[:at] + PIECES[length] + text[at + 1 :]
    return "".join(PIECES[index] for index in rng.integers(0, len(PIECES), length))


def _expression(rng: Rng, depth: int) -> str:
    """Write an expression of the language, often one that cannot be computed."""
    kind = int(rng.integers(0, 7)) if depth else 0
    inner = [_expression(rng, depth - 1) for _ in range(3)] if kind else []
    if kind == 1:
        return f"({inner[0]}{_pick(rng, OPERATORS)}{inner[1]})"
    if kind == 2:
        return f"-{inner[0]}"
    if kind == 3:
        return f"{inner[0]} if {inner[1]} else {inner[2]}"
    if kind in (4, 5):
        name = _pick(rng, NAMES)
        function = FUNCTIONS[name]
        if isinstance(function, Elementwise) and function.longer and rng.random() < 0.5:
            function = function.longer
        return f"{name}({','.join((inner * 3)[: len(function.arguments)])})"
    if kind == 6:
        name = _pick(rng, list(DRAWS))
        given = (inner * 3)[: len(DRAWS[name].arguments)]
        return f"{name}({','.join([*given, '[reps,2]'])})"
    return _pick(rng, LEAVES)


def make_mismatched(rng: Rng, largest: int) -> str:
    """Make a formula of something that takes several operands, of large shapes that differ."""
    names = [name for name in (*NAMES, *DRAWS) if len(_function(name).arguments) > 1]
    sides = [f"normal(0,1,[{','.join(map(str, _shape(rng, largest)))}])" for _ in range(4)]
    if rng.random() < 0.4:
        return f"sum({sides[0]}{_pick(rng, OPERATORS)}{sides[1]})"
    name = _pick(rng, names)
    given = (sides * 2)[: len(_function(name).arguments)]
    if name in DRAWS:
        given.append(f"[{','.join(map(str, _shape(rng, largest)))}]")
    return f"{name}({','.join(given)})"


def _function(name: str) -> Function:
    return DRAWS[name] if name in DRAWS else FUNCTIONS[name]


def _shape(rng: Rng, largest: int) -> list[int]:
    """Draw a shape of 1 to 3 sides, each 1, small or up to ``largest``: some shapes fit, few alike."""
    sides = [1, 1, int(rng.integers(2, 9)), int(10 ** rng.uniform(1, np.log10(largest)))]
    return [sides[index] for index in rng.integers(0, len(sides), int(rng.integers(1, 4)))]


def peak_bytes() -> int:
    """Return the most memory that the process has held."""
    import resource  # POSIX only

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _pick(rng: Rng, words: list[str]) -> str:
    return words[int(rng.integers(0, len(words)))]


def try_input(text: str, rng: Rng) -> bool:
    """Parse and compute one input; tell whether it gave a value."""
    try:
        value = evaluate(
            parse(text, draws=True), {"x": 2.0, "y": np.array([1.0, -2.0])}, rng=rng, reps=3
        )
    except FormulaError as error:
        if not error.why:
            raise AssertionError(text) from error
        return False
    if not np.isfinite(value).all():
        raise AssertionError(text)
    return True


def main() -> None:
    """Run as many inputs as asked and say how many gave a value."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--largest", type=int, default=4_000_000)
    parser.add_argument("--mismatched", type=float, default=0.001, help="share of large shapes")
    asked = parser.parse_args()
    rng, before = stream("fuzz", asked.seed), peak_bytes()
    values = 0
    for _ in range(asked.inputs):
        is_large = rng.random() < asked.mismatched
        text = make_mismatched(rng, asked.largest) if is_large else make_input(rng)
        values += try_input(text, rng)
        if (more := peak_bytes() - before) > MOST_MORE_BYTES:
            raise AssertionError(f"{text}: {more:,} bytes")
    print(  # noqa: T201 - a command
        f"{asked.inputs:,} inputs: {values:,} values, the others refused; "
        f"{peak_bytes() - before:,} bytes more at most"
    )


if __name__ == "__main__":
    main()

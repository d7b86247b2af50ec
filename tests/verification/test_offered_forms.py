"""Closed forms that authors are offered: every part of the core that they run is counted as theirs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import pytest

from studytool.errors import StudytoolError
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import FUNCTIONS
from studytool.formula.kinds import Elementwise
from studytool.formula.parse import parse_once
from studytool.numerics.registry import EXPERIMENTS
from studytool.verification.core_mutants import CORE, CoreMutant
from studytool.verification.offered_forms import offered_lines

_NUMBERS = [(0.3, 0.4, 0.5, 0.6, 0.7, 0.8), (0.9, 3.0, 2.0, 1.0, 1.0, 1.0), (8.0,) * 6]
_PLUMBING = {"arrays", "experiment", "form_calls", "streams", "registry"}


@contextmanager
def _functions_run() -> Iterator[set[tuple[str, int]]]:
    """Note the module and the last line of each function of the core that is called."""
    found: set[tuple[str, int]] = set()

    def enter(frame: FrameType, _event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if path.parent == CORE and path.stem not in _PLUMBING:
            lines = (line for *_, line in frame.f_code.co_lines() if line is not None)
            found.add((path.stem, max(lines)))

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield found
    finally:
        sys.settrace(before)


def _not_counted(run: set[tuple[str, int]]) -> set[tuple[str, int]]:
    return {(module, line) for module, line in run if line not in offered_lines()[module]}


def test_what_a_formula_calls_is_offered() -> None:
    with _functions_run() as run:
        for name, function in FUNCTIONS.items():
            if isinstance(function, Elementwise):
                for numbers in _NUMBERS:
                    given = ",".join(map(str, numbers[: len(function.arguments)]))
                    with suppress(StudytoolError):  # outside its domain
                        evaluate(parse_once(f"{name}({given})"), {})
    assert len(run) > 40
    assert _not_counted(run) == set()


def test_the_closed_form_of_a_quantity_is_offered() -> None:
    bound = [(one, one.bind({})) for one in EXPERIMENTS.values()]
    with _functions_run() as run:
        for experiment, parameters in bound:
            for quantity in experiment.quantities:
                if quantity.closed_form is not None:
                    quantity.closed_form(parameters)
    assert len(run) > 20
    assert _not_counted(run) == set()


@pytest.mark.parametrize(
    ("module", "name", "is_offered"),
    [
        ("closed_forms", "he_variance", True),
        ("distributions", "_beta_fraction", True),  # of t_cdf
        ("activations", "value_and_slope", False),  # no formula calls it
        ("blocks", "confirmed", False),  # of the rule
    ],
)
def test_the_rest_is_not(module: str, name: str, *, is_offered: bool) -> None:
    lines = (CORE / f"{module}.py").read_text(encoding="utf-8").splitlines()
    (line,) = [place for place, text in enumerate(lines, 1) if text.startswith(f"def {name}(")]
    assert CoreMutant(module, 0, "", (line + 1, line + 1)).is_offered is is_offered

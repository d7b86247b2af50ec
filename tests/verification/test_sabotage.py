"""Sabotage: faults planted in the core, in claims and in keys, each noticed by a verdict alone.

No ``evidence.lock`` and no record of an oracle is read. What is altered is chosen by its place,
not by what came of it: every closed form, the first axis of each module that has one, and keys,
claims and orders at equal steps through what trains no networks.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.errors import StudytoolError
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse
from studytool.numerics.closed_forms import CLOSED_FORMS
from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.claims import Claim, OrderCheck, ValueCheck
from studytool.packs.evidence import Verdict
from studytool.packs.items import Numeric
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.verification.core_mutants import CoreMutant, applied, source_mutants
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.training_tasks import training_tasks
from tests.verification.altered_core import alter

WANTED_SHARE = 0.95
SEED = 4711
FACTOR = 1.1
MOST_TASKS = 30
"""Claims and keys that are tried on one fault of the core, until one no longer holds."""
Tried = Claim | Numeric


@dataclass(frozen=True)
class Sabotage:
    """A fault, how it is planted, and the claims and keys that may notice."""

    kind: str
    name: str
    planted: Callable[[], AbstractContextManager[object]]
    tried: Callable[[], Iterable[Tried]]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    def is_noticed(self) -> bool:
        """Tell whether a claim or key no longer holds."""
        with self.planted():
            return any(not _holds(one) for one in islice(self.tried(), MOST_TASKS))


def _holds(one: Tried) -> bool:
    """Tell whether it holds; whatever an altered core raises, its user would see."""
    try:
        return run_task(VerificationTask(_pack().id, one, SEED)).verdict is Verdict.HOLDS
    except Exception:  # noqa: BLE001 - arrays of other shapes, a root below 0
        return False


@cache
def _pack() -> Pack:
    return load_pack(bundled_pack_folder())


@cache
def _tried() -> list[tuple[Tried, str]]:
    """Return what is tried, with all that it says: first what trains no networks."""
    every: list[Tried] = [claim for claim in _pack().claims if claim.checks]
    every += [item for item in _pack().items if isinstance(item, Numeric)]
    every.sort(key=lambda one: one.id in _trained())
    return [(one, one.model_dump_json()) for one in every]


@cache
def _trained() -> set[str]:
    return {name for _, name in training_tasks(_pack())}


def _untrained() -> Iterator[Tried]:
    return (one for one, _ in _tried() if one.id not in _trained())


def _naming(*words: str) -> Iterator[Tried]:
    return (one for one, text in _tried() if any(word in text for word in words))


# --- the core -------------------------------------------------------------------------------------


@contextmanager
def _other_form(name: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        alter(patch, name, FACTOR)
        yield


def _of_forms() -> Iterator[Sabotage]:
    for name in CLOSED_FORMS:
        yield Sabotage(
            "closed form", name, partial(_other_form, name), partial(_naming, f"{name}(")
        )


def _of_axes() -> Iterator[Sabotage]:
    modules = {one.simulate.__module__.rpartition(".")[2] for one in EXPERIMENTS.values()}
    for module in sorted(modules):
        axes = [
            CoreMutant(module, number, one.place, one.lines)
            for number, one in enumerate(source_mutants(module))
            if one.place.partition(": ")[2].startswith("axis=") and one.is_inside_function
        ]
        names = [
            f'"{name}"'
            for name, one in EXPERIMENTS.items()
            if one.simulate.__module__.endswith(f".{module}")
        ]
        if axes:
            yield Sabotage(
                "axis", str(axes[0]), partial(applied, axes[0]), partial(_naming, *names)
            )


# --- keys and claims ------------------------------------------------------------------------------


def _of_keys() -> Iterator[Sabotage]:
    keys = [one for one in _untrained() if isinstance(one, Numeric) and one.answer.formula]
    for item in keys[::5]:
        answer = item.answer.model_copy(update={"formula": f"{FACTOR}*({item.answer.formula})"})
        yield _said("key", item.id, item.model_copy(update={"answer": answer}))


def _of_values() -> Iterator[Sabotage]:
    checks = [
        (claim, check)
        for claim, check in _checks()
        if isinstance(check, ValueCheck) and _is_never_0(check)
    ]
    for claim, check in checks[::12]:
        wrong = check.model_copy(update={"expect": f"{FACTOR}*({check.expect})"})
        yield _said("value", claim.id, claim.model_copy(update={"checks": [wrong]}))


def _of_orders() -> Iterator[Sabotage]:
    checks = [(claim, check) for claim, check in _checks() if isinstance(check, OrderCheck)]
    for claim, check in checks[::8]:
        wrong = check.model_copy(update={"greater": check.than, "than": check.greater})
        yield _said("order", claim.id, claim.model_copy(update={"checks": [wrong]}))


def _checks() -> Iterator[tuple[Claim, ValueCheck | OrderCheck]]:
    for one in _untrained():
        if isinstance(one, Claim):
            yield from ((one, check) for check in one.checks)


def _is_never_0(check: ValueCheck) -> bool:
    """Tell whether a tenth more is another number at each condition."""
    try:
        values = [evaluate_number(parse(check.expect), given) for given in check.given]
    except StudytoolError:
        return False
    return 0 not in values


def _said(kind: str, name: str, wrong: Tried) -> Sabotage:
    return Sabotage(kind, name, nullcontext, lambda: [wrong])


def _sabotages() -> list[Sabotage]:
    return [*_of_forms(), *_of_axes(), *_of_keys(), *_of_values(), *_of_orders()]


@pytest.mark.slow
def test_a_wrong_key_is_noticed_and_the_right_one_holds() -> None:
    first = next(_of_keys())
    assert first.is_noticed()
    (right,) = (one for one in _untrained() if one.id == first.name)
    assert _holds(right)


@pytest.mark.long
def test_sabotages_are_noticed_by_a_verdict() -> None:
    sabotages = _sabotages()
    assert len(sabotages) >= 60
    unnoticed = [str(one) for one in sabotages if not one.is_noticed()]
    assert len(unnoticed) <= (1 - WANTED_SHARE) * len(sabotages), unnoticed

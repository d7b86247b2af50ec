"""Simulations in formulas, against theory; each that cannot be run says which formula, and why."""

import re
from collections.abc import Mapping
from math import pi, sqrt

import numpy as np
import pytest

from studytool.formula.parse import Formula, parse
from studytool.formula.simulation import (
    ARRAYS_TAKE,
    FormulaSimulation,
    MeasuredFormula,
    SimulationError,
)
from studytool.formula.simulation_cost import cost_of
from studytool.formula.simulation_structure import MOST_FOLLOWED, structures_of
from studytool.numerics.streams import stream
from tests.rows import all_rows

_NO_NAMES: Mapping[str, str] = {}


def _read(formulas: Mapping[str, str]) -> dict[str, Formula]:
    return {name: parse(text, draws=True) for name, text in formulas.items()}


def _simulation(
    state: Mapping[str, str],
    step: Mapping[str, str] = _NO_NAMES,
    repeat: str | None = None,
    *,
    let: Mapping[str, str] = _NO_NAMES,
    over: str | None = None,
    **measure: str,
) -> FormulaSimulation:
    divisor = None if over is None else parse(over, draws=True)
    return FormulaSimulation(
        _read(let),
        _read(state),
        _read(step),
        None if repeat is None else parse(repeat),
        {name: MeasuredFormula(formula, divisor) for name, formula in _read(measure).items()},
    )


WALK = _simulation({"x": "0"}, {"x": "x + normal(0,sd,[reps])"}, "n", end="x")


def test_a_walk_against_the_variance_of_a_sum() -> None:
    ends = WALK.simulate(stream("walk"), 20_000, {"sd": 2.0, "n": 9.0})["end"]
    assert ends.shape == (20_000,)
    error = 36 * sqrt(2 / 20_000)  # of the variance of so many normal values
    assert abs(ends.var(ddof=1) - 36) < 4.5 * error


def test_a_step_computes_every_value_from_the_old_ones() -> None:
    """Fibonacci's numbers come only of values that change at once, and in any order."""
    step = {"a": "b", "b": "a + b"}
    for order in (step, dict(reversed(step.items()))):
        one = _simulation({"a": "0", "b": "1"}, order, "10", end="a")
        assert one.simulate(stream("one"), 1, {})["end"].tolist() == [55.0]


def test_a_pendulum_by_small_steps_against_its_period() -> None:
    pendulum = _simulation(
        {"turned": "0.01", "speed": "-dt/2*sin(0.01)", "t": "0", "quarter": "0"},
        {
            "next": "turned + dt*speed",
            "turned": "next",
            "speed": "speed - dt*sin(next)",
            "t": "t + dt",
            "quarter": "t + dt*turned/(turned-next) if turned > 0 and next <= 0 else quarter",
        },
        "2000",
        let={"dt": "1.6*pi/2/2000"},
        period="4*quarter",
    )
    [period] = pendulum.simulate(stream("one"), 1, {})["period"]
    assert abs(period - 2 * pi * (1 + 0.01**2 / 16)) < 1e-5  # steps of 0.0013, squared


def test_a_ratio_has_two_columns_and_what_is_not_drawn_one_number() -> None:
    ratio = _simulation({"x": "uniform(0,1,[reps])"}, over="2", share="x")
    assert ratio.simulate(stream("ratio"), 5, {})["share"].shape == (5, 2)
    assert not _simulation({"x": "a"}, half="x/2").is_random("half")
    assert _simulation({"x": "a"}, half="x/2").simulate(stream("x"), 5, {"a": 3.0})["half"] == [1.5]


def test_what_depends_on_draws_is_found_through_the_steps() -> None:
    chain = _simulation({"a": "0", "b": "0", "c": "0"}, {"b": "a", "a": "normal(0,1,[reps])"}, "3",
                        first="b", other="c")  # fmt: skip
    assert chain.random == {"a", "b"}
    assert (chain.is_random("first"), chain.is_random("other")) == (True, False)


REFUSED = [
    (("state", "x"), "division by zero", _simulation({"x": "1/0"}, end="x")),
    (("let", "a"), "division by zero", _simulation({"x": "0"}, let={"a": "1/0"}, end="x")),
    (("step", "x"), "step 10: '**': too large", _simulation({"x": "2"}, {"x": "x**2"}, "50", end="x")),
    (("step", "x"), "step 2: ", _simulation({"x": "1"}, {"x": "x - 1/x"}, "9", end="x")),
    (("repeat",), "1,000,000,000,000", _simulation({"x": "0"}, {"x": "x+1"}, "1e12", end="x")),
    (("repeat",), "whole number", _simulation({"x": "0"}, {"x": "x+1"}, "2.5", end="x")),
    (("repeat",), "whole number", _simulation({"x": "0"}, {"x": "x+1"}, "0-1", end="x")),
    (("step", "x"), "changes its shape", _simulation(
        {"k": "1", "x": "0"}, {"k": "k+1", "x": "normal(0,1,[reps,k])"}, "9", end="mean(x,axis=1)")),
    (("step", "x"), "changes its shape", _simulation(  # at the second step alone
        {"k": "1", "x": "0"}, {"k": "min(k+1,2)", "x": "normal(0,1,[reps,k])"}, "9",
        end="mean(x,axis=1)")),
    (("step", "x"), "mixes the values", _simulation(  # of a name that only helps
        {"x": "normal(0,1,[reps])"}, {"noise": "normal(0,1,[reps])", "x": "x+noise-mean(noise)"},
        "3", end="x")),
    (("state", "x"), "80,000,000 elements", _simulation({"x": "normal(0,1,[reps,10**7])"}, end="0*x")),
    (("state", "x"), "shares the draw", _simulation({"x": "normal(0,1,[1])"}, end="x")),
    (("step", "x"), "shares the draw", _simulation(
        {"x": "0"}, {"x": "x + normal(0,1,[1])"}, "3", end="x + normal(0,1,[reps])")),
    (("step", "x"), "mixes the values", _simulation(
        {"x": "normal(0,1,[reps])"}, {"x": "x - mean(x)"}, "3", end="x")),
    (("measure", "end", "value"), "mixes the values", _simulation(
        {"x": "normal(0,1,[reps])"}, end="x - max(x)")),
    (("measure", "end", "value"), "shape [8, 3]", _simulation(
        {"x": "normal(0,1,[reps,3])"}, end="x")),
    (("measure", "end", "value"), "mixes the values", _simulation(  # its shape follows from k
        {"k": "3", "x": "normal(0,1,[reps])"}, end="x - max(mean(normal(0,1,[reps,k]),axis=1))")),
    (("measure", "end", "value"), "division by zero", _simulation({"x": "0"}, end="1/x")),
]  # fmt: skip


@all_rows(("part", "why", "simulation"), REFUSED)
def test_what_cannot_be_run_is_refused_before_it_is(
    part: tuple[str, ...], why: str, simulation: FormulaSimulation
) -> None:
    def run() -> None:
        cost_of(simulation, {})
        simulation.simulate(stream("refused"), 8, {})

    with pytest.raises(SimulationError, match=re.escape(why)) as refusal:
        run()
    assert refusal.value.part == part
    assert "step 1:" not in str(refusal.value)  # none fails at its first step


@all_rows(
    ("step", "most"),
    [
        ("x + 1", 1_000_000),  # whatever little a step takes
        ("x+1+2*x-x/3+x*x*x+x/2", 5_000_000 // 21),  # eleven numbers and names, ten operations
        ("x + normal(0,sd,[reps])", 5_000_000 // (ARRAYS_TAKE * 5)),  # arrays take longer
    ],
)
def test_there_are_so_many_steps_and_not_one_more(step: str, most: int) -> None:
    simulation = _simulation({"x": "0"}, {"x": step}, "n", end="x")
    assert simulation.steps({"n": float(most)}) == most
    with pytest.raises(SimulationError, match=f"repeated {most:,} times"):
        simulation.steps({"n": most + 1.0})
    assert simulation.steps({"n": 0.0}) == 0
    assert _simulation({"x": "0"}, end="x").steps({}) == 0


@all_rows(
    ("state", "repeat", "value", "elements", "work"),
    [
        ("0", "5", "x", 0, 5 / 8),  # one operation a step, for the eight replicates of a probe
        ("0", "0", "x", 0, 0),
        ("normal(0,1,[reps])", "5", "x", 2, 30 + 5),  # the old value beside the new one
        ("normal(0,1,[reps,10])", "5", "mean(x,axis=1)", 20, 10 * (30 + 5 + 2)),
        ("normal(0,1,[reps,10])", "0", "median(x,axis=1)", 31, 10 * (30 + 40)),
        ("normal(0,1,[reps,10])", "0", "mean(max(x,0),axis=1)", 30, 10 * (30 + 6)),  # two at work
    ],
)
def test_what_a_replicate_takes(
    state: str, repeat: str, value: str, elements: float, work: float
) -> None:
    found = cost_of(_simulation({"x": state}, {"x": "x+1"}, repeat, end=value), {})
    assert (found.elements, found.work) == (elements, work)


def test_no_step_is_probed_that_is_not_taken() -> None:
    fails_twice = _simulation({"x": "1"}, {"x": "x - 1/x"}, "n", end="x")
    for steps in (0.0, 1.0):
        assert cost_of(fails_twice, {"n": steps}).work == steps * 2 / 8
    with pytest.raises(SimulationError, match="step 2"):
        cost_of(fails_twice, {"n": 2.0})
    assert cost_of(_simulation({"x": "0"}, {"x": "1/x"}, "0", end="x"), {}).work == 0
    fails_thrice = _simulation({"k": "0", "x": "0"}, {"k": "k+1", "x": "1/(k-2)"}, "9", end="x")
    assert cost_of(fails_thrice, {}).work > 0


def test_the_cost_counts_every_step_and_element() -> None:
    once, tenfold = (cost_of(WALK, {"sd": 1.0, "n": n}).work for n in (100.0, 1_000.0))
    assert 9 < tenfold / once < 11
    wide = _simulation({"x": "normal(0,1,[reps,n])"}, end="mean(x,axis=1)")
    assert 9 < cost_of(wide, {"n": 1e4}).elements / cost_of(wide, {"n": 1e3}).elements < 11


def test_a_comparison_is_a_share_and_a_state_may_be_anything() -> None:
    one = _simulation({"x": "normal(0,1,[reps])"}, event="x > 1", value="x", bounded="tanh(x)")
    found = {name: structures_of(one, name, {})[0].range for name in one.measure}
    assert (found["event"].low, found["event"].high) == (0, 1)
    assert found["bounded"].magnitude == pytest.approx(1)
    assert np.isinf(found["value"].low)


NORMAL = "normal(0,1,[reps])"


def test_what_is_known_of_a_value_follows_every_step() -> None:
    doubling = _simulation({"x": "1"}, {"x": "h", "h": "2*x*bernoulli(0.5,[reps])"}, "n", end="x")
    ranges = [structures_of(doubling, "end", {"n": n})[0].range for n in (0.0, 1.0, 10.0)]
    assert [(one.low, one.high) for one in ranges] == [(1, 1), (0, 2), (0, 1024)]
    product = _simulation({"x": NORMAL}, {"x": f"x*{NORMAL}"}, "n", end="x")
    degrees = [structures_of(product, "end", {"n": n})[0].degree for n in (0.0, 1.0, 10.0)]
    assert degrees == [1, 2, 11]
    noisy = _simulation({"x": "1"}, {"x": "2*x*bernoulli(0.5,[reps])"}, "5", end=f"x+{NORMAL}")
    assert structures_of(noisy, "end", {})[0].part_width == 32


def test_new_values_are_known_by_the_old_ones() -> None:
    swapped = _simulation(
        {"x": "uniform(0,1,[reps])", "y": "uniform(4,5,[reps])"},
        {"x": "y", "y": "x"}, "n", over="y", end="x",
    )  # fmt: skip
    for steps, lows in ((1.0, [4, 0]), (2.0, [0, 4])):
        assert [one.range.low for one in structures_of(swapped, "end", {"n": steps})] == lows


def test_a_state_that_settles_is_known_after_any_number_of_steps() -> None:
    moved = {"x": "max(x, uniform(0,1,[reps]))", "t": "t"}
    settled = _simulation({"x": "uniform(0,1,[reps])", "t": "1"}, moved, "n", end="x")
    assert structures_of(settled, "end", {"n": 1e4})[0].range.high == pytest.approx(1)
    counted = _simulation({"x": "uniform(0,1,[reps])"}, {"x": "x+1"}, "n", end="x")
    assert structures_of(counted, "end", {"n": 100.0})[0].range.high == pytest.approx(101)
    assert np.isinf(structures_of(counted, "end", {"n": float(MOST_FOLLOWED)})[0].range.high)


def test_the_values_that_are_held_count_beside_what_is_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three arrays of a state fit; a fourth beside them does not."""
    monkeypatch.setattr("studytool.formula.budget.MAX_ALIVE_BYTES", 3 * 8 * 40 + 64)
    state = dict.fromkeys("xyz", "normal(0,1,[reps])")
    assert _simulation(state, end="x").simulate(stream("held"), 40, {})["end"].shape == (40,)
    with pytest.raises(SimulationError, match="MB"):
        _simulation(state, end="x+y").simulate(stream("held"), 40, {})


def test_what_is_made_on_the_way_is_probed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bit of each of the eight replicates takes three arrays."""
    bits = _simulation({"x": "bernoulli(0.5,[reps])"}, end="x")
    monkeypatch.setattr("studytool.formula.budget.MAX_ALIVE_BYTES", 3 * 8 * 8)
    assert cost_of(bits, {}).elements == 3
    monkeypatch.setattr("studytool.formula.budget.MAX_ALIVE_BYTES", 3 * 8 * 8 - 1)
    with pytest.raises(SimulationError, match="MB"):
        cost_of(bits, {})


def test_an_axis_may_be_counted_from_the_end() -> None:
    wide = _simulation({"x": "normal(0,1,[reps,3])"}, end="mean(x,axis=-1)")
    assert cost_of(wide, {}).elements > 0

"""The picture of a simulation: cells that anyone can count, and numbers in words."""

from math import nan
from typing import Any

import pytest

from studytool.quiz.ask import make_variant
from studytool.quiz.axis import ShownValue
from studytool.quiz.outcome import Outcome
from studytool.quiz.running import RunStep, SimulationRun, run_of
from studytool.typeset.cells import cell_width
from studytool.wording.decades import value_text
from studytool.wording.mark import rate_line
from studytool.wording.run_rows import group_lines
from studytool.wording.running import RunView, run_picture, told_lines
from tests.quiz.variants import item_of

_TEXT = {"ko": "?", "en": "?"}
_QUANTITY = {"experiment": "dense_layer", "quantity": "weight_variance"}
_DECADES = {"experiment": "signal_depth", "quantity": "log10_signal_ratio"}


def _run(*steps: RunStep, **fields: Any) -> SimulationRun:
    item = item_of(kind="prediction", prompt=_TEXT, **fields)
    run = run_of(item, make_variant(item, pack_id="p", seed=0, language="en"))
    assert run is not None
    run.steps.extend(steps)
    return run


def _step(n: int, *shown: tuple[float, float, float], bounded: bool = True) -> RunStep:
    return RunStep(n, tuple(ShownValue(*one) for one in shown), (bounded,) * len(shown))


def _estimate(*steps: RunStep) -> SimulationRun:
    return _run(
        *steps,
        measure={"x": _QUANTITY | {"with": {"fan_in": "4", "fan_out": "4"}}},
        estimate={"of": "x", "axis": {"linear": [0, 4]}, "within": {"abs": 0.5}},
    )


def _outcomes(*steps: RunStep, quantity: dict[str, str] = _DECADES) -> SimulationRun:
    return _run(
        *steps,
        measure=dict.fromkeys(("small", "larger_one"), quantity),
        outcomes=[
            {"id": "a", "text": _TEXT, "when": "small < larger_one"},
            {"id": "b", "text": _TEXT, "when": "small >= larger_one"},
        ],
    )


@pytest.mark.parametrize(
    ("value", "in_decades", "text"),
    [
        (-3.0293, True, "1/1070"),  # the learner's "one thousandth", not -3.03
        (-0.2058, True, "0.623"),
        (0.0, True, "1"),
        (2.0, True, "100"),
        (-7.0, True, "1.00 × 10⁻⁷"),
        (400.0, True, "10^400"),  # no float holds it
        (-3.0293, False, "−3.03"),
        (0.0, False, "0"),
    ],
)
def test_a_value_in_words(value: float, in_decades: bool, text: str) -> None:  # noqa: FBT001
    assert value_text(value, in_decades=in_decades) == text


def test_an_estimate_closes_in_below_the_guess_and_theory_stands() -> None:
    run = _estimate(
        _step(16, (2.0, 1.0, 3.0), bounded=False),
        _step(32, (2.0, 1.5, 2.5)),
        _step(64, (2.0, 1.9, 2.1)),
    )
    [one] = run.values
    assert one.closed_form == 0.25
    view = RunView("en", answer=1.0, rows=9)
    assert run_picture(run, 3, view, width=41 + 12) == [
        "             ▼ yours 1",
        "├────────────┼────────────┼────────────┼────────────┤",
        "0            1            2            3            4",
        "   ┆         ╎╌╌╌╌╌╌╌╌╌╌╌╌●╌╌╌╌╌╌╌╌╌╌╌╌╴  n = 16",
        "   ┆         ╎      ╶─────●─────╴  n = 32",
        "   ┆         ╎           ╶●╴  2.00 (n = 64)",
        "   ┆ closed form 0.250",
        "● estimate  ╶─╴ interval  ╶╌╴ not yet bounded  ┆ clo…",
    ]
    assert len(run_picture(run, 1, view, width=53)) == 6
    small = RunView("en", answer=1.0, rows=1, is_marked=True)
    marked = run_picture(run, 3, small, width=53)
    assert [line for line in marked if "n =" in line] == [
        "   ┆         ╎           ╶●╴  2.00 (n = 64)"
    ]
    assert marked[1].count("━") + marked[1].count("┿") == 15  # 1.4 to 2.6: nearest of the interval
    full = run_picture(_estimate(_step(16, (2.0, 1.0, 3.0))), 1, small, width=53)
    assert full[4] == "                          2.00 (n = 16)"  # no room beside the interval


def test_replicates_stand_on_the_axis_behind_them_guess_and_theory() -> None:
    """The fullest cell reaches the top; what lies beside the axis, or is no number, has no bar."""
    run = _estimate(_step(8, (2.0, 1.5, 2.5)), _step(16, (2.0, 1.9, 2.1)))
    run.drawn = [2.0] * 4 + [1.5] * 2 + [2.5, 9.0] + [2.0] * 5 + [nan, -1.0, 3.5]
    view = RunView("en", answer=1.0, rows=1, bars=2)
    assert run_picture(run, 2, view, width=53)[1:4] == [
        "   ┆         ╎            █  each replicate",  # where it has room
        "   ┆         ╎      ▄     █     ▂             ▂",
        "├────────────┼────────────┼────────────┼────────────┤",
    ]
    grown = [line for line in run_picture(run, 1, view, width=72) if "█" in line]
    assert len(grown) == 2
    assert grown[1].endswith("▄  each replicate")  # of the first 8 alone
    for values in ([2.0] * 9, [0.0, 1.0] * 8, [7.0, 8.0, 9.0], []):  # a share; all beside the axis
        run.drawn = values
        assert len(run_picture(run, 2, view, width=53)) == 5


def test_the_words_say_where_most_replicates_lie() -> None:
    run = _estimate(_step(16, (2.0, 1.9, 2.1)))
    run.drawn = [float(n) for n in range(20)]
    assert list(told_lines(run, "en")) == [
        "2.00 (interval 1.90 to 2.10, 8 of 10 replicates 2.00 to 17.0, n = 16, closed form 0.250)"
    ]
    run.drawn = [0.0, 1.0] * 10
    assert "replicates" not in next(told_lines(run, "en"))


def test_outcomes_share_an_axis_where_the_sign_is_kept() -> None:
    """The signal that vanished lies left, and the number is that of the signal, not its logarithm."""
    run = _outcomes(_step(128, (-3.0, -3.2, -2.8), (-0.2, -0.3, -0.1)))
    small, larger, scale, numbers, legend = run_picture(run, 1, RunView("en"), width=76)
    assert small.startswith("small ")
    assert larger.startswith("larger one ")
    assert small.index("●") < larger.index("●")
    assert small.endswith("1/1000")
    assert larger.endswith("0.631")
    assert scale.strip().startswith("├")
    assert scale.endswith(
        "  signal ratio"
    )  # what both measure, of which the number is no logarithm
    assert numbers.split() == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"]
    assert legend.startswith("n = 128   ●")


def test_values_of_other_quantities_have_axes_of_their_own() -> None:
    run = _run(
        _step(64, (5.0, 4.0, 6.0), (-2.0, -2.5, -1.5)),
        measure={"a": _QUANTITY, "b": _DECADES},
        outcomes=[
            {"id": "a", "text": _TEXT, "when": "a < b"},
            {"id": "b", "text": _TEXT, "when": "a >= b"},
        ],
    )
    lines = run_picture(run, 1, RunView("en"), width=72)
    assert sum("├" in line for line in lines) == 2


def test_nothing_is_drawn_before_the_first_step() -> None:
    assert run_picture(_outcomes(), 3, RunView("ko"), width=72) == []
    assert list(told_lines(_outcomes(), "ko")) == []


@pytest.mark.parametrize("width", [16, 32, 40, 56, 72, 200])
def test_no_line_is_wider_than_its_room_or_36_cells(width: int) -> None:
    for run in (
        _outcomes(_step(16, (-3e5, -4e5, 2e5), (0.0, 0.0, 0.0))),
        _outcomes(_step(1, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)), quantity=_QUANTITY),
        _outcomes(_step(1, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), quantity=_QUANTITY),
        _outcomes(_step(1, (-9e-300, -1e-299, -8e-300), (-4.0, -5.0, -3.0)), quantity=_QUANTITY),
        _estimate(_step(16, (1.0, -9e9, 9e9)), _step(32, (4.0, 4.0, 4.0))),
    ):
        lines = run_picture(run, 2, RunView("ko", answer=2.0, rows=4), width=width)
        assert lines
        assert max(map(cell_width, lines)) <= max(width, 36)


def test_words_for_those_who_see_no_picture() -> None:
    run = _outcomes(_step(128, (-3.0, -3.2, -2.8), (-0.2, -0.3, -0.1)))
    assert list(told_lines(run, "ko")) == [
        "작음: 1/1000 (구간 1/1580–1/631, 반복 128)",
        "larger one: 0.631 (구간 0.501–0.794, 반복 128)",
    ]
    exact = _estimate(_step(1, (2.0, 2.0, 2.0)))
    assert list(told_lines(exact, "en")) == ["2.00 (computed, closed form 0.250)"]


@pytest.mark.parametrize("width", [76, 27])
def test_a_long_name_is_whole_beside_its_value_or_above_it(width: int) -> None:
    step = _step(128, (-2.5, -3.0, -2.0), (-0.5, -1.0, 0.0))
    names = {"small": "tanh, weights of variance one third", "larger_one": "tanh"}
    run = _outcomes(step)
    lines = list(group_lines(run, step, [0, 1], names, quantity="signal", width=width))
    assert all(cell_width(line) <= width for line in lines)
    if width > 48:  # beside the axis
        assert names["small"] in " ".join(line[:22].strip() for line in lines)
    else:
        assert lines[0].startswith("tanh, weights of")
    assert [text for text in ("1/316", "0.316", "signal") if text not in "".join(lines)] == []


@pytest.mark.parametrize(
    ("outcome", "how", "said"),
    [
        (Outcome.WRONG, "writes several told", "✗ Not right. How well did you know it?"),
        (Outcome.WRONG, "writes several", "How well did you know it?"),
        (Outcome.SHOWN, "writes told", "The answer was shown, so it counts as forgotten."),
        (Outcome.SHOWN, "told", "○ The answer was shown. 1 brings it back in this cram"),
    ],
)
def test_the_line_below_a_mark_says_each_thing_once(outcome: Outcome, how: str, said: str) -> None:
    given = {name: name in how.split() for name in ("writes", "several", "told")}
    line = rate_line(outcome, "en", **given)
    assert line.startswith(said)
    assert line.count("answer was shown") <= 1

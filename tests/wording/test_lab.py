"""The lab as text: dots where the values are, rows as wide as their room."""

import shutil
from pathlib import Path

import pytest

from studytool.library.finding import named_experiment
from studytool.numerics.estimate import Estimate
from studytool.numerics.experiment import NumberParameter, WordParameter
from studytool.numerics.lab import Histogram, SweptPoint
from studytool.numerics.measure import QuantityResult, measure_all
from studytool.packs.reader import load_pack
from studytool.session.lab import Bench
from studytool.typeset.cells import cell_width
from studytool.wording.canvas import Canvas
from studytool.wording.lab import curve_lines, histogram_lines, parameter_line, result_line
from studytool.wording.lab_question import question_yaml

_DEPTH = NumberParameter("depth", 20, 0, 100, "", whole=True)
_FOUND = QuantityResult("x", Estimate(0.5, 0.0, 1), 0.25)


def test_dots_of_a_canvas() -> None:
    canvas = Canvas(2, 1)
    for across, down in ((0, 0), (1, 1), (0, 1), (2, 0), (0.4, -3)):  # two lie beside it
        canvas.dot(across, down)
    assert canvas.lines() == ["⡁⢀"]
    assert Canvas(3, 2).lines() == ["   ", "   "]
    line = Canvas(4, 1)
    line.line([(0, 0), (1, 0)])
    assert line.lines() == ["⠉⠉⠉⠉"]


def test_a_curve_rises_where_its_values_do() -> None:
    points = [SweptPoint(at, at, at, at, None) for at in (100.0, 0.0, 50.0)]  # in any order
    *rows, axis, names = curve_lines(points, _DEPTH, 50, "depth", width=29, height=7)
    assert len(rows) == 4
    assert rows[0].startswith("    100 │")
    assert rows[0].endswith(("⠁", "⠊", "⠉", "⡠⠊"))
    assert rows[-1].lstrip().startswith("0 │⡠") or rows[-1].lstrip().startswith("0 │⣀")
    assert axis.index("▲") == 9 + 10 or axis.index("▲") == 9 + 9
    assert names.split() == ["0", "depth", "100"]


def test_a_histogram_marks_estimate_and_theory() -> None:
    drawn = Histogram(0.0, 1.0, (1, 0, 4, 2))
    lines = histogram_lines(drawn, _FOUND, width=8, height=5)
    assert (
        lines == ["    ██  ", "▄▄  ████", "──┆─●───", "0  1.00 "[:8].rstrip()]
        or lines[2] == "──┆─●───"
    )
    assert lines[0] == "    ██  "
    assert lines[1] == "▄▄  ████"


@pytest.mark.parametrize("width", [16, 34, 80])
def test_a_row_is_as_wide_as_its_room(width: int) -> None:
    slider = parameter_line("depth", _DEPTH, 25, "en", width=width)
    word = WordParameter("activation", "relu", ("relu",), "")
    choice = parameter_line("activation", word, "relu", "en", width=width)
    assert max(map(cell_width, (slider, choice))) <= width
    assert "●" in slider
    if width > 16:
        assert slider.endswith(" 25")
        assert choice == "activation   ‹ ReLU ›"


def test_figures_in_words() -> None:
    assert result_line(_FOUND, "ko") == "값 0.500  닫힌 식 0.250"
    some = QuantityResult("x", Estimate(0.5, 0.1, 100), None)
    assert result_line(some, "en").startswith("estimate 0.500  interval 0.1")
    assert result_line(some, "en").endswith("n = 100")


def test_a_question_of_a_packs_experiment_stands_in_that_pack(tmp_path: Path) -> None:
    """Its measurement names the experiment in full, and its id is one."""
    folder = shutil.copytree(
        Path(__file__).parent.parent / "packs/own/compound-interest", tmp_path / "pack"
    )
    bench = Bench.of(named_experiment(f"{folder}/savings", "en"))
    [growth] = measure_all(bench.experiment, bench.parameters, seed=0)
    asked = question_yaml(bench, growth, ()).replace("concept: lab", "concept: compounding")
    (folder / "items/lab.yaml").write_text(asked, encoding="utf-8")
    pack = load_pack(folder)
    assert "lab-compound-interest-savings" in {item.id for item in pack.items}

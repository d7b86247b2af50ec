"""Experiments of a pack: every mistake has its code and place, and what is right is linked."""

from pathlib import Path

import pytest

from studytool.errors import ExperimentError
from studytool.numerics.estimate import Estimator
from studytool.numerics.measure import MOST_WORK, measure_all
from studytool.packs.items import Item
from studytool.packs.methods import Measurement
from studytool.packs.own_experiments import experiment_of, made_experiment
from studytool.packs.pack import Pack
from studytool.packs.predictions import Prediction
from studytool.packs.reader import read_pack
from studytool.packs.stored import read_model
from studytool.quiz.parameters import draw_item
from tests.authoring.checking import checked
from tests.packs.all_kinds import EXPERIMENT, PRED
from tests.packs.samples import CARD, write_pack
from tests.rows import all_rows

GUESS = PRED.replace("dense_layer, quantity: weight_variance", "walk, quantity: spread")
_STEP = "x + normal(0, 1, [reps])"


def _folder(path: Path, experiment: str = EXPERIMENT, items: str = GUESS) -> Path:
    write_pack(path, items=items)
    (path / "experiments").mkdir(exist_ok=True)
    (path / "experiments/all.yaml").write_text(experiment, encoding="utf-8")
    return path


def _pack(path: Path, experiment: str = EXPERIMENT, items: str = GUESS) -> Pack:
    reading = read_pack(_folder(path, experiment, items))
    assert reading.pack is not None, reading.report("en")
    return reading.pack


def _measured(pack: Pack) -> Measurement:
    [item] = pack.items
    assert isinstance(item, Prediction)
    measured = item.measure["x"]
    assert isinstance(measured, Measurement)
    return measured


def test_a_broken_manifest_is_all_that_is_wrong_where_the_pack_has_experiments(
    tmp_path: Path,
) -> None:
    pack = _folder(tmp_path)
    manifest = pack / "pack.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("schema: 1", "schema: 2"), "utf-8")
    assert [found.code for found in read_pack(pack).diagnostics] == ["E203"]


MISTAKES = [
    ("{x: 'x +", "{y: 'x +", "E326", "y", "'y' is neither in the state nor used by another"),
    (_STEP, "z + 1", "E303", "z", "formula: unknown name 'z'"),
    (_STEP, "walk(3)", "E301", "walk", "formula: there is no function 'walk'"),
    (_STEP, "x.__class__", "E301", ".", "formula: "),
    ("{x: 'x + normal(0, 1, [reps])'}", "{x: 'x+h', h: 'k', k: 'h'}", "E302", "{x", "names go round"),
    ("closed_form: n", "closed_form: 'normal(0,1,[reps])'", "E301", "normal", "formula: 'normal' draws"),
    ("closed_form: n", "closed_form: x", "E303", "x", "formula: unknown name 'x'"),
    ("repeat: n", "repeat: x", "E303", "x", "formula: unknown name 'x'"),
    ("  repeat: n\n", "", "E204", "step", "'step' and 'repeat' go together"),
    ("integer: [1, 50]", "integer: [50, 1]", "E204", "[50", "integer: the first is not below"),
    ("default: 10", "default: 60", "E204", "[1, 50]", "integer: the default 60 is not in [1, 50]"),
    ("integer: [1, 50]", "log: [0, 50]", "E204", "[0", "log: the first is not above 0"),
    ("{n: {", "{pi: {integer: [1, 2], default: 1}, n: {", "E318", "pi", "the name 'pi' has a meaning"),
    ("{n: {", "{lambda: {integer: [1, 2], default: 1}, n: {", "E318", "lambda", "the name 'lambda' has"),
    ("state: {x", "state: {n: '0', x", "E318", "n", "the name 'n' is bound twice"),
    ("{x: 'x + normal(0, 1, [reps])'}", "{x: 'x + 1'}", "E326", "variance", "nothing here is drawn"),
    ("en: spread}", "en: ' '}", "E332", "'", "a text with nothing in it"),
    ("  repeat: n", "  repaet: n", "E201", "repaet", "unknown key 'repaet'"),
]  # fmt: skip


@all_rows(("right", "wrong", "code", "at", "says"), MISTAKES)
def test_each_mistake_is_one_error_where_it_stands(
    tmp_path_factory: pytest.TempPathFactory, right: str, wrong: str, code: str, at: str, says: str
) -> None:
    assert right in EXPERIMENT
    text = EXPERIMENT.replace(right, wrong)
    found = read_pack(_folder(tmp_path_factory.mktemp("pack"), text)).diagnostics
    assert [one.code for one in found] == [code], [one.message for one in found]
    [one] = found
    assert one.place.file == "experiments/all.yaml"
    assert text.splitlines()[one.place.line - 1][one.place.column - 1 :].lstrip("- ").startswith(at)
    assert one.message.startswith(says)


def test_a_name_of_the_core_is_refused(tmp_path: Path) -> None:
    text = EXPERIMENT.replace("id: walk", "id: dense_layer")
    [found] = read_pack(_folder(tmp_path, text, items=PRED)).diagnostics
    assert str(found).startswith("experiments/all.yaml:1:7: error[E325]: 'dense_layer' is an exp")


RUN = [
    ("repeat: n", "repeat: '1e12'", "repeat '1e12' comes to 1,000,000,000,000 here"),
    ("{x: '0'}", "{x: '0*(0/0)'}", "division by zero"),
    (_STEP, "x + normal(0, 1, [1])", "every replicate shares the draw of normal"),
    (_STEP, "x*1e30 + normal(0, 1, [reps]) + 1e300", "too large for a float64"),
    ("value: x", "value: 'normal(0, 1, [reps, 10**7])'", "80,000,000 elements"),
    ("value: x", "value: 'normal(0, 1, [reps, 2])'", "gives shape [8, 2]"),
    (_STEP, "x + sum(normal(0, 1, [reps, 400000]), axis=1)", "are too much work"),
]


@all_rows(("right", "wrong", "says"), RUN)
def test_check_runs_an_experiment_with_eight_replicates(
    tmp_path_factory: pytest.TempPathFactory, right: str, wrong: str, says: str
) -> None:
    text = EXPERIMENT.replace(right, wrong)
    found = checked(_folder(tmp_path_factory.mktemp("pack"), text))
    of_experiment = [one for one in found if one.place.file == "experiments/all.yaml"]
    assert [one.code for one in of_experiment] == ["E368"]
    assert says in of_experiment[0].message


def test_a_measurement_is_linked_by_its_short_and_its_full_name(tmp_path: Path) -> None:
    short = _measured(_pack(tmp_path / "short"))
    full = _measured(_pack(tmp_path / "full", items=GUESS.replace("walk", "sample/walk")))
    assert short == full
    assert short.experiment == "sample/walk"
    assert experiment_of(short).quantity("spread").estimator is Estimator.VARIANCE


@pytest.mark.parametrize(("experiment", "code"), [
    ("walks", "E311"),  # misspelt
    ("other/walk", "E311"),  # another pack's, which may not be there
    ("walk, own: {}", "E204"),  # what the reader puts in
])  # fmt: skip
def test_what_cannot_be_linked_is_an_error(tmp_path: Path, experiment: str, code: str) -> None:
    items = GUESS.replace("experiment: walk", f"experiment: {experiment}")
    [found] = read_pack(_folder(tmp_path, items=items)).diagnostics
    assert (found.code, found.place.file) == (code, "items/all.yaml")


def test_a_wrong_experiment_is_no_second_error_where_it_is_used(tmp_path: Path) -> None:
    found = read_pack(_folder(tmp_path, EXPERIMENT.replace("value: x", "value: y"))).diagnostics
    assert [one.place.file for one in found] == ["experiments/all.yaml"]


def test_an_item_that_measures_by_a_wrong_experiment_is_not_played(tmp_path: Path) -> None:
    found = checked(_folder(tmp_path, EXPERIMENT.replace("value: x", "value: y"), GUESS + CARD))
    assert [one.place.file for one in found] == ["experiments/all.yaml"]


def test_what_an_experiment_lacks_is_named_in_its_own_form(tmp_path: Path) -> None:
    lacking = EXPERIMENT[: EXPERIMENT.index("  measure:")]
    [found] = read_pack(_folder(tmp_path, lacking, CARD)).diagnostics
    assert found.help == "add 'measure: {name: {name: ..., value: ...}}'"


def test_a_stored_item_makes_its_experiment_by_itself(tmp_path: Path) -> None:
    [item] = _pack(tmp_path).items
    stored: Item = read_model("Item", item.model_dump_json(by_alias=True))
    assert stored == item
    assert stored.revision == item.revision


def test_the_revision_follows_the_formulas_and_not_the_words(tmp_path: Path) -> None:
    def revision(name: str, right: str, wrong: str) -> str:
        [item] = _pack(tmp_path / name, EXPERIMENT.replace(right, wrong)).items
        return item.revision

    before = revision("before", "", "")
    assert revision("title", "A walk", "A long walk") == before
    assert revision("name", "en: spread", "en: the spread") == before
    assert revision("formula", "normal(0, 1", "normal(0, 2") != before
    assert revision("range", "[1, 50]", "[1, 60]") != before


def test_an_experiment_is_measured_like_one_of_the_core(tmp_path: Path) -> None:
    [given] = _pack(tmp_path).experiments
    experiment = made_experiment("sample/walk", given, "ko")
    assert (experiment.doc, experiment.quantities[0].doc) == ("걷기", "흩어짐")
    [found] = measure_all(experiment, experiment.bind({"n": 4}), seed=0, replicates=20_000)
    assert found.closed_form == 4
    assert found.estimate.bounds.low < 4 < found.estimate.bounds.high
    with pytest.raises(ExperimentError, match="must be a whole number"):
        experiment.bind({"n": 2.5})


def test_too_much_work_is_refused_before_it_is_done(tmp_path: Path) -> None:
    text = EXPERIMENT.replace("[1, 50]", "[1, 40000]")
    [given] = _pack(tmp_path, text).experiments
    experiment = made_experiment("sample/walk", given)
    most = experiment.bind({"n": 40_000})
    assert experiment.work is not None
    replicates = int(MOST_WORK / experiment.work(most)) + 1
    with pytest.raises(ExperimentError, match="too much work"):
        measure_all(experiment, most, seed=0, replicates=replicates)
    [given] = _pack(tmp_path / "more", text.replace("40000", "10000000")).experiments
    with pytest.raises(ExperimentError, match="may be repeated"):
        made_experiment("sample/walk", given).bind({"n": 10_000_000})


ROOT = """\
- id: root
  title: {ko: 근, en: Root}
  params: {x: {float: [-5, 14], default: 1}}
  state: {y: 'sqrt(x)'}
  measure: {end: {name: {ko: 값, en: value}, value: y}}
"""
KEY = """\
- id: rooted
  kind: numeric
  concept: scale
  params: {a: {integers: [-20, 20]}}
  prompt: {ko: "{a}", en: "Of {a}?"}
  answer: {measure: {experiment: root, with: {x: a}, quantity: end}, tolerance: {rel: 1%}}
  misconceptions: [{id: other, formula: "a + 100", say: {ko: 아니다, en: No}}]
  solution: {ko: "{a} {answer}", en: "{a} {answer}"}
  check: {also: "a**0.5", because: {ko: 같은 값, en: The same}}
"""


def test_a_draw_whose_key_an_experiment_refuses_is_drawn_again(tmp_path: Path) -> None:
    """Half of the draws are out of range, and a quarter have no root."""
    pack = _pack(tmp_path, ROOT, KEY)
    drawn = {
        draw_item(pack.items[0], item_id="sample/rooted", seed=n).parameters["a"] for n in range(80)
    }
    assert drawn == set(range(15))
    [found] = checked(tmp_path)
    assert found.code == "W419"
    assert "with 'x' at -5, an end of its range" in found.message


def test_a_key_that_an_experiment_never_gives_is_an_error_at_its_place(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ROOT, KEY.replace("[-20, 20]", "[-20, -1]"))
    [found] = [one for one in checked(folder) if one.code == "E360"]
    assert (found.place.line, found.place.column) == (6, 12)
    assert "the key cannot be computed: sample/root" in found.message

"""``check --explain``: each example gives its code in a pack, and nothing where it stands right."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from studytool.authoring import playing
from studytool.authoring.check_options import CheckOptions
from studytool.authoring.play_problem import PlacedProblem, PlayFault, PlayProblem
from studytool.authoring.playing import FEWEST_PLAYS, SECONDS
from studytool.language import Phrase
from studytool.packs.code_examples import EXAMPLES, CodeExample
from studytool.packs.codes import CODES
from studytool.packs.diagnostics import Place
from studytool.packs.folder import PackLimits
from studytool.packs.reader import read_pack
from studytool.verification import crew
from studytool.verification.crew import TaskLoss
from studytool.wording.plays import play_diagnostic
from tests.authoring.checking import checked
from tests.cases import first_row_quick
from tests.in_process import run_program
from tests.packs.all_kinds import FILES
from tests.packs.samples import CARD, CLAIM

SIDE = "  - {id: side, title: {ko: 곁, en: Side}}\n"
BESIDE = (
    CARD.replace("recall", "beside")
    .replace("scale", "side")
    .replace("앞면", "곁면")
    .replace("Front", "Side")
)
ORDERED = """\
- id: above
  concept: scale
  statement: {ko: 더 크다, en: It is larger}
  standing: confirmed
  source: {ref: paper, at: eq. 1}
  checks:
    - greater: {experiment: dense_layer, with: {fan_in: 8}, quantity: weight_variance}
      than: {experiment: dense_layer, with: {fan_in: 64}, quantity: weight_variance}
      margin: "0.001"
      controls: [{id: small, contrast: {fan_in: "64"}}]
"""
"""What more than the pack of all kinds the examples want."""
BASE = {
    **FILES,
    "pack.yaml": FILES["pack.yaml"].replace("en: Scale}}\n", f"en: Scale}}}}\n{SIDE}"),
    "items/all.yaml": FILES["items/all.yaml"] + BESIDE,
    "claims/all.yaml": FILES["claims/all.yaml"] + ORDERED,
}
_FRONT = "  front: {ko: 앞면, en: Front}"
INSTEAD = {
    **dict.fromkeys(["E121", "E206", "E350", "E351", "E352", "E353", "E354"], _FRONT),
    "E313": "  measure: {x: {experiment: dense_layer, quantity: weight_variance}}",
    "E314": "  measure: {x: {experiment: dense_layer, quantity: weight_variance}}",
    "E322": '  answer: {formula: "2*v", tolerance: {rel: 0.02}}',
    "E323": "  kind: card",
    "E330": "  kind: card\n  concept: scale",
    "E345": "      given: [{a: 2}]",
    "E363": "    c: {accept: {ko: [빨강, 적색], en: [red]}}",
    "E365": '  require: ["n > 1"]',
    "W404": "n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}",
    "W408": '  solution: {ko: "{answer}", en: "{answer:3sf}"}',
    "W416": _FRONT,
    "W417": '  prompt: {ko: "{n}개, {sx}", en: "{n} of {sx}"}',
}
"""By code: what of the pack the right text of an example stands for, where it is not in it."""


def _write(folder: Path, changed: Mapping[str, str | bytes | None]) -> Path:
    """Write the pack with some files changed, added, or left out."""
    for name, content in {**BASE, **changed}.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _codes(folder: Path) -> set[str]:
    return {found.code for found in checked(folder, CheckOptions(FEWEST_PLAYS, jobs=1))}


def test_every_code_has_an_example() -> None:
    assert list(EXAMPLES) == list(CODES)


TEXTS = [(code, one) for code, one in EXAMPLES.items() if isinstance(one, CodeExample)]


@pytest.mark.parametrize(("code", "example"), first_row_quick(TEXTS))
def test_an_example_gives_its_code_until_it_is_mended(
    tmp_path: Path, code: str, example: CodeExample
) -> None:
    base, stands = BASE[example.file], INSTEAD.get(code, example.right)
    assert stands in base
    _write(tmp_path, {example.file: base.replace(stands, example.wrong, 1)})
    assert code in _codes(tmp_path)
    _write(tmp_path, {example.file: base.replace(stands, example.right, 1)})
    assert _codes(tmp_path) == set()


# --- examples that no line of a file shows ----------------------------------------------------

ITEMS = "items/all.yaml"
LONG = CARD.replace("앞면", "가" * 7_000)
CHOICE = """\
- id: choice-{n}
  kind: choice
  concept: scale
  prompt: {{ko: 무엇 {n}, en: Which {n}}}
  options:
    - {{id: a, correct: true, text: A long text of the right option, say: Yes}}
    - {{id: b, text: B, say: No}}
"""
DRAWING = """\
- id: drawing
  kind: prediction
  concept: scale
  prompt: {{ko: 어느 쪽이 더 클까요, en: Which is larger}}
  measure:
    x: {{sample: 'mean(normal(1,1,[reps,{draws}]),axis=1)', statistic: mean}}
    y: {{sample: 'mean(normal(2,1,[reps,{draws}]),axis=1)', statistic: mean}}
  outcomes:
    - {{id: more, text: {{ko: 앞, en: First}}, when: 'x > y'}}
    - {{id: less, text: {{ko: 뒤, en: Last}}, when: 'x <= y'}}
  solution: {{ko: 뒤의 평균이 1 더 크다, en: The last by 1}}
"""
LATER = SIDE.replace("}}", "}, requires: [scale]}")
SIDE_CLAIM = CLAIM.replace("adds", "sides").replace("concept: scale", "concept: side")


def _link(folder: Path) -> None:
    (folder / ITEMS).rename(folder / "elsewhere.yaml")
    (folder / ITEMS).symlink_to(folder / "elsewhere.yaml")


SITUATIONS: dict[str, Mapping[str, str | bytes | None]] = {
    "E100": {"pack.yaml": None},
    "E101": {ITEMS: "# " + "x" * (5 * 2**20)},
    "E103": {ITEMS: BASE[ITEMS].encode("cp949", "replace")},
    "E107": {ITEMS: None, "item/all.yaml": BASE[ITEMS]},
    "E108": {ITEMS: "[]"},
    "E120": {ITEMS: "- [" + "&x 1, " * 1_100 + "1]"},
    "E122": {ITEMS: LONG},
    "E205": {ITEMS: "items:\n  - id: recall\n"},
    "W400": {"items/draft.yml": CARD},
    "W414": {ITEMS: BASE[ITEMS] + "".join(CHOICE.format(n=n) for n in range(20))},
    "W415": {
        "pack.yaml": BASE["pack.yaml"].replace(SIDE, LATER),
        "claims/all.yaml": BASE["claims/all.yaml"] + SIDE_CLAIM,
        ITEMS: BASE[ITEMS].replace("  kind: card\n", "  kind: card\n  claims: [sides]\n", 1),
    },
}


@pytest.mark.parametrize("code", SITUATIONS)
def test_a_situation_gives_its_code(tmp_path: Path, code: str) -> None:
    assert isinstance(EXAMPLES[code], Phrase)
    assert code in {one.code for one in read_pack(_write(tmp_path, SITUATIONS[code])).diagnostics}


def test_a_link_and_a_pack_past_its_limits_give_their_codes(
    tmp_path: Path,
) -> None:
    _write(tmp_path, {})
    few, many = PackLimits(1, 10**6, 10**6), PackLimits(99, 10**6, 30)
    assert "E106" in {one.code for one in read_pack(tmp_path, few).diagnostics}
    assert "E119" in {one.code for one in read_pack(tmp_path, many).diagnostics}
    _link(tmp_path)
    assert "E105" in {one.code for one in read_pack(tmp_path).diagnostics}


def test_a_play_that_is_stopped_gives_its_code() -> None:
    problem = PlayProblem(PlayFault.NOT_PLAYED, (), {"why": TaskLoss.LATE.value, "seconds": 60.0})
    assert play_diagnostic(PlacedProblem(Place(ITEMS, 1, 3), problem)).code == "E367"


@pytest.mark.slow
def test_an_item_too_slow_to_be_played_gives_its_code_until_it_draws_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over processes, an item at a time; its minute is made short here."""
    monkeypatch.setattr(playing, "FEW", 1)
    monkeypatch.setattr(playing, "CHUNK", 1)
    monkeypatch.setattr(crew, "GRACE_SECONDS", 0.0)
    for draws, seconds in ((400_000, 0.001), (4, SECONDS)):
        monkeypatch.setattr(playing, "SECONDS", seconds)
        _write(tmp_path, {ITEMS: DRAWING.format(draws=draws) + BASE[ITEMS]})
        found = checked(tmp_path, CheckOptions(FEWEST_PLAYS, jobs=2))
        if seconds == SECONDS:
            assert found == []
        else:
            assert ("E367", Place(ITEMS, 1, 7)) in {(one.code, one.place) for one in found}


def test_every_situation_is_tried() -> None:
    told = {code for code, one in EXAMPLES.items() if isinstance(one, Phrase)}
    assert told == {*SITUATIONS, "E105", "E106", "E119", "E367"}


# --- as it is printed -------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "heading"), [
    ("ko", "E121 오류: 큰따옴표 안의 TeX\n"), ("en", "E121, an error: TeX in double quotes\n"),
])  # fmt: skip
def test_a_code_is_explained(tmp_path: Path, language: str, heading: str) -> None:
    run = run_program("check", "--explain", "e121", "--lang", language, home=tmp_path)
    assert (run.returncode, run.stdout.startswith(heading)) == (0, True)
    example = EXAMPLES["E121"]
    assert isinstance(example, CodeExample)
    assert run.stdout.index(f"    {example.wrong}\n") < run.stdout.index(f"    {example.right}\n")


def test_an_unknown_code_and_no_folder_are_refused(tmp_path: Path) -> None:
    run = run_program("check", "--explain", "E999", "--lang", "en", home=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "studytool help codes" in run.stderr
    assert run_program("check", home=tmp_path).returncode == 2

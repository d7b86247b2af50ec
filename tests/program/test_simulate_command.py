"""``studytool simulate``: its table and every refusal, in both languages."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from studytool.cli.simulate import command
from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Language
from tests.rows import all_rows


@pytest.fixture(params=["ko", "en"])
def language(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Language:
    """Return the learner's language, set in a home of its own."""
    chosen: Language = request.param
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text(f'language = "{chosen}"\n', encoding="utf-8")
    return chosen


def _output(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def _refusal(*arguments: str, language: Language) -> str:
    error = CliRunner().invoke(command, list(arguments)).exception
    assert isinstance(error, StudytoolError)
    return error.text(language)


TABLES = {
    "ko": """\
cosine_schedule(t=10, period=50, lr_max=0.1, lr_min=0.001)

  측정량     추정값  ± 표준오차  구간 (99.95%)    닫힌 식  반복 수
  lr      0.0905463           0              –  0.0905463        1

  Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5  (""",
    "en": """\
cosine_schedule(t=10, period=50, lr_max=0.1, lr_min=0.001)

  quantity   estimate  ± SE  interval (99.95%)  closed form  n
  lr        0.0905463     0                  –    0.0905463  1

  Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5  (""",
}


def test_the_table_is_in_the_learners_language(language: Language) -> None:
    output = _output("cosine_schedule")
    assert output.startswith(TABLES[language])
    assert output.endswith({"ko": "초)\n", "en": " s)\n"}[language])


def test_a_quantity_without_a_closed_form_has_a_dash(language: Language) -> None:
    assert language
    assert [line.split()[-2] for line in _output("kink_descent").splitlines()[3:4]] == ["–"]


def test_whole_numbers_are_whole_in_json(language: Language) -> None:
    assert language
    result = json.loads(_output("dropout_layer", "inputs=3", "--replicates", "50", "--json"))
    assert result["parameters"] == {"inputs": 3, "keep": 0.8, "convention": "classic"}
    assert isinstance(result["parameters"]["inputs"], int)
    assert [one["replicates"] for one in result["quantities"]] == [50] * 5


WIDTH_ONE = ("activation=linear", "init=lecun_normal", "layers=20",
             "first=1", "middle=1", "last=1")  # fmt: skip


def test_a_mean_that_rare_draws_carry_is_no_finding(language: Language) -> None:
    """At width 1 the factor is 1; what 2,000 draws show is far below it, and may not look sure."""
    arguments = ("deep_initialization", *WIDTH_ONE, "--replicates", "2000")
    output = _output(*arguments)
    (row,) = [line.split() for line in output.splitlines() if "signal_factor " in line]
    assert row[3] == "?"
    said = {
        "ko": "signal_factor: 드물게 나오는 큰 값이 평균을 정합니다. 중앙값이나 로그를 물으세요.",
        "en": "signal_factor: the mean is carried by rare draws; ask for a median or a logarithm",
    }
    assert said[language] in output
    assert "log10_signal: " not in output  # what to ask instead
    first = json.loads(_output(*arguments, "--json"))["quantities"][0]
    assert (first["low"], first["basis"], first["doubt"]) == (None, "none", "rare-draws")


def test_a_ratio_over_nothing_says_so_beside_what_is_a_number(language: Language) -> None:
    """One ReLU unit a layer lets no gradient through: what is compared with it is no ratio."""
    output = _output("signal_depth", "width=1", "--replicates", "2000")
    said = {"ko": "나누는 값의 평균이 0일 수 있어", "en": "the mean that it is over may be 0"}
    for quantity in ("gradient_square_ratio", "upper_half_share"):
        assert f"{quantity}: {said[language]}" in output
    assert "first_is_smallest" in output


def test_a_share_has_its_exact_interval(language: Language) -> None:
    assert language
    quantities = json.loads(_output("ball_projection", "--replicates", "1000", "--json"))
    named = {one["name"]: one for one in quantities["quantities"]}
    share, none = named["l1_zero_share"], named["l2_zero_share"]
    assert share["basis"] == none["basis"] == "clopper-pearson"
    assert (none["estimate"], none["low"], round(none["high"], 4)) == (0, 0, 0.0083)
    assert share["low"] < share["closed_form"] < share["high"]


@all_rows(
    ("arguments", "korean", "english"),
    [
        (
            ("dense_layer", "fan_in=-3"),
            "dense_layer: fan_in = -3: 1 이상 4096 이하여야 합니다",
            "dense_layer: fan_in = -3: must be in [1, 4096]",
        ),
        (
            ("dropout_layer", "keep=2", "inputs=1.5", "convention=old", "rate=1"),
            "dropout_layer: keep = 2: 0.01 이상 1 이하여야 합니다; inputs = 1.5: 정수여야 합니다; "
            "convention = old: 다음 가운데 하나여야 합니다: classic, inverted; "
            "'rate' 매개변수는 없습니다(있는 것: inputs, keep, convention)",
            "dropout_layer: keep = 2: must be in [0.01, 1]; inputs = 1.5: must be a whole number; "
            "convention = old: must be one of classic, inverted; "
            "no parameter 'rate'; it has inputs, keep, convention",
        ),
        (
            ("dropout_layer", "keep=half"),
            "dropout_layer: keep = half: 수여야 합니다",
            "dropout_layer: keep = half: must be a number",
        ),
        (
            ("dropout_layer", "{keep}"),
            "dropout_layer: '{keep}': name=value처럼 쓰세요",
            "dropout_layer: '{keep}' is not name=value",
        ),
        (
            ("signal_depth", "width=512", "depth=200"),
            "signal_depth: 반복 하나가 메모리에 수 52,633,600개를 두게 됩니다. "
            "최대 32,000,000개입니다. 크기 매개변수를 줄이세요",
            "signal_depth: one replicate would keep 52,633,600 numbers in memory; "
            "at most 32,000,000 are allowed: make a size parameter smaller",
        ),
        (
            ("dense_layer", "fan_in=4096", "--replicates", "8000000"),
            "dense_layer: 수 12,384개짜리 반복 8,000,000번은 너무 많습니다. 최대 1,614,987번입니다",
            "dense_layer: 8,000,000 replicates of 12,384 numbers are too much work; "
            "at most 1,614,987 replicates fit",
        ),
        (
            ("signal_depth", "init=large", "depth=200"),
            "signal_depth: depth = 200: 표준편차가 10/√width인 가중치로 이만큼 깊으면 수가 넘치거나 "
            "사라집니다. 여기서는 2 이상 140 이하여야 합니다",
            "signal_depth: depth = 200: weights of standard deviation 10/√width "
            "overflow or underflow so deep; must be in [2, 140] here",
        ),
        (
            ("dropout_regression", "keep=0.4"),
            "dropout_regression: lr = 0.05에서는 가중치가 발산합니다. "
            "이 keep의 역드롭아웃에서는 0.001 이상 0.04 이하여야 합니다",
            "dropout_regression: lr = 0.05 lets the weights diverge; "
            "with this keep and inverted dropout it must be in [0.001, 0.04]",
        ),
        (
            ("dropout_training", "keep=0.2"),
            "dropout_training: lr = 0.05에서는 가중치가 발산합니다. "
            "이 keep, width와 제곱 손실에서는 0.0001 이상 0.03 이하여야 합니다",
            "dropout_training: lr = 0.05 lets the weights diverge; "
            "with this keep, width and squared loss it must be in [0.0001, 0.03]",
        ),
        (
            ("normalization_change", "n=1"),
            "normalization_change: n = 1: other_examples에서는 2 이상 64 이하여야 합니다",
            "normalization_change: n = 1: with other_examples it must be in [2, 64]",
        ),
        (
            ("normalized_training", "batch=64"),
            "normalized_training: batch = 64: examples = 32에서는 0 이상 32 이하여야 합니다",
            "normalized_training: batch = 64: with examples = 32 it must be in [0, 32]",
        ),
        (
            ("normalized_training", "batch=1"),
            "normalized_training: batch = 1: 샘플 하나에는 정규화할 산포가 없습니다. "
            "0이거나 2 이상이어야 합니다",
            "normalized_training: batch = 1: one example has no spread to normalise; "
            "it must be 0 or at least 2",
        ),
        (
            ("lasso_fit", "lam=9"),
            "lasso_fit: lam = 9에서는 모형이 비어 모든 계수가 0입니다. "
            "이 표본, 특징과 잡음에서는 0.0001 이상 2.77 이하여야 합니다",
            "lasso_fit: lam = 9 empties the model: every coefficient is 0; "
            "with these samples, features and noise it must be in [0.0001, 2.77]",
        ),
        (
            ("feature_selection", "features=4"),
            "feature_selection: informative = 4: features = 4에서는 1 이상 3 이하여야 합니다. "
            "상관없는 특징도 있어야 합니다",
            "feature_selection: informative = 4: with features = 4 it must be in [1, 3], "
            "so that some features do not matter",
        ),
        (
            ("feature_selection", "l1=0"),
            "feature_selection: l1 = 0, l2 = 0: 둘 가운데 하나는 0보다 커야 합니다",
            "feature_selection: l1 = 0, l2 = 0: one of them must be above 0",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_refusals(arguments: tuple[str, ...], korean: str, english: str) -> None:
    assert _refusal(*arguments, language="ko") == korean
    assert _refusal(*arguments, language="en") == english


def test_the_list_names_every_parameter_with_its_range_or_words(language: Language) -> None:
    listed, is_korean = _output("--list"), language == "ko"
    inputs = "유닛의 입력 수" if is_korean else "inputs of the unit"
    convention = "배율을 맞추는 때" if is_korean else "where the scale is set right"
    assert f"    inputs = 20  (1 … 4096)  {inputs}\n" in listed
    assert f"    convention = classic  (classic | inverted)  {convention}\n" in listed
    assert "    [Srivastava et al. 2014, JMLR 15, section 4 and figure 2]\n" in listed


SAVINGS = Path(__file__).parent.parent / "packs/own/compound-interest"


def test_an_experiment_of_a_packs_folder_is_run(language: Language) -> None:
    result = json.loads(_output(f"{SAVINGS}/savings", "times=2", "rate=0.5", "--json"))
    assert result["experiment"] == "compound-interest/savings"
    [growth] = result["quantities"]
    assert growth["estimate"] == growth["closed_form"] == 1.25**2
    outside = {"ko": "1 이상 20000 이하여야 합니다", "en": "must be in [1, 20000]"}[language]
    assert outside in _refusal(f"{SAVINGS}/savings", "times=1e12", language=language)
    near = {"ko": "혹시", "en": "Did you mean"}[language]
    assert near in _refusal(f"{SAVINGS}/saving", language=language)


@pytest.mark.usefixtures("language")
def test_a_question_is_the_labs_at_the_numbers_given() -> None:
    [item] = yaml.safe_load(_output("cosine_schedule", "period=40", "--question", "lr"))
    assert item["kind"] == "prediction"
    assert item["measure"]["found"]["with"]["period"] == "40"
    assert len(item["params"]["t"]["choice"]) > 8  # drawn along the parameter of the lab's curve
    with pytest.raises(NotFoundError):
        _output("dense_layer", "--question", "nothing")

"""Every word of the core's experiments has its Korean, and no Korean is left over."""

import re
from collections.abc import Iterator

import pytest

from studytool.language import LANGUAGES, Language
from studytool.numerics.experiment import Experiment, NumberParameter, WordParameter
from studytool.numerics.registry import EXPERIMENTS
from studytool.typeset.cells import cell_width
from studytool.wording.experiment_names import KOREAN_QUANTITY_NAMES
from studytool.wording.experiment_parameters import CHOICES, KOREAN_PARAMETERS, PARAMETER_NAMES
from studytool.wording.experiment_quantities import KOREAN_QUANTITIES
from studytool.wording.experiment_words import (
    KOREAN_EXPERIMENTS,
    experiment_text,
    parameter_of,
    parameter_text,
    quantity_name,
    quantity_of,
    quantity_text,
)
from studytool.wording.simulation import listing_text

_HANGUL = re.compile("[가-힣]")


def _parameters() -> Iterator[NumberParameter | WordParameter]:
    for experiment in EXPERIMENTS.values():
        yield from experiment.parameters


def _quantities() -> Iterator[tuple[str, str]]:
    for experiment in EXPERIMENTS.values():
        for one in experiment.quantities:
            yield one.name, one.doc


@pytest.mark.parametrize(
    ("known", "met"),
    [
        (set(KOREAN_EXPERIMENTS), set(EXPERIMENTS)),
        (set(PARAMETER_NAMES), {one.name for one in _parameters()}),
        (set(KOREAN_PARAMETERS), {one.doc for one in _parameters()}),
        (
            set(CHOICES),
            {w for one in _parameters() if isinstance(one, WordParameter) for w in one.choices},
        ),
        (set(KOREAN_QUANTITIES), {doc for _, doc in _quantities()}),
        (set(KOREAN_QUANTITY_NAMES), {name.removeprefix("log10_") for name, _ in _quantities()}),
    ],
    ids=["experiments", "parameters", "what they are", "choices", "quantities", "their names"],
)
def test_each_has_its_korean(known: set[str], met: set[str]) -> None:
    assert met - known == set()
    assert known - met == set()  # nothing is left of what the core has no more


def test_a_learner_reads_one_language() -> None:
    for experiment in EXPERIMENTS.values():
        assert _HANGUL.search(experiment_text(experiment, "ko")), experiment.name
        assert not _HANGUL.search(experiment_text(experiment, "en")), experiment.name
    for one in _parameters():
        assert _HANGUL.search(parameter_text(one, "ko")), one
    for name, doc in _quantities():
        assert _HANGUL.search(quantity_text(doc, "ko")), doc
        assert cell_width(quantity_name(name, "ko")) <= 26, name
        assert "_" not in quantity_name(name, "en")


def test_names_fit_a_slider() -> None:
    for name, names in PARAMETER_NAMES.items():
        assert max(map(cell_width, names)) <= 12, name


def test_what_the_core_does_not_know_speaks_for_itself() -> None:
    own: Experiment[None] = Experiment(
        "own", "진자", type(None), (), lambda *_: {}, lambda _: 1, ""
    )
    assert experiment_text(own, "ko") == experiment_text(own, "en") == "진자"
    assert quantity_text("a period", "ko") == "a period"


def test_names_of_a_packs_experiment_are_not_taken_for_the_cores() -> None:
    own: Experiment[None] = Experiment(
        "pendulum/swing", "", type(None), (), lambda *_: {}, lambda _: 1, ""
    )
    assert parameter_of(own, "h", "ko") == "h"  # of the core it is a height
    assert quantity_of(own, "mean_left", "ko") == "mean left"
    core = EXPERIMENTS["normalization_statistics"]
    assert parameter_of(core, "h", "ko") == "높이"
    assert quantity_of(core, "statistics", "ko") == "평균의 수"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_experiments_is_in_one_language(language: Language) -> None:
    text = listing_text(EXPERIMENTS.values(), language)
    for experiment in EXPERIMENTS.values():
        assert f"{experiment.name}: {experiment_text(experiment, language)}\n" in text
    said = [parameter_text(one, language) for one in _parameters()]
    said += [quantity_text(doc, language) for _, doc in _quantities()]
    assert [one for one in said if f" {one}\n" not in text] == []

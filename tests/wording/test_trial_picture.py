"""The picture of a trial: where the estimate lies beside the key, and what a wrong one would be."""

from dataclasses import replace
from math import nan

import pytest

from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.evidence import Verdict
from studytool.quiz.key import NumberKey, RecallKey
from studytool.quiz.tolerance import Tolerance
from studytool.quiz.wanted import figures_wanted
from studytool.session.key_trial import TriedKey
from studytool.typeset.cells import cell_width
from studytool.verification.evidence import ControlResult, Evidence, MeasuredQuantity, Relation
from studytool.verification.looks import TrialLook
from studytool.verification.variant import VariantEvidence
from studytool.wording.trial_picture import looks_picture, trial_picture

_FOUND = MeasuredQuantity(
    "x", Estimate(2.5, 0.1, 400), 2.0, 1.0, Verdict.HOLDS, interval=(2.25, 2.75)
)


def _tried(*measured: MeasuredQuantity) -> TriedKey:
    key = Evidence("i", "", Verdict.HOLDS, measured, (), 1, 0, 0.1, "r")
    return TriedKey(VariantEvidence(key))


def test_the_estimate_stands_beside_the_key() -> None:
    assert list(trial_picture(_tried(_FOUND), "en", width=41)) == [
        "                    ┆ predicted 2",
        "├─────────┝━━━━━━━━━┿━━━━━━━━━┥─────────┤".replace("┝", "┿").replace("┥", "┿"),
        "0         1         2         3         4",
        "                    ┆ ╶──●──╴",
        "● measured (n = 400) · thick: near enoug…",
    ]


def test_an_estimate_that_has_met_the_key_is_named_by_the_sign_it_has() -> None:
    met = replace(_FOUND, estimate=Estimate(2.0, 0.1, 400), interval=(1.75, 2.25))
    *_, drawn, legend = trial_picture(_tried(met), "en", width=41)
    assert drawn.strip() == "╶─◆─╴"
    assert legend.startswith("◆ measured (n = 400)")


@pytest.mark.parametrize(
    "found",
    [
        replace(_FOUND, estimate=Estimate(2.0, 0.0, 1)),  # exact
        replace(_FOUND, predicted=nan),
        replace(_FOUND, tolerance=0.0),
        replace(_FOUND, relation=Relation.EXCEEDS),  # a difference, which has no key
        replace(_FOUND, relation=Relation.REPEATS),  # the picture above shows it
        replace(_FOUND, interval=(nan, nan)),
    ],
)
def test_nothing_is_drawn_where_nothing_was_compared_by_chance(found: MeasuredQuantity) -> None:
    assert list(trial_picture(_tried(found), "en", width=41)) == []
    assert list(trial_picture(_tried(found, _FOUND), "en", width=41)) != []


@pytest.mark.parametrize("width", [32, 40, 72, 200])
def test_no_line_is_wider_than_its_room(width: int) -> None:
    for predicted in (2.0, -1e9, 1e-12):
        lines = list(trial_picture(_tried(replace(_FOUND, predicted=predicted)), "ko", width=width))
        assert len(lines) == 5
        assert max(map(cell_width, lines)) <= width


_LOOK = TrialLook("x", Estimate(2.5, 0.1, 400), 2.0, 0.5, {"twice": 4.0, "far": 400.0})


def test_the_estimate_closes_in_and_wrong_numbers_stand_where_they_are() -> None:
    looks = [
        replace(_LOOK, quantity="another"),
        replace(_LOOK, estimate=Estimate(3.0, 0.3, 16)),
        replace(_LOOK, estimate=Estimate(2.5, 0.1, 32)),
    ]
    lines = looks_picture(looks, "en", width=84, rows=9)
    assert lines[0].strip() == "┆ predicted 2"
    assert [line.split("  ")[-1] for line in lines[3:5]] == ["n = 16", "n = 32"]
    assert "✗" not in lines[3]
    assert lines[4].index("✗") > lines[4].index("●")  # the far one is told, not drawn
    assert lines[4].count("✗") == 1
    assert lines[5] == "✗ wrong: 4, 400"
    assert len(looks_picture(looks, "en", width=48, rows=1)) == 5


def test_the_end_says_how_many_wrong_numbers_were_rejected() -> None:
    found = replace(_FOUND, tolerance=0.5, interval=(2.2, 2.8))
    controls = (ControlResult("twice", 1, 0), ControlResult("far", 1, 1))
    tried = _tried(found)
    key = replace(tried.evidence.key, controls=controls)
    tried = TriedKey(VariantEvidence(key))
    look = replace(_LOOK, estimate=found.estimate)
    lines = list(trial_picture(tried, "en", width=80, looks=[look]))
    assert lines[-1] == "✗ 1 of 2 wrong values rejected: 4, 400"
    other = replace(look, predicted=7.0)  # of another number: it is not shown beside this
    assert "✗" not in "".join(trial_picture(tried, "en", width=80, looks=[other]))


def test_a_key_that_rests_on_a_claim_rejects_what_the_claim_does() -> None:
    """It read "0 of 0 rejected": the key's own evidence names the claim's controls by other names."""
    found = replace(_FOUND, tolerance=0.5, interval=(2.2, 2.8))
    look = replace(_LOOK, estimate=found.estimate)
    key = _tried(found).evidence.key
    claim = replace(key, controls=(ControlResult("twice", 2, 0), ControlResult("far", 2, 0)))
    for claims, said in (
        ((claim,), "✗ 2 of 2 wrong values rejected: 4, 400"),
        ((), "✗ wrong: 4, 400"),
    ):
        tried = TriedKey(VariantEvidence(key, claims))
        assert list(trial_picture(tried, "en", width=80, looks=[look]))[-1] == said


def test_a_computed_key_is_drawn_beside_its_wrong_numbers_alone() -> None:
    computed = Estimate(2.0, 0.0, 1, basis=Basis.COMPUTED)
    tried = _tried(replace(_FOUND, estimate=computed, tolerance=1e-9, interval=(2.0, 2.0)))
    look = replace(_LOOK, estimate=computed, tolerance=1e-9)
    assert list(trial_picture(tried, "en", width=60)) == []
    lines = list(trial_picture(tried, "en", width=60, looks=[look]))
    assert lines[3].index("◆") < lines[3].index("✗")
    assert lines[4] == "◆ computed by a second method"


def test_numbers_have_the_figures_of_the_key_and_no_wrong_one_looks_like_it() -> None:
    look = replace(_LOOK, predicted=2.0833333, wrongs={"a": 4.1666667, "b": 1 / 3})
    lines = looks_picture([look], "en", width=84, rows=1, figures=3)
    assert (lines[0].strip(), lines[-1]) == ("┆ predicted 2.08", "✗ wrong: 4.17, 0.333")
    close = replace(look, wrongs={"a": 2.0843333})
    lines = looks_picture([close], "en", width=84, rows=1, figures=3)
    assert (lines[0].strip(), lines[-1]) == ("┆ predicted 2.083", "✗ wrong: 2.084")


@pytest.mark.parametrize(
    ("value", "asked", "figures"),
    [
        (0.0208333, "3sf", 3),
        (0.0208333, "2sf", 3),  # three at least
        (20.83333, "4sf", 4),
        (208.3333, "2dp", 5),
        (0.0208333, "2dp", 3),
        (0.0, "2dp", 3),
        (123456789.0, "0dp", 6),  # six at most
    ],
)
def test_figures_beside_a_key(value: float, asked: str, figures: int) -> None:
    key = NumberKey(value, Tolerance(asked=asked), "", None, ())
    assert figures_wanted(key) == figures
    assert figures_wanted(RecallKey("")) == 3


def test_nothing_is_drawn_before_the_first_look() -> None:
    assert looks_picture([], "en", width=40, rows=3) == []

"""The picture of a trial: where the estimate lies beside the key, and what a wrong one would be."""

from dataclasses import replace
from math import nan

import pytest

from studytool.numerics.estimate import Estimate
from studytool.packs.evidence import Verdict
from studytool.session.key_trial import TriedKey
from studytool.typeset.cells import cell_width
from studytool.verification.evidence import Evidence, MeasuredQuantity, Relation
from studytool.verification.variant import VariantEvidence
from studytool.wording.trial_picture import trial_picture

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
        "● measured (n = 400) · thick: what count…",
    ]


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

"""One variant tried: its own numbers, the claims behind it, and the same in another process."""

from dataclasses import replace
from pathlib import Path

import pytest

from studytool.errors import Cancelled
from studytool.packs.evidence import Independence, Verdict
from studytool.packs.items import Item, Numeric
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.verification.looks import TrialLook, last_series
from studytool.verification.variant import VariantEvidence, try_variant
from tests.cases import first_quick
from tests.packs.samples import CARD, CLAIM, NUMERIC, write_pack

_CHOICE = """\
- id: which
  kind: choice
  concept: scale
  prompt: {ko: 무엇인가, en: Which one}
  options:
    - {id: more, text: {ko: 하나 더, en: One more}, correct: true, because: averages}
    - {id: half, text: {ko: 반, en: Half}, because: {claim: averages, rejects: half}}
"""
_AVERAGES = """\
- id: averages
  concept: scale
  statement: {ko: 평균은 m이다, en: The mean is m}
  standing: confirmed
  source: {ref: paper}
  checks:
    - expect: "m"
      by: {sample: "normal(m, 1, [reps])"}
      given: [{m: 2}]
      rtol: 0.05
      controls: [{id: half, expect: "m/2"}]
"""
SEED = 7


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    card = CARD + "  claims: [averages]\n"
    folder = write_pack(
        tmp_path_factory.mktemp("variants") / "sample",
        items=card + NUMERIC + _CHOICE,
        claims=CLAIM + _AVERAGES,
    )
    return load_pack(folder)


def _item(pack: Pack, name: str) -> Item:
    return next(item for item in pack.items if item.id == name)


def _tried(pack: Pack, name: str, *, seed: int = SEED, apart: bool = False) -> VariantEvidence:
    item = _item(pack, name)
    variant = make_variant(item, pack_id=pack.id, seed=seed, language="en")
    return try_variant(
        pack.id, item, variant.parameters, claims=pack.claims, seed=seed, apart=apart
    )


def test_a_number_is_tried_at_its_own_numbers_alone(pack: Pack) -> None:
    found = _tried(pack, "doubled")
    shown = make_variant(_item(pack, "doubled"), pack_id=pack.id, seed=SEED, language="en")
    assert [one.condition for one in found.key.measured] == [shown.parameters]
    assert found.parameters == shown.parameters
    assert (found.key.verdict, found.key.draws, found.key.seed) == (Verdict.HOLDS, 1, SEED)
    assert [(one.id, one.rejected) for one in found.key.controls] == [("single", True)]
    assert found.claims == ()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "claims"), [("recall", 1), ("which", 1), ("doubled", 0)])
def test_the_same_variant_and_seed_find_the_same_in_another_process(
    pack: Pack, name: str, claims: int
) -> None:
    here, there = _tried(pack, name), _tried(pack, name, apart=True)
    assert len(here.claims) == claims
    assert here.key.measured == there.key.measured
    assert here.key.verdict is there.key.verdict is Verdict.HOLDS
    assert here.key.independence is Independence.SIMULATED


def test_a_watched_trial_finds_the_same_and_tells_how_it_came_to_it(pack: Pack) -> None:
    item, looks = _item(pack, "doubled"), list[TrialLook]()
    variant = make_variant(item, pack_id=pack.id, seed=SEED, language="en")
    found = try_variant(pack.id, item, variant.parameters, seed=SEED, watch=looks.append)
    [measured] = found.key.measured
    assert measured == _tried(pack, "doubled").key.measured[0]
    seen = [one.estimate.replicates for one in looks]
    assert seen[:3] == [16, 32, 64]  # of the draws that count: the pilot's are not shown
    assert seen == sorted(set(seen))
    assert looks[-1].estimate == measured.estimate
    assert list(looks[-1].wrongs) == ["single"]
    assert last_series(looks) == looks
    again = [replace(looks[0], predicted=7.0), *looks]
    assert last_series(again) == looks


def test_another_seed_draws_other_numbers(pack: Pack) -> None:
    assert _tried(pack, "recall").key.measured != _tried(pack, "recall", seed=8).key.measured


def test_an_option_is_tried_by_the_claim_that_states_or_rejects_it(pack: Pack) -> None:
    found = _tried(pack, "which")
    assert [one.id for one in found.claims] == ["averages"]
    assert [(one.id, one.rejected) for one in found.key.controls] == [("half", True)]


def test_a_wrong_key_is_refuted(pack: Pack) -> None:
    item = _item(pack, "doubled")
    assert isinstance(item, Numeric)
    answer = item.answer.model_copy(update={"formula": "2.2*v"})
    wrong = item.model_copy(update={"answer": answer})
    found = try_variant(pack.id, wrong, {"n": 4.0, "sx": 1.0}, seed=SEED)
    assert found.key.verdict is Verdict.REFUTED


def test_a_key_that_cannot_be_computed_is_undecided_and_says_why(pack: Pack) -> None:
    item = _item(pack, "doubled")
    found = try_variant(pack.id, item, {"n": 4.0}, seed=SEED)  # without sx
    assert found.key.verdict is Verdict.UNDECIDED
    assert len(found.key.problems) == 1
    assert found.key.measured == ()


@pytest.mark.parametrize("apart", first_quick([False, True]))
@pytest.mark.parametrize("name", first_quick(["doubled", "recall"]))
def test_a_cancelled_trial_finds_nothing(pack: Pack, name: str, apart: bool) -> None:  # noqa: FBT001 - a row of the table
    item = _item(pack, name)
    parameters = {"n": 4.0, "sx": 1.0} if name == "doubled" else {}
    with pytest.raises(Cancelled):
        try_variant(
            pack.id, item, parameters, claims=pack.claims, apart=apart, cancelled=lambda: True
        )


def test_progress_counts_the_claims_and_the_key(pack: Pack) -> None:
    told: list[tuple[int, int]] = []
    item = _item(pack, "recall")
    try_variant(pack.id, item, {}, claims=pack.claims, progress=lambda *done: told.append(done))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_pack_of_a_folder_lists_its_claims(tmp_path: Path) -> None:
    """A claim that the item does not name is not tried."""
    folder = write_pack(tmp_path / "sample", items=CARD + NUMERIC, claims=CLAIM)
    read = load_pack(folder)
    found = try_variant(read.id, _item(read, "recall"), {}, claims=read.claims)
    assert (found.claims, found.key.verdict) == ((), None)

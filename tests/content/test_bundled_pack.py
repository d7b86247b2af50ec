"""The bundled pack is product: every item and claim is a case."""

import re
from collections import Counter

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES
from studytool.packs.claims import Claim
from studytool.packs.items import Item, Numeric
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.typeset.math_line import UnknownLatexError, set_line
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
NOTES = (bundled_pack_folder() / "notes.ko.md").read_text("utf-8").split("\n")


def test_there_is_enough_of_every_kind() -> None:
    kinds = Counter(item.kind for item in PACK.items)
    assert sum(kinds.values()) >= 225
    assert kinds["numeric"] >= 80
    assert kinds["prediction"] >= 40
    assert kinds["choice"] >= 35
    assert kinds["card"] + kinds["cloze"] >= 60
    assert kinds["order"] >= 4
    assert set(kinds) == {"card", "cloze", "choice", "order", "prediction", "numeric"}
    assert sum(bool(claim.checks) for claim in PACK.claims) >= 25


def test_every_concept_is_asked_in_each_way() -> None:
    """Recalled (card or cloze), chosen, computed and predicted."""
    ways = {"card": "recall", "cloze": "recall"}
    asked: dict[str, set[str]] = {concept.id: set() for concept in PACK.manifest.concepts}
    for item in PACK.items:
        asked[item.concept].add(ways.get(item.kind, item.kind))
    wanted = {"recall", "choice", "numeric", "prediction"}
    assert {name: wanted - ways for name, ways in asked.items() if wanted - ways} == {}


@all_rows("item", PACK.items, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_an_item_renders_without_a_placeholder_left(item: Item, language: str) -> None:
    for seed in range(3):
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=language)  # type: ignore[arg-type] # of LANGUAGES
        texts = [variant.prompt, variant.solution, *variant.hints]
        assert all(texts[:1])
        assert len(variant.prompt) <= 400
        for text in texts:
            outside = re.sub(r"\$[^$]*\$", "", text)
            assert re.search(r"\{[a-z_]+(:[0-9a-z]+)?\}", outside) is None
            assert outside.count("$") == 0, "a formula that is not closed"


@all_rows("item", PACK.items, ids=lambda item: item.id)
def test_every_formula_of_an_item_can_be_set(item: Item) -> None:
    written = item.model_dump_json().replace("\\\\", "\\")
    written = re.sub(r"\\val(?=\{)", "", written)  # a number in braces takes its place
    for latex in re.findall(r"\$([^$\n]+)\$", written):
        try:
            set_line(latex)
        except UnknownLatexError as error:
            raise AssertionError(f"{item.id}: {latex}") from error


@all_rows(
    "item", [item for item in PACK.items if isinstance(item, Numeric)], ids=lambda item: item.id
)
def test_a_numeric_item_has_many_variants(item: Numeric) -> None:
    drawn: set[tuple[tuple[str, float], ...]] = set()
    for seed in range(120):
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language="en")
        drawn.add(tuple(variant.parameters.items()))
        if len(drawn) == 12:
            return
    assert len(drawn) >= 12


@all_rows("claim", PACK.claims, ids=lambda claim: claim.id)
def test_a_claim_quotes_its_line_and_a_wrong_sentence_is_a_control(claim: Claim) -> None:
    if claim.notes is not None:
        assert claim.notes.quote in "\n".join(NOTES[line - 1] for line in claim.notes.lines)
    if claim.standing == "refuted":
        assert any(control.notes for check in claim.checks for control in check.controls)


def test_every_item_rests_on_a_claim() -> None:
    assert [item.id for item in PACK.items if not item.claims] == []

"""Packages as Anki itself reads and writes them: what we write it imports once, what it writes we read."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from studytool.packs.clozes import Cloze
from studytool.packs.items import Card
from studytool.packs.reader import load_pack
from studytool.review_log.log import ReviewLog
from tests.in_process import run_program

pytestmark = pytest.mark.anki

ITEM = "statistics-primer/share-standard-error"


@pytest.fixture
def anki() -> ModuleType:
    module: ModuleType = pytest.importorskip("anki.collection", reason="anki is not installed")
    return module


def _run(*arguments: str, home: Path) -> None:
    done = run_program(*arguments, home=home)
    assert done.returncode == 0, done.stderr


def test_a_second_import_adds_nothing(anki: Any, tmp_path: Path) -> None:
    package = tmp_path / "primer.apkg"
    _run("pack", "export", "statistics-primer", str(package), "--lang", "en", home=tmp_path / "h")
    collection = anki.Collection(str(tmp_path / "c.anki2"))
    found = []
    for _ in range(2):
        request = anki.ImportAnkiPackageRequest(
            package_path=str(package), options=anki.ImportAnkiPackageOptions()
        )
        log = collection.import_anki_package(request).log
        found.append((len(log.new), len(log.updated) + len(log.conflicting)))
    count = collection.note_count()
    assert count == collection.card_count() > 60
    assert found == [(count, 0), (0, 0)]
    assert collection.fix_integrity()[1]
    card = collection.get_card(collection.find_cards("share-standard-error#1")[0])
    assert "standard error of the share" in card.question()
    assert "under the root, about" in card.answer()
    collection.close()


@pytest.mark.parametrize("is_older", [True, False])
def test_what_anki_exports_becomes_a_pack(anki: Any, tmp_path: Path, *, is_older: bool) -> None:
    pb2 = pytest.importorskip("anki.import_export_pb2")
    collection = anki.Collection(str(tmp_path / "c.anki2"))
    for kind, deck, fields in (
        ("Basic", "Sums::Small", ["What is <b>2+2</b>?", "4 &lt; 5"]),
        ("Cloze", "Places", ["{{c1::Paris}} is in {{c2::France::where}}", ""]),
    ):
        note = collection.new_note(collection.models.by_name(kind))
        note.fields = fields
        note.tags = ["a-tag"]
        collection.add_note(note, collection.decks.id(deck))
    options = pb2.ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=False, legacy=is_older
    )
    package = tmp_path / "out.apkg"
    collection.export_anki_package(out_path=str(package), options=options, limit=None)
    collection.close()
    _run("pack", "import", str(package), str(tmp_path / "made"), home=tmp_path / "h")
    card, *clozes = load_pack(tmp_path / "made").items
    assert isinstance(card, Card)
    assert (card.front.text("en"), card.back.text("en")) == ("What is **2+2**?", "4 < 5")
    assert (card.concept, card.tags) == ("sums-small", ["a-tag"])
    assert [one.text.text("en") for one in clozes if isinstance(one, Cloze)] == [
        "[[a]] is in France", "Paris is in [[a]] (where)",
    ]  # fmt: skip


def test_a_history_goes_to_anki_and_back(anki: Any, tmp_path: Path) -> None:
    """Anki shows the memory that it was given; what it adds comes back, and nothing twice."""
    pb2 = pytest.importorskip("anki.import_export_pb2")
    home, package, back = tmp_path / "h", tmp_path / "out.apkg", tmp_path / "back.apkg"
    table = "card_id,review_time,review_rating\n"
    for days, rating in ((0, 3), (0.01, 4), (5, 2), (30, 3)):
        table += f"{ITEM},{1_780_000_000_000 + int(days * 86_400_000)},{rating}\n"
    (tmp_path / "r.csv").write_text(table)
    _run("log", "import", str(tmp_path / "r.csv"), home=home)
    slug = ITEM.partition("/")[2]
    line = ("pack", "export", "statistics-primer", str(package), "--history", "--item", slug)
    _run(*line, home=home)
    collection = anki.Collection(str(tmp_path / "c.anki2"))
    options = anki.ImportAnkiPackageOptions(with_scheduling=True)
    request = anki.ImportAnkiPackageRequest(package_path=str(package), options=options)
    collection.import_anki_package(request)
    [card] = [collection.get_card(number) for number in collection.find_cards("")]
    with ReviewLog.open(home / "reviews.db") as log:
        memory = log.state(ITEM)
    assert card.memory_state.stability == pytest.approx(memory.stability, abs=1e-3)
    assert card.memory_state.difficulty == pytest.approx(memory.difficulty, abs=1e-2)
    assert (card.reps, card.lapses) == (memory.reps, memory.lapses)
    ratings = collection.db.list("SELECT ease FROM revlog WHERE cid = ? ORDER BY id", card.id)
    assert ratings == [3, 4, 2, 3]
    assert collection.fix_integrity()[1]
    collection.decks.select(card.did)
    collection.sched.set_due_date([card.id], "0")
    due = collection.sched.getCard()
    due.start_timer()
    collection.sched.answerCard(due, 1)
    kept = pb2.ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=False, legacy=False
    )
    collection.export_anki_package(out_path=str(back), options=kept, limit=None)
    collection.close()
    for added in (1, 0):
        done = run_program("log", "import", str(back), "--json", home=home)
        told = json.loads(done.stdout)
        assert (told["read"], told["added"], told["left_out"]) == (5, added, 1)


def test_a_deck_that_comes_back_into_its_own_collection_adds_nothing(
    anki: Any, tmp_path: Path
) -> None:
    """Its notes have their guids; a collection without them takes cards, history and memory."""
    pb2 = pytest.importorskip("anki.import_export_pb2")
    home, made, back = tmp_path / "h", tmp_path / "made", tmp_path / "back.apkg"
    collection = anki.Collection(str(tmp_path / "c.anki2"))
    for kind, fields in (
        ("Basic", ["What is 2+2?", "4"]),
        ("Basic", ["What is 2+3?", "5"]),
        ("Cloze", ["{{c1::Paris}} is in {{c2::France}}, as is {{c1::Nice}}", ""]),
    ):
        note = collection.new_note(collection.models.by_name(kind))
        note.fields = fields
        collection.add_note(note, collection.decks.id("Mine"))
    own = pb2.ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=False, legacy=False
    )
    deck = tmp_path / "deck.apkg"
    collection.export_anki_package(out_path=str(deck), options=own, limit=None)
    before = collection.db.all("SELECT guid, mid, flds FROM notes ORDER BY id")
    _run("pack", "import", str(deck), str(made), home=home)
    _run("pack", "add", str(made), "--yes", home=home)
    items = [f"made/{item.id}" for item in load_pack(made).items]
    assert [item.partition("-")[0] for item in items] == ["made/card"] * 2 + ["made/cloze"] * 2
    rows = "".join(f"{item},{1_780_000_000_000 + n},3\n" for n, item in enumerate(items))
    (tmp_path / "r.csv").write_text(f"card_id,review_time,review_rating\n{rows}")
    _run("log", "import", str(tmp_path / "r.csv"), home=home)
    _run("pack", "export", "made", str(back), "--history", home=home)
    options = anki.ImportAnkiPackageOptions(with_scheduling=True)
    request = anki.ImportAnkiPackageRequest(package_path=str(back), options=options)
    log = collection.import_anki_package(request).log
    assert (len(log.new), collection.note_count(), collection.card_count()) == (0, 3, 4)
    assert collection.db.all("SELECT guid, mid, flds FROM notes ORDER BY id") == before
    collection.close()
    fresh = anki.Collection(str(tmp_path / "fresh.anki2"))
    for new in (3, 0):
        assert len(fresh.import_anki_package(request).log.new) == new
    assert (fresh.note_count(), fresh.card_count()) == (3, 4)
    assert fresh.db.list("SELECT guid FROM notes ORDER BY guid") == sorted(row[0] for row in before)
    assert fresh.fix_integrity()[1]
    cards = [fresh.get_card(number) for number in fresh.find_cards("")]
    assert sorted((card.ord, card.reps, card.memory_state is not None) for card in cards) == [
        (0, 1, True), (0, 1, True), (0, 1, True), (1, 1, True),
    ]  # fmt: skip
    [second] = [card for card in cards if card.ord == 1]
    assert ("Paris" in second.question(), "France" in second.question()) == (True, False)
    assert "France" in second.answer()
    fresh.sched.suspend_cards([card.id for card in cards if card.ord == 0])
    fresh.decks.select(second.did)
    fresh.sched.set_due_date([second.id], "0")
    due = fresh.sched.getCard()
    due.start_timer()
    fresh.sched.answerCard(due, 1)
    fresh.export_anki_package(out_path=str(back), options=own, limit=None)
    fresh.close()
    done = run_program("log", "import", str(back), "--json", home=home)
    assert (json.loads(done.stdout)["added"], json.loads(done.stdout)["read"]) == (1, 5)
    with ReviewLog.open(home / "reviews.db") as reviews:
        assert [reviews.state(item).reps for item in items] == [1, 1, 1, 2]

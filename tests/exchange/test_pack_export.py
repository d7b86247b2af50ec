"""``pack export``: concrete questions with their keys, for Anki, Moodle and paper."""

import json
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest

from studytool.bundled_pack import bundled_folders
from studytool.exchange.anki_export import MODEL, SOURCE
from studytool.packs.reader import load_pack
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.sqlite.connection import open_bytes
from tests.in_process import run_program
from tests.packs.samples import CARD, NUMERIC, write_pack

PACK = "statistics-primer"


def _export(tmp: Path, name: str, *more: str) -> tuple[Path, dict[str, list[dict[str, object]]]]:
    line = ("pack", "export", PACK, str(tmp / name), "--json", "--lang", "en", *more)
    done = run_program(*line, home=tmp / "home")
    assert done.returncode == 0, done.stderr
    return tmp / name, json.loads(done.stdout)


def _text(question: Element, path: str) -> str:
    found = question.find(f"{path}/text")
    assert found is not None
    return found.text or ""


def test_moodle_takes_what_the_program_marks_right_and_no_misconception(tmp_path: Path) -> None:
    """By the program's own marking of each answer's number and of what its tolerance admits."""
    path, told = _export(tmp_path, "q.xml", "--concept", "standard-error", "--variants", "2")
    quiz = fromstring(path.read_text("utf-8"))
    questions = {_text(one, "name"): one for one in quiz if one.get("type") == "numerical"}
    pack = load_pack(bundled_folders()[PACK])
    items = {item.id: item for item in pack.items}
    assert len(questions) == 6  # three items, two variants each
    for name, question in questions.items():
        slug, _, seed = name.partition("/")[2].partition("#")
        item = items[slug]
        variant = make_variant(item, pack_id=PACK, seed=int(seed), language="en")
        assert isinstance(variant.key, NumberKey)
        right, *wrong = question.findall("answer")
        value, within = float(_text(right, ".")), float(right.findtext("tolerance") or "nan")
        assert right.get("fraction") == "100"
        assert value == variant.key.value
        for answer, outcome in (
            (value, Outcome.RIGHT),
            (value + 0.9 * within, Outcome.RIGHT),
            (value + 3 * within, None),
        ):
            found = mark(item, variant, Number(answer)).outcome
            assert found is outcome or (outcome is None and found is not Outcome.RIGHT)
        told_wrong = {wrong.value: wrong.feedback for wrong in variant.key.misconceptions}
        assert {float(_text(one, ".")) for one in wrong} == set(told_wrong)
        assert all(abs(float(_text(one, ".")) - value) > within for one in wrong)
        assert all(_text(one, "feedback") for one in wrong)
    assert {f"{row['item']}#{row['seed']}" for row in told["questions"]} >= set(questions)
    assert told["left_out"] == []


def test_moodle_has_choices_blanks_and_estimates_and_is_told_what_it_lacks(tmp_path: Path) -> None:
    path, told = _export(tmp_path, "q.xml", "--variants", "1")
    quiz = fromstring(path.read_text("utf-8"))
    by_name = {_text(one, "name"): one for one in quiz if one.get("type") != "category"}
    choice = by_name[f"{PACK}/what-shrinks#0"]
    assert choice.get("type") == "multichoice"
    fractions = [float(one.get("fraction", "nan")) for one in choice.findall("answer")]
    assert sorted(fractions) == [0, 0, 0, 100]
    assert all(_text(one, "feedback") for one in choice.findall("answer"))
    blanks = _text(by_name[f"{PACK}/bernoulli-words#0"], "questiontext")
    assert "{1:SHORTANSWER:=square root~=root" in blanks
    assert "{1:NUMERICAL:=10.0:" in blanks
    estimate = by_name[f"{PACK}/lucky-estimates#0"]
    assert estimate.get("type") == "numerical"
    left = {str(row["item"]).partition("#")[0] for row in told["left_out"]}
    kinds = {f"{PACK}/{item.id}": item.kind for item in load_pack(bundled_folders()[PACK]).items}
    assert {kinds[name] for name in left} == {"card", "order"}
    assert len(by_name) + len(left) == len(kinds)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [tag, *(name for name, _ in attrs)]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["exam.md", "exam.html"])
def test_an_exam_asks_before_it_answers_and_says_its_seeds(tmp_path: Path, name: str) -> None:
    path, told = _export(tmp_path, name, "--concept", "standard-error", "--seed", "7")
    asked, key = path.read_text("utf-8").split("Key and solutions", 1)
    assert len(told["questions"]) == 5
    assert "seed 7" in key
    assert "seed 7" not in asked
    pack = load_pack(bundled_folders()[PACK])
    item = next(item for item in pack.items if item.id == "share-standard-error")
    variant = make_variant(item, pack_id=PACK, seed=7, language="en")
    assert isinstance(variant.key, NumberKey)
    assert variant.key.text in key
    assert variant.key.text not in asked
    assert variant.prompt.split(".")[-2].split("?")[0] in asked.replace("\n", " ")
    if name.endswith(".html"):
        tags = _Tags()
        tags.feed(path.read_text("utf-8"))
        assert tags.open == []
        assert not {"script", "link", "img", "src", "href", "onclick"} & set(tags.seen)
    again, _ = _export(tmp_path, f"again-{name}", "--concept", "standard-error", "--seed", "7")
    assert again.read_bytes() == path.read_bytes()


def test_a_package_has_a_card_for_each_question_under_ids_that_stay(tmp_path: Path) -> None:
    notes = []
    for name in ("a.apkg", "b.apkg"):
        path, told = _export(tmp_path, name, "--concept", "power", "--variants", "2")
        with ZipFile(BytesIO(path.read_bytes())) as archive:
            assert archive.read("media") == b"{}"
            collection = open_bytes(archive.read("collection.anki2"))
        rows = collection.execute("SELECT id, guid, mid, flds FROM notes ORDER BY id").fetchall()
        cards = collection.execute("SELECT nid FROM cards ORDER BY nid").fetchall()
        assert [(row[0],) for row in rows] == cards
        assert len({row[1] for row in rows}) == len(rows) == len(told["questions"])
        notes.append(rows)
    assert notes[0] == notes[1]
    assert len(notes[0]) == 9  # four items at two seeds, and a card


def test_items_of_one_note_of_anki_are_that_note_again(tmp_path: Path) -> None:
    """Under its guid, whatever is in it; a second question of an item is a note of its own."""
    cards = [CARD.replace("recall", name) for name in ("one", "two", "three")]
    of_anki = [card + "  anki: 'g''\"<1>'\n" for card in cards[:2]]
    drawn = NUMERIC + "  anki: other\n"
    write_pack(tmp_path / "made", items="".join([of_anki[0], cards[2], of_anki[1], drawn]))
    line = ("pack", "export", str(tmp_path / "made"), str(tmp_path / "a.apkg"), "--variants", "2")
    assert run_program(*line, home=tmp_path / "home").returncode == 0
    with ZipFile(tmp_path / "a.apkg") as archive:
        collection = open_bytes(archive.read("collection.anki2"))
    sql = "SELECT n.guid, c.ord, n.mid, n.flds FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.due"
    rows: list[tuple[Any, ...]] = collection.execute(sql).fetchall()
    shown = [fields.split("\x1f")[3 * at + SOURCE].partition("#") for _, at, _, fields in rows]
    found = [(guid if len(guid) < 16 else "", at, mid - MODEL) for guid, at, mid, _ in rows]
    assert [(name[7:], seed, *row) for (name, _, seed), row in zip(shown, found, strict=True)] == [
        ("one", "0", "g'\"<1>", 0, 1), ("two", "0", "g'\"<1>", 1, 1), ("three", "0", "", 0, 0),
        ("doubled", "0", "other", 0, 0), ("doubled", "1", "", 0, 0),
    ]  # fmt: skip
    types = json.loads(collection.execute("SELECT models FROM col").get)
    assert {int(name) - MODEL: len(one["tmpls"]) for name, one in types.items()} == {0: 1, 1: 2}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((PACK, "x.docx"), "as what? End its name with .apkg"),
        ((PACK, "x.xml", "--concept", "none"), "there is nothing to write into"),
        (("no-such-pack", "x.xml"), "no-such-pack"),
        ((PACK, "none/x.md"), "cannot be written to"),
    ],
)
def test_what_cannot_be_exported_is_told(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    line = ("pack", "export", *arguments, "--lang", "en")
    environment = {"LANG": "en_US.UTF-8"}
    done = run_program(*line, home=tmp_path / "home", within=tmp_path, environment=environment)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert not list(tmp_path.glob("x.*"))

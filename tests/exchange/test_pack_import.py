"""``pack import``: cards of other programs become a pack that ``check`` finds right, and what is left out is told."""

import json
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from zstandard import compress

from studytool.errors import ExchangeError
from studytool.exchange import anki_package
from studytool.exchange.anki_package import MOST_BYTES, read_package
from studytool.exchange.card_tables import read_table
from studytool.exchange.foreign_notes import MOST_OF_A_NOTE
from studytool.exchange.html_text import html_as_markdown
from studytool.exchange.markdown_cards import read_markdown
from studytool.packs.clozes import Cloze
from studytool.packs.items import Card
from studytool.packs.reader import load_pack, read_pack
from studytool.sqlite.connection import database_bytes, new_database
from tests.in_process import run_program

MARKDOWN = """\
# Geography
Prose that is no card, with a [link](https://x.org).

Q: What is the capital of {France}?
A: **Paris**, for $5

and more
C: [Paris] is in [France], see [a map](https://x.org)

Q: no answer

## 다른 덱
수도는?::서울
- Two ways:::Both ways

Several
lines?
?
Answer $x^2$ and $\\nosuch{x}$

This is ==hidden== and ==too==. ![pic](a.png)
"""
TABLE = """\
#separator:Tab
#html:true
#tags column:3
#deck column:4
Front <b>x</b>\tBack<br>two\tmath a::b\tDeck::Sub
<img src=a.png>\t\t\t
Q\t"a ""q"" <script>x</script>b"\t\tDeck
{{c1::A}} and {{c2::B::hint}}\t\t\tDeck
"""


def _imported(
    tmp: Path, name: str, content: str | bytes, *more: str
) -> tuple[Path, dict[str, object]]:
    source = tmp / name
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    line = ("pack", "import", str(source), str(tmp / "made"), "--json", *more)
    done = run_program(*line, home=tmp / "home", environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return tmp / "made", told


def _whys(told: dict[str, object]) -> list[tuple[str, bool]]:
    rows: list[dict[str, object]] = told["left_out"]  # type: ignore[assignment] # of rows
    return [(str(row["place"]), bool(row["whole"])) for row in rows]


def test_markdown_of_two_programs_becomes_a_right_pack(tmp_path: Path) -> None:
    folder, told = _imported(tmp_path, "my notes.md", MARKDOWN)
    assert (told["cards"], told["clozes"]) == (5, 4)
    assert _whys(told) == [
        ("my notes.md:10", True), ("my notes.md:16", False), ("my notes.md:21", False),
    ]  # fmt: skip
    assert read_pack(folder).diagnostics == ()
    pack = load_pack(folder)
    assert [concept.title.text("en") for concept in pack.manifest.concepts] == [
        "Geography", "다른 덱",
    ]  # fmt: skip
    cards = [item for item in pack.items if isinstance(item, Card)]
    assert cards[0].front.text("en") == "What is the capital of \\{France}?"
    assert cards[0].back.text("en") == "**Paris**, for \\$5\n\nand more"
    assert [(one.front.text("en"), one.back.text("en")) for one in cards[1:4]] == [
        ("수도는?", "서울"), ("Two ways", "Both ways"), ("Both ways", "Two ways"),
    ]  # fmt: skip
    assert "$x^2$" in cards[4].back.text("en")
    assert "`\\nosuch" in cards[4].back.text("en")
    clozes = [item for item in pack.items if isinstance(item, Cloze)]
    assert clozes[1].text.text("en") == "Paris is in [[a]], see [a map](https://x.org)"
    assert clozes[1].blanks["a"].spellings("en") == ["France"]  # type: ignore[union-attr] # words
    assert clozes[3].text.text("en") == "This is hidden and [[a]]."


def test_a_table_with_ankis_header_lines_is_read_as_anki_reads_it(tmp_path: Path) -> None:
    folder, told = _imported(tmp_path, "cards.txt", TABLE)
    assert (told["cards"], told["clozes"]) == (2, 2)
    assert _whys(told) == [("cards.txt:6", False), ("cards.txt:6", True), ("cards.txt:7", False)]
    first, second, third, fourth = load_pack(folder).items
    assert isinstance(first, Card)
    assert (first.front.text("en"), first.back.text("en")) == ("Front **x**", "Back\ntwo")
    assert (first.concept, first.tags) == ("deck-sub", ["math", "a-b"])
    assert isinstance(second, Card)
    assert second.back.text("en") == 'a "q" b'
    assert isinstance(third, Cloze)
    assert isinstance(fourth, Cloze)
    assert (third.text.text("en"), fourth.text.text("en")) == ("[[a]] and B", "A and [[a]] (hint)")


def test_an_import_again_of_edited_answers_gives_the_same_ids(tmp_path: Path) -> None:
    ids = []
    for number, answer in enumerate(("서울", "서울특별시")):
        here = tmp_path / str(number)
        here.mkdir()
        folder, _ = _imported(here, "a.md", f"수도는?::{answer}\n")
        ids += [item.id for item in load_pack(folder).items]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("text", "separator", "fields"),
    [
        ("a,b\n", None, ("a", "b")),  # CSV where there is no tab
        ("a;x\tb\n", None, ("a;x", "b")),
        ("#separator:Semicolon\na;b\n", None, ("a", "b")),
        ("#separator:|\na|b\n", None, ("a", "b")),
        ("\ufeffa,b\n", None, ("a", "b")),
        ('"a, c",b\n', None, ("a, c", "b")),
        ("#html:false\n<b>a</b>,b\n", None, ("<b>a</b>", "b")),
        ("a,b,c\n", None, ("a", "b\n\nc")),  # further fields below the answer
    ],
)
def test_what_separates_the_fields(
    text: str, separator: str | None, fields: tuple[str, str]
) -> None:
    [note] = read_table(text, "t", separator).notes
    assert (note.question, note.answer) == fields


def test_a_separator_without_meaning_is_named(tmp_path: Path) -> None:
    (tmp_path / "deck.csv").write_text("#separator:Nonsense\na,b\n", "utf-8")
    line = ("pack", "import", "deck.csv", "made")
    done = run_program(*line, home=tmp_path / "home", within=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "deck.csv" in done.stderr
    assert "'Nonsense'" in done.stderr
    assert "comma, semicolon, tab" in done.stderr
    assert not (tmp_path / "made").exists()


def test_a_quote_that_nothing_closes_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "deck.csv").write_text('a,b\n"c' + "x" * 200_000, "utf-8")
    line = ("pack", "import", "deck.csv", "made")
    done = run_program(*line, home=tmp_path / "home", within=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "deck.csv:2: " in done.stderr
    assert not (tmp_path / "made").exists()


def test_a_formula_over_several_lines_stands_by_itself(tmp_path: Path) -> None:
    text = "Q: a\nA: so\n$$\n\\frac{a}{b}\n = c\n$$\n\nQ: b\nA: $$x^2$$\n\nQ: c $$\n\nA: $$ d\n"
    folder, _ = _imported(tmp_path, "a.md", text.encode())
    backs = [item.back.text("en") for item in load_pack(folder).items if isinstance(item, Card)]
    assert backs == ["so\n$$\\frac{a}{b}  = c$$", "$x^2$", "\\$\\$ d"]


@pytest.mark.parametrize(
    ("html", "markdown", "media", "active"),
    [
        ("a<br>b", "a\nb", False, False),
        ("<div>a</div><div>b</div>", "a\n\nb", False, False),
        ("<b>a</b><i> </i>", "**a**", False, False),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b", False, False),
        ('<a href="https://x.org/a">t</a>', "[t](https://x.org/a)", False, False),
        ('<a href="javascript:f()">t</a>', "t", False, False),
        ("[sound:a.mp3]x", "x", True, False),
        ("<style>b{}</style>x", "x", False, True),
        ("[$]x^2[/$] \\(y\\)", "$x^2$ $y$", False, False),
        ("\\[<br>\\frac{a}{b}<br>\\]<br>\\( y \\)", "$\\frac{a}{b}$\n$y$", False, False),
        ("&lt;b&gt; &amp; &nbsp;", "<b> &", False, False),
        ("a<!-- <b>b --><i>c</i><!-- d", "a*c*", False, False),
        # what ends nowhere is looked through once, not from each of its begins
        ("\\(a \\(b\\) \\[c", "\\(a $b$ \\[c", False, False),
        ("[latex]a[latex]b[/latex]", "[latex]a$b$", False, False),
        ("x<br><a <b <img ", "x\n<a <b <img", False, False),
        ("a \t \nb  c", "a\nb  c", False, False),
    ],
)
def test_html_by_what_is_allowed(html: str, markdown: str, media: bool, active: bool) -> None:  # noqa: FBT001 - columns
    assert html_as_markdown(html) == (markdown, media, active)


def test_a_package_of_anki_in_the_tables_of_schema_11(tmp_path: Path) -> None:
    folder, told = _imported(tmp_path, "deck.apkg", _package(tmp_path))
    assert (told["cards"], told["clozes"]) == (1, 1)
    card, cloze = load_pack(folder).items
    assert isinstance(card, Card)
    assert (card.front.text("en"), card.back.text("en"), card.concept) == ("2+2?", "**4**", "sums")
    assert (card.anki, cloze.anki) == ("guid1", "guid2")
    assert isinstance(cloze, Cloze)
    assert cloze.text.text("en") == "[[a]] is here"


def test_a_package_in_the_newer_format(tmp_path: Path) -> None:
    """Compressed, with a table of decks; beside it a collection of one note that says to update."""
    collection = new_database()
    collection.execute("CREATE TABLE col (decks text)")
    collection.execute("INSERT INTO col VALUES ('')")
    collection.execute("CREATE TABLE decks (id integer, name text COLLATE nocase)")
    collection.execute("INSERT INTO decks VALUES (7, 'Sums\x1fSmall')")
    collection.execute("CREATE TABLE notes (id integer, guid text, tags text, flds text)")
    collection.execute("INSERT INTO notes VALUES (1, 'guid1', '', '2+2?\x1f4')")
    collection.execute("CREATE TABLE cards (nid integer, did integer, ord integer)")
    collection.execute("INSERT INTO cards VALUES (1, 7, 0)")
    with ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("collection.anki2", b"please update")
        archive.writestr("collection.anki21b", compress(database_bytes(collection)))
    content = (tmp_path / "made.zip").read_bytes()
    folder, told = _imported(tmp_path, "deck.apkg", content)
    assert (told["cards"], told["left_out"]) == (1, [])
    [card] = load_pack(folder).items
    assert card.concept == "sums-small"


def _package(tmp: Path) -> bytes:
    collection = new_database()
    collection.execute("CREATE TABLE col (decks text)")
    collection.execute("CREATE TABLE notes (id integer, guid text, tags text, flds text)")
    collection.execute("CREATE TABLE cards (nid integer, did integer, ord integer)")
    collection.execute("INSERT INTO col VALUES (?)", (json.dumps({"7": {"name": "Sums"}}),))
    rows = [(1, "guid1", " t ", "2+2?\x1f<b>4</b>"), (2, "guid2", "", "{{c1::It}} is here\x1f")]
    for row in rows:
        collection.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", row)
        collection.execute("INSERT INTO cards VALUES (?, 7, 0)", (row[0],))
    with ZipFile(tmp / "made.zip", "w") as archive:
        archive.writestr("collection.anki2", database_bytes(collection))
    return (tmp / "made.zip").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "which cards are these?"),
        ("a.md", b"\xff\xfe", "is not text in UTF-8"),
        ("a.md", b"only prose\n", "no card in a.md"),
        ("a.csv", b"front\n", "a.csv:1: it has no answer"),
        ("a.apkg", b"no zip", "is not a complete Anki package"),
        ("missing.md", None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_written(
    tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    line = ("pack", "import", str(tmp_path / name), str(tmp_path / "made"))
    done = run_program(*line, home=tmp_path / "home", environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert not list(tmp_path.glob("*made*"))


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"collection.anki21b": b"x", "collection.anki2": b"x"}, "is not a complete Anki package"),
        ({"collection.anki21b": compress(bytes(MOST_BYTES + 1))}, "is larger than 256 MB"),
        ({"collection.anki2": b"no database"}, "is not a complete Anki package"),
        ({"other": b""}, "is not a complete Anki package"),
    ],
)
def test_a_package_that_cannot_be_read(
    tmp_path: Path, entries: dict[str, bytes], says: str
) -> None:
    with ZipFile(tmp_path / "a.apkg", "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    line = ("pack", "import", str(tmp_path / "a.apkg"), str(tmp_path / "made"))
    done = run_program(*line, home=tmp_path / "home", environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())


@pytest.mark.parametrize("says", [2001, 100])
def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, *, says: int) -> None:
    """One that says its size is refused by that alone; another once it is more than it says."""
    monkeypatch.setattr(anki_package, "MOST_BYTES", 2000)
    unpack = anki_package._as_much_as_may_be
    unpacked: list[int] = []

    def unpacking(read: IO[bytes]) -> bytes | None:
        unpacked.append(says)
        return unpack(read)

    monkeypatch.setattr(anki_package, "_as_much_as_may_be", unpacking)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", bytes(2001))
    content = packed.getvalue()
    at = content.index(b"PK\x01\x02") + 24  # the size, in the list at the end
    content = content[:at] + says.to_bytes(4, "little") + content[at + 4 :]
    with pytest.raises(ExchangeError):
        read_package(Path("a.apkg"), content)
    assert unpacked == ([] if says == 2001 else [says])


def _damaged(method: int) -> bytes:
    """Return a package whose collection is not compressed as it says."""
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        archive.writestr("collection.anki2", bytes(range(256)) * 40)
    whole = bytearray(packed.getvalue())
    for at in range(60, 160):
        whole[at] ^= 0x5A
    return bytes(whole)


def _encrypted() -> bytes:
    """Return a package that says that a password is needed."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("collection.anki2", b"x")
    whole = bytearray(packed.getvalue())
    for at in (6, whole.rindex(b"PK\x01\x02") + 8):
        whole[at] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    "content", [*map(_damaged, (ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)), _encrypted()]
)
def test_a_package_that_cannot_be_unpacked(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.apkg"
    with pytest.raises(ExchangeError, match="not a complete Anki package"):
        read_package(path, content)


@pytest.mark.parametrize(
    ("decks", "is_view", "is_read"),
    [
        ('{"7": {"name": "Sums"}}', False, True),
        ('{"7": {"name": "Sums"}}', True, False),  # it could compute for ever
        ("[1]", False, True),
        ('{"7": 3}', False, True),
        ("no JSON", False, False),
        ("[" * 100_000, False, False),
    ],
)
def test_a_package_that_would_do_harm_is_refused(
    tmp_path: Path, decks: str, *, is_view: bool, is_read: bool
) -> None:
    collection = new_database()
    rows = "SELECT 1 id, 'g' guid, '' tags, 'a' || char(31) || 'b' flds"
    collection.execute(f"CREATE {'VIEW' if is_view else 'TABLE'} notes AS {rows}")
    collection.execute("CREATE TABLE cards (nid integer, did integer, ord integer)")
    collection.execute("CREATE TABLE col (decks text)")
    collection.execute("INSERT INTO col VALUES (?)", (decks,))
    with ZipFile(tmp_path / "a.apkg", "w") as archive:
        archive.writestr("collection.anki21", database_bytes(collection))
    line = ("pack", "import", str(tmp_path / "a.apkg"), str(tmp_path / "made"))
    done = run_program(*line, home=tmp_path / "home", environment={"LANG": "en_US.UTF-8"})
    assert done.returncode == (0 if is_read else 2), done.stderr
    assert (tmp_path / "made").exists() is is_read
    assert is_read or "is not a complete Anki package" in " ".join(done.stderr.split())


def test_a_note_that_is_too_long_is_left_out_and_not_held() -> None:
    """A stranger's field of 200 MB took a gigabyte and minutes."""
    collection = new_database()
    collection.execute("CREATE TABLE notes (id integer, guid text, tags text, flds text)")
    collection.execute("CREATE TABLE cards (nid integer, did integer, ord integer)")
    collection.execute("CREATE TABLE col (decks text)")
    collection.execute("INSERT INTO col VALUES ('')")
    most, long = MOST_OF_A_NOTE, "가" * (MOST_OF_A_NOTE // 3)
    for number, (guid, tags, fields) in enumerate(
        [
            ("g", "t", f"q\x1f{long}"),
            (long, "t", "q\x1fa"),
            ("g", long, "q\x1fa"),
            ("g", "t", "q\x1fa"),
        ]
    ):
        collection.execute("INSERT INTO notes VALUES (?, ?, ?, ?)", (number, guid, tags, fields))
    held: list[int] = []

    def text_of(value: object) -> str:
        held.append(len(str(value)))
        return str(value)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(anki_package, "str", text_of, raising=False)
        read = read_package(Path("a.apkg"), _packed(database_bytes(collection)))
    assert max(held) < 100
    assert [(note.question, note.answer) for note in read.notes] == [("q", "a")]
    assert [one.place for one in read.left_out] == ["a.apkg: 0", "a.apkg: 1", "a.apkg: 2"]
    assert read.left_out[0].why.text("en").startswith(f"it has more than {most:,} bytes")
    assert f"{most:,}바이트보다" in read.left_out[0].why.text("ko")
    table = read_table(f"{'q' * 120_000},{'a' * 120_000}\nq,a\n", "t.csv")
    assert (len(table.notes), [one.place for one in table.left_out]) == (1, ["t.csv:1"])


def _packed(collection: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("collection.anki21", collection)
    return packed.getvalue()


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a::b\n")
    (tmp_path / "made").mkdir()
    line = ("pack", "import", str(tmp_path / "a.md"), str(tmp_path / "made"))
    done = run_program(*line, home=tmp_path / "home")
    assert done.returncode == 2
    assert list((tmp_path / "made").iterdir()) == []


def test_lines_of_code_are_no_cards() -> None:
    fenced = "```\nstd::vector\nQ: no\n```\n\nreal::card\n"
    assert [note.question for note in read_markdown(fenced, "x").notes] == ["real"]


def test_a_source_of_too_many_cards_is_refused_before_it_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.exchange.foreign_notes._MOST_NOTES", 3)
    assert len(read_table("#deck:d\n" + "q,a\n" * 3, "t.csv").notes) == 3
    with pytest.raises(ExchangeError, match=r"^t\.csv:5: more than 3 cards .* split the source"):
        read_table("#deck:d\n" + "q,a\n" * 9, "t.csv")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Q: one\nA: two\n\n" * 2, "utf-8")
    done = run_program("pack", "import", str(tmp_path), str(tmp_path / "made"), home=tmp_path)
    assert (done.returncode, "b.md:4" in done.stderr) == (2, True)
    assert not (tmp_path / "made").exists()

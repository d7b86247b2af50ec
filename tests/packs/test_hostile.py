"""No pack takes steps that grow faster than it does, whatever is wrong with it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from studytool.packs import quotes
from studytool.packs.reader import Reading, read_pack
from tests.cases import first_quick
from tests.packs.samples import CARD, CLAIM, NOTES, write_pack
from tests.typeset.hostile import PIECES, calls, repeated


def _card(text: str, number: int = 0) -> str:
    lines = text.replace("\n", "\n      ")
    front = f"\n    ko: 앞면\n    en: |2\n      {lines}"
    return CARD.replace("recall", f"recall-{number}").replace("{ko: 앞면, en: Front}", front)


def _steps(folder: Path, items: str) -> int:
    write_pack(folder, items=items)
    return calls(partial(read_pack, folder))


def _most_steps(folder: Path, piece: str, size: int) -> int:
    """Return the most steps of four sizes: what is left open at the end may take half as many."""
    texts = [repeated(piece, size + more) for more in range(4)]
    return max(_steps(folder, _card(text)) for text in texts)


@pytest.mark.parametrize("piece", first_quick(PIECES), ids=ascii)
def test_twice_the_text_takes_twice_the_steps(tmp_path: Path, piece: str) -> None:
    read_pack(write_pack(tmp_path, items=_card(repeated(piece, 300))))  # what is loaded once
    once, twice = (_most_steps(tmp_path, piece, size) for size in (1_000, 2_000))
    assert twice < 2.5 * once


MANY: list[tuple[str, Callable[[int], str]]] = [
    ("unknown placeholders of one text", lambda n: _card("{a} " * n)),
    ("unknown formats of one text", lambda n: _card("{a:9} " * n)),
    ("texts with one each", lambda n: "".join(_card("x\n" * 9 + "{a}", i) for i in range(n))),
    ("unknown concepts", lambda n: "".join(
        CARD.replace("recall", f"c{i}").replace("scale", f"scala-{i}") for i in range(n))),
    ("unknown keys of one item", lambda n: CARD + "".join(f"  k{i}: 1\n" for i in range(n))),
    ("twin ids", lambda n: CARD * n),
    ("no entries", lambda n: "- 1\n" * n),
    ("unknown keys", lambda n: "".join(CARD.replace("recall", f"c{i}").replace("back", "bakc")
                                       for i in range(n))),
]  # fmt: skip


@pytest.mark.parametrize(
    "many", first_quick([many for _, many in MANY]), ids=[name for name, _ in MANY]
)
def test_twice_the_mistakes_take_twice_the_steps(
    tmp_path: Path, many: Callable[[int], str]
) -> None:
    read_pack(write_pack(tmp_path, items=many(3)))  # what is loaded once
    once, twice = (_steps(tmp_path, many(count)) for count in (50, 100))
    assert twice < 2.3 * once


def test_misquotes_of_large_notes_are_looked_for_a_few_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is compared with every line: ten thousand in five megabytes would take days."""
    misquotes = 20
    claims = "".join(
        CLAIM.replace("adds", f"adds-{n}").replace("quote: 분산은", "quote: 분산을")
        for n in range(misquotes)
    )

    def nearest() -> int:
        read = read_pack(write_pack(tmp_path, claims=claims))
        found = [one.help for one in read.diagnostics if one.code == "E310"]
        assert len(found) == misquotes
        return sum(help_.startswith("the nearest is in line 2") for help_ in found)

    assert nearest() == misquotes
    monkeypatch.setattr(quotes, "MOST_SEARCHED", 3 * len(NOTES))
    assert nearest() == 3


def test_many_unknown_names_beside_many_known_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is looked up, and none compared with all the others."""
    monkeypatch.setattr("studytool.packs.located.FEW", 30)

    def steps(count: int) -> int:
        folder = write_pack(tmp_path, items="".join(
            CARD.replace("recall", f"c{i}").replace("scale", f"scalf-{i}") for i in range(count)
        ))  # fmt: skip
        manifest = folder / "pack.yaml"
        known = "".join(f"  - {{id: scale-{i}, title: x}}\n" for i in range(count))
        text = manifest.read_text("utf-8")
        manifest.write_text(text.replace("concepts:\n", f"concepts:\n{known}"), "utf-8")
        return calls(partial(read_pack, folder))

    once, twice = steps(50), steps(100)
    assert twice < 2.3 * once
    found = _first(read_pack(tmp_path), "E300")
    assert found.startswith("did you mean 'scale-")


def _first(reading: Reading, code: str) -> str:
    return next(one.help for one in reading.diagnostics if one.code == code)

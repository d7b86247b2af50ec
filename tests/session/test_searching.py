"""Searches carried out on a pack: what each finds, by hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.clock import Clock
from studytool.errors import NotFoundError
from studytool.packs.reader import load_pack
from studytool.search.reader import read_search
from studytool.session.acts import Acts
from studytool.session.desk import Desk
from studytool.session.items import read_rows
from studytool.session.searching import find
from studytool.settings import Settings, save_settings
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.packs.samples import CARD, CLAIM, MANIFEST, write_pack
from tests.review_log.drafts import draft

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CLOCK = Clock(lambda: NOW, lambda _: 0)


def _card(name: str, front: str, tags: str = "") -> str:
    card = CARD.replace("recall", name).replace("en: Front", f"en: {front}")
    return card + (f"  tags: [{tags}]\n" if tags else "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = _made(tmp_path_factory.mktemp("searched"))
    yield desk
    desk.close()


def _made(folder: Path) -> Desk:
    home = folder / "home"
    home.mkdir()
    save_settings(home, Settings(language="en", spread_load=False, leech_lapses=2))
    desk = Desk.open(home, CLOCK)
    cards = (
        _card("one", "Vanishing gradients", "exam, hard")
        + _card("two", "Exploding", "exam")
        + _card("three", "Dropout")
        + _card("four", "None")
    )
    source = write_pack(folder / "pack", items=cards)
    desk.library.install(load_pack(source), source, now_ms=to_ms(NOW - 30 * DAY))
    for pack in desk.library.packs():
        rows = [(one.item, one.concept, one.position) for one in desk.library.listed(pack.id)]
        desk.log.register(pack.id, rows, digest=pack.digest)
    name = _pack(desk)
    for item, days, rating in (("one", 20, Rating.EASY), ("two", 1, Rating.AGAIN)):
        desk.log.append_review(draft(f"{name}/{item}", rating, NOW - days * DAY))
    acts = Acts(desk.log, NOW)
    acts.suspend(f"{name}/three")
    acts.flag(f"{name}/four")
    return desk


def _pack(desk: Desk) -> str:
    return next(pack.id for pack in desk.library.packs() if pack.id != "deep-learning-notes")


def _found(desk: Desk, text: str) -> set[str]:
    rows = read_rows(desk, NOW, packs=[_pack(desk)])
    return {row.item.rpartition("/")[2] for row in find(desk, read_search(text), rows, NOW)}


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("gradient", "one"),  # a part of a word, in another case
        ("VANISHING", "one"),
        ('"vanishing gradients"', "one"),
        ('"gradients vanishing"', ""),
        ("뒷면", "one two three four"),  # in every language of the pack
        ("card", ""),  # the kind is no text
        ("two", "two"),  # the name
        ("tag:exam", "one two"),
        ("tag:ex*", "one two"),
        ("tag:exam -tag:hard", "two"),
        ("item:t*", "two three"),
        ("kind:card", "one two three four"),
        ("is:new", "three four"),
        ("is:learning", "two"),
        ("is:suspended or is:flagged", "three four"),
        ("is:review", "one"),
        ("r<0.99", "one two"),
        ("r<=100%", "one two"),
        ("-r<=1", "three four"),  # a new item has no recall
        ("reviews=1", "one two"),
        ("lapses=0", "one two three four"),
        ("answered:-20d", "one"),
        ("answered>=yesterday", "two"),
        ("answered=2026-02-10", "one"),
        ("due<today is:learning", "two"),
        ("due>=-20d due<=+1000d is:review", "one"),
        ("added=-30d", "one two three four"),
        ("added>-30d", ""),
    ],
)
def test_what_is_found(desk: Desk, text: str, slugs: str) -> None:
    assert _found(desk, text) == set(slugs.split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tag:exma", "no tag named 'exma'. Did you mean 'exam'?"),
        ("concept:nope", "no concept named 'nope'."),
        ("kind:crad", "no kind named 'crad'. Did you mean 'card'?"),
        ("-pack:smal", "no pack named 'smal'."),
    ],
)
def test_a_name_that_nothing_has_is_said(desk: Desk, text: str, said: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        _found(desk, text)
    assert said in refused.value.text("en")


def test_an_update_of_a_pack_keeps_the_day_on_which_an_item_came(tmp_path: Path) -> None:
    desk = _made(tmp_path)
    pack = _pack(desk)
    folder = desk.library.folder(pack)
    assert folder is not None
    items = (folder / "items/all.yaml").read_text("utf-8") + _card("five", "New")
    renamed = items.replace("- id: four\n", "- id: fourth\n  was: [four]\n")
    write_pack(folder, manifest=MANIFEST, items=renamed, claims=CLAIM)
    desk.library.install(load_pack(folder), folder, now_ms=to_ms(NOW))
    added = desk.library.added()
    desk.close()
    came = {item.rpartition("/")[2]: ms for item, ms in added.items()}
    assert came["one"] == came["fourth"] == to_ms(NOW - 30 * DAY)
    assert came["five"] == to_ms(NOW)


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, [*arguments], env={"STUDYTOOL_HOME": str(home)})


def test_the_commands(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(language="en"))
    listed: list[dict[str, Any]] = json.loads(
        _run(tmp_path, "search", "cosine", "-kind:card", "--json").output
    )["items"]
    assert listed
    assert {"card"}.isdisjoint(row["kind"] for row in listed)
    same = _run(tmp_path, "item", "list", "--search", "cosine -kind:card", "--json")
    assert json.loads(same.output)["items"] == listed
    assert "no such items" in _run(tmp_path, "search", "is:due").output
    for arguments in (("search", "a", "("), ("item", "list", "--search", "a (")):
        refused = _run(tmp_path, *arguments)
        assert refused.exit_code == 2
        assert "search, column 4: there is nothing to search for here" in refused.stderr
    helped = _run(tmp_path, "search", "--help")
    assert (helped.exit_code, "QUERY" in helped.output) == (0, True)
    assert _run(tmp_path, "search", "--", "--json").exit_code == 0  # searches for the text

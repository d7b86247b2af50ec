"""The claims of the notes: in their order, found by words, tried again, and the way to their items and back."""

import json
from collections.abc import Callable
from datetime import date
from threading import Event

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList, Static

from studytool.clock import MACHINE_CLOCK
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.library.own_evidence import own_path
from studytool.session import testimony
from studytool.session.claim_trial import ClaimTrial, TriedClaims
from studytool.session.claims import ClaimShelf
from studytool.session.desk import Desk
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.claims_screen import ClaimsScreen
from studytool.tui.home_screen import HomeScreen
from studytool.wording.claims import claim_words
from tests.tui.driving import NOW, app_at, press, resize, settled, text_of, words_of

PACK = "deep-learning-notes"
ALGEBRA = "cosine-value"
"""A claim that is tried in no time."""


def _rows(app: StudyApp) -> list[str]:
    listed = app.screen.query_one(OptionList)
    return [str(listed.get_option_at_index(at).prompt) for at in range(listed.option_count)]


def test_the_shelf_has_every_claim_in_the_order_of_the_notes(desk: Desk) -> None:
    shelf = ClaimShelf(desk, claim_words)
    rows = shelf.find("")
    ids = {
        (pack.id, one.id) for pack in desk.library.packs() for one in desk.library.claims(pack.id)
    }
    assert {(row.pack, row.claim.id) for row in rows} == ids
    assert len(rows) == len(ids) == len(shelf)
    lines = [min(row.lines) for row in rows if row.pack == PACK and row.lines]
    assert lines == sorted(lines)
    assert len(set(lines)) > 50
    linked = {item for row in rows for item in row.items}
    assert linked == {item for *_, item in desk.library.claim_links()}


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("DROPOUT corrected", lambda row: str(row.claim.standing) == "corrected"),
        ("틀림", lambda row: str(row.claim.standing) == "refuted"),
        ("second method holds", lambda row: str(row.independence) == "second-method"),
        ("no-claim-has-this", None),
    ],
)  # fmt: skip
def test_words_of_either_language_find_claims(
    desk: Desk, typed: str, fits: Callable[..., bool] | None
) -> None:
    found = ClaimShelf(desk, claim_words, [PACK]).find(typed)
    assert (fits is None) == (found == [])
    assert fits is None or all(map(fits, found))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_claims_look_like_this(
    desk: Desk,
    size: tuple[int, int],
    language: Language,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.choose_language(language)
    sealed = {pack.digest for pack in desk.library.packs()}  # also while the pack is being written
    monkeypatch.setattr(testimony, "sealed_digests", lambda: sealed)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "n", "down", "down")
        assert text_of(app) == snapshot


async def test_from_a_claim_to_its_items_and_back(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one(Input).value = "dropout-is-ridge"
        await settled(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, BrowseScreen)
        assert len(_rows(app)) == 1
        below = app.screen.query_one("#listing-preview", Static)
        assert str(below.content).startswith("dropout-as-ridge ")  # a row says what is asked
        await press(pilot, "escape")
        assert isinstance(app.screen, ClaimsScreen)
        assert len(_rows(app)) == 1
        await press(pilot, "escape")  # the words first, then the screen
        assert isinstance(app.screen, ClaimsScreen)
        assert len(_rows(app)) > 200
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_claim_is_tried_again_and_says_so(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one(Input).value = ALGEBRA
        await settled(pilot)
        assert "verified here" not in words_of(app)
        assert "computed here" not in words_of(app)
        await press(pilot, "f5")
        assert "1 hold, 0 refuted, 0 undecided" in text_of(app)
        assert f"here on {MACHINE_CLOCK.local(NOW).date()}" in words_of(app)
    kept = json.loads(own_path(desk.home, PACK).read_text())
    assert set(kept["claims"]) == {ALGEBRA}


async def test_a_run_is_shown_stopped_and_what_it_found_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(
        _: ClaimTrial, *, progress: Callable[[int, float], None], cancelled: Callable[[], bool]
    ) -> TriedClaims:
        progress(3, 41.0)
        while not cancelled():
            Event().wait(0.01)
        return TriedClaims(())

    monkeypatch.setattr(ClaimTrial, "run", run)
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        await pilot.press("f6")
        screen = app.screen
        assert isinstance(screen, ClaimsScreen)
        while "3 of" not in text_of(app):
            await pilot.pause(0.01)
        assert "about 41 s left (Esc stops)" in words_of(app)
        await pilot.press("f6", "f5")  # one at a time
        await press(pilot, "escape")
        assert app.screen is screen
        assert "Stopped; what was found is kept." in text_of(app)


async def test_nothing_to_try_nothing_to_show(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        app.screen.query_one(Input).value = "zzz"
        await settled(pilot)
        assert "No claim has these words." in text_of(app)
        await press(pilot, "enter", "f5", "f6")
        assert "Nothing here can be tried." in text_of(app)


async def test_without_packs_there_are_no_claims(desk: Desk) -> None:
    desk.choose_language("en")
    for pack in desk.library.packs():
        desk.library.remove(pack.id)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "n", "f6")
        assert "Nothing here can be tried." in text_of(app)
        await press(pilot, "down", "f9", "f9")
        assert "No pack makes any claim." in text_of(app)


async def test_while_claims_are_read_it_says_so_and_small_windows_show_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_at(desk)
    async with app.run_test(size=(30, 8)) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        assert "코사인" in text_of(app)
        await resize(pilot, 1, 1)
        await resize(pilot, 30, 8)
        assert "코사인" in text_of(app)
        await press(pilot, "escape")
        monkeypatch.setattr(ClaimsScreen, "_read", lambda _: None)
        await press(pilot, "n", "enter", "f5")
        assert isinstance(app.screen, ClaimsScreen)
        await resize(pilot, 80, 24)
        assert "주장을 읽는 중" in text_of(app)


@pytest.mark.parametrize(
    ("key", "shelf"), [("n", "claims_screen.ClaimShelf"), ("b", "browse_screen.ItemShelf")]
)
async def test_why_nothing_can_be_read_stays_in_view(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str, shelf: str
) -> None:
    """In the language that is chosen later too; a key for a row says it again."""

    def refuse(*_: object) -> None:
        raise StudytoolError(Phrase("읽을 수 없음", "closed to us"))

    monkeypatch.setattr(f"studytool.tui.{shelf}", refuse)
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, key)
        assert "closed to us" in text_of(app)
        await press(pilot, "f9")
        assert "읽을 수 없음" in text_of(app)
        app.screen.tell("")  # type: ignore[attr-defined] # of both screens
        await press(pilot, "f5" if key == "n" else "f6")
        assert "읽을 수 없음" in text_of(app)


def test_a_run_tries_what_has_a_check_pack_by_pack(desk: Desk) -> None:
    rows = ClaimShelf(desk, claim_words).find("")
    trial = ClaimTrial.of(desk, rows, date(2026, 11, 24))
    assert len(trial) == sum(bool(row.claim.checks) for row in rows) > 200
    assert [pack.id for pack, _ in trial.packs] == [PACK, "statistics-primer"]
    stopped = trial.run(progress=lambda *_: None, cancelled=lambda: True)
    assert len(stopped.findings) < 2

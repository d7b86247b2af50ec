"""Where the simulation settles nothing: no fault of the learner, so nothing is marked or logged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.errors import UnsettledError
from studytool.language import Phrase
from studytool.packs.items import Item
from studytool.packs.reader import load_pack
from studytool.quiz.prediction import Decision, decide
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.packs.samples import CARD, write_pack
from tests.review_log.queue import flagged_items
from tests.session.measured_pack import OUTCOMES
from tests.tui.driving import app_at, press, settled, study_screen, words_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCOPE = Scope(("sample",))
WHY = Phrase(ko="{item}: 정하지 못합니다.", en="{item}: not settled.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    folder = write_pack(tmp_path / "pack", items=OUTCOMES + CARD)
    opened.library.install(load_pack(folder), folder)
    opened.register_packs()
    yield opened
    opened.close()


@pytest.fixture
def unsettled(monkeypatch: pytest.MonkeyPatch) -> set[float]:
    """Let the simulation settle nothing at these numbers."""
    numbers: set[float] = set()

    def settle(item: Item, *, item_id: str, parameters: dict[str, float]) -> Decision:
        if parameters["n"] in numbers:
            raise UnsettledError(WHY, item=item_id)
        return decide(item, item_id=item_id, parameters=parameters)

    monkeypatch.setattr("studytool.quiz.mark_predicted.decide", settle)
    return numbers


@pytest.mark.parametrize("reveals", first_quick([True, False]))
def test_the_item_is_asked_at_other_numbers(
    desk: Desk, unsettled: set[float], *, reveals: bool
) -> None:
    sitting = Sitting(desk, SCOPE)
    question = sitting.start_next(NOW)
    assert question is not None
    assert question.id == "sample/outcomes"
    for _ in range(2):
        unsettled.add(question.variant.parameters["n"])
        with pytest.raises(UnsettledError) as error:
            _ = sitting.reveal() if reveals else sitting.submit("1")
        question = sitting.ask_otherwise(error.value, NOW)
        assert question is not None
        assert question.id == "sample/outcomes"
        assert question.variant.parameters["n"] not in unsettled
        assert sitting.passed_over == ()
    sitting.submit("1")
    sitting.rate(Rating.GOOD, NOW)
    [review] = desk.log.last_reviews()
    assert review.parameters == question.variant.parameters
    assert flagged_items(desk.log) == []


@pytest.mark.parametrize("kind", first_quick([Sitting, Cram]))
def test_an_item_without_other_numbers_is_passed_over(
    desk: Desk, unsettled: set[float], kind: type[Sitting | Cram]
) -> None:
    unsettled |= {4.0, 8.0, 16.0, 32.0}
    session = kind(desk, SCOPE) if kind is Sitting else Cram(desk, SCOPE, NOW)
    question = session.start_next(NOW)
    while question is not None and question.id == "sample/outcomes":
        with pytest.raises(UnsettledError) as error:
            session.submit("1")
        question = session.ask_otherwise(error.value, NOW)
    assert question is not None
    assert question.id == "sample/recall"
    assert [one.item for one in session.passed_over] == ["sample/outcomes"]
    assert flagged_items(desk.log) == (["sample/outcomes"] if kind is Sitting else [])
    assert desk.log.last_reviews() == []


@pytest.mark.slow
async def test_the_screen_says_so_and_asks_at_other_numbers(
    desk: Desk, unsettled: set[float]
) -> None:
    desk.choose_language("en")
    desk.settings = replace(desk.settings, animate=False)
    app = app_at(desk, Sitting(desk, SCOPE))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        question = study_screen(app)._session.question
        assert question is not None
        number = question.variant.parameters["n"]
        unsettled.add(number)
        await press(pilot, "1")
        assert "sample/outcomes: not settled." in words_of(app)
        assert f"Outcome of {number:g}" not in words_of(app)
        await press(pilot, "1", "enter")
        assert "Front" in words_of(app)
    assert len(desk.log.last_reviews()) == 1

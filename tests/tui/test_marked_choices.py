"""A choice once it is marked: which was right, why, and the question still in view."""

from datetime import datetime

import pytest

from studytool.language import LANGUAGES, Language
from studytool.quiz.key import OptionKey
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.choice_list import ChoiceList
from studytool.typeset.cells import cell_width
from studytool.typeset.math_line import set_plain
from tests.cases import first_quick
from tests.tui.driving import app_at, press, resize, settled, study_screen, text_of

LONG = ("zero-init", "xavier-relu")
"""Their marks once took the question out of sight."""


class _OnlyOne(Sitting):
    """A sitting that asks one item."""

    def __init__(self, desk: Desk, item: str) -> None:
        super().__init__(desk, Scope())
        self._item = f"deep-learning-notes/{item}"

    def start_next(self, now: datetime) -> Question | None:
        return self._open(self._item, now)


def _letters(text: str) -> str:
    """Drop white space and frame: where a line breaks says nothing."""
    return "".join(sign for sign in set_plain(text) if sign.isalnum())


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
@pytest.mark.parametrize("item", first_quick(LONG))
async def test_question_and_both_reasons_are_in_view(
    desk: Desk, item: str, language: Language
) -> None:
    desk.choose_language(language)
    app = app_at(desk, _OnlyOne(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        question = study_screen(app)._session.question
        assert question is not None
        key = question.variant.key
        assert isinstance(key, OptionKey)
        wrong = next(place for place, one in enumerate(key.options) if one.id not in key.right)
        await press(pilot, str(wrong + 1))
        shown = text_of(app)
        [right] = [one for one in key.options if one.id in key.right]
        for text in (question.variant.prompt, right.feedback, key.options[wrong].feedback):
            assert _letters(text) in _letters(shown)
        lines = [line.strip() for line in shown.splitlines()]
        place = key.options.index(right) + 1
        assert any(line.startswith(f"✓ {place}. ") for line in lines)
        assert any(line.startswith(f"✗ {wrong + 1}. ") for line in lines)
        assert sum(line.startswith(("✗ Not right", "✗ 틀렸습니다")) for line in lines) >= 1


async def test_a_key_that_was_shown_lists_what_is_right_and_why(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk, _OnlyOne(desk, "zero-init"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        marked = study_screen(app)._session.mark
        assert marked is not None
        assert marked.outcome is Outcome.SHOWN
        shown = text_of(app)
        assert "○ The answer was shown" in shown
        assert "(yours)" not in shown
        assert "The hidden outputs are 0" in shown


@pytest.mark.slow
async def test_what_was_only_shown_can_only_be_rated_again(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk, _OnlyOne(desk, "zero-init"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        assert "The answer was shown, so it counts as forgotten." in text_of(app)
        assert "1 again" in text_of(app)
        assert "3 good" not in text_of(app)
        session = study_screen(app)._session
        await press(pilot, "3")
        assert session.mark is not None  # still to be rated
        await press(pilot, "enter")
        assert session.mark is None
    assert [one.rating for one in desk.log.answers()] == [1]  # again


async def test_a_reason_that_wraps_goes_on_under_its_own_words(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk, _OnlyOne(desk, "zero-init"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        for width in (80, 50):  # and anew where the window is resized
            await resize(pilot, width, 24)
            listed = app.screen.query_one(ChoiceList)
            strips = [listed.render_line(line).text for line in range(listed.size.height)]
            marked = [strip for strip in strips if strip.strip()]
            assert len(marked) > listed.option_count
            assert all(strip.startswith(("   ", "✓ ", "✗ ", "  ")) for strip in marked)
            assert max(cell_width(strip.rstrip()) for strip in marked) <= width

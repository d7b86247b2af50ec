"""The lesson of a concept over its question: what it shows and when, and that nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input, OptionList

from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.lesson import ConceptLesson
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui.lab_screen import LabScreen
from studytool.tui.lesson_screen import LessonScreen
from studytool.tui.study_screen import StudyScreen
from tests.in_process import run_program
from tests.packs.samples import CLAIM, MANIFEST, NUMERIC, write_pack
from tests.tui.driving import NOW, app_at, press, resize, settled, study_screen, text_of, words_of
from tests.tui.tried_pack import install_at

LESSON = r"""
    lesson:
      ko: |-
        독립인 두 값의 *합*에서는 분산이 더해집니다. 그래서 평균의 표준편차는 $\frac{\sigma}{\sqrt{n}}$입니다.

        $\mathrm{Var}(X+Y)=\mathrm{Var}(X)+\mathrm{Var}(Y)$
      en: |-
        Where two values are independent, the variance of their *sum* is the sum of theirs. So the standard deviation of a mean is $\frac{\sigma}{\sqrt{n}}$.

        $\mathrm{Var}(X+Y)=\mathrm{Var}(X)+\mathrm{Var}(Y)$
"""
TAUGHT = MANIFEST.replace(
    "  - {id: scale, title: {ko: 규모, en: Scale}}\n",
    f"  - id: scale\n    title: {{ko: 규모, en: Scale}}{LESSON}"
    "  - {id: bare, title: {ko: 맨몸, en: Bare}}\n",
)
CLAIMS = (
    CLAIM
    + r"""
- id: sd-does-not
  concept: scale
  statement:
    ko: '표준편차는 더해지지 않는다. $\sqrt{2}$배가 된다'
    en: 'Standard deviations do not add: it is $\sqrt{2}$ times one'
  standing: corrected
  notes: {lines: [1, 2], quote: 줄}
  why: {ko: 위의 것에서 나온다, en: It follows from the above}
  source: {ref: paper}
- id: adds-again
  concept: scale
  statement: {ko: 셋도 더해진다, en: Three add as well}
  standing: confirmed
  notes: {lines: [2], quote: 분산은 더해진다, translation: {en: variances add}}
  why: {ko: 위의 것에서 나온다, en: It follows from the above}
  source: {ref: paper}
"""
)
ITEMS = (
    NUMERIC
    + """\
  claims: [adds, sd-does-not, adds-again]
  hints: [{ko: 힌트, en: A hint}]
- id: several
  kind: choice
  concept: scale
  prompt: {ko: 고르세요, en: Choose}
  order: fixed
  options:
    - {id: one, text: {ko: 하나, en: One}, correct: true}
    - {id: two, text: {ko: 둘, en: Two}}
    - {id: three, text: {ko: 셋, en: Three}, correct: true}
  claims: [sd-does-not]
- id: bare-card
  kind: card
  concept: bare
  front: {ko: 앞면, en: Front}
  back: {ko: 뒷면, en: Back}
"""
)


@pytest.fixture
def taught(desk: Desk, tmp_path: Path) -> Desk:
    folder = write_pack(tmp_path / "sample", manifest=TAUGHT, items=ITEMS, claims=CLAIMS)
    install_at(desk, load_pack(folder), folder)
    desk.choose_language("en")
    return desk


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_lesson_with_the_sentences_of_the_notes(
    taught: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    taught.choose_language(language)
    app = app_at(taught, Sitting(taught, Scope(packs=("sample",), concept="scale")))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f3", "n")
        assert isinstance(app.screen, LessonScreen)
        assert text_of(app) == snapshot


async def test_what_is_typed_stays_and_the_answer_is_not_given_away(taught: Desk) -> None:
    taught.settings = replace(taught.settings, ask_confidence=True)
    app = app_at(taught, Sitting(taught, Scope(packs=("sample",), concept="scale")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "F10 lesson" in words_of(app)
        await press(pilot, "1", "n", "f10")
        assert isinstance(app.screen, LessonScreen)
        said = words_of(app)
        assert "Read before you answer, this counts as a hint. The notes' lines follow" in said
        assert "Standard deviations" not in said
        for back in ("f10", "escape", "n", "ㅜ", "q"):
            await press(pilot, back)
            assert isinstance(app.screen, StudyScreen)
            entry = app.screen.query_one(Input)
            assert (entry.value, entry.has_focus) == ("1n", True)
            await press(pilot, "f10")
        await resize(pilot, 40, 7)
        await resize(pilot, 80, 24)
        await press(pilot, "escape", "backspace", "enter")
        session = study_screen(app)._session
        assert session.mark is not None
        await press(pilot, "f10")  # asked how sure they are, the learner has seen no mark
        assert "Standard deviations" not in words_of(app)
        assert "counts as a hint" not in words_of(app)
        await press(pilot, "f10", "4")
        await press(pilot, "ㅜ")  # a letter by its jamo; an input method types it so
        assert "Standard deviations do not add: it is √2 times one" in words_of(app)


@pytest.mark.parametrize(("reads", "suggested"), [(False, Rating.GOOD), (True, Rating.HARD)])
async def test_to_read_before_the_answer_counts_as_a_hint(
    taught: Desk, *, reads: bool, suggested: Rating
) -> None:
    sitting = Sitting(taught, Scope(packs=("sample",), concept="scale"))
    app = app_at(taught, sitting)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        if reads:
            await press(pilot, "f10", "f10")
        assert sitting.question is not None
        app.screen.query_one(Input).value = repr(sitting.question.variant.key.value)  # type: ignore[union-attr] # numeric
        await press(pilot, "enter", "n", "n", "f9")
        assert sitting.mark is not None
        assert sitting.mark.suggested is suggested


async def test_options_keep_their_ticks_and_no_letter_opens_it(taught: Desk) -> None:
    app = app_at(taught, Sitting(taught, Scope(items=frozenset({"sample/several"}))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "1", "3", "n", "ㅜ")
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, "f10", "f10")
        assert text_of(app).count("[x]") == 2
        assert app.screen.query_one(OptionList).has_focus


async def test_where_there_is_none_the_footer_has_no_key_and_the_key_says_so(taught: Desk) -> None:
    app = app_at(taught, Sitting(taught, Scope(packs=("sample",), concept="bare")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "F10" not in words_of(app)
        await press(pilot, "f10")
        assert isinstance(app.screen, StudyScreen)
        assert "There is nothing to read here." in words_of(app)


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        (
            "en",
            "lesson, Scale\n\nWhere two values are independent, the variance of their sum is the sum of "
            "theirs. So the standard deviation of a mean is σ/√n.\n\nVar(X + Y) = Var(X) + Var(Y)\n",
            "notes, line 2: “variances add” (“분산은 더해진다”) — this sentence stands\n→ It adds\n→ Three add as well\n",
        ),
        (
            "ko",
            "읽을거리, 규모\n\n독립인 두 값의 합에서는 분산이 더해집니다. 그래서 평균의 표준편차는 σ/√n입니다.\n\n"
            "Var(X + Y) = Var(X) + Var(Y)\n",
            "노트 1, 2행: “줄” — 고쳐야 할 문장입니다\n→ 표준편차는 더해지지 않는다. √2배가 된다\n",
        ),
    ],
)
def test_line_by_line_it_is_printed_whole(
    taught: Desk, tmp_path: Path, language: Language, before: str, after: str
) -> None:
    taught.choose_language(language)
    scope = ("study", "sample", "--plain", "--concept", "scale")
    home, name = tmp_path / "home", {"en": ":lesson", "ko": ":읽을거리"}[language]
    done = run_program(*scope, home=home, typed=f":n\n:s\n{name}\n:ㅜ\n1\n:q\n")
    assert (done.returncode, done.stderr) == (0, "")
    text = before.partition("\n\n")[2]
    assert done.stdout.count(text) == 4  # before the first question too
    assert done.stdout.count(before) == 2
    assert done.stdout.count(after) == 2
    assert done.stdout.rindex(after) < done.stdout.rindex(
        text
    )  # what was marked is spoken of first
    assert after not in done.stdout[: done.stdout.index(before) + len(before)]


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_concept_begins_with_its_lesson_once(taught: Desk, language: Language) -> None:
    taught.choose_language(language)
    for session in range(2):
        sitting = Sitting(taught, Scope(packs=("sample",), concept="scale"))
        app = app_at(taught, sitting, lessons=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert isinstance(app.screen, LessonScreen) is (session == 0)
            if session == 0:
                said = words_of(app)
                assert "Var(X + Y) = Var(X) + Var(Y)" in said
                assert "studytool config lessons false" in said
                assert not any(hint in said for hint in ("힌트로 칩니다", "counts as a hint"))
                taught.clock = replace(taught.clock, now=lambda: NOW + timedelta(minutes=3))
                await press(pilot, "enter")
            assert sitting.question is not None
            assert app.screen.query_one(Input).has_focus
            app.screen.query_one(Input).value = repr(sitting.question.variant.key.value)  # type: ignore[union-attr] # numeric
            await press(pilot, "enter")
            assert sitting.mark is not None
            assert sitting.mark.suggested is Rating.GOOD  # a lesson before it is no hint
            await press(pilot, "1")
            spent = {review.duration_ms for review in taught.log.last_reviews()}
            assert spent == {0}  # nor is it time for the answer
            await press(pilot, "u")
            assert isinstance(app.screen, StudyScreen)
            if session == 0:
                await press(pilot, "f3", "1")


async def test_no_lesson_comes_where_it_is_not_wanted_nor_before_a_cram(taught: Desk) -> None:
    scope = Scope(packs=("sample",), concept="scale")
    for session, lessons in ((Sitting(taught, scope), False), (Cram(taught, scope, NOW), True)):
        app = app_at(taught, session, lessons=lessons)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert isinstance(app.screen, StudyScreen)


@pytest.mark.parametrize("keys", [("f10",), ("enter", "n")], ids=["asking", "marked"])
async def test_the_language_changes_over_a_question_too(
    taught: Desk, keys: tuple[str, ...]
) -> None:
    app = app_at(taught, Sitting(taught, Scope(packs=("sample",), concept="scale")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "7", *keys)
        english = words_of(app)
        assert "lesson, Scale" in english
        await press(pilot, "f9")
        assert isinstance(app.screen, LessonScreen)
        korean = words_of(app)
        assert ("읽을거리, 규모" in korean, "문항으로" in korean) == (True, True)
        assert "Var(X + Y) = Var(X) + Var(Y)" in korean
        assert ("노트의 줄은" in korean) is (keys == ("f10",))
        assert ("고쳐야 할 문장입니다" in korean) is (keys != ("f10",))
        await press(pilot, "escape")
        assert taught.settings.language == "ko"
        assert study_screen(app)._question().typed or app.screen.query_one(Input).value == "7"
        assert study_screen(app).shows_mark is (keys != ("f10",))
        assert "답함 0" in words_of(app)


@pytest.mark.usefixtures("taught")
def test_line_by_line_a_concept_begins_with_its_lesson_once(tmp_path: Path) -> None:
    scope = ("study", "sample", "--plain", "--concept", "scale")
    home, title = tmp_path / "home", "lesson, Scale"
    first = run_program(*scope, home=home, typed=":s\n1\n").stdout
    assert first.index(title) < first.index("answered 0")
    assert first.count(title) == 1
    assert "counts as a hint" not in first
    assert title not in run_program(*scope, home=home, typed=":s\n1\n").stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Try: `studytool simulate ball_projection\nradius=0.5`, then more.", "radius"),
        ("Try: `studytool simulate ball_projection radius=-5`.", "must be in"),
        ("Try: `studytool simulate no_such_thing`.", "no_such_thing"),
        ("Nothing to try.", "Nothing to try."),
    ],
)
async def test_e_opens_what_the_lesson_says_to_try(desk: Desk, text: str, shown: str) -> None:
    desk.choose_language("en")
    lesson = ConceptLesson("Balls", text, (), cites_later=False, is_hint=False)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(LessonScreen(lesson, desk, lambda _: lesson))
        await settled(pilot)
        assert ("e lab" in text_of(app)) == ("studytool" in text)
        await press(pilot, "e")
        assert shown in words_of(app)
        if isinstance(app.screen, LabScreen):
            assert app.screen._bench.values["radius"] == 0.5
            await press(pilot, "escape")
        assert isinstance(app.screen, LessonScreen)

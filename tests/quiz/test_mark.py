"""The rules of marking, each at its edge."""

from dataclasses import replace

import pytest

from studytool.language import LANGUAGES, Language
from studytool.quiz.answer import Answer, FilledBlanks, Number, PickedOptions
from studytool.quiz.give_mark import suggest_rating
from studytool.quiz.key import Key, OptionKey, OrderKey, PredictionKey, RecallKey, ShownOption
from studytool.quiz.mark import give_up, mark
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.srs.rating import Rating
from tests.quiz.variants import blank_key, number_key, numeric_of, prediction_of, variant_of

RIGHT, PARTIAL, WRONG = Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG
SHOWN = Outcome.SHOWN
ITEM = numeric_of()
OPTIONS = tuple(ShownOption(id_, id_.upper(), f"say {id_}") for id_ in "abcd")


def _mark(key: Key, answer: Answer, language: Language = "en") -> Mark:
    return mark(ITEM, variant_of(key, language=language), answer)


@pytest.mark.parametrize(
    ("outcome", "hints", "rating"),
    [
        (WRONG, 0, Rating.AGAIN),
        (WRONG, 1, Rating.AGAIN),
        (PARTIAL, 0, Rating.HARD),
        (PARTIAL, 1, Rating.HARD),
        (Outcome.NEAR, 0, Rating.HARD),  # for memory a part
        (Outcome.NEAR, 1, Rating.HARD),
        (Outcome.SHOWN, 0, Rating.AGAIN),  # for memory forgotten
        (Outcome.SHOWN, 1, Rating.AGAIN),
        (RIGHT, 0, Rating.GOOD),
        (RIGHT, 1, Rating.HARD),  # a hint lowers it
        (RIGHT, 3, Rating.HARD),
    ],
)
def test_the_suggested_rating(outcome: Outcome, hints: int, rating: Rating) -> None:
    assert suggest_rating(outcome, hints_used=hints) is rating


@pytest.mark.parametrize(
    ("right", "picked", "outcome", "credit", "misconception"),
    [
        ("a", "a", RIGHT, 1.0, None),
        ("a", "b", WRONG, 0.0, "b"),
        ("a", "ab", WRONG, 0.0, "b"),  # a wrong one beside the right one
        ("ab", "ab", RIGHT, 1.0, None),
        ("abc", "ab", PARTIAL, 2 / 3, None),
        ("abc", "a", PARTIAL, 1 / 3, None),
        ("abc", "abd", WRONG, 0.0, "d"),
        ("ab", "dc", WRONG, 0.0, "c"),  # the first by name
        ("ab", "", WRONG, 0.0, None),
    ],
)
def test_options(
    right: str, picked: str, outcome: Outcome, credit: float, misconception: str | None
) -> None:
    marked = _mark(OptionKey(OPTIONS, frozenset(right)), PickedOptions(frozenset(picked)))
    assert (marked.outcome, marked.credit) == (outcome, credit)
    assert marked.misconception == misconception
    assert marked.key_text == "; ".join(right.upper())
    assert marked.read_as == "; ".join(sorted(picked.upper()))


@pytest.mark.parametrize(
    ("right", "picked", "feedback"),
    [
        ("ab", "ab", "say a say b"),
        ("ab", "a", "There are more right ones. say a say b"),
        ("ab", "ac", "say c say a say b"),  # first why the wrong one is wrong
        ("a", "c", "say c say a"),
        ("a", "a", "say a"),
    ],
)
def test_the_feedback_on_options(right: str, picked: str, feedback: str) -> None:
    marked = _mark(OptionKey(OPTIONS, frozenset(right)), PickedOptions(frozenset(picked)))
    assert marked.feedback == feedback


def test_each_option_says_whether_it_is_right_and_whether_it_was_taken() -> None:
    marked = _mark(OptionKey(OPTIONS, frozenset("ab")), PickedOptions(frozenset("ac")))
    assert [
        (one.number, one.text, one.outcome, one.taken, one.feedback) for one in marked.parts
    ] == [
        (1, "A", RIGHT, True, "say a"),
        (2, "B", RIGHT, False, "say b"),  # missed: why it is right
        (3, "C", WRONG, True, "say c"),
        (4, "D", WRONG, False, ""),  # nobody asked about it
    ]


def test_that_more_are_right_is_said_in_the_learners_language_without_other_feedback() -> None:
    silent = tuple(ShownOption(id_, id_, "") for id_ in "ab")
    said = {
        language: _mark(
            OptionKey(silent, frozenset("ab")), PickedOptions(frozenset("a")), language
        ).feedback
        for language in LANGUAGES
    }
    assert said == {"ko": "맞는 것이 더 있습니다.", "en": "There are more right ones."}


@pytest.mark.parametrize(
    ("texts", "outcome", "credit"),
    [
        (("mean", "one"), RIGHT, 1.0),
        (("MEAN", " o n e "), RIGHT, 1.0),  # case and spaces apart
        (("ｍｅａｎ", "1"), RIGHT, 1.0),  # full width; another spelling
        (("mean", "two"), PARTIAL, 0.5),
        (("two", "one"), PARTIAL, 0.5),
        (("one", "mean"), WRONG, 0.0),  # each in the other's place
        (("", ""), WRONG, 0.0),  # every blank wrong is no part of it
    ],
)
def test_blanks(texts: tuple[str, ...], outcome: Outcome, credit: float) -> None:
    marked = _mark(blank_key(("mean",), ("one", "1")), FilledBlanks(texts))
    assert (marked.outcome, marked.credit) == (outcome, credit)
    assert (marked.read_as, marked.key_text) == ("; ".join(texts), "mean; one")


@pytest.mark.parametrize("texts", [("mean",), ("mean", "one", "two")])
def test_another_number_of_blanks_is_a_bug(texts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="answers for 2 blanks"):
        _mark(blank_key(("mean",), ("one",)), FilledBlanks(texts))


def test_a_card_is_recalled_and_the_learner_rates_it() -> None:
    marked = _mark(RecallKey("the back"), FilledBlanks(("what I said",)))
    assert (marked.outcome, marked.credit, marked.suggested) == (RIGHT, 1.0, Rating.GOOD)
    assert (marked.read_as, marked.key_text) == ("what I said", "the back")


@pytest.mark.parametrize(
    ("key", "outcome", "key_text"),
    [
        (RecallKey("the back"), RIGHT, "the back"),
        (number_key(2.0), SHOWN, "KEY"),
        (number_key(2.0, unit="m"), SHOWN, "KEY m"),
        (OptionKey(OPTIONS, frozenset("bd")), SHOWN, "B; D"),
        (
            OrderKey(OPTIONS, ascending=True, right=tuple("bdac")),
            SHOWN,
            "2. B → 4. D → 1. A → 3. C",
        ),
        (blank_key(("mean",), ("one", "1")), SHOWN, "mean; one"),
        (blank_key(("mean",), number_key(2.0, unit="m")), SHOWN, "mean; KEY m"),
    ],
)
def test_to_give_up_shows_the_key(key: Key, outcome: Outcome, key_text: str) -> None:
    marked = give_up(ITEM, variant_of(key))
    assert (marked.outcome, marked.key_text, marked.read_as) == (outcome, key_text, "")
    assert marked.misconception is None
    assert marked.credit == (1.0 if outcome is RIGHT else 0.0)
    assert marked.suggested is (Rating.GOOD if outcome is RIGHT else Rating.AGAIN)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (number_key(2.0), PickedOptions(frozenset("a"))),
        (OptionKey(OPTIONS, frozenset("a")), Number(1.0)),
        (blank_key(("x",)), Number(1.0)),
        (RecallKey("x"), Number(1.0)),
        (PredictionKey(OPTIONS), Number(1.0)),
    ],
)
def test_an_answer_of_another_kind_is_a_bug(key: Key, answer: Answer) -> None:
    with pytest.raises(TypeError, match="does not answer a numeric"):
        _mark(key, answer)


def test_a_prediction_needs_its_item() -> None:
    with pytest.raises(TypeError, match="p/i has nothing to simulate"):
        _mark(PredictionKey(OPTIONS), PickedOptions(frozenset("a")))


@pytest.mark.parametrize(
    ("picked", "outcome", "misconception", "read_as", "feedback"),
    [
        ("b", RIGHT, None, "text b", "say b"),
        ("a", WRONG, "a", "text a", "say a say b"),
        ("", WRONG, None, "", "say b"),  # given up
    ],
)
def test_a_prediction_is_marked_by_what_happened(
    picked: str, outcome: Outcome, misconception: str | None, read_as: str, feedback: str
) -> None:
    item = prediction_of("x > 1", "x <= 1")
    options = tuple(ShownOption(id_, f"text {id_}", f"say {id_}") for id_ in "ab")
    variant = variant_of(PredictionKey(options), kind="prediction")
    marked = mark(item, variant, PickedOptions(frozenset(picked)))
    assert (marked.outcome, marked.misconception) == (outcome, misconception)
    assert (marked.read_as, marked.key_text, marked.feedback) == (read_as, "text b", feedback)
    [measured] = marked.measured
    assert measured.name == "x"
    assert abs(measured.estimate - 0.25) < 6 * measured.standard_error
    assert measured.replicates >= 128
    if not picked:
        assert give_up(item, variant) == replace(marked, outcome=Outcome.SHOWN)

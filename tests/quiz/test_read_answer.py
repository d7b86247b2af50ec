"""What is typed for options, blanks and cards; numbers have a table of their own."""

from fractions import Fraction

import pytest

from studytool.language import Language
from studytool.quiz.answer import Ambiguous, FilledBlanks, Number, PickedOptions, Unreadable
from studytool.quiz.key import Key, OptionKey, PredictionKey, RecallKey, ShownOption
from studytool.quiz.read_answer import read_answer
from studytool.quiz.read_options import read_places
from tests.quiz.variants import blank_key, number_key, variant_of
from tests.rows import all_rows

OPTIONS = tuple(ShownOption(f"id{place}", f"{place}", "") for place in range(1, 5))
ONE, SEVERAL = OptionKey(OPTIONS, frozenset({"id1"})), OptionKey(OPTIONS, frozenset({"id1", "id2"}))
WHICH = {"ko": "1부터 4까지의 번호로 답하세요.", "en": "Answer with a number from 1 to 4."}
ONE_ONLY = {"ko": "하나만 고르세요.", "en": "Choose one only."}


@all_rows(
    ("text", "places"),
    [
        ("1", "1"),
        (" 4 ", "4"),
        ("a", "1"),
        ("D", "4"),
        ("２", "2"),  # full width
        ("ｂ", "2"),
        ("1,3", "13"),
        ("1 3", "13"),
        ("1;3", "13"),
        ("1·3", "13"),
        ("1/3", "13"),
        ("a, c", "13"),
        ("3 3", "3"),  # the same twice is one
        ("001", "1"),
        ("1.", "1"),
        ("2)", "2"),
        ("(2)", "2"),
        ("[2]", "2"),
        ("{2}", "2"),
        ("<2>", "2"),
        ("#2", "2"),
        ("2:", "2"),
        ("2번", "2"),
        ("2 번", "2"),
        ("2번입니다", "2"),
        ("2번.", "2"),
        ("두 번째", ""),  # in words it is not read
        ("②", "2"),
        ("❷", "2"),
        ("⑵", "2"),
        ("⒉", "2"),
        ("ⓑ", "2"),
        ("⒝", "2"),
        ("²", "2"),
        ("٢", "2"),  # Arabic-Indic
        ("b)", "2"),
        ("(B)", "2"),
        ("b.", "2"),
        ("option 2", "2"),
        ("Option b", "2"),
        ("answer: 2", "2"),
        ("No. 2", "2"),
        ("답 2", "2"),
        ("정답: 2번", "2"),
        ("보기 2", "2"),
        ("①③", "13"),
        ("① ③", "13"),
        ("①, ③", "13"),
        ("(1)(3)", "13"),
        ("1)3)", "13"),
        ("1. 3.", "13"),
        ("1., 3.", "13"),
        ("[1], [3]", "13"),
        ("1번, 3번", "13"),
        ("1번 3번", "13"),
        ("1번과 3번", "13"),
        ("1와 3", "13"),
        ("1, 그리고 3", ""),  # two signs between them
        ("1 and 3", "13"),
        ("1 & 3", "13"),
        ("a and c", "13"),
        ("1、3", "13"),
        ("1，3", "13"),
        ("13", "13"),  # in a row, where each has one digit
        ("31", "13"),
        ("234", "234"),
        ("1234", "1234"),
        ("ac", "13"),
        ("CA", "13"),
        ("ⓐⓒ", "13"),
        ("1 2 3", "123"),
    ],
)
def test_options_by_number_or_letter(text: str, places: str) -> None:
    if not places:
        assert read_answer(variant_of(SEVERAL), text) == Unreadable(WHICH["en"])
        return
    picked = PickedOptions(frozenset(f"id{place}" for place in places))
    assert read_answer(variant_of(SEVERAL), text) == picked
    if len(places) == 1:
        assert read_answer(variant_of(ONE), text) == picked
        assert read_answer(variant_of(PredictionKey(OPTIONS)), text) == picked


def test_the_whole_alphabet_names_options() -> None:
    options = tuple(ShownOption(f"id{place}", "", "") for place in range(1, 28))
    key = OptionKey(options, frozenset({"id1"}))
    for text, place in (("a", 1), ("z", 26), ("26", 26), ("027", 27)):
        read = read_answer(variant_of(key), text)
        assert read == PickedOptions(frozenset({f"id{place}"}))


@all_rows("language", ["ko", "en"])
@all_rows(
    "text",
    [
        "",
        "  ",
        "0",
        "5",
        "e",
        "`",
        "{",
        "x",
        "ax",
        "1 9",
        "-1",
        "1.5",
        "0001",
        "ㄱ",
        "½",
        "1-3",
        "1,,3",
        "15",
        "10",
        "()",
        "(",
        "no",
        "or",
        "1 번째가",
        "the second",
        "㉠",
        "(9" * 900,
        "1,," * 600,
    ],
)
def test_what_names_no_option(text: str, language: Language) -> None:
    for key in (ONE, SEVERAL, PredictionKey(OPTIONS)):
        assert read_answer(variant_of(key, language=language), text) == Unreadable(WHICH[language])


@all_rows("language", ["ko", "en"])
@all_rows("key", [ONE, PredictionKey(OPTIONS)])
@all_rows("text", ["1 2", "ab", "12", "①②"])
def test_one_only(text: str, key: Key, language: Language) -> None:
    read = read_answer(variant_of(key, language=language), text)
    assert read == Unreadable(ONE_ONLY[language])


@all_rows(
    ("count", "text", "texts"),
    [
        (1, " mean ", ("mean",)),
        (1, "a; b", ("a; b",)),  # one blank keeps its semicolon
        (2, "a; b", ("a", "b")),
        (2, "a；b", ("a", "b")),  # full width
        (2, ";b", ("", "b")),
        (2, "a, b", ("a", "b")),  # where no semicolon says otherwise
        (2, "a, b; c", ("a, b", "c")),
        (2, "a / b", ("a", "b")),
        (3, "a, b, c", ("a", "b", "c")),
        (2, "입력、출력", ("입력", "출력")),
        (1, "\u1112\u1161\u11ab", ("한",)),  # composed: NFC
        (2, "\u1112\u1161\u11ab;b", ("한", "b")),
    ],
)
def test_blanks(count: int, text: str, texts: tuple[str, ...]) -> None:
    key = blank_key(*[("x",)] * count)
    read = read_answer(variant_of(key), text)
    assert isinstance(read, FilledBlanks)
    assert tuple(read.texts) == texts or (count == 1 and read.texts[0] in {text.strip(), *texts})


@pytest.mark.parametrize(
    ("language", "count", "text", "why"),
    [
        ("en", 1, "", "Type an answer."),
        ("ko", 2, "  ", "답을 입력하세요."),
        ("en", 2, "a", "There are 2 blanks: separate the answers with ;"),
        ("ko", 3, "a;b", "빈칸이 3개입니다. 답을 ;로 나누어 쓰세요."),
        ("en", 2, "a;b;c", "There are 2 blanks: separate the answers with ;"),
        ("en", 2, "a, b, c", "There are 2 blanks: separate the answers with ;"),
        ("en", 2, "0,5", "There are 2 blanks: separate the answers with ;"),
    ],
)
def test_blanks_that_are_asked_again(language: Language, count: int, text: str, why: str) -> None:
    key = blank_key(*[("x",)] * count)
    assert read_answer(variant_of(key, language=language), text) == Unreadable(why)


def test_what_is_recalled_of_a_card_is_kept_composed() -> None:
    read = read_answer(variant_of(RecallKey("x")), " \u1112\u1161\u11ab ")
    assert read == FilledBlanks(("한",))
    assert read_answer(variant_of(RecallKey("x")), "") == FilledBlanks(("",))


@pytest.mark.parametrize("key", [number_key(1.0), ONE, blank_key(("x",)), RecallKey("x")])
def test_an_answer_may_be_long_but_not_endless(key: Key) -> None:
    too_long = Unreadable("That is too long for an answer.")
    assert read_answer(variant_of(key), "1" * 2001) == too_long
    assert read_answer(variant_of(key), "1" * 2000) != too_long


@pytest.mark.parametrize(("language", "unit"), [("en", "dB"), ("ko", None)])
def test_a_number_knows_its_unit_and_language(language: Language, unit: str | None) -> None:
    variant = variant_of(number_key(1.0, unit=unit), language=language)
    assert read_answer(variant, "0.5") == Number(0.5, Fraction(1, 2))
    assert isinstance(read_answer(variant, "1,000"), Ambiguous)
    read = read_answer(variant, "3 dB")
    assert isinstance(read, Number if unit else Unreadable)


@all_rows(
    ("text", "places"),
    [
        ("12", [12]),  # of so many, two digits are one place
        ("13", None),
        ("ac", None),
        ("1 3", [1, 3]),
        ("①③", [1, 3]),
        ("⑫", [12]),
        ("ⓐⓒ", [1, 3]),
        ("⒜⒞", [1, 3]),
        ("ⓛ", [12]),
        ("0", None),
        ("a, l", [1, 12]),
        ("m", None),
    ],
)
def test_places_of_twelve_options(text: str, places: list[int] | None) -> None:
    assert read_places(text, 12) == places

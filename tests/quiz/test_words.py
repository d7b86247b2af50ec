"""Blanks for words: which spellings are one word, which are another, and which are asked about."""

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.language import Language
from studytool.quiz.answer import Ambiguous, FilledBlanks, Unreadable
from studytool.quiz.key import BlankKey
from studytool.quiz.letters import hangul_in_letters
from studytool.quiz.mark import mark
from studytool.quiz.mark_value import Mark
from studytool.quiz.matching import match_best
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.quiz.words import fold_words
from tests.quiz.variants import blank_key, item_of, number_key, variant_of
from tests.rows import all_rows

_FITS = st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0]), min_size=6, max_size=6)
CARD = item_of(kind="card", front="?", back="!")
RIGHT, PARTIAL, WRONG, NEAR = Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG, Outcome.NEAR


def _mark(key: BlankKey, text: str, language: Language = "en") -> Mark:
    variant = variant_of(key, language=language, kind="cloze")
    read = read_answer(variant, text, was_asked=True)
    assert isinstance(read, FilledBlanks)
    return mark(CARD, variant, read)


@all_rows(
    ("typed", "spelling"),
    [
        ("RELU", "ReLU"),
        ("ｒｅｌｕ", "ReLU"),  # full width
        ("ReLU\ufe00", "ReLU"),  # signs that choose a form, the first and the last
        ("ReLU\ufe0f", "ReLU"),
        ("Straße", "STRASSE"),
        ("fan in", "fan-in"),
        ("fan-in", "fan in"),
        ("fanin", "fan-in"),
        ("fan‐in", "fan-in"),  # U+2010
        ("fan – in", "fan-in"),
        ("batch\u00a0norm", "batch norm"),
        ("L1-norm", "L1 norm"),
        ("L1-norm", "L1norm"),
        ("k means", "k-means"),
        ("ResNet-50", "ResNet 50"),
        ("don’t", "don't"),
        ("L’Hôpital", "L'Hôpital"),
        ("‘ReLU’", "ReLU"),
        ('"ReLU"', "ReLU"),
        ("“ReLU”", "ReLU"),
        ("«ReLU»", "ReLU"),
        ("「편향」", "편향"),
        ("편향.", "편향"),
        ("**bias**", "bias"),
        ("`bias`", "bias"),
        ("0.5", "1/2"),
        ("½", "2/4"),
        ("0.001", "1e-3"),
        ("10^-3", "1e-3"),
        ("0.005", "5×10⁻³"),
        ("편향。", "편향"),
        ("mean,", "mean"),
        ("Re\u200bLU", "ReLU"),  # zero-width space
        ("\ufeffReLU", "ReLU"),
        ("ReLU\u202c", "ReLU"),
        ("nor\u00admal", "normal"),  # soft hyphen
        ("편\u3164향", "편향"),  # Hangul filler
        ("\u1111\u1167\u11ab\u1112\u1163\u11bc", "편향"),  # NFD
        ("ㅍㅕㄴㅎㅑㅇ", "편향"),  # letters of a keyboard without composition
        ("값", "ㄱㅏㅂㅅ"),
        ("과대", "ㄱㅗㅏㄷㅐ"),
        ("$\\eta$", "η"),
        ("\\eta", "η"),
        ("eta", "η"),
        ("에타", "η"),
        ("Eta", "$\\eta$"),
        ("람다", "lambda"),
        ("베타1", "β₁"),
        ("beta_1", "β₁"),
        ("β1", "$\\beta_1$"),
        ("µ", "μ"),  # the micro sign
        ("뮤", "mu"),
        ("ε", "ϵ"),
        ("$n_{in}$", "n_in"),
        ("nᵢₙ", "n_in"),
        ("2^{n}", "2ⁿ"),
        ("2**n", "2^n"),
        ("2^(n)", "$2^{n}$"),
        ("σ²", "sigma^2"),
        ("n⁻¹", "n^-1"),
        ("−1", "-1"),  # U+2212
        ("–1", "-1"),
        ("－1", "-1"),
        ("- 1", "−1"),
        ("minus one", "-1"),
        ("마이너스 1", "-1"),
        ("+1", "1"),
        ("＋1", "1"),
        ("1.0", "1"),
        ("1.", "1"),
        ("01", "1"),
        ("0.50", "0.5"),
        (".5", "0.5"),
        ("0,5", "0.5"),
        ("½", "0.5"),
        ("1/2", "0.5"),
        ("50%", "0.5"),
        ("50 percent", "50%"),
        ("50퍼센트", "50 %"),
        ("zero", "0"),
        ("영", "0"),
        ("하나", "1"),
        ("-0", "0"),
        ("n - 1", "n−1"),
        ("x≤1", "x <= 1"),
        ("2×3", "2·3"),
        ("σ'", "σ′"),
        ("'x'", "x"),
        (".", "."),  # nothing else would be left of it
    ],
)
def test_spellings_of_one_word(typed: str, spelling: str) -> None:
    assert _mark(blank_key((spelling,)), typed).outcome is RIGHT
    assert _mark(blank_key(("another", spelling)), typed, "ko").outcome is RIGHT


@all_rows(
    ("typed", "spelling"),
    [
        ("1", "-1"),
        ("n1", "n-1"),
        ("n-1", "n1"),
        ("2n", "2^n"),
        ("2n", "2ⁿ"),
        ("x1", "x²"),
        ("σ", "σ′"),
        ("σ'", "σ''"),
        ("2^n+1", "2^(n+1)"),
        ("2^n+1", "2^{n+1}"),
        ("L2", "L1"),
        ("ELU", "ReLU"),
        ("ridge", "lasso"),
        ("1 2", "12"),
        ("0.5", "0.51"),
        ("50", "50%"),
        ("각아", "가가"),
        ("악가", "아까"),
        ("x", "χ"),
        ("B", "β"),
        ("", "?"),
        ("ŷ", "y"),
        ("fg'", "fg"),
    ],
)
def test_spellings_of_two_words(typed: str, spelling: str) -> None:
    assert fold_words(typed) != fold_words(spelling)
    if typed:
        assert _mark(blank_key((spelling,)), typed).outcome is WRONG


@all_rows(
    ("typed", "spelling"),
    [
        ("꼭지점", "꼭짓점"),
        ("꼭짓점들", "꼭짓점"),
        ("꼭짓점입니다", "꼭짓점"),
        ("평균을", "평균"),
        ("편항", "편향"),
        ("기울가", "기울기"),
        ("이동하기", "이동"),
        ("imput", "input"),
        ("inptu", "input"),
        ("vairance", "variance"),
        ("normalisation", "normalization"),
        ("colour", "color"),
        ("naive", "naïve"),
        ("means", "mean"),
        ("rows", "row"),
        ("boxes", "box"),
        ("scaling", "scale"),
        ("scaled", "scale"),
        ("zigzag", "zigzagging"),
        ("shift", "shifting"),
        ("maen", "mean"),  # two neighbours
        ("vertexes", "vertex"),
        ("vertices", "vertex"),
        ("matrices", "matrix"),
        ("weakly", "weak"),
        ("embeddings", "embedding"),
        ("Bayes rule", "bayes' rule"),  # an apostrophe left out, or beside its place
        ("baye's rule", "bayes' rule"),
        ("수렴하는", "수렴"),
        ("수렴", "수렴하는"),  # the ending may be the key's
        ("vertex를", "vertex"),  # a Korean ending behind a word of Latin letters
        ("vertex", "vertex를"),
        ("미래를", "미래"),  # four letters of Hangul
        ("x갑", "x값"),  # five letters, the first of them Latin
    ],
)
def test_one_slip_is_asked_about_once(typed: str, spelling: str) -> None:
    variant = variant_of(blank_key(("another", spelling)), kind="cloze")
    asked = read_answer(variant, typed)
    assert asked == Ambiguous(
        f"{spelling}? Press Enter if so, else type it again; this did not count.",
        (spelling,),
        spelling,
    )
    assert read_answer(variant, typed, was_asked=True) == FilledBlanks((typed,))
    assert read_answer(variant, asked.likelier) == FilledBlanks((spelling,))


@all_rows(
    ("typed", "spelling"),
    [
        ("ELU", "ReLU"),  # another name: the first letter
        ("SELU", "SiLU"),  # another name: it is written like one
        ("AdamW", "Adam"),
        ("L2", "L1"),
        ("w", "w'"),
        ("sigma", "sigma'"),  # a derivative
        ("f(x)y", "f'(x)y"),
        ("unbounded", "bounded"),
        ("output", "input"),
        ("bios", "bias"),  # four letters: too many words are so near
        ("wro", "row"),  # three letters changed round
        ("rowing", "row"),
        ("L1s", "L1"),
        ("증기", "증가"),  # five letters of Hangul
        ("핵을", "핵"),  # three letters of it
        ("유도", "우도"),
        ("출력", "입력"),
        ("최댓값", "최솟값"),
        ("argmin", "argmax"),
        ("n-1", "n+1"),
        ("10", "100"),
        ("mean", "mean"),  # no slip at all
        ("기간", "기각"),  # five letters, all of Hangul
        ("nonsense", "mean"),
    ],
)
def test_another_answer_is_not_asked_about(typed: str, spelling: str) -> None:
    variant = variant_of(blank_key((spelling,)), kind="cloze")
    assert read_answer(variant, typed) == FilledBlanks((typed,))


def test_what_another_blank_wants_is_no_slip() -> None:
    variant = variant_of(blank_key(("shifting",), ("shifted",)), kind="cloze")
    assert read_answer(variant, "shifted; shifting") == FilledBlanks(("shifted", "shifting"))


def test_the_blank_that_is_asked_about_is_named() -> None:
    key = blank_key(("입력",), ("꼭짓점",), ("평균",))
    asked = read_answer(variant_of(key, kind="cloze", language="ko"), "입력; 꼭지점; 평균은")
    assert asked == Ambiguous(
        "2번 빈칸: 꼭짓점, 3번 빈칸: 평균? 맞으면 Enter를, 아니면 답을 다시 입력하세요. "
        "이번 입력은 채점하지 않았습니다.",
        ("입력; 꼭짓점; 평균",),
        "입력; 꼭짓점; 평균",
    )


def test_a_slip_within_a_group_is_asked_about() -> None:
    key = blank_key(("scaling",), ("shifting",), unordered=(0, 1))
    asked = read_answer(variant_of(key, kind="cloze"), "shiftng; scaling")
    assert isinstance(asked, Ambiguous)
    assert asked.likelier == "shifting; scaling"
    both = read_answer(variant_of(key, kind="cloze"), "shiftng; scalng")  # neither at its own blank
    assert isinstance(both, Ambiguous)
    assert both.likelier == "shifting; scaling"


# --- several blanks -------------------------------------------------------------------------------

KEY_HALF = number_key(0.5, text="0.500", misconceptions=())


@all_rows(
    ("key", "typed", "outcome", "credit", "feedback"),
    [
        (blank_key(("0",), ("1",), unordered=(0, 1)), "1; 0", RIGHT, 1.0, ""),
        (blank_key(("0",), ("1",), unordered=(0, 1)), "0; 1", RIGHT, 1.0, ""),
        (
            blank_key(("0",), ("1",), unordered=(0, 1)), "1; 7", PARTIAL, 0.5,
            "One of the blanks 1, 2 is ‘0’. say 1",
        ),
        (blank_key(("0",), ("1",), unordered=(0, 1)), "1; 1", PARTIAL, 0.5,
            "One of the blanks 1, 2 is ‘0’. say 1"),  # each answer fills one blank
        (blank_key(("a",), ("b",), ("c",), unordered=(0, 2)), "c; b; a", RIGHT, 1.0, ""),
        (blank_key(("a",), ("b",), ("c",), unordered=(0, 2)), "b; a; c", PARTIAL, 1 / 3,
            "One of the blanks 1, 3 is ‘a’. say 1 Blank 2 is ‘b’. say 2"),
        (blank_key(("a", "b"), ("a",), unordered=(0, 1)), "a; b", RIGHT, 1.0, ""),
        (blank_key(("a",), ("b",)), "b; a", WRONG, 0.0,
            "Blank 1 is ‘a’. say 1 Blank 2 is ‘b’. say 2"),
        (blank_key(("a",), ("b",)), "a; x", PARTIAL, 0.5, "Blank 2 is ‘b’. say 2"),
        (blank_key(("a",)), "x", WRONG, 0.0, "say 1"),  # its number would say nothing
        (blank_key(("a",), KEY_HALF), "a; 1/2", RIGHT, 1.0, ""),
        (blank_key(("a",), KEY_HALF), "a; 50%", RIGHT, 1.0, ""),
        (blank_key(KEY_HALF, ("a",), unordered=(0, 1)), "a; .5", RIGHT, 1.0, ""),
        (blank_key(KEY_HALF, ("a",), unordered=(0, 1)), "b; c", WRONG, 0.0,
            "One of the blanks 1, 2 is ‘0.500’. say 1 One of the blanks 1, 2 is ‘a’. say 2"),  # no number
    ],
)  # fmt: skip
def test_several_blanks(
    key: BlankKey, typed: str, outcome: Outcome, credit: float, feedback: str
) -> None:
    marked = _mark(key, typed)
    assert (marked.outcome, marked.feedback) == (outcome, feedback)
    assert marked.credit == pytest.approx(credit)
    assert [part.number for part in marked.parts] == list(range(1, len(key.blanks) + 1))


@all_rows(
    ("key", "typed", "outcome", "credit"),
    [
        (blank_key(KEY_HALF), "0.51", NEAR, 0.5),
        (blank_key(KEY_HALF, KEY_HALF), "0.51; 0.52", NEAR, 0.5),
        (blank_key(("a",), KEY_HALF), "a; 0.51", NEAR, 0.75),  # beside a right one
        (blank_key(("a",), KEY_HALF), "b; 0.51", PARTIAL, 0.25),  # beside a wrong one
        (blank_key(KEY_HALF, KEY_HALF), "0.51; 7", PARTIAL, 0.25),
    ],
)
def test_a_near_number_among_several_blanks(
    key: BlankKey, typed: str, outcome: Outcome, credit: float
) -> None:
    marked = _mark(key, typed)
    assert marked.outcome is outcome
    assert marked.credit == pytest.approx(credit)


@pytest.mark.parametrize("ends", ["ㄱㆎ", "가힣"])
def test_every_syllable_and_letter_is_what_it_is_made_of(ends: str) -> None:
    """The oracle is Unicode's own decomposition."""
    first, last = map(ord, ends)
    signs = "".join(map(chr, range(first, last + 1)))
    assert hangul_in_letters(signs) == hangul_in_letters(unicodedata.normalize("NFKD", signs))


def test_a_wrong_number_says_what_its_mark_says_and_what_its_blank_says() -> None:
    marked = _mark(blank_key(("a",), KEY_HALF), "a; -0.5")
    assert marked.misconception == "slip:sign"
    assert marked.feedback == "Blank 2 is ‘0.500’. The sign is the other way round. say 2"
    assert [part.outcome for part in marked.parts] == [RIGHT, WRONG]
    assert [part.feedback for part in marked.parts] == [
        "",
        "The sign is the other way round. say 2",
    ]


def test_a_number_that_cannot_be_read_is_asked_for_again() -> None:
    key = blank_key(("a",), number_key(1000.0))
    variant = variant_of(key, kind="cloze")
    unread = read_answer(variant, "a; wide")
    assert isinstance(unread, Unreadable)
    assert unread.why.startswith("Blank 2: ")
    asked = read_answer(variant, "a; 1,000")
    assert isinstance(asked, Ambiguous)
    assert asked.question.startswith("Blank 2: Two readings: 1000, or 1.")
    assert read_answer(variant, asked.likelier) == FilledBlanks(("a", "1000"))
    assert read_answer(variant, "a; ") == FilledBlanks(("a", ""))  # left empty is an answer


def test_a_blank_takes_units_as_its_item_says() -> None:
    """Where they are not converted, they are asked again; what was typed all the same is wrong."""
    for units, outcome in (("convert", RIGHT), ("exact", WRONG)):
        key = blank_key(("a",), number_key(0.5, unit="m", units=units))
        variant = variant_of(key, kind="cloze")
        read = read_answer(variant, "a; 50 cm")
        assert isinstance(read, FilledBlanks if outcome is RIGHT else Unreadable)
        marked = mark(CARD, variant, FilledBlanks(("a", "50 cm")))
        assert [part.outcome for part in marked.parts] == [RIGHT, outcome]


@pytest.mark.parametrize(
    ("fits", "places"),
    [
        ([[1.0]], (0,)),
        ([[0.0, 0.0], [0.0, 0.0]], (0, 1)),
        ([[1.0, 1.0], [1.0, 0.0]], (1, 0)),
        ([[1.0, 0.5], [1.0, 0.0]], (1, 0)),  # 1.5 in all, where the first's best is 1
        ([[0.5, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]], (2, 1, 0)),
    ],
)
def test_each_answer_goes_where_all_fit_best(
    fits: list[list[float]], places: tuple[int, ...]
) -> None:
    assert match_best(fits) == places


@given(st.integers(1, 6).flatmap(lambda n: st.lists(_FITS.filter(bool), min_size=n, max_size=n)))
def test_no_other_matching_fits_better(rows: list[list[float]]) -> None:
    fits = [row[: len(rows)] for row in rows]
    places = match_best(fits)
    assert sorted(places) == list(range(len(fits)))
    found = sum(row[place] for row, place in zip(fits, places, strict=True))
    every = permutations(range(len(fits)))
    best = max(sum(row[at] for row, at in zip(fits, one, strict=True)) for one in every)
    assert found == pytest.approx(best)


# --- laws -----------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_no_text_breaks_the_fold_and_each_is_its_own_spelling(text: str) -> None:
    assert fold_words(text) == fold_words(f"  {text}\u200b ")
    variant = variant_of(blank_key(("mean",), ("1",)), kind="cloze")
    read = read_answer(variant, f"{text}; {text}")
    assert isinstance(read, FilledBlanks | Ambiguous | Unreadable)
    if text.strip() and not set(text) & set(";\uff1b"):
        spelled = _mark(blank_key((text,), (text,)), f"{text};{text}")
        assert spelled.outcome is RIGHT


@given(st.sampled_from(["vertex", "꼭짓점", "batch norm", "n-1", "σ′", "0.5", "2^n"]), st.data())
def test_dress_makes_no_other_word(word: str, data: st.DataObject) -> None:
    dress = data.draw(
        st.sampled_from(["{}.", " {} ", "“{}”", "'{}'", "${}$", "{}\u200b", "「{}」"])
    )
    form = data.draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title]))
    typed = unicodedata.normalize(form, dress.format(case(word)))  # type: ignore[arg-type] # one of four
    assert fold_words(typed) == fold_words(word)

"""Orders as learners type them: every usual spelling is read, all else says what to type."""

from hypothesis import given
from hypothesis import strategies as st

from studytool.quiz.answer import OrderedThings, Unreadable
from studytool.quiz.key import ShownOption
from studytool.quiz.read_order import read_order
from tests.rows import all_rows

THINGS = tuple(ShownOption(f"id{place}", f"thing {place}", "") for place in range(1, 4))


@all_rows(
    ("text", "places"),
    [
        ("2 1 3", "213"),
        ("213", "213"),  # places are single digits
        ("2,1,3", "213"),
        ("2, 1, 3", "213"),
        ("2;1;3", "213"),
        ("2·1·3", "213"),
        ("2/1/3", "213"),
        ("2-1-3", "213"),
        ("2 – 1 – 3", "213"),
        ("2.1.3.", "213"),
        ("2. 1. 3.", "213"),
        ("(2) (1) (3)", "213"),
        ("(2)(1)(3)", "213"),
        ("[2][1][3]", "213"),
        ("2) 1) 3)", "213"),
        ("②①③", "213"),
        ("② ① ③", "213"),
        ("⑵⑴⑶", "213"),  # bracketed in one sign
        ("⒉⒈⒊", "213"),  # with a stop in one sign
        ("２１３", "213"),  # full width
        ("٢ ١ ٣", "213"),  # Arabic-Indic
        ("b a c", "213"),
        ("bac", "213"),
        ("B A C", "213"),
        ("B, A, C", "213"),
        ("2번 1번 3번", "213"),
        ("2번, 1번, 3번", "213"),
        ("2 -> 1 -> 3", "213"),
        ("2->1->3", "213"),
        ("2 → 1 → 3", "213"),
        ("2→1→3", "213"),
        ("2 => 1 => 3", "213"),
        ("2 ⇒ 1 ⇒ 3", "213"),
        ("2 --> 1 --> 3", "213"),
        ("2 < 1 < 3", "213"),  # the smallest first, as it is asked for
        ("2<1<3", "213"),
        ("2＜1＜3", "213"),
        ("b < a < c", "213"),
        ("  3\t1 2 ", "312"),
        ("1 2 3", "123"),
        ("3 | 2 | 1", "321"),
        ("2, 1 and 3", "213"),  # as options are typed
        ("2번, 1번, 3번입니다", "213"),
    ],
)
def test_an_order_is_read(text: str, places: str) -> None:
    expected = OrderedThings(tuple(f"id{place}" for place in places))
    assert read_order(text, THINGS, "en", ascending=True) == expected


@all_rows(
    ("text", "en", "ko"),
    [
        ("", "Type the 3 numbers in order, as in 3 2 1.", "번호 3개를 차례대로 쓰세요. 예: 3 2 1"),
        (
            " , ",
            "Type the 3 numbers in order, as in 3 2 1.",
            "번호 3개를 차례대로 쓰세요. 예: 3 2 1",
        ),
        (
            "2 1",
            "Missing: 3. Put all 3 in order.",
            "빠진 번호: 3. 3개를 모두 차례대로 쓰세요.",
        ),
        (
            "2",
            "Missing: 1, 3. Put all 3 in order.",
            "빠진 번호: 1, 3. 3개를 모두 차례대로 쓰세요.",
        ),
        (
            "2 1 1",
            "1 stands there twice; type each number once.",
            "1번이 두 번 나옵니다. 번호마다 한 번씩 쓰세요.",
        ),
        (
            "2 1 4",
            "There is no '4': type the numbers from 1 to 3 in order.",
            "'4'은(는) 없는 번호입니다. 1부터 3까지의 번호를 차례대로 쓰세요.",
        ),
        (
            "2 1 0",
            "There is no '0': type the numbers from 1 to 3 in order.",
            "'0'은(는) 없는 번호입니다. 1부터 3까지의 번호를 차례대로 쓰세요.",
        ),
        (
            "c d a",  # a letter beside one that stands nowhere
            "There is no 'd': type the numbers from 1 to 3 in order.",
            "'d'은(는) 없는 번호입니다. 1부터 3까지의 번호를 차례대로 쓰세요.",
        ),
        (
            "a d c",  # a letter beside one that stands nowhere
            "There is no 'd': type the numbers from 1 to 3 in order.",
            "'d'은(는) 없는 번호입니다. 1부터 3까지의 번호를 차례대로 쓰세요.",
        ),
        (
            "?",
            "There is no '?': type the numbers from 1 to 3 in order.",
            "'?'은(는) 없는 번호입니다. 1부터 3까지의 번호를 차례대로 쓰세요.",
        ),
        (
            "2 = 1 < 3",
            "No ties here: give each number a place of its own.",
            "같은 순위는 받지 않습니다. 번호마다 자리를 하나씩 정하세요.",
        ),
        (
            "2 < 1 > 3",
            "< and > do not go together; type the numbers as in 3 2 1.",
            "<와 >를 함께 쓸 수 없습니다. 3 2 1처럼 쓰세요.",
        ),
        (
            "2 > 1 > 3",  # greater, or an arrow?
            "The smallest comes first here. If '>' means 'greater than', type 3 1 2; "
            "if it is an arrow, type 2 1 3.",
            "여기서는 작은 것부터 놓습니다. '>'이(가) '더 크다'라면 3 1 2, "
            "화살표라면 2 1 3을(를) 입력하세요.",
        ),
    ],
)
def test_what_is_no_order_says_what_to_type(text: str, en: str, ko: str) -> None:
    assert read_order(text, THINGS, "en", ascending=True) == Unreadable(en)
    assert read_order(text, THINGS, "ko", ascending=True) == Unreadable(ko)


def test_the_largest_first_is_written_with_greater_than() -> None:
    assert read_order("2>1>3", THINGS, "en", ascending=False) == OrderedThings(
        ("id2", "id1", "id3")
    )
    asked = read_order("2<1<3", THINGS, "en", ascending=False)
    assert asked == Unreadable(
        "The largest comes first here. If '<' means 'less than', type 3 1 2; "
        "if it is an arrow, type 2 1 3."
    )


@given(st.permutations(range(6)), st.sampled_from([" ", ",", "", " -> ", "; ", "<"]))
def test_every_permutation_reads_back(order: list[int], between: str) -> None:
    things = tuple(ShownOption(f"{place}", "", "") for place in range(6))
    typed = between.join(str(place + 1) for place in order)
    read = read_order(typed, things, "en", ascending=True)
    assert read == OrderedThings(tuple(map(str, order)))


@given(st.text(max_size=40))
def test_any_text_is_an_order_of_all_things_or_has_a_reason(text: str) -> None:
    read = read_order(text, THINGS, "en", ascending=True)
    if isinstance(read, OrderedThings):
        assert sorted(read.ids) == ["id1", "id2", "id3"]
    else:
        assert read.why

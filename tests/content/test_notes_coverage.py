"""Every line of the notes that states something is judged by a claim."""

from collections import Counter

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.behind import claims_behind
from studytool.packs.claims import Standing
from studytool.packs.reader import load_pack

PACK = load_pack(bundled_pack_folder())
NOTES = (bundled_pack_folder() / "notes.ko.md").read_text("utf-8").split("\n")
HEADINGS = {
    "---", "L2정규화", "L1정규화", "엘라스틱 넷", "엘라스틱 넥", "드롭 아웃", "기울기 소실", "특징", "장점", "단점",
    "장단점", "진행 과정", "원인", "시그모이드 단점", "ReLU", "Leaky ReLU", "ELU", "가중치 초기화",
    "잘못된 가중치 초기화", "순전파", "역전파", "자비에 초기화-왜 분산을 일정하게 유지해야 하는지",
    "자비에 초기화-왜 입출력 노드수로 분산을 결정하는지", "자비에 초기화-결론", "He초기화", "He초기화 유도",
    "배치 정규화", "동작 과정", "배치 정규화 효과", "추론 단계에서 배치 정규화 적용",
    "활성화 함수와 기울기 소실2-활성화함수의 미분값 문제", "활성화 함수와 기울기 소실3-활성함수의 미분값 문제",
}  # fmt: skip
"""Lines that name what follows and state nothing: the whole line, but for its dash."""


def _text(line: str) -> str:
    return line.strip().removeprefix("- ").strip()


def test_every_heading_stands_in_the_notes() -> None:
    assert HEADINGS - {_text(line) for line in NOTES} == set()


def test_every_line_that_states_something_is_cited() -> None:
    states = {
        number
        for number, line in enumerate(NOTES, start=1)
        if _text(line) and _text(line) not in HEADINGS
    }
    cited = {line for claim in PACK.claims if claim.notes for line in claim.notes.lines}
    assert len(states) == 144
    left = {number: NOTES[number - 1].strip() for number in sorted(states - cited)}
    assert left == {}, f"{len(left)} lines that no claim cites"


def test_there_are_enough_claims_and_most_are_tried() -> None:
    assert len(PACK.claims) >= 170
    assert len({claim.statement.model_dump_json() for claim in PACK.claims}) == len(PACK.claims)
    assert sum(bool(claim.checks) for claim in PACK.claims) >= 100


def test_every_standing_occurs_and_every_claim_cites_a_place() -> None:
    standings = Counter(claim.standing for claim in PACK.claims)
    assert set(standings) == set(Standing)
    assert [claim.id for claim in PACK.claims if not claim.notes or not claim.source.at] == []


def test_every_wrong_sentence_of_the_notes_is_asked() -> None:
    """One that a claim corrects or refutes is met in an item, not only read of in a list."""
    behind = {name for item in PACK.items for name in (*item.claims, *claims_behind(item))}
    asked: dict[str, bool] = {}
    for claim in PACK.claims:
        if claim.notes is not None and claim.standing in {Standing.CORRECTED, Standing.REFUTED}:
            quote = claim.notes.quote
            asked[quote] = asked.get(quote, False) or claim.id in behind
    assert len(asked) >= 59
    assert [quote for quote, is_asked in asked.items() if not is_asked] == []

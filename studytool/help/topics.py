"""The topics of ``studytool help``, and the page of each."""

from pathlib import Path

from studytool.errors import NotFoundError
from studytool.language import Language, Phrase

TOPICS: dict[str, Phrase] = {
    "study": Phrase(
        "공부하기: 답 쓰기, 평가, 다음에 나오는 것", "studying: answers, ratings, what comes next"
    ),
    "answers": Phrase(
        "답으로 쓸 수 있는 것: 수와 단위", "what can be typed as a number, and units"
    ),
    "search": Phrase("문항 찾기: 검색어의 언어", "finding items: the language of searches"),
    "keys": Phrase("화면마다 쓰는 키", "the keys of every screen"),
    "settings": Phrase("설정과 그 기본값", "the settings and their defaults"),
    "packs": Phrase("꾸러미 쓰기", "writing a pack"),
    "formulas": Phrase("수식 언어의 함수와 닫힌 식", "the formula language, function by function"),
    "proof": Phrase("답을 증명하는 방법과 그 한계", "how an answer is proven, and how far"),
    "data": Phrase(
        "저장되는 곳, 백업, 여러 기기", "where your data is kept, backups, several devices"
    ),
    "json": Phrase("--json이 내보내는 것", "what --json prints"),
    "commands": Phrase("모든 명령과 옵션", "every command and option"),
    "codes": Phrase("종료 상태와 오류 코드", "exit statuses and error codes"),
}

_UNKNOWN = Phrase(ko="도움말 주제", en="help topic")
_ALL = Phrase(ko="studytool help가 주제를 보여 줍니다.", en="Topics: studytool help")


def read_source(topic: str, language: Language) -> str:
    """Return the Markdown of a topic, its placeholders unfilled.

    Raises:
        NotFoundError: an unknown topic; names the nearest.
    """
    if topic not in TOPICS:
        raise NotFoundError(_UNKNOWN, topic, list(TOPICS), remedy=_ALL)
    page = Path(__file__).parent / f"{topic}.{language}.md"
    return page.read_text(encoding="utf-8")

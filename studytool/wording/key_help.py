"""The help of the full screen: how studying goes, each key by its place, where to read on."""

from collections.abc import Callable, Iterator, Sequence

from studytool.language import Language, Phrase
from studytool.typeset.cells import cell_width
from studytool.wording.custom_study import TITLE as CUSTOM_TITLE
from studytool.wording.keys import KEYS, KeyPlace, KeyRow
from studytool.wording.words import (
    AUTHOR_TITLE,
    BROWSE_TITLE,
    CLAIMS_TITLE,
    LAB_TITLE,
    PROGRESS_TITLE,
    SETTINGS_TITLE,
)

TITLE = Phrase("도움말", "Help")
HOW_STUDY_GOES = Phrase(
    ko="Enter를 누르면 복습할 것과 새 문항을 차례로 묻습니다. 답하면 정답과 풀이, 근거가 "
    "나오고, 얼마나 잘 기억했는지 평가하면 다음 복습일이 정해집니다. 평가할 때마다 저장되므로 "
    "언제 끝내도 잃는 것이 없습니다.",
    en="Enter asks what is due, then new items. Your answer is followed by the correct "
    "one, the solution and the evidence; your rating sets the next date. Each rating is "
    "saved at once, so you can stop at any time and lose nothing.",
)
WHERE_TO_READ_ON = Phrase(
    ko="t를 누르면 설정, 꾸러미, 수식, 증명 같은 주제의 도움말이 나옵니다. 처음 화면의 복습 수는 오늘 물을 것만 셉니다. 같은 주장에서 나온 문항은 하루에 "
    "하나만, 새 문항은 먼저 알아야 할 개념을 익힌 뒤에 나옵니다. 처음 화면에서 o는 설정, b는 모든 "
    "문항입니다. 셸에서는 studytool exam이 시험 날을, studytool vacation이 휴가를 정하고, studytool forecast가 "
    "앞으로의 복습량을 보여 줍니다.",
    en="t opens pages on settings, packs, formulas, proof and more. The counts on the home screen are what will be asked today: one item a day of "
    "those that rest on the same claim, and new items only once their prerequisites are "
    "learned. On the home screen o opens the settings and b all items. In a shell studytool exam "
    "sets an exam date, studytool vacation a break, and studytool forecast shows the coming days.",
)


def _at(place: KeyPlace) -> Callable[[KeyRow], bool]:
    return lambda row: place in row.places


def _only_at(place: KeyPlace) -> Callable[[KeyRow], bool]:
    return lambda row: place in row.places and not _at_every_question(row)


def _at_every_question(row: KeyRow) -> bool:
    return {KeyPlace.ASKING, KeyPlace.HOW_SURE, KeyPlace.MARKED} <= row.places.keys()


_LAB_PLACES = {KeyPlace.LAB, KeyPlace.EXPERIMENTS, KeyPlace.LAB_QUESTION}
_SECTIONS = (
    (Phrase("처음 화면", "Home"), _at(KeyPlace.HOME)),
    (CUSTOM_TITLE, _at(KeyPlace.CUSTOM)),
    (BROWSE_TITLE, _at(KeyPlace.BROWSE)),
    (CLAIMS_TITLE, _at(KeyPlace.CLAIMS)),
    (SETTINGS_TITLE, _at(KeyPlace.SETTINGS)),
    (AUTHOR_TITLE, _at(KeyPlace.AUTHOR)),
    (LAB_TITLE, lambda row: not _LAB_PLACES.isdisjoint(row.places)),
    (Phrase("문항에 답할 때", "While you answer"), _only_at(KeyPlace.ASKING)),
    (Phrase("시뮬레이션이 도는 동안", "While a simulation runs"), _at(KeyPlace.RUNNING)),
    (
        Phrase("얼마나 확신하는지 물을 때", "When asked how sure you are"),
        _only_at(KeyPlace.HOW_SURE),
    ),
    (Phrase("채점이 나온 뒤", "Once it is marked"), _only_at(KeyPlace.MARKED)),
    (
        Phrase(
            "문항이 보이는 동안 (답을 입력할 때 글자 키는 글자로 들어갑니다)",
            "At any question (letter keys type letters while you enter an answer)",
        ),
        _at_every_question,
    ),
    (Phrase("마지막 문항 뒤", "After the last question"), _at(KeyPlace.SUMMARY)),
    (PROGRESS_TITLE, _at(KeyPlace.PROGRESS)),
    (
        Phrase(
            "꾸러미를 쓰며 볼 때 (studytool pack preview)",
            "While you write a pack (studytool pack preview)",
        ),
        _at(KeyPlace.PREVIEW),
    ),
    (Phrase("어디서나", "On every screen"), _at(KeyPlace.ANYWHERE)),
)
_INDENT, _BESIDE, _BETWEEN = "  ", "  ", "    "
_MOST_COLUMNS = 3


def key_sections(language: Language) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Return each place's heading with its keys and their sentences: ``("F6 s", "suspend…")``."""
    for heading, belongs in _SECTIONS:
        names: dict[
            str, dict[str, None]
        ] = {}  # of an act that has a key more on one of its screens
        for row in KEYS:
            if row.about is not None and belongs(row):
                names.setdefault(row.about.text(language), {}).update(dict.fromkeys(row.names))
        yield heading.text(language), [(" ".join(keys), about) for about, keys in names.items()]


def help_text(language: Language, *, width: int) -> str:
    """Write the help for a window of ``width`` cells; only the paragraphs may be longer."""
    parts = [HOW_STUDY_GOES.text(language)]
    for heading, rows in key_sections(language):
        lines = _in_most_columns(rows, width=width - len(_INDENT))
        parts.append("\n".join([heading, *(_INDENT + line for line in lines)]))
    return "\n\n".join([*parts, WHERE_TO_READ_ON.text(language)])


def _in_most_columns(rows: Sequence[tuple[str, str]], *, width: int) -> list[str]:
    """Set keys and sentences in as many columns as ``width`` cells hold, read downwards."""
    for columns in range(_MOST_COLUMNS, 1, -1):
        lines = _in_columns(rows, columns)
        if all(cell_width(line) <= width for line in lines):
            return lines
    return _in_columns(rows, 1)


def _in_columns(rows: Sequence[tuple[str, str]], columns: int) -> list[str]:
    height = -(-len(rows) // columns)
    lines = [""] * height
    for start in range(0, len(rows), height):
        column = rows[start : start + height]
        widest = max(cell_width(keys) for keys, _ in column)
        room = max(map(cell_width, lines))
        for number, (keys, about) in enumerate(column):
            before = _padded(lines[number], room) + _BETWEEN if start else ""
            lines[number] = before + _padded(keys, widest) + _BESIDE + about
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_width(text))

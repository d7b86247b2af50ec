"""The table of keys: bindings, bottom lines, the help screen and the reference are made from it.

A new key is a row of ``KEYS``: where it works, how it is written, what it does; the screen has a
method ``action_…`` of the row's name.
"""

from studytool.language import Phrase
from studytool.srs.rating import Rating
from studytool.wording import study as phrases
from studytool.wording import words
from studytool.wording.desk_keys import DESK_KEYS
from studytool.wording.key_rows import JAMO, KeyPlace, KeyRow

__all__ = ["JAMO", "KEYS", "KeyPlace", "KeyRow"]


def _study(asking: str, *, how_sure: str = "", marked: str = "") -> dict[KeyPlace, str]:
    return {KeyPlace.ASKING: asking, KeyPlace.HOW_SURE: how_sure, KeyPlace.MARKED: marked}


KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        ("Enter",), "", words.STUDY,
        Phrase("공부 시작", "study"),
        {KeyPlace.HOME: "Enter"},
    ),
    KeyRow(
        ("↑↓",), "", words.PACK,
        Phrase("꾸러미 고르기", "choose a pack"),
        {KeyPlace.HOME: "↑↓"},
    ),
    KeyRow(
        ("c",), "cram", Phrase("벼락치기", "cram"),
        Phrase("벼락치기: 모두 묻고 기록 안 함", "cram: ask all, record nothing"),
        {KeyPlace.HOME: "c"},
    ),
    KeyRow(
        ("s",), "custom", Phrase("골라서", "custom"),
        Phrase("골라서 공부: 미리, 잊은 것, 새 문항 더", "custom study: early, forgotten, more new"),
        {KeyPlace.HOME: "s"},
    ),
    KeyRow(
        ("Enter",), "", words.STUDY, Phrase("고른 것 공부", "study the row"),
        {KeyPlace.CUSTOM: "Enter"},
    ),
    KeyRow(("↑↓",), "", words.CHOOSE, words.CHOOSE, {KeyPlace.CUSTOM: "↑↓"}),
    KeyRow(
        ("←",), "less", Phrase("줄이기", "less"), Phrase("수 줄이기, 앞 개념", "a lower number, the concept before"),
        {KeyPlace.CUSTOM: "←"},
    ),
    KeyRow(
        ("→",), "more", Phrase("늘리기", "more"), Phrase("수 늘리기, 다음 개념", "a higher number, the next concept"),
        {KeyPlace.CUSTOM: "→"},
    ),
    KeyRow(
        ("p",), "progress", words.PROGRESS,
        Phrase("학습 기록: 기억률, 날마다, 문항마다", "progress: what you remember, by day and item"),
        {KeyPlace.HOME: "p"},
    ),
    *DESK_KEYS,
    KeyRow(
        ("Enter",), "", Phrase("확인", "answer"),
        Phrase("답하기, 카드는 답 보기", "answer; show a card's other side"),
        {KeyPlace.ASKING: "Enter"},
    ),
    KeyRow(
        ("1–9", "↑↓"), "", words.CHOOSE,
        Phrase("선택지 고르기", "choose an option"),
        {KeyPlace.ASKING: ""},
    ),
    KeyRow(
        ("Space",), "", Phrase("집기", "pick up"),
        Phrase("여럿 고르기: 표시 · 순서: 집어서 ↑↓로 옮기기", "several: tick · an order: pick up, ↑↓ move"),
        {KeyPlace.ASKING: ""},
    ),
    KeyRow(
        ("←→",), "", words.MOVE,
        Phrase("어림: 축 위에서 옮기기", "an estimate: move it along its axis"),
        {KeyPlace.ASKING: ""},
    ),
    KeyRow(
        ("F2",), "hint", words.HINT,
        Phrase("힌트 하나 더 보기", "show a hint, then the next"),
        {KeyPlace.ASKING: "F2", KeyPlace.PREVIEW: "F2"},
    ),
    KeyRow(
        ("F3",), "give_up", Phrase("정답 보기", "show answer"),
        Phrase("정답 보기", "show the answer"),
        {KeyPlace.ASKING: "F3", KeyPlace.PREVIEW: "F3"},
    ),
    KeyRow(
        ("1–4",), "", Phrase("확신", "how sure"),
        Phrase("찍었음, 반반, 꽤 확신, 확실함", "guessing, half, fairly, certain"),
        {KeyPlace.HOW_SURE: "1 2 3 4"},
    ),
    KeyRow(
        ("Enter",), "", words.SKIP,
        words.SKIP,
        {KeyPlace.HOW_SURE: "Enter", KeyPlace.RUNNING: "Enter"},
    ),
    KeyRow(
        ("1",), "", phrases.RATINGS[Rating.AGAIN],
        Phrase("다시: 못 떠올렸음", "again: not recalled"),
        {KeyPlace.MARKED: ""},
    ),
    KeyRow(
        ("2",), "", phrases.RATINGS[Rating.HARD],
        Phrase("어려움: 겨우 떠올림", "hard: only just recalled"),
        {KeyPlace.MARKED: ""},
    ),
    KeyRow(
        ("3",), "", phrases.RATINGS[Rating.GOOD],
        Phrase("좋음: 떠올림", "good: recalled"),
        {KeyPlace.MARKED: ""},
    ),
    KeyRow(
        ("4",), "", phrases.RATINGS[Rating.EASY],
        Phrase("쉬움: 바로 떠올림", "easy: recalled at once"),
        {KeyPlace.MARKED: ""},
    ),
    KeyRow(
        ("Enter",), "", Phrase("제안대로", "as suggested"),
        Phrase("제안대로 평가", "rate as suggested"),
        {KeyPlace.MARKED: "Enter"},
    ),
    KeyRow(
        ("v",), "try_key", words.TRY,
        Phrase("정답을 이 문항의 수로 시험", "try the key at these numbers"),
        {KeyPlace.MARKED: "v"},
    ),
    KeyRow(
        ("F10", "n"), "lesson", phrases.LESSON,
        Phrase("읽을거리와 노트의 줄", "the lesson and the notes' lines"),
        _study("F10", marked="n"),
    ),
    KeyRow(
        ("↑↓", "PgUp", "PgDn"), "", words.SCROLL,
        words.SCROLL,
        dict.fromkeys(
            (KeyPlace.MARKED, KeyPlace.PROGRESS, KeyPlace.HELP, KeyPlace.PAGE, KeyPlace.LESSON), "↑↓"
        ),
    ),
    KeyRow(
        ("PgUp", "PgDn"), "", words.BY_THE_PAGE, None,
        dict.fromkeys((KeyPlace.PROGRESS, KeyPlace.PAGE, KeyPlace.LESSON), "PgUp PgDn"),
    ),
    KeyRow(
        ("↑↓",), "", words.CHOOSE,
        Phrase("주제 고르기", "choose a topic"),
        {KeyPlace.TOPICS: "↑↓"},
    ),
    KeyRow(
        ("Enter",), "", Phrase("읽기", "read"),
        Phrase("읽기", "read it"),
        {KeyPlace.TOPICS: "Enter"},
    ),
    KeyRow(
        ("t",), "topics", Phrase("주제", "topics"),
        Phrase("설정, 꾸러미, 수식 같은 주제", "topics: settings, packs, formulas and more"),
        {KeyPlace.HELP: "t"},
    ),
    KeyRow(
        ("F6", "s"), "suspend", phrases.SUSPEND,
        Phrase("보류: 이제 묻지 않음", "suspend: ask no more"),
        _study("F6", marked="s"), writes=True,
    ),
    KeyRow(
        ("F7", "b"), "bury", phrases.BURY,
        Phrase("내일로 미루기", "bury until tomorrow"),
        _study("F7", marked="b"), writes=True,
    ),
    KeyRow(
        ("F8", "f"), "flag", phrases.FLAG,
        Phrase("깃발 달기·떼기", "flag or unflag"),
        _study("F8", marked="f"), writes=True,
    ),
    KeyRow(
        ("Enter", "Esc", "Space"), "dismiss", words.HOME,
        words.HOME,
        {KeyPlace.SUMMARY: "Enter"},
    ),
    KeyRow(
        ("F5",), "item_before", Phrase("앞 문항", "item before"), Phrase("앞 문항", "the item before"),
        {KeyPlace.PREVIEW: "F5"},
    ),
    KeyRow(
        ("F6",), "item_after", Phrase("다음 문항", "next item"), Phrase("다음 문항", "the next item"),
        {KeyPlace.PREVIEW: "F6"},
    ),
    KeyRow(
        ("F7",), "seed_before", Phrase("앞 시드", "seed before"),
        Phrase("같은 문항을 앞 시드로", "the same item at the seed before"),
        {KeyPlace.PREVIEW: "F7"},
    ),
    KeyRow(
        ("F8",), "seed_after", Phrase("다음 시드", "next seed"),
        Phrase("같은 문항을 다음 시드로", "the same item at the next seed"),
        {KeyPlace.PREVIEW: "F8"},
    ),
    KeyRow(
        ("F10", "g"), "go_to", Phrase("찾아가기", "go to"),
        Phrase("문항과 시드를 적어 찾아가기", "go to an item or a seed by name"),
        {KeyPlace.PREVIEW: "F10"},
    ),
    KeyRow(
        ("F4", "e"), "edit", words.EDITOR, words.OPEN_EDITOR,
        {KeyPlace.PREVIEW: "F4"},
    ),
    KeyRow(("e",), "edit", words.EDITOR, words.OPEN_EDITOR, {KeyPlace.MARKED: "e"}),
    KeyRow(
        ("F4", "u"), "undo", words.UNDO,
        words.UNDO_LAST,
        {**_study("F4", how_sure="F4", marked="u"), KeyPlace.SUMMARY: "u"},
    ),
    KeyRow(
        ("F5", "r"), "redo", Phrase("다시 하기", "redo"),
        Phrase("되돌린 일 다시 하기", "redo what was undone"),
        _study("F5", marked="r"), writes=True,
    ),
    KeyRow(
        ("F9", "l"), "switch_language", Phrase("English", "한국어"),
        Phrase("한국어/English", "Korean or English"),
        {**_study("F9", how_sure="F9", marked="F9"), KeyPlace.HOME: "l", KeyPlace.PROGRESS: "l", KeyPlace.CUSTOM: "F9",
         KeyPlace.LESSON: "F9", KeyPlace.PREVIEW: "F9", KeyPlace.EXPERIMENTS: "F9", KeyPlace.AUTHOR: "F9",
         KeyPlace.LAB: "F9", KeyPlace.BROWSE: "F9", KeyPlace.CLAIMS: "F9", KeyPlace.SETTINGS: "F9"},
    ),
    KeyRow(
        ("F1", "?"), "help", words.HELP,
        Phrase("도움말: 공부 방법과 모든 키", "help: how studying goes, and all keys"),
        {**_study("F1"), KeyPlace.HOME: "?", KeyPlace.PREVIEW: "F1", KeyPlace.CLAIMS: "F1"},
    ),
    KeyRow(("Esc",), "leave", words.BACK, words.BACK, {KeyPlace.CUSTOM: "Esc"}),
    KeyRow(
        ("Esc",), "leave", words.HOME,
        words.HOME,
        {**_study("Esc", how_sure="Esc", marked="Esc"), KeyPlace.RUNNING: "Esc"},
    ),
    KeyRow(
        ("Esc", "p", "q"), "leave", words.HOME,
        words.HOME,
        {KeyPlace.PROGRESS: "Esc"},
    ),
    KeyRow(
        ("Esc", "Enter", "?", "F1", "q"), "dismiss", words.BACK,
        words.BACK,
        {KeyPlace.HELP: "Esc"},
    ),
    KeyRow(
        ("Esc", "Enter", "q"), "dismiss", words.BACK,
        words.BACK,
        {KeyPlace.PAGE: "Esc"},
    ),
    KeyRow(
        ("Esc", "Enter", "n", "F10", "q"), "dismiss", words.TO_QUESTION,
        words.TO_QUESTION,
        {KeyPlace.LESSON: "Enter"},
    ),
    KeyRow(
        ("Esc", "q"), "dismiss", words.BACK,
        words.BACK,
        {KeyPlace.TOPICS: "Esc"},
    ),
    KeyRow(
        ("q",), "app.quit", words.QUIT,
        words.QUIT,
        {KeyPlace.HOME: "q"},
    ),
    KeyRow(("Esc",), "leave", words.BACK, words.BACK, {KeyPlace.PREVIEW: "Esc"}),
    KeyRow(
        ("Ctrl+P",), "app.palette", Phrase("명령", "commands"),
        Phrase("명령, 문항, 개념, 설정으로 바로 가기", "go to any action, item, concept, setting"),
        {KeyPlace.ANYWHERE: "", KeyPlace.HOME: "Ctrl+P"},
    ),
    KeyRow(
        ("Ctrl+O",), "app.jump", Phrase("글자로 누르기", "jump"),
        Phrase("누를 수 있는 것마다 글자를 붙임", "a letter on all that can be acted on"),
        {KeyPlace.ANYWHERE: "", **dict.fromkeys((KeyPlace.PROGRESS, KeyPlace.EXPERIMENTS, KeyPlace.LAB), "Ctrl+O")},
    ),
    KeyRow(
        ("F12",), "app.keys", Phrase("키 설명", "keys"),
        Phrase("키마다 하는 일을 아래에 펴 두기·접기", "keep what each key does in view, or fold it"),
        {KeyPlace.ANYWHERE: "", KeyPlace.HELP: "F12"},
    ),
    KeyRow(
        ("Ctrl+C",), "app.stop_or_quit", words.QUIT,
        Phrase("시험하던 것을 멈추거나 끝내기", "stop what is being tried, else quit"),
        {KeyPlace.ANYWHERE: ""},
    ),
    KeyRow(
        ("Ctrl+Z",), "app.suspend_process", Phrase("멈춰 두기", "suspend"),
        Phrase("멈춰 두고 셸로 나가기(fg로 돌아오기)", "suspend to the shell; fg comes back"),
        {KeyPlace.ANYWHERE: ""},
    ),
    KeyRow(
        ("Ctrl+Q",), "app.quit", words.QUIT,
        words.QUIT,
        {KeyPlace.ANYWHERE: ""},
    ),
)  # fmt: skip

"""The keys of the screens beside a sitting: lab, browse, claims, settings."""

from studytool.language import Phrase
from studytool.wording import words
from studytool.wording.key_rows import KeyPlace, KeyRow
from studytool.wording.study import BURY, FLAG, SUSPEND

LISTS = (KeyPlace.BROWSE, KeyPlace.CLAIMS, KeyPlace.PALETTE)
"""Where words are typed above a long list."""

_LAB = Phrase("실험실", "lab")
_CLAIMS = Phrase("주장", "claims")
DESK_KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        ("b",), "browse", Phrase("찾아보기", "browse"),
        Phrase("모든 문항을 찾아보기", "browse all items"),
        {KeyPlace.HOME: "b"},
    ),
    KeyRow(
        ("Enter",), "", words.STUDY, Phrase("찾은 것 공부", "study what is found"),
        {KeyPlace.BROWSE: "Enter"},
    ),
    KeyRow(("PgUp",), "page_up", words.BY_THE_PAGE, None, dict.fromkeys(LISTS, "")),
    KeyRow(("PgDn",), "page_down", words.BY_THE_PAGE, None, dict.fromkeys(LISTS, "")),
    KeyRow(
        ("F6",), "suspend", SUSPEND, Phrase("보류하기·풀기", "suspend or ask again"),
        {KeyPlace.BROWSE: "F6"},
    ),
    KeyRow(
        ("F7",), "bury", BURY, Phrase("오늘은 묻지 않고 내일로", "bury: ask not before tomorrow"),
        {KeyPlace.BROWSE: "F7"},
    ),
    KeyRow(
        ("F8",), "flag", FLAG, Phrase("깃발: is:flagged로 찾는 표시", "flag it: is:flagged finds it"),
        {KeyPlace.BROWSE: "F8"},
    ),
    KeyRow(
        ("F2",), "set_due", Phrase("복습일", "due day"), Phrase("복습할 날 정하기", "set the due day"),
        {KeyPlace.BROWSE: "F2"},
    ),
    KeyRow(
        ("F3",), "reset", Phrase("새 문항으로", "reset"), Phrase("새 문항으로 되돌리기", "make it new again"),
        {KeyPlace.BROWSE: "F3"},
    ),
    KeyRow(
        ("F4",), "undo", words.UNDO, words.UNDO_LAST,
        {KeyPlace.BROWSE: "F4"},
    ),
    KeyRow(
        ("1–9",), "", words.STUDY, Phrase("그 번호의 오개념 공부", "study the misconception of that number"),
        {KeyPlace.HOME: ""},
    ),
    KeyRow(
        ("n",), "claims", _CLAIMS,
        Phrase("노트의 주장: 맞는지와 증거", "the claims of the notes, and their proof"),
        {KeyPlace.HOME: "n"},
    ),
    KeyRow(
        ("Enter",), "", words.ITEMS, Phrase("이 주장으로 만든 문항", "the items that rest on it"),
        {KeyPlace.CLAIMS: "Enter"},
    ),
    KeyRow(
        ("F5",), "try_claim", words.TRY, Phrase("이 주장을 지금 시험", "try this claim now"),
        {KeyPlace.CLAIMS: "F5"},
    ),
    KeyRow(
        ("F6",), "try_all", Phrase("모두 시험", "try all"),
        Phrase("찾은 주장을 모두 시험", "try all claims that are found"),
        {KeyPlace.CLAIMS: "F6"},
    ),
    KeyRow(
        ("o",), "settings", Phrase("설정", "settings"), Phrase("설정 보고 바꾸기", "see and change settings"),
        {KeyPlace.HOME: "o"},
    ),
    KeyRow(
        ("Enter",), "", Phrase("값 정하기", "set"), Phrase("값 쓰기, 다음 값", "type it, or next value"),
        {KeyPlace.SETTINGS: "Enter"},
    ),
    KeyRow(("←",), "less", words.CHANGE, None, {KeyPlace.SETTINGS: ""}),
    KeyRow(("→",), "more", words.CHANGE, None, {KeyPlace.SETTINGS: ""}),
    KeyRow(
        ("←→",), "", words.CHANGE, Phrase("값 한 단계 바꾸기", "change the value by a step"),
        {KeyPlace.SETTINGS: "←→"},
    ),
    KeyRow(
        ("d",), "default", words.DEFAULT, Phrase("기본값으로", "put it back to its default"),
        {KeyPlace.SETTINGS: "d"},
    ),
    KeyRow(
        ("a",), "author", Phrase("꾸러미 쓰기", "author"),
        Phrase("쓰고 있는 꾸러미 미리 보기", "preview a pack that you write"),
        {KeyPlace.HOME: "a"},
    ),
    KeyRow(
        ("Enter",), "", words.OPEN, Phrase("고른 폴더나 쓴 경로 열기", "open the folder, or the path typed"),
        {KeyPlace.AUTHOR: "Enter"},
    ),
    KeyRow(
        ("e",), "lab", _LAB,
        Phrase("실험실: 실험을 슬라이더로", "the lab: experiments on sliders"),
        {KeyPlace.HOME: "e"},
    ),
    KeyRow(
        ("e",), "lab", _LAB,
        Phrase("해 보라는 실험을 실험실에서", "try its experiment in the lab"),
        {KeyPlace.LESSON: "e"},
    ),
    KeyRow(
        ("Enter",), "", words.OPEN, Phrase("실험 열기", "open the experiment"),
        {KeyPlace.EXPERIMENTS: "Enter"},
    ),
    KeyRow(("↑",), "up", words.CHOOSE, None, dict.fromkeys((KeyPlace.EXPERIMENTS, KeyPlace.AUTHOR, *LISTS), "")),
    KeyRow(("↓",), "down", words.CHOOSE, None, dict.fromkeys((KeyPlace.EXPERIMENTS, KeyPlace.AUTHOR, *LISTS), "")),
    KeyRow(("↑↓",), "", words.CHOOSE, Phrase("줄 고르기", "choose a row"), {KeyPlace.LAB: "↑↓", KeyPlace.EXPERIMENTS: "↑↓", KeyPlace.AUTHOR: "↑↓", KeyPlace.BROWSE: "↑↓", KeyPlace.CLAIMS: "↑↓", KeyPlace.SETTINGS: "↑↓"}),
    KeyRow(
        ("←→", "PgUp", "PgDn"), "", words.MOVE,
        Phrase("슬라이더 옮기기, 다른 것 고르기", "move a slider, take another choice"),
        {KeyPlace.LAB: "←→"},
    ),
    KeyRow(
        ("d",), "default", Phrase("처음 값", "defaults"),
        Phrase("모두 처음 값으로", "put all at their defaults"),
        {KeyPlace.LAB: "d"},
    ),
    KeyRow(
        ("c",), "claims", _CLAIMS,
        Phrase("이 실험이 시험하는 주장", "the claims that this experiment tries"),
        {KeyPlace.LAB: "c"},
    ),
    KeyRow(
        ("m",), "question", Phrase("문항으로", "make a question"),
        Phrase("보이는 설정으로 문항 만들기", "make a question of what is in view"),
        {KeyPlace.LAB: "m"},
    ),
    KeyRow(
        ("y",), "copy", Phrase("복사", "copy"), Phrase("문항의 YAML 복사", "copy its YAML"),
        {KeyPlace.LAB_QUESTION: "y"},
    ),
    KeyRow(
        ("w",), "write", Phrase("쓰기", "write"),
        Phrase("내 폴더의 꾸러미에 쓰기", "write it into a pack in your folder"),
        {KeyPlace.LAB_QUESTION: "w"},
    ),
    KeyRow(
        ("Esc", "q"), "leave", words.BACK, words.BACK,
        {KeyPlace.LAB: "Esc", KeyPlace.LAB_QUESTION: "Esc"},
    ),
    KeyRow(
        ("Esc",), "leave", words.BACK, words.BACK,
        dict.fromkeys((KeyPlace.EXPERIMENTS, KeyPlace.AUTHOR, KeyPlace.BROWSE, KeyPlace.CLAIMS, KeyPlace.SETTINGS, KeyPlace.PALETTE, KeyPlace.JUMP), "Esc"),
    ),
)  # fmt: skip

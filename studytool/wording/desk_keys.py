"""The keys of the screens beside a sitting: lab, browse, settings."""

from studytool.language import Phrase
from studytool.wording import words
from studytool.wording.key_rows import KeyPlace, KeyRow

DESK_KEYS: tuple[KeyRow, ...] = (
    KeyRow(
        ("e",), "lab", Phrase("실험실", "lab"),
        Phrase("실험실: 실험을 슬라이더로", "the lab: experiments on sliders"),
        {KeyPlace.HOME: "e"},
    ),
    KeyRow(
        ("Enter",), "", Phrase("열기", "open"), Phrase("실험 열기", "open the experiment"),
        {KeyPlace.EXPERIMENTS: "Enter"},
    ),
    KeyRow(("↑",), "up", words.CHOOSE, None, {KeyPlace.EXPERIMENTS: ""}),
    KeyRow(("↓",), "down", words.CHOOSE, None, {KeyPlace.EXPERIMENTS: ""}),
    KeyRow(("↑↓",), "", words.CHOOSE, Phrase("줄 고르기", "choose a row"), {KeyPlace.LAB: "↑↓", KeyPlace.EXPERIMENTS: "↑↓"}),
    KeyRow(
        ("←→", "PgUp", "PgDn"), "", Phrase("옮기기", "move"),
        Phrase("슬라이더 옮기기, 다른 것 고르기", "move a slider, take another choice"),
        {KeyPlace.LAB: "←→"},
    ),
    KeyRow(
        ("d",), "default", Phrase("처음 값", "defaults"),
        Phrase("모두 처음 값으로", "put all at their defaults"),
        {KeyPlace.LAB: "d"},
    ),
    KeyRow(
        ("Esc", "q"), "leave", words.BACK, words.BACK,
        {KeyPlace.LAB: "Esc"},
    ),
    KeyRow(
        ("Esc",), "leave", words.BACK, words.BACK,
        {KeyPlace.EXPERIMENTS: "Esc"},
    ),
    KeyRow(
        ("F9",), "switch_language", words.OTHER_LANGUAGE,
        None,
        {KeyPlace.EXPERIMENTS: "F9", KeyPlace.LAB: "F9"},
    ),
)  # fmt: skip

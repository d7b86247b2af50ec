"""What each kind of event in the log says, in a line."""

from studytool.language import Phrase

EVENT_WORDS: dict[str, Phrase] = {
    "review": Phrase("답하고 평가한 문항", "an item answered and rated"),
    "undo": Phrase("되돌림. target은 되돌린 것의 id", "target, an act, taken back"),
    "redo": Phrase("되돌린 것을 다시 함", "target, once taken back, done again"),
    "suspend": Phrase("문항을 더 묻지 않음", "an item asked no more"),
    "unsuspend": Phrase("보류를 풂", "an item asked again"),
    "bury": Phrase("until까지 묻지 않음", "an item not asked before until"),
    "flag": Phrase("깃발을 달아 둠", "an item flagged"),
    "unflag": Phrase("깃발을 뗌", "an item no longer flagged"),
    "reset": Phrase("문항을 새 문항으로", "an item made new again"),
    "move": Phrase("item의 기록을 문항 to로 옮김", "the history of item is that of the item to"),
    "rename": Phrase(
        "꾸러미가 item의 id를 to로 바꾸어 기록도 옮김",
        "a pack gave item the id to, and its history follows",
    ),
    "set-due": Phrase(
        "다시 복습할 때까지, 문항을 day일(1970년부터 센 날)에 복습함",
        "an item due on the study day day, counted from 1970, until it is reviewed",
    ),
    "re-rate": Phrase("복습 target의 평가를 고침", "another rating of the review target"),
    "setting": Phrase(
        "설정 name의 값을 모든 기기에서 value로", "the setting name is value on all devices"
    ),
    "import": Phrase(
        "파일에서 가져온 이벤트 ids. 되돌리면 더는 세지 않음",
        "events ids brought in from a file; taken back, they count no more",
    ),
    "retraction": Phrase("이벤트 ids를 더는 세지 않음", "the events ids count no more"),
    "vacation": Phrase(
        "모든 복습을 days일 미룸. first가 있으면 그날(1970년부터 센 날)부터 days일 동안의 휴가",
        "all reviews put off by days; with first, a break of so many from that study day on, "
        "counted from 1970",
    ),
    "more-new": Phrase(
        "그날 하루 새 문항을 한도보다 more개 더 받음(packs, 비면 모든 꾸러미)",
        "new items above the limit of that day, as many as more; of packs, or of all when empty",
    ),
}
"""By the kind's name in the log."""

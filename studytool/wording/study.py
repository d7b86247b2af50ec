"""Words of studying, for the study screen and the line mode."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.quiz.outcome import Outcome
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.review_log.events import Flag, Suspend
    from studytool.session.question import PassedOverItem
    from studytool.session.summary import SittingProgress

DUE = Phrase("복습", "due")
ALL_PACKS = Phrase("모두 공부하기", "Everything due")
TO_GO = Phrase("오늘 {n}문항", "{n} left today")
MINUTES = Phrase("약 {n}분", "about {n} min")
TODAY = Phrase("{n}문항 답함", "{n} answered")
STREAK = Phrase("연속 {n}일", "{n}-day streak")
FORECAST = Phrase(
    "앞으로 30일  {strip}  하루 최대 {most}문항", "next 30 days  {strip}  at most {most} a day"
)
RETENTION = Phrase(
    "기억률 {kept:.0%} / 목표 {wanted:.0%}", "recalled {kept:.0%} / target {wanted:.0%}"
)
NO_RETENTION = Phrase(
    "기억률: 아직 자료 없음 / 목표 {wanted:.0%}", "recalled: no data yet / target {wanted:.0%}"
)
NARROW_COUNTS = Phrase(
    "복습 {due} · 학습 {learning} · 새 {new}", "due {due}, learn {learning}, new {new}"
)
NEW_HERE = Phrase(
    "처음이신가요? Enter를 누르면 시작합니다. l: {other} · ?: 도움말",
    "New here? Enter begins. l: {other} · ?: help",
)
NOTHING_DUE = Phrase("지금은 복습할 것이 없습니다.", "Nothing is due now.")
NOTHING_ANSWERED = Phrase("답한 문항이 없습니다.", "Nothing was answered.")
STILL_DUE = Phrase("지금 복습할 것이 {n}개 남아 있습니다.", "Still due now: {n}.")
STILL_NEW = Phrase("오늘 배울 새 문항이 {n}개 남아 있습니다.", "New items left for today: {n}.")
HELD = Phrase(
    "여러 번 틀린 {n}문항은 이번에 더 묻지 않습니다. 다음에 공부할 때 다시 나옵니다.",
    "Missed again and again, so not asked any more in this sitting: {n}. The next sitting asks again.",
)
PICKED_LEFT = Phrase("고른 문항이 {n}개 남아 있습니다.", "Left of what you chose: {n}.")
NOTHING_FITS = Phrase("고른 조건에 맞는 문항이 없습니다.", "No item fits what you asked for.")
LEFT_IN_CRAM = Phrase("아직 {n}문항이 남아 있습니다.", "Items left: {n}.")
NOTHING_HERE = Phrase("아직 문항이 없습니다.", "There are no items yet.")
NEXT_DUE = Phrase("다음 복습: {when}", "Next due: {when}")
IN = Phrase("{interval} 뒤", "in {interval}")

PROGRESS = Phrase(
    "답함 {answered} · 복습 {due} · 학습 중 {learning} · 새 문항 {new}",
    "answered {answered} · due {due} · learning {learning} · new {new}",
)
PICKED_PROGRESS = Phrase(
    "골라서 공부 · 답함 {answered} · 남음 {due} · 학습 중 {learning}",
    "custom study · answered {answered} · left {due} · learning {learning}",
)
CRAM_PROGRESS = Phrase(
    "벼락치기 · 남음 {due} · 답함 {answered} · 기록 안 함",
    "cram · left {due} · answered {answered} · not recorded",
)
TYPE_NUMBER = Phrase(
    "수를 입력하고 Enter: {wanted} (1/128, 7.8e-3, √2처럼 써도 됩니다)",
    "Type a number, then Enter: {wanted} (1/128, 7.8e-3 or √2 will do)",
)
TYPE_WORD = Phrase("빈칸에 들어갈 말을 입력하고 Enter", "Type what is missing, then Enter")
TYPE_WORDS = Phrase(
    "빈칸 {count}개에 들어갈 말을 ;로 나누어 입력하고 Enter",
    "Type what is missing, with ; between the {count} blanks, then Enter",
)
TYPE_CHOICE = Phrase("번호를 입력하세요", "Type the number")
TYPE_SEVERAL = Phrase("맞는 번호를 모두 입력하세요", "Type the numbers of all that are right")
CHOOSE = Phrase("숫자 키나 화살표로 고르고 Enter", "Choose with digits or arrows, then Enter")
CHOOSE_SEVERAL = Phrase(
    "맞는 것을 모두 숫자 키나 Space, 마우스로 고르고 Enter",
    "Tick every right one by digit, Space or mouse, then Enter",
)
PREDICT = Phrase(
    "먼저 예측하세요. 그다음 시뮬레이션이 답을 보여 줍니다.",
    "Predict first; then the simulation shows the answer.",
)
PREDICT_BY_NUMBER = Phrase(
    "먼저 예측해서 번호를 입력하세요. 그다음 시뮬레이션이 답을 보여 줍니다.",
    "Type the number of your prediction first; then the simulation shows the answer.",
)
PREDICT_SEVERAL = Phrase(
    "먼저 예측하세요. 맞을 것을 모두 고르고 Enter. 그다음 시뮬레이션이 답을 보여 줍니다.",
    "Predict first: tick every one that will be right, then Enter; the simulation shows the answer.",
)
SMALLEST = Phrase("작은", "smallest")
LARGEST = Phrase("큰", "largest")
TYPE_ORDER = Phrase(
    "{first} 것부터 번호를 차례대로 입력하세요 (예: 2 1 3)",
    "Type the numbers in order, the {first} first (as in 2 1 3)",
)
MOVE_TO_ORDER = Phrase(
    "{first} 것이 맨 위: 번호를 차례대로 누르거나, Space로 집어 ↑↓로 옮기고 Enter",
    "The {first} on top: press the numbers in order, or pick with Space and move by ↑↓, then Enter",
)
ESTIMATE = Phrase(
    "축 위의 한 값을 어림해 입력하고 Enter (예: 3e-4). {leeway}",
    "Type your guess of a value on the axis (as 3e-4), then Enter. {leeway}",
)
PLACE_ESTIMATE = Phrase(
    "←→나 마우스로 옮기거나 축 위의 값을 입력하고 Enter (예: 3e-4). {leeway}",
    "Move your guess by ←→ or the mouse, or type it (as 3e-4), then Enter. {leeway}",
)
RECALL = Phrase(
    "떠올린 뒤 Enter로 답을 확인하세요", "Recall it, then press Enter to see the answer"
)
SIMULATING = Phrase("시뮬레이션 중…", "simulating…")
SIMULATED = Phrase("시뮬레이션 결과", "The simulation shows")
HINT = Phrase("힌트", "Hint")
_NO_MORE_HINTS = Phrase("힌트가 더 없습니다.", "There are no more hints.")
_NO_HINTS = Phrase("이 문항에는 힌트가 없습니다.", "This item has no hints.")
ANSWER = Phrase("정답", "Answer")
YOURS = Phrase("내 답", "Yours")
SOLUTION = Phrase("풀이", "Solution")
NOTHING_TO_UNDO = Phrase("되돌릴 것이 없습니다.", "There is nothing to undo.")
UNDONE = Phrase(
    "마지막에 한 일을 되돌렸습니다. {redo}: 다시 하기",
    "What was done last was taken back; {redo} does it again.",
)
NOTHING_TO_REDO = Phrase("다시 할 것이 없습니다.", "There is nothing to redo.")
REDONE = Phrase("되돌린 일을 다시 했습니다.", "What was taken back was done again.")
LESSON = Phrase("읽을거리", "lesson")
NOTHING_TO_READ = Phrase("읽을거리가 없습니다.", "There is nothing to read here.")
SUSPEND = Phrase("보류", "suspend")
BURY = Phrase("내일로", "bury")
FLAG = Phrase("깃발", "flag")
SUSPENDED = Phrase(
    "보류했습니다. 이 문항은 이제 나오지 않습니다. {undo}: 되돌리기",
    "Suspended: the item is asked no more. {undo} brings it back.",
)
BURIED = Phrase(
    "내일로 미뤘습니다. 이 문항은 다음 학습일에 나옵니다. {undo}: 되돌리기",
    "Buried: the item waits for the next study day. {undo} brings it back.",
)
FLAGGED = Phrase("깃발을 달았습니다.", "Flagged.")
UNFLAGGED = Phrase("깃발을 뗐습니다.", "The flag was taken off.")
UNDONE_IN_CRAM = Phrase("앞 문항으로 돌아왔습니다.", "Back to the question before.")
HOW_SURE = Phrase(
    "얼마나 확신하나요?  1 찍었음 25% · 2 반반 50% · 3 꽤 확신 75% · 4 확실함 95%",
    "How sure are you?  1 guessing 25% · 2 half 50% · 3 fairly 75% · 4 certain 95%",
)
RATE_IN_CRAM = Phrase(
    "1이면 이번 벼락치기에서 다시 나옵니다. 기억 일정은 바뀌지 않습니다.",
    "1 brings it back in this cram; no schedule changes.",
)
TOO_EARLY = Phrase(
    "문항이 보이기 전에 누른 키는 쓰지 않았습니다. 다시 눌러 주세요.",
    "That key came before the question was in view; press it again.",
)
NOT_SUSPENDED = Phrase(
    "Ctrl+Z는 작업 제어가 되는 셸에서 시작했을 때만 프로그램을 멈춰 둡니다.",
    "Ctrl+Z suspends the program only where a shell with job control has started it.",
)
LEECH_SUSPENDED = Phrase(
    "{item}: 자꾸 잊어서 보류했습니다. 내용을 쪼개거나 고쳐 보세요. {undo}: 되돌리기",
    "{item} was forgotten again and again, so it is suspended: split or reword it. {undo} undoes it.",
)
LEECH_FLAGGED = Phrase(
    "{item}: 자꾸 잊어서 깃발을 달았습니다. {undo}: 되돌리기",
    "{item} was forgotten again and again, so it is flagged. {undo} undoes it.",
)
PASSED_OVER = Phrase(
    "{why} 낼 수 없는 문항이라 깃발을 달고 넘어갑니다.",
    "{why} The item cannot be asked: it is flagged and passed over.",
)
PASSED_OVER_IN_CRAM = Phrase(
    "{why} 낼 수 없는 문항이라 넘어갑니다.",
    "{why} The item cannot be asked, and is passed over.",
)
NOT_IN_CRAM = Phrase(
    "기록하지 않는 벼락치기에서는 쓸 수 없습니다.",
    "Not available in a cram, which records nothing.",
)
CRAM_SUMMARY = Phrase(
    "벼락치기는 기록되지 않으며 복습 일정도 그대로입니다.",
    "A cram is not recorded, and no schedule changed.",
)
RATE = Phrase("얼마나 잘 기억했나요?", "How well did you know it?")
RATE_SHOWN = Phrase(
    "정답을 보았으니 잊은 것으로 칩니다.", "The answer was shown, so it counts as forgotten."
)
SUMMARY = Phrase("이번 공부 정리", "This sitting")
ANSWERED = Phrase(
    "{answered}문항을 {minutes:.1f}분 동안 답했습니다.",
    "{answered} answered in {minutes:.1f} minutes.",
)
ANSWERED_SOON = Phrase(
    "{answered}문항을 1분 안에 답했습니다.", "{answered} answered in less than a minute."
)
OUTCOMES = Phrase(
    "맞음 {right} · 일부 {partial} · 틀림 {wrong}",
    "right {right} · partly {partial} · wrong {wrong}",
)
SHOWN_COUNT = Phrase(" · 정답만 봄 {shown}", " · shown {shown}")
MISSED = Phrase("다시 볼 문항", "To see again")
TOO_SMALL = Phrase(
    "창이 너무 작습니다.\n{width}×{height} 이상으로 키우세요.",
    "The window is too small.\nMake it {width}×{height} or larger.",
)
PREPARING = Phrase("꾸러미를 준비하는 중…", "Preparing the pack…")

RATINGS = {
    Rating.AGAIN: Phrase("다시", "again"),
    Rating.HARD: Phrase("어려움", "hard"),
    Rating.GOOD: Phrase("좋음", "good"),
    Rating.EASY: Phrase("쉬움", "easy"),
}
MARKS = {
    Outcome.RIGHT: Phrase("✓ 맞았습니다", "✓ Right"),
    Outcome.PARTIAL: Phrase("◐ 일부 맞았습니다", "◐ Partly right"),
    Outcome.WRONG: Phrase("✗ 틀렸습니다", "✗ Not right"),
    Outcome.NEAR: Phrase("◐ 거의 맞았습니다", "◐ Nearly right"),
    Outcome.SHOWN: Phrase("○ 정답을 보았습니다", "○ The answer was shown"),
}
_INTERVALS = (
    (timedelta(days=365), Phrase("{n:.1f}년", "{n:.1f}y")),
    (timedelta(days=60), Phrase("{n:.1f}달", "{n:.1f}mo")),
    (timedelta(days=1), Phrase("{n:.0f}일", "{n:.0f}d")),
    (timedelta(hours=1), Phrase("{n:.0f}시간", "{n:.0f}h")),
    (timedelta(minutes=1), Phrase("{n:.0f}분", "{n:.0f}m")),
)
_UNITS = {timedelta(days=60): timedelta(days=30.44)}


def write_interval(interval: timedelta, language: Language) -> str:
    """Write an interval briefly.

    >>> write_interval(timedelta(days=8), "en"), write_interval(timedelta(seconds=20), "en")
    ('8d', '<1m')
    """
    for at_least, phrase in _INTERVALS:
        if interval >= at_least:
            return phrase.text(language, n=interval / _UNITS.get(at_least, at_least))
    return "<" + _INTERVALS[-1][1].text(language, n=1)


def passed_over_lines(
    passed: "Sequence[PassedOverItem]", language: Language, *, flagged: bool
) -> list[str]:
    """Say of each item that could not be asked which it was, and why."""
    said = PASSED_OVER if flagged else PASSED_OVER_IN_CRAM
    whys = [one.error.text(language) for one in passed]
    named = [
        why if one.item in why else f"{one.item}: {why}"
        for one, why in zip(passed, whys, strict=True)
    ]
    return [said.text(language, why=why) for why in named]


def progress_line(progress: "SittingProgress", language: Language, *, writes: bool) -> str:
    """Say how many were answered, and how many are left."""
    of_day = PICKED_PROGRESS if progress.is_picked else PROGRESS
    shown = of_day if writes else CRAM_PROGRESS
    counts = {"due": progress.due, "learning": progress.learning, "new": progress.new}
    return shown.text(language, answered=progress.answered, **counts)


def no_hint(hints: Sequence[str]) -> Phrase:
    """Say that none of an item's hints is left, or that it has none."""
    return _NO_MORE_HINTS if hints else _NO_HINTS


def leech_line(leech: "Suspend | Flag | None", language: Language, *, undo: str) -> str:
    """Say what was done with a leech; nothing where there is none."""
    from studytool.review_log.events import Suspend  # late: home tells of none

    if leech is None:
        return ""
    said = LEECH_SUSPENDED if isinstance(leech, Suspend) else LEECH_FLAGGED
    return said.text(language, item=leech.item, undo=undo)

"""The rows of the chooser of custom study, in words."""

from studytool.language import Phrase

TITLE = Phrase("골라서 공부", "Custom study")
ABOUT = Phrase(
    "오늘 계획과 다르게 공부합니다. 답은 여느 복습처럼 기록됩니다.",
    "Study beside the day's plan; answers are recorded like any review.",
)
AHEAD = Phrase("◂ {n} ▸ 일 안에 복습할 것을 미리", "due within ◂ {n} ▸ days, early")
FORGOTTEN = Phrase("최근 ◂ {n} ▸ 일 동안 잊은 것", "forgotten in the last ◂ {n} ▸ days")
MISCONCEPTION = Phrase(
    "오개념이 드러난 뒤로 맞히지 못한 것", "showed a misconception, not right since"
)
MORE_NEW = Phrase("오늘 새 문항 ◂ {n} ▸ 개 더", "◂ {n} ▸ more new items today")
CONCEPT = Phrase("개념 하나: ◂ {n} ▸", "one concept: ◂ {n} ▸")
SEARCH = Phrase("검색으로 찾은 것…", "what a search finds…")
QUERY = Phrase(
    "검색어를 입력하고 Enter (예: dropout is:due, 찾는 법: Ctrl+P에서 ‘문항 찾기’)",
    "Type a search, then Enter (as dropout is:due; how: Ctrl+P, then ‘finding items’)",
)

"""Words that stand in more than one place, each in both languages once."""

from studytool.language import Phrase

REVIEW = Phrase(ko="복습", en="review")
LEARNING = Phrase(ko="학습 중", en="learning")
NEW = Phrase(ko="새 문항", en="new")
FLAGGED = Phrase(ko="⚑ 깃발", en="⚑ flagged")
OUTCOME = Phrase(ko="채점", en="outcome")
NONE = Phrase(ko="없음", en="none")
PACK = Phrase(ko="꾸러미", en="pack")
EVERYTHING = Phrase(ko="모든 꾸러미", en="all packs")

YOURS = Phrase(ko="내 답", en="yours")

STUDY = Phrase(ko="공부", en="study")
HOME = Phrase(ko="처음으로", en="home")
BACK = Phrase(ko="돌아가기", en="back")
QUIT = Phrase(ko="끝내기", en="quit")
OPEN = Phrase(ko="열기", en="open")
HELP = Phrase(ko="도움말", en="help")
MOVE = Phrase("옮기기", "move")
CHOOSE = Phrase(ko="고르기", en="choose")
TRY = Phrase(ko="시험", en="try it")
ITEMS = Phrase(ko="문항 보기", en="items")
HINT = Phrase(ko="힌트", en="hint")
SETTINGS_TITLE = Phrase("내 설정", "Your settings")
SETTING_SAVED = Phrase("저장했습니다: {line}", "saved: {line}")
TYPE_VALUE = Phrase(
    "{name}의 값을 쓰고 Enter, 그만두려면 Esc.",
    "Type a value of {name}, then Enter; Esc lets it be.",
)
CHANGE = Phrase("바꾸기", "change")
DEFAULT = Phrase("기본값", "default")
UNDO_LAST = Phrase("마지막에 한 일 되돌리기", "undo what was done last")
UNDO = Phrase("되돌리기", "undo")
QUANTITY = Phrase(ko="측정량", en="quantity")
BROWSE_TITLE = Phrase("문항 찾아보기", "Browse")
CLAIMS_TITLE = Phrase("노트의 주장", "Claims of the notes")
AUTHOR_TITLE = Phrase("쓰고 있는 꾸러미", "Packs that you write")
LAB_TITLE = Phrase("실험실", "Lab")
CLOSED_FORM = Phrase(ko="닫힌 식", en="closed form")
SKIP = Phrase(ko="건너뛰기", en="skip")
SCROLL = Phrase(ko="넘겨 보기", en="scroll")
BY_THE_PAGE = Phrase(ko="한 화면씩", en="by the page")
PROGRESS = Phrase(ko="학습 기록", en="progress")
PROGRESS_TITLE = Phrase(ko="학습 기록", en="Progress")
EDITOR = Phrase("편집기", "editor")
OPEN_EDITOR = Phrase("편집기로 그 줄 열기", "open the editor at the line")

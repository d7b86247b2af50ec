"""Words of the preview: which item is in view, what is wrong with the pack, where to go."""

from studytool.language import Language, Phrase
from studytool.quiz.variant import Variant
from studytool.wording.items import KINDS

CHOOSE_FOLDER = Phrase(
    "Enter로 여세요. 다른 꾸러미는 그 폴더의 경로를 쓰세요.",
    "Enter opens it; for another pack, type the path of its folder.",
)
NO_FOLDER = Phrase(
    "이 폴더에는 꾸러미가 없습니다. 경로를 쓰거나, 새로 만드세요: studytool pack new",
    "There is no pack in this folder. Type a path, or make one: studytool pack new",
)
TITLE = Phrase("미리 보기", "Preview")
NO_ITEM = Phrase(
    "아직 읽을 수 있는 문항이 없습니다. 아래 문제를 고치고 저장하면 여기에 나옵니다.",
    "No item can be read yet. Mend what is told below and save; it will be shown here.",
)
CHECKING = Phrase(
    "오류 {errors} · 경고 {warnings} · 확인 중", "errors {errors} · warnings {warnings} · checking"
)
CHECKED = Phrase(
    "오류 {errors} · 경고 {warnings} · 모두 확인함",
    "errors {errors} · warnings {warnings} · all checked",
)
NOT_DRAWN = Phrase(
    "{item}: 시드 {seed}에서는 만들 수 없습니다. {why}",
    "{item} cannot be made at seed {seed}: {why}",
)
GO_WHERE = Phrase(
    "문항의 id나 시드: variance-of-a-sum, 7, variance-of-a-sum 7",
    "an item's id, a seed, or both: variance-of-a-sum 7",
)
NO_SUCH_ITEM = Phrase(
    "'{text}'라는 문항이 없습니다. 비슷한 것: {near}", "no item is called '{text}'. Similar: {near}"
)
ONCE_MORE = Phrase(
    "Enter를 누르면 같은 수로 다시 묻습니다.", "Enter asks it again, with the same numbers."
)
EDITOR_FAILED = Phrase(
    "편집기 '{editor}'을(를) 열 수 없습니다. EDITOR 환경 변수를 확인하세요.",
    "the editor '{editor}' cannot be started; set the variable EDITOR",
)
NO_EDITOR_IN_BROWSER = Phrase(
    "브라우저에서는 터미널 편집기를 열 수 없습니다. 원본은 여기 있습니다: {place}",
    "a browser has no room for a terminal's editor; the source is {place}",
)
_BAR = Phrase(
    "{title} · {pack} · {n}/{total} {slug} · {kind} · 시드 {seed}",
    "{title} · {pack} · {n}/{total} {slug} · {kind} · seed {seed}",
)


def bar_line(variant: Variant, n: int, total: int, language: Language) -> str:
    """Return the top line: which item of how many is in view, and at which seed.

    Args:
        variant: in view.
        n: its item's number, counted from 0.
        total: how many items could be read.
        language: of the words.
    """
    pack, _, slug = variant.item.partition("/")
    return _BAR.text(
        language,
        title=TITLE.text(language),
        pack=pack,
        n=n + 1,
        total=total,
        slug=slug,
        kind=KINDS[variant.kind].text(language),
        seed=variant.seed,
    )

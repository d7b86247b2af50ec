"""Help: what the keys do, on every screen, and where the rest is."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.language import Language, Phrase
from studytool.tui.key_bar import KeyBar, with_jamo
from studytool.tui.window_size import mark_too_small

KEYS = (
    ("↑↓", Phrase("넘겨 보기", "scroll")),
    ("Esc", Phrase("돌아가기", "back")),
)
TITLE = Phrase("도움말", "Help")
HELP = Phrase(
    ko="Enter를 누르면 복습할 것과 새 문항을 차례로 묻습니다. 답하면 정답과 풀이, 근거가 "
    "나오고, 얼마나 잘 기억했는지 평가하면 다음 복습일이 정해집니다. 평가할 때마다 저장되므로 "
    "언제 끝내도 잃는 것이 없습니다.\n"
    "\n"
    "처음 화면\n"
    "  Enter  공부            c  벼락치기: 모두 묻고 기록하지 않음\n"
    "  p  학습 기록           l  한국어/English        q  끝내기\n"
    "\n"
    "문항에 답할 때 (답을 입력하는 동안 글자 키는 글자로 들어갑니다)\n"
    "  F2  힌트               F3  정답 보기           F9  한국어/English\n"
    "  F6  보류: 이제 묻지 않음                        F7  내일로 미루기\n"
    "  F8  깃발 달기·떼기     Ctrl+Z  되돌리기        Ctrl+Y  다시 하기\n"
    "\n"
    "채점이 나온 뒤\n"
    "  1 다시   못 떠올렸음    2 어려움  겨우 떠올림\n"
    "  3 좋음   떠올림         4 쉬움    바로 떠올림\n"
    "  Enter  제안대로        s b f u r  보류·내일로·깃발·되돌리기·다시 하기\n"
    "\n"
    "처음 화면의 복습 수는 오늘 물을 것만 셉니다. 같은 주장에서 나온 문항은 하루에 "
    "하나만, 새 문항은 먼저 알아야 할 개념을 익힌 뒤에 나옵니다. 설정: studytool config. "
    "문항 목록: studytool item list. 휴가: studytool vacation. 앞으로의 복습량: studytool "
    "forecast.",
    en="Enter asks what is due, then new items. Your answer is followed by the correct "
    "one, the solution and the evidence; your rating sets the next date. Each rating is "
    "saved at once, so you can stop at any time and lose nothing.\n"
    "\n"
    "Home\n"
    "  Enter  study           c  cram: ask everything, record nothing\n"
    "  p  progress            l  한국어/English        q  quit\n"
    "\n"
    "While you answer (letter keys type letters while you enter an answer)\n"
    "  F2  hint               F3  show the answer     F9  한국어/English\n"
    "  F6  suspend: ask no more                       F7  bury until tomorrow\n"
    "  F8  flag or unflag     Ctrl+Z  undo            Ctrl+Y  redo\n"
    "\n"
    "Once it is marked\n"
    "  1 again  not recalled   2 hard  only just\n"
    "  3 good   recalled       4 easy  at once\n"
    "  Enter  as suggested    s b f u r  suspend, bury, flag, undo, redo\n"
    "\n"
    "The counts on the home screen are what will be asked today: one item a day of "
    "those that rest on the same claim, and new items only once their prerequisites are "
    "learned. Settings: studytool config. All items: studytool item list. Vacation: "
    "studytool vacation. The coming days: studytool forecast.",
)


class HelpScreen(Screen[None]):
    """The keys of all screens, scrolled where the window is small."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"escape,enter,question_mark,f1,{with_jamo('q')}", "dismiss", show=False)
    ]

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def compose(self) -> ComposeResult:
        """Lay out title, text, keys."""
        yield Static(TITLE.text(self._language), id="bar", markup=False)
        with VerticalScroll(id="help"):
            yield Static(HELP.text(self._language), markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the keys, and let the arrows scroll."""
        self.query_one(KeyBar).show(KEYS, self._language)
        self.query_one("#help").focus()

    def on_resize(self, event: Resize) -> None:
        """Say so where the window is too small."""
        mark_too_small(self, event.size, self._language)

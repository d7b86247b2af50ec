"""The preview of a pack being written: an item as a learner meets it, over what is wrong with the pack."""

from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytool.authoring.preview import Preview, first_place
from studytool.authoring.saves import FileMarks, changed_names, file_marks, saves
from studytool.errors import Cancelled, StudytoolError
from studytool.language import Language
from studytool.packs.diagnostics import Diagnostic, Severity, render
from studytool.packs.source_lines import source_lines
from studytool.session.question import Question
from studytool.tui.answer_input import AnswerInput
from studytool.tui.asking_screen import AskingScreen
from studytool.tui.bindings import bindings_of
from studytool.tui.editor import open_editor
from studytool.tui.key_bar import KeyBar
from studytool.tui.question_view import QuestionView
from studytool.tui.shown_text import shown
from studytool.tui.window_size import mark_too_small
from studytool.wording import preview as phrases
from studytool.wording.keys import KeyPlace
from studytool.wording.plays import play_diagnostic
from studytool.wording.words import NONE

_MOST_SHOWN = 20
_GO_TO = "go-to"


class PreviewScreen(AskingScreen):
    """A pack's folder, looked at again at each save.

    Args:
        folder: the pack's.
        home: where what checks found is kept.
        language: at first.
        item: shown first; None for the first of the pack.
        seed: shown first.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.PREVIEW)

    def __init__(
        self, folder: Path, home: Path, language: Language, *, item: str | None, seed: int
    ) -> None:
        super().__init__(language)
        self._home = home
        self._marks: FileMarks = file_marks(folder)
        self._preview = Preview.of(folder)
        found = None if item is None else self._preview.index(item)
        self._number, self._seed = found or 0, seed
        self._lost: str | None = None  # the item that was in view until a save made it unreadable

    def compose(self) -> ComposeResult:
        """Lay out the bar, the question, where to go, the problems and the keys."""
        yield Static("", id="bar", markup=False)
        yield QuestionView(id="question")
        yield AnswerInput(id=_GO_TO, select_on_focus=False)
        with VerticalScroll(id="problems", can_focus=False):
            yield Static("", id="told", markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    async def on_mount(self) -> None:
        """Show the first item, and begin to look for saves."""
        self._entry.display = False
        await self.ask()
        self._look_for_saves()
        self._check()

    def on_resize(self, event: Resize) -> None:
        """Say where the window is too small."""
        mark_too_small(self, event.size, self.language)

    # --- saves --------------------------------------------------------------------------------

    @work(thread=True, group="saves")
    def _look_for_saves(self) -> None:
        worker = get_current_worker()
        for now in saves(self._preview.folder, self._marks, lambda: worker.is_cancelled):
            names, self._marks = changed_names(self._marks, now), now
            preview = self._preview.after_save(names)
            if not worker.is_cancelled:
                self.app.call_from_thread(self.call_later, self.take, preview)

    async def take(self, preview: Preview) -> None:
        """Show what a save changed; what is being typed stays where the item is as it was."""
        before, self._preview = self._question, preview
        slug = None if before is None else before.item.id
        found = None if slug is None else preview.index(slug)
        back = None if self._lost is None else preview.index(self._lost)
        self._number = min(self._number, len(preview.items)) if found is None else found
        if back is not None:  # a file that was half saved is whole
            self._number, self._lost = back, None
            await self.ask()
        elif before is None or found is None:
            self._lost = self._lost or slug
            await self.ask()
        elif preview.items[found].item != before.item:
            await self._ask_anew(before)
        self._show_bar()
        self._show_problems()
        self._check()

    async def _ask_anew(self, before: Question) -> None:
        """Show the item in view as it is worded now; what was typed stays."""
        typed, picked = self._view.typed, self._view.picked
        await self.ask()
        if self._question is not None and before.mark is None:
            self._view.restore(self._question.variant, typed=typed, picked=picked)

    def _show_bar(self) -> None:
        if self._question is not None:
            variant, items = self._question.variant, self._preview.items
            bar = phrases.bar_line(variant, self._number, len(items), self.language)
            self.query_one("#bar", Static).update(shown(bar))

    @work(thread=True, exclusive=True, group="check")
    def _check(self) -> None:
        worker = get_current_worker()
        with suppress(Cancelled, OSError):  # a file that goes while it is read is a save of its own
            checked = self._preview.checked(self._home, lambda: worker.is_cancelled)
            if not worker.is_cancelled:
                self.app.call_from_thread(self._take_check, checked)

    def _take_check(self, checked: Preview) -> None:
        if checked.items == self._preview.items:
            self._preview = checked
            self._show_problems()

    def _show_problems(self) -> None:
        preview, language = self._preview, self.language
        found = sorted([*preview.problems, *map(play_diagnostic, preview.played)], key=_in_order)
        errors = sum(one.severity is Severity.ERROR for one in found)
        said = phrases.CHECKED if preview.is_checked else phrases.CHECKING
        head = said.text(language, errors=errors, warnings=len(found) - errors)
        line_at = source_lines(preview.folder)
        lines = [head, *(render(one, line_at, language) for one in found[:_MOST_SHOWN])]
        self.query_one("#told", Static).update(shown("\n".join(lines)))

    # --- the question -------------------------------------------------------------------------

    @property
    def _entry(self) -> Input:
        return self.query_one(f"#{_GO_TO}", Input)

    async def ask(self) -> None:
        """Show the item in view afresh, or why there is none."""
        self._question = None
        self.query_one(KeyBar).show(KeyPlace.PREVIEW, self.language)
        self._show_problems()
        items = self._preview.items
        self._view.display = bool(items)
        if not items:
            self.query_one("#bar", Static).update(shown(phrases.NO_ITEM.text(self.language)))
            return
        self._number %= len(items)
        slug = items[self._number].item.id
        try:
            variant = self._preview.variant(self._number, self._seed, self.language)
        except StudytoolError as error:
            why = error.text(self.language)
            told = phrases.NOT_DRAWN.text(self.language, item=slug, seed=self._seed, why=why)
            self.query_one("#bar", Static).update(shown(told))
            self._view.display = False
            return
        await self._put(Question(items[self._number].item, variant))
        self._show_bar()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go where the entry for an item says."""
        if event.input.id == _GO_TO:
            self.call_later(self._go_to, event.value)

    @property
    def types_elsewhere(self) -> bool:
        """Return whether the cursor is in the entry for an item."""
        return self._entry.has_focus

    # --- keys ---------------------------------------------------------------------------------

    async def action_item_before(self) -> None:
        """Show the item before, at the same seed."""
        await self._turn(item=-1)

    async def action_item_after(self) -> None:
        """Show the next item, at the same seed."""
        await self._turn(item=1)

    async def action_seed_before(self) -> None:
        """Show the same item at the seed before."""
        await self._turn(seed=-1)

    async def action_seed_after(self) -> None:
        """Show the same item at the next seed."""
        await self._turn(seed=1)

    async def _turn(self, *, item: int = 0, seed: int = 0) -> None:
        self._number += item
        self._lost = None if item else self._lost
        self._seed = max(0, self._seed + seed)
        await self.ask()

    async def action_switch_language(self) -> None:
        """Show the same in the other language, for now."""
        self.language = "en" if self.language == "ko" else "ko"
        await self.ask()

    def action_go_to(self) -> None:
        """Ask for an item, a seed or both."""
        entry = self._entry
        entry.placeholder = phrases.GO_WHERE.text(self.language)
        entry.value = ""
        entry.display = True
        entry.focus()

    async def _go_to(self, text: str) -> None:
        words = text.split()
        seed = words.pop() if words and words[-1].isdecimal() else None
        found = self._preview.index(words[0]) if words else self._number
        if found is None:
            known = [one.item.id for one in self._preview.items]
            near = ", ".join(get_close_matches(words[0], known)) or NONE.text(self.language)
            self._say(phrases.NO_SUCH_ITEM, text=words[0], near=near)
            return
        self._number, self._lost = found, None
        self._seed = self._seed if seed is None else int(seed)
        self._entry.display = False
        await self.ask()

    async def action_leave(self) -> None:
        """Close the entry for an item, or the preview."""
        if self._entry.display:
            self._entry.display = False
            await self.ask()
        else:
            self.workers.cancel_all()
            if len(self.app.screen_stack) > 1:  # else the preview is the whole program
                self.dismiss()
            else:
                self.app.exit()

    def action_edit(self) -> None:
        """Open the editor at the first error, else at the item in view."""
        place = first_place(self._preview, self._number if self._preview.items else None)
        file = (self._preview.folder / place.file).resolve()
        failed = open_editor(self.app, file, place.line, place.column)
        if failed is not None:
            self._say(failed.phrase, **failed.fields)

    def action_help(self) -> None:
        """Show what the keys do, over what is in view."""
        from studytool.tui.help_screen import HelpScreen  # late: rarely asked for

        self.app.push_screen(HelpScreen(self.language, {}))


def _in_order(one: Diagnostic) -> tuple[bool, object, str]:
    """Put errors first, then by place."""
    return one.severity is not Severity.ERROR, one.place, one.code

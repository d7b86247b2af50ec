"""The line of keys at the bottom, in the learner's language; a click on one presses it."""

from collections.abc import Collection, Iterator
from functools import lru_cache, partial

from textual.events import Click, Key
from textual.style import Style
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.bindings import key_of
from studytool.tui.put_text import put_text
from studytool.tui.shown_text import ShownText, in_a_row, in_lines, shown
from studytool.wording.key_lookup import WRITING_ACTIONS, bar_keys
from studytool.wording.keys import KeyPlace

_PAIRS = frozenset({"↑↓", "←→"})
"""Names of two keys each, which are pressed apart."""
_PRESSES = "presses"
"""What a click finds beside the text: the key to be pressed."""
_PADDING = 2
"""Columns of the window that the line leaves free, as it will be once it is laid out."""


class KeyBar(Static):
    """The keys that work now, in as many lines as the width needs."""

    place: KeyPlace | None = None
    """Whose keys are shown."""
    idle: frozenset[str] = frozenset()
    """Actions of that place that would do nothing now."""
    deaf: frozenset[str] = frozenset()
    """Keys that are left blank for now."""
    _set: partial[ShownText] | None = None
    """Sets them into lines of a width."""

    def show(
        self,
        place: KeyPlace,
        language: Language,
        *,
        writes: bool = True,
        idle: Collection[str] = (),
        deaf: Collection[str] = (),
    ) -> None:
        """Show the keys of a place that do something now, as :func:`bar_keys` names them.

        Those of ``deaf`` are left blank, so that nothing moves when they work again.
        """
        self.place = place
        self.idle = frozenset(idle) | (frozenset() if writes else WRITING_ACTIONS)
        self.deaf = frozenset(deaf)
        self._set = partial(_set, place, language, self.idle, self.deaf)
        self._fill(self.content_size.width or self.app.size.width - _PADDING)

    def on_resize(self) -> None:
        """Break the lines anew, once they are laid out: only then their number may change."""
        self.call_after_refresh(lambda: self._fill(self.content_size.width))

    def on_click(self, event: Click) -> None:
        """Press the key that is clicked, as if it came from the keyboard."""
        key = event.style.meta.get(_PRESSES)
        if key is not None:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    def _fill(self, width: int) -> None:
        if self._set is not None:
            put_text(self, self._set(width=width))


@lru_cache(maxsize=64)
def _set(
    place: KeyPlace,
    language: Language,
    idle: frozenset[str],
    deaf: frozenset[str],
    *,
    width: int,
) -> ShownText:
    """Break lines between keys only, so that none is torn from what it does."""
    lines: list[ShownText] = []
    for key, does in bar_keys(place, idle=idle):
        part = (_blank if key in deaf else _part)(key, does.text(language))
        if lines and lines[-1].cell_length + part.cell_length <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return in_lines(*lines)


def _part(name: str, does: str) -> ShownText:
    """Set a key, or several, and what they do; what is said of one alone is a part of it."""
    keys = list(_keys(name))
    words = [_pressing(shown(text, "bold $accent"), key) for text, key in keys]
    said = shown(f" {does} ")
    return in_a_row(shown(" "), *words, said if len(keys) > 1 else _pressing(said, keys[0][1]))


def _blank(name: str, does: str) -> ShownText:
    return shown(" " * _part(name, does).cell_length)


def _keys(name: str) -> Iterator[tuple[str, str]]:
    """Return each key of a name as it is written, and as a terminal calls it."""
    for place, word in enumerate(name.split()):
        between = " " if place else ""
        for key in word if word in _PAIRS else (word,):
            yield between + key, key_of(key).partition(",")[0]
            between = ""


def _pressing(text: ShownText, key: str) -> ShownText:
    return text.stylize(Style.from_meta({_PRESSES: key}))

"""The keys at the bottom, in a line or each with a sentence; a click on one presses it."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from textual.events import Click, Key
from textual.style import Style
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.bindings import key_of
from studytool.tui.put_text import put_text
from studytool.tui.shown_text import ShownText, in_a_row, in_lines, shown
from studytool.wording.key_lookup import WRITING_ACTIONS, bar_keys, told_keys
from studytool.wording.keys import KeyPlace

_PAIRS = frozenset({"↑↓", "←→"})
"""Names of two keys each, which are pressed apart."""
_PRESSES = "presses"
"""What a click finds beside the text: the key to be pressed."""
TELLS_KEYS = "tells-keys"
"""The class of a program that keeps what each key does in view."""
_SEVERAL = "–"
_PADDING = 2
"""Columns of the window that the line leaves free, as it will be once it is laid out."""


class _KeysNow(NamedTuple):
    """The keys of a place as they are now.

    Attributes:
        idle: actions of that place that would do nothing.
        deaf: keys that are left blank.
    """

    place: KeyPlace
    idle: frozenset[str]
    deaf: frozenset[str]


class KeyBar(Static):
    """The keys that work now, in as many lines as the width needs."""

    _keys: tuple[_KeysNow, Language] | None = None

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
        idle = frozenset(idle) | (frozenset() if writes else WRITING_ACTIONS)
        self._keys = (_KeysNow(place, idle, frozenset(deaf)), language)
        self._fill(self.content_size.width or self.app.size.width - _PADDING)

    @property
    def place(self) -> KeyPlace | None:
        """Return whose keys are shown."""
        return None if self._keys is None else self._keys[0].place

    @property
    def idle(self) -> frozenset[str]:
        """Return the actions of that place that would do nothing now."""
        return frozenset() if self._keys is None else self._keys[0].idle

    @property
    def deaf(self) -> frozenset[str]:
        """Return the keys that are left blank for now."""
        return frozenset() if self._keys is None else self._keys[0].deaf

    def on_resize(self) -> None:
        """Break the lines anew, once they are laid out: only then their number may change."""
        self.call_after_refresh(self.fill)

    def on_click(self, event: Click) -> None:
        """Press the key that is clicked, as if it came from the keyboard."""
        key = event.style.meta.get(_PRESSES)
        if key is not None:
            self.app.post_message(Key(key, key if len(key) == 1 else None))

    def fill(self) -> None:
        """Show the keys in a line, or what each of them does where that is kept in view."""
        self._fill(self.content_size.width)

    def _fill(self, width: int) -> None:
        if self._keys is not None:
            tells = self.app.has_class(TELLS_KEYS) and not self.screen.has_class("short")
            put_text(self, _set(*self._keys, tells=tells, width=width))


@lru_cache(maxsize=64)
def _set(keys: _KeysNow, language: Language, *, tells: bool, width: int) -> ShownText:
    """Break lines between keys only, so that none is torn from what it does."""
    lines: list[ShownText] = []
    deaf = {word for name in keys.deaf for word in name.split()}
    for key, does in (told_keys if tells else bar_keys)(keys.place, idle=keys.idle):
        part = (_blank if deaf.issuperset(key.split()) else _part)(key, does.text(language))
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
    """Have a click on a text press a key; one of several digits (``1–9``) is not known by it."""
    return text if _SEVERAL in key else text.stylize(Style.from_meta({_PRESSES: key}))

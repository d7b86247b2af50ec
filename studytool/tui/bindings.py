"""Textual's bindings, made of the table of keys; a letter works by its jamo too."""

from textual.binding import Binding, BindingType

from studytool.wording.keys import JAMO, KEYS, KeyPlace

_NAMED = {
    "Esc": "escape", "?": "question_mark", "PgUp": "pageup", "PgDn": "pagedown",
    "←": "left", "→": "right", "↑": "up", "↓": "down",
}  # fmt: skip


def bindings_of(*places: KeyPlace) -> list[BindingType]:
    """Return the bindings of all keys that work in ``places`` by an action of the screen."""
    rows = (row for row in KEYS if row.action and not row.places.keys().isdisjoint(places))
    return [_binding(name, row.action) for row in rows for name in row.names]


def key_of(name: str) -> str:
    """Return the terminal's key, or keys, for a name as people write it.

    >>> key_of("Ctrl+C"), key_of("u"), key_of("Esc")
    ('ctrl+c', 'u,ㅕ', 'escape')
    """
    if name in JAMO:
        return f"{name},{JAMO[name]}"
    return _NAMED.get(name, name.lower())


def _binding(name: str, action: str) -> Binding:
    """Bind a key; Esc and Ctrl come before the widget in focus, which would take them as its own."""
    key = key_of(name)
    return Binding(key, action, show=False, priority=key.startswith(("ctrl+", "escape")))

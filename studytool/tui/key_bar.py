"""The line of keys at the bottom, in the learner's language; letters work by their jamo too."""

from textual.content import Content
from textual.widgets import Static

from studytool.language import Language, Phrase

JAMO = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)

Keys = tuple[tuple[str, Phrase], ...]


def with_jamo(letter: str) -> str:
    """Return a letter's key and the key that it is while Korean is typed.

    >>> with_jamo("u")
    'u,ㅕ'
    """
    return f"{letter},{JAMO[letter]}"


class KeyBar(Static):
    """Shows the keys that work now, in as many lines as the width makes of them."""

    _parts: tuple[Content, ...] = ()

    def show(self, keys: Keys, language: Language) -> None:
        """Show keys with what they do."""
        self._parts = tuple(
            Content.assemble(
                Content.styled(f" {key} ", "bold $accent"), Content(f"{does.text(language)} ")
            )
            for key, does in keys
        )
        self._fill(self.content_size.width)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._fill(self.content_size.width)

    def _fill(self, width: int) -> None:
        """Break lines between keys only, so that none is torn from what it does."""
        lines: list[Content] = []
        for part in self._parts:
            if lines and lines[-1].cell_length + part.cell_length <= width:
                lines[-1] += part
            else:
                lines.append(part)
        self.update(Content("\n").join(lines))

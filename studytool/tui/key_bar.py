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
    """Give a letter's key and the key that it is while Korean is typed.

    >>> with_jamo("u")
    'u,ㅕ'
    """
    return f"{letter},{JAMO[letter]}"


class KeyBar(Static):
    """Shows the keys that work now."""

    def show(self, keys: Keys, language: Language) -> None:
        """Show keys with what they do."""
        parts: list[Content] = []
        for key, does in keys:
            parts += [
                Content.styled(f" {key} ", "bold $accent"),
                Content(f"{does.text(language)} "),
            ]
        self.update(Content.assemble(*parts))

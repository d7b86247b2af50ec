"""The options of a question: in view, no letter acts; where several are wanted, they are ticked."""

from textual.events import Click, Key
from textual.message import Message
from textual.widgets import OptionList


class ChoiceList(OptionList):
    """Options of which one is chosen, or several ticked by Space, a click or their digit.

    Attributes:
        several: whether several are wanted; then only Enter answers.
    """

    several = False

    class Ticked(Message):
        """An option was ticked, or its tick taken away.

        Args:
            number: of the option, counted from 1.
        """

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def on_key(self, event: Key) -> None:
        """Keep letters, which are commands elsewhere, and tick by Space."""
        if is_letter(event):
            event.stop()
        elif event.key == "space" and self.several and self.highlighted is not None:
            event.stop()
            self.post_message(self.Ticked(self.highlighted + 1))

    def on_click(self, event: Click) -> None:
        """Tick what is clicked where several are wanted; else Textual's own goes on, and answers."""
        option = event.style.meta.get("option")
        if self.several:
            event.prevent_default()
            if option is not None:
                self.highlighted = option
                self.post_message(self.Ticked(option + 1))


def is_letter(event: Key) -> bool:
    """Tell whether a key types a letter, of any alphabet."""
    return event.character is not None and event.character.isalpha()


def digit_of(event: Key) -> int | None:
    """Return the digit that a key types, from 1 to 9; None of any other key."""
    return int(event.character) if event.character and event.character in "123456789" else None

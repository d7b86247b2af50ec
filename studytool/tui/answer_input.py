"""The entry for an answer: keys take effect in the order in which they were pressed."""

from textual.events import Key, Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from studytool.printable import printable_lines


class AnswerInput(Input):
    """An input that deletes at once, and shows what no key types.

    Textual's own waits until the key has travelled up to the app: of a quick burst, as a slow line
    brings it, a character typed after a backspace would come before it.

    Attributes:
        steps: whether ← and → change the number, instead of moving the cursor in it.
    """

    virtual_size = Reactive(
        Size(0, 0), layout=False
    )  # of one line: what is typed moves nothing else
    steps = False

    class Stepped(Message):
        """The number is to be a step lower or higher.

        Args:
            by: −1 or 1.
        """

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    async def _on_key(self, event: Key) -> None:
        if event.key == "backspace":
            event.stop()
            event.prevent_default()
            self.action_delete_left()
        elif self.steps and event.key in {"left", "right"}:
            event.stop()
            event.prevent_default()
            self.post_message(self.Stepped(1 if event.key == "right" else -1))
        else:
            await super()._on_key(event)

    def _on_paste(self, event: Paste) -> None:
        """Let controls that were copied along be seen, and deleted; then Textual's own goes on."""
        event.text = printable_lines(event.text)

"""The four ratings below a marked answer, each with the interval that it would give."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from studytool.language import Language
from studytool.srs.rating import Rating
from studytool.tui.shown_text import shown
from studytool.wording import study as phrases


class RatingRow(Horizontal):
    """Four boxes, one for each rating; a click posts ``Chosen``."""

    class Chosen(Message):
        """A rating was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def compose(self) -> ComposeResult:
        """Lay out a box for each rating."""
        for rating in Rating:
            yield Static("", id=f"rate-{rating}", classes="rating", markup=False)

    def show(
        self,
        offered: Sequence[Rating],
        intervals: Mapping[Rating, timedelta],
        suggested: Rating,
        language: Language,
    ) -> None:
        """Show what each rating would lead to, if to anything, the suggested one set off."""
        for number, rating in enumerate(Rating, start=1):
            label = phrases.RATINGS[rating].text(language)
            when = phrases.write_interval(intervals[rating], language) if intervals else ""
            box = self.query_one(f"#rate-{rating}", Static)
            box.update(shown(f"{number} {label} {when}".rstrip()))
            box.set_class(rating is suggested, "suggested")
            box.display = rating in offered

    def on_click(self, event: Click) -> None:
        """Say which rating was clicked."""
        name = (event.widget.id or "") if event.widget is not None else ""
        if name.startswith("rate-"):
            self.post_message(self.Chosen(Rating(name.removeprefix("rate-"))))

"""The lab: an experiment on sliders, measured and drawn anew at every move."""

from contextlib import suppress
from math import isfinite
from threading import Event
from time import monotonic
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Message
from studytool.library.finding import own_or_core_experiment
from studytool.numerics.experiment import NumberParameter
from studytool.numerics.lab import Histogram, SweptPoint, histogram, measured
from studytool.numerics.measure import QuantityResult
from studytool.session.desk import Desk
from studytool.session.lab import Bench, curve_of
from studytool.tui.bindings import bindings_of
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.line_view import LineView
from studytool.tui.put_text import put_text
from studytool.tui.shown_text import shown
from studytool.tui.slider_list import SliderList
from studytool.typeset.cells import cut
from studytool.wording import lab as phrases
from studytool.wording.experiment_words import (
    experiment_text,
    parameter_of,
)
from studytool.wording.keys import KeyPlace
from studytool.wording.lab_plane import plane_lines
from studytool.wording.words import LAB_TITLE

_BINS_WIDE = 40
_BETWEEN_SECONDS = 1 / 30
"""From one drawing of what is being measured to the next."""
_Found = QuantityResult | Histogram | list[SweptPoint] | StudytoolError | None


class LabScreen(DeskScreen):
    """One experiment on the bench; the newest setting wins over one that is being measured.

    Args:
        desk: the learner's state.
        bench: what is set up at first.
    """

    AUTO_FOCUS = "#sliders"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.LAB)

    def __init__(self, desk: Desk, bench: Bench) -> None:
        super().__init__(desk)
        self._bench = bench
        self._wanted = Event()
        self._left = False
        self._result: QuantityResult | None = None
        self._drawn: Histogram | None = None
        self._points: list[SweptPoint] = []
        self._is_measuring = False
        self._drawn_at = 0.0
        self._draws_soon = False
        self._plot_is_old = True
        self._wrong: Message | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, sliders, plot, figures, keys."""
        yield Static("", id="bar", markup=False)
        with Horizontal(id="lab"):
            yield SliderList(id="sliders")
            yield LineView(id="plot")
        yield Static("", id="lab-result", markup=False)
        yield from self.compose_below()

    def on_mount(self) -> None:
        """Measure for the first time."""
        self._take_up(self._bench)

    def on_unmount(self) -> None:
        """Let no measurement outlive the screen."""
        self._left = True
        self._wanted.set()

    def fit(self) -> None:
        """Draw in the new size."""
        self._show()

    async def show_again(self) -> None:
        """Show the same in the other language."""
        name = self._bench.experiment.name
        with suppress(NotFoundError):  # of a folder that is not installed
            found = own_or_core_experiment(name, self._desk.library, self.language)
            self._bench = self._bench.in_words_of(found)
        self._show()

    def tell(self, message: str) -> None:
        """Show a message in the place of the figures."""
        for result in self.query("#lab-result").results(Static):
            put_text(result, shown(message), layout=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def action_claims(self) -> None:
        """Show the claims that the experiment tries, each of which opens."""
        from studytool.tui.claims_screen import ClaimsScreen  # late: not every look needs it

        self.app.push_screen(ClaimsScreen(self._desk, self._bench.experiment.name))

    def action_question(self) -> None:
        """Make a question of what is in view, once it was measured."""
        from studytool.tui.lab_question_screen import LabQuestionScreen  # late: asked for at times
        from studytool.wording.lab_question import NOT_MEASURED, question_yaml

        bench, result = self._bench, self._result
        is_known = result is not None and isfinite(result.estimate.value)
        if result is None or not is_known or result.name != bench.quantity or bench.refusal:
            self.tell(NOT_MEASURED.text(self.language))
            return
        item = question_yaml(bench, result, self._points)
        self.app.push_screen(LabQuestionScreen(self._desk.home, item, self.language))

    def action_default(self) -> None:
        """Put every slider where it was at first."""
        self._take_up(Bench.of(self._bench.experiment))

    def on_slider_list_moved(self, event: SliderList.Moved) -> None:
        """Measure at another setting."""
        self._take_up(event.bench)

    def on_slider_list_chosen(self) -> None:
        """Say what the row is that the keys move now."""
        self._say()

    # --- measuring ----------------------------------------------------------------------------

    def _take_up(self, bench: Bench) -> None:
        same_curve = bench.curve == self._bench.curve
        before, self._bench = self._bench, bench
        keeps_plot = not same_curve and bench.view == before.view  # until there is a newer one
        self._drawn = None if bench.along is not None else self._drawn
        if not same_curve:
            self._points = []
        self._wrong = bench.refusal
        if self._wrong is not None:
            self._show()
            return
        self._wanted.set()
        if not self._is_measuring:
            self._is_measuring = True
            self._measure_newest()
        self._show(plot=not keeps_plot)

    @work(thread=True, group="lab", exit_on_error=True)
    def _measure_newest(self) -> None:
        """Measure the newest setting until nothing newer is wanted; one thread, whatever is asked."""
        while self._wanted.is_set() and not self._left:
            self._wanted.clear()
            bench = self._bench
            try:
                self._measure(bench)
            except StudytoolError as error:
                self._post(bench, error)
        if not self._left:
            self.app.call_from_thread(self._rest)

    def _rest(self) -> None:
        """Go on where something was wanted meanwhile; else say that all is measured."""
        if self._wanted.is_set():
            self._measure_newest()
            return
        self._is_measuring = False
        self._plot_is_old = self._plot_is_old or (self._bench.along is None and not self._drawn)
        self._show_found()

    def _measure(self, bench: Bench) -> None:
        """Look roughly, draw the curve, then look ever closer, as long as nothing newer is wanted."""
        parameters, newer = bench.parameters, self._wanted.is_set
        looks = measured(bench.experiment, parameters, seed=bench.seed, cancelled=newer)
        for number, results in enumerate(looks):
            [one] = (result for result in results if result.name == bench.quantity)
            self._post(bench, one)
            if bench.along is None:
                self._post(bench, self._histogram(bench, parameters))
            elif number == 0:
                self._follow(bench)
            if newer():
                return

    def _follow(self, bench: Bench) -> None:
        """Measure what is left of the curve, also while the value that it runs along is moved."""
        if self._points:
            return
        points, posted = [], monotonic()
        for point in curve_of(bench):
            if self._bench.curve != bench.curve:
                return
            points.append(point)
            if monotonic() - posted >= _BETWEEN_SECONDS:
                self._post(bench, points)
                points, posted = [], monotonic()
        self._post(bench, points)

    def _histogram(self, bench: Bench, parameters: object) -> Histogram | None:
        name = bench.quantity
        return histogram(bench.experiment, parameters, name, seed=bench.seed, bins=_BINS_WIDE)

    def _post(self, bench: Bench, found: _Found) -> None:
        if not self._left:
            self.app.call_from_thread(self._take_in, bench, found)

    def _take_in(self, bench: Bench, found: _Found) -> None:
        """Take in what was found, unless it is of a setting that is no more."""
        if isinstance(found, list) and bench.curve == self._bench.curve:
            self._points += found
        elif bench is not self._bench:
            return
        elif isinstance(found, QuantityResult):
            self._result = found
        elif isinstance(found, Histogram):
            self._drawn = found
        elif isinstance(found, StudytoolError):
            self._wrong = found.told
        is_followed = self._bench.along is not None
        self._show_soon(plot=not (is_followed and isinstance(found, QuantityResult)))

    # --- showing ------------------------------------------------------------------------------

    def _show_soon(self, *, plot: bool) -> None:
        """Show what was found, not oftener than an eye follows."""
        self._plot_is_old = self._plot_is_old or plot
        wait = self._drawn_at + _BETWEEN_SECONDS - monotonic()
        if wait <= 0:
            self._show_found()
        elif not self._draws_soon:
            self._draws_soon = True
            self.set_timer(wait, self._show_found)

    def _show_found(self) -> None:
        self._draws_soon, self._drawn_at = False, monotonic()
        if not self.query("#plot"):  # the program ends while something is measured
            return
        if self._plot_is_old:
            self._draw()
        self._say()

    def _show(self, *, plot: bool = True) -> None:
        language, bench = self.language, self._bench
        title = f"{LAB_TITLE.text(language)} · {experiment_text(bench.experiment, language)}"
        bar = shown(cut(title, max(8, self.size.width - 2)))
        put_text(self.query_one("#bar", Static), bar, layout=False)
        self.query_one(SliderList).show(bench, language)
        if plot:
            self._draw()
        self._say()
        self.query_one(KeyBar).show(KeyPlace.LAB, language)

    def _draw(self) -> None:
        self._plot_is_old, self._drawn_at = False, monotonic()
        plot = self.query_one("#plot", LineView)
        lines = self._plot(plot.size.width, plot.size.height)
        plot.show_lines([shown(line) for line in lines])

    def _say(self) -> None:
        """Say what the row is that the keys move, and what was measured."""
        language = self.language
        if self._wrong is not None:
            self.tell(self._wrong.text(language))
            return
        said = [] if self._result is None else [phrases.result_line(self._result, language)]
        if self._is_measuring:
            said.append(phrases.MEASURING.text(language))
        about = phrases.about_row(self._bench, self.query_one(SliderList).row, language)
        lines = [about, "   ".join(said)]
        room = max(8, self.size.width - 4)
        self.tell("\n".join(cut(line, room) for line in lines if line))

    def _plot(self, width: int, height: int) -> list[str]:
        bench = self._bench
        if self._wrong is not None:
            return []  # an axis of nothing would look like a measurement
        if (picture := bench.picture) is not None:
            return plane_lines(picture, self.language, width=width, height=height)
        definition = None if bench.along is None else bench.definition(bench.along)
        if isinstance(definition, NumberParameter):
            at = float(bench.values[definition.name])
            name = parameter_of(bench.experiment, definition.name, self.language)
            points = self._points
            return phrases.curve_lines(points, definition, at, name, width=width, height=height)
        if self._drawn is None:
            return [] if self._is_measuring else [phrases.NO_DRAWS.text(self.language)]
        return phrases.histogram_lines(self._drawn, self._result, width=width, height=height)

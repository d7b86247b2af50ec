"""The lab: an experiment on sliders, measured and drawn anew at every move."""

from contextlib import suppress
from math import isfinite
from threading import Event
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from studytool.errors import NotFoundError, StudytoolError
from studytool.library.finding import own_or_core_experiment
from studytool.numerics.experiment import NumberParameter
from studytool.numerics.lab import Histogram, SweptPoint, histogram, measured
from studytool.numerics.measure import QuantityResult
from studytool.session.desk import Desk
from studytool.session.lab import Bench, curve_of
from studytool.tui.bindings import bindings_of
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import shown
from studytool.tui.slider_list import SliderList
from studytool.typeset.cells import cut
from studytool.wording import lab as phrases
from studytool.wording.experiment_words import (
    experiment_text,
    parameter_of,
    parameter_text,
    quantity_of,
    quantity_text,
)
from studytool.wording.keys import KeyPlace
from studytool.wording.lab_plane import plane_lines
from studytool.wording.words import LAB_TITLE

_BINS_WIDE = 40


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

    def compose(self) -> ComposeResult:
        """Lay out title, sliders, plot, figures, keys."""
        yield Static("", id="bar", markup=False)
        with Horizontal(id="lab"):
            yield SliderList(id="sliders")
            yield Static("", id="plot", markup=False)
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
            result.update(shown(message))

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
        self._show()

    # --- measuring ----------------------------------------------------------------------------

    def _take_up(self, bench: Bench) -> None:
        same_curve = _without(bench) == _without(self._bench)
        self._bench = bench
        self._drawn = None if bench.along is not None else self._drawn
        if not same_curve:
            self._points = []
        why = bench.refusal
        if why is not None:
            self._show()
            self.tell(why.text(self.language))
            return
        self._wanted.set()
        if not self._is_measuring:
            self._is_measuring = True
            self._measure_newest()
        self._show()

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
        self._show()

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
        for point in curve_of(bench):
            if _without(self._bench) != _without(bench):
                return
            self._post(bench, point)

    def _histogram(self, bench: Bench, parameters: object) -> Histogram | None:
        name = bench.quantity
        return histogram(bench.experiment, parameters, name, seed=bench.seed, bins=_BINS_WIDE)

    def _post(
        self, bench: Bench, found: QuantityResult | Histogram | SweptPoint | StudytoolError | None
    ) -> None:
        if not self._left:
            self.app.call_from_thread(self._take_in, bench, found)

    def _take_in(
        self, bench: Bench, found: QuantityResult | Histogram | SweptPoint | StudytoolError | None
    ) -> None:
        """Take in what was found, unless it is of a setting that is no more."""
        if isinstance(found, SweptPoint) and _without(bench) == _without(self._bench):
            self._points.append(found)
        elif bench is not self._bench:
            return
        elif isinstance(found, QuantityResult):
            self._result = found
        elif isinstance(found, Histogram):
            self._drawn = found
        elif isinstance(found, StudytoolError):
            self.tell(found.text(self.language))
            return
        self._show()

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        language, bench = self.language, self._bench
        if not self.query("#bar"):  # the program ends while something is measured
            return
        title = f"{LAB_TITLE.text(language)} · {experiment_text(bench.experiment, language)}"
        self.query_one("#bar", Static).update(shown(cut(title, max(8, self.size.width - 2))))
        self.query_one(SliderList).show(bench, language)
        plot = self.query_one("#plot", Static)
        plot.update(shown("\n".join(self._plot(plot.size.width, plot.size.height))))
        said = [] if self._result is None else [phrases.result_line(self._result, language)]
        if self._is_measuring:
            said.append(phrases.MEASURING.text(language))
        lines = [self._about_row(), "   ".join(said)]
        room = max(8, self.size.width - 4)
        self.tell("\n".join(cut(line, room) for line in lines if line))
        self.query_one(KeyBar).show(KeyPlace.LAB, language)

    def _about_row(self) -> str:
        """Say what the row is that the keys move; of one without words, what is measured."""
        language, bench = self.language, self._bench
        definition = bench.definition(self.query_one(SliderList).row)
        if definition is not None:
            name = parameter_of(bench.experiment, definition.name, language)
            return f"{name}: {parameter_text(definition, language)}"
        doc = bench.experiment.quantity(bench.quantity).doc
        name = quantity_of(bench.experiment, bench.quantity, language)
        return f"{name}: {quantity_text(doc, language)}"

    def _plot(self, width: int, height: int) -> list[str]:
        bench = self._bench
        if bench.refusal is None and (picture := bench.picture) is not None:
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


def _without(bench: Bench) -> object:
    """Return all of a setting that its curve depends on: all but the value that it runs along."""
    values = {name: one for name, one in bench.values.items() if name != bench.along}
    return bench.experiment.name, values, bench.quantity, bench.along, bench.seed

"""The problems of one YAML file: reported as they are met, up to a limit."""

from yaml.events import AliasEvent, Event

from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.document import Location
from studytool.packs.schema_words import short
from studytool.packs.telling import told

MAX_PROBLEMS = 500


class YamlRefusedError(Exception):
    """A problem that ends the reading of its file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


class YamlProblems:
    """What is wrong in a file.

    Attributes:
        found: in the order of the file.
    """

    def __init__(self, name: str) -> None:
        self.found: list[Diagnostic] = []
        self._name = name

    def report_foreign(self, event: Event, mark: Location) -> None:
        """Report an alias, an anchor or a tag, which no pack has."""
        if isinstance(event, AliasEvent):
            why = told("the alias '*{anchor}'", anchor=short(str(event.anchor)))
            remedy = told("write the value out; put a text that begins with * in quotes")
            self.refuse_value("E112", event, mark, why, remedy)
            return
        if anchor := getattr(event, "anchor", None):
            remedy = told("leave it out; put a text that begins with & in quotes")
            self.report("E112", event, told("the anchor '&{anchor}'", anchor=short(anchor)), remedy)
        if tag := getattr(event, "tag", None):
            remedy = told("leave it out; put a text that begins with ! in quotes")
            self.report("E113", event, told("the tag '{tag}'", tag=short(tag)), remedy)
            mark.refused = True

    def refuse_value(  # noqa: PLR0917 - a report, and the mark that it concerns
        self, code: str, event: Event, mark: Location, why: Message, remedy: Message
    ) -> None:
        """Report a value, which then stands for nothing."""
        mark.refused = True
        self.report(code, event, why, remedy)

    def report(self, code: str, event: Event, says: Message, remedy: Message) -> None:
        """Report what begins at an event."""
        self.append(self.refused(code, event, says, remedy).diagnostic)

    def report_at(self, code: str, at: Location, says: Message, remedy: Message) -> None:
        """Report what stands at a place."""
        self.append(Diagnostic(code, Place(self._name, at.line, at.column), says, remedy))

    def append(self, diagnostic: Diagnostic) -> None:
        """Add a problem.

        Raises:
            YamlRefusedError: there are too many.
        """
        if len(self.found) >= MAX_PROBLEMS:
            why = told(
                "more than {most} problems; the rest of the file was not read", most=MAX_PROBLEMS
            )
            last = Diagnostic("E120", diagnostic.place, why, told("mend the first ones"))
            raise YamlRefusedError(last)
        self.found.append(diagnostic)

    def take_back(self, code: str, at: Location) -> None:
        """Forget the last problem where it is of this code and place: more is known now."""
        if self.found and self.found[-1].code == code:
            place = self.found[-1].place
            if (place.line, place.column) == (at.line, at.column):
                self.found.pop()

    def refused(
        self, code: str, event: Event, says: Message, remedy: Message | None = None
    ) -> YamlRefusedError:
        """Return the end of the reading at an event."""
        place = Place(self._name, *spot_of(event))
        return YamlRefusedError(Diagnostic(code, place, says, remedy))


def spot_of(event: Event) -> tuple[int, int]:
    """Return the line and column of an event, counted from 1."""
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)

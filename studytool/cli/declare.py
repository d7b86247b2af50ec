"""Commands and options declared with their words in both languages, of which click has room for one.

``--help`` is written by :mod:`studytool.cli.help_text`.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import click

from studytool.cli.output import errors_written, learner_language, terminal_width
from studytool.language import LANGUAGES, Language, Phrase
from studytool.wording.commands import ABOUT_COMMANDS

if TYPE_CHECKING:
    from studytool.cli.help_text import CommandWords

WIDEST = 80
"""Cells of a line of ``--help``, however wide the window."""

_HELP = ["-h", "--help"]
_LANGUAGE = "studytool.language"
"""Under which a context keeps the language that ``--lang`` names."""

_Declared = TypeVar("_Declared", bound=Callable[..., Any] | click.Command)


class DeclaredOption(click.Option):
    """An option that says what it does.

    Attributes:
        about: what ``--help`` says of it.
    """

    def __init__(self, *arguments: Any, about: Phrase, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.about = about


class DeclaredCommand(click.Command):
    """A command that says what it does.

    Attributes:
        about: what it does, in a line.
        more: further paragraphs of ``--help``.
    """

    def __init__(
        self, *arguments: Any, about: Phrase, more: Phrase | None = None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.context_settings = {"help_option_names": _HELP, **self.context_settings}
        self.about = about
        self.more = more

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; the help may be asked for before ``--lang`` was read."""
        if any(one.name == "lang" for one in self.params):
            ctx.meta[_LANGUAGE] = _language_in(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; its errors are in the language of ``--lang`` where that is named."""
        language: Language | None = ctx.params.get("lang")
        with errors_written(language) if language in LANGUAGES else nullcontext():
            return super().invoke(ctx)

    def get_help(self, ctx: click.Context) -> str:
        """Return the text of ``--help``, as wide as the window.

        It is in the language of ``--lang`` where that stands beside it, else in the learner's.
        """
        from studytool.cli.help_text import help_text  # late: most runs show none

        width = min(WIDEST, terminal_width(WIDEST))
        language = named_language(ctx) or learner_language()
        return help_text(self.words(), ctx, language, width=width)

    def words(self) -> "CommandWords":
        """Return all that ``--help`` says of it beside its options."""
        from studytool.cli.help_text import CommandWords

        paragraphs = [self.about, *([] if self.more is None else [self.more])]
        return CommandWords(paragraphs, self.about_commands())

    def about_commands(self) -> dict[str, Phrase]:
        """Return what each subcommand does, by its name; a plain command has none."""
        return {}


class DeclaredGroup(DeclaredCommand, click.Group):
    """A command of which each subcommand has its row in the table of commands."""

    def about_commands(self) -> dict[str, Phrase]:
        """Return what each subcommand does, by its name, in the order of the table."""
        paths = {f"{self.name} {name}": name for name in self.commands}
        return {paths[path]: about for path, about in ABOUT_COMMANDS.items() if path in paths}

    def subcommand(
        self, name: str, *, more: Phrase | None = None
    ) -> Callable[[Callable[..., Any]], DeclaredCommand]:
        """Make a subcommand of a function: see :func:`command`."""

        def add(function: Callable[..., Any]) -> DeclaredCommand:
            made = command(f"{self.name} {name}", more=more)(function)
            self.add_command(made)
            return made

        return add


def command(
    path: str,
    *,
    more: Phrase | None = None,
    cls: type[DeclaredCommand] = DeclaredCommand,
    **settings: Any,
) -> Callable[[Callable[..., Any]], DeclaredCommand]:
    """Make a command of a function.

    Args:
        path: as in the table of commands: ``due``, ``item list``.
        more: what ``--help`` says beyond the command's line in that table.
        cls: the class of the command.
        settings: what click takes besides.
    """
    name = path.rpartition(" ")[2]
    return click.command(name, cls=cls, about=ABOUT_COMMANDS[path], more=more, **settings)  # noqa: TID251 - the owner


def group(
    path: str, *, more: Phrase | None = None
) -> Callable[[Callable[..., Any]], DeclaredGroup]:
    """Make a group of commands of a function: see :func:`command`."""
    return click.command(path, cls=DeclaredGroup, about=ABOUT_COMMANDS[path], more=more)  # noqa: TID251 - the owner


def option(*names: str, about: Phrase, **settings: Any) -> Callable[[_Declared], _Declared]:
    """Add an option to a command; ``settings`` are those of :func:`click.option`."""
    return click.option(*names, cls=DeclaredOption, about=about, **settings)  # noqa: TID251 - the owner


def named_language(ctx: click.Context | None) -> Language | None:
    """Return the language that ``--lang`` names on the command line; None where it names none."""
    return None if ctx is None else ctx.meta.get(_LANGUAGE)


def _language_in(arguments: list[str]) -> Language | None:
    """Return the language that the last ``--lang`` names.

    >>> _language_in(["x", "--lang", "en", "--lang=ko", "--help"]), _language_in(["--lang"])
    ('ko', None)
    """
    for word, following in zip(reversed(arguments), [None, *reversed(arguments)], strict=False):
        named = following if word == "--lang" else word.removeprefix("--lang=")
        for language in LANGUAGES:
            if named == language and word != language:
                return language
    return None


VARIANT = Phrase("어느 변형인지.", "Which variant.")
"""What is said of a seed that chooses an item's numbers."""

as_json = option(
    "--json",
    "as_json",
    is_flag=True,
    about=Phrase("결과를 JSON으로 출력합니다.", "Print the result as JSON."),
)
in_language = option(
    "--lang",
    type=click.Choice(LANGUAGES),
    about=Phrase("기본값은 설정의 언어.", "Default: as in the settings."),
)
with_seed = option(
    "--seed",
    default=0,
    show_default=True,
    about=Phrase("난수의 시드.", "Seed of the draws."),
)
of_any_size = option(
    "--large",
    is_flag=True,
    about=Phrase(
        "값이 200,000개가 넘는 꾸러미도 읽습니다.", "Read more of a pack than 200,000 values."
    ),
)

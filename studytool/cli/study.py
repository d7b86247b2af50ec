"""``studytool study``: a sitting at once, on a full screen or line by line."""

from typing import TYPE_CHECKING

import click

from studytool.language import LANGUAGES, Language

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.study_session import StudySession

_LONGEST_DAYS, _MOST_NEW = 3650, 9999
_TODAY = "1"


class _StudyCommand(click.Command):
    """A command with an option whose value is a number of days, or left out before a pack."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands behind ``--forgotten`` as its value only where it is a number."""
        read = [
            f"{one}={_TODAY}" if one == "--forgotten" and not after.isdecimal() else one
            for one, after in zip(args, [*args, ""][1:], strict=True)
        ]
        return super().parse_args(ctx, read)


@click.command(name="study", cls=_StudyCommand)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--concept", metavar="C", help="Only items about this concept.")
@click.option("--search", metavar="QUERY", help="Only items found; studytool help search.")
@click.option(
    "--ahead",
    type=click.IntRange(1, _LONGEST_DAYS),
    metavar="DAYS",
    help="What falls due within DAYS, early.",
)
@click.option(
    "--forgotten",
    is_flag=False,
    flag_value=_TODAY,
    type=click.IntRange(1, _LONGEST_DAYS),
    metavar="[DAYS]",
    help="What was forgotten today, or in DAYS.",
)
@click.option(
    "--misconception",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    help="What showed a misconception, not right since.",
)
@click.option(
    "--new",
    "more_new",
    type=click.IntRange(1, _MOST_NEW),
    metavar="N",
    help="N more new items today, above the limit.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N questions.")
@click.option("--cram", is_flag=True, help="Everything, due or not; nothing is recorded.")
@click.option("--anew", is_flag=True, help="A cram from the beginning, not where it was.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Choose the language, and keep it.")
def command(  # noqa: PLR0913 - one for each option
    packs: tuple[str, ...],
    *,
    concept: str | None,
    search: str | None,
    ahead: int | None,
    forgotten: int | None,
    misconception: str | None,
    more_new: int | None,
    limit: int | None,
    cram: bool,
    anew: bool,
    plain: bool,
    lang: Language | None,
) -> None:
    """Study what is due in PACK (all packs when none is named), then new items.

    A PACK may be a folder, as ./my-pack: all of it is new then, and nothing is remembered.
    """
    from studytool.cli.scratch_desk import desks_for

    opened, packs = desks_for(packs)

    def begin(desk: "Desk") -> "StudySession":
        from studytool.session.custom_study import CustomStudy, begin_study
        from studytool.session.scope import Scope

        custom = CustomStudy(
            search=search,
            ahead_days=ahead,
            forgotten_days=forgotten,
            misconception=misconception,
            more_new=more_new,
            cram=cram,
            anew=anew,
        )
        return begin_study(desk, Scope(packs, concept, limit), custom, desk.clock.now())

    if plain:
        from studytool.cli.plain import study_plainly

        study_plainly(begin, language=lang, opened=opened)
    else:
        from studytool.cli.home import run_screen

        run_screen(begin, language=lang, opened=opened)

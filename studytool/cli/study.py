"""``studytool study``: a sitting at once, on a full screen or line by line."""

from typing import TYPE_CHECKING

import click

from studytool.language import LANGUAGES, Language

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.study_session import StudySession


@click.command(name="study")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--concept", metavar="C", help="Only items about this concept.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N questions.")
@click.option("--cram", is_flag=True, help="Everything, due or not; nothing is recorded.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Choose the language, and keep it.")
def command(
    packs: tuple[str, ...],
    *,
    concept: str | None,
    limit: int | None,
    cram: bool,
    plain: bool,
    lang: Language | None,
) -> None:
    """Study what is due in PACK (all packs when none is named), then new items."""

    def begin(desk: "Desk") -> "StudySession":
        from studytool.session.cram import Cram
        from studytool.session.scope import Scope
        from studytool.session.sitting import Sitting

        scope = Scope(packs, concept, limit)
        return Cram(desk, scope, desk.clock.now()) if cram else Sitting(desk, scope)

    if plain:
        from studytool.cli.plain import study_plainly

        study_plainly(begin, language=lang)
    else:
        from studytool.cli.home import run_screen

        run_screen(begin, language=lang)

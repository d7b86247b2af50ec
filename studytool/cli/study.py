"""``studytool study``: a sitting at once, on a full screen or line by line."""

import click

from studytool.language import LANGUAGES, Language


@click.command(name="study")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--concept", metavar="C", help="Only items about this concept.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N questions.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Choose the language, and keep it.")
def command(
    packs: tuple[str, ...],
    *,
    concept: str | None,
    limit: int | None,
    plain: bool,
    lang: Language | None,
) -> None:
    """Study what is due in PACK (all packs when none is named), then new items."""
    if plain:
        from studytool.cli.plain import study_plainly

        study_plainly(packs, concept=concept, limit=limit, language=lang)
    else:
        from studytool.cli.home import run_screen

        run_screen(packs, study_now=True, concept=concept, limit=limit, language=lang)

"""``studytool pack preview``: a pack's items as its author writes them, at each save."""

import sys
from pathlib import Path

import click

from studytool.cli.home import refuse_no_terminal
from studytool.cli.output import learner_language
from studytool.errors import PackError
from studytool.language import LANGUAGES, Language
from studytool.settings import home_folder
from studytool.wording.checking import NO_PACK


@click.command(name="preview")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--item", metavar="ID", help="Show this item first.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Which variant.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: as in the settings.")
def preview_command(folder: Path, *, item: str | None, seed: int, lang: Language | None) -> None:
    """Show the items of the pack in FOLDER as learners meet them, and its problems, at each save.

    Any item is shown at any seed and in both languages; an answer is marked, and nothing is
    recorded. e opens the editor ($VISUAL or $EDITOR) at the first error, else at the item. In a
    pipe, or line by line, use check --watch, show and mark.
    """
    from studytool.packs.digest import is_pack

    if not is_pack(folder):
        raise PackError(NO_PACK, path=folder)
    refuse_no_terminal()
    from studytool.cli.full_screen import run_app
    from studytool.tui.preview_app import PreviewApp

    language = lang or learner_language()
    sys.exit(run_app(PreviewApp(folder, home_folder(), language, item=item, seed=seed)))

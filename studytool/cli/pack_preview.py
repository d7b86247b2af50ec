"""``studytool pack preview``: a pack's items as its author writes them, at each save."""

import sys
from pathlib import Path
from shlex import quote

import click

from studytool.cli import declare
from studytool.cli.home import begin_screen
from studytool.cli.output import learner_language
from studytool.language import Language, Phrase
from studytool.settings import home_folder


@declare.command(
    "pack preview",
    more=Phrase(
        ko="FOLDER의 문항을 배우는 사람이 보는 대로 보여 줍니다. 시드와 언어를 바꾸어 볼 수 "
        "있고, 답을 채점하지만 기록하지는 않습니다. e를 누르면 첫 오류나 그 문항의 "
        "자리에서 편집기($VISUAL이나 $EDITOR)가 열립니다. 파이프나 한 줄씩 할 때는 check "
        "--watch, show, mark를 쓰세요.",
        en="Items of FOLDER are shown as learners meet them, at any seed and in both "
        "languages; an answer is marked, and nothing is recorded. e opens the editor "
        "($VISUAL or $EDITOR) at the first error, else at the item. In a pipe, or line by "
        "line, use check --watch, show and mark.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@declare.option(
    "--item", metavar="ID", about=Phrase("이 문항부터 보여 줍니다.", "Show this item first.")
)
@declare.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    about=declare.VARIANT,
)
@declare.in_language
def preview_command(folder: Path, *, item: str | None, seed: int, lang: Language | None) -> None:
    """Show the items of the pack in FOLDER as learners meet them, and its problems, at each save."""
    from studytool.packs.digest import require_pack

    require_pack(folder)
    begin_screen(instead=f"studytool check --watch {quote(str(folder))}")
    from studytool.cli.full_screen import run_app
    from studytool.tui.preview_app import PreviewApp

    language = lang or learner_language()
    sys.exit(run_app(PreviewApp(folder, home_folder(), language, item=item, seed=seed)))

"""``studytool pack export``: concrete questions of a pack for Anki, for Moodle, or on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli.output import learner_language, write_json, write_note, write_text
from studytool.clock import MACHINE_CLOCK
from studytool.errors import ExchangeError
from studytool.files import write_whole
from studytool.json_output import PackExportJson
from studytool.language import LANGUAGES, Language, Phrase
from studytool.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.exchange.concrete import ConcreteQuestion, NotExported
    from studytool.packs.pack import Pack

    Written = tuple[bytes, Sequence[NotExported]]

_UNKNOWN = Phrase(
    ko="{path}: 무엇으로 내보낼지 알 수 없습니다. 이름을 .apkg(Anki), .xml(Moodle), .md나 .html(시험지)로 끝내세요.",
    en="{path}: as what? End its name with .apkg for Anki, .xml for Moodle, .md or .html for an exam "
    "on paper.",
)
_UNWRITABLE = Phrase(
    ko="{path}에 내보낼 수 없습니다({why}).", en="{path} cannot be written to ({why})."
)
_NONE = Phrase(
    ko="{path}에 내보낼 문항이 없습니다. 아무것도 쓰지 않았습니다.",
    en="there is nothing to write into {path}; it was left as it was.",
)
_WROTE = Phrase(
    ko="{path}: 문항 {items}개를 질문 {questions}개로 내보냈습니다. 내보내지 못한 것 {left_out}개.",
    en="{path}: questions {questions}, of items {items}; left out {left_out}",
)


@click.command(name="export")
@click.argument("pack_name", metavar="PACK|FOLDER")
@click.argument("output", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--variants",
    type=click.IntRange(1, 100),
    metavar="N",
    help="Of an item that draws numbers. Default: 3, on paper 1.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The first.")
@click.option("--concept", "concepts", multiple=True, metavar="ID", help="Only items about it.")
@click.option("--item", "slugs", multiple=True, metavar="ID", help="Only this item.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def export_command(  # noqa: PLR0913 - click passes each option by name
    pack_name: str,
    output: Path,
    *,
    variants: int | None,
    seed: int,
    concepts: tuple[str, ...],
    slugs: tuple[str, ...],
    lang: Language | None,
    as_json: bool,
) -> None:
    """Write concrete questions of a pack into FILE: .apkg, Moodle's .xml, or an exam, .md or .html.

    An item that draws numbers gives several questions, at the seeds from --seed on, which are told
    with each: the same seeds give the same exam. Imported into Anki again, nothing is added. What the
    other program cannot ask is left out, and told.
    """
    from studytool.exchange.concrete import ConcreteQuestion, make_questions
    from studytool.library.finding import find_pack

    language = lang or learner_language()
    writers = _writers(language, output)
    if output.suffix.lower() not in writers:
        raise ExchangeError(_UNKNOWN, path=output)
    pack = find_pack(pack_name)
    items = [
        item
        for item in pack.items
        if (not concepts or item.concept in concepts) and (not slugs or item.id in slugs)
    ]
    count = variants or (1 if output.suffix.lower() in _PAPER else 3)
    found = list(make_questions(pack, items, range(seed, seed + count), language))
    questions = [one for one in found if isinstance(one, ConcreteQuestion)]
    content, unasked = writers[output.suffix.lower()](pack, questions)
    left_out = [*(one for one in found if not isinstance(one, ConcreteQuestion)), *unasked]
    if len(questions) == len(unasked):
        raise ExchangeError(_NONE, path=output)
    try:
        write_whole(output, content)
    except OSError as error:
        raise ExchangeError(_UNWRITABLE, path=output, why=reason(error)) from error
    gone = {one.item for one in unasked}
    written = [one for one in questions if one.name not in gone]
    _tell(output, written, left_out, language, as_json=as_json)


_PAPER = (".md", ".html")


def _writers(
    language: Language, output: Path
) -> "dict[str, Callable[[Pack, list[ConcreteQuestion]], Written]]":
    def apkg(pack: "Pack", questions: "list[ConcreteQuestion]") -> "Written":
        from studytool.exchange.anki_export import anki_package

        return anki_package(pack, questions, MACHINE_CLOCK.now(), language), ()

    def moodle(pack: "Pack", questions: "list[ConcreteQuestion]") -> "Written":
        from studytool.exchange.moodle_xml import moodle_xml

        return moodle_xml(questions, pack.manifest.title.text(language))

    def paper(pack: "Pack", questions: "list[ConcreteQuestion]") -> "Written":
        from studytool.exchange.exam_paper import exam_html, exam_markdown

        write = exam_html if output.suffix.lower() == ".html" else exam_markdown
        return write(questions, pack.manifest.title.text(language), language).encode(), ()

    return {".apkg": apkg, ".xml": moodle, ".md": paper, ".html": paper}


def _tell(
    output: Path,
    written: "Sequence[ConcreteQuestion]",
    left_out: "Sequence[NotExported]",
    language: Language,
    *,
    as_json: bool,
) -> None:
    if as_json:
        told: PackExportJson = {
            "file": str(output),
            "questions": [{"item": one.item, "seed": one.seed} for one in written],
            "left_out": [{"item": one.item, "why": one.why.text(language)} for one in left_out],
        }
        write_json(told)
        return
    for one in left_out:
        write_note(f"{one.item}: {one.why.text(language)}")
    items = len({one.item for one in written})
    write_text(
        _WROTE.text(
            language, path=output, items=items, questions=len(written), left_out=len(left_out)
        )
    )

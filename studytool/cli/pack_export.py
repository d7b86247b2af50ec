"""``studytool pack export``: concrete questions of a pack for Anki, for Moodle, or on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_note, write_text
from studytool.clock import MACHINE_CLOCK
from studytool.errors import ExchangeError
from studytool.files import is_stream
from studytool.json_output import PackExportJson
from studytool.language import Language, Phrase
from studytool.reasons import reason
from studytool.settings import home_folder
from studytool.settings.named_file import write_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.exchange.anki_export import Learner
    from studytool.exchange.concrete import ConcreteQuestion, NotExported
    from studytool.packs.pack import Pack

    Written = tuple[bytes, Sequence[NotExported]]

_UNKNOWN = Phrase(
    ko="{path}: 무엇으로 내보낼지 알 수 없습니다. 이름을 .apkg(Anki), .xml(Moodle), .md나 .html(시험지)로 끝내세요.",
    en="{path}: as what? End its name with .apkg for Anki, .xml for Moodle, .md or .html for an exam "
    "on paper.",
)
_NO_HISTORY = Phrase(
    ko="{path}: 복습 기록은 Anki에만 함께 보냅니다. 이름을 .apkg로 끝내거나 --history를 빼세요.",
    en="{path}: only Anki takes a history. End its name with .apkg, or leave --history out.",
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


@declare.command(
    "pack export",
    more=Phrase(
        ko="FILE은 Anki의 .apkg, Moodle의 .xml, 또는 시험지 .md나 .html입니다. 수를 뽑는 "
        "문항은 --seed부터의 시드마다 문제 하나가 되고, 시드도 함께 적습니다. 같은 시드는 "
        "같은 시험을 냅니다. Anki에 다시 들여와도 더해지는 것은 없으며, Anki에서 가져온 카드는 "
        "원래 모음에 있던 그대로 남습니다. --history를 붙이면 문항마다 카드 하나에 복습 기록과 "
        "기억 상태가 함께 가고, 거기서 한 복습은 log import로 가져옵니다. 다른 프로그램이 물을 수 없는 것은 빼고 알려 줍니다.",
        en="FILE is .apkg for Anki, Moodle's .xml, or an exam, .md or .html. An item that "
        "draws numbers gives several questions, at the seeds from --seed on, which are "
        "told with each: the same seeds give the same exam. Imported into Anki again, "
        "nothing is added; cards that came from Anki stay in their collection as they are. With "
        "--history a card of each item has its reviews and its memory, and log import takes back "
        "what was reviewed there. What the other program cannot ask is left out, and told.",
    ),
)
@click.argument("pack_name", metavar="PACK|FOLDER")
@click.argument("output", type=click.Path(path_type=Path), metavar="FILE")
@declare.option(
    "--variants",
    type=click.IntRange(1, 100),
    metavar="N",
    about=Phrase(
        "수를 뽑는 문항마다 만들 문제의 수. 기본값: 3, 종이와 --history에는 1.",
        "Questions of an item that draws numbers. Default: 3; 1 on paper and with --history.",
    ),
)
@declare.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    about=Phrase("첫 시드.", "The first seed."),
)
@declare.option(
    "--concept",
    "concepts",
    multiple=True,
    metavar="ID",
    about=Phrase(
        "이 개념의 문항만. 여러 번 쓸 수 있습니다.", "Only items about it; may be repeated."
    ),
)
@declare.option(
    "--item",
    "slugs",
    multiple=True,
    metavar="ID",
    about=Phrase("이 문항만. 여러 번 쓸 수 있습니다.", "Only this item; may be repeated."),
)
@declare.option(
    "--history",
    is_flag=True,
    about=Phrase(
        "복습 기록과 기억 상태도 Anki로 보냅니다.", "For Anki: your reviews and memory go along."
    ),
)
@declare.in_language
@declare.as_json
def export_command(  # noqa: PLR0913 - click passes each option by name
    pack_name: str,
    output: Path,
    *,
    variants: int | None,
    seed: int,
    concepts: tuple[str, ...],
    slugs: tuple[str, ...],
    history: bool,
    lang: Language | None,
    as_json: bool,
) -> None:
    """Write concrete questions of a pack into FILE: .apkg, Moodle's .xml, or an exam, .md or .html."""
    from studytool.exchange.concrete import ConcreteQuestion, make_questions
    from studytool.library.finding import find_pack

    language = lang or learner_language()
    kind = output.suffix.lower()
    if kind not in _KINDS:
        raise ExchangeError(_UNKNOWN, path=output)
    if history and kind != ".apkg":
        raise ExchangeError(_NO_HISTORY, path=output)
    pack = find_pack(pack_name)
    writers = _writers(language, output, _learner(pack.id) if history else None)
    items = [
        item
        for item in pack.items
        if (not concepts or item.concept in concepts) and (not slugs or item.id in slugs)
    ]
    count = variants or (1 if history or kind in _PAPER else 3)
    found = list(make_questions(pack, items, range(seed, seed + count), language))
    questions = [one for one in found if isinstance(one, ConcreteQuestion)]
    content, unasked = writers[kind](pack, questions)
    left_out = [*(one for one in found if not isinstance(one, ConcreteQuestion)), *unasked]
    if len(questions) == len(unasked):
        raise ExchangeError(_NONE, path=output)
    try:
        write_named(output, content)
    except OSError as error:
        raise ExchangeError(_UNWRITABLE, path=output, why=reason(error)) from error
    gone = {one.item for one in unasked}
    written = [one for one in questions if one.name not in gone]
    _tell(output, written, left_out, language, as_json=as_json)


_PAPER = (".md", ".html")
_KINDS = (".apkg", ".xml", *_PAPER)


def _learner(pack_id: str) -> "Learner":
    from studytool.exchange.anki_export import Learner
    from studytool.exchange.item_history import item_histories
    from studytool.session.desk import Desk
    from studytool.session.policy import policy_of

    desk = Desk.open(home_folder(), MACHINE_CLOCK)
    try:
        today = desk.log.days.of(MACHINE_CLOCK.now())
        return Learner(item_histories(desk.log, pack_id), today, policy_of(desk.settings))
    finally:
        desk.close()


def _writers(
    language: Language, output: Path, learner: "Learner | None"
) -> "dict[str, Callable[[Pack, list[ConcreteQuestion]], Written]]":
    def apkg(pack: "Pack", questions: "list[ConcreteQuestion]") -> "Written":
        from studytool.exchange.anki_export import anki_package

        return anki_package(pack, questions, MACHINE_CLOCK.now(), language, learner=learner), ()

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
        write_json(told, to_stderr=is_stream(output))
        return
    for one in left_out:
        write_note(f"{one.item}: {one.why.text(language)}")
    items = len({one.item for one in written})
    (write_note if is_stream(output) else write_text)(
        _WROTE.text(
            language, path=output, items=items, questions=len(written), left_out=len(left_out)
        )
    )

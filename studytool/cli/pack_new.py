"""``studytool pack new``: a folder with an example of everything, to be written over."""

from pathlib import Path
from shlex import quote

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_text
from studytool.json_output import PackNewJson
from studytool.language import Language, Phrase

_MADE = Phrase(
    ko="""\
꾸러미 {id}의 폴더를 만들었습니다: {folder}
  pack.yaml               제목, 언어, 개념, 출처
  items/first.yaml        문항 종류마다 하나씩
  claims/first.yaml       시험해 볼 수 있는 주장 하나
  experiments/first.yaml  그 주장을 시험하는 실험
  schema/                 편집기가 자동 완성에 쓰는 JSON 스키마
글을 고쳐 쓴 뒤 이렇게 해 보세요.
  studytool check {typed}     문제를 모두 찾기
  studytool verify {typed}    주장과 정답을 시험하기
  studytool study {path}   공부해 보기
형식: studytool help packs""",
    en="""\
made the pack {id} in {folder}
  pack.yaml               title, languages, concepts, sources
  items/first.yaml        an item of each kind
  claims/first.yaml       a claim that can be tried
  experiments/first.yaml  an experiment that tries it
  schema/                 JSON Schemas, by which an editor completes what you type
Write over the texts, then:
  studytool check {typed}     lists every problem
  studytool verify {typed}    tries claims and keys
  studytool study {path}   shows it as a learner sees it
The format: studytool help packs""",
)
_AUTHOR = Phrase(ko="지은이의 이름", en="Your name")


@declare.command(
    "pack new",
    more=Phrase(
        ko="폴더 NAME에 문항, 주장, 편집기가 쓸 스키마를 넣습니다. 그대로도 올바르니 고쳐 쓰면 됩니다.",
        en="The folder NAME has items, a claim, and the schemas for an editor. check and "
        "verify find nothing wrong with it; write it over.",
    ),
)
@click.argument("name", type=click.Path(path_type=Path), metavar="NAME")
@declare.option(
    "--title",
    metavar="TEXT",
    about=Phrase(
        "배우는 사람이 볼 제목. 기본값은 NAME으로 만듭니다.",
        "What learners see; by default made from NAME.",
    ),
)
@declare.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    about=Phrase(
        "ko, en, pt-BR 등. 여럿이면 여러 번 씁니다. 기본값: 내 언어.",
        "ko, en, pt-BR and so on; repeat it for several. Default: yours.",
    ),
)
@declare.option(
    "--licence",
    default="CC-BY-4.0",
    metavar="NAME",
    about=Phrase("쓰는 조건(라이선스). 기본값: CC-BY-4.0.", "Terms of use. Default: CC-BY-4.0."),
)
@declare.option("--author", metavar="NAME", about=Phrase("지은이의 이름.", "Who writes it."))
@declare.as_json
def new_command(
    name: Path,
    *,
    title: str | None,
    languages: tuple[str, ...],
    licence: str,
    author: str | None,
    as_json: bool,
) -> None:
    """Make the folder NAME with a small pack that is right, to be written over."""
    from studytool.authoring.new_pack import NewPack, make_pack

    language = learner_language()
    tags = languages or (language,)
    of_pack: Language = "ko" if tags[0].partition("-")[0] == "ko" else "en"
    new = NewPack(
        folder=name,
        title=name.absolute().name.replace("-", " ").capitalize() if title is None else title,
        languages=tags,
        licence=licence,
        author=_AUTHOR.text(of_pack) if author is None else author,
    )
    files = make_pack(new)
    if as_json:
        made: PackNewJson = {"id": new.id, "folder": str(name), "files": list(files)}
        write_json(made)
        return
    typed = quote(str(name))
    path = typed if "/" in typed else f"./{typed}"
    write_text(_MADE.text(language, id=new.id, folder=name, typed=typed, path=path))

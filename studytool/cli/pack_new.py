"""``studytool pack new``: a folder with an example of everything, to be written over."""

from pathlib import Path
from shlex import quote

import click

from studytool.cli.output import learner_language, write_json, write_text
from studytool.json_output import PackNewJson
from studytool.language import Phrase

_MADE = Phrase(
    ko="""\
꾸러미 {id}의 폴더를 만들었습니다: {folder}
  pack.yaml           제목, 언어, 개념, 출처
  items/first.yaml    문항 종류마다 하나씩
  claims/first.yaml   시험해 볼 수 있는 주장 하나
  schema/             편집기가 자동 완성에 쓰는 JSON 스키마
글을 고쳐 쓴 뒤 이렇게 해 보세요.
  studytool check {typed}     문제를 모두 찾기
  studytool verify {typed}    주장과 정답을 시험하기
  studytool study {path}    공부해 보기
형식: studytool help packs""",
    en="""\
made the pack {id} in {folder}
  pack.yaml           title, languages, concepts, sources
  items/first.yaml    an item of each kind
  claims/first.yaml   a claim that can be tried
  schema/             JSON Schemas, by which an editor completes what you type
Write over the texts, then:
  studytool check {typed}     lists every problem
  studytool verify {typed}    tries claims and keys
  studytool study {path}    shows it as a learner sees it
The format: studytool help packs""",
)
_AUTHOR = Phrase(ko="지은이의 이름", en="Your name")


@click.command(name="new")
@click.argument("name", type=click.Path(path_type=Path), metavar="NAME")
@click.option("--title", metavar="TEXT", help="What learners see; by default made from NAME.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="ko, en, pt-BR ...; repeat it for several. Default: yours.",
)
@click.option("--licence", default="CC-BY-4.0", metavar="NAME", help="Default: CC-BY-4.0.")
@click.option("--author", metavar="NAME", help="Who writes it.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def new_command(
    name: Path,
    *,
    title: str | None,
    languages: tuple[str, ...],
    licence: str,
    author: str | None,
    as_json: bool,
) -> None:
    """Make the folder NAME with a small pack that is right, to be written over.

    It has an item of each kind, a claim, and the schemas for an editor; check and verify find
    nothing wrong with it.
    """
    from studytool.authoring.new_pack import NewPack, make_pack

    language = learner_language()
    new = NewPack(
        folder=name,
        title=name.absolute().name.replace("-", " ").capitalize() if title is None else title,
        languages=languages or (language,),
        licence=licence,
        author=_AUTHOR.text(language) if author is None else author,
    )
    files = make_pack(new)
    if as_json:
        made: PackNewJson = {"id": new.id, "folder": str(name), "files": list(files)}
        write_json(made)
        return
    typed = quote(str(name))
    path = typed if "/" in typed else f"./{typed}"
    write_text(_MADE.text(language, id=new.id, folder=name, typed=typed, path=path))

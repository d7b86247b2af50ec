"""``studytool pack schema``: the JSON Schemas of a pack's files, put beside them for an editor."""

from pathlib import Path

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_text
from studytool.json_output import PackSchemaJson
from studytool.language import Phrase

_WROTE = Phrase(
    ko="""\
{folder}에 스키마를 썼습니다. 편집기가 쓰게 하려면 각 파일의 첫 줄에 이렇게 적으세요.
  pack.yaml           # yaml-language-server: $schema=schema/pack.json
  items/*.yaml        # yaml-language-server: $schema=../schema/items.json
  claims/*.yaml       # yaml-language-server: $schema=../schema/claims.json
  experiments/*.yaml  # yaml-language-server: $schema=../schema/experiments.json""",
    en="""\
wrote the schemas into {folder}. For an editor to use them, let the first line be:
  of pack.yaml           # yaml-language-server: $schema=schema/pack.json
  of items/*.yaml        # yaml-language-server: $schema=../schema/items.json
  of claims/*.yaml       # yaml-language-server: $schema=../schema/claims.json
  of experiments/*.yaml  # yaml-language-server: $schema=../schema/experiments.json""",
)


@declare.command(
    "pack schema",
    more=Phrase(
        ko="이 버전의 스키마입니다. 옛것은 바꾸고, 다른 파일은 그대로 둡니다.",
        en="They are of this version; older ones are replaced. No other file is changed.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@declare.as_json
def schema_command(folder: Path, *, as_json: bool) -> None:
    """Write the schemas of this version beside the pack in FOLDER, for editors."""
    from studytool.authoring.new_pack import write_schemas

    files = write_schemas(folder)
    if as_json:
        written: PackSchemaJson = {"folder": str(folder), "files": list(files)}
        write_json(written)
    else:
        write_text(_WROTE.text(learner_language(), folder=folder / "schema"))

"""``studytool pack build``: a pack's folder as one zip file, to be handed on."""

from pathlib import Path

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_note, write_text
from studytool.files import is_stream
from studytool.json_output import PackBuildJson
from studytool.language import Language, Phrase

_BUILT = Phrase(
    ko="""\
{path}: {id} {version}, 파일 {files}개, {size:,}바이트
다른 사람은 이렇게 설치합니다: studytool pack add {path}""",
    en="""\
{path}: {id} {version}, {files} files, {size:,} bytes
Others install it by: studytool pack add {path}""",
)


@declare.command(
    "pack build",
    more=Phrase(
        ko="같은 꾸러미는 같은 바이트가 됩니다. 꾸러미에 오류가 없어야 하고, 꾸러미를 이루지 않는 것(스키마, 숨은 파일)은 뺍니다.",
        en="Equal packs make equal bytes. The pack must be without an error; what does not "
        "make the pack (schemas, hidden files) is left out.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@declare.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    about=Phrase(
        "쓸 zip 파일. 기본값: ID-VERSION.zip.", "The zip to write. Default: ID-VERSION.zip."
    ),
)
@declare.of_any_size
@declare.in_language
@declare.as_json
def build_command(
    folder: Path, *, output: Path | None, large: bool, lang: Language | None, as_json: bool
) -> None:
    """Write the pack in FOLDER as one zip file. Equal packs make equal bytes."""
    from studytool.authoring.pack_zip import write_zip
    from studytool.library.pack_tree import read_folder
    from studytool.library.reading_trees import read_tree

    tree = read_folder(folder)
    pack = read_tree(tree, folder, large=large).pack
    path = output or Path(f"{pack.id}-{pack.manifest.version}.zip")
    size = write_zip(tree, path)
    to_stderr = is_stream(path)
    version = pack.manifest.version
    if as_json:
        built: PackBuildJson = {
            "id": pack.id,
            "version": version,
            "file": str(path),
            "files": sorted(tree),
            "bytes": size,
            "digest": f"sha256-tree:{pack.digest}",
        }
        write_json(built, to_stderr=to_stderr)
        return
    language = lang or learner_language()
    (write_note if to_stderr else write_text)(
        _BUILT.text(language, path=path, id=pack.id, version=version, files=len(tree), size=size)
    )

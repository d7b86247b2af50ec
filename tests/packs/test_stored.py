"""What the library keeps of a pack is read back as it was."""

from pathlib import Path

from studytool.bundled_pack import bundled_pack_folder
from studytool.library.file import MODEL_FILES
from studytool.packs.model import Model
from studytool.packs.reader import load_pack
from studytool.packs.stored import read_model
from studytool.packs.validation import every_model
from tests.packs.samples import MANIFEST, write_pack


def test_every_item_and_claim_comes_back() -> None:
    pack = load_pack(bundled_pack_folder())
    for name, models in (("Item", pack.items), ("Claim", pack.claims)):
        for model in models:
            assert read_model(name, model.model_dump_json(by_alias=True)) == model


def test_lessons_and_glossary_come_back(tmp_path: Path) -> None:
    scale = "{id: scale, title: {ko: 규모, en: Scale}}"
    lesson = scale[:-1] + ", lesson: {ko: 읽을 글, en: Read this first.}}"
    assert scale in MANIFEST
    manifest = MANIFEST.replace(scale, lesson) + "glossary: [{term: bias, means: An offset.}]\n"
    written = load_pack(write_pack(tmp_path, manifest=manifest)).manifest
    again = read_model("Manifest", written.model_dump_json(by_alias=True))
    assert again == written
    assert again.concepts[0].lesson.text("en") == "Read this first."
    assert [(entry.term.text("ko"), entry.means.text("ko")) for entry in again.glossary] == [
        ("bias", "An offset.")
    ]


def test_the_library_knows_where_the_models_are() -> None:
    """A row compiled by other models is stale: a file that is not among them would go unseen."""
    files = {model.__module__.rpartition(".")[2] for model in every_model(Model)}
    assert files | {"evidence", "model", "statistic", "text"} == {*MODEL_FILES}

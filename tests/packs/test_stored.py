"""What the library keeps of a pack is read back as it was."""

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.reader import load_pack
from studytool.packs.stored import read_model


def test_every_item_and_claim_comes_back() -> None:
    pack = load_pack(bundled_pack_folder())
    for name, models in (("Item", pack.items), ("Claim", pack.claims)):
        for model in models:
            assert read_model(name, model.model_dump_json(by_alias=True)) == model

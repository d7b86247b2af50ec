"""Seal the bundled pack as it is now; run after the last ``studytool verify --write``."""

from studytool.bundled_pack import BUNDLED_PACK, SEAL, bundled_pack_folder
from studytool.packs.digest import tree_digest

SEAL.write_text(f"{tree_digest(bundled_pack_folder())}  {BUNDLED_PACK}\n", encoding="ascii")

"""Seal the bundled packs as they are now; run after the last ``studytool verify --write``.

Those that were sealed keep their order; others under ``content/`` come behind them.
"""

from studytool.bundled_pack import SEAL, bundled_folders, bundled_pack_folder
from studytool.packs.digest import tree_digest

content = bundled_pack_folder().parent
there = sorted(one.parent.name for one in content.glob("*/pack.yaml"))
SEAL.write_text(
    "".join(
        f"{tree_digest(content / name)}  {name}\n"
        for name in dict.fromkeys([*bundled_folders(), *there])
    ),
    encoding="ascii",
)

"""Where the bundled pack is: beside the code in an install, in ``content/`` in a checkout."""

from pathlib import Path

BUNDLED_PACK = "deep-learning-notes"


def bundled_pack_folder() -> Path:
    """Return the folder of the bundled pack."""
    package = Path(__file__).parent
    installed = package / "bundled" / BUNDLED_PACK
    return installed if installed.is_dir() else package.parent / "content" / BUNDLED_PACK

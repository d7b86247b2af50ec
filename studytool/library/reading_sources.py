"""The files of a pack read from wherever it comes from."""

from collections.abc import Callable
from pathlib import Path

from studytool.library.git_tree import read_git
from studytool.library.pack_source import PackSource
from studytool.library.pack_tree import PackTree, read_folder
from studytool.library.zip_tree import read_zip


def read_files(source: PackSource, cancelled: Callable[[], bool] = lambda: False) -> PackTree:
    """Read the files of a pack; nothing is written but in a temporary folder, which goes again.

    Raises:
        PackError: it is not there, is no pack, or could do harm.
        Cancelled: ``cancelled`` said so.
    """
    if source.kind == "git":
        return read_git(source, cancelled)
    path = Path(source.at)
    if source.kind == "folder" or not path.exists():
        return read_folder(path)
    return read_zip(path)

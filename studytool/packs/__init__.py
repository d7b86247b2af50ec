"""Packs: models, reader, diagnostics.

No plugin of pydantic is looked for: the models alone say what a pack may hold, and the search
through every installed distribution is the longest part of a start that checks one edit.
"""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

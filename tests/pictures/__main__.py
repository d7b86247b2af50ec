"""Write the pictures anew."""

import asyncio

from studytool.language import LANGUAGES
from tests.pictures.take import picture_path, take_picture

for language in LANGUAGES:
    picture_path(language).write_text(asyncio.run(take_picture(language)), encoding="utf-8")

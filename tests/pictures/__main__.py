"""Write the pictures anew."""

import asyncio

from studytool.language import LANGUAGES
from tests.pictures.take import FOLDER, SCENES, picture_path, take_picture

FOLDER.mkdir(exist_ok=True)
for name in SCENES:
    for language in LANGUAGES:
        picture = asyncio.run(take_picture(name, language))
        picture_path(name, language).write_text(picture, encoding="utf-8")

"""The learner's settings, a plain TOML file, and the folder that holds the learner's state."""

import os
from dataclasses import dataclass
from pathlib import Path

from studytool.language import Language

FILE_NAME = "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose.

    Attributes:
        language: of the program and, where it has it, of a pack.
        desired_retention: the share of reviews to be recalled, in [0.70, 0.97].
        new_per_day: new items a day, 0–9999.
        day_start_hour: the local hour at which a study day begins, 0–23.
    """

    language: Language = "ko"
    desired_retention: float = 0.9
    new_per_day: int = 20
    day_start_hour: int = 4


def home_folder() -> Path:
    """Give ``$STUDYTOOL_HOME``, else the platform's user data folder."""
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # imported late: 4 ms that --version need not pay

    return user_data_path("studytool", appauthor=False)

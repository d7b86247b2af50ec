"""The settings as a value, and where their file lies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studytool.errors import StateError
from studytool.language import Language, Phrase

ReviewOrder = Literal["due", "relative-overdue", "retrievability"]
LeechAction = Literal["suspend", "flag"]

_NO_FOLDER = Phrase(
    ko="STUDYTOOL_HOME={chosen}: {path}은(는) 폴더가 아닙니다. STUDYTOOL_HOME에 폴더를 지정하거나, 변수를 지워 기본 "
    "폴더를 쓰세요.",
    en="STUDYTOOL_HOME={chosen}: {path} is not a folder. Set STUDYTOOL_HOME to a folder, or unset "
    "it to use the default one.",
)
_NO_SUCH_USER = Phrase(
    ko="STUDYTOOL_HOME={chosen}: 그런 사용자의 홈 폴더를 찾을 수 없습니다. 전체 경로를 쓰세요.",
    en="STUDYTOOL_HOME={chosen}: there is no home folder of such a user. Write the whole path.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose; :data:`studytool.settings.RULES` says what each value may be.

    Attributes:
        language: of the program and, where it has it, of a pack.
        desired_retention: the share of reviews to be recalled.
        pack_retention: the same by pack, where a pack has its own.
        new_per_day: new items a day.
        reviews_per_day: reviews a day of items that left their first steps; new items and steps
            do not count.
        maximum_interval_days: the longest interval.
        learning_steps_minutes: delays of an item not yet in the review stage.
        relearning_steps_minutes: delays after a lapse.
        spread_load: move intervals a little, by item and review count, so that items part.
        order: of due reviews. ``due``: longest due first. ``relative-overdue``: the most overdue
            for its interval first. ``retrievability``: the best remembered first, which loses the
            least of a backlog.
        interleave: ask about another concept than the last, where something else is due.
        bury_siblings: ask one item a day of those that rest on the same claim.
        gate_new: admit new items of a concept when its prerequisites have been learned.
        leech_lapses: from so many lapses on an item is a leech; 0 means never.
        leech_action: what is done with a leech.
        ask_confidence: ask how sure the learner is before an answer is marked.
        day_start_hour: the local hour at which a study day begins.
        memory_model: see :data:`studytool.srs.models.MODELS`.
        parameters: the model's, empty for its defaults.
    """

    language: Language = "ko"
    desired_retention: float = 0.9
    pack_retention: Mapping[str, float] = field(default_factory=dict)
    new_per_day: int = 20
    reviews_per_day: int = 9999
    maximum_interval_days: int = 36500
    learning_steps_minutes: tuple[float, ...] = (1, 10)
    relearning_steps_minutes: tuple[float, ...] = (10,)
    spread_load: bool = True
    order: ReviewOrder = "due"
    interleave: bool = True
    bury_siblings: bool = True
    gate_new: bool = True
    leech_lapses: int = 8
    leech_action: LeechAction = "suspend"
    ask_confidence: bool = False
    day_start_hour: int = 4
    memory_model: str = "fsrs-6"
    parameters: tuple[float, ...] = ()


def home_folder() -> Path:
    """Return ``$STUDYTOOL_HOME`` as an absolute path, else the platform's user data folder.

    It need not exist.

    Raises:
        StateError: no folder can be there, since it or one above it is something else.
    """
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return _possible(chosen)
    from platformdirs import user_data_path  # late: --version need not pay for it

    return user_data_path("studytool", appauthor=False)


def _possible(chosen: str) -> Path:
    try:
        home = Path(chosen).expanduser().absolute()
    except RuntimeError as error:
        raise StateError(_NO_SUCH_USER, chosen=chosen) from error
    for path in (home, *home.parents):
        if os.path.lexists(path):
            if not path.is_dir():
                raise StateError(_NO_FOLDER, chosen=chosen, path=path)
            break
    return home

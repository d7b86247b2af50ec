"""The learner's settings, a plain TOML file, and the folder that holds the learner's state."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from studytool.errors import StateError
from studytool.language import LANGUAGES, Language, Phrase

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

FILE_NAME = "settings.toml"

Order = Literal["due", "relative-overdue", "retrievability"]
LeechAction = Literal["suspend", "flag"]

_UNREADABLE = Phrase(
    ko="{path}: {why}. 파일을 고치거나 지우면 기본 설정으로 시작합니다.",
    en="{path}: {why}. Mend the file, or delete it to start from the defaults.",
)
_BAD_VALUE = Phrase(
    ko="{path}: {name} = {value!r}: {allowed} 범위의 값이어야 합니다.",
    en="{path}: {name} = {value!r}: it must be {allowed}.",
)
_UNWRITABLE = Phrase(
    ko="설정을 {path}에 저장하지 못했습니다({why}). 폴더의 쓰기 권한과 남은 공간을 확인하세요.",
    en="cannot save the settings to {path} ({why}). Check the folder's permissions and free space.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose; :data:`RULES` says what each value may be.

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
    order: Order = "due"
    interleave: bool = True
    bury_siblings: bool = True
    gate_new: bool = True
    leech_lapses: int = 8
    leech_action: LeechAction = "suspend"
    ask_confidence: bool = False
    day_start_hour: int = 4
    memory_model: str = "fsrs-6"
    parameters: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return " | ".join(self.words)

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return value in self.words


@dataclass(frozen=True, slots=True)
class Switch:
    """True or false."""

    def __str__(self) -> str:
        return "true | false"

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Within:
    """A number from ``low`` to ``high``, both included; whole where they are."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g}–{self.high:g}"

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        whole = isinstance(self.low, int)
        number = isinstance(value, int) or (isinstance(value, float) and not whole)
        return number and not isinstance(value, bool) and self.low <= value <= self.high  # type: ignore[operator] # number: it is int or float


@dataclass(frozen=True, slots=True)
class ListOf:
    """At most ``most`` numbers, each within a range."""

    each: Within
    most: int

    def __str__(self) -> str:
        return f"[..] ({self.each}, ≤ {self.most})"

    def admits(self, value: object) -> bool:
        """Tell whether ``value`` may stand here."""
        return (
            isinstance(value, list | tuple)
            and len(value) <= self.most
            and all(self.each.admits(one) for one in value)
        )


Rule = Choice | Switch | Within | ListOf

RETENTION = Within(0.70, 0.97)
STEPS = ListOf(Within(0.1, 1440.0), most=10)
MODEL_NAMES = ("fsrs-6", "leitner")
RULES: dict[str, Rule] = {
    "language": Choice(LANGUAGES),
    "desired_retention": RETENTION,
    "new_per_day": Within(0, 9999),
    "reviews_per_day": Within(0, 9999),
    "maximum_interval_days": Within(1, 36500),
    "learning_steps_minutes": STEPS,
    "relearning_steps_minutes": STEPS,
    "spread_load": Switch(),
    "order": Choice(("due", "relative-overdue", "retrievability")),
    "interleave": Switch(),
    "bury_siblings": Switch(),
    "gate_new": Switch(),
    "leech_lapses": Within(0, 99),
    "leech_action": Choice(("suspend", "flag")),
    "ask_confidence": Switch(),
    "day_start_hour": Within(0, 23),
    "memory_model": Choice(MODEL_NAMES),
    "parameters": ListOf(Within(0.0, 100.0), most=21),
}
"""What each setting may be; ``pack_retention`` is the table ``[packs.ID]`` of the file instead."""

OF_PACKS: dict[str, Rule] = {"desired_retention": RETENTION}
"""The settings that a pack may have of its own."""


def home_folder() -> Path:
    """Give ``$STUDYTOOL_HOME``, else the platform's user data folder."""
    if chosen := os.environ.get("STUDYTOOL_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path  # late: --version need not pay for it

    return user_data_path("studytool", appauthor=False)


def load_settings(home: Path) -> Settings:
    """Read ``settings.toml`` of ``home``; the defaults where there is none.

    Raises:
        StateError: no TOML, an unknown name or a value out of range; says which.
    """
    path = home / FILE_NAME
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise StateError(_UNREADABLE, path=path, why=error) from error
    packs = read.pop("packs", {})
    _check(path, read, RULES)
    if not isinstance(packs, dict):
        raise StateError(_BAD_VALUE, path=path, name="packs", value=packs, allowed="[packs.ID]")
    for pack, own in packs.items():
        if not isinstance(own, dict):
            where = f"packs.{pack}"
            raise StateError(_BAD_VALUE, path=path, name=where, value=own, allowed="[packs.ID]")
        _check(path, own, OF_PACKS, within=f"packs.{pack}.")
    retention = {pack: own["desired_retention"] for pack, own in packs.items() if own}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in read.items()
    }
    return Settings(**values, pack_retention=retention)


def check_setting(path: Path, name: str, value: object, *, rules: Mapping[str, Rule]) -> None:
    """Refuse a value that a setting may not have.

    Raises:
        StateError: an unknown name, or a value out of range; says what it must be.
    """
    _check(path, {name: value}, rules)


def _check(
    path: Path, values: Mapping[str, object], rules: Mapping[str, Rule], *, within: str = ""
) -> None:
    if unknown := sorted(within + name for name in set(values) - set(rules)):
        why = f"unknown {', '.join(unknown)} (known: {', '.join(sorted(rules))})"
        raise StateError(_UNREADABLE, path=path, why=why)
    for name, value in values.items():
        if not rules[name].admits(value):
            allowed = rules[name]
            raise StateError(
                _BAD_VALUE, path=path, name=within + name, value=value, allowed=allowed
            )


def save_settings(home: Path, settings: Settings) -> None:
    """Write ``settings.toml`` whole or not at all; comments and what did not change stay.

    Raises:
        StateError: the folder cannot be written; the old file is as it was.
    """
    import tomlkit  # late: a start saves nothing

    path = home / FILE_NAME
    beside = path.with_suffix(".toml.new")
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
        _write_into(document, settings)
        beside.write_text(tomlkit.dumps(document), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise StateError(_UNWRITABLE, path=path, why=error.strerror or error) from error


def _write_into(document: "TOMLDocument", settings: Settings) -> None:
    """Put in what differs from the file, and from the defaults where the file has nothing."""
    defaults = Settings()
    for name in RULES:
        value, default = getattr(settings, name), getattr(defaults, name)
        _put(document, name, value, default=default)
    packs: Any = (
        document.setdefault("packs", {}) if settings.pack_retention else document.get("packs", {})
    )
    for pack in set(packs) | set(settings.pack_retention):
        own = settings.pack_retention.get(pack)
        if own is None:
            packs.pop(pack)
        else:
            _put(packs.setdefault(pack, {}), "desired_retention", own, default=None)


def _put(table: Any, name: str, value: object, *, default: object) -> None:
    plain = list(value) if isinstance(value, tuple) else value
    if name in table:
        if table[name] != plain:
            table[name] = plain
    elif value != default:
        table[name] = plain

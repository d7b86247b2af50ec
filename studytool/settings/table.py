"""The table of settings: the name, type, default, rule and words of each, in one row.

A new setting is a row here, and the code that reads it. The file ``settings.toml``, ``studytool
config`` and the reference of settings are made from the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, get_args

from studytool.language import LANGUAGES, Language, Phrase
from studytool.settings.locale_language import locale_language
from studytool.settings.row import Setting, setting
from studytool.settings.rules import ListOf, NumberRange, OneOf, Switch
from studytool.settings.terminal_theme import ThemeName, terminal_theme

ReviewOrder = Literal["due", "relative-overdue", "retrievability"]
NewMix = Literal["after", "before", "mixed"]
LeechAction = Literal["suspend", "flag"]
MODEL_NAMES = ("fsrs-6", "leitner")

GENERAL = Phrase(ko="일반", en="general")
EACH_DAY = Phrase(ko="하루 공부", en="each day's study")
MEMORY = Phrase(ko="기억과 복습 간격", en="memory and intervals")
LEECHES = Phrase(ko="자꾸 잊는 문항", en="leeches")

_STEPS = ListOf(NumberRange(0.1, 1440.0), most=10)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose; each field but the last is a row of the table.

    Attributes:
        packs: what packs have of their own, by pack and name: the tables ``[packs.ID]`` of the
            file.
    """

    language: Language = setting(
        "ko",
        OneOf(LANGUAGES),
        group=GENERAL,
        label=Phrase(ko="화면 언어", en="language"),
        about=Phrase(
            ko="프로그램의 언어. 문항에도 그 언어가 있으면 함께 바뀝니다. 정하지 않으면 LC_ALL, "
            "LC_MESSAGES, LANG의 언어를 따르고, 거기에도 없으면 한국어입니다",
            en="language of the program and, where it has it, of a pack; until it is set, that of "
            "LC_ALL, LC_MESSAGES or LANG, and Korean where they name none",
        ),
        is_local=True,
        surroundings=locale_language,
    )
    theme: ThemeName = setting(
        "dark",
        OneOf(get_args(ThemeName)),
        group=GENERAL,
        label=Phrase(ko="테마", en="theme"),
        about=Phrase(
            ko="화면의 색: 어둡게, 밝게, 대비를 크게(모든 글자 7:1 이상), 또는 배색의 이름. "
            "정하지 않으면 터미널의 바탕(COLORFGBG)을 따르고, 없으면 어둡습니다",
            en="colours of the screen: dark, light, high contrast (all text 7:1 or more), or a scheme "
            "by its name; unset, as the terminal's ground (COLORFGBG), else dark",
        ),
        is_local=True,
        surroundings=terminal_theme,
    )
    animate: bool = setting(
        True,
        Switch(),
        group=GENERAL,
        label=Phrase(ko="시뮬레이션 그려 나가기", en="live drawing"),
        about=Phrase(
            ko="시뮬레이션이 도는 동안 화면에 그려 나갑니다. 끄면 결과만 그립니다",
            en="draw a simulation while it runs; off draws its result alone",
        ),
        is_local=True,
    )
    desired_retention: float = setting(
        0.9,
        NumberRange(0.70, 0.97),
        group=MEMORY,
        label=Phrase(ko="목표 기억률", en="desired retention"),
        about=Phrase(
            ko="복습할 때 기억하고 있기를 바라는 비율. 높일수록 복습이 잦아집니다",
            en="share of reviews you want to recall; the higher, the more reviews",
        ),
        of_packs=True,
    )
    new_per_day: int = setting(
        20,
        NumberRange(0, 9999),
        group=EACH_DAY,
        label=Phrase(ko="하루 새 문항", en="daily new items"),
        about=Phrase(ko="하루에 새로 배울 문항 수", en="new items a day"),
        of_packs=True,
    )
    reviews_per_day: int = setting(
        9999,
        NumberRange(0, 9999),
        group=EACH_DAY,
        label=Phrase(ko="하루 복습 한도", en="daily review limit"),
        about=Phrase(
            ko="하루 복습 수의 한도. 새 문항과 학습 단계는 세지 않습니다",
            en="reviews a day at most; new items and learning steps do not count",
        ),
        of_packs=True,
    )
    maximum_interval_days: int = setting(
        36500,
        NumberRange(1, 36500),
        group=MEMORY,
        label=Phrase(ko="최대 복습 간격", en="maximum interval"),
        about=Phrase(ko="가장 긴 복습 간격(일)", en="the longest interval, in days"),
    )
    learning_steps_minutes: tuple[float, ...] = setting(
        (1, 10),
        _STEPS,
        group=MEMORY,
        label=Phrase(ko="학습 단계", en="learning steps"),
        about=Phrase(
            ko="새 문항을 처음 익힐 때 다시 묻는 간격(분)",
            en="delays while a new item is being learned, in minutes",
        ),
        of_packs=True,
    )
    relearning_steps_minutes: tuple[float, ...] = setting(
        (10,),
        _STEPS,
        group=MEMORY,
        label=Phrase(ko="재학습 단계", en="relearning steps"),
        about=Phrase(
            ko="잊은 문항을 다시 익힐 때 묻는 간격(분)",
            en="delays while a forgotten item is relearned, in minutes",
        ),
        of_packs=True,
    )
    spread_load: bool = setting(
        True,
        Switch(),
        group=MEMORY,
        label=Phrase(ko="복습일 흩뜨리기", en="load spreading"),
        about=Phrase(
            ko="복습이 같은 날에 몰리지 않도록 간격을 조금씩 흩뜨립니다",
            en="vary intervals a little, so that reviews do not pile up on one day",
        ),
    )
    easy_days: tuple[float, ...] = setting(
        (),
        ListOf(NumberRange(0.0, 1.0), most=7),
        group=MEMORY,
        label=Phrase(ko="요일별 복습 비율", en="easy days"),
        about=Phrase(
            ko="요일별 복습 비율(월요일부터, 쓰지 않은 요일은 1). 낮은 요일은 복습일을 흩뜨리는 범위에서 피합니다",
            en="share of reviews of each weekday, from Monday on (1 where not given); load "
            "spreading avoids the low ones",
        ),
    )
    order: ReviewOrder = setting(
        "due",
        OneOf(get_args(ReviewOrder)),
        group=EACH_DAY,
        label=Phrase(ko="복습 순서", en="review order"),
        about=Phrase(
            ko="복습 순서: 오래 밀린 것부터, 간격에 비해 많이 밀린 것부터, 잘 기억하는 것부터",
            en="reviews: longest due first, most overdue for its interval first, or best "
            "remembered first",
        ),
        of_packs=True,
    )
    new_mix: NewMix = setting(
        "after",
        OneOf(get_args(NewMix)),
        group=EACH_DAY,
        label=Phrase(ko="새 문항 순서", en="order of new items"),
        about=Phrase(
            ko="새 문항을 내는 때: 복습 뒤(after), 복습 앞(before), 복습 사이에 고르게(mixed)",
            en="new items come after the reviews, before them, or evenly mixed with them",
        ),
    )
    interleave: bool = setting(
        True,
        Switch(),
        group=EACH_DAY,
        label=Phrase(ko="개념 번갈아 묻기", en="interleaving"),
        about=Phrase(
            ko="다른 개념이 남아 있으면 방금 물은 개념을 잇달아 묻지 않습니다",
            en="do not ask about one concept twice in a row while another is due",
        ),
    )
    bury_siblings: bool = setting(
        True,
        Switch(),
        group=EACH_DAY,
        label=Phrase(ko="같은 주장은 하루 하나", en="one per claim a day"),
        about=Phrase(
            ko="같은 주장에서 나온 문항은 하루에 하나만 묻습니다",
            en="ask one item a day of those that rest on the same claim",
        ),
    )
    gate_new: bool = setting(
        True,
        Switch(),
        group=EACH_DAY,
        label=Phrase(ko="선수 개념 먼저", en="prerequisites first"),
        about=Phrase(
            ko="먼저 알아야 할 개념을 익힌 뒤에 새 문항을 냅니다",
            en="new items of a concept wait until its prerequisites have been learned",
        ),
    )
    leech_lapses: int = setting(
        8,
        NumberRange(0, 99),
        group=LEECHES,
        label=Phrase(ko="자꾸 잊음의 기준", en="leech threshold"),
        about=Phrase(
            ko="이 횟수만큼 잊으면 자꾸 잊는 문항으로 봅니다. 0이면 보지 않습니다",
            en="an item forgotten this many times is a leech; 0 means never",
        ),
    )
    leech_action: LeechAction = setting(
        "suspend",
        OneOf(get_args(LeechAction)),
        group=LEECHES,
        label=Phrase(ko="자꾸 잊는 문항 처리", en="leech action"),
        about=Phrase(
            ko="자꾸 잊는 문항을 보류하거나(suspend) 깃발을 답니다(flag)",
            en="suspend or flag an item that is forgotten again and again (a leech)",
        ),
    )
    ask_confidence: bool = setting(
        False,
        Switch(),
        group=GENERAL,
        label=Phrase(ko="확신 묻기", en="confidence question"),
        about=Phrase(
            ko="채점하기 전에 얼마나 확신하는지 묻습니다",
            en="ask how sure you are before an answer is marked",
        ),
        is_local=True,
    )
    lessons: bool = setting(
        True,
        Switch(),
        group=GENERAL,
        label=Phrase(ko="개념 읽을거리", en="concept lessons"),
        about=Phrase(
            ko="새 개념의 첫 문항에 앞서 그 개념의 읽을거리를 보여 줍니다",
            en="show a concept's lesson before its first item",
        ),
        is_local=True,
    )
    day_start_hour: int = setting(
        4,
        NumberRange(0, 23),
        group=EACH_DAY,
        label=Phrase(ko="하루의 시작 시각", en="start of the day"),
        about=Phrase(
            ko="하루 공부가 시작되는 시각(시)", en="local hour at which a study day begins"
        ),
    )
    memory_model: str = setting(
        "fsrs-6",
        OneOf(MODEL_NAMES),
        group=MEMORY,
        label=Phrase(ko="기억 모델", en="memory model"),
        about=Phrase(
            ko="기억이 흐려지는 것을 예측하는 모델", en="the model that predicts forgetting"
        ),
    )
    parameters: tuple[float, ...] = setting(
        (),
        ListOf(NumberRange(0.0, 100.0), most=21),
        group=MEMORY,
        label=Phrase(ko="모델 매개변수", en="model parameters"),
        about=Phrase(
            ko="그 모델의 매개변수. 비우면 모델의 기본값을 씁니다",
            en="the model's parameters; empty for its defaults",
        ),
    )
    packs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of_pack(self, pack: str) -> Mapping[str, Any]:
        """Return the values that a pack has of its own, by name."""
        return self.packs.get(pack, {})

    @property
    def pack_retention(self) -> dict[str, float]:
        """Return the desired retention of each pack that has its own."""
        name = "desired_retention"
        return {pack: own[name] for pack, own in self.packs.items() if name in own}


def all_settings() -> dict[str, Setting]:
    """Return the rows of the table by name, in the order in which they are listed."""
    return _rows(Settings)


def pack_settings() -> dict[str, Setting]:
    """Return the rows of which a pack may have a value of its own."""
    return {name: row for name, row in all_settings().items() if row.of_packs}


def shared_settings() -> dict[str, Setting]:
    """Return the rows that shape the schedule, and so are the same on all devices."""
    return {name: row for name, row in all_settings().items() if not row.is_local}


def settings_of(values: Mapping[str, Any]) -> Settings:
    """Return the settings that have ``values``, checked before, and else the defaults."""
    return Settings(**values)


@cache
def _rows(kind: type[Settings]) -> dict[str, Setting]:
    return {
        one.name: Setting(one.name, one.default, **one.metadata["row"])
        for one in fields(kind)
        if "row" in one.metadata
    }

"""What each setting is, in a line."""

from studytool.language import Phrase

ABOUT = {
    "language": Phrase(
        ko="프로그램의 언어. 문항에도 그 언어가 있으면 함께 바뀝니다",
        en="language of the program and, where it has it, of a pack",
    ),
    "desired_retention": Phrase(
        ko="복습할 때 기억하고 있기를 바라는 비율. 높일수록 복습이 잦아집니다",
        en="share of reviews you want to recall; the higher, the more reviews",
    ),
    "new_per_day": Phrase(ko="하루에 새로 배울 문항 수", en="new items a day"),
    "reviews_per_day": Phrase(
        ko="하루 복습 수의 한도. 새 문항과 학습 단계는 세지 않습니다",
        en="reviews a day at most; new items and learning steps do not count",
    ),
    "maximum_interval_days": Phrase(ko="가장 긴 복습 간격(일)", en="the longest interval, in days"),
    "learning_steps_minutes": Phrase(
        ko="새 문항을 처음 익힐 때 다시 묻는 간격(분)",
        en="delays while a new item is being learned, in minutes",
    ),
    "relearning_steps_minutes": Phrase(
        ko="잊은 문항을 다시 익힐 때 묻는 간격(분)",
        en="delays while a forgotten item is relearned, in minutes",
    ),
    "spread_load": Phrase(
        ko="복습이 같은 날에 몰리지 않도록 간격을 조금씩 흩뜨립니다",
        en="vary intervals a little, so that reviews do not pile up on one day",
    ),
    "order": Phrase(
        ko="복습 순서: 오래 밀린 것부터, 간격에 비해 많이 밀린 것부터, 잘 기억하는 것부터",
        en="reviews: longest due first, most overdue for its interval first, or best remembered "
        "first",
    ),
    "interleave": Phrase(
        ko="다른 개념이 남아 있으면 방금 물은 개념을 잇달아 묻지 않습니다",
        en="do not ask about one concept twice in a row while another is due",
    ),
    "bury_siblings": Phrase(
        ko="같은 주장에서 나온 문항은 하루에 하나만 묻습니다",
        en="ask one item a day of those that rest on the same claim",
    ),
    "gate_new": Phrase(
        ko="먼저 알아야 할 개념을 익힌 뒤에 새 문항을 냅니다",
        en="new items of a concept wait until its prerequisites have been learned",
    ),
    "leech_lapses": Phrase(
        ko="이 횟수만큼 잊으면 자꾸 잊는 문항으로 봅니다. 0이면 보지 않습니다",
        en="an item forgotten this many times is a leech; 0 means never",
    ),
    "leech_action": Phrase(
        ko="자꾸 잊는 문항을 보류하거나(suspend) 깃발을 답니다(flag)",
        en="suspend or flag an item that is forgotten again and again (a leech)",
    ),
    "ask_confidence": Phrase(
        ko="채점하기 전에 얼마나 확신하는지 묻습니다",
        en="ask how sure you are before an answer is marked",
    ),
    "day_start_hour": Phrase(
        ko="하루 공부가 시작되는 시각(시)", en="local hour at which a study day begins"
    ),
    "memory_model": Phrase(
        ko="기억이 흐려지는 것을 예측하는 모델", en="the model that predicts forgetting"
    ),
    "parameters": Phrase(
        ko="그 모델의 매개변수. 비우면 모델의 기본값을 씁니다",
        en="the model's parameters; empty for its defaults",
    ),
}
"""By name; every name of :data:`studytool.settings.RULES` is here."""

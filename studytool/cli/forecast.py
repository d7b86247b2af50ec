"""``studytool forecast``: the coming days, and minutes against items known at other retentions."""

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.ahead_json import exam_as_json
from studytool.cli.home import desk_to_read
from studytool.cli.long_work import cancellable
from studytool.cli.output import show_progress, write_json, write_text
from studytool.clock import utc_now
from studytool.json_output import BandJson, ForecastDayJson, ForecastJson, RetentionForecastJson
from studytool.language import Language, Phrase
from studytool.settings import all_settings
from studytool.wording.progress import CANCELLED

if TYPE_CHECKING:
    from studytool.forecast.forecast import Band, Forecast, RetentionForecast
    from studytool.session.desk import Desk
    from studytool.session.forecast_input import ForecastInput

_READING = Phrase(ko="복습을 읽는 중: {n:,}회...", en="reading reviews: {n:,}...")
_SIMULATING = Phrase(ko="시뮬레이션 {share:.0%}...", en="simulating, {share:.0%}...")
_NO_RETENTION = Phrase(
    ko="--retention {text}: {allowed} 범위의 수를 쉼표로 이어 쓰세요. 예: 0.85,0.9",
    en="--retention {text}: give numbers in the range {allowed}, separated by commas, such as 0.85,0.9",
)
_OFTEN = 10_000


@declare.command(
    "forecast",
    more=Phrase(
        ko="PACK을 쓰면 그 꾸러미만 시뮬레이션합니다. 지금까지 공부한 습관을 따릅니다. 하루 "
        "복습 수와 시간은 중앙값과 80% 띠로 보여 줍니다. 목표 기억률마다 같은 가상의 "
        "학습자가 같은 운을 만납니다.",
        en="Give PACKs to simulate only those, studied as you have been studying. Reviews and "
        "minutes a day have a median and an 80% band. At each retention of the comparison "
        "the same simulated learner meets the same luck.",
    ),
)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@declare.option(
    "--days",
    type=click.IntRange(1, 365),
    default=30,
    show_default=True,
    about=Phrase("내다볼 날수.", "Days to look ahead."),
)
@declare.option(
    "--retention",
    default="0.8,0.85,0.9,0.95",
    show_default=True,
    metavar="R,R,...",
    about=Phrase(
        "견주어 볼 목표 기억률. 각각 0.70–0.97.", "Desired retentions to compare, each 0.70–0.97."
    ),
)
@declare.option(
    "--draws",
    type=click.IntRange(2, 10_000),
    about=Phrase(
        "시뮬레이션의 횟수. 기본값은 밀린 양에 따라 20–100.",
        "Simulated runs. Default: 20–100, by the backlog.",
    ),
)
@declare.with_seed
@declare.in_language
@declare.as_json
def command(  # noqa: PLR0913 - click passes each option by name
    packs: tuple[str, ...],
    *,
    days: int,
    retention: str,
    draws: int | None,
    seed: int,
    lang: Language | None,
    as_json: bool,
) -> None:
    """Simulate the coming days of PACKs (all by default) as you have been studying."""
    with desk_to_read() as desk:
        language = lang or desk.settings.language
        retentions = _retentions(retention, language)
        outlook, forecast = _simulate(
            desk, (packs, days), retentions, language, draws=draws, seed=seed
        )
    if as_json:
        write_json(_as_json(forecast, outlook, seed))
        return
    from studytool.wording.forecast import forecast_lines

    write_text("\n".join(forecast_lines(forecast, outlook, language)))


def _retentions(text: str, language: Language) -> list[float]:
    """Read numbers with commas between them."""
    try:
        read = [float(part) for part in text.split(",")]
    except ValueError:
        read = []
    rule = all_settings()["desired_retention"].rule
    if not read or not all(map(rule.admits, read)):
        fields = {"text": text, "allowed": rule.allowed}
        raise click.UsageError(_NO_RETENTION.text(language, **fields))
    return read


def _simulate(
    desk: "Desk",
    scope: tuple[tuple[str, ...], int],
    retentions: list[float],
    language: Language,
    *,
    draws: int | None,
    seed: int,
) -> "tuple[ForecastInput, Forecast]":
    """Read where the learner stands and simulate; Ctrl-C ends either with exit status 130."""
    from studytool.forecast.forecast import default_draws, make_forecast
    from studytool.session.forecast_input import read_forecast_input

    packs, days = scope
    reviews_read = count(1)
    with cancellable(language, CANCELLED) as interrupts:

        def show_read() -> None:
            interrupts.check()
            if (n := next(reviews_read)) % _OFTEN == 0:
                show_progress(_READING.text(language, n=n))

        def show_simulated(share: float) -> None:
            interrupts.check()
            show_progress(_SIMULATING.text(language, share=share))

        outlook = read_forecast_input(
            desk, utc_now(), packs=packs, days=days, each_review=show_read
        )
        draws = draws or default_draws(outlook.reviewed + outlook.new)
        return outlook, make_forecast(
            outlook.start, retentions, draws=draws, seed=seed, progress=show_simulated
        )


def _as_json(forecast: "Forecast", outlook: "ForecastInput", seed: int) -> ForecastJson:
    daily: list[ForecastDayJson] = [
        {
            "day": (outlook.today + timedelta(days=span.day)).isoformat(),
            "reviews": _band(span.reviews),
            "minutes": _band(span.minutes),
        }
        for span in forecast.daily
    ]
    return {
        "days": len(daily),
        "draws": forecast.draws,
        "seed": seed,
        "items": outlook.reviewed,
        "new": outlook.new,
        "daily": daily,
        "as_set": _retention(forecast.as_set),
        "retentions": [_retention(one) for one in forecast.retentions],
        "exams": [exam_as_json(exam) for exam in outlook.exams],
    }


def _retention(found: "RetentionForecast") -> RetentionForecastJson:
    return {
        "retention": found.retention,
        "reviews_a_day": _band(found.reviews_a_day),
        "minutes_a_day": _band(found.minutes_a_day),
        "known": _band(found.known),
        "left": _band(found.left),
    }


def _band(band: "Band") -> BandJson:
    return {"mean": band.mean, "low": band.low, "median": band.median, "high": band.high}

"""``studytool stats``: what the reviews so far come to."""

import dataclasses
import json
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.home import opened_desk
from studytool.clock import utc_now
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.session.records import Records
    from studytool.stats.figures import Calibration, Group, Share

MOST_LINES = 10
"""Items, misconceptions and days that the text lists; ``--json`` gives them all."""

_NOTHING = Phrase(
    ko="아직 복습이 없습니다. studytool로 시작하세요.",
    en="there are no reviews yet; begin with: studytool",
)
_TOTAL = Phrase(
    ko="복습 {reviews:,}회, {minutes:,.0f}분, 연속 {streak}일",
    en="reviews: {reviews:,}, minutes: {minutes:,.0f}, days in a row: {streak}",
)
_RETENTION = Phrase(
    ko="기억 유지율(검토 단계): {all}, 최근 30일: {recent}, 목표: {target:.0%}",
    en="retention (review stage): {all}, last 30 days: {recent}, target: {target:.0%}",
)
_RECALL = Phrase(
    ko="예측한 기억 확률과 실제 (Brier {brier:.4f}, 로그 손실 {loss:.4f}, {n:,}회)",
    en="predicted and true recall (Brier {brier:.4f}, log loss {loss:.4f}, {n:,} reviews)",
)
_CONFIDENCE = Phrase(
    ko="말한 확신과 정답 (Brier {brier:.4f}, {n:,}회)",
    en="stated confidence and being right (Brier {brier:.4f}, {n:,} reviews)",
)
_BIN = Phrase(
    ko="  {low:.2f}–{high:.2f}  예측 {mean:.3f}  실제 {share}",
    en="  {low:.2f}–{high:.2f}  predicted {mean:.3f}  true {share}",
)
_CONCEPTS = Phrase(ko="개념 (기억률이 낮은 것부터)", en="concepts, the least recalled first")
_ITEMS = Phrase(ko="가장 어려운 문항", en="the hardest items")
_GROUP = Phrase(
    ko="  {name}  {reviews:,}회  기억 {recalled:.0%}  정답 {right:.0%}  {minutes:.1f}분",
    en="  {name}  reviews: {reviews:,}  recalled {recalled:.0%}  right {right:.0%}  "
    "{minutes:.1f} min",
)
_ALIVE = Phrase(ko="아직 남은 오개념", en="misconceptions still alive")
_ALIVE_LINE = Phrase(
    ko="  {item}: {misconception}  {times}회", en="  {item}: {misconception} × {times}"
)
_NONE = Phrase(ko="없음", en="none")


@click.command(name="stats")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--lang", type=click.Choice(["ko", "en"]), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(packs: tuple[str, ...], *, lang: Language | None, as_json: bool) -> None:
    """Print retention, calibration, concepts, hardest items and misconceptions still alive."""
    with opened_desk() as desk:
        from studytool.session.records import read_records

        records = read_records(desk, utc_now(), packs=packs)
        language = lang or desk.settings.language
    text = _as_json(records) if as_json else "\n".join(_lines(records, language))
    click.echo(text)


def _as_json(records: "Records") -> str:
    return json.dumps(_plain(dataclasses.asdict(records)), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Write a figure that does not exist as null; days as dates."""
    if isinstance(value, float):
        return None if isnan(value) else value
    if isinstance(value, dict):
        return {name: _named(name, one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _named(name: str, value: Any) -> Any:
    from studytool.review_log.study_days import as_date

    return as_date(value).isoformat() if name == "day" else _plain(value)


def _lines(records: "Records", language: Language) -> list[str]:
    if not records.reviews:
        return [_NOTHING.text(language)]
    total = {"reviews": records.reviews, "minutes": records.minutes, "streak": records.streak_days}
    kept = {"all": _share(records.retention, language), "recent": _share(records.recent, language)}
    lines = [_TOTAL.text(language, **total)]
    lines.append(_RETENTION.text(language, **kept, target=records.target))
    for title, found in ((_RECALL, records.recall), (_CONFIDENCE, records.confidence)):
        lines += _calibrated(title, found, language)
    for title, groups in ((_CONCEPTS, records.concepts), (_ITEMS, records.items[:MOST_LINES])):
        if groups:
            lines += ["", title.text(language), *(_group(one, language) for one in groups)]
    if records.misconceptions:
        lines += ["", _ALIVE.text(language)]
        shown = records.misconceptions[:MOST_LINES]
        lines += [_ALIVE_LINE.text(language, **dataclasses.asdict(one)) for one in shown]
    return lines


def _calibrated(title: Phrase, found: "Calibration", language: Language) -> list[str]:
    if not found.n:
        return []
    scores = {"brier": found.brier, "loss": found.log_loss, "n": found.n}
    bins = [
        _BIN.text(
            language, low=one.low, high=one.high, mean=one.mean,
            share=_share(one.happened, language),
        )
        for one in found.bins
    ]  # fmt: skip
    return ["", title.text(language, **scores), *bins]


def _group(group: "Group", language: Language) -> str:
    shares = {"recalled": group.recalled.share, "right": group.right.share}
    return _GROUP.text(
        language, name=group.name, reviews=group.reviews, minutes=group.minutes, **shares
    )


def _share(share: "Share", language: Language) -> str:
    """Write a share with its 95 % interval."""
    if not share.n:
        return _NONE.text(language)
    return f"{share.share:.1%} [{share.low:.1%}, {share.high:.1%}] n={share.n:,}"

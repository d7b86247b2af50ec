"""Findings about packs that the log or the settings know and that are not installed."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from studytool.backups.verifying import first_few
from studytool.doctor.findings import Finding
from studytool.language import Phrase
from studytool.review_log.schema import MADE_TABLES, REVIEW_CODE
from studytool.sqlite.connection import Connection, Row
from studytool.srs.memory import to_ms

_ORPHANS = Phrase(
    ko="설치된 꾸러미에 없는 문항 {n:,}개가 복습 기록에 있습니다(복습 {reviews:,}회): {few}. 기록은 그대로 남지만, 꾸러미를 "
    "다시 설치하기 전에는 나오지 않습니다.",
    en="the log has items that are in no installed pack (items {n:,}, reviews {reviews:,}): "
    "{few}. They are kept, but not asked until their pack is installed again.",
)
_MARKS = Phrase(
    ko="설치된 꾸러미에 없는 문항 가운데 보류한 것이 {suspended}개, 깃발을 단 것이 {flagged}개, 미뤄 둔 것이 "
    "{buried}개 있습니다. 꾸러미를 다시 설치하면 그 상태 그대로 돌아옵니다.",
    en="of the items that are in no installed pack, {suspended} are suspended, {flagged} flagged "
    "and {buried} buried. They come back like that when their pack is installed again.",
)
_INSTALL = Phrase(
    ko="이어서 복습하려면 그 꾸러미를 다시 설치하세요. 더 쓰지 않는 꾸러미라면 그대로 두어도 됩니다.",
    en="Install their pack again to go on with them. If you no longer use it, there is nothing to do.",
)
_RETENTION = Phrase(
    ko="settings.toml에 설치되지 않은 꾸러미의 목표 기억률이 있습니다: {packs}. 그 꾸러미를 설치하기 전에는 쓰이지 "
    "않습니다.",
    en="settings.toml has a desired retention for packs that are not installed: {packs}. It has "
    "no effect until they are.",
)
_TAKE_OUT = Phrase(
    ko="이름을 잘못 적었거나 더는 필요 없으면 지우세요: studytool config desired_retention "
    "default --pack {first}",
    en="If the name is mistyped or no longer needed, remove it: studytool config "
    "desired_retention default --pack {first}",
)

_REVIEWED = "SELECT code, name FROM names WHERE code IN (SELECT item FROM events WHERE item > 0)"
_TABLE_OF_ITEMS = "SELECT sql FROM sqlite_schema WHERE name = 'items'"
_AMONG = "item IN (SELECT value FROM json_each(?))"
_COUNT_REVIEWS = f"SELECT count(*) FROM events WHERE kind = {REVIEW_CODE} AND {_AMONG}"
_COUNT_MARKS = f"""
SELECT count(*) FILTER (WHERE rests_until_ms IS NULL), count(*) FILTER (WHERE flagged),
    count(*) FILTER (WHERE rests_until_ms > ?)
FROM items WHERE {_AMONG}
"""


InstalledPacks = Mapping[str, Collection[str]]
"""The names of the items of each installed pack, by its id."""


def orphans(connection: Connection, installed: InstalledPacks, now: datetime) -> Iterator[Finding]:
    """Name items of the log that no pack lists; where no pack is installed, that says nothing."""
    items = set().union(*installed.values())
    rows: list[Row] = connection.execute(_REVIEWED).fetchall() if items else []
    lost = {name: code for code, name in rows if name not in items}
    if not lost:
        return
    codes = json.dumps([*lost.values()])
    reviews = connection.execute(_COUNT_REVIEWS, (codes,)).get
    message = _ORPHANS.of(n=len(lost), few=first_few(sorted(lost)), reviews=reviews)
    yield Finding("orphan_items", message, _INSTALL.of())
    if connection.execute(_TABLE_OF_ITEMS).get != MADE_TABLES["items"]:
        return  # the next start makes it
    marks: list[Row] = connection.execute(_COUNT_MARKS, (to_ms(now), codes)).fetchall()
    suspended, flagged, buried = marks[0]
    if suspended or flagged or buried:
        message = _MARKS.of(suspended=suspended, flagged=flagged, buried=buried)
        yield Finding("orphan_marks", message, _INSTALL.of())


def retention_of_no_pack(
    retention: Mapping[str, float], installed: InstalledPacks
) -> Iterator[Finding]:
    """Name packs that have a setting and are not installed; without any pack, that says nothing."""
    unknown = sorted(retention.keys() - installed.keys()) if installed else []
    if unknown:
        message, remedy = _RETENTION.of(packs=first_few(unknown)), _TAKE_OUT.of(first=unknown[0])
        yield Finding("retention_of_no_pack", message, remedy)

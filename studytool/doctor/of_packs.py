"""The doctor at the log and the packs: items to ask, and what is left of packs that are gone."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

import apsw

from studytool.doctor.findings import DO_REPAIR, Finding, FindingSeverity, Repair, shortened
from studytool.doctor.of_library import InstalledPacks
from studytool.language import Phrase
from studytool.review_log.indexes import has_tables_of_fold
from studytool.review_log.schema import REVIEW_CODE
from studytool.sqlite.connection import Row
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
_LISTING = Phrase(
    ko="물어볼 문항의 목록이 설치된 꾸러미와 다릅니다(문항 {n:,}개: {few}). 복습은 모두 그대로 "
    "있지만, 고치기 전에는 이 문항들이 나오지 않거나 엉뚱한 순서로 나올 수 있습니다.",
    en="the list of items to ask differs from the installed packs (items {n:,}: {few}). All "
    "reviews are there, but until this is repaired, these may not come up, or come up in the "
    "wrong order.",
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

_REGISTERED = "SELECT name, digest FROM packs JOIN names ON code = pack"
_LISTED = """
SELECT i.name, p.name, c.name, position FROM items JOIN names i ON i.code = item
LEFT JOIN names p ON p.code = pack LEFT JOIN names c ON c.code = concept
WHERE listed = 1
"""
_REVIEWED = "SELECT code, name FROM names WHERE code IN (SELECT item FROM events WHERE item > 0)"
_AMONG = "item IN (SELECT value FROM json_each(?))"
_COUNT_REVIEWS = f"SELECT count(*) FROM events WHERE kind = {REVIEW_CODE} AND {_AMONG}"
_COUNT_MARKS = f"""
SELECT count(*) FILTER (WHERE rests_until_ms IS NULL), count(*) FILTER (WHERE flagged),
    count(*) FILTER (WHERE rests_until_ms > ?)
FROM items WHERE {_AMONG}
"""


def listing(connection: apsw.Connection, installed: InstalledPacks) -> Iterator[Finding]:
    """Compare which items the log asks with those of the packs that it says it knows."""
    if not has_tables_of_fold(connection):  # the next start makes them
        return
    known: list[Row] = connection.execute(_REGISTERED).fetchall()
    packs = {pack for pack, digest in known if installed.packs.get(pack) == digest}
    others = {pack for pack, _ in known} - packs  # the next start lists them
    rows: list[Row] = connection.execute(_LISTED).fetchall()
    asked = {row for row in rows if row[1] not in others}
    there = {(item, *place) for item, place in installed.items.items() if place[0] in packs}
    if differing := sorted({item for item, *_ in asked ^ there}):
        fields: dict[str, object] = {"n": len(differing), "few": shortened(differing)}
        repairs = (Repair.RELIST,)
        yield Finding(
            "listing_differs", FindingSeverity.ERROR, _LISTING, DO_REPAIR, repairs, fields
        )


def orphans(
    connection: apsw.Connection, installed: InstalledPacks, now: datetime
) -> Iterator[Finding]:
    """Name items of the log that no pack lists; where no pack is installed, that says nothing."""
    rows: list[Row] = connection.execute(_REVIEWED).fetchall() if installed.items else []
    lost = {name: code for code, name in rows if name not in installed.items}
    if not lost:
        return
    codes = json.dumps([*lost.values()])
    few = shortened(sorted(lost))
    fields = {
        "n": len(lost),
        "few": few,
        "reviews": connection.execute(_COUNT_REVIEWS, (codes,)).get,
    }
    yield Finding("orphan_items", FindingSeverity.INFO, _ORPHANS, _INSTALL, fields=fields)
    if not has_tables_of_fold(connection):  # the next start makes them
        return
    counts = connection.execute(_COUNT_MARKS, (to_ms(now), codes)).fetchall()[0]
    if any(counts):
        fields = dict(zip(("suspended", "flagged", "buried"), counts, strict=True))
        yield Finding("orphan_marks", FindingSeverity.INFO, _MARKS, _INSTALL, fields=fields)


def retention_of_no_pack(
    retention: Mapping[str, float], installed: InstalledPacks
) -> Iterator[Finding]:
    """Name packs that have a setting and are not installed; without any pack, that says nothing."""
    unknown = sorted(retention.keys() - installed.packs.keys()) if installed.packs else []
    if unknown:
        fields: dict[str, object] = {"packs": shortened(unknown), "first": unknown[0]}
        code = "retention_of_no_pack"
        yield Finding(code, FindingSeverity.INFO, _RETENTION, _TAKE_OUT, fields=fields)

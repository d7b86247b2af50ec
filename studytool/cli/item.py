"""``studytool item``: items listed and shown, and what a learner may do with them."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from studytool.cli.home import opened_desk
from studytool.cli.item_acts import ActResult, Acts
from studytool.cli.item_rows import (
    KINDS,
    STAGES,
    ItemRow,
    number,
    read_rows,
    rows_text,
    share,
    when,
)
from studytool.cli.speaking import told_in
from studytool.clock import utc_now
from studytool.language import Language, Phrase
from studytool.typeset.cells import cut
from studytool.wording.table import table_lines

if TYPE_CHECKING:
    from studytool.review_log.events import Review
    from studytool.session.desk import Desk

_COUNT = Phrase(ko="문항 {n}개", en="items: {n}")
_NONE = Phrase(ko="해당하는 문항이 없습니다.", en="there are no such items.")
_NO_LEECHES = Phrase(
    ko="leech_lapses가 0이어서 자꾸 잊는 문항을 가리지 않습니다. 켜기: studytool config leech_lapses 8",
    en="leech_lapses is 0, so nothing counts as a leech. To switch on: studytool config "
    "leech_lapses 8",
)
_UNDO = Phrase(ko="studytool undo로 되돌릴 수 있습니다.", en="studytool undo takes it back.")
_UNDO_EACH = Phrase(
    ko="되돌리려면 studytool undo를 {n}번 실행하세요.",
    en="studytool undo takes them back one by one: {n} times.",
)
_UNLISTED = Phrase(
    ko="설치된 꾸러미에 없어 나오지 않습니다.", en="it is in no installed pack, so it is not asked."
)
_NUMBERS = Phrase(
    ko="안정도 {stability}일 · 난이도 {difficulty} · 지금 기억 확률 {recall} · 복습 {reviews}회 · "
    "잊음 {lapses}회",
    en="stability {stability} days · difficulty {difficulty} · recall now {recall} · "
    "reviews {reviews} · lapses {lapses}",
)
_DUE = Phrase(ko="다음 복습: {time}", en="due: {time}")
_BURIED_UNTIL = Phrase(ko="{time}까지 나오지 않음", en="not asked before {time}")
_REVIEW_TITLES = (
    Phrase(ko="시각", en="time"),
    Phrase(ko="평가", en="rating"),
    Phrase(ko="채점", en="outcome"),
    Phrase(ko="초", en="seconds"),
    Phrase(ko="복습 id", en="review id"),
    Phrase(ko="답", en="answer"),
)
_BEFORE_RESET = Phrase(
    ko="새 문항으로 되돌리기 전의 복습(통계에만 들어감):",
    en="before its reset, in the statistics only:",
)
_ANSWER_CELLS = 40

_items = click.argument("items", nargs=-1, required=True, metavar="ITEM...")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@click.group(name="item")
def command() -> None:
    """List items, show one, and suspend, flag, bury, reset or re-rate it.

    An ITEM is pack/slug. What is done is an event of the log: studytool undo takes it back.
    """


@command.command(name="list")
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@click.option("--suspended", is_flag=True, help="Those that are suspended.")
@click.option("--flagged", is_flag=True, help="Those that are flagged.")
@click.option("--buried", is_flag=True, help="Those that are buried now.")
@click.option("--leeches", is_flag=True, help="Those forgotten leech_lapses times or more.")
@click.option("--due", is_flag=True, help="Those that are due now, in steps or for review.")
@click.option("--new", is_flag=True, help="Those that are new.")
@click.option("--concept", metavar="C", help="Those of one concept.")
@_as_json
def list_command(
    packs: tuple[str, ...], *, concept: str | None, as_json: bool, **chosen: bool
) -> None:
    """List items, those of PACKs or all, that fit every option given."""
    with _opened() as desk:
        desk.check_scope(packs, concept)
        rows = [
            row
            for row in read_rows(desk, utc_now(), packs=packs)
            if concept in {None, row.concept} and _is(row, chosen)
        ]
        settings = desk.settings
    if as_json:
        click.echo(json.dumps({"items": [row.as_json() for row in rows]}, ensure_ascii=False))
        return
    click.echo(_list_text(rows, settings.language))
    if chosen["leeches"] and not settings.leech_lapses:
        click.echo(_NO_LEECHES.text(settings.language))


@command.command(name="show")
@click.argument("item", metavar="ITEM")
@click.option("--limit", type=click.IntRange(0), default=10, help="At most this many reviews (10).")
@_as_json
def show_command(item: str, *, limit: int, as_json: bool) -> None:
    """Show an item's memory and its last reviews, latest first."""
    with _opened() as desk:
        [row] = read_rows(desk, utc_now(), items=[item])
        reviews = [
            _review(review, counts=number < row.reviews)
            for number, review in enumerate(desk.log.last_reviews(item=item, limit=limit))
        ]
        language = desk.settings.language
    if as_json:
        found = {**row.as_json(), "last_reviews": reviews}
        in_ms = partial(datetime.isoformat, timespec="milliseconds")
        click.echo(json.dumps(found, ensure_ascii=False, default=in_ms))
    else:
        click.echo("\n".join([*_memory_lines(row, language), *_review_lines(reviews, language)]))


@command.command(name="suspend")
@_items
@_as_json
def suspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask ITEMs no more, until they are unsuspended."""
    _do(items, lambda acts: acts.suspend, as_json=as_json)


@command.command(name="unsuspend")
@_items
@_as_json
def unsuspend_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Ask suspended ITEMs again."""
    _do(items, lambda acts: acts.unsuspend, as_json=as_json)


@command.command(name="flag")
@_items
@_as_json
def flag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Flag ITEMs, to find them again."""
    _do(items, lambda acts: acts.flag, as_json=as_json)


@command.command(name="unflag")
@_items
@_as_json
def unflag_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Take the flags of ITEMs off."""
    _do(items, lambda acts: acts.unflag, as_json=as_json)


@command.command(name="reset")
@_items
@_as_json
def reset_command(items: tuple[str, ...], *, as_json: bool) -> None:
    """Make ITEMs new again; the statistics keep their reviews."""
    _do(items, lambda acts: acts.reset, as_json=as_json)


@command.command(name="bury")
@_items
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The study day, as 2026-12-31, on which they may be asked again; by default the next.",
)
@_as_json
def bury_command(items: tuple[str, ...], *, until: datetime | None, as_json: bool) -> None:
    """Put ITEMs off to the next study day, or until DATE."""
    _do(
        items,
        lambda acts: partial(acts.bury, until=acts.bury_until(until)),
        as_json=as_json,
    )


@command.command(name="rate")
@click.argument("item", metavar="ITEM")
@click.argument("rating", type=click.Choice(["again", "hard", "good", "easy"]))
@click.option("--review", "review_id", metavar="ID", help="Which review; item show names them.")
@_as_json
def rate_command(item: str, rating: str, *, review_id: str | None, as_json: bool) -> None:
    """Return the last review of ITEM, or the one named, another rating."""
    from studytool.srs.rating import Rating

    _do(
        (item,),
        lambda acts: partial(acts.rate, rating=Rating(rating), review_id=review_id),
        as_json=as_json,
    )


@contextmanager
def _opened() -> "Iterator[Desk]":
    """Open the desk, and tell what the learner can mend in their language."""
    with opened_desk() as desk, told_in(desk.settings.language):
        yield desk


def _do(
    items: Sequence[str], chosen: Callable[[Acts], Callable[[ItemRow], ActResult]], *, as_json: bool
) -> None:
    with _opened() as desk:
        acts = Acts(desk, utc_now())
        done = acts.on_each(items, chosen(acts))
        language = desk.settings.language
    if as_json:
        listed = [{"item": one.item, "changed": one.changed, **one.more} for one in done]
        click.echo(json.dumps({"items": listed}, ensure_ascii=False))
        return
    lines, changed = [one.text for one in done], sum(one.changed for one in done)
    if changed:
        lines.append((_UNDO if changed == 1 else _UNDO_EACH).text(language, n=changed))
    click.echo("\n".join(lines))


def _is(row: ItemRow, chosen: dict[str, bool]) -> bool:
    kept = {
        "suspended": row.suspended,
        "flagged": row.flagged,
        "buried": row.buried_until is not None,
        "leeches": row.leech,
        "due": row.due_now,
        "new": row.stage == "new",
    }
    return all(kept[name] for name, wanted in chosen.items() if wanted)


def _list_text(rows: Sequence[ItemRow], language: Language) -> str:
    if not rows:
        return _NONE.text(language)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    lines = rows_text(rows, language, width=width)
    return "\n".join([*lines, _COUNT.text(language, n=f"{len(rows):,}")])


def _memory_lines(row: ItemRow, language: Language) -> Iterator[str]:
    about = _UNLISTED.text(language)
    if row.kind is not None:
        about = f"{KINDS[row.kind].text(language)}, {row.concept}"
    yield f"{row.item} ({about})"
    states = [STAGES[row.stage].text(language), row.state_text(language)]
    if row.due is not None:
        states.append(_DUE.text(language, time=when(row.due)))
    if row.buried_until is not None:
        states.append(_BURIED_UNTIL.text(language, time=when(row.buried_until)))
    yield " · ".join(filter(None, states))
    if row.reviews:
        strength = {"stability": number(row.stability_days), "difficulty": number(row.difficulty)}
        counts = {"reviews": row.reviews, "lapses": row.lapses}
        yield _NUMBERS.text(language, **strength, **counts, recall=share(row.retrievability))


def _review(review: "Review", *, counts: bool) -> dict[str, Any]:
    """Describe a review as rated now; it counts unless it was before the item's last reset."""
    names = ("id", "time", "rating", "outcome", "duration_ms", "answer", "confidence")
    return {name: getattr(review, name) for name in names} | {"counts": counts}


def _review_lines(reviews: list[dict[str, Any]], language: Language) -> list[str]:
    if not reviews:
        return []
    from studytool.wording.study import MARKS, RATINGS

    rows = [tuple(title.text(language) for title in _REVIEW_TITLES)]
    rows += [
        (
            when(one["time"]),
            RATINGS[one["rating"]].text(language),
            MARKS[one["outcome"]].text(language),
            f"{one['duration_ms'] / 1000:.1f}",
            one["id"],
            cut(" ".join(one["answer"].split()), _ANSWER_CELLS),
        )
        for one in reviews
    ]
    titles, *lines = table_lines(rows, right={3})
    counting = sum(one["counts"] for one in reviews)
    before = [_BEFORE_RESET.text(language), *lines[counting:]] if lines[counting:] else []
    return ["", titles, *lines[:counting], *before]

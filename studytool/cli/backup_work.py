"""Long work on the log: its step and how far it is on a line, and Ctrl-C that ends it in order."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from studytool.cli.long_work import clear_progress, show_progress, stopped_by_interrupt
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.sqlite.watching import Step, Watch

_STEPS = {
    "checking": Phrase(ko="복습 기록을 확인하는 중", en="checking the log"),
    "checking backup": Phrase(ko="백업을 다시 읽어 확인하는 중", en="reading back a backup"),
    "copying": Phrase(ko="복사하는 중", en="copying"),
    "folding": Phrase(ko="기억 상태를 계산하는 중", en="computing the memories"),
    "comparing": Phrase(ko="기억 상태를 비교하는 중", en="comparing the memories"),
    "indexing": Phrase(ko="색인을 다시 만드는 중", en="rebuilding the indexes"),
    "reading journal": Phrase(
        ko="손상된 파일의 저널을 읽는 중", en="reading the journal of the damaged file"
    ),
    "reading words": Phrase(
        ko="손상된 파일에서 이름을 읽는 중", en="reading names from the damaged file"
    ),
    "reading events": Phrase(
        ko="손상된 파일에서 복습을 읽는 중", en="reading reviews from the damaged file"
    ),
    "replacing": Phrase(ko="복습 기록을 바꾸는 중", en="replacing the log"),
}
_SECONDS = Phrase(ko="{step}... {seconds:.0f}초", en="{step}... {seconds:.0f} s")
_SHARE = Phrase(ko="{step}... {share:.0%}", en="{step}... {share:.0%}")
_CANCELLED = Phrase(
    ko="취소했습니다. 파일은 작업하기 전 그대로입니다.",
    en="cancelled; the files are as they were before this work.",
)

_BETWEEN_SECONDS = 0.1


@contextmanager
def watched_work(language: Language) -> Iterator["Watch"]:
    """Return the watch of long work; Ctrl-C ends it with exit status 130."""
    from studytool.errors import Cancelled

    began, shown = monotonic(), 0.0
    shares: dict[Step, float] = {}
    try:
        with stopped_by_interrupt() as stopped:

            def watch(step: "Step", share: float | None = None) -> None:
                nonlocal shown
                if stopped:
                    raise Cancelled
                if share is not None:
                    shares[step] = share
                if (now := monotonic()) - shown >= _BETWEEN_SECONDS:
                    shown = now
                    show_progress(_line(step, shares.get(step), now - began, language))

            yield watch
    except Cancelled:
        clear_progress()
        click.echo(f"studytool: {_CANCELLED.text(language)}", err=True)
        sys.exit(130)
    finally:
        clear_progress()


def _line(step: "Step", share: float | None, seconds: float, language: Language) -> str:
    said = _SECONDS if share is None else _SHARE
    name = _STEPS[step].text(language)
    return said.text(language, step=name, seconds=seconds, share=share)

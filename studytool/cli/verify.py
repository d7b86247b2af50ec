"""``studytool verify``: every claim and every key of a pack, tried by simulation."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool import __version__
from studytool.bundled_pack import bundled_folders, is_bundled_folder
from studytool.cli import declare
from studytool.cli.interrupts import gathered_interrupts
from studytool.cli.output import (
    INTERRUPTED,
    NOT_AS_IT_SHOULD_BE,
    clear_progress,
    learner_language,
    show_progress,
    write_error,
    write_note,
)
from studytool.cli.verify_report import CANCELLED, keep, recall, report
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from studytool.library.finding import ReadPack
    from studytool.verification.evidence import PackEvidence
    from studytool.verification.verify import Selection

_WHOLE_PACK = Phrase(
    ko="--write는 꾸러미 전체의 증거를 저장합니다. --claim, --item, --without-training 없이 쓰세요.",
    en="--write keeps the evidence of a whole pack: leave out --claim, --item, --without-training",
)
_WHOLE_CORE = Phrase(
    ko="--mutants는 꾸러미 전체로 시험합니다. --claim, --item, --without-training, --write 없이 쓰세요.",
    en="--mutants tries a whole pack: leave out --claim, --item, --without-training and --write",
)
_ONE_ITEM = Phrase(
    ko="{item}: 문항 하나를 시험합니다. --claim, --item, --without-training, --write, --mutants 없이 쓰세요.",
    en="{item} is one item: leave out --claim, --item, --without-training, --write, --mutants",
)
_WROTE = Phrase(ko="저장했습니다: {path}", en="wrote {path}")


@declare.command(
    "verify",
    more=Phrase(
        ko="꾸러미는 설치했거나 함께 들어 있는 것(기본값은 그 첫째), 또는 폴더입니다. "
        "ITEM(pack/slug, 하나뿐이면 slug만)이면 show ITEM --seed N이 보여 주는 수로 그 "
        "정답을 시험합니다. 설치한 꾸러미에서 나온 결과는 카드에 보이고, 꾸러미의 "
        "evidence.lock과 견줍니다. 성립하지 않는 것이 있거나, 틀린 말이 기각되지 않았거나, "
        "evidence.lock과 다르면 종료 상태는 1입니다.",
        en="A pack is installed, bundled (the default is the first), or a folder. Of an ITEM "
        "(pack/slug, or the slug alone) the key is tried at the numbers that show ITEM "
        "--seed N shows. What is found of an installed pack is what its cards then say, "
        "and is compared with the pack's evidence.lock. Exit status 1 when something does "
        "not hold, a wrong statement was not rejected, or evidence.lock says otherwise.",
    ),
)
@click.argument("name", metavar="[PACK|PATH|ITEM]", default=next(iter(bundled_folders())))
@declare.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="ID",
    about=Phrase("이 주장만. 여러 번 쓸 수 있습니다.", "Only this claim; may be repeated."),
)
@declare.option(
    "--item",
    "items",
    multiple=True,
    metavar="ID",
    about=Phrase(
        "이 문항의 정답만. 여러 번 쓸 수 있습니다.", "Only this item's key; may be repeated."
    ),
)
@declare.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    about=Phrase("시드가 다르면 뽑는 난수도 다릅니다.", "Other seeds, other draws."),
)
@declare.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    about=Phrase("함께 돌릴 프로세스의 수.", "Processes at a time."),
)
@declare.option(
    "--executor",
    "address",
    metavar="dask://HOST:PORT",
    about=Phrase(
        "프로세스 대신 이 Dask 클러스터에서 시험합니다(studytool[cluster]).",
        "Try it on this Dask cluster instead of processes (studytool[cluster]).",
    ),
)
@declare.option(
    "--timeout",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(1),
    default=300,
    show_default=True,
    about=Phrase(
        "주장이나 정답 하나에 쓸 수 있는 프로세서 시간(초).",
        "Processor seconds that one claim or key may take.",
    ),
)
@declare.option(
    "--mutants",
    type=click.Choice(["core"]),
    about=Phrase(
        "대신 계산 핵심부를 한 곳씩 바꾸어 보고, 어떤 주장도 정답도 알아채지 못한 것을 나열합니다.",
        "Alter the core instead, place by place; list what no claim or key notices.",
    ),
)
@declare.option(
    "--sample",
    type=click.IntRange(0),
    default=300,
    show_default=True,
    about=Phrase(
        "닫힌 식 말고 바꾸어 볼 곳의 수. 나머지에서 고르게 뽑으며, 0은 모두입니다.",
        "So many places, spread over the rest of the core; 0 for all.",
    ),
)
@declare.option(
    "--with-tests",
    is_flag=True,
    about=Phrase(
        "소스 옆의 테스트도 돌려 봅니다(몇 분).", "Try the tests beside the source, too (minutes)."
    ),
)
@declare.option(
    "--without-training",
    is_flag=True,
    about=Phrase("신경망을 학습시키는 것은 뺍니다.", "Leave out what trains networks."),
)
@declare.option(
    "--again",
    is_flag=True,
    about=Phrase(
        "전의 결과를 쓰지 않고, 바뀌지 않은 것도 다시 시험합니다.",
        "Try what has not changed since an earlier run, too.",
    ),
)
@declare.option(
    "--write",
    is_flag=True,
    about=Phrase(
        "결과를 꾸러미의 evidence.lock에 남깁니다.",
        "Keep what is found in the pack's evidence.lock.",
    ),
)
@declare.of_any_size
@declare.in_language
@declare.as_json
def command(  # noqa: PLR0913 - click passes each option by name
    name: str,
    *,
    claims: tuple[str, ...],
    items: tuple[str, ...],
    seed: int,
    jobs: int,
    address: str | None,
    seconds: float,
    mutants: str | None,
    sample: int,
    with_tests: bool,
    without_training: bool,
    again: bool,
    write: bool,
    large: bool,
    lang: Language | None,
    as_json: bool,
) -> None:
    """Try the claims and keys of a pack: installed, bundled (the default is the first), or a folder."""
    from studytool.library.finding import FoundItem, ReadPack, find_pack_or_item
    from studytool.verification.verify import Selection

    language = lang or learner_language(home_folder())
    target = find_pack_or_item(name, large=large)
    if isinstance(target, FoundItem):
        if write or claims or items or mutants or without_training:
            raise click.UsageError(_ONE_ITEM.text(language, item=name))
        from studytool.cli.verify_item import verify_item

        verify_item(target, seed=seed, seconds=seconds, as_json=as_json, language=language)
        return
    chosen = claims or items or without_training
    if (write and chosen) or (mutants and (write or chosen)):
        raise click.UsageError((_WHOLE_PACK if not mutants else _WHOLE_CORE).text(language))
    read = ReadPack.of(target, large=large)
    if mutants:
        from studytool.cli.verify_core import CoreRun, verify_core

        asked = CoreRun(read.folder, sample=sample, seed=seed, jobs=jobs, with_tests=with_tests)
        verify_core(asked, as_json=as_json, language=language)
        return
    slugs = [item.removeprefix(f"{read.pack.id}/") for item in items]
    selection = Selection(claims or None, slugs or None, training=not without_training)
    with _executor(address) as (executor, lost):
        asked_of = _Way(seed, jobs, seconds, executor, lost, again=again)
        evidence, total = _run(read, selection, asked_of, language=language)
    done = len(evidence.all)
    if write and done == total:
        write_note(_WROTE.text(language, path=_write(read.folder, evidence)))
    keep(read, evidence, language)
    is_whole = report(read.folder, evidence, as_json=as_json, language=language)
    if done < total:
        write_error(CANCELLED.text(language, done=done, total=total))
        sys.exit(INTERRUPTED)
    if not is_whole:
        sys.exit(NOT_AS_IT_SHOULD_BE)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a pack is tried: with which draws, how many processes or which cluster, how long."""

    seed: int
    jobs: int
    seconds: float
    executor: "Executor | None"
    lost: tuple[type[BaseException], ...]
    again: bool


@contextmanager
def _executor(
    address: str | None,
) -> "Iterator[tuple[Executor | None, tuple[type[BaseException], ...]]]":
    """Connect to a cluster, where one is named; return its executor, and how its losses are told."""
    if address is None:
        yield None, ()
        return
    from studytool.verification.cluster import cluster_executor, lost_worker_errors

    with cluster_executor(address) as executor:
        yield executor, lost_worker_errors()


def _run(
    read: "ReadPack", selection: "Selection", way: _Way, *, language: Language
) -> "tuple[PackEvidence, int]":
    """Try what was selected of a pack; return it, and how much there was to try."""
    from studytool.authoring.kept_findings import write_findings
    from studytool.verification.limits import TaskLimits
    from studytool.verification.lock import kept_seconds
    from studytool.verification.verify import choose_tasks, verify_pack
    from studytool.wording.verification import progress_text

    tasks = choose_tasks(read.pack, selection, way.seed)
    known = recall(read, tasks, again=way.again)
    with gathered_interrupts() as interrupts:
        evidence = verify_pack(
            read.pack,
            selection=selection,
            seed=way.seed,
            jobs=way.jobs,
            apart=not is_bundled_folder(read.folder),
            limits=TaskLimits(way.seconds),
            executor=way.executor,
            lost=way.lost,
            expected_seconds=kept_seconds(read.folder),
            oracles=read.kept.oracles,
            known=known,
            progress=lambda progress: show_progress(progress_text(progress, language)),
            cancelled=interrupts.came,
        )
    clear_progress()
    write_findings(home_folder(), read.folder, read.pack, known)
    return evidence, len(tasks)


def _write(folder: Path, evidence: "PackEvidence") -> Path:
    from studytool.verification.lock import write_lock

    return write_lock(folder, evidence, version=__version__)

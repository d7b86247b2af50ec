"""``studytool check``: an author's compiler."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.check_formats import Checked, CheckFormat, written
from studytool.cli.long_work import cancellable
from studytool.cli.output import (
    NOT_AS_IT_SHOULD_BE,
    learner_language,
    show_progress,
    write_note,
    write_text,
)
from studytool.collection import begin_collection, put_off_collection
from studytool.language import Language, Phrase
from studytool.wording.progress import ALTERING, CANCELLED, PLAYING

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytool.authoring.check_options import CheckOptions
    from studytool.packs.pack import Pack
    from studytool.verification.power import Power

_MENDED = Phrase(ko="{place}: {code} 고침: {said}", en="{place}: mended {code}: {said}")
_MORE_MENDED = Phrase(ko="그 밖에 {n:,}개를 더 고쳤습니다.", en="and {n:,} more mended")
_NO_PATH = Phrase(
    ko="꾸러미의 폴더를 쓰세요. --explain CODE는 폴더 없이 씁니다.",
    en="name a pack's folder; only --explain CODE goes without one",
)


@declare.command(
    "check",
    more=Phrase(
        ko="모든 문항을 언어마다 풀어 봅니다. 수를 뽑아 보여 주고, 정답과 오개념과 tests로 "
        "답해 봅니다. 작은 꾸러미에서는 50번, 큰 꾸러미에서는 적어도 5번입니다. 결과를 "
        "남겨 두었다가 바뀐 것만 다시 풉니다.\n\n"
        "--mutants는 모든 주장과 정답을 시뮬레이션하고, 그 수식을 온갖 방법으로 바꾸어 "
        "봅니다. 항을 빼고, 연산자나 이름이나 함수를 맞바꾸고, 수를 고칩니다. 확인 안의 수식과 꾸러미의 실험도 바꾸어, "
        "그것을 쓰거나 재는 모든 주장과 정답으로 시험합니다. 바꾼 것의 "
        "95% 이상을 알아채야 합니다. 오류가 있거나(--strict이면 경고도) 그보다 적게 "
        "알아채면 종료 상태는 1입니다. --watch의 종료 상태는 마지막 검사의 것입니다.\n\n"
        "--fix는 검사하기 전에 한 번 꾸러미의 파일을 고칩니다. 잘못 쓴 키와 전 형식의 키를 "
        "바로잡고, TeX을 작은따옴표로 묶고, 다른 언어에 없는 글을 TODO 뒤에 넣습니다.",
        en="Every item is played in every language: drawn, shown, and answered by its own "
        "key, by each misconception and by its tests; 50 times in a small pack, at least 5 "
        "in a large one. What was found is kept, so that only what changes is played again.\n\n"
        "With --mutants every claim and key is simulated, and its formula altered in every "
        "way: a term dropped, an operator, a name or a function swapped, a number changed. The "
        "formulas within checks and the pack's own experiments are altered too, and tried by "
        "all that uses or measures them. "
        "95 % or more of the alterations must be noticed. Exit status 1 on an error (with "
        "--strict on a warning too), or when fewer are. With --watch the status is that of "
        "the last check.\n\n"
        "--fix writes to the pack's files, once before the check: misspelt keys and those "
        "of the format before, single quotes around TeX, and behind TODO the texts that "
        "another language lacks.",
    ),
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@declare.option(
    "--plays",
    type=click.IntRange(1, 1000),
    metavar="N",
    about=Phrase("문항마다 N번 풀어 봅니다.", "Play each item N times."),
)
@declare.option(
    "--mutants",
    is_flag=True,
    about=Phrase(
        "모든 수식을 일부러 바꾸어 보고, 알아채지 못한 것을 나열합니다.",
        "Also alter every formula, and list what goes unnoticed.",
    ),
)
@declare.option(
    "--strict",
    is_flag=True,
    about=Phrase("경고도 오류로 칩니다.", "Let a warning count as an error."),
)
@declare.option(
    "--fix",
    is_flag=True,
    about=Phrase(
        "확실한 것을 먼저 고칩니다: 키, 따옴표, 번역할 자리.",
        "First mend what is sure: keys, quotes, stubs to translate.",
    ),
)
@declare.option(
    "--watch",
    is_flag=True,
    about=Phrase(
        "Ctrl-C를 누를 때까지, 저장할 때마다 다시 검사합니다.",
        "Check again at each save, until Ctrl-C.",
    ),
)
@declare.option(
    "--explain",
    metavar="CODE",
    about=Phrase(
        "코드의 뜻을 예와 함께 보여 줍니다. PATH는 쓰지 않습니다.",
        "Say what a code means, with an example; no PATH.",
    ),
)
@declare.of_any_size
@declare.in_language
@declare.option(
    "--format",
    "shape",
    type=click.Choice([one.value for one in CheckFormat]),
    default=CheckFormat.TEXT.value,
    about=Phrase(
        "문제를 출력하는 꼴: 사람, 프로그램, SARIF 도구, GitHub용.",
        "How problems are printed: for people, programs, SARIF readers, GitHub.",
    ),
)
@declare.option(
    "--json",
    "as_json",
    is_flag=True,
    about=Phrase("--format json과 같습니다.", "The same as --format json."),
)
def command(  # noqa: PLR0913 - one argument for each option
    path: Path | None,
    *,
    plays: int | None,
    mutants: bool,
    strict: bool,
    fix: bool,
    watch: bool,
    explain: str | None,
    large: bool,
    lang: Language | None,
    shape: str,
    as_json: bool,
) -> None:
    """Read the pack in PATH, play its items, and list every problem with its place and remedy."""
    language = lang or learner_language()
    if explain is not None:
        from studytool.cli.check_explain import explain as explain_code

        explain_code(explain, language, as_json=as_json)
        return
    from studytool.packs.digest import require_pack

    if path is None:
        raise click.UsageError(_NO_PATH.text(language))
    require_pack(path)
    from studytool.authoring.check_options import CheckOptions
    from studytool.settings.home import home_folder

    options = CheckOptions(plays, home_folder(), large=large)
    shown = CheckFormat.JSON if as_json else CheckFormat(shape)

    def check() -> int:
        checked = _checked(path, options, language)
        if mutants and not checked.errors:
            checked = _with_power(checked, path, language, large=large)
        write_text(written(shown, path, checked, language), end="")
        return NOT_AS_IT_SHOULD_BE if _is_wrong(checked, strict=strict) else 0

    if fix:
        _fix(path, language, large=large)
    if status := _at_each_save(path, check, language) if watch else check():
        sys.exit(status)


def _at_each_save(path: Path, check: "Callable[[], int]", language: Language) -> int:
    from studytool.cli.check_watch import check_at_each_save

    return check_at_each_save(path, check, language)


def _fix(path: Path, language: Language, *, large: bool) -> None:
    from studytool.authoring.fixing import fix_pack
    from studytool.packs.diagnostics import MOST_SHOWN
    from studytool.packs.folder import LARGE, ORDINARY

    mended = fix_pack(path, LARGE if large else ORDINARY)
    for found in mended[:MOST_SHOWN]:
        said = found.says.text(language)
        write_note(_MENDED.text(language, place=found.place, code=found.code, said=said))
    if more := mended[MOST_SHOWN:]:
        write_note(_MORE_MENDED.text(language, n=len(more)))


def _is_wrong(checked: Checked, *, strict: bool) -> bool:
    wrong = len(checked.diagnostics) if strict else checked.errors
    return bool(wrong) or (
        checked.power is not None and checked.power.share_noticed < LEAST_NOTICED
    )


def _checked(path: Path, options: "CheckOptions", language: Language) -> Checked:
    put_off_collection()  # the check begins it, once its imports and what is kept are there
    from studytool.authoring.check_pack import check_pack
    from studytool.wording.plays import play_diagnostic

    with cancellable(language, CANCELLED) as interrupts:
        found = check_pack(
            path,
            options,
            progress=lambda done, total: show_progress(
                PLAYING.text(language, done=done, total=total)
            ),
            cancelled=interrupts.came,
        )
    begin_collection()  # where all was kept
    played = [play_diagnostic(placed) for placed in found.played]
    listed = sorted([*found.read, *played], key=lambda one: (one.place, one.code, one.message))
    return Checked(listed, found.items, found.claims)


LEAST_NOTICED = 0.95
"""The share of mutants that the checks of a pack must notice."""


def _with_power(checked: Checked, path: Path, language: Language, *, large: bool) -> Checked:
    from studytool.authoring.mutant_places import places_of
    from studytool.packs.folder import LARGE, ORDINARY
    from studytool.packs.reader import read_pack

    reading = read_pack(path, LARGE if large else ORDINARY)
    if reading.pack is None:  # edited since it was checked
        return checked
    power = _power(path, reading.pack, language)
    return replace(checked, power=power, places=places_of(power.survivors, reading.entries))


def _power(path: Path, pack: "Pack", language: Language) -> "Power":
    from studytool.authoring.kept_findings import read_mutants, write_mutants
    from studytool.settings.home import home_folder
    from studytool.verification.power import try_power

    known = read_mutants(home_folder(), path)
    with cancellable(language, CANCELLED) as interrupts:
        try:
            return try_power(
                pack,
                known=known,
                progress=lambda done, total: show_progress(
                    ALTERING.text(language, done=done, total=total)
                ),
                cancelled=interrupts.came,
            )
        finally:
            write_mutants(home_folder(), path, pack, known)

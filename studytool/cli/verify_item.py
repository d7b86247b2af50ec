"""``studytool verify ITEM``: one key, tried at the numbers of one seed."""

import sys
from time import monotonic
from typing import TYPE_CHECKING

from studytool.bundled_pack import is_bundled_folder
from studytool.cli.long_work import cancellable
from studytool.cli.output import NOT_AS_IT_SHOULD_BE, show_progress, write_text
from studytool.cli.verify_report import CANCELLED, report, tell_unkept, today
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.library.finding import FoundItem

_AT = Phrase(ko="{item} (시드 {seed}): {drawn}", en="{item} (seed {seed}): {drawn}")


def verify_item(
    found: "FoundItem", *, seed: int, seconds: float, as_json: bool, language: Language
) -> None:
    """Try an item's key at the numbers of one seed."""
    from studytool.packs.behind import claims_behind
    from studytool.quiz.ask import make_variant
    from studytool.session.key_trial import keep_variant
    from studytool.verification.evidence import PackEvidence
    from studytool.verification.limits import TaskLimits
    from studytool.verification.variant import try_variant
    from studytool.wording.evidence import condition_text
    from studytool.wording.trial import trying_text

    pack_id, read = found.pack_id, found.read
    variant = make_variant(found.item, pack_id=pack_id, seed=seed, language=language)
    behind = [read.claim(pack_id, name) for name in claims_behind(found.item)]
    began = monotonic()
    with cancellable(language, CANCELLED.of(done=0, total=1)) as interrupts:
        tried = try_variant(
            pack_id,
            found.item,
            variant.parameters,
            claims=behind,
            seed=seed,
            apart=not is_bundled_folder(read.folder),
            limits=TaskLimits(seconds),
            progress=lambda done, total: show_progress(
                trying_text(monotonic() - began, done, total, language)
            ),
            cancelled=interrupts.came,
        )
    evidence = PackEvidence(pack_id, tried.claims, (tried.key,), seconds=monotonic() - began)
    if home_folder().is_dir() and read.is_installed:
        tell_unkept(keep_variant(home_folder(), pack_id, tried, today()), language)
    if variant.parameters and not as_json:
        drawn = condition_text(variant.parameters)
        write_text(_AT.text(language, item=variant.item, seed=seed, drawn=drawn))
    if not report(read.folder, evidence, as_json=as_json, language=language):
        sys.exit(NOT_AS_IT_SHOULD_BE)

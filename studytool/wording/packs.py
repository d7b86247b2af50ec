"""Packs that are added, updated and listed, in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.language import Language, Message, Phrase
from studytool.printable import printable

if TYPE_CHECKING:
    from studytool.library.pack_changes import PackChanges
    from studytool.library.reading_trees import ReadTree

_ABOUT = Phrase(
    ko="""\
{title} ({id} {version})
  지은이: {authors}. 라이선스: {licence}
  출처: {source}
  문항 {items}개, 주장 {claims}개, {size:,}바이트. 언어: {languages}""",
    en="""\
{title} ({id} {version})
  by {authors}; licence: {licence}
  from {source}
  items: {items}, claims: {claims}, bytes: {size:,}, languages: {languages}""",
)
_ALL_SAID = Phrase(
    ko="  지은이의 기록으로는 모두 성립합니다. 기록은 지은이의 말일 뿐이니, 직접 확인하려면: studytool verify {id}",
    en="  by its author's record all of it holds, which is their word; to try it here: studytool verify {id}",
)
_UNPROVEN = Phrase(
    ko="  성립한다는 기록이 지은이에게도 없는 것: {total}개 중 {n}개({names})\n"
    "  기록이 있어도 지은이의 말일 뿐입니다. 직접 확인하려면: studytool verify {id}",
    en="  no record, not even its author's, says that {n} of {total} hold ({names})\n"
    "  a record is its author's word; to try all of it here: studytool verify {id}",
)
_SIGNED = Phrase(
    ko="  서명: 키 {name}의 주인. 함께 서명한 말: {comment}",
    en="  signed by the owner of the key {name}, with the words: {comment}",
)
_UNCHECKED = Phrase(
    ko="  옆에 있는 서명은 확인하지 않았습니다(키 {name}). 지은이의 공개 키로 확인하려면: --key KEY",
    en="  the signature beside it (of the key {name}) was not checked; to check it, name its "
    "author's public key: --key KEY",
)
_TRIED = Phrase(
    ko="  이 컴퓨터에서 시험함: 성립 {held}, 성립하지 않음 {failed}, 시험할 것 없음 {untried}",
    en="  tried here: {held} hold, {failed} do not, {untried} have nothing to try",
)
_FAILED = Phrase(ko="  성립하지 않음: {names}", en="  these do not hold: {names}")
_MOST_NAMED = 5
_MORE = Phrase(ko="{names} 외 {n}개", en="{names} and {n} more")

ADD_QUESTION = Phrase(ko="이 꾸러미를 설치할까요?", en="Install this pack?")
ADDED = Phrase(
    ko="{id} {version}을(를) 설치했습니다. 공부하기: studytool study {id}",
    en="installed {id} {version}. To study it: studytool study {id}",
)
ALREADY = Phrase(
    ko="{id} {version}: 이미 그대로 설치되어 있습니다.",
    en="{id} {version} is installed already, as it is there.",
)
OTHER_INSTALLED = Phrase(
    ko="{id}: 다른 판이 {source}에서 설치되어 있습니다. 바꾸려면: studytool pack update {id} SOURCE",
    en="{id} is installed from {source} in another version. To replace it: studytool pack update "
    "{id} SOURCE",
)
BUNDLED = Phrase(
    ko="{id}: studytool에 함께 들어 있는 꾸러미라서 설치하거나 지우거나 바꿀 수 없습니다. "
    "새 문항을 배우지 않으려면: studytool config new_per_day 0 --pack {id}",
    en="{id} comes with studytool: it is neither added, updated nor removed. To begin nothing new of "
    "it: studytool config new_per_day 0 --pack {id}",
)
PINNED = Phrase(
    ko="{id}: 고정되어 있어 업데이트하지 않습니다. 풀기: studytool pack pin {id} --off",
    en="{id} is pinned, so it is not updated. To let it go: studytool pack pin {id} --off",
)
OTHER_ID = Phrase(
    ko="{source}에 있는 꾸러미는 {found}이고 {id}이(가) 아닙니다. 아무것도 바꾸지 않았습니다.",
    en="the pack in {source} is {found}, not {id}; nothing was changed.",
)
OTHER_KEY = Phrase(
    ko="{id}: 지금까지는 키 {before}(으)로 서명되었는데 {now}은(는) 다른 키입니다. 아무것도 바꾸지 않았습니다. "
    "지은이가 키를 바꾸었다고 알렸다면: studytool pack remove {id}, 그런 다음 pack add SOURCE --key KEY",
    en="{id} was signed by the key {before} until now, and {now} is another; nothing was changed. If "
    "its author has announced a new key: studytool pack remove {id}, then pack add SOURCE --key KEY",
)
UPDATE_QUESTION = Phrase(ko="업데이트할까요?", en="Update it?")
UPDATED = Phrase(ko="{id}을(를) {version}(으)로 업데이트했습니다.", en="updated {id} to {version}.")
REMOVE_QUESTION = Phrase(
    ko="{id}을(를) 지울까요? 복습 기록은 남습니다.",
    en="Remove {id}? What was reviewed of it stays in the log.",
)
REMOVED = Phrase(
    ko="{id}을(를) 지웠습니다. 복습 기록은 그대로 있고, 다시 설치하면 이어집니다.",
    en="removed {id}. Its history stays, and goes on where the pack is installed again.",
)
PIN = Phrase(ko="{id}: 고정했습니다.", en="{id} is pinned.")
UNPIN = Phrase(ko="{id}: 고정을 풀었습니다.", en="{id} is no longer pinned.")
NOTHING_CHANGES = Phrase(
    ko="문항은 그대로이고 다른 것만 바뀝니다.", en="No item changes, only what is around them."
)

_CHANGES = {
    "new": Phrase(
        ko="  + 새 문항 {n}개: {names}. 새 문항으로 묻습니다.",
        en="  + new: {n} ({names}); asked as new items",
    ),
    "reworded": Phrase(
        ko="  ~ 글이 바뀐 문항 {n}개: {names}. 기억은 그대로입니다.",
        en="  ~ other texts: {n} ({names}); their memory stays",
    ),
    "rekeyed": Phrase(
        ko="  ! 정답이나 수가 바뀐 문항 {n}개: {names}. 기억은 그대로이고, 다음 복습부터 새 정답으로 채점합니다.",
        en="  ! other keys or numbers: {n} ({names}); their memory stays, the next review asks the new key",
    ),
    "renamed": Phrase(
        ko="  > 이름이 바뀐 문항 {n}개: {names}. 기록이 따라갑니다.",
        en="  > renamed: {n} ({names}); their history follows",
    ),
    "removed": Phrase(
        ko="  - 없어지는 문항 {n}개: {names}. 더 묻지 않고 기록은 남습니다.",
        en="  - removed: {n} ({names}); asked no more, their history stays",
    ),
}
_FROM_TO = Phrase(ko="{id}: {before} → {after}", en="{id}: {before} → {after}")

FROM_PROGRAM = Phrase(ko="studytool에 들어 있음", en="comes with studytool")
UNLISTED = Phrase(
    ko="studytool.lock에 없어 출처를 모름: studytool pack add로 다시 설치",
    en="not in studytool.lock, so from where is not known: install it again by studytool pack add",
)
NO_SOURCE = Phrase(
    ko="{id}: studytool.lock에 이 꾸러미의 행이 없어 출처를 모릅니다. studytool pack add로 다시 설치하세요. 기록은 "
    "그대로 이어집니다.",
    en="{id}: studytool.lock has no row of this pack, so its source is not known. Install it again "
    "by studytool pack add; its history goes on.",
)
_ROW = Phrase(
    ko="{id} {version}  {title}  문항 {items}개\n  {source}{marks}",
    en="{id} {version}  {title}  items: {items}\n  {source}{marks}",
)
_PINNED_MARK = Phrase(ko="  (고정됨)", en="  (pinned)")
_SIGNED_MARK = Phrase(ko="  (서명한 키 {name})", en="  (signed by the key {name})")
_CHANGED_MARK = Phrase(
    ko="  (설치한 뒤 파일이 바뀌거나 없어짐: studytool pack remove {id}, 그런 다음 다시 pack add)",
    en="  (its files were changed or are gone: studytool pack remove {id}, then pack add again)",
)


def pack_about(
    read: "ReadTree",
    source: object,
    language: Language,
    *,
    tried: dict[str, bool | None] | None,
    unchecked: str | None = None,
) -> str:
    """Describe a pack before it is installed: whose it is, how large, and what nobody has proven.

    Args:
        read: the pack.
        source: where it was read from.
        language: of the learner.
        tried: by id, what a trial here found; None where there was none.
        unchecked: the key that a signature names which nobody checked.
    """
    pack, manifest = read.pack, read.pack.manifest
    lines = [
        _ABOUT.text(
            language,
            title=manifest.title.text(language),
            id=pack.id,
            version=manifest.version,
            authors=", ".join(manifest.authors),
            licence=manifest.licence,
            source=printable(str(source)),
            items=len(pack.items),
            claims=len(pack.claims),
            size=read.bytes,
            languages=", ".join(manifest.languages),
        )
    ]
    if read.signed is not None:
        lines.append(_SIGNED.text(language, name=read.signed.key.name, comment=read.signed.comment))
    elif unchecked is not None:
        lines.append(_UNCHECKED.text(language, name=unchecked))
    if tried is None:
        lines.append(_said_text(read, language))
    else:
        lines += _tried_lines(tried, language)
    return "\n".join(lines)


def _said_text(read: "ReadTree", language: Language) -> str:
    total = len(read.pack.items) + sum(bool(claim.checks) for claim in read.pack.claims)
    if not read.unproven:
        return _ALL_SAID.text(language, id=read.pack.id)
    names = _named(read.unproven)
    return _UNPROVEN.text(language, n=len(read.unproven), total=total, names=names, id=read.pack.id)


def _tried_lines(tried: dict[str, bool | None], language: Language) -> list[str]:
    failed = [id_ for id_, held in tried.items() if held is False]
    held = sum(one is True for one in tried.values())
    untried = len(tried) - held - len(failed)
    lines = [_TRIED.text(language, held=held, failed=len(failed), untried=untried)]
    return [*lines, *([_FAILED.text(language, names=_named(failed))] if failed else [])]


def update_text(
    pack_id: str, versions: tuple[str, str], changes: "PackChanges", language: Language
) -> str:
    """Say what an update changes, and what that does to the learner's progress."""
    lines = [_FROM_TO.text(language, id=pack_id, before=versions[0], after=versions[1])]
    listed: dict[str, Sequence[str]] = {
        "new": changes.new,
        "reworded": changes.reworded,
        "rekeyed": changes.rekeyed,
        "renamed": [f"{old} → {now}" for old, now in changes.renamed],
        "removed": changes.removed,
    }
    lines += [
        _CHANGES[kind].text(language, n=len(names), names=_named(names))
        for kind, names in listed.items()
        if names
    ]
    if changes.is_none:
        lines.append(NOTHING_CHANGES.text(language))
    return "\n".join(lines)


def pack_row_text(  # noqa: PLR0913 - one for each part of the row
    *,
    id_: str,
    version: str,
    title: str,
    items: int,
    source: Phrase | str,
    signer: str | None,
    is_pinned: bool,
    is_changed: bool,
    language: Language,
) -> str:
    """Describe an installed pack in two lines."""
    marks = [] if signer is None else [_SIGNED_MARK.text(language, name=signer)]
    if is_pinned:
        marks.append(_PINNED_MARK.text(language))
    if is_changed:
        marks.append(_CHANGED_MARK.text(language, id=id_))
    return _ROW.text(
        language,
        id=id_,
        version=version,
        title=title,
        items=items,
        source=source,
        marks="".join(marks),
    )


def _named(names: Sequence[str]) -> Message:
    shown = ", ".join(names[:_MOST_NAMED])
    left = len(names) - _MOST_NAMED
    return (
        _MORE.of(names=shown, n=left) if left > 0 else Phrase("{names}", "{names}").of(names=shown)
    )

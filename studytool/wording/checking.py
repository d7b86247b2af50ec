"""The words of ``check`` around its problems: what was read, and what of its mutants goes unnoticed."""

from studytool.json_output import CheckSummaryJson
from studytool.language import Message, Phrase

UNNOTICED = Phrase(
    "{of}: {formula}: {change}: 알아채는 확인이 없습니다",
    "{of}: {formula}: {change}: no check would notice",
)
MUTANTS = Phrase(
    "변형 {told}개 가운데 {noticed}개를 알아챕니다{share}. 뜻이 같은 변형은 {equivalent}개 더 있습니다",
    "{told} mutants, {noticed} noticed{share}; {equivalent} more are equivalent",
)
LINES = Phrase(
    "when이나 margin의 경계를 옮긴 것은 {told}개이고, 그 가운데 {noticed}개를 알아챕니다(95%에 들지 않습니다)",
    "{told} moved lines of when or margin, {noticed} noticed (not part of the 95 %)",
)
_COUNTED = Phrase(
    "오류 {errors}개, 경고 {warnings}개, 문항 {items}개, 주장 {claims}개",
    "{errors} {error_word}, {warnings} {warning_word}, {items} {item_word}, {claims} {claim_word}",
)


def check_summary(counted: CheckSummaryJson) -> Message:
    """Return how many problems a check found, and what the pack holds.

    >>> check_summary({"errors": 0, "warnings": 1, "items": 2, "claims": 0}).text("en")
    '0 errors, 1 warning, 2 items, 0 claims'
    """
    return _COUNTED.of(
        **counted,
        error_word=_word("error", counted["errors"]),
        warning_word=_word("warning", counted["warnings"]),
        item_word=_word("item", counted["items"]),
        claim_word=_word("claim", counted["claims"]),
    )


def _word(one: str, n: int) -> str:
    return one if n == 1 else f"{one}s"

"""What the doctor finds: how much it matters, what mends it, and which repairs there are."""

from dataclasses import dataclass, field
from enum import StrEnum

from studytool.errors import StudytoolError
from studytool.language import Language, Phrase

_FEW = 3
DO_REPAIR = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 고칩니다.",
    en="Run studytool doctor --repair; it asks first.",
)
_SAID = Phrase(ko="{why_ko}", en="{why_en}")


class FindingSeverity(StrEnum):
    """How much a finding matters; ``info`` leaves the files healthy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Repair(StrEnum):
    """What the doctor can do by itself."""

    REINDEX = "reindex"
    REFOLD = "refold"
    RECOVER = "recover"
    RESTORE = "restore"
    RELIST = "relist"
    INDEX_LIBRARY = "index-library"
    REMAKE_LIBRARY = "remake-library"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``repairs`` are tried in order until one is wanted and works."""

    code: str
    severity: FindingSeverity
    message: Phrase
    remedy: Phrase
    repairs: tuple[Repair, ...] = ()
    fields: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """Say what is wrong."""
        return self.message.text(language, **self.fields)

    def remedy_text(self, language: Language) -> str:
        """Say what to do."""
        return self.remedy.text(language, **self.fields)


def said(
    code: str,
    error: StudytoolError,
    remedy: Phrase,
    severity: FindingSeverity = FindingSeverity.ERROR,
    *,
    repairs: tuple[Repair, ...] = (),
) -> Finding:
    """Make a finding of an error; ``remedy`` may name the ``path`` of the error."""
    fields: dict[str, object] = {"why_ko": error.text("ko"), "why_en": error.text("en")}
    if "path" in error.fields:
        fields["path"] = error.fields["path"]
    return Finding(code, severity, _SAID, remedy, repairs, fields)


def shortened(reasons: list[str]) -> str:
    """Join the first few of many."""
    return ", ".join([*reasons[:_FEW], *(["..."] if reasons[_FEW:] else [])])

"""A finding of the doctor: how much it matters, its remedy and its repairs."""

from dataclasses import dataclass, field
from enum import StrEnum

from studytool.errors import StateError, StudytoolError
from studytool.language import Language, Phrase

_FEW = 3
DO_REPAIR = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 고칩니다.",
    en="Run studytool doctor --repair; it asks first.",
)
_MESSAGE, _REMEDY = Phrase("{message}", "{message}"), Phrase("{remedy}", "{remedy}")


class FindingSeverity(StrEnum):
    """How much a finding matters; ``info`` leaves the files healthy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Repair(StrEnum):
    """A repair that the doctor can make of what cannot be made again."""

    REINDEX = "reindex"
    RECOVER = "recover"
    RESTORE = "restore"
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
        """Return what is wrong."""
        return self.message.text(language, **self.fields)

    def remedy_text(self, language: Language) -> str:
        """Return what to do."""
        return self.remedy.text(language, **self.fields)


def finding_of(
    error: StudytoolError,
    code: str,
    severity: FindingSeverity = FindingSeverity.ERROR,
    *,
    remedy: Phrase | None = None,
    repairs: tuple[Repair, ...] = (),
) -> Finding:
    """Return the finding that an error makes, with the error's own remedy unless one is given."""
    message = error.sentence if isinstance(error, StateError) else error.told
    fields: dict[str, object] = {"message": message}
    if remedy is None and isinstance(error, StateError):
        fields["remedy"] = error.remedy
    return Finding(code, severity, _MESSAGE, remedy or _REMEDY, repairs, fields)


def shortened(reasons: list[str]) -> str:
    """Join the first few of many."""
    return ", ".join([*reasons[:_FEW], *(["..."] if reasons[_FEW:] else [])])

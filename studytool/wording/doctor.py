"""What the doctor found, in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.packs.diagnostics import ERROR

if TYPE_CHECKING:
    from studytool.doctor.findings import Finding

_HEALTHY = Phrase(ko="모두 정상입니다.", en="all is well.")
SEVERITIES = {
    "error": ERROR,
    "warning": Phrase(ko="주의", en="warning"),
    "info": Phrase(ko="참고", en="note"),
}
"""By the value of the finding's severity."""


def findings_text(findings: "Sequence[Finding]", repairs: Sequence[str], language: Language) -> str:
    """Say what was repaired, and of each finding what is wrong and what to do."""
    lines = [*repairs]
    for finding in findings:
        severity = SEVERITIES[str(finding.severity)].text(language)
        lines += [
            f"{severity} {finding.code}: {finding.message.text(language)}",
            f"    {finding.remedy.text(language)}",
        ]
    return "\n".join(lines if findings else [*lines, _HEALTHY.text(language)])

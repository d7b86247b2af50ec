"""Days set for items, said as both faces say it."""

from collections.abc import Iterator, Sequence

from studytool.language import Language, Phrase
from studytool.session.due_dates import DueReport
from studytool.srs.memory import Stage

_SET = Phrase(
    ko="{item}: {due}에 복습합니다(전에는 {before}).", en="{item}: due on {due} (it was {before})."
)
_SAME = Phrase(ko="{item}: 그대로 {due}에 복습합니다.", en="{item}: due on {due}, as before.")
_NEW = Phrase(
    ko="{item}: 새 문항이라 복습할 날이 없습니다.",
    en="{item}: it is new, so there is no day on which it falls due.",
)
_IN_STEPS = Phrase(
    ko="{item}: 아직 학습 단계라 옮기지 않습니다. 미루려면: studytool item bury {item}",
    en="{item}: it is in learning steps, which are not moved. To put it off: studytool item bury "
    "{item}",
)
_NONE = Phrase(
    ko="검색에 맞는, 복습 단계의 문항이 없습니다.",
    en="the search finds no item in the review stage.",
)
_MORE = Phrase(ko="... 모두 {n}개를 옮겼습니다.", en="... moved in all: {n}.")
_MOST_LINES = 20


def due_lines(reports: Sequence[DueReport], language: Language) -> Iterator[str]:
    """Say of each item when it falls due now; of very many, how many were moved."""
    if not reports:
        yield _NONE.text(language)
    for report in reports[:_MOST_LINES]:
        yield _line(report).text(language, item=report.item, before=report.before, due=report.due)
    if len(reports) > _MOST_LINES:
        yield _MORE.text(language, n=f"{sum(report.changed for report in reports):,}")


def _line(report: DueReport) -> Phrase:
    if report.before is None:
        return _NEW if report.stage is Stage.NEW else _IN_STEPS
    return _SET if report.changed else _SAME

"""The power table: how often the rule was measured to err, by statistic and law."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studytool.help.columns import described
from studytool.language import Language, Phrase

TABLE_FILE = Path(__file__).with_name("power.json")
LARGEST_REFUSED = 0.1
"""A law of which a larger share of right statements is refused is not one that the rule accepts."""
FULL_RUNS = 20_000
"""Of a row that tells rates near 2 in 10,000; where fewer fitted in, it is said."""
_ROW = Phrase(
    "틀린 것을 받아들임 {accepted}, 맞는 것을 놓침 {refused} ({runs:,}번 실행)",
    "wrong accepted {accepted}, right refused {refused} ({runs:,} runs)",
)
_STATISTICS = {
    "mean": Phrase("평균", "mean"),
    "share": Phrase("몫", "share"),
    "median": Phrase("중앙값", "median"),
    "variance": Phrase("분산", "variance"),
    "std": Phrase("표준편차", "std"),
    "ratio": Phrase("비", "ratio"),
}
_LAWS = {
    "normal": "정규",
    "exponential": "지수",
    "normal, squared": "정규의 제곱",
    "log-normal, s = 0.5": "로그 정규, s = 0.5",
    "log-normal, s = 1": "로그 정규, s = 1",
    "uniform, in its range": "균등, 범위를 앎",
    "rare values of a wide range": "넓은 범위의 드문 값",
    "30 %": "30 %",
    "0.4 %": "0.4 %",
    "Cauchy": "코시",
    "exponential / exponential": "지수 / 지수",
    "log-normal, s = 1.5": "로그 정규, s = 1.5",
    "log-normal, s = 2": "로그 정규, s = 2",
    "Pareto 2.5": "파레토 2.5",
    "Pareto 1.2": "파레토 1.2",
    "log-normal, s = 0.7": "로그 정규, s = 0.7",
    "product of 8 uniforms": "균등 8개의 곱",
}


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One statistic of one law, run many times.

    Attributes:
        refused: of the runs, those in which a right prediction did not hold.
        accepted: those in which one that is wrong by the tolerance held, on the worse side.
        refused_between, accepted_between: the 95 % intervals of both rates.
    """

    statistic: str
    law: str
    runs: int
    refused: int
    accepted: int
    refused_between: list[float]
    accepted_between: list[float]

    @property
    def is_accepted(self) -> bool:
        """Tell whether the rule accepts statements of this law at all."""
        return self.refused <= LARGEST_REFUSED * self.runs


def power_rows() -> tuple[PowerRow, ...]:
    """Return the rows as they were measured."""
    return tuple(PowerRow(**row) for row in json.loads(TABLE_FILE.read_text("utf-8")))


def power_lines(language: Language, width: int) -> Iterator[str]:
    """List how often the rule errs, in 10,000, with 95 % intervals."""
    for row in power_rows():
        law = _LAWS[row.law] if language == "ko" else row.law
        accepted = _rate(row.accepted / row.runs, row.accepted_between)
        refused = _rate(row.refused / row.runs, row.refused_between)
        measured = _ROW.text(language, accepted=accepted, refused=refused, runs=row.runs)
        yield f"{_STATISTICS[row.statistic].text(language)}: {law}"
        yield from described([("", measured)], width=width, column=4)


def _rate(share: float, between: list[float]) -> str:
    """Write a rate in 10,000 with its interval.

    >>> _rate(0.00025, [0.000081, 0.00058])
    '2.5 [0.81, 5.8]'
    """
    rate, low, high = (_short(1e4 * one) for one in (share, *between))
    return f"{rate} [{low}, {high}]"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"

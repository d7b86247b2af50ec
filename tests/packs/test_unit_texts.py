"""The units of a pack: each problem at its place, and every kind of item that has one."""

from pathlib import Path

import pytest

from studytool.packs.reader import read_pack
from tests.packs.samples import CARD, NUMERIC, write_pack

CLOZE = """\
- id: filled
  kind: cloze
  concept: scale
  params: {a: {integers: [2, 30]}}
  text: {ko: '[[a]] 걸린다', en: 'It takes [[a]]'}
  blanks:
    a: {formula: a, unit: UNIT}
"""


def _problems(folder: Path, items: str) -> list[str]:
    found = read_pack(write_pack(folder, items=CARD + items)).diagnostics
    return [f"{one}; {one.help}" for one in found if "E322" in str(one)]


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("m/s^2", None),
        ("'%'", None),
        ("{ko: 개, en: items}", None),
        ("{ko: 미터, en: m}", None),
        ("'\"perches\"'", None),
        ("$", "'$' is a currency, which is no unit"),
        ("10 m", "the unit '10 m' has a number in it; multiply the key by it"),
        ("m//s", "the unit 'm//s' cannot be read; write it like m/s^2"),
        ("J/mol·K", "the unit 'J/mol·K' has two readings; put brackets behind the slash"),
        ("{ko: 개, en: wagons}", "no unit 'wagons' is known; a word for what is counted"),
        ("{ko: m, en: cm}", "'cm' is not the unit that another language has, 'm'"),
    ],
)
@pytest.mark.parametrize("kind", ["numeric", "cloze"])
def test_the_unit_of_an_item(tmp_path: Path, unit: str, said: str | None, kind: str) -> None:
    numeric = NUMERIC.replace("answer: {", f"answer: {{unit: {unit}, ")
    assert numeric != NUMERIC
    found = _problems(tmp_path, numeric if kind == "numeric" else CLOZE.replace("UNIT", unit))
    assert len(found) == (said is not None), found
    if said is not None:
        assert said in found[0]
        assert (
            "unit"
            in (tmp_path / "items" / "all.yaml")
            .read_text("utf-8")
            .splitlines()[int(found[0].split(":")[1]) - 1]
        )

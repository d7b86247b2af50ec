"""Lists of an item on their limit and one past it: refused at their place, by count."""

from pathlib import Path

import pytest

from studytool.packs.reader import read_pack
from tests.packs.samples import NUMERIC, write_pack


def _names(count: int, of: str) -> str:
    return "{" + ", ".join(f"x{i}: {of}" for i in range(count)) + "}"


def _let(count: int) -> str:
    return NUMERIC.replace('{v: "n*sx"}', f'{_names(count - 1, "n")[:-1]}, v: "n*sx"}}')


def _params(count: int) -> str:
    drawn = "".join(f"    p{i}: {{integers: [2, 9]}}\n" for i in range(count - 2))
    return NUMERIC.replace("  require", f"{drawn}  require")


def _require(count: int) -> str:
    return NUMERIC.replace('["n > 1"]', str(["n > 1"] * count))


def _hints(count: int) -> str:
    texts = ", ".join(f"{{ko: 힌트 {i}, en: Hint {i}}}" for i in range(count))
    return f"{NUMERIC}  hints: [{texts}]\n"


def _misconceptions(count: int) -> str:
    more = "".join(
        f'    - {{id: m{i}, formula: "v*{i + 5}", say: {{ko: 하나, en: One}}}}\n'
        for i in range(count - 1)
    )
    return NUMERIC.replace("  solution", f"{more}  solution")


@pytest.mark.parametrize(("items", "most", "place"), [
    (_let, 20, "8:8"), (_params, 12, "5:5"), (_require, 20, "7:12"), (_hints, 5, "15:10"),
    (_misconceptions, 12, "12:5"),
])  # fmt: skip
def test_one_more_than_may_be_is_refused(
    tmp_path: Path, items: object, most: int, place: str
) -> None:
    assert callable(items)
    on_the_limit = read_pack(write_pack(tmp_path, items=items(most)))
    assert on_the_limit.errors == 0, on_the_limit.report("en")
    found = read_pack(write_pack(tmp_path, items=items(most + 1))).diagnostics
    (error,) = [one for one in found if one.code.startswith("E")]
    assert f"at most {most} may stand" in error.message
    assert f"{error.place.line}:{error.place.column}" == place

"""An item of any kind that cannot be asked, or not marked, ends no sitting, cram or line mode."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.errors import UnsettledError
from studytool.packs.reader import load_pack
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.study_session import StudySession
from studytool.srs.rating import Rating
from tests.cases import first_row_quick
from tests.in_process import run_program
from tests.packs.all_kinds import CLOZE, EST, FILES, ORDER, PRED, WHEN
from tests.packs.samples import CARD, NUMERIC
from tests.review_log.queue import flagged_items
from tests.tui.driving import app_at, press, settled, words_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCOPE = Scope(("sample",))
ALL_RIGHT = (
    WHEN.replace("'a > b'", "'a > 0'")
    .replace("'b > a'", "'b > 0'")
    .replace("correct: false", "when: 'a > 1'")
)
LAST = CARD.replace("recall", "last").replace("Front", "The last")
POOL = """\
- id: pooled
  kind: choice
  concept: scale
  params: {a: {integers: [2, 20]}}
  require: ['a > 100']
  prompt: {ko: '{a}', en: '{a}'}
  show: 3
  options:
    - {id: p, when: 'a > 1', text: {ko: 가, en: A}}
    - {id: q, when: 'a > 90', text: {ko: 나, en: B}}
    - {id: r, when: 'a > 91', text: {ko: 다, en: C}}
    - {id: s, when: 'a > 92', text: {ko: 라, en: D}}
"""
NEGATIVE = "x: {experiment: dense_layer, with: {fan_in: '0-a'}, quantity: weight_variance}"
ROWS = [
    # --- none of the draws will do
    (CARD.replace("  front", "  params: {k: {integers: [2, 9]}}\n  require: ['k > 9']\n  front"), "recall"),
    (NUMERIC.replace("n > 1", "n > 100"), "doubled"),
    (CLOZE.replace("  text:", "  require: ['n > 100']\n  text:"), "blanked"),
    (CLOZE.replace("'n*2'", "'log(0-n)'"), "blanked"),
    (WHEN.replace("distinct: [a, b]", "require: ['a > 100']"), "bigger"),
    (ALL_RIGHT, "bigger"),
    (POOL, "pooled"),
    (POOL.replace("  require: ['a > 100']\n", "").replace("a > 9", "a > 0*9"), "pooled"),
    (ORDER.replace("'2*a'", "'a+0'"), "sorted"),
    (ORDER.replace("'2*a'", "'log(0-a)'"), "sorted"),
    (ORDER.replace("  things", f"  measure: {{{NEGATIVE}}}\n  things").replace("'2*a'", "'x'"), "sorted"),
    (EST.replace("  prompt", "  params: {k: {integers: [2, 9]}}\n  require: ['k > 9']\n  prompt"), "estimated"),
    (EST.replace("quantity: weight_v", "with: {fan_in: '0-3'}, quantity: weight_v"), "estimated"),
    (PRED.replace("quantity: weight_v", "with: {fan_in: '0-3'}, quantity: weight_v"), "guess"),
    (NUMERIC.replace("n: {choice", "t: {table: [{w: 7}, {w: 9}]}\n    n: {choice").replace("n > 1", "w > 9"), "doubled"),
    # --- what is right cannot be told once the simulation ran
    (EST.replace("of: x", "of: 'log(0-x)'"), "estimated"),
    (EST.replace("[0.001, 10]", "[100, 1000]"), "estimated"),
    (PRED.replace("'x > 0.2'", "'x > 200'").replace("'x <= 0.2'", "'x > 300'"), "guess"),
    (PRED.replace("'x <= 0.2'", "'log(0-x) > 1'"), "guess"),
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    for name, text in (FILES | {"items/all.yaml": request.param + LAST}).items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, encoding="utf-8")
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    opened.library.install(load_pack(tmp_path / "pack"), tmp_path / "pack")
    opened.register_packs()
    yield opened
    opened.close()


def _studied(session: StudySession) -> tuple[list[str], list[str]]:
    """Answer everything as a face does; return what was rated, and what was passed over."""
    rated: list[str] = []
    question = session.start_next(NOW)
    passed = [one.item for one in session.passed_over]
    while question is not None:
        try:
            session.reveal()
        except UnsettledError as error:
            question = session.ask_otherwise(error, NOW)
        else:
            rated.append(question.id)
            session.rate(Rating.EASY, NOW + timedelta(seconds=len(rated)))
            question = session.start_next(NOW + timedelta(seconds=len(rated)))
        passed += [one.item for one in session.passed_over]
    return rated, passed


@pytest.mark.parametrize(
    ("desk", "name"), first_row_quick(ROWS), indirect=["desk"], ids=range(len(ROWS))
)
def test_the_sitting_and_the_cram_go_on(desk: Desk, name: str) -> None:
    assert _studied(Sitting(desk, SCOPE)) == (["sample/last"], [f"sample/{name}"])
    assert flagged_items(desk.log) == [f"sample/{name}"]
    rated, passed = _studied(Cram(desk, SCOPE, NOW))
    assert (set(rated), passed) == ({"sample/last"}, [f"sample/{name}"])


@pytest.mark.parametrize(("desk", "name"), first_row_quick(ROWS), indirect=["desk"])
def test_the_line_mode_says_so_and_goes_on(desk: Desk, name: str, tmp_path: Path) -> None:
    desk.choose_language("en")
    desk.close()
    home = tmp_path / "home"
    done = run_program("study", "sample", "--plain", home=home, typed=":s\n3\n:s\n3\n")
    assert done.returncode == 0, done.stderr
    assert f"sample/{name}" in done.stdout
    assert "is flagged" in done.stdout or "flagged and passed over" in done.stdout
    assert "The last" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("desk", "name"), first_row_quick(ROWS), indirect=["desk"], ids=range(len(ROWS))
)
async def test_the_screen_says_so_and_asks_the_next(desk: Desk, name: str) -> None:
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, SCOPE))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        if "The last" not in words_of(app):
            await press(pilot, "f3")
            await settled(pilot)
        assert f"sample/{name}" in words_of(app)
        assert "The last" in words_of(app)

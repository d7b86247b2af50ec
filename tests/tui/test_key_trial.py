"""The badge on the real screen and in the line mode, by who has tried the key; and v, which tries it."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli import program
from studytool.errors import Cancelled
from studytool.language import LANGUAGES, Language
from studytool.library.own_evidence import PARTS, OwnFinding, keep_own, own_path, read_own
from studytool.packs.evidence import KeptFinding, Verdict
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.session import key_trial, study_session, testimony
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui import trying_screen
from studytool.tui.home_screen import HomeScreen
from studytool.verification import variant as variant_trial
from studytool.verification.limits import TaskLimits
from studytool.verification.variant import VariantEvidence
from studytool.verification.workers import Findings, Tasks, one_by_one
from tests.cases import first_quick, first_row_quick
from tests.tui.driving import NOW, app_at, press, settled, study_screen, text_of, words_of
from tests.tui.tried_pack import (
    ALGEBRA,
    ON_A_CLAIM,
    ORDER,
    PACK,
    SECOND_METHOD,
    SHARE,
    SIMULATED,
    UNTRIED,
    desk_with,
    write_tried_pack,
)

TODAY = NOW.astimezone().date()
"""By the clock of the machine that runs the test, wherever it is."""

OTHER_SEED = 11
"""Of a variant that the author's run has not tried."""

_RELEASE = {
    SIMULATED: (
        [
            "verified by the release 0.1.0 (simulated at ",
            "yours",
            "measured [",
            "1/1 wrong values rejected",
        ],
        [
            "릴리스 0.1.0에서 검증함(시뮬레이션, ",
            "이 수로 시험",
            "; 틀린 값 1/1 기각",
        ],
    ),
    SECOND_METHOD: (
        ["(a second method and torch 2.14.1", "agree to rounding (cases: "],
        ["(다른 방법으로 계산, torch 2.14.1 일치", "두 계산이 반올림까지 일치(경우 "],
    ),
    ALGEBRA: (
        ["the key rewritten: no verification (computed by the release 0.1.0)", "is multiplication"],
        ["정답을 고쳐 쓴 식과 같음. 검증은 아님(릴리스 0.1.0에서 계산함)", "나눗셈은 곱셈이다"],
    ),
    ON_A_CLAIM: (
        ["verified by the release 0.1.0 (simulated)", "measured [", "], claim 2 ± 0.1"],
        ["릴리스 0.1.0에서 검증함(시뮬레이션)", "측정 [", "], 주장 2 ± 0.1"],
    ),
    UNTRIED: (["untried: It is a definition"], ["시험하지 않음: 정의이다"]),
    ORDER: (
        ["verified by the release 0.1.0 (a second method)", "difference [", "above 1; no wrong"],
        ["릴리스 0.1.0에서 검증함(다른 방법으로 계산)", "차이 [", "1보다 큼; 틀린 값은 시험"],
    ),
    SHARE: (
        ["holds at 75% of settings (claimed: 75%); no wrong value tried"],
        ["시험한 설정의 75%에서 성립(75% 이상이라 함); 틀린 값은"],
    ),
}
_AUTHOR = {
    SIMULATED: ("the author says so; not tried here (simulated)", "지은이의 말일 뿐"),
    SECOND_METHOD: ("the author says so; not tried here (a second method)", "여기서는 시험하지"),
    ALGEBRA: ("the author says so; not tried here (the key rewritten)", "지은이의 말일 뿐"),
    ON_A_CLAIM: ("the author says so; not tried here (simulated)", "지은이의 말일 뿐"),
}
_HERE = {
    SIMULATED: (
        ["tried: holds (", f"verified here on {TODAY} (simulated", "at these numbers)", "key "],
        ["시험 결과: 성립 (", f"{TODAY} 여기서 검증함(시뮬레이션", "이 문항의 수로)", "정답 "],
    ),
    SECOND_METHOD: (
        ["tried: holds (", f"verified here on {TODAY} (a second method", "agree to rounding"],
        ["시험 결과: 성립 (", f"{TODAY} 여기서 검증함(다른 방법으로 계산", "일치(경우 1개)"],
    ),
    ALGEBRA: (
        ["tried: holds (", f"the key rewritten: no verification (computed here on {TODAY})"],
        ["시험 결과: 성립 (", f"검증은 아님({TODAY} 여기서 계산함)"],
    ),
    ON_A_CLAIM: (
        ["tried: holds (", f"verified here on {TODAY} (simulated", "claim 2 ± 0.1"],
        ["시험 결과: 성립 (", f"{TODAY} 여기서 검증함(시뮬레이션", "주장 2 ± 0.1"],
    ),
    UNTRIED: (
        ["There is nothing to try behind this item."],
        ["이 문항에는 시험할 것이 없습니다."],
    ),
}  # fmt: skip


class _OneItem(Sitting):
    """A sitting that asks one item, always with the numbers of one seed."""

    def __init__(self, desk: Desk, slug: str, seed: int = OTHER_SEED) -> None:
        super().__init__(desk, Scope())
        self._slug, self._seed = slug, seed

    def start_next(self, now: datetime) -> Question:  # noqa: ARG002 - at any time the same
        item = self._desk.library.item(f"{PACK}/{self._slug}")
        variant = make_variant(item, pack_id=PACK, seed=self._seed, language=self.language)
        self.question = Question(item, variant)
        return self.question


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tried_pack(tmp_path_factory.mktemp("tried") / PACK)


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / PACK)


@pytest.fixture
def home(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = shutil.copytree(bundled, tmp_path / "home")
    monkeypatch.setenv("STUDYTOOL_HOME", str(copied))
    return copied


@pytest.fixture
def learner(home: Path, folder: Path) -> Iterator[Desk]:
    """An English desk with the small pack, which no release has shipped."""
    desk = desk_with(home, folder, "en")
    yield desk
    desk.close()


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try the small pack here, as the bundled one: a process of its own takes a second to start."""
    monkeypatch.setattr(variant_trial, "over_processes", _here)


def _here(
    tasks: Tasks, *, jobs: int, limits: TaskLimits, cancelled: Callable[[], bool]
) -> Findings:
    assert jobs == 1
    return one_by_one(tasks, cancelled, limits)


def _seal(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let this release have shipped the small pack as it is in ``folder``."""
    digest = load_pack(folder).digest
    monkeypatch.setattr(testimony, "sealed_digests", lambda: {digest})


async def _marked(desk: Desk, slug: str, *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """Return the words of the screen once the item is marked and ``keys`` are pressed."""
    app = app_at(desk, _OneItem(desk, slug))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f3", *keys)
        return words_of(app)


@pytest.mark.slow
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
@pytest.mark.parametrize("slug", first_quick(_RELEASE))
async def test_the_screen_says_what_the_release_found(
    learner: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, slug: str, language: Language
) -> None:
    _seal(monkeypatch, folder)
    learner.choose_language(language)
    said = await _marked(learner, slug)
    assert [words for words in _RELEASE[slug][language == "ko"] if words not in said] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
@pytest.mark.parametrize("slug", first_quick(_AUTHOR))
async def test_the_screen_says_that_it_is_the_authors_word(
    learner: Desk, slug: str, language: Language
) -> None:
    learner.choose_language(language)
    said = await _marked(learner, slug)
    assert _AUTHOR[slug][language == "ko"] in said
    assert "verified" not in said
    assert "검증함" not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("slug", "size"),
    first_row_quick([*((slug, (80, 24)) for slug in _HERE), (SIMULATED, (120, 40))]),
)
async def test_v_tries_the_key_at_the_numbers_in_view(
    learner: Desk, slug: str, language: Language, size: tuple[int, int]
) -> None:
    learner.choose_language(language)
    said = await _marked(learner, slug, "v", size=size)
    assert [words for words in _HERE[slug][language == "ko"] if words not in said] == []


@pytest.mark.parametrize("height", [24, 40])
async def test_a_trial_is_drawn_look_by_look(
    learner: Desk, monkeypatch: pytest.MonkeyPatch, height: int
) -> None:
    monkeypatch.setattr(trying_screen, "LOOK_SECONDS", 1e6)  # the test draws each itself
    monkeypatch.setattr(trying_screen, "BETWEEN_SECONDS", 1e6)
    monkeypatch.setattr(study_session, "is_bundled_folder", lambda _: True)  # tried here, watched
    app = app_at(learner, _OneItem(learner, SIMULATED))
    async with app.run_test(size=(96, height)) as pilot:
        await settled(pilot)
        await press(pilot, "f3", "v")
        screen = study_screen(app)
        running = screen._trial
        assert running is not None
        assert "tried: holds" not in words_of(app)  # it has ended, and is not seen to its end
        for number in range(1, 10):
            screen._draw_looks(running)
            await settled(pilot)
            drawn = [line for line in text_of(app).splitlines() if {"●", "◆"} & set(line)]
            assert len(drawn) == (min(number, 6) if height == 40 else 1)
        assert "✗ wrong:" in text_of(app)
        assert not screen._has_more_to_show(running)


@pytest.mark.parametrize(("slug", "times"), first_row_quick([(SIMULATED, 1), (UNTRIED, 0)]))
async def test_the_bottom_line_offers_v_where_there_is_something_to_try(
    learner: Desk, slug: str, times: int
) -> None:
    assert (await _marked(learner, slug)).count(" v try it ") == times


@pytest.mark.slow
async def test_what_was_tried_stays_the_badge_of_that_variant(learner: Desk) -> None:
    await _marked(learner, SIMULATED, "v")
    again = await _marked(learner, SIMULATED)
    assert f"verified here on {TODAY} (simulated" in again
    assert "tried: holds" not in again
    own = read_own(learner.home, PACK).rows["variants"][SIMULATED]
    item = learner.library.item(f"{PACK}/{SIMULATED}")
    shown = make_variant(item, pack_id=PACK, seed=OTHER_SEED, language="en").parameters
    assert own["at"] == own["measured"][0]["condition"] == shown
    assert own["day"] == str(TODAY)
    assert own["seed"] == OTHER_SEED


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_a_jamo_tries_it_too_and_an_answer_may_have_a_v(
    learner: Desk, language: Language
) -> None:
    learner.choose_language(language)
    app = app_at(learner, _OneItem(learner, SIMULATED))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "v", "ㅍ")
        assert "vㅍ" in text_of(app)
        assert study_screen(app)._session.mark is None
        await press(pilot, "f3", "ㅍ")
        assert _HERE[SIMULATED][language == "ko"][0] in words_of(app)


class _Slow:
    """A trial that goes on until it is cancelled or let go."""

    def __init__(self) -> None:
        self.began, self.go_on = threading.Event(), threading.Event()
        self.cancelled = threading.Event()

    def __call__(self, *_: object, cancelled: Callable[[], bool], **__: object) -> object:
        self.began.set()
        while not self.go_on.wait(0.01):
            if cancelled():
                self.cancelled.set()
                raise Cancelled
        raise AssertionError("nobody cancelled")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Slow]:
    trial = _Slow()
    monkeypatch.setattr(variant_trial, "try_variant", trial)
    yield trial
    trial.go_on.set()


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
@pytest.mark.parametrize("key", first_quick(["escape", "ctrl+c"]))
async def test_a_trial_shows_that_it_goes_on_and_is_stopped(
    learner: Desk, slow: _Slow, key: str, language: Language
) -> None:
    learner.choose_language(language)
    app = app_at(learner, _OneItem(learner, SIMULATED))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        await pilot.press("v")
        assert slow.began.wait(30)
        await pilot.pause()
        going_on = "trying it…" if language == "en" else "시험하는 중…"
        assert going_on in text_of(app)
        await pilot.press("down", "v")  # the screen is alive, and a second v begins nothing
        await pilot.press(key)
        await settled(pilot)
        stopped = "The trial was stopped." if language == "en" else "시험을 멈췄습니다."
        assert stopped in text_of(app)
        assert slow.cancelled.wait(30)
        assert study_screen(app).shows_mark  # still there, to be rated
        assert not own_path(learner.home, PACK).exists()
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.slow
@pytest.mark.parametrize("keys", first_quick([["1"], ["ctrl+q"], ["s"]]))
async def test_whatever_leaves_the_question_ends_its_trial(
    learner: Desk, slow: _Slow, keys: list[str]
) -> None:
    app = app_at(learner, _OneItem(learner, SIMULATED))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        await pilot.press("v")
        assert slow.began.wait(30)
        await press(pilot, *keys)
    assert slow.cancelled.wait(30)
    assert not own_path(learner.home, PACK).exists()


async def test_a_trial_goes_on_in_the_other_language(
    learner: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on, cancelled = threading.Event(), threading.Event(), threading.Event()
    trial = variant_trial.try_variant

    def wait_and_try(*given: Any, **named: Any) -> VariantEvidence:
        began.set()
        while not go_on.wait(0.01):
            if named["cancelled"]():
                cancelled.set()
                raise Cancelled
        return trial(*given, **named)

    monkeypatch.setattr(variant_trial, "try_variant", wait_and_try)
    app = app_at(learner, _OneItem(learner, SIMULATED))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f3")
        await pilot.press("v")
        assert began.wait(30)
        await pilot.press("f9")  # what is settled would have no trial under way
        while study_screen(app)._busy or not study_screen(app).shows_mark:
            await pilot.pause(0.05)
        study_screen(app)._show_progress()  # as its timer does in a moment
        assert "시험하는 중…" in text_of(app)
        assert not cancelled.is_set()
        go_on.set()
        while study_screen(app)._trial is not None:
            await pilot.pause(0.05)
        assert _HERE[SIMULATED][1][0] in words_of(app)
        assert own_path(learner.home, PACK).exists()


@pytest.mark.slow
async def test_what_cannot_be_kept_is_shown_all_the_same(learner: Desk) -> None:
    (learner.home / "evidence").write_text("")
    said = await _marked(learner, SIMULATED, "v")
    assert "tried: holds" in said
    assert "what was found could not be kept in" in said


# --- attacks --------------------------------------------------------------------------------------


def _edit_lock(folder: Path) -> None:
    path = folder / "evidence.lock"
    before, place, after = path.read_text("utf-8").partition('"replicates": ')
    path.write_text(f"{before}{place}1{after}", "utf-8")


def _edit_item(folder: Path) -> None:
    path = folder / "items" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("Front", "The front"), "utf-8")


def _edit_claim(folder: Path) -> None:
    path = folder / "claims" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("The mean is m", "The mean is n"), "utf-8")


def _edit_notes(folder: Path) -> None:
    path = folder / "notes.ko.md"
    path.write_text(path.read_text("utf-8") + "\n한 줄 더\n", "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("edit", first_quick([_edit_lock, _edit_item, _edit_claim, _edit_notes]))
async def test_a_pack_that_was_edited_since_the_release_is_the_authors_word(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None]
) -> None:
    _seal(monkeypatch, folder)
    before = (folder / "evidence.lock").read_bytes(), load_pack(folder).digest
    edit(folder)
    assert ((folder / "evidence.lock").read_bytes(), load_pack(folder).digest) != before
    desk = desk_with(home, folder, "en")
    said = await _marked(desk, SIMULATED)
    assert "the author says so; not tried here (simulated)" in said
    assert "verified" not in said
    desk.close()


@pytest.mark.slow
async def test_a_lock_copied_from_another_pack_says_nothing(home: Path, folder: Path) -> None:
    other = bundled_pack_folder() / "evidence.lock"
    kept = json.loads((folder / "evidence.lock").read_text("utf-8"))
    copied = json.loads(other.read_text("utf-8"))
    copied["keys"][SIMULATED] = {**kept["keys"][SIMULATED], "revision": "0" * 12}
    (folder / "evidence.lock").write_text(json.dumps(copied), "utf-8")
    desk = desk_with(home, folder, "en")
    assert "not tried yet; v tries it" in await _marked(desk, SIMULATED)
    desk.close()


@pytest.mark.slow
async def test_what_was_tried_of_another_wording_or_version_does_not_count(
    learner: Desk,
) -> None:
    await _marked(learner, SIMULATED, "v")
    path = own_path(learner.home, PACK)
    whole = path.read_text("utf-8")
    for old, new in (
        (read_own(learner.home, PACK).rows["variants"][SIMULATED]["revision"], "0" * 12),
        ('"studytool": "0.1.0"', '"studytool": "0.0.9"'),
        ('"variants"', '"varian'),  # cut
    ):
        assert old in whole
        path.write_text(whole.replace(old, new), "utf-8")
        assert "the author says so" in await _marked(learner, SIMULATED)


@pytest.mark.slow
async def test_a_claim_that_was_edited_since_leaves_its_card_untried(
    home: Path, folder: Path
) -> None:
    desk = desk_with(home, folder, "en")
    assert "verified here" in await _marked(desk, ON_A_CLAIM, "v")
    desk.close()
    path = folder / "claims" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("{m: 2}", "{m: 3}"), "utf-8")
    desk = desk_with(home, folder, "en")
    assert "verified" not in await _marked(desk, ON_A_CLAIM)
    desk.close()


@pytest.mark.slow
async def test_what_is_refuted_here_outweighs_what_the_release_says(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pack is as it was shipped, and yet its key is found wrong here."""
    path = folder / "items" / "all.yaml"
    path.write_text(
        path.read_text("utf-8").replace('answer: {formula: "2*v"', 'answer: {formula: "2.5*v"')
    )
    desk = desk_with(home, folder, "en")
    said = await _marked(desk, SIMULATED, "v")
    assert f"beware: refuted here on {TODAY} (simulated" in said
    assert "outside" in said
    lock = folder / "evidence.lock"
    kept = json.loads(lock.read_text("utf-8"))
    kept["keys"][SIMULATED]["revision"] = desk.library.item(f"{PACK}/{SIMULATED}").revision
    lock.write_text(json.dumps(kept), "utf-8")
    desk.close()
    _seal(monkeypatch, folder)
    desk = desk_with(home, folder, "en")
    assert "beware: refuted here" in await _marked(desk, SIMULATED)
    desk.close()


@pytest.mark.slow
async def test_what_is_refuted_at_other_numbers_outweighs_what_holds_at_these(
    learner: Desk,
) -> None:
    assert "verified here" in await _marked(learner, SIMULATED, "v")
    held = read_own(learner.home, PACK).rows["variants"][SIMULATED]
    later = TODAY + timedelta(days=1)
    kept = OwnFinding(KeptFinding(Verdict.REFUTED, held["revision"], draws=3), later, "2.4.6")
    keep_own(learner.home, PACK, {"keys": {SIMULATED: kept}})
    assert f"beware: refuted here on {later}" in await _marked(learner, SIMULATED)


# --- the command line ----------------------------------------------------------------------------


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(program, list(arguments))
    return done.exit_code, done.output


@pytest.mark.usefixtures("learner")
def test_verify_tries_the_numbers_that_show_shows() -> None:
    name = f"{PACK}/{SIMULATED}"
    _, shown = _run("show", name, "--seed", "5", "--json")
    status, found = _run("verify", name, "--seed", "5", "--json")
    (key,) = json.loads(found)["keys"]
    assert status == 0
    assert (key["item"], key["draws"], key["seed"]) == (name, 1, 5)
    assert [one["condition"] for one in key["measured"]] == [json.loads(shown)["parameters"]]
    status, by_slug = _run("verify", SIMULATED, "--seed", "5")
    assert status == 0
    assert f"{name} (seed 5): n = " in by_slug


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [SIMULATED, ON_A_CLAIM])
async def test_what_verify_finds_is_the_badge_of_an_installed_pack(
    learner: Desk, language: Language, slug: str
) -> None:
    learner.choose_language(language)
    status, _ = _run("verify", PACK, "--item", slug)
    assert status == 0
    said = await _marked(learner, slug)
    assert ("verified here on" if language == "en" else "여기서 검증함") in said
    evidence = json.loads(_run("show", f"{PACK}/{slug}", "--json")[1])["evidence"]
    assert (evidence["source"], evidence["verdict"]) == ("here", "holds")
    assert evidence["day"] == read_own(learner.home, PACK).rows["keys"][slug]["day"]
    assert evidence["controls"] == evidence["rejected"] == 1
    low, high = evidence["interval"]
    assert low <= evidence["estimate"] <= high


@pytest.mark.slow
def test_what_verify_finds_of_a_folder_that_is_not_installed_is_not_kept(
    learner: Desk, folder: Path
) -> None:
    _edit_item(folder)
    status, _ = _run("verify", str(folder), "--item", SIMULATED)
    assert status == 0
    assert not own_path(learner.home, PACK).exists()


@pytest.mark.parametrize(
    "arguments", first_quick([[f"{PACK}/{SIMULATED}"], [PACK, "--item", SIMULATED]])
)
def test_verify_says_what_it_could_not_keep_and_still_holds(
    learner: Desk, arguments: list[str]
) -> None:
    (learner.home / "evidence").write_text("")
    done = CliRunner().invoke(program, ["verify", *arguments])
    assert done.exit_code == 0
    assert "what was found could not be kept in" in done.stderr
    assert "1 hold" in done.stdout


@pytest.mark.slow
def test_a_home_that_is_not_there_gets_no_log(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path / "nowhere"))
    assert _run("verify", str(folder), "--item", SIMULATED)[0] == 0
    assert [path.name for path in (tmp_path / "nowhere").iterdir()] == ["cache"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    first_row_quick(
        [
            (("doubledd",), "no pack or item named 'doubledd'. Did you mean 'doubled'?"),
            (("sample/doubledd",), "Did you mean 'sample/doubled'?"),
            (("nowhere/doubled",), "no pack named 'nowhere/doubled'."),
            (("doubled", "--write"), "doubled is one item: leave out --claim, --item, --without-"),
            (("doubled", "--mutants", "core"), "doubled is one item: leave out --claim"),
        ]
    ),
)
@pytest.mark.usefixtures("learner")
def test_a_name_of_neither_pack_nor_item(arguments: tuple[str, ...], said: str) -> None:
    status, output = _run("verify", *arguments)
    assert (status, said in output) == (2, True), output


@pytest.mark.usefixtures("learner")
def test_show_says_whose_word_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{PACK}/{SIMULATED}"
    shown = json.loads(_run("show", name, "--json")[1])["evidence"]
    assert (shown["source"], shown["independence"]) == ("author", "simulated")
    _seal(monkeypatch, folder)
    marked = json.loads(_run("mark", name, "--seed", "1", "--answer", "7", "--json")[1])
    assert (marked["evidence"]["source"], marked["evidence"]["day"]) == ("release", None)
    asked = json.loads(_run("mark", name, "--seed", "1", "--answer", "what", "--json")[1])
    assert asked["evidence"] is None


def test_a_damaged_file_of_findings_is_no_finding_of_the_doctor_and_written_anew(
    learner: Desk,
) -> None:
    assert _run("verify", f"{PACK}/{SIMULATED}")[0] == 0
    kept = json.loads(own_path(learner.home, PACK).read_text("utf-8"))
    own_path(learner.home, PACK).write_text("{", "utf-8")
    assert "evidence" not in _run("doctor", "--json")[1]
    assert _run("verify", f"{PACK}/{SIMULATED}")[0] == 0
    again = json.loads(own_path(learner.home, PACK).read_text("utf-8"))
    assert {part: [*again[part]] for part in PARTS} == {part: [*kept[part]] for part in PARTS}


@pytest.mark.slow
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_v_in_the_line_mode(learner: Desk, language: Language) -> None:
    learner.choose_language(language)
    learner.close()
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "study", PACK, "--plain"],
        input=":s\n:v\n:q\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    if language == "en":
        wanted = ["the author says so; not tried here", "tried: holds (", "verified here on "]
    else:
        wanted = ["지은이의 말일 뿐", "시험 결과: 성립 (", "여기서 검증함("]
    places = [done.stdout.find(words) for words in wanted]
    assert -1 < places[0] < places[1] < places[2], done.stdout


@pytest.mark.slow
def test_a_trial_keeps_what_it_found_only_where_nobody_cancelled(learner: Desk) -> None:
    session = _OneItem(learner, SIMULATED)
    session.start_next(NOW)
    trial = session.key_trial(NOW)
    assert trial is not None
    assert trial.day == TODAY
    stops: list[bool] = []

    def cancelled() -> bool:
        stops.append(True)
        return len(stops) > 2

    with pytest.raises(Cancelled):
        trial.run(cancelled=cancelled)
    assert not own_path(learner.home, PACK).exists()
    tried = trial.run(cancelled=lambda: False)
    assert (tried.evidence.key.verdict, tried.unkept) == (Verdict.HOLDS, None)
    again = trial.run(cancelled=lambda: False)
    assert again.evidence.key.measured == tried.evidence.key.measured  # the same, as seeded
    assert key_trial.own_finding(tried.evidence.key, trial.day).finding.seed == OTHER_SEED

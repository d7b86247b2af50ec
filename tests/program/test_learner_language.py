"""What the commands say to people is in the learner's language, errors and text alike."""

import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from studytool.errors import NotFoundError
from studytool.language import LANGUAGES, Language
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.bundled_library import install_bundled_pack
from tests.cases import first_quick, first_row_quick
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, draft

IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)
PACK = "deep-learning-notes"
ITEM = f"{PACK}/xavier-variance"
PAGE = 4096


def _studytool(home: Path, *arguments: str, language: Language) -> CompletedProcess[str]:
    (home / "settings.toml").write_text(f'language = "{language}"\n', "utf-8")
    install_bundled_pack(home)
    return run_program(*arguments, home=home)


def _refusal(home: Path, *arguments: str, language: Language) -> str:
    done = _studytool(home, *arguments, language=language)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.removeprefix("studytool: ").strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert _studytool(home, "due", language="en").returncode == 0
    return home


@pytest.mark.parametrize(
    ("arguments", "korean", "english"),
    first_row_quick(
        [
            (
                ("due", "deep-learning-note"),
                f"이름이 'deep-learning-note'인 꾸러미가 없습니다. 혹시 '{PACK}'인가요?",
                f"no pack named 'deep-learning-note'. Did you mean '{PACK}'?",
            ),
            (
                ("stats", "zzz"),
                f"이름이 'zzz'인 꾸러미가 없습니다. 설치된 꾸러미: {PACK}, statistics-primer.",
                f"no pack named 'zzz'. Installed: {PACK}, statistics-primer.",
            ),
            (
                ("item", "show", f"{PACK}/he-sdd"),
                f"이름이 '{PACK}/he-sdd'인 문항이 없습니다. 혹시 '{PACK}/he-sd'인가요?",
                f"no item named '{PACK}/he-sdd'. Did you mean '{PACK}/he-sd'?",
            ),
            (
                ("show", f"{PACK}/he-sdd"),
                f"이름이 '{PACK}/he-sdd'인 문항이 없습니다. 혹시 '{PACK}/he-sd'인가요?",
                f"no item named '{PACK}/he-sdd'. Did you mean '{PACK}/he-sd'?",
            ),
            (
                ("mark", "he-sdd", "--seed", "0", "--answer", "1"),
                "이름이 'he-sdd'인 문항이 없습니다. 혹시 'he-sd'인가요?",
                "no item named 'he-sdd'. Did you mean 'he-sd'?",
            ),
            (
                ("study", "--plain", "--concept", "schedule"),
                "이름이 'schedule'인 개념이 없습니다. 혹시 'schedules'인가요?",
                "no concept named 'schedule'. Did you mean 'schedules'?",
            ),
            (
                ("verify", "--claim", "xavier-compromis"),
                "이름이 'xavier-compromis'인 주장이 없습니다. 혹시 'xavier-compromise'인가요?",
                "no claim named 'xavier-compromis'. Did you mean 'xavier-compromise'?",
            ),
            (
                ("simulate", "dens_layer"),
                "이름이 'dens_layer'인 실험이 없습니다. 혹시 'dense_layer'인가요?",
                "no experiment named 'dens_layer'. Did you mean 'dense_layer'?",
            ),
            (
                ("config", "ordr", "due"),
                "이름이 'ordr'인 설정이 없습니다. 혹시 'order'인가요?",
                "no setting named 'ordr'. Did you mean 'order'?",
            ),
            (
                ("check", "nowhere"),
                "nowhere: 꾸러미가 아닙니다. pack.yaml이 없습니다. pack.yaml이 있는 폴더를 쓰세요.",
                "nowhere is no pack: it has no pack.yaml; name the folder that holds one",
            ),
            (
                ("study",),
                "전체 화면을 쓰려면 터미널이 필요합니다. 파이프에서는 이렇게 실행하세요: "
                "studytool study --plain",
                "the full screen needs a terminal; in a pipe use: studytool study --plain",
            ),
        ]
    ),
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_is_not_there_is_told_in_the_learners_language(
    installed: Path, arguments: tuple[str, ...], korean: str, english: str
) -> None:
    assert _refusal(installed, *arguments, language="ko") == korean
    assert _refusal(installed, *arguments, language="en") == english


def test_of_very_many_names_some_are_listed_and_the_others_counted() -> None:
    names = [f"a{k}" for k in range(30)]
    assert NotFoundError("claim", "zzz", names).text("en").endswith("a10, a11 and 18 more.")
    assert NotFoundError("claim", "zzz", names).text("ko").endswith("a10, a11 외 18개.")
    listed = NotFoundError("experiment", "zzz", names)
    assert listed.text("en").endswith(" and 18 more. See them all: studytool simulate --list")
    assert listed.text("ko").endswith(" 외 18개. 모두 보기: studytool simulate --list")
    empty = NotFoundError("pack", "zzz", [])
    assert empty.text("ko") == "이름이 'zzz'인 꾸러미가 없습니다. 아직 하나도 없습니다."
    assert empty.text("en") == "no pack named 'zzz'. There are none yet."


@IN_BOTH
@pytest.mark.parametrize(
    "command",
    first_quick([("due",), ("stats",), ("item", "list"), ("undo",), ("study", "--plain"), ("forecast",)]),
    ids=lambda words: words[0],
)  # fmt: skip
def test_damaged_pages_are_told_in_the_learners_language(
    tmp_path: Path, language: Language, command: tuple[str, ...]
) -> None:
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        for k in range(20):
            log.append_review(draft(f"pack/{k}", Rating.EASY, NOON + k * DAY))
    path = tmp_path / "reviews.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + b"\xff" * PAGE * 3 + whole[PAGE * 4 :])
    done = _studytool(tmp_path, *command, language=language)
    assert done.returncode == 2, done.stdout + done.stderr
    said = {"ko": "손상", "en": "damaged"}
    assert said[language] in done.stderr
    assert bool(re.search("[가-힣]", done.stderr)) is (language == "ko")


@IN_BOTH
def test_a_wrong_setting_is_told_in_the_language_of_the_file(
    tmp_path: Path, language: Language
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{language}"\nnew_per_day = -1\n')
    done = run_program("vacation", "3", home=tmp_path)
    assert done.returncode == 2
    assert bool(re.search("[가-힣]", done.stderr)) is (language == "ko")


@pytest.mark.parametrize(
    ("arguments", "labels"),
    first_row_quick([
        (("show", ITEM), {
            "ko": ("시드 0", "매개변수: ", "정답: ", "오개념 he: ", "힌트: "),
            "en": ("seed 0", "parameters: ", "key: ", "misconception he: ", "hint: "),
        }),
        (("mark", ITEM, "--seed", "0", "--answer", "1"), {
            "ko": ("✗ 틀렸습니다", "내 답: 1", "정답: ", "점수: ", "제안하는 평가: 다시"),
            "en": ("✗ Not right", "Yours: 1", "Answer: ", "suggested rating: again"),
        }),
        (("mark", ITEM, "--seed", "0", "--answer", "x"), {
            "ko": ("채점: 읽을 수 없는 답", "읽을 수 없습니다. 0.25"),
            "en": ("outcome: unreadable", "cannot be read."),
        }),
        (("verify", "--claim", "xavier-compromise"), {
            "ko": (f"{PACK}: 주장", "  성립 ", "대조 4개 중 4개 기각", "성립 1, 반증됨 0", "일치합니다"),
            "en": (f"{PACK}: claims", "  holds ", "controls 4/4", "1 hold, 0 refuted", "agrees"),
        }),
    ]),
    ids=["show", "mark", "mark-unreadable", "verify"],
)  # fmt: skip
def test_labels_are_in_the_learners_language(
    installed: Path, arguments: tuple[str, ...], labels: dict[Language, tuple[str, ...]]
) -> None:
    said = {}
    for language in LANGUAGES:
        done = _studytool(installed, *arguments, language=language)
        assert done.returncode == 0, done.stderr
        said[language] = done.stdout
        assert [label for label in labels[language] if label not in said[language]] == []
    assert not re.search("[가-힣]", said["en"])
    assert not [label for label in labels["en"] if label in said["ko"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    first_row_quick(
        [
            (("exam",), {"ko": "시험", "en": "exam"}),
            (("exam", "--missed"), {"ko": "30일", "en": "missed"}),
            (("verify", ITEM), {"ko": "성립", "en": "holds"}),
        ]
    ),
)
def test_one_run_may_be_in_the_other_language_which_is_not_kept(
    installed: Path, arguments: tuple[str, ...], said: dict[Language, str]
) -> None:
    both: list[tuple[Language, Language]] = [("ko", "en"), ("en", "ko")]
    for kept, asked in both:
        done = _studytool(installed, *arguments, "--lang", asked, language=kept)
        assert done.returncode == 0, done.stderr
        assert bool(re.search("[가-힣]", done.stdout + done.stderr)) is (asked == "ko")
        assert said[asked] in done.stdout
        assert f'"{kept}"' in (installed / "settings.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments", [("show", "no-such/item"), ("check", "no-such"), ("exam", "no-day")]
)
@IN_BOTH
def test_an_error_is_in_the_language_that_the_run_asks_for(
    tmp_path: Path, language: Language, arguments: tuple[str, ...]
) -> None:
    other = next(one for one in LANGUAGES if one != language)
    (tmp_path / "settings.toml").write_text(f'language = "{other}"\n', "utf-8")
    done = run_program(*arguments, "--lang", language, home=tmp_path)
    assert done.returncode == 2
    assert bool(re.search("[가-힣]", done.stderr)) is (language == "ko"), done.stderr

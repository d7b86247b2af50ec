"""``check --fix``: what is mended reads as it was meant, and nothing else is touched."""

import errno
from pathlib import Path

import pytest

from studytool.authoring.fixing import fix_pack
from studytool.packs.diagnostics import Edit, Place
from studytool.packs.reader import read_pack
from tests.in_process import run_program
from tests.packs.samples import CARD, NUMERIC, write_pack

ITEMS = "items/all.yaml"


def _fixed(folder: Path, items: str) -> tuple[list[str], str]:
    write_pack(folder, items=items)
    codes = [found.code for found in fix_pack(folder)]
    return codes, (folder / ITEMS).read_bytes().decode()


def _card(front: str) -> str:
    return CARD.replace("{ko: 앞면, en: Front}", front)


@pytest.mark.parametrize(("wrong", "right", "codes"), [
    # --- TeX in double quotes
    (_card(r'{ko: 앞, en: "the $\theta$"}'), _card(r"{ko: 앞, en: 'the $\theta$'}"), ["E121"]),
    (_card(r'{ko: 앞, en: "it\"s $\\theta$, isn' + "'" + r't it"}'),  # its own quotes and escapes
     _card(r"{ko: 앞, en: 'it" + '"' + r"s $\theta$, isn''t it'}"), ["E121"]),
    (_card(r'{ko: "$\alpha$", en: "$\beta$"}'), _card(r"{ko: '$\alpha$', en: '$\beta$'}"),
     ["E121", "E121"]),
    (_card(r"""{ko: 'a "b', en: "c $\beta$"}"""), _card(r"""{ko: 'a "b', en: 'c $\beta$'}"""),
     ["E121"]),
    (_card(r"""{ko: it's, en: "c $\beta$"}"""), _card(r"""{ko: it's, en: 'c $\beta$'}"""), ["E121"]),
    # --- keys
    (CARD.replace("front:", "frnt:"), CARD, ["E201"]),
    (CARD.replace("  kind:", "  knd:"), CARD, ["E201"]),
    (NUMERIC.replace("require:", "where:"), NUMERIC, ["E201"]),
    (NUMERIC.replace("tolerance: {rel: 0.02}", "rtol: 0.02"),
     NUMERIC.replace("rel: 0.02", "rel: 2%"), ["E201"]),
    (CARD.replace("front:", "frnt:").replace("back:", "bak:") + NUMERIC, CARD + NUMERIC,
     ["E201", "E201"]),
    # --- a language that is missing
    (_card("{ko: 앞면}"), _card("{ko: 앞면, en: 'TODO: 앞면'}"), ["W401"]),
    (_card("{ko: '앞, 면'}"), _card("{ko: '앞, 면', en: 'TODO: 앞, 면'}"), ["W401"]),
    (_card('\n    ko: "앞: 면"'), _card('\n    ko: "앞: 면"\n    en: "TODO: 앞: 면"'), ["W401"]),
    (_card("\n    ko: 앞면"), _card("\n    ko: 앞면\n    en: 'TODO: 앞면'"), ["W401"]),
    (_card("\n    ko: 앞, `{x}` 면"), _card("\n    ko: 앞, `{x}` 면\n    en: 'TODO: 앞, `{x}` 면'"),
     ["W401"]),
    (_card("\n    ko: |\n      앞\n\n      면\n"),
     _card("\n    ko: |\n      앞\n\n      면\n    en: |\n      TODO: 앞\n\n      면\n"), ["W401"]),
    (_card("\n    ko: 앞면") + _card("\n    ko: 둘째").replace("recall", "other"),
     _card("\n    ko: 앞면\n    en: 'TODO: 앞면'")
     + _card("\n    ko: 둘째\n    en: 'TODO: 둘째'").replace("recall", "other"),
     ["W401", "W401"]),
    # --- all at once: what the syntax hid is mended after it
    (_card(r'{ko: "$\sigma$"}').replace("kind:", "knd:"),
     _card(r"{ko: '$\sigma$', en: 'TODO: $\sigma$'}"), ["E121", "E201", "W401"]),
])  # fmt: skip
def test_what_is_sure_is_mended(tmp_path: Path, wrong: str, right: str, codes: list[str]) -> None:
    beside = NUMERIC if "recall" in wrong and "doubled" not in wrong else ""
    assert _fixed(tmp_path, wrong + beside) == (codes, right + beside)
    assert {one.code for one in read_pack(tmp_path).diagnostics} <= {"W418"}


@pytest.mark.parametrize("unsure", [
    _card(r'{ko: 앞, en: "a tab\tand $\theta$"}'),  # its \t may be a tab
    _card('{ko: 앞, en: "over\n    two $\\theta$"}'),
    CARD.replace("kind: card", "kind: crad"),  # no key
    CARD.replace("  back", "  weight: 2\n  back"),  # near to none
    CARD + "  frnt: another\n",  # the key that is meant stands there
    NUMERIC.replace("tolerance: {rel: 0.02}", "rtol: 0.02, atol: 1"),
    _card("\n    ko: 앞\n      면"),  # a plain text over two lines
    _card("\n    ko: 앞 # a comment"),
    CARD.replace("id: recall", "id: recall\n  tags: [Linear Algebra]"),
])  # fmt: skip
def test_what_is_not_sure_is_left_alone(tmp_path: Path, unsure: str) -> None:
    assert _fixed(tmp_path, unsure) == ([], unsure)
    assert read_pack(tmp_path).diagnostics


def test_an_edit_that_does_not_help_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def useless(name: str, source: str, at: int) -> Edit:
        return Edit(Place(name, source.count("\n", 0, at) + 1, 1), 0, " ")

    monkeypatch.setattr("studytool.packs.quoted_tex.in_single_quotes", useless)
    wrong = _card('\n    ko: 앞\n    en: "$\\beta$"').replace("kind:", "knd:")
    codes, after = _fixed(tmp_path, wrong)
    assert (codes, after) == (["E201"], wrong.replace("knd:", "kind:"))


@pytest.mark.parametrize("before", ["\ufeff", ""])
def test_line_ends_and_mark_of_a_file_stay(tmp_path: Path, before: str) -> None:
    write_pack(tmp_path)
    wrong = before + (CARD.replace("front:", "frnt:") + NUMERIC).replace("\n", "\r\n")
    (tmp_path / ITEMS).write_bytes(wrong.encode())
    assert [one.code for one in fix_pack(tmp_path)] == ["E201"]
    assert (tmp_path / ITEMS).read_bytes().decode() == wrong.replace("frnt:", "front:")


def test_letters_in_parts_are_left_as_they_are(tmp_path: Path) -> None:
    parted = CARD.replace("앞면", "\u1100\u1161").replace("front:", "frnt:")
    write_pack(tmp_path, items=parted + NUMERIC)
    assert fix_pack(tmp_path) == ()
    assert (tmp_path / ITEMS).read_bytes().decode() == parted + NUMERIC


def test_the_command_says_what_it_mended_and_checks_what_is_left(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", items=CARD.replace("front:", "frnt:") + NUMERIC)
    given = ("check", str(folder), "--lang", "en")
    assert run_program(*given, home=tmp_path / "home").returncode == 1
    run = run_program(*given, "--fix", home=tmp_path / "home")
    assert run.stderr == "items/all.yaml:4:3: mended E201: unknown key 'frnt'\n"
    assert (run.returncode, run.stdout) == (0, "0 errors, 0 warnings, 2 items, 1 claim\n")
    again = run_program(*given, "--fix", home=tmp_path / "home")
    assert (again.returncode, again.stderr) == (0, "")


def test_a_file_that_cannot_be_written_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack(tmp_path / "pack", items=CARD.replace("front:", "frnt:") + NUMERIC)
    before = (folder / ITEMS).read_bytes()

    def full(path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space", str(path))

    monkeypatch.setattr("studytool.authoring.fixing.write_whole", full)
    run = run_program("check", str(folder), "--fix", "--lang", "en", home=tmp_path / "home")
    assert (run.returncode, run.stdout) == (2, "")
    assert "could not be mended" in run.stderr or "고쳐 쓸 수 없습니다" in run.stderr
    assert (folder / ITEMS).read_bytes() == before


def test_of_many_mended_the_first_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.packs.diagnostics.MOST_SHOWN", 1)
    items = CARD.replace("front:", "frnt:").replace("back:", "bak:") + NUMERIC
    folder = write_pack(tmp_path / "pack", items=items)
    run = run_program("check", str(folder), "--fix", "--lang", "en", home=tmp_path / "home")
    assert run.stderr.splitlines()[1:] == ["and 1 more mended"]

"""The help pages: whole in both languages, within 80 cells, and as the program's tables are."""

import ast
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import studytool
from studytool.cli import output, program
from studytool.cli.command_reference import find_command
from studytool.doctor.findings import FINDING_CODES
from studytool.faults import FAULTS
from studytool.formula.draws import DRAWS
from studytool.formula.functions import FUNCTIONS
from studytool.help.answer_rows import EXAMPLES
from studytool.help.formula_words import KOREAN, KOREAN_DRAWS, KOREAN_SOURCES
from studytool.help.json_reference import json_lines
from studytool.help.pack_keys import WORDS, own_keys
from studytool.help.tables import STATUSES
from studytool.help.topics import TOPICS, read_source
from studytool.json_output import JSON_OUTPUTS
from studytool.language import LANGUAGES, Language
from studytool.numerics.closed_forms import CLOSED_FORMS
from studytool.packs.codes import CODES
from studytool.packs.model import Model
from studytool.packs.pack import Pack
from studytool.packs.reader import read_pack
from studytool.packs.validation import every_model
from studytool.review_log.kinds import KINDS
from studytool.settings import Settings, all_settings, save_settings
from studytool.typeset.cells import cell_width
from studytool.wording.commands import ABOUT_COMMANDS
from studytool.wording.events import EVENT_WORDS
from tests.packs.samples import MANIFEST, write_pack
from tests.quiz.typed_answers import (
    ASKED,
    IN_UNITS,
    READ,
    REFUSED,
    REFUSED_IN_UNITS,
    AskedRow,
    ReadRow,
    RefusedRow,
)
from tests.rows import all_rows
from tests.sources import nodes_of

ROOT = Path(studytool.__file__).parent
PAGES = list(product(TOPICS, LANGUAGES))


def run_help(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["help", *arguments])


def page(topic: str, language: Language) -> str:
    done = run_help(topic, "--lang", language)
    assert done.exit_code == 0, done.output
    return done.stdout


@all_rows(("topic", "language"), PAGES)
def test_a_page_in_a_pipe_is_plain_text_within_80_cells(topic: str, language: Language) -> None:
    text = page(topic, language)
    assert [line for line in text.splitlines() if cell_width(line) > 80] == []
    assert text.replace("\n", "").isprintable()
    assert not re.search(r"^\s*(#|```|\{\{\w+\}\}$)", text, re.MULTILINE)  # all of it was set
    assert bool(re.search("[가-힣]", text)) == (language == "ko" or topic == "packs")


@all_rows("topic", TOPICS)
def test_the_two_languages_of_a_page_have_the_same_parts(topic: str) -> None:
    parts = [
        re.findall(r"^(?:#+ |- |\{\{\w+\}\}|```)", read_source(topic, language), re.MULTILINE)
        for language in LANGUAGES
    ]
    assert parts[0] == parts[1]


@all_rows("topic", TOPICS)
def test_the_two_languages_of_a_page_name_the_same_commands_and_files(topic: str) -> None:
    def names(language: Language) -> set[str]:
        code = re.findall(r"`([^`\n]+)`", read_source(topic, language))
        return {one for one in code if one.isascii() and one != "(like NAME)"}

    ko, en = names("ko"), names("en")
    assert {one for one in ko ^ en if not one.startswith("studytool ")} == set()  # NAME, VALUE


def test_lines_to_be_copied_are_not_broken() -> None:
    """A page is written within 80 cells, two of them before each line of code."""
    for topic, language in PAGES:
        blocks = re.findall(
            r"^```[^\n]*\n(.*?)^```", read_source(topic, language), re.DOTALL | re.MULTILINE
        )
        lines = "".join(blocks).splitlines()
        assert [line for line in lines if cell_width(line) > 78] == [], topic


@pytest.mark.parametrize("width", [40, 60])
def test_prose_fits_a_narrow_terminal(width: int) -> None:
    from studytool.help.page import page_lines, plain_text

    for language in LANGUAGES:
        lines = page_lines("study", language, width=width)
        assert max(cell_width(plain_text([line])) for line in lines) <= width


def test_without_a_topic_all_are_listed() -> None:
    for language in LANGUAGES:
        done = run_help("--lang", language)
        assert [topic for topic in TOPICS if f"\n  {topic} " not in done.stdout] == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "did you mean 'settings'"), ("ko", "혹시 'settings'인가요?")]
)
def test_an_unknown_topic_names_the_nearest(
    language: Language, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language=language))
    done = run_help("setings")
    assert done.exit_code == 2
    assert words.lower() in done.stderr.lower()


def leaves(group: click.Group, name: str = "") -> list[str]:
    names = []
    for word in group.list_commands(click.Context(group)):
        whole = f"{name} {word}".strip()
        command = find_command(program, whole)
        names += leaves(command, whole) if isinstance(command, click.Group) else [whole]
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_listed(language: Language) -> None:
    text = page("commands", language)
    entries = {
        entry.split("\n    ")[0]: " ".join(entry.split())
        for entry in re.split(r"\n\n\s+(?=studytool )", text)
    }
    for name in leaves(program):
        command = find_command(program, name)
        [entry] = [one for one in entries.values() if one.startswith(f"studytool {name} ")]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
                assert parameter.opts[-1] in entry, (name, parameter.opts)


def test_every_command_has_its_words() -> None:
    groups = {name.split()[0] for name in ABOUT_COMMANDS if " " in name}
    assert set(ABOUT_COMMANDS) == {*leaves(program), *groups}


def _codes_in(folder: Path) -> set[str]:
    """Return the string constants of a room that look like a code of a diagnostic."""
    found = set()
    for module in folder.rglob("*.py"):
        if module.name != "codes.py":
            for node in nodes_of(module):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= set(re.findall(r"^[EW]\d{3}$", node.value))
    return found


@pytest.mark.slow
def test_every_code_of_check_is_explained() -> None:
    assert set(CODES) == _codes_in(ROOT)
    assert list(CODES) == sorted(CODES)


def _finding_codes() -> set[str]:
    """Return the string constants of the doctor's checks that look like a code."""
    modules = [*(ROOT / "doctor").glob("*_findings.py"), ROOT / "doctor/examine.py"]
    found = set()
    for module in [*modules, ROOT / "cli/doctor.py"]:
        for node in nodes_of(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(re.findall(r"^[a-z]+(?:_[a-z]+)+$", node.value))
    return found - {"as_json", "repair_them"}


def test_every_code_of_the_doctor_is_explained() -> None:
    assert set(FINDING_CODES) == _finding_codes()
    assert list(FINDING_CODES) == sorted(FINDING_CODES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_listed(language: Language) -> None:
    lines = page("codes", language).splitlines()
    assert [fault for fault in FAULTS if f"  {fault}" not in lines] == []


def test_every_key_of_a_pack_has_words_and_every_word_its_key() -> None:
    keys = {(model, key) for model in WORDS for key in own_keys(model)}
    assert keys == {(model, key) for model, words in WORDS.items() for key in words}
    assert set(every_model(Model)) - set(WORDS) == {Pack}


def test_every_function_has_words_in_korean() -> None:
    assert set(KOREAN) == {*FUNCTIONS, *CLOSED_FORMS}
    assert set(KOREAN_DRAWS) == set(DRAWS)


def test_every_source_that_cites_nothing_has_words_in_korean() -> None:
    of_words = {form.source for form in CLOSED_FORMS.values() if not re.search(r"\d", form.source)}
    assert of_words == set(KOREAN_SOURCES)
    text = " ".join(page("formulas", "ko").split())
    assert [source for source in of_words if source in text] == []
    assert [source for source in KOREAN_SOURCES.values() if f"[{source}]" not in text] == []


def test_every_exit_status_is_explained() -> None:
    constants = {
        value for name, value in vars(output).items() if name.isupper() and isinstance(value, int)
    }
    assert constants <= set(STATUSES)


def test_every_kind_of_event_is_listed() -> None:
    assert set(EVENT_WORDS) == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_listed_with_its_default(language: Language) -> None:
    text = page("settings", language)
    rows = [f"\n    {row.name}: {row.label.text(language)}  (" for row in all_settings().values()]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_an_answer_is_a_row_of_the_table(language: Language) -> None:
    text = page("answers", language)
    rows: list[ReadRow | AskedRow | RefusedRow] = [*READ, *ASKED, *REFUSED]
    tried: set[tuple[str, str | None]] = {(row.text, None) for row in rows}
    tried |= {(row.text, row.unit) for row in IN_UNITS}
    tried |= {(typed, unit) for unit, typed, _ in REFUSED_IN_UNITS}
    for examples in EXAMPLES:
        shown = language == "ko" or not examples.is_korean
        assert (examples.title.text(language) in text) is shown
        for typed in examples.texts:
            assert (typed, examples.unit) in tried, typed
            assert (f"    {typed}  " in text) is shown or not examples.is_korean


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_json_key_is_listed_below_its_command(language: Language) -> None:
    text = "\n".join(json_lines(language, width=78))
    sections = {part.splitlines()[0]: part for part in text.split("\n\n")}
    assert list(sections) == list(JSON_OUTPUTS)
    for name, kind in JSON_OUTPUTS.items():
        for key in kind.__annotations__:
            assert f"\n  {key} " in sections[name]


_TOPICS_WITHOUT = [
    (sorted(TOPICS.keys() - {"packs", "formulas", "data"}), "numpy pydantic yaml textual apsw"),
    (["packs"], "numpy textual apsw"),
    (["formulas"], "pydantic yaml textual apsw"),
    (["data"], "numpy pydantic yaml textual"),
]


@pytest.mark.parametrize(("topics", "unwanted"), _TOPICS_WITHOUT)
def test_a_page_loads_no_more_than_its_tables_need(topics: list[str], unwanted: str) -> None:
    code = (
        "import sys; from studytool.cli import program\n"
        f"for topic in {topics}:\n"
        "    program.main(['help', topic], standalone_mode=False)\n"
        f"    if loaded := set('{unwanted}'.split()) & set(sys.modules):\n"
        "        sys.stderr.write(f'{topic}: {loaded} ')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_the_example_of_the_packs_page_is_a_pack(tmp_path: Path) -> None:
    """The last two, in both languages the same; ``check`` finds nothing wrong with it."""
    pages = [read_source("packs", language) for language in LANGUAGES]
    examples = {
        tuple(part.split("```")[0] for part in page.split("```yaml\n")[-2:]) for page in pages
    }
    [(item, experiment)] = examples
    manifest = MANIFEST.replace("id: scale", "id: he")
    write_pack(tmp_path, manifest=manifest, items=item, claims="[]\n")
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments/all.yaml").write_text(experiment, encoding="utf-8")
    assert [str(found) for found in read_pack(tmp_path).diagnostics] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_settings_names_those_of_one_device(language: Language) -> None:
    prose = " ".join(read_source("settings", language).split())
    named = next(one for one in prose.split(". ") if "`ask_confidence`" in one)
    local = {name for name, row in all_settings().items() if row.is_local}
    assert set(re.findall(r"`(\w+)`", named)) == local

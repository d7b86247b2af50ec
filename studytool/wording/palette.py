"""The palette in words: what each row leads to, and the rows of actions, settings and themes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from studytool.language import LANGUAGES, Language, Phrase
from studytool.search.reader import folded
from studytool.session.palette import PalettePlace
from studytool.settings import all_settings
from studytool.typeset.cells import cell_width, cut, pad
from studytool.typeset.math_line import set_formulas
from studytool.wording.items import TITLES
from studytool.wording.keys import KEYS, KeyPlace, KeyRow
from studytool.wording.settings import SETTING

PALETTE_TITLE = Phrase(
    "무엇을 할까요? 명령, 문항, 개념, 설정… 초성도 됩니다",
    "an action, item, concept, claim, setting…",
)
NO_MATCH = Phrase(
    "맞는 것이 없습니다. Enter로 문항 글에서 찾습니다.",
    "Nothing has this name; Enter looks for it in the texts of items.",
)
ONLY_FIRST = Phrase(
    "{n}개를 보입니다. 더 입력하면 좁혀집니다.", "The first {n}; type on to narrow them."
)
STUDY_MISCONCEPTIONS = Phrase("내 오개념 공부", "study my misconceptions")
STUDY_TODAY = Phrase("오늘 공부 시작", "begin today's study")
_THEME = Phrase("테마: {name}", "theme: {name}")
_THEMES = {
    "dark": Phrase("어두운 바탕", "dark"),
    "light": Phrase("밝은 바탕", "light"),
    "contrast": Phrase("강한 대비", "high contrast"),
    "dracula": Phrase("드라큘라", "Dracula"),
    "rose-pine": Phrase("로제 파인", "Rosé Pine"),
    "rose-pine-moon": Phrase("로제 파인 달", "Rosé Pine Moon"),
}
_PREVIEW = Phrase("꾸러미 미리 보기: {pack}", "preview a pack: {pack}")
_TOPIC = Phrase("도움말: {about}", "help: {about}")
_DO = Phrase("명령", "action")
_CLAIM = Phrase("주장", "claim")
_KIND_WIDTH = 10

RowKind = Literal["here", "home", "study", "misconceptions", "theme", "preview", "topic", "setting"]


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """A row that is there without any pack.

    Attributes:
        name: of the action, the theme or the setting.
        title: what it does.
        key: that does it too; empty where none does.
        text: what it is found by, folded.
    """

    kind: RowKind
    name: str
    title: str
    key: str
    text: str


def palette_rows(
    place: KeyPlace | None, language: Language, *, idle: Collection[str], has_home: bool
) -> Iterator[PaletteRow]:
    """Return the rows in the order shown before anything is typed.

    Args:
        place: where the learner is; None on a screen without a line of keys.
        language: of the titles; both languages find a row.
        idle: actions that would do nothing now.
        has_home: whether the learner's state is open, and home below what is in view.
    """
    seen = set(idle)
    here = [row for row in KEYS if place in row.places]
    home = [row for row in KEYS if KeyPlace.HOME in row.places] if has_home else []
    if has_home:
        yield _row("study", "", STUDY_TODAY, language)
        yield _row("misconceptions", "", STUDY_MISCONCEPTIONS, language)
    for row in [*here, *home]:
        if row.action and row.about is not None and row.action not in seen:
            seen.add(row.action)
            yield _action("here" if row in here else "home", row, language)
    if has_home:
        for name, phrase in _THEMES.items():
            titles = {one: _THEME.text(one, name=phrase.text(one)) for one in LANGUAGES}
            yield PaletteRow(
                "theme",
                name,
                titles[language],
                "",
                folded(" ".join([titles[language], *titles.values(), name])),
            )
        for name, setting in all_settings().items():
            title = f"{setting.label.text(language)}: {setting.about.text(language)}"
            said = (
                phrase.text(one) for phrase in (setting.label, setting.about) for one in LANGUAGES
            )
            text = folded(" ".join([setting.label.text(language), name, *said]))
            yield PaletteRow("setting", name, title, "", text)


def preview_rows(packs: Iterable[tuple[str, str]], language: Language) -> Iterator[PaletteRow]:
    """Return a row for each pack, by id and title, that shows it as its author sees it."""
    for name, title in packs:
        said = {one: _PREVIEW.text(one, pack=title) for one in LANGUAGES}
        text = folded(" ".join([said[language], *said.values(), name]))
        yield PaletteRow("preview", name, said[language], "", text)


def topic_rows(topics: Mapping[str, Phrase], language: Language) -> Iterator[PaletteRow]:
    """Return a row for each topic of help, by its name and what it is about, that opens its page."""
    for name, about in topics.items():
        said = {one: _TOPIC.text(one, about=about.text(one)) for one in LANGUAGES}
        text = folded(" ".join([said[language], *said.values(), name]))
        yield PaletteRow("topic", name, said[language], "", text)


def row_line(row: PaletteRow | PalettePlace, language: Language, *, width: int) -> str:
    """Write a row in ``width`` cells: its kind, its title, its key at the right."""
    if isinstance(row, PaletteRow):
        kind = (SETTING if row.kind == "setting" else _DO).text(language)
        title, key = row.title, row.key
    else:
        kind = {"concept": TITLES[-1], "claim": _CLAIM, "item": TITLES[0]}[row.kind].text(language)
        title, key = _place_title(row), ""
    before = pad(cut(kind, _KIND_WIDTH - 1), _KIND_WIDTH)
    room = max(1, width - _KIND_WIDTH - (cell_width(key) + 1 if key else 0))
    return f"{before}{pad(cut(title, room), room)}{' ' + key if key else ''}".rstrip()


def _place_title(place: PalettePlace) -> str:
    slug = place.name.rpartition("/")[2]
    title = set_formulas(place.title)
    match place.kind:
        case "claim":
            return title
        case "concept":
            return f"{title} ({slug})"
        case "item":
            return f"{slug}: {title}"


def _action(kind: RowKind, row: KeyRow, language: Language) -> PaletteRow:
    about = row.does if row.about is None else row.about
    return _row(kind, row.action, about, language, key=row.names[0])


def _row(
    kind: RowKind, name: str, title: Phrase, language: Language, *, key: str = ""
) -> PaletteRow:
    text = " ".join([title.text(language), *(title.text(one) for one in LANGUAGES)])
    return PaletteRow(kind, name, title.text(language), key, folded(text))

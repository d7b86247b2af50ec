"""Every spelling that a blank of the bundled pack takes is right, whatever the language asked in."""

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.clozes import Cloze
from studytool.packs.reader import load_pack
from studytool.quiz.answer import FilledBlanks
from studytool.quiz.ask import make_variant
from studytool.quiz.key import BlankKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
CLOZES = [item for item in PACK.items if isinstance(item, Cloze)]


@all_rows("language", LANGUAGES)
@all_rows("item", CLOZES, ids=[item.id for item in CLOZES])
def test_each_spelling_is_right(item: Cloze, language: Language) -> None:
    asked = make_variant(item, pack_id=PACK.id, seed=1, language=language)
    assert isinstance(asked.key, BlankKey)
    blanks = asked.key.blanks
    for place, blank in enumerate(blanks):
        spellings = blank.wanted if isinstance(blank.wanted, tuple) else (blank.text,)
        for spelling in spellings:
            typed = [spelling if at == place else one.text for at, one in enumerate(blanks)]
            read = read_answer(asked, "; ".join(typed))
            assert isinstance(read, FilledBlanks), spelling
            assert mark(item, asked, read).outcome is Outcome.RIGHT, spelling

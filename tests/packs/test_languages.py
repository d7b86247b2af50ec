"""A pack in a language that the program does not speak is checked and asked like any other."""

from pathlib import Path

from studytool.language import LANGUAGES
from studytool.packs.reader import load_pack, read_pack
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.ask import make_variant
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from tests.packs.samples import MANIFEST, write_pack

FRENCH = MANIFEST.replace("[ko, en]", "[fr]").replace("{ko: 규모, en: Scale}", "Échelle")
ITEMS = """\
- id: double
  kind: numeric
  concept: scale
  params: {n: {integers: [3, 40]}}
  prompt: Combien font deux fois {n} ?
  answer: {formula: 2*n}
  misconceptions:
    - {id: carre, formula: n**2, say: {fr: C'est le carré.}}
  solution: 'Deux fois {n} font {answer}.'
  check: {sample: '2*sum(normal(1,1,[reps,n]),axis=1)'}
- id: variance
  kind: cloze
  concept: scale
  text: La moyenne des carrés des écarts est la [[mot]].
  blanks: {mot: {accept: [variance]}}
"""


def test_a_pack_in_french_alone(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, manifest=FRENCH, items=ITEMS, claims="[]\n")
    assert [str(found) for found in read_pack(folder).diagnostics] == []
    double, cloze = load_pack(folder).items
    for language in LANGUAGES:  # the program's own sentences are in one of them
        asked = make_variant(double, pack_id="p", seed=1, language=language)
        n = int(asked.parameters["n"])
        assert asked.prompt == f"Combien font deux fois {n} ?"
        read = read_answer(asked, str(n**2))
        assert not isinstance(read, Ambiguous | Unreadable)
        found = mark(double, asked, read)
        assert (found.misconception, found.feedback) == ("carre", "C'est le carré.")
        words = make_variant(cloze, pack_id="p", seed=1, language=language)
        read = read_answer(words, "Variance")
        assert not isinstance(read, Ambiguous | Unreadable)
        assert mark(cloze, words, read).outcome is Outcome.RIGHT


def test_a_text_falls_back_to_the_pack_s_first_language(tmp_path: Path) -> None:
    """An English learner of a pack in French and German reads French, however it is written."""
    manifest = MANIFEST.replace("[ko, en]", "[fr, de]").replace("{ko: 규모, en: Scale}", "Maß")
    card = "- {id: c, kind: card, concept: scale, front: {de: Frage, fr: Question}, back: '1'}\n"
    pack = load_pack(write_pack(tmp_path, manifest=manifest, items=card, claims="[]\n"))
    assert make_variant(pack.items[0], pack_id="p", seed=0, language="en").prompt == "Question"

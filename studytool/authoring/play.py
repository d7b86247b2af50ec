"""Play an entry as a learner and an author would: draw it, set it, type its answers, mark them."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import isclose

from studytool.authoring.negative_signs import negative_signs
from studytool.authoring.play_problem import Fields, PlayFault, PlayProblem
from studytool.authoring.set_texts import unset_texts
from studytool.authoring.small_measurements import unsettled_measurements
from studytool.authoring.small_samples import refused_formulas, refused_samples
from studytool.authoring.typed_answers import TypedAnswer, right_answers, wrong_answers
from studytool.authoring.undrawn import why_undrawn
from studytool.authoring.variety import dull_variety
from studytool.errors import FormulaError, NotFoundError, StudytoolError, UndrawableError
from studytool.language import LANGUAGES, Language
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.clozes import Cloze
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemTest
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.scope import scope_of
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.ask import make_variants
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import give_up, mark
from studytool.quiz.mark_value import Mark
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant

SAMPLED_DRAWS = 3
SHUFFLES = 5
SET_PLAYS = 3
"""Of an item: numbers change how its formulas look, seldom whether they can be laid out."""


def play_entry(
    entry: Item | Claim | PackExperiment, *, pack_id: str, languages: Sequence[Language], plays: int
) -> tuple[PlayProblem, ...]:
    """Return the problems of an entry; each once, at the first seed that shows it."""
    match entry:
        case Claim():
            found = _play_claim(entry)
        case PackExperiment():
            found = refused_formulas(entry)
        case _:
            found = _ItemPlays(entry, pack_id, languages).problems(plays)
    first: dict[tuple[object, ...], PlayProblem] = {}
    with suppress(NotFoundError):  # an experiment with errors, which are told where it stands
        for problem in found:
            name = problem.fields.get("name", problem.fields.get("spot"))
            first.setdefault((problem.fault, problem.path, name), problem)
    return tuple(first.values())


def _play_claim(claim: Claim) -> Iterator[PlayProblem]:
    for number, check in enumerate(claim.checks):
        if isinstance(check, ValueCheck):
            for given in check.given[:SAMPLED_DRAWS]:
                yield from refused_samples(check.by, given, ("checks", number, "by"))
        else:
            for given in check.given[:SAMPLED_DRAWS]:
                scope = {**given, **{name: values[0] for name, values in check.over.items()}}
                for key, side in (("greater", check.greater), ("than", check.than)):
                    yield from refused_samples(side, scope, ("checks", number, key))


class _ItemPlays:
    """The plays of one item."""

    def __init__(self, item: Item, pack_id: str, languages: Sequence[Language]) -> None:
        self._item = item
        self._pack_id = pack_id
        self._languages = languages
        self._revision = item.revision

    def problems(self, plays: int) -> Iterator[PlayProblem]:
        """Play the item at seeds from 0 on, then its tests."""
        drawn: list[Variant] = []
        for seed in range(self._plays(plays)):
            try:
                variants = self._variants(seed)
            except (UndrawableError, FormulaError) as error:
                yield why_undrawn(seed, error)
                return
            drawn.append(variants[0])
            for variant in variants:
                yield from self._play(variant, sets=seed < SET_PLAYS)
            for typed in wrong_answers(variants[0]):
                yield from self._type_wrong(variants[0], typed)
        if drawn:
            yield from negative_signs(self._item, drawn)
            yield from dull_variety(self._item, drawn, item_id=self._item_id)
            yield from self._run_samples(drawn[:SAMPLED_DRAWS])
        for number, test in enumerate(self._item.tests):
            yield from self._run_test(number, test)

    def _plays(self, plays: int) -> int:
        """Return how many plays tell something: without parameters only options change places."""
        if self._item.params:
            return plays
        return min(plays, 1 if isinstance(self._item, Card | Cloze) else SHUFFLES)

    @property
    def _item_id(self) -> str:
        return f"{self._pack_id}/{self._item.id}"

    def _variants(self, seed: int, languages: Sequence[Language] = ()) -> list[Variant]:
        """Return the variants of a seed, one in each language, drawn once."""
        return make_variants(
            self._item,
            pack_id=self._pack_id,
            seed=seed,
            languages=languages or self._languages,
            revision=self._revision,
        )

    # --- one variant --------------------------------------------------------------------------

    def _play(self, variant: Variant, *, sets: bool) -> Iterator[PlayProblem]:
        if sets:
            yield from unset_texts(variant)
        for typed in right_answers(variant):
            yield from self._type_right(variant, typed)

    def _type_right(self, variant: Variant, typed: TypedAnswer) -> Iterator[PlayProblem]:
        fields = _about(variant, typed.text)
        read = read_answer(variant, typed.text)
        if isinstance(read, Unreadable | Ambiguous):
            why = read.why if isinstance(read, Unreadable) else read.question
            yield PlayProblem(PlayFault.KEY_NOT_READ, typed.path, {**fields, "why": why})
        elif typed.is_marked and (made := mark(self._item, variant, read)).credit < 1:
            marked = {**fields, "outcome": made.outcome.value}
            yield PlayProblem(PlayFault.KEY_NOT_RIGHT, typed.path, marked)

    def _type_wrong(self, variant: Variant, typed: TypedAnswer) -> Iterator[PlayProblem]:
        read = read_answer(variant, typed.text)
        if isinstance(read, Unreadable | Ambiguous):
            return  # a value that no learner could type, as 1e400
        made = mark(self._item, variant, read)
        if made.misconception == typed.misconception:
            return
        if (other := _same_value(variant, typed)) is not None:
            name = typed.misconception or ""
            later, first = sorted((name, other), key=self._place_of, reverse=True)
            path = (*typed.path, self._place_of(later), "formula")
            about: Fields = {"name": later, "other": first, "seed": variant.seed}
            yield PlayProblem(PlayFault.MISCONCEPTIONS_MEET, path, about)
        else:
            told = made.misconception or made.outcome.value
            name = typed.misconception or ""
            fields = {**_about(variant, typed.text), "name": name, "told": told}
            path = (*typed.path, self._place_of(name))
            yield PlayProblem(PlayFault.MISCONCEPTION_NOT_TOLD, path, fields)

    def _place_of(self, misconception: str) -> int:
        ids = [wrong.id for wrong in getattr(self._item, "misconceptions", ())]
        return ids.index(misconception)

    # --- tests and samples --------------------------------------------------------------------

    def _run_test(self, number: int, test: ItemTest) -> Iterator[PlayProblem]:
        for language in self._asked_in(test):
            try:
                [variant] = self._variants(test.seed, [language])
                fields = self._failed_test(variant, test)
            except StudytoolError as error:
                whys = {f"why_{code}": error.text(code) for code in LANGUAGES}
                yield PlayProblem(PlayFault.TEST_NOT_RUN, ("tests", number), whys)
                return
            if fields is not None:
                yield PlayProblem(PlayFault.TEST_FAILS, ("tests", number), fields)
                return

    def _failed_test(self, variant: Variant, test: ItemTest) -> Fields | None:
        """Return what a test gives in place of what it wants; None where it holds."""
        outcome, misconception = self._outcome(variant, test.answer)
        wanted, got = str(test.outcome), outcome
        if outcome == test.outcome and test.misconception is not None:
            wanted, got = test.misconception, misconception or "none"
        if wanted == got:
            return None
        key = _typed_key(variant) or give_up(self._item, variant).key_text
        return {**_about(variant, test.answer), "wanted": wanted, "got": got, "key": key}

    def _asked_in(self, test: ItemTest) -> Sequence[Language]:
        own = [code for code in LANGUAGES if code == (test.language or "").partition("-")[0]]
        return own or self._languages

    def _outcome(self, variant: Variant, text: str) -> tuple[str, str | None]:
        read = read_answer(variant, text)
        if isinstance(read, Unreadable | Ambiguous):
            return type(read).__name__.lower(), None
        made: Mark = mark(self._item, variant, read)
        return made.outcome.value, made.misconception

    def _run_samples(self, drawn: Sequence[Variant]) -> Iterator[PlayProblem]:
        for variant in drawn if self._item.params else drawn[:1]:
            yield from unsettled_measurements(self._item, variant)
        if isinstance(self._item, Numeric):
            for variant in drawn:
                scope = scope_of(self._item, variant.parameters)
                yield from refused_samples(self._item.check, scope, ("check",))


def _same_value(variant: Variant, typed: TypedAnswer) -> str | None:
    """Return another misconception that comes to the same number as this one."""
    wrongs = variant.key.misconceptions if isinstance(variant.key, NumberKey) else ()
    own = next(wrong.value for wrong in wrongs if wrong.id == typed.misconception)
    return next(
        (
            wrong.id
            for wrong in wrongs
            if wrong.id != typed.misconception and isclose(wrong.value, own, rel_tol=0.02)
        ),
        None,
    )


def _about(variant: Variant, typed: str) -> Fields:
    return {"typed": typed, "seed": variant.seed, "tag": variant.language}


def _typed_key(variant: Variant) -> str:
    """Return how the key is typed; nothing where it is not typed, or the simulation shows it."""
    return next((typed.text for typed in right_answers(variant) if typed.is_marked), "")

"""The keys that a pack's author may write, read from the models, and what each means.

The models say which keys there are, which must be given and what the others are by default; this
table says what they mean. A test finds a key without words, and words without a key.
"""

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from studytool.help.columns import described
from studytool.help.item_key_words import ITEM_WORDS
from studytool.help.pack_key_words import PACK_WORDS
from studytool.language import Language, Phrase
from studytool.packs.answer_key import AnswerKey, Misconception, StatedPrecision, StatedTolerance
from studytool.packs.choices import Because, Choice, Option
from studytool.packs.claims import (
    Claim,
    Contrast,
    Control,
    NotesPlace,
    OrderCheck,
    Rival,
    ValueCheck,
)
from studytool.packs.clozes import Cloze, NumberBlank, WordBlank
from studytool.packs.experiments import (
    FloatRange,
    IntegerRange,
    LogRange,
    PackExperiment,
    PackQuantity,
)
from studytool.packs.item_fields import Citation, ItemFields, ItemTest
from studytool.packs.items import Card, Numeric
from studytool.packs.manifest import Concept, GlossaryEntry, Manifest, Source
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.packs.model import Model, written_fields
from studytool.packs.orderings import Order, Thing
from studytool.packs.parameters import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    TableParameter,
    TableRow,
    UniformParameter,
)
from studytool.packs.predictions import (
    EstimateKey,
    LinearAxis,
    LogAxis,
    Prediction,
    PredictionOutcome,
    WithinDistance,
    WithinFactor,
)

WORDS = {**PACK_WORDS, **ITEM_WORDS}
"""By model; of a kind of item only what :class:`ItemFields` lacks."""

_PLACES: dict[type[Model], Phrase] = {
    Manifest: Phrase("pack.yaml", "pack.yaml"),
    Concept: Phrase("concepts의 하나", "an entry of concepts"),
    Source: Phrase("sources의 하나", "an entry of sources"),
    GlossaryEntry: Phrase("glossary의 하나", "an entry of glossary"),
    ItemFields: Phrase("모든 문항 (kind는 아래 여섯)", "every item (kind: one of the six below)"),
    ItemTest: Phrase("tests의 하나", "an entry of tests"),
    Card: Phrase("kind: card", "kind: card"),
    Cloze: Phrase("kind: cloze", "kind: cloze"),
    WordBlank: Phrase("blanks: 낱말", "blanks: words"),
    NumberBlank: Phrase("blanks: 수", "blanks: a number"),
    Choice: Phrase("kind: choice", "kind: choice"),
    Option: Phrase("options의 하나", "an entry of options"),
    Because: Phrase("because: 주장", "because: a claim"),
    Prediction: Phrase("kind: prediction", "kind: prediction"),
    PredictionOutcome: Phrase("outcomes의 하나", "an entry of outcomes"),
    EstimateKey: Phrase("estimate", "estimate"),
    LogAxis: Phrase("axis: 로그", "axis: logarithmic"),
    LinearAxis: Phrase("axis: 고른 눈금", "axis: even"),
    WithinFactor: Phrase("within: 배수", "within: a factor"),
    WithinDistance: Phrase("within: 거리", "within: a distance"),
    Order: Phrase("kind: order", "kind: order"),
    Thing: Phrase("things의 하나", "an entry of things"),
    Numeric: Phrase("kind: numeric", "kind: numeric"),
    ChoiceParameter: Phrase("params: 골라 뽑기", "params: one of some numbers"),
    IntegerParameter: Phrase("params: 정수", "params: a whole number"),
    UniformParameter: Phrase("params: 고른 분포", "params: a number from a range"),
    LogUniformParameter: Phrase("params: 로그로 고른 분포", "params: of any magnitude"),
    TableParameter: Phrase("params: 함께 뽑히는 값", "params: values that belong together"),
    TableRow: Phrase("table의 한 줄", "a row of table"),
    AnswerKey: Phrase("answer", "answer"),
    StatedTolerance: Phrase("tolerance", "tolerance"),
    StatedPrecision: Phrase("precision", "precision"),
    Misconception: Phrase("misconceptions의 하나", "an entry of misconceptions"),
    SampleCheck: Phrase("check, by, measure: 뽑아서", "check, by, measure: random draws"),
    Measurement: Phrase("check, by, measure: 실험으로", "check, by, measure: an experiment"),
    SecondFormula: Phrase("check, by: 다른 수식으로", "check, by: a second formula"),
    PackExperiment: Phrase("experiments/*.yaml의 실험", "an experiment, in experiments/*.yaml"),
    FloatRange: Phrase("실험의 params: 수", "params of an experiment: a number"),
    LogRange: Phrase("실험의 params: 로그 눈금의 수", "params of an experiment: of any magnitude"),
    IntegerRange: Phrase("실험의 params: 정수", "params of an experiment: a whole number"),
    PackQuantity: Phrase("실험의 measure의 하나", "an entry of an experiment's measure"),
    Claim: Phrase("claims/*.yaml의 주장", "a claim, in claims/*.yaml"),
    NotesPlace: Phrase("notes", "notes"),
    Citation: Phrase("source", "source"),
    ValueCheck: Phrase("checks: 수", "checks: a number"),
    Control: Phrase("수의 controls", "controls of a number"),
    OrderCheck: Phrase("checks: 크고 작음", "checks: an order"),
    Contrast: Phrase("크고 작음의 controls: 대비", "controls of an order: a contrast"),
    Rival: Phrase("크고 작음의 controls: 맞수", "controls of an order: a rival"),
}


def own_keys(model: type[Model]) -> dict[str, FieldInfo]:
    """Return the keys of a model as an author writes them; of a kind of item its own alone."""
    common = ItemFields.model_fields if issubclass(model, ItemFields) else {}
    inherited = set() if model is ItemFields else {*common, "kind"}
    return {
        field.alias or name: field
        for name, field in written_fields(model).items()
        if name not in inherited
    }


def pack_key_lines(language: Language, *, width: int) -> Iterator[str]:
    """List every key of every model, those that must be given with a star."""
    for number, (model, place) in enumerate(_PLACES.items()):
        if number:
            yield ""
        yield place.text(language)
        rows = [
            (_marked(key, field), _meaning(model, key, field, language))
            for key, field in own_keys(model).items()
        ]
        yield from described(rows, width=width, column=18, indent=2)


def _marked(key: str, field: FieldInfo) -> str:
    return f"{key}*" if field.is_required() else key


def _meaning(model: type[Model], key: str, field: FieldInfo, language: Language) -> str:
    words = WORDS[model][key].text(language)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    plain = isinstance(default, str | int | float) and not isinstance(default, bool)
    return f"{words} ({default})" if plain and default != "" else words

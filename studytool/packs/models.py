"""The one definition of a pack: what an author may write, as pydantic models.

Nothing mirrors these classes; a stage further on makes its own frozen value from them. Every
model is frozen and refuses unknown keys. What a single file cannot show (an unknown concept, a
formula that does not parse) is checked by :mod:`studytool.packs.references`.
"""

import hashlib
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    RootModel,
    StringConstraints,
    Tag,
    model_validator,
)

from studytool.language import LANGUAGES, Language


class Model(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A number; neither a text that looks like one nor true and false."""
Whole = Annotated[int, Field(strict=True)]
StrictBool = Annotated[bool, Field(strict=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
NotesFile = Annotated[
    str, StringConstraints(pattern=r"^notes(\.[A-Za-z0-9-]+)*\.md$", max_length=80)
]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=40)]


def _number_as_text(value: object) -> object:
    """Let an author write ``rtol: 2`` where a formula is expected."""
    return repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


FormulaText = Annotated[
    str,
    BeforeValidator(_number_as_text),
    StringConstraints(min_length=1, max_length=2000),
]


class Text(RootModel[dict[str, str]]):
    """A learner-facing text: one string, or a map from language to string.

    >>> Text.model_validate({"ko": "분산", "en": "variance"}).text("en")
    'variance'
    >>> Text.model_validate("x").text("ko")
    'x'
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _one_string_is_for_all(cls, value: object) -> object:
        return {"": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _known_languages(self) -> "Text":
        unknown = [code for code in self.root if code not in {"", *LANGUAGES}]
        if unknown or not self.root:
            raise ValueError(f"a text is one string or a map with the keys {', '.join(LANGUAGES)}")
        return self

    def text(self, language: Language) -> str:
        """Return the text in ``language``, else the one string, else any language there is."""
        return self.root.get(language) or self.root.get("") or next(iter(self.root.values()))

    def missing(self, languages: tuple[Language, ...]) -> list[Language]:
        """Name the languages that this text does not have; one string serves all."""
        return [] if "" in self.root else [code for code in languages if not self.root.get(code)]


# --- parameters -------------------------------------------------------------------------------


class ChoiceParameter(Model):
    """One of the listed numbers; ``labels``, when given, is what the prompt shows for each."""

    choice: Annotated[list[Real], Field(min_length=1, max_length=1000)]
    labels: list[Text] | None = None

    @model_validator(mode="after")
    def _a_label_each(self) -> "ChoiceParameter":
        if self.labels is not None and len(self.labels) != len(self.choice):
            raise ValueError(f"{len(self.choice)} choices need {len(self.choice)} labels")
        return self


class IntegerParameter(Model):
    """A whole number, both ends included, in steps."""

    integers: tuple[Whole, Whole]
    step: Annotated[Whole, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _ordered(self) -> "IntegerParameter":
        if self.integers[0] > self.integers[1]:
            raise ValueError("integers: [low, high] with low ≤ high")
        return self


class UniformParameter(Model):
    """A number drawn evenly from [low, high], rounded to ``sigfigs`` significant figures."""

    uniform: tuple[Real, Real]
    sigfigs: Annotated[Whole, Field(ge=1, le=6)] = 2

    @model_validator(mode="after")
    def _ordered(self) -> "UniformParameter":
        if self.uniform[0] >= self.uniform[1]:
            raise ValueError("uniform: [low, high] with low < high")
        return self


class LogUniformParameter(Model):
    """A positive number drawn evenly in its logarithm, rounded to ``sigfigs``."""

    loguniform: tuple[Real, Real]
    sigfigs: Annotated[Whole, Field(ge=1, le=6)] = 2

    @model_validator(mode="after")
    def _ordered(self) -> "LogUniformParameter":
        if not 0 < self.loguniform[0] < self.loguniform[1]:
            raise ValueError("loguniform: [low, high] with 0 < low < high")
        return self


_PARAMETER_KEYS = ("choice", "integers", "uniform", "loguniform")


def _by_key(keys: tuple[str, ...]) -> Discriminator:
    """Tell a union's members apart by the one key that each has and the others have not."""

    def which(value: Any) -> str | None:  # pydantic hands over whatever was read
        names = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
        return next((key for key in keys if key in names), None)

    return Discriminator(
        which,
        custom_error_type="one_of_keys",
        custom_error_message=f"needs one of the keys {', '.join(keys)}",
    )


Parameter = Annotated[
    Annotated[ChoiceParameter, Tag("choice")]
    | Annotated[IntegerParameter, Tag("integers")]
    | Annotated[UniformParameter, Tag("uniform")]
    | Annotated[LogUniformParameter, Tag("loguniform")],
    _by_key(_PARAMETER_KEYS),
]

# --- ways to try a number ---------------------------------------------------------------------


class Measurement(Model):
    """A quantity of a named experiment of the core.

    ``with`` gives the experiment's parameters: a formula over the names in scope where the
    parameter is a number, the plain word where it is a choice.
    """

    experiment: Identifier
    with_: Annotated[dict[Identifier, FormulaText], Field(alias="with", default_factory=dict)]
    quantity: Identifier


class Statistic(StrEnum):
    """What of the sampled values estimates the claimed number."""

    MEAN = "mean"
    VARIANCE = "variance"
    STD = "std"
    MEDIAN = "median"
    RATIO = "ratio"


class SampleCheck(Model):
    """A statistic of ``reps`` draws of a formula; ``let`` binds an array used twice.

    For ``statistic: ratio`` the estimate is mean(sample) / mean(over).
    """

    sample: FormulaText
    let: dict[Identifier, FormulaText] = Field(default_factory=dict)
    statistic: Statistic = Statistic.MEAN
    over: FormulaText | None = None

    @model_validator(mode="after")
    def _over_goes_with_ratio(self) -> "SampleCheck":
        if (self.over is not None) != (self.statistic is Statistic.RATIO):
            raise ValueError("'over' goes with 'statistic: ratio', and only with it")
        return self


class SecondFormula(Model):
    """Another formula for the same number; ``because`` says why one that is the key rewritten helps."""

    also: FormulaText
    let: dict[Identifier, FormulaText] = Field(default_factory=dict)
    because: Text | None = None


_METHOD_KEYS = ("sample", "experiment", "also")

Method = Annotated[
    Annotated[SampleCheck, Tag("sample")]
    | Annotated[Measurement, Tag("experiment")]
    | Annotated[SecondFormula, Tag("also")],
    _by_key(_METHOD_KEYS),
]


def _digest(model: BaseModel, left_out: set[str]) -> str:
    body = model.model_dump_json(by_alias=True, exclude=left_out)
    return hashlib.sha256(body.encode()).hexdigest()[:12]


# --- items ------------------------------------------------------------------------------------


class Citation(Model):
    """Where a statement stands: a source of ``pack.yaml`` and the place in it."""

    ref: Slug
    at: str = ""


class ItemFields(Model):
    """What every kind of item has."""

    id: Slug
    concept: Slug
    claims: list[Slug] = Field(default_factory=list)
    source: Citation | None = None
    hints: list[Text] = Field(default_factory=list, max_length=5)
    solution: Text | None = None

    @property
    def revision(self) -> str:
        """Name this wording of the item: 12 hex digits that change when its content does."""
        return _digest(self, {"hints", "claims", "source"})


class Card(ItemFields):
    """A question and its answer, recalled and then rated."""

    kind: Literal["card"]
    front: Text
    back: Text


class Cloze(ItemFields):
    """A text with blanks: ``{{answer}}``, ``{{answer|another spelling}}``."""

    kind: Literal["cloze"]
    text: Text


def _claim_alone(value: object) -> object:
    """Let an author write ``because: id`` for a claim that states what the option says."""
    return {"claim": value} if isinstance(value, str) else value


class Because(Model):
    """The claim that states what an option says; with ``rejects``, the control that says it."""

    claim: Slug
    rejects: Slug | None = None


class Option(Model):
    """One choice; ``say`` is the feedback to whoever takes it.

    ``correct`` is tried by ``when``, a formula over the measured quantities that holds where the
    option is right, or by ``because``: a claim that states the option's sentence shows it right,
    and a claim whose control is that sentence shows it wrong.
    """

    id: Slug
    text: Text
    correct: StrictBool = False
    when: FormulaText | None = None
    because: Annotated[Because, BeforeValidator(_claim_alone)] | None = None
    say: Text | None = None


class Choice(ItemFields):
    """Options of which at least one is correct; with several correct, all of them are wanted."""

    kind: Literal["choice"]
    prompt: Text
    measure: Annotated[dict[Identifier, Measurement], Field(max_length=6)] = Field(
        default_factory=dict
    )
    options: Annotated[list[Option], Field(min_length=2, max_length=8)]

    @model_validator(mode="after")
    def _right_and_wrong(self) -> "Choice":
        if len({option.correct for option in self.options}) != 2:
            raise ValueError("options need at least one with 'correct: true' and one without")
        return self

    @model_validator(mode="after")
    def _when_goes_with_measure(self) -> "Choice":
        if bool(self.measure) != any(option.when is not None for option in self.options):
            raise ValueError("'measure' goes with 'when' in an option, and only with it")
        return self


class PredictionOutcome(Model):
    """One possible result; ``when`` is a formula over the measured quantities."""

    id: Slug
    text: Text
    when: FormulaText
    say: Text | None = None


class Prediction(ItemFields):
    """Commit to an outcome first; the simulation then says which one happens.

    ``measure`` names the measured quantities that the outcomes' ``when`` may use. Exactly one
    outcome must hold, also at every corner of the measured intervals.
    """

    kind: Literal["prediction"]
    prompt: Text
    measure: Annotated[dict[Identifier, Measurement], Field(min_length=1, max_length=6)]
    outcomes: Annotated[list[PredictionOutcome], Field(min_length=2, max_length=6)]


class AnswerKey(Model):
    """The key of a numeric item and how near an answer must be.

    Either a ``formula`` over params and let, or a quantity of an experiment. ``show`` is how
    the key is printed: ``3sf`` significant figures or ``2dp`` decimal places.
    """

    formula: FormulaText | None = None
    measure: Measurement | None = None
    rtol: Annotated[Real, Field(gt=0, le=0.5)] | None = None
    atol: Annotated[Real, Field(gt=0)] | None = None
    decimals: Annotated[Whole, Field(ge=0, le=12)] | None = None
    show: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?sf$|^[0-9][0-9]?dp$")] = "3sf"
    unit: str | None = None

    @model_validator(mode="after")
    def _one_key_and_a_tolerance(self) -> "AnswerKey":
        if (self.formula is None) == (self.measure is None):
            raise ValueError("give either 'formula' or 'measure'")
        if self.rtol is None and self.atol is None and self.decimals is None:
            raise ValueError("give a tolerance: 'rtol', 'atol' or 'decimals'")
        return self

    @property
    def absolute(self) -> float:
        """Return the absolute part of the tolerance; 0 when only ``rtol`` is given."""
        from_decimals = 0.0 if self.decimals is None else 0.5 * 10.0**-self.decimals
        return max(self.atol or 0.0, from_decimals)


class Misconception(Model):
    """A wrong way to a number; ``when`` limits it to some draws; ``say`` is its feedback."""

    id: Slug
    formula: FormulaText
    when: FormulaText | None = None
    say: Text


class Numeric(ItemFields):
    """A question with fresh numbers at each review; the key is computed and tried."""

    kind: Literal["numeric"]
    params: Annotated[dict[Identifier, Parameter], Field(min_length=1, max_length=12)]
    where: list[FormulaText] = Field(default_factory=list)
    let: dict[Identifier, FormulaText] = Field(default_factory=dict)
    prompt: Text
    answer: AnswerKey
    misconceptions: Annotated[list[Misconception], Field(min_length=1, max_length=12)]
    check: Method


Item = Annotated[Card | Cloze | Choice | Prediction | Numeric, Field(discriminator="kind")]

# --- claims -----------------------------------------------------------------------------------


class NotesPlace(Model):
    """The lines of the notes (counted from 1) that state the claim, and their words."""

    lines: Annotated[list[Annotated[Whole, Field(ge=1)]], Field(min_length=1)]
    quote: str


class Standing(StrEnum):
    """How the notes' sentence stands."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REFUTED = "refuted"
    CONVENTION = "convention"
    CONTESTED = "contested"
    NOT_COMPUTABLE = "not-computable"


class Control(Model):
    """A statement that the check must reject; ``notes`` marks the notes' own sentence."""

    id: Slug
    expect: FormulaText
    notes: StrictBool = False


class ValueCheck(Model):
    """The claimed number ``expect`` against the number that ``by`` gives.

    ``given`` lists the conditions; the check is made under each. Without ``rtol`` the tolerance is
    5 % for an estimate and floating-point accuracy for a number that is computed. A tolerance wider
    than 5 % needs ``because``.
    """

    expect: FormulaText
    by: Method
    given: list[dict[Identifier, Real]] = Field(default=[{}], min_length=1)
    rtol: Annotated[Real, Field(gt=0, le=0.5)] | None = None
    atol: Annotated[Real, Field(gt=0)] | None = None
    because: Text | None = None
    controls: Annotated[list[Control], Field(min_length=1)]

    @model_validator(mode="after")
    def _wide_needs_a_reason(self) -> "ValueCheck":
        if self.rtol is not None and self.rtol > 0.05 and self.because is None:
            raise ValueError("an rtol above 0.05 needs 'because'")
        return self


class Contrast(Model):
    """The same comparison with these parameters on both sides: there the order must not appear."""

    id: Slug
    contrast: Annotated[dict[Identifier, FormulaText], Field(min_length=1)]
    notes: StrictBool = False


class Rival(Model):
    """Another comparison, with a margin of its own, that must be refuted."""

    id: Slug
    greater: Measurement
    than: Measurement
    margin: FormulaText = "0"
    notes: StrictBool = False


OrderControl = Annotated[
    Annotated[Contrast, Tag("contrast")] | Annotated[Rival, Tag("greater")],
    _by_key(("contrast", "greater")),
]


class OrderCheck(Model):
    """``greater`` exceeds ``than`` by more than ``margin``, under each of ``given``.

    ``over`` gives values of further names: the order is tried at every point of that grid, and must
    hold at ``share`` of them. A name ``seed`` there only changes the random numbers. A control is
    rejected where the interval of its own difference lies below its margin, which of a contrast is
    that of the check.
    """

    greater: Measurement
    than: Measurement
    margin: FormulaText = "0"
    given: list[dict[Identifier, Real]] = Field(default=[{}], min_length=1)
    over: dict[Identifier, Annotated[list[Real], Field(min_length=1, max_length=100)]] = Field(
        default_factory=dict
    )
    share: Annotated[Real, Field(gt=0.5, le=1)] = 1.0
    controls: list[OrderControl] = Field(default_factory=list)

    @model_validator(mode="after")
    def _share_goes_with_over(self) -> "OrderCheck":
        if self.share != 1 and not self.over:  # what the library keeps names every field
            raise ValueError("'share' goes with 'over', and only with it")
        return self


ClaimCheck = Annotated[
    Annotated[ValueCheck, Tag("expect")] | Annotated[OrderCheck, Tag("greater")],
    _by_key(("expect", "greater")),
]


class Claim(Model):
    """A statement that can be tried, with its source and its line in the notes."""

    id: Slug
    concept: Slug
    statement: Text
    standing: Standing
    why: Text | None = None
    notes: NotesPlace | None = None
    source: Citation
    checks: list[ClaimCheck] = Field(default_factory=list)

    @property
    def revision(self) -> str:
        """Name what is claimed and how it is tried: 12 hex digits."""
        return _digest(self, {"statement", "why", "notes", "source"})

    @model_validator(mode="after")
    def _tried_or_explained(self) -> "Claim":
        if not self.checks and self.why is None:
            raise ValueError("a claim without checks says 'why' it is not tried")
        return self


# --- the pack ---------------------------------------------------------------------------------


class Concept(Model):
    """A node of the prerequisite graph."""

    id: Slug
    title: Text
    requires: list[Slug] = Field(default_factory=list)


class Source(Model):
    """A paper, book or page that items and claims cite."""

    id: Slug
    citation: str
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")] | None = None


class Manifest(Model):
    """``pack.yaml``."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    id: Slug
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    description: Text | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    licence: str
    authors: Annotated[list[str], Field(min_length=1)]
    notes: NotesFile | None = None
    concepts: Annotated[list[Concept], Field(min_length=1)]
    sources: list[Source] = Field(default_factory=list)


class Pack(Model):
    """A folder of authored content, whole and checked."""

    manifest: Manifest
    items: list[Item]
    claims: list[Claim]
    digest: str

    @property
    def id(self) -> str:
        """Return the pack's id."""
        return self.manifest.id

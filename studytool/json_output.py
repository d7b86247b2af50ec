"""The types of what each command prints with ``--json``: the contract for scripts.

A key that does not apply is null. ``studytool help json`` is made from these types, the commands
build their values, and a test runs every command and holds its output against them. One contract,
so one module, however long.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired, TypedDict

InstantText = Annotated[str, "time"]
"""ISO 8601 with an offset, which is UTC."""
DateText = Annotated[str, "date"]
"""A study day, as 2026-12-31."""
KindWord = Annotated[str, ("card", "cloze", "choice", "order", "prediction", "numeric")]
OutcomeWord = Annotated[str, ("right", "near", "partial", "wrong", "shown")]
RatingWord = Annotated[str, ("again", "hard", "good", "easy")]
StageWord = Annotated[str, ("new", "learning", "review", "relearning")]
VerdictWord = Annotated[str, ("holds", "refuted", "undecided")]
IndependenceWord = Annotated[str, ("algebra", "second-method", "simulated", "oracle")]
StandingWord = Annotated[
    str, ("confirmed", "corrected", "refuted", "convention", "contested", "not-computable")
]


class ToleranceJson(TypedDict):
    """How near the key an answer must be: a share of it, a distance, or digits that must agree.

    ``wanted`` are the digits asked for; the key rounded or cut to them is right as well.
    """

    relative: float
    absolute: float
    digits: str | None
    wanted: str


class OptionJson(TypedDict):
    """One option, outcome or thing to order, in the order shown."""

    id: str
    text: str


class AxisJson(TypedDict):
    """The axis of an estimate, and how near to what the simulation shows is right."""

    low: float
    high: float
    scale: Annotated[str, ("linear", "log")]
    within_factor: float | None
    within_distance: float | None
    unit: str | None


class WrongValueJson(TypedDict):
    """What a misconception makes of this variant."""

    id: str
    value: float
    feedback: str


class BadgeJson(TypedDict):
    """What the card says of the key's evidence: who tried it, at which numbers, what was found.

    ``oracles`` are the libraries that the release found to give the same. ``source`` is ``here`` (this installation, on ``day``), ``release`` (the one that shipped the
    pack) or ``author`` (the pack's evidence.lock alone); null where nobody has tried it.
    """

    source: Annotated[str, ("here", "release", "author")] | None
    day: DateText | None
    verdict: VerdictWord | None
    independence: IndependenceWord | None
    at_these_numbers: bool
    condition: dict[str, float]
    quantity: str | None
    estimate: float | None
    standard_error: float | None
    interval: list[float | None] | None
    predicted: float | None
    tolerance: float | None
    replicates: int | None
    draws: int
    oracles: list[str]
    controls: int
    rejected: int
    seed: int | None


class ShowJson(TypedDict):
    """``show``: one variant of an item."""

    item: str
    kind: KindWord
    seed: int
    language: Annotated[str, ("ko", "en")]
    parameters: dict[str, float]
    prompt: str
    key: float | list[str] | str | None
    key_text: str | None
    tolerance: ToleranceJson | None
    options: list[OptionJson]
    axis: AxisJson | None
    hints: list[str]
    solution: str | None
    misconceptions: list[WrongValueJson]
    claims: list[str]
    concept: str
    lesson: str | None
    terms: dict[str, str]
    tags: list[str]
    difficulty: int | None
    evidence: BadgeJson


class MarkedPartJson(TypedDict):
    """An option, right or not and taken or not; or a blank, right where it was filled rightly."""

    number: int
    text: str
    right: bool
    taken: bool
    feedback: str


class MeasuredOutcomeJson(TypedDict):
    """A quantity of a prediction as the simulation gave it."""

    name: str
    estimate: float
    standard_error: float
    replicates: int


class MarkJson(TypedDict):
    """``mark``: what an answer would get; while it is asked again the key stays unsaid.

    ``read_as`` is what the answer was read as: a number, else a list (ids of options, words of
    blanks); of an ambiguous one all its readings. ``reading`` is that as a learner sees it.
    """

    outcome: Annotated[str, ("right", "near", "partial", "wrong", "unreadable", "ambiguous")]
    read_as: float | list[float | str] | None
    reading: str | None
    key: float | list[str] | str | None
    key_text: str | None
    credit: float | None
    misconception: str | None
    feedback: str | None
    parts: list[MarkedPartJson]
    measured: list[MeasuredOutcomeJson]
    solution: str | None
    suggested_rating: RatingWord | None
    evidence: BadgeJson | None


class MeasuredJson(TypedDict):
    """One estimate beside the number that was predicted; null where it decides between options."""

    quantity: str
    condition: Mapping[str, float]
    estimate: float | None
    standard_error: float | None
    predicted: float | None
    tolerance: float | None
    interval: list[float | None]
    independence: IndependenceWord
    replicates: int


class ControlJson(TypedDict):
    """A wrong statement that must be rejected."""

    id: str
    rejected: bool
    measured: MeasuredJson | None


class TriedJson(TypedDict):
    """What a claim and a key have in common once they were tried.

    ``reason`` is in the learner's language, one reason a line; empty when it holds.
    """

    verdict: VerdictWord | None
    independence: IndependenceWord | None
    measured: list[MeasuredJson]
    controls: list[ControlJson]
    seconds: float
    seed: int
    reason: str


class TriedClaimJson(TriedJson):
    """A claim, tried."""

    id: str
    standing: StandingWord


class TriedKeyJson(TriedJson):
    """The key of an item, tried."""

    item: str
    draws: int


class ClassesJson(TypedDict):
    """How many claims and keys were tried in each way; those with an oracle are counted twice."""

    simulated: int
    second_method: int
    algebra: int
    oracle: int


class VerifySummaryJson(TypedDict):
    """How many of each verdict and class, how likely one of the estimates errs in all, and the ruler.

    Of a run with 100 estimates that were drawn twice: by how many standard errors they differ on
    average, and whether that is what right errors give. Else null.
    """

    holds: int
    refuted: int
    undecided: int
    untried: int
    from_before: int
    independence: ClassesJson
    estimates: int
    right_refused: float
    wrong_accepted: float
    ruler_distance: float | None
    ruler_is_right: bool | None
    seconds: float


class LockJson(TypedDict):
    """Where a run and the pack's evidence.lock differ, by id."""

    missing: list[str]
    contradicted: list[str]
    unreadable: list[str]


class VerifyJson(TypedDict):
    """``verify``: every claim and key of a pack, tried."""

    pack: str
    claims: list[TriedClaimJson]
    keys: list[TriedKeyJson]
    summary: VerifySummaryJson
    evidence_lock: LockJson


class CitedJson(TypedDict):
    """Where a statement stands; ``looked_up`` is the day on which its author last read it there."""

    ref: str
    at: str
    looked_up: str | None


class ClaimRowJson(TypedDict):
    """One claim; ``statement`` by language, ``lines`` of the notes, and the items that rest on it.

    ``source`` says who has tried it, as for a card; null where nobody has.
    """

    pack: str
    id: str
    concept: str
    standing: StandingWord
    lines: list[int]
    quote: str | None
    statement: dict[str, str]
    cited: CitedJson
    source: Annotated[str, ("here", "release", "author")] | None
    verdict: VerdictWord | None
    independence: IndependenceWord | None
    items: list[str]


class ClaimListJson(TypedDict):
    """``claims``: in the order of the packs and of the notes."""

    claims: list[ClaimRowJson]


class ChangeJson(TypedDict):
    """An alteration of the core."""

    file: str
    line: int
    change: str


class UnnoticedJson(ChangeJson):
    """An alteration of the core that nothing notices."""

    claims_and_keys: int
    claims_and_keys_tried: int
    same_numbers: bool


class ReasonJson(TypedDict):
    """Why nothing can notice some alterations of the core, and which."""

    reason: str
    changes: list[ChangeJson]


class CorePartJson(TypedDict):
    """A part of the core: the places altered, and what no claim, key or test notices.

    ``least_noticed_share`` is of all its places, with 95 % confidence, and null where the run was
    cancelled; what is explained is left aside.
    """

    places: int
    tried: int
    noticed: int
    by_tests: int
    explained: int
    noticed_share: float
    least_noticed_share: float | None
    unnoticed: list[UnnoticedJson]
    reasons: list[ReasonJson]


class VerifyCoreJson(TypedDict):
    """``verify --mutants core``: the closed forms that authors are offered, and the rest of the core."""

    offered: CorePartJson
    rest: CorePartJson
    seconds: float


class RelatedPlaceJson(TypedDict):
    """Another spot that a problem is about: where the first of two twins stands."""

    file: str
    line: int
    column: int
    message: str


class DiagnosticJson(TypedDict):
    """One problem of a pack, from its first column to just before ``end_column``."""

    code: str
    severity: Annotated[str, ("error", "warning")]
    file: str
    line: int
    column: int
    end_column: int
    message: str
    help: str
    related: list[RelatedPlaceJson]


class CheckSummaryJson(TypedDict):
    """What a pack holds, and how many problems."""

    errors: int
    warnings: int
    items: int
    claims: int


class SurvivorJson(TypedDict):
    """An altered formula that no check would notice, and where a check or experiment has it."""

    of: str
    part: str | None
    file: str | None
    line: int | None
    column: int | None
    formula: str
    change: str


class MutantsJson(TypedDict):
    """``check --mutants``: how many altered formulas the checks notice."""

    noticed: int
    survived: int
    equivalent: int
    share_noticed: float | None
    lines_noticed: int
    lines_survived: int
    survivors: list[SurvivorJson]


class CheckJson(TypedDict):
    """``check``: the problems of a pack."""

    diagnostics: list[DiagnosticJson]
    summary: CheckSummaryJson
    mutants: NotRequired[MutantsJson]


class ExplainJson(TypedDict):
    """``check --explain``: a code's meaning, and a text that gives it, or else a ``situation``."""

    code: str
    severity: Annotated[str, ("error", "warning")]
    meaning: str
    file: str | None
    wrong: str | None
    right: str | None
    situation: str | None


class ReviewedJson(TypedDict):
    """``review``: printed for each line, once its review is durable, with or without ``--json``.

    ``error`` says why a line was not kept, with its place; all else is null then. ``added`` is false
    too where the log had a review of that item and time. ``leech`` is what was done with a leech.
    """

    line: int
    error: str | None
    item: str | None
    rating: RatingWord | None
    review: str | None
    time: InstantText | None
    added: bool
    due: InstantText | None
    leech: Annotated[str, ("suspend", "flag")] | None


class LogExportJson(TypedDict):
    """``log export``; on standard error where the log goes to standard output."""

    path: str
    written: int


class LogImportJson(TypedDict):
    """``log import``: events read and new ones, and the backup of the log as it was.

    ``twofold`` are the ids of those that the log had with other contents.
    ``held`` are those that the log has but does not count, by ``log retract``; ``apart`` are the items of a table that neither a pack nor the log knows, ``left_out`` the rows of an Anki package that are no reviews of an item.
    """

    read: int
    added: int
    held: int
    apart: list[str]
    left_out: int
    twofold: list[str]
    backup: str | None


class SkippedFileJson(TypedDict):
    """A file of the shared folder that was passed over."""

    file: str
    why: str


class LogRetractJson(TypedDict):
    """``log retract``: how many events count no more."""

    retracted: int


class SyncJson(TypedDict):
    """``sync``: events sent and received, files written, settings changed by other devices.

    ``twofold`` are the ids of events that the folder has with other contents.
    """

    sent: int
    received: int
    files: list[str]
    settings: list[str]
    twofold: list[str]
    skipped: list[SkippedFileJson]


class BackupJson(TypedDict):
    """``backup``: the backup made, and what rotation did with the others."""

    name: str
    path: str
    events: int
    bytes: int
    deleted: list[str]
    spared: list[str]


class ListedBackupJson(TypedDict):
    """One backup; ``events`` is null where it cannot be read."""

    name: str
    kind: Annotated[str, ("reviews", "replaced")]
    taken: InstantText
    events: int | None
    bytes: int
    holds_more: bool


class BackupListJson(TypedDict):
    """``backup --list``."""

    folder: str
    backups: list[ListedBackupJson]


class RestoreJson(TypedDict):
    """``restore``: the backup put in place, and the name of the log that was there.

    ``retracted`` events, which it lacks and a sync folder has, count no more on any device;
    ``damaged`` are rows of the backup that have changed since they were written; ``twofold`` are the
    ids of events that the log had with other contents.
    """

    restored: str
    events: int
    replaced: str | None
    retracted: int
    damaged: int
    twofold: list[str]


class FindingJson(TypedDict):
    """One finding of the doctor."""

    code: str
    severity: Annotated[str, ("error", "warning", "info")]
    message: str
    remedy: str
    repairable: bool


class RepairJson(TypedDict):
    """One repair that was tried."""

    code: str
    repair: str
    done: bool
    message: str


class DoctorSummaryJson(TypedDict):
    """How many findings of each severity."""

    errors: int
    warnings: int
    notes: int


class DoctorJson(TypedDict):
    """``doctor``."""

    healthy: bool
    findings: list[FindingJson]
    repairs: list[RepairJson]
    summary: DoctorSummaryJson


class DuePackJson(TypedDict):
    """What one pack has to ask now."""

    id: str
    title: str
    due: int
    learning: int
    new: int
    items: int


class DueTotalJson(TypedDict):
    """The counts of all the packs together, which are those of a sitting over them."""

    due: int
    learning: int
    new: int
    items: int


class LeftOverJson(TypedDict):
    """What is due or new and is not asked today, by reason.

    ``gated`` are new items that wait for prerequisites, ``in_break`` those that wait for the end of
    a break, ``for_exam`` reviews that wait for a day nearer an exam.
    """

    siblings: int
    over_limit: int
    new_siblings: int
    new_over_limit: int
    gated: int
    for_exam: int
    in_break: int


class DueJson(TypedDict):
    """``due``: the items in the order in which they would be asked, what today leaves, and when there is more.

    A pack's counts are its share of what a sitting over the packs would ask today. The exams and
    breaks are those ahead, and a break that runs, the next one first.
    """

    packs: list[DuePackJson]
    total: DueTotalJson
    due: list[str]
    left: LeftOverJson
    next: InstantText | None
    exams: list["ExamJson"]
    breaks: list["BreakJson"]


class ExamJson(TypedDict):
    """An exam ahead, and what it makes of today.

    ``unbegun`` of its ``items`` are new, and ``never_begun`` will be by then; ``expected`` is how many
    will be recalled on the day if the new ones go well, ``waiting`` what is due and reviewed on a later day before it, ``new`` how many new items it takes today to begin all in time.
    """

    date: DateText
    days: int
    targets: list[str]
    minutes: int
    items: int
    unbegun: int
    never_begun: int
    expected: float
    reviews: list[str]
    waiting: list[str]
    new: int


class ExamsJson(TypedDict):
    """``exam``: the exams ahead, the next one first, as they are after what was asked for."""

    exams: list[ExamJson]


class MissedItemJson(TypedDict):
    """One item as it was missed last; ``days`` is on how many days, the key null where none is fixed."""

    item: str
    days: int
    seed: int
    prompt: str
    key_text: str | None
    solution: str


class MissedJson(TypedDict):
    """``exam --missed``: what was missed in the last 30 days, the most often missed first."""

    items: list[MissedItemJson]


class ActJson(TypedDict):
    """An act of the learner, as the log names it."""

    kind: str
    id: str
    item: str | None
    time: InstantText


class UndoJson(TypedDict):
    """``undo``: null where there was nothing to take back."""

    undone: ActJson | None


class RedoJson(TypedDict):
    """``undo --redo``."""

    redone: ActJson | None


class VacationJson(TypedDict):
    """``vacation``: reviews moved, reviews due all the same, and when the next falls due."""

    days: int
    moved: int
    due: int
    next: InstantText | None


class BreakJson(TypedDict):
    """Days off in a row, the first and the last of them as dates."""

    first: DateText
    last: DateText
    days: int


class BreaksJson(TypedDict):
    """``vacation`` without DAYS, and with ``--from``: the breaks that run or are ahead."""

    breaks: list[BreakJson]


class ItemRowJson(TypedDict):
    """One item of a list, as of now; kind and concept are null where no pack lists it."""

    item: str
    kind: KindWord | None
    concept: str | None
    stage: StageWord
    due: InstantText | None
    due_now: bool
    suspended: bool
    buried_until: InstantText | None
    flagged: bool
    leech: bool
    stability_days: float | None
    difficulty: float | None
    retrievability: float | None
    lapses: int
    reviews: int
    last_review: InstantText | None


class ItemListJson(TypedDict):
    """``item list`` and ``search``."""

    items: list[ItemRowJson]


class PastReviewJson(TypedDict):
    """A review as rated now; it counts unless it was before the item's last reset."""

    id: str
    time: InstantText
    rating: RatingWord
    outcome: OutcomeWord
    duration_ms: int
    answer: str
    confidence: float | None
    counts: bool


class ItemShowJson(ItemRowJson):
    """``item show``."""

    last_reviews: list[PastReviewJson]


class ChangedItemJson(TypedDict):
    """An item that an act was for; ``changed`` is false where it already was as asked."""

    item: str
    changed: bool


class ItemActJson(TypedDict):
    """``item suspend``, ``unsuspend``, ``flag``, ``unflag``."""

    items: list[ChangedItemJson]


class BuriedItemJson(ChangedItemJson):
    """An item buried until an instant."""

    until: InstantText


class ItemBuryJson(TypedDict):
    """``item bury``."""

    items: list[BuriedItemJson]


class DueItemJson(ChangedItemJson):
    """An item and the study day on which it falls due, before and now; null where it has none."""

    before: DateText | None
    due: DateText | None


class ItemDueJson(TypedDict):
    """``item set-due``, ``postpone`` and ``advance``."""

    items: list[DueItemJson]


class ResetItemJson(ChangedItemJson):
    """An item reset; the reviews dated in the future, which still count, are named."""

    reviews_forgotten: NotRequired[int]
    reviews_ahead: NotRequired[list[str]]


class ItemResetJson(TypedDict):
    """``item reset``."""

    items: list[ResetItemJson]


class RatedItemJson(ChangedItemJson):
    """A review whose rating was changed, and when its item falls due now."""

    before: RatingWord
    after: RatingWord
    review: str
    due: InstantText | None


class ItemRateJson(TypedDict):
    """``item rate``."""

    items: list[RatedItemJson]


class ItemMoveJson(TypedDict):
    """``item move``: the reviews that count for the item ``to`` now."""

    item: str
    to: str
    changed: bool
    reviews: int


SettingValueJson = str | bool | float | list[float]


class SettingJson(TypedDict):
    """One setting: ``config NAME``."""

    name: str
    value: SettingValueJson
    default: SettingValueJson
    allowed: str
    about: str
    kept: Annotated[str, ("log", "file")]


class ConfigJson(TypedDict):
    """``config``: all settings, those of single packs, and what is wrong with the file."""

    path: str
    settings: list[SettingJson]
    packs: dict[str, dict[str, SettingValueJson]]
    problems: list[str]


class CandidateJson(TypedDict):
    """Parameters that were tried on the later reviews."""

    name: Annotated[str, ("in_force", "optimised", "defaults", "yardstick")]
    memory_model: str
    parameters: list[float]
    log_loss: float
    brier: float
    log_loss_difference: float
    log_loss_difference_standard_error: float
    brier_difference: float
    brier_difference_standard_error: float
    beats_yardstick: bool


class OptimizeJson(TypedDict):
    """``optimize``: the comparison, and whether the optimised parameters were adopted."""

    reviews: int
    cut: InstantText
    fitted: int
    held_out: int
    items: int
    candidates: list[CandidateJson]
    verdict: Annotated[str, ("wins", "not_better", "worse_than_defaults")]
    adopted: bool


class ModelJson(TypedDict):
    """A memory model and its parameters."""

    memory_model: str
    parameters: list[float]


class ParametersChangedJson(TypedDict):
    """``optimize --reset`` and ``--back``."""

    in_force: ModelJson
    former: ModelJson


class BandJson(TypedDict):
    """The mean and median of simulated courses, and the band that another one falls into in 80% of cases."""

    mean: float
    low: float
    median: float
    high: float


class ForecastDayJson(TypedDict):
    """One coming day."""

    day: DateText
    reviews: BandJson
    minutes: BandJson


class RetentionForecastJson(TypedDict):
    """What a retention would cost and give; null is the retention as set, by pack too."""

    retention: float | None
    reviews_a_day: BandJson
    minutes_a_day: BandJson
    known: BandJson
    left: BandJson


class ForecastJson(TypedDict):
    """``forecast``; the exams are those ahead, to which its days are fitted."""

    days: int
    draws: int
    seed: int
    items: int
    new: int
    daily: list[ForecastDayJson]
    as_set: RetentionForecastJson
    retentions: list[RetentionForecastJson]
    exams: list[ExamJson]


class TimeJson(TypedDict):
    """How much time goes into studying."""

    study_days: int
    today_minutes: float
    minutes_a_study_day: float
    minutes_a_recent_day: float


class ShareJson(TypedDict):
    """A share of n with its 95% interval, null where n is 0."""

    share: float | None
    low: float | None
    high: float | None
    n: int


class BinJson(TypedDict):
    """Answers of a like stated chance: its mean beside what happened."""

    low: float
    high: float
    mean: float
    happened: ShareJson


class CalibrationJson(TypedDict):
    """How well stated chances fit what happened."""

    bins: list[BinJson]
    brier: float | None
    log_loss: float | None
    n: int


class GroupJson(TypedDict):
    """The answers of one concept or item."""

    name: str
    title: str | None
    reviews: int
    recalled: ShareJson
    right: ShareJson
    minutes: float


class LivingMisconceptionJson(TypedDict):
    """A misconception not yet followed by a right answer."""

    item: str
    misconception: str
    title: str | None
    feedback: str | None
    times: int
    last_ms: int


class DayJson(TypedDict):
    """One study day."""

    day: DateText
    reviews: int
    minutes: float
    recalled: ShareJson


class StatsJson(TypedDict):
    """``stats``: ``recent`` and ``last_days`` are the last 30 study days, ``hardest`` 10 items."""

    reviews: int
    minutes: float
    streak_days: int
    longest_streak_days: int
    time: TimeJson
    target: float
    retention: ShareJson
    recent: ShareJson
    recall: CalibrationJson
    confidence: CalibrationJson
    concepts: list[GroupJson]
    items: list[GroupJson]
    hardest: list[GroupJson]
    misconceptions: list[LivingMisconceptionJson]
    days: list[DayJson]
    last_days: list[DayJson]


class FormulaErrorJson(TypedDict):
    """Why a formula is refused, in the learner's language, and at which character."""

    message: str
    column: int | None


class FormulaJson(TypedDict):
    """``formula``: the value, a number or lists within lists, or the error."""

    value: float | list[Any] | None
    shape: list[int] | None
    error: FormulaErrorJson | None


class ConstantJson(TypedDict):
    """A name of the formula language that stands for a number."""

    name: str
    value: float


class FunctionJson(TypedDict):
    """A function of the formula language."""

    name: str
    signature: str
    doc: str
    draws: bool


class ClosedFormJson(TypedDict):
    """A closed form of the core."""

    name: str
    signature: str
    doc: str
    source: str


class FormulaListJson(TypedDict):
    """``formula --list``."""

    constants: list[ConstantJson]
    operators: list[str]
    functions: list[FunctionJson]
    closed_forms: list[ClosedFormJson]


class TailJson(TypedDict):
    """The diagnosis of a tail: null where a number is not finite."""

    largest_term: float | None
    index: float | None
    missing: float | None


class QuantityJson(TypedDict):
    """One quantity of an experiment, simulated; its interval, and its closed form if it has one."""

    name: str
    estimate: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    basis: Annotated[
        str,
        ("clopper-pearson", "order-statistics", "bernstein", "student", "computed", "none"),
    ]
    doubt: str | None
    tail: TailJson | None
    closed_form: float | None
    replicates: int


class SimulateJson(TypedDict):
    """``simulate``."""

    experiment: str
    parameters: Mapping[str, float | str]
    quantities: list[QuantityJson]
    source: str
    seconds: float


class ParameterJson(TypedDict):
    """A parameter of an experiment: a number has a range, a word has choices."""

    name: str
    default: float | str
    low: float | None
    high: float | None
    choices: list[str] | None
    doc: str


class QuantityNameJson(TypedDict):
    """A quantity that an experiment measures."""

    name: str
    doc: str


class ExperimentJson(TypedDict):
    """An experiment of the core."""

    name: str
    doc: str
    source: str
    parameters: list[ParameterJson]
    quantities: list[QuantityNameJson]


class SimulateListJson(TypedDict):
    """``simulate --list``."""

    experiments: list[ExperimentJson]


class PackNewJson(TypedDict):
    """The pack that was made, and the files in its folder."""

    id: str
    folder: str
    files: list[str]


class LeftOutJson(TypedDict):
    """A note that was not taken over, or a part of one where ``whole`` is false."""

    place: str
    why: str
    whole: bool


class PackImportJson(TypedDict):
    """The pack made of another program's cards, and what was left out."""

    id: str
    folder: str
    cards: int
    clozes: int
    left_out: list[LeftOutJson]


class ExportedQuestionJson(TypedDict):
    """A question that was written: its item, and the seed of its numbers."""

    item: str
    seed: int


class NotExportedJson(TypedDict):
    """An item, or a question ``ITEM#SEED``, that was not written."""

    item: str
    why: str


class PackExportJson(TypedDict):
    """The file of questions that was written, and what is not in it."""

    file: str
    questions: list[ExportedQuestionJson]
    left_out: list[NotExportedJson]


class PackBuildJson(TypedDict):
    """The zip that was written, and what is in it; ``digest`` names the pack's files."""

    id: str
    version: str
    file: str
    files: list[str]
    bytes: int
    digest: str


class InstalledPackJson(TypedDict):
    """An installed pack; ``source`` is null where it is ``bundled``, or studytool.lock lost its row.

    ``signed_by`` is the public key that signed it; null where none was named.
    ``whole`` says whether its files are as they were installed.
    """

    id: str
    version: str
    title: str
    items: int
    source: str | None
    bundled: bool
    signed_by: str | None
    digest: str
    pinned: bool
    whole: bool


class PackListJson(TypedDict):
    """The installed packs by id."""

    packs: list[InstalledPackJson]


class PackAddJson(TypedDict):
    """The pack in the source, and whether it was installed now; false where it was already.

    ``unproven`` has what not even its author's evidence says holds, ``failed`` what --verify found
    not to hold, null without it; ``signed_by`` the public key that signed it, null where none was
    named.
    """

    id: str
    version: str
    source: str
    digest: str
    licence: str
    authors: list[str]
    items: int
    claims: int
    bytes: int
    unproven: list[str]
    failed: list[str] | None
    signed_by: str | None
    added: bool


class RenamedItemJson(TypedDict):
    """An item that has another id in the newer version; its history follows."""

    old: str
    new: str


class PackUpdateJson(TypedDict):
    """What the newer version changes, by item; ``updated`` is false where nothing was to be done.

    Of ``reworded`` items texts alone changed, of ``rekeyed`` ones the right answer or its numbers.
    """

    id: str
    before: str
    after: str
    updated: bool
    new: list[str]
    reworded: list[str]
    rekeyed: list[str]
    renamed: list[RenamedItemJson]
    removed: list[str]


class PackRemoveJson(TypedDict):
    """The pack that was removed."""

    id: str
    version: str


class PackPinJson(TypedDict):
    """Whether the pack is pinned now, and whether that was otherwise before."""

    id: str
    pinned: bool
    changed: bool


class PackSchemaJson(TypedDict):
    """The schemas that were written into the folder of a pack."""

    folder: str
    files: list[str]


JSON_OUTPUTS: dict[str, type] = {
    "due": DueJson,
    "undo": UndoJson,
    "undo --redo": RedoJson,
    "vacation": BreaksJson,
    "vacation DAYS": VacationJson,
    "exam": ExamsJson,
    "exam --missed": MissedJson,
    "stats": StatsJson,
    "forecast": ForecastJson,
    "optimize": OptimizeJson,
    "optimize --reset|--back": ParametersChangedJson,
    "claims": ClaimListJson,
    "show": ShowJson,
    "mark": MarkJson,
    "verify": VerifyJson,
    "verify --mutants core": VerifyCoreJson,
    "formula": FormulaJson,
    "formula --list": FormulaListJson,
    "simulate": SimulateJson,
    "simulate --list": SimulateListJson,
    "search": ItemListJson,
    "item list": ItemListJson,
    "item show": ItemShowJson,
    "item suspend|unsuspend|flag|unflag": ItemActJson,
    "item bury": ItemBuryJson,
    "item set-due|postpone|advance": ItemDueJson,
    "item reset": ItemResetJson,
    "item rate": ItemRateJson,
    "item move": ItemMoveJson,
    "config": ConfigJson,
    "config NAME": SettingJson,
    "review": ReviewedJson,
    "log export": LogExportJson,
    "log import": LogImportJson,
    "log retract": LogRetractJson,
    "sync": SyncJson,
    "backup": BackupJson,
    "backup --list": BackupListJson,
    "restore": RestoreJson,
    "doctor": DoctorJson,
    "check": CheckJson,
    "check --explain": ExplainJson,
    "pack list": PackListJson,
    "pack add": PackAddJson,
    "pack update": PackUpdateJson,
    "pack remove": PackRemoveJson,
    "pack pin": PackPinJson,
    "pack new": PackNewJson,
    "pack import": PackImportJson,
    "pack export": PackExportJson,
    "pack build": PackBuildJson,
    "pack schema": PackSchemaJson,
}
"""The type of each command's JSON, in the order of the commands' help."""

"""FSRS-6's parameters fitted by fsrs-rs, in a process of its own: it holds the interpreter lock.

Equal reviews give equal parameters: the optimiser's draws have a fixed seed.
"""

from collections.abc import Callable
from importlib.util import find_spec
from math import isfinite
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from typing import NamedTuple

from studytool.errors import Cancelled, StudytoolError
from studytool.fitting.history import FitHistory
from studytool.language import Phrase, joined
from studytool.processes import interrupts_for_the_parent
from studytool.srs.parameters import FSRS_6

POLL_SECONDS = 0.2
"""The longest time, in seconds, before a cancel is noticed."""
LONGEST = 256
"""The most reviews of one life that fsrs-rs trains on."""
DECIMALS = 4
"""The decimals that parameters are rounded to, as Anki shows them; the rounded values are tried."""

_MISSING = Phrase(
    ko="매개변수를 맞추는 fsrs-rs-python이 없습니다. 다음으로 설치하세요: "
    "pip install 'studytool[optimize]'",
    en="fsrs-rs-python, which fits the parameters, is not installed. Install it with: "
    "pip install 'studytool[optimize]'",
)
_REFUSED = Phrase(
    ko="최적화기가 이 복습들을 거절했습니다({why}). 아무것도 바꾸지 않았습니다. 더 공부한 뒤에 "
    "다시 해 보세요.",
    en="the optimiser refused these reviews ({why}). Nothing was changed; try again after more "
    "study.",
)
_REASONS = {
    "NotEnoughData": Phrase(ko="자료가 모자람", en="there is not enough data"),
    "InvalidInput": Phrase(ko="받을 수 없는 자료", en="the data cannot be used"),
    "InvalidParameters": Phrase(ko="쓸 수 없는 매개변수", en="the parameters cannot be used"),
    "OptimalNotFound": Phrase(ko="더 나은 값을 찾지 못함", en="no better parameters were found"),
    "Interrupted": Phrase(ko="도중에 멈춤", en="it was interrupted"),
}
"""The errors of fsrs-rs, by the names that it gives them."""

_OTHER_REASON = Phrase(ko="최적화기가 적은 이유: {text}", en="in its own words: {text}")
_DIED = Phrase(
    ko="최적화하던 프로세스가 도중에 끝났습니다. 아무것도 바꾸지 않았습니다. 메모리가 충분한지 "
    "확인하고 다시 해 보세요.",
    en="the process that fitted the parameters ended early. Nothing was changed; check that there "
    "is enough memory and try again.",
)
_UNUSABLE = Phrase(
    ko="최적화기가 쓸 수 없는 매개변수를 냈습니다({why}). 아무것도 바꾸지 않았습니다.",
    en="the optimiser gave parameters that cannot be used ({why}). Nothing was changed.",
)
_KEPT_DEFAULTS = Phrase(
    ko="최적화기가 복습 {n:,}회에서 쓸 만한 내용을 찾지 못해 기본값을 그대로 돌려주었습니다. "
    "아무것도 바꾸지 않았습니다. 더 많은 문항을 공부한 뒤에 다시 해 보세요.",
    en="the optimiser found too little that it can use in {n:,} reviews and gave back the defaults. "
    "Nothing was changed; try again after studying more items.",
)


class Lesson(NamedTuple):
    """The input of the optimiser's process; by time, each column of one entry a review."""

    life: list[int]
    rating: list[int]
    elapsed_days: list[int]
    relearning_steps: int


FitResult = tuple[float, ...] | str
"""The parameters; or why there are none."""
OptimiserWork = Callable[[Connection, Lesson], None]


def require_optimiser() -> None:
    """Refuse to begin without the optional extra.

    Raises:
        StudytoolError: it is not installed; says how.
    """
    if find_spec("fsrs_rs_python") is None:
        raise StudytoolError(_MISSING)


def fit_parameters(
    history: FitHistory,
    *,
    relearning_steps: int,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
) -> tuple[float, ...]:
    """Fit the 21 parameters to all of ``history``.

    Args:
        history: the reviews to fit to, and no others.
        relearning_steps: how many the policy has; more than one bounds two of the parameters.
        cancelled: asked now and then.
        progress: told now and then how many seconds it has taken.

    Raises:
        Cancelled: as ``cancelled`` said.
        StudytoolError: no parameters, or none that can be used.
    """
    lesson = Lesson(
        history.life.tolist(),
        history.rating.tolist(),
        history.elapsed_days.tolist(),
        relearning_steps,
    )
    answer = run_apart(teach, lesson, cancelled=cancelled, progress=progress)
    if isinstance(answer, str):
        known = _REASONS.get(answer)
        why = _OTHER_REASON.of(text=answer) if known is None else known.of()
        raise StudytoolError(_REFUSED, why=why)
    fitted = usable(answer)
    if fitted == FSRS_6.defaults:
        raise StudytoolError(_KEPT_DEFAULTS, n=int(history.scored.sum()))
    return fitted


def usable(parameters: tuple[float, ...]) -> tuple[float, ...]:
    """Return rounded parameters that the model takes.

    Raises:
        StudytoolError: NaN, infinite or out of range; names every one.
    """
    if not all(map(isfinite, parameters)):
        raise StudytoolError(_UNUSABLE, why=", ".join(map(str, parameters)))
    rounded = tuple(round(value, DECIMALS) for value in parameters)
    if problems := FSRS_6.problems(rounded):
        raise StudytoolError(_UNUSABLE, why=joined(problems, "; "))
    return rounded


def run_apart(
    work: OptimiserWork,
    lesson: Lesson,
    *,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
) -> FitResult:
    """Run ``work`` in a process of its own, which is gone when this returns or raises."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, lesson), daemon=True)
    began = monotonic()
    progress(0.0)
    with interrupts_for_the_parent():
        process.start()
    theirs.close()
    try:
        while not ours.poll(POLL_SECONDS):
            if cancelled():
                raise Cancelled
            progress(monotonic() - began)
        answer: FitResult = ours.recv()
    except EOFError as error:
        raise StudytoolError(_DIED) from error
    finally:
        process.kill()
        process.join()
        ours.close()
    return answer


def teach(connection: Connection, lesson: Lesson) -> None:
    """Fit the parameters and send them, or why there are none; runs in a process of its own.

    The optimiser's items are prefixes of a life that end in a review a day or more after the last.
    """
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    histories: dict[int, list[FSRSReview]] = {}
    items, lives = [], []
    columns = zip(lesson.life, lesson.rating, lesson.elapsed_days, strict=True)
    for life, rating, days in columns:
        history = histories.setdefault(life, [])
        history.append(FSRSReview(rating, max(days, 0)))
        if days >= 1 and len(history) <= LONGEST:
            items.append(FSRSItem(history))
            lives.append(life)
    try:
        parameters = FSRS([]).compute_parameters(
            items, card_ids=lives, num_relearning_steps=lesson.relearning_steps
        )
    except ValueError as error:  # what it has for too little data
        connection.send(str(error))
        return
    connection.send(tuple(parameters))

"""The key tried at the numbers in view, told line by line."""

from time import monotonic

from studytool.cli.interrupts import gathered_interrupts
from studytool.cli.output import clear_progress, show_progress, write_folded
from studytool.errors import Cancelled
from studytool.language import Language
from studytool.session.key_trial import KeyTrial
from studytool.wording.trial import TRIAL_STOPPED, tried_text, trying_text


def try_key(trial: KeyTrial, language: Language) -> bool:
    """Try a key, and say what came of it; tell whether the learner let it end."""
    began = monotonic()

    def tell(done: int, total: int) -> None:
        show_progress(trying_text(monotonic() - began, done, total, language))

    try:
        with gathered_interrupts() as interrupts:
            tell(0, 1)
            tried = trial.run(progress=tell, cancelled=interrupts.came)
    except Cancelled:
        clear_progress()
        write_folded(TRIAL_STOPPED.text(language))
        return False
    clear_progress()
    write_folded(tried_text(tried, language))
    return True

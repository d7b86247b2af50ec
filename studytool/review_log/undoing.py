"""Acts taken back and done again: each as an event, by which nothing that was written changes."""

from datetime import datetime
from typing import TYPE_CHECKING

from studytool.review_log import acts
from studytool.review_log.kinds import LEECH
from studytool.review_log.log_writer import LogWriter

if TYPE_CHECKING:
    from studytool.review_log.events import Act, Review


class UndoingWriter(LogWriter):
    """What undoes and redoes the acts of one learner on one device."""

    def undo(self, now: datetime, *, offset_minutes: int = 0) -> "Act | None":
        """Take back what this learner did last on this device, as an event.

        Again and again, as far back as there is anything; None when there is no more. What was
        done with a leech is taken back together with the review that made it one.
        """
        from studytool.review_log.events import Undo  # late: home reads no event

        with self.at_once():
            act = acts.last_act(self._db, learner=self.learner, device=self.device)
            if leech := getattr(act, LEECH.name, None):
                review = self.undo_review(leech, now, offset_minutes=offset_minutes)
                if review is not None:
                    return review
            if act is not None:
                self.append(Undo, now, offset_minutes=offset_minutes, target=act.id)
        return act

    def undo_review(
        self, review_id: str, now: datetime, *, offset_minutes: int = 0
    ) -> "Review | None":
        """Take back one review, of whatever time and device, as an event; None if none stands.

        What was done with a leech is taken back together with the review that made it one.
        """
        from studytool.review_log.events import Undo  # late: home reads no event

        with self.at_once():
            review = acts.standing_review(self._db, review_id)
            if review is not None:
                for act in (*acts.leech_acts(self._db, review), review):
                    self.append(Undo, now, offset_minutes=offset_minutes, target=act.id)
        return review

    def redo(self, now: datetime, *, offset_minutes: int = 0) -> "Act | None":
        """Put in force again what was taken back last, as an event.

        Again and again, as far as was undone; None when there is no more, or something else was
        done since.
        """
        from studytool.review_log.events import Redo, Review  # late: home reads no event

        with self.at_once():
            act = acts.last_undone(self._db, learner=self.learner, device=self.device)
            if act is not None:
                self.append(Redo, now, offset_minutes=offset_minutes, target=act.id)
            if isinstance(act, Review):
                after = acts.last_undone(self._db, learner=self.learner, device=self.device)
                if after is not None and getattr(after, LEECH.name, None) == act.id:
                    self.append(Redo, now, offset_minutes=offset_minutes, target=after.id)
        return act

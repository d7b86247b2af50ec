"""Words that stand in more than one place, each in both languages once."""

from studytool.language import Phrase

REVIEW = Phrase(ko="복습", en="review")
LEARNING = Phrase(ko="학습 중", en="learning")
NEW = Phrase(ko="새 문항", en="new")
FLAGGED = Phrase(ko="⚑ 깃발", en="⚑ flagged")
OUTCOME = Phrase(ko="채점", en="outcome")
NONE = Phrase(ko="없음", en="none")

"""The sentences of reading, schema and lint: said in English where they arise, told in both."""

from collections.abc import Iterable

from studytool.language import Message, Phrase
from studytool.packs.korean import KOREAN


def told(english: str, /, **fields: object) -> Message:
    """Return a sentence with its fields, for a reader whose language is chosen later.

    Its Korean stands in :mod:`studytool.packs.korean`, by the English.

    >>> told("unknown key '{key}'", key="prompts").text("ko")
    "모르는 키 'prompts'입니다"
    """
    return Phrase(KOREAN[english], english).of(**fields)


def names_here(names: Iterable[str]) -> Message:
    """Return what may stand at a place where an unknown name does."""
    return told("names here: {names}", names=", ".join(sorted(names)) or told("none"))


def parted(why: Message) -> tuple[Message, Message | None]:
    """Part a formula's refusal that ends with what to write: the sentence, and the remedy.

    >>> why, remedy = parted(Phrase("이동은 없습니다. 곱하세요.", "no shifts; write 2*n").of())
    >>> why.text("en"), remedy.text("ko")
    ('no shifts', '곱하세요.')
    """
    what, _, instead = why.phrase.en.partition("; write ")
    if not instead:
        return why, None
    ko, _, remedy = why.phrase.ko.partition(". ")
    return Message(Phrase(f"{ko}.", what), why.fields), Message(
        Phrase(remedy, f"write {instead}"), why.fields
    )


class UnfitError(ValueError):
    """What a model says of values that do not go together; pydantic gathers it.

    Attributes:
        says: what is wrong.
        remedy: how to mend it.
    """

    def __init__(self, says: Message, remedy: Message | None = None) -> None:
        self.says = says
        self.remedy = remedy
        super().__init__("\n".join(one.text("en") for one in (says, remedy) if one is not None))

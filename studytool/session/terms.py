"""The terms of a pack's glossary that stand in the question in view."""

from studytool.library.library import Library
from studytool.packs.glossary import terms_in
from studytool.quiz.key import RecallKey, options_of
from studytool.session.question import Question


def terms_in_view(question: Question | None, library: Library) -> dict[str, str]:
    """Return the terms that stand in a question, once it is marked in its key too.

    A card may ask for just such a meaning: of it there are none until its back is shown.
    """
    if question is None or (question.mark is None and isinstance(question.variant.key, RecallKey)):
        return {}
    variant = question.variant
    parts = [variant.prompt, *(option.text for option in options_of(variant.key))]
    if question.mark is not None:
        parts += [question.mark.key_text, variant.solution]
    glossary = library.manifest(question.id.partition("/")[0]).glossary
    return terms_in("\n".join(parts), glossary, variant.language)

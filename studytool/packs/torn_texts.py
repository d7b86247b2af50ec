"""The commonest slip of all: ``{en: one, two}``, where the comma ends the text, or the list."""

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Document, Path
from studytool.packs.schema_words import short
from studytool.packs.telling import told

_OF_LISTS = frozenset({"tags", "was", "claims", "distinct", "unordered", "languages", "requires"})
"""Keys whose value is a list of names."""
_QUOTES = tuple("“‘„«「")


def torn_text(document: Document, where: Path) -> Diagnostic | None:
    """Find where a comma has torn a value inside braces: what follows it is a key without a value."""
    mapping = document.at(where)
    if not isinstance(mapping, dict):
        return None
    keys = list(mapping)
    torn = [key for key in keys[1:] if mapping[key] is None]
    torn = [key for key in torn if not document.has_colon((*where, key))]
    if not torn:
        return None
    key = keys[keys.index(torn[0]) - 1]
    before = str(mapping[key])
    why = told("the text before '{torn}' ends at its comma", torn=short(torn[0]))
    help_ = told("inside {{...}}, put a text that contains a comma in quotes")
    if key in _OF_LISTS:
        why = told("the list of '{key}' has no brackets", key=key)
        help_ = told("write [{listed}]", listed=short(", ".join([before, *torn])))
    elif before.startswith(_QUOTES):
        help_ = told("{quote} is no quote of YAML: put the text in ' ' or \" \"", quote=before[0])
    return Diagnostic("E206", document.key_place((*where, torn[0])), why, help_)

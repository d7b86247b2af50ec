"""The blanks of a cloze text: each declared, each once, the same in every language."""

import re
from collections.abc import Iterator

from studytool.language import Message
from studytool.packs.clozes import Cloze
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.located import Located, did_you_mean
from studytool.packs.telling import told
from studytool.packs.templates import BlankPlace, blanks
from studytool.packs.walk import written

_OLD = re.compile(r"\{\{(?P<name>[^{}\n|]{0,60})(?P<more>\|[^{}\n]{0,200})?\}\}")
_OPENED = re.compile(r"\[\[(?P<name>[A-Za-z0-9_-]{0,40})(?P<closed>\]\])?")


def check_blanks(located: Located[Cloze]) -> Iterator[Diagnostic]:
    """Report what is wrong with the blanks of an item's text; one slip once in a language."""
    item = located.value
    texts = list(written(("text",), item.text))
    reported: set[str] = set()
    missing: dict[str, list[Path]] = {}
    for where, words in texts:
        found = blanks(words)
        names = {blank.name for blank in found}
        lost = [name for name in item.blanks if name not in names]
        slips = [
            *_unknown(located, item, (where, found), reported),
            *_twice(located, item, (where, found)),
        ]
        if lost and not slips:
            slips += _unread(located, (where, words), lost)
        yield from slips
        for name in lost if not slips else ():
            missing.setdefault(name, []).append(where)
    for name, places in missing.items():
        if len(places) == len(texts):
            why = told("no text has the blank [[{name}]]", name=name)
            help_ = told("write [[{name}]] in the text, or take it out of 'blanks'", name=name)
            yield located.problem_at_key("E308", ("blanks", name), why, help_)
            continue
        for where in places:
            why = told("the text has no blank [[{name}]]", name=name)
            yield located.problem("E308", where, why, told("blank the same words in each language"))


def _unknown(
    located: Located[Cloze], item: Cloze, text: tuple[Path, list[BlankPlace]], reported: set[str]
) -> Iterator[Diagnostic]:
    where, found = text
    for blank in found:
        if blank.name in item.blanks or blank.name in reported:
            continue
        reported.add(blank.name)
        spot, why = (where, blank.start), told("unknown blank [[{name}]]", name=blank.name)
        name, bar, _ = blank.name.partition("|")
        help_: Message | None
        if bar and name.strip() in item.blanks:
            why = told("the answers of a blank stand under 'blanks'")
            help_ = told("write [[{name}]]", name=name.strip())
        elif not blank.name:
            help_ = told("write its name between the brackets")
        else:
            help_ = did_you_mean(blank.name, item.blanks)
            help_ = help_ or told("add 'blanks: {{{name}: {{accept: [...]}}}}'", name=blank.name)
        yield located.problem_in_text("E307", spot, why, help_, length=blank.end - blank.start)


def _twice(
    located: Located[Cloze], item: Cloze, text: tuple[Path, list[BlankPlace]]
) -> Iterator[Diagnostic]:
    where, found = text
    seen: set[str] = set()
    for blank in found:
        if blank.name in seen and blank.name in item.blanks:
            why = told("the blank [[{name}]] stands twice", name=blank.name)
            spot, length = (where, blank.start), blank.end - blank.start
            help_ = told("give each blank its own name")
            yield located.problem_in_text("E307", spot, why, help_, length=length)
        seen.add(blank.name)


def _unread(
    located: Located[Cloze], text: tuple[Path, str], lost: list[str]
) -> Iterator[Diagnostic]:
    """Find what was meant as a blank and is none: braces, brackets not closed, formulas, code."""
    where, words = text
    braced = (re.search(rf"\{{(?P<name>{re.escape(name)})\}}", words) for name in lost)
    if old := _OLD.search(words) or next(filter(None, braced), None):
        name = old["name"].strip() if old["name"].strip() in lost else lost[0]
        why = told("blanks are written [[name]], and their answers under 'blanks'")
        help_ = told("write [[{name}]] in place of the braces", name=name)
        length = old.end() - old.start()
        yield located.problem_in_text("E307", (where, old.start()), why, help_, length=length)
        return
    for found in _OPENED.finditer(words):
        if found["name"] not in lost:
            continue
        why = told(
            "the blank [[{name}]] stands in a formula or in code, where it is text",
            name=found["name"],
        )
        help_ = told("write it outside")
        if not found["closed"]:
            why = told("this blank is not closed")
            help_ = told("write [[{name}]]", name=found["name"])
        length = found.end() - found.start()
        yield located.problem_in_text("E307", (where, found.start()), why, help_, length=length)
        return

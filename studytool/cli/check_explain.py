"""``studytool check --explain CODE``: what a code means, with an example."""

from studytool.cli.output import write_json, write_text
from studytool.errors import NotFoundError
from studytool.json_output import ExplainJson
from studytool.language import Language, Phrase

_CODE = Phrase("코드", "code")
_HEADING = {
    "error": Phrase("{code} 오류: {meaning}", "{code}, an error: {meaning}"),
    "warning": Phrase("{code} 경고: {meaning}", "{code}, a warning: {meaning}"),
}
_WRONG = Phrase("{file}에 이렇게 쓰면 나옵니다.", "It comes of this in {file}:")
_RIGHT = Phrase("이렇게 고칩니다.", "Mended:")
_SITUATION = Phrase("예: {situation}", "As in: {situation}")
_SEE = Phrase(
    "studytool help codes가 코드를 모두 보여 줍니다.", "studytool help codes lists them all."
)


def explain(code: str, language: Language, *, as_json: bool) -> None:
    """Print what a code of ``check`` means, and an example of it.

    Raises:
        NotFoundError: there is no such code; names the nearest.
    """
    from studytool.packs.code_examples import EXAMPLES
    from studytool.packs.codes import CODES

    name = code.strip().upper()
    if name not in CODES:
        raise NotFoundError(_CODE, code, list(CODES), remedy=_SEE)
    example = EXAMPLES[name]
    told: ExplainJson = {
        "code": name,
        "severity": "error" if name.startswith("E") else "warning",
        "meaning": CODES[name].text(language),
        "file": None,
        "wrong": None,
        "right": None,
        "situation": None,
    }
    if isinstance(example, Phrase):
        told["situation"] = example.text(language)
    else:
        told |= {"file": example.file, "wrong": example.wrong, "right": example.right}
    if as_json:
        write_json(told)
    else:
        write_text("\n".join(_lines(told, language)))


def _lines(told: ExplainJson, language: Language) -> list[str]:
    heading = _HEADING[told["severity"]]
    lines = [heading.text(language, code=told["code"], meaning=told["meaning"]), ""]
    if told["wrong"] is None or told["right"] is None:
        return [*lines, _SITUATION.text(language, situation=told["situation"])]
    lines += [_WRONG.text(language, file=told["file"]), "", *_set_in(told["wrong"]), ""]
    return [*lines, _RIGHT.text(language), "", *_set_in(told["right"])]


def _set_in(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n")]

"""A desk with one small pack of cards, for tests of what is asked when."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.session.desk import Desk

_HEAD = """\
schema: 1
formulas: 1
id: small
version: 1.0.0
title: Small
languages: [ko, en]
licence: MIT
authors: [someone]
notes: notes.ko.md
concepts:
"""
_CARD = """\
- id: {id}
  kind: card
  concept: {concept}
  front: {{ko: 앞면, en: Front}}
  back: {{ko: 뒷면, en: Back}}
  claims: [{claims}]
"""
_CLAIM = """\
- id: {id}
  concept: {concept}
  statement: {{ko: 더해진다, en: It adds}}
  standing: not-computable
  why: {{ko: 정의이다, en: A definition}}
  notes: {{lines: [1], quote: 더해진다}}
  source: {{ref: paper, at: eq. 1}}
"""


def desk_with(
    folder: Path,
    items: Sequence[tuple[str, str, str]],
    *,
    requires: Mapping[str, Sequence[str]] | None = None,
) -> Desk:
    """Open a desk whose only other pack is ``small``.

    Args:
        folder: for the pack and the learner's home.
        items: (slug, concept, claim or nothing), in the author's order.
        requires: the prerequisites of concepts.
    """
    concepts = dict.fromkeys(concept for _, concept, _ in items)
    claims = {claim: concept for _, concept, claim in items if claim}
    head = _HEAD + "".join(
        f"  - {{id: {concept}, title: {concept}, requires: "
        f"[{', '.join((requires or {}).get(concept, ()))}]}}\n"
        for concept in concepts
    )
    pack = folder / "small"
    texts = {
        "pack.yaml": head + 'sources: [{id: paper, citation: "A. Author, 2020"}]\n',
        "items/all.yaml": "".join(
            _CARD.format(id=slug, concept=concept, claims=claim) for slug, concept, claim in items
        ),
        "claims/all.yaml": "".join(
            _CLAIM.format(id=claim, concept=concept) for claim, concept in claims.items()
        ),
        "notes.ko.md": "더해진다\n",
    }
    for name, text in texts.items():
        if not text:
            continue
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(text, "utf-8")
    desk = Desk.open(folder / "home", MACHINE_CLOCK)
    read = load_pack(pack)
    desk.library.install(read, pack)
    listed = [(one.item, one.concept, one.position) for one in desk.library.listed("small")]
    desk.log.register("small", listed, digest=read.digest)
    return desk

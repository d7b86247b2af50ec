"""A small pack that is right, and ways to write it with one thing wrong."""

from pathlib import Path

MANIFEST = """\
schema: 1
formulas: 1
id: sample
version: 1.0.0
title: Sample
languages: [ko, en]
licence: MIT
authors: [someone]
notes: notes.ko.md
concepts:
  - {id: scale, title: {ko: 규모, en: Scale}}
sources:
  - {id: paper, citation: "A. Author, 2020"}
"""

NOTES = "첫 줄\n분산은 더해진다\n"

CARD = """\
- id: recall
  kind: card
  concept: scale
  front: {ko: 앞면, en: Front}
  back: {ko: 뒷면, en: Back}
"""

NUMERIC = """\
- id: doubled
  kind: numeric
  concept: scale
  params:
    n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}
    sx: {uniform: [0.5, 2.0], sigfigs: 2}
  require: ["n > 1"]
  let: {v: "n*sx"}
  prompt: {ko: "{n}개, {sx}", en: "{n} of {sx}"}
  answer: {formula: "2*v", tolerance: {rel: 0.02}}
  misconceptions:
    - {id: single, formula: "v", say: {ko: 하나, en: One}}
  solution: {ko: "{answer}", en: "{answer:3sf}"}
  check: {sample: "2*sum(normal(sx, 1, [reps, n]), axis=1)", statistic: mean}
"""

ALSO = '{also: "1 + a", because: {ko: 같은 합, en: The same sum}}'
"""How the number of ``CLAIM`` is tried."""

CLAIM = """\
- id: adds
  concept: scale
  statement: {ko: 더해진다, en: It adds}
  standing: confirmed
  notes: {lines: [2], quote: 분산은 더해진다}
  source: {ref: paper, at: eq. 1}
  checks:
    - expect: "a + 1"
      by: {also: "1 + a", because: {ko: 같은 합, en: The same sum}}
      given: [{a: 2}]
      controls: [{id: same, expect: "a"}]
"""


def write_pack(
    folder: Path,
    *,
    manifest: str = MANIFEST,
    items: str = CARD + NUMERIC,
    claims: str = CLAIM,
    notes: str | None = NOTES,
) -> Path:
    """Write a pack; what is not given is right."""
    for name, text in {
        "pack.yaml": manifest,
        "items/all.yaml": items,
        "claims/all.yaml": claims,
        "notes.ko.md": notes,
    }.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
    return folder

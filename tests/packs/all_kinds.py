"""A small pack with an item of each kind, in which nothing is wrong."""

from tests.packs.samples import CARD, CLAIM, MANIFEST, NOTES, NUMERIC

_MANIFEST = MANIFEST.replace(
    "notes: notes.ko.md\n",
    "notes: notes.ko.md\nglossary:\n  - {term: {ko: 항, en: term}, means: {ko: 뜻, en: sense}}\n",
)
CLOZE = """\
- id: blanked
  kind: cloze
  concept: scale
  params: {n: {integers: [2, 40]}}
  text: {ko: '{n}의 두 배는 [[d]], 색은 [[c]]', en: 'Twice {n} is [[d]], the colour [[c]]'}
  blanks:
    d: {formula: 'n*2', show: 3sf}
    c: {accept: {ko: [빨강, 적색], en: [red]}}
  solution: {ko: '{n}+{n}', en: '{n}+{n}'}
"""
CHOICE = """\
- id: which
  kind: choice
  concept: scale
  prompt: {ko: 무엇, en: Which}
  options:
    - {id: a, correct: true, text: {ko: 같다, en: The same}, because: adds}
    - {id: b, text: {ko: 다르다, en: Another}, say: {ko: 아니다, en: No}}
  solution: {ko: 그렇다, en: It is}
"""
WHEN = """\
- id: bigger
  kind: choice
  concept: scale
  params: {a: {integers: [2, 20]}, b: {integers: [2, 20]}}
  distinct: [a, b]
  prompt: {ko: '{a}, {b}?', en: '{a}, {b}?'}
  options:
    - {id: a, when: 'a > b', text: {ko: 앞, en: First}}
    - {id: b, when: 'b > a', text: {ko: 뒤, en: Second}}
    - {id: c, correct: false, pin: last, text: {ko: 같다, en: Equal}}
  solution: {ko: '{a} {b}', en: '{a} {b}'}
"""
ORDER = """\
- id: sorted
  kind: order
  concept: scale
  params: {a: {integers: [2, 20]}}
  prompt: {ko: '{a}', en: 'Sort for {a}'}
  things:
    - {id: x, text: {ko: 하나, en: once}, value: 'a'}
    - {id: y, text: {ko: 둘, en: twice}, value: '2*a'}
    - {id: z, text: {ko: 제곱, en: squared}, value: 'a**2+a'}
  direction: ascending
  solution: {ko: '{a}', en: '{a}'}
"""
PRED = """\
- id: guess
  kind: prediction
  concept: scale
  prompt: {ko: 무엇, en: Which?}
  measure: {x: {experiment: dense_layer, quantity: weight_variance}}
  outcomes:
    - {id: a, text: {ko: 가, en: A}, when: 'x > 0.2'}
    - {id: b, text: {ko: 나, en: B}, when: 'x <= 0.2'}
  solution: {ko: 그렇다, en: It is}
"""
EST = """\
- id: estimated
  kind: prediction
  concept: scale
  prompt: {ko: 얼마, en: How large?}
  measure: {x: {experiment: dense_layer, quantity: weight_variance}}
  estimate: {of: x, axis: {log: [0.001, 10]}, within: {factor: 3}}
  solution: {ko: 그렇다, en: It is}
"""
EXPERIMENT = """\
- id: walk
  title: {ko: 걷기, en: A walk}
  params: {n: {integer: [1, 50], default: 10}}
  state: {x: '0'}
  step: {x: 'x + normal(0, 1, [reps])'}
  repeat: n
  measure:
    spread: {name: {ko: 흩어짐, en: spread}, value: x, statistic: variance, closed_form: n}
"""
FILES = {
    "pack.yaml": _MANIFEST,
    "items/all.yaml": CARD + NUMERIC + CLOZE + CHOICE + WHEN + ORDER + PRED + EST,
    "claims/all.yaml": CLAIM,
    "experiments/all.yaml": EXPERIMENT,
    "notes.ko.md": NOTES,
}

"""A small pack with an item of each class of evidence, its claims and keys tried and kept."""

from pathlib import Path

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.packs.oracles import OracleRecord
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.session.desk import Desk
from studytool.verification.lock import write_lock
from studytool.verification.verify import verify_pack
from tests.packs.samples import NUMERIC, write_pack

PACK = "sample"
SIMULATED, SECOND_METHOD, ALGEBRA, ON_A_CLAIM, UNTRIED, ORDER, SHARE = (
    "doubled", "moved", "halved", "recall", "rule", "larger", "everywhere",
)  # fmt: skip

_OTHERS = """\
- id: moved
  kind: numeric
  concept: scale
  params: {n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}}
  prompt: {ko: "{n}개", en: "{n} images"}
  answer: {formula: "20*n", tolerance: {rel: 0.001}}
  misconceptions:
    - {id: too-many, formula: "60*n", say: {ko: 많음, en: Too many}}
  check:
    experiment: normalization_statistics
    with: {n: "n", c: "3", h: "4", w: "5"}
    quantity: values_moved
- id: halved
  kind: numeric
  concept: scale
  params: {n: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}}
  prompt: {ko: "{n}의 반", en: "Half of {n}"}
  answer: {formula: "n/2", tolerance: {rel: 0.02}}
  misconceptions:
    - {id: doubled, formula: "2*n", say: {ko: 두 배, en: Doubled}}
  check: {also: "0.5*n", because: {ko: 나눗셈은 곱셈이다, en: division is multiplication}}
- id: recall
  kind: card
  concept: scale
  front: {ko: 앞면, en: Front}
  back: {ko: 뒷면, en: Back}
  claims: [averages]
- id: rule
  kind: card
  concept: scale
  front: {ko: 규칙은, en: The rule}
  back: {ko: 약속, en: A convention}
  claims: [agreed]
- id: larger
  kind: card
  concept: scale
  front: {ko: 어느 쪽이 큰가, en: Which is larger}
  back: {ko: 앞의 것, en: The first}
  claims: [more]
- id: everywhere
  kind: card
  concept: scale
  front: {ko: 언제 큰가, en: When is it larger}
  back: {ko: 언제나, en: Always}
  claims: [always-more]
"""
_SLOW = """\
- id: slow
  kind: numeric
  concept: scale
  params: {v: {choice: [2, 3, 4, 5, 6, 7, 8, 9]}}
  prompt: {ko: "{v}의 세 배", en: "Thrice {v}"}
  answer: {formula: "3*v", tolerance: {rel: 0.001}}
  misconceptions:
    - {id: single, formula: "v", say: {ko: 하나, en: One}}
  check: {sample: "SAMPLE", statistic: mean}
"""
_CLAIMS = """\
- id: averages
  concept: scale
  statement: {ko: 평균은 m이다, en: The mean is m}
  standing: confirmed
  notes: {lines: [2], quote: 분산은 더해진다}
  source: {ref: paper, at: eq. 1}
  checks:
    - expect: "m"
      by: {sample: "normal(m, 1, [reps])"}
      given: [{m: 2}]
      rtol: 0.05
      controls: [{id: none, expect: "0.5*m"}]
- id: agreed
  concept: scale
  statement: {ko: 약속이다, en: It is agreed}
  standing: convention
  why: {ko: 정의이다, en: It is a definition}
  source: {ref: paper}
- id: more
  concept: scale
  statement: {ko: 더 많다, en: There are more}
  standing: confirmed
  source: {ref: paper}
  checks:
    - greater: {experiment: normalization_statistics, with: {n: "8"}, quantity: values_moved}
      than: {experiment: normalization_statistics, with: {n: "5"}, quantity: values_moved}
      margin: "1"
- id: always-more
  concept: scale
  statement: {ko: 언제나 더 많다, en: There are always more}
  standing: confirmed
  source: {ref: paper}
  checks:
    - greater: {experiment: normalization_statistics, with: {n: "n"}, quantity: values_moved}
      than: {experiment: normalization_statistics, with: {n: "5"}, quantity: values_moved}
      over: {n: [6, 7, 8, 4]}
      share: 0.75
"""


_ORACLE = OracleRecord(
    {"n": 4.0}, 80.0, 0.0, "torch.nn.functional.batch_norm", "torch", "2.14.1"
)  # 4 images of 4×5 pixels share the statistics of a channel


def write_tried_pack(folder: Path) -> Path:
    """Write the pack with the evidence.lock that its author's run makes."""
    write_pack(folder, items=NUMERIC + _OTHERS, claims=_CLAIMS)
    oracles = {f"keys/{SECOND_METHOD}": (_ORACLE,)}
    write_lock(folder, verify_pack(load_pack(folder), oracles=oracles), version="0.1.0")
    return folder


def write_slow_pack(folder: Path) -> Path:
    """Write a pack whose one key takes minutes to try: millions of draws of a thousand numbers."""
    slow = "sum(normal(v, 1, [reps, 3]), axis=1) + 0*mean(normal(0, 1, [reps, 1000]), axis=1)"
    item = _SLOW.replace("SAMPLE", slow)
    return write_pack(folder, items=item, claims=_CLAIMS)


def desk_with(home: Path, folder: Path, language: Language) -> Desk:
    """Open a desk with the pack of a folder, in a language."""
    desk = Desk.open(home, MACHINE_CLOCK)
    desk.choose_language(language)
    install_at(desk, load_pack(folder), folder)
    return desk


def install_at(desk: Desk, pack: Pack, folder: Path) -> None:
    """Install a pack read from a folder, and register its items with the log."""
    desk.library.install(pack, folder)
    listed = [(one.item, one.concept, one.position) for one in desk.library.listed(pack.id)]
    desk.log.register(pack.id, listed, digest=pack.digest)

"""The texts of a new pack: an example of each kind of item, for its author to write over."""

from typing import Final, NamedTuple


class PackText(NamedTuple):
    """A text of the new pack in both languages, whose braces are the pack's own."""

    ko: str
    en: str


FILES: Final = {
    "pack.yaml": """\
# yaml-language-server: $schema=schema/pack.json
schema: 1
formulas: 1
id: @id
version: 0.1.0
title: @title
languages: @languages
licence: @licence
authors: @authors
concepts:
  - id: means
    title: @means
    lesson: @lesson
  - id: descent
    title: @descent
    requires: [means]
    lesson: @descent_lesson
sources:
  - id: textbook
    citation: @citation
""",
    "items/first.yaml": """\
# yaml-language-server: $schema=../schema/items.json
- id: variance-of-a-mean
  kind: card
  concept: means
  claims: [mean-variance]
  front: @card_front
  back: @card_back

- id: halve-the-error
  kind: cloze
  concept: means
  claims: [mean-variance]
  text: @cloze
  blanks:
    times: {accept: @times}
    root: {accept: @root}
  solution: @cloze_solution

- id: steadier-mean
  kind: choice
  concept: means
  claims: [mean-variance]
  params:
    a: {integers: [4, 40]}
    b: {integers: [4, 40]}
  distinct: [a, b]
  prompt: @choice_prompt
  options:
    - id: first
      text: @choice_first
      when: 'a > b'
    - id: second
      text: @choice_second
      when: 'b > a'
  solution: @choice_solution

- id: order-of-variances
  kind: order
  concept: means
  claims: [mean-variance]
  params:
    n: {integers: [3, 20]}
  prompt: @order_prompt
  things:
    - id: mean
      text: @order_mean
      value: '1/n'
    - id: one
      text: @order_one
      value: '1'
    - id: sum
      text: @order_sum
      value: 'n'
  direction: ascending
  solution: @order_solution

- id: standard-error
  kind: numeric
  concept: means
  claims: [mean-variance]
  params:
    sd: {integers: [4, 20]}
    n: {integers: [5, 60]}
  prompt: @numeric_prompt
  answer: {formula: 'sd/sqrt(n)', tolerance: {sf: 3}}
  misconceptions:
    - id: no-root
      formula: 'sd/n'
      say: @no_root
    - id: variance
      formula: 'sd**2/n'
      say: @variance
  solution: @numeric_solution
  check: {sample: 'mean(normal(0,sd,[reps,n]),axis=1)', statistic: std}
  tests:
    - {seed: 1, answer: '0', outcome: wrong}

- id: too-large-a-step
  kind: prediction
  concept: descent
  params:
    c: {integers: [5, 20]}
    lr: {choice: [0.04, 0.06, 0.15, 0.3]}
  require: ['abs(lr*c-2) > 0.3']
  prompt: @prediction_prompt
  measure:
    change:
      experiment: quadratic_descent
      with: {curvature: c, lr: lr, steps: '20'}
      quantity: log10_loss_ratio
  outcomes:
    - id: falls
      text: @falls
      when: 'change < 0'
    - id: grows
      text: @grows
      when: 'change > 0'
  solution: @prediction_solution
""",
    "claims/first.yaml": """\
# yaml-language-server: $schema=../schema/claims.json
- id: mean-variance
  concept: means
  statement: @claim
  standing: confirmed
  source: {ref: textbook, at: @chapter}
  checks:
    - expect: 'sd**2/n'
      by: {sample: 'mean(normal(0,sd,[reps,n]),axis=1)', statistic: variance}
      given: [{sd: 2, n: 5}, {sd: 3, n: 12}]
      controls:
        - {id: unchanged, expect: 'sd**2'}
        - {id: twice-divided, expect: 'sd**2/n**2'}
    - expect: 'sd**2/n'
      by: {experiment: growing_sum, with: {n: n, sd: sd}, quantity: mean_square}
      given: [{sd: 3, n: 5}, {sd: 0.5, n: 4}]
      controls:
        - {id: not-divided, expect: 'sd**2'}
""",
    "experiments/first.yaml": """# yaml-language-server: $schema=../schema/experiments.json
- id: growing_sum
  title: @experiment
  description: @experiment_about
  params:
    n:
      integer: [1, 100]
      default: 10
      doc: @experiment_n
    sd:
      float: [0.1, 10]
      default: 1
      doc: @experiment_sd
  state: {total: '0'}
  step: {total: 'total + normal(0,sd,[reps])'}
  repeat: n
  measure:
    mean_square:
      name: @experiment_square
      value: '(total/n)**2'
      closed_form: 'sd**2/n'
""",
}
"""By name, what each file holds; ``@name`` is a text of ``TEXTS``, or given by the author."""

TEXTS: Final = {
    "means": PackText("평균의 흩어짐", "How a mean varies"),
    "lesson": PackText(
        "값 하나는 우연에 따라 흔들립니다. 서로 독립인 값 여러 개의 평균은 덜 흔들립니다. 어떤 값은 크고 어떤 값은 작아 "
        "서로 상쇄되기 때문입니다. 분산은 값의 수 n으로 나뉘고, 표준오차는 그 제곱근으로 나뉩니다.",
        "One value varies by chance. The mean of several independent ones varies less, since large and "
        "small values make up for each other. Its variance is divided by their number n, its standard "
        "error by the square root of n.",
    ),
    "descent": PackText("내리막 걷기", "Steps downhill"),
    "descent_lesson": PackText(
        "곡률이 c인 포물선에서 보폭 r로 내려가면 매번 남은 거리에 1 − rc가 곱해집니다. 보폭이 2/c보다 크면 최솟값을 지나쳐 "
        "점점 멀어집니다.",
        "A step of rate r down a parabola of curvature c multiplies the distance that is left by 1 − rc. "
        "Where r is above 2/c, each step lands farther away on the other side.",
    ),
    "citation": PackText("여기에 책이나 논문을 쓰세요.", "Write your book or paper here."),
    "chapter": PackText("1장", "chapter 1"),
    "claim": PackText(
        "서로 독립이고 분산이 σ²인 값 n개의 평균은 분산이 σ²/n입니다.",
        "The mean of n independent values of variance σ² has the variance σ²/n.",
    ),
    "experiment": PackText("값을 하나씩 더하기", "Values added one by one"),
    "experiment_about": PackText(
        "step마다 기댓값이 0인 값을 하나 뽑아 합에 더합니다. reps는 반복 수입니다.",
        "Each step draws one value of mean 0 and adds it to the total; reps is the number of replicates.",
    ),
    "experiment_n": PackText("더할 값의 수", "how many values are added"),
    "experiment_sd": PackText("값 하나의 표준편차", "the standard deviation of one"),
    "experiment_square": PackText("제곱한 평균의 기댓값", "the mean square of their mean"),
    "card_front": PackText(
        "서로 독립이고 분산이 σ²인 값 n개의 평균은 분산이 얼마인가요?",
        "What is the variance of the mean of n independent values of variance σ²?",
    ),
    "card_back": PackText("σ²/n입니다.", "σ²/n."),
    "cloze": PackText(
        "평균의 표준오차는 값의 수의 [[root]]에 반비례합니다. 그래서 절반으로 줄이려면 값이 [[times]]배 필요합니다.",
        "The standard error of a mean falls with the [[root]] of the number of values; to halve it takes "
        "[[times]] times as many.",
    ),
    "times": PackText("['4', 네, 넷]", "['4', four]"),
    "root": PackText("[제곱근, 루트]", "[square root, root]"),
    "cloze_solution": PackText(
        "σ/√n에서 n이 네 배가 되면 √n은 두 배가 됩니다.",
        "In σ/√n, four times n makes √n twice as large.",
    ),
    "choice_prompt": PackText(
        "같은 분포에서 뽑은 값 {a}개의 평균과 {b}개의 평균 중 어느 쪽이 덜 흔들리나요?",
        "Of one distribution: which varies less, the mean of {a} values or the mean of {b}?",
    ),
    "choice_first": PackText("{a}개의 평균", "The mean of {a}"),
    "choice_second": PackText("{b}개의 평균", "The mean of {b}"),
    "choice_solution": PackText(
        "값이 많을수록 평균의 분산이 작습니다. {a}개와 {b}개 중 많은 쪽입니다.",
        "The more values, the smaller the variance of their mean: the larger of {a} and {b}.",
    ),
    "order_prompt": PackText(
        "서로 독립인 같은 분포의 값 {n}개가 있습니다. 분산이 작은 것부터 놓으세요.",
        "There are {n} independent values of one distribution. Put these by variance, smallest first.",
    ),
    "order_mean": PackText("{n}개의 평균", "the mean of the {n}"),
    "order_one": PackText("값 하나", "one value"),
    "order_sum": PackText("{n}개의 합", "the sum of the {n}"),
    "order_solution": PackText(
        "값 하나의 분산을 1이라 하면 평균은 1/{n}, 합은 {n}입니다.",
        "With 1 for one value, the mean has 1/{n} and the sum {n}.",
    ),
    "numeric_prompt": PackText(
        "표준편차가 {sd}인 값 {n}개를 서로 독립으로 뽑아 평균을 냅니다. 이 평균의 표준오차는?",
        "The mean is taken of {n} independent values with standard deviation {sd}. What is its standard error?",
    ),
    "no_root": PackText("{n|이} 아니라 √{n|으로} 나눕니다.", "Divide by √{n}, not by {n}."),
    "variance": PackText(
        "평균의 분산입니다. 제곱근을 구하세요.", "That is the variance of the mean; take its root."
    ),
    "numeric_solution": PackText("{sd}/√{n} ≈ {answer}입니다.", "{sd}/√{n} ≈ {answer}."),
    "prediction_prompt": PackText(
        "곡률이 {c}인 포물선에서 보폭 {lr}의 경사 하강을 20번 합니다. 손실은 어떻게 될까요?",
        "Gradient descent takes 20 steps of rate {lr} on a parabola of curvature {c}. What does the loss do?",
    ),
    "falls": PackText("줄어든다", "It falls"),
    "grows": PackText("커진다", "It grows"),
    "prediction_solution": PackText(
        "보폭이 2/{c}보다 작으면 줄고, 크면 커집니다. 여기서는 {lr}입니다.",
        "It falls where the rate is below 2/{c} and grows above; here it is {lr}.",
    ),
}

"""A small pack of what the simulation decides: an order, an estimate and outcomes, numbers drawn."""

_VARIANCE = "{experiment: dense_layer, with: {fan_in: n, fan_out: n}, quantity: weight_variance}"
"""Of Xavier weights: 1/n."""

ORDER = f"""\
- id: order
  kind: order
  concept: scale
  params: {{n: {{choice: [4, 8]}}}}
  prompt: {{ko: "순서 {{n}}", en: "Order {{n}}"}}
  measure: {{variance: {_VARIANCE}}}
  things:
    - {{id: small, text: {{ko: 백분의 일, en: hundredth}}, value: "0.01"}}
    - {{id: middle, text: {{ko: 분산, en: variance}}, value: variance}}
    - {{id: large, text: {{ko: 하나, en: one}}, value: "1"}}
"""

ESTIMATE = f"""\
- id: estimate
  kind: prediction
  concept: scale
  params: {{n: {{choice: [4, 8]}}}}
  prompt: {{ko: "어림 {{n}}", en: "Estimate {{n}}"}}
  measure: {{variance: {_VARIANCE}}}
  estimate: {{of: variance, axis: {{log: [0.001, 1]}}, within: {{factor: 2}}}}
"""

OUTCOMES = f"""\
- id: outcomes
  kind: prediction
  concept: scale
  params: {{n: {{choice: [4, 8, 16, 32]}}}}
  prompt: {{ko: "결과 {{n}}", en: "Outcome of {{n}}"}}
  measure: {{variance: {_VARIANCE}}}
  outcomes:
    - {{id: above, text: {{ko: 위, en: above}}, when: "variance > 0.1"}}
    - {{id: below, text: {{ko: 아래, en: below}}, when: "variance <= 0.1"}}
"""

"""The words of an experiment for a learner: of itself, its parameters and what it measures.

In English they are the core's own; an experiment that has none here, as a pack's, speaks for itself.
"""

from collections.abc import Mapping
from typing import Any

from studytool.language import Language
from studytool.numerics.experiment import Experiment, ParameterDefinition, ParameterValue, plain
from studytool.wording.experiment_names import ENGLISH_QUANTITY_NAMES, KOREAN_QUANTITY_NAMES
from studytool.wording.experiment_parameters import (
    CHOICES,
    KOREAN_PARAMETERS,
    PARAMETER_NAMES,
    Names,
)
from studytool.wording.experiment_quantities import KOREAN_QUANTITIES

DECADES, _LOG = "log10_", "log₁₀ "

KOREAN_EXPERIMENTS: Mapping[str, str] = {
    "cosine_schedule": "코사인 어닐링을 점화식으로 한 스텝씩",
    "warmup_schedule": "선형 워밍업을 한 스텝씩",
    "quadratic_descent": "포물선 위의 경사하강, 워밍업이 있을 때와 없을 때",
    "warmup_training": "높은 학습률로 시작하는 작은 ReLU 망, 워밍업이 있을 때와 없을 때",
    "annealed_descent": "주기를 고른 코사인 어닐링으로, 잡음 섞인 포물선 하강",
    "gradient_alignment": "몇 스텝 뒤 작은 배치의 기울기가 전체 기울기와 얼마나 같은 쪽인가",
    "l2_decay": "(lam/2)·w²만으로 한 스텝씩 경사하강",
    "orthonormal_penalty": "직교 설계의 계수 하나를 근접 경사 200스텝으로",
    "kink_descent": "L1 벌점만의 하강: 미분값으로, 또는 근접 스텝으로",
    "ball_projection": "아무 방향의 점에서 가장 가까운 마름모와 원의 점",
    "constrained_fit": "원이나 마름모 안의 최소제곱을 사영 경사하강으로",
    "ball_solution": "원이나 마름모 안의 해에 공통인 것, 자료 20개",
    "ridge_path": "상관 있는 특징에서 벌점을 키워 가는 릿지",
    "ridge_direction": "릿지가 한 방향으로 최소제곱 해를 얼마나 남기는가",
    "ridge_steps": "L2 벌점이 곡률을 높인 긴 골짜기에서 경사하강의 스텝 수",
    "ridge_fit": "무작위 자료의 릿지 회귀를 정확히 풀기",
    "lasso_fit": "무작위 자료의 라쏘를 좌표 하강으로",
    "elastic_net_fit": "앞의 두 특징이 서로 닮은 무작위 자료의 엘라스틱 넷",
    "collinear_designs": "두 특징이 닮았을 때 자료에 따라 계수가 얼마나 달라지는가",
    "feature_selection": "벌점을 준 회귀가 중요한 특징과 아닌 특징 가운데 무엇을 남기는가",
    "penalty_prediction": "검증 자료로 벌점을 고른 회귀의 모형 오차",
    "slope_jump": "가중치가 0을 지날 때 벌점의 미분값이 얼마나 뛰는가",
    "rounded_kink": "꺾인 점을 둥글린 L1 벌점에서 직교 설계의 계수 하나",
    "turned_features": "벌점을 준 해가 특징의 축에 따라 달라지는가",
    "diamond_vertices": "먼 점에서 가장 가까운 마름모의 점은 어디인가",
    "lasso_descent": "최소제곱 해에서 시작하는 라쏘의 하강",
    "lasso_edge": "벌점이 모형을 비우기 직전에 라쏘가 남기는 특징",
    "augmented_lasso": "엘라스틱 넷과, 행을 더한 자료의 라쏘",
    "wide_fit": "특징이 표본보다 많을 때 몇 개가 남는가",
    "dropout_layer": "모두 1인 입력의 평균에 드롭아웃을 걸 때",
    "dropout_ensemble": "모든 부분망을 센 평균과, 남을 확률을 곱한 값",
    "dropout_regression": "입력 둘인 선형 회귀를 드롭아웃으로, 샘플 하나씩",
    "dropout_step": "드롭아웃 학습의 한 스텝: 마스크, 출력, 배치의 기울기",
    "dropout_thinning": "학습 중 출력과 기울기를, 꺼진 유닛을 뺀 망과 견주기",
    "dropout_gradient": "드롭아웃에서 배치의 기울기가 전체 기울기와 얼마나 같은 쪽인가",
    "dropout_training": "은닉 유닛에 드롭아웃을 걸고 학습한 작은 망",
    "activation_moments": "정규분포 입력을 받은 활성화 함수",
    "dead_relu": "편향이 있는 He 초기화 ReLU 유닛: 어느 샘플에도 켜지지 않는 비율",
    "zigzag": "앞 활성화에 따른 한 층 가중치 기울기의 부호",
    "descent_path": "앞 활성화에 따라 선형 유닛의 가중치가 목표까지 샘플마다 가는 길",
    "input_descent": "앞 활성화에 따른 선형 유닛 가중치의 전체 배치 하강",
    "signal_depth": "깊은 정사각 망을 지나며 신호와 기울기가 얼마나 줄거나 커지는가",
    "deep_training": "작고 깊은 망의 양 끝이 배우는 것: 활성화, 깊이, 초기화에 따라",
    "activation_slope": "시그모이드와 tanh의 미분값: 꼭대기와 죽는 곳",
    "frozen_layer": "한 은닉층을 편향으로 포화시킨 망의 학습",
    "sigmoid_calibration": "로그 손실로 맞춘 시그모이드 출력의 확신이 새 샘플에서 맞는 만큼인가",
    "dense_layer": "평균 0인 정규분포 입력을 받는 초기 밀집층 하나",
    "unit_layer": "가중치의 분산이 1인 밀집층: 분산을 얼마로 바꿔야 하는가",
    "deep_initialization": "초기화 때 너비가 다른 깊은 망을 지나는 신호와 기울기",
    "rate_range_training": "여러 학습률로 학습한 작고 깊은 망, 초기화에 따라",
    "shape_training": "균등분포와 정규분포 자비에 가중치로 같은 과제를 배우는 작은 tanh 망",
    "symmetry": "초기화에 따른 학습 뒤 첫 층 가중치의 랭크",
    "off_unit_training": "편향이 대부분의 유닛을 꺼 둔 층에서 시작하는 작은 망의 학습",
    "one_value_gradient": "가중치가 모두 한 값인 5-8-8-3 망의 첫 기울기",
    "init_fit": "고른 크기의 가중치에서 한 학습률로 학습한 작은 망",
    "seed_spread": "He 초기화한 깊은 ReLU 망을 지나는 에너지 |h|²가 시드에 따라 얼마나 다른가",
    "gradient_spread": "깊은 정사각 망 첫 층의 기울기: rms와 보통의 성분",
    "batch_norm_layer": "정규분포 값의 배치 하나에서 유닛 하나의 배치 정규화(학습)",
    "batch_norm_running": "추론이 쓰는 이동 통계량: 0과 1에서 시작해 배치 몇 개 뒤",
    "normalization_statistics": "특징 맵 (n, c, h, w)에서 정규화가 구하는 평균의 수와 그 범위",
    "normalization_change": "밝기와 대비, 다른 샘플이 바뀔 때 정규화한 출력이 얼마나 움직이는가",
    "normalized_depth": "표준화한 데이터로 시작하는 깊은 망의 신호와 기울기",
    "rescaled_weights": "모든 은닉층 가중치에 한 수를 곱하면 마지막 층과 기울기가 어떻게 되는가",
    "normalized_training": "배치 정규화가 있을 때와 없을 때 작은 망의 학습",
    "batch_dependence": "다른 샘플이 바뀔 때 학습한 망의 한 샘플 출력이 얼마나 움직이는가",
    "covariate_shift": "같은 데이터에서 한 스텝에 은닉층의 입력과 기울기가 얼마나 움직이는가",
}  # fmt: skip


def experiment_text(experiment: Experiment[Any], language: Language) -> str:
    """Say what an experiment does."""
    korean = KOREAN_EXPERIMENTS.get(experiment.name, experiment.doc)
    return korean if language == "ko" else experiment.doc


def parameter_name(name: str, language: Language) -> str:
    """Name a parameter.

    >>> parameter_name("lr", "en"), parameter_name("own_one", "ko")
    ('rate', 'own one')
    """
    known = PARAMETER_NAMES.get(name)
    return name.replace("_", " ") if known is None else _in(language, known)


def is_own(experiment: Experiment[Any]) -> bool:
    """Tell whether an experiment is a pack's, whose names mean what its author says."""
    return "/" in experiment.name


def parameter_of(experiment: Experiment[Any], name: str, language: Language) -> str:
    """Name a parameter of an experiment."""
    return name.replace("_", " ") if is_own(experiment) else parameter_name(name, language)


def quantity_of(experiment: Experiment[Any], name: str, language: Language) -> str:
    """Name what an experiment measures."""
    return name.replace("_", " ") if is_own(experiment) else quantity_name(name, language)


def parameter_text(definition: ParameterDefinition, language: Language) -> str:
    """Say what a parameter is."""
    doc = definition.doc
    return KOREAN_PARAMETERS.get(doc, doc) if language == "ko" else doc


def value_text(value: ParameterValue, language: Language) -> str:
    """Write the value of a parameter: a number, or what a choice means.

    >>> value_text("he_normal", "en"), value_text(0.25, "en"), value_text("own_one", "en")
    ('He normal', '0.25', 'own one')
    """
    if not isinstance(value, str):
        return plain(value)
    known = CHOICES.get(value)
    return value.replace("_", " ") if known is None else _in(language, known)


def quantity_name(name: str, language: Language) -> str:
    """Name what is measured.

    >>> quantity_name("log10_signal_ratio", "en"), quantity_name("log10_signal_ratio", "ko")
    ('log₁₀ signal ratio', 'log₁₀ 신호의 비')
    """
    log, rest = (_LOG, name.removeprefix(DECADES)) if name.startswith(DECADES) else ("", name)
    plainly = rest.replace("_", " ")
    names = KOREAN_QUANTITY_NAMES if language == "ko" else ENGLISH_QUANTITY_NAMES
    return log + names.get(rest, plainly)


def quantity_text(doc: str, language: Language) -> str:
    """Say what is measured, by the core's own words of it."""
    return KOREAN_QUANTITIES.get(doc, doc) if language == "ko" else doc


def _in(language: Language, names: Names) -> str:
    korean, english = names
    return korean if language == "ko" else english

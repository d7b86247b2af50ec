"""What to write instead of a function that there is not: by its meaning, never by its looks alone.

A hint that makes a wrong key is worse than none, so what other languages and textbooks call a
function stands in a table with what computes the same; a name that means two things gets both. Only
a slip of one letter, where five or more were written or meant, is otherwise taken for a name.
"""

from collections.abc import Iterator, Mapping

from studytool.formula import refusals
from studytool.formula.draws import DRAWS
from studytool.formula.functions import FUNCTIONS
from studytool.formula.kinds import Elementwise, Reduction
from studytool.language import Message

_SAME: Mapping[str, str] = {
    # powers, roots and logarithms
    "pow power": "a ** b",
    "square squared": "x ** 2",
    "cube cubed": "x ** 3",
    "cbrt cuberoot": "x ** (1/3)",
    "root nthroot nroot": "x ** (1/n)",
    "squareroot sqroot": "sqrt(x)",
    "exp2": "2 ** x",
    "exp10": "10 ** x",
    "ln loge naturallog": "log(x)",
    "lb ld": "log2(x)",
    "logarithm logbase logb": "log(x, base)",
    "ln1p": "log1p(x)",
    # division and rounding
    "mod fmod modulo rem remainder": "a % b",
    "div idiv intdiv quotient floordiv": "a // b",
    "int trunc truncate fix": "sign(x) * floor(abs(x))",
    "frac": "x % 1",
    "ceiling": "ceil(x)",
    "rint nint roundn": "round(x, digits)",
    "fabs absolute magnitude modulus": "abs(x)",
    "sgn signum": "sign(x)",
    "clamp": "clip(x, low, high)",
    "minimum": "min(a, b)",
    "maximum": "max(a, b)",
    "ifelse iff": "a if condition else b",
    "heaviside": "x > 0",
    # angles
    "tg tang tangent": "tan(x)",
    "sine": "sin(x)",
    "cosine": "cos(x)",
    "cot ctg cotan cotangent": "1 / tan(x)",
    "sec secant": "1 / cos(x)",
    "csc cosec cosecant": "1 / sin(x)",
    "asin arcsine asine invsin": "arcsin(x)",
    "acos arccosine acosine invcos": "arccos(x)",
    "atan arctg arctangent atg invtan": "arctan(x)",
    "atan2": "arctan2(y, x)",
    "sh": "sinh(x)",
    "ch": "cosh(x)",
    "th tgh": "tanh(x)",
    "coth ctgh": "1 / tanh(x)",
    "sech": "1 / cosh(x)",
    "csch cosech": "1 / sinh(x)",
    "asinh arcsinh arsinh": "log(x + sqrt(x**2 + 1))",
    "acosh arccosh arcosh": "log(x + sqrt(x**2 - 1))",
    "atanh arctanh artanh": "log((1 + x) / (1 - x)) / 2",
    "deg rad2deg todegrees degree": "degrees(x)",
    "rad deg2rad toradians radian": "radians(x)",
    "hypotenuse": "hypot(a, b)",
    # counting
    "fact fac": "factorial(n)",
    "choose binom ncr c combin combination combinations binomialcoefficient": "comb(n, k)",
    "perm permut permutations npr p": "factorial(n) / factorial(n - k)",
    "tgamma": "gamma(x)",
    "lgamma gammaln loggamma lngamma": "log(gamma(x))",
    # distributions
    "ppf probit qnorm norminv norm_inv invnorm inverse_normal normal_inverse normal_inv": (
        "normal_quantile(p)"
    ),
    "normal_ppf norm_ppf norm_s_inv inv_normal z_quantile normal_quantil": "normal_quantile(p)",
    "pnorm normcdf norm_cdf norm_s_dist normal_distribution": "normal_cdf(x)",
    "dnorm normpdf norm_pdf normal_density": "normal_pdf(x)",
    "qt tinv t_inv t_ppf invt student_quantile student_t_quantile": "t_quantile(p, df)",
    "pt tcdf student_cdf": "t_cdf(t, df)",
    "qchisq chi2inv chi2_inv chi2_ppf chisq_inv chi_squared_quantile": "chi2_quantile(p, df)",
    "pchisq chi2cdf chisq_cdf chi_squared_cdf": "chi2_cdf(x, df)",
    "erfc": "1 - erf(x)",
    "erfinv": "normal_quantile((x + 1)/2) / sqrt(2)",
    "expit logistic": "sigmoid(x)",
    "logit": "log(p / (1 - p))",
    # of arrays
    "average avg": "mean(x)",
    "pstdev stdevp std_pop": "std(x)",
    "stdevs std_samp": "std(x, ddof=1)",
    "pvariance varp var_pop": "var(x)",
    "vars var_samp": "var(x, ddof=1)",
    "total summation": "sum(x)",
    "product": "prod(x)",
    "percentile": "quantile(x, p / 100)",
    "sorted": "sort(x)",
    "matmul inner innerproduct": "dot(a, b)",
}
"""By names that other languages have; case and underscores aside, where a name has none here."""
_ONE_OF_TWO: Mapping[str, tuple[str, str]] = {
    "lg": ("log10(x)", "log2(x)"),
    "sqr": ("x ** 2", "sqrt(x)"),
    "phi": ("normal_cdf(x)", "normal_pdf(x)"),
    "stdev": ("std(x, ddof=1)", "std(x)"),
    "stddev": ("std(x, ddof=1)", "std(x)"),
    "sd": ("std(x, ddof=1)", "std(x)"),
    "standard_deviation": ("std(x, ddof=1)", "std(x)"),
    "variance": ("var(x, ddof=1)", "var(x)"),
    "binomial": ("comb(n, k)", "binomial(count, p, [shape])"),
}
"""Names that mean one thing here and another there."""
_SAME_DRAWS: Mapping[str, str] = {
    "randn rnorm gauss gaussian": "normal(mean, sd, [shape])",
    "rand runif": "uniform(low, high, [shape])",
    "rexp expovariate": "exponential(mean, [shape])",
    "rbinom": "binomial(count, p, [shape])",
    "rpois": "poisson(mean, [shape])",
    "rgamma gammavariate": "gamma(k, scale, [shape])",
    "rbern": "bernoulli(p, [shape])",
    "randint integers": "choice(count, [shape])",
    "shuffle permute": "permutation([shape])",
}
_CODES = ("cdf", "pdf", "pmf", "ppf", "sf")
"""Endings of which one letter changes the meaning."""
_FEWEST_LETTERS = 5
_OF_ONE_LETTER = 2
"""Arguments of C(n, k) and P(n, k): a letter with one argument is a factor before a bracket."""


def _by_name(table: Mapping[str, str]) -> dict[str, str]:
    return {name: written for names, written in table.items() for name in names.split()}


_FUNCTIONS_BY_NAME, _DRAWS_BY_NAME = _by_name(_SAME), _by_name(_SAME_DRAWS)


def hint_for(name: str, arguments: int, *, is_draw: bool) -> Message | None:
    """Return what to write instead of a call that there is not; None where nothing is known.

    >>> hint_for("ln", 1, is_draw=False).text("en")
    "there is no function 'ln'; write log(x)"
    >>> hint_for("sinhh", 2, is_draw=False) is None
    True
    """
    known = _DRAWS_BY_NAME if is_draw else _FUNCTIONS_BY_NAME
    for spelling in (name, name.lower(), name.lower().replace("_", "")):
        if not is_draw and spelling in _ONE_OF_TWO:
            one, other = _ONE_OF_TWO[spelling]
            return refusals.WRITE_ONE_OF.of(name=name, one=one, other=other)
        if spelling in known and (len(name) > 1 or arguments == _OF_ONE_LETTER):
            return refusals.WRITE_INSTEAD.of(name=name, instead=known[spelling])
    near = [one for one in _takers(arguments, is_draw=is_draw) if _is_slip(name, one)]
    return refusals.NO_FUNCTION_BUT.of(name=name, near=near[0]) if len(near) == 1 else None


def _takers(arguments: int, *, is_draw: bool) -> Iterator[str]:
    """Walk the functions that take so many arguments."""
    if is_draw:
        yield from (name for name, one in DRAWS.items() if len(one.arguments) == arguments)
        return
    for name, one in FUNCTIONS.items():
        counts = {len(one.arguments)}
        if isinstance(one, Elementwise) and one.longer is not None:
            counts.add(len(one.longer.arguments))
        is_open = isinstance(one, Reduction) and one.arguments[-1] == "..."
        if arguments in counts or (is_open and arguments >= 1):
            yield name


def _is_slip(name: str, known: str) -> bool:
    """Tell a slip of the fingers: another case, two letters exchanged, one too few, too many, wrong.

    >>> _is_slip("Sqrt", "sqrt"), _is_slip("sqtr", "sqrt"), _is_slip("cov", "cos")
    (True, True, False)
    """
    low = name.lower()
    if low == known or _is_exchanged(low, known):
        return True
    is_code = known.endswith(_CODES) or any(sign.isdigit() for sign in name + known)
    if is_code or max(len(known), len(low)) < _FEWEST_LETTERS or low[0] != known[0]:
        return False
    short, long = sorted((low, known), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[at:] if len(short) < len(long) else short[at + 1 :]
    return rest == long[at + 1 :]


def _is_exchanged(name: str, known: str) -> bool:
    pairs = [i for i, (a, b) in enumerate(zip(name, known, strict=False)) if a != b]
    is_pair = len(name) == len(known) and len(pairs) == 2 and pairs[1] == pairs[0] + 1
    return is_pair and name[pairs[0]] == known[pairs[1]] and name[pairs[1]] == known[pairs[0]]

"""What a check of a claim must not be: too wide without a reason, or with a control that is true."""

from collections.abc import Iterator
from dataclasses import replace
from math import isclose

from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.diagnostics import Diagnostic, RelatedPlace
from studytool.packs.first_draws import value_of
from studytool.packs.located import Located
from studytool.packs.telling import told

WIDEST = 0.05
"""The largest relative tolerance that needs no reason."""


def check_value_checks(located: Located[Claim]) -> Iterator[Diagnostic]:
    """Report a tolerance that is wide without a reason, and each control that says the truth."""
    for index, check in enumerate(located.value.checks):
        if not isinstance(check, ValueCheck):
            continue
        if check.rtol is not None and check.rtol > WIDEST and check.because is None:
            why = told("an rtol above {widest} needs a reason", widest=WIDEST)
            help_ = told("say it in 'because:' beside 'rtol', or narrow it")
            yield located.problem_at_key("E345", ("checks", index, "rtol"), why, help_)
        for number, control in enumerate(check.controls):
            near = check.rtol or 0.0
            is_same = all(_same(check.expect, control.expect, given) for given in check.given)
            if is_same or (
                near and all(_same(check.expect, control.expect, one, near) for one in check.given)
            ):
                where = ("checks", index, "controls", number, "expect")
                why = told("the control '{id}' says what the claim says", id=control.id)
                if not is_same:
                    why = told(
                        "the control '{id}' says what the claim says, within its rtol of {rtol:g}",
                        id=control.id,
                        rtol=near,
                    )
                found = located.problem(
                    "E346", where, why, told("write what somebody in error would say")
                )
                first = located.place(("checks", index, "expect"))
                yield replace(found, related=(RelatedPlace(first, told("the claim says this")),))


def _same(one: str, other: str, given: dict[str, float], share: float = 1e-9) -> bool:
    """Tell whether two formulas come to one number under a condition, but for a share of it."""
    left, right = value_of(one, given), value_of(other, given)
    return left is not None and right is not None and isclose(left, right, rel_tol=share)

"""How large a change a clause asks for, and whether one is surely as large.

A change that is asked as a share of its start is as unsure as the start: with the share `t` it is
`now - (1 + t) then` that is tested, and so the error of the start counts `1 + t` times.
"""

from __future__ import annotations

from math import sqrt

from metrics.definition import Evidence, Metric
from metrics.measures.change import CRITICAL_Z, Measured
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_value


def direction_asked(clause: Clause) -> float:
    """-1 for a clause that asks for a fall, else 1."""
    return -1.0 if clause.kind is ClauseKind.FALLS_BY else 1.0


def size_asked(clause: Clause, then: float) -> float | None:
    """The change that a clause asks for, in the metric's unit and without its sign.

    Args:
        then: the figure that the change is counted from.

    Returns:
        None where a share of nothing, or of less, is asked for.
    """
    asked = clause.threshold or 0.0
    if clause.threshold_kind != "relative":
        return asked
    return asked * then if then > 0 else None


def no_share_of(metric: Metric, then: float, period: str) -> str:
    """Why no change can be asked for as a share of a figure that is not above zero."""
    return (
        f"It was {write_value(then, metric.unit)} in {period}, and a share of nothing, or of less, "
        "is no size that can be asked for."
    )


def surely_as_asked(clause: Clause, now: Measured, then: Measured, metric: Metric) -> bool:
    """Whether a change is as large as asked whatever its margin of error or rounding hides.

    Args:
        now, then: the figures, on one basis; `then` is above zero where a share is asked for.
        metric: says what stands behind the figures and to which step they are rounded.

    Returns:
        False for figures without a margin of error that are no complete counts.
    """
    sign, asked = direction_asked(clause), clause.threshold or 0.0
    relative = clause.threshold_kind == "relative"
    factor = abs(sign + asked) if relative else 1.0
    beyond = sign * (now.value - then.value) - (asked * then.value if relative else asked)
    if metric.evidence is Evidence.FULL_ENUMERATION:
        # Each of the two may be half a step away from what is printed.
        return beyond >= metric.rounding / 2 * (1 + factor)
    if not metric.evidence.has_intervals or now.error is None or then.error is None:
        return False
    return beyond >= CRITICAL_Z * sqrt(now.error**2 + (factor * then.error) ** 2)

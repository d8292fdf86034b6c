"""Figures on either side of a change of method, brought onto one basis by a declared factor.

Where the publisher, or somebody whom the definition names, says by what the old and the new way
differ, a break does not keep figures apart: the earlier one is put on the basis of the newest.
The newest figures stay as they are published, so levels and targets mean what they say. Figures
that are shown are never changed; only what is compared is, and the sentence says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.periods import TimePeriod
from metrics.definition import Break
from metrics.measures.change import Measured
from metrics.wording import write_list

NUMBERS = ["value", "lower_95", "upper_95"]


@dataclass(frozen=True, slots=True)
class Linked:
    """What puts an earlier figure on the basis of a later one.

    `factor` is 1 and `words` are empty where no change of method lies between the two.
    """

    factor: float = 1.0
    words: str = ""

    def figure(self, figure: Measured) -> Measured:
        """An earlier figure on the later basis, its interval with it."""
        if self.factor == 1.0:
            return figure
        lower, upper = (
            None if bound is None else bound * self.factor for bound in (figure.lower, figure.upper)
        )
        return Measured(figure.value * self.factor, lower, upper)

    def rows(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of an earlier period on the later basis: a copy, where anything is to be done."""
        if self.factor == 1.0:
            return rows
        return rows.assign(**{name: rows[name] * self.factor for name in NUMBERS})

    def told(self, sentence: str) -> str:
        """A sentence that ends by saying what its figures were linked by, where they were."""
        return f"{sentence.removesuffix('.')} ({self.words})." if self.words else sentence


def breaks_between(earlier: TimePeriod, later: TimePeriod, breaks: Sequence[Break]) -> list[Break]:
    """The changes of method that lie between two periods, or within one of them."""
    return [mark for mark in breaks if earlier.start < mark.starts <= later.end]


def cannot_link(mark: Break, earlier: TimePeriod, later: TimePeriod) -> bool:
    """Whether a change of method keeps two periods apart.

    It does without a factor, and where it falls within one of the periods: such a figure is
    made in both ways, and no factor brings it onto one.
    """
    within = any(one.start < mark.starts <= one.end for one in (earlier, later))
    return mark.link is None or within


def link_between(earlier: TimePeriod, later: TimePeriod, breaks: Sequence[Break]) -> Linked:
    """What brings a figure of one period onto the basis of another that it may be compared with.

    Args:
        earlier, later: two periods that `why_not_comparable` does not keep apart.
        breaks: the changes of method that the metric declares.

    Returns:
        The product of the factors of all changes between the two. A factor for the figures before
        a change multiplies the earlier figure; one for those after it would multiply the later
        one, so the earlier is divided by it, which leaves the newest figures as published.
    """
    crossed = sorted(breaks_between(earlier, later, breaks), key=lambda mark: mark.starts)
    links = [(mark, mark.link) for mark in crossed if mark.link is not None]
    factor = 1.0
    for _, link in links:
        factor *= link.factor if link.applies_to == "before" else 1.0 / link.factor
    if not links:
        return Linked()
    told = [
        f"the break of {mark.starts.year} by {link.named} {link.factor:g}" for mark, link in links
    ]
    return Linked(factor, f"linked across {write_list(told)}")

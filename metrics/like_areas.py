"""An area among areas like it: how many do clearly better or worse, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from data.areas import LOWER_TIER_PREFIXES, UPPER_TIER_PREFIXES, area_type
from metrics.definition import Metric
from metrics.measures.results import Direction, Quality
from metrics.side_by_side import Beside, Side, beside
from metrics.wording import by_chance, write_count, write_difference, write_list, write_value

# Fewer areas that a test can be made with are no group to read an area against.
FEWEST = 3
_AUTHORITIES = (*LOWER_TIER_PREFIXES, *UPPER_TIER_PREFIXES)


@dataclass(frozen=True, slots=True)
class LikeArea:
    """One area of a group beside the area: what the test says of the other, not of the area."""

    code: str
    name: str
    beside: Beside


@dataclass(frozen=True, slots=True)
class LikeAreas:
    """An area among those of a group that have a figure for the same period.

    `better` and `worse` are other areas that are clearly so; `different` those that clearly
    differ where neither way is better; `missing` are names without a figure for the period.
    """

    group: str
    title: str
    better: tuple[LikeArea, ...]
    worse: tuple[LikeArea, ...]
    different: tuple[LikeArea, ...]
    alike: tuple[LikeArea, ...]
    untested: tuple[LikeArea, ...]
    missing: tuple[str, ...]
    # The area's own value less the middle value of the others; None without a value on either side.
    from_middle: float | None
    middle: float | None

    @property
    def tested(self) -> int:
        """How many of the others a test can be made with."""
        return len(self.better) + len(self.worse) + len(self.different) + len(self.alike)

    @property
    def by_error(self) -> int:
        """How many were tested by a margin of error, so that chance alone may call some clear."""
        tested = (*self.better, *self.worse, *self.different, *self.alike)
        return sum(
            one.beside.difference is not None and one.beside.difference.lower is not None
            for one in tested
        )

    @property
    def quality(self) -> Quality:
        """The area's own: worse or better where most of the others tested are the contrary."""
        if self.tested < FEWEST:
            return Quality.NONE
        if 2 * len(self.better) > self.tested:
            return Quality.WORSE
        return Quality.BETTER if 2 * len(self.worse) > self.tested else Quality.NONE

    @property
    def direction(self) -> Direction:
        """What may be said of the area beside most of the others."""
        if self.tested < FEWEST or self.from_middle is None or self.different:
            return Direction.CANNOT_TEST
        if self.quality is Quality.NONE:
            return Direction.NOT_CLEAR
        return Direction.HIGHER if self.from_middle > 0 else Direction.LOWER


def same_kind(code: str, other: str) -> bool:
    """Whether two areas may be called like: both authorities, or both of one larger kind."""
    if code.startswith(_AUTHORITIES) and other.startswith(_AUTHORITIES):
        return True
    return area_type(code) is not None and area_type(code) == area_type(other)


def among(
    metric: Metric, own: Side, others: Sequence[tuple[str, Side]], group: str, title: str
) -> LikeAreas:
    """Set an area beside each area of a group.

    Args:
        own: the area, with its figure.
        others: names and areas of the group in its order, without the area itself; one without
            a figure for the period is told among the missing.
        group, title: the group's id and title.
    """
    found = [
        LikeArea(side.code, name, beside(metric, side, own))
        for name, side in others
        if side.measured is not None and own.measured is not None
    ]
    values = [side.measured.value for _, side in others if side.measured is not None]
    middle = median(values) if values else None
    value = own.measured.value if own.measured is not None else None
    return LikeAreas(
        group=group,
        title=title,
        better=tuple(one for one in found if one.beside.quality is Quality.BETTER),
        worse=tuple(one for one in found if one.beside.quality is Quality.WORSE),
        different=tuple(
            one
            for one in found
            if _direction(one) in (Direction.HIGHER, Direction.LOWER)
            and one.beside.quality is Quality.NONE
        ),
        alike=tuple(
            one for one in found if _direction(one) in (Direction.SAME, Direction.NOT_CLEAR)
        ),
        untested=tuple(one for one in found if _direction(one) is Direction.CANNOT_TEST),
        missing=tuple(name for name, side in others if side.measured is None),
        from_middle=None if value is None or middle is None else value - middle,
        middle=middle,
    )


def _direction(one: LikeArea) -> Direction:
    return one.beside.difference.direction if one.beside.difference else Direction.CANNOT_TEST


def among_sentence(found: LikeAreas, metric: Metric, place: str, period: str) -> str:
    """How an area stands among like areas, in counts: who is clearly better, who cannot be told.

    Args:
        place: the area within a sentence.
        period: in words.
    """
    compared = found.tested + len(found.untested)
    if not compared:
        return f"No area of “{found.title}” can be set beside {place} in {period}."
    told = [
        f"{len(several)} {'is' if len(several) == 1 else 'are'} {words}"
        for several, words in (
            (found.better, "better"),
            (found.worse, "worse"),
            (found.different, "clearly higher or lower, neither of which is better"),
            (found.alike, "not to be told apart from it"),
            (found.untested, "beyond any test"),
        )
        if several
    ]
    areas = write_count(compared, "area", "areas")
    sentence = f"Of {areas} of “{found.title}” with a figure for {period}, {write_list(told)}"
    if found.middle is not None and found.from_middle is not None:
        side = "above" if found.from_middle > 0 else "below"
        size = write_difference(found.from_middle, metric.unit)
        level = round(found.from_middle, metric.unit.decimals) == 0
        middle = write_value(found.middle, metric.unit)
        where = f"level with {middle}" if level else f"{size} {side} {middle}"
        sentence += f"; {place} is {where}, the middle of their figures"
    sentence += f".{by_chance(found.by_error)}"
    if found.missing:
        sentence += f" No figure for {write_list(found.missing)}."
    return sentence

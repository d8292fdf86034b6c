"""What a reader can choose for a brief, and what was chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.periods import day_in_words
from data.series_reads import Group, KnownArea
from layouts.pages.compare_choices import of_group
from layouts.pages.metric_choices import with_added
from layouts.request import Query, write_query

DEFAULT = (COMBINED_AUTHORITY, *CONSTITUENT)


@dataclass(frozen=True, slots=True)
class BriefChoices:
    """What was chosen; every part has a default.

    `since` and `until` None where no day was given. `told` says what could not be done with what
    was typed, and `offers` are the areas that may have been meant.
    """

    areas: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    told: str = ""
    offers: tuple[str, ...] = ()

    def query(self, **changes: tuple[str, ...]) -> str:
        """The query string that stands for these choices, without defaults."""
        return write_query(
            {
                "areas": changes.get("areas", self.areas),
                "since": self.since.isoformat() if self.since else "",
                "next": self.until.isoformat() if self.until else "",
            }
        )


def read_brief_choices(
    query: Query,
    areas: Mapping[str, KnownArea],
    groups: Sequence[Group],
    known_groups: Collection[str],
    today: date,
    default: date | None,
) -> BriefChoices:
    """Read the query string; faults are noted in `query`, which raises them when checked.

    Args:
        query: as asked.
        areas: every area that can be chosen.
        groups: the group that was asked for, where the store has it.
        known_groups: the ids on offer, for the words of a fault.
        today: after which no meeting can have been the previous one.
        default: the day that stands for one that was not given; None where nothing is held.
    """
    chosen = query.codes("areas", areas)
    told = ""
    offers: tuple[str, ...] = ()
    asked = query.one_of("group", {*known_groups, *(group.id for group in groups)})
    group = next((one for one in groups if one.id == asked), None)
    if group is not None:
        chosen, told = of_group(group, areas)
    typed = query.text("add")
    if typed:
        chosen, told, offers = with_added(chosen or DEFAULT, typed, areas)
    since, until = query.day("since"), query.day("next")
    if since is not None and since > today:
        query.fault("since", since.isoformat(), f"a day up to today, {day_in_words(today)}")
    begins = since or default
    if begins is not None and until is not None and until <= begins:
        valid = f"a day after the previous meeting, {day_in_words(begins)}"
        query.fault("next", until.isoformat(), valid)
    return BriefChoices(chosen, since, until, told, offers)

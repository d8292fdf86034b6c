"""A brief for a meeting: what has moved, was revised and is due for some areas, and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from markupsafe import Markup
from sqlalchemy import Connection

from data.series_reads import KnownArea, read_groups_with_members, read_known_areas
from layouts.addresses import cite_address, home_address
from layouts.page import ChoiceForm, Page, Part, Region
from layouts.pages.brief_choices import DEFAULT, BriefChoices, read_brief_choices
from layouts.pages.group_choices import groups_offered
from layouts.pages.metric_choices import label_of
from layouts.request import MOST_AREAS, PageRequest, Query
from layouts.templating import render
from metrics.area_names import area_in_text
from metrics.brief import Brief, BriefSection
from metrics.brief_text import plain_text
from metrics.briefing_known import Cited
from metrics.briefing_reading import Asked, default_since, read_brief
from metrics.briefing_words import TITLE, write_brief
from metrics.catalogue import Catalogue

PATH = "/brief"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for a brief, and where it is found.

    `since` is the day it begins with: the one given, or that which stands for none.
    """

    choices: BriefChoices
    areas: Mapping[str, KnownArea]
    since: date | None

    @property
    def codes(self) -> list[str]:
        """The areas of the brief, as far as the store has them."""
        return [code for code in self.choices.areas or DEFAULT if code in self.areas]

    @property
    def address(self) -> str:
        """The address of the brief."""
        query = self.choices.query()
        return f"{home_address()}{PATH}?{query}" if query else f"{home_address()}{PATH}"


def read_chosen(store: Connection, query: Query, today: date) -> Chosen:
    """Read what a query string chooses.

    Raises:
        BadQueryError: it cannot be read, or names a day that cannot be.
    """
    areas = read_known_areas(store)
    asked = query.text("group")
    groups = read_groups_with_members(store, [asked]) if asked else []
    ids = [group_id for _, several in groups_offered(areas) for group_id, _ in several]
    default = default_since(store)
    choices = read_brief_choices(query, areas, groups, ids, today, default)
    query.check()
    return Chosen(choices, areas, choices.since or default)


def brief_of(store: Connection, catalogue: Catalogue, chosen: Chosen, today: date) -> Brief:
    """The brief for what was chosen, with the defaults of what was not."""
    names = {
        code: (area_in_text(area.name, area.type), label_of(area))
        for code in chosen.codes
        for area in (chosen.areas[code],)
    }
    asked = Asked(names, chosen.since or today, chosen.choices.until, today)
    return write_brief(read_brief(store, catalogue, asked), assumed=chosen.choices.since is None)


def build(request: PageRequest) -> Page:
    """The page at `/brief`: `areas` or `group`, `since` the previous meeting, `next` the next.

    Raises:
        BadQueryError: the query string cannot be read, or names a day that cannot be.
    """
    today = datetime.now(UTC).date()
    chosen = read_chosen(request.store, request.query, today)
    brief = brief_of(request.store, request.catalogue, chosen, today)
    parts: list[Part] = [
        Region("brief-heading", render("brief_heading.html", brief=brief)),
        _form(chosen),
        *(
            Region(f"brief-{section.id}", section_html(brief, section))
            for section in brief.sections
        ),
        Region(
            "brief-sources",
            render(
                "brief_sources.html",
                sources=brief.sources,
                text=plain_text(brief, lambda one: f"{home_address()}{cited(one)}", chosen.address),
            ),
        ),
    ]
    return Page(
        title=TITLE,
        description=brief.answer,
        parts=tuple(parts),
        path=request.path,
        query=chosen.choices.query(),
    )


def section_html(brief: Brief, section: BriefSection) -> Markup:
    """A section of a brief as a page has it."""
    return render("brief_section.html", section=section, label=brief.label, cite=cited)


def cited(one: Cited) -> str:
    """The address of the citation of a figure."""
    return cite_address(one.metric, one.breakdown, one.code, one.starts, one.beside)


def _form(chosen: Chosen) -> ChoiceForm:
    codes, areas, choices = chosen.codes, chosen.areas, chosen.choices
    html = render(
        "brief_form.html",
        choices=choices,
        since=chosen.since,
        boxes=[(code, label_of(areas[code])) for code in codes],
        suggestions=dict.fromkeys(label_of(area) for area in areas.values() if area.current),
        groups=groups_offered(areas, codes),
        offers=[
            (f"{PATH}?{choices.query(areas=(*codes, code))}", label_of(areas[code]))
            for code in choices.offers
            if len(codes) < MOST_AREAS
        ],
    )
    return ChoiceForm("brief-choices", PATH, html)

"""The list of the devolution propositions."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.addresses import proposition_address
from layouts.page import Page, Region
from layouts.request import PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.mission import Mission, Workstream
from metrics.proposition import Proposition
from metrics.wording import write_count

TITLE = "Devolution propositions"


@dataclass(frozen=True, slots=True)
class PropositionRow:
    """One proposition with what it belongs to."""

    proposition: Proposition
    address: str
    missions: tuple[Mission, ...]
    workstreams: tuple[Workstream, ...]


def build(request: PageRequest) -> Page:
    """The page at `/propositions`."""
    request.query.check()
    catalogue = request.catalogue
    rows = [_row(one, catalogue) for one in catalogue.propositions.values()]
    answer = _answer(list(catalogue.propositions.values()))
    html = render("propositions.html", title=TITLE, answer=answer, rows=rows)
    return Page(
        title=TITLE, description=answer, parts=(Region("propositions", html),), path=request.path
    )


def _answer(propositions: list[Proposition]) -> str:
    """How many there are, and how many of them are only examples."""
    if not propositions:
        return "No devolution proposition is declared here."
    number = write_count(len(propositions), "proposition is", "propositions are")
    examples = sum(one.example for one in propositions)
    if examples == len(propositions):
        all_of_them = "It is an example" if examples == 1 else "All are examples"
        return f"{number} declared here. {all_of_them}, and no position of the authority."
    if examples:
        some = write_count(examples, "is an example", "are examples")
        return f"{number} declared here, of which {some} and no position of the authority."
    return f"{number} declared here."


def _row(one: Proposition, catalogue: Catalogue) -> PropositionRow:
    return PropositionRow(
        one,
        proposition_address(one),
        tuple(catalogue.missions[number] for number in sorted(one.missions)),
        tuple(
            stream for stream in catalogue.framework.workstreams if stream.slug in one.workstreams
        ),
    )

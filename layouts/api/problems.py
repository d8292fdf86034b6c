"""Errors as RFC 9457 problem documents: what was wrong, what was found, what is valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import Field

from layouts.api.records import Record
from layouts.request import QueryFault

PROBLEM_TYPE = "application/problem+json"


class FaultRecord(Record):
    """One thing that was wrong with a request."""

    parameter: str
    """The name of the parameter, or the part of the address that it is."""
    found: str
    """What was given."""
    valid: str
    """What would have been valid."""


class ProblemRecord(Record):
    """What every answer that is an error carries (RFC 9457)."""

    type: str = "about:blank"
    """Always `about:blank`: the status says which kind of problem it is."""
    title: str
    """The name of the status."""
    status: int = Field(ge=400, le=599)
    """The HTTP status."""
    detail: str
    """What happened and what to do."""
    faults: list[FaultRecord]
    """Each parameter that is wrong, with what is valid."""


@dataclass(eq=False)
class ProblemError(Exception):
    """A request that is answered with a problem document."""

    status: int
    detail: str
    faults: tuple[QueryFault, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    def document(self) -> ProblemRecord:
        """The document that is sent."""
        return ProblemRecord(
            title=HTTPStatus(self.status).phrase,
            status=self.status,
            detail=self.detail,
            faults=[
                FaultRecord(parameter=one.parameter, found=one.found, valid=one.valid)
                for one in self.faults
            ],
        )


def bad_request(faults: Sequence[QueryFault]) -> ProblemError:
    """400: parameters that cannot be read. Nothing is guessed."""
    names = ", ".join(dict.fromkeys(fault.parameter for fault in faults))
    return ProblemError(400, f"This request cannot be read: {names}.", tuple(faults))


def not_found(parameter: str, found: str, valid: str) -> ProblemError:
    """404: nothing has this name; `valid` says which names there are, or where."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in found)[:60]
    fault = QueryFault(parameter, printable, valid)
    return ProblemError(404, f"There is nothing called “{printable}” here.", (fault,))

"""The accessibility statement, in the form that public bodies of the UK must publish."""

from __future__ import annotations

import os
import re
from datetime import date

from layouts.page import Page, Region
from layouts.request import PageRequest
from layouts.templating import render

CONTACT_VARIABLE = "ACCESSIBILITY_CONTACT"
# When what the statement says was last checked against the product.
PREPARED_ON = date(2026, 11, 22)
TESTED_ON = date(2026, 11, 22)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DESCRIPTION = (
    "What on this website is accessible and what is not, how that was tested, and how to report "
    "a problem."
)


def build(request: PageRequest) -> Page:
    """The page at `/accessibility`."""
    contact = os.environ.get(CONTACT_VARIABLE, "").strip()
    html = render(
        "accessibility.html",
        description=DESCRIPTION,
        contact=contact,
        address=contact_address(contact),
        variable=CONTACT_VARIABLE,
        prepared_on=PREPARED_ON,
        tested_on=TESTED_ON,
    )
    return Page(
        title="Accessibility statement",
        description=DESCRIPTION,
        parts=(Region("statement", html),),
        path=request.path,
    )


def contact_address(contact: str) -> str:
    """Where a link on the contact leads: to an address of a page or of a mailbox, else nowhere."""
    if re.fullmatch(r"https://\S+", contact):
        return contact
    return f"mailto:{contact}" if _MAIL.fullmatch(contact) else ""

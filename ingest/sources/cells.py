"""What a cell of a publisher's table looks like, whoever the publisher is."""

from __future__ import annotations

import re

GSS_CODE = r"[EWSNK][0-9]{8}"
ISO_PERIOD = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:/P[0-9]{1,2}[YM])?"
# Digits of this alphabet with a point: no other sign, so that a comma is never a decimal mark.
NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
# Only counts are written so, and only where it is declared: in a rate the comma may be a mark.
GROUPED_NUMBER = r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
NO_REASON_GIVEN = "The publisher gave no reason for the missing figure."
_NUMBER = re.compile(NUMBER)
_GROUPED_NUMBER = re.compile(GROUPED_NUMBER)


def plain_number(text: str, grouped: bool = False) -> str | None:
    """The number that a cell holds, with the publisher's digits; None where it holds none.

    Args:
        text: the cell, trimmed.
        grouped: whether commas may set thousands apart (`170,002`); they are taken out.
    """
    if _NUMBER.fullmatch(text):
        return text
    if grouped and _GROUPED_NUMBER.fullmatch(text):
        return text.replace(",", "")
    return None

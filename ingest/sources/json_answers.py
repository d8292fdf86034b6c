"""Answers of services in JSON, held to the shape that is known of them."""

from __future__ import annotations

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ingest.faults import Fault, Refused, quoted

LARGEST_ANSWER = 50_000_000
_AGAIN = "ask again, for all pages one after the other where there are several"
_Kind = TypeVar("_Kind", bound=BaseModel)


def read_answer(kind: type[_Kind], content: bytes, file: str) -> _Kind:
    """Parse an answer.

    Raises:
        Refused: it is too large, not JSON, or of another shape, naming every part that is.
    """
    if len(content) > LARGEST_ANSWER:
        found, most = f"{len(content):,} bytes", f"at most {LARGEST_ANSWER:,} bytes"
        raise Refused([Fault(file, None, "", found, most, _AGAIN)])
    try:
        return kind.model_validate(json.loads(content))
    except ValidationError as error:
        remedy = "if the service changed its answers, the reader has to learn it"
        faults = [
            Fault(
                *(file, None, ".".join(map(str, each["loc"])), quoted(each["input"])),
                *(each["msg"], remedy),
            )
            for each in error.errors()
        ]
        raise Refused(faults) from None
    except (ValueError, RecursionError):
        found = quoted(content[:40].decode("utf-8", "replace"))
        raise Refused([Fault(file, None, "", found, "JSON in UTF-8", _AGAIN)]) from None

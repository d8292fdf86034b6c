"""Declarations in TOML, held to the keys that they may have; every fault by its key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.faults import Fault, Refused, quoted

_REMEDY = "mend the declaration, as docs/add-a-table.md says"
_Kind = TypeVar("_Kind", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """The keys of a file.

    Raises:
        Refused: it is not TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        fault = Fault(path.name, None, "", quoted(error), "TOML in UTF-8", _REMEDY)
        raise Refused([fault]) from None


def validated(kind: type[_Kind], declared: Any, file: str) -> _Kind:
    """What is declared, as `kind`.

    Raises:
        Refused: with every key that is absent, unknown or has a value that it may not have.
    """
    try:
        return kind.model_validate(declared)
    except ValidationError as error:
        raise Refused(
            [
                Fault(
                    *(file, None, ".".join(map(str, each["loc"])), quoted(each["input"])),
                    *(each["msg"], _REMEDY),
                )
                for each in error.errors()
            ]
        ) from None

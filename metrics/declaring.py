"""What the files that declare metrics, missions and propositions are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
ClauseId = Annotated[str, StringConstraints(pattern=r"^\d{1,2}\.[a-z0-9]+(?:-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class Strict(BaseModel):
    """A declaration: frozen, and a misspelt key is an error rather than a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

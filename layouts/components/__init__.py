"""The Dash components that are the product's own; `assets/missions.js` is their other half.

They exist because a page is finished HTML before Dash starts: each takes over the elements that
the server sent instead of drawing them again. There is no build step, so what the tool that
generates Dash components would write is written here by hand.
"""

from __future__ import annotations

from typing import Any, ClassVar

from dash.development import base_component

# Dash declares no types.
Component: Any = base_component.Component

NAMESPACE = "missions"


class _Own:
    """What every component of this namespace has in common, except what Dash reads from the
    class itself."""

    _base_nodes: ClassVar[list[str]] = []
    _valid_wildcard_attributes: ClassVar[list[str]] = []
    available_wildcard_properties: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]]

    @property
    def available_properties(self) -> list[str]:
        """The names of the properties, as Dash asks for them."""
        return self._prop_names


class Sheet(_Own, Component):  # type: ignore[misc]
    """The parts of a page, one below the other. It draws nothing of its own."""

    _namespace = NAMESPACE
    _type = "Sheet"
    _children_props: ClassVar[list[str]] = []
    _base_nodes: ClassVar[list[str]] = ["children"]
    _prop_names: ClassVar[list[str]] = ["id", "children", "kind"]

    def __init__(self, id: str | dict[str, str], children: Any = None, kind: str = "sheet") -> None:
        super().__init__(id=id, children=children, kind=kind)


class Html(_Own, Component):  # type: ignore[misc]
    """A piece of finished HTML. `version` names its content: the same version is left alone."""

    _namespace = NAMESPACE
    _type = "Html"
    _children_props: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = ["id", "html", "version"]

    def __init__(self, id: dict[str, str], html: str, version: str) -> None:
        super().__init__(id=id, html=html, version=version)


class ChoiceForm(_Own, Component):  # type: ignore[misc]
    """A native form that leads to `action` by GET. Its choices arrive in `query` instead, and
    `turn` changes each time that a choice is made, also when it is the same choice again."""

    _namespace = NAMESPACE
    _type = "ChoiceForm"
    _children_props: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = ["id", "action", "html", "version", "query", "turn"]

    def __init__(
        self, id: dict[str, str], action: str, html: str, version: str, query: str | None = None
    ) -> None:
        super().__init__(id=id, action=action, html=html, version=version, query=query)


class Address(_Own, Component):  # type: ignore[misc]
    """The address bar, the title and the announcements.

    `path` and `shown` say what the page shows; a new `shown` goes into the address bar. `sent` is
    the query string that the page was asked for with: where the address bar has another by the
    time that Dash draws the page, the reader has gone back or forward meanwhile.
    `asked` is set to a query string, and `turn` changes, when the reader goes back or forward or
    follows a link that changes a choice; `arrived` is set to the whole address when the server
    could not tell it.
    `answered` changes with each answer: the next choice is asked for after it.
    `leave` set to an address makes the browser go there.
    """

    _namespace = NAMESPACE
    _type = "Address"
    _children_props: ClassVar[list[str]] = []
    _prop_names: ClassVar[list[str]] = [
        "id",
        "path",
        "shown",
        "sent",
        "title",
        "announcement",
        "asked",
        "turn",
        "arrived",
        "answered",
        "leave",
    ]

    def __init__(
        self,
        id: str,
        path: str = "",
        shown: str = "",
        sent: str | None = None,
        title: str = "",
        announcement: str = "",
        asked: str | None = None,
        arrived: str | None = None,
        leave: str | None = None,
    ) -> None:
        super().__init__(
            id=id,
            path=path,
            shown=shown,
            sent=sent,
            title=title,
            announcement=announcement,
            asked=asked,
            arrived=arrived,
            leave=leave,
        )

"""Whether a request for a callback is one that a page of ours can make.

Dash trusts the body of such a request. What does not fit the callback that it names is malformed
and the sender's fault; whatever fails after that is ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

# How Dash writes the id of "each component of this kind" in a callback.
_EACH = ["ALL"]


def is_well_formed(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a body names a callback and has exactly the inputs, states and outputs of it.

    Args:
        body: of the request, read from JSON.
        callbacks: Dash's own map of callbacks by output, each with `inputs`, `state` and `output`.
    """
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    callback = callbacks.get(body["output"])
    if callback is None:
        return False
    output = callback["output"]
    outputs = [
        {"id": one.component_id_str(), "property": one.component_property}
        for one in (output if isinstance(output, list) else [output])
    ]
    given = body.get("outputs") if isinstance(output, list) else [body.get("outputs")]
    wanted = [*outputs, *callback["inputs"], *callback["state"]]
    parts = (given, body.get("inputs"), body.get("state", []))
    sizes = (len(outputs), len(callback["inputs"]), len(callback["state"]))
    if not all(
        isinstance(part, list) and len(part) == size
        for part, size in zip(parts, sizes, strict=True)
    ):
        return False
    entries = [entry for part in parts if isinstance(part, list) for entry in part]
    return _fit(entries, wanted) and _are_inputs(body.get("changedPropIds"), body["inputs"])


def _fit(entries: Sequence[object], wanted: Sequence[Mapping[str, str]]) -> bool:
    """Whether each entry is of its component; lists of one kind name the same components."""
    named: dict[str, list[str]] = {}
    for entry, one in zip(entries, wanted, strict=True):
        if not one["id"].startswith("{"):
            if not _is_of(entry, one["property"]) or entry["id"] != one["id"]:  # type: ignore[index]
                return False
            continue
        ((kind, each),) = json.loads(one["id"]).items()
        if each != _EACH or not isinstance(entry, list):
            return False
        if not all(_is_of(part, one["property"]) and _is_named(part["id"], kind) for part in entry):
            return False
        names = [part["id"][kind] for part in entry]
        if named.setdefault(kind, names) != names:
            return False
    return True


def _is_of(entry: object, name: str) -> bool:
    return isinstance(entry, dict) and "id" in entry and entry.get("property") == name


def _is_named(component: object, kind: str) -> bool:
    return (
        isinstance(component, dict)
        and list(component) == [kind]
        and isinstance(component[kind], str)
    )


def _are_inputs(changed: object, inputs: Sequence[Any]) -> bool:
    """Whether what is said to have changed is among the inputs."""
    flat = [part for entry in inputs for part in (entry if isinstance(entry, list) else [entry])]
    known = {f"{_written(part['id'])}.{part['property']}" for part in flat}
    return isinstance(changed, list) and all(
        isinstance(one, str) and one in known for one in changed
    )


def _written(component: str | Mapping[str, str]) -> str:
    """An id as Dash writes it in the name of a property."""
    if isinstance(component, str):
        return component
    return json.dumps(component, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

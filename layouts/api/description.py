"""`openapi.json`, written from the declarations of addresses, parameters and shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from layouts.api.endpoints import ROOT, Endpoint, body_model
from layouts.api.parameters import Parameter
from layouts.api.problems import PROBLEM_TYPE, ProblemRecord
from layouts.api.writing import CSV, JSON, columns
from metrics.figure import Figure

TITLE = "Levelling-up missions in the West Midlands: figures"
DESCRIPTION = (
    "The figures of the dashboard for programs. Every answer says its source, its licence and "
    "the day on which it became known; every figure has an id and a permanent address. JSON or "
    "CSV by `.json` or `.csv` at the end of the path, or by `Accept`. Errors are problem "
    "documents (RFC 9457) that name the parameter and what is valid."
)
_NEEDED = ("metric", "area", "period", "dataset", "basis")
_PATH_PARTS = {
    "id": "The id, as the list has it.",
    "code": "The GSS code, such as E08000025.",
}
_ERRORS = {
    "400": "A parameter cannot be read, or there is none of this name; each is named.",
    "404": "There is nothing of this name.",
    "406": "Neither JSON nor CSV is accepted.",
    "503": "The figures cannot be read at the moment.",
}


def describe(endpoints: Sequence[Endpoint], version: str) -> dict[str, Any]:
    """The whole description, as OpenAPI 3.1 has it."""
    models = {endpoint.name: body_model(endpoint) for endpoint in endpoints}
    shapes: list[type[BaseModel]] = [*models.values(), ProblemRecord]
    pairs: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (shape, "serialization") for shape in shapes
    ]
    _, schemas = models_json_schema(
        pairs,
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": version,
            "description": DESCRIPTION,
            "license": {
                "name": "Each publisher's own, most of them the Open Government Licence v3.0; "
                "every answer names it"
            },
        },
        "servers": [{"url": ROOT}],
        "paths": {
            f"/{endpoint.path}": {"get": _operation(endpoint, models[endpoint.name].__name__)}
            for endpoint in endpoints
        },
        "components": {"schemas": schemas["$defs"], "responses": _problems()},
    }


def _operation(endpoint: Endpoint, model: str) -> dict[str, Any]:
    parts = re.findall(r"\{(\w+)\}", endpoint.path)
    parameters = [_in_path(name) for name in parts]
    parameters += [_in_query(one) for one in endpoint.parameters]
    if endpoint.carries_facts:
        parameters += [_fact(name) for name in Figure.__dataclass_fields__]
    headers = {
        "ETag": _header("The version of this answer, for `If-None-Match`."),
        "Cache-Control": _header("An answer may be kept, and is to be asked about before use."),
    }
    if endpoint.paged:
        headers["Link"] = _header("Addresses of the first, previous, next and last page.")
    table = ", ".join(columns(endpoint))
    return {
        "operationId": endpoint.name[0].lower() + endpoint.name[1:],
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": endpoint.summary,
                "headers": headers,
                "content": {
                    JSON: {"schema": {"$ref": f"#/components/schemas/{model}"}},
                    CSV: {"schema": {"type": "string", "description": f"Columns: {table}"}},
                },
            },
            "304": {"description": "The answer is the one that the caller holds already."},
            **{status: {"$ref": f"#/components/responses/{status}"} for status in _ERRORS},
        },
    }


def _in_path(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _PATH_PARTS[name],
        "schema": {"type": "string"},
    }


def _in_query(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": "query",
        "required": False,
        "description": one.description,
        "schema": dict(one.schema),
    }


def _fact(name: str) -> dict[str, Any]:
    """A fact of a figure, as its permanent address carries it."""
    return {
        "name": name,
        "in": "query",
        "required": name in _NEEDED,
        "description": "A fact of the figure, exactly as its permanent address has it.",
        "schema": {"type": "string"},
    }


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _problems() -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{ProblemRecord.__name__}"}
    return {
        status: {"description": words, "content": {PROBLEM_TYPE: {"schema": reference}}}
        for status, words in _ERRORS.items()
    }

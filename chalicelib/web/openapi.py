"""The OpenAPI 3.1 document of the JSON API, made from its table and its Structs."""

from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec

from chalicelib.web.operations import OPERATIONS, Operation
from chalicelib.web.problems import MEDIA_TYPE, Problem

REFERENCE = "#/components/schemas/{name}"
FILTERS: dict[str, dict[str, Any]] = {
    "state": {"type": "string", "enum": ["open", "closed"], "default": "open"},
    "day": {"type": "string", "format": "date"},
    "event": {"type": "string", "pattern": "^[a-z_]+:[a-z_]+$"},
    "actor": {"type": "string", "maxLength": 200},
    "case_number": {"type": "string", "maxLength": 200},
}
REQUIRED = frozenset({"day"})
ID = {"type": "string", "pattern": "^[a-z2-7]{13}$"}


@cache
def document() -> dict[str, Any]:
    """Return the whole document."""
    _, components = msgspec.json.schema_components(structs(), ref_template=REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sightline",
            "version": "1",
            "description": "For a force's own systems. Bearer tokens come from its user pool.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "security": [{"officers": []}],
        "paths": paths(),
        "components": {
            "schemas": components,
            "securitySchemes": {
                "officers": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


def structs() -> list[type[msgspec.Struct]]:
    """Return every Struct that goes over the wire."""
    given = [operation.gives for operation in OPERATIONS]
    taken = [operation.takes for operation in OPERATIONS if operation.takes]
    return list(dict.fromkeys([*given, *taken, Problem]))


def paths() -> dict[str, Any]:
    """Describe each operation under its address, and the document itself."""
    described: dict[str, Any] = {"/api/v1/openapi.json": {"get": this_document()}}
    for operation in OPERATIONS:
        methods = described.setdefault(operation.path, {})
        methods[operation.method.lower()] = description(operation)
    return described


def this_document() -> dict[str, Any]:
    """Describe the one operation that needs no token."""
    answer = content("application/json", {"type": "object"})
    return {
        "operationId": "openapi",
        "summary": "Read this document.",
        "security": [],
        "responses": {"200": {"description": "OK", **answer}, "500": failure(500)},
    }


def description(operation: Operation) -> dict[str, Any]:
    """Describe one operation with every status it may answer."""
    described: dict[str, Any] = {
        "operationId": operation_id(operation),
        "summary": operation.summary,
        "description": f"Roles: {', '.join(operation.roles)}.",
        "parameters": parameters(operation),
        "responses": responses(operation),
    }
    if operation.takes:
        body = content("application/json", reference(operation.takes))
        described["requestBody"] = {"required": True, **body}
    return described


def operation_id(operation: Operation) -> str:
    """Name an operation by its method and the fixed words of its address."""
    words = [word for word in operation.path.split("/")[3:] if not word.startswith("{")]
    one = "_one" if operation.path.endswith("}") else ""
    return f"{operation.method.lower()}_{'_'.join(words)}{one}"


def parameters(operation: Operation) -> list[dict[str, Any]]:
    """Describe what stands in the address."""
    named = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    in_path = [{"name": name, "in": "path", "required": True, "schema": ID} for name in named]
    in_query = [
        {"name": name, "in": "query", "required": name in REQUIRED, "schema": FILTERS[name]}
        for name in operation.filters
    ]
    return in_path + in_query


def responses(operation: Operation) -> dict[str, Any]:
    """Describe the good answer and every problem."""
    status = operation.status
    good = content(operation.media_type, reference(operation.gives))
    described = {str(status): {"description": HTTPStatus(status).phrase, **good}}
    return described | {str(error): failure(error) for error in sorted(operation.errors)}


def failure(status: int) -> dict[str, Any]:
    """Describe a problem; API Gateway itself refuses a wrong token, and in its own media type."""
    described = content(MEDIA_TYPE, reference(Problem))
    if status == HTTPStatus.UNAUTHORIZED:
        described["content"]["application/json"] = {"schema": {"type": "object"}}
    return {"description": HTTPStatus(status).phrase, **described}


def content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Describe what a body holds."""
    return {"content": {media_type: {"schema": schema}}}


def reference(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """Point at a Struct's schema."""
    return {"$ref": REFERENCE.format(name=struct.__name__)}

"""The wire as documents, made from the structs themselves: JSON Schema, AsyncAPI, types for JavaScript."""

import re
from typing import Any

import msgspec

from sessions.domain import messages, plans, rows
from sessions.domain.asks import AnyAsk

_ROOTS: dict[str, Any] = {
    "Ask": AnyAsk,
    "Row": rows.AnyRow,
    "FromDevice": messages.FromDevice,
    "FromServer": messages.FromServer,
    "SessionCard": plans.SessionCard,
}
_REFERENCE = "#/components/schemas/{name}"


def schemas() -> dict[str, Any]:
    """JSON Schema of every message, row and ask, by name."""
    _, parts = msgspec.json.schema_components(list(_ROOTS.values()), ref_template=_REFERENCE)
    for name, kind in _ROOTS.items():
        (root,), _ = msgspec.json.schema_components([kind], ref_template=_REFERENCE)
        parts.setdefault(name, root)
    for name in _reachable("SessionCard", parts):
        # What we send is always whole; only asks may leave out what has a default.
        parts[name]["required"] = list(parts[name].get("properties", ()))
    for kind in rows.AnyRow.__args__:
        # A row on the wire carries the seq that last changed it; see `reach.Standing.raw`.
        parts[kind.__name__]["properties"]["seq"] = {"type": "integer"}
        parts[kind.__name__]["required"].append("seq")
    parts["Asked"]["properties"]["ask"] = {"$ref": _REFERENCE.format(name="Ask")}
    parts["Change"]["properties"]["put"]["items"] = {"$ref": _REFERENCE.format(name="Row")}
    parts["Welcome"]["properties"]["session"] = {"$ref": _REFERENCE.format(name="SessionCard")}
    return parts


def asyncapi(version: str) -> dict[str, Any]:
    """The socket as an AsyncAPI 3.0 document."""

    def message(name: str) -> dict[str, Any]:
        return {"name": name, "payload": {"$ref": _REFERENCE.format(name=name)}}

    def operation(action: str, summary: str) -> dict[str, Any]:
        return {"action": action, "channel": {"$ref": "#/channels/live"}, "summary": summary}

    names = ["FromDevice", "FromServer"]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Eutopia, live", "version": version},
        "channels": {
            "live": {
                "address": "/live/{code}",
                "parameters": {"code": {"description": "The session's code, in any case."}},
                "messages": {name: message(name) for name in names},
            }
        },
        "operations": {
            "listen": operation("receive", "What devices send: one JSON object a frame."),
            "tell": operation("send", "What devices are told."),
        },
        "components": {"schemas": schemas()},
    }


def typescript() -> str:
    """The same as TypeScript types, for checking our JavaScript."""
    head = "// deno-fmt-ignore-file\n// Made from the structs in sessions/domain by `make contract`.\n"
    types = [f"\nexport type {name} = {_type(part)};\n" for name, part in sorted(schemas().items())]
    return head + "".join(types)


def _type(part: dict[str, Any], indent: str = "") -> str:
    if "$ref" in part:
        return str(part["$ref"].rpartition("/")[2])
    if "anyOf" in part:
        return " | ".join(_type(each, indent) for each in part["anyOf"])
    if "enum" in part:
        return " | ".join(msgspec.json.encode(value).decode() for value in part["enum"])
    match part.get("type"):
        case "object" if "properties" in part:
            return _object(part, indent)
        case "array":
            return f"readonly ({_type(part.get('items', {}), indent)})[]"
        case "integer" | "number":
            return "number"
        case "string" | "boolean" | "null":
            return str(part["type"])
    return "unknown"


def _reachable(name: str, parts: dict[str, Any]) -> set[str]:
    """This schema and all that it refers to, which are objects."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name not in found and parts[name].get("type") == "object":
            found.add(name)
            waiting += re.findall(r'"#/components/schemas/(\w+)"', msgspec.json.encode(parts[name]).decode())
    return found


def _object(part: dict[str, Any], indent: str) -> str:
    needed = part.get("required", ())
    deeper = indent + "  "
    lines = [
        f"{deeper}{name}{'' if name in needed else '?'}: {_type(field, deeper)};"
        for name, field in part["properties"].items()
    ]
    return "\n".join(["{", *lines, indent + "}"])

"""The report as JSON, for programs; its schema is published beside our documents."""

from collections.abc import Mapping
from typing import Any

import msgspec

from sessions.domain.report import Report


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """What a reader of `list.json` may rely on."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "title": "list.json", **msgspec.json.schema(Report)}

"""The report as JSON, for programs."""

from collections.abc import Mapping

import msgspec

from sessions.domain.report import Report


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"

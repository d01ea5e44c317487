"""Paper: a neutral report in, bytes out. The same report gives the same bytes.

`labels` are the words around the room's own: headings and the like, in the session's language.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from exports import csv_file, json_file, markdown_file
from sessions.domain.report import Report

Labels = Mapping[str, str]


class Format(Struct, frozen=True):
    """How a report becomes a file of one kind."""

    media_type: str
    render: Callable[[Report, Labels], bytes]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", csv_file.render),
    "md": Format("text/markdown; charset=utf-8", markdown_file.render),
    "json": Format("application/json", json_file.render),
}


def render(kind: str, report: Report, labels: Labels) -> bytes:
    """The report as a file; a function of this module, so that a worker process can run it."""
    return FORMATS[kind].render(report, labels)

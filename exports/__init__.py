"""Paper: a neutral document in, bytes out. The same document gives the same bytes.

`labels` are the words around the room's own: headings and the like, in the session's language.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from msgspec import Struct

from exports.plain import plain
from sessions.domain.pack import Pack
from sessions.domain.report import Report

Labels = Mapping[str, str]
Render = Callable[[Report, Labels], bytes]


class Format(Struct, frozen=True):
    """How a report becomes a file of one kind."""

    media_type: str
    render: Render


def _by(module: str) -> Render:
    """The renderer in that module, read with its first use: the server itself starts without any."""

    def rendered(report: Report, labels: Labels) -> bytes:
        return cast(Render, import_module(f"exports.{module}").render)(plain(report), labels)

    return rendered


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS = {
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", _by("xlsx_file")),
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", _by("docx_file")),
    "pdf": Format("application/pdf", _by("pdf_file")),
    "csv": Format("text/csv; charset=utf-8", _by("csv_file")),
    "md": Format("text/markdown; charset=utf-8", _by("markdown_file")),
    "json": Format("application/json", _by("json_file")),
}


def render(kind: str, report: Report, labels: Labels) -> bytes:
    """The report as a file; a function of this module, so that a worker process can run it."""
    return FORMATS[kind].render(report, labels)


def render_pack(pack: Pack, labels: Labels) -> bytes:
    """The paper pack as PDF; for a worker process too."""
    render: Callable[[Pack, Labels], bytes] = import_module("exports.pack_file").render
    return render(plain(pack), labels)

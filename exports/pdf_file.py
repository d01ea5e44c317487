"""The list as PDF."""

from collections.abc import Mapping

from exports.pages import pages
from exports.typesetting import typeset
from sessions.domain.report import Report


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    return typeset("list.typ", pages(report, labels), labels, report.at)

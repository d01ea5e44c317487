"""The list as PDF: tagged, so that a screen reader can find its way, and set by our own template."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from exports.pages import pages
from sessions.domain.report import Report

_TYPESETTER = Path(__file__).with_name("typesetter.py")


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    told = {
        "at": str(report.at // 1000),
        "pages": msgspec.json.encode(pages(report, labels)).decode(),
        "labels": msgspec.json.encode(labels).decode(),
    }
    # -P: what lies beside the typesetter must not be taken for a library of the same name.
    program = [sys.executable, "-P", str(_TYPESETTER)]
    set_ = subprocess.run(program, input=msgspec.json.encode(told), stdout=subprocess.PIPE, check=True)  # noqa: S603
    return set_.stdout

"""The command line: serve, a demonstration, and the documents that are made from the code."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from app.backing import backup, restore
from app.importing import import_log
from app.papers import write
from app.serving import serve
from app.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="eutopia", description="Live co-design rooms.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("serve", help="serve (what happens without a command)")
    demo = commands.add_parser("demo", help="serve, with a workshop already alive in it")
    demo.add_argument("--minutes", type=float, default=1.5, help="how long the writing takes (default 1.5)")
    taking_in = commands.add_parser("import", help="take in a session from its log.jsonl, server stopped")
    taking_in.add_argument("file", type=Path)
    for name, what in (
        ("backup", "copy everything into a new file; the server may run"),
        ("restore", "put such a copy back, server stopped"),
    ):
        commands.add_parser(name, help=what).add_argument("file", type=Path)
    contract = commands.add_parser("contract", help="write the documents that are made from the code")
    contract.add_argument("--check", action="store_true", help="only say whether they are fresh")
    asked = parser.parse_args(arguments)
    if asked.command == "contract":
        return write(check=asked.check)
    try:
        settings = Settings()
    except ValidationError as mistakes:
        for mistake in mistakes.errors():
            print(f"{mistake['loc'][0]}: {mistake['msg']}", file=sys.stderr)
        return 2
    if asked.command == "import":
        return import_log(settings, asked.file)
    if asked.command == "backup":
        return backup(settings, asked.file)
    if asked.command == "restore":
        return restore(settings, asked.file)
    return serve(settings, demo_minutes=asked.minutes if asked.command == "demo" else None)

"""The house tests itself: every room says what it is, none grows too big, and no refusal goes unexplained."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("app", "sessions", "exports")
LINES_MOST = 300
GENERATED = {"app/static/js/contract.d.ts"}

SOURCES = sorted(path for room in ROOMS for path in (HOUSE / room).rglob("*.py"))
PAGES = sorted(path for kind in ("*.js", "*.ts", "*.html") for path in (HOUSE / "app").rglob(kind))


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    assert docstring, "what is it, and what may it not do?"


@pytest.mark.parametrize("path", [*SOURCES, *PAGES], ids=name)
def test_no_file_grows_past_the_second_noun(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LINES_MOST or name(path) in GENERATED, "which second noun moved in?"


def codes_of(path: Path) -> Iterator[str]:
    """The codes a module refuses with, or ends a socket with."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args:
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if (
                called in ("Refused", "Unfit", "end")
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield first.value


def raised() -> set[str]:
    return {code for path in SOURCES for code in codes_of(path)}


def answered() -> set[str]:
    """The codes that have a status of their own."""
    tree = ast.parse((HOUSE / "app/errors.py").read_text())
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return {str(key.value) for table in tables for key in table.keys if isinstance(key, ast.Constant)}


def explained() -> dict[str, list[str]]:
    """Code -> the other cells of its row in docs/refusals.md."""
    rows = re.findall(r"^\| `([a-z_.]+)` \|(.+)\|$", (HOUSE / "docs/refusals.md").read_text(), re.MULTILINE)
    assert len(rows) == len(dict(rows)), "a code stands twice"
    return {code: [cell.strip() for cell in cells.split("|")] for code, cells in rows}


def test_codes_are_found_at_all() -> None:
    assert {"note.gone", "text.too_long", "role.cannot", "zone.locked"} <= raised()


def test_every_refusal_is_explained_in_the_papers() -> None:
    assert raised() <= explained().keys()
    assert all(len(cells) == 2 and all(cells) for cells in explained().values())


def test_no_refusal_is_explained_that_never_comes() -> None:
    assert explained().keys() <= raised() | answered()


def test_the_table_of_refusals_is_in_order() -> None:
    assert list(explained()) == sorted(explained())


def test_every_refusal_is_noun_problem() -> None:
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", code) for code in raised())


def test_every_refusal_has_its_sentence() -> None:
    sentences = tomllib.loads((HOUSE / "app/words/en.toml").read_text())["refused"]
    assert raised() <= sentences.keys()

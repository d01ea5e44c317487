"""Tools and plans read from files, ours and the host's own. A mistake costs one file, never the start."""

import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct, ValidationError, convert

from sessions.domain.hints import Hints, check_hints
from sessions.domain.plans import Plan
from sessions.domain.refused import Refused
from sessions.domain.tools import PlanFile, Tool, check_tool, languages, resolve, spoken

OURS = Path(__file__).parent

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ID_IS_THE_NAME = "the file's name is the id, in small letters, digits and hyphens; write no other"


class Mistake(Struct, frozen=True):
    """`key` is where in the file, `zones.social.prompt`; empty when the file could not be read at all."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.reason) if part)


class Page(NamedTuple):
    """A file as read, by the id that its name gives it."""

    path: Path
    data: dict[str, Any]


class Phrases:
    """What the files say in several languages: the same sentence in each.

    By the sentence and not by its place, so that a host's own words are never covered by ours.
    """

    def __init__(self) -> None:
        self._said: dict[str, dict[str, str]] = {}

    def take(self, data: Any) -> None:
        match data:
            case {"en": str()}:
                self._said |= dict.fromkeys(data.values(), data)
            case dict():
                for part in data.values():
                    self.take(part)
            case list():
                for part in data:
                    self.take(part)

    def into(self, language: str) -> Callable[[str], str]:
        """Says a sentence in that language, if it is known there; else as it is."""
        return lambda text: self._said.get(text, {}).get(language, text)


class Shelf:
    """`tools`, `plans` and `hints` by id, in English; plans in the order of their ranks.

    `phrases`: their sentences in other languages. `mistakes`: what is wrong in the files that were left out.
    """

    def __init__(self) -> None:
        self.tools: dict[str, Tool] = {}
        self.plans: dict[str, Plan] = {}
        self.hints: dict[str, Hints] = {}
        self.phrases = Phrases()
        self.mistakes: list[Mistake] = []
        self._tools: dict[str, Page] = {}
        self._plans: dict[str, Page] = {}

    @classmethod
    def read(cls, extra: Path | None = None) -> "Shelf":
        """Read our files, then `tools/*.toml`, `hints/*.toml` and `plans/*.toml` of the extra folder.

        A file there with the name of one of ours stands in for it, unless it has a mistake.
        """
        shelf = cls()
        folders = [OURS]
        if extra is not None:
            if extra.is_dir():
                folders.append(extra)
            else:
                shelf.mistakes.append(Mistake(str(extra), "", "there is no such folder"))
        for page in [page for folder in folders for page in shelf._pages(folder / "tools")]:
            shelf._take_tool(page)
        for page in [page for folder in folders for page in shelf._pages(folder / "hints")]:
            shelf._take_hints(page)
        for page in [page for folder in folders for page in shelf._pages(folder / "plans")]:
            shelf._take_plan(page)
        shelf.plans = {name: shelf.plans[name] for name in sorted(shelf.plans, key=shelf._rank)}
        return shelf

    def plan(self, name: str, language: str = "en") -> Plan:
        """A plan in the words of a language, where its files have them."""
        if name not in self._plans:
            raise Refused("plan.unknown", plan=name)
        return self._resolved(self._plans[name], language)

    def _rank(self, name: str) -> tuple[int, str]:
        return _converted(self._plans[name], PlanFile).rank, name

    def _pages(self, folder: Path) -> Iterator[Page]:
        for path in sorted(folder.glob("*.toml")):
            try:
                data = tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                self.mistakes.append(Mistake(str(path), "", str(error)))
                continue
            if "id" in data or not _FILE_NAME.fullmatch(path.stem):
                self.mistakes.append(Mistake(str(path), "id", _ID_IS_THE_NAME))
                continue
            yield Page(path, {"id": path.stem, **data})

    def _take_tool(self, page: Page) -> None:
        with self._noting(page):
            for language in sorted(languages(page.data)):
                check_tool(_converted(page, Tool, language))
            self.tools[page.path.stem] = _converted(page, Tool)
            self._tools[page.path.stem] = page
            self.phrases.take(page.data)

    def _take_hints(self, page: Page) -> None:
        with self._noting(page):
            hints = convert(page.data, Hints)
            check_hints(hints)
            self.hints[page.path.stem] = hints

    def _take_plan(self, page: Page) -> None:
        with self._noting(page):
            for language in sorted(languages(page.data)):
                self._resolved(page, language)
            self.plans[page.path.stem] = self._resolved(page, "en")
            self._plans[page.path.stem] = page
            self.phrases.take(page.data)

    def _resolved(self, page: Page, language: str) -> Plan:
        tools = {name: _converted(tool, Tool, language) for name, tool in self._tools.items()}
        return resolve(_converted(page, PlanFile, language), tools, language)

    @contextmanager
    def _noting(self, page: Page) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            self.mistakes.append(_mistake(page, str(error)))
        except Refused as refused:
            self.mistakes.append(
                Mistake(str(page.path), str(refused.facts["key"]), str(refused.facts["reason"]))
            )


Shape = TypeVar("Shape", Tool, PlanFile)


def _converted(page: Page, shape: type[Shape], language: str = "en") -> Shape:
    return convert(spoken(page.data, language), shape)


_SAID = re.compile(r"(?P<reason>.*?)(?: - at `(?P<path>.*)`)?", re.DOTALL)
_FIELD = re.compile(r"Object (?P<what>missing required|contains unknown) field `(?P<name>.*)`")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_REASONS = {"missing required": "this is missing", "contains unknown": "no such key is known here"}


def _mistake(page: Page, said: str) -> Mistake:
    """What msgspec said of a page, with its path turned into a key that a person can find."""
    parts = _SAID.fullmatch(said)
    assert parts is not None
    reason, steps = parts["reason"], _key(page.data, parts["path"] or "$")
    if field := _FIELD.fullmatch(reason):
        reason, steps = _REASONS[field["what"]], [*steps, field["name"]]
    return Mistake(str(page.path), ".".join(steps), reason)


def _key(data: Any, path: str) -> list[str]:
    """`$.zones[2].prompt` as zones, social, prompt; a part that has no id keeps its number, from 1."""
    steps: list[str] = []
    for name, number in _STEP.findall(path):
        if name:
            data = data[name]
            steps.append(name)
        else:
            data = data[int(number)]
            steps.append(str(data["id"]) if isinstance(data, dict) and "id" in data else str(int(number) + 1))
    return steps

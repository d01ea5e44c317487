"""Co-design tools, and the plans that use them, as they stand in files.

Only cross checks are here; that a file has the right shape is said by the types.
Words in a file are a text, or a table by language that has the key `en`.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import asdict

from sessions.domain.choices import Hold
from sessions.domain.ids import Name
from sessions.domain.plans import (
    Area,
    Board,
    Essential,
    Group,
    Layout,
    Noun,
    Plan,
    Sentence,
    Stage,
    Title,
    Zone,
    ZoneName,
)
from sessions.domain.refused import Refused

COLOURS = ("plain", "individual", "social", "infrastructural", "see", "hear", "feel", "headline")
SIGNS = ("", "one-person", "three-people", "building", "eye", "ear", "heart")

_TAKEN = ("stage", "clock", "screen", "agenda", "focus", "votes", "turnout", "consent")
"""Ids of rows that every session has; a must-have is a row too, by its own id."""


class ToolZone(Zone, frozen=True, forbid_unknown_fields=True):
    """`optional`: left out unless a plan asks for it."""

    optional: bool = False


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """Other zones in place of the tool's own; its optional zones stay on offer."""

    id: Name
    title: Title
    zones: Annotated[tuple[ToolZone, ...], Meta(min_length=1)]
    about: Sentence = ""


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """`title` is the method's name, which stands small; `question` is what people read."""

    id: Name
    title: Title
    layout: Layout
    question: Sentence
    zones: Annotated[tuple[ToolZone, ...], Meta(min_length=1)]
    about: Sentence = ""
    variants: tuple[Variant, ...] = ()
    reflects: bool = False


class ZoneWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A plan's own words for one zone of a tool."""

    id: ZoneName
    title: Title | None = None
    prompt: Sentence | None = None
    aloud: Sentence | None = None


class Use(Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """A tool used as a board. `with` names the optional zones to take in."""

    id: Name
    tool: Name
    variant: str = ""
    with_: tuple[ZoneName, ...] = ()
    title: Title | None = None
    question: Sentence | None = None
    zones: tuple[ZoneWords, ...] = ()


class PlanFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A plan as it is written: as `Plan`, but its boards name tools. Low ranks are offered first."""

    id: Name
    title: Title
    boards: Annotated[tuple[Use, ...], Meta(min_length=1, max_length=12)]
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1, max_length=40)]
    rank: int = 50
    about: Sentence = ""
    aim: Sentence = ""
    noun: Noun = Noun()
    groups: Annotated[tuple[Group, ...], Meta(max_length=60)] = ()
    essentials: Annotated[tuple[Essential, ...], Meta(max_length=20)] = ()
    areas: Annotated[tuple[Area, ...], Meta(max_length=20)] = ()
    hold: Hold = Hold.HINTED
    late_hours: Annotated[int, Meta(ge=0, le=48)] = 0
    spare: Annotated[int, Meta(ge=0, le=60)] = 0


def spoken(data: Any, language: str = "en") -> Any:
    """The same data with every table by language cut to the nearest words: `ur-PK`, else `ur`, else `en`."""
    match data:
        case {"en": words}:
            return data.get(language, data.get(language.partition("-")[0], words))
        case dict():
            return {key: spoken(part, language) for key, part in data.items()}
        case list():
            return [spoken(part, language) for part in data]
    return data


def languages(data: Any) -> set[str]:
    """Every language that some words of a file are written in; plain text counts as English."""
    match data:
        case {"en": _}:
            return set(data)
        case dict():
            return {"en"}.union(*(languages(part) for part in data.values()))
        case list():
            return {"en"}.union(*(languages(part) for part in data))
    return {"en"}


def as_board(tool: Tool, use: Use) -> Board:
    """The board that a tool becomes in one plan."""
    zones = _zones(tool, use)
    known = {zone.id for zone in zones}
    for words in use.zones:
        _need(words.id in known, f"boards.{use.id}.zones.{words.id}", f"the board has no zone {words.id}")
    own = {
        words.id: {key: said for key, said in asdict(words).items() if said is not None}
        for words in use.zones
    }
    return Board(
        id=use.id,
        tool=tool.id,
        title=use.title or tool.title,
        layout=tool.layout,
        question=use.question or tool.question,
        zones=tuple(_plain(zone, own.get(zone.id, {})) for zone in zones),
        reflects=tool.reflects,
    )


def resolve(file: PlanFile, tools: Mapping[str, Tool], language: str = "en") -> Plan:
    """The whole plan that a file stands for. `file` and `tools` are already spoken in `language`."""
    for use in file.boards:
        _need(use.tool in tools, f"boards.{use.id}.tool", f"there is no tool {use.tool}")
    plan = Plan(
        id=file.id,
        title=file.title,
        boards=tuple(as_board(tools[use.tool], use) for use in file.boards),
        stages=file.stages,
        about=file.about,
        aim=file.aim,
        language=language,
        noun=file.noun,
        groups=file.groups,
        essentials=file.essentials,
        areas=file.areas,
        hold=file.hold,
        late_hours=file.late_hours,
        spare=file.spare,
    )
    check(plan)
    return plan


def check(plan: Plan) -> None:
    """Refuse a plan whose parts do not fit together, from a file or from a host's own hand."""
    _once("boards", plan.boards)
    _once("stages", plan.stages)
    _once("groups", plan.groups)
    _once("essentials", plan.essentials)
    _once("areas", plan.areas)
    for board in plan.boards:
        _need(bool(board.zones), f"boards.{board.id}.zones", "a board needs a zone")
        _check_zones(f"boards.{board.id}.zones", board.zones)
    known = {board.id for board in plan.boards}
    for stage in plan.stages:
        for name in stage.boards:
            _need(name in known, f"stages.{stage.id}.boards", f"there is no board {name}")
    for essential in plan.essentials:
        _need(essential.id not in _TAKEN, f"essentials.{essential.id}.id", "this id is taken")


def check_tool(tool: Tool) -> None:
    """Refuse a tool that no plan could use as it stands."""
    _once("variants", tool.variants)
    _check_zones("zones", tool.zones)
    optional = {zone.id for zone in tool.zones if zone.optional}
    _need(len(optional) < len(tool.zones), "zones", "a tool needs a zone that is not optional")
    for variant in tool.variants:
        key = f"variants.{variant.id}.zones"
        _check_zones(key, variant.zones)
        for zone in variant.zones:
            _need(
                not zone.optional, f"{key}.{zone.id}.optional", "optional zones stand under the tool itself"
            )
            _need(zone.id not in optional, f"{key}.{zone.id}.id", "this id stands twice")


def _zones(tool: Tool, use: Use) -> list[ToolZone]:
    optional = {zone.id: zone for zone in tool.zones if zone.optional}
    for name in use.with_:
        _need(name in optional, f"boards.{use.id}.with", f"{tool.id} has no optional zone {name}")
    variants = {variant.id: variant.zones for variant in tool.variants}
    _need(
        use.variant in ("", *variants), f"boards.{use.id}.variant", f"{tool.id} has no variant {use.variant}"
    )
    own = variants.get(use.variant) or [zone for zone in tool.zones if not zone.optional]
    return [*own, *(zone for zone in optional.values() if zone.id in use.with_)]


def _plain(zone: ToolZone, words: Mapping[str, str]) -> Zone:
    return Zone(**{key: words.get(key, getattr(zone, key)) for key in Zone.__struct_fields__})


def _once(key: str, things: Iterable[Any]) -> None:
    seen: set[str] = set()
    for thing in things:
        _need(thing.id not in seen, f"{key}.{thing.id}.id", "this id stands twice")
        seen.add(thing.id)


def _check_zones(key: str, zones: Iterable[Zone]) -> None:
    zones = tuple(zones)
    _once(key, zones)
    for zone in zones:
        _need(
            zone.colour in COLOURS, f"{key}.{zone.id}.colour", f"no colour {zone.colour}: {_listed(COLOURS)}"
        )
        _need(zone.sign in SIGNS, f"{key}.{zone.id}.sign", f"no sign {zone.sign}: {_listed(SIGNS)}")


def _listed(names: Iterable[str]) -> str:
    return "choose from " + ", ".join(name for name in names if name)


def _need(fits: bool, key: str, reason: str) -> None:
    if not fits:
        raise Refused("plan.unfit", key=key, reason=reason)

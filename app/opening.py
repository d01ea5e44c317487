"""Open a workshop: from what the organiser chose to a session with a code."""

import secrets
from datetime import timedelta
from typing import Annotated, Any

import msgspec
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field

from app.house import House
from app.keys import new_code, new_id
from sessions.domain.plans import Group, Noun, Plan, for_hosts
from sessions.domain.refused import Refused
from sessions.domain.text import clean, title
from sessions.domain.tools import check
from sessions.store.register import CodeTaken, Register, SessionRecord

Line = Annotated[str, Field(max_length=200)]
Title = Annotated[str, Field(min_length=1, max_length=80)]


class NewGroup(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = ""
    name: Title
    label: Annotated[str, Field(max_length=12)] = ""


class NewNoun(BaseModel):
    model_config = ConfigDict(extra="forbid")

    one: Title
    many: Title


class NewSession(BaseModel):
    """`plan`: the id of a plan on the shelf, or a whole plan as edited before the start."""

    model_config = ConfigDict(extra="forbid")

    plan: str | dict[str, Any]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    aim: Annotated[str, Field(max_length=400)] = ""
    host: Line = ""
    contact: Line = ""
    groups: Annotated[list[NewGroup | Title], Field(max_length=60)] = []
    noun: NewNoun | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    time_zone: Annotated[str, Field(max_length=64)] = "Europe/London"
    keep_days: Annotated[int, Field(ge=1, le=730)] | None = None


class OpenedSession(BaseModel):
    id: str
    code: str
    join_url: str
    facilitate_url: str
    wall_url: str


async def open_session(house: House, wanted: NewSession) -> tuple[SessionRecord, str]:
    """Keep the session and its own copy of the plan; returns it with its code. Raises Refused."""
    plan = _plan(house, wanted)
    now = house.clock()
    keep = timedelta(days=wanted.keep_days or house.settings.keep_days)
    session = SessionRecord(
        id=new_id(),
        title=title(wanted.title),
        aim=clean(wanted.aim),
        host=clean(wanted.host),
        contact=clean(wanted.contact),
        language=plan.language,
        time_zone=wanted.time_zone,
        plan=msgspec.json.encode(plan),
        salt=secrets.token_bytes(16),
        made=now,
        delete_by=now + int(keep.total_seconds() * 1000),
    )
    return session, await register_session(house.register, session)


def used_again(session: SessionRecord) -> dict[str, Any]:
    """What the next workshop may take from an earlier one: what was said before it began, and no more.

    The plan comes without the house's own hints, which are put in anew, and with its aim beside it.
    """
    plan = replace(for_hosts(msgspec.json.decode(session.plan, type=Plan)), aim="")
    about = {name: getattr(session, name) for name in ("title", "aim", "host", "contact")}
    return {**about, "plan": msgspec.to_builtins(plan)}


async def register_session(register: Register, session: SessionRecord) -> str:
    """Keep the session under a code that nobody has; returns the code."""
    while True:
        code = new_code()
        try:
            await register.add_session(session, code)
        except CodeTaken:
            continue
        return code


async def renew_code(house: House, session: SessionRecord, old: str) -> None:
    """Let nobody in by this code any more, but by a new one. Whoever is in may go on using it."""
    while True:
        try:
            await house.register.renew_code(session.id, old, new_code(), house.clock())
        except CodeTaken:
            continue
        return


def _plan(house: House, wanted: NewSession) -> Plan:
    if isinstance(wanted.plan, str):
        plan = house.shelf.plan(wanted.plan, wanted.language or "en")
    else:
        plan = _read(wanted.plan)
    groups = tuple(_group(place, group) for place, group in enumerate(wanted.groups, 1)) or plan.groups
    if len({group.id for group in groups}) < len(groups):
        raise Refused("plan.unfit", key="groups", reason="two have the same id")
    noun = Noun(wanted.noun.one, wanted.noun.many) if wanted.noun else plan.noun
    # Through JSON once more: a plan that was put together has to keep every rule of a plan that was read.
    language = wanted.language or plan.language
    whole = replace(plan, groups=groups, noun=noun, aim=wanted.aim, language=language, hints=())
    return replace(_read(_cleaned(msgspec.to_builtins(whole))), hints=tuple(house.shelf.hints.values()))


def _group(place: int, group: NewGroup | str) -> Group:
    if isinstance(group, str):
        return Group(f"g{place}", title(group))
    return Group(group.id or f"g{place}", title(group.name), clean(group.label).strip())


def _cleaned(part: Any) -> Any:
    """The same with every text cleaned, as notes are: what a host typed goes to every screen."""
    match part:
        case str():
            return clean(part)
        case dict():
            return {key: _cleaned(each) for key, each in part.items()}
        case list() | tuple():
            return [_cleaned(each) for each in part]
    return part


def _read(plan: dict[str, Any]) -> Plan:
    try:
        read = msgspec.convert(plan, Plan)
    except msgspec.ValidationError as error:
        raise Refused("plan.misshapen", reason=str(error)) from None
    except UnicodeEncodeError:
        raise Refused("text.broken") from None
    check(read)
    return read

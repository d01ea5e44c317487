"""Who kept what back, and why: read from the log for organisers, as a page and as a file, without words."""

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from app.card import moment
from app.house import House
from app.keys import in_threes
from app.pages import show
from app.reception import ORGANISER, find, require_organiser
from app.wording import Words
from exports.csv_file import sheet
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.plans import Plan
from sessions.domain.record import Step, record
from sessions.store.register import Host, SessionRecord

COLUMNS = ("day", "time", "who", "what", "why", "note", "zone")

router = APIRouter(prefix="/s/{code}", include_in_schema=True, tags=["files"])

Line = dict[str, str]


@router.get("/record", include_in_schema=False)
async def page(request: Request, code: str) -> Response:
    house, session, plain = await _organised(request, code)
    words = house.words(session.language)
    about = {"code": plain, "code_shown": in_threes(plain), "title": session.title}
    return show(house, "record", words, about, lines=await _lines(house, session, words))


@router.get("/record.csv")
async def file(request: Request, code: str) -> Response:
    """Who kept what back and why, one step a row, for organisers. It names notes by number, never by text."""
    house, session, plain = await _organised(request, code)
    words = house.words(session.language)
    lines = await _lines(house, session, words)
    rows = [[words.say(f"record.column_{name}") for name in COLUMNS]]
    rows += [[line[name] for name in COLUMNS] for line in lines]
    name = f"eutopia-{plain.lower()}-record.csv"
    head = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(sheet(rows), media_type="text/csv; charset=utf-8", headers=head)


async def _organised(request: Request, code: str) -> tuple[House, SessionRecord, str]:
    house: House = request.app.state.house
    session, plain = await find(house, request, code)
    await require_organiser(house, request)
    return house, session, plain


async def _lines(house: House, session: SessionRecord, words: Words) -> list[Line]:
    log = await house.log.after(session.id, 0)
    entries = [Entry(r.seq, r.at, r.actor, msgspec.json.decode(r.fact, type=AnyFact)) for r in log]
    plan = msgspec.json.decode(session.plan, type=Plan)
    zones = {f"{board.id}.{zone.id}": zone.title for board in plan.boards for zone in board.zones}
    hosts = {host.person: _name(host, words) for host in await house.register.hosts(session.id)}
    return [_line(step, session, words, zones, hosts) for step in record(entries)]


def _line(
    step: Step, session: SessionRecord, words: Words, zones: dict[str, str], hosts: dict[str, str]
) -> Line:
    at = moment(step.at, session)
    said: dict[str, Any] = {"n": step.note, "zone": zones.get(step.zone, step.zone)}
    # Kept back by a hint: whose note it was is not told here.
    who = words.say("record.by_hint") if step.by is None else hosts.get(step.by, words.say("record.unknown"))
    return {
        "day": at.date().isoformat(),
        "time": f"{at:%H:%M}",
        "who": who,
        "what": words.say(f"record.did_{step.did}"),
        "why": words.say(f"record.why_{step.why}") if step.why else "",
        "note": str(step.note or ""),
        "zone": said["zone"],
        "about": words.say("record.about" if step.note else "record.about_zone", **said) if step.zone else "",
    }


def _name(host: Host, words: Words) -> str:
    return host.label or words.say("record.organiser" if host.role == ORGANISER else "record.first_host")

"""The list, on screen and as files: one report, made from what the reader may see, and never from more."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace

from app.card import day, moment, spoken
from app.house import House
from app.keys import in_threes
from app.reception import Guest, admit
from app.wording import Words
from exports import FORMATS
from sessions import archive
from sessions.domain.plans import Plan
from sessions.domain.reach import Viewer
from sessions.domain.refused import Refused
from sessions.domain.replies import crowds, few, open_sources, unnamed
from sessions.domain.report import Report
from sessions.domain.reporting import Facts, Quotable, quotable, reporting
from sessions.domain.rights import Role
from sessions.domain.rows import AnyRow

Copy = Literal["mine", "room"]

FOR_PROGRAMS = ("csv", "json")

router = APIRouter(prefix="/s/{code}", include_in_schema=True, tags=["files"])


async def reader(house: House, request: Request, code: str) -> Guest:
    """As whom this browser reads the list: as host if it may, else as somebody who was there."""
    for role in (Role.FACILITATOR, Role.WALL, Role.PARTICIPANT):
        try:
            return await admit(house, request, code, role)
        except Refused as refusal:
            if refusal.code != "grant.missing":
                raise
    raise Refused("grant.missing")


def report_for(house: House, guest: Guest, copy: Copy = "mine") -> Report:
    """A host reads all there is; everybody else, and a host who asks for it, what the room sees."""
    return reporting(*_seen(house, guest, copy))


def quotable_for(house: House, guest: Guest) -> list[Quotable]:
    """For a host, what may stand with each line."""
    return quotable(*_seen(house, guest, "mine"))


def _seen(house: House, guest: Guest, copy: Copy) -> tuple[list[AnyRow], Plan, Facts]:
    is_host = guest.role is Role.FACILITATOR and copy == "mine"
    session, room = guest.session, guest.hall.room
    board = room.board
    view = board.rows.seen_by(guest.viewer if is_host else Viewer(Role.WALL))
    words = house.words(session.language, "paper")
    wrote = crowds(board)
    # A host reads all, and is told on whose page to take care.
    alone = (few if is_host else unnamed)(wrote)
    known = Facts(
        title=session.title,
        aim=session.aim,
        host=session.host,
        code=in_threes(guest.code),
        date=day(session.made, session, words),
        kept_until=day(session.delete_by, session, words),
        people=guest.hall.people(board.writers() | guest.hall.joined.keys()),
        groups_here=guest.hall.groups().union(group for group in wrote if group is not None),
        host_copy=is_host,
        seq=board.seq,
        mark=room.marks[board.seq],
        at=room.last_at,
        replies_to=_replies_to(guest),
        few=alone,
        sources={} if is_host else open_sources(board, alone),
    )
    return view, room.plan, known


def _replies_to(guest: Guest) -> frozenset[str]:
    """A host hands on a page for each group; whoever was there has the page of their own; a wall has none."""
    if guest.role is Role.FACILITATOR:
        return frozenset(group.id for group in guest.hall.room.plan.groups)
    return frozenset() if guest.viewer.group is None else frozenset({guest.viewer.group})


def for_people(report: Report, words: Words) -> Report:
    """Dates as people say them; files for programs keep them as they are."""
    lines = tuple(replace(line, review=spoken(line.review, words)) for line in report.lines)
    return replace(report, lines=lines)


@router.get("/log.jsonl")
async def log(request: Request, code: str) -> Response:
    """The lossless copy, for hosts: `eutopia import` makes an equal session of it."""
    house: House = request.app.state.house
    guest = await admit(house, request, code, Role.FACILITATOR)
    records = await house.log.after(guest.session.id, 0)
    content = b"".join(archive.lines(guest.session, records))
    return Response(content, media_type="application/jsonl", headers=attached(guest, "-log", "jsonl"))


@router.get("/list.{kind}")
async def download(request: Request, code: str, kind: str, copy: Copy = "mine") -> Response:
    """The list as a file: `list.xlsx`, `docx`, `pdf`, `csv`, `md` or `json`.

    `copy=room`: what the room saw, also for hosts; it is the one to send on.
    """
    house: House = request.app.state.house
    if kind not in FORMATS:
        raise Refused("page.unknown")
    guest = await reader(house, request, code)
    words = house.words(guest.session.language, "paper")
    labels = {key.partition(".")[2]: sentence for key, sentence in words.under("paper").items()}
    report = report_for(house, guest, copy)
    if kind not in FOR_PROGRAMS:
        report = for_people(report, words)
    # So that one is not sent for the other.
    whose = "-host" if report.host_copy else ""
    content = await house.press.render(kind, report, labels)
    if await house.register.session(guest.session.id) is None:
        # Deleted while it was on the press: nothing of it leaves the house any more.
        raise Refused("session.deleted")
    return Response(content, media_type=FORMATS[kind].media_type, headers=attached(guest, whose, kind))


def attached(guest: Guest, whose: str, kind: str) -> dict[str, str]:
    """A file name of our own letters only, whatever the session is called."""
    day = f"{moment(guest.session.made, guest.session):%Y-%m-%d}"
    name = f"eutopia-{guest.code.lower()}-{day}{whose}.{kind}"
    return {"content-disposition": f'attachment; filename="{name}"'}

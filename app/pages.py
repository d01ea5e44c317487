"""The pages: who may open which, and what each takes along. The rest is templates and rows."""

from io import BytesIO
from typing import Any

import msgspec
import segno
from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from app import assets
from app.api import browser_of, way_into
from app.card import day
from app.downloads import Copy, for_people, quotable_for, reader, report_for
from app.errors import sentence
from app.house import House
from app.keys import in_threes, plain_code
from app.opening import used_again
from app.reception import admit, find, is_organiser
from app.templating import templates
from app.wording import Words, known_language, languages
from sessions.domain.messages import PROTOCOL
from sessions.domain.refused import Refused
from sessions.domain.rights import Role

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Page = dict[str, Any]

SHARED = {"start": ("screens", "pack"), "facilitate": ("screens", "pack")}
"""Words of the parts that several pages have, by page."""

OF_HOSTS = (
    *(f"facilitate.owner{more}" for more in ("", "_label", "_saved", "_cleared")),
    *("facilitate.show_big", "facilitate.show_big_label", "facilitate.big_end"),
)
"""What a host's copy of the list says besides: the same as on the page of the room."""

WAS = ("ended", "missing", "deleted")
"""Why a screen that was a wall shows letters again."""


def show(
    house: House,
    name: str,
    words: Words,
    page: Page,
    status: int = 200,
    tables: tuple[str, ...] = (),
    **context: Any,
) -> Response:
    """Render a page with its words; `page` is what its script takes along, `tables` more of them, or single
    ones."""
    rehearsal = ("rehearsal",) if page.get("rehearsal") else ()
    along = words.under("common", name, *SHARED.get(name, ()), *rehearsal, *tables)
    known = {"name": name, "protocol": PROTOCOL, "lang": words.lang, "words": along}
    html = (
        templates()
        .get_template(f"{name}.html")
        .render(
            t=words.say,
            count=words.count,
            lang=words.lang,
            dir=words.dir,
            static=assets.url,
            modules=assets.modules(f"js/pages/{name}.js"),
            page={"rehearsal": False, **known, **page},
            **context,
        )
    )
    return HTMLResponse(html, status)


def problem(house: House, refusal: Refused, status: int, words: Words) -> Response:
    """What went wrong, in one sentence, and the way on."""
    step = f"next_step.{refusal.code}"
    return show(
        house,
        "problem",
        words,
        {},
        status,
        sentence=sentence(refusal, words),
        code=refusal.code,
        next_step=words.say(step) if words.has(step) else "",
        link="/",
    )


@router.get("/")
@router.get("/j")
async def home(request: Request) -> Response:
    house: House = request.app.state.house
    return show(house, "home", house.words(), {})


@router.get("/j/{code}")
async def join(request: Request, code: str, t: str | None = None, lang: str | None = None) -> Response:
    """`t`: the group on the card that was scanned; `lang`: what the person reads."""
    house: House = request.app.state.house
    session, plain = await find(house, request, code)
    language = known_language(lang) or session.language
    joined = True
    try:
        language = (await admit(house, request, plain, Role.PARTICIPANT)).language
    except Refused:
        joined = False
    room = (await house.lobby.hall(session)).room
    plan = room.plan
    words = house.words(language, "join")
    say = house.shelf.phrases.into(words.lang)
    card = {
        "title": session.title,
        "host": session.host,
        "aim": session.aim,
        "kept_until": day(session.delete_by, session, words),
        "noun": {"one": say(plan.noun.one), "many": say(plan.noun.many)},
        "groups": msgspec.to_builtins(plan.groups),
    }
    group = t if t in {each.id for each in plan.groups} else None
    locked = room.board.locked and not joined
    page = {"code": plain, "session": card, "joined": joined, "locked": locked, "group": group}
    page["rehearsal"] = session.rehearsal
    spoken = [house.words(each, "join") for each in languages()]
    return show(house, "join", words, page, languages=spoken)


@router.get("/s/{code}")
async def phone(request: Request, code: str) -> Response:
    house: House = request.app.state.house
    _, plain = await find(house, request, code)
    try:
        guest = await admit(house, request, plain, Role.PARTICIPANT)
    except Refused:
        # Where cookies are blocked the page that joined goes on with its ticket; all others join first.
        return RedirectResponse(f"/j/{plain}", 303)
    words = house.words(guest.language, "phone")
    tables = ("slips",) if guest.grant.scribe else ()
    spoken = [house.words(each, "phone") for each in languages()]
    # What this phone keeps, it keeps by the first code: that stays the same when the room gets a new one.
    first, *_ = await house.register.codes(guest.session.id)
    page = {"code": plain, "kept_by": first, "rehearsal": guest.session.rehearsal}
    page["scribe"] = guest.grant.scribe
    return show(house, "phone", words, page, tables=tables, languages=spoken)


@router.get("/s/{code}/wall")
async def wall(request: Request, code: str) -> Response:
    return await _screen(request, code, "wall")


@router.get("/s/{code}/facilitate")
async def facilitate(request: Request, code: str) -> Response:
    organiser = await is_organiser(request.app.state.house, request)
    return await _screen(request, code, "facilitate", organiser=organiser)


@router.get("/s/{code}/sort")
async def sort(request: Request, code: str) -> Response:
    return await _screen(request, code, "sort")


@router.get("/s/{code}/list")
async def list_(request: Request, code: str, copy: Copy = "mine") -> Response:
    """`copy=room`: what the room saw, also for hosts, whose screen people can see."""
    house: House = request.app.state.house
    guest = await reader(house, request, code)
    words = house.words(guest.session.language, "list")
    report = for_people(report_for(house, guest, copy), words)
    page: Page = {"code": guest.code, "role": guest.role}
    page |= {"rehearsal": guest.session.rehearsal, "list_url": house.addresses.session(guest.code, "/list")}
    page["host_copy"] = report.host_copy
    tables: tuple[str, ...] = ()
    to_send = report.lines
    if report.host_copy:
        tables = OF_HOSTS
        page["quotable"] = msgspec.to_builtins(quotable_for(house, guest))
        # What goes out by e-mail says no more of a line than the room may know.
        to_send = report_for(house, guest, "room").lines or to_send
    return show(house, "list", words, page, tables=tables, report=report, to_send=to_send)


@router.get("/s/{code}/qr.svg")
async def qr(request: Request, code: str) -> Response:
    """The join address as a picture, dark on white with a quiet edge."""
    house: House = request.app.state.house
    _, plain = await find(house, request, code)
    picture = segno.make_qr(house.addresses.join(plain), error="m")
    drawn = BytesIO()
    picture.save(drawn, kind="svg", border=2, light="#fff", omitsize=True)
    head = {"cache-control": "private, max-age=3600"}
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers=head)


@router.get("/wall")
async def pair(request: Request, was: str = "") -> Response:
    """A screen that waits for its session. It has a cookie from here on, so that it can be let in.

    `was`: why it is no wall any more.
    """
    house: House = request.app.state.house
    page = show(house, "pair", house.words(), {}, was=was if was in WAS else "")
    browser_of(request, page)
    return page


@router.get("/start")
async def start(request: Request, again: str = "") -> Response:
    """`again`: the code of an earlier session, whose plan and words are brought along."""
    house: House = request.app.state.house
    organiser = await is_organiser(house, request)
    page: Page = {"plans": [], "organiser": organiser, "again": None}
    if organiser:
        page["plans"] = [msgspec.to_builtins(plan) for plan in house.shelf.plans.values()]
        if again:
            page["again"] = used_again((await find(house, request, again))[0])
    return show(house, "start", house.words(), page)


@router.get("/sessions")
async def sessions(request: Request) -> Response:
    house: House = request.app.state.house
    if not await is_organiser(house, request):
        return RedirectResponse("/start", 303)
    words = house.words()
    known = []
    for session, code in await house.register.sessions():
        grants = await house.register.grants_in(session.id)
        known.append(
            {
                "title": session.title,
                "code": code,
                "code_shown": in_threes(code),
                "made": day(session.made, session, words),
                "state": "open" if session.closed is None else "closed",
                "rehearsal": session.rehearsal,
                "people": sum(grant.people for grant in grants if grant.role == Role.PARTICIPANT),
                "notes": await house.log.count(session.id, "note.added"),
                "kept_until": day(session.delete_by, session, words),
                "facilitate_url": f"/s/{code}/facilitate",
                "list_url": f"/s/{code}/list",
                "wall_url": f"/s/{code}/wall",
                "record_url": f"/s/{code}/record",
            }
        )
    rehearsals = [each for each in known if each["rehearsal"]]
    workshops = [each for each in known if not each["rehearsal"]]
    return show(house, "sessions", words, {}, sessions=workshops, rehearsals=rehearsals)


async def _screen(request: Request, code: str, name: str, **more: Any) -> Response:
    """A page for hosts or for a wall. It opens for anybody with the code; its rows do not."""
    house: House = request.app.state.house
    try:
        session, plain = await find(house, request, code)
    except Refused:
        # A link that was given before the room had a new code: its secret lets in, and this page takes it.
        plain = plain_code(code) or ""
        former = await house.register.session_of_old_code(plain)
        if former is None or former.delete_by <= house.clock():
            raise
        session = former
    first, *_ = await house.register.codes(session.id)
    way_in = way_into(house, plain).model_dump()
    page = way_in | {"kept_by": first, "rehearsal": session.rehearsal} | more
    return show(house, name, house.words(session.language, name), page)

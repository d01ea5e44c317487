"""What a screen is told of its session before the first row."""

import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.house import House
from app.reception import Guest
from app.wording import Words
from sessions.domain.messages import PROTOCOL, Welcome, You
from sessions.domain.plans import SessionCard, for_hosts, for_presenters, for_the_room, in_other_words
from sessions.domain.rights import Role
from sessions.seat import view_of
from sessions.store.register import SessionRecord

_CUT = {
    Role.PARTICIPANT: for_the_room,
    Role.WALL: for_the_room,
    Role.PRESENTER: for_presenters,
    Role.FACILITATOR: for_hosts,
}


def welcome(house: House, guest: Guest) -> Welcome:
    """Cut to what the role may read: no scripts and no must-haves to come, but for hosts."""
    session, words = guest.session, house.words(guest.language)
    plan = _CUT[guest.role](guest.plan)
    if words.lang != plan.language:
        plan = in_other_words(plan, house.shelf.phrases.into(words.lang))
    card = SessionCard(
        code=guest.code,
        title=session.title,
        aim=session.aim,
        host=session.host,
        kept_until=day(session.delete_by, session, words),
        plan=plan,
    )
    return Welcome(
        protocol=PROTOCOL,
        seq=guest.hall.room.board.seq,
        time=house.clock(),
        view=view_of(guest.viewer),
        you=You(guest.role, guest.actor.id, guest.grant.group, guest.grant.people, guest.grant.scribe),
        session=card,
        screen=guest.hall.has_screen,
    )


def day(at: int, session: SessionRecord, words: Words) -> str:
    """A moment (UTC ms) as people say it where the session is held: 19 Feb 2027."""
    return spoken(moment(at, session).date().isoformat(), words)


def spoken(date: str, words: Words) -> str:
    """A date as a form has it, 2027-02-19, said as people say it; whatever is no date, as it is."""
    try:
        then = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    month = words.say(f"common.month_{then.month}")
    return words.say("common.day", day=then.day, month=month, year=then.year)


def moment(at: int, session: SessionRecord) -> datetime.datetime:
    try:
        zone = ZoneInfo(session.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.datetime.fromtimestamp(at / 1000, zone)

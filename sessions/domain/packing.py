"""From a plan to its paper pack: which cards, sheets and slips a room of these people needs."""

from collections.abc import Callable

from msgspec import Struct

from sessions.domain.pack import Field, Pack, Part, Place, Sheet, Wifi
from sessions.domain.plans import Board, Plan, Where

SLIPS_EACH = 4
SLIPS_LEAST = 40
SLIPS_MOST = 2_000
"""As many as a session may hold phones, four each."""
SLIPS_A_PAGE = 8


class Invitation(Struct, frozen=True):
    """What the plan does not know of its session. `link`: the way in, by the id of a group or "" for none."""

    title: str
    host: str
    contact: str
    address: str
    code: str
    link: Callable[[str], str]
    at: int


def packing(plan: Plan, known: Invitation, parts: frozenset[Part], wifi: Wifi | None = None) -> Pack:
    """The pack of these parts, in the order in which they are needed."""
    places = tuple(Place(group.name, known.link(group.id)) for group in plan.groups)
    return Pack(
        title=known.title,
        host=known.host,
        contact=known.contact,
        aim=plan.aim,
        language=plan.language,
        one=plan.noun.one if plan.groups else "",
        address=known.address,
        code=known.code,
        link=known.link(""),
        wifi=wifi,
        parts=tuple(part for part in Part if part in parts),
        places=places or (Place("", known.link("")),),
        sheets=tuple(map(_sheet, plan.boards)),
        slips=slips(plan.expected),
        at=known.at,
    )


def slips(expected: int) -> int:
    """Enough for this many people, and whole pages of them."""
    wanted = min(SLIPS_MOST, max(SLIPS_LEAST, SLIPS_EACH * expected))
    return -(-wanted // SLIPS_A_PAGE) * SLIPS_A_PAGE


def _sheet(board: Board) -> Sheet:
    # What is kept for another day is the host's own place, on a sheet as in the room: it stands last.
    order = (Where.ABOVE, Where.BODY, Where.ASIDE)
    zones = sorted(board.zones, key=lambda zone: order.index(zone.where))
    return Sheet(
        title=board.title,
        question=board.question,
        layout=board.layout.value,
        fields=tuple(
            Field(zone.title, zone.prompt, zone.colour, zone.where.value, zone.row, zone.column)
            for zone in zones
        ),
    )
